"""Adding, replacing, deleting and forgetting without a build, against a brute force over Python lists."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from index import (
    Document,
    ForeignModel,
    IndexBusy,
    IndexUnavailable,
    Limits,
    Searcher,
    Where,
    build,
    compact,
    delete,
    forget,
    inspect,
    put,
)
from index.documents import digest
from index.lock import building
from tests.unit.index.fakes import WordEmbedder, creator, standing_for, village
from tests.unit.index.oracle import oracle

QUERY = "compost bread mer"
EMBEDDER = WordEmbedder()
BESIDE = Limits(rewritten=0, tail=50, dead_share=0.9)
"""Everything stands beside the base for a long time."""
LISTS = Limits(rewritten=0, tail=6, dead_share=0.3, lists_from=12, gathered=3, gathered_share=0)
"""Compressed lists, compaction and every route of the planner, at a size that a test can look through."""
ANEW = Limits()


def keys(*numbers: int) -> npt.NDArray[np.int64]:
    return np.array(numbers, dtype=np.int64)


def found(folder: Path, where: Where | None = None) -> list[int]:
    hits = Searcher.open(folder, EMBEDDER).search(QUERY, where=where or Where(), limit=500)
    return [hit.key for hit in hits]


def content(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def texts_of(document: Document) -> set[str]:
    return {document.whole, document.bio, *(passage.text for passage in document.passages)} - {""}


def traces(gone: list[Document], kept: list[Document]) -> list[bytes]:
    """Return the bytes that only forgotten creators leave: vectors and digests of texts nobody else has."""
    left = sorted({text for document in kept for text in texts_of(document)})
    own = sorted({text for document in gone for text in texts_of(document)} - set(left))
    of_others = {
        vector.tobytes() for vector in EMBEDDER.encode(left)
    }  # words in another order: the same vector
    vectors = {vector.tobytes() for vector in EMBEDDER.encode(own)} - of_others
    return [*vectors, *(digest(text) for text in own)]


@pytest.mark.parametrize("limits", [BESIDE, LISTS, ANEW])
def test_whoever_is_put_is_found_and_only_the_new_texts_are_embedded(tmp_path: Path, limits: Limits) -> None:
    build(tmp_path, village(20), EMBEDDER, limits=limits)
    added = [creator(99, "compost bread mer"), creator(3, "a new bio", "a new post")]
    assert put(tmp_path, [*added, village(20)[7]], EMBEDDER, limits=limits) == 4
    place = Searcher.open(tmp_path, EMBEDDER, limits=limits).place
    assert place.creators.tolist() == [*range(1, 21), 99]
    assert found(tmp_path)[0] == 99
    assert [hit.key for hit in Searcher.open(tmp_path, EMBEDDER).evidence("new post", 3)] == [3000, 3]


@pytest.mark.parametrize("limits", [BESIDE, LISTS, ANEW])
def test_whoever_is_deleted_is_gone_from_every_search_at_once(tmp_path: Path, limits: Limits) -> None:
    build(tmp_path, village(20), EMBEDDER, limits=limits)
    base = {path.name: path.stat().st_ino for path in (tmp_path / "snapshots" / "000001").glob("base.*")}
    assert delete(tmp_path, keys(3, 7, 1234), limits=limits) == 2
    assert {3, 7}.isdisjoint(found(tmp_path))
    assert Searcher.open(tmp_path, EMBEDDER).evidence("post", 3) == []
    (place,) = (tmp_path / "snapshots").iterdir()
    assert {path.name: path.stat().st_ino for path in place.glob("base.*")} == base
    assert inspect(tmp_path).parts["dead"] == 2


def test_a_deleted_creator_may_come_back(tmp_path: Path) -> None:
    build(tmp_path, village(20), EMBEDDER, limits=BESIDE)
    before = found(tmp_path)
    delete(tmp_path, keys(3), limits=BESIDE)
    put(tmp_path, [village(20)[2]], EMBEDDER, limits=BESIDE)
    assert found(tmp_path) == before
    assert inspect(tmp_path).parts == {"base": 20, "tail": 1, "dead": 1}


def test_compaction_changes_no_ranking_and_leaves_one_base(tmp_path: Path) -> None:
    build(tmp_path, village(30), EMBEDDER, source="s", limits=LISTS)
    put(tmp_path, [creator(99, "compost bread")], EMBEDDER, limits=LISTS)
    delete(tmp_path, keys(4, 5), limits=LISTS)
    before = Searcher.open(tmp_path, EMBEDDER).search(QUERY)
    compact(tmp_path, limits=LISTS)
    assert Searcher.open(tmp_path, EMBEDDER).search(QUERY) == before
    manifest = inspect(tmp_path)
    assert manifest.parts == {"base": 29, "tail": 0, "dead": 0}
    assert manifest.source == "s"


def test_a_build_writes_few_changes_beside_the_base(tmp_path: Path) -> None:
    build(tmp_path, village(20), EMBEDDER, limits=BESIDE)
    documents = [
        creator(2, "an update"),
        *(each for each in village(20) if each.key != 2),
        creator(50, "new"),
    ]
    build(tmp_path, documents, EMBEDDER, source="later", limits=BESIDE)
    assert inspect(tmp_path).parts == {"base": 20, "tail": 2, "dead": 1}
    assert inspect(tmp_path).source == "later"
    with tempfile.TemporaryDirectory() as other:
        build(Path(other), documents, EMBEDDER)
        assert found(tmp_path) == found(Path(other))


def test_a_build_without_a_creator_leaves_nothing_of_it(tmp_path: Path) -> None:
    build(tmp_path, village(20), EMBEDDER, limits=BESIDE)
    gone, kept = village(20)[4], [each for each in village(20) if each.key != 5]
    build(tmp_path, kept, EMBEDDER, limits=BESIDE)
    everything = content(tmp_path)
    assert not [trace for trace in traces([gone], kept) if trace in everything]


@pytest.mark.parametrize("prepare", ["base", "tail", "deleted", "unfinished"])
def test_whoever_is_forgotten_is_in_no_file(tmp_path: Path, prepare: str) -> None:
    documents = village(20)
    gone, kept = documents[:3], documents[3:]
    build(tmp_path, kept if prepare == "tail" else documents, EMBEDDER, limits=BESIDE)
    if prepare == "tail":
        put(tmp_path, gone, EMBEDDER, limits=BESIDE)
    if prepare == "deleted":
        delete(tmp_path, keys(1, 2, 3), limits=BESIDE)
    if prepare == "unfinished":
        build(tmp_path, kept, EMBEDDER, limits=BESIDE)
        half_done(tmp_path, documents)
    (tmp_path / "vectors" / "left.vectors.new").write_bytes(content(tmp_path / "vectors"))
    stray = tmp_path / "snapshots" / "000099"
    stray.mkdir()
    (stray / "base.whole.npy").write_bytes(content(tmp_path / "vectors"))
    report = forget(tmp_path, keys(1, 2, 3), limits=BESIDE)
    everything = content(tmp_path)
    assert not [trace for trace in traces(gone, kept) if trace in everything]
    assert report.creators == (0 if prepare == "unfinished" else 3)
    assert report.vectors > 0
    assert sorted(found(tmp_path)) == [each.key for each in kept]


def half_done(folder: Path, documents: list[Document]) -> None:
    """Leave what a build leaves that is stopped after it embedded and before it wrote."""

    def stop(done: int, total: int, texts_per_second: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(folder, documents, EMBEDDER, progress=stop)


def test_a_text_that_others_share_stays_when_one_of_them_is_forgotten(tmp_path: Path) -> None:
    documents = [creator(1, "the same words"), creator(2, "the same words"), creator(3, "others")]
    build(tmp_path, documents, EMBEDDER)
    forget(tmp_path, keys(1))
    embedder = WordEmbedder()
    build(tmp_path, documents[1:], embedder)
    assert embedder.encoded == []


def test_forgetting_a_stranger_changes_no_snapshot(tmp_path: Path) -> None:
    build(tmp_path, village(5), EMBEDDER)
    before = (tmp_path / "CURRENT").read_bytes()
    assert forget(tmp_path, keys(77)).creators == 0
    assert (tmp_path / "CURRENT").read_bytes() == before


@pytest.mark.parametrize("harm", ["pointer", "manifest", "vectors"])
def test_where_the_snapshot_cannot_be_read_forgetting_leaves_nothing(tmp_path: Path, harm: str) -> None:
    report = build(tmp_path, village(9), EMBEDDER)
    place = tmp_path / "snapshots" / report.snapshot
    damaged = {"pointer": tmp_path / "CURRENT", "manifest": place / "manifest.json"}
    path = damaged.get(harm, place / "base.whole.npy")
    path.write_bytes(path.read_bytes()[:-1])
    forget(tmp_path, keys(1))
    everything = content(tmp_path)
    assert not [trace for trace in traces(village(9), []) if trace in everything]
    with pytest.raises(IndexUnavailable, match="build it first"):
        Searcher.open(tmp_path, EMBEDDER)
    assert build(tmp_path, village(9), EMBEDDER).creators == 9


def test_forgetting_where_nothing_is_built_is_nothing_to_do(tmp_path: Path) -> None:
    assert forget(tmp_path / "nowhere", keys(1)).creators == 0
    assert not (tmp_path / "nowhere").exists()


CHANGES: list[Callable[[Path], object]] = [
    lambda folder: put(folder, [creator(1, "words")], EMBEDDER),
    lambda folder: delete(folder, keys(1)),
    compact,
    lambda folder: forget(folder, keys(1)),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_during_a_build_is_told_to_wait(tmp_path: Path, change: Callable[[Path], object]) -> None:
    build(tmp_path, village(5), EMBEDDER)
    before = content(tmp_path)
    with building(tmp_path), pytest.raises(IndexBusy, match="another process"):
        change(tmp_path)
    assert content(tmp_path) == before


@pytest.mark.parametrize("change", CHANGES[:3])
def test_a_change_needs_an_index(tmp_path: Path, change: Callable[[Path], object]) -> None:
    with pytest.raises(IndexUnavailable, match="build it first"):
        change(tmp_path)


def test_another_model_adds_nothing(tmp_path: Path) -> None:
    build(tmp_path, village(5), EMBEDDER)
    with pytest.raises(ForeignModel):
        put(tmp_path, [creator(1, "words")], WordEmbedder("words:2"))


WORDS = ["compost", "yoga", "vélo", "sewing", "bread", "mer", "books", "jardin"]
KEYS = st.integers(1, 40)
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
DOCUMENTS = st.builds(
    lambda key, bio, posts, language: Document(
        key=key,
        whole="\n".join(filter(None, (bio, *posts))),
        bio=bio,
        passages=creator(key, bio, *posts).passages,
        language=language,
    ),
    key=KEYS,
    bio=TEXTS,
    posts=st.lists(TEXTS, max_size=3),
    language=st.sampled_from(["fr", "en", None]),
)


class Life(RuleBasedStateMachine):
    """An index through changes, restarts and searches; a dictionary of documents tells what is right."""

    limits = ANEW

    def __init__(self) -> None:
        super().__init__()
        self.home = tempfile.TemporaryDirectory()
        self.folder = Path(self.home.name)
        self.documents: dict[int, Document] = {}
        self.forgotten: dict[int, Document] = {}

    def teardown(self) -> None:
        self.home.cleanup()

    @initialize(documents=st.lists(DOCUMENTS, max_size=30, unique_by=lambda each: each.key))
    def begin(self, documents: list[Document]) -> None:
        self.documents = {each.key: each for each in documents}
        build(self.folder, documents, EMBEDDER, limits=self.limits)

    @rule(documents=st.lists(DOCUMENTS, max_size=5, unique_by=lambda each: each.key))
    def add_or_replace(self, documents: list[Document]) -> None:
        put(self.folder, documents, EMBEDDER, limits=self.limits)
        self.documents |= {each.key: each for each in documents}
        self.forgotten = {}

    @rule(gone=st.sets(KEYS, max_size=4))
    def delete(self, gone: set[int]) -> None:
        assert delete(self.folder, keys(*gone), limits=self.limits) == len(gone & self.documents.keys())
        self.documents = {key: each for key, each in self.documents.items() if key not in gone}

    @rule(gone=st.sets(KEYS, min_size=1, max_size=4))
    def forget(self, gone: set[int]) -> None:
        forget(self.folder, keys(*gone), limits=self.limits)
        self.forgotten = {key: each for key, each in self.documents.items() if key in gone}
        self.documents = {key: each for key, each in self.documents.items() if key not in gone}

    @rule()
    def compact(self) -> None:
        compact(self.folder, limits=self.limits)

    @rule()
    def build(self) -> None:
        embedder = WordEmbedder()
        build(self.folder, list(self.documents.values()), embedder, limits=self.limits)

    @precondition(lambda self: self.documents)
    @rule(
        query=TEXTS,
        allowed=st.none() | st.sets(KEYS),
        excluded=st.sets(KEYS, max_size=5),
        languages=st.frozensets(st.sampled_from(["fr", "en"])),
    )
    def search(
        self, query: str, allowed: set[int] | None, excluded: set[int], languages: frozenset[str]
    ) -> None:
        where = Where(
            allowed=None if allowed is None else keys(*allowed), excluded=keys(*excluded), languages=languages
        )
        kept = [
            each
            for key, each in sorted(self.documents.items())
            if (allowed is None or key in allowed)
            and key not in excluded
            and (not languages or each.language in languages)
        ]
        hits = Searcher.open(self.folder, EMBEDDER).search(query, where=where, limit=100)
        expected = oracle(kept, query) if kept else {}
        assert {hit.key: hit.score for hit in hits} == pytest.approx(expected, abs=1e-4)
        self.search_by_the_first_stage(query, where, kept)

    def search_by_the_first_stage(self, query: str, where: Where, kept: list[Document]) -> None:
        """The nearest by their whole text, found on whatever route the limits lead to."""
        few = Limits(
            compared_texts=0, gathered=self.limits.gathered, gathered_share=self.limits.gathered_share
        )
        place = Searcher.open(self.folder, EMBEDDER, limits=few).place
        vector = EMBEDDER.encode([query])[0]
        for limit in (1, 5, 100):
            nearest = place.candidates(vector, where, limit=limit)
            cosines = {each.key: float(standing_for(each, EMBEDDER) @ vector) for each in kept}
            assert set(nearest.tolist()) <= cosines.keys()
            best = sorted(cosines.values(), reverse=True)[:limit]
            got = sorted((cosines[key] for key in nearest.tolist()), reverse=True)
            assert got == pytest.approx(best, abs=1e-5)

    @invariant()
    def nothing_is_left_of_the_forgotten(self) -> None:
        if self.forgotten:
            kept = list(self.documents.values())
            everything = content(self.folder)
            assert not [trace for trace in traces(list(self.forgotten.values()), kept) if trace in everything]

    @invariant()
    def it_is_sound(self) -> None:
        if (self.folder / "CURRENT").exists():
            assert inspect(self.folder).counts["creators"] == len(self.documents)


class LifeBesideTheBase(Life):
    limits = BESIDE


class LifeWithLists(Life):
    limits = LISTS


BRIEF = settings(
    max_examples=10,
    stateful_step_count=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking a life takes minutes
)
TestLife = Life.TestCase
TestLife.settings = BRIEF
TestLifeBesideTheBase = LifeBesideTheBase.TestCase
TestLifeBesideTheBase.settings = BRIEF
TestLifeWithLists = LifeWithLists.TestCase
TestLifeWithLists.settings = BRIEF
