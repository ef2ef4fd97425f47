"""How far the store had come, in a file of the home that no copy of it passes for."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkstemp

from pydantic import BaseModel, ConfigDict, ValidationError

from agent.domain.errors import Unavailable
from agent.domain.restored import Mark
from agent.ports import KeptMark

_LARGEST = 4096
_TOLERANCE = timedelta(minutes=1)
"""Between a file's time and its last change: some file systems count in seconds, disks may be slow."""
_SECOND = 1_000_000_000


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    row: int
    at: datetime
    written_ns: int


class MarkFile:
    """One small file, replaced whole. It tells by its own times whether it was copied back.

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
            with self._path.open("rb") as file:
                status = os.fstat(file.fileno())
                read = _File.model_validate_json(file.read(_LARGEST))
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

    def keep(self, mark: Mark) -> None:
        """Put a file with this mark in place of the one before."""
        try:
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


def _write(handle: int, name: str, mark: Mark) -> None:
    # no fsync: what a power cut takes back is half a minute, and a backup is older
    with os.fdopen(handle, "wb") as file:
        time = os.fstat(handle).st_mtime_ns
        file.write(_File(row=mark.number, at=mark.at, written_ns=time).model_dump_json().encode())
    os.utime(name, ns=(time, time))


def _near(one_ns: int, other_ns: int) -> bool:
    return abs(one_ns - other_ns) <= _TOLERANCE.total_seconds() * _SECOND
