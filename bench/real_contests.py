"""Real creators and brand texts as contests, where the development data is at hand.

Each query's sentences stand for the values of the brand. The choice gets what the product gets: how probable
the fit is, and the niches that it reads. Labels only score: how many different niches a list has, and how
many of it are labelled as fitting.
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
from index.calibration import probability
from index.niches import niches_of

if TYPE_CHECKING:
    from bench.shortlist import Measure

DATA = "NANOREACH_DEV_DATA"
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
        read=_niches_read(embedder, vectors),
        tiers=[tier_of(row["followers"]).value for row in creators],
        vectors=vectors,
    )
    return contests, profiles, measures


def _contest(query: Row, passing: Sequence[int], vectors: Floats, embedder: Any, k: int) -> Contest:  # noqa: ANN401 - index's own protocol
    sentences = [text for text in split(r"(?<=[.!?])\s+", normal(query["text"])) if text]
    texts = unit(embedder.encode([normal(query["text"]), *sentences]).astype(np.float64))
    cosines = vectors[passing] @ texts.T
    best = np.argsort(-cosines[:, 0], kind="stable")[: WIDTH * k]
    fits = [probability(embedder.identity, float(cosine)) for cosine in cosines[best, 0]]
    return Contest(
        creators=[passing[place] for place in best],
        fits=np.array(fits, dtype=np.float64),
        values=cosines[best, 1:].T,
    )


def _fitting(
    gains: dict[tuple[str, str], int], query: str, creators: Sequence[Row], chosen: Sequence[int]
) -> float:
    return float(np.mean([gains.get((query, creators[creator]["id"]), 0) > 0 for creator in chosen]))


def _niches_read(embedder: Any, vectors: Floats) -> Floats:  # noqa: ANN401 - index's own protocol
    """Return how much of each creator the product reads in each niche, [n, niches]."""
    reader = niches_of(embedder.identity)
    if reader is None:
        raise ValueError("The default model has lost its niches: index/data/niches.npz is of another one.")
    return reader.shares_within(vectors.astype(np.float32)).astype(np.float64)


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
