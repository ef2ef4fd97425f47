"""Shows the spaces of a snapshot to the ranking, for the candidates of one query.

Each cosine is computed row by row, so that it does not depend on who else is a candidate.
"""

import numpy as np

from index.ranking import Doubles, Floats, Ints
from index.space import Space


def rows_of(wanted: Ints, keys: Ints) -> Ints:
    """Return the row of each wanted key among ascending keys, -1 where it is not."""
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.int64)
    rows = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[rows] == wanted, rows, -1)


class OneEach:
    """A space with at most one vector for each creator: the whole, the bio."""

    def __init__(self, space: Space, creators: Ints) -> None:
        self._vectors = space.vectors
        self._rows = rows_of(creators, space.keys)
        self._known = self._rows >= 0

    def cosines(self, query: Floats) -> Doubles:
        """Return each candidate's cosine with the query, [n]; NaN without a text."""
        out = np.full(len(self._rows), np.nan)
        out[self._known] = _cosines(self._vectors, self._rows[self._known], query)
        return out

    def examples(self, query: Floats, candidates: Ints) -> Floats:
        """Return the candidates' own vectors."""
        del query
        rows = self._rows[candidates]
        return self._vectors[rows[rows >= 0]]


class BestOfMany:
    """A space with many vectors for a creator, of which the one nearest to the query counts: the passages."""

    def __init__(self, space: Space, owners: Ints, creators: Ints) -> None:
        self._vectors = space.vectors
        first = np.searchsorted(owners, creators, side="left")
        self._counts = np.searchsorted(owners, creators, side="right") - first
        self._known = self._counts > 0
        counts = self._counts[self._known]
        self._starts = np.cumsum(counts) - counts  # where each known candidate's rows begin in `rows`
        self._rows = np.repeat(first[self._known] - self._starts, counts) + np.arange(counts.sum())

    def cosines(self, query: Floats) -> Doubles:
        """Return each candidate's best cosine with the query, [n]; NaN without a text."""
        out = np.full(len(self._counts), np.nan)
        if len(self._starts):
            out[self._known] = np.maximum.reduceat(_cosines(self._vectors, self._rows, query), self._starts)
        return out

    def examples(self, query: Floats, candidates: Ints) -> Floats:
        """Return the vector nearest to the query of each candidate that has one."""
        place = np.cumsum(self._known) - 1  # of a known candidate among the known
        best = []
        for candidate in candidates[self._known[candidates]]:
            start = self._starts[place[candidate]]
            rows = self._rows[start : start + self._counts[candidate]]
            best.append(rows[np.argmax(_cosines(self._vectors, rows, query))])
        return self._vectors[np.array(best, dtype=np.int64)]


def _cosines(vectors: Floats, rows: Ints, query: Floats) -> Floats:
    chosen = vectors if len(rows) == len(vectors) else vectors[rows]  # distinct ascending rows: all is all
    cosines: Floats = np.vecdot(chosen, query)
    return cosines
