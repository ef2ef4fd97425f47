"""A text with its front matter, read from what a file holds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from hashlib import sha256

from prompts import grammar, sandbox, yamltext
from prompts.errors import Fault, PromptError
from prompts.limits import MAX_FRONT, MAX_SOURCE
from prompts.uses import Uses

SCHEMA = 1
"""The version of the front matter that this code reads."""
NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}(/[a-z0-9][a-z0-9_-]{0,39}){0,3}")
LANGUAGE = re.compile(r"[a-z]{2}")
_FRONT = frozenset({"name", "purpose", "language", "slots", "schema"})
_MAY = frozenset({"required"})


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """A text with slots. `version` is the beginning of the SHA-256 of the whole file, `source`.

    `required` are the slots that no other text of this name may leave out; `first_line` is where `body`
    begins in `source`.
    """

    name: str
    language: str
    purpose: str
    slots: tuple[str, ...]
    required: tuple[str, ...] = ()
    version: str
    body: str
    source: str = field(default="", repr=False)
    first_line: int = 1

    @property
    def title(self) -> str:
        """The name by which people call it: `name.language`."""
        return f"{self.name}.{self.language}"

    @property
    def reference(self) -> str:
        """The name that a draft keeps: `name.language@version`."""
        return f"{self.title}@{self.version}"

    def render(self, **values: object) -> str:
        """Return the body with exactly its slots filled by plain values.

        Raises PromptError for a missing, unknown or complex value, and for a text that grows too long.
        """
        missing = [slot for slot in self.slots if slot not in values]
        unknown = sorted(values.keys() - set(self.slots))
        if missing or unknown:
            told = [f"no value for {', '.join(missing)}"] if missing else []
            told += [f"no slot named {', '.join(unknown)}"] if unknown else []
            raise PromptError(f"Prompt {self.title}: {'; '.join(told)}.")
        return self.fill(self.body, values, line=self.first_line)

    def fill(self, template: str, values: Mapping[str, object], *, line: int) -> str:
        """Return a template of this text with its slots filled; `line` is where it begins in the file."""
        try:
            return sandbox.compiled(template, self._slots).fill(values)
        except Fault as fault:
            raise PromptError(self.told(fault, line=line)) from fault

    def fill_used(self, template: str, values: Mapping[str, object], *, line: int) -> str:
        """Return a template with its slots filled; values that it does not use may be anything."""
        try:
            return sandbox.compiled(template, self._slots).fill_used(values)
        except Fault as fault:
            raise PromptError(self.told(fault, line=line)) from fault

    @cached_property
    def _slots(self) -> frozenset[str]:
        return frozenset(self.slots)

    def slots_of(self, template: str, *, line: int) -> tuple[str, ...]:
        """Return the slots that a template of this text names, in order, each as often as it does."""
        try:
            return sandbox.compiled(template, self._slots).slots
        except Fault as fault:
            raise PromptError(self.told(fault, line=line)) from fault

    def uses_of(self, template: str, *, line: int) -> Uses:
        """Return how a template of this text uses its slots."""
        try:
            return sandbox.compiled(template, self._slots).uses
        except Fault as fault:
            raise PromptError(self.told(fault, line=line)) from fault

    def told(self, fault: Fault, *, line: int) -> str:
        """Return what is wrong as a sentence that names text and line."""
        where = f", line {line + fault.line - 1}" if fault.line else ""
        return f"Prompt {self.title}{where}: {fault.what}."


@lru_cache(maxsize=256)
def parse(source: str) -> Prompt:
    """Return the text that a file's content describes; the way to a text that is not a file of ours, too.

    Line ends of any kind, and the mark that some editors put first, are taken for ours. Raises PromptError
    where the front matter is incomplete or a template does more than fill slots.
    """
    prompt = outline(source)
    try:
        grammar.seen(prompt.source)
    except Fault as fault:
        raise PromptError(prompt.told(fault, line=1)) from fault
    prompt.slots_of(prompt.body, line=prompt.first_line)  # refuses what does more than fill slots
    return prompt


def outline(source: str) -> Prompt:
    """Return a text of which only the front matter was looked at: enough to show it, not to render it."""
    if len(source) > MAX_SOURCE:
        raise PromptError(f"A prompt of {len(source)} characters is too long; {MAX_SOURCE} are allowed.")
    source = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    opening, fence, rest = source.partition("---\n")
    front, closing, body = rest.partition("\n---\n")
    if opening.strip() or not fence or not closing:
        raise PromptError("A prompt begins with its front matter between two --- lines.")
    first = opening.count("\n") + 2
    try:
        told = _front(front, first_line=first)
    except Fault as fault:
        raise PromptError(f"The front matter of a prompt, line {fault.line}: {fault.what}.") from fault
    return Prompt(
        name=_said(told, "name"),
        language=_said(told, "language"),
        purpose=_said(told, "purpose"),
        slots=_words(told, "slots"),
        required=_words(told, "required"),
        version=sha256(source.encode(errors="surrogatepass")).hexdigest()[:12],
        body=body,
        source=source,
        first_line=first + front.count("\n") + 2,
    )


def is_language(word: str) -> bool:
    """Return whether a word can be the language in a text's name."""
    return LANGUAGE.fullmatch(word) is not None


def valid_name(name: str, language: str) -> None:
    """Raise PromptError for a name that no text can have: it never reaches the file system."""
    if not NAME.fullmatch(name) or not LANGUAGE.fullmatch(language):
        shown = f"{name}.{language}".encode("unicode_escape").decode()[:80]
        raise PromptError(
            f"“{shown}” is no name of a prompt: small letters, digits, _ and -, parts divided by /, then a "
            "language of two letters."
        )


# --- front matter ---------------------------------------------------------------------------------


def _front(text: str, *, first_line: int) -> Mapping[str, yamltext.Tree]:
    if len(text) > MAX_FRONT:
        raise Fault(f"{len(text)} characters are too many; {MAX_FRONT} are allowed", line=first_line)
    told = yamltext.read(text, first_line=first_line)
    if not isinstance(told, yamltext.Mapped) or not _FRONT <= told.items.keys() <= _FRONT | _MAY:
        raise Fault(f"it consists of {', '.join(sorted(_FRONT))}", line=first_line)
    for key, value in told.items.items():
        is_list = key in {"slots", "required"}
        if not isinstance(value, yamltext.Listed if is_list else yamltext.Said):
            raise Fault(f"{key} is a {'list of names' if is_list else 'text'}", line=value.line)
    _judge_front(told.items)
    return told.items


def _judge_front(told: Mapping[str, yamltext.Tree]) -> None:
    schema = _said(told, "schema")
    if schema != str(SCHEMA):
        raise Fault(f"schema {schema[:20]} is not the {SCHEMA} known here", line=told["schema"].line)
    try:
        valid_name(_said(told, "name"), _said(told, "language"))
    except PromptError as error:
        raise Fault(str(error).rstrip("."), line=told["name"].line) from error
    slots = _words(told, "slots")
    for slot in slots:
        if not grammar.IDENTIFIER.fullmatch(slot) or slot in grammar.RESERVED or slots.count(slot) > 1:
            raise Fault(f"{slot[:40]} is no name for a slot, or is named twice", line=told["slots"].line)
    unknown = [slot for slot in _words(told, "required") if slot not in slots]
    if unknown:
        raise Fault(f"{', '.join(unknown)} is required, but no slot", line=told["required"].line)


def _said(told: Mapping[str, yamltext.Tree], key: str) -> str:
    value = told.get(key)
    return value.text if isinstance(value, yamltext.Said) else ""


def _words(told: Mapping[str, yamltext.Tree], key: str) -> tuple[str, ...]:
    value = told.get(key)
    items = value.items if isinstance(value, yamltext.Listed) else ()
    return tuple(each.text for each in items if isinstance(each, yamltext.Said))
