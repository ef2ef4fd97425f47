"""Every page against the rules of WCAG 2.2 AA: both languages, both schemes, a desk and a telephone."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page

from agent.domain.people import Role
from tests.e2e.conftest import LiveDesk, Visitor, serving
from tests.e2e.tour import EMPTY, Stop, a_full_world, an_empty_world, setup_path, stops
from tests.unit.web.world import World, a_world

pytestmark = pytest.mark.browser

Open = Callable[..., Visitor]

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOK = """([wanted, besides]) => axe.run(document, {
  runOnly: wanted,
  rules: Object.fromEntries(besides.map(each => [each, {enabled: false}])),
  resultTypes: ['violations'],
})"""
BESIDES = {"patterns": ["landmark-unique"]}  # a component stands there alone, and again inside another
OPEN_ALL = "document.querySelectorAll('details:not([data-menu])').forEach(each => { each.open = true })"
KINDS = {
    "desk": {"width": 1280, "height": 900, "scheme": "light", "locale": "en-GB"},
    "phone": {"width": 360, "height": 740, "scheme": "dark", "locale": "fr-FR"},
}


@pytest.fixture(scope="module")
def full() -> Iterator[tuple[LiveDesk, tuple[Stop, ...]]]:
    """A desk with everything on it, which is only looked at."""
    world = a_full_world()
    with contextmanager(serving)() as serve:
        yield serve(world), tuple(stops(world))


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_breaks_a_rule_of_accessibility(
    full: tuple[LiveDesk, tuple[Stop, ...]], browser_page: Open, kind: str
) -> None:
    desk, every_stop = full
    given = KINDS[kind]
    people = _people(desk, browser_page, given)
    problems = []
    for stop in every_stop:
        page = people[stop.role].page
        page.goto(f"{desk.url}{stop.path}")
        if stop.act is not None:
            stop.act(page)
        problems += [f"{stop.name}: {problem}" for problem in _problems(page, BESIDES.get(stop.name, ()))]
    assert problems == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_empty_page_breaks_a_rule_either(
    live_desk: Callable[[World], LiveDesk], browser_page: Open, kind: str
) -> None:
    unset, visitor = a_world(letters=0), browser_page(**KINDS[kind])
    paths = ("/login", setup_path(unset))
    problems = _walked(visitor, live_desk(unset), paths)
    desk = live_desk(an_empty_world())
    visitor.log_in(desk)
    assert problems + _walked(visitor, desk, EMPTY) == []


def _walked(visitor: Visitor, desk: LiveDesk, paths: Iterable[str]) -> list[str]:
    problems = []
    for path in paths:
        visitor.page.goto(f"{desk.url}{path}")
        problems += [f"{path}: {problem}" for problem in _problems(visitor.page)]
    return problems


def _people(desk: LiveDesk, browser_page: Open, given: dict[str, Any]) -> dict[Role | None, Visitor]:
    people = {role: browser_page(**given) for role in (Role.MANAGER, Role.VIEWER, None)}
    for role, visitor in people.items():
        if role is not None:
            visitor.log_in(desk, role)
    return people


def _problems(page: Page, besides: Iterable[str] = ()) -> list[str]:
    """Return what axe finds, and whether the page is wider than its window."""
    page.evaluate(OPEN_ALL)
    page.evaluate(AXE)
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    found = page.evaluate(LOOK, [RULES, [*besides]])["violations"]
    broken = [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]
    return broken + (["wider than the window"] if wide else [])
