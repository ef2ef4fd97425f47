"""What belongs to the one who is logged in: a new password, and an end to every session."""

import pytest

from agent.domain.errors import BadInput, NotFound
from agent.domain.people import Role
from agent.usecases.accounts import accounts, authenticate, register, remove_account
from agent.usecases.passwords import SHORTEST_PASSWORD, set_password
from agent.web.throttle import PER_ACCOUNT
from tests.unit.web.world import PASSWORD, World, a_world, post

NEW = "quatre savons au grenier"
EMAIL = "camille@savon-du-sud.example"


def test_a_new_password_takes_the_old_one_and_ends_every_other_session(world: World) -> None:
    client, elsewhere = world.person(Role.VIEWER), world.person(Role.VIEWER)
    done = post(client, "/account/password", via="/account", current=PASSWORD, password=NEW)
    assert done.headers["location"] == "/account?done=password"
    assert "Your password was changed" in client.get(done.headers["location"]).text
    assert elsewhere.get("/").status_code == 401
    email = world.account(Role.VIEWER).email
    assert authenticate(world.ports, email=email, password=PASSWORD) is None
    assert authenticate(world.ports, email=email, password=NEW) is not None


@pytest.mark.parametrize(
    ("current", "new", "told"),
    [
        ("a wrong one, long", NEW, "The current password is another one"),
        ("", NEW, "The current password is another one"),
        (PASSWORD + "x" * 2000, NEW, "The current password is another one"),
        (PASSWORD, "tooShort1", "at least 12 characters"),
        (PASSWORD, "motdepasse123", "guessed first"),
    ],
)
def test_a_password_stays_where_something_is_wrong(world: World, current: str, new: str, told: str) -> None:
    client = world.person(Role.MANAGER)
    answer = post(client, "/account/password", via="/account", current=current, password=new)
    assert answer.status_code == 400
    assert told in answer.text
    assert new not in answer.text
    assert authenticate(world.ports, email=world.account(Role.MANAGER).email, password=PASSWORD) is not None


def test_guessing_the_current_password_is_slowed_down(world: World) -> None:
    client = world.person(Role.MANAGER)
    for _ in range(PER_ACCOUNT):
        post(client, "/account/password", via="/account", current="a wrong one", password=NEW)
    answer = post(client, "/account/password", via="/account", current=PASSWORD, password=NEW)
    assert answer.status_code == 429


def test_every_session_is_ended_with_one_button(world: World) -> None:
    client, elsewhere = world.person(Role.BRAND), world.person(Role.BRAND)
    assert post(client, "/account/sessions", via="/account").headers["location"] == "/login"
    assert [client.get("/").status_code, elsewhere.get("/").status_code] == [401, 401]


@pytest.mark.parametrize(
    "password",
    ["password1234", "123456789012", "azertyuiop12", "qwertyuiop12", "xxxxxxxxxxxx", "camilleaubert"],
)
def test_a_password_that_is_guessed_first_is_refused(world: World, password: str) -> None:
    assert len(password) >= SHORTEST_PASSWORD
    with pytest.raises(BadInput, match="guessed first"):
        register(world.ports, email=EMAIL, name="Camille Aubert", role=Role.VIEWER, password=password)


@pytest.mark.parametrize(
    "password", ["un deux trois quatre", "日本語のパスワードです!!", "  two  spaces each "]
)
def test_any_characters_may_be_in_a_password(world: World, password: str) -> None:
    register(world.ports, email=EMAIL, name="C", role=Role.VIEWER, password=password)
    assert authenticate(world.ports, email=EMAIL, password=password) is not None
    assert authenticate(world.ports, email=EMAIL, password=password.strip()[:-1]) is None


def test_whoever_is_taken_away_is_out_at_once_and_stays_out(world: World) -> None:
    client = world.person(Role.MANAGER)
    email = world.account(Role.MANAGER).email
    stolen = client.cookies["nanoreach"]
    remove_account(world.ports, email.upper(), by="operator")
    assert client.get("/").status_code == 401
    assert authenticate(world.ports, email=email, password=PASSWORD) is None
    register(world.ports, email=email, name="Camille Aubert", role=Role.MANAGER, password=PASSWORD)
    assert world.client(cookies={"nanoreach": stolen}).get("/").status_code == 401
    with pytest.raises(NotFound):
        remove_account(world.ports, "nobody@x.example", by="operator")


def test_the_only_operator_stays(world: World) -> None:
    operator = world.account(Role.OPERATOR)
    world.account(Role.MANAGER)
    with pytest.raises(BadInput, match="is the only operator"):
        remove_account(world.ports, operator.email, by="somebody")
    register(world.ports, email=EMAIL, name="Camille", role=Role.OPERATOR, password=PASSWORD)
    remove_account(world.ports, operator.email, by="somebody")
    assert [each.email for each in accounts(world.ports)] == [
        EMAIL,
        world.account(Role.MANAGER).email,
    ]


def test_an_operator_gives_a_new_password_at_the_terminal(world: World) -> None:
    client = world.person(Role.MANAGER)
    email = world.account(Role.MANAGER).email
    set_password(world.ports, email, NEW, by="operator")
    assert client.get("/").status_code == 401
    assert authenticate(world.ports, email=email, password=NEW) is not None
    with pytest.raises(NotFound):
        set_password(world.ports, "nobody@x.example", NEW, by="operator")


def test_there_is_no_account_before_somebody_makes_one() -> None:
    assert accounts(a_world(letters=0).ports) == ()


def test_the_page_asks_in_french_too(world: World) -> None:
    page = world.person(Role.MANAGER).get("/account", headers={"Accept-Language": "fr"}).text
    assert "Changer le mot de passe" in page
    assert page.count('type="password"') == 2
    assert 'autocomplete="current-password"' in page
    assert 'autocomplete="new-password"' in page
