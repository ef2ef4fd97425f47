"""Quotas: how many, or what share, of a list may or must be of one tier, country, language or platform."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from agent.domain.errors import BadInput

KINDS = ("tier", "country", "language", "platform")
_WHOLE = Decimal(100)
_BOUND = r"(\d+(?:[.,]\d+)?)\s*(%?)"
_FORM = re.compile(rf"\s*(\w+)\s*:\s*([\w-]+)\s*=\s*(?:{_BOUND})?\s*(\.\.)?\s*(?:{_BOUND})?\s*")
_HOW = (
    "Write for example tier:nano=60%.. (at least), country:FR=5..10 (from 5 to 10) or language:en=..40% "
    "(at most)."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bound:
    """A number of creators, or a share of the list in percent."""

    amount: Decimal
    is_share: bool = False

    def at_least(self, size: int) -> int:
        """Return the smallest count that keeps it as a lower bound in a list of this size."""
        return ceil(self.amount * size / _WHOLE) if self.is_share else int(self.amount)

    def at_most(self, size: int) -> int:
        """Return the greatest count that keeps it as an upper bound in a list of this size."""
        return floor(self.amount * size / _WHOLE) if self.is_share else int(self.amount)


@dataclass(frozen=True, kw_only=True, slots=True)
class Quota:
    """Bounds for the creators of one group, inclusive; None leaves an end open. `text` is as written."""

    kind: str
    name: str
    low: Bound | None = None
    high: Bound | None = None
    text: str = ""

    @property
    def group(self) -> tuple[str, str]:
        """What it counts."""
        return (self.kind, self.name)

    @property
    def has_share(self) -> bool:
        """Whether it depends on how long the list becomes."""
        return any(bound is not None and bound.is_share for bound in (self.low, self.high))

    def least(self, size: int) -> int:
        """Return the least count in a list of this size."""
        return self.low.at_least(size) if self.low is not None else 0

    def most(self, size: int) -> int | None:
        """Return the greatest count in a list of this size, None where it is open."""
        return self.high.at_most(size) if self.high is not None else None


def parse_quota(text: str) -> Quota:
    """Return the quota that `KIND:NAME=LOW..HIGH` writes; each end a count or a percentage, or left out.

    A count alone (`country:FR=5`) is meant exactly. Raises BadInput with an example for anything else.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise BadInput(f"“{text}” is no quota. {_HOW}")
    kind, name, dots = found[1].casefold(), found[2], found[5]
    if kind not in KINDS:
        raise BadInput(f"“{text}”: a quota counts {', '.join(KINDS)}, not “{kind}”. {_HOW}")
    low, high = _bound(found[3], found[4], text), _bound(found[6], found[7], text)
    if not dots:
        if low is None or low.is_share or high is not None:
            raise BadInput(f"“{text}” does not say whether at least or at most. {_HOW}")
        high = low
    if low is None and high is None:
        raise BadInput(f"“{text}” asks for nothing. {_HOW}")
    quota = Quota(kind=kind, name=_named(kind, name), low=low, high=high, text=text.strip())
    if low is not None and high is not None and low.is_share == high.is_share and low.amount > high.amount:
        raise BadInput(f"“{text}”: at least {low.amount} and at most {high.amount} cannot both hold.")
    return quota


def check_quotas(quotas: Iterable[Quota], *, limit: int) -> None:
    """Raise BadInput where a group has two quotas, or a kind's least numbers are more than the list holds."""
    listed = tuple(quotas)
    for kind in KINDS:
        ours = [quota for quota in listed if quota.kind == kind]
        names = [quota.name for quota in ours]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise BadInput(
                f"{kind} “{twice}” has two quotas; write both bounds in one, as in {kind}:{twice}=2..5."
            )
        counts = sum(quota.least(limit) for quota in ours if quota.low is not None and not quota.low.is_share)
        shares = sum(quota.low.amount for quota in ours if quota.low is not None and quota.low.is_share)
        if counts > limit:
            raise BadInput(f"The quotas of {kind} ask for {counts} creators, the list holds {limit}.")
        if shares > _WHOLE:
            raise BadInput(f"The quotas of {kind} ask for {shares} % together; lower them to 100 % or less.")


def _bound(amount: str | None, percent: str | None, text: str) -> Bound | None:
    if amount is None:
        return None
    number, is_share = Decimal(amount.replace(",", ".")), bool(percent)
    if is_share and number > _WHOLE:
        raise BadInput(f"“{text}”: {amount} % is more than all.")
    if not is_share and number != int(number):
        raise BadInput(f"“{text}”: {amount} is no number of creators; write a whole number or a percentage.")
    return Bound(amount=number, is_share=is_share)


def _named(kind: str, name: str) -> str:
    # as the store writes them: countries ISO 3166-1 in capitals, all else small
    return name.upper() if kind == "country" else name.casefold()
