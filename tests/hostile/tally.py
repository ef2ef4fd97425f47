"""What a trial of the gate counts."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    """How many were tried and how many came out wrong, by kind, with what went wrong.

    `harmless` counts approvable letters that hold nothing but a true quotation of harmless words, by reason.
    """

    tried: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    harmless: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)

    @property
    def figures(self) -> dict[str, tuple[int, int]]:
        """Wrong ones and all, by kind."""
        return {kind: (self.wrong[kind], self.tried[kind]) for kind in self.tried}

    def count(self, kind: str, *, wrong: bool, told: str) -> None:
        """Add one."""
        self.tried[kind] += 1
        if wrong:
            self.wrong[kind] += 1
            self.told.append(told)
