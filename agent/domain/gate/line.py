"""A line of a letter: one of its sentences or slots, with what it rests on."""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from agent.domain.gate.dates import mentions, weekdays
from agent.domain.gate.numbers import lowered
from agent.domain.gate.plain import Plain, Quoted, bare
from agent.domain.gate.sought import Sought, text_of
from agent.domain.gate.vocabulary import COMMON_STEMS
from agent.domain.letter import Receipt

Answer = TypeVar("Answer")

_WORD = re.compile(r"[^\W\d_]{4,}")  # words long enough to mean something
_TOKEN = re.compile(r"[a-z]+'?")
_LEAST_QUOTED = 4  # characters; less is in every text
_EDGE = " .,;:!?…"
_STEM = 5  # letters by which forms of one word are known: `mending`, `mended`


class Slot(StrEnum):
    """Which part of the letter a line belongs to."""

    SUBJECT = "subject"
    GREETING = "greeting"
    SENTENCE = "sentence"
    CLOSING = "closing"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One sentence, or another slot of the letter, with the receipts of the sentence that it belongs to.

    `own` is its plain text with spaces for everything that is quoted and found in a receipt or a fact: what
    we say ourselves. `proofs` are the creator's texts that its receipts point to, folded, whole; `quotes`
    the stretches of them that the receipts quote truly, `days` the days of those posts.
    """

    slot: Slot
    plain: Plain
    paragraph: int
    receipts: tuple[Receipt, ...] = ()
    proofs: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    facts: tuple[str, ...] = ()
    own: str = ""
    unproved: tuple[Quoted, ...] = ()
    _answers: dict[Hashable, Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def asked(self, question: Callable[..., Answer], *given: Hashable) -> Answer:
        """Return a pure function's answer about this line and what is given; it is kept with the line.

        A greeting, an offer or a closing stands in many letters: it is looked at once.
        """
        key = (question, given)
        if key not in self._answers:
            self._answers[key] = question(self, *given)
        answer: Answer = self._answers[key]
        return answer

    def told(self, rule: Callable[..., Iterable[Answer]], *given: Hashable) -> tuple[Answer, ...]:
        """Return all that a rule says of this line and what is given; it is kept as in `asked`."""
        key = (rule, given)
        if key not in self._answers:
            self._answers[key] = tuple(rule(self, *given))
        answers: tuple[Answer, ...] = self._answers[key]
        return answers

    @cached_property
    def about_creator(self) -> bool:
        """Whether one of its receipts points to the creator's own words."""
        return any(receipt.about_creator for receipt in self.receipts)

    def span(self, found: re.Match[str]) -> str:
        """Return what a pattern found, as it stands in the letter."""
        return self.plain.span(found.start(), found.end()).strip()

    @cached_property
    def low(self) -> str:
        """Its plain text in lower case without accents."""
        return lowered(self.plain.text)

    @cached_property
    def low_own(self) -> str:
        """Its own words in lower case without accents."""
        return self.low if self.own == self.plain.text else lowered(self.own)

    def first(self, sought: Sought) -> re.Match[str] | None:
        """Return what is found first in its own words, in lower case without accents."""
        return text_of(self.low_own).first(sought)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its plain text."""
        return stems(self.plain.text)

    @cached_property
    def own_stems(self) -> frozenset[str]:
        """The stems of its own words."""
        return self.stems if self.own == self.plain.text else stems(self.own)

    @cached_property
    def small_words(self) -> frozenset[str]:
        """The words and elided words of its own words, to tell a language by."""
        return small_words(self.low_own)

    @cached_property
    def is_grounded(self) -> bool:
        """Whether it repeats a word of what its receipts quote from the creator, or names its day."""
        quotes = " ".join(self.quotes)
        return self.is_dated or bool(self.stems & stems(quotes)) or self._quotes_from(bare(quotes))

    def _quotes_from(self, quotes: str) -> bool:
        # “lot 8”: too short for a stem, and theirs all the same; figures alone tell nothing of anybody
        words = (bare(quoted.words).strip(_EDGE) for quoted in self.plain.quoted)
        return any(
            len(word) >= _LEAST_QUOTED and word in quotes and any(map(str.isalpha, word)) for word in words
        )

    @cached_property
    def is_dated(self) -> bool:
        """Whether it names the day, or the weekday, of a post that its receipts point to."""
        named = [mention for mention in mentions(self.own) if mention.day is not None]
        week = {number for _, number in weekdays(self.own)}
        return any(day.weekday() in week or any(m.fits(day) for m in named) for day in self.days)


def small_words(low: str) -> frozenset[str]:
    """Return the words of a text in lower case; `j'` counts as itself and as `j`."""
    tokens = frozenset(_TOKEN.findall(low))
    return tokens | frozenset(token.rstrip("'") for token in tokens)


@lru_cache(maxsize=1024)
def stems(text: str) -> frozenset[str]:
    """Return the beginnings of the words that mean something, without accents and case."""
    return frozenset(word[:_STEM] for word in _WORD.findall(bare(text))) - COMMON_STEMS


@lru_cache(maxsize=1024)
def roots(text: str) -> frozenset[str]:
    """Return stems a letter shorter: a tense changes the fifth one, as in « garde », « gardait »."""
    return frozenset(stem[: _STEM - 1] for stem in stems(text))
