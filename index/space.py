"""One space of an index: vectors with stable 63-bit keys, kept by FAISS and readable as a plain array."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.errors import CorruptSnapshot
from index.files import settle

if TYPE_CHECKING:
    import faiss

Floats = npt.NDArray[np.float32]
Keys = npt.NDArray[np.int64]


class Space:
    """Unit vectors [n, d] under keys [n]; the array is FAISS's own memory, not a copy."""

    def __init__(self, index: "faiss.IndexIDMap2") -> None:
        import faiss

        flat = faiss.downcast_index(index.index)
        if not isinstance(flat, faiss.IndexFlatIP):
            raise TypeError("A space is an inner product over plain vectors.")
        self._index = index
        self._flat = flat  # owns the memory that `vectors` looks at
        self.keys: Keys = faiss.vector_to_array(index.id_map).astype(np.int64)
        self.vectors: Floats = np.empty((0, index.d), dtype=np.float32)
        if index.ntotal:
            self.vectors = faiss.rev_swig_ptr(flat.get_xb(), index.ntotal * index.d).reshape(-1, index.d)

    def __len__(self) -> int:
        return len(self.keys)

    def nearest(self, query: Floats, *, allowed: Keys, limit: int) -> Keys:
        """Return the allowed keys that are nearest to a query [d]; the filter acts inside the search."""
        import faiss

        selector = faiss.IDSelectorBatch(np.ascontiguousarray(allowed))
        parameters = faiss.SearchParameters()
        parameters.sel = selector
        wanted = min(limit, len(allowed), len(self))
        if not wanted:
            return np.empty(0, dtype=np.int64)
        _, found = self._index.search(query[None], wanted, params=parameters)
        keys: Keys = found[0]
        return keys[np.isin(keys, allowed)]  # FAISS fills up with -1


def write_space(path: Path, keys: Keys, vectors: Iterable[Floats], dimensions: int) -> None:
    """Write a space for keys [n] of which the vectors come in slices; it is on the disk on return.

    Raises OSError as the disk gives it.
    """
    import faiss

    index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimensions))
    start = 0
    for part in vectors:
        index.add_with_ids(np.ascontiguousarray(part), keys[start : start + len(part)])
        start += len(part)
    with path.open("wb") as stream:
        # a writer of ours hands the disk's own error through, a file name does not
        writer = faiss.PyCallbackIOWriter(stream.write)  # type: ignore[attr-defined]  # not in the stubs
        faiss.write_index(index, writer)
        settle(stream)


def read_space(path: Path, dimensions: int, count: int) -> Space:
    """Read a space from a file of which the checksum has been verified.

    Raises CorruptSnapshot when it is not the space that the manifest describes.
    """
    import faiss

    index = faiss.read_index(str(path))
    if not isinstance(index, faiss.IndexIDMap2) or (index.d, index.ntotal) != (dimensions, count):
        raise CorruptSnapshot(f"{path} is not the space that its manifest describes; build the index again.")
    return Space(index)
