"""The index in Milvus beside the same in files, and embedding with Ray beside embedding alone.

`NANOREACH_BENCH_MILVUS` names a server, with an empty database behind the port: http://host:19530/bench.
Without it Milvus Lite serves, which is a plain Python program and shows that results are equal, not how fast
Milvus is. Both places compare as many texts as the one in Milvus does.
"""

import os
import random
import statistics
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np

from bench.posts import posts
from index import Document, Limits, Passage, Searcher, Where
from index.build import BulkEmbedder
from index.embedder import DEFAULT, worker_embedder
from index.library import FileLibrary, Library
from index.milvus import MilvusLibrary, Server
from index.milvus.place import COMPARED_TEXTS
from index.ranking import Floats
from index.ray_embedding import RayEmbedder
from index.where import Place

DIMENSIONS = 512
QUERIES = 20
SERVER = "NANOREACH_BENCH_MILVUS"
LIMITS = Limits(compared_texts=COMPARED_TEXTS)
FRENCH = Where(languages=frozenset({"fr"}))


def run(*, full: bool) -> dict[str, Any]:
    """Measure both; `pass` says that rankings and vectors are the same."""
    with TemporaryDirectory(prefix="nb-") as scratch:
        folder = Path(scratch)
        found = _searching(folder, creators=20_000 if full else 2_000)
        found |= _embedding(posts(40_000 if full else 6_000, random.Random(3)))
    return found | {"pass": found["same rankings"] == 1.0 and found["least cosine"] >= 0.999999}


class _Drawn:
    """Vectors drawn from each text's digest: searching does not care what they mean."""

    identity = "drawn:1"
    dimensions = DIMENSIONS

    def encode(self, texts: Sequence[str]) -> Floats:
        rows = [self._row(text) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(rows), DIMENSIONS)

    def _row(self, text: str) -> Floats:
        seed = int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
        row = np.random.default_rng(seed).standard_normal(DIMENSIONS, dtype=np.float32)
        return row / np.float32(np.linalg.norm(row))


def _searching(folder: Path, *, creators: int) -> dict[str, Any]:
    documents = [_document(key) for key in range(1, creators + 1)]
    server = Server(os.environ.get(SERVER, str(folder / "lite.db")))
    files, milvus = FileLibrary(folder, limits=LIMITS), MilvusLibrary(server, folder, limits=LIMITS)
    if milvus.stamp():
        raise SystemExit(f"{server.where} holds an index already; name an empty database.")
    found: dict[str, Any] = {"creators": creators, "server": server.version()}
    opened = {}
    for name, library in (("files", files), ("milvus", milvus)):
        found[f"{name}: build, s"] = _timed(partial(_build, library, documents))
        opened[name] = library.open(_Drawn())
        if name == "files":  # Milvus takes over and removes them
            answers = _asked(opened[name], found, name)
    found["same rankings"] = float(
        np.mean([a == b for a, b in zip(answers, _asked(opened["milvus"], found, "milvus"), strict=True)])
    )
    milvus.forget(np.arange(1, creators + 1))
    milvus.close()
    return found


def _asked(searcher: Searcher[Place], found: dict[str, Any], name: str) -> list[list[int]]:
    """Search without and with a filter; note the median times, return the rankings."""
    answers = []
    for label, where in (("all", Where()), ("one language", FRENCH)):
        seconds = []
        for number in range(QUERIES):
            began = perf_counter()
            answers.append([hit.key for hit in searcher.search(f"query {number}", where=where)])
            seconds.append(perf_counter() - began)
        found[f"{name}: search {label}, ms"] = round(1000 * statistics.median(seconds), 1)
    return answers


def _build(library: Library, documents: list[Document]) -> None:
    library.build(documents, _Drawn(), source="bench", progress=_quiet)


def _document(key: int) -> Document:
    texts = tuple(Passage(key=key * 10 + place, text=f"post {key} {place}") for place in range(4))
    made = Document(key=key, whole=f"whole {key}", bio=f"bio {key}", passages=texts, platform="instagram")
    return replace(made, language=("fr", "en")[key % 2], followers=key)


def _embedding(texts: list[str]) -> dict[str, Any]:
    own = worker_embedder(DEFAULT)
    own.encode(texts[:64])
    began = perf_counter()
    alone = own.encode(texts)
    seconds = perf_counter() - began
    with_ray, first, total = _with_ray(RayEmbedder(own, partial(worker_embedder, DEFAULT)), texts)
    return {
        "texts": len(texts),
        "alone: texts/s": round(len(texts) / seconds),
        "ray: texts/s, start included": round(len(texts) / total),
        "ray: s to the first vectors": round(first, 1),
        "least cosine": float(np.vecdot(alone, with_ray).min()),
    }


def _with_ray(embedder: BulkEmbedder, texts: list[str]) -> tuple[Floats, float, float]:
    vectors = np.empty((len(texts), embedder.dimensions), dtype=np.float32)
    began, first = perf_counter(), 0.0
    for places, block in embedder.blocks(texts, 512):
        first = first or perf_counter() - began
        vectors[places] = block
    return vectors, first, perf_counter() - began


def _timed(work: partial[None]) -> float:
    began = perf_counter()
    work()
    return round(perf_counter() - began, 1)


def _quiet(done: int, total: int, texts_per_second: float) -> None:
    """Take progress and say nothing."""
