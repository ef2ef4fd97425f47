"""Simulates learning from decisions on a labelled folder, against the same product without learning.

A reviewer sees the first ten of a ranking and takes those whose label fits at least in part; the others are
turned down. Judged is the ranking of everybody else (residual collection, Chang, Cirillo and Razon 1971), and
the ranking for the next brand text of the same niche. `careless` reviewers decide 15 in 100 the other way.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

import index
from bench.corpus import Corpus
from bench.folder import Query, read_briefs, read_profiles, read_queries
from bench.match import data_folder
from bench.scoring import Doubles, dcg, interval
from index.niches import load_niches
from index.ranking import Decided, Recipe, Taste, rank

SHOWN = (3, 10)
CARELESS = 0.15
DRAWS = 5
_PARTLY = 1.0
_ENOUGH = 200  # candidates, so that something is left to rank

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


def run(*, full: bool) -> dict[str, Any]:
    """Return the mean nDCG@10 with and without learning, and the interval of the difference.

    With `full` the careless reviewer is drawn five times, and each query counts with its mean.
    """
    folder = data_folder()
    embedder, reader = index.load_embedder(index.PLAIN), load_niches()
    corpus = Corpus.of(read_profiles(folder), embedder.encode).changed(reader.widen).averaged()
    queries = [query for query in read_queries(folder) if query.track == "profile"]
    queries = [query for query in queries + read_briefs(folder) if len(query.candidates) >= _ENOUGH]
    vectors = reader.widen(embedder.encode([query.text for query in queries]))
    texts = {query.id: vector for query, vector in zip(queries, vectors, strict=True)}
    rows = {}
    for shown in SHOWN:
        rows[f"shown_{shown}"] = _summary(_same_campaign(corpus, texts, queries, shown, None))
        draws = [
            _same_campaign(corpus, texts, queries, shown, np.random.default_rng(seed))
            for seed in range(DRAWS if full else 1)
        ]
        means = np.mean(np.array(draws), axis=0)  # of each query over the draws
        rows[f"shown_{shown}_careless"] = _summary([(float(a), float(b)) for a, b in means])
    rows["next_campaign"] = _summary(_next_campaign(corpus, texts, queries))
    return {
        "queries": len(queries),
        **rows,
        "pass": all(row["interval"][0] > 0 for row in rows.values()),
    }


def _same_campaign(
    corpus: Corpus,
    texts: Mapping[str, Floats],
    queries: Sequence[Query],
    shown: int,
    careless: np.random.Generator | None,
) -> list[tuple[float, float]]:
    pairs = []
    for query in queries:
        before = _order(corpus, texts, query)
        seen = before[~query.hints[before]][:shown]
        taken = query.gains[seen] >= _PARTLY
        if careless is not None:
            taken ^= careless.random(len(seen)) < CARELESS
        after = _order(corpus, texts, query, _taste(corpus, query, seen, taken))
        pairs += _compared(query, before, after, seen)
    return pairs


def _next_campaign(
    corpus: Corpus, texts: Mapping[str, Floats], queries: Sequence[Query]
) -> list[tuple[float, float]]:
    """Decide about the first ten for one text of a niche, rank for another one in the same language."""
    pairs = []
    for query in queries:
        earlier = next((q for q in queries if _precedes(q, query)), None)
        if earlier is None:
            continue
        order = _order(corpus, texts, earlier)
        seen = order[~earlier.hints[order]][: max(SHOWN)]
        taste = _taste(corpus, earlier, seen, earlier.gains[seen] >= _PARTLY)
        contacted = np.flatnonzero(np.isin(query.candidates, earlier.candidates[seen]))
        before, after = _order(corpus, texts, query), _order(corpus, texts, query, taste)
        pairs += _compared(query, before, after, contacted)
    return pairs


def _precedes(earlier: Query, query: Query) -> bool:
    same = (earlier.niche, earlier.language) == (query.niche, query.language)
    return same and earlier.kind == "d" and query.kind == "i"


def _order(corpus: Corpus, texts: Mapping[str, Floats], query: Query, taste: Taste | None = None) -> Ints:
    candidates = query.candidates
    return rank(candidates, corpus.views(candidates), texts[query.id], Recipe(), taste).order


def _taste(corpus: Corpus, query: Query, seen: Ints, taken: npt.NDArray[np.bool_]) -> Taste:
    liked, disliked = query.candidates[seen[taken]], query.candidates[seen[~taken]]
    return Taste(
        liked=Decided(count=len(liked), views=corpus.views(liked)),
        disliked=Decided(count=len(disliked), views=corpus.views(disliked)),
    )


def _compared(query: Query, before: Ints, after: Ints, gone: Ints) -> list[tuple[float, float]]:
    """Return nDCG@10 without and with learning over those who are left; nothing where nobody fits."""
    left = np.ones(len(before), dtype=np.bool_)
    left[gone] = False
    best = dcg(np.sort(query.gains[left])[::-1])
    if not best:
        return []
    return [(_judged(query, before, left) / best, _judged(query, after, left) / best)]


def _judged(query: Query, order: Ints, left: npt.NDArray[np.bool_]) -> float:
    return dcg(query.gains[order[left[order] & ~query.hints[order]]])


def _summary(pairs: Sequence[tuple[float, float]]) -> dict[str, Any]:
    found: Doubles = np.array(pairs)
    return {
        "n": len(pairs),
        "without": round(float(found[:, 0].mean()), 3),
        "with": round(float(found[:, 1].mean()), 3),
        "interval": interval((found[:, 1] - found[:, 0]).tolist()),
    }
