"""How many letters a worker takes at a time."""

from datetime import timedelta

from agent.usecases.claiming import AT_ONCE, MOST_AT_ONCE, at_once_after

MOMENT = timedelta(milliseconds=40)
LONG = timedelta(minutes=2)


def test_claims_grow_while_letters_leave_at_once_and_shrink_with_a_slow_server() -> None:
    sizes = [AT_ONCE]
    for took in (MOMENT, MOMENT, MOMENT, LONG, LONG, LONG):
        sizes.append(at_once_after(sizes[-1], took=took, alone=True))
    assert sizes == [32, 64, 128, 128, 64, 32, 32]
    assert max(sizes) == MOST_AT_ONCE


def test_a_claim_in_which_somebody_else_changed_something_is_followed_by_a_small_one() -> None:
    assert at_once_after(MOST_AT_ONCE, took=MOMENT, alone=False) == AT_ONCE
