"""When the next letter becomes due, and when one comes too late."""

from datetime import UTC, date, datetime, time, timedelta

from agent.domain.brand import Cadence


def next_touch_at(cadence: Cadence, *, touches_sent: int, sent_at: datetime) -> datetime | None:
    """Return when the letter after the `touches_sent`-th becomes due; None after the last one."""
    if touches_sent < 1 or touches_sent >= cadence.touches:
        return None
    waits = cadence.wait or (timedelta(days=7),)
    return sent_at + waits[min(touches_sent, len(waits)) - 1]


def is_stale(cadence: Cadence, *, touch: int, due_at: datetime, now: datetime) -> bool:
    """Return whether a follow-up that became due at `due_at` comes too late to leave as it was approved."""
    return touch > 1 and now > due_at + cadence.stale_after


def after_absence(until: date, *, now: datetime) -> datetime:
    """Return when to think again of someone who is back on `until`: the day after, never in the past."""
    back = datetime.combine(until + timedelta(days=1), time(8), UTC)
    return max(back, now)
