"""Whether and when a failed call is tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from agent.adapters.llm.patience import ONCE, Patience, moment_of, seconds_of

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def waits(patience: Patience, *, silent: bool = False, chance: float = 0.5) -> list[float]:
    """Return how long each wait is until it gives up."""
    found: list[float] = []
    while True:
        wait = patience.wait(len(found) + 1, silent=silent, retry_after=None, chance=chance)
        if wait is None:
            return found
        found.append(wait)


def test_waits_double_and_end() -> None:
    assert waits(Patience()) == [0.5, 1, 2, 4, 8, 16, 30]
    assert waits(Patience(), silent=True) == [0.5, 1]
    assert waits(ONCE) == []


def test_callers_who_failed_together_do_not_come_back_together() -> None:
    assert waits(Patience(), chance=0.0)[0] == 0.25
    assert waits(Patience(), chance=0.999)[0] > 0.7


@pytest.mark.parametrize("chance", [0.0, 0.5, 0.999])
def test_nobody_comes_back_before_the_endpoint_allows(chance: float) -> None:
    wait = Patience().wait(1, silent=False, retry_after=7.0, chance=chance)
    assert wait is not None
    assert 7.0 <= wait < 8.0


def test_an_endpoint_that_asks_for_hours_is_not_waited_for() -> None:
    assert Patience().wait(1, silent=False, retry_after=3_600.0, chance=0.5) is None


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        ("0.25", 0.25),
        (" 12 ", 12.0),
        ("Sun, 22 Nov 2026 10:00:30 GMT", 30.0),
        ("Sun, 22 Nov 2026 09:00:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("²", None),
        ("Sun, 99 Nov 2026 10:00:30 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str, seconds: float | None) -> None:
    assert seconds_of(header, now=NOW) == seconds


def test_a_date_without_a_clock_to_measure_it_against_says_nothing() -> None:
    assert seconds_of("Sun, 22 Nov 2026 10:00:30 GMT", now=None) is None
    assert moment_of("Sun, 22 Nov 2026 10:00:30 -0000") == NOW + timedelta(seconds=30)
