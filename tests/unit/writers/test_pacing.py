"""Turns are given at the allowed rate: never more in a minute, and hardly fewer."""

from itertools import pairwise

import pytest

from agent.adapters.llm.pacing import Bucket, Estimate, Pace


def begun(bucket: Bucket, *, calls: int, callers: int, takes: float) -> list[float]:
    """Return when calls begin, where so many callers each ask again when their call has ended."""
    free = [0.0] * callers
    moments = []
    for _ in range(calls):
        free.sort()
        moment = max(free[0], bucket.take(1, now=free[0]))
        moments.append(moment)
        free[0] = moment + takes
    return sorted(moments)


def test_turns_come_one_after_the_other_at_the_pace() -> None:
    moments = begun(Bucket(600), calls=1200, callers=64, takes=0.2)
    rate = (len(moments) - 1) / (moments[-1] - moments[0]) * 60
    assert 0.95 * 600 <= rate <= 600
    assert all(later > earlier for earlier, later in pairwise(moments))


def test_no_minute_holds_more_than_it_may_even_after_a_pause() -> None:
    bucket = Bucket(120)
    moments = [bucket.take(1, now=0.0) for _ in range(30)]
    moments += [bucket.take(1, now=40.0) for _ in range(200)]
    for moment in moments:
        assert sum(moment <= other < moment + 60 for other in moments) <= 120


def test_callers_who_sleep_too_long_lose_nothing() -> None:
    bucket = Bucket(6000)
    late, clock = [], 0.0
    for _ in range(600):
        clock = max(clock, bucket.take(1, now=clock)) + 0.003  # each wakes 3 ms late
        late.append(clock)
    assert (len(late) - 1) / (late[-1] - late[0]) * 60 >= 0.95 * 6000


def test_tokens_are_corrected_by_what_a_call_took() -> None:
    pace = Pace(requests_per_minute=None, tokens_per_minute=60_000)
    moments = []
    for _ in range(100):
        moments.append(pace.take(3_000, now=0.0))
        pace.correct(-2_000)
    assert 0.95 * 60_000 <= 1_000 * 99 / moments[-1] * 60 <= 60_000


def test_the_tighter_of_two_rates_counts() -> None:
    pace = Pace(requests_per_minute=60, tokens_per_minute=6_000)
    assert [round(pace.take(1_000, now=0.0)) for _ in range(3)] == [0, 10, 20]
    free = Pace(requests_per_minute=None, tokens_per_minute=None)
    assert [free.take(1_000, now=5.0) for _ in range(3)] == [5.0, 5.0, 5.0]


def test_an_estimate_learns_from_what_calls_took() -> None:
    estimate = Estimate()
    for _ in range(60):
        estimate.learn(4_000, input_tokens=800, output_tokens=120)
    assert estimate.of(4_000) == pytest.approx(920, rel=0.02)


def test_an_estimate_learns_nothing_from_a_server_that_counts_no_tokens() -> None:
    estimate = Estimate()
    before = estimate.of(4_000)
    estimate.learn(4_000, input_tokens=0, output_tokens=0)
    assert estimate.of(4_000) == before
