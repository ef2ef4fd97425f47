"""A person's own pace."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.domain.pace import KNOWN_AFTER, PAUSE, Pace, minutes_for
from tests.builders import NOW

WHO = "camille@savon-du-sud.example"


def after(*gaps: float) -> Pace:
    pace, at = Pace(who=WHO, last_at=NOW), NOW
    for gap in gaps:
        at += timedelta(seconds=gap)
        pace = pace.decided(at)
    return pace


def test_an_even_pace_is_told_as_it_is() -> None:
    assert after(*[24.0] * 12).seconds == pytest.approx(24)


def test_a_pace_is_known_only_after_enough_decisions() -> None:
    assert not after(*[20.0] * (KNOWN_AFTER - 1)).is_known
    assert after(*[20.0] * KNOWN_AFTER).is_known


def test_a_pause_is_not_reading() -> None:
    lunch = PAUSE.total_seconds() + 1
    pace = after(*[20.0] * 10, lunch, *[20.0] * 10)
    assert pace.seconds == pytest.approx(20)
    assert pace.gaps == 20


def test_one_letter_that_took_long_moves_little() -> None:
    assert after(*[20.0] * 29, 590.0).seconds < 25


def test_who_reads_faster_is_told_so_soon() -> None:
    assert after(*[60.0] * 500, *[15.0] * 60).seconds < 20


def test_a_clock_that_went_back_counts_nothing() -> None:
    pace = after(*[20.0] * 10)
    back = pace.decided(NOW)
    assert (back.seconds, back.gaps, back.last_at) == (pace.seconds, pace.gaps, NOW)


@given(st.lists(st.floats(0, 3600), max_size=80))
def test_the_pace_lies_between_the_shortest_and_the_longest_gap(gaps: list[float]) -> None:
    pace = after(*gaps)
    counted = [max(1.0, gap) for gap in gaps if gap <= PAUSE.total_seconds()]
    assert pace.gaps == len(counted)
    if counted:
        assert min(counted) - 1e-3 <= pace.seconds <= max(counted) + 1e-3


@pytest.mark.parametrize(
    ("letters", "seconds", "minutes"), [(0, 30, 0), (1, 30, 1), (4, 30, 2), (100, 21.2, 36)]
)
def test_minutes_are_rounded_up(letters: int, seconds: float, minutes: int) -> None:
    assert minutes_for(letters, seconds) == minutes
