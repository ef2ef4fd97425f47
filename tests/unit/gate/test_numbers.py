"""Numbers as people write them."""

from decimal import Decimal

import pytest

from agent.domain.gate.numbers import values_in


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("6h30 : yoga", {6, 30}),
        ("6 h 30 : yoga", {6, 30}),
        ("à 18H05 pile", {18, 5}),
        ("ouvert jusqu’à 12h", {12}),
        ("42 km, départ à 6h31", {42, 6, 31}),
        ("200 hours", {200}),
    ],
)
def test_a_time_of_day_holds_the_same_numbers_however_it_is_set(written: str, values: set[int]) -> None:
    assert values_in(written) == {Decimal(value) for value in values}
