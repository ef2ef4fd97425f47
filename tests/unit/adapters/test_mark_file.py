"""The record of how far a store has come: written in its place, and no copy of it passes for it."""

import os
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

from agent.adapters.mark_file import MarkFile
from agent.domain.errors import Unavailable
from agent.domain.restored import Mark
from tests.builders import NOW

MARK = Mark(number=41, at=NOW)
HOUR_NS = 3_600 * 1_000_000_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "outbox.mark"


def test_what_was_kept_last_comes_back(path: Path) -> None:
    marks = MarkFile(path, expected=True)
    for number in (41, 42):
        marks.keep(Mark(number=number, at=NOW))
    kept = MarkFile(path, expected=True).kept()
    assert kept.mark == Mark(number=42, at=NOW)
    assert kept.doubt == ""
    assert [each.name for each in path.parent.iterdir()] == ["outbox.mark"]


def test_a_home_without_a_record_has_none_and_no_doubt(path: Path) -> None:
    kept = MarkFile(path, expected=True).kept()
    assert (kept.mark, kept.doubt, kept.is_expected) == (None, "", True)


@pytest.mark.parametrize("content", [b"", b"{", b'{"row": 1}', b"\x00" * 80])
def test_a_record_that_cannot_be_read_is_a_doubt(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert "cannot be read" in MarkFile(path, expected=False).kept().doubt


def test_a_copy_with_a_time_of_its_own_is_recognised(path: Path) -> None:
    marks = MarkFile(path, expected=True)
    marks.keep(MARK)
    content = path.read_bytes()
    path.write_bytes(content)
    later = path.stat().st_mtime_ns + HOUR_NS
    os.utime(path, ns=(later, later))
    assert "copied or restored" in marks.kept().doubt


def test_a_copy_that_keeps_the_files_time_is_recognised_by_its_last_change(path: Path) -> None:
    marks = MarkFile(path, expected=True)
    marks.keep(MARK)
    earlier = path.stat().st_mtime_ns - HOUR_NS
    stamped = str(path.stat().st_mtime_ns)
    path.write_text(path.read_text().replace(stamped, str(earlier)))
    os.utime(path, ns=(earlier, earlier))  # as a file of an hour ago
    put_back = path.with_name("put-back")
    copy = shutil.which("cp")
    assert copy is not None
    subprocess.run([copy, "-p", path, put_back], check=True)
    put_back.replace(path)
    assert "copied or restored" in marks.kept().doubt


def test_a_home_that_moves_as_a_folder_stays_what_it_is(tmp_path: Path) -> None:
    home = tmp_path / "here"
    home.mkdir()
    MarkFile(home / "outbox.mark", expected=True).keep(MARK)
    moved = home.rename(tmp_path / "there")
    kept = MarkFile(moved / "outbox.mark", expected=True).kept()
    assert (kept.mark, kept.doubt) == (MARK, "")


def test_a_disk_that_refuses_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="nothing is sent"):
        MarkFile(tmp_path / "nowhere" / "outbox.mark", expected=True).keep(MARK)


def test_a_record_of_an_older_version_is_read_and_replaced(path: Path) -> None:
    path.write_text("{}")
    time = path.stat().st_mtime_ns
    path.write_text(f'{{"row": 41, "at": "{NOW.isoformat()}", "written_ns": {time}}}')
    marks = MarkFile(path, expected=True)
    assert (marks.kept().mark, marks.kept().doubt) == (MARK, "")
    marks.keep(Mark(number=42, at=NOW))
    assert (marks.kept().mark, marks.kept().doubt) == (Mark(number=42, at=NOW), "")


def test_a_file_that_nobody_may_write_is_replaced(path: Path) -> None:
    marks = MarkFile(path, expected=True)
    marks.keep(MARK)
    path.chmod(0o400)
    marks.keep(Mark(number=42, at=NOW))
    assert marks.kept().mark == Mark(number=42, at=NOW)


def test_a_record_of_two_halves_is_no_record(path: Path) -> None:
    marks = MarkFile(path, expected=True)
    marks.keep(MARK)
    path.write_text(path.read_text().replace('"row": 41', '"row": 43'))
    assert "cannot be read" in marks.kept().doubt


def test_who_reads_while_others_write_reads_a_whole_record(path: Path) -> None:
    marks = MarkFile(path, expected=True)
    marks.keep(MARK)
    read = []

    def write() -> None:
        for number in range(3000):
            marks.keep(Mark(number=41 + number % 2, at=NOW))

    writer = threading.Thread(target=write)
    writer.start()
    while writer.is_alive():
        read.append(marks.kept())
    writer.join()
    assert {each.doubt for each in read} == {""}
    assert {each.mark for each in read} <= {MARK, Mark(number=42, at=NOW)}
