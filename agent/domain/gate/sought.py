"""Looking for hundreds of phrases in a letter: only where a word begins as one of them does.

A table of phrases is one pattern with some hundred branches. To try them all at every character of a letter
is what a gate would spend its time on. So the words of a line are told apart once, a pattern that begins
with none of them is not tried at all, and another only where such a word stands. What is found is the same,
and is kept for the next letter with the same line.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

# the library's own parser: a pattern's beginnings are read from what it will be compiled to
from re import _constants as _op  # type: ignore[attr-defined, unused-ignore]  # not in the stubs
from re import _parser as _sre  # type: ignore[attr-defined, unused-ignore]  # as above
from typing import Any

from agent.domain.gate.plain import blanked

_LONGEST = 4  # letters of a beginning: enough to tell `guarantee` from `guess`
_MOST_CHARACTERS = 12  # of a class such as [sz] that are written out one by one
_WORD_OR_MARK = re.compile(r"\w+|[^\w\s]")
_LETTER = re.compile(r"\w")
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Openings:
    """How the matches of a pattern begin, always at the beginning of a word or at a mark.

    `words` are the first four letters of a word, or all of a shorter one, or a mark; `parts` are shorter
    beginnings of words that may go on.
    """

    words: frozenset[str]
    parts: frozenset[str]


@dataclass(frozen=True, eq=False)
class Sought:
    """A pattern for text in lower case, compiled when it is first needed; each is only itself."""

    source: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.source)

    @cached_property
    def openings(self) -> Openings | None:
        """How every match begins; None where that cannot be told."""
        return _openings(self.source)


class Text:
    """A text in lower case with the places where its words and marks begin; what was found in it is kept."""

    def __init__(self, text: str) -> None:
        """Take a text in lower case."""
        self.text = text
        self._begun = frozenset({word[:_LONGEST] for word in set(_WORD_OR_MARK.findall(text))})
        self._found: dict[Sought, tuple[re.Match[str], ...]] = {}

    def find(self, sought: Sought) -> tuple[re.Match[str], ...]:
        """Return what `finditer` finds."""
        found = self._found.get(sought)
        if found is None:
            found = self._found[sought] = tuple(self._look(sought))
        return found

    def first(self, sought: Sought) -> re.Match[str] | None:
        """Return what `search` finds."""
        found = self.find(sought)
        return found[0] if found else None

    def may_hold(self, sought: Sought) -> bool:
        """Return whether a word begins as a match would."""
        return sought.openings is None or bool(self._held(sought.openings))

    def _look(self, sought: Sought) -> Iterator[re.Match[str]]:
        if sought.openings is None:
            yield from sought.pattern.finditer(self.text)
            return
        end = 0
        held = self._held(sought.openings)
        for at in sorted({at for opening in held for at in self._places(opening)}) if held else ():
            found = sought.pattern.match(self.text, at) if at >= end else None  # else inside the match before
            if found is not None:
                end = found.end()
                yield found

    def _held(self, openings: Openings) -> frozenset[str]:
        """Return the openings with which a word of the text begins."""
        held = _NONE if self._begun.isdisjoint(openings.words) else self._begun & openings.words
        if openings.parts and not self._parts.isdisjoint(openings.parts):
            held |= self._parts & openings.parts
        return held

    @cached_property
    def _parts(self) -> frozenset[str]:
        # each length from the one above it: there are fewer of them every time
        parts, longest = set[str](), self._begun
        for length in range(_LONGEST - 1, 0, -1):
            longest = frozenset({word[:length] for word in longest})
            parts |= longest
        return frozenset(parts)

    def _places(self, opening: str) -> Iterator[int]:
        """Yield where a word begins like this, or the mark stands."""
        is_mark = not _is_letter(opening[0])
        at = self.text.find(opening)
        while at >= 0:
            if is_mark or at == 0 or not _is_letter(self.text[at - 1]):
                yield at
            at = self.text.find(opening, at + 1)


# the lines of a greeting, an offer or a closing stand in many letters: each is looked through once
text_of = lru_cache(maxsize=1024)(Text)


class Page:
    """Texts in lower case, one a line, in which patterns are looked for."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        """Take the texts."""
        self.texts = texts
        self._texts = tuple(map(text_of, texts))

    def find(self, sought: Sought) -> Iterator[tuple[int, re.Match[str]]]:
        """Yield what `finditer` finds in each text, with the number of the text."""
        for number, text in enumerate(self._texts):
            for found in text.find(sought):
                yield number, found

    def may_hold(self, sought: Sought) -> bool:
        """Return whether a word of the texts begins as a match would."""
        return any(text.may_hold(sought) for text in self._texts)

    def by_line(self, *every: Sought) -> Mapping[int, list[re.Match[str]]]:
        """Return what patterns find by the number of the text, pattern by pattern."""
        told: dict[int, list[re.Match[str]]] = {}
        for sought in every:
            for number, found in self.find(sought):
                told.setdefault(number, []).append(found)
        return told

    def without(self, names: Iterable[str]) -> "Page":
        """Return the page with names as spaces: `Toi & Moi`, `Chez Vous` address nobody."""
        taken = tuple(name for name in names if name.strip())
        return Page(tuple(_without(text, taken) for text in self.texts))


@lru_cache(maxsize=1024)  # as above
def _without(text: str, names: tuple[str, ...]) -> str:
    return blanked(text, [place for name in names for place in _occurrences(text, name)])


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"  # what \w matches


def _occurrences(text: str, name: str) -> Iterator[tuple[int, int]]:
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        yield start, end
        start = text.find(name, end)


class _UnknownError(Exception):
    """A pattern whose matches may begin with anything, or in the middle of a word."""


@dataclass(frozen=True)
class _Begun:
    """A beginning so far: whether only a word can begin here, and whether its word ends here."""

    text: str = ""
    bounded: bool = False
    ended: bool = False


class _Told:
    """The openings that are complete."""

    def __init__(self) -> None:
        self.words: set[str] = set()
        self.parts: set[str] = set()

    def close(self, begun: set[_Begun]) -> set[_Begun]:
        """Take beginnings of which no more is known."""
        for one in begun:
            if not one.text:
                raise _UnknownError
            (self.words if one.ended or len(one.text) == _LONGEST else self.parts).add(one.text)
        return set()

    def grow(self, begun: set[_Begun], chars: tuple[str, ...]) -> set[_Begun]:
        """Return the beginnings with one character more, as far as more of their word may follow."""
        grown: set[_Begun] = set()
        for one in begun:
            for char in chars:
                if _LETTER.match(char) is None:
                    self._end(one, char)
                elif not one.bounded:
                    raise _UnknownError
                else:
                    grown.add(_Begun(one.text + char, bounded=True))
        whole = {one for one in grown if len(one.text) == _LONGEST}
        self.close(whole)
        return grown - whole

    def _end(self, one: _Begun, char: str) -> None:
        if not one.text and char.isspace():
            raise _UnknownError
        self.words.add(one.text or char)


def _openings(source: str) -> Openings | None:
    told = _Told()
    try:
        told.close(_after(_sre.parse(source), {_Begun()}, told))
    except _UnknownError:
        return None
    return Openings(words=frozenset(told.words), parts=frozenset(told.parts))


def _after(items: Any, begun: set[_Begun], told: _Told) -> set[_Begun]:  # noqa: ANN401 - the library's own trees
    """Return the beginnings that may still grow after these items."""
    for op, argument in items:
        if not begun:
            break
        begun = _step(op, argument, begun, told)
    return begun


def _step(op: Any, argument: Any, begun: set[_Begun], told: _Told) -> set[_Begun]:  # noqa: ANN401 - as above
    if chars := _characters(op, argument):
        return told.grow(begun, chars)
    if op is _op.BRANCH:
        return set().union(*(_after(branch, begun, told) for branch in argument[1]))
    if op is _op.SUBPATTERN and not argument[1]:
        return _after(argument[3], begun, told)
    if op in {_op.MAX_REPEAT, _op.MIN_REPEAT}:
        least, most, item = argument
        once = _after(item, begun, told)
        once = once if most == 1 else told.close(once)  # what follows a second time is not looked at
        return once if least else once | begun
    if op in {_op.ASSERT, _op.ASSERT_NOT, _op.AT}:
        return {_bounded(one, op, argument) for one in begun}
    return told.close(begun)


def _bounded(one: _Begun, op: Any, argument: Any) -> _Begun:  # noqa: ANN401 - as above
    if argument is _op.AT_BOUNDARY:
        return _Begun(one.text, bounded=True, ended=bool(one.text))
    if op is not _op.ASSERT_NOT or not _is_a_letter(argument[1]):
        return one
    if argument[0] < 0:
        return _Begun(one.text, bounded=True, ended=one.ended)
    return _Begun(one.text, bounded=one.bounded, ended=bool(one.text))


def _is_a_letter(items: Any) -> bool:  # noqa: ANN401 - as above
    if len(items) != 1 or items[0][0] is not _op.IN:
        return False
    among = items[0][1]
    return (_op.CATEGORY, _op.CATEGORY_WORD) in among and (_op.NEGATE, None) not in among


def _characters(op: Any, among: Any) -> tuple[str, ...]:  # noqa: ANN401 - as above
    """Return the one character of an item, or those of a small class; nothing for any other."""
    if op is _op.LITERAL:
        return (chr(among),)
    if op is not _op.IN:
        return ()
    if among == [(_op.CATEGORY, _op.CATEGORY_SPACE)]:
        return (" ",)
    if len(among) > _MOST_CHARACTERS or any(kind is not _op.LITERAL for kind, _ in among):
        return ()
    return tuple(chr(code) for _, code in among)
