"""How long somebody takes over a letter, from the times of their own decisions."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import exp, log
from typing import Self

PAUSE = timedelta(minutes=10)
"""A longer gap between two decisions is a pause, and says nothing about reading."""
KNOWN_AFTER = 10
"""Gaps from which on a pace is told; before, nobody's is."""
_MEMORY = 30  # gaps that count in full: who reads faster by and by is told so within a campaign
_LEAST = 1.0  # seconds


@dataclass(frozen=True, kw_only=True)
class Pace:
    """One person's pace: the usual gap in seconds between two of their decisions, and from how many.

    It is the geometric mean, over the last gaps mostly, which a letter that took long moves little. `last_at`
    is their last decision. The figure belongs to the person: nobody else is shown it.
    """

    who: str
    seconds: float = 0.0
    gaps: int = 0
    last_at: datetime

    @property
    def is_known(self) -> bool:
        """Whether it rests on enough."""
        return self.gaps >= KNOWN_AFTER

    def decided(self, at: datetime) -> Self:
        """Return the pace after another decision; a pause and a clock that went back are no gaps."""
        gap = at - self.last_at
        if not timedelta() <= gap <= PAUSE:
            return replace(self, last_at=at)
        gaps = self.gaps + 1
        took = log(max(_LEAST, gap.total_seconds()))
        before = log(self.seconds) if self.gaps else took
        mean = before + (took - before) / min(gaps, _MEMORY)
        return replace(self, seconds=exp(mean), gaps=gaps, last_at=at)


def minutes_for(letters: int, seconds: float) -> int:
    """Return the minutes that so many letters take at so many seconds each, rounded up."""
    return -(-round(letters * seconds) // 60)
