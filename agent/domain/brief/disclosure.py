"""How a publication is marked as advertising: rules by country, platform and benefit, as data.

Sources stand in the rules themselves. Where no rule is known for a country, a person writes the words.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from agent.domain.brief.terms import Format, Terms


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One thing to do when publishing, worded per language; empty conditions hold always."""

    wording: Mapping[str, str]
    platforms: frozenset[str] = frozenset()
    formats: frozenset[Format] = frozenset()
    benefits: frozenset[str] = frozenset()

    def fits(self, *, platform: str, formats: AbstractSet[Format], benefits: AbstractSet[str]) -> bool:
        """Return whether it concerns a publication in one of these forms for one of these benefits.

        A platform and a form are two ways of being concerned: a video on any platform, anything on TikTok.
        """
        where = not (self.platforms or self.formats) or platform in self.platforms or self.formats & formats
        return bool(where) and (not self.benefits or bool(self.benefits & benefits))


@dataclass(frozen=True, kw_only=True)
class DisclosureRule:
    """What a country asks for, since when, and where that is written.

    One of `labels` must stand there, whatever the letter's language; the first is the usual one. Of
    `not_enough` none suffices alone. The higher `strictness` wins the first place.
    """

    id: str
    country: str
    since: date
    until: date | None
    strictness: int
    benefits: frozenset[str]
    labels: tuple[str, ...]
    not_enough: tuple[str, ...]
    duties: tuple[Duty, ...]
    source: str

    def holds(self, country: str, benefits: AbstractSet[str], *, on: date) -> bool:
        """Return whether the rule applies on a day to somebody in this country who receives these."""
        is_now = self.since <= on and (self.until is None or on <= self.until)
        # a brief that gives nothing is marked too, as long as nobody has said otherwise
        return self.country == country and is_now and (not benefits or bool(self.benefits & benefits))

    def is_met_by(self, words: Iterable[str]) -> bool:
        """Return whether one of the words is a label of this rule, whatever its case."""
        accepted = {_folded(label) for label in self.labels}
        return any(_folded(each) in accepted for each in words)

    def insufficient(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return those of the words that this country does not take alone."""
        refused = {_folded(label) for label in self.not_enough}
        return tuple(each for each in words if _folded(each) in refused)


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """The rules that apply to one brief, strictest first, and the countries that no rule covers."""

    rules: tuple[DisclosureRule, ...]
    uncovered: tuple[str, ...]

    @property
    def usual_words(self) -> tuple[str, ...]:
        """The fewest usual labels that satisfy every rule, the strictest rule's first."""
        words: list[str] = []
        for rule in self.rules:
            if not rule.is_met_by(words):
                words.append(rule.labels[0])
        return tuple(words)

    @property
    def references(self) -> tuple[str, ...]:
        """The rules by id, for the seal: a corrected rule voids what was read before."""
        return tuple(f"{rule.id}@{rule.since.isoformat()}" for rule in self.rules)

    def duties(self, terms: Terms, *, platform: str, language: str) -> tuple[str, ...]:
        """Return what to do when publishing, in the letter's language, each thing once."""
        found = (
            duty.wording[language]
            for rule in self.rules
            for duty in rule.duties
            if duty.fits(platform=platform, formats=terms.formats, benefits=terms.benefits)
        )
        return tuple(dict.fromkeys(found))


def disclosure_for(
    rules: Iterable[DisclosureRule], *, countries: Iterable[str], benefits: AbstractSet[str], on: date
) -> Disclosure:
    """Return what applies to a creator and an audience in these countries: all of it, strictest first.

    Taking every country's rule is never less strict than the strictest one of them.
    """
    asked = tuple(dict.fromkeys(country.upper() for country in countries))
    found = [rule for rule in rules if any(rule.holds(country, benefits, on=on) for country in asked)]
    covered = {rule.country for rule in found}
    return Disclosure(
        rules=tuple(sorted(found, key=lambda rule: (-rule.strictness, rule.id))),
        uncovered=tuple(country for country in asked if country not in covered),
    )


def _folded(label: str) -> str:
    return " ".join(label.casefold().split())
