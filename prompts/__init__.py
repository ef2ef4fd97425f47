"""Texts that the brand team tunes: prompts, phrases of letters, legal lines; versioned by their content.

A text is a file `NAME.LANGUAGE.md` or `NAME.LANGUAGE.yaml`: front matter between two `---` lines, then a
Jinja2 body. In a `.yaml` file the body holds phrases: sections of alternative forms, each with conditions.
Templates are data, not programs: they name slots, choose and repeat, and can do nothing else.
"""

from prompts.errors import PromptError
from prompts.library import FILES, Texts, load, names, phrases
from prompts.phrases import Form, Phrases, phrases_of
from prompts.prompt import Prompt, is_language, outline, parse, valid_name

__all__ = [
    "FILES",
    "Form",
    "Phrases",
    "Prompt",
    "PromptError",
    "Texts",
    "is_language",
    "load",
    "names",
    "outline",
    "parse",
    "phrases",
    "phrases_of",
    "valid_name",
]
