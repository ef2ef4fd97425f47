"""Publishing: who, when and why are kept, versions stay, and the way back is open."""

import pytest

import prompts
from agent.domain.errors import BadInput, NotFound
from agent.domain.published import Publication, Scope
from agent.ports import Ports
from agent.usecases.prompting_lab import CURRENT, FILE, Title, scope_of, shown, standing, version_of
from agent.usecases.prompting_publishing import Change, Decision, publish, roll_back
from tests.builders import NOW, a_brand, a_kept_text
from tests.unit.usecases.world import CAMPAIGN, a_world, written

FRAME = Title.of("letters/frame.fr")
SHIPPED = prompts.load("letters/frame", "fr")
WARMER = SHIPPED.source.replace("Bonjour", "Bien le bonjour")
COOLER = SHIPPED.source.replace("Bonjour", "Bonjour à vous")
BRAND = a_brand().id


def decision(brand: str | None = BRAND, campaign: str | None = None, reason: str = "warmer") -> Decision:
    return Decision(brand=brand, campaign=campaign, by="Camille", reason=reason)


def put(
    ports: Ports, source: str = WARMER, *, brand: str | None = BRAND, campaign: str | None = None
) -> Change:
    return publish(ports, FRAME, source, decision(brand, campaign))


def holding(ports: Ports, campaign: str | None = CAMPAIGN) -> str:
    with ports.store.read() as tx:
        return standing(tx, "letters/frame", "fr", scope_of(tx, BRAND, campaign), now=NOW).text.source


def test_a_publication_says_who_when_why_and_what_changed() -> None:
    ports = a_world()
    change = put(ports)
    row = Publication(
        brand_id=BRAND,
        campaign_id=None,
        name="letters/frame",
        language="fr",
        version=prompts.parse(WARMER).version,
        by="Camille",
        at=ports.clock.now(),
        reason="warmer",
    )
    assert change.publication == row
    assert change.before.source == SHIPPED.source
    assert '+  - {when: [named], text: "Bien le bonjour {{ name }},"}' in change.lines
    with ports.store.read() as tx:
        assert tx.texts.publications() == (row,)
        (entry,) = tx.journal.of(f"{change.after.reference} for brand {BRAND}")
    assert (entry.who, entry.what, entry.why) == ("Camille", "text published", "warmer")
    assert holding(ports) == WARMER


def test_the_same_again_changes_nothing() -> None:
    ports = a_world()
    put(ports)
    assert put(ports).publication is None
    with ports.store.read() as tx:
        assert len(tx.texts.publications()) == 1


def test_a_trial_run_stores_nothing() -> None:
    ports = a_world()
    change = publish(ports, FRAME, WARMER, decision(), dry_run=True)
    assert change.lines
    assert change.publication is None
    with ports.store.read() as tx:
        assert tx.texts.publications() == ()
        assert tx.texts.versions("letters/frame", "fr") == ()


@pytest.mark.parametrize(
    ("title", "given", "reason"),
    [
        ("letters/frame", decision(reason="  "), "Say why"),
        ("letters/frame", decision(brand=None), "Say for whom"),
        ("letters/offer", decision(), "a text for letters/frame.fr, not for letters/offer"),
        ("letters/frame.en", decision(), "a text for letters/frame.fr, not for letters/frame.en"),
        (
            "letters/frame",
            decision(brand="other", campaign=CAMPAIGN),
            f"is one of brand {BRAND}, not of other",
        ),
    ],
)
def test_what_is_not_clear_is_not_published(title: str, given: Decision, reason: str) -> None:
    ports = a_world()
    with pytest.raises(BadInput, match=reason):
        publish(ports, Title.of(title), WARMER, given)
    assert holding(ports) == SHIPPED.source


def test_an_unknown_brand_is_told_with_those_that_exist() -> None:
    with pytest.raises(NotFound, match=f"no brand named “nobody”. Known: {BRAND}"):
        put(a_world(), brand="nobody")


def test_rolling_back_puts_an_earlier_version_in_force_again() -> None:
    ports = a_world()
    first = put(ports).after.version
    put(ports, COOLER)
    change = roll_back(ports, Title.of("letters/frame"), first[:6], decision(brand=None))
    assert holding(ports) == change.after.source == WARMER
    roll_back(ports, FRAME, SHIPPED.version, decision())
    assert holding(ports) == SHIPPED.source
    with ports.store.read() as tx:
        assert [row.version for row in tx.texts.publications()][-2:] == [first, SHIPPED.version]


def test_withdrawing_lets_the_brand_speak_for_the_campaign_again_and_the_file_for_the_brand() -> None:
    ports = a_world()
    put(ports)
    put(ports, COOLER, campaign=CAMPAIGN)
    assert holding(ports) == COOLER
    assert roll_back(ports, FRAME, FILE, decision(campaign=CAMPAIGN)).after.source == WARMER
    assert holding(ports) == WARMER
    roll_back(ports, FRAME, FILE, decision())
    assert holding(ports) == SHIPPED.source
    with pytest.raises(BadInput, match="Nothing is published"):
        roll_back(ports, FRAME, FILE, decision(brand=None))


def test_where_a_text_is_published_twice_one_must_say_which_is_meant() -> None:
    ports = a_world()
    put(ports)
    put(ports, COOLER, campaign=CAMPAIGN)
    with pytest.raises(BadInput, match=f"published for brand {BRAND}, campaign {CAMPAIGN}; say which"):
        roll_back(ports, FRAME, FILE, decision(brand=None))


def test_an_unknown_version_is_told_with_those_that_exist() -> None:
    ports = a_world()
    put(ports)
    with pytest.raises(NotFound, match=f"file, current, {SHIPPED.version}, {prompts.parse(WARMER).version}"):
        roll_back(ports, FRAME, "beef", decision())


def test_the_text_of_a_draft_can_be_shown_whatever_was_published_since() -> None:
    ports = a_world()
    put(ports)
    reference = next(part for part in written(ports).origin.prompt.split(" + ") if "frame" in part)
    put(ports, COOLER)
    with ports.store.read() as tx:
        found = shown(tx, Title.of(reference), None, now=NOW)
    assert found.text.source == WARMER
    assert not found.holds
    assert [row.version for row in found.history] == [
        prompts.parse(text).version for text in (WARMER, COOLER)
    ]


def test_a_text_that_is_shipped_no_more_can_still_be_shown() -> None:
    ports = a_world()
    old = a_kept_text(name="letters/farewell", source="an older nanoreach wrote this")
    with ports.store.write() as tx:
        tx.texts.keep(old)
        found = shown(tx, Title.of(old.reference), None, now=NOW)
    assert found.text == old
    assert not found.holds


def test_publications_are_told_in_their_order_and_the_last_one_holds() -> None:
    ports = a_world()
    for text in (WARMER, COOLER, WARMER):
        put(ports, text)
    assert holding(ports, None) == WARMER
    with ports.store.read() as tx:
        assert version_of(tx, "letters/frame", "fr", CURRENT, Scope(brand_id=BRAND), now=NOW).source == WARMER
        assert len(tx.texts.versions("letters/frame", "fr")) == 2
