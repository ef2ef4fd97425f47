"""A plan: who is chosen together under budget, time and quotas, and the one reason of everybody else."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from agent.domain.brand import Money
from agent.domain.creator import Tier
from agent.domain.ids import CreatorId
from agent.domain.portfolio import (
    Candidate,
    Figures,
    Gains,
    Left,
    Limits,
    Selection,
    Why,
    carriers,
    check_quotas,
    choose,
    figures,
)
from agent.usecases.candidacy import Exclusion, Ground, candidate_of, exclusion, fits_of
from agent.usecases.matching import Match
from agent.usecases.wishes import HABITS, WISHES, Habits, Wishes, price_of


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A creator who ranked well and was not chosen: the one reason that binds, as sentence and code."""

    person: str
    reason: str
    code: str


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A chosen creator, the tier in its market, what it adds to those before, and how many lists had it."""

    match: Match
    tier: Tier
    gains: Gains
    exposure: int


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A list before anything is stored.

    `plain_fit` is the mean fit of the list that fit alone would have chosen, `notes` are sentences about what
    could not be kept.
    """

    chosen: tuple[Chosen, ...]
    left_out: tuple[LeftOut, ...]
    figures: Figures
    plain_fit: float
    currency: str | None
    notes: tuple[str, ...]
    is_short_of_quotas: bool


def plan(ground: Ground, *, limit: int, wishes: Wishes = WISHES, habits: Habits = HABITS) -> Plan:
    """Choose at most `limit` creators; every other one of the ranking has exactly one reason.

    Raises BadInput where quotas contradict each other or the budget cannot be compared with the offer.
    """
    check_quotas(wishes.quotas, limit=limit)
    price = price_of(ground.campaign, wishes.budget)
    excluded = {
        match.creator.id: reason
        for match in ground.matches
        if (reason := exclusion(ground, match, wishes, habits)) is not None
    }
    candidates = _candidates(ground, excluded, price, habits)
    weights = {value.name: value.weight for value in ground.brand.values}
    limits = Limits(
        size=limit,
        budget=wishes.budget.amount if wishes.budget is not None else None,
        minutes=wishes.minutes,
        quotas=wishes.quotas,
    )
    selection = choose(candidates, limits, weights=weights, give=habits.give, seed=wishes.seed)
    keys = {pick.key for pick in selection.picks}
    numbers = figures(
        [candidate for candidate in candidates if candidate.key in keys],
        carried=carriers(candidates, keys, weights),
        pool=ground.pool,
        cost_is_known=price is not None,
    )
    left_out = (*_ruled(ground, excluded), *_weighed(ground, selection, limit, wishes))
    return Plan(
        chosen=_chosen(ground, selection, habits),
        left_out=left_out,
        figures=numbers,
        plain_fit=selection.plain_fit,
        currency=price.currency if price is not None else None,
        notes=(
            *(f"The quota {text} is not reached: there are {n}." for text, n in selection.unmet.items()),
            *_notes(numbers, left_out, limit=limit),
            *_dear(ground, numbers, price),
        ),
        is_short_of_quotas=bool(selection.unmet),
    )


def _candidates(
    ground: Ground, excluded: Mapping[CreatorId, Exclusion], price: Money | None, habits: Habits
) -> list[Candidate]:
    fits = fits_of(ground.matches)
    cost = price.amount if price is not None else Decimal(0)
    return [
        candidate_of(match, fits[match.creator.id], cost, ground, habits)
        for match in ground.matches
        if match.creator.id not in excluded
    ]


def _chosen(ground: Ground, selection: Selection, habits: Habits) -> tuple[Chosen, ...]:
    matches = {int(match.creator.id): match for match in ground.matches}
    return tuple(
        Chosen(
            match=matches[pick.key],
            tier=habits.tier_of(matches[pick.key].creator),
            gains=pick.gains,
            exposure=ground.pool.listed.get(pick.key, 0),
        )
        for pick in selection.picks
    )


def _ruled(ground: Ground, excluded: Mapping[CreatorId, Exclusion]) -> Iterator[LeftOut]:
    for match in ground.matches:
        found = excluded.get(match.creator.id)
        if found is not None:
            yield LeftOut(person=match.creator.person, reason=found.sentence, code=found.code)


def _weighed(ground: Ground, selection: Selection, limit: int, wishes: Wishes) -> Iterator[LeftOut]:
    people = {int(match.creator.id): match.creator.person for match in ground.matches}
    left = {each.key: each for each in selection.left}
    for key, person in people.items():
        if key in left:
            yield LeftOut(
                person=person, reason=_told(left[key], people, limit, wishes), code=left[key].why.value
            )


def _told(left: Left, people: Mapping[int, str], limit: int, wishes: Wishes) -> str:
    match left.why:
        case Why.SAME:
            return f"{people[left.other or 0]} fits as well or better and covers the same"
        case Why.OUTRANKED:
            return f"others fit better or add more within the {limit} asked for"
        case Why.QUOTA:
            return f"quota full: {left.quota}"
        case Why.RESERVED:
            return f"places are kept for the quota {left.quota}"
        case Why.BUDGET:
            currency = wishes.budget.currency if wishes.budget is not None else ""
            return f"over budget: {left.missing} {currency} more would be needed"
        case Why.MINUTES:
            return f"no time to read one more letter: {float(left.missing):g} more minutes would be needed"
        case _:
            assert_never(left.why)


def _notes(numbers: Figures, left_out: Iterable[LeftOut], *, limit: int) -> Iterator[str]:
    codes = Counter(left.code for left in left_out)
    if codes["floor"] and numbers.creators < limit:
        yield (
            f"Only {numbers.creators} of {limit} reach the floor and keep the limits; {codes['floor']} below "
            "it were not used to fill up."
        )
    concerns = codes["concern"] + codes["contradiction"]
    if concerns:
        yield f"Left out for a concern: {concerns}, each with its words. --with-concerns lets them in."


def _dear(ground: Ground, numbers: Figures, price: Money | None) -> Iterator[str]:
    budget = ground.brand.programme.budget if ground.brand.programme is not None else None
    if budget is None or price is None or numbers.cost is None or budget.currency != price.currency:
        return
    if numbers.cost > budget.amount:
        yield (
            f"This list costs {numbers.cost} {price.currency}; the programme has {budget.amount} for the "
            "whole year."
        )
