"""A rehearsal's figures: days, spans over several runs, and what would go wrong."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from agent.domain.ids import CampaignId
from agent.domain.rehearsal.outcomes import Assumptions


@dataclass(frozen=True, kw_only=True)
class Span:
    """A figure over several runs: in one of twenty it lies below `low`, in one of twenty above `high`."""

    low: float
    median: float
    high: float


@dataclass(kw_only=True)
class Day:
    """One calendar day of a run.

    `to_read` letters waited when reading began, `decided` were approved or turned down, `carried` stayed
    over night. `mailbox` counts all that left from the mailbox, `sent` this campaign's part of it.
    `note` says why nobody reads on that day.
    """

    on: date
    to_read: int = 0
    decided: int = 0
    rejected: int = 0
    carried: int = 0
    sent: int = 0
    mailbox: int = 0
    answers: int = 0
    follow_ups: int = 0
    minutes: Decimal = Decimal(0)
    note: str = ""

    @property
    def is_quiet(self) -> bool:
        """Whether nothing happened."""
        return not (self.to_read or self.decided or self.mailbox or self.answers or self.follow_ups)


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What would go wrong, in a sentence, and what to do about it.

    `code` names the kind for scripts; `runs` of the runs met it, where only some did.
    """

    code: str
    sentence: str
    advice: str
    count: int = 1
    runs: int | None = None


@dataclass(frozen=True, kw_only=True)
class Staff:
    """Who reads: how many people, minutes a day of each, minutes a letter; an answer counts as one letter."""

    reviewers: int = 1
    minutes_a_day: int = 120
    minutes_per_letter: Decimal = Decimal(4)

    @property
    def letters_a_day(self) -> int:
        """So many letters can be decided on a working day, at least one."""
        return max(1, int(self.reviewers * self.minutes_a_day / self.minutes_per_letter))


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What writing by a model would cost at these prices (per million tokens), and the reviewers' time.

    Tokens are estimated from the lengths of the prompts and letters, four characters each.
    """

    letters: int
    input_tokens: int
    output_tokens: int
    money: Decimal
    reviewer_minutes: Span


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """What a rehearsal says. `days` are those of the first run; `remarks` are worth knowing, not wrong."""

    campaign: CampaignId
    seed: int
    runs: int
    starts_at: datetime
    staff: Staff
    per_day: int
    campaign_per_day: int | None
    days: tuple[Day, ...]
    first_sent_on: date | None
    last_sent_on: date | None
    ends_on: date | None
    funnel: Mapping[str, Span]
    cost: Cost
    troubles: tuple[Trouble, ...]
    remarks: tuple[Trouble, ...]
    assumptions: Assumptions
    first_run: Mapping[str, int] = field(default_factory=dict)


def span(values: Iterable[float]) -> Span:
    """Return where nine in ten of the values lie, by nearest rank; zeros where there are none."""
    ordered = sorted(values)
    if not ordered:
        return Span(low=0, median=0, high=0)
    return Span(low=_rank(ordered, 0.05), median=_rank(ordered, 0.5), high=_rank(ordered, 0.95))


def _rank(ordered: list[float], part: float) -> float:
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]
