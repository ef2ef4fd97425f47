"""When a letter may leave: caps, gaps and the recipient's hours, decided from values."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
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


def zone_of(country: str | None) -> ZoneInfo:
    """Return the zone in which a recipient in this country is written to; UTC where it is unknown."""
    return ZoneInfo(ZONES.get(country or "", "UTC"))


def may_send(
    pacing: Pacing, *, zone: ZoneInfo, sent_today: int, last_sent_at: datetime | None, now: datetime
) -> Permission:
    """Return whether a mailbox may write to a recipient in `zone` now, or from when on.

    `sent_today` counts the mailbox's letters since midnight UTC; `now` and `last_sent_at` are aware.
    """
    if sent_today >= pacing.per_day:
        tomorrow = datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(0), UTC)
        return WaitUntil(
            at=next_opening(pacing.window, zone=zone, now=tomorrow),
            reason=f"the mailbox has written its {pacing.per_day} letters of today",
        )
    opening = next_opening(pacing.window, zone=zone, now=now)
    if opening > now:
        return WaitUntil(at=opening, reason="it is outside the recipient's hours")
    if last_sent_at is not None and now < last_sent_at + pacing.gap:
        return WaitUntil(at=last_sent_at + pacing.gap, reason="the gap between two letters is not over")
    return SendNow()


def next_opening(window: Window, *, zone: ZoneInfo, now: datetime) -> datetime:
    """Return `now` when it lies in the window, else the window's next start, in UTC; right across DST."""
    if window.always:
        return now
    local = now.astimezone(zone)
    if local.weekday() in window.days and window.start <= local.time() < window.end:
        return now
    days = (local.date() + timedelta(days=ahead) for ahead in range(9))
    starts = (_instant(day, window.start, zone) for day in days if day.weekday() in window.days)
    return next(start for start in starts if start > now)


def day_start(now: datetime) -> datetime:
    """Return the midnight UTC from which a mailbox's letters of the day are counted."""
    return datetime.combine(now.astimezone(UTC).date(), time(0), UTC)


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
