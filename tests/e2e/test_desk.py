"""The desk as a person meets it: in a browser, with keys, without JavaScript, on a phone, on paper."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from agent.domain.draft import DraftStatus, RejectionReason
from agent.domain.mailbox import Mailbox
from agent.domain.mime import read_body
from tests.builders import NOW
from tests.e2e.conftest import LiveDesk, Visitor
from tests.unit.web.world import PASSWORD, World, a_world, block

pytestmark = pytest.mark.browser

Serve = Callable[[World], LiveDesk]
Open = Callable[..., Visitor]
Save = Callable[..., Path]


def test_log_in_with_a_password_and_read(live_desk: Serve, browser_page: Open) -> None:
    desk, visitor = live_desk(a_world()), browser_page()
    desk.login_link()  # makes the account
    page = visitor.page
    page.goto(f"{desk.url}/drafts/d-1")
    page.get_by_label("E-mail address").fill("manager@savon-du-sud.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("article", name="The letter")).to_be_visible()
    assert page.url == f"{desk.url}/drafts/d-1"


def test_approve_with_the_keyboard_and_go_on_to_the_next_letter(live_desk: Serve, browser_page: Open) -> None:
    desk, visitor = live_desk(a_world()), browser_page()
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/drafts/d-1")
    page.keyboard.press("a")
    expect(page.get_by_text("Bonjour Solène,")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("the letter to Lison is in the outbox")
    assert desk.world.draft("d-1").status is DraftStatus.APPROVED
    expect(page.locator("#letter")).to_be_focused()
    assert visitor.complaints == []


def test_an_approval_is_taken_back_with_one_key(live_desk: Serve, browser_page: Open) -> None:
    desk, visitor = live_desk(a_world()), browser_page()
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/drafts/d-1")
    page.keyboard.press("a")
    expect(page.get_by_text("Bonjour Solène,")).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_text("Bonjour Lison,")).to_be_visible()
    assert desk.world.draft("d-1").status is DraftStatus.PENDING


def test_reject_with_two_keys(live_desk: Serve, browser_page: Open) -> None:
    desk, visitor = live_desk(a_world()), browser_page()
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/drafts/d-1")
    page.keyboard.press("2")  # a reason that is not shown does nothing
    page.keyboard.press("r")
    expect(page.get_by_text("One key is enough")).to_be_visible()
    page.keyboard.press("6")
    expect(page.get_by_text("Bonjour Solène,")).to_be_visible()
    assert desk.world.draft("d-1").status is DraftStatus.REJECTED
    rejection = desk.world.rejection("d-1")
    assert rejection is not None
    assert rejection.reason is RejectionReason.TASTE


def test_keys_are_only_letters_while_somebody_types(live_desk: Serve, browser_page: Open) -> None:
    desk, visitor = live_desk(a_world()), browser_page()
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/drafts/d-1")
    page.keyboard.press("e")
    page.get_by_role("textbox", name="Subject").press_sequentially("azr")
    assert desk.world.draft("d-1").status is DraftStatus.PENDING
    assert page.url.endswith("/drafts/d-1/edit")


def test_edit_and_keep(live_desk: Serve, browser_page: Open) -> None:
    desk, visitor = live_desk(a_world()), browser_page()
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/drafts/d-1")
    page.keyboard.press("e")
    page.get_by_role("textbox", name="Subject").fill("votre poubelle de mars")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Your words are kept")).to_be_visible()
    assert desk.world.draft("d-1").letter.subject == "votre poubelle de mars"
    assert desk.world.draft("d-1").first_letter is not None


def test_skip_and_come_back(live_desk: Serve, browser_page: Open) -> None:
    desk, visitor = live_desk(a_world()), browser_page()
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/drafts/d-1")
    page.keyboard.press("s")
    expect(page.get_by_text("Bonjour Solène,")).to_be_visible()
    page.keyboard.press("k")
    expect(page.get_by_text("Bonjour Lison,")).to_be_visible()
    assert desk.world.draft("d-1").status is DraftStatus.PENDING


def test_a_sentence_and_its_proof_light_each_other(live_desk: Serve, browser_page: Open) -> None:
    desk, visitor = live_desk(a_world()), browser_page()
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/drafts/d-1")
    page.get_by_text("je ne la vide plus qu’une fois par trimestre").first.hover()
    expect(page.locator("#e1.is-lit")).to_be_visible()
    page.locator("#e2").hover()
    expect(page.locator(".sentence.is-lit")).to_have_text(
        "Nous sommes trois à fabriquer nos savons, dans un ancien moulin."
    )


def test_what_is_copied_from_the_letter_is_what_leaves(live_desk: Serve, browser_page: Open) -> None:
    desk, visitor = live_desk(a_world()), browser_page()
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/drafts/d-1")
    page.keyboard.press("a")
    expect(page.get_by_text("Bonjour Solène,")).to_be_visible()
    page.goto(f"{desk.url}/drafts/d-1")
    shown = page.locator(".letter__body").evaluate("element => element.textContent")
    (delivery,) = desk.world.deliveries()

    assert shown.rstrip("\n") == read_body(delivery.raw).rstrip("\n")


def test_everything_works_without_javascript(live_desk: Serve, browser_page: Open) -> None:
    desk, visitor = live_desk(a_world()), browser_page(javascript=False)
    visitor.log_in(desk)
    page = visitor.page
    page.get_by_role("link", name="Lison").click()
    page.get_by_role("link", name="proof 1").click()
    assert page.url.endswith("#e1")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Bonjour Solène,")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Bonjour Lison,")).to_be_visible()
    page.locator("summary", has_text="Reject").click()
    page.get_by_role("button", name="Wrong tone").click()
    assert desk.world.draft("d-1").status is DraftStatus.REJECTED
    page.get_by_role("link", name="Edit").click()
    page.get_by_role("textbox", name="Subject").fill("autre chose")
    page.get_by_role("button", name="Keep it").click()
    assert desk.world.draft("d-2").letter.subject == "autre chose"


def test_a_stale_tab_changes_nothing(live_desk: Serve, browser_page: Open) -> None:
    desk, visitor = live_desk(a_world()), browser_page()
    visitor.log_in(desk)
    page = visitor.page
    page.goto(f"{desk.url}/drafts/d-1")
    other = page.context.new_page()
    other.goto(f"{desk.url}/drafts/d-1/edit")
    other.get_by_role("textbox", name="Subject").fill("un autre objet")
    other.get_by_role("button", name="Keep it").click()
    expect(other.get_by_text("Your words are kept")).to_be_visible()
    page.keyboard.press("a")
    expect(page.get_by_role("alert")).to_contain_text("The letter changed after you read it")
    expect(page.locator(".letter__subject")).to_have_text("un autre objet")
    assert desk.world.draft("d-1").status is DraftStatus.PENDING
    assert desk.world.deliveries() == ()


@pytest.mark.parametrize(
    ("width", "javascript", "locale"),
    [(1280, True, "en-GB"), (360, True, "fr-FR"), (1280, False, "fr-FR"), (360, False, "en-GB")],
)
def test_a_filtered_queue_is_read_through_and_come_back_to(
    live_desk: Serve, browser_page: Open, screenshot: Save, *, width: int, javascript: bool, locale: str
) -> None:
    world = a_world(letters=6, page_size=2)
    block(world, "d-2", "C’est, à peu de chose près, ce que nous cherchons à faire ici.")
    desk, visitor = live_desk(world), browser_page(width=width, javascript=javascript, locale=locale)
    visitor.log_in(desk)
    page, words = visitor.page, WORDS[locale]
    rows = page.locator(".row__handle")
    page.get_by_label(words["findings"]).select_option(words["without"])
    page.get_by_role("button", name=words["show"]).click()
    expect(rows).to_have_text(["@lison.sans.flacon", "@les.pains.de.baptiste"])
    page.locator("[rel=next]").click()
    expect(rows).to_have_text(["@lison.sans.flacon.4", "@solene.au.jardin.5"])
    assert page.get_by_label(words["findings"]).input_value() == "without"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    screenshot(page, f"queue-inside-{width}-{locale[:2]}", full_page=True)
    page.get_by_role("link", name="Solène").click()
    page.get_by_role("button", name=words["approve"]).click()
    expect(page.locator(".notice")).to_contain_text("Solène")  # the next one is d-6
    page.locator("[rel=next]").click()
    expect(page.get_by_text("Bonjour Lison,")).to_be_visible()  # from the oldest again: d-1
    page.locator("[rel=next]").click()
    expect(page.get_by_text("Bonjour Baptiste,")).to_be_visible()  # d-2 does not fit
    screenshot(page, f"letter-filtered-{width}-{locale[:2]}", full_page=True)
    page.get_by_role("link", name=words["back"]).click()
    expect(rows).to_have_text(["@lison.sans.flacon.4", "@les.pains.de.baptiste.6"])
    page.locator("[rel=prev]").click()
    expect(rows).to_have_text(["@lison.sans.flacon", "@les.pains.de.baptiste"])
    assert world.draft("d-5").status is DraftStatus.APPROVED
    assert visitor.complaints == []


WORDS = {
    "en-GB": {
        "findings": "Findings",
        "without": "Without findings",
        "show": "Show",
        "approve": "Approve",
        "back": "Back to the filtered letters",
    },
    "fr-FR": {
        "findings": "Remarques",
        "without": "Sans remarque",
        "show": "Afficher",
        "approve": "Approuver",
        "back": "Retour aux lettres filtrées",
    },
}


PAGES = (
    "/",
    "/drafts/d-1",
    "/drafts/d-2",
    "/drafts/d-1/edit",
    "/outbox",
    "/replies",
    "/patterns",
    "/drafts/none",
)


@pytest.mark.parametrize("locale", ["en-GB", "fr-FR"])
def test_a_narrow_screen_never_scrolls_sideways(live_desk: Serve, browser_page: Open, locale: str) -> None:
    world = a_world()
    block(world, "d-2", "C’est, à peu de chose près, ce que nous cherchons à faire ici.")
    desk, visitor = live_desk(world), browser_page(width=360, height=740, locale=locale)
    visitor.log_in(desk)
    for path in PAGES:
        visitor.page.goto(f"{desk.url}{path}")
        width = visitor.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360, f"{path} is {width} px wide"


def test_nothing_is_asked_of_anybody_else_and_the_console_is_silent(
    live_desk: Serve, browser_page: Open
) -> None:
    desk, visitor = live_desk(a_world()), browser_page()
    visitor.log_in(desk)
    for path in (path for path in PAGES if path != "/drafts/none"):
        visitor.page.goto(f"{desk.url}{path}")
    visitor.page.goto(f"{desk.url}/")
    visitor.page.get_by_role("link", name="Lison").click()
    expect(visitor.page.get_by_role("article", name="The letter")).to_be_visible()
    assert visitor.strangers(desk) == []
    assert visitor.complaints == []


@pytest.mark.parametrize("locale", ["en-GB", "fr-FR"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_of_every_page(
    live_desk: Serve, browser_page: Open, screenshot: Save, scheme: str, locale: str
) -> None:
    world = a_world()
    block(world, "d-2", "C’est, à peu de chose près, ce que nous cherchons à faire ici.")
    with world.ports.store.write() as tx:
        paused = Mailbox(address="camille@savon-du-sud.example").paused(at=NOW, reason="550 5.7.1 policy")
        tx.mailboxes.save(paused)
    desk = live_desk(world)
    for kind, width in (("desk", 1280), ("phone", 360)):
        visitor = browser_page(width=width, scheme=scheme, locale=locale)
        visitor.log_in(desk)
        for path in PAGES:
            visitor.page.goto(f"{desk.url}{path}")
            name = path.strip("/").replace("/", "-") or "queue"
            assert screenshot(
                visitor.page, f"{name}-{kind}-{scheme}-{locale[:2]}", full_page=kind == "phone"
            ).exists()


def test_a_letter_prints_with_its_proof(live_desk: Serve, browser_page: Open, screenshot: Save) -> None:
    desk, visitor = live_desk(a_world()), browser_page(width=794, height=1123)
    visitor.log_in(desk)
    visitor.page.goto(f"{desk.url}/drafts/d-1")
    visitor.page.emulate_media(media="print")
    expect(visitor.page.get_by_role("navigation", name="Decision")).to_be_hidden()
    expect(visitor.page.locator("#e1")).to_be_visible()
    assert screenshot(visitor.page, "print", full_page=True).exists()
