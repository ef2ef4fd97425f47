"""What a list has room for: places, money, minutes, and the quotas of its groups.

Whoever is refused once stays refused while the list grows: counts only rise, room only shrinks, and what is
kept back for the least numbers never frees more than was spent. So a refusal may be remembered.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from agent.domain.portfolio.candidate import NOTHING, Candidate, Why
from agent.domain.portfolio.quotas import Quota

Group = tuple[str, str]
Prices = tuple[Decimal, Decimal]
"""Money and minutes, in the order of `_BUDGETS`."""
_BUDGETS = (Why.BUDGET, Why.MINUTES)


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How long a list may be, what it may cost, how many minutes of reading it may take, and its quotas."""

    size: int
    budget: Decimal | None = None
    minutes: Decimal | None = None
    quotas: tuple[Quota, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no room for a candidate, and the quota that leaves none, as it was written."""

    why: Why
    quota: str = ""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept back for the unmet least numbers of one kind: places, and money and minutes at the least.

    `dearest` has for each group the dearest of the cheapest ones that are still asked for.
    """

    places: int
    sums: Prices
    dearest: Mapping[Group, Prices]
    quota: str


class Room:
    """What is left of the limits while a list grows. `least` replaces the quotas' own least numbers."""

    def __init__(self, candidates: Sequence[Candidate], limits: Limits, least: Mapping[Group, int]) -> None:
        self.places = limits.size
        self._left = (limits.budget, limits.minutes)
        self._texts = {quota.group: quota.text for quota in limits.quotas}
        self._most = {
            quota.group: most for quota in limits.quotas if (most := quota.most(limits.size)) is not None
        }
        self._unmet = {group: number for group, number in least.items() if number > 0}
        self._counts = dict.fromkeys(self._texts, 0)
        self._prices: list[Prices] = [(candidate.cost, candidate.minutes) for candidate in candidates]
        self._groups = [self._counted(candidate) for candidate in candidates]
        self._cheapest = {group: self._sorted_prices(group) for group in self._unmet}
        self._kept = self._keep()

    def refusal(self, position: int) -> Refusal | None:
        """Return why a candidate has no place any more, or None where there is room."""
        for group in self._groups[position]:
            most = self._most.get(group)
            if most is not None and self._counts[group] >= most:
                return Refusal(Why.QUOTA, self._texts[group])
        for left, price, why in zip(self._left, self._prices[position], _BUDGETS, strict=True):
            if left is not None and price > left:
                return Refusal(why)
        return next(
            (Refusal(Why.RESERVED, kept.quota) for kept in self._kept if self._lacks(kept, position)), None
        )

    def take(self, position: int) -> None:
        """Put a candidate on the list."""
        self.places -= 1
        budget, minutes = self._left
        cost, time = self._prices[position]
        self._left = (
            None if budget is None else budget - cost,
            None if minutes is None else minutes - time,
        )
        for group in self._groups[position]:
            self._counts[group] += 1
            if group in self._unmet:
                self._meet(group, position)
        self._kept = self._keep()

    def missing(self, position: int, why: Why) -> Decimal:
        """Return how much more money (BUDGET) or time (MINUTES) a candidate needs than is left."""
        kind = _BUDGETS.index(why)
        left = self._left[kind]
        return NOTHING if left is None else self._prices[position][kind] - left

    def _counted(self, candidate: Candidate) -> tuple[Group, ...]:
        return tuple(group for group in candidate.groups.items() if group in self._texts)

    def _sorted_prices(self, group: Group) -> tuple[list[Decimal], ...]:
        ours = [price for price, groups in zip(self._prices, self._groups, strict=True) if group in groups]
        return tuple(sorted(price[kind] for price in ours) for kind in range(len(_BUDGETS)))

    def _meet(self, group: Group, position: int) -> None:
        self._unmet[group] -= 1
        if not self._unmet[group]:
            del self._unmet[group]
            return
        for kind, prices in enumerate(self._cheapest[group]):
            del prices[bisect_left(prices, self._prices[position][kind])]

    def _keep(self) -> list[_Kept]:
        kept = []
        for kind in sorted({kind for kind, _ in self._unmet}):
            unmet = {group: number for group, number in self._unmet.items() if group[0] == kind}
            firsts = {
                group: tuple(prices[:number] or [NOTHING] for prices in self._cheapest[group])
                for group, number in unmet.items()
            }
            budget, minutes = (
                sum((price for first in firsts.values() for price in first[at]), NOTHING) for at in (0, 1)
            )
            _, largest = max((number, group) for group, number in unmet.items())
            kept.append(
                _Kept(
                    places=sum(unmet.values()),
                    sums=(budget, minutes),
                    dearest={group: (first[0][-1], first[1][-1]) for group, first in firsts.items()},
                    quota=self._texts[largest],
                )
            )
        return kept

    def _lacks(self, kept: _Kept, position: int) -> bool:
        """Return whether this one would take what least numbers need; one of theirs frees its own share."""
        dearest = next(
            (kept.dearest[group] for group in self._groups[position] if group in kept.dearest), None
        )
        if self.places - 1 < kept.places - (dearest is not None):
            return True
        for kind, left in enumerate(self._left):
            if left is not None:
                price = self._prices[position][kind]
                freed = min(price, dearest[kind]) if dearest is not None else NOTHING
                if price + kept.sums[kind] - freed > left:
                    return True
        return False
