"""Decides the order of creators for one query: pure NumPy over the candidates that passed the hard filters.

Recipe, measured on brand texts in two languages: cosine in three spaces (all of a creator's words, the bio,
the best single passage), each standardised over the candidates and summed with weights; then once more with
each space's query moved towards the creators that came first (pseudo-relevance feedback), and, where people
have decided about creators before, towards those they took and away from those they turned down (Rocchio
1971). One lucky passage alone does not win, because the passages weigh less than the whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_DECIMALS = 6  # below this, scores are equal and the key decides
_NOTHING = 1e-9  # smaller lengths and deviations are rounding
_FEEDBACK_SHARE = 4  # at most every fourth candidate is taken for a good one


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipe:
    """Weights of the spaces, and how many of the first creators move the query by how much (0 for none).

    `liked` and `disliked` say how much decided creators move it once there are many; the first few count
    less: n of them by n / (n + `caution`).
    """

    weights: Mapping[str, float] = field(default_factory=lambda: {"whole": 1.0, "bio": 0.5, "passages": 0.5})
    feedback_top: int = 15
    feedback_weight: float = 0.8
    liked: float = 2.0
    disliked: float = 1.0
    caution: float = 3.0


class View(Protocol):
    """One space, seen for n candidates."""

    def cosines(self, query: Floats) -> Doubles:
        """Return each candidate's cosine with a unit query [d], [n]; NaN where a candidate has no text."""

    def examples(self, query: Floats, candidates: Ints) -> Floats:
        """Return the vectors [m, d] that speak for the candidates [k], m <= k: without a text, no vector."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """Creators about whom people decided alike: how many, and their texts in each space."""

    count: int
    views: Mapping[str, View]


@dataclass(frozen=True, kw_only=True, slots=True)
class Taste:
    """What people decided before. The decided need not be among the candidates."""

    liked: Decided
    disliked: Decided


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranking:
    """Candidates (positions) in order, best first, with their scores and their cosines in the first space."""

    order: Ints
    scores: Doubles
    cosines: Doubles


def rank(
    keys: Ints, views: Mapping[str, View], query: Floats, recipe: Recipe, taste: Taste | None = None
) -> Ranking:
    """Rank n candidates with keys [n] for a query [d] of unit length; `cosines` are with the plain query.

    Equal scores are ordered by key. The same candidates, vectors, query and taste give the same ranking.
    """
    plain = {space: views[space].cosines(query) for space in recipe.weights}
    scores = _fuse(plain, recipe)
    top = min(recipe.feedback_top, len(keys) // _FEEDBACK_SHARE) if recipe.feedback_weight else 0
    if top or taste is not None:
        first = _order(keys, scores)[:top]
        moved = {}
        for space in recipe.weights:
            examples = views[space].examples(query, first)
            moved[space] = _moved(
                query, [(recipe.feedback_weight, examples), *_pulls(space, query, recipe, taste)]
            )
        scores = _fuse({space: views[space].cosines(moved[space]) for space in recipe.weights}, recipe)
    order = _order(keys, scores)
    return Ranking(order=order, scores=scores[order], cosines=_best_known(plain)[order])


def similarities(views: Mapping[str, View], query: Floats, recipe: Recipe) -> Doubles:
    """Return each candidate's cosine with a query, [n], in the first of the recipe's spaces that knows it."""
    return _best_known({space: views[space].cosines(query) for space in recipe.weights})


def standardise(values: Doubles) -> Doubles:
    """Return values [n] with mean 0 and deviation 1; missing values and constant lists become 0."""
    known = ~np.isnan(values)
    out = np.zeros(len(values))
    if known.any():
        present = values[known]
        deviation = present.std()
        if deviation > _NOTHING:
            out[known] = (present - present.mean()) / deviation
    return out


def _fuse(cosines: Mapping[str, Doubles], recipe: Recipe) -> Doubles:
    total: Doubles = np.zeros(len(next(iter(cosines.values()))))
    for space, weight in recipe.weights.items():
        total += weight * standardise(cosines[space])
    return total


def _order(keys: Ints, scores: Doubles) -> Ints:
    order: Ints = np.lexsort((keys, -np.round(scores, _DECIMALS)))
    return order


def _pulls(space: str, query: Floats, recipe: Recipe, taste: Taste | None) -> list[tuple[float, Floats]]:
    """Return how strongly, and by which vectors, earlier decisions move the query of a space."""
    if taste is None:
        return []
    pulls = []
    for decided, strength in ((taste.liked, recipe.liked), (taste.disliked, -recipe.disliked)):
        examples = decided.views[space].examples(query, np.arange(decided.count))
        pulls.append((strength * len(examples) / (len(examples) + recipe.caution), examples))
    return pulls


def _moved(query: Floats, pulls: Sequence[tuple[float, Floats]]) -> Floats:
    moved = query
    for weight, examples in pulls:
        if len(examples):
            moved = moved + np.float32(weight) * examples.mean(axis=0)
    length = float(np.linalg.norm(moved))
    return moved / np.float32(length) if length > _NOTHING else query


def _best_known(cosines: Mapping[str, Doubles]) -> Doubles:
    """Return each candidate's cosine in the first space that knows it; each is known to some space."""
    known = np.full(len(next(iter(cosines.values()))), np.nan)
    for values in cosines.values():
        known = np.where(np.isnan(known), values, known)
    cosines_or_zero: Doubles = np.nan_to_num(known)
    return cosines_or_zero
