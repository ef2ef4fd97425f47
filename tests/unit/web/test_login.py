"""Getting in and out: passwords, links that work once, sessions that end."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from agent.domain.errors import BadInput, NotFound
from agent.domain.people import Role
from agent.usecases.accounts import (
    accept_login_link,
    accept_setup,
    authenticate,
    create_login_link,
    create_setup_link,
    register,
)
from agent.usecases.leaving import end_sessions_of
from agent.usecases.passwords import LONGEST_PASSWORD
from agent.web.app import create_app
from agent.web.throttle import PER_ACCOUNT, PER_ACCOUNT_ANYWHERE, PER_ADDRESS, WINDOW
from tests.unit.web.world import HOST, KEY, PASSWORD, World, a_world, post, token_of

EMAIL = "camille@savon-du-sud.example"


def test_a_password_opens_the_page_that_was_asked_for(world: World) -> None:
    register(world.ports, email=EMAIL, name="Camille", role=Role.MANAGER, password=PASSWORD)
    client = world.client()
    assert 'value="/drafts/d-1"' in client.get("/drafts/d-1").text
    answer = post(client, "/login", via="/login", email=EMAIL.upper(), password=PASSWORD, path="/drafts/d-1")
    assert answer.headers["location"] == "/drafts/d-1"
    assert client.get("/drafts/d-1").status_code == 200


@pytest.mark.parametrize(
    "path", ["//evil.example", "https://evil.example", "/\\evil.example", "/\n/x", "evil"]
)
def test_a_login_leads_nowhere_else(world: World, path: str) -> None:
    register(world.ports, email=EMAIL, name="Camille", role=Role.MANAGER, password=PASSWORD)
    answer = post(world.client(), "/login", via="/login", email=EMAIL, password=PASSWORD, path=path)
    assert answer.headers["location"] == "/"


def test_wrong_password_and_unknown_address_read_and_cost_the_same(world: World) -> None:
    register(world.ports, email=EMAIL, name="Camille", role=Role.MANAGER, password=PASSWORD)
    answers, work = [], []
    for email in (EMAIL, "nobody@savon-du-sud.example"):
        before = world.passwords.work
        answer = post(world.client(), "/login", via="/login", email=email, password="wrong" * 4)
        answers.append((answer.status_code, "do not belong together" in answer.text))
        work.append(world.passwords.work - before)
    assert answers == [(403, True), (403, True)]
    assert work == [1, 1]


def test_guessing_is_slowed_down_and_forgotten(world: World) -> None:
    register(world.ports, email=EMAIL, name="Camille", role=Role.MANAGER, password=PASSWORD)
    client = world.client()
    for _ in range(PER_ACCOUNT):
        post(client, "/login", via="/login", email=EMAIL, password="a wrong one")
    refused = post(client, "/login", via="/login", email=EMAIL, password=PASSWORD)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= WINDOW.total_seconds() + 1
    world.clock.move_to(world.clock.now() + WINDOW + timedelta(seconds=1))
    assert post(client, "/login", via="/login", email=EMAIL, password=PASSWORD).status_code == 303


def test_somebody_elsewhere_cannot_use_up_what_the_owner_may_try(world: World) -> None:
    register(world.ports, email=EMAIL, name="Camille", role=Role.MANAGER, password=PASSWORD)
    elsewhere = TestClient(world.app, base_url=HOST, follow_redirects=False, client=("203.0.113.9", 1))
    for _ in range(PER_ACCOUNT + 1):
        refused = post(elsewhere, "/login", via="/login", email=EMAIL, password="a wrong one")
    assert refused.status_code == 429
    assert post(world.client(), "/login", via="/login", email=EMAIL, password=PASSWORD).status_code == 303
    assert post(elsewhere, "/login", via="/login", email=EMAIL, password=PASSWORD).status_code == 429


def test_guessing_from_many_places_is_slowed_down_too(world: World) -> None:
    register(world.ports, email=EMAIL, name="Camille", role=Role.MANAGER, password=PASSWORD)
    throttle, now = world.app.state.desk.throttle, world.clock.now()
    for number in range(PER_ACCOUNT_ANYWHERE):
        throttle.failed(email=EMAIL, address=f"203.0.113.{number}", now=now)
    assert post(world.client(), "/login", via="/login", email=EMAIL, password=PASSWORD).status_code == 429


def test_one_place_that_tries_many_names_is_slowed_down(world: World) -> None:
    client = world.client()
    for number in range(PER_ADDRESS):
        answer = post(client, "/login", via="/login", email=f"n{number}@x.example", password="a wrong one")
        assert answer.status_code == 403
    assert post(client, "/login", via="/login", email=EMAIL, password=PASSWORD).status_code == 429


def test_the_brake_reads_the_same_for_an_address_that_nobody_has(world: World) -> None:
    register(world.ports, email=EMAIL, name="Camille", role=Role.MANAGER, password=PASSWORD)
    texts = []
    for email in (EMAIL, "nobody@savon-du-sud.example"):
        client = world.client()
        for _ in range(PER_ACCOUNT + 1):
            answer = post(client, "/login", via="/login", email=email, password="a wrong one")
        assert answer.status_code == 429
        texts.append(re.sub(r'name="token" value="\w+"', "", answer.text).replace(email, ""))
    assert texts[0] == texts[1]


def test_a_password_is_compared_to_its_last_character(world: World) -> None:
    long = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze".ljust(
        LONGEST_PASSWORD, "x"
    )
    register(world.ports, email=EMAIL, name="Camille", role=Role.MANAGER, password=long)
    assert authenticate(world.ports, email=EMAIL, password=long) is not None
    for wrong in (long + "x", long[:-1], long.upper(), f" {long[1:]}"):
        assert authenticate(world.ports, email=EMAIL, password=wrong) is None


def test_the_session_of_before_the_login_is_not_kept(world: World) -> None:
    register(world.ports, email=EMAIL, name="Camille", role=Role.MANAGER, password=PASSWORD)
    client = world.client()
    client.get("/login")
    planted = client.cookies["nanoreach"]
    token = token_of(client, "/login")
    post(client, "/login", via="/login", email=EMAIL, password=PASSWORD)
    assert client.cookies["nanoreach"] != planted
    other = world.client(cookies={"nanoreach": planted})
    assert other.get("/").status_code == 401  # whoever planted it is not in
    sent = {"token": token, "email": EMAIL, "password": PASSWORD}
    assert other.post("/login", data=sent, headers={"Origin": HOST}).status_code == 403


def test_logging_in_again_ends_the_session_of_before(world: World) -> None:
    client = world.person(Role.MANAGER)
    before = client.cookies["nanoreach"]
    email = world.account(Role.MANAGER).email
    assert post(client, "/login", email=email, password=PASSWORD).status_code == 303
    assert client.get("/").status_code == 200
    assert world.client(cookies={"nanoreach": before}).get("/").status_code == 401


def test_a_session_that_was_ended_stays_so_after_a_restart(world: World) -> None:
    client = world.person(Role.MANAGER)
    stolen = client.cookies["nanoreach"]
    restarted = replace(world, app=create_app(world.ports, world.config))
    assert restarted.client(cookies={"nanoreach": stolen}).get("/").status_code == 200
    post(client, "/logout")
    assert restarted.client(cookies={"nanoreach": stolen}).get("/").status_code == 401
    again = replace(world, app=create_app(world.ports, world.config))
    assert again.client(cookies={"nanoreach": stolen}).get("/").status_code == 401


def test_all_sessions_of_an_account_are_ended_together(world: World) -> None:
    browsers, bystander = [world.person(Role.MANAGER) for _ in range(2)], world.person(Role.VIEWER)
    end_sessions_of(world.ports, world.account(Role.MANAGER).email.upper(), by="operator")
    assert [browser.get("/").status_code for browser in browsers] == [401, 401]
    assert bystander.get("/").status_code == 200
    world.clock.move_to(world.clock.now() + timedelta(seconds=1))
    assert world.person(Role.MANAGER).get("/").status_code == 200
    with pytest.raises(NotFound):
        end_sessions_of(world.ports, "nobody@x.example", by="operator")


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites() -> None:
    for world in (a_world(), a_world(secure_cookies=True)):
        over_tls = world.config.secure_cookies
        client = world.client()
        client.base_url = "https://desk.example" if over_tls else HOST
        world.account(Role.MANAGER)
        cookies = list(_set_by(client, world.account(Role.MANAGER).email))
        assert {cookie.partition("=")[0].removeprefix("__Host-") for cookie in cookies} == {
            "nanoreach",
            "nanoreach_language",
            "nanoreach_notice",
        }
        for cookie in cookies:
            flags = {flag.strip().casefold() for flag in cookie.split(";")[1:]}
            assert flags >= {"httponly", "samesite=lax", "path=/"}, cookie
            assert ("secure" in flags) == over_tls, cookie
            assert cookie.startswith("__Host-") == over_tls, cookie
            assert not any(flag.startswith("domain") for flag in flags)


def _set_by(client: TestClient, email: str) -> Iterator[str]:
    """Yield every cookie that the desk ever sets or removes."""
    token = token_of(client, "/login")
    answers = [client.post("/login", data={"token": token, "email": email, "password": PASSWORD})]
    token = token_of(client, "/")
    for path in ("/drafts/d-1/rejection", "/language", "/logout"):
        if path == "/logout":
            answers.append(client.get("/"))  # the sentence of the decision is shown once
        sent = {"token": token, "reason": "taste", "language": "fr", "path": "/"}
        answers.append(client.post(path, data=sent))
        assert answers[-1].status_code == 303
    answers.append(client.get("/login"))
    for answer in answers:
        yield from answer.headers.get_list("set-cookie")


def test_logging_out_makes_a_copied_cookie_worthless(world: World) -> None:
    client = world.person(Role.MANAGER)
    stolen = client.cookies["nanoreach"]
    assert post(client, "/logout").headers["location"] == "/login"
    thief = world.client(cookies={"nanoreach": stolen})
    assert thief.get("/").status_code == 401


def test_logging_out_clears_what_the_browser_kept(world: World) -> None:
    answer = post(world.person(Role.MANAGER), "/logout")
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert 'nanoreach=""; ' in answer.headers["set-cookie"]


def test_logging_out_is_no_link(world: World) -> None:
    assert world.person(Role.MANAGER).get("/logout").status_code == 405


def test_a_session_ends_by_itself_and_with_a_new_password(world: World) -> None:
    client = world.person(Role.MANAGER)
    world.clock.move_to(world.clock.now() + world.config.session_lifetime)
    assert client.get("/").status_code == 401
    other = world.person(Role.VIEWER)
    world.put(replace(world.account(Role.VIEWER), password_hash=world.passwords.hash("another sentence")))
    assert other.get("/").status_code == 401


def test_a_bent_cookie_is_nobody(world: World) -> None:
    client = world.person(Role.MANAGER)
    value = client.cookies["nanoreach"]
    for bent in (value[:-1], "x" + value, "", "a.b.c", "é"):
        assert world.client().get("/", headers={b"Cookie": f"nanoreach={bent}".encode()}).status_code == 401


def test_the_first_account_is_made_under_the_link_of_the_terminal() -> None:
    world = a_world(letters=0)
    link = create_setup_link(world.ports, key=KEY, base_url=HOST)
    assert link is not None
    path = link.removeprefix(HOST)
    client = world.client()
    answer = post(client, path, via=path, email=EMAIL, name="Camille", password=PASSWORD)
    assert answer.headers["location"] == "/"
    assert client.get("/").status_code == 200
    account = authenticate(world.ports, email=EMAIL, password=PASSWORD)
    assert account is not None
    assert account.role is Role.OPERATOR
    assert world.client().get(path).status_code == 404
    assert create_setup_link(world.ports, key=KEY, base_url=HOST) is None
    with pytest.raises(BadInput, match="has ended"):
        accept_setup(
            world.ports, path.rpartition("/")[2], key=KEY, email="x@y.example", name="X", password=PASSWORD
        )


def test_the_set_up_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    world = a_world(letters=0)
    path = (create_setup_link(world.ports, key=KEY, base_url=HOST) or "").removeprefix(HOST)
    answer = post(world.client(), path, via=path, email=EMAIL, name="Camille", password="tooShort1")
    assert answer.status_code == 400
    assert "at least 12 characters" in answer.text
    assert f'value="{EMAIL}"' in answer.text
    assert "tooShort1" not in answer.text


def test_a_set_up_link_ends_after_an_hour_and_cannot_be_made_up() -> None:
    world = a_world(letters=0)
    path = (create_setup_link(world.ports, key=KEY, base_url=HOST) or "").removeprefix(HOST)
    assert world.client().get(path).status_code == 200
    assert world.client().get("/setup/made-up").status_code == 404
    world.clock.move_to(world.clock.now() + timedelta(hours=1))
    assert world.client().get(path).status_code == 404


def test_a_login_link_works_once_and_looking_does_not_use_it_up(world: World) -> None:
    register(world.ports, email=EMAIL, name="Camille", role=Role.MANAGER, password=PASSWORD)
    path = create_login_link(world.ports, key=KEY, base_url=HOST, email=EMAIL).removeprefix(HOST)
    client = world.client()
    assert client.get(path).status_code == 200
    assert client.get(path).status_code == 200
    assert post(client, path, via=path).headers["location"] == "/"
    assert client.get("/").status_code == 200
    again = world.client()
    assert again.get(path).status_code == 404
    with pytest.raises(BadInput, match="has ended"):
        accept_login_link(world.ports, path.rpartition("/")[2], key=KEY)


def test_a_link_of_one_kind_is_none_of_the_other(world: World) -> None:
    register(world.ports, email=EMAIL, name="Camille", role=Role.MANAGER, password=PASSWORD)
    path = create_login_link(world.ports, key=KEY, base_url=HOST, email=EMAIL)
    assert world.client().get(f"/setup/{path.rpartition('/')[2]}").status_code == 404
    with pytest.raises(NotFound):
        create_login_link(world.ports, key=KEY, base_url=HOST, email="nobody@y.example")


@pytest.mark.parametrize(
    ("email", "name", "password"),
    [("no address", "X", PASSWORD), (EMAIL, " ", PASSWORD), (EMAIL, "X", "short"), (EMAIL, "X", "x" * 2000)],
)
def test_an_account_needs_an_address_a_name_and_a_password(
    world: World, email: str, name: str, password: str
) -> None:
    with pytest.raises(BadInput):
        register(world.ports, email=email, name=name, role=Role.VIEWER, password=password)


def test_an_address_has_one_account(world: World) -> None:
    register(world.ports, email=EMAIL, name="Camille", role=Role.MANAGER, password=PASSWORD)
    with pytest.raises(BadInput, match="already"):
        register(world.ports, email=EMAIL.upper(), name="C", role=Role.VIEWER, password=PASSWORD)
    assert authenticate(world.ports, email=EMAIL, password=PASSWORD) is not None


def test_without_any_account_the_page_says_where_the_link_stands() -> None:
    world = a_world(letters=0)
    page = world.client().get("/login").text
    assert "nanoreach serve" in page
    assert "password" not in page
    assert token_of(world.client(), "/login")
