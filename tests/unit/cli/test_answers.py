"""`nanoreach answers` on a real home: a stranger's answer finds its conversation."""

from pathlib import Path

import pytest

from agent.bootstrap import build
from agent.domain.ids import InboundId, OutreachId, ReplyId
from agent.domain.outreach import OutreachStatus
from agent.domain.replies import ReplyKind
from agent.settings import Settings
from tests.builders import NOW, a_brand, a_campaign, a_creator, a_reply, an_inbound, an_outreach
from tests.cli import CommandLine

NO = b"From: paul@agency.example\r\nSubject: Re: vous\r\n\r\nNon merci.\r\n"


@pytest.fixture
def home(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A home with a letter that went and an answer from an address nobody knows."""
    nanoreach = CommandLine(tmp_path / "home", capsys, monkeypatch)
    assert nanoreach("init").code == 0
    ports = build(Settings.load(home=nanoreach.home))
    with ports.store.write() as tx:
        tx.brands.save(a_brand())
        tx.brands.save_campaign(a_campaign())
        tx.creators.save(a_creator())
        tx.outreach.save(an_outreach().advance(OutreachStatus.CONTACTED, at=NOW).sent(1))
        assert tx.inbox.add(an_inbound("i-1", raw=NO, uid=1))
        answer = {"outreach_id": None, "kind": ReplyKind.DECLINED, "from_address": "paul@agency.example"}
        tx.inbox.file(a_reply("r-1", inbound_id=InboundId("i-1"), **answer))
    ports.close()
    return nanoreach


def status(home: CommandLine) -> OutreachStatus:
    ports = build(Settings.load(home=home.home))
    with ports.store.read() as tx:
        outreach = tx.outreach.get(OutreachId("o-1"))
        (reply,) = tx.inbox.replies()
    ports.close()
    assert outreach is not None
    assert (reply.id, reply.outreach_id is None) == (ReplyId("r-1"), outreach.status is _OPEN)
    return outreach.status


_OPEN = OutreachStatus.CONTACTED


@pytest.mark.parametrize("conversation", ["o-1", f"instagram:{a_creator().handle}"])
def test_an_answer_is_listed_assigned_and_honoured(home: CommandLine, conversation: str) -> None:
    (waiting,) = home("answers", "list", "--json").json
    assert (waiting["id"], waiting["from"], waiting["kind"]) == ("r-1", "paul@agency.example", "declined")
    assert "paul@agency.example" in home("answers", "list").out
    assert status(home) is _OPEN
    filed = home("answers", "assign", "r-1", conversation, "--by", "Camille", "--json")
    assert (filed.code, filed.json["conversation"], filed.json["status"]) == (0, "o-1", "declined")
    assert status(home) is OutreachStatus.DECLINED
    again = home("answers", "assign", "r-1", conversation)
    assert again.code == 1
    assert "is not one that waits" in again.err
    nothing = home("answers", "list", "--json")
    assert (nothing.code, nothing.json) == (4, [])


@pytest.mark.parametrize(
    ("answer", "conversation", "told"),
    [
        ("r-9", "o-1", "Answer r-9 is not one that waits"),
        ("r-1", "o-9", "o-9"),
        ("r-1", "instagram:nobody", "instagram:nobody"),
    ],
)
def test_what_is_not_there_is_told_and_changes_nothing(
    home: CommandLine, answer: str, conversation: str, told: str
) -> None:
    refused = home("answers", "assign", answer, conversation)
    assert refused.code == 1
    assert told in refused.err
    assert status(home) is _OPEN
    assert home("answers", "assign", answer).code == 2


def test_what_was_read_wrong_is_corrected(home: CommandLine) -> None:
    home("answers", "assign", "r-1", "o-1")
    (listed,) = home("answers", "list", "--all", "--json").json
    assert (listed["id"], listed["kind"], listed["conversation"]) == ("r-1", "declined", "o-1")
    assert "answers correct" in home("answers", "list", "--all").out
    assert status(home) is OutreachStatus.DECLINED
    corrected = home("answers", "correct", "r-1", "question", "--by", "Camille", "--json")
    assert (corrected.code, corrected.json["kind"], corrected.json["conversation"]) == (0, "question", "o-1")
    assert status(home) is OutreachStatus.IN_CONVERSATION
    assert home("answers", "correct", "r-1", "nonsense").code == 1
    assert home("answers", "correct", "r-9", "declined").code == 1
