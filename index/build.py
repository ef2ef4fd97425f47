"""Builds the index: embeds what is new, keeps each vector at once, then puts a snapshot to use at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Protocol

import numpy as np

from index.documents import LARGEST_KEY, Document, digest
from index.embedder import Embedder
from index.lock import building
from index.snapshot import Contents, write_snapshot
from index.vectors import VectorCache, forget_in_other_models

VECTORS = "vectors"


class Progress(Protocol):
    """Hears how far the embedding is, after every batch; an exception from it ends the build resumably."""

    def __call__(self, done: int, total: int, texts_per_second: float) -> None:
        """Take the texts embedded in this run, the texts this run has to embed, and the pace so far."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildReport:
    """What a build did. Texts are counted once, however many creators share them."""

    creators: int
    passages: int
    embedded: int
    reused: int
    removed: int
    seconds: float
    snapshot: str


def build(
    folder: Path,
    documents: Sequence[Document],
    embedder: Embedder,
    *,
    source: str = "",
    progress: Progress | None = None,
    batch: int = 1024,
) -> BuildReport:
    """Make the index of exactly these documents, embedding only the texts that no earlier build embedded.

    Vectors of texts that no document has any more leave the disk. Interrupted at any point, the index in use
    stays in use and the next build goes on from the last batch.
    Raises ValueError (a key out of range or used twice), IndexBusy, DiskFull or IndexUnavailable.
    """
    began = perf_counter()
    contents, texts = _survey(documents)
    with building(folder):
        cache = VectorCache(folder / VECTORS, identity=embedder.identity, dimensions=embedder.dimensions)
        missing = [text for text in texts if text not in cache]
        _embed(missing, texts, embedder, cache, progress=progress, batch=batch)
        snapshot = write_snapshot(folder, contents, cache, identity=embedder.identity, source=source)
        # after the snapshot: a crash before this line leaves a vector too many, never one too few
        removed = cache.keep_only(texts.keys())
        forget_in_other_models(cache.path.parent, but=cache.path, keep=texts.keys())
    return BuildReport(
        creators=len(contents.creators),
        passages=len(contents.keys["passages"]),
        embedded=len(missing),
        reused=len(texts) - len(missing),
        removed=removed,
        seconds=perf_counter() - began,
        snapshot=snapshot,
    )


def _embed(
    missing: Sequence[bytes],
    texts: dict[bytes, str],
    embedder: Embedder,
    cache: VectorCache,
    *,
    progress: Progress | None,
    batch: int,
) -> None:
    began = perf_counter()
    for start in range(0, len(missing), batch):
        digests = missing[start : start + batch]
        cache.append(digests, embedder.encode([texts[text] for text in digests]))
        if progress is not None:
            done = start + len(digests)
            progress(done, len(missing), done / max(perf_counter() - began, 1e-9))


def _survey(documents: Sequence[Document]) -> tuple[Contents, dict[bytes, str]]:
    """Return what the snapshot will hold, in the order of the keys, and the distinct texts behind it."""
    _check_keys("creator", (document.key for document in documents))
    _check_keys("passage", (passage.key for document in documents for passage in document.passages))
    rows: dict[str, list[tuple[int, bytes]]] = {"whole": [], "bio": [], "passages": []}
    owners: list[int] = []
    texts: dict[bytes, str] = {}

    def note(space: str, key: int, text: str) -> bool:
        if not text.strip():
            return False
        texts.setdefault(name := digest(text), text)
        rows[space].append((key, name))
        return True

    creators: list[int] = []
    for document in sorted(documents, key=lambda document: document.key):
        found = [note("whole", document.key, document.whole), note("bio", document.key, document.bio)]
        for passage in sorted(document.passages, key=lambda passage: passage.key):
            if note("passages", passage.key, passage.text):
                owners.append(document.key)
                found.append(True)
        if any(found):
            creators.append(document.key)
    contents = Contents(
        creators=np.array(creators, dtype=np.int64),
        owners=np.array(owners, dtype=np.int64),
        keys={space: np.array([key for key, _ in pairs], dtype=np.int64) for space, pairs in rows.items()},
        digests={space: [name for _, name in pairs] for space, pairs in rows.items()},
    )
    return contents, texts


def _check_keys(kind: str, keys: Iterable[int]) -> None:
    seen: set[int] = set()
    for key in keys:
        if not 0 <= key <= LARGEST_KEY:
            raise ValueError(f"The {kind} key {key} is not between 0 and 2**63 - 1.")
        if key in seen:
            raise ValueError(f"The {kind} key {key} is used twice.")
        seen.add(key)
