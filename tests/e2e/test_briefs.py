"""Briefs in a real browser: at two widths, in two schemes, without JavaScript, and without complaint."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from agent.domain.brief import AnswerKind
from agent.usecases.briefing_answers import answer_brief
from tests.e2e.conftest import LiveDesk, Visitor
from tests.unit.web.test_briefs import DESK, briefed_world, change, link, reviewed
from tests.unit.web.world import World

pytestmark = pytest.mark.browser

Serve = Callable[[World], LiveDesk]
Open = Callable[..., Visitor]
WIDTHS = {"phone": 360, "desk": 1280}


def fits(visitor: Visitor) -> bool:
    """Return whether nothing is wider than the window."""
    visitor.page.wait_for_load_state()
    wide: Any = visitor.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return bool(wide)


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_brief_is_changed_and_approved_without_javascript(
    live_desk: Serve, browser_page: Open, screenshot: Callable[..., Path], width: int
) -> None:
    world = briefed_world(opened=False)
    desk, visitor = live_desk(world), browser_page(width=width, javascript=False, locale="fr")
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/briefs")
    page.get_by_role("button", name="Rédiger le brief").click()
    assert fits(visitor)
    page.get_by_role("link", name="Modifier les conditions").click()
    page.get_by_label("Un mot personnel pour ce créateur").fill("Un savon de plus vous attend : à bientôt !")
    page.get_by_label("Ce qui compte pour la marque, un point par ligne").fill("Quatre ingrédients.")
    assert fits(visitor)
    screenshot(page, f"brief-edit-{width}", full_page=True)
    page.get_by_role("button", name="Enregistrer comme nouvelle version").click()
    page.wait_for_url(f"{desk.url}{DESK}")
    screenshot(page, f"brief-open-{width}", full_page=True)
    page.get_by_role("button", name="Valider ce brief").click()
    expect(page.get_by_text("Cette version est validée")).to_be_visible()
    assert fits(visitor)
    screenshot(page, f"brief-approved-{width}", full_page=True)
    assert reviewed(world).approval is not None
    assert visitor.strangers(desk) == []


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_creator_reads_and_answers_without_javascript_and_log_in(
    live_desk: Serve, browser_page: Open, screenshot: Callable[..., Path], width: int, scheme: str
) -> None:
    world = briefed_world(approved=True)
    desk, visitor = live_desk(world), browser_page(width=width, scheme=scheme, javascript=False)
    page = visitor.page
    page.goto(f"{desk.url}{link(world)}")
    assert fits(visitor)
    screenshot(page, f"brief-link-{width}-{scheme}", full_page=True)
    page.get_by_label("Une question, ou d’autres conditions à proposer").fill("Plutôt le 5 décembre ?")
    page.get_by_role("button", name="Proposer autre chose").click()
    expect(page.get_by_text("Plutôt le 5 décembre ?")).to_be_visible()
    page.get_by_role("button", name="J’accepte").click()
    expect(page.get_by_text("Ce brief est accepté")).to_be_visible()
    assert fits(visitor)
    assert {answer.kind for answer in reviewed(world).answers} == {AnswerKind.PROPOSES, AnswerKind.ACCEPTS}
    assert visitor.complaints == []
    assert visitor.strangers(desk) == []


def test_findings_and_answers_stand_beside_the_brief(
    live_desk: Serve, browser_page: Open, screenshot: Callable[..., Path]
) -> None:
    world = briefed_world(approved=True)
    token = link(world).rpartition("/")[2]
    answer_brief(world.ports, token, kind=AnswerKind.ASKS, text="Puis-je publier plus tard ?")
    change(world, disclosure=("#ad",), key_messages=("J’adore ce savon !",))
    desk, visitor = live_desk(world), browser_page()
    visitor.log_in(desk)
    visitor.page.goto(f"{desk.url}{DESK}")
    expect(visitor.page.get_by_text("Puis-je publier plus tard ?")).to_be_visible()
    expect(visitor.page.get_by_text("brief.disclosure.not_enough")).to_be_visible()
    screenshot(visitor.page, "brief-blocked", full_page=True)
    assert visitor.complaints == []
