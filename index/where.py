"""What a search is limited to, and what a place has to offer so that creators can be ranked in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.ranking import Floats, Ints, View

Mask = npt.NDArray[np.bool_]


def _nobody() -> Ints:
    return np.empty(0, dtype=np.int64)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Where:
    """Hard rules about creators, applied inside the search. Empty sets and None ask for nothing.

    What is asked for and unknown leaves a creator out. `allowed` keys: None is everybody. `excluded` keys are
    out whatever else holds (asked not to be written to, already written to). Bounds are inclusive.
    """

    languages: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    platforms: frozenset[str] = frozenset()
    followers_min: int | None = None
    followers_max: int | None = None
    allowed: Ints | None = None
    excluded: Ints = field(default_factory=_nobody)

    @property
    def mark(self) -> tuple[object, ...]:
        """Return a value that is equal for equal rules, so that an evaluated filter can be used again."""
        return (
            self.languages,
            self.countries,
            self.platforms,
            self.followers_min,
            self.followers_max,
            None if self.allowed is None else self.allowed.tobytes(),
            self.excluded.tobytes(),
        )


EVERYBODY = Where()


@dataclass(frozen=True, kw_only=True, slots=True)
class Texts:
    """A creator's texts that can be reasons: keys [n], unit vectors [n, d]; a bio has its creator's key."""

    keys: Ints
    vectors: Floats


class Place(Protocol):
    """Where the vectors of creators are: files of this machine, or a server. Keys are the store's ids."""

    @property
    def identity(self) -> str:
        """Name the model that made the vectors."""

    def candidates(self, query: Floats, where: Where, *, limit: int) -> Ints:
        """Return the creators to rank for a query [d], ascending, each kept by the filter.

        Everyone whom the filter keeps where that many can be compared; else the nearest, at least `limit`.
        """

    def keeps(self, creators: Ints, where: Where) -> Mask:
        """Return for each creator whether the filter keeps it, [n]: the last word on whatever was found."""

    def views(self, creators: Ints) -> Mapping[str, View]:
        """Return the spaces `whole`, `bio` and `passages`, seen for these creators [n]."""

    def texts(self, creators: Sequence[int]) -> Mapping[int, Texts]:
        """Return each creator's passages and bio; none for an unknown creator."""
