"""What an advertiser gives a creator in a calendar year for one objective, and when a contract is due.

Source: loi n° 2023-451 du 9 juin 2023, art. 8; décret n° 2025-1137 du 28 novembre 2025, from 1 January 2026:
a written contract, on pain of nullity, where pay and gifts together reach €1,000 excluding VAT.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from agent.domain.brand import Money
from agent.domain.brief.terms import Terms

_NOTHING = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class ContractRule:
    """From which sum on a country asks for a written contract. `warn_from` is a share of the threshold."""

    id: str
    country: str
    since: date
    until: date | None
    threshold: Money
    warn_from: Decimal
    source: str

    def holds(self, countries: Iterable[str], *, on: date) -> bool:
        """Return whether the rule applies on a day to one of these countries."""
        return self.country in countries and self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Sums of one advertiser, creator, year and objective, in the rule's currency, excluding VAT.

    `before` is what earlier approved briefs give, `this` what the brief in question gives; `foreign` are
    amounts in another currency, which no rule of arithmetic adds.
    """

    rule: ContractRule
    year: int
    before: Decimal
    this: Decimal
    foreign: tuple[Money, ...] = ()

    @property
    def total(self) -> Decimal:
        """Everything together."""
        return self.before + self.this

    @property
    def needs_contract(self) -> bool:
        """Whether the threshold is reached: 1,000.00 reaches it, 999.99 does not."""
        return self.total >= self.rule.threshold.amount

    @property
    def is_near(self) -> bool:
        """Whether the sum has come so near that a person should know."""
        return self.total >= self.rule.threshold.amount * self.rule.warn_from


def worth(terms: Terms, currency: str) -> tuple[Decimal, tuple[Money, ...]]:
    """Return what terms give in one currency, pay and gift together, and the amounts in others."""
    gift = terms.gift.value if terms.gift is not None else None
    given = [money for money in (terms.cash, gift) if money is not None]
    foreign = tuple(money for money in given if money.currency != currency)
    return sum((money.amount for money in given if money.currency == currency), _NOTHING), foreign
