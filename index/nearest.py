"""Finds the vectors of one space nearest to a query among those a filter permits."""

from functools import cached_property
from math import sqrt

import numpy as np

from index.limits import Limits
from index.lists import Bits, Lists
from index.planner import Route, enough_lists, is_friendly, route
from index.ranking import Floats, Ints
from index.views import cosines_of
from index.where import Mask


class Permitted:
    """The rows of a matrix that a filter keeps, in the forms that searching asks for; each is made once."""

    def __init__(self, mask: Mask) -> None:
        self.mask = mask
        self.count = int(np.count_nonzero(mask))

    @property
    def everything(self) -> bool:
        """Whether no row is left out."""
        return self.count == len(self.mask)

    @cached_property
    def rows(self) -> Ints:
        """Return the rows, ascending."""
        return np.flatnonzero(self.mask)

    @cached_property
    def bits(self) -> Bits:
        """Return the rows as one bit each, the first row lowest."""
        return np.packbits(self.mask, bitorder="little")

    def per_list(self, lists: Lists) -> Ints:
        """Return how many of the rows each list holds."""
        if self._counted is None:
            of_row = lists.list_of_row
            self._counted = np.bincount(of_row[self.mask[: len(of_row)]], minlength=lists.count)
        return self._counted

    def in_lists(self, lists: Lists) -> int:
        """Return how many of the rows the lists hold; newer ones are in none."""
        if self._held is None:
            self._held = int(self.per_list(lists).sum())
        return self._held

    def newer(self, lists: Lists) -> Ints:
        """Return the rows that were added after the lists were made."""
        if self._newer is None:
            self._newer = len(lists) + np.flatnonzero(self.mask[len(lists) :])
        return self._newer

    _counted: Ints | None = None
    _held: int | None = None
    _newer: Ints | None = None


class Nearest:
    """A matrix of unit vectors [n, d], with compressed lists over its first rows where it is large."""

    def __init__(self, vectors: Floats, lists: Lists | None, limits: Limits) -> None:
        import faiss

        # two threads that share busy cores were measured many times slower than one
        faiss.omp_set_num_threads(1)
        self._vectors = vectors
        self._lists = lists
        self._limits = limits

    def find(self, query: Floats, permitted: Permitted, wanted: int) -> Ints:
        """Return the rows of the permitted vectors nearest to a query [d], best first, at most `wanted`."""
        wanted = min(wanted, permitted.count)
        if wanted < 1:
            return np.empty(0, dtype=np.int64)
        enough = self._enough(permitted, wanted)
        match self._route(permitted, enough):
            case Route.PICK:
                best = Best(self._vectors, query, wanted, self._limits)
                best.compare(permitted.rows)
                rows = best.rows
            case Route.ALL:
                rows = self._all(query, permitted, wanted)
            case Route.LISTS:
                rows = self._from_lists(query, permitted, wanted, enough)
        return rows[permitted.mask[rows]]  # whatever was found, and however: the mask has the last word

    def _enough(self, permitted: Permitted, wanted: int) -> int | None:
        """Return how many lists would do; None where there are none, or nobody knows."""
        lists = self._lists
        if lists is None:
            return None
        kept = len(lists) if permitted.everything else permitted.in_lists(lists)
        return enough_lists(len(lists), kept, lists.reach, wanted=wanted)

    def _route(self, permitted: Permitted, enough: int | None) -> Route:
        lists = self._lists
        return route(
            permitted.count,
            len(self._vectors),
            has_lists=lists is not None,
            visited=None if lists is None or enough is None else enough * len(lists) // lists.count,
            limits=self._limits,
        )

    def _all(self, query: Floats, permitted: Permitted, wanted: int) -> Ints:
        import faiss

        cosines = np.empty(wanted, dtype=np.float32)
        rows = np.empty(wanted, dtype=np.int64)
        selector = None
        if not permitted.everything:
            selector = faiss.IDSelectorBitmap(permitted.bits)  # type: ignore[call-arg, arg-type]  # C++'s stubs
        # the array as it lies: an IndexFlat would keep a second copy of every vector
        faiss.knn_inner_product(
            faiss.swig_ptr(np.ascontiguousarray(query)),
            faiss.swig_ptr(self._vectors),
            self._vectors.shape[1],
            1,
            len(self._vectors),
            wanted,
            faiss.swig_ptr(cosines),
            faiss.swig_ptr(rows),
            selector,
        )
        return rows[rows >= 0]  # FAISS fills up with -1

    def _from_lists(self, query: Floats, permitted: Permitted, wanted: int, enough: int | None) -> Ints:
        assert self._lists is not None  # noqa: S101 - the planner takes this way only where lists are
        lists, limits = self._lists, self._limits
        chosen, cosines, are_all = _visited(query, lists, permitted, enough)
        pool = limits.proposed + limits.proposed_per_hit * wanted
        best = Best(self._vectors, query, wanted, limits)
        newer = permitted.newer(lists)
        if len(newer):
            best.compare(newer)
        if len(chosen):
            proposal = lists.search(
                query,
                (chosen, cosines),
                wanted=pool * limits.widened if are_all else pool,
                bits=None if permitted.everything else permitted.bits,
            )
            best.offer(*proposal)
        if best.is_hopeless or not (best.is_full or are_all):
            return self._all(query, permitted, wanted)
        return best.rows


class Best:
    """The nearest rows seen so far, compared exactly; of proposals only those that could be among them."""

    def __init__(self, vectors: Floats, query: Floats, wanted: int, limits: Limits) -> None:
        self.rows: Ints = np.empty(0, dtype=np.int64)
        self.is_hopeless = False
        self._cosines: Floats = np.empty(0, dtype=np.float32)
        self._vectors = vectors
        self._query = query
        self._wanted = wanted
        self._limits = limits

    @property
    def is_full(self) -> bool:
        """Whether there are as many as wanted."""
        return len(self.rows) >= self._wanted

    def compare(self, rows: Ints) -> None:
        """Compare rows exactly."""
        self._keep(rows, cosines_of(self._vectors, rows, self._query))

    def offer(self, rows: Ints, estimates: Floats) -> None:
        """Take proposals with falling estimates of their cosines; only what could be a hit is compared."""
        sure = max(self._limits.proposed_per_hit * self._wanted, self._limits.certain)
        exact = cosines_of(self._vectors, rows[:sure], self._query)
        if not len(exact):
            return
        known = np.concatenate([self._cosines, exact])
        apart = exact - estimates[:sure]
        error = sqrt(float(np.dot(apart, apart)) / len(apart))
        rest = rows[sure:]
        if len(known) >= self._wanted:
            falling = np.sort(known)[::-1]
            # estimates fall, so that those which could be a hit come first
            rest = rest[
                : np.searchsorted(
                    -estimates[sure:], self._limits.doubt * error - falling[self._wanted - 1], "right"
                )
            ]
            last_certain = falling[min(self._limits.certain, self._wanted) - 1]
            self.is_hopeless = bool(estimates[-1] + self._limits.despair * error > last_certain)
        others = cosines_of(self._vectors, rest, self._query)
        self._keep(np.concatenate([rows[:sure], rest]), np.concatenate([exact, others]))

    def _keep(self, rows: Ints, cosines: Floats) -> None:
        rows = np.concatenate([self.rows, rows])
        cosines = np.concatenate([self._cosines, cosines])
        if len(rows) > self._wanted:
            chosen = np.argpartition(-cosines, self._wanted - 1)[: self._wanted]
            rows, cosines = rows[chosen], cosines[chosen]
        order = np.lexsort((rows, -cosines))
        self.rows, self._cosines = rows[order], cosines[order]


def _visited(
    query: Floats, lists: Lists, permitted: Permitted, enough: int | None
) -> tuple[Ints, Floats, bool]:
    """Return the lists to visit, their centres' cosines, and whether nothing permitted lies elsewhere."""
    counts = None if permitted.everything else permitted.per_list(lists)
    if enough is not None:
        near, cosines = lists.order(query, enough)
        if counts is None:
            return near, cosines, False
        if is_friendly(near, lists.sizes, counts, share=permitted.in_lists(lists) / len(lists)):
            held = counts[near] > 0
            return near[held], cosines[held], False
    every, cosines = lists.order(query, lists.count)
    held = lists.sizes[every] > 0 if counts is None else counts[every] > 0
    return every[held], cosines[held], True
