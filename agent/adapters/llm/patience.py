"""When a failed call is tried again: a value that decides, no clock and no chance in it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How often and after how many seconds a call is tried again.

    `attempts` for an endpoint that says it is busy (429, 5xx), `silent_attempts` for one that says nothing
    (time-outs, broken connections), since each of those costs minutes. An endpoint that asks for more than
    `longest_wait` is not waited for.
    """

    attempts: int = 8
    silent_attempts: int = 3
    first_wait: float = 0.5
    longest_wait: float = 120.0

    def wait(self, attempt: int, *, silent: bool, retry_after: float | None, chance: float) -> float | None:
        """Return how long to wait after the attempt of this number (from 1), None to give up.

        `chance` in [0, 1) spreads callers: none waits less than the endpoint asks for, and none the same.
        """
        if attempt >= (self.silent_attempts if silent else self.attempts):
            return None
        backoff = min(self.first_wait * 2.0 ** (attempt - 1), self.longest_wait / 4)
        if retry_after is None:
            return backoff * (0.5 + chance)
        if retry_after > self.longest_wait:
            return None
        return retry_after + min(backoff, 1.0) * chance


ONCE = Patience(attempts=1, silent_attempts=1)
"""No second try."""


def seconds_of(retry_after: str, *, now: datetime | None) -> float | None:
    """Return a Retry-After header in seconds (RFC 9110, 10.2.3); None where none can be read."""
    text = retry_after.strip()
    if text.replace(".", "", 1).isdecimal():
        return float(text)
    until = moment_of(text)
    return max(0.0, (until - now).total_seconds()) if until is not None and now is not None else None


def moment_of(date: str) -> datetime | None:
    """Return the instant that an HTTP date names; None where it names none."""
    try:
        found = parsedate_to_datetime(date)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
