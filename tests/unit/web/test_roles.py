"""Who reaches what: one line for each route, and a route without a line is refused by these tests."""

from collections.abc import Mapping
from http.cookies import SimpleCookie

import pytest
from starlette.testclient import TestClient

from agent.domain.people import MAY_DECIDE, Role
from agent.web.door import OPEN
from agent.web.guard import SAFE_METHODS
from tests.unit.web.whole import FORMS, Whole, a_whole, routes
from tests.unit.web.world import HOST, token_of

ANYBODY = frozenset({None, *Role})
"""None is somebody without account."""
READERS = frozenset(Role)
DECIDERS = frozenset({Role.MANAGER, Role.OPERATOR})

WHO: Mapping[str, frozenset[Role | None]] = {
    # the door, and what a creator's or an operator's secret link opens
    "GET /health": ANYBODY,
    "GET /static/{name}": ANYBODY,
    "GET /login": ANYBODY,
    "POST /login": ANYBODY,
    "POST /language": ANYBODY,
    "POST /logout": READERS,
    "GET /setup/{token}": ANYBODY,
    "POST /setup/{token}": ANYBODY,
    "GET /enter/{token}": ANYBODY,
    "POST /enter/{token}": ANYBODY,
    "GET /unsubscribe/{token}": ANYBODY,
    "POST /unsubscribe/{token}": ANYBODY,
    "GET /brief/{token}": ANYBODY,
    "GET /brief/{token}/letter.pdf": ANYBODY,
    "GET /brief/{token}/answer": ANYBODY,
    "POST /brief/{token}/answer": ANYBODY,
    # what belongs to the one who is logged in
    "GET /account": READERS,
    "POST /account/password": READERS,
    "POST /account/sessions": READERS,
    # letters
    "GET /": READERS,
    "GET /assignment": READERS,
    "POST /assignment": DECIDERS,
    "GET /drafts/{draft_id}": READERS,
    "GET /drafts/{draft_id}/edit": DECIDERS,
    "POST /drafts/{draft_id}/edit": DECIDERS,
    "GET /drafts/{draft_id}/approval": READERS,
    "POST /drafts/{draft_id}/approval": DECIDERS,
    "GET /drafts/{draft_id}/rejection": READERS,
    "POST /drafts/{draft_id}/rejection": DECIDERS,
    "GET /drafts/{draft_id}/check": READERS,
    "POST /drafts/{draft_id}/check": DECIDERS,
    "GET /drafts/{draft_id}/revision": READERS,
    "POST /drafts/{draft_id}/revision": DECIDERS,
    "GET /drafts/{draft_id}/opening": READERS,
    "POST /drafts/{draft_id}/opening": DECIDERS,
    "GET /drafts/{draft_id}/withdrawal": READERS,
    "POST /drafts/{draft_id}/withdrawal": DECIDERS,
    # the outbox
    "GET /outbox": READERS,
    "GET /overview": READERS,
    "GET /overview.csv": READERS,
    "POST /outbox/search": DECIDERS,
    "POST /outbox/{delivery_id}/resolution": DECIDERS,
    "POST /outbox/mailboxes/{address}/resumption": DECIDERS,
    # direct messages
    "GET /messages": READERS,
    "GET /messages/{handover_id}": READERS,
    "GET /messages/{handover_id}/claim": READERS,
    "POST /messages/{handover_id}/claim": DECIDERS,
    "GET /messages/{handover_id}/sent": READERS,
    "POST /messages/{handover_id}/sent": DECIDERS,
    "GET /messages/{handover_id}/failure": READERS,
    "POST /messages/{handover_id}/failure": DECIDERS,
    "GET /messages/{handover_id}/return": READERS,
    "POST /messages/{handover_id}/return": DECIDERS,
    "GET /messages/{handover_id}/answer": READERS,
    "POST /messages/{handover_id}/answer": DECIDERS,
    # answers
    "GET /replies": READERS,
    "GET /replies/{reply_id}/draft": READERS,
    "POST /replies/{reply_id}/draft": DECIDERS,
    "GET /replies/{reply_id}/conversation": READERS,
    "POST /replies/{reply_id}/conversation": DECIDERS,
    "GET /replies/{reply_id}/kind": READERS,
    "POST /replies/{reply_id}/kind": DECIDERS,
    # briefs
    "GET /briefs": READERS,
    "GET /briefs/{outreach_id}": READERS,
    "GET /briefs/{outreach_id}/letter.pdf": READERS,
    "GET /briefs/{outreach_id}/edit": DECIDERS,
    "POST /briefs/{outreach_id}/edit": DECIDERS,
    "GET /briefs/{outreach_id}/opening": READERS,
    "POST /briefs/{outreach_id}/opening": DECIDERS,
    "GET /briefs/{outreach_id}/approval": READERS,
    "POST /briefs/{outreach_id}/approval": DECIDERS,
    "GET /briefs/{outreach_id}/agreement": READERS,
    "POST /briefs/{outreach_id}/agreement": DECIDERS,
    # matching
    "GET /matching": READERS,
    "GET /matching/{campaign_id}": READERS,
    "GET /matching/{campaign_id}/niches": READERS,
    "GET /matching/{campaign_id}/proposal": READERS,
    "POST /matching/{campaign_id}/shortlist": DECIDERS,
    # brands and campaigns
    "GET /campaigns": DECIDERS,
    "GET /campaigns/{campaign_id}": DECIDERS,
    "GET /campaigns/{campaign_id}/edit": DECIDERS,
    "POST /campaigns/{campaign_id}/edit": DECIDERS,
    "GET /brands/new": DECIDERS,
    "POST /brands/new": DECIDERS,
    "GET /brands/{brand_id}": DECIDERS,
    "POST /brands/{brand_id}": DECIDERS,
    "GET /brands/{brand_id}/brand.yaml": DECIDERS,
    "GET /brands/{brand_id}/campaigns": DECIDERS,
    "POST /brands/{brand_id}/campaigns": DECIDERS,
    # every component, with invented people
    "GET /patterns": READERS,
}
"""Each route with everybody whom it lets in; everybody else is refused."""

EACH = [(line, who) for line in WHO for who in (None, *Role)]


@pytest.fixture(scope="module")
def whole() -> Whole:
    return a_whole()


def browser(whole: Whole, who: Role | None, *, path: str = "/") -> TestClient:
    return whole.world.client() if who is None else whole.world.person(who)


def test_every_route_has_a_line_and_every_line_a_route(whole: Whole) -> None:
    served = {f"{method} {path}" for method, path in routes(whole.world.app.routes)}
    assert served - set(WHO) == set(), "say in WHO who may reach the new route"
    assert set(WHO) - served == set()
    assert all(line.startswith(("GET ", "POST ")) for line in WHO)


def test_every_route_that_changes_has_a_right_form() -> None:
    changing = {line.partition(" ")[2] for line in WHO if line.partition(" ")[0] not in SAFE_METHODS}
    assert set(FORMS) == changing, "add a form to tests/unit/web/whole.py"


def test_the_door_is_open_where_the_table_says() -> None:
    assert {path for path in OPEN if f"GET {path}" in WHO or f"POST {path}" in WHO} == OPEN
    assert {line.partition(" ")[2] for line, who in WHO.items() if None in who} == OPEN
    assert DECIDERS == MAY_DECIDE


@pytest.mark.parametrize(("line", "who"), EACH, ids=[f"{line} as {who or 'nobody'}" for line, who in EACH])
def test_a_route_lets_in_whom_the_table_names_and_nobody_else(
    whole: Whole, line: str, who: Role | None
) -> None:
    desk = whole.rewound()
    method, _, path = line.partition(" ")
    client = browser(desk, who)
    token = token_of(client, "/login" if who is None else "/")
    sent = {"token": token, **desk.fields(path)} if method == "POST" else None
    mark = desk.mark()
    answer = client.request(method, desk.address(path), data=sent, headers={"Origin": HOST})
    if who in WHO[line]:
        assert answer.status_code not in {401, 403, 404, 405} or path == "/setup/{token}", answer.text
        assert answer.status_code < 500
        return
    assert answer.status_code == (401 if who is None else 403)
    assert desk.is_untouched(mark)
    assert "Lison" not in answer.text
    assert not SimpleCookie(answer.headers.get("set-cookie", "")).get("nanoreach_notice")


@pytest.mark.parametrize("path", FORMS)
def test_a_right_form_of_a_manager_is_taken(whole: Whole, path: str) -> None:
    # what the refusals of the table are worth: the same form changes something in the right hands
    desk = whole.rewound()
    client = browser(desk, None if path in OPEN else Role.MANAGER)
    token = token_of(client, "/login" if path in OPEN else "/")
    mark = desk.mark()
    answer = client.post(
        desk.address(path), data={"token": token, **desk.fields(path)}, headers={"Origin": HOST}
    )
    if path == "/setup/{token}":
        assert answer.status_code == 400  # there is an account already
        return
    assert answer.status_code in {200, 204, 303}, answer.text
    assert desk.is_untouched(mark) == FORMS[path].keeps
