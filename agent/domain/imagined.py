"""Texts that a fitting creator might write, imagined by a model: searched with, never sent or believed.

The model is a text box, and may have obeyed whoever wrote the brand's text. What it wrote can do no more than
move a ranking; still, what is no bio and no post is dropped before it gets there, or onto a screen.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from agent.domain.gate.plain import bare
from agent.domain.gate.vocabulary import INSTRUCTIONS
from agent.domain.text import folded, normal, words

LONGEST_BIO = 220
"""Characters; platforms allow 80 to 180."""
LONGEST_POST = 400
FEWEST_WORDS = 3
_LEAST_VARIED = 0.5  # different words over words; people repeat few, a model that is stuck nearly all

# links and addresses with and without a scheme, handles, numbers to call, markup, code and templates
_FOREIGN = re.compile(
    r"@|://|\bwww\.|\b[\w-]{1,63}\.[a-z]{2,10}(?:/|\s|$)|\+?\d[\d .()-]{6,20}\d|"
    r"</?[a-z!]|[{}]|\]\(|``",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(rf"(?<!\w){INSTRUCTIONS}")


class Kind(StrEnum):
    """What a text would be in a creator's profile."""

    BIO = "bio"
    POST = "post"


@dataclass(frozen=True, kw_only=True)
class Imagined:
    """A text that a fitting creator might write, in a language (ISO 639-1)."""

    kind: Kind
    language: str
    text: str


def cleaned(texts: Iterable[Imagined], *, query: str) -> tuple[Imagined, ...]:
    """Return the texts that may be searched with: plain, short, each once, and none that echoes the query.

    Dropped whole: what carries a link, an address, a handle, a telephone number or markup, what speaks to a
    model or about its instructions, and what says the same words again and again.
    """
    echo = folded(query).casefold()
    kept: dict[str, Imagined] = {}
    for each in texts:
        text = " ".join(normal(each.text).split())
        key = folded(text).casefold()
        if _is_plain(text, each.kind) and key not in echo:
            kept.setdefault(key, Imagined(kind=each.kind, language=each.language, text=text))
    return tuple(kept.values())


def of_kind(kind: Kind, language: str, texts: Iterable[str]) -> Iterator[Imagined]:
    """Return texts of one kind and language, as they are."""
    return (Imagined(kind=kind, language=language, text=text) for text in texts)


def _is_plain(text: str, kind: Kind) -> bool:
    longest = LONGEST_BIO if kind is Kind.BIO else LONGEST_POST
    return (
        words(text) >= FEWEST_WORDS
        and len(text) <= longest
        and _FOREIGN.search(text) is None
        and _INSTRUCTION.search(bare(text)) is None
        and not _is_stuck(text)
    )


def _is_stuck(text: str) -> bool:
    said = folded(text).casefold().split()
    return len(set(said)) < _LEAST_VARIED * len(said)
