"""Texts that are names of vectors, so that an index of known vectors is built as every other index is."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from bench.mixes import Vectors


class NumberedVectors:
    """An embedder for texts like `w17`: row 17 of the vectors named `w`."""

    def __init__(self, vectors: Mapping[str, Vectors]) -> None:
        self._vectors = vectors
        self.dimensions = next(iter(vectors.values())).shape[1]
        self.identity = f"numbered:{self.dimensions}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors with these names, [n, d]."""
        out = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            out[row] = self._vectors[text[0]][int(text[1:])]
        return out


def bytes_under(folder: Path) -> int:
    """Return how many bytes the files in a folder have."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def resident_bytes() -> int:
    """Return how much memory this process has, as Linux counts it."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096
