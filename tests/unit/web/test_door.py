"""Who may do what: everything is refused unless session, form token, origin, host and role allow it."""

from collections.abc import Iterable
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Route

from agent.domain.draft import DraftStatus
from agent.domain.people import Role
from agent.web.door import OPEN
from agent.web.guard import SAFE_METHODS
from tests.unit.web.world import HOST, World, a_world, post, token_of

CHANGES = (
    "/drafts/d-1/edit",
    "/drafts/d-1/approval",
    "/drafts/d-1/rejection",
    "/drafts/d-1/revision",
    "/drafts/d-1/withdrawal",
    "/outbox/search",
    "/outbox/o-1/resolution",
    "/outbox/mailboxes/anna@brand.example/resumption",
    *(f"/messages/h-1/{verb}" for verb in ("claim", "sent", "failure", "return", "answer")),
    "/matching/savon-printemps/shortlist",
    "/replies/r-1/conversation",
    "/replies/r-1/draft",
    "/replies/r-1/kind",
    "/briefs/b-1/opening",
    "/briefs/b-1/edit",
    "/briefs/b-1/approval",
    "/briefs/b-1/agreement",
    "/logout",
    "/language",
)
FIELDS = {"subject": "autre", "text": "autre", "reason": "taste", "verdict": "sent", "language": "fr"}


def routes(found: Iterable[BaseRoute]) -> Iterable[tuple[str, frozenset[str]]]:
    for route in found:
        if isinstance(route, APIRoute | Route):
            yield route.path, frozenset(route.methods or ())
        else:
            nested: Any = getattr(route, "original_router", None) or getattr(route, "router", None)
            yield from routes(nested.routes if nested is not None else ())


def every_route() -> list[tuple[str, frozenset[str]]]:
    return sorted(set(routes(a_world(letters=0).app.routes)), key=lambda pair: pair[0])


def test_the_list_of_changing_routes_is_whole() -> None:
    changing = {path for path, methods in every_route() if methods - SAFE_METHODS}
    ours = {
        path.replace("d-1", "{draft_id}").replace("o-1", "{delivery_id}").replace("h-1", "{handover_id}")
        for path in CHANGES
    }
    ours = {path.replace("b-1", "{outreach_id}") for path in ours}
    ours = {path.replace("anna@brand.example", "{address}") for path in ours}
    ours = {path.replace("savon-printemps", "{campaign_id}") for path in ours}
    ours = {path.replace("r-1", "{reply_id}") for path in ours}
    assert changing - ours == {
        "/login",
        "/setup/{token}",
        "/enter/{token}",
        "/unsubscribe/{token}",
        "/brief/{token}/answer",
    }


def test_every_route_but_the_open_ones_needs_a_session(world: World) -> None:
    paths = [path for path, methods in every_route() if "GET" in methods and path not in OPEN]
    assert len(paths) >= 6
    for path in paths:
        answer = world.client().get(path.replace("{draft_id}", "d-1"))
        assert answer.status_code == 401, path
        assert "Lison" not in answer.text


def test_no_documentation_of_the_interface_is_served(world: World) -> None:
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert world.person(Role.OPERATOR).get(path).status_code == 404


@pytest.mark.parametrize("path", [path for path in CHANGES if path != "/language"])
def test_a_change_without_session_is_refused(world: World, path: str) -> None:
    client = world.client()
    answer = client.post(path, data={"token": token_of(client, "/login"), **FIELDS})
    assert answer.status_code == 401
    assert world.draft("d-1").status is DraftStatus.PENDING


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize("token", ["", "made-up"])
def test_a_change_without_the_token_of_its_session_is_refused(world: World, path: str, token: str) -> None:
    client = world.person(Role.MANAGER)
    fields = {"seal": world.seal("d-1"), **FIELDS, "token": token}
    assert client.post(path, data=fields, headers={"Origin": HOST}).status_code == 403
    assert world.draft("d-1").status is DraftStatus.PENDING


@pytest.mark.parametrize("path", CHANGES)
def test_a_token_of_another_session_is_refused(world: World, path: str) -> None:
    stranger, client = world.person(Role.VIEWER), world.person(Role.MANAGER)
    fields = {"seal": world.seal("d-1"), **FIELDS, "token": token_of(stranger, "/")}
    assert client.post(path, data=fields).status_code == 403
    assert world.draft("d-1").status is DraftStatus.PENDING


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": HOST},
    ],
)
def test_a_form_on_another_site_changes_nothing(world: World, path: str, headers: dict[str, str]) -> None:
    client = world.person(Role.MANAGER)
    fields = {"token": token_of(client, "/"), "seal": world.seal("d-1"), **FIELDS}
    assert client.post(path, data=fields, headers=headers).status_code == 403
    assert world.draft("d-1").status is DraftStatus.PENDING


@pytest.mark.parametrize("path", ["/", "/health", "/login", *CHANGES])
def test_an_unknown_host_is_refused_before_anything_else(world: World, path: str) -> None:
    client = world.person(Role.MANAGER)
    for host in ("evil.example", "127.0.0.1.evil.example", ""):
        assert client.get(path, headers={"Host": host}).status_code == 400
        assert client.post(path, headers={"Host": host}).status_code == 400


def test_the_public_url_is_a_known_host(world: World) -> None:
    assert world.client().get("/health", headers={"Host": "desk.example"}).status_code == 200


def test_managers_and_operators_decide(world: World, decider: Role) -> None:
    client = world.person(decider)
    answer = post(client, "/drafts/d-1/approval", seal=world.seal("d-1"))
    assert answer.status_code == 303
    assert world.draft("d-1").status is DraftStatus.APPROVED


def test_brand_and_viewer_read_and_decide_nothing(world: World, reader: Role) -> None:
    client = world.person(reader)
    page = client.get("/drafts/d-1")
    assert page.status_code == 200
    assert "/approval" not in page.text
    assert client.get("/drafts/d-1/edit").status_code == 403
    for path in ("edit", "approval", "rejection", "revision", "withdrawal"):
        answer = post(client, f"/drafts/d-1/{path}", seal=world.seal("d-1"), **FIELDS)
        assert answer.status_code == 403
    assert post(client, "/outbox/o-1/resolution", verdict="sent").status_code == 403
    assert world.draft("d-1").status is DraftStatus.PENDING


@pytest.mark.parametrize("path", ["/", "/login", "/health", "/nothing/here", "/static/desk.css"])
def test_every_answer_is_strict(world: World, path: str) -> None:
    headers = world.client().get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_a_broken_store_is_told_strictly_and_without_detail(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = world.person(Role.MANAGER, raise_server_exceptions=False)

    def break_down() -> None:
        raise RuntimeError("a detail of the store")

    monkeypatch.setattr(world.ports.store, "read", break_down)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "a detail of the store" not in answer.text
