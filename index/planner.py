"""Chooses how the nearest vectors are found, from sizes alone: pick few, visit lists, or compare all."""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import numpy as np

from index.limits import Limits
from index.ranking import Ints

_FRIENDLY = (
    0.7  # of a filter's share of all vectors must be kept near the query: the measured reach holds then
)


class Route(StrEnum):
    """A way to find the nearest permitted vectors."""

    PICK = "pick"
    """Copy the permitted vectors together and compare each."""
    LISTS = "lists"
    """Visit compressed lists with the permitted rows as a bitmap, and compare exactly what they propose."""
    ALL = "all"
    """Walk past every vector with the permitted rows as a bitmap, and compare each permitted one."""


def route(permitted: int, total: int, *, has_lists: bool, visited: int | None, limits: Limits) -> Route:
    """Return the way for so many permitted vectors of all.

    `visited` is how many vectors the lists hold that would have to be visited; None where nobody knows.
    """
    few = permitted <= limits.gathered_share * total
    is_quicker_in_lists = visited is not None and visited < limits.walked_per_gathered * permitted
    if permitted <= limits.gathered or (few and not is_quicker_in_lists):
        return Route.PICK
    return Route.LISTS if has_lists else Route.ALL


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """How many lists nearest to a query hold its n nearest vectors, as measured: both [m], ascending."""

    neighbours: Ints
    lists: Ints

    def lists_for(self, neighbours: float) -> int | None:
        """Return how many lists to visit for so many neighbours; None where only all of them would do.

        Between two measured numbers of neighbours, lists are taken to grow evenly with the neighbours.
        """
        if not len(self.neighbours) or neighbours > self.neighbours[-1]:
            return None
        return int(np.ceil(np.interp(neighbours, self.neighbours, self.lists)))


def enough_lists(total: int, permitted: int, reach: Reach, *, wanted: int) -> int | None:
    """Return how many lists nearest to a query hold so many of its nearest permitted vectors.

    The n nearest of a share s of all vectors are among the n / s nearest of all, give or take: where the n-th
    permitted one lies is chance, with a deviation of √(n (1 - s)) / s. That much is added, so that the reach
    measured without a filter tells it. None where nobody knows: then every list that holds anything is
    visited.
    """
    if not permitted:
        return None
    share = permitted / total
    return reach.lists_for((wanted + sqrt(wanted * (1 - share))) / share)


def is_friendly(near: Ints, sizes: Ints, permitted: Ints, *, share: float) -> bool:
    """Return whether a filter keeps about as much in these lists as elsewhere, so that the reach holds.

    `sizes` and `permitted` count the rows of each list, all and those that the filter keeps; `share` is the
    filter's share of all.
    """
    return bool(permitted[near].sum() >= _FRIENDLY * share * sizes[near].sum())
