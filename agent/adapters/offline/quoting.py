"""Finds what a letter may quote: short passages that stand on their own, and texts to keep away from."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import prompts
from agent.domain.text import hidden, words

LEAST, MOST = 4, 14
"""Words of a quotation."""
LEAST_SAID = 2
"""Content words of a quotation: `27 out of 27` says nothing alone."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
# Where a passage may begin or end: a comma or dash with its space, a colon, a bullet, an emoji
_SYMBOLS = r"\u2022\u00b7\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff"
_CLAUSE_END = re.compile(rf"[,;:]\s+|\s[-–—]\s|\.{{3}}|[…|();:!?{_SYMBOLS}]")
_HASHTAGS = re.compile(r"\s#")
# What a passage never holds: quotation marks, marks of mark-up, addresses and amounts, and any symbol
_FOREIGN = re.compile(r"[^\w\s.,'’%°&–—-]|_")
_ADDRESS = re.compile(
    r"https?|hxxp|www\.|\w@\w|\w\.(?:com|net|org|fr|io|co|example|link|me|app|shop)\b|</?\w+|\[[^\]]*\]\(",
    re.IGNORECASE,
)
_MONEY = re.compile(r"[$€£¥]|\b(?:euros?|dollars?|usd|eur|bucks)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_ENDS = " \t\n.,;:!?…–—-·'’"
_LONE_FIGURE = re.compile(r",\s*\d+$")
_TELLING = 4
_STEM = 5


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The word lists of a language, from `prompts/letters/quoting`."""

    bad_starts: frozenset[str]
    weak_starts: tuple[str, ...]
    bad_ends: frozenset[str]
    second_person: frozenset[str]
    reader: tuple[str, ...]
    delicate: tuple[str, ...]
    paid: tuple[str, ...]
    calls: tuple[str, ...]
    orders: tuple[str, ...]
    joints: frozenset[str]
    small_words: frozenset[str]
    we: frozenset[str]
    empty: frozenset[str]

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, lists: prompts.Prompt) -> "Rules":
        """Return the rules that a text file holds."""
        held = prompts.phrases_of(lists)
        return cls(
            bad_starts=frozenset(held.words("bad_starts")),
            weak_starts=held.words("weak_starts"),
            bad_ends=frozenset(held.words("bad_ends")),
            second_person=frozenset(held.words("second_person")),
            reader=held.words("reader"),
            delicate=held.words("delicate"),
            paid=held.words("paid"),
            calls=held.words("calls"),
            orders=held.words("orders"),
            joints=frozenset(held.words("joints")),
            we=frozenset(held.words("we")),
            small_words=frozenset(held.words("small_words")),
            empty=frozenset(held.words("empty")),
        )


@dataclass(frozen=True, kw_only=True)
class Passage:
    """An exact piece of a text. `whole`: a complete sentence; `leads`: it begins where a sentence does."""

    text: str
    whole: bool
    leads: bool
    weak: bool


def passages(text: str, rules: Rules) -> tuple[Passage, ...]:
    """Return what could be quoted from a text: exact substrings of 4 to 14 words at natural boundaries."""
    found: list[Passage] = []
    for sentence in _SENTENCE_END.split(text):
        found += tuple(_within(sentence, rules)) or _shortened(sentence, rules)
    return tuple(dict.fromkeys(found))


def is_suspicious(original: str, text: str, rules: Rules) -> bool:
    """Return whether a text hides characters, carries addresses or speaks to machines: it is never quoted."""
    if hidden(original) or _ADDRESS.search(text):
        return True
    return has_any(text, rules.orders)


def is_delicate(text: str, rules: Rules) -> bool:
    """Return whether a text is about something that a brand does not touch: illness, grief, belief."""
    return has_any(text, rules.delicate)


def is_paid(text: str, rules: Rules) -> bool:
    """Return whether a text is advertising for somebody."""
    folded = text.casefold()
    return any(mark in folded for mark in rules.paid)


def has_any(text: str, listed: Iterable[str]) -> bool:
    """Return whether the text has one of the words or phrases, as whole words."""
    words_listed = tuple(listed)
    return bool(words_listed) and _one_of(words_listed).search(text.casefold()) is not None


def stems(text: str, rules: Rules) -> frozenset[str]:
    """Return what the text is about: the beginnings of its content words, without accents."""
    return _stems(text, rules.empty)


@lru_cache(maxsize=64)
def _one_of(listed: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})(?!\w)")


@lru_cache(maxsize=4096)  # each passage is laid beside each fact
def _stems(text: str, empty: frozenset[str]) -> frozenset[str]:
    found = (word.casefold() for word in _WORD.findall(text))
    return frozenset(_stem(word) for word in found if len(word) >= _TELLING and word not in empty)


@lru_cache(maxsize=16_384)
def _stem(word: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")
    return bare.removesuffix("s").removesuffix("x")[:_STEM]


def _within(sentence: str, rules: Rules) -> Iterator[Passage]:
    bounds = [found.span() for found in _CLAUSE_END.finditer(sentence)]
    ends = [start for start, _ in bounds] + [found.start() for found in _HASHTAGS.finditer(sentence)]
    for start in sorted({0, *(end for _, end in bounds)}):
        for end in sorted({*ends, len(sentence)}):
            text = sentence[start:end].strip(_ENDS) if end > start else ""
            before, after = sentence[:start].strip(_ENDS), sentence[end:].strip()
            if not text or after.startswith("?") or sentence[start:end].rstrip().endswith("?"):
                continue
            whole = not before and not after.strip(_ENDS)
            if _is_quotable(text, rules, whole=whole):
                weak = _begins(text, rules.weak_starts)
                yield Passage(text=text, whole=whole, leads=not before, weak=weak)


def _shortened(sentence: str, rules: Rules) -> tuple[Passage, ...]:
    """Return the beginning of a long sentence, up to where a new phrase starts (`… in the garden`)."""
    if words(sentence) <= MOST or "?" in sentence:
        return ()
    ends = [found.start() for found in _WORD.finditer(sentence) if found.group().casefold() in rules.joints]
    cut = [sentence[:end].strip(_ENDS) for end in ends]
    good = [text for text in cut if words(text) > LEAST and _is_quotable(text, rules, whole=False)]
    return tuple(
        Passage(text=text, whole=False, leads=True, weak=_begins(text, rules.weak_starts))
        for text in good[-1:]
    )


def _is_quotable(text: str, rules: Rules, *, whole: bool) -> bool:
    if not LEAST <= words(text) <= MOST or _FOREIGN.search(text) or not text[0].isalnum():
        return False
    spoken = [word.casefold() for word in re.findall(r"[^\W_]+", text)]
    if not whole and spoken[0] in rules.bad_starts:
        return False
    if spoken[-1] in rules.bad_ends or _MONEY.search(text) or _LONE_FIGURE.search(text):
        return False
    if len(stems(text, rules)) < LEAST_SAID or has_any(text, rules.calls):
        return False
    return not rules.second_person.intersection(spoken)


def _begins(text: str, starts: tuple[str, ...]) -> bool:
    folded = text.casefold().replace("’", "'")
    return any(
        re.match(rf"{re.escape(start)}\b", folded) for start in (one.replace("’", "'") for one in starts)
    )
