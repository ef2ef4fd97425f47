"""Matching as a person meets it: in a browser, with and without JavaScript, on a phone, in the dark."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Route, expect

from agent.domain.brand import Value
from agent.domain.creator import Creator
from agent.ports import NicheShare
from agent.usecases.indexing import build_index
from tests.builders import NOW, a_brand, a_campaign, a_creator, a_post, an_outreach
from tests.e2e.conftest import LiveDesk, Visitor
from tests.fakes import WordIndex, quiet
from tests.unit.web.world import CAMPAIGN, PEOPLE, World, a_world

pytestmark = pytest.mark.browser

Serve = Callable[[World], LiveDesk]
Open = Callable[..., Visitor]
Save = Callable[..., Path]

PATH = f"/matching/{CAMPAIGN}"
_LISTED = 4
_CROWD = 46
_NAMES = (
    ("soap", "Soap making", "Savonnerie", 0.30, 0.35),
    ("herbs", "Herbs and wild plants", "Herbes et plantes sauvages", 0.36, 0.45),
    ("zero-waste", "Zero-waste home", "Maison zéro déchet", 0.55, 0.40),
    ("cooking", "Home cooking", "Cuisine maison", 0.70, 0.62),
    ("running", "Running", "Course à pied", 0.80, 0.20),
)
NICHES = tuple(
    NicheShare(id=name, names={"en": english, "fr": french}, share=0.5, x=x, y=y)
    for name, english, french, x, y in _NAMES
)
TEXTS = (
    "Soixante savons au grenier, six semaines à ne pas y toucher.",
    "Taillé le romarin ce matin, il m’a rendu un plein panier.",
    "Une salle de bain sans flacon, trois semaines déjà.",
    "Ce soir, une soupe de cosses et rien à jeter.",
    "Douze kilomètres le long du canal, sans montre.",
)


def a_crowded_world() -> World:
    """Return a desk on some fifty creators in five niches, a few of them listed."""
    world = a_world(letters=1)
    vegan = Value(name="Sans animaux", text="Nos savons sont vegan.")
    world.put(a_brand(values=(*a_brand().values, vegan)), a_campaign(CAMPAIGN))
    crowd = [_somebody(number) for number in range(_CROWD)]
    world.put(*crowd)
    for number, creator in enumerate(crowd[:_LISTED]):
        world.put(
            an_outreach(
                f"o-crowd-{number}",
                creator_id=creator.id,
                campaign_id=CAMPAIGN,
                created_at=NOW - timedelta(days=3),
            )
        )
    build_index(world.ports, progress=quiet)
    niches = cast("WordIndex", world.ports.similarity).known_niches
    for number, creator in enumerate(crowd):
        main, second = NICHES[number % len(NICHES)], NICHES[(number * 3 + 1) % len(NICHES)]
        niches[creator.id] = (main, replace(second, share=0.1 + 0.05 * (number % 7)))
    return world


def _somebody(number: int) -> Creator:
    posts = [a_post(f"c{number}-1", TEXTS[number % len(TEXTS)])]
    if number % 11 == 5:
        posts.append(a_post(f"c{number}-2", "Mon entrecôte préférée du dimanche 😍"))
    return a_creator(
        f"{PEOPLE[number % len(PEOPLE)].handle}.{number}",
        name=f"{PEOPLE[number % len(PEOPLE)].name} {number}",
        posts=tuple(posts),
        language="en" if number % 9 == 8 else "fr",
        country="BE" if number % 7 == 6 else "FR",
        followers=900 + 310 * number,
    )


def test_other_rules_change_only_the_results_and_the_address(live_desk: Serve, browser_page: Open) -> None:
    desk, visitor = live_desk(a_crowded_world()), browser_page()
    visitor.log_in(desk)
    page = visitor.page
    page.get_by_role("link", name="Matching").click()
    page.wait_for_url(f"{desk.url}{PATH}")
    page.get_by_role("textbox", name="Handle").fill("still here")
    page.get_by_label("Belgium").check()
    page.get_by_role("button", name="Try these rules").click()
    expect(page.get_by_text("What if:")).to_be_visible()
    assert "country=BE" in page.url
    expect(page.get_by_role("textbox", name="Handle")).to_have_value("still here")
    page.get_by_role("link", name="Back to the campaign’s rules").click()
    expect(page.get_by_text("What if:")).to_have_count(0)
    assert visitor.complaints == []
    assert visitor.strangers(desk) == []


def test_from_the_ranking_to_the_shortlist(live_desk: Serve, browser_page: Open) -> None:
    desk, visitor = live_desk(a_crowded_world()), browser_page()
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}{PATH}")
    page.get_by_label("Creators to add").fill("3")
    page.get_by_role("button", name="Show a proposal").click()
    expect(page.get_by_role("heading", name="3 creators who together cover most")).to_be_visible()
    page.get_by_role("button", name="Put 3 creators on the shortlist").click()
    expect(page.get_by_text("3 creators were put on the shortlist.")).to_be_visible()
    with desk.world.ports.store.read() as tx:
        assert len(tx.outreach.of_campaign(CAMPAIGN)) == 1 + _LISTED + 3


def test_everything_works_without_javascript(live_desk: Serve, browser_page: Open) -> None:
    desk, visitor = live_desk(a_crowded_world()), browser_page(javascript=False)
    visitor.log_in(desk)
    page = visitor.page
    page.get_by_role("link", name="Matching").click()
    page.get_by_label("French").uncheck()
    page.get_by_label("English").check()
    page.get_by_role("button", name="Try these rules").click()
    expect(page.get_by_text("What if:")).to_be_visible()
    page.get_by_role("textbox", name="Handle").fill("@lison.sans.flacon.0")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("heading", name="Already in this campaign")).to_be_visible()
    assert page.url.endswith("#answer")
    page.get_by_role("link", name="Map of niches").click()
    expect(page.get_by_role("img", name="Map of niches")).to_be_visible()
    page.get_by_role("link", name="Proposal").click()
    page.get_by_role("button", name="Put").click()
    expect(page.get_by_text("put on the shortlist.")).to_be_visible()


def test_a_mark_on_the_map_says_who_it_is(live_desk: Serve, browser_page: Open) -> None:
    desk, visitor = live_desk(a_crowded_world()), browser_page()
    visitor.log_in(desk)
    visitor.page.goto(f"{desk.url}{PATH}/niches")
    titles = visitor.page.locator(".map__dot--listed > title").all_text_contents()
    assert len(titles) == _LISTED
    assert all(title.endswith("On the shortlist") for title in titles)
    assert visitor.page.get_by_role("row").count() >= len(NICHES)


PAGES = (
    "/matching",
    PATH,
    f"{PATH}?rules=other&language=fr&country=BE",
    f"{PATH}?rules=other&language=fr&followers_min=50000",
    f"{PATH}?who=solene.au.jardin.16",
    f"{PATH}?who=lison.sans.flacon.42",
    f"{PATH}?who=solene",
    f"{PATH}/niches",
    f"{PATH}/proposal?limit=5",
)
NAMES = (
    "list",
    "ranking",
    "what-if",
    "nobody",
    "why-against",
    "why-rule",
    "why-unknown",
    "niches",
    "proposal",
)


@pytest.mark.parametrize("locale", ["en-GB", "fr-FR"])
def test_a_narrow_screen_never_scrolls_sideways(live_desk: Serve, browser_page: Open, locale: str) -> None:
    desk, visitor = live_desk(a_crowded_world()), browser_page(width=360, height=740, locale=locale)
    visitor.log_in(desk)
    for path in (*PAGES, "/patterns"):
        visitor.page.goto(f"{desk.url}{path}")
        width = visitor.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360, f"{path} is {width} px wide"


@pytest.mark.parametrize("locale", ["en-GB", "fr-FR"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_of_every_page(
    live_desk: Serve, browser_page: Open, screenshot: Save, scheme: str, locale: str
) -> None:
    world = a_crowded_world()
    world.put(a_campaign("autumn-soap", objective="Trouver qui sèche ses plantes."))
    desk = live_desk(world)
    for kind, width in (("desk", 1280), ("phone", 360)):
        visitor = browser_page(width=width, height=1400, scheme=scheme, locale=locale)
        visitor.log_in(desk)
        for path, name in zip(PAGES, NAMES, strict=True):
            visitor.page.goto(f"{desk.url}{path}")
            assert screenshot(visitor.page, f"matching-{name}-{kind}-{scheme}-{locale[:2]}").exists()
        assert visitor.complaints == []


def _hold(held: list[Route], route: Route) -> None:
    held.append(route)  # and never answered


def test_an_answer_that_takes_long_says_so(live_desk: Serve, browser_page: Open) -> None:
    desk, visitor = live_desk(a_crowded_world()), browser_page()
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}{PATH}")
    expect(page.locator("#searching")).to_be_hidden()
    held: list[Route] = []
    page.route("**/matching/**", lambda route: _hold(held, route))
    page.get_by_role("button", name="Try these rules").click()
    expect(page.locator("#searching")).to_be_visible()
    expect(page.locator("#searching")).to_contain_text("loads the model")
    assert len(held) == 1
