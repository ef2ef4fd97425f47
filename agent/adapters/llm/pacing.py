"""As many requests and tokens a minute as the provider allows, and hardly fewer.

Each call is given the moment at which it may begin, one after the other, so that callers who sleep too long
lose nothing: their moments lie ahead of them. The pace is a little under what is allowed, and what was left
unused comes back for a moment only; so no minute holds more than it may.
"""

from dataclasses import dataclass, field
from threading import Lock

PACE = 0.985
"""Part of the allowed rate that is used."""
_CREDIT = 0.05
"""Seconds of unused rate that are not lost; with `PACE`, a minute holds less than it may."""
_MINUTE = 60.0


@dataclass
class Bucket:
    """Something that is allowed so many times a minute. Times are seconds of one monotonic clock."""

    per_minute: int
    _free_at: float = field(default=0.0, init=False)

    def take(self, amount: float, *, now: float) -> float:
        """Return when this amount may be used, and count it."""
        begin = max(self._free_at, now - _CREDIT) if self._free_at else now
        self._free_at = begin + amount * self._each
        return begin

    def correct(self, more: float) -> None:
        """Count what an earlier use took beyond its estimate, or below it."""
        self._free_at += more * self._each

    @property
    def _each(self) -> float:
        return _MINUTE / (self.per_minute * PACE)


class Pace:
    """Both rates of a model; None is no bound. Safe for threads."""

    def __init__(self, *, requests_per_minute: int | None, tokens_per_minute: int | None) -> None:
        self._requests = Bucket(requests_per_minute) if requests_per_minute else None
        self._tokens = Bucket(tokens_per_minute) if tokens_per_minute else None
        self._lock = Lock()

    def take(self, tokens: int, *, now: float) -> float:
        """Return when a call of about so many tokens may begin."""
        with self._lock:
            moments = [now]
            if self._requests is not None:
                moments.append(self._requests.take(1, now=now))
            if self._tokens is not None:
                moments.append(self._tokens.take(tokens, now=now))
            return max(moments)

    def correct(self, more: int) -> None:
        """Count how many tokens a call took beyond its estimate, or below it."""
        if self._tokens is not None:
            with self._lock:
                self._tokens.correct(more)


class Estimate:
    """How many tokens a call will take: from its length and from what the calls before took."""

    def __init__(self, *, characters_per_token: float = 3.5, output: float = 400.0) -> None:
        self._per_character = 1 / characters_per_token
        self._output = output
        self._lock = Lock()

    def of(self, characters: int) -> int:
        """Return about how many tokens a call of this length will take, both ways."""
        with self._lock:
            return round(characters * self._per_character + self._output)

    def learn(self, characters: int, *, input_tokens: int, output_tokens: int) -> None:
        """Move towards what a call took."""
        if not input_tokens:
            return
        with self._lock:
            self._per_character += (input_tokens / max(1, characters) - self._per_character) / 8
            self._output += (output_tokens - self._output) / 8
