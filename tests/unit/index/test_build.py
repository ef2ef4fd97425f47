import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index import (
    BuildReport,
    CorruptSnapshot,
    DiskFull,
    Document,
    IndexBusy,
    IndexUnavailable,
    Passage,
    Searcher,
    build,
    inspect,
)
from index.documents import digest
from index.lock import building
from tests.unit.index.fakes import WordEmbedder, creator, embedded, village
from tests.unit.index.limits import no_file_larger_than

ROOT = Path(__file__).parents[3]


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def texts(documents: list[Document]) -> set[str]:
    return {text for document in documents for text in embedded(document)}


def test_every_distinct_text_is_embedded_once(tmp_path: Path) -> None:
    embedder = WordEmbedder()
    report = build(tmp_path, village(), embedder)
    assert sorted(embedder.encoded) == sorted(texts(village()))
    assert report.embedded == len(embedder.encoded)
    assert (report.creators, report.passages, report.reused, report.removed) == (12, 18, 0, 0)


def test_a_second_build_embeds_nothing(tmp_path: Path) -> None:
    first = build(tmp_path, village(), WordEmbedder())
    again = WordEmbedder()
    report = build(tmp_path, village(), again)
    assert again.encoded == []
    assert (report.embedded, report.reused) == (0, first.embedded)


def test_a_changed_post_embeds_the_post_and_the_whole_and_drops_the_old_ones(tmp_path: Path) -> None:
    build(tmp_path, [creator(1, "bio", "old post"), creator(2, "other")], WordEmbedder())
    embedder = WordEmbedder()
    report = build(tmp_path, [creator(1, "bio", "new post"), creator(2, "other")], embedder)
    assert embedder.encoded == ["bio\nnew post", "new post"]
    assert (report.embedded, report.reused, report.removed) == (2, 2, 2)


def test_an_erased_creator_leaves_every_file(tmp_path: Path) -> None:
    documents = village()
    build(tmp_path, documents, WordEmbedder())
    gone, kept = documents[2], [document for document in documents if document.key != 3]
    embedder = WordEmbedder()
    traces = [vector.tobytes() for vector in embedder.encode(sorted(texts([gone])))]
    build(tmp_path, kept, embedder)
    everything = b"".join((tmp_path / name).read_bytes() for name in files(tmp_path))
    assert not [trace for trace in traces if trace in everything]
    assert not [text for text in texts([gone]) if digest(text) in everything]
    assert 3 not in Searcher.open(tmp_path, embedder).place.creators


def test_interrupted_at_any_batch_the_next_build_goes_on_from_there(tmp_path: Path) -> None:
    total = len(texts(village()))

    def stop(done: int, total: int, texts_per_second: float) -> None:
        raise KeyboardInterrupt

    for run in range(1, 4):
        embedder = WordEmbedder()
        with pytest.raises(KeyboardInterrupt):
            build(tmp_path, village(), embedder, progress=stop, batch=5)
        assert len(embedder.encoded) == 5, run
        with pytest.raises(IndexUnavailable, match="build it first"):
            Searcher.open(tmp_path, embedder)
    report = build(tmp_path, village(), WordEmbedder())
    assert (report.embedded, report.reused) == (total - 15, 15)


def test_killed_in_the_middle_the_next_build_goes_on_from_there(tmp_path: Path) -> None:
    program = """
import os, signal, sys
from pathlib import Path
from index import build
from tests.unit.index.fakes import WordEmbedder, village, embedded
def kill(done, total, texts_per_second):
    if done >= 14:
        os.kill(os.getpid(), signal.SIGKILL)
build(Path(sys.argv[1]), village(), WordEmbedder(), progress=kill, batch=7)
"""
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    report = build(tmp_path, village(), WordEmbedder())
    assert report.reused == 14
    assert len(Searcher.open(tmp_path, WordEmbedder()).place.creators) == 12


def test_progress_tells_how_much_there_is_and_how_fast_it_goes(tmp_path: Path) -> None:
    heard: list[tuple[int, int, float]] = []
    build(tmp_path, village(), WordEmbedder(), progress=lambda *news: heard.append(news), batch=10)
    total = len(texts(village()))
    assert [done for done, _, _ in heard] == [*range(10, total, 10), total]
    assert {of for _, of, _ in heard} == {total}
    assert all(pace > 0 for _, _, pace in heard)


def test_only_the_snapshot_in_use_stays(tmp_path: Path) -> None:
    for size in (3, 4, 5):
        report = build(tmp_path, village(size), WordEmbedder(), source=f"store {size}")
    assert [path.name for path in (tmp_path / "snapshots").iterdir()] == [report.snapshot]
    manifest = Searcher.open(tmp_path, WordEmbedder()).place.manifest
    assert manifest.source == "store 5"
    assert manifest.identity == "words:1"
    assert manifest.counts["creators"] == 5
    stored = json.loads((tmp_path / "snapshots" / report.snapshot / "manifest.json").read_text())
    assert set(stored["files"]) == {
        "base.bio.npy", "base.npz", "base.passages.npy", "base.whole.npy", "dead.npy",
        "tail.bio.npy", "tail.npz", "tail.passages.npy", "tail.whole.npy",
    }  # fmt: skip


def test_a_second_builder_is_told_to_wait_and_changes_nothing(tmp_path: Path) -> None:
    build(tmp_path, village(3), WordEmbedder())
    before = files(tmp_path)
    with building(tmp_path), pytest.raises(IndexBusy, match="being built by another process"):
        build(tmp_path, village(5), WordEmbedder())
    assert files(tmp_path) == before
    assert build(tmp_path, village(5), WordEmbedder()).creators == 5


@pytest.mark.parametrize("room", [4096 + 8 * 72 + 10, 60, 250, 700])
def test_a_full_disk_leaves_the_index_in_use(tmp_path: Path, room: int) -> None:
    build(tmp_path, village(3), WordEmbedder())
    before = Searcher.open(tmp_path, WordEmbedder()).search("yoga bread")
    pointer = (tmp_path / "CURRENT").read_bytes()
    with no_file_larger_than(room), pytest.raises(DiskFull, match="stays in use"):
        build(tmp_path, village(40), WordEmbedder())
    assert (tmp_path / "CURRENT").read_bytes() == pointer
    assert len(list((tmp_path / "snapshots").iterdir())) == 1
    assert Searcher.open(tmp_path, WordEmbedder()).search("yoga bread") == before
    assert build(tmp_path, village(40), WordEmbedder()).creators == 40


@pytest.mark.parametrize("room", [300, 900, 2000])
def test_a_disk_that_fills_while_the_snapshot_is_written_leaves_no_half_of_it(
    tmp_path: Path, room: int
) -> None:
    build(tmp_path, village(40)[:39], WordEmbedder())

    def progress(done: int, total: int, texts_per_second: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, village(40), WordEmbedder(), progress=progress)  # embeds all there is to embed
    with no_file_larger_than(room), pytest.raises(DiskFull):
        build(tmp_path, village(40), WordEmbedder())
    assert len(list((tmp_path / "snapshots").iterdir())) == 1
    assert len(Searcher.open(tmp_path, WordEmbedder()).place.creators) == 39


@pytest.mark.parametrize(
    "documents",
    [
        [creator(1, "a"), creator(1, "b")],
        [creator(-1, "a")],
        [creator(2**63, "a")],
        [
            Document(key=1, whole="a", passages=(Passage(key=7, text="a"),)),
            Document(key=2, whole="b", passages=(Passage(key=7, text="b"),)),
        ],
    ],
)
def test_keys_that_cannot_be_told_apart_are_refused(tmp_path: Path, documents: list[Document]) -> None:
    with pytest.raises(ValueError, match="key"):
        build(tmp_path, documents, WordEmbedder())


def test_the_largest_key_is_kept_whole(tmp_path: Path) -> None:
    build(tmp_path, [Document(key=2**63 - 1, whole="a", bio="a")], WordEmbedder())
    assert [hit.key for hit in Searcher.open(tmp_path, WordEmbedder()).search("a")] == [2**63 - 1]


def test_a_creator_without_any_text_is_not_in_the_index(tmp_path: Path) -> None:
    report = build(tmp_path, [creator(1, " \n"), creator(2, "words")], WordEmbedder())
    assert (report.creators, report.embedded) == (1, 1)


def test_an_empty_index_is_an_index(tmp_path: Path) -> None:
    report: BuildReport = build(tmp_path, [], WordEmbedder())
    assert report.creators == 0
    assert Searcher.open(tmp_path, WordEmbedder()).search("anything") == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(IndexUnavailable, match="file"):
        build(tmp_path / "file", village(2), WordEmbedder())


def test_an_index_tells_about_itself_without_a_model(tmp_path: Path) -> None:
    report = build(tmp_path, village(), WordEmbedder(), source="store-7")
    manifest = inspect(tmp_path)
    assert (manifest.source, manifest.counts["creators"]) == ("store-7", report.creators)
    (broken,) = tmp_path.rglob("base.npz")
    broken.write_bytes(broken.read_bytes()[:-1])
    with pytest.raises(CorruptSnapshot):
        inspect(tmp_path)
