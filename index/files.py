"""Writes files that survive a crash and names the failures of a disk."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import IO

from index.errors import DiskFull, IndexUnavailable

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CHUNK = 1 << 20


def replace_file(path: Path, content: bytes) -> None:
    """Put the content at the path, so that after a crash the old or the new content is there, whole."""
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("wb") as stream:
        stream.write(content)
        settle(stream)
    fresh.replace(path)
    settle_folder(path.parent)


def settle(stream: IO[bytes]) -> None:
    """Wait until what was written to the stream is on the disk."""
    stream.flush()
    os.fsync(stream.fileno())


def settle_folder(folder: Path) -> None:
    """Wait until the names in the folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def checksum(path: Path) -> str:
    """Return 64 hexadecimal digits over a file's bytes."""
    whole = blake2b(digest_size=32)
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            whole.update(chunk)
    return whole.hexdigest()


@contextmanager
def disk_failures_named(folder: Path) -> Iterator[None]:
    """Turn the operating system's refusals into DiskFull or IndexUnavailable, naming the folder."""
    try:
        yield
    except OSError as reason:
        if reason.errno in _FULL:
            raise DiskFull(
                f"The disk under {folder} is full; the index that was in use stays in use. "
                "Free some space and build again: what is embedded is kept."
            ) from reason
        raise IndexUnavailable(
            f"The index in {folder} cannot be read or written ({reason.strerror or reason}); "
            "check that the folder exists and belongs to this user."
        ) from reason
