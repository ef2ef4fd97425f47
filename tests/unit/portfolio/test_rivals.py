"""The measurement of shortlists: its rivals play by its rules, and its intervals know a difference."""

from collections import Counter

import numpy as np
import pytest

from bench.crowd import a_crowd, a_maker
from bench.rivals import (
    LEAST_FIT,
    Contest,
    Profiles,
    all_lists,
    exposure,
    gini_interval,
    interval,
    portfolio,
    similarity,
    ties,
    top,
)

K = 8


@pytest.fixture(scope="module")
def world() -> tuple[list[Contest], Profiles]:
    chance = np.random.default_rng(1)
    crowd = a_crowd(300, chance)
    contests = []
    for _ in range(6):
        maker = a_maker(crowd, chance)
        fits = crowd.vectors @ maker.text
        best = np.argsort(-fits)[: 4 * K]
        contests.append(
            Contest(creators=best.tolist(), fits=fits[best], values=maker.values @ crowd.vectors[best].T)
        )
    return contests, Profiles(read=crowd.read, tiers=crowd.tiers, vectors=crowd.vectors)


def mean_fit(contest: Contest, chosen: list[int]) -> float:
    return float(np.mean([contest.fits[contest.creators.index(creator)] for creator in chosen]))


def test_all_rivals_have_as_many_and_fit_as_well(world: tuple[list[Contest], Profiles]) -> None:
    contests, profiles = world
    for contest in contests:
        least = LEAST_FIT * mean_fit(contest, top(contest, K))
        for chosen in (
            ties(contest, K, np.random.default_rng(0)),
            portfolio(contest, profiles, K, {}, give=1 - LEAST_FIT),
        ):
            assert len(set(chosen)) == K
            assert mean_fit(contest, chosen) >= least - 1e-9


def test_the_portfolio_knows_its_earlier_lists(world: tuple[list[Contest], Profiles]) -> None:
    contests, profiles = world
    same = [contests[0]] * 6
    lists = all_lists(same, profiles, K)
    assert len({tuple(sorted(chosen)) for chosen in lists["portfolio"]}) > 1
    assert len({tuple(chosen) for chosen in lists["top"]}) == 1
    assert exposure(lists["portfolio"], 300) < exposure(lists["top"], 300)


def test_similarity_is_the_mean_over_pairs(world: tuple[list[Contest], Profiles]) -> None:
    _, profiles = world
    chosen = [3, 50, 121, 7]
    pairs = [
        float(profiles.vectors[one] @ profiles.vectors[other])
        for one in chosen
        for other in chosen
        if one < other
    ]
    assert similarity(profiles, chosen) == pytest.approx(np.mean(pairs))


def test_an_interval_holds_zero_where_there_is_no_difference() -> None:
    noise = np.random.default_rng(5).normal(size=60).tolist()
    alike = interval(noise, noise[::-1])
    assert alike["low"] < 0 < alike["high"]
    shifted = interval([each + 5 for each in noise], noise)
    assert shifted["low"] > 0


def test_spreading_lists_over_people_is_seen_and_nothing_else_is() -> None:
    chance = np.random.default_rng(2)
    loud = [chance.choice(10, size=5, replace=False).tolist() for _ in range(40)]
    spread = [chance.choice(100, size=5, replace=False).tolist() for _ in range(40)]
    assert gini_interval(spread, loud, 100)["high"] < 0
    again = [chance.choice(100, size=5, replace=False).tolist() for _ in range(40)]
    both = gini_interval(spread, again, 100)
    assert both["low"] < 0 < both["high"]


def test_a_crowd_has_popular_niches_and_loud_creators() -> None:
    crowd = a_crowd(2_000, np.random.default_rng(3))
    sizes = Counter(crowd.niches[:, 0].tolist())
    assert max(sizes.values()) > 3 * min(sizes.values())
    chance = np.random.default_rng(4)
    wins = Counter(
        int(creator)
        for _ in range(40)
        for creator in np.argsort(-(crowd.vectors @ a_maker(crowd, chance).text))[:30]
    )
    assert exposure([[creator] * count for creator, count in wins.items()], 2_000) > 0.5
