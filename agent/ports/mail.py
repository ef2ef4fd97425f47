"""Handing letters over and reading what comes back."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from agent.domain.seal import ApprovedLetter


class Outcome(StrEnum):
    """What became of one attempt to send."""

    SENT = "sent"
    REFUSED = "refused"  # for good: this recipient or this message
    REFUSED_US = "refused_us"  # for good, but about our mailbox (5.7.x): nothing about the person
    DEFERRED = "deferred"  # temporary, nothing was accepted
    LOST_LEASE = "lost_lease"  # somebody else may own it by now; nothing was handed over
    UNKNOWN = "unknown"  # the connection ended after DATA: nobody knows


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """An outcome with the server's words."""

    outcome: Outcome
    detail: str = ""


class Mailer(Protocol):
    """Hands over an approved letter, and nothing else."""

    @property
    def where(self) -> str:
        """Where letters go, for people: a folder or a server, never a password."""

    def send(
        self, letter: ApprovedLetter, *, fence: Callable[[], bool], following: ApprovedLetter | None = None
    ) -> Attempt:
        """Try once. `fence` is called after the recipient is accepted and before the text is handed over.

        When it returns False nothing is handed over. `following` is what will most likely be sent next: a
        server may be told its sender and recipient, nothing of its text, together with the text of this one.
        Never raises for what a server says or does.
        """

    def close(self) -> None:
        """End the connection, where there is one."""


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A message as a mailbox gives it."""

    folder: str
    uidvalidity: int
    uid: int
    raw: bytes


class MailReader(Protocol):
    """Reads a mailbox without marking anything."""

    @property
    def account(self) -> str:
        """The account's name, for people and for telling mailboxes apart."""

    def fetch(self, last_uid: Callable[[str, int], int]) -> Iterator[Fetched]:
        """Yield messages newer than `last_uid(folder, uidvalidity)`, oldest first.

        Raises Unavailable where the mailbox cannot be read.
        """


@dataclass(frozen=True, kw_only=True)
class SentSearch:
    """What a look for letters gave: by Message-ID the place of a copy; `looked_in` is empty for nowhere."""

    looked_in: str
    found: Mapping[str, str] = field(default_factory=dict)


class SentMail(Protocol):
    """The place where a letter that went leaves a copy."""

    def search(self, message_ids: Collection[str]) -> SentSearch:
        """Look for the letters with these Message-IDs; nothing is marked.

        Raises Unavailable where the place cannot be read.
        """
