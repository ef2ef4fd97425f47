"""The pages of matching: each state, and what their forms do."""

import re
from dataclasses import replace
from typing import Any, cast

import pytest

from agent.domain.brand import Value
from agent.domain.creator import Creator
from agent.domain.errors import Unavailable
from agent.domain.filters import Filters, refusal
from agent.domain.outreach import OutreachStatus
from agent.domain.people import Role
from agent.domain.portfolio import Why
from agent.ports import NicheShare
from agent.usecases.indexing import build_index
from agent.usecases.why_not import Verdict
from agent.web import labels
from agent.web.app import create_app
from tests.builders import NOW, a_brand, a_campaign, a_creator, a_post, an_outreach
from tests.fakes import WordIndex, quiet
from tests.unit.web.test_pages import HOSTILE, read
from tests.unit.web.world import CAMPAIGN, World, a_world, post

PATH = f"/matching/{CAMPAIGN}"
VEGAN = Value(name="Sans animaux", text="Nos savons sont vegan.", weight=2)
SOAP = NicheShare(id="soap", names={"en": "Soap making", "fr": "Savonnerie"}, share=0.7, x=0.3, y=0.4)
HERBS = NicheShare(id="herbs", names={"en": "Wild herbs", "fr": "Plantes sauvages"}, share=0.3, x=0.7, y=0.6)


def a_soap_fan(handle: str, text: str = "Une salle de bain sans flacon, enfin.", **fields: Any) -> Creator:
    return a_creator(handle, name=handle.title(), posts=(a_post(f"{handle}-1", text),), **fields)


PEOPLE = (
    a_soap_fan("noe"),
    a_soap_fan("steak", "Mon entrecôte préférée du dimanche 😍"),
    a_soap_fan("large", followers=80_000),
    a_soap_fan("english", language="en", country="US"),
)


def a_matching_world(*creators: Creator, letters: int = 1, is_indexed: bool = True) -> World:
    """Return a world whose one campaign has creators; with letters, the first one is listed."""
    world = a_world(letters=letters)
    world.put(a_brand(values=(*a_brand().values, VEGAN)), a_campaign(CAMPAIGN), *(creators or PEOPLE))
    if is_indexed:
        build_index(world.ports, progress=quiet)
        niches = cast("WordIndex", world.ports.similarity).known_niches
        niches |= {creator.id: (SOAP, HERBS) for creator in creators or PEOPLE}
    return world


def with_index(world: World, index: WordIndex) -> World:
    """Return the same world over another index."""
    ports = replace(world.ports, similarity=index)
    return replace(world, ports=ports, app=create_app(ports, world.config))


class Broken(WordIndex):
    """An index that cannot be asked."""

    def search(self, *_: Any, **__: Any) -> Any:
        raise Unavailable("The index belongs to another model. Run: nanoreach index build")

    def niches(self, *_: Any, **__: Any) -> Any:
        raise Unavailable("The index belongs to another model. Run: nanoreach index build")


def page(world: World, path: str = PATH, *, role: Role = Role.MANAGER, language: str = "en") -> str:
    answer = world.person(role).get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.text
    return answer.text


def words(html: str) -> str:
    """Return what a page says, without its marks."""
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", html.partition("<main")[2]))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "path",
    [
        "/matching",
        PATH,
        f"{PATH}?rules=other&country=US",
        f"{PATH}?who=large",
        f"{PATH}?who=nobody",
        f"{PATH}?who=steak",
        f"{PATH}/niches",
        f"{PATH}/proposal",
    ],
)
def test_no_page_holds_inline_script_or_style(path: str, language: str) -> None:
    world = a_matching_world()
    world.put(a_campaign("other"))
    assert read(page(world, path, language=language)).inline == []


def test_the_only_campaign_is_opened_at_once_and_several_are_listed() -> None:
    world = a_matching_world()
    assert world.person(Role.VIEWER).get("/matching").headers["location"] == PATH
    world.put(a_campaign("autumn-soap"))
    html = page(world, "/matching")
    assert 'href="/matching/autumn-soap"' in html
    assert "1 on the shortlist" in words(html)


def test_without_a_campaign_the_command_is_told() -> None:
    assert "nanoreach import brand FILE.yaml" in page(a_world(letters=0), "/matching")


def test_without_creators_the_command_is_told() -> None:
    world = a_world(letters=0)
    world.put(a_brand(), a_campaign(CAMPAIGN))
    html = page(world)
    assert "nanoreach import creators FILE" in html
    assert "Une salle de bain sans flacon ni film plastique." in html


@pytest.mark.parametrize("part", ["", "/niches", "/proposal"])
def test_without_an_index_the_command_is_told(part: str) -> None:
    html = page(with_index(a_matching_world(is_indexed=False), Broken()), f"{PATH}{part}")
    assert "There is no index yet" in html
    assert "nanoreach index build" in html


@pytest.mark.parametrize("part", ["", "/niches", "/proposal"])
def test_an_index_that_cannot_be_asked_says_why(part: str) -> None:
    broken = Broken()
    broken.build((), source="some", progress=quiet)
    html = page(with_index(a_matching_world(is_indexed=False), broken), f"{PATH}{part}")
    assert "The index belongs to another model." in html
    assert 'role="alert"' in html


def test_an_index_without_these_creators_says_what_to_do() -> None:
    html = page(a_matching_world(is_indexed=False))
    assert "None of them is in the index" in html


def test_what_is_searched_stands_there_value_by_value() -> None:
    said = words(page(a_matching_world()))
    assert "Faire essayer le savon au romarin" in said
    assert "Sans animaux × 2 Nos savons sont vegan." in said


def test_a_creator_has_reasons_with_quotes_and_dates() -> None:
    said = words(page(a_matching_world()))
    assert "Noe" in said
    assert "Rien à jeter" in said
    assert "Une salle de bain sans flacon, enfin. 2 Jun 2026" in said


def test_what_speaks_against_and_signals_stand_in_the_readers_language() -> None:
    html = page(a_matching_world(), language="fr")
    assert "Contredit «\u202fSans animaux\u202f»\u202f: viande, cuir ou fourrure" in words(html)
    assert "Mon entrecôte préférée du dimanche" in html
    assert "doubt--concern" in html


def test_rules_tell_how_many_they_leave_out() -> None:
    said = words(page(a_matching_world()))
    assert "2 creators left out by the rules: another language 1" in said
    assert "more followers than asked for 1" in said


def test_who_is_listed_is_marked() -> None:
    html = page(a_matching_world())
    assert html.count('<li class="match match--listed">') == 1
    assert "On the shortlist" in html
    assert "instagram:lison.sans.flacon</bdi></a> <span" in html


def test_other_rules_are_tried_without_storing_them() -> None:
    world = a_matching_world()
    html = page(world, f"{PATH}?rules=other&language=en&country=US&followers_min=1+000")
    assert "What if:" in html
    assert "English" in words(html)
    assert '<h3 class="match__who"><bdi>Noe</bdi>' not in html
    assert re.search(r'value="en" checked', html)
    assert 'name="followers_min" min="0" max="1000000000" inputmode="numeric" value="1000"' in html
    assert "/niches?rules=other&amp;language=en&amp;country=US&amp;followers_min=1000" in html
    assert "What if:" not in page(world)


def test_no_box_ticked_asks_for_nothing() -> None:
    html = page(a_matching_world(), f"{PATH}?rules=other")
    assert "5 creators pass the rules" in html
    assert "left out by the rules" not in html


def test_followers_that_are_no_number_are_told() -> None:
    answer = a_matching_world().person(Role.VIEWER).get(f"{PATH}?rules=other&followers_min=many")
    assert answer.status_code == 400
    assert "“many” is no number of followers" in answer.text


def test_nobody_left_says_so() -> None:
    html = page(a_matching_world(), f"{PATH}?rules=other&language=pt")
    assert "Nobody passes these rules" in html
    assert "Portuguese" in html  # a rule that nobody meets can be taken back


def test_pages_keep_the_rules() -> None:
    world = a_matching_world(*(a_soap_fan(f"fan{number}") for number in range(45)))
    first = page(world, f"{PATH}?rules=other&language=fr")
    assert "Page 1 of 3" in first
    assert "?rules=other&amp;language=fr&amp;page=2" in first
    second = page(world, f"{PATH}?rules=other&language=fr&page=2")
    assert '<ol class="matches" start="21">' in second
    assert first.count('class="match"') + first.count('class="match match--listed"') == 20


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("nobody-at-all", "Nobody here has this name"),
        ("large", "Left out by a rule of the campaign"),
        ("large", "Followers: 80,000 . Asked for: 500 to 10,000 ."),
        ("english", "Language: English . Asked for: French ."),
        ("steak", "Their own words speak against the brand"),
        ("steak", "of 3 creators who pass the rules."),
        ("@noe", "Nothing stands in the way"),
        ("lison.sans.flacon", "Already in this campaign"),
    ],
)
def test_why_not_has_one_answer(who: str, said: str) -> None:
    html = page(a_matching_world(), f"{PATH}?who={who}")
    assert said in words(html)
    assert html.count('id="answer"') == 1


def test_why_not_offers_names_to_choose_from() -> None:
    world = a_matching_world(a_soap_fan("twin"), a_soap_fan("twin", platform="tiktok"))
    html = page(world, f"{PATH}?who=twin")
    assert "Several creators have this name" in html
    assert f'href="{PATH}?who=tiktok%3Atwin#answer"' in html


def test_somebody_suppressed_is_told_without_the_address() -> None:
    world = a_matching_world()
    with world.ports.store.write() as tx:
        tx.suppressions.add(world.ports.fingerprints.of("noe@creator.example"), reason="asked", at=NOW)
    html = page(world, f"{PATH}?who=noe")
    assert "Asked never to be written to again" in html
    assert "noe@creator.example" not in html


def test_somebody_busy_elsewhere_is_told_with_the_campaign() -> None:
    world = a_matching_world()
    world.put(a_campaign("autumn-soap"))
    listed = an_outreach("o-9", creator_id=PEOPLE[0].id, campaign_id="autumn-soap")
    world.put(listed)
    said = words(page(world, f"{PATH}?who=noe"))
    assert "Already on another list" in said
    assert "On the list of autumn-soap. If nothing is written there, this person is free again from" in said
    world.put(listed.advance(OutreachStatus.CONTACTED, at=NOW))
    said = words(page(world, f"{PATH}?who=noe"))
    assert "Already in conversation for another campaign" in said
    assert "In conversation for autumn-soap. If no answer comes" in said


def test_somebody_imported_later_is_not_in_the_index() -> None:
    world = a_matching_world()
    world.put(a_soap_fan("fresh"))
    assert "Not in the index yet" in page(world, f"{PATH}?who=fresh")


def test_the_map_marks_the_listed_by_shape_and_has_a_table_and_titles() -> None:
    world = a_matching_world()
    listed = world.creator("d-1")
    cast("WordIndex", world.ports.similarity).known_niches[listed.id] = (HERBS, SOAP)
    html = page(world, f"{PATH}/niches")
    assert html.count('<circle class="map__dot" cx=') == 2
    assert html.count('<path class="map__dot map__dot--listed" transform=') == 1
    assert "<title>instagram:noe · Soap making</title>" in html
    assert "<title>instagram:lison.sans.flacon · Wild herbs · On the shortlist</title>" in html
    assert "Soap making 2 0" in words(html)
    assert "Savonnerie" in page(world, f"{PATH}/niches", language="fr")


def test_an_index_without_niches_says_why_there_is_no_map() -> None:
    world = a_matching_world()
    cast("WordIndex", world.ports.similarity).known_niches.clear()
    html = page(world, f"{PATH}/niches")
    assert "There is no map for this index" in html
    assert "<svg" not in html
    assert "Nobody passes these rules" in page(world, f"{PATH}/niches?rules=other&language=pt")


def test_a_proposal_stores_nothing_and_names_who_and_why_not() -> None:
    world = a_matching_world()
    said = words(page(world, f"{PATH}/proposal?limit=5"))
    assert "1 creator who fits" in said
    assert "5 were asked for; nobody is taken just to fill the list." in said
    assert "1 · their own words speak against the brand" in said
    assert "1 · cannot be written to now" in said
    with world.ports.store.read() as tx:
        assert len(tx.outreach.of_campaign(CAMPAIGN)) == 1


def test_the_proposed_ones_are_put_on_the_shortlist_once() -> None:
    world = a_matching_world()
    client = world.person(Role.MANAGER)
    via = f"{PATH}/proposal?limit=5"
    answer = post(client, f"{PATH}/shortlist", via=via, limit="5")
    assert (answer.status_code, answer.headers["location"]) == (303, PATH)
    assert "1 creator was put on the shortlist." in client.get(PATH).text
    with world.ports.store.read() as tx:
        rows = tx.outreach.of_campaign(CAMPAIGN)
        entry = tx.journal.of(next(row.id for row in rows if row.creator_id == PEOPLE[0].id))[0]
    assert len(rows) == 2
    assert (entry.what, entry.who) == ("shortlisted", "manager@savon-du-sud.example")
    assert "Nobody can be added" in client.get(via).text
    post(client, f"{PATH}/shortlist", via="/", limit="5")
    assert "Nobody was added to the shortlist." in client.get(PATH).text


@pytest.mark.parametrize("limit", ["0", "-1", "201", "many", "1e3", "٣"])
def test_a_length_that_is_none_is_told(limit: str) -> None:
    client = a_matching_world().person(Role.MANAGER)
    assert client.get(f"{PATH}/proposal", params={"limit": limit}).status_code == 400
    assert post(client, f"{PATH}/shortlist", limit=limit).status_code == 400


def test_who_only_reads_has_no_button_and_cannot_press_it(reader: Role) -> None:
    world = a_matching_world()
    html = page(world, f"{PATH}/proposal", role=reader)
    assert "A manager or operator puts creators on the shortlist." in html
    assert f'action="{PATH}/shortlist"' not in html
    assert post(world.person(reader), f"{PATH}/shortlist", limit="5").status_code == 403
    with world.ports.store.read() as tx:
        assert len(tx.outreach.of_campaign(CAMPAIGN)) == 1


@pytest.mark.parametrize("part", ["", "/niches", "/proposal"])
def test_an_unknown_campaign_is_told(part: str) -> None:
    answer = a_matching_world().person(Role.VIEWER).get(f"/matching/none{part}")
    assert answer.status_code == 404
    assert "There is no campaign named “none”." in answer.text


def test_hostile_words_of_a_creator_stay_words() -> None:
    hostile = a_creator(
        HOSTILE, name=HOSTILE, bio=HOSTILE, url="javascript:alert(1)", posts=(a_post("p", HOSTILE),)
    )
    world = a_matching_world(hostile, a_soap_fan("noe"))
    client = world.person(Role.MANAGER)
    for path, params in (
        (PATH, {}),
        (PATH, {"who": HOSTILE}),
        (f"{PATH}/niches", {}),
        (f"{PATH}/proposal", {}),
    ):
        html = client.get(path, params=params).text
        found = read(html)
        assert "alert(1)" in html, path
        assert found.inline == [], path
        assert len(found.scripts) == 2, path
        assert not [link for link in found.links if "javascript:" in (link.get("href") or "")], path


def test_choosing_a_language_keeps_the_rules() -> None:
    html = page(a_matching_world(), f"{PATH}?rules=other&language=en")
    assert f'name="path" value="{PATH}?rules=other&amp;language=en"' in html


def test_every_code_has_its_words() -> None:
    asked = Filters(
        languages=frozenset({"fr"}),
        countries=frozenset({"FR"}),
        platforms=frozenset({"blog"}),
        followers_min=10,
        followers_max=20,
    )
    told = {
        refusal(asked, language=language, country=country, followers=followers, platform=platform)
        for language in ("fr", "en", None)
        for country in ("FR", "US", None)
        for followers in (5, 15, 25, None)
        for platform in ("blog", "tiktok")
    }
    assert told == {"", *labels.RULE}
    assert set(labels.VERDICT) == set(Verdict)
    assert {why.value for why in Why} < set(labels.LEFT)


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (1.0, "almost surely a fit"),
        (0.75, "very probably a fit"),
        (0.5, "as likely a fit as not"),
        (0.0, "hardly a fit"),
    ],
)
def test_a_probability_is_said_in_words(probability: float, said: str) -> None:
    assert labels.certainty_of(probability) == said


def test_a_calibrated_fit_says_how_likely_it_is() -> None:
    html = page(a_matching_world(), "/patterns")
    assert "very probably a fit (about 8 in 10 such creators are) · nearness 0.58" in words(html)
