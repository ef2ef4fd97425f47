"""Finding creators whose own words are near a text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from agent.domain.creator import Creator
from agent.domain.ids import (
    CreatorId,
)


class Progress(Protocol):
    """Told about long work as it goes on."""

    def __call__(self, done: int, total: int, /) -> None:
        """Say that `done` of `total` pieces are finished."""


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """A creator as the index ranks it."""

    creator_id: CreatorId
    score: float
    similarity: float


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A text of a creator that carries a query: `number` is a post's id, or the bio's."""

    number: int
    score: float


@dataclass(frozen=True, kw_only=True)
class BuildReport:
    """What a build did: texts embedded, taken from earlier builds, and dropped; creators in the index."""

    embedded: int
    reused: int
    removed: int
    creators: int
    seconds: float


@dataclass(frozen=True, kw_only=True)
class IndexStatus:
    """What the index holds, and whether it is the store's present state."""

    exists: bool
    model: str
    creators: int
    passages: int
    source: str
    problem: str = ""


class Similarity(Protocol):
    """Finds creators whose own words are near a text."""

    def build(self, creators: Iterable[Creator], *, source: str, progress: Progress) -> BuildReport:
        """Embed what changed and put a new snapshot in place; resumable at any moment."""

    def status(self) -> IndexStatus:
        """Return what the index holds without loading a model."""

    def search(self, query: str, *, allowed: npt.NDArray[np.int64], limit: int) -> tuple[Ranked, ...]:
        """Return the best creators among those allowed; filters hold inside the search."""

    def evidence(
        self, queries: Sequence[str], creator_ids: Sequence[CreatorId], *, limit: int
    ) -> Mapping[CreatorId, tuple[tuple[Passage, ...], ...]]:
        """Return, per creator and query, the passages that carry it, best first, at most `limit`."""
