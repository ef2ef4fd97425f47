"""Finds the creators that fit a text, and the passages that show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np

from index.build import Progress, build
from index.calibration import probability
from index.documents import Document
from index.embedder import Embedder
from index.errors import IndexUnavailable, RebuildNeeded
from index.limits import LIMITS, Limits
from index.niches import Niche, niches_of
from index.place import FilePlace
from index.ranking import Decided, Floats, Ints, Recipe, Taste, rank, similarities
from index.where import EVERYBODY, Place, Texts, Where

SomePlace = TypeVar("SomePlace", bound=Place)

LEAST_SHARE, MOST_NICHES = 0.05, 5  # of a creator that are worth telling
NOBODY: Ints = np.empty(0, dtype=np.int64)

EXPANSION_WEIGHT = 1.0
"""How much the mean of a query's expansions counts beside the query itself; `bench expansion` measures it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A creator that fits: `score` orders the hits of one query, `similarity` is the plain cosine.

    `probability` is how likely creators with this cosine fit; None for a model that was not measured.
    """

    key: int
    score: float
    similarity: float
    probability: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PassageHit:
    """A passage that carries a text; `score` is the cosine of the two."""

    key: int
    score: float


class Searcher(Generic[SomePlace]):
    """Searches one place with one model. Creators are ranked; passages are evidence."""

    def __init__(
        self,
        place: SomePlace,
        embedder: Embedder,
        *,
        recipe: Recipe | None = None,
        limits: Limits = LIMITS,
    ) -> None:
        self.place = place
        self._embedder = embedder
        self._recipe = recipe or Recipe()
        self._limits = limits

    @staticmethod
    def open(
        folder: Path, embedder: Embedder, *, recipe: Recipe | None = None, limits: Limits = LIMITS
    ) -> "Searcher[FilePlace]":
        """Open the index in use, with every checksum verified.

        Raises IndexUnavailable when there is none, and a RebuildNeeded (ForeignModel, OlderFormat or
        CorruptSnapshot) when it must not be searched.
        """
        place = FilePlace.open(folder, identity=embedder.identity, limits=limits)
        return Searcher(place, embedder, recipe=recipe, limits=limits)

    def search(
        self,
        query: str,
        *,
        expansions: Sequence[str] = (),
        where: Where = EVERYBODY,
        liked: Ints = NOBODY,
        disliked: Ints = NOBODY,
        limit: int = 50,
    ) -> list[Hit]:
        """Return the creators that fit the query best, best first, at most `limit`, whom the filter keeps.

        Scores, feedback and ties are decided among those alone; where they are too many to compare all their
        texts, among the ones whose whole text is nearest to the query. `expansions` are texts that a fitting
        creator might write: they move the search, not the similarity, which stays the query's own. So do
        creators that people took or turned down before, who need not be kept by the filter.
        """
        if not query.strip() or limit < 1:
            return []
        vector = self._query_vectors([query])[0]
        sought = expanded(vector, self._query_vectors(expansions)) if expansions else vector
        wide = max(self._limits.pool, self._limits.pool_per_hit * limit)
        candidates = self.place.candidates(sought, where, limit=wide)
        if not len(candidates):
            return []
        views = self.place.views(candidates)
        ranking = rank(candidates, views, sought, self._recipe, self._taste(liked, disliked))
        cosines = similarities(views, vector, self._recipe)[ranking.order] if expansions else ranking.cosines
        found = candidates[ranking.order]
        # whatever was found, and however, the filter has the last word
        permitted = np.flatnonzero(self.place.keeps(found, where))
        return [
            Hit(
                key=int(found[place]),
                score=float(ranking.scores[place]),
                similarity=float(cosines[place]),
                probability=probability(self.place.identity, float(cosines[place])),
            )
            for place in permitted[:limit]
        ]

    def evidence(self, text: str, creator: int, *, limit: int = 3) -> list[PassageHit]:
        """Return a creator's passages that carry the text best, best first; none for an unknown one."""
        return self.evidence_for([text], [creator], limit=limit)[creator][0]

    def evidence_for(
        self, texts: Sequence[str], creators: Iterable[int], *, limit: int = 3
    ) -> dict[int, list[list[PassageHit]]]:
        """Return for each creator, in the order of the texts, the passages that carry each text best.

        The bio counts as a passage under the creator's own key.
        """
        vectors = self._query_vectors(texts)
        own = self.place.texts(tuple(creators))
        return {creator: _carrying(vectors, texts_of, limit) for creator, texts_of in own.items()}

    def niches(self, creators: Sequence[int]) -> dict[int, list[tuple[Niche, float]]]:
        """Return what each creator is about, the largest share first, shares from .05 up, at most five.

        Creators without a text are left out; a model without niches gives nothing.
        """
        reader = niches_of(self.place.identity)
        if reader is None or not creators:
            return {}
        keys = np.unique(np.array(creators, dtype=np.int64))
        whole, anything = self.place.views(keys)["whole"], np.zeros(self._embedder.dimensions, np.float32)
        known = np.flatnonzero(~np.isnan(whole.cosines(anything)))
        shares = reader.shares_within(whole.examples(anything, known))
        return {
            int(key): [(reader.niches[at], float(row[at])) for at in _largest(row)]
            for key, row in zip(keys[known], shares, strict=True)
        }

    def _taste(self, liked: Ints, disliked: Ints) -> Taste | None:
        if not len(liked) and not len(disliked):
            return None
        return Taste(liked=self._decided(liked), disliked=self._decided(disliked))

    def _decided(self, creators: Ints) -> Decided:
        keys = np.unique(creators)
        return Decided(count=len(keys), views=self.place.views(keys))

    def _query_vectors(self, texts: Sequence[str]) -> Floats:
        return self._embedder.encode(texts)


def _largest(shares: Floats) -> list[int]:
    first = np.argsort(-shares, kind="stable")[:MOST_NICHES]
    return [int(at) for at in first if shares[at] >= LEAST_SHARE]


def expanded(query: Floats, expansions: Floats, *, weight: float = EXPANSION_WEIGHT) -> Floats:
    """Return a unit query [d] moved towards the mean of its expansions, unit vectors [n, d]."""
    moved = query + np.float32(weight) * expansions.mean(axis=0)
    length = np.linalg.norm(moved)
    return moved / length if length else query


def open_or_rebuild(
    folder: Path,
    embedder: Embedder,
    documents: Sequence[Document],
    *,
    source: str = "",
    progress: Progress | None = None,
) -> Searcher[FilePlace]:
    """Open the index in use; when there is none, or it must not be searched, build it from the documents.

    A rebuild takes every vector that is already on the disk, and ranks as the lost snapshot did.
    Raises what `build` raises.
    """
    try:
        return Searcher.open(folder, embedder)
    except (RebuildNeeded, IndexUnavailable):
        build(folder, documents, embedder, source=source, progress=progress)
        return Searcher.open(folder, embedder)


def _carrying(vectors: Floats, texts: Texts, limit: int) -> list[list[PassageHit]]:
    found = []
    for vector in vectors:
        cosines = np.vecdot(texts.vectors, vector)
        order = np.lexsort((texts.keys, -cosines))[:limit]
        found.append([PassageHit(key=int(texts.keys[row]), score=float(cosines[row])) for row in order])
    return found
