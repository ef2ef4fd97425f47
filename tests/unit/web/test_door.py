"""The door: hosts, roles and headers. Each route has its line in `test_roles`, each form in `test_forms`."""

import pytest

from agent.domain.draft import DraftStatus
from agent.domain.people import Role
from tests.unit.web.world import World, post


def test_no_documentation_of_the_interface_is_served(world: World) -> None:
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert world.person(Role.OPERATOR).get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/health", "/login", "/nothing/here"])
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
