"""Reads off a text's vector which niches it is about, and lets vectors know it.

A small network over the default model's vectors, trained on texts that the project's authors wrote for each
niche: what a brand would say and what such a creator would post, in French and English (`bench/atlas`). It
saw no real creator and no benchmark. Its weights are data of the package: `python -m bench.train` makes them.

A vector is widened by the square roots of the shares: the inner product of two such parts is the
Bhattacharyya coefficient of the two distributions (1943), so that "a calm morning on the mat" is near to
those who teach yoga although it names nothing.
"""

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_WEIGHTS = "niches.npz"
_NAMES = "niches.json"
_ROUNDED_TO = 32  # compressed indexes cut a vector into equal pieces
_ROWS_AT_ONCE = 8192


@dataclass(frozen=True, kw_only=True, slots=True)
class Niche:
    """What a small creator may be about: its id, its names by language, its place on the map in [0, 1]."""

    id: str
    names: dict[str, str]
    x: float
    y: float


@dataclass(frozen=True, kw_only=True, slots=True)
class _Layer:
    """One network of the committee: weights [d, h] and [h, n] with their biases."""

    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats


class NicheReader:
    """The trained committee. Immutable."""

    def __init__(self, weights: bytes, niches: tuple[Niche, ...]) -> None:
        """Take the content of the weights' file and the niches in the order of its outputs."""
        with np.load(BytesIO(weights), allow_pickle=False) as stored:
            arrays = {name: stored[name].astype(np.float32) for name in stored.files}
        self.niches = niches
        self.checksum = sha256(weights).hexdigest()[:16]
        self.strength = float(arrays["strength"])
        self._scale = float(arrays["scale"])
        self._sharpness = 1 / float(arrays["temperature"])
        self._committee = [
            _Layer(
                inner=arrays[f"inner{i}"],
                inner_bias=arrays[f"inner_bias{i}"],
                outer=arrays[f"outer{i}"],
                outer_bias=arrays[f"outer_bias{i}"],
            )
            for i in range(int(arrays["members"]))
        ]
        self._width = -(-len(niches) // _ROUNDED_TO) * _ROUNDED_TO

    def width(self, dimensions: int) -> int:
        """Return the length of a widened vector."""
        return dimensions + self._width

    def shares(self, vectors: Floats) -> Floats:
        """Return how much of each text is about each niche, [n, niches], for unit vectors [n, d].

        Rows sum to 1.
        """
        out = np.empty((len(vectors), len(self.niches)), dtype=np.float32)
        for start in range(0, len(vectors), _ROWS_AT_ONCE):
            part = vectors[start : start + _ROWS_AT_ONCE] * np.float32(self._scale)
            out[start : start + _ROWS_AT_ONCE] = self._committee_mean(part)
        return out

    def widen(self, vectors: Floats) -> Floats:
        """Return unit vectors [n, width] that know their niches, for unit vectors [n, d]."""
        count, dimensions = vectors.shape
        out = np.zeros((count, self.width(dimensions)), dtype=np.float32)
        norm = np.float32(1 / np.sqrt(1 + self.strength**2))
        out[:, :dimensions] = vectors * norm
        roots = np.sqrt(self.shares(vectors))
        out[:, dimensions : dimensions + len(self.niches)] = roots * (norm * np.float32(self.strength))
        return out

    def shares_within(self, widened: Floats) -> Floats:
        """Return the shares [n, niches] that widened vectors [n, width] carry; rows sum to 1."""
        start = widened.shape[1] - self._width
        squares = np.square(widened[:, start : start + len(self.niches)])
        total = squares.sum(axis=1, keepdims=True)
        shares: Floats = squares / np.maximum(total, np.finfo(np.float32).tiny)
        return shares

    def _committee_mean(self, scaled: Floats) -> Floats:
        total = np.zeros((len(scaled), len(self.niches)), dtype=np.float32)
        for layer in self._committee:
            hidden = scaled @ layer.inner
            hidden += layer.inner_bias
            np.maximum(hidden, 0, out=hidden)
            scores = hidden @ layer.outer
            scores += layer.outer_bias
            scores *= np.float32(self._sharpness)
            scores -= scores.max(axis=1, keepdims=True)
            np.exp(scores, out=scores)
            total += scores / scores.sum(axis=1, keepdims=True)
        total /= np.float32(len(self._committee))
        return total


@cache
def load_niches() -> NicheReader:
    """Return the reader that the package carries (some 10 ms).

    Raises OSError, KeyError or ValueError where the package is damaged.
    """
    folder = files("index") / "data"
    return NicheReader((folder / _WEIGHTS).read_bytes(), read_names((folder / _NAMES).read_bytes()))


def read_names(content: bytes) -> tuple[Niche, ...]:
    """Return the niches of a names' file, in the order of the outputs."""
    return tuple(
        Niche(id=row["id"], names={"en": row["en"], "fr": row["fr"]}, x=row["x"], y=row["y"])
        for row in json.loads(content)
    )


def niches_of(identity: str) -> NicheReader | None:
    """Return the reader whose niches are in the vectors of the model with this identity, if any is."""
    reader = load_niches()
    return reader if reader.checksum in identity else None
