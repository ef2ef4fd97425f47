"""Searching with what a fitting creator might write, beside the query itself."""

from pathlib import Path

import numpy as np
import pytest

from index import FilePlace, Searcher, Where, build
from index.search import expanded
from tests.unit.index.fakes import WordEmbedder, creator, village

QUERY = "yoga morning"


@pytest.fixture
def searcher(tmp_path: Path) -> Searcher[FilePlace]:
    documents = [*village(), creator(100, "tapis étirements respiration"), creator(101, "pain levain")]
    build(tmp_path, documents, WordEmbedder(dimensions=64))
    return Searcher.open(tmp_path, WordEmbedder(dimensions=64))


def test_creators_who_write_like_the_expansions_rise(searcher: Searcher[FilePlace]) -> None:
    plain = [hit.key for hit in searcher.search(QUERY)]
    moved = [hit.key for hit in searcher.search(QUERY, expansions=["tapis respiration", "étirements tapis"])]
    assert moved.index(100) < plain.index(100)
    assert set(moved) == set(plain)


def test_the_similarity_stays_the_one_with_the_query(searcher: Searcher[FilePlace]) -> None:
    plain = {hit.key: hit.similarity for hit in searcher.search(QUERY)}
    moved = {hit.key: hit.similarity for hit in searcher.search(QUERY, expansions=["tapis respiration"])}
    assert moved == pytest.approx(plain)


def test_no_expansions_are_the_plain_search(searcher: Searcher[FilePlace]) -> None:
    assert searcher.search(QUERY, expansions=()) == searcher.search(QUERY)


def test_the_same_expansions_give_the_same_hits(searcher: Searcher[FilePlace]) -> None:
    texts = ["tapis respiration", "pain"]
    assert searcher.search(QUERY, expansions=texts) == searcher.search(QUERY, expansions=texts)


def test_expansions_open_no_filter(searcher: Searcher[FilePlace]) -> None:
    where = Where(excluded=np.array([100]))
    hits = searcher.search(QUERY, expansions=["tapis étirements respiration"], where=where)
    assert 100 not in {hit.key for hit in hits}


def test_a_query_moves_towards_the_mean_and_keeps_its_length() -> None:
    query = np.array([1, 0, 0], dtype=np.float32)
    texts = np.array([[0, 1, 0], [0, 0, 1]], dtype=np.float32)
    moved = expanded(query, texts, weight=2.0)
    assert moved == pytest.approx(np.array([1, 1, 1]) / np.sqrt(3))
    assert expanded(query, texts, weight=0.0) == pytest.approx(query)
    assert expanded(query, -query[None], weight=1.0) == pytest.approx(query)
