"""A compressed copy of a space in inverted lists (IVF over RaBitQ of FAISS): one bit for each dimension.

It only proposes rows. What it proposes is compared exactly by whoever asked.
"""

from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.files import settle
from index.planner import Reach
from index.ranking import Floats, Ints

if TYPE_CHECKING:
    import faiss

_QUERY_BITS = 4  # of a query's coordinates; 8 gave the same recall
_TRAINED_PER_LIST = 48
_ROUNDS = 8  # of k-means; 25 took three times as long for the same recall
_ROWS_AT_ONCE = 50_000
_SEED = 11
_MEASURED = 256  # vectors that play the query
_QUERIES_AT_ONCE = 32
_DEPTHS = (10, 20, 35, 50, 70, 100, 140, 200, 300, 500, 1000, 2000)  # neighbours that are looked for
_DEEPEST = 0.01  # share of all vectors beyond which a neighbour is none

Bits = npt.NDArray[np.uint8]


class Lists:
    """Compressed vectors of n rows in inverted lists; rows are numbered as in the array they came from."""

    def __init__(self, index: "faiss.IndexIVFRaBitQ", reach: Reach) -> None:
        self._index = index
        self._centres = index.quantizer
        self.reach = reach

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    @property
    def count(self) -> int:
        """How many lists there are."""
        return int(self._index.nlist)

    @property
    def bytes(self) -> int:
        """Memory that codes, row numbers and centroids take."""
        per_row = self._index.code_size + np.dtype(np.int64).itemsize
        return len(self) * per_row + self.count * self.dimensions * np.dtype(np.float32).itemsize

    @cached_property
    def list_of_row(self) -> npt.NDArray[np.int32]:
        """Return the list that holds each row, [n]."""
        import faiss

        found = np.empty(len(self), dtype=np.int32)
        lists = self._index.invlists
        if lists is None:
            raise TypeError("An inverted file keeps its lists.")
        for number in range(self.count):
            size = lists.list_size(number)
            if size:
                found[faiss.rev_swig_ptr(lists.get_ids(number), size)] = number
        return found

    @cached_property
    def sizes(self) -> Ints:
        """Return how many rows each list holds."""
        return np.bincount(self.list_of_row, minlength=self.count)

    def order(self, query: Floats, count: int) -> tuple[Ints, Floats]:
        """Return so many lists, nearest to a query [d] first, and the cosines of their centres with it."""
        cosines, numbers = self._centres.search(query[None], count)
        return numbers[0], cosines[0]

    def search(
        self, query: Floats, lists: tuple[Ints, Floats], *, wanted: int, bits: Bits | None
    ) -> tuple[Ints, Floats]:
        """Return rows in some of the lists that look nearest to the query, with estimated cosines.

        `lists` are numbers and cosines as `order` gives them; `bits` are the permitted rows, one bit each
        (None permits all). Fewer rows than wanted come back where there are fewer.
        """
        import faiss

        parameters = faiss.IVFRaBitQSearchParameters()
        parameters.qb = _QUERY_BITS
        parameters.nprobe = len(lists[0])
        if bits is not None:
            selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]  # the stubs are C++'s
            parameters.sel = selector
        estimates = np.empty(wanted, dtype=np.float32)
        rows = np.empty(wanted, dtype=np.int64)
        # the call below FAISS's own wrapper, which takes no filter; FAISS holds only pointers to these arrays
        given = tuple(np.ascontiguousarray(array) for array in (query, *lists))
        pointers = tuple(faiss.swig_ptr(array) for array in (*given, estimates, rows))
        store_pairs = False  # rows are wanted, not places in lists
        self._index.search_preassigned_c(  # type: ignore[attr-defined]  # not in the stubs
            1,
            pointers[0],
            wanted,
            *pointers[1:],
            store_pairs,
            parameters,
        )
        real = rows >= 0  # FAISS fills up with -1
        return rows[real], estimates[real]

    def filled_with(self, vectors: Floats, known: Ints) -> "Lists":
        """Return lists with the same centres over other vectors [n, d], some of which have a list [n].

        -1 where a vector has none yet: then its nearest centre decides. Nothing is trained.
        """
        import faiss

        centres = faiss.clone_index(self._index.quantizer)
        index = _empty(centres, self.dimensions, self.count)
        index.is_trained = True  # its centres are, and there is nothing else
        for start in range(0, len(vectors), _ROWS_AT_ONCE):
            part = np.ascontiguousarray(vectors[start : start + _ROWS_AT_ONCE])
            chosen = known[start : start + _ROWS_AT_ONCE].astype(np.int64)
            if (chosen < 0).any():
                chosen[chosen < 0] = centres.search(part[chosen < 0], 1)[1][:, 0]
            index.add_core(len(part), faiss.swig_ptr(part), None, faiss.swig_ptr(chosen))
        return Lists(index, self.reach)

    def write(self, path: Path) -> None:
        """Write the file and another one with the reach; both are on the disk on return.

        Raises OSError as the disk gives it.
        """
        import faiss

        with _reach_path(path).open("wb") as stream:
            content = BytesIO()
            np.save(content, np.stack([self.reach.neighbours, self.reach.lists]), allow_pickle=False)
            stream.write(content.getbuffer())
            settle(stream)
        with path.open("wb") as stream:
            # a writer of ours hands the disk's own error through, a file name does not
            writer = faiss.PyCallbackIOWriter(stream.write)  # type: ignore[attr-defined]  # not in the stubs
            faiss.write_index(self._index, writer)
            settle(stream)


def make_lists(vectors: Floats, *, found: float) -> Lists:
    """Sort unit vectors [n, d] into about √n lists; a minute or two for a million of 512 dimensions.

    How many lists a search has to visit so that this share of the true neighbours is found there is measured
    on some of the vectors, against a comparison with all: it depends on the texts, and no constant fits.
    """
    import faiss

    faiss.omp_set_num_threads(1)  # two that share busy cores were measured many times slower
    count = max(int(np.sqrt(len(vectors))), 1)
    centres = faiss.IndexFlatIP(vectors.shape[1])
    chosen = np.random.default_rng(_SEED).permutation(len(vectors))[: count * _TRAINED_PER_LIST]
    index = _empty(centres, vectors.shape[1], count)
    index.train(np.ascontiguousarray(vectors[np.sort(chosen)]))
    for start in range(0, len(vectors), _ROWS_AT_ONCE):
        index.add(vectors[start : start + _ROWS_AT_ONCE])
    nowhere = Reach(neighbours=np.empty(0, dtype=np.int64), lists=np.empty(0, dtype=np.int64))
    return Lists(index, _measured(Lists(index, nowhere), vectors, found))


def read_lists(path: Path, *, dimensions: int, count: int) -> Lists:
    """Read a file of which the checksum holds; ValueError when it is not what the manifest describes."""
    import faiss

    index = faiss.read_index(str(path))
    if not isinstance(index, faiss.IndexIVFRaBitQ) or (index.d, index.ntotal) != (dimensions, count):
        raise ValueError(f"{path.name} does not hold compressed vectors of the base")
    neighbours, lists = np.load(_reach_path(path), allow_pickle=False)
    return Lists(index, Reach(neighbours=neighbours, lists=lists))


def _measured(lists: Lists, vectors: Floats, found: float) -> Reach:
    chance = np.random.default_rng(_SEED)
    places = np.sort(chance.permutation(len(vectors))[:_MEASURED])
    depths = [depth for depth in _DEPTHS if depth < len(vectors) * _DEEPEST]
    ranks: list[list[Ints]] = [[] for _ in depths]
    for start in range(0, len(places), _QUERIES_AT_ONCE):
        some = places[start : start + _QUERIES_AT_ONCE]
        cosines = vectors[some] @ vectors.T
        cosines[np.arange(len(some)), some] = -np.inf  # itself is no neighbour
        for query, row in zip(vectors[some], cosines, strict=True):
            order, _ = lists.order(query, lists.count)
            rank = np.argsort(order)[lists.list_of_row]
            nearest = np.argpartition(-row, depths[-1])[: depths[-1]] if depths else np.empty(0, dtype=int)
            nearest = nearest[np.argsort(-row[nearest])]
            for each, depth in zip(ranks, depths, strict=True):
                each.append(rank[nearest[:depth]])
    needed = [int(np.quantile(np.concatenate(each), found, method="higher")) + 1 for each in ranks]
    # further neighbours are never nearer: where fewer lists seemed enough for more of them, it was chance
    rising = np.maximum.accumulate(np.array(needed, dtype=np.int64))
    return Reach(neighbours=np.array(depths, dtype=np.int64), lists=rising)


def _reach_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.reach.npy")


def _empty(centres: "faiss.Index", dimensions: int, count: int) -> "faiss.IndexIVFRaBitQ":
    import faiss

    index = faiss.IndexIVFRaBitQ(centres, dimensions, count, faiss.METRIC_INNER_PRODUCT)
    index.cp.niter = _ROUNDS
    index.cp.min_points_per_centroid = 1
    index.cp.seed = _SEED
    return index
