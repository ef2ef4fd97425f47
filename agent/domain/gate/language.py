"""Language and register: the creator's language, and one form of address throughout."""

from collections.abc import Iterator

from agent.domain.brand import AddressForm
from agent.domain.draft import Finding
from agent.domain.gate.custom import Because, decided
from agent.domain.gate.plain import bare
from agent.domain.gate.reading import Line, Reading, Rule, block, offer_texts, warn
from agent.domain.gate.register import familiar, may_be_familiar, means_several, polite, without
from agent.domain.gate.vocabulary import FUNCTION_WORDS, foreign_words
from agent.domain.text import words

_ENOUGH = 60  # words in which a detector should have recognised the language
_FOREIGN = 3  # small words of another language in one sentence, none of its own
_FOREIGN_SUBJECT = 2
_ADVICE = {
    Because.BRAND: "The brand says {form} to this person, in the whole letter: change this form.",
    Because.SEVERAL: "Two people read this letter, and both are meant: say vous in all of it.",
    Because.CAPTIONS: "This letter says {form}, as this creator's own captions suggest: change this form.",
    Because.DEFAULT: "Nothing says that tu would be welcome here: say {form} in the whole letter.",
}


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
        if line is reading.subject and bare(line.plain.text) in bare(" ".join(line.quotes)):
            continue  # a subject quotes without marks
        least = _FOREIGN_SUBJECT if line is reading.subject else _FOREIGN
        if line.asked(_foreign, reading.case.language, least):
            yield block(
                "language.line",
                line.plain.shown,
                f"This line is not in “{reading.case.language}”: translate it or delete it.",
            )


def register(reading: Reading) -> Iterator[Finding]:
    """Block tu where vous is said, vous where tu is said, and both in one letter."""
    case = reading.case
    if case.letter.language != "fr" or case.is_in_another_language:
        return
    names = (case.brand.name, *offer_texts(case.campaign.offer))
    decision = decided(case.brand, case.creator)
    if decision.form is AddressForm.VOUS and not may_be_familiar(reading.page_without(names)):
        return
    said = [(line, without(line.own, names)) for line in reading.lines]
    tu = [(line, found) for line, text in said for found in familiar(text)]
    vous = [(line, found) for line, text in said if not means_several(text) for found in polite(text)]
    wrong = vous if decision.form is AddressForm.TU else tu
    code = "language.mixed_register" if tu and vous else "language.address_form"
    for line, found in wrong:
        yield block(code, line.span(found), _ADVICE[decision.because].format(form=decision.form.value))


RULES: tuple[Rule, ...] = (other_language, foreign_lines, register)


def _foreign(line: Line, language: str, least: int) -> bool:
    own = FUNCTION_WORDS.get(language)
    if own is None:
        return False
    needed = max(least, 3 * len(line.small_words & own))
    return any(len(line.small_words & small) >= needed for small in foreign_words(language))
