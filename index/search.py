"""Finds the creators that fit a text, and the passages that show it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from index.build import Progress, build
from index.documents import Document
from index.embedder import Embedder
from index.errors import IndexUnavailable, RebuildNeeded
from index.ranking import Floats, Recipe, View, rank
from index.snapshot import Manifest, Snapshot, read_snapshot
from index.space import Keys
from index.views import BestOfMany, OneEach

# up to this many candidates every vector is compared: exact, and fast enough without approximation
EXACT_UP_TO = 300_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A creator that fits: `score` orders the hits of one query, `similarity` is the plain cosine."""

    key: int
    score: float
    similarity: float


@dataclass(frozen=True, kw_only=True, slots=True)
class PassageHit:
    """A passage that carries a text; `score` is the cosine of the two."""

    key: int
    score: float


class Searcher:
    """An open index. Immutable: after a new build, open it again."""

    def __init__(
        self,
        snapshot: Snapshot,
        embedder: Embedder,
        *,
        recipe: Recipe | None = None,
        exact_up_to: int = EXACT_UP_TO,
    ) -> None:
        self._snapshot = snapshot
        self._embedder = embedder
        self._recipe = recipe or Recipe()
        self._exact_up_to = exact_up_to

    @classmethod
    def open(cls, folder: Path, embedder: Embedder, *, recipe: Recipe | None = None) -> Self:
        """Open the index in use, with every checksum verified.

        Raises IndexUnavailable when there is none, and a RebuildNeeded (ForeignModel, OlderFormat or
        CorruptSnapshot) when it must not be searched.
        """
        return cls(read_snapshot(folder, identity=embedder.identity), embedder, recipe=recipe)

    @property
    def manifest(self) -> Manifest:
        """Return what the snapshot says about itself."""
        return self._snapshot.manifest

    @property
    def creators(self) -> Keys:
        """Return the keys of all creators in the index, ascending."""
        return self._snapshot.creators

    def search(self, query: str, *, allowed: Keys | None = None, limit: int = 50) -> list[Hit]:
        """Return the creators that fit the query best, best first, at most `limit`, only of the allowed keys.

        None allows every creator. Scores, feedback and ties are decided among the allowed alone.
        """
        candidates = self._candidates(allowed)
        if not query.strip() or not len(candidates) or limit < 1:
            return []
        vector = self._embedder.encode([query])[0]
        candidates = self._narrowed(candidates, vector)
        ranking = rank(candidates, self._views(candidates), vector, self._recipe)
        found = candidates[ranking.order]
        # whatever was found, and however, the mask has the last word
        permitted = np.flatnonzero(np.isin(found, allowed)) if allowed is not None else np.arange(len(found))
        return [
            Hit(
                key=int(found[place]),
                score=float(ranking.scores[place]),
                similarity=float(ranking.cosines[place]),
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
        vectors = self._embedder.encode(texts)
        return {creator: self._carrying(vectors, creator, limit) for creator in creators}

    def _candidates(self, allowed: Keys | None) -> Keys:
        known = self._snapshot.creators
        return known if allowed is None else np.intersect1d(known, np.asarray(allowed, dtype=np.int64))

    def _narrowed(self, candidates: Keys, query: Floats) -> Keys:
        """Return few enough candidates to compare exactly: the nearest in each creator space."""
        if len(candidates) <= self._exact_up_to:
            return candidates
        spaces = (self._snapshot.whole, self._snapshot.bio)
        share = max(self._exact_up_to // len(spaces), 1)
        return np.unique(
            np.concatenate([space.nearest(query, allowed=candidates, limit=share) for space in spaces])
        )

    def _views(self, candidates: Keys) -> Mapping[str, View]:
        snapshot = self._snapshot
        return {
            "whole": OneEach(snapshot.whole, candidates),
            "bio": OneEach(snapshot.bio, candidates),
            "passages": BestOfMany(snapshot.passages, snapshot.owners, candidates),
        }

    def _carrying(self, vectors: Floats, creator: int, limit: int) -> list[list[PassageHit]]:
        snapshot = self._snapshot
        posts = slice(*np.searchsorted(snapshot.owners, [creator, creator + 1]))
        bios = slice(*np.searchsorted(snapshot.bio.keys, [creator, creator + 1]))
        keys = np.concatenate([snapshot.passages.keys[posts], snapshot.bio.keys[bios]])
        passages = np.concatenate([snapshot.passages.vectors[posts], snapshot.bio.vectors[bios]])
        found = []
        for vector in vectors:
            cosines = np.vecdot(passages, vector)
            order = np.lexsort((keys, -cosines))[:limit]
            found.append([PassageHit(key=int(keys[row]), score=float(cosines[row])) for row in order])
        return found


def open_or_rebuild(
    folder: Path,
    embedder: Embedder,
    documents: Sequence[Document],
    *,
    source: str = "",
    progress: Progress | None = None,
) -> Searcher:
    """Open the index in use; when there is none, or it must not be searched, build it from the documents.

    A rebuild takes every vector that is already on the disk, and ranks as the lost snapshot did.
    Raises what `build` raises.
    """
    try:
        return Searcher.open(folder, embedder)
    except (RebuildNeeded, IndexUnavailable):
        build(folder, documents, embedder, source=source, progress=progress)
        return Searcher.open(folder, embedder)
