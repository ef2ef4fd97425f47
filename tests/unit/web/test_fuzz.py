"""Whatever is sent to an address of the desk, it answers: never that something broke on our side.

The requests come from the app's own OpenAPI, which no desk serves: schemathesis makes ones that fit it and
ones that do not. Half of them name things that are there; a manager sends them with the right token to a desk
on a real database.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.core.result import Ok
from starlette.testclient import TestClient

from agent.adapters.database import migrate, open_store
from agent.domain.people import Role
from agent.web.sessions import SESSION_COOKIE
from tests.unit.web.test_headers import is_strict
from tests.unit.web.test_roles import WHO
from tests.unit.web.whole import FORMS, Whole, a_whole
from tests.unit.web.world import CAMPAIGN, HOST

Operation = APIOperation[Any, Any, Any, Any]
AnyCase = Case[Any]
DESK = a_whole()
SCHEMA = schemathesis.openapi.from_dict(DESK.world.app.openapi())
OPERATIONS: dict[str, Operation] = {
    found.ok().label: found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)
}
BENDABLE = [label for label, operation in OPERATIONS.items() if operation.query or operation.body]
"""Where more than the text of an address is asked for, so that something else can be sent."""
FEW = settings(max_examples=10, deadline=None, database=None, suppress_health_check=list(HealthCheck))
_NUMBERS = st.one_of(st.integers().map(str), st.floats().map(str), st.dates().map(str))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    url = f"sqlite:///{tmp_path_factory.mktemp('fuzz') / 'nanoreach.sqlite'}"
    migrate(url)
    store = open_store(url)
    yield a_whole(store)
    store.close()


def test_every_route_is_tried() -> None:
    assert set(OPERATIONS) == set(WHO)


@pytest.mark.parametrize("label", OPERATIONS)
def test_nothing_that_fits_breaks_the_desk(desk: Whole, label: str) -> None:
    _all_hold(desk, OPERATIONS[label].as_strategy(generation_mode=GenerationMode.POSITIVE))


@pytest.mark.parametrize("label", BENDABLE)
def test_nothing_that_is_bent_breaks_the_desk(desk: Whole, label: str) -> None:
    _all_hold(desk, OPERATIONS[label].as_strategy(generation_mode=GenerationMode.NEGATIVE))


@pytest.mark.parametrize(
    "address",
    [
        "/?after=0001-01-01T00:00:00%2B23:59_x",
        "/?before=9999-12-31T23:59:59-23:59_x",
        "/?after=2026-01-01T00:00:00_x",
        "/?campaign=%ED%A0%80",
        f"/matching/{CAMPAIGN}?page=9223372036854775808",
        f"/matching/{CAMPAIGN}?page=-1",
        f"/matching/{CAMPAIGN}?rules=x&followers_min=%D9%A3",
        f"/matching/{CAMPAIGN}?who=::",
        f"/matching/{CAMPAIGN}/proposal?limit=%D9%A3",
        "/enter/WyJ4Il0.x",
        "/unsubscribe/.",
    ],
)
def test_the_ends_of_numbers_days_and_alphabets_break_nothing(desk: Whole, address: str) -> None:
    client, _ = _manager(desk)
    answer = client.get(address)
    assert answer.status_code < 500
    assert is_strict(answer)


@pytest.mark.parametrize("path", FORMS)
def test_no_word_in_a_right_form_breaks_the_desk(path: str) -> None:
    # what the OpenAPI does not know: fields that a route reads by itself, and texts beside right ones
    right = DESK.rewound().fields(path)
    words = st.fixed_dictionaries(
        {}, optional={name: st.one_of(st.just(given), st.text(), _NUMBERS) for name, given in right.items()}
    )

    @FEW
    @seed(2026)
    @given(fields=words)
    def tried(fields: dict[str, str]) -> None:
        desk = DESK.rewound()
        client, token = _manager(desk)
        answer = client.post(desk.address(path), data={**right, **fields, "token": token})
        assert answer.status_code < 500
        assert is_strict(answer)

    tried()


def _all_hold(desk: Whole, cases: st.SearchStrategy[AnyCase]) -> None:
    @FEW
    @seed(2026)
    @given(case=cases, is_there=st.booleans())
    def tried(case: AnyCase, *, is_there: bool) -> None:
        _holds(desk, case, is_there=is_there)

    tried()


def _holds(desk: Whole, case: AnyCase, *, is_there: bool) -> None:
    client, token = _manager(desk)
    sent = case.as_transport_kwargs(base_url=HOST)
    if is_there:
        sent["url"] = HOST + desk.address(case.operation.path)
    if isinstance(sent.get("data"), dict):
        sent["data"] = {**sent["data"], "token": token}
    given = {name: sent[name] for name in ("params", "data", "content", "files", "json") if sent.get(name)}
    answer = client.request(sent["method"], sent["url"], **given)
    assert answer.status_code < 500
    assert is_strict(answer)


def _manager(desk: Whole) -> tuple[TestClient, str]:
    sessions = desk.world.app.state.desk.sessions
    session = sessions.open(desk.world.account(Role.MANAGER))
    return desk.world.client(cookies={SESSION_COOKIE: sessions.write(session)}), sessions.form_token(session)
