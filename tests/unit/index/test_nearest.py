"""Every way of finding the nearest vectors against a comparison with all of them."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.limits import LIMITS
from index.lists import Lists, make_lists
from index.nearest import Nearest, Permitted
from index.planner import Reach, Route, enough_lists, is_friendly, route

SIZE, DIMENSIONS = 4000, 24
NEWER = 50
"""Vectors that were added after the lists were made."""


def unit(vectors: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


@cache
def matrix() -> npt.NDArray[np.float32]:
    """Vectors around a few centres, as texts about a few things are."""
    chance = np.random.default_rng(1)
    centres = chance.normal(size=(40, DIMENSIONS))
    return unit(centres[chance.integers(0, 40, SIZE)] + 0.5 * chance.normal(size=(SIZE, DIMENSIONS)))


@cache
def lists() -> Lists:
    return make_lists(matrix()[:-NEWER], found=0.99)


def engine(way: Route) -> Nearest:
    if way is Route.PICK:
        return Nearest(matrix(), None, replace(LIMITS, gathered=SIZE))
    limits = replace(LIMITS, gathered=0, gathered_share=0)
    return Nearest(matrix(), lists() if way is Route.LISTS else None, limits)


def truth(query: npt.NDArray[np.float32], mask: npt.NDArray[np.bool_], wanted: int) -> set[int]:
    rows = np.flatnonzero(mask)
    cosines = matrix()[rows] @ query
    return set(rows[np.argsort(-cosines, kind="stable")[:wanted]].tolist())


MASKS: dict[str, Callable[[npt.NDArray[np.float32]], npt.NDArray[np.bool_]]] = {
    "everything": lambda cosines: np.ones(SIZE, dtype=np.bool_),
    "half at random": lambda cosines: np.random.default_rng(2).random(SIZE) < 0.5,
    "a tenth at random": lambda cosines: np.random.default_rng(3).random(SIZE) < 0.1,
    "the far half": lambda cosines: cosines <= np.quantile(cosines, 0.5),
    "the far tenth": lambda cosines: cosines <= np.quantile(cosines, 0.1),
    "only new ones": lambda cosines: np.arange(SIZE) >= SIZE - NEWER,
    "a handful": lambda cosines: np.arange(SIZE) % 1000 == 7,
    "nothing": lambda cosines: np.zeros(SIZE, dtype=np.bool_),
}


@pytest.mark.parametrize("way", Route)
@pytest.mark.parametrize("name", MASKS)
def test_every_way_finds_the_nearest_of_those_permitted(way: Route, name: str) -> None:
    chance = np.random.default_rng(4)
    queries = unit(matrix()[chance.integers(0, SIZE, 40)] + 0.1 * chance.normal(size=(40, DIMENSIONS)))
    hits = wanted = 0
    for query in queries:
        mask = MASKS[name](matrix() @ query)
        found = engine(way).find(query, Permitted(mask), 10).tolist()
        assert len(found) == len(set(found)) == min(10, int(mask.sum()))
        assert mask[found].all()
        expected = truth(query, mask, 10)
        hits, wanted = hits + len(expected & set(found)), wanted + len(expected)
        cosines = matrix()[found] @ query
        assert (np.diff(cosines) <= 1e-6).all()
    assert hits >= (0.97 if way is Route.LISTS else 1) * wanted


@settings(max_examples=80, deadline=None)
@given(
    seed=st.integers(0, 10_000), share=st.floats(0, 1), wanted=st.integers(0, 60), way=st.sampled_from(Route)
)
def test_no_way_finds_what_is_not_permitted(seed: int, share: float, wanted: int, way: Route) -> None:
    chance = np.random.default_rng(seed)
    mask = chance.random(SIZE) < share
    query = unit(chance.normal(size=(1, DIMENSIONS)))[0]
    found = engine(way).find(query, Permitted(mask), wanted)
    assert mask[found].all()
    assert len(found) == min(wanted, int(mask.sum()))


MILLION = 10**6
SMALL_SHARE = int(LIMITS.gathered_share * MILLION)


@pytest.mark.parametrize(
    ("permitted", "has_lists", "visited", "expected"),
    [
        (LIMITS.gathered, True, 1, Route.PICK),
        (SMALL_SHARE, True, None, Route.PICK),
        (SMALL_SHARE, True, LIMITS.walked_per_gathered * SMALL_SHARE, Route.PICK),
        (SMALL_SHARE, True, LIMITS.walked_per_gathered * SMALL_SHARE - 1, Route.LISTS),
        (SMALL_SHARE, False, None, Route.PICK),
        (MILLION, True, 20_000, Route.LISTS),
        (MILLION, True, None, Route.LISTS),
        (MILLION, False, None, Route.ALL),
    ],
)
def test_the_way_follows_from_sizes(
    permitted: int, visited: int | None, expected: Route, *, has_lists: bool
) -> None:
    assert route(permitted, MILLION, has_lists=has_lists, visited=visited, limits=LIMITS) is expected


REACH = Reach(neighbours=np.array([10, 100]), lists=np.array([2, 4]))
SIZES = np.full(6, 100)


@pytest.mark.parametrize(
    ("permitted", "wanted", "expected"),
    [
        (600, 1, 2),
        (600, 10, 2),
        (600, 55, 3),  # half-way between what was measured
        (600, 56, 4),
        (600, 101, None),  # too many for what was measured
        (300, 10, 3),  # half: the tenth is about the 20th of all, give or take 4
        (300, 25, 4),  # about the 50th alone would be 3
        (270, 42, None),  # about the 93rd would be 4, but it may well be the 104th
        (6, 10, None),
        (0, 10, None),
    ],
)
def test_the_fewer_a_filter_keeps_the_more_lists_are_visited(
    permitted: int, wanted: int, expected: int | None
) -> None:
    assert enough_lists(600, permitted, REACH, wanted=wanted) == expected


def test_nobody_knows_how_many_lists_are_enough_where_nothing_was_measured() -> None:
    nothing = Reach(neighbours=np.empty(0, dtype=np.int64), lists=np.empty(0, dtype=np.int64))
    assert enough_lists(600, 600, nothing, wanted=1) is None


@pytest.mark.parametrize(
    ("permitted", "near", "expected"),
    [
        ([50, 50, 50, 50, 50, 50], [3, 1], True),
        ([50, 0, 50, 50, 50, 50], [3, 1, 0, 5], True),
        ([90, 0, 90, 0, 90, 0], [3, 1], False),  # nothing near the query
        ([90, 0, 90, 0, 90, 0], [3, 1, 0, 2], True),
    ],
)
def test_near_lists_are_enough_where_the_filter_is_the_same_everywhere(
    permitted: list[int], near: list[int], *, expected: bool
) -> None:
    counts = np.array(permitted)
    assert is_friendly(np.array(near), SIZES, counts, share=counts.sum() / SIZES.sum()) is expected


def test_lists_filled_again_hold_each_vector_where_it_was() -> None:
    kept = np.flatnonzero(np.arange(len(lists())) % 7 > 0)
    known = lists().list_of_row[kept].astype(np.int64)
    known[:20] = -1  # new ones, for which the nearest centre decides
    again = lists().filled_with(matrix()[kept], known)
    assert len(again) == len(kept)
    assert again.list_of_row.tolist() == lists().list_of_row[kept].tolist()
    assert again.reach is lists().reach
