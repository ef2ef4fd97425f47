"""Plain forms of a text: what a careful reader sees, with the way back to the text as it stands."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from agent.domain.text import visible

# Letters of other alphabets, and Latin ones of phonetics, that pass for ordinary Latin letters
_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТХУаеѕіјкорсхуԁԛԝһӏѵгп", "ABESIJKMHOPCTXYaesijkopcxydqwhlvrn", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεικνορτυχγηω", "ABEZHIKMNOPTYXaeikvoptuxynw", strict=True))
_PHONETIC = dict(zip("ɑɡıɩʟɴʀɪʏʜɢʙᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜱ", "agiiLNRIYHGBACDEJKMOPTUVWZS", strict=True))
_SIGNS = {"’": "'", "ʼ": "'", "′": "'", "`": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-"}
_DOTS = dict.fromkeys("。․۔܁܂ꓸ", ".")  # full stops that a reader, or a mail program, takes for ours
_PLAIN = {**_CYRILLIC, **_GREEK, **_PHONETIC, **_SIGNS, **_DOTS}
# Characters with a width of nothing, or a look of nothing, that are letters, marks or symbols by category
BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
LOOKALIKES = frozenset((*_CYRILLIC, *_GREEK, *_PHONETIC))
_LINE_ENDS = frozenset("\n\u2028\u2029\x85")
_LONGEST = 60  # characters of one cluster that are composed together; more marks than that are noise

# Everything between a pair of quotation marks; the apostrophe is one mark with the closing single one
_QUOTED = re.compile(
    r"«([^«»]{1,600})»|“([^“”]{1,600})”|„([^„“”]{1,600})[“”]|\"([^\"]{1,600})\"|‹([^‹›]{1,600})›"
    r"|‘([^‘\n]{2,300}?)'(?!\w)|(?<![\w'])'(?=\w)([^'\n]{3,300}?)(?<=[\w.,!?…])'(?!\w)"
)
# A mark that opens and never closes
_OPEN = re.compile(r"[«“„\"]([^«»“”„\"]{3,600})\Z")
# Where one sentence ends and the next begins
_BREAK = re.compile(r"(?<=[.!?…])[\"»”)]{0,2}\s+(?=[\"«“(]?[^\W_])|\n+")
# Ends of a piece that are no end of a sentence
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:mr?s?|mmes?|mlles?|dr|st|no|vs|cf|p|ex|[ap]\.m|[a-z]|[A-Z])\.\s*\Z", re.IGNORECASE
)
_MARKS = re.compile(r"[\u0300-\u036f]")
# What nearly every letter is written with, French or English: what is known of it is worked out once
_FAMILIAR = (*map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180))), *"\n\t’‘“”–—\u202f€")


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """Words between quotation marks, and where they stand in the plain text, marks included."""

    words: str
    start: int
    end: int


@dataclass(frozen=True)
class Plain:
    """A text as it stands (`shown`) beside its plain form, character by character.

    `text` is in NFKC, without hidden characters, with one kind of space, apostrophe and dash, and with
    look-alikes as the Latin letters that they imitate.
    """

    shown: str
    text: str = field(init=False)
    _at: tuple[tuple[int, int], ...] | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.is_simple:
            object.__setattr__(self, "text", _formed(self.shown))
            object.__setattr__(self, "_at", None)
            return
        text, at = _taken_apart(self.shown)
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "_at", at)

    def span(self, start: int, end: int) -> str:
        """Return the text as it stands for a stretch of the plain text."""
        if start >= end or start >= len(self.text):
            return ""
        if self._at is None:
            return self.shown[start:end]
        return self.shown[self._at[start][0] : self._at[min(end, len(self._at)) - 1][1]]

    @cached_property
    def is_simple(self) -> bool:
        """Whether it is made of familiar characters: none hidden, none of another alphabet, none joined."""
        return _SIMPLE.fullmatch(self.shown) is not None

    @cached_property
    def quoted(self) -> tuple[Quoted, ...]:
        """Everything between quotation marks, in order; a mark left open quotes to the end."""
        found = [
            Quoted(words=next(g for g in m.groups() if g is not None), start=m.start(), end=m.end())
            for m in _QUOTED.finditer(self.text)
        ]
        rest = found[-1].end if found else 0
        if (left := _OPEN.search(self.text, rest)) is not None:
            found.append(Quoted(words=left[1], start=left.start(), end=left.end()))
        return tuple(found)

    def sentences(self) -> tuple[str, ...]:
        """Return the sentences as they stand; a full stop inside quotation marks ends none."""
        closed = blanked(self.text, ((q.start + 1, q.end - 1) for q in self.quoted), "x")
        pieces: list[str] = []
        begin = 0
        for found in _BREAK.finditer(closed):
            if found[0].startswith("\n") or not _ABBREVIATED.search(
                closed[max(begin, found.start() - 8) : found.start()]
            ):
                pieces.append(self.span(begin, found.end()).strip())
                begin = found.end()
        pieces.append(self.span(begin, len(self.text)).strip())
        return tuple(piece for piece in pieces if piece)


plain_of = lru_cache(maxsize=1024)(Plain)
"""Takes a text apart that was perhaps taken apart before: lines stand in letter after letter."""


def blanked(text: str, stretches: Iterable[tuple[int, int]], fill: str = " ") -> str:
    """Return the text with the stretches filled, its length unchanged."""
    for start, end in stretches:
        text = text[:start] + fill * max(0, end - start) + text[max(start, end) :]
    return text


@lru_cache(maxsize=512)
def bare(text: str) -> str:
    """Return the form in which words are compared: plain, lower case, no accents, single spaces."""
    if text.isascii() and _SIMPLE.fullmatch(text) is not None:
        return " ".join(_formed(text).lower().split())
    if _SIMPLE.fullmatch(text) is not None:
        return " ".join(text.translate(_BARE).split())
    return " ".join(unaccented(Plain(text).text).casefold().split())


def unaccented(text: str) -> str:
    """Return the text with é as e; its length stays the same for letters that are one character."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text))


@lru_cache(maxsize=512)
def _taken_apart(shown: str) -> tuple[str, tuple[tuple[int, int], ...] | None]:
    """Return the plain text, and where each of its characters stands; None where all stand as they stood."""
    # the same sentences, facts and legal lines are read again and again
    forms = {ord(char): _plain_form(char) for char in set(shown)}
    if not any(_joins_the_one_before(chr(code)) or len(form) != 1 for code, form in forms.items()):
        return shown.translate(forms), None
    chars: list[str] = []
    at: list[tuple[int, int]] = []
    for start, end in _clusters(shown):
        form = _plain_form(shown[start:end])
        chars.append(form)
        at.extend([(start, end)] * len(form))
    return "".join(chars), tuple(at)


def _formed(simple: str) -> str:
    # of the characters of ASCII only the grave accent has another plain form
    return simple.replace("`", "'") if simple.isascii() else simple.translate(_FORMS)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for index, char in enumerate(text):
        joined = _joins_the_one_before(char) and index - start < _LONGEST
        if index > start and not joined:
            yield start, index
            start = index
    if text:
        yield start, len(text)


def _joins_the_one_before(char: str) -> bool:
    return unicodedata.category(char) == "Mn"


@lru_cache(maxsize=4096)
def _plain_form(cluster: str) -> str:
    return "".join(_plain_char(c) for c in unicodedata.normalize("NFKC", cluster))


def _plain_char(char: str) -> str:
    if char in _PLAIN:
        return _PLAIN[char]
    if char in BLANKS or char in _SELECTORS:
        return ""
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    if category == "Nd":
        return str(unicodedata.digit(char))
    return "\n" if char in _LINE_ENDS else visible(char)


SIMPLE = frozenset(
    char
    for char in _FAMILIAR
    if char not in LOOKALIKES and not _joins_the_one_before(char) and len(_plain_form(char)) == 1
)
"""Characters that are seen as they are, one for one, in the plain form of a text."""
_SIMPLE = re.compile(f"[{re.escape(''.join(sorted(SIMPLE)))}]*")
_FORMS = {ord(char): _plain_form(char) for char in SIMPLE}
_BARE = {code: unaccented(form).casefold() for code, form in _FORMS.items()}
