"""Creators with posts whose fit is known: how fast they are ranked, and how good the list is.

Each creator has one topic and keeps to it with a part of the posts, drawn from .1 to .9; the other posts are
about any topic. How many of the ten posts are about the topic that is asked for is the gain of a creator
(nDCG@20).
"""

import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from bench.mixes import Vectors, noise, unit
from bench.numbered import NumberedVectors
from index import LIMITS, Document, FilePlace, Passage, Searcher, build

if TYPE_CHECKING:
    from collections.abc import Callable

POSTS = 10
_SHOWN = 20
_EVIDENCE = 5
_TOPICS = 300
_AT_ONCE = 20_000
_MOST_OF_SCAN = 1 / 20
_AT_CREATORS = 100_000  # with fewer of them a scan is shorter in proportion, and ours stays what it is
_TURNS = 3

Rows = npt.NDArray[np.int64]


def creators_by_posts(drawn: Vectors, count: int, *, queries: int) -> dict[str, Any]:
    """Return milliseconds and nDCG@20 of our search with evidence, of a scan over all posts, of others."""
    chance = np.random.default_rng(6)
    topics = drawn[:_TOPICS]
    posts, about = _posts(drawn, topics, count, chance)
    wholes = unit(posts.reshape(count, POSTS, -1).mean(axis=1))
    chosen = chance.choice(len(topics), queries, replace=False)
    asked = unit(topics[chosen] + noise(queries, topics.shape[1], chance))
    embedder = NumberedVectors({"w": wholes, "p": posts, "q": asked})
    with tempfile.TemporaryDirectory() as home:
        build(Path(home), (_document(row) for row in range(count)), embedder, batch=50_000)
        ours = Searcher.open(Path(home), embedder)
    del posts, wholes
    return _compared(ours, asked, chosen, about)


def _posts(drawn: Vectors, topics: Vectors, count: int, chance: np.random.Generator) -> tuple[Vectors, Rows]:
    """Return the posts of all creators [count · 10, d], and the topic of each [count, 10]."""
    own = chance.integers(0, len(topics), count)
    keeps = chance.random((count, POSTS)) < chance.uniform(0.1, 0.9, (count, 1))
    about = np.where(keeps, own[:, None], chance.integers(0, len(topics), (count, POSTS)))
    flat = about.reshape(-1)
    posts = np.empty((len(flat), drawn.shape[1]), dtype=np.float32)
    for start in range(0, len(flat), _AT_ONCE):
        part = flat[start : start + _AT_ONCE]
        other = drawn[chance.integers(0, len(drawn), len(part))]
        share = chance.uniform(0.3, 0.7, (len(part), 1)).astype(np.float32)
        posts[start : start + _AT_ONCE] = unit(
            share * topics[part] + (1 - share) * other + noise(len(part), drawn.shape[1], chance)
        )
    return posts, about


def _document(row: int) -> Document:
    passages = tuple(
        Passage(key=row * POSTS + place, text=f"p{row * POSTS + place}") for place in range(POSTS)
    )
    return Document(key=row, whole=f"w{row}", passages=passages)


def _compared(ours: Searcher[FilePlace], asked: Vectors, chosen: Rows, about: Rows) -> dict[str, Any]:
    posts = ours.place._spaces["passages"].vectors  # noqa: SLF001 - the other sides scan the same memory
    wholes = ours.place._spaces["whole"].vectors  # noqa: SLF001 - as above

    def shown(number: int) -> Rows:
        hits = [hit.key for hit in ours.search(f"q{number}", limit=_SHOWN)]
        ours.evidence_for([f"q{number}"], hits, limit=_EVIDENCE)
        return np.array(hits, dtype=np.int64)

    def best_post(number: int) -> Rows:
        return _top((posts @ asked[number]).reshape(-1, POSTS).max(axis=1))

    def five_and_whole(number: int) -> Rows:
        best = np.sort((posts @ asked[number]).reshape(-1, POSTS), axis=1)[:, -_EVIDENCE:].mean(axis=1)
        return _top(0.5 * best + 0.5 * (wholes @ asked[number]))

    def staged(number: int) -> Rows:
        pool = _top(wholes @ asked[number], LIMITS.pool)
        own = posts.reshape(-1, POSTS, posts.shape[1])[pool] @ asked[number]
        best = np.sort(own, axis=1)[:, -_EVIDENCE:].mean(axis=1)
        return pool[_top(0.5 * best + 0.5 * (wholes[pool] @ asked[number]))]

    sides: dict[str, Callable[[int], Rows]] = {
        "ours": shown,
        "scan_best_post": best_post,
        "scan_five_posts_and_whole": five_and_whole,
        "exact_pool_five_posts_and_whole": staged,
    }
    times: dict[str, list[float]] = {name: [] for name in sides}
    gains: dict[str, list[float]] = {name: [] for name in sides}
    for number, topic in enumerate(chosen):
        relevance = (about == topic).sum(axis=1)
        for name, search in sides.items():
            turns = []
            for _ in range(_TURNS):
                began = perf_counter()
                found = search(number)
                turns.append(perf_counter() - began)
            times[name].append(min(turns))
            gains[name].append(_ndcg(relevance[found], relevance))
    table = {
        name: {
            "ndcg20": round(float(np.mean(gains[name])), 4),
            "p50": round(float(np.percentile(times[name], 50)) * 1000, 3),
            "p95": round(float(np.percentile(times[name], 95)) * 1000, 3),
        }
        for name in sides
    }
    mine, scan = table["ours"], table["scan_best_post"]
    most = _MOST_OF_SCAN * max(_AT_CREATORS / len(wholes), 1)
    return {
        "creators": len(wholes),
        "posts_each": POSTS,
        "creators_table": table,
        "creators_share_of_scan_p95": round(mine["p95"] / scan["p95"], 4),
        "creators_most_of_scan": most,
        "pass_creators_p95": mine["p95"] <= scan["p95"] * most,
        "pass_creators_list": mine["ndcg20"] >= scan["ndcg20"],
    }


def _top(scores: npt.NDArray[np.float32], count: int = _SHOWN) -> Rows:
    best = np.argpartition(-scores, count)[:count]
    return best[np.argsort(-scores[best])]


def _ndcg(found: Rows, relevance: Rows) -> float:
    discount = 1 / np.log2(np.arange(2, _SHOWN + 2))
    ideal = np.sort(relevance)[::-1][:_SHOWN]
    return float((found * discount[: len(found)]).sum() / max((ideal * discount).sum(), 1e-9))
