"""What a home remembers of its store, outside of it: how far it has seen it come."""

from dataclasses import dataclass
from typing import Protocol

from agent.domain.restored import Mark


@dataclass(frozen=True, kw_only=True)
class KeptMark:
    """The newest row of the journal that was seen; `doubt` is a sentence where the record itself is in doubt.

    `is_expected` says that a home which sent letters must have one.
    """

    mark: Mark | None
    doubt: str = ""
    is_expected: bool = False


class Marks(Protocol):
    """Remembers how far the store has come; a store restored from a backup is recognised by it."""

    def kept(self) -> KeptMark:
        """Return what was remembered last."""

    def keep(self, mark: Mark) -> None:
        """Remember this from now on.

        Raises Unavailable where it cannot be kept: then no letter may leave.
        """


class MarkInMind:
    """Remembers as long as the process lives: for stores that live no longer."""

    def __init__(self) -> None:
        self._mark: Mark | None = None

    def kept(self) -> KeptMark:
        """Return what was remembered last."""
        return KeptMark(mark=self._mark)

    def keep(self, mark: Mark) -> None:
        """Remember this from now on."""
        self._mark = mark
