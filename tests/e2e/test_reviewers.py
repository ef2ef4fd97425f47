"""Three reviewers clear a queue, each in their own way; two race for one letter; a tab comes too late."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from agent.domain.delivery import DeliveryState
from agent.domain.draft import DraftStatus
from agent.domain.people import Role
from tests.builders import NOW
from tests.e2e.conftest import LiveDesk, Visitor
from tests.unit.web.world import World, a_world

pytestmark = pytest.mark.browser

Serve = Callable[[World], LiveDesk]
Open = Callable[..., Visitor]

LETTERS = 30
WEAK = 3  # every third letter of the small world does not pass the gate: it is turned down


def _with_keys(page: Page, *, approve: bool) -> None:
    for key in "a" if approve else "r1":
        page.keyboard.press(key)


def _with_buttons(page: Page, *, approve: bool) -> None:
    if approve:
        page.get_by_role("button", name="Approve").click()
    else:
        page.locator("summary", has_text="Reject").click()
        page.get_by_role("button", name="Not true").click()


@pytest.mark.parametrize(
    ("width", "javascript", "decide"),
    [(1280, True, _with_keys), (1280, False, _with_buttons), (360, True, _with_buttons)],
    ids=["keyboard alone", "without JavaScript", "on a telephone"],
)
def test_a_reviewer_clears_thirty_letters(
    live_desk: Serve, browser_page: Open, *, width: int, javascript: bool, decide: Callable[..., None]
) -> None:
    world = a_world(letters=LETTERS)
    desk, visitor = live_desk(world), browser_page(width=width, javascript=javascript)
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/drafts/d-1")
    for number in range(1, LETTERS + 1):
        expect(page.locator("form[action*='/rejection']")).to_have_attribute(
            "action", f"/drafts/d-{number}/rejection"
        )
        decide(page, approve=number % WEAK != 0)
    expect(page.get_by_text("Nothing to read")).to_be_visible()
    approved = [n for n in range(1, LETTERS + 1) if world.draft(f"d-{n}").status is DraftStatus.APPROVED]
    assert approved == [n for n in range(1, LETTERS + 1) if n % WEAK]
    assert len(world.deliveries()) == len(approved)
    assert visitor.complaints == []


def test_two_reviewers_race_for_one_letter_and_one_wins(live_desk: Serve, browser_page: Open) -> None:
    desk = live_desk(a_world())
    first, second = browser_page(), browser_page()
    first.log_in(desk)
    second.log_in(desk, Role.OPERATOR)
    for visitor in (first, second):
        visitor.page.goto(f"{desk.url}/drafts/d-1")
    for visitor in (first, second):
        visitor.page.keyboard.press("a")
    expect(first.page.get_by_text("Bonjour Solène,")).to_be_visible()
    expect(second.page.get_by_role("alert")).to_be_visible()
    expect(second.page.get_by_role("button", name="Approve")).to_have_count(0)
    assert len(desk.world.deliveries()) == 1


def test_a_tab_that_comes_too_late_takes_nothing_back(live_desk: Serve, browser_page: Open) -> None:
    desk, visitor = live_desk(a_world()), browser_page()
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/drafts/d-1")
    page.keyboard.press("a")
    expect(page.get_by_text("Bonjour Solène,")).to_be_visible()
    (queued,) = desk.world.deliveries()
    desk.world.put(replace(queued, state=DeliveryState.SENT, sent_at=NOW))
    page.keyboard.press("z")
    expect(page.get_by_role("alert")).to_be_focused()
    assert desk.world.draft("d-1").status is DraftStatus.APPROVED
    assert [each.state for each in desk.world.deliveries()] == [DeliveryState.SENT]
