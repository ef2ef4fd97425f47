"""What a search takes into account beside its query, and what it tells beside the order."""

from pathlib import Path

import numpy as np
import pytest

from index import Embedder, Searcher, build
from index.embedder import UseEmbedder
from index.place import FilePlace
from tests.unit.index.fakes import WordEmbedder, creator

CREATORS = [
    creator(1, "sourdough and jam"),
    creator(2, "bread and books"),
    creator(3, "books and sea"),
    creator(4, "sea and bread", "a loaf", "a wave", "a crumb"),
]


def opened(folder: Path, embedder: Embedder) -> Searcher[FilePlace]:
    build(folder, CREATORS, embedder)
    return Searcher.open(folder, embedder)


def test_those_who_were_taken_or_turned_down_move_the_order_and_no_similarity(tmp_path: Path) -> None:
    searcher = opened(tmp_path, WordEmbedder())
    plain = searcher.search("bread")
    liked = searcher.search("bread", liked=np.array([3]))
    disliked = searcher.search("bread", disliked=np.array([3, 4]))
    rank = [[hit.key for hit in hits].index(3) for hits in (plain, liked, disliked)]
    assert rank[1] <= rank[0] <= rank[2]
    assert [hit.score for hit in liked] != [hit.score for hit in plain]
    cosines = {hit.key: hit.similarity for hit in plain}
    assert {hit.key: hit.similarity for hit in liked} == pytest.approx(cosines)


def test_somebody_whom_the_index_does_not_know_teaches_nothing(tmp_path: Path) -> None:
    searcher = opened(tmp_path, WordEmbedder())
    assert searcher.search("bread", liked=np.array([99])) == searcher.search("bread")


def test_a_model_that_was_not_measured_tells_neither_probability_nor_niches(tmp_path: Path) -> None:
    searcher = opened(tmp_path, WordEmbedder())
    assert {hit.probability for hit in searcher.search("bread")} == {None}
    assert searcher.niches([1, 2]) == {}


def test_the_default_model_tells_both(tmp_path: Path) -> None:
    searcher = opened(tmp_path, UseEmbedder())
    hits = searcher.search("We bake with wild yeast and look for people who love real bread.")
    probabilities = [hit.probability for hit in hits]
    assert all(each is not None and 0 < each < 1 for each in probabilities)
    niches = searcher.niches([1, 99, 1])
    assert list(niches) == [1]
    niche, share = niches[1][0]
    assert "bread" in niche.id or "bak" in niche.id
    assert 0.05 <= share <= 1


def test_many_posts_stand_for_a_creator_by_their_mean(tmp_path: Path) -> None:
    embedder = WordEmbedder()
    opened(tmp_path, embedder)
    assert CREATORS[3].whole not in embedder.encoded
    assert CREATORS[0].whole in embedder.encoded
