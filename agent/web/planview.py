"""A proposed shortlist as the desk shows it: whom, what each adds, and the others by their reason."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from agent.domain.brand import Money
from agent.domain.portfolio import Figures
from agent.usecases.planning import Chosen, LeftOut, Plan

_ADDED = 3
"""So many values are named for each creator: those to which it adds most."""


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """A chosen creator with the values to which it adds most, most first."""

    chosen: Chosen
    adds: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LeftGroup:
    """Creators who were not chosen for the same kind of reason."""

    code: str
    people: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PlanView:
    """What the page of a proposal shows."""

    proposed: tuple[Proposed, ...]
    groups: tuple[LeftGroup, ...]
    figures: Figures
    cost: Money | None


def plan_view(plan: Plan) -> PlanView:
    """Return how a plan is shown; the reasons keep the order in which they first bind."""
    cost, currency = plan.figures.cost, plan.currency
    return PlanView(
        proposed=tuple(Proposed(chosen=each, adds=_adds(each)) for each in plan.chosen),
        groups=_groups(plan.left_out),
        figures=plan.figures,
        cost=Money(amount=cost, currency=currency) if cost is not None and currency is not None else None,
    )


def _adds(chosen: Chosen) -> tuple[str, ...]:
    gains = sorted(chosen.gains.values.items(), key=lambda pair: -pair[1])
    return tuple(name for name, gain in gains if gain > 0)[:_ADDED]


def _groups(left_out: Sequence[LeftOut]) -> tuple[LeftGroup, ...]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for left in left_out:
        groups[left.code].append(left.person)
    return tuple(LeftGroup(code=code, people=tuple(people)) for code, people in groups.items())
