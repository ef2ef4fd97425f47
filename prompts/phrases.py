"""Texts whose body is phrases: sections of alternative forms, each with conditions."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from prompts import yamltext
from prompts.errors import Fault, PromptError
from prompts.prompt import Prompt

_RULES = ("when", "unless", "says")


@dataclass(frozen=True, kw_only=True)
class Form:
    """One way of saying something: sentences per register (`vous`, `tu`; empty where there is but one).

    It fits when all of `when` and none of `unless` is the case; `says` is what holds once it was chosen.
    """

    texts: Mapping[str, tuple[str, ...]]
    when: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    says: frozenset[str] = frozenset()
    line: int = field(default=0, compare=False)

    def fits(self, tags: AbstractSet[str]) -> bool:
        """Return whether its conditions hold."""
        return self.when <= tags and not self.unless & tags

    def sentences(self, register: str) -> tuple[str, ...]:
        """Return its templates in a register, one a sentence."""
        return self.texts.get(register) or self.texts.get("") or ()

    def folded(self, register: str) -> str:
        """Return all of them as one text without case, to look for words in."""
        if register not in self._folded:
            self._folded[register] = " ".join(self.sentences(register)).casefold()
        return self._folded[register]

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {}


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """A text file whose body is sections of forms. `lines` says where each template stands."""

    prompt: Prompt
    sections: Mapping[str, tuple[Form, ...]]
    lines: Mapping[str, int] = field(default_factory=dict, repr=False)

    @property
    def reference(self) -> str:
        """The name that a draft keeps."""
        return self.prompt.reference

    def forms(self, section: str, tags: AbstractSet[str], *, register: str = "") -> tuple[Form, ...]:
        """Return the section's forms that fit, in the file's order."""
        if section not in self.sections:
            raise PromptError(f"Phrases {self.prompt.title} have no section {section}.")
        asked = (section, frozenset(tags), register)
        if asked not in self._chosen:
            fitting = (form for form in self.sections[section] if form.fits(tags))
            self._chosen[asked] = tuple(form for form in fitting if form.sentences(register))
        return self._chosen[asked]

    @cached_property
    def _chosen(self) -> dict[tuple[str, frozenset[str], str], tuple[Form, ...]]:
        # letters ask for the same sections with the same few conditions, again and again
        return {}

    def words(self, section: str) -> tuple[str, ...]:
        """Return a section that is a plain list of words."""
        if section not in self._lists:
            forms = self.forms(section, frozenset())
            self._lists[section] = tuple(text for form in forms for text in form.sentences(""))
        return self._lists[section]

    @cached_property
    def _lists(self) -> dict[str, tuple[str, ...]]:
        return {}

    def render(self, template: str, values: Mapping[str, object]) -> str:
        """Return one of the forms' sentences with its slots filled; values that it does not use may stay."""
        return self.prompt.fill_used(template, values, line=self.lines.get(template, 0)).strip()

    def check(self) -> None:
        """Raise PromptError where one of the sentences is no template of its own."""
        for template, line in self.lines.items():
            self.prompt.slots_of(template, line=line)


@lru_cache(maxsize=256)
def phrases_of(prompt: Prompt) -> Phrases:
    """Return the phrases that a text's body holds; raises PromptError where it holds none."""
    lines: dict[str, int] = {}
    try:
        sections = _sections(yamltext.read(prompt.body, first_line=1), lines)
    except Fault as fault:
        raise PromptError(prompt.told(fault, line=prompt.first_line)) from fault
    shift = prompt.first_line - 1
    return Phrases(
        prompt=prompt,
        sections=sections,
        lines={template: line + shift for template, line in lines.items()},
    )


def _sections(told: yamltext.Tree, lines: dict[str, int]) -> dict[str, tuple[Form, ...]]:
    if not isinstance(told, yamltext.Mapped):
        raise Fault("the body is a mapping of sections to lists of forms", line=told.line)
    return {key: _section(key, forms, lines) for key, forms in told.items.items()}


def _section(name: str, told: yamltext.Tree, lines: dict[str, int]) -> tuple[Form, ...]:
    if not isinstance(told, yamltext.Listed):
        raise Fault(f"{name} is a list of forms, each after a dash", line=told.line)
    return tuple(_form(item, lines) for item in told.items)


def _form(told: yamltext.Tree, lines: dict[str, int]) -> Form:
    if isinstance(told, yamltext.Said):
        return Form(texts={"": _sentences(told, lines)}, line=told.line)
    if not isinstance(told, yamltext.Mapped):
        raise Fault("a form is a text, or a mapping with its conditions", line=told.line)
    rules = {key: frozenset(_plain(told.items[key])) for key in _RULES if key in told.items}
    texts = {
        "" if key == "text" else key: _sentences(value, lines)
        for key, value in told.items.items()
        if key not in _RULES
    }
    if not any(texts.values()):
        raise Fault("a form without a text", line=told.line)
    return Form(texts=texts, line=told.line, **rules)


def _sentences(told: yamltext.Tree, lines: dict[str, int]) -> tuple[str, ...]:
    found = _plain(told)
    for text in found:
        lines.setdefault(text, told.line)
    return found


def _plain(told: yamltext.Tree) -> tuple[str, ...]:
    items = told.items if isinstance(told, yamltext.Listed) else (told,)
    if not all(isinstance(item, yamltext.Said) for item in items):
        raise Fault("this is a text or a list of texts", line=told.line)
    return tuple(item.text for item in items if isinstance(item, yamltext.Said))
