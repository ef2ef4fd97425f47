"""Hidden text: what a reader does not see, and what a stranger says to machines."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from agent.domain.creator import BIO
from agent.domain.draft import Finding
from agent.domain.gate.plain import BLANKS, LOOKALIKES, Plain, bare
from agent.domain.gate.reading import Line, Reading, Rule, Slot, block, warn
from agent.domain.gate.vocabulary import HARMLESS_MIX, INSTRUCTIONS
from agent.domain.text import hidden

_INSTRUCTION = re.compile(rf"(?<!\w){INSTRUCTIONS}")
_WORD = re.compile(r"[^\W\d_]+")
_STACKED = re.compile(r"[\u0300-\u036f\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{3,}")  # marks over marks
# A mark that belongs to no letter of ours
_LOOSE = re.compile(r"[^\W\d_][\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f]")
# Selectors that draw nothing: all but the one that makes a sign an emoji, and even that one in a row
_SELECTORS = re.compile(r"[\ufe00-\ufe0e\U000e0100-\U000e01ef]|\ufe0f{2,}")
_ENCLOSED = re.compile("[\u249c-\u24e9\U0001f110-\U0001f16f]+")  # letters in circles, brackets and squares
_DIGITS = re.compile(r"(?:(?![0-9])\d)+")  # of another alphabet
# Letters of French and English with those that their loanwords keep; `1ᵉʳ` is set with raised ones
_OURS = frozenset("àâäáãåçéèêëíìîïñóòôöõøúùûüýÿæœßÀÂÄÁÃÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØÚÙÛÜÝŸÆŒᵉʳˢᵈᵗʰⁿᵒºª")
_OTHER_LATIN = _OURS | frozenset("łŁđĐħĦıðÐþÞŋŊșȘțȚ")


def hidden_characters(reading: Reading) -> Iterator[Finding]:
    """Block characters in the letter that nobody sees."""
    for line in reading.lines:
        if line.plain.is_simple:
            continue
        shown = line.plain.shown.replace("\r\n", "\n")
        points = (*hidden(shown), *(f"U+{ord(c):04X}" for c in shown if c in BLANKS))
        points += tuple(f"U+{ord(m[0][0]):04X}" for m in _SELECTORS.finditer(shown))
        if points:
            named = ", ".join(dict.fromkeys(points))
            yield block(
                "hidden.characters",
                line.plain.shown,
                f"Characters that nobody sees stand here ({named}): type the line again.",
            )
        if (
            stacked := _STACKED.search(shown) or _LOOSE.search(unicodedata.normalize("NFC", shown))
        ) is not None:
            yield block(
                "hidden.characters", stacked[0], "Marks are piled on marks here: type the line again."
            )
    whole = reading.case.letter.text.replace("\r\n", "\n")
    if (
        not reading.text.is_simple
        and hidden(whole)
        and not any(hidden(line.plain.shown) for line in reading.lines)
    ):
        yield block(
            "hidden.characters",
            "",
            f"Characters that nobody sees stand in the letter ({', '.join(hidden(whole))}).",
        )
    if hidden(reading.case.footer.replace("\r\n", "\n")):
        yield block(
            "hidden.characters",
            "",
            "Characters that nobody sees stand in the footer: correct the brand's records.",
        )


def other_scripts(reading: Reading) -> Iterator[Finding]:
    """Block letters and digits of other alphabets, and fancy forms of ours.

    A name on file keeps its letters. A word that is all of one other alphabet may stand as a true
    quotation of the creator, and a person is told. Letters of another Latin alphabet stand only in words that
    are on file.
    """
    names = _in_one_form((reading.case.creator.name or "", reading.case.brand.name, *reading.fact_texts))
    known = _in_one_form((*reading.proofs, names))
    for line in reading.lines:
        shown = line.plain.shown
        if shown.isascii() or (
            line.slot is Slot.GREETING and reading.case.creator.name and reading.case.creator.name in shown
        ):
            continue
        for word in (*_WORD.findall(shown), *_ENCLOSED.findall(shown), *_DIGITS.findall(shown)):
            if all(map(_is_ordinary, word)) or _has_word(names, word):
                continue
            if _is_latin(word) and _has_word(known, word):
                continue
            if _is_quoted_whole(word, line, known):
                yield warn(
                    "hidden.quoted_script",
                    word,
                    "The creator's words in another alphabet are quoted here: have somebody read them.",
                )
            else:
                yield block(
                    "hidden.script",
                    word,
                    "Letters of another alphabet imitate ours here: type the word again.",
                )


def hidden_in_evidence(reading: Reading) -> Iterator[Finding]:
    """Warn where the creator's own text, as it came, hides characters."""
    for ref, original, _ in _evidence(reading):
        points = hidden(original.replace("\r\n", "\n").replace("\r", "\n"))
        if points:
            named = ", ".join(points[:12])
            yield warn(
                "hidden.evidence",
                "",
                f"The text “{ref}” came with characters that nobody sees ({named}); they were taken "
                f"out: read it with care.",
            )


def instructions_in_evidence(reading: Reading) -> Iterator[Finding]:
    """Warn where the creator's text speaks to assistants."""
    for ref, original, text in _evidence(reading):
        found = _INSTRUCTION.search(bare(text)) or _INSTRUCTION.search(bare(original))
        if found is not None:
            yield warn(
                "hidden.instructions",
                "",
                f"The creator's text “{ref}” contains instructions (“{found[0][:60]}”): read the "
                f"letter with care.",
            )


RULES: tuple[Rule, ...] = (hidden_characters, other_scripts, hidden_in_evidence, instructions_in_evidence)


def _evidence(reading: Reading) -> Iterator[tuple[str, str, str]]:
    creator = reading.case.creator
    refs = dict.fromkeys(r.ref for r in reading.case.letter.receipts if r.about_creator)
    for ref in refs:
        post = creator.post(ref)
        if ref == BIO:
            yield ref, creator.bio_original, creator.bio
        elif post is not None:
            yield ref, post.original, post.text


def _is_ordinary(char: str) -> bool:
    if char in LOOKALIKES and char not in HARMLESS_MIX:
        return False
    return (char.isascii() or char in _OURS) or char in HARMLESS_MIX or unicodedata.category(char) == "Mn"


def _is_latin(word: str) -> bool:
    # of another alphabet with Latin letters, Polish or Turkish: what is none of these imitates
    return not any(char in LOOKALIKES for char in word) and all(
        char in _OTHER_LATIN or unicodedata.normalize("NFD", char)[0].isascii() for char in word
    )


def _is_quoted_whole(word: str, line: Line, known: str) -> bool:
    quoted = " ".join(q.words for q in line.plain.quoted if q not in line.unproved)
    if line.slot is Slot.SUBJECT:
        quoted = line.plain.text  # a subject quotes without marks
    return (
        line.slot is not Slot.CLOSING
        and Plain(word).text in quoted
        and _has_word(known, word)
        and not all(char in LOOKALIKES for char in word)
        and len({_script(char) for char in word if char.isalpha()}) == 1
        and not any(map(_is_ordinary, word))
    )


def _in_one_form(texts: Iterable[str]) -> str:
    return unicodedata.normalize("NFC", "\n".join(texts))


def _has_word(text: str, word: str) -> bool:
    return unicodedata.normalize("NFC", word) in text


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    # the first word of a letter's name is its alphabet; Japanese writes in three
    name = unicodedata.name(char, "").partition(" ")[0].partition("-")[0]
    return "CJK" if name in {"HIRAGANA", "KATAKANA"} else name
