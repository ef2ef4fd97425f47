"""`nanoreach rehearse` on a home: its words, its codes, and a home that is the same afterwards."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from agent.adapters.database import open_store
from agent.bootstrap import prepare_home
from agent.domain.creator import Creator
from agent.settings import Settings
from tests.builders import a_brand
from tests.cli import Run, run
from tests.unit.usecases.world import a_neighbour, outreach_to, the_campaign

CAMPAIGN = "second-evening"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with two people on a shortlist, one of them without an address."""
    folder = tmp_path_factory.mktemp("rehearsal") / "home"
    fill(folder, *people())
    return folder


def fill(home: Path, *creators: Creator) -> None:
    """Make a home with a campaign and these people on its shortlist."""
    settings = Settings.load(home=home)
    prepare_home(settings)
    with closing(open_store(settings.store_url)) as store, store.write() as tx:
        tx.brands.save(a_brand())
        tx.brands.save_campaign(the_campaign())
        for creator in creators:
            tx.creators.save(creator)
            tx.outreach.save(outreach_to(creator))


def people() -> Iterator[Creator]:
    yield a_neighbour("lison.sans.flacon")
    yield replace(a_neighbour("solene.au.jardin"), address=None)


def fingerprint(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in files}


def rehearsed(home: Path, *options: str) -> Run:
    return run(home, "rehearse", CAMPAIGN, "--runs", "1", "--start", "2026-12-21T08:00", *options)


def test_a_rehearsal_tells_what_goes_wrong_and_leaves_the_home_as_it_was(home: Path) -> None:
    before = fingerprint(home)
    done = rehearsed(home)
    assert done.code == 3, done.err
    assert fingerprint(home) == before
    assert "What would go wrong" in done.out
    assert "instagram:solene.au.jardin cannot be written to" in done.out
    assert "NANOREACH_IMAP_URL" in done.out
    assert done.err == ""


def test_the_json_is_the_same_each_time_and_names_its_sources(home: Path) -> None:
    one, again = rehearsed(home, "--json"), rehearsed(home, "--json")
    assert one.out == again.out
    told = one.json
    assert told["goes_wrong"] is True
    assert told["first_run"]["written_to"] == 1
    assert told["funnel"]["letters"]["median"] == sum(day["sent"] for day in told["days"])
    assert {"people.no_address", "mail.unread"} <= {trouble["code"] for trouble in told["troubles"]}
    assert all(each["source"] for each in told["assumptions"]["shares"].values())
    assert {day["note"] for day in told["days"]} >= {"Christmas Day", "weekend"}


def test_a_list_without_people_has_nothing_to_rehearse(tmp_path: Path) -> None:
    home = tmp_path / "home"
    fill(home)
    assert rehearsed(home).code == 4
    unknown = run(home, "rehearse", "no-such-campaign")
    assert (unknown.code, unknown.out) == (1, "")
    assert "no-such-campaign" in unknown.err


def test_other_assumptions_come_from_a_file(home: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        "shares: {interested: {share: 1.0, source: they all like us}}\n"
        "answers_by_letter: {shares: [1.0], source: at once}\n"
        "rejected: {share: 0.0, source: we like all}\n",
        encoding="utf-8",
    )
    told = rehearsed(home, "--json", "--assumptions", str(mine)).json
    assert (told["first_run"]["interested"], told["first_run"]["letters"]) == (1, 1)
    mine.write_text("shares: {}\n", encoding="utf-8")
    wrong = rehearsed(home, "--assumptions", str(mine))
    assert wrong.code == 1
    assert "mine.yaml" in wrong.err
