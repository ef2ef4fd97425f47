"""Changes an index without building it: add or replace creators, delete, compact, and forget for good."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.build import VECTORS, Progress, embed, small_enough, vectors_from
from index.contents import Contents, TakeVectors, survey
from index.documents import Document
from index.embedder import Embedder
from index.errors import RebuildNeeded
from index.limits import LIMITS, Limits
from index.lock import building
from index.parts import read_vectors
from index.ranking import Floats, Ints
from index.snapshot import (
    MakeLists,
    Part,
    Snapshot,
    State,
    Written,
    alive,
    discard,
    empty_part,
    read_snapshot,
    read_state,
    remove_others,
    stamp,
    write_snapshot,
)
from index.vectors import VectorCache, keep_only_everywhere

_GROWN = 1.5  # times as many vectors as the lists were made for, and new lists are made


@dataclass(frozen=True, kw_only=True, slots=True)
class ForgetReport:
    """What was forgotten: creators of the index, and vectors of their texts kept for later builds."""

    creators: int
    vectors: int


def put(
    folder: Path,
    documents: Iterable[Document],
    embedder: Embedder,
    *,
    source: str | None = None,
    progress: Progress | None = None,
    batch: int = 1024,
    limits: Limits = LIMITS,
) -> int:
    """Add creators to the index in use, or replace those it knows; return how many texts were embedded.

    They stand beside the base until there are many; then everything is written anew. `source` is the caller's
    new version of what is indexed (None: as it was). Raises what `build` raises, and a RebuildNeeded or
    IndexUnavailable where there is no index to add to.
    """
    with building(folder):
        state = read_state(folder, identity=embedder.identity)
        added, texts = survey(documents)
        cache = VectorCache(folder / VECTORS, identity=embedder.identity, dimensions=embedder.dimensions)
        missing = [text for text in texts if text not in cache]
        embed(missing, texts, embedder, cache, progress=progress, batch=batch)
        part = Part(contents=added, take=vectors_from(added, cache))
        change = _changed(state, without=added.creators, added=part)
        if _is_too_much(state, change, limits):
            _write_anew(folder, without=added.creators, added=part, source=source, limits=limits)
        else:
            _write_beside(folder, state, change, source=source, limits=limits)
    return len(missing)


def delete(folder: Path, keys: Ints, *, source: str | None = None, limits: Limits = LIMITS) -> int:
    """Take creators out of every search at once, by a mask; return how many were there.

    Their vectors stay on the disk until the next compaction: `forget` takes those off as well. Needs no
    model.
    Raises IndexBusy, DiskFull, IndexUnavailable or a RebuildNeeded.
    """
    with building(folder):
        state = read_state(folder, identity=None)
        gone = np.intersect1d(_present(state), np.asarray(keys, dtype=np.int64))
        change = _changed(state, without=gone, added=empty_part(state.manifest.dimensions))
        _write_beside(folder, state, change, source=source, limits=limits)
    return len(gone)


def compact(folder: Path, *, limits: Limits = LIMITS) -> None:
    """Write the index anew from its own vectors, without what is dead; the ranking stays. Needs no model."""
    with building(folder):
        _write_anew(folder, without=np.empty(0, dtype=np.int64), added=None, source=None, limits=limits)


def forget(folder: Path, keys: Ints, *, limits: Limits = LIMITS) -> ForgetReport:
    """Take creators out of every file: snapshots, kept vectors of all models, what a crash left half written.

    On return that is on the disk. Needs no model. Killed in the middle, call it again. Vectors that an
    interrupted build kept and no snapshot uses yet go as well, because nobody knows whose they are; where the
    snapshot cannot be read, all is removed, and the next build embeds again.
    Raises IndexBusy (try again), DiskFull or IndexUnavailable.
    """
    if not folder.exists():
        return ForgetReport(creators=0, vectors=0)
    keys = np.asarray(keys, dtype=np.int64)
    with building(folder):
        creators, texts = _without_for_good(folder, keys, limits)
        vectors = keep_only_everywhere(folder / VECTORS, texts)
    return ForgetReport(creators=creators, vectors=vectors)


def _without_for_good(folder: Path, keys: Ints, limits: Limits) -> tuple[int, set[bytes]]:
    """Leave one snapshot without these creators; return how many there were, and whose texts are left."""
    if stamp(folder):
        try:
            state = read_state(folder, identity=None)
            known = np.union1d(state.base.creators, state.tail.creators)  # the dead are in the files, too
            gone = np.intersect1d(known, keys)
            if not len(gone) and not len(state.dead):
                remove_others(folder, state.place)
                return 0, alive(state)[0].texts()
            left = _write_anew(folder, without=keys, added=None, source=None, limits=limits)
            return len(gone), left.texts()
        except RebuildNeeded:
            pass
    discard(folder)
    return 0, set()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Change:
    """What a snapshot over the same base differs in."""

    tail: Part
    dead: Ints


def _changed(state: State, *, without: Ints, added: Part) -> _Change:
    before, left = state.tail.without(without)
    tail, orders = before.joined(added.contents)
    dimensions = state.manifest.dimensions
    old = {space: read_vectors(state.place, ("tail",), space, dimensions) for space in left}
    return _Change(
        tail=Part(contents=tail, take=_stacked(old, left, added, orders)),
        dead=np.union1d(state.dead, np.intersect1d(state.base.creators, without)),
    )


def _is_too_much(state: State, change: _Change, limits: Limits) -> bool:
    tail = change.tail.contents
    total = len(state.base.creators) - len(change.dead) + len(tail.creators)
    return total <= limits.rewritten or not small_enough(state, tail, len(change.dead), limits)


def _write_beside(folder: Path, state: State, change: _Change, *, source: str | None, limits: Limits) -> None:
    written = Written(
        base=state,
        tail=change.tail,
        dead=change.dead,
        identity=state.manifest.identity,
        dimensions=state.manifest.dimensions,
        source=state.manifest.source if source is None else source,
    )
    write_snapshot(folder, written, limits=limits)


def _write_anew(
    folder: Path, *, without: Ints, added: Part | None, source: str | None, limits: Limits
) -> Contents:
    """Write a base of what is alive and what is added; return what it holds."""
    snapshot = read_snapshot(folder, identity=None)
    dimensions = snapshot.manifest.dimensions
    before, left = snapshot.contents.without(without)
    added = added or empty_part(dimensions)
    contents, orders = before.joined(added.contents)
    rows = {space: chosen.rows[left[space]] for space, chosen in snapshot.spaces.items()}
    matrices = {space: chosen.vectors for space, chosen in snapshot.spaces.items()}
    written = Written(
        base=Part(contents=contents, take=_stacked(matrices, rows, added, orders)),
        lists=_same_lists(snapshot, rows["whole"], orders["whole"]),
        identity=snapshot.manifest.identity,
        dimensions=dimensions,
        source=snapshot.manifest.source if source is None else source,
    )
    write_snapshot(folder, written, limits=limits)
    return contents


def _same_lists(snapshot: Snapshot, rows: Ints, order: Ints) -> MakeLists | None:
    """Return what sorts vectors into the lists they were in; only new ones are compared with centres."""
    lists = snapshot.lists
    if lists is None or len(order) > _GROWN * len(lists):
        return None
    known = np.full(len(order), -1, dtype=np.int64)
    old = rows[order[order < len(rows)]]
    known[order < len(rows)] = np.where(
        old < len(lists), lists.list_of_row[np.minimum(old, len(lists) - 1)], -1
    )
    return lambda vectors: lists.filled_with(vectors, known)


def _stacked(
    old: Mapping[str, Floats], rows: Mapping[str, Ints], added: Part, orders: Mapping[str, Ints]
) -> TakeVectors:
    """Return what gives vectors in an order over some rows of old matrices and added vectors below them."""

    def take(space: str, part: slice) -> Floats:
        places, chosen = orders[space][part], rows[space]
        fresh = places >= len(chosen)
        out = np.empty((len(places), old[space].shape[1]), dtype=np.float32)
        out[~fresh] = old[space][chosen[places[~fresh]]]
        if fresh.any():
            out[fresh] = added.take(space, slice(None))[places[fresh] - len(chosen)]
        return out

    return take


def _present(state: State) -> Ints:
    return np.union1d(np.setdiff1d(state.base.creators, state.dead), state.tail.creators)
