"""Language and register: the creator's language, and one form of address throughout."""

import re
from collections.abc import Iterator

from agent.domain.brand import AddressForm
from agent.domain.draft import Finding
from agent.domain.gate.numbers import lowered
from agent.domain.gate.reading import Line, Reading, Rule, block, warn
from agent.domain.gate.vocabulary import FUNCTION_WORDS, NOT_EZ_VERBS, TU_IMPERATIVES
from agent.domain.text import words

_ENOUGH = 60  # words in which a detector should have recognised the language
_FOREIGN = 3  # small words of another language in one sentence, none of its own
_FOREIGN_SUBJECT = 2
_WORD = re.compile(r"[a-z]+'?")
# « le ton » is no form of address; « s'il vous plaît », « rendez-vous » are the same whoever reads them
_SET_PHRASES = re.compile(
    r"\b(?:s'il (?:vous|te) plait|rendez-vous|garde-a-vous|sauve-qui-peut|(?:le|un|du|au|"
    r"ce|de|son|meme|bon|mon|quel|notre) ton)\b"
)
_TU = re.compile(
    rf"\b(?:tu|te|toi|ton|ta|tes|tien|tiens|tienne|tiennes)\b(?!')|\bt'(?=[a-z])|(?<!je "
    rf")(?<!qui )\b{TU_IMPERATIVES}\b"
)
_VOUS = re.compile(r"\b(?:vous|votre|vos|votres)\b")
_EZ = re.compile(r"(?<![\w'-])([a-z]+ez)\b")


def other_language(reading: Reading) -> Iterator[Finding]:
    """Block letters that are in another language than the creator's."""
    case = reading.case
    advice = f"Write to this creator in “{case.language}”: the letter is in another language."
    if case.letter.language != case.language:
        yield block("language.label", "", advice)
    if case.detected_language is not None and case.detected_language != case.language:
        yield block("language.other", "", advice)
    if case.detected_language is None and words(case.letter.text) > _ENOUGH:
        yield warn("language.unknown", "", "No language could be recognised in this letter: read it whole.")


def foreign_lines(reading: Reading) -> Iterator[Finding]:
    """Block single lines that are plainly in another language, the creator's own words aside."""
    for line in reading.lines:
        least = _FOREIGN_SUBJECT if line is reading.subject else _FOREIGN
        if _foreign(line, reading.case.language, least):
            yield block(
                "language.line",
                line.plain.shown,
                f"This line is not in “{reading.case.language}”: translate it or delete it.",
            )


def register(reading: Reading) -> Iterator[Finding]:
    """Block tu where the brand says vous, vous where it says tu, and both in one letter."""
    if reading.case.letter.language != "fr":
        return
    familiar = [(line, found) for line in reading.lines for found in _familiar(line)]
    polite = [(line, found) for line in reading.lines for found in _polite(line)]
    form = reading.case.brand.address_form
    wrong = polite if form is AddressForm.TU else familiar
    code = "language.mixed_register" if familiar and polite else "language.address_form"
    for line, found in wrong:
        yield block(
            code,
            line.span(found),
            f"The brand says {form.value} to this person, in the whole letter: change this form.",
        )


RULES: tuple[Rule, ...] = (other_language, foreign_lines, register)


def _foreign(line: Line, language: str, least: int) -> bool:
    own = FUNCTION_WORDS.get(language)
    if own is None:
        return False
    said = {word for token in _WORD.findall(lowered(line.own)) for word in (token, token.rstrip("'"))}
    at_home = sum(1 for word in said if word in own)
    return any(
        sum(1 for word in said if word in small and word not in own) >= max(least, 3 * at_home)
        for name, small in FUNCTION_WORDS.items()
        if name != language
    )


def _familiar(line: Line) -> Iterator[re.Match[str]]:
    yield from _TU.finditer(_addressed(line))


def _polite(line: Line) -> Iterator[re.Match[str]]:
    text = _addressed(line)
    yield from _VOUS.finditer(text)
    for found in _EZ.finditer(text):
        # a capital inside a sentence makes it a name: Sanchez, Rodez
        is_name = (
            found.start() > 0
            and line.own[found.start()].isupper()
            and line.own[found.start() - 2] not in ".!?"
        )
        if (
            found[1] not in NOT_EZ_VERBS
            and not is_name
            and not _VOUS.search(text, found.end(), found.end() + 6)
        ):
            yield found


def _addressed(line: Line) -> str:
    return _SET_PHRASES.sub(lambda m: " " * len(m[0]), lowered(line.own))
