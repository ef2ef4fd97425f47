"""A folder of finished PDFs, written whole or not at all."""

import os
from pathlib import Path
from tempfile import mkstemp

from agent.domain.errors import Unavailable


class PdfFolder:
    """The folder that `--out` names; it is made where it is missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, name: str) -> bool:
        """Return whether the file is there."""
        return (self._folder / name).is_file()

    def put(self, name: str, content: bytes) -> None:
        """Write the file and have the disk keep it; raises Unavailable where the disk refuses."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _write(self._folder / name, content)
        except OSError as error:
            raise Unavailable(
                f"{self._folder / name} cannot be written: {error.strerror}. Free space or choose another "
                "folder; what is written already is kept."
            ) from error


def _write(target: Path, content: bytes) -> None:
    handle, name = mkstemp(dir=target.parent, prefix=".writing-", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
