"""Tables of wordings: data that the brand team may read, given to the gate with the case."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Something to look for, and what is better.

    `sought` is bare (no accents, lower case): variants between bars, `*` for any ending of a word.
    """

    sought: str
    better: str

    def __hash__(self) -> int:
        return hash(self.sought)  # tables of hundreds are looked up for every letter


Native = Mapping[str, tuple[Wording, ...]]
"""Tables of wordings by section: calques, stock, septante, neutral, british, british_and_canadian."""
