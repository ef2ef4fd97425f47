"""Figures about a list, so that two of them can be laid side by side."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log2

from agent.domain.portfolio.candidate import NOTHING, Candidate

_IN_A_NICHE = 0.2
"""From this part on a creator counts as being in a niche."""


@dataclass(frozen=True, kw_only=True)
class Pool:
    """Everybody who passes the campaign's rules: how many by tier, and by key how often lists had them."""

    tiers: Mapping[str, int]
    listed: Mapping[int, int]

    @property
    def size(self) -> int:
        """How many they are."""
        return sum(self.tiers.values())


@dataclass(frozen=True, kw_only=True)
class Figures:
    """A list in numbers.

    `values` counts for each value the creators of the quarter that carries it best. `entropy` is that of
    niches, in bits. `tiers` and `pool_tiers` are shares of the list and of everybody who passes
    the rules. `gini` is how unevenly lists reach those people with this one counted (0: all alike, 1: one has
    all), `repeated` how many of this list were on another one lately.
    """

    creators: int
    mean_fit: float
    values: Mapping[str, int]
    values_covered: int
    niches: int
    entropy: float
    cost: Decimal | None
    minutes: Decimal
    tiers: Mapping[str, float]
    pool_tiers: Mapping[str, float]
    gini: float
    repeated: int


def figures(
    chosen: Sequence[Candidate], *, carried: Mapping[str, int], pool: Pool, cost_is_known: bool = True
) -> Figures:
    """Return the figures of a list; `carried` is `carriers` of it."""
    niches = Counter[str]()
    for candidate in chosen:
        niches.update(name for name, part in candidate.niches.items() if part >= _IN_A_NICHE)
    tiers = Counter(candidate.groups.get("tier", "unknown") for candidate in chosen)
    listed = Counter(pool.listed)
    listed.update(candidate.key for candidate in chosen)
    return Figures(
        creators=len(chosen),
        mean_fit=sum(candidate.fit for candidate in chosen) / (len(chosen) or 1),
        values=dict(carried),
        values_covered=sum(count > 0 for count in carried.values()),
        niches=len(niches),
        entropy=entropy(niches.values()),
        cost=sum((candidate.cost for candidate in chosen), NOTHING) if cost_is_known else None,
        minutes=sum((candidate.minutes for candidate in chosen), NOTHING),
        tiers=_shares(tiers),
        pool_tiers=_shares(pool.tiers),
        gini=gini(listed.values(), among=max(pool.size, len(listed))),
        repeated=sum(candidate.exposure > 0 for candidate in chosen),
    )


def gini(counts: Iterable[float], *, among: int) -> float:
    """Return the Gini coefficient of counts (≥ 0) among so many people; those not counted have 0."""
    ordered = sorted(counts)
    total = sum(ordered)
    if not among or not total:
        return 0.0
    first = among - len(ordered) + 1
    weighted = sum(rank * count for rank, count in enumerate(ordered, start=first))
    return 2 * weighted / (among * total) - (among + 1) / among


def entropy(counts: Iterable[float]) -> float:
    """Return the entropy of counts in bits: 0 for one kind, log2(n) for n kinds alike."""
    known = [count for count in counts if count > 0]
    total = sum(known)
    parts = (count / total for count in known)
    return -sum(part * log2(part) for part in parts) + 0.0  # no minus before a zero


def _shares(counts: Mapping[str, int]) -> Mapping[str, float]:
    total = sum(counts.values()) or 1
    return {name: counts[name] / total for name in sorted(counts)}
