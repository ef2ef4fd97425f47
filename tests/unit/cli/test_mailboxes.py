"""`nanoreach mailbox` lists what is paused and lets it write again."""

from dataclasses import replace
from pathlib import Path

import pytest

from agent.bootstrap import build
from agent.domain.mailbox import Mailbox
from agent.settings import Settings
from tests.builders import NOW, a_brand, a_campaign, a_creator, an_outreach
from tests.cli import CommandLine


def test_a_paused_mailbox_is_listed_resumed_and_gone_from_the_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nanoreach = CommandLine(tmp_path / "home", capsys, monkeypatch)
    assert nanoreach("init").code == 0
    assert nanoreach("mailbox", "list", "--json").json == []
    ports = build(Settings.load(home=tmp_path / "home"))
    with ports.store.write() as tx:
        tx.mailboxes.save(Mailbox(address="anna@brand.example").paused(at=NOW, reason="550 5.7.1 policy"))
    ports.close()
    (listed,) = nanoreach("mailbox", "list", "--json").json
    assert (listed["mailbox"], listed["reason"]) == ("anna@brand.example", "550 5.7.1 policy")
    assert "anna@brand.example" in nanoreach("mailbox", "list").out
    examined = nanoreach("doctor")
    assert "anna@brand.example is paused: 550 5.7.1 policy" in " ".join(examined.out.split())
    assert "may write again" in nanoreach("mailbox", "resume", "Anna@brand.example", "--by", "camille").out
    again = nanoreach("mailbox", "resume", "anna@brand.example", "--by", "camille")
    assert again.code == 1
    assert "is not paused" in again.err


def test_a_person_says_which_mailbox_writes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nanoreach = CommandLine(tmp_path / "home", capsys, monkeypatch)
    assert nanoreach("init").code == 0
    zoe = replace(a_brand().sender, name="Zoé", email="zoe@savon-du-sud.example")
    ports = build(Settings.load(home=tmp_path / "home"))
    with ports.store.write() as tx:
        tx.brands.save(a_brand(other_senders=(zoe,)))
        tx.brands.save_campaign(a_campaign())
        tx.creators.save(a_creator())
        tx.outreach.save(an_outreach())
    ports.close()
    listed = nanoreach("mailbox", "list", "--json").json
    assert {each["mailbox"] for each in listed} == {a_brand().sender.email, zoe.email}
    moved = nanoreach("mailbox", "assign", a_creator().person, zoe.email, "--by", "camille", "--json")
    assert (moved.code, moved.json["conversations"]) == (0, ["o-1"])
    again = nanoreach("mailbox", "assign", a_creator().person, zoe.email)
    assert again.code == 1
    assert "already" in again.err
