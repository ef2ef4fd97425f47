"""A prompt is tried against a real protocol: both versions are asked, counted, and nothing stays behind."""

from pathlib import Path

import pytest

import prompts
from agent.cli.options import ports_of
from tests.builders import a_brand
from tests.cli import CommandLine
from tests.stub_llm import good, stub_model
from tests.unit.usecases.world import CAMPAIGN, a_neighbour, outreach_to, the_campaign

LOUDER = "Écris comme on parle au marché."


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line on a home with a brand, a campaign and two shortlisted creators."""
    home = tmp_path / "home"
    with ports_of(home).store.write() as tx:
        tx.brands.save(a_brand())
        tx.brands.save_campaign(the_campaign())
        for handle in ("lison.sans.flacon", "jeanne"):
            creator = a_neighbour(handle)
            tx.creators.save(creator)
            tx.outreach.save(outreach_to(creator))
    return CommandLine(home, capsys, monkeypatch)


def test_a_prompt_is_tried_with_a_model_and_published_for_its_drafts(
    line: CommandLine, tmp_path: Path
) -> None:
    shipped = prompts.load("model/first_touch", "fr").source
    file = tmp_path / "market.md"
    file.write_text(shipped.replace("\n%%\n", f"\n{LOUDER}\n%%\n"), "utf-8")
    with stub_model(good()) as stub:
        line.set("OPENAI_BASE_URL", stub.url)
        line.set("NANOREACH_MODEL", "stub")
        trial = line("prompts", "evaluate", "model/first_touch", "--with", file, "--json")
        assert trial.code == 0, trial.err
        told = ["\n".join(str(part["content"]) for part in request["messages"]) for request in stub.requests]
        assert len(told) == 4
        assert sum(LOUDER in each for each in told) == 2
        for side in ("old", "new"):
            assert trial.json[side]["letters"] == 2
            assert (trial.json[side]["input_tokens"], trial.json[side]["output_tokens"]) == (2400, 600)
        with ports_of(line.home).store.read() as tx:
            for outreach in tx.outreach.of_campaign(CAMPAIGN):
                assert tx.drafts.of_outreach(outreach.id) == ()
                assert tx.answers.of_outreach(outreach.id) == ()

        said = ("--with", file, "--campaign", CAMPAIGN, "--reason", "like the market")
        assert line("prompts", "publish", "model/first_touch", *said).code == 0
        stub.requests.clear()
        line("draft", CAMPAIGN, "--writer", "openai")
        assert stub.requests
        assert all(LOUDER in str(request["messages"]) for request in stub.requests)
        version = prompts.parse(file.read_text("utf-8")).version
        with ports_of(line.home).store.read() as tx:
            drafts = [
                draft for row in tx.outreach.of_campaign(CAMPAIGN) for draft in tx.drafts.of_outreach(row.id)
            ]
        assert {draft.origin.prompt for draft in drafts} == {f"model/first_touch.fr@{version}"}
