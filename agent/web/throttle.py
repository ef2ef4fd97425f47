"""A brake on guessing, in this process: per name and address, per address, and per name from anywhere."""

from collections import deque
from datetime import datetime, timedelta
from threading import Lock

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10
"""Attempts on one name from one address: somebody elsewhere does not use up what its owner may try."""
PER_ADDRESS = 30
PER_ACCOUNT_ANYWHERE = 100
"""Attempts on one account from all addresses together; NIST SP 800-63B-4, 3.2.2, allows no more in a row."""


class Throttle:
    """Counts failed attempts in a sliding window. Memory holds only attempts of the window."""

    def __init__(self, *, anywhere: int = PER_ACCOUNT) -> None:
        self._anywhere = anywhere
        self._failures: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def wait(self, *, email: str, address: str, now: datetime) -> timedelta:
        """Return how long to wait before the next attempt; zero: now."""
        with self._lock:
            self._forget(now)
            return max(
                self._wait(_pair(email, address), PER_ACCOUNT, now),
                self._wait(_name(email), self._anywhere, now),
                self._wait(f"address {address}", PER_ADDRESS, now),
            )

    def failed(self, *, email: str, address: str, now: datetime) -> None:
        """Count a failed attempt."""
        with self._lock:
            for name in (_pair(email, address), _name(email), f"address {address}"):
                self._failures.setdefault(name, deque()).append(now)

    def succeeded(self, *, email: str, address: str) -> None:
        """Forget the failures of an account that was opened, as far as they came from here."""
        with self._lock:
            self._failures.pop(_pair(email, address), None)

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


def _name(email: str) -> str:
    return f"account {email.strip().casefold()}"


def _pair(email: str, address: str) -> str:
    return f"{_name(email)} from {address}"
