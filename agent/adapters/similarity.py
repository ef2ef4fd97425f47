"""The index package behind our port: creators become documents, its errors become ours."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

import index
from agent.domain.creator import BIO, Creator
from agent.domain.errors import Unavailable
from agent.domain.ids import CreatorId, post_id
from agent.ports import BuildReport, IndexStatus, Passage, Progress, Ranked


class FileIndex:
    """FAISS files in a folder of the home. The model loads with the first text that has to be embedded."""

    def __init__(self, folder: Path, *, model: str) -> None:
        self._folder = folder
        self._model = model

    @cached_property
    def _embedder(self) -> index.Embedder:
        with _ours():
            return index.load_embedder(self._model)

    @cached_property
    def _searcher(self) -> index.Searcher:
        with _ours():
            return index.Searcher.open(self._folder, self._embedder)

    def build(self, creators: Iterable[Creator], *, source: str, progress: Progress) -> BuildReport:
        """Embed what changed and put a new snapshot in place."""
        documents = [_document(creator) for creator in creators]
        with _ours():
            report = index.build(
                self._folder,
                documents,
                self._embedder,
                source=source,
                progress=lambda done, total, _: progress(done, total),
            )
        self.__dict__.pop("_searcher", None)  # the next search opens the new snapshot
        return BuildReport(
            embedded=report.embedded,
            reused=report.reused,
            removed=report.removed,
            creators=report.creators,
            seconds=report.seconds,
        )

    def status(self) -> IndexStatus:
        """Return what the snapshot says about itself, after checking its files; loads no model."""
        try:
            manifest = index.inspect(self._folder)
        except index.RebuildNeeded as error:
            return _status(exists=True, problem=str(error))
        except index.IndexUnavailable:
            return _status(exists=False)
        return IndexStatus(
            exists=True,
            model=manifest.identity,
            creators=manifest.counts.get("creators", 0),
            passages=manifest.counts.get("passages", 0),
            source=manifest.source,
        )

    def search(self, query: str, *, allowed: npt.NDArray[np.int64], limit: int) -> tuple[Ranked, ...]:
        """Return the best creators among those allowed."""
        with _ours():
            hits = self._searcher.search(query, allowed=allowed, limit=limit)
        return tuple(
            Ranked(creator_id=CreatorId(hit.key), score=hit.score, similarity=hit.similarity) for hit in hits
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


def _document(creator: Creator) -> index.Document:
    return index.Document(
        key=creator.id,
        whole=creator.whole_text,
        bio=creator.bio,
        passages=tuple(
            index.Passage(key=creator.post_number(post.key), text=post.text) for post in creator.posts
        ),
    )


def _passage(creator: CreatorId, hit: index.PassageHit) -> Passage:
    # the index knows a bio by its creator's key, receipts know it by a number of its own
    number = post_id(creator, BIO) if hit.key == creator else hit.key
    return Passage(number=number, score=hit.score)


def _status(*, exists: bool, problem: str = "") -> IndexStatus:
    return IndexStatus(exists=exists, model="", creators=0, passages=0, source="", problem=problem)


@contextmanager
def _ours() -> Iterator[None]:
    try:
        yield
    except (index.RebuildNeeded, index.IndexUnavailable) as error:
        advice = "" if isinstance(error, index.IndexBusy | index.DiskFull) else " Run: nanoreach index build"
        raise Unavailable(f"{error}{advice}") from error
    except index.IndexFailure as error:
        raise Unavailable(str(error)) from error
