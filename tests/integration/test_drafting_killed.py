"""A drafting process that is killed at random loses, doubles and buys nothing again."""

from bench.draft_kills import kills


def test_killed_at_random_and_run_again() -> None:
    found = kills(3, drafts=60)
    assert found["kills"] >= 1
    assert (found["letters_lost"], found["letters_double"], found["stored_answers_bought_twice"]) == (0, 0, 0)
