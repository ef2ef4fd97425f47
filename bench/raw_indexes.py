"""FAISS used bare, beside the index: each way to search vectors under a filter, with nothing around it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from bench.mixes import Vectors
from index.lists import Lists

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

WANTED = 10
_REFINED = 400
_PROBES = (16, 32, 64, 128, 256)
_EFFORTS = (64, 512)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One query, the rows it may find, and the same as bits and as numbers: nobody pays for making them."""

    query: Vectors
    mask: Mask | None
    bits: npt.NDArray[np.uint8] | None
    rows: Rows


Search = Callable[[Asked], Rows]


class RawIndexes:
    """Every rival over the same vectors."""

    def __init__(self, vectors: Vectors, lists: Lists, *, with_graph: bool) -> None:
        faiss.omp_set_num_threads(1)
        self._vectors = vectors
        self._inverted: Any = lists._index  # noqa: SLF001 - the very index that is measured
        self.seconds: dict[str, float] = {}
        self._scan: Any = self._made("PQ fast scan", f"PQ{vectors.shape[1] // 4}x4fs")
        self._graph: Any = self._made("HNSW", "HNSW16,SQ8") if with_graph else None

    def _made(self, name: str, factory: str) -> Any:  # noqa: ANN401 - FAISS has a class for each
        began = perf_counter()
        index = faiss.index_factory(self._vectors.shape[1], factory, faiss.METRIC_INNER_PRODUCT)
        index.train(self._vectors[:50_000])
        for start in range(0, len(self._vectors), 50_000):
            index.add(self._vectors[start : start + 50_000])
        self.seconds[name] = round(perf_counter() - began, 1)
        return index

    def unfiltered(self) -> Mapping[str, Search]:
        """Return the ways to search without a filter; `flat` is the exact one."""
        return {
            "flat": self._flat,
            "pq_fast_scan": lambda asked: self._refined(
                asked, self._scan.search(asked.query[None], _REFINED)[1][0]
            ),
            **{f"ivf_{probes}": self._ivf(probes) for probes in _PROBES},
            **dict(self._graphs()),
        }

    def filtered(self) -> Mapping[str, Search]:
        """Return the ways to search under a filter."""
        return {
            "flat_bitmap": self._flat,
            "gather_exact": self._gathered,
            "rabitq_bitmap": self._ivf(int(self._inverted.nlist)),
            **{f"ivf_{probes}": self._ivf(probes) for probes in _PROBES},
            **dict(self._graphs()),
            "filter_after": self._filtered_after,
        }

    def _flat(self, asked: Asked) -> Rows:
        cosines = np.empty(WANTED, dtype=np.float32)
        rows = np.empty(WANTED, dtype=np.int64)
        selector = None
        if asked.bits is not None:
            selector = faiss.IDSelectorBitmap(asked.bits)  # type: ignore[call-arg, arg-type]  # C++'s stubs
        faiss.knn_inner_product(
            faiss.swig_ptr(asked.query),
            faiss.swig_ptr(self._vectors),
            self._vectors.shape[1],
            1,
            len(self._vectors),
            WANTED,
            faiss.swig_ptr(cosines),
            faiss.swig_ptr(rows),
            selector,
        )
        return rows

    def _gathered(self, asked: Asked) -> Rows:
        cosines = self._vectors[asked.rows] @ asked.query
        best = np.argpartition(-cosines, min(WANTED, len(cosines)) - 1)[:WANTED]
        return asked.rows[best]

    def _ivf(self, probes: int) -> Search:
        def search(asked: Asked) -> Rows:
            parameters = faiss.IVFRaBitQSearchParameters()
            parameters.nprobe = min(probes, self._inverted.nlist)
            parameters.qb = 4
            if asked.bits is not None:
                parameters.sel = faiss.IDSelectorBitmap(asked.bits)  # type: ignore[call-arg, arg-type]  # as above
            return self._refined(
                asked, self._inverted.search(asked.query[None], _REFINED, params=parameters)[1][0]
            )

        return search

    def _graphs(self) -> Iterator[tuple[str, Search]]:
        for effort in _EFFORTS if self._graph is not None else ():
            yield f"hnsw_{effort}", self._hnsw(effort)

    def _hnsw(self, effort: int) -> Search:
        def search(asked: Asked) -> Rows:
            parameters = faiss.SearchParametersHNSW()  # type: ignore[attr-defined]  # not in the stubs
            parameters.efSearch = effort
            if asked.bits is not None:
                parameters.sel = faiss.IDSelectorBitmap(asked.bits)  # type: ignore[call-arg, arg-type]  # as above
            found = self._graph.search(asked.query[None], WANTED * 4, params=parameters)[1][0]
            return self._refined(asked, found)

        return search

    def _filtered_after(self, asked: Asked) -> Rows:
        found = self._scan.search(asked.query[None], _REFINED)[1][0]
        kept = found if asked.mask is None else found[asked.mask[found]]
        return self._refined(asked, kept)

    def _refined(self, asked: Asked, rows: Rows) -> Rows:
        rows = rows[rows >= 0]
        cosines = self._vectors[rows] @ asked.query
        return rows[np.argsort(-cosines)[:WANTED]]
