"""Choosing together: what is never exceeded, what is always told, and that nothing but the input decides."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.domain.portfolio import Candidate, Limits, Selection, Why, choose
from tests.unit.portfolio.made import (
    LIMITS,
    WEIGHTS,
    a_candidate,
    a_quota,
    counted,
    keeps,
    lists_of_candidates,
)


def chosen_of(candidates: list[Candidate], selection: Selection) -> list[Candidate]:
    by_key = {candidate.key: candidate for candidate in candidates}
    return [by_key[pick.key] for pick in selection.picks]


def chosen_keys(candidates: list[Candidate], limits: Limits, *, seed: int = 0) -> list[int]:
    return [pick.key for pick in choose(candidates, limits, weights=WEIGHTS, seed=seed).picks]


@given(lists_of_candidates(), LIMITS)
@settings(deadline=None)
def test_no_limit_is_ever_exceeded(candidates: list[Candidate], limits: Limits) -> None:
    selection = choose(candidates, limits, weights=WEIGHTS)
    chosen = chosen_of(candidates, selection)
    assert keeps(limits, chosen)
    for quota in limits.quotas:
        if counted(chosen, quota) < quota.least(len(chosen)):
            assert selection.unmet[quota.text] == counted(chosen, quota)
            assert quota.low is not None
            assert not quota.low.is_share, "a share is kept in the list as long as it became"


@given(lists_of_candidates(), LIMITS)
@settings(deadline=None)
def test_everybody_is_chosen_or_left_for_exactly_one_reason(
    candidates: list[Candidate], limits: Limits
) -> None:
    selection = choose(candidates, limits, weights=WEIGHTS)
    named = [pick.key for pick in selection.picks] + [left.key for left in selection.left]
    assert Counter(named) == Counter(candidate.key for candidate in candidates)
    quotas = {quota.text for quota in limits.quotas}
    for left in selection.left:
        assert (left.quota in quotas) == (left.why in {Why.QUOTA, Why.RESERVED})
        assert (left.missing > 0) == (left.why in {Why.BUDGET, Why.MINUTES})
        assert (left.other is not None) == (left.why is Why.SAME)


@given(lists_of_candidates(), LIMITS)
@settings(deadline=None)
def test_a_place_stays_empty_only_for_a_reason(candidates: list[Candidate], limits: Limits) -> None:
    selection = choose(candidates, limits, weights=WEIGHTS)
    if len(selection.picks) < limits.size and not any(quota.has_share for quota in limits.quotas):
        assert {left.why for left in selection.left} <= {Why.QUOTA, Why.RESERVED, Why.BUDGET, Why.MINUTES}


@given(lists_of_candidates(), LIMITS, st.randoms(use_true_random=False), st.integers(0, 3))
@settings(deadline=None)
def test_the_order_of_the_input_decides_nothing(
    candidates: list[Candidate], limits: Limits, chance: Random, seed: int
) -> None:
    shuffled = list(candidates)
    chance.shuffle(shuffled)
    one = choose(candidates, limits, weights=WEIGHTS, seed=seed)
    assert choose(shuffled, limits, weights=dict(reversed(WEIGHTS.items())), seed=seed) == one


@given(lists_of_candidates(one_price=True), st.integers(1, 8), st.sampled_from([0.0, 0.02, 0.1]))
@settings(deadline=None)
def test_no_more_fit_is_given_up_than_allowed(candidates: list[Candidate], size: int, give: float) -> None:
    selection = choose(candidates, Limits(size=size), weights=WEIGHTS, give=give)
    best = sorted((candidate.fit for candidate in candidates), reverse=True)[:size]
    plain = sum(best) / len(best) if best else 0.0
    assert selection.plain_fit == pytest.approx(plain)
    assert selection.mean_fit >= (1 - give) * plain - 1e-9


@given(lists_of_candidates(one_price=True), st.integers(1, 6))
@settings(deadline=None)
def test_a_longer_list_is_never_worth_less(candidates: list[Candidate], size: int) -> None:
    from agent.domain.portfolio.greedy import greedy
    from tests.unit.portfolio.made import question

    asked = question(candidates, 7)
    worths = [greedy(asked, Limits(size=length), {}, share=0.5).worth for length in (size, size + 1)]
    assert worths[1] >= worths[0] - 1e-9


def test_equals_are_ordered_by_the_seed() -> None:
    equals = [a_candidate(key) for key in range(40)]
    lists = {tuple(sorted(chosen_keys(equals, Limits(size=5), seed=seed))) for seed in range(6)}
    assert len(lists) > 1
    assert chosen_keys(equals, Limits(size=5), seed=3) == chosen_keys(equals, Limits(size=5), seed=3)


def test_one_who_adds_a_value_comes_before_the_copy_of_a_better_one() -> None:
    best = a_candidate(1, fit=0.80, coverage={"repair": 0.9})
    copy = a_candidate(2, fit=0.79, coverage={"repair": 0.9})
    other = a_candidate(3, fit=0.78, coverage={"plants": 0.9})
    selection = choose([best, copy, other], Limits(size=2), weights=WEIGHTS)
    assert {pick.key for pick in selection.picks} == {1, 3}
    (left,) = selection.left
    assert (left.key, left.why, left.other) == (2, Why.SAME, 1)
    adds = {pick.key: pick.gains for pick in selection.picks}[3]
    assert set(adds.values) == {"plants"}


def test_niches_count_where_they_are_known() -> None:
    bakers = [a_candidate(key, fit=0.80, niches={"bread": 0.9}) for key in range(1, 4)]
    sailor = a_candidate(9, fit=0.79, niches={"sea": 0.9})
    assert 9 in chosen_keys([*bakers, sailor], Limits(size=3))
    unknown = [replace(each, niches={}) for each in (*bakers, sailor)]
    assert 9 not in chosen_keys(unknown, Limits(size=3))


def test_what_may_be_given_up_is_used_where_it_buys_one_niche_and_not_two() -> None:
    fits_and_niches = ((0.8, "bread"), (0.8, "bread"), (0.8, "bread"), (0.772, "sea"), (0.77, "wool"))
    known = [
        a_candidate(key, fit=fit, niches={niche: 1.0}) for key, (fit, niche) in enumerate(fits_and_niches)
    ]
    for give, expected in ((0.01, set()), (0.016, {"sea"}), (0.03, {"sea", "wool"})):
        selection = choose(known, Limits(size=3), weights={}, give=give)
        covered = {name for candidate in chosen_of(known, selection) for name in candidate.niches}
        assert covered == {"bread"} | expected


def test_who_was_on_many_lists_lately_steps_back_among_those_who_fit_alike() -> None:
    loud = [a_candidate(key, fit=0.80, exposure=5) for key in range(1, 4)]
    quiet = [a_candidate(key, fit=0.79) for key in range(11, 14)]
    assert set(chosen_keys([*loud, *quiet], Limits(size=3))) == {11, 12, 13}
    assert set(chosen_keys([*loud, *(replace(each, fit=0.5) for each in quiet)], Limits(size=3))) == {1, 2, 3}


def test_warnings_and_engagement_weigh_a_little() -> None:
    assert chosen_keys([a_candidate(1, looks=3), a_candidate(2)], Limits(size=1)) == [2]
    assert chosen_keys([a_candidate(1, engagement=0.1), a_candidate(2, engagement=0.9)], Limits(size=1)) == [
        2
    ]


def test_tiers_are_mixed_and_mostly_nano() -> None:
    candidates = [
        a_candidate(number * 100 + key, groups={"tier": tier})
        for number, tier in enumerate(("nano", "micro", "larger"))
        for key in range(40)
    ]
    selection = choose(candidates, Limits(size=30), weights=WEIGHTS)
    tiers = Counter(each.groups["tier"] for each in chosen_of(candidates, selection))
    assert tiers["nano"] > tiers["micro"] > tiers["larger"] > 0


def test_least_numbers_are_met_by_who_would_not_have_been_chosen() -> None:
    french = [a_candidate(key, fit=0.9) for key in range(1, 9)]
    americans = [a_candidate(key, fit=0.4, groups={"tier": "nano", "country": "US"}) for key in (21, 22, 23)]
    limits = Limits(size=4, quotas=(a_quota("country:US", low=2),))
    selection = choose([*french, *americans], limits, weights=WEIGHTS)
    assert len({21, 22, 23} & {pick.key for pick in selection.picks}) == 2
    assert Counter(left.why for left in selection.left)[Why.RESERVED] > 0


def test_money_is_kept_back_for_the_least_numbers() -> None:
    cheap = [a_candidate(key, fit=0.9, cost=Decimal(10)) for key in range(1, 6)]
    dear = a_candidate(9, fit=0.1, cost=Decimal(40), groups={"country": "US"})
    limits = Limits(size=9, budget=Decimal(65), quotas=(a_quota("country:US", low=1),))
    selection = choose([*cheap, dear], limits, weights=WEIGHTS)
    assert 9 in {pick.key for pick in selection.picks}
    assert len(selection.picks) == 3
    assert selection.unmet == {}


def test_a_least_number_that_nobody_can_meet_is_told_and_empties_no_place() -> None:
    limits = Limits(size=3, quotas=(a_quota("country:US", low=2),))
    selection = choose([a_candidate(key) for key in range(1, 6)], limits, weights=WEIGHTS)
    assert len(selection.picks) == 3
    assert list(selection.unmet.values()) == [0]


def test_a_share_that_cannot_be_kept_in_so_long_a_list_shortens_it() -> None:
    nanos = [a_candidate(key) for key in (1, 2, 3)]
    larger = [a_candidate(key, groups={"tier": "larger"}) for key in range(11, 30)]
    limits = Limits(size=10, quotas=(a_quota("tier:nano", low=60, share=True),))
    selection = choose([*nanos, *larger], limits, weights=WEIGHTS)
    tiers = Counter(each.groups["tier"] for each in chosen_of([*nanos, *larger], selection))
    assert tiers == {"nano": 3, "larger": 2}
    assert {left.why for left in selection.left} == {Why.RESERVED}


def test_whoever_is_over_budget_is_told_what_it_would_need() -> None:
    limits = Limits(size=3, budget=Decimal(50))
    (left,) = choose([a_candidate(1), a_candidate(2)], limits, weights=WEIGHTS).left
    assert (left.why, left.missing) == (Why.BUDGET, Decimal(20))


def test_nobody_to_choose_from_is_an_empty_list() -> None:
    selection = choose(
        [], Limits(size=3, quotas=(a_quota("tier:nano", low=50, share=True),)), weights=WEIGHTS
    )
    assert (selection.picks, selection.left, selection.mean_fit) == ((), (), 0.0)
