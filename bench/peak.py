"""What one core multiplies at best, and what the straight network asks for."""

from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np
import torch

from index.use_wheel import read_vocabulary, read_weights, resource
from index.use_words import Words

_SIDE = 2048
_TRIES = 8


def matrix_peaks() -> dict[str, float]:
    """Return the best GFLOP/s of a square product in float32 (the better of NumPy and torch) and bfloat16.

    Uses as many threads as its caller allows.
    """
    one, other = (np.random.default_rng(n).random((_SIDE, _SIDE), dtype=np.float32) for n in (1, 2))
    left, right = torch.from_numpy(one), torch.from_numpy(other)
    rough_left, rough_right = left.bfloat16(), right.bfloat16()
    return {
        "float32": max(_gflops(lambda: one @ other), _gflops(lambda: left @ right)),
        "bfloat16": _gflops(lambda: rough_left @ rough_right),
    }


def network_flops(texts: Sequence[str]) -> float:
    """Return the mean floating-point operations per text of a forward pass that shares nothing.

    Matrix products only, two operations for each weight: projection and both convolutions for every token,
    the dense head for every text.
    """
    weights = read_weights(resource("weights.npz"))
    convolutions = sum(part.whole.size for part in (*weights.first, *weights.second))
    head = sum(array.size for array in weights.head.values() if array.ndim == 2)
    _, lengths = Words(read_vocabulary(resource("sp.model"))).run(texts)
    return float(2 * (weights.projection.size + convolutions) * lengths.mean() + 2 * head)


def _gflops(multiply: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(_TRIES):
        began = perf_counter()
        multiply()
        best = min(best, perf_counter() - began)
    return 2 * _SIDE**3 / best / 1e9
