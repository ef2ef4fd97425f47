"""A snapshot in memory as a place where creators are searched: filters, the planner's ways, and the views."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Literal

import numpy as np

from index.limits import LIMITS, Limits
from index.nearest import Nearest, Permitted
from index.ranking import Floats, Ints, View
from index.snapshot import Manifest, Snapshot, Space, read_snapshot
from index.views import BestOfMany, OneEach, rows_of
from index.where import Mask, Texts, Where

_SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")
_REMEMBERED = 8  # evaluated filters: a few campaigns that are looked at in turns


@dataclass(frozen=True, kw_only=True, slots=True)
class _Kept:
    """Whom a filter keeps: creators ascending, how many texts they have, the same as rows of `whole`.

    `wordless` are those who have posts and no whole text: they cannot be found by it.
    """

    creators: Ints
    texts: int
    rows: Permitted
    wordless: Ints


class FilePlace:
    """The files of this machine, read into memory. Immutable: after a change, open it again."""

    def __init__(self, snapshot: Snapshot, *, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._manifest = snapshot.manifest
        self._columns = snapshot.contents.columns
        self._spaces = snapshot.spaces
        self.creators: Ints = snapshot.contents.creators
        whole = snapshot.spaces["whole"]
        self._nearest = Nearest(whole.vectors, snapshot.lists, limits)
        self._place_of_row = np.full(len(whole.vectors), -1, dtype=np.int64)  # of a vector's creator
        self._place_of_row[whole.rows] = np.searchsorted(self.creators, whole.keys)
        self._has_whole = np.zeros(len(self.creators), dtype=np.bool_)
        self._has_whole[self._place_of_row[whole.rows]] = True
        self._texts: Ints = np.sum(
            [_counts(space, self.creators) for space in snapshot.spaces.values()], axis=0
        )
        self._remembered: OrderedDict[tuple[object, ...], _Kept] = OrderedDict()
        self._turn = Lock()

    @classmethod
    def open(cls, folder: Path, *, identity: str, limits: Limits = LIMITS) -> "FilePlace":
        """Open the index in use, with every checksum verified; raises what `read_snapshot` raises."""
        return cls(read_snapshot(folder, identity=identity), limits=limits)

    @property
    def manifest(self) -> Manifest:
        """Return what the snapshot says about itself."""
        return self._manifest

    @property
    def identity(self) -> str:
        """Name the model that made the vectors."""
        return self._manifest.identity

    def candidates(self, query: Floats, where: Where, *, limit: int) -> Ints:
        """Return the creators to rank: all that the filter keeps if their texts are few, else the nearest."""
        kept = self._kept(where)
        if kept.texts <= self._limits.compared_texts or len(kept.creators) <= limit:
            return kept.creators
        rows = self._nearest.find(query, kept.rows, limit)
        return np.sort(np.concatenate([self.creators[self._place_of_row[rows]], kept.wordless]))

    def keeps(self, creators: Ints, where: Where) -> Mask:
        """Return for each creator whether the filter keeps it, evaluated anew for these alone."""
        places = rows_of(creators, self.creators)
        known = np.flatnonzero(places >= 0)
        kept = np.zeros(len(creators), dtype=np.bool_)
        kept[known] = self._columns.take(places[known]).keeps(where)
        if where.allowed is not None:
            kept &= np.isin(creators, where.allowed)
        return kept & ~np.isin(creators, where.excluded)

    def views(self, creators: Ints) -> Mapping[str, View]:
        """Return the three spaces, seen for these creators."""
        passages = self._spaces["passages"]
        return {
            "whole": _one_each(self._spaces["whole"], creators),
            "bio": _one_each(self._spaces["bio"], creators),
            "passages": BestOfMany(passages.vectors, *_rows_of_owners(passages, creators)),
        }

    def texts(self, creators: Sequence[int]) -> Mapping[int, Texts]:
        """Return each creator's passages and bio."""
        wanted = np.array(creators, dtype=np.int64)
        spaces = (self._spaces["passages"], self._spaces["bio"])
        parts = [
            zip(*(np.searchsorted(space.owners, wanted, side) for side in _SIDES), strict=True)
            for space in spaces
        ]
        return {creator: _texts_in(spaces, bounds) for creator, *bounds in zip(creators, *parts, strict=True)}

    def _kept(self, where: Where) -> _Kept:
        mark = where.mark
        with self._turn:
            found = self._remembered.get(mark) or self._evaluated(where)
            self._remembered[mark] = found
            self._remembered.move_to_end(mark)
            if len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return found

    def _evaluated(self, where: Where) -> _Kept:
        mask = self._columns.keeps(where)
        if where.allowed is not None:
            mask &= _among(self.creators, where.allowed)
        if len(where.excluded):
            mask &= ~_among(self.creators, where.excluded)
        of_rows = mask[self._place_of_row] & (self._place_of_row >= 0)
        return _Kept(
            creators=self.creators[mask],
            texts=int(self._texts[mask].sum()),
            rows=Permitted(of_rows),
            wordless=self.creators[mask & ~self._has_whole],
        )


def _texts_in(spaces: Sequence[Space], bounds: Sequence[tuple[int, int]]) -> Texts:
    """Return the texts between two places in each of the spaces."""
    own = [(space, slice(*pair)) for space, pair in zip(spaces, bounds, strict=True)]
    return Texts(
        keys=np.concatenate([space.keys[part] for space, part in own]),
        vectors=np.concatenate([space.vectors[space.rows[part]] for space, part in own]),
    )


def _among(creators: Ints, wanted: Ints) -> Mask:
    """Return which of ascending creators are wanted, [n]."""
    places = rows_of(np.asarray(wanted, dtype=np.int64), creators)
    mask = np.zeros(len(creators), dtype=np.bool_)
    mask[places[places >= 0]] = True
    return mask


def _one_each(space: Space, creators: Ints) -> OneEach:
    places = rows_of(creators, space.keys)
    rows = np.full(len(creators), -1, dtype=np.int64)
    rows[places >= 0] = space.rows[places[places >= 0]]
    return OneEach(space.vectors, rows)


def _rows_of_owners(space: Space, creators: Ints) -> tuple[Ints, Ints]:
    """Return the rows of these creators' vectors, one creator after the other, and how many each has [n]."""
    first = np.searchsorted(space.owners, creators, side="left")
    counts = np.searchsorted(space.owners, creators, side="right") - first
    starts = np.cumsum(counts) - counts
    places = np.repeat(first - starts, counts) + np.arange(counts.sum())
    return space.rows[places], counts


def _counts(space: Space, creators: Ints) -> Ints:
    """Return how many vectors each creator has in a space, [n]."""
    return np.bincount(np.searchsorted(creators, space.owners), minlength=len(creators))
