"""The health of a sending mailbox: when it has to stop, and what it says then."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

COUNTED = timedelta(days=30)
"""How far back troubles and letters are counted."""
MOST_BOUNCED = 0.05
MOST_COMPLAINTS = 0.001
"""Google's and Yahoo's requirements for senders ask for a spam rate below 0.10 %."""
_FEWEST_LETTERS = 20
"""Below so many letters a share says nothing: one bad address among three is bad luck."""
_FEWEST_BOUNCED = 3


class Trouble(StrEnum):
    """What counts against a mailbox."""

    BOUNCE = "bounce"
    COMPLAINT = "complaint"


@dataclass(frozen=True, kw_only=True)
class Health:
    """What a mailbox did and met since a moment: letters that left, addresses that were gone, complaints."""

    sent: int
    bounced: int = 0
    complained: int = 0


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    """A mailbox that was stopped at least once. Troubles from before `lifted_at` were a person's to weigh."""

    address: str
    paused_at: datetime | None = None
    reason: str = ""
    lifted_at: datetime | None = None
    lifted_by: str = ""

    @property
    def is_paused(self) -> bool:
        """Whether nothing may leave from it."""
        return self.paused_at is not None

    def paused(self, *, at: datetime, reason: str) -> Self:
        """Return the mailbox stopped; one that is stopped already keeps its first reason."""
        return self if self.is_paused else replace(self, paused_at=at, reason=reason)

    def lifted(self, *, at: datetime, by: str) -> Self:
        """Return the mailbox free to write again."""
        return replace(self, paused_at=None, reason="", lifted_at=at, lifted_by=by)

    def counted_since(self, now: datetime) -> datetime:
        """Return from when on letters and troubles count."""
        earliest = now - COUNTED
        return max(earliest, self.lifted_at) if self.lifted_at is not None else earliest


def why_pause(health: Health) -> str:
    """Return why a mailbox of this health has to stop, empty where it may go on."""
    if health.sent < _FEWEST_LETTERS:
        return ""
    if health.bounced >= _FEWEST_BOUNCED and health.bounced >= MOST_BOUNCED * health.sent:
        return (
            f"{health.bounced} of the last {health.sent} letters came back because the address is gone "
            f"({health.bounced / health.sent:.1%}; {MOST_BOUNCED:.0%} is too much). Check where the "
            "addresses come from."
        )
    if health.complained and health.complained >= MOST_COMPLAINTS * health.sent:
        return (
            f"{health.complained} of the last {health.sent} letters were reported as spam "
            f"({health.complained / health.sent:.2%}; {MOST_COMPLAINTS:.2%} is too much). Read what was sent."
        )
    return ""
