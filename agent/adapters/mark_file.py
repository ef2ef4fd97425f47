"""How far the store had come, in a file of the home that no copy of it passes for."""

import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkstemp
from typing import Self
from zlib import crc32

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from agent.domain.errors import Unavailable
from agent.domain.restored import Mark
from agent.ports import KeptMark

_LARGEST = 4096
_LENGTH = 256
"""Bytes of the file with the blanks at its end: less than a sector, which a disk writes as a whole."""
_READINGS = 5
"""How often a reading is repeated that met a writing halfway."""
_TOLERANCE = timedelta(minutes=1)
"""Between a file's time and its last change: some file systems count in seconds, disks may be slow."""
_SECOND = 1_000_000_000


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    row: int
    at: datetime
    written_ns: int
    check: int | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.check not in {None, _check(self.row, self.at)}:
            raise ValueError("half of it is older than the other half")
        return self


class MarkFile:
    """One small file, written anew in its place. It tells by its own times whether it was copied back.

    In its place, because a file that replaces another one is brought to the disk at once, which takes longer
    than everything else about it; and one that is there already needs no room.

    The file names its own time of modification. A plain copy gets another one; a copy that keeps it (`cp -p`,
    tar, rsync) has the moment of copying as its last change, which no program can set. A disk that is put
    back as a whole, as a virtual machine's snapshot is, cannot be told from one that never changed.

    `expected` says that the database belongs to this home alone, so that letters left from here or from a
    home that it was copied from.
    """

    def __init__(self, path: Path, *, expected: bool) -> None:
        self._path = path
        self._expected = expected

    def kept(self) -> KeptMark:
        """Return what was remembered last; a file that cannot be read is a doubt, never a blank."""
        try:
            status, read = self._read()
        except FileNotFoundError:
            return KeptMark(mark=None, is_expected=self._expected)
        except (OSError, ValidationError):
            return KeptMark(mark=None, doubt=f"The home's record {self._path} cannot be read.")
        mark = Mark(number=read.row, at=read.at)
        is_copy = not _near(read.written_ns, status.st_mtime_ns) or not _near(
            status.st_mtime_ns, status.st_ctime_ns
        )
        doubt = f"The home was copied or restored: {self._path} is not the file that was written here."
        return KeptMark(mark=mark, doubt=doubt if is_copy else "", is_expected=self._expected)

    def _read(self) -> tuple[os.stat_result, _File]:
        for _ in range(_READINGS - 1):
            with suppress(ValidationError):
                return self._read_once()
        return self._read_once()

    def _read_once(self) -> tuple[os.stat_result, _File]:
        with self._path.open("rb") as file:
            return os.fstat(file.fileno()), _File.model_validate_json(file.read(_LARGEST))

    def keep(self, mark: Mark) -> None:
        """Remember this from now on."""
        try:
            if _written_in_place(self._path, mark):
                return
            handle, name = mkstemp(dir=self._path.parent, prefix=".mark-", suffix=".tmp")
            try:
                _write(handle, name, mark)
                Path(name).replace(self._path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise Unavailable(
                f"{self._path} cannot be written: {error.strerror or error}. Without it a restored backup "
                "would go unnoticed, so nothing is sent. Free space or correct its permissions."
            ) from error


# no fsync below: what a power cut takes back is half a minute, and a backup is older


def _written_in_place(path: Path, mark: Mark) -> bool:
    """Write into the file that is there; return False where none of ours is."""
    try:
        handle = os.open(path, os.O_WRONLY)
    except (FileNotFoundError, PermissionError):
        return False
    try:
        os.utime(handle)
        status = os.fstat(handle)
        if status.st_size != _LENGTH:
            return False
        return os.pwrite(handle, _content(mark, status.st_mtime_ns), 0) == _LENGTH
    finally:
        os.close(handle)


def _write(handle: int, name: str, mark: Mark) -> None:
    with os.fdopen(handle, "wb") as file:
        time = os.fstat(handle).st_mtime_ns
        file.write(_content(mark, time))
    os.utime(name, ns=(time, time))


def _content(mark: Mark, written_ns: int) -> bytes:
    check = _check(mark.number, mark.at)
    told = (
        f'"row": {mark.number}, "at": "{mark.at.isoformat()}", "written_ns": {written_ns}, "check": {check}'
    )
    return f"{{{told}}}".encode().ljust(_LENGTH)


def _check(row: int, at: datetime) -> int:
    return crc32(f"{row} {at.timestamp()}".encode())


def _near(one_ns: int, other_ns: int) -> bool:
    return abs(one_ns - other_ns) <= _TOLERANCE.total_seconds() * _SECOND
