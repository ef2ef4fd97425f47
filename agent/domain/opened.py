"""Who has a letter open on the desk: told to others, and in nobody's way."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from agent.domain.ids import DraftId

OPEN_FOR = timedelta(minutes=5)
"""So long a letter counts as open after somebody opened it, or after its page last said that it still is."""

LONGEST = timedelta(minutes=30)
"""A page that was left open keeps a letter no longer than this."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One person has a letter open since a moment, and until another."""

    draft_id: DraftId
    who: str
    since: datetime
    until: datetime

    @classmethod
    def at(cls, now: datetime, draft_id: DraftId, *, who: str) -> Self:
        """Return that somebody opens a letter now."""
        return cls(draft_id=draft_id, who=who, since=now, until=now + OPEN_FOR)

    def holds(self, now: datetime) -> bool:
        """Return whether the letter is still open."""
        return now < self.until

    def still(self, now: datetime) -> Self:
        """Return the same, renewed by a page that is still open."""
        return replace(self, until=min(now + OPEN_FOR, self.since + LONGEST))
