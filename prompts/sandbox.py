"""Compiles and runs templates that `grammar` has let through, and counts what they do.

Work is bounded by counting, not by a clock: a round of a loop costs as many steps as its body has parts, a
filter as many as its text is long, and the output has a size. So nothing has to be stopped from outside.
"""

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from types import TracebackType
from typing import Any, Self

from jinja2 import StrictUndefined, Template, TemplateError, Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from prompts import grammar
from prompts.errors import Fault
from prompts.limits import MAX_GIVEN, MAX_LEVELS, MAX_OUTPUT, MAX_STEPS, MAX_VALUES
from prompts.uses import Uses, uses_of

_FILE = "<text>"
_ROUNDS = " rounds"  # no template can spell this filter
_METER = " meter"  # nor this name
_CHARACTERS_A_STEP = 64
_LARGEST = 10**15
_KNOWN = 4
"""How many fillings of one template are remembered."""


@dataclass(frozen=True)
class Compiled:
    """A template that was let through. `slots` are those it names, in order, each as often as it does."""

    template: Template
    slots: tuple[str, ...]
    uses: Uses

    def fill_used(self, values: Mapping[str, object]) -> str:
        """Return the template with those of these values that it names; what names none is filled once."""
        if not self.slots:
            return self._constant
        given = {slot: values[slot] for slot in self.slots if slot in values}
        # the legal lines of letter after letter say the same of the same brand
        all_texts = all(type(value) is str for value in given.values())
        return self._known(*given.items()) if all_texts else self.fill(given)

    @cached_property
    def _known(self) -> Callable[..., str]:
        return lru_cache(maxsize=_KNOWN)(lambda *given: self.fill(dict(given)))

    @cached_property
    def _constant(self) -> str:
        return self.fill({})

    def fill(self, values: Mapping[str, object]) -> str:
        """Return the template with these values; raises Fault where they do not fit it, or grow too large."""
        _Given().take(values)
        pieces: list[str] = []
        length = 0
        try:
            filling = self.template.generate({**values, _METER: _Meter()})
            for piece in filling:
                pieces.append(piece)
                length += len(piece)
                if length > MAX_OUTPUT:
                    _stop(filling)
        except (TemplateError, TypeError, ValueError, LookupError, ArithmeticError, RecursionError) as error:
            raise Fault(_told(error), line=_line(error.__traceback__)) from error
        return "".join(pieces)


def _stop(filling: Iterator[str]) -> None:
    grown = TemplateRuntimeError(f"the text grew beyond {MAX_OUTPUT} characters")
    if isinstance(filling, Generator):
        filling.throw(grown)  # from where the template stands, so that its line is told
    raise grown


@lru_cache(maxsize=2048)
def compiled(source: str, slots: frozenset[str]) -> Compiled:
    """Return the template of a source; raises Fault where it is none or does more than fill slots."""
    environment = _environment()
    tree = grammar.parsed(environment, source, slots)
    named, uses = grammar.slots_of(tree, slots), uses_of(tree, slots)
    for loop in tuple(tree.find_all(nodes.For)):
        cost = nodes.Const(grammar.weight(loop), lineno=loop.lineno)
        loop.iter = nodes.Filter(loop.iter, _ROUNDS, [cost], [], None, None, lineno=loop.lineno)
    tree.set_environment(environment)
    code = environment.compile(tree, filename=_FILE)
    return Compiled(Template.from_code(environment, code, {}), named, uses)


class _Absent(StrictUndefined):
    """Something that a value does not have."""

    @property
    def _undefined_message(self) -> str:
        return f"nothing is called {self._undefined_name} here"


class _Environment(ImmutableSandboxedEnvironment):
    """A sandbox without globals and methods, with filters of its own."""

    @classmethod
    def made(cls) -> Self:
        made = cls(
            undefined=_Absent,
            autoescape=False,
            keep_trailing_newline=False,
            trim_blocks=True,
            lstrip_blocks=True,
            optimized=False,  # nothing is computed before it is asked for
            finalize=_printable,
        )
        made.globals.clear()
        made.filters = {name: _filters()[name] for name in (*grammar.FILTERS, _ROUNDS)}
        made.tests = {name: made.tests[name] for name in grammar.TESTS}
        return made

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's signature
        """Return what a dict holds under a name, never an attribute of the object."""
        if type(obj) is LoopContext and attribute in grammar.LOOP:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - Jinja's signature
        """Return what a dict or a list holds."""
        if type(obj) is dict and type(argument) is str and argument in obj:
            return obj[argument]
        if type(obj) in {list, tuple} and type(argument) is int and argument < len(obj):
            return obj[argument]
        return self.undefined(obj=obj, name=argument)

    def call(self, *_: object, **__: object) -> Any:  # noqa: ANN401 - Jinja's signature
        """Refuse: templates call nothing."""
        raise SecurityError("a template calls nothing")


@cache
def _environment() -> _Environment:
    return _Environment.made()


# --- counting -------------------------------------------------------------------------------------


class _Meter:
    """The work of one rendering."""

    def __init__(self) -> None:
        self._left = MAX_STEPS

    def spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise TemplateRuntimeError(f"this is more work than {MAX_STEPS} steps")


class _Given:
    """What one rendering is given."""

    def __init__(self) -> None:
        self._values = MAX_VALUES
        self._characters = MAX_GIVEN

    def take(self, values: Mapping[str, object]) -> None:
        """Raise Fault where a value is not plain, or where they are too many or too long."""
        for slot, value in values.items():
            if not self._is_plain(value, 0):
                raise Fault(f"{slot} is {_noun(value)}, not a plain value", line=0)
            if self._is_too_much:
                raise Fault(f"{slot} is one value too many, or too long", line=0)

    @property
    def _is_too_much(self) -> bool:
        return self._values < 0 or self._characters < 0

    def _is_plain(self, value: object, depth: int) -> bool:
        """Count a value and return whether it is plain, as far as it was worth looking."""
        self._values -= 1
        if depth > MAX_LEVELS or self._is_too_much:
            return depth <= MAX_LEVELS  # what is too much is refused as such, whatever else it is
        # exactly these types: a subclass has methods of its own
        kind = type(value)
        if kind is str:
            self._characters -= len(str(value))
            return True
        if isinstance(value, int) and kind in {int, bool}:
            return abs(value) <= _LARGEST
        if isinstance(value, dict) and kind is dict:
            return all(type(key) is str and self._is_plain(each, depth + 1) for key, each in value.items())
        if isinstance(value, list | tuple) and kind in {list, tuple}:
            return all(self._is_plain(each, depth + 1) for each in value)
        return value is None


def _printable(value: object) -> object:
    """Return what a template may print: texts and numbers; raise for nothing, yes and no, lists and dicts."""
    if isinstance(value, str) or type(value) is int:
        return value
    if isinstance(value, Undefined):
        return str(value)  # raises, and says which part is missing
    raise TemplateRuntimeError(f"{_noun(value)} cannot be printed")


def _noun(value: object) -> str:
    """Return what a value is, in the words of people who write letters."""
    nouns = {
        "str": "a text",
        "int": "a number",
        "list": "a list",
        "tuple": "a list",
        "dict": "a group of parts",
        "bool": "a yes or no",
        "NoneType": "an empty value",
    }
    name = type(value).__name__
    return nouns.get(name, f"a {name}")


# --- filters --------------------------------------------------------------------------------------


@cache
def _filters() -> dict[str, Callable[..., Any]]:
    return {
        "capitalize": _of_text("capitalize", str.capitalize),
        "lower": _of_text("lower", str.lower),
        "trim": _of_text("trim", str.strip),
        "upper": _of_text("upper", str.upper),
        "first": _first,
        "last": _last,
        "length": _length,
        "join": _join,
        _ROUNDS: _rounds,
    }


def _of_text(name: str, change: Callable[[str], str]) -> Callable[[Context, object], str]:
    @pass_context
    def changed(context: Context, value: object) -> str:
        if not isinstance(value, str):
            raise TemplateRuntimeError(f"{name} takes a text{_but(value)}")
        _spend(context, 1 + len(value) // _CHARACTERS_A_STEP)
        return change(value)

    return changed


@pass_context
def _first(context: Context, value: object) -> object:
    return _end(context, "first", value, 0)


@pass_context
def _last(context: Context, value: object) -> object:
    return _end(context, "last", value, -1)


def _end(context: Context, name: str, value: object, place: int) -> object:
    if not isinstance(value, str | list | tuple):
        raise TemplateRuntimeError(f"{name} takes a list{_but(value)}")
    _spend(context, 1)
    if not value:
        raise TemplateRuntimeError(f"{name} of nothing")
    return value[place]


@pass_context
def _length(context: Context, value: object) -> int:
    if not isinstance(value, str | list | tuple | dict):
        raise TemplateRuntimeError(f"length takes a text or a list{_but(value)}")
    _spend(context, 1)
    return len(value)


@pass_context
def _join(context: Context, value: object, separator: str = "") -> str:
    if not isinstance(value, list | tuple):
        raise TemplateRuntimeError(f"join takes a list{_but(value)}")
    parts = [str(_printable(each)) for each in value]
    _spend(
        context, 1 + len(parts) + (sum(map(len, parts)) + len(separator) * len(parts)) // _CHARACTERS_A_STEP
    )
    return separator.join(parts)


@pass_context
def _rounds(context: Context, value: object, cost: int) -> object:
    """Return the list that a loop goes over, after paying for all its rounds."""
    if not isinstance(value, list | tuple):
        raise TemplateRuntimeError(f"a loop goes over a list{_but(value)}")
    _spend(context, (len(value) + 1) * (cost + 1))
    return value


def _spend(context: Context, steps: int) -> None:
    meter = context.parent[_METER]
    assert isinstance(meter, _Meter)  # noqa: S101 - put there by `fill`
    meter.spend(steps)


def _but(value: object) -> str:
    if isinstance(value, Undefined):
        return str(value)  # raises, and says which part is missing
    return f", and this is {_noun(value)}"


# --- what went wrong ------------------------------------------------------------------------------


def _told(error: Exception) -> str:
    if isinstance(error, TypeError):
        return "a text and a number cannot be compared"
    return (str(error) or type(error).__name__).rstrip(".")


def _line(trace: TracebackType | None) -> int:
    """Return the template's line in which an error arose; Jinja writes it into the trace."""
    lines = [each.tb_lineno for each in _frames(trace) if each.tb_frame.f_code.co_filename == _FILE]
    return lines[-1] if lines else 0


def _frames(trace: TracebackType | None) -> Iterator[TracebackType]:
    while trace is not None:
        yield trace
        trace = trace.tb_next
