"""Dates in a text: days, months, weekdays and words such as yesterday, French and English."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain

from agent.domain.almanac import MONTHS, WEEKDAYS
from agent.domain.gate.numbers import lowered

_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_LONG = (
    "january|february|april|june|july|august|september|october|november|december|janvier|"
    "fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|"
    "novembre|decembre"
)
_UNMISTAKABLE = (*_LONG.split("|"), "may", "march")
_DIGIT = re.compile(r"\d")
# 2026-09-12; 12 septembre 2026, 1er mai; October 4th, 2026; the 4th of October; 12/09/2026
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(rf"(?<!\w)(\d{{1,2}})(?:er|st|nd|rd|th)?(?:\sof)?\s({_NAMES})\b(?:\.?,?\s(\d{{4}}))?")
_MONTH_FIRST = re.compile(rf"\b({_NAMES})\.?\s(\d{{1,2}})(?:st|nd|rd|th)?(?!\w|[.,]?\d)(?:,?\s(\d{{4}}))?")
_NUMERIC = re.compile(r"(?<![\d/.])(\d{1,2})([/.])(\d{1,2})\2(\d{4}|\d{2})(?![\d/.]?\d)")
_SHORT = re.compile(r"\b(?:le|du|on|the|au)\s(\d{1,2})/(\d{1,2})(?![\d/])")
# A month alone: unmistakable names anywhere, `May`, `March` and « mars » after a word of time
_ALONE = re.compile(
    rf"\b({_LONG})\b(?:\s(\d{{4}}))?|\b(?:in|last|since|of|by|this|early|late|mid|back in|"
    rf"until|from)[ -](may|march)\b(?:\s(\d{{4}}))?"
)
_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})s?\b")
# How many days ago, at least and at most
_RELATIVE = (
    (re.compile(r"\b(?:yesterday|hier|last night)\b"), 1, 1),
    (re.compile(r"\b(?:avant-hier|the day before yesterday)\b"), 2, 2),
    (re.compile(r"\b(?:this morning|today's|ce matin|earlier today)\b"), 0, 0),
    (re.compile(r"\b(?:this week|cette semaine)\b"), 0, 7),
    (re.compile(r"\b(?:last week|la semaine derniere|la semaine passee)\b"), 1, 14),
)

_LAST = (
    (re.compile(r"\b(?:last month|le mois dernier|le mois passe)\b"), 1),
    (re.compile(r"\b(?:last year|l'an dernier|l'annee derniere|l'an passe)\b"), 12),
)


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A date as a text names it; what it does not name is None."""

    start: int
    end: int
    day: int | None
    month: int
    year: int | None

    def fits(self, day: date) -> bool:
        """Return whether it can be that day."""
        return self.month == day.month and self.day in {None, day.day} and self.year in {None, day.year}

    def within(self, other: "Mention") -> bool:
        """Return whether another mention says at least as much, and the same."""
        return self.month == other.month and self.day in {None, other.day} and self.year in {None, other.year}


@lru_cache(maxsize=512)
def mentions(text: str) -> tuple[Mention, ...]:
    """Return the dates that a plain text names, in order, none inside another."""
    low = lowered(text)
    if not _DIGIT.search(low) and not any(name in low for name in _UNMISTAKABLE):
        return ()
    found = sorted(chain(_full(low), _numeric(low), _alone(text, low)), key=lambda m: (m.start, -m.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)


def weekdays(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Yield the weekdays that a plain text names, Monday as 0."""
    return ((found, WEEKDAYS[found[1]]) for found in _WEEKDAY.finditer(lowered(text)))


def relatives(text: str) -> Iterator[tuple[re.Match[str], int, int]]:
    """Yield the words for days gone by, with the least and the greatest number of days that they mean."""
    low = lowered(text)
    return ((found, least, most) for pattern, least, most in _RELATIVE for found in pattern.finditer(low))


def last_periods(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Yield the words for the month or the year before this one, with its length in months."""
    low = lowered(text)
    return ((found, months) for pattern, months in _LAST for found in pattern.finditer(low))


def is_last(day: date, today: date, months: int) -> bool:
    """Return whether the day lies in the month (1) or the year (12) before today's."""
    if months == 1:
        return (today.year * 12 + today.month) - (day.year * 12 + day.month) == 1
    return today.year - day.year == 1


def ago(days: Iterable[date], today: date, *, least: int, most: int) -> bool:
    """Return whether one of the days is that long ago, a day more or less for the zones of the earth."""
    return any(least - 1 <= (today - day).days <= most + 1 for day in days)


def _full(low: str) -> Iterator[Mention]:
    for m in _ISO.finditer(low):
        yield from _mention(m, day=m[3], month=int(m[2]), year=m[1])
    for m in _DAY_FIRST.finditer(low):
        yield from _mention(m, day=m[1], month=MONTHS[m[2]], year=m[3])
    for m in _MONTH_FIRST.finditer(low):
        yield from _mention(m, day=m[2], month=MONTHS[m[1]], year=m[3])


def _numeric(low: str) -> Iterator[Mention]:
    for m in _NUMERIC.finditer(low):
        year = m[4] if len(m[4]) == 4 else f"20{m[4]}"  # noqa: PLR2004 - four digits of a year
        yield from _either(m, m[1], m[3], year)
    for m in _SHORT.finditer(low):
        yield from _either(m, m[1], m[2], None)


def _either(m: re.Match[str], first: str, second: str, year: str | None) -> Iterator[Mention]:
    day_first = int(second) <= 12  # noqa: PLR2004 - months; 12/09 is read as in France, 09/28 as in the US
    day, month = (first, second) if day_first else (second, first)
    yield from _mention(m, day=day, month=int(month), year=year)


def _alone(text: str, low: str) -> Iterator[Mention]:
    for m in _ALONE.finditer(low):
        name, year, at = (m[1], m[2], m.start(1)) if m[1] else (m[3], m[4], m.start(3))
        if name in {"april", "june", "august"} and text[m.start()].islower():
            continue  # not months without their capital
        yield Mention(start=at, end=m.end(), day=None, month=MONTHS[name], year=int(year) if year else None)


def _mention(m: re.Match[str], *, day: str | None, month: int, year: str | None) -> Iterator[Mention]:
    if 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        yield Mention(
            start=m.start(),
            end=m.end(),
            day=int(day) if day else None,
            month=month,
            year=int(year) if year else None,
        )
