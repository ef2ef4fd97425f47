"""Nothing jumps: what is on a page when it appears stays where it is."""

from collections.abc import Callable

import pytest

from tests.e2e.conftest import LiveDesk, Visitor
from tests.unit.web.world import World, a_world, block

pytestmark = pytest.mark.browser

WATCH = """window.jumped = 0;
new PerformanceObserver(list => {
  for (const shift of list.getEntries()) window.jumped += shift.value;
}).observe({type: 'layout-shift', buffered: true});"""
DRAWN = (
    "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(window.jumped))))"
)
PAGES = ("/", "/drafts/d-1", "/drafts/d-2", "/drafts/d-1/edit", "/outbox", "/replies", "/briefs", "/matching")


@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_jumps_while_it_appears(
    live_desk: Callable[[World], LiveDesk], browser_page: Callable[..., Visitor], width: int
) -> None:
    world = a_world()
    block(world, "d-2", "C’est, à peu de chose près, ce que nous cherchons à faire ici.")
    desk, visitor = live_desk(world), browser_page(width=width)
    visitor.log_in(desk)
    page = visitor.page
    page.add_init_script(WATCH)
    jumped = {}
    for path in PAGES:
        page.goto(f"{desk.url}{path}", wait_until="networkidle")
        jumped[path] = page.evaluate(DRAWN)
    assert {path: how_far for path, how_far in jumped.items() if how_far} == {}
