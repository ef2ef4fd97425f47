"""Which texts a letter is made of, and that the text it came from can be shown for ever."""

import pytest

import prompts
from agent.domain.errors import Unavailable
from agent.domain.ids import BrandId, CampaignId
from agent.domain.published import KeptText
from agent.ports import Ports
from agent.usecases.prompting import published_texts
from tests.builders import NOW, a_brand, a_publication
from tests.unit.usecases.world import CAMPAIGN, a_world, written

FIRST = "letters/first_touch"


def a_text(marked: str, name: str = FIRST) -> prompts.Prompt:
    """Return the shipped French text with another purpose, and so another version."""
    source = prompts.load(name, "fr").source
    return prompts.parse(source.replace("purpose:", f"# {marked}\npurpose:", 1))


def publish(ports: Ports, prompt: prompts.Prompt, *, campaign_id: CampaignId | None = None) -> None:
    """Put a text in force for the builders' brand, or a campaign of it."""
    with ports.store.write() as tx:
        tx.texts.keep(
            KeptText(
                name=prompt.name,
                language=prompt.language,
                version=prompt.version,
                source=prompt.source,
                kept_at=NOW,
            )
        )
        tx.texts.publish(
            a_publication(
                name=prompt.name,
                language=prompt.language,
                version=prompt.version,
                campaign_id=campaign_id,
            )
        )


def version_for(ports: Ports, campaign_id: CampaignId | None, brand_id: BrandId | None = None) -> str:
    with ports.store.read() as tx:
        return published_texts(tx, brand_id or a_brand().id, campaign_id).prompt(FIRST, "fr").version


def test_the_campaign_comes_before_the_brand_and_the_brand_before_the_file() -> None:
    ports = a_world()
    shipped, brands, campaigns = prompts.load(FIRST, "fr"), a_text("brand"), a_text("campaign")
    assert version_for(ports, CAMPAIGN) == shipped.version
    publish(ports, brands)
    assert version_for(ports, CAMPAIGN) == version_for(ports, None) == brands.version
    publish(ports, campaigns, campaign_id=CAMPAIGN)
    assert version_for(ports, CAMPAIGN) == campaigns.version
    assert version_for(ports, None) == brands.version
    assert version_for(ports, CAMPAIGN, BrandId("another")) == shipped.version
    publish(ports, shipped)
    assert version_for(ports, CAMPAIGN) == campaigns.version


def test_what_is_withdrawn_leaves_room_for_what_was_below() -> None:
    ports = a_world()
    brands, campaigns = a_text("brand"), a_text("campaign")
    publish(ports, brands)
    publish(ports, campaigns, campaign_id=CAMPAIGN)
    with ports.store.write() as tx:
        tx.texts.publish(a_publication(name=FIRST, version=None, campaign_id=CAMPAIGN))
    assert version_for(ports, CAMPAIGN) == brands.version
    with ports.store.write() as tx:
        tx.texts.publish(a_publication(name=FIRST, version=None))
    assert version_for(ports, CAMPAIGN) == prompts.load(FIRST, "fr").version


def test_a_draft_names_the_published_texts_it_came_from_and_they_are_kept() -> None:
    ports = a_world("une", "deux")
    before = written(ports, "une")
    own = a_text("warmer")
    closing = prompts.load("letters/frame", "fr").source.replace("Bonjour", "Chère voisine, cher voisin", 1)
    frame = prompts.parse(closing)
    publish(ports, own)
    publish(ports, frame, campaign_id=CAMPAIGN)
    after = written(ports, "deux")
    shipped = prompts.load(FIRST, "fr")
    assert before.origin.prompt == shipped.reference
    assert after.origin.prompt == f"{own.reference} + {frame.reference}"
    with ports.store.read() as tx:
        for prompt in (shipped, own, frame):
            kept = tx.texts.version(prompt.name, prompt.language, prompt.version)
            assert kept is not None
            assert kept.source == prompt.source


def test_a_published_text_changes_the_letter() -> None:
    ports = a_world()
    before = prompts.load("letters/frame", "fr")
    publish(ports, prompts.parse(before.source.replace("Bonjour", "Bien le bonjour")))
    assert written(ports).letter.greeting.startswith("Bien le bonjour")


def test_with_a_published_text_that_cannot_be_used_nothing_is_written() -> None:
    ports = a_world()
    source = prompts.load(FIRST, "fr").source
    publish(ports, prompts.parse(source.replace("{{ quote }}", "{{ quote[0] }}")))
    with pytest.raises(Unavailable, match=r"letters/first_touch\.fr, line \d+: .*rollback"):
        written(ports)
