"""A benchmark folder in memory: creators, queries and labels. Only the scoring ever sees the labels."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ftfy
import numpy as np
import numpy.typing as npt

from agent.domain.text import normal

BRIEFS = Path(__file__).parent / "briefs.jsonl"
STRONG = 2.0
_LEAST_STRONG = {"profile": 3, "content": 1}  # fewer relevant creators make no measurement


@dataclass(frozen=True, kw_only=True, eq=False)
class Profile:
    """A creator's texts, as the product would have them."""

    bio: str
    posts: tuple[str, ...]

    @property
    def whole(self) -> str:
        """Return all of it as one text."""
        return "\n".join(text for text in (self.bio, *self.posts) if text)


@dataclass(frozen=True, kw_only=True, eq=False)
class Query:
    """A brand's text with the candidates that pass its filters [n] and what is known about each of them.

    `gains` [n]: 2 fits, 1 fits in part, 0 does not as far as is known; `hints` [n]: a lone hint, unjudged;
    `ideal`: the gains of every judged creator, whether it passes the filters or not.
    """

    id: str
    track: str
    language: str
    kind: str
    niche: str
    text: str
    candidates: npt.NDArray[np.int64]
    gains: npt.NDArray[np.float64]
    hints: npt.NDArray[np.bool_]
    ideal: tuple[float, ...]

    @property
    def is_measurable(self) -> bool:
        """Whether enough creators that fit are known."""
        strong = int((self.gains == STRONG).sum())
        return strong >= _LEAST_STRONG[self.track]


def read_profiles(folder: Path) -> list[Profile]:
    """Return the creators' texts, in the order of the file."""
    return [
        Profile(
            bio=_repaired(row.get("bio")),
            posts=tuple(text for post in row["posts"] if (text := _repaired(post.get("text")))),
        )
        for row in _rows(folder / "creators.jsonl")
    ]


def read_queries(folder: Path) -> list[Query]:
    """Return the folder's queries that can be measured."""
    creators = list(_rows(folder / "creators.jsonl"))
    gains: dict[str, dict[str, float]] = {}
    for row in _rows(folder / "qrels.jsonl"):
        gains.setdefault(row["query"], {})[row["creator"]] = float(row["gain"])
    queries = [_query(row, creators, gains.get(row["id"], {})) for row in _rows(folder / "queries.jsonl")]
    return [query for query in queries if query.is_measurable]


def read_briefs(folder: Path) -> list[Query]:
    """Return our own brand texts for further niches, judged by the labels of the folder's creators."""
    creators = list(_rows(folder / "creators.jsonl"))
    queries = []
    for number, row in enumerate(_rows(BRIEFS)):
        niche = row["niche"]
        gains = {
            creator["id"]: STRONG if niche in creator["labels"] else 1.0
            for creator in creators
            if creator["track"] == "profile"
            and (niche in creator["labels"] or niche in creator["labels_partial"])
        }
        queries.append(_query(row | {"id": f"brief-{number}", "track": "profile"}, creators, gains))
    return [query for query in queries if query.is_measurable]


def _query(row: Mapping[str, Any], creators: Sequence[Mapping[str, Any]], gains: dict[str, float]) -> Query:
    filters = row.get("filters") or {}
    chosen = [
        i
        for i, creator in enumerate(creators)
        if creator["track"] == row["track"] and _passes(creator, filters)
    ]
    return Query(
        id=row["id"],
        track=row["track"],
        language=row["language"],
        kind=row["kind"],
        niche=row["niche"],
        text=normal(row["text"]),
        candidates=np.array(chosen, dtype=np.int64),
        gains=np.array([gains.get(creators[i]["id"], 0.0) for i in chosen]),
        hints=np.array([row["niche"] in creators[i]["labels_unjudged"] for i in chosen], dtype=np.bool_),
        ideal=tuple(gains.values()),
    )


def _passes(creator: Mapping[str, Any], filters: Mapping[str, Any]) -> bool:
    followers = creator["followers"]
    low, high = filters.get("followers_min", 0), filters.get("followers_max", float("inf"))
    if filters.get("market") and creator["market"] != filters["market"]:
        return False
    bounded = "followers_min" in filters or "followers_max" in filters
    return not bounded or (followers is not None and low <= followers <= high)


def _repaired(text: str | None) -> str:
    return normal(ftfy.fix_text(text or "", normalization=None))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
