"""`nanoreach draft` at a model on loopback: figures, and one sentence when it stops."""

from pathlib import Path

import pytest

from bench.draft_home import CAMPAIGN, settings, shortlist
from bench.draft_stub import Plan, stub
from tests.cli import CommandLine


@pytest.fixture
def home(tmp_path: Path) -> Path:
    from agent.bootstrap import build

    ports = build(settings(tmp_path / "home", "http://127.0.0.1:9/v1"))
    shortlist(ports, 6)
    ports.close()
    return tmp_path / "home"


def test_it_reports_tokens_cost_pace_and_what_is_left(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nanoreach = CommandLine(home, capsys, monkeypatch)
    nanoreach.set("NANOREACH_INPUT_PRICE", "0.25")
    nanoreach.set("NANOREACH_OUTPUT_PRICE", "2")
    with stub(Plan(latency=0.01, busy=0.2)) as model:
        nanoreach.set("OPENAI_BASE_URL", model.url)
        done = nanoreach("draft", CAMPAIGN, "--limit", "4", "--json")
        report = done.json
        assert (done.code, report["written"], report["left"]) == (0, 4, 0)
        assert report["usage"]["input_tokens"] == 4400
        assert report["usage"]["cost"] == "0.003020"
        assert report["calls"] == 4 + report["retries"] == sum(model.seen()["statuses"].values())
        assert report["per_second"] > 0
        nanoreach.set("NANOREACH_TOKENS_PER_DAY", "1000")
        done = nanoreach("draft", CAMPAIGN)
        assert done.code == 1
        assert "2 were not tried any more. Today's budget for models is used up" in done.err
        assert not model.seen()["statuses"]
    nanoreach.set("NANOREACH_TOKENS_PER_DAY", "")
    monkeypatch.delenv("OPENAI_BASE_URL")
    done = nanoreach("draft", CAMPAIGN, "--writer", "openai")
    assert done.code == 1
    assert "No model is configured: set OPENAI_API_KEY" in done.err


def test_a_budget_in_money_needs_prices(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nanoreach = CommandLine(home, capsys, monkeypatch)
    nanoreach.set("NANOREACH_BUDGET_PER_DAY", "5")
    done = nanoreach("draft", CAMPAIGN)
    assert done.code == 1
    assert "NANOREACH_BUDGET_PER_DAY counts money, so it needs NANOREACH_INPUT_PRICE" in done.err
