"""Ranking a folder of labelled creators and queries with the product's own index; labels are never read."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import ftfy
import numpy as np

import index
from agent.domain.errors import BadInput, Unavailable
from agent.domain.text import normal
from agent.ports import Progress

_LONGEST = 1000
"""Creators per ranking: more than any measure looks at."""


@dataclass(frozen=True, kw_only=True)
class _Creator:
    name: str
    track: str
    market: str | None
    followers: int | None
    document: index.Document


def rank_folder(folder: Path, *, model: str, progress: Progress) -> Iterator[dict[str, object]]:
    """Yield `{"query": id, "ranking": [creator ids]}` per query, best first, filters kept.

    Only creators of the query's track that pass its filters (`followers_min`, `followers_max`, `market`) are
    ranked. Raises BadInput where a file is missing or broken, Unavailable where the model is.
    """
    creators = [_creator(number, row) for number, row in enumerate(_rows(folder / "creators.jsonl"), start=1)]
    queries = list(_rows(folder / "queries.jsonl"))
    with TemporaryDirectory() as place:
        searcher = _searcher(Path(place), creators, model, progress)
        for query in queries:
            allowed = [c.document.key for c in creators if _passes(c, query)]
            where = index.Where(allowed=np.array(allowed, dtype=np.int64))
            hits = searcher.search(normal(query["text"]), where=where, limit=_LONGEST)
            yield {"query": query["id"], "ranking": [creators[hit.key - 1].name for hit in hits]}


def _searcher(
    place: Path, creators: list[_Creator], model: str, progress: Progress
) -> index.Searcher[index.FilePlace]:
    try:
        embedder = index.load_embedder(model)
        index.build(
            place,
            [creator.document for creator in creators],
            embedder,
            progress=lambda done, total, _: progress(done, total),
        )
        return index.Searcher.open(place, embedder)
    except index.IndexFailure as error:
        raise Unavailable(str(error)) from error


def _creator(number: int, row: Mapping[str, Any]) -> _Creator:
    bio = _repaired(row.get("bio"))
    posts = [_repaired(post.get("text")) for post in row.get("posts", ())]
    passages = tuple(
        index.Passage(key=number * 1000 + place, text=text) for place, text in enumerate(posts) if text
    )
    return _Creator(
        name=row["id"],
        track=row["track"],
        market=row.get("market"),
        followers=row.get("followers"),
        document=index.Document(
            key=number, whole="\n".join(text for text in (bio, *posts) if text), bio=bio, passages=passages
        ),
    )


def _repaired(text: str | None) -> str:
    return normal(ftfy.fix_text(text or "", normalization=None))


def _passes(creator: _Creator, query: Mapping[str, Any]) -> bool:
    filters: Mapping[str, Any] = query.get("filters") or {}
    low, high = filters.get("followers_min"), filters.get("followers_max")
    market = filters.get("market")
    if creator.track != query["track"] or (market and creator.market != market):
        return False
    if low is None and high is None:
        return True
    followers = creator.followers
    return followers is not None and (low or 0) <= followers <= (high if high is not None else followers)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                yield _row(path, number, line)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error


def _row(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row: dict[str, Any] = json.loads(line)
    except ValueError as error:
        raise BadInput(f"{path} line {number} is not JSON: {error}.") from error
    return row
