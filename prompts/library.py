"""Where texts come from: the files of this package, or what a brand has published in their place."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from prompts.errors import PromptError
from prompts.phrases import Phrases, phrases_of
from prompts.prompt import Prompt, parse, valid_name

_PACKAGE = "prompts"
_ENDINGS = (".md", ".yaml")


@dataclass(frozen=True)
class Texts:
    """The texts that hold for a letter: those published for its campaign or brand, else the files."""

    published: tuple[Prompt, ...] = ()

    def prompt(self, name: str, language: str) -> Prompt:
        """Return the text of that name in a language; raises PromptError where there is none."""
        wanted = (name, language)
        for prompt in self.published:
            if (prompt.name, prompt.language) == wanted:
                return prompt
        return load(name, language)

    def phrases(self, name: str, language: str) -> Phrases:
        """Return the phrases of that name in a language."""
        return phrases_of(self.prompt(name, language))


FILES = Texts()
"""The texts as they are shipped."""


def load(name: str, language: str) -> Prompt:
    """Return the file of that name in a language.

    Raises PromptError where there is none, naming those that exist, and for a name that is a path.
    """
    valid_name(name, language)
    return _shipped(name, language)


@cache  # a package does not change while it runs
def _shipped(name: str, language: str) -> Prompt:
    for ending in _ENDINGS:
        file = files(_PACKAGE).joinpath(f"{name}.{language}{ending}")
        if file.is_file():
            return parse(file.read_text(encoding="utf-8"))
    known = ", ".join(f"{known}.{tongue}" for known, tongue in names())
    raise PromptError(f"There is no prompt {name}.{language}; there are {known}.")


def phrases(name: str, language: str) -> Phrases:
    """Return the phrases of that name in a language, as they are shipped."""
    return FILES.phrases(name, language)


def names() -> tuple[tuple[str, str], ...]:
    """Return name and language of every file, sorted."""
    return tuple(sorted(_walk(files(_PACKAGE), "")))


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_ENDINGS):
            name, language, _ = entry.name.rsplit(".", 2)
            yield f"{prefix}{name}", language
