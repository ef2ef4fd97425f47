"""A direct message in a browser: copied with one press, or selected by hand where there is no script."""

from collections.abc import Callable
from pathlib import Path

import pytest

from agent.domain.handover import HandoverState
from tests.e2e.conftest import LiveDesk, Visitor
from tests.unit.web.test_messages import a_message_world, only
from tests.unit.web.world import World

pytestmark = pytest.mark.browser


def test_a_message_is_copied_with_one_press_and_marked(
    live_desk: Callable[[World], LiveDesk], browser_page: Callable[..., Visitor]
) -> None:
    desk = live_desk(a_message_world())
    visitor = browser_page(permissions=["clipboard-read", "clipboard-write"])
    page = visitor.page
    visitor.log_in(desk)
    page.goto(f"{desk.url}/drafts/d-1")
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("link", name="To copy").first.click()
    page.get_by_role("link", name="Lison").first.click()
    page.get_by_role("button", name="I copy this one").click()
    page.get_by_role("button", name="Copy the text").click()
    page.get_by_role("button", name="Copied", exact=True).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == only(desk.world).text
    page.get_by_role("button", name="Copied and sent").click()
    page.get_by_text("Noted: the message went to").wait_for()
    assert only(desk.world).state is HandoverState.SENT
    assert visitor.strangers(desk) == []
    assert visitor.complaints == []


@pytest.mark.parametrize("width", [360, 1280])
def test_the_text_is_whole_and_nothing_runs_out_of_the_page(
    width: int,
    live_desk: Callable[[World], LiveDesk],
    browser_page: Callable[..., Visitor],
    screenshot: Callable[..., Path],
) -> None:
    desk = live_desk(a_message_world())
    visitor = browser_page(width=width, locale="fr-FR")
    page = visitor.page
    visitor.log_in(desk)
    page.goto(f"{desk.url}/drafts/d-1")
    screenshot(page, f"message-letter-{width}")
    page.get_by_role("button", name="Approuver").click()
    page.get_by_role("link", name="À copier").first.click()
    screenshot(page, f"messages-{width}")
    page.get_by_role("link", name="Lison").first.click()
    page.get_by_role("button", name="Je copie celui-ci").click()
    page.get_by_role("button", name="Copier le texte").wait_for()
    screenshot(page, f"message-{width}", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_script_the_text_is_there_to_be_selected(
    live_desk: Callable[[World], LiveDesk], browser_page: Callable[..., Visitor]
) -> None:
    desk = live_desk(a_message_world())
    visitor = browser_page(javascript=False)
    page = visitor.page
    visitor.log_in(desk)
    page.goto(f"{desk.url}/drafts/d-1")
    page.get_by_role("button", name="Approve").click()
    page.goto(f"{desk.url}/messages")
    page.get_by_role("link", name="Lison").first.click()
    page.get_by_role("button", name="I copy this one").click()
    assert page.locator("textarea[readonly]").input_value() == only(desk.world).text
    assert not page.get_by_role("button", name="Copy the text").is_visible()
    page.get_by_role("button", name="Copied and sent").click()
    assert only(desk.world).state is HandoverState.SENT
