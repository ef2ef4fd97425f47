"""A letter is written again, or edited, while somebody reads it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from agent.domain.ids import OutreachId
from agent.domain.letter import Sentence
from agent.usecases.drafting import draft_letter
from tests.e2e.conftest import LiveDesk, Visitor
from tests.fakes import ScriptedWriter, make_ports
from tests.unit.usecases.world import GOOD_WORDS, a_world
from tests.unit.web.world import World, a_desk_on

pytestmark = pytest.mark.browser

OTHER = replace(GOOD_WORDS, ask=Sentence(text="Cela vous ferait-il plaisir ? Un simple oui suffit."))


@pytest.fixture
def desk(live_desk: Callable[[World], LiveDesk]) -> LiveDesk:
    """Return a desk with one letter by a model that has another version ready."""
    writer = ScriptedWriter([GOOD_WORDS, OTHER])
    ports = a_world(ports=make_ports(writers={"openai": writer}))
    assert draft_letter(ports, OutreachId("o-lison.sans.flacon"), writer=writer) is not None
    return live_desk(a_desk_on(ports))


def test_a_wish_is_typed_and_read_with_the_keyboard_alone(
    desk: LiveDesk, browser_page: Callable[..., Visitor]
) -> None:
    visitor = browser_page()
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/drafts/d-00001")
    page.keyboard.press("c")
    page.keyboard.type("une question plus simple")
    page.keyboard.press("Enter")
    expect(page.get_by_text("This is the new version")).to_be_visible()
    expect(page.locator(".changes del")).to_have_text(" de l’essayer chez vous")
    expect(page.locator(".changes ins")).to_have_text(" Un simple oui suffit.")
    expect(page.locator("#letter")).to_be_focused()


def test_a_wish_is_met_without_javascript_on_a_telephone(
    desk: LiveDesk, browser_page: Callable[..., Visitor]
) -> None:
    visitor = browser_page(javascript=False, width=360)
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/drafts/d-00001")
    page.get_by_text("Say what to change").click()
    page.get_by_label("What should be different?").fill("une question plus simple")
    page.get_by_role("button", name="Write it again").click()
    expect(page.locator(".changes ins")).to_have_text(" Un simple oui suffit.")
    page.get_by_role("link", name="The version before").click()
    expect(page.get_by_text("Another version was asked for")).to_be_visible()


def test_the_gate_reads_along_while_somebody_types(
    desk: LiveDesk, browser_page: Callable[..., Visitor]
) -> None:
    visitor = browser_page()
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/drafts/d-00001/edit")
    text = page.get_by_role("textbox", name="Letter")
    words = text.input_value()
    text.fill(words.replace("six semaines", "six semaines à 500 €"))
    expect(page.get_by_text("would hold this letter back")).to_be_visible()
    expect(page.locator("#checked ins")).to_contain_text("à 500 €")
    assert page.evaluate("document.activeElement.name") == "text"
    text.fill(words.replace("six semaines", "six  semaines"))
    expect(page.get_by_text("The gate has nothing to say about these words.")).to_be_visible()
    expect(page.get_by_role("button", name="Check it first")).to_be_hidden()
    assert desk.world.draft("d-00001").first_letter is None


def test_words_are_checked_before_they_are_kept_without_javascript(
    desk: LiveDesk, browser_page: Callable[..., Visitor]
) -> None:
    visitor = browser_page(javascript=False)
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/drafts/d-00001/edit")
    text = page.get_by_role("textbox", name="Letter")
    text.fill(text.input_value().replace("six semaines", "six semaines à 500 €"))
    page.get_by_role("button", name="Check it first").click()
    expect(page.get_by_text("would hold this letter back")).to_be_visible()
    assert "à 500 €" in page.get_by_role("textbox", name="Letter").input_value()
    assert desk.world.draft("d-00001").first_letter is None
