"""How times, numbers and terms are written for one reader, in one language and one zone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from statistics import median
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_currency, format_decimal, format_percent
from markupsafe import Markup

from agent.domain.brand import Money
from agent.domain.creator import Creator
from agent.domain.text import hidden
from agent.web.sayings import Sayings
from agent.web.translations import LANGUAGES, Tongue

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Formats:
    """Filters of the templates."""

    tongue: Tongue
    zone: ZoneInfo
    sayings: Sayings

    def told(self, sentence: str) -> str | Markup:
        """Return one of the program's sentences in the reader's language, or marked as English."""
        if self.tongue.language == LANGUAGES[0]:
            return sentence
        said = self.sayings.told(sentence)
        return Markup('<span lang="en">{}</span>').format(sentence) if said is None else said

    def complaint(self, words: str) -> str | Markup:
        """Return what is wrong with a field as a sentence: a reader of files says it as the end of one."""
        said = self.told(words)
        if isinstance(said, Markup):
            return said
        first = said[:1].upper() + said[1:]
        return first if first.endswith((".", "?", "!")) else f"{first}."

    def when(self, instant: datetime) -> Markup:
        """Return a moment in the reader's zone, exact on hover: `12 Sept 2026, 16:30`."""
        local = instant.astimezone(self.zone)
        shown = format_datetime(local, "d MMM y, HH:mm", locale=self.tongue.locale)
        exact = format_datetime(local, "full", locale=self.tongue.locale)
        return Markup('<time datetime="{}" title="{}">{}</time>').format(instant.isoformat(), exact, shown)

    def day(self, day: date) -> Markup:
        """Return a date: `12 Sept 2026`."""
        shown = format_date(day, "d MMM y", locale=self.tongue.locale)
        return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), shown)

    def weekday(self, day: date) -> Markup:
        """Return a near date by its day of the week: `Saturday 12 Sept`."""
        shown = format_date(day, "EEEE d MMM", locale=self.tongue.locale)
        return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), shown)

    def age(self, length: timedelta) -> str:
        """Return about how long: `3 days`."""
        return _age(length if length < _HOUR else length // _MINUTE * _MINUTE, self.tongue.locale)

    def number(self, value: float) -> str:
        """Return a number with the language's separators."""
        return format_decimal(value, locale=self.tongue.locale)

    def decimals(self, value: Decimal) -> str:
        """Return an amount without its currency, with two decimals."""
        return format_decimal(value, format="#,##0.00", locale=self.tongue.locale)

    def score(self, value: float) -> str:
        """Return a score with two decimals."""
        return format_decimal(value, format="0.00", locale=self.tongue.locale)

    def percent(self, value: float) -> str:
        """Return a share of one with one decimal at most."""
        pattern = self.tongue.locale.percent_formats[None].pattern.replace("#,##0", "#,##0.#")
        return format_percent(value, format=pattern, locale=self.tongue.locale)

    def money(self, money: Money) -> str:
        """Return an amount in its currency; whole amounts without cents."""
        whole = money.amount == money.amount.to_integral_value()
        pattern = self.tongue.locale.currency_formats["standard"].pattern.replace(".00", "")
        return format_currency(
            money.amount,
            money.currency,
            format=pattern if whole else None,
            currency_digits=not whole,
            locale=self.tongue.locale,
        )

    def language_name(self, code: str) -> str:
        """Return a language's name; its code where it has none."""
        return _language_name(code, self.tongue.locale)

    def country_name(self, code: str) -> str:
        """Return a country's name; its code where it has none."""
        return str(self.tongue.locale.territories.get(code, code))


# the same in nearly every row of a list
@lru_cache(maxsize=1024)
def _age(length: timedelta, locale: Locale) -> str:
    return format_timedelta(length, threshold=1.2, locale=locale)


@lru_cache(maxsize=1024)
def _language_name(code: str, locale: Locale) -> str:
    try:
        return Locale.parse(code).get_language_name(locale) or code
    except (UnknownLocaleError, ValueError):
        return code


def reacting(creator: Creator) -> tuple[float, int] | None:
    """Return the median share of followers who like or comment on a post, and over how many posts."""
    counts = [(post.likes or 0) + (post.comments or 0) for post in creator.posts if post.likes is not None]
    if not counts or not creator.followers:
        return None
    return median(counts) / creator.followers, len(counts)


def code_points(text: str) -> str:
    """Return the hidden characters of a text by name, for a person who cannot see them."""
    return " ".join(hidden(text))
