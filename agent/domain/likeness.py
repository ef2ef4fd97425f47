"""How alike letters are: what share of their three-word runs two of them have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from agent.domain.text import runs

_RUN = 3
Runs = frozenset[tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """How alike the letters of a set are, from 0 (no run in common) to 1 (the same): on average, at most."""

    mean: float
    most: float


def likeness(texts: Sequence[str]) -> Likeness | None:
    """Return how alike texts are, pair by pair (Jaccard of three-word runs); None for fewer than two."""
    shares = [alike(one, other) for one, other in combinations(map(runs_of, texts), 2)]
    if not shares:
        return None
    return Likeness(mean=sum(shares) / len(shares), most=max(shares))


def runs_of(text: str) -> Runs:
    """Return the three-word runs by which texts are compared."""
    return runs(text, _RUN)


def alike(one: Runs, other: Runs) -> float:
    """Return the share of runs that two texts have in common, in [0, 1] (Jaccard); 0 without any."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0
