"""A folder of .eml files as a mailbox: for demonstrations and for mail that was exported by hand."""

from collections.abc import Callable, Iterator
from pathlib import Path

from agent.domain.errors import Unavailable
from agent.ports import Fetched


class MailFolder:
    """Files in the order of their names; the n-th has UID n. Nothing in the folder is changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def account(self) -> str:
        """The folder's path."""
        return str(self._folder)

    def fetch(self, last_uid: Callable[[str, int], int]) -> Iterator[Fetched]:
        """Yield the files after the last UID; raises Unavailable where the folder cannot be read."""
        known = last_uid("inbox", 1)
        try:
            for uid, path in enumerate(sorted(self._folder.glob("*.eml")), start=1):
                if uid > known:
                    yield Fetched(folder="inbox", uidvalidity=1, uid=uid, raw=path.read_bytes())
        except OSError as error:
            raise Unavailable(f"The mail folder {self._folder} cannot be read: {error.strerror}.") from error
