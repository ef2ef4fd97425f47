"""Letters for brands of six trades: most honest ones pass, false sentences do not."""

from collections.abc import Iterator

import pytest

from tests.hostile.trades import TRADES, Trade, honest_trades, subtle_trades, try_trades

# At most so many come out wrong; what first runs said of letters that no rule had seen stands in
# docs/benchmarks.md, with what is still to be learned from them
HONEST = {"trades": (100, 13), "unseen": (50, 6), "later": (20, 3)}
FALSE = {"trades": (76, 1), "unseen": (40, 0), "later": (20, 1)}


@pytest.mark.parametrize(
    ("letters", "least", "most_wrong"),
    [
        *((honest_trades(name), *most) for name, most in HONEST.items()),
        *((subtle_trades(name), *most) for name, most in FALSE.items()),
    ],
    ids=[
        *(f"honest letters pass, {name}" for name in HONEST),
        *(f"false sentences are blocked, {name}" for name in FALSE),
    ],
)
def test_letters_of_other_trades_are_judged_no_worse_than_before(
    letters: Iterator[Trade], least: int, most_wrong: int
) -> None:
    tally = try_trades(letters)
    assert tally.tried.total() >= least
    assert tally.wrong.total() <= most_wrong, tally.told


@pytest.mark.parametrize(
    ("name", "brands"),
    [("trades", set(TRADES)), *((name, {"cahier", "halyard"}) for name in ("unseen", "later"))],
    ids=FALSE,
)
def test_the_letters_with_a_false_sentence_pass_without_it(name: str, brands: set[str]) -> None:
    tally = try_trades(subtle_trades(name, honest=True))
    assert set(tally.tried) == brands
    assert tally.wrong.total() == 0, tally.told
