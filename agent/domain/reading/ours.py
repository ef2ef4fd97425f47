"""What of an answer is our own letter: a mail program that marks nothing quotes it as if they had said it."""

import re
from collections.abc import Iterable

from agent.domain.reading.language import plain

_MARKS = re.compile(r"[^\w']+")
_ENOUGH = 4
"""Words from which on a line that stands in our letter is ours; fewer may be anybody's."""


def without_ours(text: str, letters: Iterable[str]) -> str:
    """Return an answer without the lines that stand, however they are wrapped, in letters of ours.

    A short line goes only together with ours before and after it.
    """
    sent = [f" {_words(letter)} " for letter in letters]
    lines = text.split("\n")
    ours = [any(_is_in(_words(line), letter) for letter in sent) for line in lines]
    kept = [
        line
        for index, line in enumerate(lines)
        if not ours[index] and not _is_between(ours, lines, index, sent)
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip() if any(ours) else text


def _words(text: str) -> str:
    return _MARKS.sub(" ", plain(text)).strip()


def _is_in(words: str, letter: str) -> bool:
    return len(words.split()) >= _ENOUGH and f" {words} " in letter


def _is_between(ours: list[bool], lines: list[str], index: int, sent: list[str]) -> bool:
    """Return whether a short line is ours because its neighbours are, and it stands there too."""
    words = _words(lines[index])
    if not words:
        return False
    before = next((ours[at] for at in range(index - 1, -1, -1) if lines[at].strip()), False)
    after = next((ours[at] for at in range(index + 1, len(lines)) if lines[at].strip()), True)
    return before and after and any(f" {words} " in letter for letter in sent)
