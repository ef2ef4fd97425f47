"""Shares of a small number of cases, with what can be said of them."""

from dataclasses import dataclass
from math import sqrt

_Z = 1.959963984540054
"""Quantile of the normal distribution for an interval of 95 %."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """So many `of` so many, and between which shares the true one lies in 19 of 20 cases."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """The share; None where there is no case."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % score interval (Wilson, 1927, doi:10.1080/01621459.1927.10502953); None without a case."""
        if not self.of:
            return None
        share, square = self.count / self.of, _Z * _Z / self.of
        middle = (share + square / 2) / (1 + square)
        half = _Z * sqrt(share * (1 - share) / self.of + square / (4 * self.of)) / (1 + square)
        # at an end the true share may lie on it, and rounding must not move it inside
        low = 0.0 if self.count == 0 else max(0.0, middle - half)
        high = 1.0 if self.count == self.of else min(1.0, middle + half)
        return low, high
