"""What is held about a person besides the rows of their nouns, and taking all of it out."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from agent.domain.draft import Approval
from agent.domain.ids import CreatorId, DraftId, InboundId
from agent.domain.replies import InboundMail

ERASED = "erased"
"""What stands in the journal, and in notes about others, where a forgotten person was named."""
FORGOTTEN = "the person asked to be forgotten"
"""Why the address of a forgotten person is not written to, whatever the reason was before."""


@dataclass(frozen=True, kw_only=True)
class Suppression:
    """Why and since when an address is not written to."""

    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Traces:
    """All by which rows know a person.

    `mails` are the raw mails that concern nobody else; `subjects` are the journal's names for the person
    and everything of theirs; `words` are case-folded addresses, `fingerprints` their keyed hashes, which
    stay as subjects and lose the reasons beside them.
    """

    creators: frozenset[CreatorId]
    mails: frozenset[InboundId]
    subjects: frozenset[str]
    words: frozenset[str]
    fingerprints: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """A forgetting that is not finished: the person is out of the store, and these are still in files.

    It holds no name and no address. When the files are clean it holds nothing but its own id.
    """

    id: str
    creators: tuple[CreatorId, ...]
    message_ids: tuple[str, ...]
    begun_at: datetime


class Privacy(Protocol):
    """What nobody but a data-subject request asks of the store."""

    def approvals(self, draft_ids: Collection[DraftId]) -> tuple[Approval, ...]:
        """Return the approvals of these drafts, oldest first, also those that were taken back."""

    def mails(self) -> Iterator[InboundMail]:
        """Yield every raw mail whose text is kept, by id, in batches that fit memory."""

    def suppression(self, fingerprint: str) -> Suppression | None:
        """Return since when and why an address is not written to."""

    def suppressed(self, fingerprints: Collection[str]) -> frozenset[str]:
        """Return those of many keyed hashes that are on the list, in few queries."""

    def erase(self, traces: Traces) -> Mapping[str, int]:
        """Delete what belongs to the person, blank the rest; return how many rows that were, by table.

        Mails keep their place and hash without text. The journal keeps who did what and when, and loses
        whom it was about. Notes and reasons of others that name the person are blanked.
        """

    def mentions(self, words: Collection[str]) -> Mapping[str, int]:
        """Return how many rows still hold one of these case-folded words, by table that has such rows."""

    def save(self, erasure: Erasure) -> None:
        """Insert or replace an unfinished forgetting."""

    def unfinished(self) -> tuple[Erasure, ...]:
        """Return the forgettings that are not finished, oldest first."""

    def finish(self, erasure_id: str) -> None:
        """Remove an unfinished forgetting; nothing happens where there is none."""


@dataclass(frozen=True, kw_only=True)
class LettersRemoved:
    """Files that were removed: whole letters, and what a crash left of the writing of one."""

    letters: int = 0
    half_written: int = 0


@dataclass(frozen=True, kw_only=True)
class FilesSearched:
    """How many files were read, and the paths of those that name somebody."""

    files: int
    naming: tuple[str, ...] = ()


class HomeFiles(Protocol):
    """The home's files that are neither database nor index."""

    @property
    def where(self) -> str:
        """The home's path, for people."""

    def remove_letters(self, message_ids: Collection[str]) -> LettersRemoved:
        """Remove the letters with these Message-IDs from the outbox folder; they are off the disk on return.

        A half-written letter goes as well, unless it is surely another one. Raises Unavailable where a file
        cannot be removed.
        """

    def search(self, words: Collection[str]) -> FilesSearched:
        """Look for case-folded words in every file that the product did not make; none is changed."""
