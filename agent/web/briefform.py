"""The terms of a brief as form fields, and back: what was typed is never lost, what is wrong is named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from agent.domain.brand import Affiliate, Gift, Money
from agent.domain.brief import Contact, Deliverable, Exclusivity, Format, Terms, UsageRights
from agent.web.translations import mark as _

SPARE = 2
"""Empty lines for further deliverables: a page without JavaScript adds none."""
MOST = 30
"""Deliverables that one form may hold."""
PROBLEM = {
    "amount": _("Write an amount above zero, such as 38.50."),
    "currency": _("Write the currency with three letters, such as EUR."),
    "day": _("Choose a day."),
    "count": _("Write a whole number from 1 to 99."),
    "needed": _("This is needed."),
    "country": _("Write the country with two letters, such as FR."),
    "together": _("Fill in all three, or none."),
}
"""What is wrong with a field, by code."""
_CURRENCY = re.compile(r"[A-Z]{3}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_LARGEST = Decimal(1_000_000)
_MOST_OF_ONE = 99


@dataclass
class TypedTerms:
    """A form as it was sent; `problems` names a code for each field that cannot be used."""

    given: Mapping[str, str]
    problems: dict[str, str] = field(default_factory=dict)

    def terms(self) -> Terms | None:
        """Return the terms, or None where a field has a problem."""
        terms = Terms(
            objective=self._needed("objective"),
            contact=Contact(name=self._needed("contact_name"), email=self._needed("contact_email")),
            gift=self._gift(),
            cash=self._money("cash"),
            affiliate=self._affiliate(),
            deliverables=self._deliverables(),
            rights=self._rights(),
            exclusivity=self._exclusivity(),
            key_messages=self._lines("key_messages"),
            must_nots=self._lines("must_nots"),
            approval_steps=self._lines("approval_steps"),
            disclosure=self._lines("disclosure"),
            audience_country=self._country("audience_country"),
            contract=self._text("contract"),
            note=self._text("note"),
        )
        return None if self.problems else terms

    def _text(self, name: str) -> str:
        return self.given.get(name, "").replace("\r\n", "\n").strip()

    def _needed(self, name: str) -> str:
        text = self._text(name)
        if not text:
            self.problems[name] = "needed"
        return text

    def _lines(self, name: str) -> tuple[str, ...]:
        return tuple(line.strip() for line in self._text(name).split("\n") if line.strip())

    def _country(self, name: str) -> str | None:
        text = self._text(name).upper()
        if text and not _COUNTRY.fullmatch(text):
            self.problems[name] = "country"
        return text or None

    def _money(self, name: str) -> Money | None:
        text = re.sub(r"\s", "", self._text(name)).replace(",", ".")
        if not text:
            return None
        currency = self._text(f"{name}_currency").upper()
        if not _CURRENCY.fullmatch(currency):
            self.problems[f"{name}_currency"] = "currency"
        try:
            amount = Decimal(text)
        except InvalidOperation:
            amount = Decimal(0)
        if not (amount.is_finite() and 0 < amount <= _LARGEST) or -int(amount.as_tuple().exponent) > 2:  # noqa: PLR2004 - cents
            self.problems[name] = "amount"
            return None
        return Money(amount=amount, currency=currency)

    def _gift(self) -> Gift | None:
        name, value = self._text("gift"), self._money("gift_value")
        if not name and value is not None:
            self.problems["gift"] = "needed"
        return Gift(name=name, value=value) if name else None

    def _affiliate(self) -> Affiliate | None:
        rate = self._text("affiliate_rate")
        return Affiliate(rate=rate, code=self._text("affiliate_code") or None) if rate else None

    def _deliverables(self) -> tuple[Deliverable, ...]:
        return tuple(
            self._deliverable(number) for number in range(MOST) if self._text(f"deliverable_{number}")
        )

    def _deliverable(self, number: int) -> Deliverable:
        prefix = f"deliverable_{number}"
        count = self._text(f"{prefix}_count") or "1"
        if not (count.isascii() and count.isdigit() and 1 <= int(count) <= _MOST_OF_ONE):
            self.problems[f"{prefix}_count"] = "count"
            count = "1"
        known = {each.value for each in Format}
        form = self._text(f"{prefix}_format")
        return Deliverable(
            what=self._text(prefix),
            format=Format(form) if form in known else Format.OTHER,
            count=int(count),
            due_on=self._day(f"{prefix}_due"),
        )

    def _day(self, name: str) -> date | None:
        text = self._text(name)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.problems[name] = "day"
            return None

    def _span(self, name: str) -> tuple[str, date, date] | None:
        what = self._text(name)
        start, end = self._day(f"{name}_from"), self._day(f"{name}_until")
        if what and start is not None and end is not None:
            return what, start, end
        if what or start is not None or end is not None:
            self.problems.setdefault(name, "together")
        return None

    def _rights(self) -> UsageRights | None:
        span = self._span("rights")
        return UsageRights(scope=span[0], starts_on=span[1], ends_on=span[2]) if span else None

    def _exclusivity(self) -> Exclusivity | None:
        span = self._span("exclusivity")
        return Exclusivity(field=span[0], starts_on=span[1], ends_on=span[2]) if span else None


def fields_of(terms: Terms) -> dict[str, str]:
    """Return the fields that show these terms."""
    gift_value = terms.gift.value if terms.gift else None
    fields = {
        "objective": terms.objective,
        "contact_name": terms.contact.name,
        "contact_email": terms.contact.email,
        "gift": terms.gift.name if terms.gift else "",
        **_money_fields("gift_value", gift_value, terms),
        **_money_fields("cash", terms.cash, terms),
        "affiliate_rate": terms.affiliate.rate if terms.affiliate else "",
        "affiliate_code": (terms.affiliate.code or "") if terms.affiliate else "",
        "rights": terms.rights.scope if terms.rights else "",
        "rights_from": terms.rights.starts_on.isoformat() if terms.rights else "",
        "rights_until": terms.rights.ends_on.isoformat() if terms.rights else "",
        "exclusivity": terms.exclusivity.field if terms.exclusivity else "",
        "exclusivity_from": terms.exclusivity.starts_on.isoformat() if terms.exclusivity else "",
        "exclusivity_until": terms.exclusivity.ends_on.isoformat() if terms.exclusivity else "",
        "key_messages": "\n".join(terms.key_messages),
        "must_nots": "\n".join(terms.must_nots),
        "approval_steps": "\n".join(terms.approval_steps),
        "disclosure": "\n".join(terms.disclosure),
        "audience_country": terms.audience_country or "",
        "contract": terms.contract,
        "note": terms.note,
    }
    for number, each in enumerate(terms.deliverables):
        fields[f"deliverable_{number}"] = each.what
        fields[f"deliverable_{number}_format"] = each.format.value
        fields[f"deliverable_{number}_count"] = str(each.count)
        fields[f"deliverable_{number}_due"] = each.due_on.isoformat() if each.due_on else ""
    return fields


def lines_of(fields: Mapping[str, str]) -> range:
    """Return the numbers of the deliverables to show: those filled in, and spare ones."""
    filled = [number for number in range(MOST) if fields.get(f"deliverable_{number}", "").strip()]
    return range(min(MOST, max(filled, default=-1) + 1 + SPARE))


def _money_fields(name: str, money: Money | None, terms: Terms) -> dict[str, str]:
    held = [each for each in (money, terms.cash, terms.gift.value if terms.gift else None) if each]
    return {
        name: f"{money.amount:f}" if money else "",
        f"{name}_currency": held[0].currency if held else "EUR",
    }
