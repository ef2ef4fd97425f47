"""Feasts that people count from: “after Easter”, « après Noël »."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

_NOVEMBER = 11
_THURSDAY = 3


def feast(name: str, *, today: date) -> date:
    """Return the day on which a feast of `DAYS` falls next, today included."""
    day = DAYS[name]
    this_year = day(today.year)
    return this_year if this_year >= today else day(today.year + 1)


def _easter(year: int) -> date:
    """Return Easter Sunday by Gauss's rule, in the form that needs no exceptions before 2200."""
    golden, century = year % 19, year // 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    days = moon + week - 7 * late + 114
    return date(year, days // 31, days % 31 + 1)


def _thanksgiving(year: int) -> date:
    """Return the fourth Thursday of November, as the United States keep it (5 U.S.C. 6103)."""
    first = date(year, _NOVEMBER, 1)
    return first + timedelta(days=(_THURSDAY - first.weekday()) % 7 + 21)


def _christmas(year: int) -> date:
    return date(year, 12, 25)


def _new_year(year: int) -> date:
    return date(year, 1, 1)


DAYS: Mapping[str, Callable[[int], date]] = {
    "easter": _easter,
    "paques": _easter,
    "thanksgiving": _thanksgiving,
    "christmas": _christmas,
    "xmas": _christmas,
    "noel": _christmas,
    "new year's": _new_year,
    "nouvel an": _new_year,
    "jour de l'an": _new_year,
}
"""The day of each feast in a year, by its French and English names in plain letters."""
