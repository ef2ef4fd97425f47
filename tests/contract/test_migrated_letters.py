"""Letters that were stored before the queue had filters are found by them, on both databases."""

import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

import agent.adapters.database
from agent.adapters.database import SqlStore, open_store
from agent.domain.draft import DraftStatus
from agent.domain.ids import CampaignId
from agent.ports import DraftFilter
from tests.builders import a_brand, a_campaign, a_creator, a_draft, a_finding, a_letter, an_outreach
from tests.contract.conftest import empty


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path) -> Iterator[SqlStore]:
    if request.param == "sqlite":
        url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'store.db')}"
    else:
        url = request.getfixturevalue("postgres_url")
    store = open_store(url)
    if request.param == "postgresql":
        empty(store)
    yield store
    store.close()


def moved(store: SqlStore, *, down: str, up: str) -> None:
    """Take the schema down to one version and up to another."""
    config = Config(output_buffer=StringIO())
    config.set_main_option("script_location", str(Path(agent.adapters.database.__file__).parent))
    with store._engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, down)
        command.upgrade(config, up)


def test_letters_of_the_version_before_are_found_by_what_they_are(database: SqlStore) -> None:
    campaigns = CampaignId("second-evening"), CampaignId("third-evening")
    said = a_draft("d-2", letter=a_letter(language="en"), findings=(a_finding(),), status=DraftStatus.BLOCKED)
    plain = a_draft("d-1", letter=a_letter(language="fr"))
    elsewhere = a_draft("d-3", outreach_id="o-3", letter=a_letter(language="fr"))
    with database.write() as tx:
        tx.brands.save(a_brand())
        tx.creators.save(a_creator())
        for campaign_id, outreach_id in zip(campaigns, ("o-1", "o-3"), strict=True):
            tx.brands.save_campaign(a_campaign(campaign_id))
            tx.outreach.save(an_outreach(outreach_id, campaign_id=campaign_id))
        tx.drafts.add([plain, said, elsewhere])

    moved(database, down="0013", up="head")

    wanted = {
        DraftFilter(): [plain, said, elsewhere],
        DraftFilter(has_findings=True): [said],
        DraftFilter(has_findings=False): [plain, elsewhere],
        DraftFilter(language="en"): [said],
        DraftFilter(language="fr"): [plain, elsewhere],
        DraftFilter(campaign=campaigns[0]): [plain, said],
        DraftFilter(campaign=campaigns[1]): [elsewhere],
    }
    with database.read() as tx:
        found = {only: list(tx.drafts.page(statuses=tuple(DraftStatus), only=only)) for only in wanted}
    assert found == wanted
