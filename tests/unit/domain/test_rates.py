"""Shares of few cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.domain.rates import Share


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    # by R: prop.test(x, n, correct = FALSE)$conf.int
    [(3, 12, 0.0889, 0.5323), (1, 10, 0.0179, 0.4042), (50, 100, 0.4038, 0.5962), (0, 20, 0.0, 0.1611)],
)
def test_the_interval_is_the_score_interval(count: int, of: int, low: float, high: float) -> None:
    assert Share(count=count, of=of).interval == pytest.approx((low, high), abs=5e-4)


def test_no_case_says_nothing() -> None:
    assert Share(count=0, of=0).value is None
    assert Share(count=0, of=0).interval is None


@given(st.integers(1, 10**6).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_share_lies_in_its_interval_and_that_within_nothing_and_all(pair: tuple[int, int]) -> None:
    share = Share(count=pair[0], of=pair[1])
    assert share.value is not None
    assert share.interval is not None
    low, high = share.interval
    assert 0 <= low <= share.value <= high <= 1


@given(st.integers(0, 50), st.integers(2, 50))
def test_more_cases_say_more(count: int, times: int) -> None:
    few, many = Share(count=count, of=50).interval, Share(count=count * times, of=50 * times).interval
    assert few is not None
    assert many is not None
    assert many[1] - many[0] < few[1] - few[0]
