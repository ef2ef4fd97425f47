"""When a letter may leave: caps, gaps and the recipient's hours, decided from values."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from agent.domain.brand import Pacing, Window

# The zone in which most of a country's people live; a recipient's own zone is better where it is known.
ZONES: dict[str, str] = {
    "FR": "Europe/Paris", "BE": "Europe/Brussels", "CH": "Europe/Zurich", "LU": "Europe/Luxembourg",
    "DE": "Europe/Berlin", "AT": "Europe/Vienna", "IT": "Europe/Rome", "ES": "Europe/Madrid",
    "PT": "Europe/Lisbon", "NL": "Europe/Amsterdam", "PL": "Europe/Warsaw", "IE": "Europe/Dublin",
    "GB": "Europe/London", "US": "America/New_York", "CA": "America/Toronto", "AU": "Australia/Sydney",
    "NZ": "Pacific/Auckland",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class SendNow:
    """It may leave at once."""


@dataclass(frozen=True, kw_only=True)
class WaitUntil:
    """It may leave at `at` at the earliest, for the reason given."""

    at: datetime
    reason: str


Permission = SendNow | WaitUntil

_FAR = 60
"""Days within which every window opens, whatever the holidays."""


def _no_holiday(_: date) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class Hours:
    """A recipient's zone, and the name of the public holiday that a day is there, empty on other days."""

    zone: ZoneInfo
    holiday: Callable[[date], str] = _no_holiday


@dataclass(frozen=True, kw_only=True)
class MailboxUse:
    """What a mailbox did: letters since midnight UTC, its last letter, its age in days since its first."""

    sent_today: int
    last_sent_at: datetime | None
    day: int = 0


def zone_of(country: str | None) -> ZoneInfo:
    """Return the zone in which a recipient in this country is written to; UTC where it is unknown."""
    return ZoneInfo(ZONES.get(country or "", "UTC"))


def may_send(pacing: Pacing, *, hours: Hours, use: MailboxUse, now: datetime) -> Permission:
    """Return whether a mailbox may write to a recipient of these hours now, or from when on.

    `now` is aware.
    """
    cap = cap_of(pacing, day=use.day)
    if use.sent_today >= cap:
        tomorrow = datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(0), UTC)
        ramp = f" (day {use.day + 1} of a new mailbox)" if cap < pacing.per_day else ""
        return WaitUntil(
            at=next_opening(pacing.window, hours=hours, now=tomorrow),
            reason=f"the mailbox has written its {cap} letters of today{ramp}",
        )
    opening = next_opening(pacing.window, hours=hours, now=now)
    if opening > now:
        return WaitUntil(at=opening, reason=_why_closed(pacing.window, hours=hours, now=now))
    if use.last_sent_at is not None and now < (
        free := use.last_sent_at + gap_after(pacing, use.last_sent_at)
    ):
        return WaitUntil(at=free, reason="the gap between two letters is not over")
    return SendNow()


def cap_of(pacing: Pacing, *, day: int) -> int:
    """Return how many letters a mailbox may write on a day of its life, the first one being 0."""
    if pacing.ramp is None:
        return pacing.per_day
    return min(pacing.per_day, pacing.ramp.first_day + day * pacing.ramp.more_each_day)


def gap_after(pacing: Pacing, last_sent_at: datetime) -> timedelta:
    """Return the wait after a letter: the least gap and up to half of it more, the same for the same letter.

    Letters at the same distance look like a machine's; filters of receiving servers look for that.
    """
    if not pacing.gap:
        return pacing.gap
    drawn = sha256(last_sent_at.astimezone(UTC).isoformat().encode()).digest()
    return pacing.gap * (1 + int.from_bytes(drawn[:4]) / (1 << 33))


def next_opening(window: Window, *, hours: Hours, now: datetime) -> datetime:
    """Return `now` when it lies in the window, else the window's next start, in UTC; right across DST.

    A public holiday of the recipient's country is no day of the window; `always` knows neither.
    """
    if window.always or _is_open(window, hours, now):
        return now
    today = now.astimezone(hours.zone).date()
    days = (today + timedelta(days=ahead) for ahead in range(_FAR))
    starts = (_instant(day, window.start, hours.zone) for day in days if _is_workday(window, hours, day))
    return next((start for start in starts if start > now), now + timedelta(days=_FAR))


def _is_open(window: Window, hours: Hours, now: datetime) -> bool:
    local = now.astimezone(hours.zone)
    return _is_workday(window, hours, local.date()) and window.start <= local.time() < window.end


def _is_workday(window: Window, hours: Hours, day: date) -> bool:
    return day.weekday() in window.days and not hours.holiday(day)


def _why_closed(window: Window, *, hours: Hours, now: datetime) -> str:
    today = now.astimezone(hours.zone).date()
    holiday = hours.holiday(today) if today.weekday() in window.days else ""
    return (
        f"it is a public holiday where they live ({holiday})"
        if holiday
        else "it is outside the recipient's hours"
    )


def day_start(now: datetime) -> datetime:
    """Return the midnight UTC from which a mailbox's letters of the day are counted."""
    return datetime.combine(now.astimezone(UTC).date(), time(0), UTC)


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
