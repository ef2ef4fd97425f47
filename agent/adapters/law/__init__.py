"""Rules of law from their file: disclosure by country, platform and benefit, and where contracts are due."""

from decimal import Decimal
from functools import cached_property
from importlib.resources import files
from typing import Any

import yaml

from agent.domain.brand import Money
from agent.domain.brief import ContractRule, DisclosureRule, Duty, Format


class LawFile:
    """The rules of `disclosure.yaml`, read when they are first asked for."""

    @cached_property
    def disclosures(self) -> tuple[DisclosureRule, ...]:
        """How publications are marked, country by country."""
        return tuple(map(_disclosure, self._told["disclosures"]))

    @cached_property
    def contracts(self) -> tuple[ContractRule, ...]:
        """From which sum on a written contract is due."""
        return tuple(map(_contract, self._told["contracts"]))

    @cached_property
    def _told(self) -> dict[str, Any]:
        text = files(__name__).joinpath("disclosure.yaml").read_text(encoding="utf-8")
        told: dict[str, Any] = yaml.safe_load(text)
        return told


def _disclosure(told: dict[str, Any]) -> DisclosureRule:
    return DisclosureRule(
        id=told["id"],
        country=told["country"],
        since=told["since"],
        until=told.get("until"),
        strictness=told["strictness"],
        benefits=frozenset(told["benefits"]),
        labels=tuple(told["labels"]),
        not_enough=tuple(told["not_enough"]),
        duties=tuple(map(_duty, told["duties"])),
        source=told["source"],
    )


def _duty(told: dict[str, Any]) -> Duty:
    return Duty(
        wording=dict(told["wording"]),
        platforms=frozenset(told.get("platforms", ())),
        formats=frozenset(map(Format, told.get("formats", ()))),
        benefits=frozenset(told.get("benefits", ())),
    )


def _contract(told: dict[str, Any]) -> ContractRule:
    return ContractRule(
        id=told["id"],
        country=told["country"],
        since=told["since"],
        until=told.get("until"),
        threshold=Money(amount=Decimal(told["threshold"]), currency=told["currency"]),
        warn_from=Decimal(told["warn_from"]),
        source=told["source"],
    )
