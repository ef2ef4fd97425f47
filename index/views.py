"""Shows the spaces of a place to the ranking, for the candidates of one query.

Each cosine is computed row by row, so that it does not depend on who else is a candidate.
"""

import numpy as np

from index.ranking import Doubles, Floats, Ints


def rows_of(wanted: Ints, keys: Ints) -> Ints:
    """Return the row of each wanted key among ascending keys, -1 where it is not."""
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.int64)
    rows = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[rows] == wanted, rows, -1)


def runs(first: Ints, counts: Ints) -> Ints:
    """Return the numbers from each first on, so many as its count says, one run after the other."""
    before = np.cumsum(counts) - counts
    return np.repeat(first - before, counts) + np.arange(counts.sum())


def cosines_of(vectors: Floats, rows: Ints, query: Floats) -> Floats:
    """Return the cosines of some rows of a matrix with a unit query [d], each by itself and none copied."""
    import faiss

    cosines = np.empty(len(rows), dtype=np.float32)
    given = np.ascontiguousarray(query), vectors, np.ascontiguousarray(rows)
    faiss.fvec_inner_products_by_idx(  # type: ignore[attr-defined]  # not in the stubs
        faiss.swig_ptr(cosines), *(faiss.swig_ptr(array) for array in given), len(query), 1, len(rows)
    )
    return cosines


class Chosen:
    """Some rows of a matrix [n, d], looked up where they lie: to copy them takes longer than to compare."""

    def __init__(self, vectors: Floats, rows: Ints) -> None:
        self._vectors = vectors
        self._rows = rows

    def cosines(self, query: Floats) -> Floats:
        """Return the cosine of each row with a unit query [d]."""
        return cosines_of(self._vectors, self._rows, query)

    def cosines_at(self, places: Ints, query: Floats) -> Floats:
        """Return the cosines of the rows at these places with a unit query [d]."""
        return cosines_of(self._vectors, self._rows[places], query)

    def take(self, places: Ints) -> Floats:
        """Return the vectors at these places among the rows."""
        return self._vectors[self._rows[places]]


class OneEach:
    """A space with at most one vector for each creator: the whole, the bio."""

    def __init__(self, vectors: Floats, rows: Ints) -> None:
        """Take a matrix and each candidate's row in it, [n]; -1 where a candidate has no text."""
        self._known = rows >= 0
        self._places = np.cumsum(self._known) - 1  # of a known candidate among the known
        self._chosen = Chosen(vectors, rows[self._known])

    def cosines(self, query: Floats) -> Doubles:
        """Return each candidate's cosine with the query, [n]; NaN without a text."""
        out = np.full(len(self._known), np.nan)
        out[self._known] = self._chosen.cosines(query)
        return out

    def examples(self, query: Floats, candidates: Ints) -> Floats:
        """Return the candidates' own vectors."""
        del query
        return self._chosen.take(self._places[candidates[self._known[candidates]]])


class BestOfMany:
    """A space with many vectors for a creator, of which the one nearest to the query counts: the passages."""

    def __init__(self, vectors: Floats, rows: Ints, counts: Ints) -> None:
        """Take a matrix, the candidates' rows in it one after the other, and how many each has [n]."""
        self._counts = counts
        self._known = counts > 0
        self._starts = (np.cumsum(counts) - counts)[self._known]
        self._chosen = Chosen(vectors, rows)

    def cosines(self, query: Floats) -> Doubles:
        """Return each candidate's best cosine with the query, [n]; NaN without a text."""
        out = np.full(len(self._counts), np.nan)
        if len(self._starts):
            out[self._known] = np.maximum.reduceat(self._chosen.cosines(query), self._starts)
        return out

    def examples(self, query: Floats, candidates: Ints) -> Floats:
        """Return the vector nearest to the query of each candidate that has one."""
        place = np.cumsum(self._known) - 1  # of a known candidate among the known
        spoken = candidates[self._known[candidates]]
        if not len(spoken):
            return self._chosen.take(np.empty(0, dtype=np.int64))
        counts = self._counts[spoken]
        starts = np.cumsum(counts) - counts
        own = runs(self._starts[place[spoken]], counts)
        cosines = self._chosen.cosines_at(own, query)
        best = np.maximum.reduceat(cosines, starts)
        # the first of equal ones, as argmax would
        hits = np.flatnonzero(cosines == np.repeat(best, counts))
        return self._chosen.take(own[hits[np.searchsorted(hits, starts)]])
