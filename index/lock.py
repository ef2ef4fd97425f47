"""Lets one process build an index at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexBusy
from index.files import disk_failures_named

_NAME = "build.lock"


@contextmanager
def building(folder: Path) -> Iterator[None]:
    """Hold the folder for one builder; the system lets go of it however the process ends.

    Raises IndexBusy at once when another builder holds it.
    """
    with disk_failures_named(folder):
        folder.mkdir(parents=True, exist_ok=True)
        stream = (folder / _NAME).open("ab")
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as reason:
            raise IndexBusy(
                f"The index in {folder} is being built by another process; wait until it is done."
            ) from reason
        yield
