"""Real creators and brand texts as contests, where the development data is at hand.

Each query's sentences stand for the brand's values. The choice gets clusters of the creators' vectors for
niches; the labels of the data only score: how many different niches a list has, and how many of it are
labelled as fitting the query.
"""

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from re import split
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from agent.domain.creator import tier_of
from agent.domain.text import normal
from bench.crowd import unit
from bench.rivals import WIDTH, Contest, Profiles, niche_figures

if TYPE_CHECKING:
    from bench.shortlist import Measure

DATA = "NANOREACH_DEV_DATA"
_CLUSTERS, _ROUNDS, _TEMPERATURE, _SEED = 40, 20, 0.08, 5
_TRACK = "profile"

Floats = npt.NDArray[np.float64]
Row = dict[str, Any]


def real_world(k: int) -> "tuple[list[Contest], Profiles, dict[str, Measure]] | None":
    """Return contests, profiles and measures; None where the data is not at hand."""
    folder = Path(os.environ.get(DATA, "")) / "match"
    if not os.environ.get(DATA) or not folder.is_dir():
        return None
    import index

    creators = [row for row in _rows(folder / "creators.jsonl") if row["track"] == _TRACK]
    queries = [row for row in _rows(folder / "queries.jsonl") if row["track"] == _TRACK]
    embedder = index.load_embedder()
    vectors = unit(embedder.encode([_text(row) for row in creators]).astype(np.float64))
    contests, kept = [], []
    for query in queries:
        passing = [place for place, row in enumerate(creators) if _passes(row, query.get("filters") or {})]
        if len(passing) >= WIDTH * k:
            contests.append(_contest(query, passing, vectors, embedder, k))
            kept.append(query["id"])
    gains = {(row["query"], row["creator"]): row["gain"] for row in _rows(folder / "qrels.jsonl")}
    labels = [row["labels"] for row in creators]
    measures: dict[str, Measure] = {
        "niches": lambda _, chosen: niche_figures([labels[creator] for creator in chosen])[0],
        "entropy": lambda _, chosen: niche_figures([labels[creator] for creator in chosen])[1],
        "labelled_as_fitting": lambda at, chosen: _fitting(gains, kept[at], creators, chosen),
    }
    profiles = Profiles(
        read=_clusters(vectors), tiers=[tier_of(row["followers"]).value for row in creators], vectors=vectors
    )
    return contests, profiles, measures


def _contest(query: Row, passing: Sequence[int], vectors: Floats, embedder: Any, k: int) -> Contest:  # noqa: ANN401 - index's own protocol
    sentences = [text for text in split(r"(?<=[.!?])\s+", normal(query["text"])) if text]
    texts = unit(embedder.encode([normal(query["text"]), *sentences]).astype(np.float64))
    cosines = vectors[passing] @ texts.T
    best = np.argsort(-cosines[:, 0], kind="stable")[: WIDTH * k]
    return Contest(
        creators=[passing[place] for place in best], fits=cosines[best, 0], values=cosines[best, 1:].T
    )


def _fitting(
    gains: dict[tuple[str, str], int], query: str, creators: Sequence[Row], chosen: Sequence[int]
) -> float:
    return float(np.mean([gains.get((query, creators[creator]["id"]), 0) > 0 for creator in chosen]))


def _clusters(vectors: Floats) -> Floats:
    """Return how much of each vector lies in each of 40 clusters [n, 40] (spherical k-means)."""
    chance = np.random.default_rng(_SEED)
    middles = vectors[chance.choice(len(vectors), size=_CLUSTERS, replace=False)]
    for _ in range(_ROUNDS):
        nearest = (vectors @ middles.T).argmax(axis=1)
        sums = np.zeros_like(middles)
        np.add.at(sums, nearest, vectors)
        middles = np.where(np.linalg.norm(sums, axis=1, keepdims=True) > 0, unit(sums), middles)
    likely = np.exp(vectors @ middles.T / _TEMPERATURE)
    shares: Floats = likely / likely.sum(axis=1, keepdims=True)
    return shares


def _passes(row: Row, filters: Row) -> bool:
    if filters.get("market") and row["market"] != filters["market"]:
        return False
    low, high = filters.get("followers_min"), filters.get("followers_max")
    if low is None and high is None:
        return True
    followers = row["followers"]
    return followers is not None and (low or 0) <= followers <= (high if high is not None else followers)


def _text(row: Row) -> str:
    posts = (post["text"] for post in row["posts"])
    return normal("\n".join(text for text in (row["bio"] or "", *posts) if text))


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
