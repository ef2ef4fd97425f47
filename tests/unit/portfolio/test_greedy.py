"""The worth of lists, and how near greedy choice comes to the best of all lists."""

from collections.abc import Sequence
from decimal import Decimal
from math import e

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from agent.domain.portfolio import Candidate, Limits, Objective
from agent.domain.portfolio.greedy import Question, greedy
from tests.unit.portfolio.made import (
    WEIGHTS,
    a_candidate,
    a_quota,
    best_worth,
    keeps,
    lists_of_candidates,
    question,
)

SHARE = st.sampled_from([0.0, 0.2, 0.5, 0.9])
NEARLY = 1e-9


@given(lists_of_candidates(), SHARE, st.data())
@settings(deadline=None)
def test_whoever_joins_adds_something_and_less_to_a_longer_list(
    candidates: list[Candidate], share: float, data: st.DataObject
) -> None:
    assume(len(candidates) > 1)
    objective = Objective(candidates, weights=WEIGHTS, size=6)
    order = data.draw(st.permutations(range(len(candidates))))
    newcomer, rest = order[0], order[1:]
    cut = data.draw(st.integers(0, len(rest)))
    to_few = objective.of([*rest[:cut], newcomer], share) - objective.of(rest[:cut], share)
    to_many = objective.of([*rest, newcomer], share) - objective.of(rest, share)
    assert to_many >= -NEARLY
    assert to_few >= to_many - NEARLY


@given(lists_of_candidates(most=9), st.integers(1, 5), SHARE)
@settings(max_examples=60, deadline=None)
def test_with_places_alone_greedy_reaches_its_part_of_the_best(
    candidates: list[Candidate], size: int, share: float
) -> None:
    limits = Limits(size=size)
    asked = question(candidates, size)
    best = best_worth(candidates, asked.objective, limits, share=share)
    assert greedy(asked, limits, {}, share=share).worth >= (1 - 1 / e) * best - NEARLY


@given(lists_of_candidates(most=8), st.sampled_from([Decimal(10), Decimal(35), Decimal(60)]), SHARE)
@settings(max_examples=60, deadline=None)
def test_under_a_budget_greedy_reaches_half_of_that(
    candidates: list[Candidate], budget: Decimal, share: float
) -> None:
    limits = Limits(size=len(candidates) or 1, budget=budget)
    asked = question(candidates, limits.size)
    best = best_worth(candidates, asked.objective, limits, share=share)
    assert greedy(asked, limits, {}, share=share).worth >= (1 - 1 / e) / 2 * best - NEARLY


@given(lists_of_candidates(most=8), st.integers(0, 2), st.integers(0, 2), SHARE)
@settings(max_examples=60, deadline=None)
def test_within_the_groups_of_one_kind_greedy_reaches_half_of_the_best(
    candidates: list[Candidate], nano: int, micro: int, share: float
) -> None:
    quotas = (a_quota("tier:nano", high=nano), a_quota("tier:micro", high=micro))
    limits = Limits(size=4, quotas=quotas)
    asked = question(candidates, limits.size)
    best = best_worth(candidates, asked.objective, limits, share=share)
    assert greedy(asked, limits, {}, share=share).worth >= best / 2 - NEARLY


@given(lists_of_candidates(), st.integers(1, 8), SHARE)
@settings(deadline=None)
def test_looking_lazily_chooses_whom_looking_at_everybody_would(
    candidates: list[Candidate], size: int, share: float
) -> None:
    asked = question(candidates, size)
    answer = greedy(asked, Limits(size=size), {}, share=share)
    assert list(answer.chosen) == by_looking_at_everybody(asked, size, share)


def by_looking_at_everybody(asked: Question, size: int, share: float) -> list[int]:
    objective, chosen = asked.objective, list[int]()
    while len(chosen) < min(size, len(asked.candidates)):
        worth = objective.of(chosen, share)
        left = [position for position in range(len(asked.candidates)) if position not in chosen]
        gains = {position: round(objective.of([*chosen, position], share) - worth, 9) for position in left}
        equal = [position for position in left if gains[position] == max(gains.values())]
        chosen.append(min(equal, key=lambda position: asked.order[position]))
    return chosen


@pytest.mark.parametrize("budget", [Decimal(10), Decimal(20)])
def test_neither_gain_nor_gain_per_price_alone_is_taken_for_granted(budget: Decimal) -> None:
    trap_for_prices = [fitting(1, 0.02, "0.1"), fitting(2, 1.0, str(budget))]
    trap_for_gains = [fitting(1, 0.6, str(budget)), *(fitting(key, 0.5, "2") for key in range(2, 7))]
    for candidates in (trap_for_prices, trap_for_gains):
        limits = Limits(size=9, budget=budget)
        asked = question(candidates, limits.size)
        best = best_worth(candidates, asked.objective, limits, share=0.0)
        assert greedy(asked, limits, {}, share=0.0).worth == pytest.approx(best)


def fitting(key: int, fit: float, cost: str) -> Candidate:
    return a_candidate(key, fit=fit, cost=Decimal(cost), groups={})


def test_the_parts_that_are_shown_are_all_that_somebody_adds() -> None:
    candidates = [
        a_candidate(1, coverage={"repair": 0.9}, niches={"wool": 0.7}),
        a_candidate(2, coverage={"repair": 0.4, "plants": 0.8}, niches={"wool": 0.2, "sea": 0.5}),
    ]
    assert keeps(Limits(size=2), candidates)
    for share in (0.0, 0.5):
        assert total_of_parts(candidates, share) == pytest.approx(
            Objective(candidates, weights=WEIGHTS, size=2).of([0, 1], share)
        )


def total_of_parts(candidates: Sequence[Candidate], share: float) -> float:
    from agent.domain.portfolio.objective import Growing

    growing = Growing(Objective(candidates, weights=WEIGHTS, size=2), share)
    total = 0.0
    for position in range(len(candidates)):
        total += growing.gains(position).total
        growing.add(position)
    return total
