"""Pacing and cadence: when a letter may leave, and when the next one is due."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.domain.brand import Cadence, Pacing, Window
from agent.domain.cadence import after_absence, is_stale, next_touch_at
from agent.domain.pacing import SendNow, WaitUntil, day_start, may_send, next_opening, zone_of

PARIS = ZoneInfo("Europe/Paris")
OFFICE = Window()
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)


def asked(
    now: datetime, *, sent: int = 0, last: datetime | None = None, pacing: Pacing | None = None
) -> object:
    return may_send(pacing or Pacing(), zone=PARIS, sent_today=sent, last_sent_at=last, now=now)


def test_a_letter_may_leave_in_the_recipients_hours() -> None:
    assert asked(TUESDAY) == SendNow()


def test_the_gap_is_kept() -> None:
    verdict = asked(TUESDAY, sent=1, last=TUESDAY - timedelta(seconds=20))
    assert isinstance(verdict, WaitUntil)
    assert verdict.at == TUESDAY + timedelta(seconds=40)


def test_the_cap_waits_for_the_next_day_in_hours() -> None:
    verdict = asked(TUESDAY, sent=40)
    assert isinstance(verdict, WaitUntil)
    assert verdict.at.astimezone(PARIS) == datetime(2026, 11, 25, 9, 0, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (datetime(2026, 11, 24, 8, 59, tzinfo=PARIS), datetime(2026, 11, 24, 9, 0, tzinfo=PARIS)),
        (datetime(2026, 11, 24, 18, 0, tzinfo=PARIS), datetime(2026, 11, 25, 9, 0, tzinfo=PARIS)),
        (datetime(2026, 11, 27, 20, 0, tzinfo=PARIS), datetime(2026, 11, 30, 9, 0, tzinfo=PARIS)),
        (
            datetime(2027, 3, 26, 20, 0, tzinfo=PARIS),
            datetime(2027, 3, 29, 9, 0, tzinfo=PARIS),
        ),  # spring forward
        (
            datetime(2026, 10, 23, 20, 0, tzinfo=PARIS),
            datetime(2026, 10, 26, 9, 0, tzinfo=PARIS),
        ),  # fall back
    ],
)
def test_outside_the_window_the_next_opening_is_named(now: datetime, opens: datetime) -> None:
    assert next_opening(OFFICE, zone=PARIS, now=now) == opens


@given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2028, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds the zone
def test_an_opening_is_never_past_and_always_in_the_window(now: datetime) -> None:
    for country in ("FR", "US", "AU", None):
        zone = zone_of(country)
        opening = next_opening(OFFICE, zone=zone, now=now)
        local = opening.astimezone(zone)
        assert opening >= now
        assert local.weekday() in OFFICE.days
        assert OFFICE.start <= local.time() < OFFICE.end


def test_always_means_always() -> None:
    sunday = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    assert next_opening(Window(always=True), zone=PARIS, now=sunday) == sunday


def test_a_window_in_the_gap_of_spring_still_opens() -> None:
    night = Window(days=frozenset(range(7)), start=time(2, 15), end=time(2, 45))
    opening = next_opening(night, zone=PARIS, now=datetime(2027, 3, 27, 12, 0, tzinfo=UTC))
    assert opening > datetime(2027, 3, 27, 12, 0, tzinfo=UTC)


def test_the_day_of_a_mailbox_begins_at_midnight_utc() -> None:
    assert day_start(TUESDAY) == datetime(2026, 11, 24, tzinfo=UTC)


def test_the_cadence_waits_longer_before_the_third_letter_and_ends_with_it() -> None:
    cadence = Cadence()
    due = [next_touch_at(cadence, touches_sent=sent, sent_at=TUESDAY) for sent in (0, 1, 2, 3)]
    assert due == [None, TUESDAY + timedelta(days=5), TUESDAY + timedelta(days=9), None]


def test_a_first_letter_is_never_stale_and_a_follow_up_is_after_its_limit() -> None:
    late = TUESDAY + timedelta(days=4, seconds=1)
    assert not is_stale(Cadence(), touch=1, due_at=TUESDAY, now=late)
    assert is_stale(Cadence(), touch=2, due_at=TUESDAY, now=late)
    assert not is_stale(Cadence(), touch=2, due_at=TUESDAY, now=TUESDAY + timedelta(days=4))


def test_an_absence_ends_the_day_after_they_are_back() -> None:
    assert after_absence(date(2026, 12, 7), now=TUESDAY) == datetime(2026, 12, 8, 8, 0, tzinfo=UTC)
    assert after_absence(date(2026, 1, 1), now=TUESDAY) == TUESDAY
