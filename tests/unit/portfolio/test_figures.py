"""Figures about lists."""

from decimal import Decimal
from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.domain.portfolio import Pool, carriers, entropy, figures, gini
from tests.unit.portfolio.made import a_candidate


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12))
@settings(deadline=None)
def test_gini_is_the_mean_difference_of_pairs(counts: list[int]) -> None:
    total, many = sum(counts), len(counts)
    pairs = sum(abs(one - other) for one in counts for other in counts)
    expected = pairs / (2 * many * total) if total else 0.0
    assert gini(counts, among=many) == pytest.approx(expected, abs=1e-12)
    listed = [count for count in counts if count]
    assert gini(listed, among=many) == pytest.approx(expected, abs=1e-12), "zeros need not be listed"


def test_entropy_counts_kinds_that_are_alike() -> None:
    assert entropy([3, 3, 3, 0]) == pytest.approx(log2(3))
    assert entropy([5]) == entropy([]) == 0.0


def test_a_list_in_numbers() -> None:
    pool = Pool(tiers={"nano": 6, "micro": 2}, listed={1: 2, 9: 1})
    chosen = [
        a_candidate(1, fit=0.6, niches={"wool": 0.7, "sea": 0.1}, exposure=2),
        a_candidate(2, fit=0.8, niches={"wool": 0.3, "bread": 0.3}, groups={"tier": "micro"}),
    ]
    found = figures(chosen, carried={"repair": 2, "plants": 0}, pool=pool)
    assert found.mean_fit == pytest.approx(0.7)
    assert (found.creators, found.values_covered) == (2, 1)
    assert (found.niches, found.cost, found.minutes, found.repeated) == (2, Decimal(70), Decimal(8), 1)
    assert found.tiers == {"micro": 0.5, "nano": 0.5}
    assert found.pool_tiers == {"micro": 0.25, "nano": 0.75}
    assert found.gini == pytest.approx(gini([3, 1, 1], among=8))


def test_a_value_is_carried_by_the_quarter_that_carries_it_best() -> None:
    candidates = [a_candidate(key, coverage={"repair": key / 10}) for key in range(1, 9)]
    assert carriers(candidates, [1, 6, 7, 8], ["repair", "plants"]) == {"repair": 2, "plants": 0}
    assert carriers([], [], ["repair"]) == {"repair": 0}
