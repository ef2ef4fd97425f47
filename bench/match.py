"""Measures the matching on a labelled folder: plain cosine, the product, and niches it was never taught.

The folder is not part of the project; NANOREACH_DEV_DATA names the one that holds `match/`. Scores are
nDCG@10 with gains 2^g - 1, as the folder's own script computes them: `judged` leaves lone hints out, `strict`
counts strong labels only. In the cross-validated rows a query is ranked by a network that was trained
without its niche and without the niches around it (`around.json`), so they tell what to expect of a niche
that the atlas does not know.
"""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import index
from agent.domain.text import normal
from bench.atlas import read_atlas, samples
from bench.calibrating import calibration
from bench.corpus import Corpus
from bench.folder import Query, read_briefs, read_profiles, read_queries
from bench.scoring import Doubles, interval, ndcg
from bench.train import MEMBERS, lesson, trained
from index.niches import Niche, NicheReader, load_niches
from index.ranking import Recipe, rank

DATA_VARIABLE = "NANOREACH_DEV_DATA"
FOLDS = 4
_AROUND = Path(__file__).parent / "around.json"

Floats = npt.NDArray[np.float32]
Scorer = Callable[[Query], Doubles]
"""Returns a score for each candidate of a query, [n]."""

SLICES: Mapping[str, Callable[[Query], bool]] = {
    "en": lambda q: q.track == "profile" and q.language == "en",
    "fr": lambda q: q.track == "profile" and q.language == "fr",
    "en_indirect": lambda q: q.track == "profile" and q.language == "en" and q.kind == "i",
    "fr_indirect": lambda q: q.track == "profile" and q.language == "fr" and q.kind == "i",
    "fr_posts": lambda q: q.track == "content" and q.language == "fr",
    "en_posts": lambda q: q.track == "content" and q.language == "en",
}


def run(*, full: bool) -> dict[str, Any]:
    """Return nDCG@10 by slice, view and row, and the bootstrap of the product against plain cosine.

    The cross-validated rows train networks and come with `full` only.
    """
    folder = data_folder()
    embedder = index.load_embedder(index.PLAIN)
    plain = Corpus.of(read_profiles(folder), embedder.encode)
    queries, briefs = read_queries(folder), read_briefs(folder)
    vectors = embedder.encode([query.text for query in queries + briefs])
    texts = {query.id: vector for query, vector in zip(queries + briefs, vectors, strict=True)}
    product = taught(plain, texts, load_niches())
    rows: dict[str, Scorer] = {
        "plain": lambda query: cosine(plain, texts, query),
        "plain_recipe": lambda query: ranked(plain, texts, query),
        "product": product,
    }
    if full:
        rows["cross_validated"] = cross_validated(plain, texts, embedder, queries + briefs)
    judged = {name: {q.id: ndcg(q, row(q)) for q in queries + briefs} for name, row in rows.items()}
    strict = {name: {q.id: ndcg(q, row(q), strict=True) for q in queries} for name, row in rows.items()}
    everyone = queries + briefs
    return {
        "queries": len(queries),
        "judged": {name: by_slice(queries, scores) for name, scores in judged.items()},
        "strict": {name: by_slice(queries, scores) for name, scores in strict.items()},
        "further_niches": {name: by_slice(briefs, scores) for name, scores in judged.items()},
        "against_plain": {
            name: gain(queries, judged[name], judged["plain"]) for name in rows if name != "plain"
        },
        "calibration": calibration(everyone, similarities(plain, texts, everyone)),
    }


def data_folder() -> Path:
    """Return the labelled folder; SystemExit with one sentence where there is none."""
    home = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get(DATA_VARIABLE, home)) / "match"
    if not folder.is_dir():
        raise SystemExit(f"There is no labelled folder {folder}; {DATA_VARIABLE} names the one above it.")
    return folder


def similarities(plain: Corpus, texts: Mapping[str, Floats], queries: Sequence[Query]) -> list[Doubles]:
    """Return what the product calls similarity: each candidate's cosine with each query."""
    reader = load_niches()
    wide = plain.changed(reader.widen).averaged()
    widened = {query.id: reader.widen(texts[query.id][None])[0] for query in queries}
    return [cosine(wide, widened, query) for query in queries]


def taught(plain: Corpus, texts: Mapping[str, Floats], reader: NicheReader) -> Scorer:
    """Return the product's ranking with this network."""
    wide = plain.changed(reader.widen).averaged()
    widened = {name: reader.widen(vector[None])[0] for name, vector in texts.items()}
    return lambda query: ranked(wide, widened, query)


def cosine(corpus: Corpus, texts: Mapping[str, Floats], query: Query) -> Doubles:
    """Score by one vector per creator."""
    return np.nan_to_num(corpus.views(query.candidates)["whole"].cosines(texts[query.id]), nan=-1.0)


def ranked(corpus: Corpus, texts: Mapping[str, Floats], query: Query) -> Doubles:
    """Score by the product's recipe."""
    candidates = query.candidates
    ranking = rank(candidates, corpus.views(candidates), texts[query.id], Recipe())
    scores = np.empty(len(candidates))
    scores[ranking.order] = -np.arange(len(candidates))
    return scores


def cross_validated(
    plain: Corpus, texts: Mapping[str, Floats], embedder: index.Embedder, queries: Sequence[Query]
) -> Scorer:
    """Return a ranking of each query by a network that never saw its niche nor what is around it."""
    entries = read_atlas()
    learned = samples(entries)
    vectors = embedder.encode([normal(sample.text) for sample in learned])
    around: dict[str, list[str]] = json.loads(_AROUND.read_text(encoding="utf-8"))
    scorers: dict[str, Scorer] = {}
    niches = sorted({query.niche for query in queries})
    for fold in range(FOLDS):
        held = niches[fold::FOLDS]
        hidden = {niche for label in held for niche in around[label]}
        kept = [entry for entry in entries if entry.id not in hidden]
        weights = trained(lesson(kept, learned, vectors), seeds=range(MEMBERS))
        niches_left = tuple(Niche(id=entry.id, names=dict(entry.names), x=0.0, y=0.0) for entry in kept)
        scorer = taught(plain, texts, NicheReader(weights, niches_left))
        scorers |= dict.fromkeys(held, scorer)
    return lambda query: scorers[query.niche](query)


def by_slice(queries: Sequence[Query], scores: Mapping[str, float]) -> dict[str, float]:
    """Return the mean of each slice that has queries; `indirect` is the mean of its two languages."""
    means = {}
    for name, belongs in SLICES.items():
        values = [scores[query.id] for query in queries if belongs(query)]
        if values:
            means[name] = round(float(np.mean(values)), 3)
    means["indirect"] = round((means["en_indirect"] + means["fr_indirect"]) / 2, 3)
    return means


def gain(queries: Sequence[Query], ours: Mapping[str, float], theirs: Mapping[str, float]) -> dict[str, Any]:
    """Return the mean difference by slice with its 95 % interval from a paired bootstrap over queries."""
    found = {}
    for name, belongs in SLICES.items():
        pairs = [ours[query.id] - theirs[query.id] for query in queries if belongs(query)]
        if pairs:
            found[name] = {"mean": round(float(np.mean(pairs)), 3), "interval": interval(pairs)}
    return found
