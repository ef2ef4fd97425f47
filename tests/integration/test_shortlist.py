"""`nanoreach shortlist` on the sample brand and creators, with the built-in model."""

from pathlib import Path
from shutil import copytree

import pytest

from tests.cli import ROOT, CommandLine, run

SAMPLES = ROOT / "agent" / "samples"
CAMPAIGN = "savon-printemps"


@pytest.fixture(scope="module")
def ready_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("ready") / "home"
    for words in (
        ("init",),
        ("import", "brand", SAMPLES / "savon-du-sud.yaml"),
        ("import", "creators", SAMPLES / "creators.jsonl"),
        ("index", "build"),
    ):
        done = run(home, *words)
        assert done.code == 0, done.err
    return home


@pytest.fixture
def nanoreach(
    ready_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    copytree(ready_home, tmp_path / "home")
    return CommandLine(tmp_path / "home", capsys, monkeypatch)


def test_a_dry_run_shows_both_sides_and_stores_nothing(nanoreach: CommandLine) -> None:
    words = ("shortlist", CAMPAIGN, "--limit", "6", "--budget", "27 EUR", "--dry-run")
    told = nanoreach(*words, "--json").json
    assert told["dry_run"] is True
    assert told["present_figures"]["creators"] == 6
    assert float(told["figures"]["cost"]) <= 27 < float(told["present_figures"]["cost"])
    assert {left["code"] for left in told["dropped"]} == {"budget"}
    assert nanoreach(*words, "--json").json == told

    shown = nanoreach(*words, "--explain")
    assert shown.code == 0
    assert "without options" in shown.out
    assert "over budget" in shown.out
    assert "nothing is stored" in shown.out


def test_the_document_keeps_its_keys_and_has_more(nanoreach: CommandLine) -> None:
    told = nanoreach("shortlist", CAMPAIGN, "--limit", "4", "--json").json
    assert {"chosen", "without_address", "left_out", "ruled_out", "figures", "notes"} <= set(told)
    assert {"person", "reason", "code"} == set(told["left_out"][0])
    for each in told["chosen"]:
        assert {"creator", "handle", "score", "similarity", "reasons", "tier", "gains"} <= set(each)
        assert each["gains"]["fit"] >= 0
    assert told["figures"]["mean_fit"] >= 0.97 * told["figures"]["plain_fit"]


def test_exit_codes_tell_an_empty_list_from_a_quota_that_is_short(nanoreach: CommandLine) -> None:
    assert nanoreach("shortlist", CAMPAIGN, "--minutes", "1", "--dry-run").code == 4
    short = nanoreach("shortlist", CAMPAIGN, "--limit", "3", "--quota", "country:BE=2..", "--dry-run")
    assert short.code == 3
    assert "country:BE=2.. is not reached" in short.err
    assert nanoreach("shortlist", CAMPAIGN, "--limit", "3").code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--budget", "much"), "--budget: “much” is no amount"),
        (("--budget", "30 USD"), "write it in EUR"),
        (("--quota", "tier:nano=60%"), "at least or at most"),
        (("--quota", "country:FR=9..", "--limit", "3"), "the list holds 3"),
    ],
)
def test_options_that_cannot_be_kept_are_refused_in_one_sentence(
    nanoreach: CommandLine, words: tuple[str, ...], says: str
) -> None:
    refused = nanoreach("shortlist", CAMPAIGN, *words)
    assert refused.code == 1
    assert says in refused.err
    assert refused.out == ""


def test_bounds_of_tiers_are_a_setting(nanoreach: CommandLine) -> None:
    nanoreach.set("NANOREACH_TIERS", "FR=10/20")
    told = nanoreach("shortlist", CAMPAIGN, "--limit", "3", "--dry-run", "--json").json
    assert {each["tier"] for each in told["chosen"]} == {"larger"}
    nanoreach.set("NANOREACH_TIERS", "France")
    assert "NANOREACH_TIERS" in nanoreach("shortlist", CAMPAIGN).err
