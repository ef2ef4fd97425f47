"""What a list is asked to keep to, how a house counts, and what one creator costs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from agent.domain.brand import Campaign, Money, Offer
from agent.domain.creator import Creator, Tier, tier_of
from agent.domain.errors import BadInput
from agent.domain.portfolio import GIVE, Quota
from agent.usecases.matching import Match

TierBounds = tuple[int, int]
"""Followers below which a creator is nano, and up to which one is micro."""
NichesOf = Callable[[Match], Mapping[str, float]]


def no_niches(_: Match) -> Mapping[str, float]:
    """Return nothing: niches count only where somebody knows them."""
    return {}


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What one list is asked to keep to; `seed` orders equals, `with_concerns` lets warned-of creators in.

    Without `learn` the ranking forgets what the brand decided about creators before.
    """

    budget: Money | None = None
    minutes: Decimal | None = None
    quotas: tuple[Quota, ...] = ()
    seed: int = 0
    with_concerns: bool = False
    learn: bool = True


@dataclass(frozen=True, kw_only=True)
class Habits:
    """How a house counts: settings that hold for every list.

    `minutes_per_letter` is what reading one letter with its evidence takes. `tiers` has the bounds of tiers
    for markets (ISO 3166-1) that count otherwise than France. Lists of the last `months` are exposure. Where
    fits are probabilities, nobody below `floor` fills a list. `give` is the share of mean fit that may be
    given up for coverage.
    """

    minutes_per_letter: Decimal = Decimal(4)
    tiers: Mapping[str, TierBounds] = field(default_factory=dict)
    months: int = 12
    floor: float = 0.2
    give: float = GIVE
    niches_of: NichesOf = no_niches

    def tier(self, followers: int | None, country: str | None) -> Tier:
        """Return the tier of so many followers in a market."""
        bounds = self.tiers.get(country or "")
        if bounds is None:
            return tier_of(followers)
        return tier_of(followers, nano_below=bounds[0], micro_to=bounds[1])

    def tier_of(self, creator: Creator) -> Tier:
        """Return a creator's tier in the creator's own market."""
        return self.tier(creator.followers, creator.country)


WISHES = Wishes()
HABITS = Habits()


def price_of(campaign: Campaign, budget: Money | None) -> Money | None:
    """Return what one creator costs, or None where nobody can say; raises BadInput where a budget asks."""
    parts = _parts(campaign.offer)
    currencies = sorted({part.currency for part in parts if part is not None})
    if None in parts or len(currencies) > 1:
        if budget is None:
            return None
        why = "the gift has no value" if None in parts else f"the offer is in {' and '.join(currencies)}"
        raise BadInput(
            f"{campaign.id}: {why}, so nobody can say what a creator costs. Complete the offer in the brand "
            "file and import it again, or leave --budget out."
        )
    currency = currencies[0] if currencies else budget.currency if budget is not None else ""
    if budget is not None and budget.currency != currency:
        raise BadInput(
            f"The budget is in {budget.currency} and the offer in {currency}; write it in {currency}."
        )
    return Money(
        amount=sum((part.amount for part in parts if part is not None), Decimal(0)), currency=currency
    )


def _parts(offer: Offer) -> tuple[Money | None, ...]:
    """Return what the offer gives to one creator; None for a gift without a value."""
    gift = (offer.gift.value,) if offer.gift is not None else ()
    cash = (offer.cash,) if offer.cash is not None else ()
    return (*gift, *cash)
