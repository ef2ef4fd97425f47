"""The only place that reads a clock."""

from datetime import UTC, datetime


class SystemClock:
    """The machine's time."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A moment that a person named, for `tick --at` and for simulations."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """Return the moment."""
        return self._at

    def move_to(self, at: datetime) -> None:
        """Go to another moment."""
        self._at = at
