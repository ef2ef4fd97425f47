"""Terms of a brand file as people write them: money, hours, rates, days."""

import re
from datetime import date, time
from decimal import Decimal
from functools import cache

import yaml
from babel import Locale
from babel.numbers import is_currency

from agent.adapters.sources import places, values
from agent.adapters.sources.values import BadValue
from agent.adapters.sources.yamltree import quoted, text
from agent.domain.brand import Money, Window

_SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "US$": "USD", "CA$": "CAD"}
_AMOUNT = re.compile(
    r"(?P<before>[^\d\s.,-]*)\s*(?P<number>\d[\d .,\u00a0\u202f]*?)\s*(?P<after>[^\d\s.,-]*)"
)
_NUMBER = re.compile(
    r"(?P<whole>\d{1,3}(?P<mark>[ .,])\d{3}(?:(?P=mark)\d{3})*|\d+)(?:[.,](?P<cents>\d{1,2}))?"
)
_HOURS = re.compile(r"(\d{1,2})(?:[:h](\d{2})?)?\s*(?:[-–]|à|to)\s*(\d{1,2})(?:[:h](\d{2})?)?")
_SMALL_WORDS = re.compile(r"\b(du|de|from)\b")
_RATE = re.compile(r"(\d{1,3})([.,]\d+)?\s?%")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAILY = frozenset({"daily", "every day", "tous les jours", "7/7"})
_ALWAYS = frozenset({"always", "toujours"})
_WEEK = 7


def money(node: yaml.Node) -> Money:
    """Return an amount with its currency: `35 EUR`, `35 €`, `$28`, `1 200,50 €`."""
    found = _AMOUNT.fullmatch(text(node))
    number = _NUMBER.fullmatch(_plain_spaces(found["number"])) if found else None
    names = [name for name in (found["before"], found["after"]) if name] if found else []
    if found is None or number is None:
        raise BadValue(f'{quoted(node)} is no amount; write for example "35 EUR"')
    if not names:
        raise BadValue(f'{quoted(node)} has no currency; write for example "{found["number"]} EUR"')
    currency = _SYMBOLS.get(names[0], names[0])
    if len(names) > 1 or not (currency.isupper() and is_currency(currency)):
        raise BadValue(f'{quoted(node)} is no amount; write for example "{found["number"]} EUR"')
    whole = re.sub(r"\D", "", number["whole"])
    amount = Decimal(f"{whole}.{number['cents']}" if number["cents"] else whole)
    if amount <= 0:
        raise BadValue(f"{quoted(node)} is nothing; leave it out or write null")
    return Money(amount=amount, currency=currency)


def window(node: yaml.Node) -> Window:
    """Return when letters may leave: `always`, `Mon-Fri 09:00-18:00`, `lun-ven 9h-18h`, `Mon, Wed 9-12`."""
    written = " ".join(_SMALL_WORDS.sub(" ", text(node).lower()).split())
    if written in _ALWAYS:
        return Window(always=True)
    hours = _HOURS.search(written)
    if hours is None or hours.end() != len(written):
        raise BadValue(f'{quoted(node)} is no window; write "Mon-Fri 09:00-18:00" or always')
    try:
        start, end = _clock(hours[1], hours[2]), _clock(hours[3], hours[4])
    except ValueError as error:
        raise BadValue(f"{quoted(node)} names an hour that no clock shows") from error
    if start >= end:
        raise BadValue(f"{quoted(node)} ends before it starts; it begins and ends on the same day")
    return Window(days=_days(written[: hours.start()], node), start=start, end=end)


def sum_of_money(node: yaml.Node) -> Decimal:
    """Return an amount above 0 in the currency of the model's prices: `20`, `12.50`."""
    number = _NUMBER.fullmatch(_plain_spaces(text(node)))
    if number is None:
        raise BadValue(
            f'{quoted(node)} is no amount; write for example "12.50", in the currency of '
            "NANOREACH_INPUT_PRICE"
        )
    whole = re.sub(r"\D", "", number["whole"])
    amount = Decimal(f"{whole}.{number['cents']}" if number["cents"] else whole)
    if amount <= 0:
        raise BadValue(f"{quoted(node)} must be more than 0")
    return amount


def rate(node: yaml.Node) -> str:
    """Return a share of sales as the brand words it: `10%`."""
    written = text(node)
    if not _RATE.fullmatch(written):
        raise BadValue(f'{quoted(node)} is no rate; write for example "10%"')
    return written


def day(node: yaml.Node) -> date:
    """Return a date in the one form that nobody reads two ways."""
    written = text(node)
    try:
        return date.fromisoformat(written) if _DATE.fullmatch(written) else _no_date(node)
    except ValueError:
        return _no_date(node)


def whole(node: yaml.Node) -> int:
    """Return a whole number of people, letters or days, 0 or more."""
    return values.count(text(node))


def positive(node: yaml.Node) -> int:
    """Return a whole number from 1 on."""
    number = whole(node)
    if number < 1:
        raise BadValue(f"{quoted(node)} must be 1 or more")
    return number


def yes_or_no(node: yaml.Node) -> bool:
    """Return an answer: yes, no, or what else people write for it in French and English."""
    return values.yes_or_no(text(node))


def weight(node: yaml.Node) -> float:
    """Return the weight of a value, above 0."""
    try:
        number = float(text(node).replace(",", "."))
    except ValueError as error:
        raise BadValue(f"{quoted(node)} is no number") from error
    if not 0 < number < float("inf"):
        raise BadValue(f"{quoted(node)} is no weight; it must be above 0")
    return number


def bounds(node: yaml.Node) -> tuple[int | None, int | None]:
    """Return the least and the most followers: `[1000, 10000]`, null for an open end."""
    if not isinstance(node, yaml.SequenceNode) or len(node.value) != 2:  # noqa: PLR2004 - two ends
        raise BadValue("must be [least, most]; null leaves an end open")
    least, most = (
        None if values.is_nothing(end.value) or end.value == "~" else whole(end) for end in node.value
    )
    if least is not None and most is not None and least > most:
        raise BadValue(f"the least ({least}) is above the most ({most})")
    return least, most


def country(node: yaml.Node) -> str:
    """Return ISO 3166-1 alpha-2 for a code or a name."""
    return places.country(text(node))


def language(node: yaml.Node) -> str:
    """Return ISO 639-1 for a code or a name."""
    found = places.language(text(node))
    if found is None:
        raise BadValue(f"{quoted(node)} is no language; write for example fr")
    return found


def email(node: yaml.Node) -> str:
    """Return an e-mail address."""
    return values.email(text(node))


def web_address(node: yaml.Node) -> str:
    """Return an http or https address."""
    return values.web_address(text(node))


def _plain_spaces(number: str) -> str:
    return " ".join(number.split())


def _no_date(node: yaml.Node) -> date:
    raise BadValue(f"{quoted(node)} is no date; write for example 2026-11-30")


def _clock(hour: str, minute: str | None) -> time:
    return time(int(hour), int(minute or 0))


def _days(written: str, node: yaml.Node) -> frozenset[int]:
    if written.strip() in _DAILY:
        return frozenset(range(_WEEK))
    days: set[int] = set()
    for part in re.split(r"[,+&]| et | and ", written.strip(" ,:")):
        ends = [_weekday(name, node) for name in re.split(r"\s*[-–]\s*| to | au | à ", part.strip())]
        first, last = ends[0], ends[-1]
        days |= {(first + ahead) % _WEEK for ahead in range((last - first) % _WEEK + 1)}
    return frozenset(days)


def _weekday(name: str, node: yaml.Node) -> int:
    found = _weekdays().get(name.strip().rstrip("."))
    if found is None:
        raise BadValue(f'{quoted(node)} is no window; write "Mon-Fri 09:00-18:00" or always')
    return found


@cache
def _weekdays() -> dict[str, int]:
    names = {
        name.lower().rstrip("."): number
        for locale in ("en", "fr")
        for width in ("abbreviated", "wide")
        for number, name in Locale(locale).days["format"][width].items()
    }
    return names | {"tues": 1, "thur": 3, "thurs": 3}
