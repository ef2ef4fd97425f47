"""Candidates and limits for tests of the choice."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from agent.domain.portfolio import Bound, Candidate, Limits, Objective, Quota
from agent.domain.portfolio.greedy import Question

WEIGHTS = {"repair": 1.0, "plants": 0.5}
TIERS, COUNTRIES = ("nano", "micro", "larger"), ("FR", "US")


def a_candidate(key: int = 1, **fields: Any) -> Candidate:
    """Return a French nano creator who fits well and carries no value in particular."""
    given: dict[str, Any] = {
        "fit": 0.8,
        "groups": {"tier": "nano", "country": "FR", "language": "fr", "platform": "instagram"},
        "cost": Decimal(35),
        "minutes": Decimal(4),
    }
    return Candidate(key=key, **(given | fields))


def a_quota(group: str, low: int | None = None, high: int | None = None, *, share: bool = False) -> Quota:
    """Return a quota for `kind:name`, of counts or of percentages."""
    kind, _, name = group.partition(":")
    ends = [Bound(amount=Decimal(end), is_share=share) if end is not None else None for end in (low, high)]
    return Quota(kind=kind, name=name, low=ends[0], high=ends[1], text=f"{group} {low}..{high} share={share}")


def question(candidates: Sequence[Candidate], size: int, *, seed: int = 0) -> Question:
    return Question.of(candidates, Objective(candidates, weights=WEIGHTS, size=size), seed=seed)


def best_worth(
    candidates: Sequence[Candidate], objective: Objective, limits: Limits, *, share: float
) -> float:
    """Return the worth of the best list within size, money, minutes and greatest numbers, by trying all."""
    lists = (
        chosen
        for size in range(min(limits.size, len(candidates)) + 1)
        for chosen in combinations(range(len(candidates)), size)
        if keeps(limits, [candidates[position] for position in chosen])
    )
    return max(objective.of(chosen, share) for chosen in lists)


def keeps(limits: Limits, chosen: Sequence[Candidate]) -> bool:
    """Say whether a list keeps every limit but the least numbers."""
    return (
        len(chosen) <= limits.size
        and (limits.budget is None or sum(each.cost for each in chosen) <= limits.budget)
        and (limits.minutes is None or sum(each.minutes for each in chosen) <= limits.minutes)
        and all(counted(chosen, quota) <= most_of(quota, len(chosen)) for quota in limits.quotas)
    )


def counted(chosen: Iterable[Candidate], quota: Quota) -> int:
    return sum(each.groups.get(quota.kind) == quota.name for each in chosen)


def most_of(quota: Quota, size: int) -> int:
    most = quota.most(size)
    return size if most is None else most


_SHARES = st.integers(0, 10).map(lambda tenth: tenth / 10)
"""Few different numbers, so that equals are common."""


@st.composite
def lists_of_candidates(draw: st.DrawFn, *, most: int = 12, one_price: bool = False) -> list[Candidate]:
    keys = draw(st.lists(st.integers(0, 999), unique=True, max_size=most))
    prices = [Decimal(10)] if one_price else [Decimal(0), Decimal("7.5"), Decimal(10), Decimal(40)]
    return [
        Candidate(
            key=key,
            fit=draw(_SHARES),
            coverage=draw(st.dictionaries(st.sampled_from(sorted(WEIGHTS)), _SHARES)),
            niches=draw(st.dictionaries(st.sampled_from(["bread", "sea", "wool"]), _SHARES, max_size=2)),
            groups={"tier": draw(st.sampled_from(TIERS)), "country": draw(st.sampled_from(COUNTRIES))},
            cost=draw(st.sampled_from(prices)),
            minutes=Decimal(4),
            engagement=draw(_SHARES),
            looks=draw(st.integers(0, 2)),
            exposure=draw(st.integers(0, 3)),
        )
        for key in keys
    ]


def _bounds(group: str) -> st.SearchStrategy[Quota]:
    counts = st.tuples(st.integers(0, 3), st.integers(3, 6)).map(lambda ends: a_quota(group, *ends))
    shares = st.tuples(st.integers(0, 40), st.integers(40, 100)).map(
        lambda ends: a_quota(group, *ends, share=True)
    )
    return st.one_of(counts, shares)


QUOTAS = st.tuples(
    st.lists(
        st.one_of([_bounds("tier:nano"), _bounds("tier:micro")]), max_size=2, unique_by=lambda q: q.name
    ),
    st.lists(_bounds("country:FR"), max_size=1),
).map(lambda both: tuple(both[0] + both[1]))

LIMITS = st.builds(
    Limits,
    size=st.integers(1, 8),
    budget=st.none() | st.sampled_from([Decimal(5), Decimal(30), Decimal(75)]),
    minutes=st.none() | st.sampled_from([Decimal(3), Decimal(14)]),
    quotas=QUOTAS,
)
