"""The index package behind our port: creators become documents, its errors become ours."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

import index
from agent.domain.creator import BIO, Creator
from agent.domain.errors import BadInput, Unavailable
from agent.domain.filters import Filters
from agent.domain.ids import CreatorId, post_id
from agent.ports import BuildReport, IndexStatus, NicheShare, Passage, Progress, Ranked
from index.embedder import worker_embedder
from index.library import FileLibrary, Library

FILES = "faiss"


def library_of(vectors: str, folder: Path, *, token: str | None) -> Library:
    """Return the index that the settings name: files in the folder, or Milvus by its address.

    Raises BadInput for an address that cannot be used.
    """
    if vectors == FILES:
        return FileLibrary(folder)
    from index.milvus import MilvusLibrary, Server

    try:
        return MilvusLibrary(Server(vectors, token=token), folder)
    except index.ServerUnavailable as error:
        raise BadInput(f"NANOREACH_VECTORS: {error}") from error


class VectorIndex:
    """Creators by their words, in files or on a server. The model loads with the first text to embed."""

    def __init__(self, library: Library, *, model: str, with_ray: bool = False) -> None:
        self._library = library
        self._model = model
        self._with_ray = with_ray
        self._opened: tuple[str, index.Searcher[index.Place]] | None = None

    @cached_property
    def _embedder(self) -> index.Embedder:
        with _ours():
            return index.load_embedder(self._model, processes=None)

    @property
    def _searcher(self) -> index.Searcher[index.Place]:
        with _ours():
            stamp = self._library.stamp()
            opened = self._opened
            if opened is None or opened[0] != stamp:  # another process built, too, or forgot somebody
                opened = self._opened = (stamp, self._library.open(self._embedder))
        return opened[1]

    @property
    def _builder(self) -> index.Embedder:
        if not self._with_ray:
            return self._embedder
        from index.ray_embedding import RayEmbedder

        return RayEmbedder(self._embedder, partial(worker_embedder, self._model))

    def build(self, creators: Iterable[Creator], *, source: str, progress: Progress) -> BuildReport:
        """Embed what changed and put a new snapshot in place."""
        # read as the index takes them: a creator who is erased until then is in no document
        documents = (_document(creator) for creator in creators)
        with _ours():
            report = self._library.build(
                documents,
                self._builder,
                source=source,
                progress=lambda done, total, _: progress(done, total),
            )
        return BuildReport(
            embedded=report.embedded,
            reused=report.reused,
            removed=report.removed,
            creators=report.creators,
            seconds=report.seconds,
        )

    def forget(self, creator_ids: Iterable[CreatorId]) -> int:
        """Take creators out of snapshots and kept vectors; return how many were there. Loads no model."""
        with _ours():
            report = self._library.forget(_keys(creator_ids))
        return report.creators

    def status(self) -> IndexStatus:
        """Return what the snapshot says about itself, after checking its files; loads no model."""
        try:
            held = self._library.inspect() if self._library.stamp() else None
        except index.IndexFailure as error:
            return _status(exists=True, problem=str(error), where=self._library.where)
        if held is None:
            return _status(exists=False, where=self._library.where)
        return IndexStatus(
            exists=True,
            model=held.identity,
            creators=held.creators,
            passages=held.passages,
            source=held.source,
            memory_bytes=held.memory_bytes,
            where=self._library.where,
        )

    def search(
        self,
        query: str,
        *,
        expansions: Sequence[str] = (),
        filters: Filters,
        excluded: Collection[CreatorId] = (),
        liked: Collection[CreatorId] = (),
        disliked: Collection[CreatorId] = (),
        limit: int,
    ) -> tuple[Ranked, ...]:
        """Return the best creators whom the filters keep and who are not excluded."""
        with _ours():
            hits = self._searcher.search(
                query,
                expansions=expansions,
                where=where_of(filters, excluded),
                liked=_keys(liked),
                disliked=_keys(disliked),
                limit=limit,
            )
        return tuple(
            Ranked(
                creator_id=CreatorId(hit.key),
                score=hit.score,
                similarity=hit.similarity,
                probability=hit.probability,
            )
            for hit in hits
        )

    def evidence(
        self, queries: Sequence[str], creator_ids: Sequence[CreatorId], *, limit: int
    ) -> Mapping[CreatorId, tuple[tuple[Passage, ...], ...]]:
        """Return, per creator and query, the passages that carry it, best first."""
        with _ours():
            found = self._searcher.evidence_for(queries, creator_ids, limit=limit)
        return {
            CreatorId(creator): tuple(
                tuple(_passage(CreatorId(creator), hit) for hit in hits) for hits in per_query
            )
            for creator, per_query in found.items()
        }

    def niches(self, creator_ids: Sequence[CreatorId]) -> Mapping[CreatorId, tuple[NicheShare, ...]]:
        """Return, per creator, what it is about, the largest share first."""
        with _ours():
            found = self._searcher.niches(creator_ids)
        return {
            CreatorId(key): tuple(
                NicheShare(id=niche.id, names=niche.names, share=share, x=niche.x, y=niche.y)
                for niche, share in shares
            )
            for key, shares in found.items()
        }


def where_of(filters: Filters, excluded: Collection[CreatorId]) -> index.Where:
    """Return the filters of the domain as the index evaluates them."""
    return index.Where(
        languages=filters.languages,
        countries=filters.countries,
        platforms=filters.platforms,
        followers_min=filters.followers_min,
        followers_max=filters.followers_max,
        excluded=_keys(excluded),
    )


def _keys(creators: Iterable[CreatorId]) -> npt.NDArray[np.int64]:
    return np.array(sorted(creators), dtype=np.int64)


def _document(creator: Creator) -> index.Document:
    return index.Document(
        key=creator.id,
        whole=creator.whole_text,
        bio=creator.bio,
        passages=tuple(
            index.Passage(key=creator.post_number(post.key), text=post.text) for post in creator.posts
        ),
        platform=creator.platform,
        language=creator.language,
        country=creator.country,
        followers=creator.followers,
    )


def _passage(creator: CreatorId, hit: index.PassageHit) -> Passage:
    # the index knows a bio by its creator's key, receipts know it by a number of its own
    number = post_id(creator, BIO) if hit.key == creator else hit.key
    return Passage(number=number, score=hit.score)


def _status(*, exists: bool, where: str, problem: str = "") -> IndexStatus:
    return IndexStatus(
        exists=exists, model="", creators=0, passages=0, source="", problem=problem, where=where
    )


@contextmanager
def _ours() -> Iterator[None]:
    try:
        yield
    except (index.RebuildNeeded, index.IndexUnavailable) as error:
        needs_no_build = isinstance(error, index.IndexBusy | index.DiskFull | index.ServerUnavailable)
        advice = "" if needs_no_build else " Run: nanoreach index build"
        raise Unavailable(f"{error}{advice}") from error
    except index.IndexFailure as error:
        raise Unavailable(str(error)) from error
