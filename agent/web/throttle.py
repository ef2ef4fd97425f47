"""A brake on guessing passwords, per account and per address, in this process."""

from collections import deque
from datetime import datetime, timedelta
from threading import Lock

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10
PER_ADDRESS = 30


class Throttle:
    """Counts failed attempts in a sliding window. Memory holds only attempts of the window."""

    def __init__(self) -> None:
        self._failures: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def wait(self, *, email: str, address: str, now: datetime) -> timedelta:
        """Return how long to wait before the next attempt; zero: now."""
        with self._lock:
            self._forget(now)
            return max(
                self._wait(f"account {email.strip().casefold()}", PER_ACCOUNT, now),
                self._wait(f"address {address}", PER_ADDRESS, now),
            )

    def failed(self, *, email: str, address: str, now: datetime) -> None:
        """Count a failed attempt."""
        with self._lock:
            for name in (f"account {email.strip().casefold()}", f"address {address}"):
                self._failures.setdefault(name, deque()).append(now)

    def succeeded(self, *, email: str) -> None:
        """Forget the failures of an account that was opened."""
        with self._lock:
            self._failures.pop(f"account {email.strip().casefold()}", None)

    def _wait(self, name: str, limit: int, now: datetime) -> timedelta:
        failures = self._failures.get(name, deque())
        if len(failures) < limit:
            return timedelta(0)
        return failures[-limit] + WINDOW - now

    def _forget(self, now: datetime) -> None:
        for name, failures in list(self._failures.items()):
            while failures and failures[0] + WINDOW <= now:
                failures.popleft()
            if not failures:
                del self._failures[name]
