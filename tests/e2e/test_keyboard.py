"""The desk by keyboard: every control is reached in reading order and seen, and focus is never lost."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agent.domain.draft import DraftStatus, RejectionReason
from agent.domain.ids import DraftId
from agent.domain.people import Role
from agent.usecases import reviewing
from tests.e2e.conftest import LiveDesk, Visitor
from tests.e2e.test_answers import asked
from tests.e2e.tour import READER, a_full_world, stops
from tests.unit.web.whole import a_whole
from tests.unit.web.world import World, a_world

pytestmark = pytest.mark.browser

Serve = Callable[[World], LiveDesk]
Open = Callable[..., Visitor]

CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
WATCH = """wanted => {
  const seen = [], all = [...document.querySelectorAll(wanted)].filter(
    each => each.checkVisibility({visibilityProperty: true}) && !each.disabled);
  const bar = document.querySelector('.page--draft .decision');
  const name = each => `${each.tagName} ${(each.textContent || each.name || '').trim().slice(0, 40)}`;
  if (!all.length) return 0;  // a page that only says something
  all[0].focus();
  document.addEventListener('focusin', ({target}) => {
    const style = getComputedStyle(target), box = target.getBoundingClientRect();
    const behind = bar && !bar.contains(target) && box.top >= bar.getBoundingClientRect().top;
    const off = box.bottom <= 0 || box.top >= innerHeight;
    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2)
      seen.push(`unseen: ${name(target)}`);
    if (behind || off) seen.push(`behind: ${name(target)}`);
    seen.push(all.indexOf(target));
  });
  window.tour = {seen, names: all.map(name)};
  return all.length + 3 * document.querySelectorAll('[type=date]').length + 1;  // its parts, its calendar
}"""


def test_every_control_of_every_page_is_reached_in_reading_order_and_seen(
    live_desk: Serve, browser_page: Open
) -> None:
    world = a_full_world()
    desk, manager, stranger = live_desk(world), browser_page(), browser_page()
    manager.log_in(desk)
    for stop in stops(world):
        if stop.act is not None or stop.role is Role.VIEWER:
            continue
        page = (manager if stop.role is not None else stranger).page
        page.goto(f"{desk.url}{stop.path}")
        assert _passed(page) == [], stop.name


def _passed(page: Page) -> list[str]:
    """Press Tab all the way round; return the controls that were missed, unseen or out of order."""
    presses = page.evaluate(WATCH, CONTROLS)
    if not presses:
        return []
    for _ in range(presses):
        page.keyboard.press("Tab")
    told: dict[str, Any] = page.evaluate("tour")
    passed = dict.fromkeys(each for each in told["seen"] if isinstance(each, int))
    problems = [each for each in told["seen"] if isinstance(each, str)]
    problems += [f"missed: {name}" for number, name in enumerate(told["names"]) if number not in passed]
    *after, first = passed
    return problems + ([] if first == 0 and after == sorted(after) else [f"order: {[*passed]}"])


FOCUS = "[document.activeElement.tagName, document.activeElement.id]"
LETTER = ["ARTICLE", "letter"]


def _at_letter(browser_page: Open, desk: LiveDesk, draft_id: str = "d-1") -> Page:
    visitor = browser_page()
    visitor.log_in(desk)
    visitor.page.goto(f"{desk.url}/drafts/{draft_id}")
    return visitor.page


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("a", "Bonjour Solène,"),
        ("r6", "Bonjour Solène,"),
        ("s", "Bonjour Solène,"),
        ("sk", "Bonjour Lison,"),
        ("az", "Bonjour Lison,"),
    ],
)
def test_after_each_decision_focus_is_on_the_letter(
    live_desk: Serve, browser_page: Open, keys: str, shown: str
) -> None:
    page = _at_letter(browser_page, live_desk(a_world()))
    for key in keys:
        before = page.url
        page.keyboard.press(key)
        if key != "r":
            page.wait_for_function("url => location.href !== url", arg=before)
    expect(page.get_by_text(shown).first).to_be_visible()
    page.wait_for_function(f"document.activeElement.id === '{LETTER[1]}'")
    assert page.evaluate(FOCUS) == LETTER


def test_after_a_letter_was_written_again_focus_is_on_it(live_desk: Serve, browser_page: Open) -> None:
    page = _at_letter(browser_page, live_desk(a_whole().world))
    page.keyboard.press("c")
    page.keyboard.type("plus court")
    page.keyboard.press("Enter")
    expect(page.get_by_text("What is different from the version before")).to_be_visible()
    page.wait_for_function(f"document.activeElement.id === '{LETTER[1]}'")


def test_after_the_last_letter_focus_is_on_the_heading_of_the_queue(
    live_desk: Serve, browser_page: Open
) -> None:
    page = _at_letter(browser_page, live_desk(a_world(letters=1)))
    page.keyboard.press("a")
    expect(page.get_by_text("Nothing to read")).to_be_visible()
    expect(page.locator("h1")).to_be_focused()


def test_after_an_answer_was_corrected_focus_is_on_the_heading_of_the_answers(
    live_desk: Serve, browser_page: Open
) -> None:
    desk = live_desk(asked())
    visitor = browser_page()
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/replies")
    page.get_by_text("Read wrong?").press("Enter")
    page.get_by_label("It means").select_option(label="Interested")
    page.get_by_role("button", name="File it so").press("Enter")
    expect(page.locator(".tag--interested")).to_be_visible()
    expect(page.locator("h1")).to_be_focused()


def test_a_menu_that_closes_gives_focus_back_to_what_opened_it(live_desk: Serve, browser_page: Open) -> None:
    page = _at_letter(browser_page, live_desk(a_world()))
    page.keyboard.press("r")
    page.keyboard.press("Tab")
    expect(page.locator("[data-key='1']")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-key='r']")).to_be_focused()
    expect(page.get_by_text("One key is enough")).to_be_hidden()


def test_a_refused_decision_puts_focus_on_the_reason(live_desk: Serve, browser_page: Open) -> None:
    desk = live_desk(a_world())
    page = _at_letter(browser_page, desk)
    reviewing.reject(desk.world.ports, DraftId("d-1"), reason=RejectionReason.TASTE, by=READER)
    page.keyboard.press("a")
    expect(page.get_by_role("alert")).to_be_focused()
    assert desk.world.draft("d-1").status is DraftStatus.REJECTED
