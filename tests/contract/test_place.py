"""What holds for an index wherever it is kept: in files searched with FAISS, and in Milvus."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import (
    Document,
    ForeignModel,
    IndexUnavailable,
    Limits,
    Passage,
    Searcher,
    Where,
)
from index.documents import MANY
from index.library import FileLibrary, Library
from index.milvus import MilvusLibrary, Server
from index.where import Place
from tests.unit.index.fakes import WordEmbedder, creator, village

Open = Callable[..., Library]
HOSTILE = ('" or key >= 0 or language == "', "' || 1 == 1 --", "fr\\", "日本語", "{keys}", "%", "")


@pytest.fixture(params=["files", "milvus"])
def open_library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Open the same index again and again, as one process after the other does."""
    opened: list[MilvusLibrary] = []

    def in_files(*, limits: Limits | None = None) -> Library:
        return FileLibrary(tmp_path / "vectors", limits=limits or Limits())

    def in_milvus(*, limits: Limits | None = None) -> Library:
        while opened:
            opened.pop().close()
        opened.append(MilvusLibrary(Server(str(tmp_path / "lite.db")), tmp_path / "vectors", limits=limits))
        return opened[-1]

    yield in_files if request.param == "files" else in_milvus
    for library in opened:
        library.close()


@pytest.fixture
def library(open_library: Open) -> Library:
    return open_library()


def quiet(done: int, total: int, texts_per_second: float) -> None:
    pass


def build(
    library: Library, documents: list[Document], embedder: WordEmbedder | None = None, source: str = "s1"
) -> Searcher[Place]:
    embedder = embedder or WordEmbedder()
    library.build(documents, embedder, source=source, progress=quiet)
    return library.open(embedder)


def keys(searcher: Searcher[Place], query: str, where: Where | None = None, limit: int = 50) -> list[int]:
    return [hit.key for hit in searcher.search(query, where=where or Where(), limit=limit)]


def known(key: int, **columns: Any) -> Document:
    values: dict[str, Any] = {
        "platform": "instagram",
        "language": "fr",
        "country": "FR",
        "followers": 1000,
    } | columns
    posts = () if key == LAST else (Passage(key=key + 1000, text=f"yoga post {key}"),)
    return Document(key=key, whole=f"compost yoga number{key}", bio="compost", passages=posts, **values)


LAST = 2**63 - 1
MIXED = [
    known(1),
    known(2, platform="tiktok", followers=0),
    known(3, language="en", country="US", followers=9_999),
    known(4, language=None, followers=10_000),
    known(5, country=None, followers=None),
    known(6, platform="", language="en", followers=-1),
    known(LAST, language="en", country="GB", followers=LAST),
]


def test_without_a_build_there_is_nothing_to_search(library: Library) -> None:
    assert library.stamp() == ""
    with pytest.raises(IndexUnavailable, match="build it first"):
        library.open(WordEmbedder())
    with pytest.raises(IndexUnavailable, match="build it first"):
        library.inspect()


def test_the_creator_with_the_words_comes_first_and_every_creator_is_ranked(library: Library) -> None:
    searcher = build(library, [creator(key, word) for key, word in enumerate(["sea", "bread", "books"], 1)])
    assert keys(searcher, "bread")[0] == 2
    assert sorted(keys(searcher, "bread")) == [1, 2, 3]
    assert keys(searcher, "bread", limit=1) == [2]
    assert keys(searcher, "  ") == []


def test_the_index_says_what_it_holds(library: Library) -> None:
    build(library, village(), source="the second of May")
    held = library.inspect()
    assert (held.identity, held.source) == ("words:1", "the second of May")
    assert (held.creators, held.passages) == (12, sum(len(each.passages) for each in village()))


def test_an_empty_index_finds_nobody(library: Library) -> None:
    searcher = build(library, [])
    assert keys(searcher, "bread") == []
    assert library.inspect().creators == 0


@pytest.mark.parametrize(
    ("where", "kept"),
    [
        (Where(), [1, 2, 3, 4, 5, 6, LAST]),
        (Where(languages=frozenset({"fr"})), [1, 2, 5]),
        (Where(languages=frozenset({"fr", "en"})), [1, 2, 3, 5, 6, LAST]),
        (Where(languages=frozenset({"de"})), []),
        (Where(countries=frozenset({"FR"})), [1, 2, 4, 6]),
        (Where(platforms=frozenset({"tiktok"})), [2]),
        (Where(followers_min=1000), [1, 3, 4, LAST]),
        (Where(followers_max=9_999), [1, 2, 3, 6]),
        (Where(followers_min=0, followers_max=1000), [1, 2]),
        (Where(followers_min=2, followers_max=1), []),
        (Where(languages=frozenset({"en"}), countries=frozenset({"US"}), followers_min=1), [3]),
        (Where(excluded=np.array([3, 1, 3, 77])), [2, 4, 5, 6, LAST]),
        (Where(excluded=np.array([LAST, 1])), [2, 3, 4, 5, 6]),
        (Where(allowed=np.array([5, 1, 88])), [1, 5]),
        (Where(allowed=np.array([], dtype=np.int64)), []),
        (Where(allowed=np.array([5, 1]), excluded=np.array([5])), [1]),
        (Where(allowed=np.array([1, 3]), languages=frozenset({"fr"})), [1]),
    ],
)
def test_hard_rules_hold_inside_the_search(library: Library, where: Where, kept: list[int]) -> None:
    searcher = build(library, MIXED)
    assert sorted(keys(searcher, "compost yoga", where)) == kept
    everyone = np.array([each.key for each in MIXED])
    assert everyone[searcher.place.keeps(everyone, where)].tolist() == kept


@pytest.mark.parametrize("word", HOSTILE)
def test_a_word_in_a_rule_is_never_more_than_a_word(library: Library, word: str) -> None:
    searcher = build(library, [known(1), known(2, language=word), known(3, country=word, platform=word)])
    assert keys(searcher, "compost", Where(languages=frozenset({word}))) == [2]
    assert keys(searcher, "compost", Where(countries=frozenset({word}), platforms=frozenset({word}))) == [3]
    assert keys(searcher, "compost", Where(languages=frozenset({f"{word}x"}))) == []


def test_the_mean_of_many_posts_stands_for_a_creator_who_published_a_lot(library: Library) -> None:
    posts = [f"bread {number}" for number in range(MANY)]
    searcher = build(library, [creator(1, "sea", *posts), creator(2, "sea", "books")])
    embedder = WordEmbedder()
    mean = embedder.encode(["sea", *posts]).sum(axis=0)
    mean /= np.linalg.norm(mean)
    expected = [1.0, float(embedder.encode(["sea\nbooks"])[0] @ mean)]
    whole = searcher.place.views(np.array([1, 2]))["whole"]
    assert whole.cosines(mean).tolist() == pytest.approx(expected, abs=1e-5)


def test_an_unknown_creator_is_never_kept(library: Library) -> None:
    searcher = build(library, MIXED)
    assert searcher.place.keeps(np.array([3, 77]), Where()).tolist() == [True, False]


def test_what_did_not_change_is_not_embedded_again(library: Library) -> None:
    first, second = WordEmbedder(), WordEmbedder()
    build(library, village(), first)
    report = library.build(village(), second, source="s2", progress=quiet)
    assert first.encoded
    assert second.encoded == []
    assert (report.embedded, report.reused) == (0, len(first.encoded))
    assert library.inspect().source == "s2"


@pytest.mark.parametrize("size", [12, 40])  # one of few is written anew, one of many in place
def test_a_changed_creator_is_found_by_the_new_words_only(library: Library, size: int) -> None:
    documents = village(size)
    build(library, documents)
    documents[3] = creator(4, "astronomy telescope", "galaxies tonight")
    embedder = WordEmbedder()
    searcher = build(library, documents, embedder, "s2")
    assert sorted(embedder.encoded) == sorted(
        ["astronomy telescope\ngalaxies tonight", "astronomy telescope", "galaxies tonight"]
    )
    hits = searcher.search("astronomy telescope\ngalaxies tonight")
    assert {hit.key: hit.similarity for hit in hits}[4] == pytest.approx(1, abs=1e-5)
    assert [hit.key for hit in searcher.evidence("galaxies tonight", 4)] == [4000, 4]
    assert library.inspect().passages == sum(len(each.passages) for each in documents)


@pytest.mark.parametrize("size", [12, 40])
def test_a_changed_column_counts_from_the_next_build(library: Library, size: int) -> None:
    documents = [replace(each, language="fr") for each in village(size)]
    build(library, documents)
    documents[6] = replace(documents[6], language="en", followers=5)
    searcher = build(library, documents, source="s2")
    assert keys(searcher, "compost", Where(languages=frozenset({"en"}))) == [7]
    assert keys(searcher, "compost", Where(followers_max=5)) == [7]


@pytest.mark.parametrize("size", [12, 40])
def test_a_creator_who_is_gone_is_found_no_more(library: Library, size: int) -> None:
    documents = village(size)
    build(library, documents)
    del documents[2]
    searcher = build(library, documents, source="s2")
    assert 3 not in keys(searcher, "compost")
    assert len(keys(searcher, "compost")) == size - 1
    assert searcher.evidence("compost", 3) == []


def test_a_forgotten_creator_is_gone_at_once_for_whoever_opens_the_index(
    open_library: Open, tmp_path: Path
) -> None:
    library = open_library()
    build(library, village(40))
    vector = WordEmbedder().encode([village(40)[6].bio])[0].tobytes()
    assert _on_disk(tmp_path / "vectors", vector)
    report = library.forget(np.array([7, 8, 99_999]))
    searcher = library.open(WordEmbedder())
    assert report.creators == 2
    assert report.vectors > 0
    assert {7, 8}.isdisjoint(keys(searcher, "compost yoga"))
    assert len(keys(searcher, "compost yoga")) == 38
    assert searcher.evidence("compost", 7) == []
    assert library.inspect().creators == 38
    assert not _on_disk(tmp_path / "vectors", vector)
    assert library.forget(np.array([7, 8])).creators == 0


def test_who_is_left_after_forgetting_ranks_as_in_an_index_without_the_others(library: Library) -> None:
    build(library, village(40))
    library.forget(np.array([7, 8]))
    after = library.open(WordEmbedder()).search("compost yoga")
    rest = [each for each in village(40) if each.key not in {7, 8}]
    again = build(library, rest, source="s2").search("compost yoga")
    assert [hit.key for hit in after] == [hit.key for hit in again]
    assert [hit.score for hit in after] == pytest.approx([hit.score for hit in again], abs=1e-6)


def test_an_index_that_is_opened_again_ranks_the_same(open_library: Open) -> None:
    before = build(open_library(), village()).search("compost yoga")
    after = open_library().open(WordEmbedder()).search("compost yoga")
    assert [(hit.key, hit.score) for hit in before] == [(hit.key, hit.score) for hit in after]


def test_the_mark_changes_when_an_opened_index_is_out_of_date(library: Library) -> None:
    build(library, village())
    before = library.stamp()
    assert before == library.stamp() != ""
    build(library, village(6), source="s2")
    assert library.stamp() != before


def test_vectors_of_two_models_are_never_compared(library: Library) -> None:
    build(library, village())
    other = WordEmbedder("words:2", dimensions=12)
    with pytest.raises(ForeignModel, match="words:1"):
        library.open(other)
    searcher = build(library, village(), other, "s2")
    assert library.inspect().identity == "words:2"
    assert len(keys(searcher, "compost")) == 12
    with pytest.raises(ForeignModel):
        library.open(WordEmbedder())


def test_a_build_that_is_interrupted_leaves_the_index_in_use_alone(library: Library) -> None:
    before = keys(build(library, village()), "compost")
    stamp = library.stamp()
    changed = [creator(each.key, f"sea {each.bio}") for each in village()]
    with pytest.raises(KeyboardInterrupt):
        library.build(changed, WordEmbedder(), source="s2", progress=_interrupt)
    assert library.stamp() == stamp
    assert library.inspect().source == "s1"
    assert keys(library.open(WordEmbedder()), "compost") == before
    embedder = WordEmbedder()
    build(library, changed, embedder, "s2")
    assert embedder.encoded == []  # the batch before the interruption was kept
    assert library.inspect().source == "s2"


def test_reasons_are_the_passages_and_the_bio_nearest_first(library: Library) -> None:
    searcher = build(library, [creator(1, "sea bread", "bread", "books and bread", "sea"), creator(2, "sea")])
    embedder = WordEmbedder()
    (bread, sea) = searcher.evidence_for(["bread", "sea"], [1, 2], limit=3)[1]
    texts = {1000: "bread", 1001: "books and bread", 1002: "sea", 1: "sea bread"}
    for query, hits in (("bread", bread), ("sea", sea)):
        cosines = {key: float(np.dot(*embedder.encode([query, text]))) for key, text in texts.items()}
        best = sorted(cosines, key=lambda key: -cosines[key])[:3]
        assert [hit.key for hit in hits] == best
        assert [hit.score for hit in hits] == pytest.approx([cosines[key] for key in best], abs=1e-6)


def test_a_creator_without_words_is_never_found_and_blank_texts_are_none(library: Library) -> None:
    silent = Document(key=5, whole=" ", passages=(Passage(key=5000, text="\n"),))
    searcher = build(library, [creator(1, "sea"), silent, creator(2, "", "bread")])
    assert sorted(keys(searcher, "bread")) == [1, 2]
    assert [hit.key for hit in searcher.evidence("bread", 2)] == [2000]
    assert library.inspect().creators == 2


def test_many_candidates_are_narrowed_to_the_nearest_whole_texts(open_library: Open) -> None:
    limits = Limits(compared_texts=10, pool=5, pool_per_hit=1)
    library = open_library(limits=limits)
    documents = village(40)
    searcher = build(library, documents)
    query = WordEmbedder().encode(["compost yoga"])[0]
    everybody = np.array([each.key for each in documents])
    cosines = searcher.place.views(everybody)["whole"].cosines(query)
    nearest = [int(key) for key in everybody[np.lexsort((everybody, -cosines))]]
    assert searcher.place.candidates(query, Where(), limit=5).tolist() == sorted(nearest[:5])
    assert sorted(keys(searcher, "compost yoga", limit=5)) == sorted(nearest[:5])
    out = Where(excluded=np.array(nearest[:3]))
    assert searcher.place.candidates(query, out, limit=5).tolist() == sorted(nearest[3:8])


@pytest.mark.parametrize(
    "limits", [Limits(), Limits(compared_texts=60, pool=25, pool_per_hit=1)], ids=["all", "near"]
)
def test_files_and_milvus_rank_alike_under_two_hundred_random_filters(tmp_path: Path, limits: Limits) -> None:
    chance = np.random.default_rng(7)
    documents = [_random_document(key, chance) for key in range(1, 241)]
    files = FileLibrary(tmp_path / "files", limits=limits)
    milvus = MilvusLibrary(Server(str(tmp_path / "lite.db")), tmp_path / "files", limits=limits)
    here = build(files, documents, WordEmbedder(dimensions=24))
    there = build(milvus, documents, WordEmbedder(dimensions=24))
    found = 0
    for _ in range(200):
        query, where = " ".join(chance.choice(WORDS, 3)), _random_filter(chance)
        ours, theirs = (searcher.search(query, where=where, limit=25) for searcher in (here, there))
        assert [hit.key for hit in ours] == [hit.key for hit in theirs], (query, where)
        assert [hit.score for hit in ours] == pytest.approx([hit.score for hit in theirs], abs=1e-4)
        assert [hit.similarity for hit in ours] == pytest.approx([hit.similarity for hit in theirs], abs=1e-4)
        found += len(ours)
    milvus.close()
    assert found > 1000


WORDS = ["compost", "yoga", "vélo", "sewing", "bread", "mer", "books", "jardin", "film", "bois"]


def _random_document(key: int, chance: np.random.Generator) -> Document:
    texts = [" ".join(chance.choice(WORDS, 4)) + f" {key}.{place}" for place in range(chance.integers(1, 6))]
    made = creator(key, *texts) if chance.random() < 0.8 else creator(key, "", *texts)
    return replace(
        made,
        platform=str(chance.choice(["instagram", "tiktok", ""])),
        language=[None, "fr", "en", "de"][chance.integers(4)],
        country=[None, "FR", "US"][chance.integers(3)],
        followers=None if chance.random() < 0.1 else int(chance.integers(0, 50_000)),
    )


def _random_filter(chance: np.random.Generator) -> Where:
    def some(*words: str) -> frozenset[str]:
        return (
            frozenset(word for word in words if chance.random() < 0.5)
            if chance.random() < 0.5
            else frozenset()
        )

    return Where(
        languages=some("fr", "en", "de"),
        countries=some("FR", "US"),
        platforms=some("instagram", "tiktok"),
        followers_min=int(chance.integers(0, 20_000)) if chance.random() < 0.4 else None,
        followers_max=int(chance.integers(10_000, 60_000)) if chance.random() < 0.4 else None,
        allowed=chance.integers(1, 241, 120) if chance.random() < 0.3 else None,
        excluded=chance.integers(1, 300, chance.integers(0, 60)),
    )


def _interrupt(done: int, total: int, texts_per_second: float) -> None:
    raise KeyboardInterrupt


def _on_disk(folder: Path, content: bytes) -> bool:
    return any(content in path.read_bytes() for path in folder.rglob("*") if path.is_file())
