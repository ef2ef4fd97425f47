"""A creator's words, sentence by sentence, in the form in which rules read them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from agent.domain.creator import BIO, Creator, Post
from agent.domain.fit import Quotation
from agent.domain.quoting import LONGEST

# Ends of sentences, and the signs that people put between the pieces of a bio
_BREAK = re.compile(r"(?<=[.!?…])\s+|\s*\n\s*|\s*[|•·◆✦✧☆★♡]+\s*|\s+[-–—/]\s+")
_SIGNS = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "–": "-", "—": "-", "‑": "-", "\u202f": " ", "\xa0": " "}
_LEAST = 2


@dataclass(frozen=True, kw_only=True)
class Line:
    """One sentence: exactly as written, and bare (lower case, no accents), character by character alike."""

    ref: str
    text: str
    bare: str
    published_on: date | None = None

    @property
    def is_bio(self) -> bool:
        """Whether it stands in the bio, where every word is about its author."""
        return self.ref == BIO

    def quotation(self, start: int, end: int) -> Quotation:
        """Return the sentence as evidence, cut around the place where it is too long."""
        return Quotation(
            ref=self.ref, quote=_around(self.text, start, end).strip(), published_on=self.published_on
        )


def lines_of(creator: Creator, *, bio: bool = True) -> tuple[Line, ...]:
    """Return the sentences of the bio and of the posts that may be quoted, in this order.

    What a directory gathered as hashtags is left out: nobody said it.
    """
    said = _lines(BIO, creator.bio, None) if bio else ()
    posts = (line for post in creator.posts for line in lines_of_post(post))
    return (*said, *posts)


def lines_of_post(post: Post) -> tuple[Line, ...]:
    """Return the sentences of a post; none where it may not be quoted."""
    return _lines(post.key, post.text, post.published_on) if post.is_quotable else ()


def lines_of_text(text: str) -> tuple[Line, ...]:
    """Return the sentences of a text that is no creator's, such as a brand's value."""
    return _lines("", text, None)


@lru_cache(maxsize=4096)
def bared(text: str) -> str:
    """Return the text in lower case without accents, with one kind of apostrophe, dash and space.

    Its length stays the same, so that a place in it is a place in the text.
    """
    return text.lower() if text.isascii() else "".join(map(_bare, text))


def distinct(found: Iterable[Quotation]) -> tuple[Quotation, ...]:
    """Return the quotations without those whose words came before: people post the same twice."""
    seen: dict[str, Quotation] = {}
    for each in found:
        seen.setdefault(each.quote, each)
    return tuple(seen.values())


def _lines(ref: str, text: str, published_on: date | None) -> tuple[Line, ...]:
    pieces = (piece.strip() for piece in _BREAK.split(text))
    return tuple(
        Line(ref=ref, text=piece, bare=bared(piece), published_on=published_on)
        for piece in pieces
        if len(piece) >= _LEAST
    )


def _bare(char: str) -> str:
    plain = _SIGNS.get(char, char)
    first = unicodedata.normalize("NFD", plain)[0].lower()
    return first if len(first) == 1 else char


def _around(text: str, start: int, end: int) -> str:
    if len(text) <= LONGEST:
        return text
    before = max(0, min(start - (LONGEST - (end - start)) // 2, len(text) - LONGEST))
    piece = text[before : before + LONGEST]
    if before:
        piece = piece.partition(" ")[2] or piece
    if before + LONGEST < len(text):
        piece = piece.rpartition(" ")[0] or piece
    return piece
