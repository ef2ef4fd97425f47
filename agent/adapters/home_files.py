"""The files of a home: letters in its outbox folder, and whatever people put beside."""

import os
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from agent.domain.errors import Unavailable
from agent.ports import FilesSearched, LettersRemoved

_MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^<>\r\n]+>)\s*?\n", re.IGNORECASE | re.MULTILINE)
_HEADERS = 64 * 1024
"""How far into a letter its Message-ID is looked for."""


class FolderFiles:
    """The files below a home. `ours` are the files and folders in it that other adapters answer for."""

    def __init__(self, home: Path, *, ours: Collection[str]) -> None:
        self._home = home
        self._outbox = home / "outbox"
        self._ours = frozenset(ours)

    @property
    def where(self) -> str:
        """The home's path."""
        return str(self._home)

    def remove_letters(self, message_ids: Collection[str]) -> LettersRemoved:
        """Remove letters by the Message-ID inside; a half-written one goes unless it is surely another."""
        wanted = {name.encode() for name in message_ids}
        with self._failures_named():
            letters = [path for path in self._outbox.glob("*.eml") if _message_id(path) in wanted]
            # without its Message-ID nobody can say whose it is; a living writer tries again
            unfinished = [
                path for path in self._outbox.glob(".writing-*.tmp") if _message_id(path) in {None, *wanted}
            ]
            for path in (*letters, *unfinished):
                path.unlink(missing_ok=True)
            if letters or unfinished:
                _settle(self._outbox)
        return LettersRemoved(letters=len(letters), half_written=len(unfinished))

    def search(self, words: Collection[str]) -> FilesSearched:
        """Look for words in UTF-8 in every file but those of the database, the index and the key."""
        wanted = [word.encode() for word in words if word]
        with self._failures_named():
            paths = sorted(self._others())
            found = [path for path in paths if _holds(path, wanted)]
        return FilesSearched(files=len(paths), naming=tuple(map(str, found)))

    def _others(self) -> Iterator[Path]:
        for entry in self._home.iterdir():
            if entry.name not in self._ours:
                yield from (path for path in (entry, *entry.rglob("*")) if path.is_file())

    @contextmanager
    def _failures_named(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise Unavailable(
                f"{error.filename or self._home} cannot be read or removed: {error.strerror}. Correct its "
                "permissions and run the command again."
            ) from error


def _message_id(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            found = _MESSAGE_ID.search(file.read(_HEADERS))
    except FileNotFoundError:  # its writer was faster
        return None
    return found[1] if found else None


def _holds(path: Path, words: list[bytes]) -> bool:
    try:
        content = path.read_bytes().decode("utf-8", "surrogateescape").casefold()
    except FileNotFoundError:
        return False
    folded = content.encode("utf-8", "surrogateescape")
    return any(word in folded for word in words)


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
