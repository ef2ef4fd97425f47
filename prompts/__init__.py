"""Texts that the brand team tunes: prompts, phrases of letters, legal lines; versioned by their content.

A text is a file `NAME.LANGUAGE.md` or `NAME.LANGUAGE.yaml`: front matter between two `---` lines, then a
Jinja2 body. In a `.yaml` file the body holds phrases: sections of alternative forms, each with conditions.
Templates are data, not programs: they name slots, choose and repeat, and can do nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Self

import yaml
from jinja2 import StrictUndefined, TemplateError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

__all__ = ["Form", "Phrases", "Prompt", "PromptError", "load", "names", "parse", "phrases"]

SCHEMA = 1
"""The version of the front matter that this code reads."""
MAX_SOURCE = 60_000
"""Characters that a text file may have."""
MAX_OUTPUT = 60_000
"""Characters that a rendered text may have."""
_FRONT = {"name", "purpose", "language", "slots", "schema"}
_ENDINGS = (".md", ".yaml")
# What a template may consist of: no calls, arithmetic or assignments, so that work stays within its values
_NODES = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.For, nodes.If),
    *(nodes.CondExpr, nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Compare, nodes.Operand),
    *(nodes.And, nodes.Or, nodes.Not),
)
_FILTERS = {"capitalize", "first", "join", "last", "length", "lower", "trim", "upper"}
_LOOPS = 2


class PromptError(ValueError):
    """A text file or the values for it cannot be used; the message is a sentence that names the file."""


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """A text with slots. `version` is the beginning of the SHA-256 of the whole file."""

    name: str
    language: str
    purpose: str
    slots: tuple[str, ...]
    version: str
    body: str

    @property
    def reference(self) -> str:
        """The name that a draft keeps: `name.language@version`."""
        return f"{self.name}.{self.language}@{self.version}"

    def render(self, **values: object) -> str:
        """Return the body with exactly its slots filled by plain values.

        Raises PromptError for a missing, unknown or complex value, and for a text that grows too long.
        """
        missing = [slot for slot in self.slots if slot not in values]
        unknown = sorted(values.keys() - set(self.slots))
        if missing or unknown:
            told = [f"no value for {', '.join(missing)}"] if missing else []
            told += [f"no slot named {', '.join(unknown)}"] if unknown else []
            raise PromptError(f"Prompt {self.name}.{self.language}: {'; '.join(told)}.")
        return _rendered(self, self.body, values)


@dataclass(frozen=True, kw_only=True)
class Form:
    """One way of saying something: sentences per register (`vous`, `tu`; empty where there is but one).

    It fits when all of `when` and none of `unless` is the case; `says` is what holds once it was chosen.
    """

    texts: Mapping[str, tuple[str, ...]]
    when: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    says: frozenset[str] = frozenset()

    def fits(self, tags: AbstractSet[str]) -> bool:
        """Return whether its conditions hold."""
        return self.when <= tags and not self.unless & tags

    def sentences(self, register: str) -> tuple[str, ...]:
        """Return its templates in a register, one a sentence."""
        return self.texts.get(register) or self.texts.get("") or ()


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """A text file whose body is sections of forms."""

    prompt: Prompt
    sections: Mapping[str, tuple[Form, ...]]

    @property
    def reference(self) -> str:
        """The name that a draft keeps."""
        return self.prompt.reference

    def forms(self, section: str, tags: AbstractSet[str], *, register: str = "") -> tuple[Form, ...]:
        """Return the section's forms that fit, in the file's order."""
        if section not in self.sections:
            raise PromptError(f"Phrases {self.prompt.name}.{self.prompt.language} have no section {section}.")
        return tuple(f for f in self.sections[section] if f.fits(tags) and f.sentences(register))

    def words(self, section: str) -> tuple[str, ...]:
        """Return a section that is a plain list of words."""
        return tuple(text for form in self.forms(section, frozenset()) for text in form.sentences(""))

    def render(self, template: str, values: Mapping[str, object]) -> str:
        """Return one of the forms' sentences with its slots filled; values that it does not use may stay."""
        return _rendered(self.prompt, template, values).strip()


def load(name: str, language: str) -> Prompt:
    """Return the text of that name in a language.

    Raises PromptError where there is none, naming those that exist.
    """
    for ending in _ENDINGS:
        file = files(__name__).joinpath(f"{name}.{language}{ending}")
        if file.is_file():
            return parse(file.read_text(encoding="utf-8"))
    known = ", ".join(f"{known}.{tongue}" for known, tongue in names())
    raise PromptError(f"There is no prompt {name}.{language}; there are {known}.")


def phrases(name: str, language: str) -> Phrases:
    """Return the phrases of that name in a language."""
    return _phrases(load(name, language))


def names() -> tuple[tuple[str, str], ...]:
    """Return name and language of every text, sorted."""
    return tuple(sorted(_walk(files(__name__), "")))


@lru_cache(maxsize=64)
def parse(source: str) -> Prompt:
    """Return the text that a file's content describes; the way to a text that is not a file of ours, too.

    Raises PromptError where the front matter is incomplete or a template does more than fill slots.
    """
    if len(source) > MAX_SOURCE:
        raise PromptError(f"A prompt of {len(source)} characters is too long; {MAX_SOURCE} are allowed.")
    opening, fence, rest = source.partition("---\n")
    front, closing, body = rest.partition("\n---\n")
    if opening.strip() or not fence or not closing:
        raise PromptError("A prompt begins with its front matter between two --- lines.")
    try:
        told = yaml.safe_load(front)
    except yaml.YAMLError as error:
        raise PromptError(f"The front matter of a prompt is no YAML: {error}") from error
    if not isinstance(told, dict) or set(told) != _FRONT:
        raise PromptError(f"The front matter of a prompt consists of {', '.join(sorted(_FRONT))}.")
    if told["schema"] != SCHEMA:
        raise PromptError(f"Prompt {told['name']}: schema {told['schema']} is not the {SCHEMA} known here.")
    prompt = Prompt(
        name=str(told["name"]),
        language=str(told["language"]),
        purpose=str(told["purpose"]),
        slots=tuple(str(slot) for slot in told["slots"]),
        version=sha256(source.encode()).hexdigest()[:12],
        body=body,
    )
    _checked(prompt, body)
    return prompt


# --- files ----------------------------------------------------------------------------------------


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_ENDINGS):
            name, language, _ = entry.name.rsplit(".", 2)
            yield f"{prefix}{name}", language


@lru_cache(maxsize=64)
def _phrases(prompt: Prompt) -> Phrases:
    where = f"Phrases {prompt.name}.{prompt.language}"
    try:
        # every scalar stays text: in YAML, « on » and "no" would be booleans
        told = yaml.load(prompt.body, Loader=yaml.BaseLoader)  # noqa: S506 - it makes strings, nothing else
    except yaml.YAMLError as error:
        raise PromptError(f"{where}: the body is no YAML: {error}") from error
    if not isinstance(told, dict):
        raise PromptError(f"{where}: the body is a mapping of sections to lists of forms.")
    return Phrases(
        prompt=prompt,
        sections={str(key): tuple(_form(where, item) for item in forms) for key, forms in told.items()},
    )


def _form(where: str, told: object) -> Form:
    if not isinstance(told, dict):
        return Form(texts={"": (str(told),)})
    rules = {key: frozenset(map(str, told.get(key, ()))) for key in ("when", "unless", "says")}
    texts = {
        "" if key == "text" else str(key): tuple([value] if isinstance(value, str) else map(str, value))
        for key, value in told.items()
        if key not in rules
    }
    if not texts:
        raise PromptError(f"{where}: a form without a text: {told}.")
    return Form(texts=texts, **rules)


# --- templates ------------------------------------------------------------------------------------


class _Environment(ImmutableSandboxedEnvironment):
    """A sandbox without globals and with few filters."""

    @classmethod
    def made(cls) -> Self:
        made = cls(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False)
        made.trim_blocks = made.lstrip_blocks = True
        made.globals.clear()
        made.filters = {name: made.filters[name] for name in _FILTERS}
        made.tests = {name: made.tests[name] for name in ("defined", "none")}
        return made


@cache
def _environment() -> _Environment:
    return _Environment.made()


def _checked(prompt: Prompt, source: str) -> None:
    where = f"Prompt {prompt.name}.{prompt.language}"
    try:
        tree = _environment().parse(source)
    except TemplateError as error:
        raise PromptError(f"{where} is no template: {error}") from error
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _NODES):
            raise PromptError(f"{where}: a template fills slots; {type(node).__name__} is not allowed.")
    for name in (node.name for node in tree.find_all(nodes.Filter)):
        if name not in _FILTERS:
            raise PromptError(f"{where}: there is no filter {name}; there are {', '.join(sorted(_FILTERS))}.")
    if _depth(tree) > _LOOPS:
        raise PromptError(f"{where}: more than {_LOOPS} loops inside each other.")
    unknown = sorted(meta.find_undeclared_variables(tree) - set(prompt.slots))
    if unknown:
        raise PromptError(f"{where} uses {', '.join(unknown)}, which its slots do not name.")


def _depth(node: nodes.Node) -> int:
    inner = max((_depth(child) for child in node.iter_child_nodes()), default=0)
    return inner + isinstance(node, nodes.For)


@lru_cache(maxsize=2048)
def _template(source: str) -> Any:  # noqa: ANN401 - jinja2's own Template, whose loader types are private
    return _environment().from_string(source)


def _rendered(prompt: Prompt, source: str, values: Mapping[str, object]) -> str:
    where = f"Prompt {prompt.name}.{prompt.language}"
    for slot, value in values.items():
        if not _is_plain(value):
            raise PromptError(f"{where}: {slot} is a {type(value).__name__}, not a plain value.")
    pieces: list[str] = []
    length = 0
    try:
        for piece in _template(source).generate(values):
            pieces.append(piece)
            length += len(piece)
            if length > MAX_OUTPUT:
                raise PromptError(f"{where}: the text grew beyond {MAX_OUTPUT} characters.")
    except TemplateError as error:
        raise PromptError(f"{where}: {error}.") from error
    return "".join(pieces)


def _is_plain(value: object) -> bool:
    if value is None or type(value) in {str, int, float, bool}:
        return True
    if isinstance(value, Mapping):
        return all(type(key) is str and _is_plain(item) for key, item in value.items())
    return isinstance(value, Sequence) and not isinstance(value, str) and all(map(_is_plain, value))
