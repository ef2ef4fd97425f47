"""What the choice sees of a creator, and what it says about each one it took or left."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

NOTHING = Decimal(0)
NO_OPINION = 0.5
"""The engagement of somebody whose place among peers is not known: the middle."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A creator who may be chosen.

    `key` tells candidates apart and breaks ties. `fit` is at least 0 and comparable between candidates: a
    probability, a cosine, a score scaled to [0, 1]. `coverage` says how well each value is carried (≥ 0, only
    compared within one value), `niches` how much of the creator lies in each niche (≥ 0, together at most 1).
    `groups` names what quotas count: tier, country, language, platform. `engagement` is the place among
    peers of the same tier in [0, 1], `looks` how many signs ask for a person's eyes, `exposure` how often the
    creator was on a list lately.
    """

    key: int
    fit: float
    coverage: Mapping[str, float] = field(default_factory=dict)
    niches: Mapping[str, float] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    cost: Decimal = NOTHING
    minutes: Decimal = NOTHING
    engagement: float = NO_OPINION
    looks: int = 0
    exposure: int = 0


class Why(StrEnum):
    """What binds where a candidate is not chosen."""

    SAME = "same"
    OUTRANKED = "outranked"
    QUOTA = "quota"
    RESERVED = "reserved"
    BUDGET = "budget"
    MINUTES = "minutes"


@dataclass(frozen=True, kw_only=True, slots=True)
class Left:
    """A candidate who is not chosen, and the one reason that binds.

    `quota` is the quota as it was written (QUOTA, RESERVED), `missing` the euros or minutes that would have
    been needed besides (BUDGET, MINUTES), `other` the chosen one who covers the same and fits better (SAME).
    """

    key: int
    why: Why
    quota: str = ""
    missing: Decimal = NOTHING
    other: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Gains:
    """What a candidate added when it was chosen, in the units of the objective; the parts sum to `total`.

    `fit` is what it fits, `values` and `niches` what it adds to each, `tier` what it adds to the mix of
    tiers, `standing` what its engagement, its lack of warnings and of earlier exposure add.
    """

    fit: float
    values: Mapping[str, float]
    niches: Mapping[str, float]
    tier: float
    standing: float

    @property
    def total(self) -> float:
        """All that it adds."""
        return self.fit + sum(self.values.values()) + sum(self.niches.values()) + self.tier + self.standing


@dataclass(frozen=True, kw_only=True, slots=True)
class Pick:
    """A chosen candidate, with what it added to those chosen before."""

    key: int
    gains: Gains
