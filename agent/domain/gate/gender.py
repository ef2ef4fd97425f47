"""Gender: French agrees with the reader, and nobody told us the reader's.

The sender may say « je suis ravie ». What agrees with the reader is told, with a wording that does not agree;
what agrees against the creator's own words about themselves is blocked, what agrees with them left alone.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from agent.domain.creator import Creator
from agent.domain.draft import Finding
from agent.domain.gate.agreement import (
    BIO_NOUN,
    FEMININE,
    FEMININE_END,
    GREETED,
    INCLUSIVE,
    MASCULINE,
    SAYS_OF_READER,
    SELF_F,
    SELF_M,
)
from agent.domain.gate.custom import is_several
from agent.domain.gate.native import better_for
from agent.domain.gate.plain import Plain, blanked
from agent.domain.gate.reading import Reading, Rule, Slot, block, warn


class Gender(StrEnum):
    """What a form agrees with."""

    FEMININE = "f"
    MASCULINE = "m"


def about_reader(reading: Reading) -> Iterator[Finding]:
    """Warn of forms that agree with the reader; block those against the creator's own words."""
    case = reading.case
    if case.letter.language != "fr" or case.is_in_another_language or is_several(case.creator.name):
        return
    own = own_gender(case.creator)
    for line in reading.lines:
        if line.slot is not Slot.GREETING and not any(word in line.low_own for word in _OF_READER):
            continue
        for start, end in _places(line.own.lower(), greeting=line.slot is Slot.GREETING):
            word = line.own[start:end].lower()
            gender = _gender(word)
            if own is not None and own is gender:
                continue
            span = line.plain.span(start, end).strip()
            if own is not None:
                yield block("gender.contradicted", span, _AGAINST)
                continue
            better = better_for(case.native.get("neutral", ()), word)
            advice = f"better: {better}" if better else "choose words that do not agree"
            yield warn(
                "gender.reader", span, f"This agrees with a reader whose gender nobody told us; {advice}."
            )


def inclusive(reading: Reading) -> Iterator[Finding]:
    """Warn of forms with dots or brackets: a letter to one person reads better without."""
    if reading.case.letter.language != "fr":
        return
    for line in reading.lines:
        for found in INCLUSIVE.finditer(line.own):
            better = better_for(reading.case.native.get("neutral", ()), re.split(r"[·•∙⋅(.]", found[0])[0])
            advice = f"for one reader, words that do not agree read better: {better or 'turn the sentence'}."
            yield warn("gender.inclusive", line.span(found), f"Both forms at once; {advice}")


def own_gender(creator: Creator) -> Gender | None:
    """Return the gender in which somebody writes of themselves in French; None for neither or both."""
    texts = [text for text in (creator.bio, *(post.text for post in creator.posts)) if text]
    said = [_unquoted(text) for text in texts]
    nouns = [found[1] for found in BIO_NOUN.finditer(_unquoted(creator.bio))] if creator.bio else []
    feminine = any(map(SELF_F.search, said)) or any(word in FEMININE for word in nouns)
    masculine = any(map(SELF_M.search, said)) or any(word in MASCULINE for word in nouns)
    if feminine == masculine:
        return None
    return Gender.FEMININE if feminine else Gender.MASCULINE


RULES: tuple[Rule, ...] = (about_reader, inclusive)

# What is said of a reader names the reader, or orders something
_OF_READER = ("tu", "t'", "te ", "toi", "vous", "sois", "soyez", "en tant que")
_AGAINST = "The creator writes of themselves in the other gender: change this form."


def _places(text: str, *, greeting: bool) -> Iterable[tuple[int, int]]:
    """Return where a form agrees with the reader, each place once."""
    patterns = (*SAYS_OF_READER, GREETED) if greeting else SAYS_OF_READER
    return dict.fromkeys(found.span(1) for pattern in patterns for found in pattern.finditer(text))


def _gender(word: str) -> Gender:
    single = word.removesuffix("s")
    if word in MASCULINE or single in MASCULINE:
        return Gender.MASCULINE
    feminine = (
        single in FEMININE or single in {"madame", "mademoiselle", "belle"} or FEMININE_END.search(word)
    )
    return Gender.FEMININE if feminine else Gender.MASCULINE


def _unquoted(text: str) -> str:
    plain = Plain(text)
    return blanked(plain.text, ((quoted.start, quoted.end) for quoted in plain.quoted)).lower()
