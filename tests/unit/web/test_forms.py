"""Every form: taken from its own page only, and for things that are there only; else nothing is changed."""

import re
from urllib.parse import quote, urlencode

import pytest
from starlette.testclient import TestClient

from agent.domain.ids import OutreachId
from agent.domain.people import Role
from agent.web.door import OPEN, TOKENLESS
from tests.unit.web.test_roles import WHO
from tests.unit.web.whole import FORMS, Whole, a_whole
from tests.unit.web.world import HOST, token_of

GUARDED = sorted(set(FORMS) - TOKENLESS)
"""What a page of a session sends; the others are a creator's and a mail provider's, behind a secret link."""
KINDS = ("draft_id", "delivery_id", "handover_id", "reply_id", "outreach_id", "campaign_id")
BENT = ("nothing-here", "0", "-1", "d-1 or 1=1", "../d-1", "<b>x</b>", "é\u202e", "%", "x" * 3000)


@pytest.fixture(scope="module")
def whole() -> Whole:
    return a_whole()


@pytest.fixture
def desk(whole: Whole) -> Whole:
    return whole.rewound()


def browser(desk: Whole, path: str) -> tuple[TestClient, str]:
    """Return somebody who may send this form, and the token of their session."""
    client = desk.world.client() if path in OPEN - {"/language"} else desk.world.person(Role.MANAGER)
    return client, token_of(client, "/login" if path in OPEN - {"/language"} else "/")


@pytest.mark.parametrize("path", GUARDED)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1.evil.example"},
        {"Origin": "http://user@evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": HOST},
        {"Host": "evil.example"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
        {"Host": "127.0.0.1.evil.example"},
    ],
    ids=lambda headers: " ".join(f"{name}={value}" for name, value in headers.items()),
)
def test_a_right_form_from_elsewhere_changes_nothing(desk: Whole, path: str, headers: dict[str, str]) -> None:
    client, token = browser(desk, path)
    mark = desk.mark()
    sent = {"token": token, **desk.fields(path)}
    answer = client.post(desk.address(path), data=sent, headers=headers)
    assert answer.status_code == (400 if "Host" in headers else 403)
    assert "set-cookie" not in answer.headers
    assert desk.is_untouched(mark)


@pytest.mark.parametrize("path", GUARDED)
def test_a_form_without_the_token_of_its_own_session_changes_nothing(desk: Whole, path: str) -> None:
    client, token = browser(desk, path)
    stranger = desk.world.person(Role.OPERATOR)
    mark = desk.mark()
    for bent in (None, "", "made-up", "é", token[:-1], token.upper(), token_of(stranger, "/")):
        sent = desk.fields(path) | ({} if bent is None else {"token": bent})
        answer = client.post(desk.address(path), data=sent, headers={"Origin": HOST})
        assert answer.status_code == 403, bent
        assert "set-cookie" not in answer.headers
        in_the_address = f"{desk.address(path)}?{urlencode({'token': token})}"
        assert client.post(in_the_address, data=sent, headers={"Origin": HOST}).status_code == 403
    assert desk.is_untouched(mark)


@pytest.mark.parametrize("path", GUARDED)
def test_a_form_of_another_content_type_changes_nothing(desk: Whole, path: str) -> None:
    client, token = browser(desk, path)
    fields = {"token": token, **desk.fields(path)}
    mark = desk.mark()
    bodies = {
        "application/json": str(fields).replace("'", '"'),
        "text/plain": urlencode(fields),
        "text/plain; x=application/x-www-form-urlencoded": urlencode(fields),
        "application/xml": f"<token>{token}</token>",
        "multipart/form-data": urlencode(fields),
        "multipart/form-data; boundary=b": "--b\r\nnothing that is a part",
        "": urlencode(fields),
    }
    for content_type, body in bodies.items():
        headers = {"Origin": HOST, "Content-Type": content_type}
        answer = client.post(desk.address(path), content=body.encode(), headers=headers)
        assert answer.status_code in {400, 403}, content_type
    assert desk.is_untouched(mark)


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE"])
def test_no_other_method_changes_anything(desk: Whole, path: str, method: str) -> None:
    client, token = browser(desk, path)
    mark = desk.mark()
    address = f"{desk.address(path)}?{urlencode({'token': token, **desk.fields(path)})}"
    answer = client.request(method, address, headers={"Origin": HOST, "X-HTTP-Method-Override": "POST"})
    assert answer.status_code == 405 or (method == "GET" and answer.status_code in {200, 303, 404})
    assert desk.is_untouched(mark)


def pages() -> list[str]:
    """Return every line whose address names something."""
    return [line for line in WHO if "{" in line and "{name}" not in line]


@pytest.mark.parametrize("line", pages())
def test_what_is_not_there_is_told_and_changes_nothing(desk: Whole, line: str) -> None:
    method, _, path = line.partition(" ")
    name = path.partition("{")[2].partition("}")[0]
    client, token = browser(desk, path)
    mark = desk.mark()
    others = [desk.names[kind] for kind in KINDS if kind != name]
    for bent in (*others, *BENT):
        sent = {"token": token, **desk.fields(path)} if method == "POST" else None
        address = path.replace(f"{{{name}}}", quote(bent, safe=""))
        answer = client.request(method, address, data=sent, headers={"Origin": HOST})
        assert answer.status_code in {303, 400, 404, 405, 429}, (bent, answer.status_code)
        if answer.status_code == 303:
            assert answer.headers["location"].startswith("/")
            assert not answer.headers["location"].startswith("//")
        assert "<b>x</b>" not in answer.text
    assert desk.is_untouched(mark)


@pytest.mark.parametrize("line", [line for line in pages() if None not in WHO[line]])
@pytest.mark.parametrize("who", [None, Role.VIEWER])
def test_a_refusal_does_not_tell_whether_something_is_there(desk: Whole, line: str, who: Role | None) -> None:
    method, _, path = line.partition(" ")
    if who in WHO[line]:
        return
    client = desk.world.client() if who is None else desk.world.person(who)
    token = token_of(client, "/login" if who is None else "/")
    there, nowhere = (
        client.request(method, address, data={"token": token} if method == "POST" else None)
        for address in (desk.address(path), _nowhere(path))
    )
    assert there.status_code == nowhere.status_code == (401 if who is None else 403)
    assert there.text.replace(desk.address(path), "") == nowhere.text.replace(_nowhere(path), "")


@pytest.mark.parametrize("path", ["/brief/{token}", "/brief/{token}/letter.pdf"])
def test_a_link_of_somebody_forgotten_reads_like_one_that_was_made_up(desk: Whole, path: str) -> None:
    forgotten = desk.world.ports.links.brief(OutreachId("o-gone"))
    assert forgotten is not None
    client = desk.world.client()
    answers = [
        client.get(path.replace("{token}", token)) for token in (forgotten.rpartition("/")[2], "made-up")
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text == answers[1].text


def _nowhere(path: str) -> str:
    return re.sub("{.*?}", "nothing-here", path)
