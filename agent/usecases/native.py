"""The tables of wordings in `prompts/letters`, as the gate takes them."""

from functools import lru_cache

from agent.domain.gate.wording import Native, Wording
from agent.usecases.composing import LANGUAGES
from prompts import FILES, Prompt, Texts, phrases_of

_NAME = "letters/native"


def native_table(language: str, texts: Texts = FILES) -> Native:
    """Return the tables of a language by section; none for a language that no letter is written in."""
    if language not in LANGUAGES:
        return {}
    return _table(texts.prompt(_NAME, language))


@lru_cache(maxsize=32)  # one for each version of the text: every letter is judged by it
def _table(prompt: Prompt) -> Native:
    return {
        section: tuple(_wording(*form.sentences("")) for form in forms)
        for section, forms in phrases_of(prompt).sections.items()
    }


def _wording(sought: str, better: str) -> Wording:
    return Wording(sought=sought.replace("’", "'"), better=better)
