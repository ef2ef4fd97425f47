"""A question is answered from the desk, in a browser: drafted, read beside the question, approved."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from agent.adapters.clock import FixedClock
from agent.adapters.offline import OfflineWriter
from agent.web.app import create_app
from agent.web.config import DeskConfig
from tests.e2e.conftest import LiveDesk, Visitor
from tests.fakes import make_ports
from tests.unit.usecases.talking import QUESTION, wrote_back
from tests.unit.usecases.world import a_world
from tests.unit.web.world import KEY, CountedPasswords, World

Serve = Callable[[World], LiveDesk]
Open = Callable[..., Visitor]
Save = Callable[..., Path]


def asked() -> World:
    """Return a world in which a creator asked something."""
    passwords = CountedPasswords()
    made = make_ports(writers={"offline": OfflineWriter()})
    ports, _ = wrote_back(QUESTION, ports=a_world(ports=made))
    assert isinstance(ports.clock, FixedClock)
    config = DeskConfig(secret_key=KEY)
    return World(
        clock=ports.clock, passwords=passwords, ports=ports, config=config, app=create_app(ports, config)
    )


@pytest.mark.parametrize(
    ("width", "locale", "button"), [(1280, "fr-FR", "Rédiger une réponse"), (360, "en-GB", "Draft an answer")]
)
def test_a_question_becomes_an_answer_that_is_approved(
    live_desk: Serve, browser_page: Open, screenshot: Save, width: int, locale: str, button: str
) -> None:
    desk, visitor = live_desk(asked()), browser_page(width=width, locale=locale)
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/replies")
    assert screenshot(page, f"replies-{width}-{locale[:2]}", full_page=True).exists()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name=button).click()
    page.wait_for_url("**/drafts/*")
    expect(page.get_by_text(QUESTION[:40]).first).to_be_visible()
    assert screenshot(page, f"answer-{width}-{locale[:2]}", full_page=True).exists()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("a")
    page.wait_for_url(lambda url: "/drafts/" not in url)
    expect(page.get_by_role("status")).to_be_visible()
    (delivery,) = desk.world.deliveries()[-1:]
    assert delivery.answers is not None
    assert visitor.strangers(desk) == []
    assert visitor.complaints == []
