"""Finding creators whose own words are near a text."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from agent.domain.creator import Creator
from agent.domain.filters import Filters
from agent.domain.ids import (
    CreatorId,
)


class Progress(Protocol):
    """Told about long work as it goes on."""

    def __call__(self, done: int, total: int, /) -> None:
        """Say that `done` of `total` pieces are finished."""


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """A creator as the index ranks it; `probability` that it fits, None where the model was not measured."""

    creator_id: CreatorId
    score: float
    similarity: float
    probability: float | None = None


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A text of a creator that carries a query: `number` is a post's id, or the bio's."""

    number: int
    score: float


@dataclass(frozen=True, kw_only=True)
class NicheShare:
    """A niche that a creator is about: its names by language, its part, its place in [0, 1]."""

    id: str
    names: Mapping[str, str]
    share: float
    x: float
    y: float


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
    memory_bytes: int = 0
    where: str = ""


class Similarity(Protocol):
    """Finds creators whose own words are near a text."""

    def build(self, creators: Iterable[Creator], *, source: str, progress: Progress) -> BuildReport:
        """Embed what changed and put a new snapshot in place; resumable at any moment."""

    def status(self) -> IndexStatus:
        """Return what the index holds without loading a model."""

    def forget(self, creator_ids: Iterable[CreatorId]) -> int:
        """Take creators out of every file for good; return how many were there.

        Killed half-way, call it again. Raises Unavailable while another process builds the index.
        """

    def search(
        self,
        query: str,
        *,
        expansions: Sequence[str] = (),
        filters: Filters,
        excluded: Collection[CreatorId] = (),
        liked: Collection[CreatorId] = (),
        disliked: Collection[CreatorId] = (),
        limit: int,
    ) -> tuple[Ranked, ...]:
        """Return the best creators whom the filters keep and who are not excluded.

        Both hold inside the search, on what the index knew when it was built: the store may know better.
        `expansions` are texts that a fitting creator might write; they move the order, not the similarity.
        So do creators whom the brand took (`liked`) or turned down (`disliked`) before.
        """

    def evidence(
        self, queries: Sequence[str], creator_ids: Sequence[CreatorId], *, limit: int
    ) -> Mapping[CreatorId, tuple[tuple[Passage, ...], ...]]:
        """Return, per creator and query, the passages that carry it, best first, at most `limit`."""

    def niches(self, creator_ids: Sequence[CreatorId]) -> Mapping[CreatorId, tuple[NicheShare, ...]]:
        """Return, per creator, what it is about, the largest share first.

        At most five niches with a share of .05 and more; creators that are not in the index are left out, and
        the answer is empty for models without niches.
        """
