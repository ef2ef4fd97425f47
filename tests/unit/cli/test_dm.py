"""`nanoreach dm` on a real home: a message from the shortlist into somebody's hand."""

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli import CommandLine


@pytest.fixture
def home(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A home with one approved direct message."""
    nanoreach = CommandLine(tmp_path / "home", capsys, monkeypatch)
    assert nanoreach("init").code == 0
    _approve_one(tmp_path / "home")
    return nanoreach


def _approve_one(folder: Path) -> None:
    from agent.bootstrap import build
    from agent.domain.handover import Handover
    from agent.settings import Settings
    from agent.usecases.reviewing import approve, review
    from tests.unit.usecases.test_handing import a_dm_world
    from tests.unit.usecases.world import written

    ports = a_dm_world(ports=build(Settings.load(home=folder)))
    shown = review(ports, written(ports).id)
    assert isinstance(approve(ports, shown.draft.id, seal=str(shown.seal), by="Camille"), Handover)


def _only(nanoreach: CommandLine, *words: str) -> dict[str, Any]:
    (found,) = nanoreach("dm", "list", "--json", *words).json
    assert isinstance(found, dict)
    return found


def test_a_message_is_listed_shown_and_marked(home: CommandLine) -> None:
    waiting = _only(home)
    assert (waiting["state"], waiting["to"], waiting["limit"]) == (
        "waiting", "instagram:lison.sans.flacon", 1000,
    )  # fmt: skip
    assert "text" not in waiting
    shown = home("dm", "show", waiting["id"], "--by", "Camille", "--json").json
    assert len(shown["text"]) == waiting["characters"]
    assert "RGPD, art. 6.1.f" in shown["whole_notice"]
    other = home("dm", "show", waiting["id"], "--by", "Zoé")
    assert (other.code, "Camille is copying this" in other.err) == (1, True)
    assert home("dm", "sent", waiting["id"], "--by", "Zoé").code == 1
    first = home("dm", "sent", waiting["id"], "--by", "Camille", "--json").json
    assert (first["state"], first["by"]) == ("sent", "Camille")
    assert home("dm", "sent", waiting["id"], "--by", "Camille", "--json").json == first
    assert home("dm", "list", "--json").json == []
    assert _only(home, "--all")["sent_at"] == first["sent_at"]
    assert home("outbox", "list", "--json").json == []


def test_the_outbox_says_where_direct_messages_are(home: CommandLine) -> None:
    listed = home("outbox", "list", "--json")
    assert listed.json == []
    assert "direct messages that people copy (1)" in listed.err


def test_only_the_text_stands_on_stdout(home: CommandLine) -> None:
    name = _only(home)["id"]
    printed = home("dm", "show", name, "--by", "Camille")
    assert printed.out.startswith("Bonjour Lison,")
    assert printed.out.endswith("Dites-moi non, et je ne vous écrirai plus.\n")
    assert home("dm", "put-back", name, "--by", "Camille").code == 0
    assert _only(home)["state"] == "waiting"


def test_a_failure_needs_its_reason(home: CommandLine) -> None:
    name = _only(home)["id"]
    assert home("dm", "failed", name).code == 2
    assert home("dm", "failed", name, "--reason", "strangers are refused", "--by", "Camille").code == 0
    assert _only(home, "--all")["reason"] == "strangers are refused"


def test_an_answer_is_proposed_first_and_filed_on_a_persons_word(
    home: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = _only(home)["id"]
    home("dm", "sent", name, "--by", "Camille")
    for words, code in ((("--json",), 4), (("--kind", "opted_out"), 0), (("--kind", "bounce"), 1)):
        monkeypatch.setattr(sys, "stdin", io.StringIO("Merci de ne plus m'écrire."))
        run = home("dm", "answer", name, *words)
        assert run.code == code
        if "--json" in words:
            assert run.json["proposed"] == "opted_out"


def test_the_channel_stands_in_the_review(home: CommandLine) -> None:
    (letter,) = home("review", "list", "--status", "approved", "--json").json
    assert (letter["channel"], letter["to"], letter["subject"]) == ("dm", "instagram:lison.sans.flacon", "")
    assert "Channel   dm" in home("review", "show", letter["id"]).out
