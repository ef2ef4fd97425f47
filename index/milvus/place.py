"""Milvus as a place where creators are searched: it filters and finds, what it found is ranked here."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from index.limits import Limits
from index.milvus.filters import kept, slices
from index.milvus.generations import Generation, inspect
from index.milvus.rows import by_key, by_owner, column, matrix, stretches, with_vectors
from index.milvus.server import MOST_ROWS, Row, Server, rows_at_once
from index.ranking import Floats, Ints, View
from index.views import BestOfMany, OneEach, rows_of
from index.where import Mask, Texts, Where

COMPARED_TEXTS = 10_000
"""Up to so many texts of the candidates all of them are fetched and ranked: 20 MB at 512 dimensions."""
_COLUMNS = ("key", "platform", "language", "country", "followers")


class MilvusPlace:
    """One generation of the index. After a build has put another to use, open it again."""

    def __init__(self, server: Server, generation: Generation, *, limits: Limits | None = None) -> None:
        self._server = server
        self._compared = min(limits.compared_texts if limits else COMPARED_TEXTS, MOST_ROWS - 1)
        self.generation = generation
        self._creators, self._bios, self._passages = generation.names
        self._at_once = rows_at_once(generation.dimensions)

    @classmethod
    def open(cls, server: Server, *, identity: str, limits: Limits | None = None) -> "MilvusPlace":
        """Open the generation in use; raises what `inspect` raises."""
        generation = inspect(server, identity=identity)
        for name in generation.names:
            server.load(name)
        return cls(server, generation, limits=limits)

    @property
    def identity(self) -> str:
        """Name the model that made the vectors."""
        return self.generation.identity

    def candidates(self, query: Floats, where: Where, *, limit: int) -> Ints:
        """Return whom to rank: all whom the filter keeps where their texts are few, else the nearest."""
        parts = tuple(slices(where))
        few = self._all_of_few(parts)
        if few is not None:
            return few
        found = [self._server.nearest(self._creators, query, part, limit=limit) for part in parts]
        keys = np.concatenate([keys for keys, _ in found])
        cosines = np.concatenate([cosines for _, cosines in found])
        return np.sort(keys[np.lexsort((keys, -cosines))[:limit]])

    def keeps(self, creators: Ints, where: Where) -> Mask:
        """Return for each creator whether the filter keeps it: what the server says now, decided here."""
        rows = by_key(self._server, self._creators, creators, _COLUMNS, strict=True)
        return np.isin(creators, column(rows, "key")[kept(rows, where)])

    def views(self, creators: Ints) -> Mapping[str, View]:
        """Return the three spaces, seen for these creators; a space is fetched when it is looked at."""
        return _Fetched(
            {
                "whole": lambda: _one_each(self._whole(creators), creators, self.generation.dimensions),
                "bio": lambda: _one_each(self._bios_of(creators), creators, self.generation.dimensions),
                "passages": lambda: self._best_of(creators),
            }
        )

    def texts(self, creators: Sequence[int]) -> Mapping[int, Texts]:
        """Return each creator's passages and bio; none for an unknown creator."""
        keys = np.array(creators, dtype=np.int64)
        dimensions = self.generation.dimensions
        passages = self._passages_of(keys)
        bios = self._bios_of(keys)
        owners, bio_keys = column(passages, "owner"), column(bios, "key")
        found = {}
        for creator in creators:
            own = passages[slice(*np.searchsorted(owners, [creator, creator + 1]))]
            rows = [*own, *bios[slice(*np.searchsorted(bio_keys, [creator, creator + 1]))]]
            found[creator] = Texts(keys=column(rows, "key"), vectors=matrix(rows, dimensions))
        return found

    def _all_of_few(self, parts: Sequence[str]) -> Ints | None:
        """Return everyone whom expressions keep where all their texts can be compared, else None."""
        creators: list[int] = []
        texts = 0
        for part in parts:
            rows = self._server.rows(
                self._creators, part, ("key", "texts"), strict=True, limit=self._compared + 1
            )
            creators += [row["key"] for row in rows]
            texts += sum(row["texts"] for row in rows)
            if texts > self._compared:
                return None
        return np.array(sorted(creators), dtype=np.int64)

    def _whole(self, creators: Ints) -> list[Row]:
        return with_vectors(self._server, self._creators, creators, ("key",), self.generation.dimensions)

    def _bios_of(self, creators: Ints) -> list[Row]:
        return with_vectors(self._server, self._bios, creators, ("key",), self.generation.dimensions)

    def _passages_of(self, creators: Ints) -> list[Row]:
        known = by_key(self._server, self._creators, creators, ("key", "passages"), strict=False)
        return by_owner(
            self._server,
            self._passages,
            column(known, "key"),
            column(known, "passages"),
            ("key", "owner", "vector"),
            at_once=self._at_once,
            strict=False,
        )

    def _best_of(self, creators: Ints) -> BestOfMany:
        passages = self._passages_of(creators)
        rows, counts = stretches(column(passages, "owner"), creators)
        return BestOfMany(matrix(passages, self.generation.dimensions), rows, counts)


class _Fetched(Mapping[str, View]):
    """Views that are made when they are first looked at."""

    def __init__(self, make: Mapping[str, Callable[[], View]]) -> None:
        self._make = make
        self._made: dict[str, View] = {}

    def __getitem__(self, space: str) -> View:
        if space not in self._made:
            self._made[space] = self._make[space]()
        return self._made[space]

    def __iter__(self) -> Iterator[str]:
        return iter(self._make)

    def __len__(self) -> int:
        return len(self._make)


def _one_each(rows: Sequence[Row], creators: Ints, dimensions: int) -> OneEach:
    vectors = matrix(rows, dimensions)
    places = rows_of(creators, column(rows, "key"))
    # zeros stand for a text that is blank
    wordless = np.append(~vectors.any(axis=1), False)
    return OneEach(vectors, np.where(wordless[places], -1, places))
