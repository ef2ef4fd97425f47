"""Mailboxes with servers of their own: the file that names them, and which server a letter leaves by."""

from dataclasses import replace
from pathlib import Path

import pytest

from agent.adapters.mailbox_file import read_mailboxes
from agent.adapters.mailbox_routes import MailerPerSender, SentFolders
from agent.bootstrap import build, mailboxes, sends_letters
from agent.domain.errors import BadInput, Unavailable
from agent.domain.seal import ApprovedLetter
from agent.ports import Outcome, SentSearch
from agent.settings import Settings
from agent.usecases.reading import fetch_mail
from agent.usecases.sending import send_due
from tests.fakes import ListMailbox, RecordingMailer, make_ports
from tests.integration.mail_servers import smtp_sink
from tests.unit.mail.letters import approved as a_letter
from tests.unit.usecases.world import a_quick_world, approved

SECRETS = {"ANNA_PASSWORD": "s3cret"}.get
ONE = """
- address: anna@brand.example
  smtp: smtps://anna@mail.brand.example
  smtp_password: ANNA_PASSWORD
  imap: imaps://anna@mail.brand.example/INBOX
  imap_password: ANNA_PASSWORD
"""


def test_a_home_without_the_file_has_the_one_mailbox_of_its_settings(tmp_path: Path) -> None:
    settings = Settings.load(home=tmp_path)
    assert mailboxes(settings) == ()
    assert not sends_letters(settings)
    assert build(settings).readers == ()


def test_passwords_come_from_variables_and_are_shown_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNA_PASSWORD", "s3cret")
    (tmp_path / "mailboxes.yaml").write_text(ONE, encoding="utf-8")
    settings = Settings.load(home=tmp_path)
    (account,) = mailboxes(settings)
    assert (account.address, account.smtp_password, account.imap_password) == (
        "anna@brand.example",
        "s3cret",
        "s3cret",
    )
    assert "s3cret" not in repr(account)
    ports = build(settings)
    assert sends_letters(settings)
    assert "mail.brand.example:465" in ports.mailer.where
    assert [reader.account for reader in ports.readers] == ["anna on mail.brand.example"]


def test_a_variable_may_stand_in_the_env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ANNA_PASSWORD", raising=False)
    (tmp_path / ".env").write_text("ANNA_PASSWORD=from-the-file\n", encoding="utf-8")
    (tmp_path / "mailboxes.yaml").write_text(ONE, encoding="utf-8")
    (account,) = mailboxes(Settings.load(home=tmp_path))
    assert account.smtp_password == "from-the-file"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("address: anna@brand.example", "must be a list of mailboxes"),
        ("- {smtp: smtps://mail.example}", "mailbox 1 has no address"),
        ("- {address: anna@brand.example}", "names no server to write by"),
        (
            "- {address: anna@brand.example, smtp: 'smtps://a:hunter2@m.example'}",
            "a password stands in smtp",
        ),
        (
            "- {address: anna@brand.example, smtp: 'smtps://a@mail.example', smtp_password: hunter2}",
            "the variable that smtp_password names is not set",
        ),
        (
            "- {address: anna@brand.example, smtp: smtps://m.example, port: '9'}",
            "“port” means nothing here",
        ),
        (ONE + ONE.replace("anna@brand", "Anna@brand"), "has Anna@brand.example twice"),
        ("- [", "is no YAML"),
    ],
)
def test_what_cannot_be_used_is_told_without_a_secret(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "mailboxes.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        read_mailboxes(path, SECRETS)
    assert said in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_a_server_that_cannot_be_used_is_told_with_its_mailbox(tmp_path: Path) -> None:
    wrong = "- {address: anna@brand.example, smtp: 'http://mail.example'}"
    (tmp_path / "mailboxes.yaml").write_text(wrong, encoding="utf-8")
    with pytest.raises(BadInput, match=r"mailboxes\.yaml, anna@brand\.example must begin with one of smtp"):
        build(Settings.load(home=tmp_path))


def test_each_letter_leaves_by_its_senders_own_server() -> None:
    own, usual = RecordingMailer(), RecordingMailer()
    ports = a_quick_world("une")
    delivery = approved(ports, "une")
    with ports.store.read() as tx:
        approval = tx.drafts.approval(delivery.approval_id)
    assert approval is not None
    letter = ApprovedLetter(delivery, approval)
    known = MailerPerSender({delivery.envelope_from.casefold(): own}, usual=usual)
    unknown = MailerPerSender({"other@brand.example": own}, usual=usual)
    assert known.send(letter, fence=lambda: True).outcome is Outcome.SENT
    assert (len(own.accepted), len(usual.accepted)) == (1, 0)
    assert unknown.send(letter, fence=lambda: True).outcome is Outcome.SENT
    assert (len(own.accepted), len(usual.accepted)) == (1, 1)


def test_a_server_hears_of_the_next_letter_only_where_that_is_its_own() -> None:
    own, usual = RecordingMailer(), RecordingMailer()
    mine, others = a_letter(), a_letter(sender="other@brand.example")
    both = MailerPerSender({mine.envelope_from.casefold(): own}, usual=usual)
    both.send(mine, fence=lambda: True, following=others)
    both.send(mine, fence=lambda: True, following=mine)
    assert own.told == [None, mine]


def test_one_worker_sends_by_the_server_of_the_mailbox(tmp_path: Path) -> None:
    with smtp_sink() as sink, smtp_sink() as nobodys:
        sender = "camille@savon-du-sud.example"
        (tmp_path / "mailboxes.yaml").write_text(
            f"- {{address: {sender}, smtp: 'smtp://127.0.0.1:{sink.port}'}}", encoding="utf-8"
        )
        ports = a_quick_world("une", "deux", ports=build(Settings.load(home=tmp_path)))
        with ports.store.read() as tx:
            assert [brand.sender.email for brand in tx.brands.all()] == [sender]
        for handle in ("une", "deux"):
            approved(ports, handle)
        assert len(send_due(ports).sent) == 2
        assert sorted(sink.recipients) == ["deux@creator.example", "une@creator.example"]
        assert nobodys.recipients == []


def test_every_mailbox_is_read_and_one_that_cannot_be_hides_no_other() -> None:
    shut = ListMailbox(broken="the first is shut")
    other = ListMailbox(messages=[b"Subject: oui\r\n\r\nOui\r\n"], account="other@brand.example")
    report = fetch_mail(replace(make_ports(), mail_reader=shut, more_readers=(other,)))
    assert (report.new, report.problem) == (1, "the first is shut")


class Folder:
    """A sent folder with these letters; None: it cannot be read."""

    def __init__(self, name: str, *letters: str, is_shut: bool = False) -> None:
        self._name, self._letters, self._is_shut = name, letters, is_shut

    def search(self, message_ids: object) -> SentSearch:
        if self._is_shut:
            raise Unavailable(f"{self._name} is shut")
        assert isinstance(message_ids, list)
        found = {name: self._name for name in message_ids if name in self._letters}
        return SentSearch(looked_in=self._name, found=found)


def test_every_sent_folder_is_looked_into() -> None:
    both = SentFolders((Folder("one", "<a>"), Folder("two", "<b>")))
    assert both.search(["<a>", "<b>", "<c>"]) == SentSearch(
        looked_in="one, two", found={"<a>": "one", "<b>": "two"}
    )
    half = SentFolders((Folder("one", is_shut=True), Folder("two", "<b>")))
    assert half.search(["<b>"]).found == {"<b>": "two"}
    with pytest.raises(Unavailable, match="one is shut"):
        half.search(["<a>"])
