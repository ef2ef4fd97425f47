"""Chooses how the nearest vectors are found, from sizes alone: pick few, visit lists, or compare all."""

from dataclasses import dataclass
from enum import StrEnum

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


def route(permitted: int, total: int, *, has_lists: bool, limits: Limits) -> Route:
    """Return the way for so many permitted vectors of all."""
    if permitted <= max(limits.gathered, limits.gathered_share * total):
        return Route.PICK
    return Route.LISTS if has_lists else Route.ALL


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """How many lists nearest to a query hold its n nearest vectors, as measured: both [m], ascending."""

    neighbours: Ints
    lists: Ints

    def lists_for(self, neighbours: float) -> int | None:
        """Return how many lists to visit for so many neighbours; None where only all of them would do."""
        place = int(np.searchsorted(self.neighbours, neighbours))
        return int(self.lists[place]) if place < len(self.lists) else None


def visited(
    order: Ints, sizes: Ints, permitted: Ints | None, reach: Reach, *, wanted: int
) -> tuple[Ints, bool]:
    """Return which places of `order` to visit, ascending, and whether that is every list that holds anything.

    `order` are the lists, nearest to the query first; `sizes` and `permitted` count the rows of each list,
    all and those that the filter keeps (None keeps all). The n nearest of a share s of all vectors are among
    the n / s nearest of all, so that the reach measured without a filter tells how many lists to visit: as
    long as the filter keeps about as much near the query as elsewhere. Else every list that holds anything is
    visited.
    """
    if permitted is None:
        lists = reach.lists_for(wanted)
        return np.arange(len(order))[:lists], lists is None
    held = np.flatnonzero(permitted[order] > 0)
    share = permitted.sum() / sizes.sum()
    lists = reach.lists_for(wanted / share) if share else None
    if lists is not None:
        near = order[:lists]
        local = permitted[near].sum() / sizes[near].sum()
        if local >= _FRIENDLY * share:
            return held[held < lists], False
    return held, True
