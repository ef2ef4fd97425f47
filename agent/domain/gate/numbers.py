"""Numbers and amounts of money in a text, in digits and spelled out, French and English."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from agent.domain.brand import Money
from agent.domain.gate.plain import SIMPLE, Plain, unaccented
from agent.domain.gate.sought import Sought


def _in_order(words: str) -> list[str]:
    return words.split()


_ENGLISH = {
    **{
        w: n
        for n, w in enumerate(_in_order("one two three four five six seven eight nine ten eleven twelve"), 1)
    },
    **{
        w: n
        for n, w in enumerate(_in_order("thirteen fourteen fifteen sixteen seventeen eighteen nineteen"), 13)
    },
    **{
        w: n * 10 for n, w in enumerate(_in_order("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
    },
    "hundred": 100,
    "thousand": 1000,
    "million": 1_000_000,
    "dozen": 12,
    "dozens": 12,
    "hundreds": 100,
    "thousands": 1000,
    "millions": 1_000_000,
    "twice": 2,
    "thrice": 3,
    "triple": 3,
}
_FRENCH = {
    **{
        w: n
        for n, w in enumerate(
            _in_order("un deux trois quatre cinq six sept huit neuf dix onze douze treize"), 1
        )
    },
    "quatorze": 14,
    "quinze": 15,
    "seize": 16,
    "vingt": 20,
    "vingts": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "septante": 70,
    "huitante": 80,
    "nonante": 90,
    "cent": 100,
    "cents": 100,
    "mille": 1000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "une": 1,
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "centaine": 100,
    "centaines": 100,
    "milliers": 1000,
    "millier": 1000,
}
_SPELLED = {"en": _ENGLISH, "fr": _FRENCH}
_ALONE = frozenset(
    {"one", "un", "une", "neuf", "hundred", "thousand", "million", "cent"}
)  # articles, `new`, a suffix
_MULTIPLIERS = {"k": 1000, "m": 1_000_000}

_DIGIT = re.compile(r"\d")
_DIGITS = r"\d{1,3}(?:[ .,']\d{3})+(?!\d)(?:[.,]\d{1,2})?|\d{1,15}(?:[.,]\d{1,3})?"
# A number in digits that is no part of a word or of a longer one; `k` multiplies, `6h30` is `6 h 30`
_HOURS = r"(?<![\w.,])\d{1,2}(?=[hH]\d\d(?!\w))|(?<=\d[hH])\d\d(?!\w)"
_NUMERAL = re.compile(
    rf"(?<![\w.,])(?:{_DIGITS})(?:\s?[kKM](?!\w))?(?!\d*[hH]\d\d(?!\w))|(?<=[x×#~+])(?:{_DIGITS})|{_HOURS}"
)


def _spelled(words: Iterable[str]) -> str:
    one = "|".join(sorted(words, key=len, reverse=True))
    return rf"(?:{one})(?:(?:[ -]|[ -](?:and|et)[ -])(?:{one})){{0,9}}"


_WORDS = {
    language: re.compile(rf"(?<![\w-])({_spelled(words)})(?![\w])") for language, words in _SPELLED.items()
}


def _counting(words: Iterable[str]) -> Sought:
    alone, sure = ("|".join(w for w in words if (w in _ALONE) is is_alone) for is_alone in (True, False))
    return Sought(rf"\b(?:{sure}|(?:{alone})[ -](?:(?:and|et)[ -])?(?:{alone}))")


_COUNTING = {language: _counting(words) for language, words in _SPELLED.items()}
_NOTHING = Sought(r"\b(?:(?!))")
_ANY_WORDS = _spelled({**_ENGLISH, **_FRENCH, "a": 1})
_BEFORE = r"us\$|ca\$|a\$|[$€£¥₹₩₽₿]|\b(?:eur|usd|gbp|cad|aud|chf|euros?)"
_AFTER = (
    r"us\$|[$€£¥₹₩₽₿]|k€|k\$|(?:eur|euros?|usd|gbp|cad|aud|chf|us dollars?|dollars?|bucks?|"
    r"quid|balles|pounds? sterling|livres? sterling|"
    r"pounds?(?! (?:of|heavy|lighter|heavier))|francs?(?: suisses)?|yens?|rupees?|"
    r"bitcoins?|btc|eth|usdt|grand)(?!\w)"
)
# An amount: currency before or after a number in digits or in words
_AMOUNT = re.compile(
    rf"(?:{_BEFORE})\s?({_DIGITS})(\s?[km](?!\w))?|(?<![\w])({_DIGITS})(\s?[km])?\s?(?:de |d')?({_AFTER})"
    rf"|(?<![\w-])({_ANY_WORDS})\s(?:d'|de )?({_AFTER})(?!\s?\d)"
)
# What every amount holds
_CURRENCY = re.compile(
    r"\$|€|£|¥|₹|₩|₽|₿|eur|usd|gbp|cad|aud|chf|dollar|buck|quid|balles|pound|livres|franc|yen|rupee|bitcoin|"
    r"btc|eth|grand"
)
_CURRENCIES = (
    ("EUR", ("€", "eur")),
    ("GBP", ("£", "gbp", "pound", "quid", "livre")),
    ("CHF", ("chf", "franc")),
    ("USD", ("$", "usd", "dollar", "buck", "cad", "aud", "grand")),
)
_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD"})


@dataclass(frozen=True, kw_only=True)
class Numeral:
    """A number where it stands; `values` has two members where `1,234` may be read in two ways."""

    start: int
    end: int
    values: frozenset[Decimal]


@dataclass(frozen=True, kw_only=True)
class Amount:
    """Money where it stands; `currency` is empty where it is none of ours."""

    start: int
    end: int
    values: frozenset[Decimal]
    currency: str

    def is_one_of(self, allowed: Iterable[Money]) -> bool:
        """Return whether the amount is one of those; a dollar sign stands for any dollar."""
        return any(
            money.amount in self.values
            and (money.currency == self.currency or (self.currency == "USD" and money.currency in _DOLLARS))
            for money in allowed
        )


def lowered(text: str) -> str:
    """Return the text in lower case without accents, as long as before."""
    return text.lower() if text.isascii() else _translated(text)


@lru_cache(maxsize=512)  # a letter is looked at by eighty rules
def _translated(text: str) -> str:
    return text.translate(_LOWERED)


def lowered_char(char: str) -> str:
    """Return a character in lower case without accent, or as it is where that would be more than one."""
    low = char.lower() if len(char.lower()) == 1 else char
    return bare if len(bare := unaccented(low)) == 1 else low


class _Lowered(dict[int, str]):
    """Characters in lower case, each worked out when it is met and kept where it is familiar."""

    def __missing__(self, code: int) -> str:
        low = lowered_char(chr(code))
        if chr(code) in SIMPLE:
            self[code] = low
        return low


_LOWERED = _Lowered()


def counting(language: str) -> Sought:
    """Return what any number in words of the language holds."""
    return _COUNTING.get(language, _NOTHING)


@lru_cache(maxsize=512)  # the same offer and closing stand in many letters
def numerals(text: str, language: str) -> tuple[Numeral, ...]:
    """Return the numbers of a plain text: digits, and words of the language; `one` alone is no number."""
    return tuple(_numerals(text, language))


def _numerals(text: str, language: str) -> Iterator[Numeral]:
    for found in _NUMERAL.finditer(text) if _DIGIT.search(text) else ():
        yield Numeral(start=found.start(), end=found.end(), values=_values(found[0]))
    pattern = _WORDS.get(language)
    for found in pattern.finditer(lowered(text)) if pattern else ():
        if found[0] not in _ALONE:
            value = frozenset({_value_of_words(found[0], _SPELLED[language])})
            yield Numeral(start=found.start(), end=found.end(), values=value)


@lru_cache(maxsize=512)
def values_in(text: str) -> frozenset[Decimal]:
    """Return every number that a text holds, in digits and in words of both languages."""
    plain = Plain(text).text
    spelled = (n for language in _SPELLED for n in numerals(plain, language))
    alone = (
        {Decimal(1)} if re.search(r"\b(?:one|une?|once|first|premiere?)\b", lowered(plain)) else frozenset()
    )
    return frozenset(value for numeral in spelled for value in numeral.values) | alone


def names_money(text: str) -> bool:
    """Return whether a plain text holds a currency's name or sign; without one it has no amount."""
    return _CURRENCY.search(lowered(text)) is not None


@lru_cache(maxsize=512)
def amounts(text: str) -> tuple[Amount, ...]:
    """Return the amounts of money of a plain text, in order."""
    return tuple(_amounts(text))


def money_in(text: str) -> Iterator[Money]:
    """Yield the amounts that a trusted text holds, as money."""
    for amount in amounts(Plain(text).text):
        for value in amount.values:
            yield Money(amount=value, currency=amount.currency)


def _amounts(text: str) -> Iterator[Amount]:
    low = lowered(text)
    for found in _AMOUNT.finditer(low) if _CURRENCY.search(low) else ():
        before, multiplier, after, multiplier_after, _, words, _ = found.groups()
        if words is not None:
            values = frozenset({_value_of_words(words, {**_FRENCH, **_ENGLISH, "a": 1})})
        else:
            values = _values((before or after) + (multiplier or multiplier_after or "").strip())
        yield Amount(start=found.start(), end=found.end(), values=values, currency=_currency(found[0]))


def _currency(text: str) -> str:
    return next((code for code, signs in _CURRENCIES if any(sign in text for sign in signs)), "")


def _values(written: str) -> frozenset[Decimal]:
    factor = _MULTIPLIERS.get(written[-1].lower(), 1)
    digits = written.rstrip("kKmM ").replace(" ", "").replace("'", "")
    readings = {digits.replace(",", "").replace(".", "")} if re.search(r"[.,]\d{3}(?!\d)", digits) else set()
    head, mark, tail = _last_mark(digits)
    readings.add(f"{head.replace(',', '').replace('.', '')}.{tail}" if mark else digits)
    return frozenset(Decimal(reading).normalize() * factor for reading in readings)


def _last_mark(digits: str) -> tuple[str, str, str]:
    at = max(digits.rfind(","), digits.rfind("."))
    return (digits[:at], digits[at], digits[at + 1 :]) if at >= 0 else (digits, "", "")


def _value_of_words(text: str, words: dict[str, int]) -> Decimal:
    total, current = 0, 0
    for word in re.split(r"[\s-]+", text):
        value = words.get(word)
        if value is None:
            continue
        if value == 20 and current % 100 == 4:  # noqa: PLR2004 - quatre-vingts: four times twenty
            current += 76
        elif value == 100:  # noqa: PLR2004 - hundred, cent
            current = max(1, current) * 100
        elif value >= 1000:  # noqa: PLR2004 - thousand, mille, million
            total, current = total + max(1, current) * value, 0
        else:
            current += value
    return Decimal(total + current)
