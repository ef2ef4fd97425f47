"""Letters as files: the default place to send to, so that the first letter needs no account."""

import os
import re
from collections.abc import Callable, Collection
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp

from agent.domain.seal import ApprovedLetter
from agent.ports import Attempt, Outcome, SentSearch

_UNSAFE = re.compile(r"[^A-Za-z0-9@_-]+")
_READABLE = 60
_FINGERPRINT = 24
"""96 bits in hexadecimal: names that differ only in letter case or in odd characters stay apart."""


class EmlFolder:
    """A folder that takes each letter as one .eml file, whole or not at all.

    A file is never replaced: the same bytes under the same Message-ID are evidence that the letter went,
    other bytes are refused.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def where(self) -> str:
        """The folder's path."""
        return str(self._folder)

    def send(
        self,
        letter: ApprovedLetter,
        *,
        fence: Callable[[], bool],
        following: ApprovedLetter | None = None,  # noqa: ARG002 - a folder is told nothing in advance
    ) -> Attempt:
        """Write the letter's bytes once the fence has let it pass; a full or forbidden disk defers it."""
        if not fence():
            return Attempt(outcome=Outcome.LOST_LEASE, detail="The lease was lost; no file was written.")
        target = self._folder / _file_name(letter.message_id)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            return _write(target, letter.raw)
        except OSError as error:
            # safe to try again even after the link: the file of before is then recognised by its bytes
            return Attempt(
                outcome=Outcome.DEFERRED,
                detail=f"The folder {self._folder} did not take the letter ({error.strerror or error}). "
                "Free space or correct its permissions; the letter is tried again.",
            )

    def search(self, message_ids: Collection[str]) -> SentSearch:
        """Return which of these letters are files here: one is there whole or not at all."""
        names = {each: _file_name(each) for each in message_ids}
        found = {each: f"the file {name}" for each, name in names.items() if (self._folder / name).exists()}
        return SentSearch(looked_in=f"the folder {self._folder}", found=found)

    def close(self) -> None:
        """Do nothing: a folder has no connection."""


def _write(target: Path, raw: bytes) -> Attempt:
    handle, name = mkstemp(dir=target.parent, prefix=".writing-", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(temporary, target)  # unlike a rename, a link never replaces a file
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)
    if target.read_bytes() == raw:
        return Attempt(outcome=Outcome.SENT, detail=f"Written to {target.name}.")
    return Attempt(
        outcome=Outcome.REFUSED,
        detail=f"{target} already holds another letter under this Message-ID; it was left as it is.",
    )


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _file_name(message_id: str) -> str:
    readable = _UNSAFE.sub("_", message_id.strip("<> "))[:_READABLE].strip("_")
    return f"{readable}-{sha256(message_id.encode()).hexdigest()[:_FINGERPRINT]}.eml"
