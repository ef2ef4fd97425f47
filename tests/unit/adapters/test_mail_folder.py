"""A folder as a mailbox."""

from pathlib import Path

import pytest

from agent.adapters.mail_files import read_messages
from agent.adapters.mail_folder import MailFolder
from agent.domain.errors import BadInput
from agent.domain.replies import ReplyKind

NO = (
    b"From: lea@creator.example\r\nDate: Tue, 06 Oct 2026 09:30:00 +0000\r\nSubject: Re\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\nNon merci.\r\n"
)


def test_only_what_is_newer_is_fetched_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("2.eml", "1.eml", "3.eml"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "notes.txt").write_text("not mail")
    fetched = list(MailFolder(tmp_path).fetch(lambda _folder, _validity: 1))
    assert [(each.uid, each.raw) for each in fetched] == [(2, b"2.eml"), (3, b"3.eml")]


def test_files_are_read_by_the_rules_of_the_mailbox(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(NO)
    (reading,) = read_messages([tmp_path], [])
    assert reading.kind is ReplyKind.DECLINED
    assert reading.text == "Non merci."
    assert list(read_messages([tmp_path / "a.eml"], [])) == [reading]


def test_a_path_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        list(read_messages([tmp_path / "nowhere.eml"], []))
