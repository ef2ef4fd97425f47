"""`nanoreach overview` tells what the page tells."""

from dataclasses import replace
from pathlib import Path

import pytest

from agent.bootstrap import build
from agent.domain.outreach import OutreachStatus
from agent.settings import Settings
from tests.builders import a_brand, a_campaign, a_creator, an_outreach
from tests.cli import CommandLine


def test_the_overview_is_told_in_words_and_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nanoreach = CommandLine(tmp_path / "home", capsys, monkeypatch)
    assert nanoreach("init").code == 0
    assert nanoreach("overview").code == 0
    ports = build(Settings.load(home=tmp_path / "home"))
    with ports.store.write() as tx:
        tx.brands.save(a_brand())
        tx.brands.save_campaign(a_campaign())
        tx.creators.save(a_creator())
        tx.outreach.save(replace(an_outreach(), status=OutreachStatus.AGREED, touches_sent=1))
    ports.close()
    seen = nanoreach("overview", "--json").json
    (funnel,) = seen["campaigns"]
    assert (funnel["campaign"], funnel["sent"], funnel["agreed"]) == (a_campaign().id, 1, 1)
    assert funnel["agreement_rate"]["interval"] == pytest.approx([0.2065, 1.0], abs=1e-3)
    assert len(seen["load"]) == 7
    told = nanoreach("overview", "--campaign", a_campaign().id).out
    assert "said yes 1 of 1 (between 21% and 100%)" in " ".join(told.split())
    unknown = nanoreach("overview", "--campaign", "nobody")
    assert unknown.code == 1
    assert a_campaign().id in unknown.err
