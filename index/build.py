"""Builds the index: embeds what is new, keeps each vector at once, then puts a snapshot to use at once."""

from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Protocol, runtime_checkable

import numpy as np

from index.contents import Contents, TakeVectors, names, survey
from index.documents import Document
from index.embedder import Embedder
from index.errors import IndexUnavailable, RebuildNeeded
from index.files import replace_file
from index.limits import LIMITS, Limits
from index.lock import building
from index.ranking import Floats, Ints
from index.snapshot import Manifest, Part, State, Written, alive, inspect, read_state, stamp, write_snapshot
from index.vectors import VectorCache, keep_only_everywhere
from index.wholes import wholes

VECTORS = "vectors"
_SETTLED = "SETTLED"  # names the snapshot after which nothing is left to tidy up


class Progress(Protocol):
    """Hears how far the embedding is, after every batch; an exception from it ends the build resumably."""

    def __call__(self, done: int, total: int, texts_per_second: float) -> None:
        """Take the texts embedded in this run, the texts this run has to embed, and a pace.

        The pace is the one expected for what is left, by the length of its texts: (total - done) / pace is
        the time left.
        """


@runtime_checkable
class BulkEmbedder(Embedder, Protocol):
    """An Embedder that takes all texts of a build at once."""

    def blocks(self, texts: Sequence[str], size: int) -> Generator[tuple[Ints, Floats]]:
        """Yield places among the texts and their vectors [n, d], about `size` at a time, as they are done.

        Every place comes once, in any order. Closing the generator ends the work.
        """


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildReport:
    """What a build did. Texts are counted once, however many creators share them.

    Where nothing had to be read, `reused` counts every vector of the index.
    """

    creators: int
    passages: int
    embedded: int
    reused: int
    removed: int
    seconds: float
    snapshot: str


def build(
    folder: Path,
    documents: Iterable[Document],
    embedder: Embedder,
    *,
    source: str = "",
    progress: Progress | None = None,
    batch: int = 1024,
    limits: Limits = LIMITS,
) -> BuildReport:
    """Make the index of exactly these documents, embedding only the texts that no earlier build embedded.

    The documents are read when no other process can change the index. Few changes to a large index are
    written beside it; a creator that is gone leaves every file. Vectors of texts that no document has any
    more leave the disk. Interrupted at any point, the index in use stays in use and the next build goes on
    from the last batch. With the `source` of the index in use nothing is read: equal marks, equal texts.
    Raises ValueError (a key out of range or used twice), IndexBusy, DiskFull or IndexUnavailable.
    """
    began = perf_counter()
    with building(folder):
        settled = _settled(folder, embedder.identity, source)
        if settled is not None:
            return _nothing_to_do(folder, settled, seconds=perf_counter() - began)
        contents, texts = survey(documents)
        cache = VectorCache(folder / VECTORS, identity=embedder.identity, dimensions=embedder.dimensions)
        missing = [text for text in texts if text not in cache]
        embed(missing, texts, embedder, cache, progress=progress, batch=batch)
        written = _written(folder, contents, cache, embedder, source=source, limits=limits)
        snapshot = write_snapshot(folder, written, limits=limits)
        # after the snapshot: a crash before this line leaves a vector too many, never one too few
        removed = cache.keep_only(texts.keys())
        keep_only_everywhere(cache.path.parent, texts.keys(), but=cache.path)
        replace_file(folder / _SETTLED, stamp(folder).encode())
    return BuildReport(
        creators=len(contents.creators),
        passages=len(contents.rows["passages"]),
        embedded=len(missing),
        reused=len(texts) - len(missing),
        removed=removed,
        seconds=perf_counter() - began,
        snapshot=snapshot,
    )


def embed(
    missing: Sequence[bytes],
    texts: dict[bytes, str],
    embedder: Embedder,
    cache: VectorCache,
    *,
    progress: Progress | None,
    batch: int,
) -> None:
    """Embed the texts with these digests, a batch at a time; each batch is on the disk before the next."""
    began = perf_counter()
    left = sum(len(texts[text]) for text in missing)
    read = done = 0
    with closing(_embedded(missing, texts, embedder, batch)) as blocks:
        for digests, vectors in blocks:
            cache.append(digests, vectors)
            size = sum(len(texts[text]) for text in digests)
            read, left, done = read + size, left - size, done + len(digests)
            if progress is not None:
                seconds = max(perf_counter() - began, 1e-9)
                to_come = left * seconds / read  # long texts take longer: letters are counted, not texts
                progress(done, len(missing), (len(missing) - done) / to_come if left else done / seconds)


def _embedded(
    missing: Sequence[bytes], texts: dict[bytes, str], embedder: Embedder, batch: int
) -> Generator[tuple[list[bytes], Floats]]:
    """Yield digests and their vectors, a batch at a time, in the order in which they are done."""
    if isinstance(embedder, BulkEmbedder):
        with closing(embedder.blocks([texts[text] for text in missing], batch)) as blocks:
            for places, vectors in blocks:
                yield [missing[place] for place in places], vectors
        return
    for start in range(0, len(missing), batch):
        digests = list(missing[start : start + batch])
        yield digests, embedder.encode([texts[text] for text in digests])


def _settled(folder: Path, identity: str, source: str) -> Manifest | None:
    """Return the manifest of the index in use if a finished build made it from this very source, intact."""
    try:
        if not source or (folder / _SETTLED).read_bytes() != stamp(folder).encode():
            return None
        manifest = inspect(folder)
    except (OSError, IndexUnavailable, RebuildNeeded):
        return None
    return manifest if (manifest.identity, manifest.source) == (identity, source) else None


def _nothing_to_do(folder: Path, manifest: Manifest, *, seconds: float) -> BuildReport:
    return BuildReport(
        creators=manifest.counts["creators"],
        passages=manifest.counts["passages"],
        embedded=0,
        reused=sum(count for space, count in manifest.counts.items() if space != "creators"),
        removed=0,
        seconds=seconds,
        snapshot=stamp(folder),
    )


def vectors_from(contents: Contents, cache: VectorCache) -> TakeVectors:
    """Return what gives the vectors of contents of which the cache has every text."""

    def take(space: str, part: slice) -> Floats:
        rows = contents.rows[space]
        if space == "whole":
            return wholes(contents, cache, np.arange(len(rows))[part])
        return cache.take(names(rows.digests[part]))

    return take


def usable_state(folder: Path, identity: str) -> State | None:
    """Return the snapshot in use, or None where there is none, or none that may be built upon."""
    try:
        return read_state(folder, identity=identity)
    except (IndexUnavailable, RebuildNeeded):
        return None


def _written(
    folder: Path, contents: Contents, cache: VectorCache, embedder: Embedder, *, source: str, limits: Limits
) -> Written:
    """Return what to write: everything anew, or what changed beside the base there is."""
    whole = Written(
        base=Part(contents=contents, take=vectors_from(contents, cache)),
        identity=embedder.identity,
        dimensions=embedder.dimensions,
        source=source,
    )
    state = None if len(contents.creators) <= limits.rewritten else usable_state(folder, embedder.identity)
    if state is None:
        return whole
    before, _ = alive(state)
    same = before.unchanged(contents)
    in_base = np.setdiff1d(state.base.creators, state.dead)
    kept = np.intersect1d(in_base, same)
    tail, _ = contents.without(kept)
    dead = np.setdiff1d(state.base.creators, kept)
    gone = np.setdiff1d(before.creators, contents.creators)
    if len(gone) or not small_enough(state, tail, len(dead), limits):
        return whole
    return Written(
        base=state,
        tail=Part(contents=tail, take=vectors_from(tail, cache)),
        dead=dead,
        identity=embedder.identity,
        dimensions=embedder.dimensions,
        source=source,
    )


def small_enough(state: State, tail: Contents, dead: int, limits: Limits) -> bool:
    """Return whether a tail and so many dead creators may stand beside a base."""
    return len(tail.creators) <= limits.tail and dead <= limits.dead_share * len(state.base.creators)
