"""Wordings that no native would choose, the spellings of each market, and how each writes a day.

The tables are texts in `prompts/letters`, which a brand team may read and extend; here is how they are used.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from agent.domain.draft import Finding
from agent.domain.gate.numbers import lowered
from agent.domain.gate.reading import Line, Reading, Rule, offer_texts, warn
from agent.domain.gate.register import without
from agent.domain.gate.wording import Native, Wording

_BRITISH = frozenset({"GB", "IE", "AU", "NZ"})
_SEPTANTE = frozenset({"BE", "CH"})
_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_MONTH_FIRST = re.compile(rf"\b(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?\b(?!:)")
_DAY_FIRST = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})\b")


def wordings(reading: Reading) -> Iterator[Finding]:
    """Warn of calques and of what stands in every form letter, with what a native would write."""
    native = reading.case.native
    for line, text in _own_lines(reading):
        for found, entry in _found(native.get("calques", ()), text):
            advice = f"This reads like a translation; better: {entry.better}."
            yield warn("native.calque", line.span(found), advice)
        for found, entry in _found(native.get("stock", ()), text):
            advice = f"This stands in every form letter; better: {entry.better}."
            yield warn("native.stock", line.span(found), advice)


def variants(reading: Reading) -> Iterator[Finding]:
    """Warn of spellings, dates and numbers of another market than the reader's; none known, none told."""
    country = reading.case.creator.country
    if country is None:
        return
    expected = _expected(reading.case.native, country)
    for line, text in _own_lines(reading):
        for found, entry in _found(expected, text):
            advice = f"A reader in {country} writes “{_respelt(found, entry)}”."
            yield warn("language.variant", line.span(found), advice)
        if reading.case.letter.language == "en":
            yield from _days(line, text, country)


def better_for(table: tuple[Wording, ...], word: str) -> str:
    """Return what the table has instead of a word; empty where it has nothing."""
    return next((entry.better for _, entry in _found(table, lowered(word))), "")


RULES: tuple[Rule, ...] = (wordings, variants)


def _own_lines(reading: Reading) -> Iterator[tuple[Line, str]]:
    case = reading.case
    names = (case.brand.name, case.brand.sender.name, *offer_texts(case.campaign.offer))
    for line in reading.lines:
        yield line, _said(line.own, names)


@lru_cache(maxsize=512)
def _said(own: str, names: tuple[str, ...]) -> str:
    return lowered(without(own, names))


def _found(table: tuple[Wording, ...], text: str) -> Iterator[tuple[re.Match[str], Wording]]:
    if not table:
        return
    for found in _pattern(table).finditer(text):
        yield found, table[int((found.lastgroup or "w0")[1:])]


@lru_cache(maxsize=64)
def _pattern(table: tuple[Wording, ...]) -> re.Pattern[str]:
    """Return one pattern for a whole table; the group that found something is named by its entry's number."""
    parts = "|".join(f"(?P<w{number}>{_one(entry.sought)})" for number, entry in enumerate(table))
    return re.compile(rf"(?<![\w-])(?:{parts})(?![\w-])")


def _one(sought: str) -> str:
    pattern = sought.replace("*", r"\w*").replace(" ", r"\s+")
    try:
        re.compile(pattern)
    except re.error:
        return re.escape(sought)  # a brand's own entry: then it means what it says
    return pattern


def _expected(native: Native, country: str) -> tuple[Wording, ...]:
    """Return what is foreign in that country, with what is at home there."""
    both, british = native.get("british_and_canadian", ()), native.get("british", ())
    if country in _BRITISH:
        spelling = (*both, *british)
    elif country == "CA":
        spelling = (*both, *map(_turned, british))
    else:
        spelling = tuple(map(_turned, (*both, *british)))
    septante = native.get("septante", ())
    return (*spelling, *(septante if country in _SEPTANTE else map(_turned, septante)))


def _turned(entry: Wording) -> Wording:
    ending = "*" if entry.sought.endswith("*") else ""
    return Wording(sought=entry.better + ending, better=entry.sought.removesuffix("*"))


def _respelt(found: re.Match[str], entry: Wording) -> str:
    stem = entry.sought.removesuffix("*")
    return entry.better + found[0][len(stem) :] if entry.sought.endswith("*") else entry.better


def _days(line: Line, text: str, country: str) -> Iterator[Finding]:
    foreign = _MONTH_FIRST if country in _BRITISH else _DAY_FIRST if country == "US" else None
    for found in foreign.finditer(text) if foreign else ():
        example = "4 October" if country in _BRITISH else "October 4"
        yield warn("language.variant", line.span(found), f"A reader in {country} writes “{example}”.")
