"""Templates, files and names that do what a text must not: leave the sandbox, never end, grow, read files.

`python -m bench.attacks` reads attacks by name, one a line, and answers each with a line of JSON: what
became of it. It is a process of its own so that whoever asks can stop waiting; its memory is bounded.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

import prompts

MEMORY = 2_000_000_000
"""Bytes of address space that the process may take."""
FRONT = "---\nname: t\npurpose: p\nlanguage: en\nslots: [who, items, part, count]\nschema: 1\n---\n"
PLAIN: dict[str, Any] = {"who": "Léa", "items": ["a", "b"], "part": {"name": "n"}, "count": 3}
"""Values that a template may be given."""


@dataclass(frozen=True, kw_only=True)
class Attack:
    """Something that must be refused: a template, a whole file, the body of phrases, or a name."""

    name: str
    text: str
    kind: str = "template"
    values: Mapping[str, Any] = field(default_factory=dict)

    def run(self) -> str:
        """Return what it makes; raises PromptError where it is refused."""
        match self.kind:
            case "template":
                return prompts.parse(FRONT + self.text).render(**{**PLAIN, **self.values})
            case "file":
                return prompts.parse(self.text).render()
            case "phrases":
                held = prompts.phrases_of(prompts.parse(FRONT + self.text))
                held.check()
                return str(held.sections)
            case _:
                name, _, language = self.text.rpartition(".")
                return prompts.load(name, language).body

    def run_plainly(self) -> str:
        """Return what Jinja's own immutable sandbox makes of it."""
        made = ImmutableSandboxedEnvironment().from_string(self.text)
        return made.render(**{**PLAIN, **self.values})


_ESCAPES: dict[str, str] = {
    "class by attribute": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "class by item": "{{ who['__class__'] }}",
    "class by item of a dict": "{{ part['__class__']['__init__'] }}",
    "method of a text": "{{ who.upper }}",
    "method of a dict": "{{ part.update }}",
    "items of a dict": "{% for a in part.items %}{{ a }}{% endfor %}",
    "call of a method": "{{ who.upper() }}",
    "format": "{{ '{0.__class__}'.format(who) }}",
    "format_map": "{{ '{a.__class__}'.format_map(part) }}",
    "format by filter": "{{ '%s' | format(who) }}",
    "format by map": "{{ part | map('format', who) }}",
    "format of a slot": "{{ who.format(who) }}",
    "percent": "{{ '%10000000s' % who }}",
    "attr": "{{ who | attr('__class__') }}",
    "attr of attr": "{{ who | attr('__class__') | attr('__mro__') }}",
    "attr spelled apart": "{{ who | attr('__cl' ~ 'ass__') }}",
    "map attribute": "{{ items | map(attribute='__class__') }}",
    "selectattr": "{{ items | selectattr('__class__') }}",
    "groupby": "{{ items | groupby('__class__') }}",
    "join by attribute": "{{ items | join(',', attribute='__class__') }}",
    "sort by attribute": "{{ items | sort(attribute='__class__.__name__') }}",
    "sum by attribute": "{{ items | sum(attribute='__len__') }}",
    "xmlattr": "{{ part | xmlattr }}",
    "tojson": "{{ part | tojson }}",
    "pprint": "{{ part | pprint }}",
    "cycler": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "joiner": "{{ joiner.__init__.__globals__ }}",
    "namespace": "{% set ns = namespace(a=1) %}{{ ns.__init__ }}",
    "lipsum": "{{ lipsum.__globals__['os'] }}",
    "lipsum called": "{{ lipsum(n=100000) }}",
    "dict called": "{{ dict(a=who).a }}",
    "range called": "{{ range(10) }}",
    "self": "{{ self.__init__ }}",
    "self alone": "{{ self }}",
    "context": "{{ context.environment }}",
    "environment": "{{ environment.loader }}",
    "meter": "{{ _meter }}",
    "caller": "{% macro m() %}{{ caller() }}{% endmacro %}",
    "macro": "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1) }}",
    "call block": "{% call who() %}{% endcall %}",
    "include": "{% include '/etc/passwd' %}",
    "include of a slot": "{% include who %}",
    "import": "{% import 'x' as x %}",
    "from import": "{% from 'x' import y %}",
    "extends": "{% extends 'x' %}",
    "block": "{% block a %}{% endblock %}",
    "super": "{{ super() }}",
    "set": "{% set a = who %}{{ a }}",
    "set block": "{% set a %}x{% endset %}",
    "with": "{% with a = who %}{{ a }}{% endwith %}",
    "filter block": "{% filter upper %}x{% endfilter %}",
    "autoescape": "{% autoescape true %}x{% endautoescape %}",
    "do": "{% do items.append(1) %}",
    "debug": "{% debug %}",
    "loop object": "{% for a in items %}{{ loop }}{% endfor %}",
    "loop internals": "{% for a in items %}{{ loop._iterable }}{% endfor %}",
    "loop called": "{% for a in items recursive %}{{ loop(items) }}{% endfor %}",
    "loop cycle": "{% for a in items %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "loop elsewhere": "{{ loop.index }}",
    "escaped name": "{{ who['\\x5f\\x5fclass\\x5f\\x5f'] }}",
    "test with an argument": "{{ 'x' if who is sameas(who) }}",
    "slice": "{{ who[::-1] }}",
    "key that is computed": "{{ part[who] }}",
}
"""Ways out of the sandbox, or to its globals."""

_ENDLESS: dict[str, str] = {
    "times": "{{ 'a' * 10**9 }}",
    "times of a list": "{{ [0] * 1000000000 }}",
    "power": "{{ 10**10**8 }}",
    "power of powers": "{{ 9**9**9**9 }}",
    "shift by product": "{{ 99999999 * 99999999 * 99999999 * count }}",
    "center": "{{ who | center(999999) }}",
    "indent": "{{ who | indent(999999) }}",
    "wordwrap": "{{ who | wordwrap(1) }}",
    "batch": "{{ items | batch(999999, 'x') | list }}",
    "slice filter": "{{ items | slice(999999) | list }}",
    "replace": "{{ who | replace('', 'xxxxxxxxxx') | replace('', 'xxxxxxxxxx') }}",
    "truncate": "{{ who | truncate(999999) }}",
    "urlize": "{{ who | urlize }}",
    "random": "{{ items | random }}",
    "range": "{% for a in range(999999) %}x{% endfor %}",
    "range in range": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "macro that calls itself": "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    "doubling": "{% set a = 'x' %}" + "{% set a = a ~ a %}" * 60 + "{{ a }}",
    "tilde": "{{ " + " ~ ".join(["who"] * 50) + " }}",
    "three loops": "{% for a in items %}" * 3 + "x" + "{% endfor %}" * 3,
    "loop over a text": "{% for a in who %}{{ a }}{% endfor %}",
    "loop over a number": "{% for a in count %}{{ a }}{% endfor %}",
    "loop over parts": "{% for a in part %}{{ a }}{% endfor %}",
    "giant whole number": "{{ " + "9" * 50_000 + " }}",
    "giant hexadecimal number": "{{ 0x" + "f" * 50_000 + " }}",
    "giant float": "{{ 1e999999999 }}",
    "giant text": "{{ '" + "x" * 50_000 + "' }}",
    "giant list": "{{ [" + "1," * 20_000 + "] }}",
    "giant dict": "{{ {" + "1:1," * 12_000 + "} }}",
    "many slots": "{{ who }}" * 6_000,
    "many loops": "{% for a in items %}{% endfor %}" * 1_700,
    "giant file": "x" * 10_000_000,
}
"""Work without end, and results without measure."""

_DEEP: dict[str, str] = {
    "parentheses": "{{ " + "(" * 20_000 + "who" + ")" * 20_000 + " }}",
    "parentheses never closed": "{{ " + "(" * 50_000,
    "brackets": "{{ " + "[" * 20_000 + "]" * 20_000 + " }}",
    "not not": "{{ " + "not " * 14_000 + "who }}",
    "minus minus": "{{ " + "-" * 50_000 + "1 }}",
    "and and": "{{ " + "who and " * 7_000 + "who }}",
    "plus plus": "{{ " + "1+" * 25_000 + "1 }}",
    "dots": "{{ part" + ".name" * 10_000 + " }}",
    "items of items": "{{ part" + "['a']" * 10_000 + " }}",
    "filters": "{{ who" + " | upper" * 7_000 + " }}",
    "tests": "{{ who" + " is defined" * 5_000 + " }}",
    "if else if else": "{{ " + "1 if who else " * 4_000 + "2 }}",
    "comparisons": "{{ " + "count < " * 7_000 + "count }}",
    "statements": "{% if who %}" * 2_500 + "{% endif %}" * 2_500,
    "statements never closed": "{% if who %}" * 4_500,
    "elif": "{% if who %}" + "{% elif who %}" * 4_000 + "{% endif %}",
    "quotes": "{{ '" * 14_000,
    "braces": "{{" * 29_000,
    "braces and signs": "{{ {% {# " * 6_000,
    "comment never closed": "{#" * 29_000,
    "raw never closed": "{% raw %}" * 6_000,
    "spaces": "{{" + " " * 59_900 + "who.x }}",
    "line after line": "{%\n" * 19_000,
    "arguments": "{{ items | join(" + "'a'," * 10_000 + "'b') }}",
}
"""What keeps a parser, a compiler or a stack busy."""

_ODD: dict[str, str] = {
    "prints a dict": "{{ part }}",
    "prints a list": "{{ items }}",
    "prints nothing at all": "{{ none }}",
    "prints yes": "{{ who == 'Léa' }}",
    "unknown slot": "{{ stranger }}",
    "unknown part": "{{ part.stranger }}",
    "unknown place": "{{ items[99] }}",
    "text against number": "{% if who > 3 %}x{% endif %}",
    "slot against slot": "{% if who == who %}x{% endif %}",
    "in": "{% if 'a' in items %}x{% endif %}",
    "join of a text": "{{ who | join('x') }}",
    "upper of a list": "{{ items | upper }}",
    "loop that hides itself": "{% for self in items %}{{ self }}{% endfor %}",
    "loop into two names": "{% for a, b in items %}{{ a }}{% endfor %}",
    "letters that look alike": "{{ whо }}",
    "null character": "a\x00b",
    "text that runs backwards": "a\u202eb",
    "zero-width space": "a\u200bb",
    "tag characters": "a\U000e0041b",
    "half a character": "a\ud800b",
    "unclosed": "{{ who",
    "unknown tag": "{% system 'id' %}",
}
"""Things that print what nobody wants in a letter, or that its reader does not see."""

_GIVEN: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    (
        "output of many values",
        "{% for a in items %}{{ who }}{% endfor %}",
        {"who": "x" * 9_000, "items": [1] * 9},
    ),
    (
        "work without output",
        "{% for a in items %}{% for b in items %}{% if who %}{% endif %}{% endfor %}{% endfor %}",
        {"items": [1] * 9_000},
    ),
    (
        "filters without output",
        "{% for a in items %}{% if who|upper|lower|upper|lower|upper|lower == 'x' %}{% endif %}{% endfor %}",
        {"who": "x" * 400_000, "items": [1] * 5_000},
    ),
    ("too many values", "{{ who }}", {"items": [1] * 50_000}),
    ("too long a value", "{{ who }}", {"who": "x" * 600_000}),
    ("a value with methods", "{{ who }}", {"who": Attack}),
    ("a text that is more than a text", "{{ who }}", {"who": type("Text", (str,), {})("x")}),
    ("a dict that is more than a dict", "{{ part.name }}", {"part": type("Parts", (dict,), {})(name="x")}),
    ("a function among the values", "{{ part.name }}", {"part": {"name": print}}),
    ("a number beyond measure", "{{ count }}", {"count": 10**5_000}),
)
_KNOT: list[Any] = []
_KNOT.append(_KNOT)
_FILES: tuple[tuple[str, str], ...] = (
    ("no front matter", "Hello"),
    ("front matter that is a list", "---\n- a\n---\nx"),
    ("a key too many", FRONT.replace("schema: 1", "schema: 1\nrun: ls") + "x"),
    (
        "anchors that multiply",
        "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nslots: [*b]\n---\nx",
    ),
    ("an anchor that holds itself", "---\nslots: &a [*a]\n---\nx"),
    ("a Python object", "---\nname: !!python/object/apply:os.system ['id']\n---\nx"),
    ("brackets in the front matter", "---\nslots: " + "[" * 3_000 + "\n---\nx"),
    ("a long front matter", "---\npurpose: " + "x" * 50_000 + "\n---\nx"),
    ("a slot that is no name", FRONT.replace("who", "__class__") + "x"),
    ("a slot called self", FRONT.replace("who", "self") + "x"),
    ("a slot named twice", FRONT.replace("who", "items") + "x"),
    ("a name that is a path", FRONT.replace("name: t", "name: ../../etc/passwd") + "x"),
    ("a schema of tomorrow", FRONT.replace("schema: 1", "schema: 2") + "x"),
    ("a key that stands twice", FRONT.replace("schema: 1", "schema: 1\nschema: 1") + "x"),
)
_PHRASES: tuple[tuple[str, str], ...] = (
    ("phrases that are a text", "just a text"),
    ("a section that is a text", "opening: hello"),
    ("a section twice", "opening: [a]\nopening: [b]"),
    ("anchors in phrases", "a: &a [x, x]\nb: [*a, *a]"),
    ("a merge key", "a: {<<: {b: c}}"),
    ("brackets in phrases", "a: " + "[" * 50_000),
    ("very many forms", "a: [" + "x," * 25_000 + "]"),
    ("half a loop in a sentence", "a:\n  - '{% for b in items %}x'\n  - '{% endfor %}'"),
    ("a call in a sentence", "a:\n  - '{{ who.upper() }}'"),
    ("a form without a text", "a:\n  - {when: [b]}"),
)
_NAMES: tuple[str, ...] = (
    "../agent/samples/savon-du-sud.yaml.en",
    "letters/../letters/frame.fr",
    "/etc/passwd.en",
    "letters/frame\x00.fr",
    "letters\\frame.fr",
    "letters//frame.fr",
    "./letters/frame.fr",
    "~/letters/frame.fr",
    "C:letters/frame.fr",
    "letters/frame.fr/../fr",
    "letters/%2e%2e/frame.fr",
    "LETTERS/FRAME.FR",
    "letters/frame.f\u202er",
    "a" * 100_000 + ".fr",
    "a/" * 50_000 + "a.fr",
)

ATTACKS: Mapping[str, Attack] = {
    each.name: each
    for each in (
        *(Attack(name=name, text=text) for name, text in (_ESCAPES | _ENDLESS | _DEEP | _ODD).items()),
        *(Attack(name=name, text=text, values=values) for name, text, values in _GIVEN),
        Attack(name="a value that holds itself", text="{{ who }}", values={"items": _KNOT}),
        *(Attack(name=name, text=text, kind="file") for name, text in _FILES),
        *(Attack(name=name, text=text, kind="phrases") for name, text in _PHRASES),
        *(Attack(name=f"the name {text[:24]!r}", text=text, kind="name") for text in _NAMES),
    )
}


def answer(run: Callable[[], str]) -> Mapping[str, Any]:
    """Return whether it was refused, with which words, and after how many milliseconds."""
    started = time.perf_counter()
    try:
        made = run()
        told = {"refused": False, "told": made[:200]}
    except prompts.PromptError as error:
        told = {"refused": True, "told": str(error)}
    except Exception as error:  # noqa: BLE001 - any other error is what is to be told about
        told = {"refused": False, "told": f"{type(error).__name__}: {str(error)[:200]}", "raised": True}
    return {**told, "ms": (time.perf_counter() - started) * 1000}


def main() -> None:
    """Answer one attack a line; after the word `plainly` with Jinja's own sandbox."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    prompts.parse(FRONT + "{{ who }}").render(**PLAIN)  # Jinja compiles its first template slowly
    for line in sys.stdin:
        asked = json.loads(line)
        attack = ATTACKS[asked["name"]]
        told = answer(attack.run_plainly if asked["plainly"] else attack.run)
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
