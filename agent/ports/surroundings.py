"""Time, names and secrets: what surrounds every decision."""

from datetime import datetime
from typing import Protocol

from agent.domain.ids import (
    OutreachId,
)


class Clock(Protocol):
    """The only source of time; a use-case reads it once."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""


class Ids(Protocol):
    """Makes names that nobody can guess."""

    def new(self, prefix: str) -> str:
        """Return a fresh name such as `d-7k3f9q2m`, at least 50 bits of randomness after the prefix."""


class Links(Protocol):
    """Addresses in the world that belong to one outreach; None where no public URL is configured."""

    def unsubscribe(self, outreach_id: OutreachId) -> str | None:
        """Return the https address under which this person can object."""

    def outreach_of(self, token: str) -> OutreachId | None:
        """Return whose unsubscribe token this is; None for one that is not ours."""

    def brief(self, outreach_id: OutreachId) -> str | None:
        """Return the https address under which this person reads their brief letter."""

    def briefed_by(self, token: str) -> OutreachId | None:
        """Return whose brief token this is; None for one that is not ours."""


class Fingerprints(Protocol):
    """Keyed hashes, so that an erased person is remembered without being known."""

    def of(self, email: str) -> str:
        """Return the keyed hash of an address, the same whatever its case."""

    def proof(self, text: str) -> str:
        """Return the keyed hash of a text: who does not know the key cannot make one for another text."""


class Passwords(Protocol):
    """Hashes passwords so that only the right one matches."""

    def hash(self, password: str) -> str:
        """Return a salted hash."""

    def matches(self, password: str, hashed: str) -> bool:
        """Return whether the password made this hash; takes as long for a wrong one."""


class Languages(Protocol):
    """Tells which language a text is written in."""

    def detect(self, text: str) -> str | None:
        """Return ISO 639-1, or None where the text is too short or too mixed to say."""
