"""What stands above every answer: no page runs, frames, guesses, keeps or leaks anything, errors included."""

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from agent.domain.people import Role
from agent.web.door import OPEN
from tests.unit.web.test_roles import WHO
from tests.unit.web.whole import Whole, a_whole
from tests.unit.web.world import HOST, World, a_world, token_of

PAGES = [line.partition(" ")[2] for line in WHO if line.startswith("GET ")]
CHARSETS = {"text/csv", "text/html", "text/css", "text/javascript", "text/plain"}


@pytest.fixture(scope="module")
def whole() -> Whole:
    return a_whole()


def is_strict(answer: Response, *, over_tls: bool = False) -> bool:
    headers = answer.headers
    policy = headers["content-security-policy"]
    assert {part.strip() for part in policy.split(";")} >= {
        "default-src 'self'",
        "script-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    }
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers.get("strict-transport-security") == ("max-age=31536000" if over_tls else None)
    assert not [name for name in headers if name.startswith("access-control-")]
    assert "server" not in headers
    assert "x-powered-by" not in headers
    return True


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", [None, Role.VIEWER, Role.MANAGER])
def test_every_page_and_every_refusal_is_strict(whole: Whole, path: str, who: Role | None) -> None:
    desk = whole.rewound()
    client = desk.world.client() if who is None else desk.world.person(who)
    answer = client.get(desk.address(path))
    assert is_strict(answer)
    kind, _, charset = answer.headers.get("content-type", "").partition(";")
    assert charset.strip() == ("charset=utf-8" if kind in CHARSETS else "")
    assert bool(kind) == bool(answer.content)
    kept = path == "/static/{name}"
    assert answer.headers["cache-control"] == ("public, max-age=31536000, immutable" if kept else "no-store")
    if kind in {"application/pdf", "text/csv"}:
        assert answer.headers["content-disposition"].startswith("attachment; ")


def refusals(client: TestClient) -> dict[int, Response]:
    """Return one answer of each kind that is not made by a page."""
    token = token_of(client, "/login")
    return {
        400: client.get("/login", headers={"Host": "evil.example"}),
        401: client.get("/"),
        403: client.post("/login", data={"token": "made-up"}),
        404: client.get("/nothing/here"),
        405: client.put("/login"),
        413: client.post("/login", data={"token": token, "email": "x" * 300_000}),
    }


@pytest.mark.parametrize("over_tls", [False, True])
def test_every_kind_of_error_is_strict_and_kept_nowhere(*, over_tls: bool) -> None:
    world = a_world(secure_cookies=over_tls)
    client = world.client()
    for status, answer in refusals(client).items():
        assert answer.status_code == status
        assert is_strict(answer, over_tls=over_tls)
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("over_tls", [False, True])
def test_a_page_that_broke_is_strict(*, over_tls: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    world = a_world(secure_cookies=over_tls)
    client = world.client(raise_server_exceptions=False)

    def break_down() -> None:
        raise RuntimeError("a detail of the store")

    monkeypatch.setattr(world.ports.store, "read", break_down)
    answer = client.get("/login")
    assert answer.status_code == 500
    assert is_strict(answer, over_tls=over_tls)
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", HOST])
def test_no_other_site_may_read_an_answer(world: World, origin: str) -> None:
    client = world.person(Role.MANAGER)
    for method in ("GET", "OPTIONS"):
        answer = client.request(
            method, "/", headers={"Origin": origin, "Access-Control-Request-Method": "POST"}
        )
        assert is_strict(answer)


@pytest.mark.parametrize("path", sorted(OPEN - {"/static/{name}", "/health"}))
def test_a_secret_in_an_address_goes_to_no_other_site(world: World, path: str) -> None:
    answer = world.client().get(path.replace("{token}", "secret"))
    assert answer.headers["referrer-policy"] == "same-origin"
    assert 'href="http' not in answer.text


@pytest.mark.parametrize("path", ["/drafts/d-1%00", "/?campaign=%00", "/login?x%00=1"])
def test_what_is_in_no_text_is_refused_in_one_sentence(world: World, path: str) -> None:
    answer = world.person(Role.MANAGER).get(path)
    assert answer.status_code == 400
    assert "characters that are in no text" in answer.text


def test_a_form_with_half_a_character_is_refused(world: World) -> None:
    client = world.person(Role.MANAGER)
    part = '--b\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    for text in ("\\ud800", "\\x00"):
        body = part.format("token", token_of(client, "/")) + part.format("reason", text) + "--b--\r\n"
        kind = "multipart/form-data; boundary=b; charset=unicode_escape"
        headers = {"Content-Type": kind, "Origin": HOST}
        answer = client.post("/drafts/d-1/rejection", content=body.encode(), headers=headers)
        assert answer.status_code == 400
        assert world.rejection("d-1") is None
