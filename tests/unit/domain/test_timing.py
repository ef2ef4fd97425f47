"""Pacing and cadence: when a letter may leave, and when the next one is due."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.domain.brand import Cadence, Pacing, Ramp, Window
from agent.domain.cadence import after_absence, is_stale, next_touch_at
from agent.domain.pacing import (
    Hours,
    MailboxUse,
    SendNow,
    WaitUntil,
    day_start,
    gap_after,
    may_send,
    next_opening,
    zone_of,
)

PARIS = ZoneInfo("Europe/Paris")
OFFICE = Window()
IN_PARIS = Hours(zone=PARIS)
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)


def asked(
    now: datetime,
    *,
    sent: int = 0,
    last: datetime | None = None,
    day: int = 0,
    pacing: Pacing | None = None,
    hours: Hours = IN_PARIS,
) -> object:
    use = MailboxUse(sent_today=sent, last_sent_at=last, day=day)
    return may_send(pacing or Pacing(), hours=hours, use=use, now=now)


def in_france(day: date) -> str:
    return "Christmas Day" if (day.month, day.day) == (12, 25) else ""


def test_a_letter_may_leave_in_the_recipients_hours() -> None:
    assert asked(TUESDAY) == SendNow()


def test_the_gap_is_kept() -> None:
    verdict = asked(TUESDAY, sent=1, last=TUESDAY - timedelta(seconds=20))
    assert isinstance(verdict, WaitUntil)
    assert TUESDAY + timedelta(seconds=40) <= verdict.at <= TUESDAY + timedelta(seconds=70)


def test_gaps_differ_from_letter_to_letter_and_are_never_shorter_than_asked() -> None:
    lasts = [TUESDAY + timedelta(seconds=97 * number) for number in range(200)]
    gaps = [gap_after(Pacing(), last) for last in lasts]
    assert len(set(gaps)) > 150
    assert min(gaps) >= timedelta(seconds=60)
    assert max(gaps) <= timedelta(seconds=90)
    assert gap_after(Pacing(gap=timedelta(0)), TUESDAY) == timedelta(0)
    assert gaps == [gap_after(Pacing(), last.astimezone(UTC)) for last in lasts]  # one moment, one gap


@pytest.mark.parametrize(("day", "cap"), [(0, 10), (1, 15), (5, 35), (6, 40), (400, 40)])
def test_a_new_mailbox_begins_slowly(day: int, cap: int) -> None:
    pacing = Pacing(ramp=Ramp(first_day=10, more_each_day=5))
    assert asked(TUESDAY, sent=cap - 1, day=day, pacing=pacing) == SendNow()
    verdict = asked(TUESDAY, sent=cap, day=day, pacing=pacing)
    assert isinstance(verdict, WaitUntil)
    assert f"its {cap} letters of today" in verdict.reason
    assert ("of a new mailbox" in verdict.reason) is (cap < 40)


def test_nothing_leaves_on_a_public_holiday_of_the_recipient() -> None:
    christmas = datetime(2026, 12, 25, 11, 0, tzinfo=PARIS)  # a Friday
    verdict = asked(christmas, hours=Hours(zone=PARIS, holiday=in_france))
    assert isinstance(verdict, WaitUntil)
    assert verdict.at == datetime(2026, 12, 28, 9, 0, tzinfo=PARIS)
    assert "Christmas Day" in verdict.reason
    assert asked(christmas) == SendNow()
    always = Pacing(window=Window(always=True))
    assert asked(christmas, pacing=always, hours=Hours(zone=PARIS, holiday=in_france)) == SendNow()


def test_a_year_of_holidays_still_names_a_moment() -> None:
    never = Hours(zone=PARIS, holiday=lambda _: "closed")
    assert next_opening(OFFICE, hours=never, now=TUESDAY) > TUESDAY


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
    assert next_opening(OFFICE, hours=IN_PARIS, now=now) == opens


@given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2028, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds the zone
def test_an_opening_is_never_past_and_always_in_the_window(now: datetime) -> None:
    for country in ("FR", "US", "AU", None):
        zone = zone_of(country)
        opening = next_opening(OFFICE, hours=Hours(zone=zone), now=now)
        local = opening.astimezone(zone)
        assert opening >= now
        assert local.weekday() in OFFICE.days
        assert OFFICE.start <= local.time() < OFFICE.end


def test_always_means_always() -> None:
    sunday = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    assert next_opening(Window(always=True), hours=IN_PARIS, now=sunday) == sunday


def test_a_window_in_the_gap_of_spring_still_opens() -> None:
    night = Window(days=frozenset(range(7)), start=time(2, 15), end=time(2, 45))
    opening = next_opening(night, hours=IN_PARIS, now=datetime(2027, 3, 27, 12, 0, tzinfo=UTC))
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
