"""Dates as exports write them."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache

from babel import Locale

from agent.adapters.sources.values import BadValue, shown

_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[ T,]+\d{1,2}[:h]\d{2}.*)?")
_DAY_MONTH = re.compile(r"(?:[^\W\d]+\.?,? )?(\d{1,2})(?:er|st|nd|rd|th)? ([^\W\d]+)\.?,? (\d{4})\b.*")
_MONTH_DAY = re.compile(r"(?:[^\W\d]+\.?,? )?([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b.*")
_SECONDS = re.compile(r"1\d{9}(\d{3})?(\.\d+)?")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?")
_FIRST_YEAR = 1990  # nobody posted before; earlier dates are a default or a mistake
_MONTHS = 12
_SECONDS_LONG = 10


def day(value: object, *, day_first: bool | None = None) -> date:
    """Return a date: ISO 8601, a Unix time, numbers with a four-digit year, or a month's name.

    A date-time gives the day it was written with. `day_first` decides what `03/04/2026` means; None: nothing.
    """
    text = " ".join(str(value).split())
    try:
        found = _parsed(text, day_first=day_first)
    except (ValueError, OverflowError, OSError):
        found = None
    if found is None:
        raise BadValue(f"{shown(value)} is no date that can be read in one way only")
    if found.year < _FIRST_YEAR:
        raise BadValue(f"{shown(value)} is too long ago to be right")
    return found


def writes_day_first(values: Iterable[str]) -> bool | None:
    """Return whether a column of dates puts the day before the month, where one of its dates can tell."""
    answers: set[bool] = set()
    for value in values:
        found = _NUMERIC.fullmatch(" ".join(value.split()))
        if found is not None:
            first, second = int(found[1]), int(found[3])
            if max(first, second) > _MONTHS:
                answers.add(first > _MONTHS)
    return answers.pop() if len(answers) == 1 else None


def _parsed(text: str, *, day_first: bool | None) -> date | None:
    if found := _ISO.fullmatch(text):
        return date.fromisoformat(found[1])
    if found := _SECONDS.fullmatch(text):
        seconds = int(text[:_SECONDS_LONG])
        return datetime.fromtimestamp(seconds, UTC).date()
    if found := _NUMERIC.fullmatch(text):
        # dots are written where the day comes first
        first = True if found[2] == "." else day_first
        return _numeric(int(found[1]), int(found[3]), int(found[4]), day_first=first)
    if found := _DAY_MONTH.fullmatch(text):
        return _named(found[2], int(found[1]), int(found[3]))
    if found := _MONTH_DAY.fullmatch(text):
        return _named(found[1], int(found[2]), int(found[3]))
    return None


def _numeric(first: int, second: int, year: int, *, day_first: bool | None) -> date | None:
    if first > _MONTHS or first == second or day_first:
        return date(year, second, first)
    if second > _MONTHS or day_first is False:
        return date(year, first, second)
    return None


def _named(month: str, number: int, year: int) -> date | None:
    found = _months().get(month.lower())
    return date(year, found, number) if found else None


@cache
def _months() -> dict[str, int]:
    names = {
        name.lower().rstrip("."): number
        for locale in ("en", "fr")
        for width in ("abbreviated", "wide")
        for number, name in Locale(locale).months["format"][width].items()
    }
    return names | {"sept": 9}
