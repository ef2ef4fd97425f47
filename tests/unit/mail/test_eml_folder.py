"""Letters as files: whole or not at all, and never over another one."""

import errno
import os
from pathlib import Path
from typing import Any, NoReturn

import pytest

from agent.adapters.eml_folder import EmlFolder
from agent.ports import Outcome
from tests.unit.mail.letters import RAW, approved


def _pass() -> bool:
    return True


def test_the_file_holds_exactly_the_approved_bytes(tmp_path: Path) -> None:
    folder = EmlFolder(tmp_path / "outbox")
    attempt = folder.send(approved(), fence=_pass)
    assert attempt.outcome is Outcome.SENT
    (file,) = (tmp_path / "outbox").iterdir()
    assert file.read_bytes() == RAW
    assert file.suffix == ".eml"
    assert file.name in attempt.detail
    assert folder.where == str(tmp_path / "outbox")
    folder.close()


def test_a_lost_lease_writes_nothing(tmp_path: Path) -> None:
    attempt = EmlFolder(tmp_path).send(approved(), fence=lambda: False)
    assert attempt.outcome is Outcome.LOST_LEASE
    assert list(tmp_path.iterdir()) == []


def test_the_same_letter_again_is_evidence_and_another_one_is_refused(tmp_path: Path) -> None:
    folder = EmlFolder(tmp_path)
    folder.send(approved(), fence=_pass)
    assert folder.send(approved(), fence=_pass).outcome is Outcome.SENT
    assert folder.send(approved(RAW + b"PS\r\n"), fence=_pass).outcome is Outcome.REFUSED
    (file,) = tmp_path.iterdir()
    assert file.read_bytes() == RAW


def test_odd_message_ids_never_share_a_file_nor_leave_the_folder(tmp_path: Path) -> None:
    names = [
        "<é@a>",
        "<è@a>",
        "<A@a>",
        "<a@a>",
        "<../../etc/x@a>",
        "<..@a>",
        "<@a>",
        f"<{'x' * 400}1@a>",
        f"<{'x' * 400}2@a>",
    ]
    folder = EmlFolder(tmp_path / "outbox")
    for name in names:
        assert folder.send(approved(message_id=name), fence=_pass).outcome is Outcome.SENT
    files = list((tmp_path / "outbox").iterdir())
    assert len({file.name.casefold() for file in files}) == len(names)
    assert list(tmp_path.iterdir()) == [tmp_path / "outbox"]


@pytest.mark.parametrize("step", ["fsync", "link"])
def test_a_full_disk_defers_and_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_args: Any) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, step, full)
    attempt = EmlFolder(tmp_path).send(approved(), fence=_pass)
    assert attempt.outcome is Outcome.DEFERRED
    assert str(tmp_path) in attempt.detail
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_defers(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file in the way")
    attempt = EmlFolder(tmp_path / "outbox").send(approved(), fence=_pass)
    assert attempt.outcome is Outcome.DEFERRED


def test_letters_are_private_to_their_owner(tmp_path: Path) -> None:
    EmlFolder(tmp_path).send(approved(), fence=_pass)
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o077 == 0
