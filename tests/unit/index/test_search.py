import json
import tempfile
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import (
    LIMITS,
    CorruptSnapshot,
    FilePlace,
    ForeignModel,
    IndexUnavailable,
    OlderFormat,
    Searcher,
    Where,
    build,
    open_or_rebuild,
)
from index.files import checksum
from tests.unit.index.fakes import WordEmbedder, creator, village
from tests.unit.index.oracle import oracle

QUERY = "compost bread mer"
SIZE = 60


@cache
def searcher(pool: int = 1000) -> Searcher[FilePlace]:
    """An index of the village that compares all candidates, or only a pool of the nearest."""
    limits = replace(LIMITS, compared_texts=pool * 3, pool=pool, pool_per_hit=1)
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), village(SIZE), WordEmbedder())
        return Searcher.open(Path(folder), WordEmbedder(), limits=limits)


def keys(*numbers: int) -> npt.NDArray[np.int64]:
    return np.array(numbers, dtype=np.int64)


def only(*numbers: int) -> Where:
    return Where(allowed=keys(*numbers))


@settings(max_examples=60, deadline=None)
@given(
    allowed=st.sets(st.integers(1, SIZE), min_size=1),
    query=st.sampled_from([QUERY, "yoga", "vélo jardin books", "something else altogether"]),
)
def test_the_ranking_is_that_of_a_brute_force_over_the_allowed_alone(allowed: set[int], query: str) -> None:
    hits = searcher().search(query, where=only(*allowed), limit=SIZE)
    expected = oracle([document for document in village(SIZE) if document.key in allowed], query)
    assert {hit.key: hit.score for hit in hits} == pytest.approx(expected, abs=1e-4)
    assert hits == sorted(hits, key=lambda hit: (-round(hit.score, 6), hit.key))


@settings(max_examples=60, deadline=None)
@given(
    allowed=st.lists(st.integers(-5, SIZE + 40)),
    limit=st.integers(0, 70),
    pool=st.sampled_from([6, 20, 1000]),
)
def test_no_hit_is_outside_the_mask_however_the_candidates_are_found(
    allowed: list[int], limit: int, pool: int
) -> None:
    hits = searcher(pool).search(QUERY, where=only(*allowed), limit=limit)
    found = [hit.key for hit in hits]
    permitted = set(allowed) & set(range(1, SIZE + 1))
    assert set(found) <= permitted
    assert len(found) == len(set(found))
    assert len(found) == min(limit, len(permitted)) or len(permitted) > pool
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_many_candidates_are_narrowed_to_the_nearest_of_the_allowed() -> None:
    allowed = keys(*range(1, SIZE + 1, 2))
    narrowed = searcher(10).search(QUERY, where=Where(allowed=allowed), limit=5)
    nearest = max(
        searcher().search(QUERY, where=Where(allowed=allowed), limit=SIZE), key=lambda hit: hit.similarity
    )
    assert nearest.key in {hit.key for hit in narrowed}


def test_the_filter_acts_inside_the_search_not_on_its_first_results() -> None:
    ranked = [hit.key for hit in searcher().search(QUERY, limit=SIZE)]
    farthest = ranked[-7:]
    assert {hit.key for hit in searcher(6).search(QUERY, where=only(*farthest), limit=7)} == set(farthest)


def test_an_empty_mask_finds_nobody_and_no_mask_everybody() -> None:
    assert searcher().search(QUERY, where=only()) == []
    assert len(searcher().search(QUERY, limit=1000)) == SIZE


def test_a_blank_query_finds_nobody() -> None:
    assert searcher().search(" \n ") == []


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_handful_of_creators_is_ranked_by_fit(tmp_path: Path, size: int) -> None:
    documents = [creator(2, "compost bread mer"), creator(1, "yoga"), creator(3, "books")][:size]
    build(tmp_path, documents, WordEmbedder(dimensions=64))
    hits = Searcher.open(tmp_path, WordEmbedder(dimensions=64)).search(QUERY)
    assert hits[0].key == 2
    assert hits[0].similarity == pytest.approx(1, abs=1e-6)
    assert len(hits) == size
    assert all(np.isfinite(hit.score) for hit in hits)


def test_creators_who_say_the_same_are_ordered_by_key(tmp_path: Path) -> None:
    build(tmp_path, [creator(key, "the same words") for key in (9, 4, 7, 1, 30, 12)], WordEmbedder())
    hits = Searcher.open(tmp_path, WordEmbedder()).search("other words")
    assert [hit.key for hit in hits] == [1, 4, 7, 9, 12, 30]


def test_twins_among_others_are_ordered_by_key(tmp_path: Path) -> None:
    twins = [creator(key, "compost bread", "mer") for key in (50, 20, 40)]
    build(tmp_path, [*village(11), *twins], WordEmbedder())
    found = [hit.key for hit in Searcher.open(tmp_path, WordEmbedder()).search(QUERY)]
    assert [key for key in found if key in {20, 40, 50}] == [20, 40, 50]


def test_the_same_search_gives_the_same_hits() -> None:
    assert searcher().search(QUERY) == searcher().search(QUERY)


# Evidence


def test_evidence_is_the_creators_own_passages_best_first(tmp_path: Path) -> None:
    build(
        tmp_path, [creator(1, "bio", "yoga", "compost", "bread"), creator(2, "", "compost")], WordEmbedder()
    )
    found = Searcher.open(tmp_path, WordEmbedder()).evidence("compost", 1, limit=2)
    assert found[0].key == 1001
    assert found[0].score == pytest.approx(1, abs=1e-6)
    assert len(found) == 2


def test_evidence_for_many_is_evidence_one_by_one() -> None:
    values, creators = ["yoga", "bread mer"], [3, 7, 11, 4]
    many = searcher().evidence_for(values, creators, limit=2)
    assert list(many) == creators
    assert many == {one: [searcher().evidence(value, one, limit=2) for value in values] for one in creators}


def test_whoever_has_no_texts_has_no_evidence() -> None:
    assert searcher().evidence("yoga", 10_000) == []
    assert searcher().evidence("yoga", 2**63 - 1) == []


# What must not be searched


def built(folder: Path) -> Path:
    report = build(folder, village(), WordEmbedder())
    return folder / "snapshots" / report.snapshot


FILES = (
    "base.whole.npy",
    "base.bio.npy",
    "base.passages.npy",
    "base.npz",
    "tail.npz",
    "dead.npy",
    "manifest.json",
)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["flip", "cut", "remove", "empty"])
def test_a_damaged_file_is_noticed_and_a_rebuild_ranks_the_same_and_embeds_nothing(
    tmp_path: Path, name: str, damage: str
) -> None:
    place = built(tmp_path)
    before = Searcher.open(tmp_path, WordEmbedder()).search(QUERY)
    harm(place / name, damage)
    with pytest.raises(CorruptSnapshot, match=name):
        Searcher.open(tmp_path, WordEmbedder())
    embedder = WordEmbedder()
    mended = open_or_rebuild(tmp_path, embedder, village())
    assert embedder.encoded == []
    assert mended.search(QUERY) == before


def harm(path: Path, damage: str) -> None:
    content = bytearray(path.read_bytes())
    if damage == "flip":
        content[len(content) // 2] ^= 1
    if damage == "remove":
        path.unlink()
    else:
        path.write_bytes(bytes({"flip": content, "cut": content[:-1], "empty": b""}[damage]))


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"\xff\x00", b'{"snapshot": "../..", "manifest": "x"}', b"[1]"]
)
def test_a_damaged_pointer_is_noticed(tmp_path: Path, content: bytes) -> None:
    built(tmp_path)
    (tmp_path / "CURRENT").write_bytes(content)
    with pytest.raises(CorruptSnapshot, match="CURRENT"):
        Searcher.open(tmp_path, WordEmbedder())
    assert open_or_rebuild(tmp_path, WordEmbedder(), village()).search(QUERY)


def test_another_model_is_refused_and_never_mixed(tmp_path: Path) -> None:
    built(tmp_path)
    other = WordEmbedder("words:2", dimensions=5)
    with pytest.raises(ForeignModel, match=r"words:1.*words:2"):
        Searcher.open(tmp_path, other)
    mended = open_or_rebuild(tmp_path, other, village())
    assert mended.place.manifest.identity == "words:2"
    assert mended.place.manifest.dimensions == 5


@pytest.mark.parametrize("change", [{"format": 0}, {"code": 0}, {"format": 99}, {"unheard_of": 1}])
def test_another_format_is_refused_and_rebuilt(tmp_path: Path, change: dict[str, int]) -> None:
    place = built(tmp_path)
    manifest = asdict(Searcher.open(tmp_path, WordEmbedder()).place.manifest) | change
    (place / "manifest.json").write_text(json.dumps(manifest))
    pointer = {"snapshot": place.name, "manifest": checksum(place / "manifest.json")}
    (tmp_path / "CURRENT").write_text(json.dumps(pointer))
    with pytest.raises(OlderFormat, match="build it again"):
        Searcher.open(tmp_path, WordEmbedder())
    embedder = WordEmbedder()
    assert open_or_rebuild(tmp_path, embedder, village()).search(QUERY)
    assert embedder.encoded == [QUERY]


def test_where_nothing_is_built_the_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="build it first"):
        Searcher.open(tmp_path / "nowhere", WordEmbedder())
    assert len(open_or_rebuild(tmp_path, WordEmbedder(), village(3)).search(QUERY)) == 3


def test_a_searcher_outlives_the_snapshot_that_a_build_replaces(tmp_path: Path) -> None:
    build(tmp_path, village(5), WordEmbedder())
    held = Searcher.open(tmp_path, WordEmbedder())
    before = held.search(QUERY)
    build(tmp_path, village(9), WordEmbedder())
    assert held.search(QUERY) == before


def test_a_bio_is_evidence_under_its_creators_key(tmp_path: Path) -> None:
    build(tmp_path, [creator(7, "wool and needles", "a pie"), creator(8, "", "wool")], WordEmbedder())
    searcher = Searcher.open(tmp_path, WordEmbedder())
    assert [hit.key for hit in searcher.evidence("wool needles", 7, limit=1)] == [7]
    assert 8 not in [hit.key for hit in searcher.evidence("wool", 8, limit=5)]
