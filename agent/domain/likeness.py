"""How alike letters are: what share of their three-word runs two of them have in common."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

_WORDS = re.compile(r"\w+")
_RUN = 3


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """How alike the letters of a set are, from 0 (no run in common) to 1 (the same): on average, at most."""

    mean: float
    most: float


def likeness(texts: Sequence[str]) -> Likeness | None:
    """Return how alike texts are, pair by pair (Jaccard of three-word runs); None for fewer than two."""
    runs = [_runs(text) for text in texts]
    shares = [_share(one, other) for one, other in combinations(runs, 2)]
    if not shares:
        return None
    return Likeness(mean=sum(shares) / len(shares), most=max(shares))


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words: Iterable[str] = _WORDS.findall(text.casefold())
    listed = tuple(words)
    return frozenset(listed[start : start + _RUN] for start in range(max(1, len(listed) - _RUN + 1)))


def _share(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    return len(one & other) / len(one | other)
