"""Answers on the desk, in a browser: a question becomes a letter, a stranger finds the conversation."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from agent.adapters.clock import FixedClock
from agent.adapters.offline import OfflineWriter
from agent.domain.delivery import DeliveryState
from agent.ports import Ports
from agent.web.app import create_app
from agent.web.config import DeskConfig
from tests.e2e.conftest import LiveDesk, Visitor
from tests.fakes import make_ports
from tests.unit.usecases.talking import QUESTION, wrote_back
from tests.unit.usecases.test_belonging import NO, told
from tests.unit.usecases.world import a_world
from tests.unit.web.world import KEY, CountedPasswords, World

Serve = Callable[[World], LiveDesk]
Open = Callable[..., Visitor]
Save = Callable[..., Path]


def asked() -> World:
    """Return a world in which a creator asked something."""
    made = make_ports(writers={"offline": OfflineWriter()})
    ports, _ = wrote_back(QUESTION, ports=a_world(ports=made))
    return _desk_over(ports)


def _desk_over(ports: Ports) -> World:
    assert isinstance(ports.clock, FixedClock)
    passwords = CountedPasswords()
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


@pytest.mark.parametrize(
    ("width", "locale", "button"),
    [(1280, "en-GB", "Yes, it is for Zélie Roche"), (360, "fr-FR", "Oui, c’est pour Zélie Roche")],
)
def test_a_strangers_answer_is_put_where_a_person_says(
    live_desk: Serve, browser_page: Open, screenshot: Save, width: int, locale: str, button: str
) -> None:
    ports, _, _ = told(NO)
    desk, visitor = live_desk(_desk_over(ports)), browser_page(width=width, locale=locale)
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/replies")
    assert screenshot(page, f"stranger-{width}-{locale[:2]}", full_page=True).exists()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("button", name=button)).to_have_count(0)
    with ports.store.read() as tx:
        assert [reply.outreach_id is not None for reply in tx.inbox.replies()] == [True]
    assert visitor.complaints == []


@pytest.mark.parametrize(
    ("width", "locale", "button", "told_so"),
    [
        (1280, "en-GB", "Look for it again", "no mail that came in names it"),
        (360, "fr-FR", "La chercher à nouveau", "aucun message reçu ne la nomme"),
    ],
)
def test_an_uncertain_letter_is_looked_for_again(
    live_desk: Serve,
    browser_page: Open,
    screenshot: Save,
    *,
    width: int,
    locale: str,
    button: str,
    told_so: str,
) -> None:
    world = _desk_over(told(NO)[0])
    first = world.deliveries()[0]
    world.put(replace(first, state=DeliveryState.UNCERTAIN, reason="The line went dead."))
    desk, visitor = live_desk(world), browser_page(width=width, locale=locale)
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/outbox")
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.get_by_text(told_so)).to_be_visible()
    assert screenshot(page, f"uncertain-{width}-{locale[:2]}", full_page=True).exists()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert visitor.complaints == []


@pytest.mark.parametrize(
    ("width", "locale", "javascript", "words"),
    [
        (1280, "en-GB", True, ("Read wrong?", "It means", "Interested", "File it so")),
        (360, "fr-FR", False, ("Mal lue\u202f?", "Elle veut dire", "Intéressé·e", "Classer ainsi")),
    ],
)
def test_an_answer_that_was_read_wrong_is_corrected(
    live_desk: Serve,
    browser_page: Open,
    screenshot: Save,
    *,
    width: int,
    locale: str,
    javascript: bool,
    words: tuple[str, str, str, str],
) -> None:
    desk = live_desk(asked())
    visitor = browser_page(width=width, locale=locale, javascript=javascript)
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/replies")
    ask, field, kind, button = words
    page.get_by_text(ask).click()
    page.get_by_label(field).select_option(label=kind)
    assert screenshot(page, f"corrected-{width}-{locale[:2]}", full_page=True).exists()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name=button).click()
    expect(page.locator(".tag--interested")).to_be_visible()
    assert visitor.complaints == []
