"""The tables of wordings in `prompts/letters`, as the gate takes them."""

from agent.domain.gate.wording import Native, Wording
from agent.usecases.composing import LANGUAGES
from prompts import FILES, Texts

_NAME = "letters/native"


def native_table(language: str, texts: Texts = FILES) -> Native:
    """Return the tables of a language by section; none for a language that no letter is written in."""
    if language not in LANGUAGES:
        return {}
    phrases = texts.phrases(_NAME, language)
    return {
        section: tuple(_wording(*form.sentences("")) for form in forms)
        for section, forms in phrases.sections.items()
    }


def _wording(sought: str, better: str) -> Wording:
    return Wording(sought=sought.replace("’", "'"), better=better)
