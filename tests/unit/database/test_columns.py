"""Column types give back exactly what they were given."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import DateTime
from sqlalchemy.dialects.sqlite.pysqlite import dialect

from agent.adapters.database.columns import Instant, Nested
from agent.domain.brand import Cadence, Fact, Money, Offer, Programme, Sender, Value, Voice
from agent.domain.creator import Provenance
from agent.domain.draft import Finding, Origin, Usage
from agent.domain.fit import Fit, Reason
from agent.domain.letter import Letter

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-3, minutes=-30))])
MOMENTS = st.datetimes(
    min_value=datetime(2, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(9998, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    timezones=ZONES,
)
MONEY = st.builds(Money, amount=AMOUNTS)
VALUES = st.builds(Value, weight=NUMBERS)
REASONS = st.builds(Reason, score=NUMBERS)

NESTED: dict[str, tuple[object, st.SearchStrategy[Any]]] = {
    "letter": (Letter, st.builds(Letter)),
    "offer": (Offer, st.builds(Offer, cash=MONEY | st.none())),
    "cadence": (Cadence, st.builds(Cadence)),
    "sender": (Sender, st.builds(Sender)),
    "values": (tuple[Value, ...], st.lists(VALUES).map(tuple)),
    "voice": (Voice, st.builds(Voice)),
    "facts": (tuple[Fact, ...], st.lists(st.builds(Fact)).map(tuple)),
    "programme": (Programme, st.builds(Programme, budget=MONEY)),
    "provenance": (Provenance, st.builds(Provenance)),
    "fit": (Fit, st.builds(Fit, score=NUMBERS, similarity=NUMBERS, reasons=st.lists(REASONS).map(tuple))),
    "findings": (tuple[Finding, ...], st.lists(st.builds(Finding)).map(tuple)),
    "origin": (Origin, st.builds(Origin)),
    "usage": (Usage, st.builds(Usage, cost=AMOUNTS)),
}


@pytest.mark.parametrize("name", sorted(NESTED))
@given(data=st.data())
def test_a_nested_value_comes_back_as_it_was(name: str, data: st.DataObject) -> None:
    of, strategy = NESTED[name]
    value = data.draw(strategy)
    column = Nested(of)
    stored = column.process_bind_param(value, dialect())
    assert column.process_result_value(stored, dialect()) == value


def test_a_nested_value_keeps_its_digits() -> None:
    column = Nested(Money)
    stored = column.process_bind_param(Money(amount=Decimal("10.10"), currency="EUR"), dialect())
    assert stored == '{"amount":"10.10","currency":"EUR"}'


def test_nothing_stays_nothing() -> None:
    assert Nested(Money).process_bind_param(None, dialect()) is None
    assert Nested(Money).process_result_value(None, dialect()) is None
    assert Instant().process_bind_param(None, dialect()) is None
    assert Instant().process_result_value(None, dialect()) is None


@pytest.mark.parametrize("stored", ['{"amount":"10.10"}', '{"amount":"ten","currency":"EUR"}', "{"])
def test_what_does_not_fit_its_type_is_an_error(stored: str) -> None:
    with pytest.raises(ValidationError):
        Nested(Money).process_result_value(stored, dialect())


@given(moment=MOMENTS)
def test_a_moment_is_kept_in_sqlite_as_by_the_type_below_and_comes_back_in_utc(moment: datetime) -> None:
    plain = DateTime().dialect_impl(dialect()).bind_processor(dialect())
    write = Instant().bind_processor(dialect())
    read = Instant().result_processor(dialect(), None)
    assert plain is not None
    assert write is not None
    assert read is not None
    assert write(moment) == plain(moment.astimezone(UTC))
    assert read(write(moment)) == moment
    assert read(write(moment)).tzinfo is UTC
    assert (write(None), read(None)) == (None, None)


@pytest.mark.parametrize("stored", [5, "yesterday", b"2026-10-06"])
def test_what_is_no_moment_in_sqlite_is_an_error(stored: object) -> None:
    read = Instant().result_processor(dialect(), None)
    assert read is not None
    with pytest.raises((TypeError, ValueError)):
        read(stored)


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 10, 6)  # noqa: DTZ001 - what must be refused
    with pytest.raises(ValueError, match="no time zone"):
        Instant().process_bind_param(naive, dialect())
