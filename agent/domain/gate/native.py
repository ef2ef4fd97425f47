"""Wordings that no native would choose, the spellings of each market, and how each writes a day.

The tables are texts in `prompts/letters`, which a brand team may read and extend; here is how they are used.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from agent.domain.draft import Finding
from agent.domain.gate.numbers import lowered
from agent.domain.gate.reading import Reading, Rule, offer_texts, warn
from agent.domain.gate.sought import Page, Sought
from agent.domain.gate.wording import Wording

_BRITISH = frozenset({"GB", "IE", "AU", "NZ"})
_SEPTANTE = frozenset({"BE", "CH"})
_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_MONTH_FIRST = Sought(rf"\b(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?\b(?!:)")
_DAY_FIRST = Sought(rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})\b")


def wordings(reading: Reading) -> Iterator[Finding]:
    """Warn of calques and of what stands in every form letter, with what a native would write."""
    native = reading.case.native
    calques, stock = native.get("calques", ()), native.get("stock", ())
    page = _own_words(reading)
    translated, worn = _by_line(page, calques), _by_line(page, stock)
    for number in sorted({*translated, *worn}):
        line = reading.lines[number]
        for found in translated.get(number, ()):
            advice = f"This reads like a translation; better: {_entry(calques, found).better}."
            yield warn("native.calque", line.span(found), advice)
        for found in worn.get(number, ()):
            better = _entry(stock, found).better
            yield warn(
                "native.stock", line.span(found), f"This stands in every form letter; better: {better}."
            )


def variants(reading: Reading) -> Iterator[Finding]:
    """Warn of spellings, dates and numbers of another market than the reader's; none known, none told."""
    country = reading.case.creator.country
    if country is None:
        return
    native = reading.case.native
    expected = _expected(
        native.get("british_and_canadian", ()), native.get("british", ()), native.get("septante", ()), country
    )
    page = _own_words(reading)
    spelt = _by_line(page, expected)
    dated = _days(page, country) if reading.case.letter.language == "en" else {}
    for number in sorted({*spelt, *dated}):
        line = reading.lines[number]
        for found in spelt.get(number, ()):
            advice = f"A reader in {country} writes “{_respelt(found, _entry(expected, found))}”."
            yield warn("language.variant", line.span(found), advice)
        for found in dated.get(number, ()):
            example = "4 October" if country in _BRITISH else "October 4"
            yield warn("language.variant", line.span(found), f"A reader in {country} writes “{example}”.")


def better_for(table: tuple[Wording, ...], word: str) -> str:
    """Return what the table has instead of a word; empty where it has nothing."""
    found = _sought(table).pattern.search(lowered(word)) if table else None
    return _entry(table, found).better if found else ""


RULES: tuple[Rule, ...] = (wordings, variants)


def _own_words(reading: Reading) -> Page:
    case = reading.case
    return reading.page_without((case.brand.name, case.brand.sender.name, *offer_texts(case.campaign.offer)))


def _by_line(page: Page, table: tuple[Wording, ...]) -> Mapping[int, list[re.Match[str]]]:
    return page.by_line(_sought(table)) if table else {}


def _entry(table: tuple[Wording, ...], found: re.Match[str]) -> Wording:
    return table[int((found.lastgroup or "w0")[1:])]


@lru_cache(maxsize=64)
def _sought(table: tuple[Wording, ...]) -> Sought:
    """Return one pattern for a whole table; the group that found something is named by its entry's number."""
    parts = "|".join(f"(?P<w{number}>{_one(entry.sought)})" for number, entry in enumerate(table))
    return Sought(rf"(?<![\w-])(?:{parts})(?![\w-])")


def _one(sought: str) -> str:
    pattern = sought.replace("*", r"\w*").replace(" ", r"\s+")
    try:
        re.compile(pattern)
    except re.error:
        return re.escape(sought)  # a brand's own entry: then it means what it says
    return pattern


@lru_cache(maxsize=64)  # of languages and countries there are few
def _expected(
    both: tuple[Wording, ...], british: tuple[Wording, ...], septante: tuple[Wording, ...], country: str
) -> tuple[Wording, ...]:
    """Return what is foreign in that country, with what is at home there."""
    if country in _BRITISH:
        spelling = (*both, *british)
    elif country == "CA":
        spelling = (*both, *map(_turned, british))
    else:
        spelling = tuple(map(_turned, (*both, *british)))
    return (*spelling, *(septante if country in _SEPTANTE else map(_turned, septante)))


def _turned(entry: Wording) -> Wording:
    ending = "*" if entry.sought.endswith("*") else ""
    return Wording(sought=entry.better + ending, better=entry.sought.removesuffix("*"))


def _respelt(found: re.Match[str], entry: Wording) -> str:
    stem = entry.sought.removesuffix("*")
    return entry.better + found[0][len(stem) :] if entry.sought.endswith("*") else entry.better


def _days(page: Page, country: str) -> Mapping[int, list[re.Match[str]]]:
    foreign = _MONTH_FIRST if country in _BRITISH else _DAY_FIRST if country == "US" else None
    return page.by_line(foreign) if foreign is not None else {}
