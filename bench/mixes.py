"""Makes as many unit vectors as a bench needs out of real embeddings of a few thousand made posts.

Each is three embedded posts mixed with random weights (Dirichlet 1, 1, 1) and a little noise: neighbours at
every distance and the spread of the model's own vectors, without an hour of embedding.
"""

import random

import numpy as np
import numpy.typing as npt

from bench.posts import posts
from index import load_embedder

Vectors = npt.NDArray[np.float32]

DIMENSIONS = 512
_AT_ONCE = 50_000
_NOISE = 0.3  # length of the noise beside vectors of length one


def embedded_posts(count: int) -> Vectors:
    """Return the default model's vectors of made posts, turned and cut to 512 dimensions, [count, 512]."""
    vectors = load_embedder().encode(posts(count, random.Random(3)))
    turned = np.linalg.qr(np.random.default_rng(8).normal(size=(vectors.shape[1],) * 2))[0]
    return unit((vectors @ turned[:, :DIMENSIONS]).astype(np.float32))


def mixed(posts_: Vectors, count: int, seed: int) -> Vectors:
    """Return mixes of embedded posts, [count, d], always the same for the same seed."""
    chance = np.random.default_rng(seed)
    out = np.empty((count, posts_.shape[1]), dtype=np.float32)
    for start in range(0, count, _AT_ONCE):
        size = min(_AT_ONCE, count - start)
        weights = chance.dirichlet((1, 1, 1), size).astype(np.float32)
        chosen = chance.integers(0, len(posts_), (size, 3))
        mix = noise(size, posts_.shape[1], chance)
        for place in range(3):
            mix += weights[:, place : place + 1] * posts_[chosen[:, place]]
        out[start : start + size] = unit(mix)
    return out


def noise(count: int, dimensions: int, chance: np.random.Generator) -> Vectors:
    """Return random vectors of about the length of the noise, [count, d]."""
    drawn = chance.standard_normal((count, dimensions), dtype=np.float32)
    return drawn * np.float32(_NOISE / np.sqrt(dimensions))


def unit(vectors: Vectors) -> Vectors:
    """Return vectors scaled to length one."""
    scaled: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return scaled
