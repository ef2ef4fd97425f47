from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.documents import digest
from index.errors import DiskFull
from index.vectors import VectorCache, keep_only_everywhere
from tests.unit.index.limits import no_file_larger_than

IDENTITY = "words:1"
D = 4
HEADER = 4096
RECORD = 32 + 8 + 4 * D


def opened(folder: Path, identity: str = IDENTITY) -> VectorCache:
    return VectorCache(folder, identity=identity, dimensions=D)


def vector(number: int) -> npt.NDArray[np.float32]:
    return np.array([[number, number + 0.5, -number, 1]], dtype=np.float32)


def filled(folder: Path, count: int, identity: str = IDENTITY) -> VectorCache:
    cache = opened(folder, identity)
    for number in range(count):
        cache.append([digest(f"text {number}")], vector(number))
    return cache


def known(cache: VectorCache, count: int) -> list[int]:
    return [number for number in range(count) if digest(f"text {number}") in cache]


def test_a_vector_is_found_again_after_reopening(tmp_path: Path) -> None:
    filled(tmp_path, 3)
    cache = opened(tmp_path)
    assert len(cache) == 3
    taken = cache.take([digest("text 2"), digest("text 0")])
    np.testing.assert_array_equal(taken, np.concatenate([vector(2), vector(0)]))


def test_nothing_taken_has_the_right_shape(tmp_path: Path) -> None:
    assert opened(tmp_path).take([]).shape == (0, D)


@pytest.mark.parametrize("lost", range(1, RECORD + 1))
def test_a_tail_torn_anywhere_costs_one_vector_and_the_file_goes_on(tmp_path: Path, lost: int) -> None:
    path = filled(tmp_path, 3).path
    path.write_bytes(path.read_bytes()[:-lost])
    cache = opened(tmp_path)
    assert known(cache, 3) == [0, 1]
    cache.append([digest("text 2")], vector(2))
    np.testing.assert_array_equal(opened(tmp_path).take([digest("text 2")]), vector(2))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 3 * RECORD - 1), flip=st.integers(1, 255))
def test_a_changed_byte_costs_exactly_the_vector_it_belongs_to(tmp_path: Path, place: int, flip: int) -> None:
    for old in tmp_path.iterdir():
        old.unlink()
    path = filled(tmp_path, 3).path
    content = bytearray(path.read_bytes())
    content[HEADER + place] ^= flip
    path.write_bytes(content)
    assert known(opened(tmp_path), 3) == [number for number in range(3) if number != place // RECORD]


@pytest.mark.parametrize("content", [b"", b"\x00", b"{", b"not a cache" * 1000])
def test_a_file_that_is_no_cache_is_started_anew(tmp_path: Path, content: bytes) -> None:
    path = filled(tmp_path, 2).path
    path.write_bytes(content)
    assert len(opened(tmp_path)) == 0
    assert known(filled(tmp_path, 2), 2) == [0, 1]


def test_models_never_share_a_vector(tmp_path: Path) -> None:
    filled(tmp_path, 2)
    other = opened(tmp_path, "words:2")
    assert len(other) == 0
    assert known(opened(tmp_path), 2) == [0, 1]


def test_a_forgotten_text_leaves_every_file_of_every_model(tmp_path: Path) -> None:
    filled(tmp_path, 4, "words:2")
    cache = filled(tmp_path, 4)
    keep = {digest("text 0"), digest("text 3")}
    assert cache.keep_only(keep) == 2
    keep_only_everywhere(tmp_path, keep, but=cache.path)
    everything = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for number in (1, 2):
        assert digest(f"text {number}") not in everything
        assert vector(number).tobytes() not in everything
    for cached in (cache, opened(tmp_path), opened(tmp_path, "words:2")):
        assert known(cached, 4) == [0, 3]
        np.testing.assert_array_equal(cached.take([digest("text 3")]), vector(3))


def test_compaction_also_clears_damaged_records_away(tmp_path: Path) -> None:
    path = filled(tmp_path, 2).path
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert opened(tmp_path).keep_only({digest("text 0"), digest("text 1")}) == 0
    assert path.stat().st_size == HEADER + RECORD


def test_a_damaged_file_of_another_model_is_removed_rather_than_kept(tmp_path: Path) -> None:
    other = filled(tmp_path, 1, "words:2").path
    other.write_bytes(b"?" * 5000)
    cache = filled(tmp_path, 1)
    keep_only_everywhere(tmp_path, set(), but=cache.path)
    assert not other.exists()


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    cache = filled(tmp_path, 2)
    before = cache.path.read_bytes()
    texts = [digest(f"more {number}") for number in range(5)]
    with no_file_larger_than(len(before) + RECORD + 10), pytest.raises(DiskFull, match="is full"):
        cache.append(texts, np.ones((5, D), dtype=np.float32))
    assert cache.path.read_bytes() == before
    assert texts[0] not in cache
    cache.append(texts, np.ones((5, D), dtype=np.float32))
    assert len(opened(tmp_path)) == 7


def test_a_half_written_compaction_is_thrown_away(tmp_path: Path) -> None:
    path = filled(tmp_path, 2).path
    (tmp_path / f"{path.name}.new").write_bytes(b"half")
    assert known(opened(tmp_path), 2) == [0, 1]
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_few_dropped_vectors_are_blanked_where_they_stand_and_many_are_cut_out(tmp_path: Path) -> None:
    cache = filled(tmp_path, 12)
    size, place = cache.path.stat().st_size, cache.path.stat().st_ino
    names = [digest(f"text {number}") for number in range(12)]
    assert cache.keep_only(names[1:]) == 1
    assert (cache.path.stat().st_size, cache.path.stat().st_ino) == (size, place)
    assert names[0] not in cache.path.read_bytes()
    assert vector(0).tobytes() not in cache.path.read_bytes()
    assert known(opened(tmp_path), 12) == list(range(1, 12))
    cache.append([names[0]], vector(0))
    assert known(opened(tmp_path), 12) == list(range(12))
    assert opened(tmp_path).keep_only(names[6:]) == 6
    assert cache.path.stat().st_size == HEADER + 6 * RECORD
    np.testing.assert_array_equal(opened(tmp_path).take([names[11]]), vector(11))


def test_forgetting_needs_no_model_and_says_how_much_it_dropped(tmp_path: Path) -> None:
    filled(tmp_path, 3, "words:2")
    filled(tmp_path, 5)
    assert keep_only_everywhere(tmp_path, {digest("text 1")}) == 2 + 4
    assert keep_only_everywhere(tmp_path / "nowhere", set()) == 0
