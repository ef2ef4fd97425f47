"""`nanoreach vet`, and what a match prints of reasons and signals."""

from pathlib import Path

import pytest

from agent.cli.vetting import plain_against, plain_reason, plain_signal, remarkable
from agent.domain.fit import Against, Level, Quotation, Reason
from agent.domain.vetting import Kind, Signal
from tests.builders import a_brand, a_creator, a_post
from tests.cli import CommandLine
from tests.unit.usecases.world import the_campaign

STEAK = Against(kind="vegan", value="Sans animaux", level=Level.CONCERN, ref="p-1", quote="Mon steak")
CURSE = Against(kind="banned", value="", level=Level.FINE, ref="p-1", quote="Une pépite")
QUIET = Signal(
    kind=Kind.ACTIVITY, level=Level.LOOK, key="activity.recent", figures={"last": "2026-01-01", "days": 278}
)
SAFE = Signal(kind=Kind.SAFETY, level=Level.FINE, key="safety.none", figures={"texts": 4})


def test_only_what_asks_for_a_look_is_printed_in_a_ranking() -> None:
    assert list(remarkable((STEAK, CURSE), (QUIET, SAFE))) == [
        "concern: against “Sans animaux” (meat, leather or fur): “Mon steak” (p-1)",
        "look: Last dated post: 2026-01-01, 278 days ago.",
    ]


def test_a_reason_keeps_its_promised_keys_and_adds_more() -> None:
    more = (Quotation(ref="p-2", quote="Encore", score=0.4),)
    reason = Reason(value="Lent", ref="p-1", quote="Du temps", score=0.5, more=more)
    found = plain_reason(reason)
    assert {key: found[key] for key in ("value", "post_id", "quote", "score")} == {
        "value": "Lent",
        "post_id": "p-1",
        "quote": "Du temps",
        "score": 0.5,
    }
    assert found["more"] == [{"post_id": "p-2", "quote": "Encore", "published_on": None, "score": 0.4}]


def test_contradictions_and_signals_have_their_words_their_place_and_their_figures() -> None:
    assert plain_against(STEAK)["post_id"] == "p-1"
    found = plain_signal(QUIET)
    assert (found["kind"], found["level"], found["key"]) == ("activity", "look", "activity.recent")
    assert found["figures"] == {"last": "2026-01-01", "days": 278}
    assert found["text"] == QUIET.text


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line on a home with a brand and a creator, and no index."""
    from agent.cli.options import ports_of

    home = tmp_path / "home"
    with ports_of(home).store.write() as tx:
        tx.brands.save(a_brand(competitors=("Sézane",)))
        tx.brands.save_campaign(the_campaign())
        tx.creators.save(a_creator(posts=(a_post("p-1", "Collaboration commerciale avec Sézane"),)))
    return CommandLine(home, capsys, monkeypatch)


def test_a_person_is_vetted_on_the_command_line(line: CommandLine) -> None:
    run = line("vet", "instagram:lison.sans.flacon", "--campaign", "second-evening")
    assert run.code == 0
    assert "concern: Seems to work with Sézane" in run.out
    assert "“Collaboration commerciale avec Sézane” (p-1, 2026-06-02)" in run.out
    assert run.err.startswith("No reasons: ")


def test_the_same_as_json(line: CommandLine) -> None:
    run = line("vet", "instagram:lison.sans.flacon", "--json")
    assert (run.code, run.err) == (0, "")
    assert run.json["creator"] == "instagram:lison.sans.flacon"
    assert {signal["kind"] for signal in run.json["signals"]} >= {"safety", "engagement", "activity"}
    assert set(run.json) == {"creator", "handle", "campaign", "reasons", "against", "signals", "problem"}


def test_a_stranger_is_told_in_one_sentence(line: CommandLine) -> None:
    run = line("vet", "instagram:nobody")
    assert run.code == 1
    assert run.err == (
        "nanoreach: There is no creator named “instagram:nobody”. Name one as platform:handle.\n"
    )
