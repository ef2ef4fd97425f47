"""Public holidays by country; the library loads with the first question."""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase


def public_holiday(country: str | None, day: date) -> str:
    """Return the name of the country's public holiday on a day, in English where there is one.

    Empty on other days, and for countries that the library does not know.
    """
    return _calendar(country or "", day.year).get(day) or ""


@cache
def _calendar(country: str, year: int) -> "HolidayBase | dict[date, str]":
    from holidays import country_holidays

    try:
        return country_holidays(country, years=year, language="en_US")
    except NotImplementedError:
        return {}
