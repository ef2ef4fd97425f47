"""Choosing together: a shortlist covers what the brand stands for instead of repeating its best match."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

COVERAGE_SHARE = 0.3
"""How much covering a value counts beside fit, both scaled to [0, 1] within the candidates."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A creator as the choice sees it: a score without unit, and how well each value is carried (≥ 0)."""

    score: float
    coverage: Mapping[str, float]


def choose(candidates: Sequence[Candidate], *, weights: Mapping[str, float], limit: int) -> tuple[int, ...]:
    """Return the positions of at most `limit` candidates, in the order of choice.

    Greedy over fit plus the square root of what is covered of each value: a concave, hence submodular gain,
    for which greedy choice reaches at least 1 - 1/e of the best (Nemhauser, Wolsey and Fisher 1978).
    Ties go to the earlier candidate, so the same input gives the same list.
    """
    fit = _scaled([candidate.score for candidate in candidates])
    total = sum(weights.values()) or 1.0
    shares = {name: weight / total for name, weight in weights.items()}
    covered = dict.fromkeys(weights, 0.0)
    chosen: list[int] = []
    left = list(range(len(candidates)))
    while left and len(chosen) < limit:
        best = max(left, key=lambda index: (_gain(fit[index], candidates[index], covered, shares), -index))
        for name, amount in candidates[best].coverage.items():
            covered[name] = covered.get(name, 0.0) + amount
        chosen.append(best)
        left.remove(best)
    return tuple(chosen)


def _gain(
    fit: float, candidate: Candidate, covered: Mapping[str, float], shares: Mapping[str, float]
) -> float:
    added = sum(
        share * (math.sqrt(covered[name] + candidate.coverage.get(name, 0.0)) - math.sqrt(covered[name]))
        for name, share in shares.items()
    )
    return (1 - COVERAGE_SHARE) * fit + COVERAGE_SHARE * added


def _scaled(scores: Sequence[float]) -> list[float]:
    if not scores:
        return []
    low, high = min(scores), max(scores)
    spread = (high - low) or 1.0
    return [(score - low) / spread for score in scores]
