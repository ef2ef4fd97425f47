"""Letters for brands of four trades: most honest ones pass, false sentences do not."""

from collections.abc import Callable, Iterator

import pytest

from tests.hostile.trades import TRADES, Trade, honest_trades, subtle_trades, try_trades

MOST_BLOCKED = 25
"""Of the hundred honest letters: what is still to be learned from them stands in docs/benchmarks.md."""
MOST_PASSED = 48
"""Of the false sentences, as above."""


@pytest.mark.parametrize(
    ("letters", "least", "most_wrong"),
    [(honest_trades, 100, MOST_BLOCKED), (subtle_trades, 76, MOST_PASSED)],
    ids=["honest letters pass", "false sentences are blocked"],
)
def test_letters_of_four_trades_are_judged_no_worse_than_before(
    letters: Callable[[], Iterator[Trade]], least: int, most_wrong: int
) -> None:
    tally = try_trades(letters())
    assert tally.tried.total() >= least
    assert tally.wrong.total() <= most_wrong, tally.told


def test_the_letters_with_a_false_sentence_pass_without_it() -> None:
    tally = try_trades(subtle_trades(honest=True))
    assert set(tally.tried) == set(TRADES)
    assert tally.wrong.total() <= 1, tally.told
