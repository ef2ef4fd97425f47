"""A snapshot in memory as a place where creators are searched: filters, the planner's ways, and the views."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np

from index.limits import LIMITS, Limits
from index.nearest import Nearest, Permitted
from index.ranking import Floats, Ints, View
from index.snapshot import Manifest, Snapshot, Space, read_snapshot
from index.views import BestOfMany, OneEach, rows_of, runs
from index.where import Mask, Texts, Where

_REASONS = ("passages", "bio")  # spaces of texts that can be shown
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
        self._bounds = {name: _bounds(space, self.creators) for name, space in snapshot.spaces.items()}
        self._texts: Ints = np.sum([np.diff(bounds) for bounds in self._bounds.values()], axis=0)
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
        places = rows_of(creators, self.creators)
        return {
            "whole": self._one_each("whole", places),
            "bio": self._one_each("bio", places),
            "passages": self._best_of_many("passages", places),
        }

    def texts(self, creators: Sequence[int]) -> Mapping[int, Texts]:
        """Return each creator's passages and bio."""
        places = rows_of(np.array(creators, dtype=np.int64), self.creators)
        own = [self._gathered(name, places) for name in _REASONS]
        return {
            creator: Texts(
                keys=np.concatenate([keys[ends[i] : ends[i + 1]] for keys, _, ends in own]),
                vectors=np.concatenate([vectors[ends[i] : ends[i + 1]] for _, vectors, ends in own]),
            )
            for i, creator in enumerate(creators)
        }

    def _one_each(self, name: str, places: Ints) -> OneEach:
        first, counts = self._held(name, places)
        space = self._spaces[name]
        rows = np.full(len(places), -1, dtype=np.int64)
        rows[counts > 0] = space.rows[first[counts > 0]]
        return OneEach(space.vectors, rows)

    def _best_of_many(self, name: str, places: Ints) -> BestOfMany:
        first, counts = self._held(name, places)
        space = self._spaces[name]
        return BestOfMany(space.vectors, space.rows[runs(first, counts)], counts)

    def _held(self, name: str, places: Ints) -> tuple[Ints, Ints]:
        """Return where the texts of the creators at these places begin in a space, and how many there are."""
        bounds = self._bounds[name]
        first = bounds[places]
        return first, np.where(places >= 0, bounds[places + 1] - first, 0)

    def _gathered(self, name: str, places: Ints) -> tuple[Ints, Floats, Ints]:
        """Return keys [m] and vectors [m, d] of the creators' texts in a space, one creator after the other.

        The third are the ends: those of creator i lie from ends[i] to ends[i + 1].
        """
        first, counts = self._held(name, places)
        held = runs(first, counts)
        space = self._spaces[name]
        return space.keys[held], space.vectors[space.rows[held]], np.concatenate([[0], np.cumsum(counts)])

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


def _among(creators: Ints, wanted: Ints) -> Mask:
    """Return which of ascending creators are wanted, [n]."""
    places = rows_of(np.asarray(wanted, dtype=np.int64), creators)
    mask = np.zeros(len(creators), dtype=np.bool_)
    mask[places[places >= 0]] = True
    return mask


def _bounds(space: Space, creators: Ints) -> Ints:
    """Return where each creator's texts begin in a space, and the end of the last, [n + 1]."""
    # looked up once: a search in a million owners for each creator of each query is what a search waits for
    return np.append(np.searchsorted(space.owners, creators, side="left"), len(space.owners))
