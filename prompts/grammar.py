"""What a template may consist of, decided before anything of it runs.

A template names slots, chooses and repeats, and can do nothing else. Two walls stand in front of Jinja's
compiler: one over the tokens, so that no source can keep the parser busy, and one over the parsed tree.
Both are lists of what is allowed. What neither can see, because it depends on the values, `sandbox` counts.
"""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from jinja2 import Environment, TemplateSyntaxError, nodes

from prompts.errors import Fault
from prompts.limits import (
    MAX_CONSTANT,
    MAX_DEPTH,
    MAX_LOOPS,
    MAX_NESTING,
    MAX_NUMBER,
    MAX_SOURCE,
    MAX_TAG,
    MAX_TAGS,
)

FILTERS = frozenset({"capitalize", "first", "join", "last", "length", "lower", "trim", "upper"})
TESTS = frozenset({"defined", "none"})
LOOP = frozenset({"first", "index", "last", "length"})
"""What may be asked of `loop`."""
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,39}")
RESERVED = frozenset({"caller", "context", "environment", "kwargs", "loop", "self", "super", "varargs"})

_NODES = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.For, nodes.If),
    *(nodes.CondExpr, nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand),
    *(nodes.And, nodes.Or, nodes.Not),
)
# How people call what is refused; whatever is not here goes by Jinja's own name
_CALLED = {
    nodes.Call: "a call",
    nodes.BinExpr: "arithmetic",
    nodes.UnaryExpr: "arithmetic",
    nodes.Concat: "joining texts with ~",
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.List: "a list",
    nodes.Tuple: "several names or values at once",
    nodes.Dict: "a dict",
    nodes.Slice: "a slice",
    nodes.FilterBlock: "a filter block",
    nodes.With: "with",
    nodes.FromImport: "import",
    nodes.CallBlock: "a call",
    nodes.Scope: "a block with rules of its own",
}
_ALLOWED = "a template fills slots, chooses with if and repeats with for"
# Controls, text that runs backwards, and characters that nobody sees but a model reads
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_UNCLOSED = re.compile(r"innermost block that needs to be closed is '(\w+)'")
_FOREIGN = re.compile(r"unexpected char (.+) at \d+")
_COMPARISONS = frozenset({"eq", "ne", "lt", "lteq", "gt", "gteq"})
_OPENS, _CLOSES = frozenset({"for", "if"}), frozenset({"endfor", "endif"})
_SILENT = frozenset({"whitespace", "comment", "comment_begin", "comment_end", "data"})


def parsed(environment: Environment, source: str, slots: AbstractSet[str]) -> nodes.Template:
    """Return the tree of a template in which nothing stands but what is allowed.

    Raises Fault with the line of the source.
    """
    if len(source) > MAX_SOURCE:
        raise Fault(f"{len(source)} characters are too many; {MAX_SOURCE} are allowed", line=1)
    try:
        _weigh_tokens(environment, source)
        tree = environment.parse(source)
    except TemplateSyntaxError as error:
        raise Fault(f"this is no template: {_sentence(error)}", line=error.lineno) from error
    except (RecursionError, ValueError, OverflowError) as error:
        raise Fault(f"this is no template: {error}", line=1) from error
    _judge(tree, slots)
    return tree


def slots_of(tree: nodes.Template, slots: AbstractSet[str]) -> tuple[str, ...]:
    """Return the slots that a template names, in the order of its text, each as often as it stands there."""
    names = (node for node in _walk(tree) if isinstance(node, nodes.Name) and node.ctx == "load")
    return tuple(node.name for node in names if node.name in slots)


def weight(loop: nodes.For) -> int:
    """Return how many parts one round of a loop goes through."""
    return sum(1 for part in (*loop.body, *([loop.test] if loop.test else [])) for _ in _walk(part))


def seen(text: str, *, first_line: int = 1) -> None:
    """Raise Fault where a text holds characters that its reader does not see."""
    found = _UNSEEN.search(text)
    if found:
        line = first_line + text.count("\n", 0, found.start())
        raise Fault(f"the invisible character U+{ord(found[0]):04X} is not allowed", line=line)


# --- tokens: no source keeps the parser busy --------------------------------------------------------


def _weigh_tokens(environment: Environment, source: str) -> None:
    tags = inside = nesting = 0
    begins_statement = False
    for line, kind, value in environment.lex(source):
        if kind in {"variable_begin", "block_begin"}:
            tags, inside = tags + 1, 0
            if tags > MAX_TAGS:
                raise Fault(f"more than {MAX_TAGS} pairs of braces", line=line)
        elif kind == "name" and begins_statement:
            nesting += (value in _OPENS) - (value in _CLOSES)
            if nesting > MAX_NESTING:
                raise Fault(f"more than {MAX_NESTING} statements inside each other", line=line)
        elif kind not in _SILENT:
            inside += 1
            _weigh_literal(kind, value, line)
            if inside > MAX_TAG:
                raise Fault(f"more than {MAX_TAG} words and signs in one pair of braces", line=line)
        begins_statement = kind == "block_begin" or (begins_statement and kind == "whitespace")


def _weigh_literal(kind: str, value: str, line: int) -> None:
    if kind == "float":
        raise Fault(f"the number {value[:20]} has decimals; whole numbers are allowed", line=line)
    if kind == "integer" and not (value.isdecimal() and len(value) <= len(str(MAX_NUMBER))):
        raise Fault(f"a number is written in at most {len(str(MAX_NUMBER))} digits", line=line)
    if kind == "string" and len(value) > MAX_CONSTANT:
        raise Fault(f"a text in braces of more than {MAX_CONSTANT} characters", line=line)
    if kind == "string" and "\\" in value:
        raise Fault("a text in braces has no backslashes", line=line)


def _sentence(error: TemplateSyntaxError) -> str:
    """Return what Jinja found, in one sentence for people who write letters."""
    message = (error.message or "it cannot be read").rstrip(".")
    unclosed = _UNCLOSED.search(message)
    if unclosed:
        return f"{{% end{unclosed[1]} %}} is missing here"
    foreign = _FOREIGN.fullmatch(message)
    return f"the sign {foreign[1]} cannot stand in braces" if foreign else message


# --- the tree: nothing but what is allowed ------------------------------------------------------------


def _judge(tree: nodes.Template, slots: AbstractSet[str]) -> None:
    # a stack of our own: a deep tree must not become a deep recursion
    waiting: list[tuple[nodes.Node, frozenset[str], int, int]] = [(tree, frozenset(slots), 0, 0)]
    while waiting:
        node, scope, depth, loops = waiting.pop()
        if depth > MAX_DEPTH:
            raise Fault("this is nested too deeply", line=node.lineno)
        _judge_node(node, scope)
        if isinstance(node, nodes.For):
            if loops == MAX_LOOPS:
                raise Fault(f"more than {MAX_LOOPS} loops inside each other", line=node.lineno)
            inner = scope | {_target(node), "loop"}
            waiting += [(part, inner, depth + 1, loops + 1) for part in (*node.body, *_given(node.test))]
            waiting += [(part, scope, depth + 1, loops) for part in (*node.else_, node.iter)]
        elif not ("loop" in scope and _is_loop_attribute(node)):
            parts = tuple(node.iter_child_nodes())
            waiting += [(part, scope, depth + 1, loops) for part in reversed(parts)]  # the first one first


def _judge_node(node: nodes.Node, scope: AbstractSet[str]) -> None:  # noqa: C901 - one line per kind of node
    if not isinstance(node, _NODES):
        raise Fault(f"{_called(node)} is not allowed; {_ALLOWED}", line=node.lineno or 1)
    match node:
        case nodes.Name():
            _judge_name(node, scope)
        case nodes.Getattr():
            _judge_attribute(node.attr, node.lineno)
        case nodes.Getitem():
            _judge_item(node)
        case nodes.Filter():
            _judge_filter(node)
        case nodes.Test():
            if node.name not in TESTS or node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
                raise Fault(f"there is no test {node.name}; there are {_listed(TESTS)}", line=node.lineno)
        case nodes.Compare():
            _judge_comparison(node)
        case nodes.Const():
            _judge_constant(node)
        case nodes.For() if node.recursive:
            raise Fault("a loop that calls itself is not allowed", line=node.lineno)


def _judge_name(node: nodes.Name, scope: AbstractSet[str]) -> None:
    if node.name == "loop" and "loop" in scope:
        raise Fault(
            f"loop alone is no text; there are {_listed(f'loop.{each}' for each in LOOP)}", line=node.lineno
        )
    if node.name not in scope:
        known = _listed(name for name in scope if name != "loop") or "none"
        raise Fault(f"{node.name} is no slot of this text; there are {known}", line=node.lineno)


def _judge_attribute(name: str, line: int) -> None:
    if not IDENTIFIER.fullmatch(name):
        raise Fault(f".{name[:40]} is not allowed: parts are named in small letters", line=line)


def _judge_item(node: nodes.Getitem) -> None:
    if not isinstance(node.arg, nodes.Const):
        raise Fault("what stands in [ ] is a number or a name in quotes", line=node.lineno)
    if isinstance(node.arg.value, str):
        _judge_attribute(node.arg.value, node.lineno)
    elif type(node.arg.value) is not int:
        raise Fault("what stands in [ ] is a number or a name in quotes", line=node.lineno)


def _judge_filter(node: nodes.Filter) -> None:
    if node.name not in FILTERS:
        raise Fault(f"there is no filter {node.name}; there are {_listed(FILTERS)}", line=node.lineno)
    if node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) > (node.name == "join"):
        raise Fault(f"{node.name} is not used like this", line=node.lineno)
    if node.args and not (isinstance(node.args[0], nodes.Const) and isinstance(node.args[0].value, str)):
        raise Fault("join takes a text in quotes", line=node.lineno)


def _judge_comparison(node: nodes.Compare) -> None:
    if len(node.ops) != 1 or node.ops[0].op not in _COMPARISONS:
        raise Fault("a comparison is one of == != < <= > >=", line=node.lineno)
    if not isinstance(node.expr, nodes.Const) and not isinstance(node.ops[0].expr, nodes.Const):
        raise Fault("one side of a comparison is a number or a text in quotes", line=node.lineno)


def _judge_constant(node: nodes.Const) -> None:
    if type(node.value) is int and node.value > MAX_NUMBER:
        raise Fault(f"{node.value} is more than {MAX_NUMBER}", line=node.lineno)


def _target(node: nodes.For) -> str:
    if not isinstance(node.target, nodes.Name):
        raise Fault("a loop fills one name", line=node.lineno)
    name = node.target.name
    if not IDENTIFIER.fullmatch(name) or name in RESERVED:
        raise Fault(f"{name[:40]} is no name for what a loop fills", line=node.lineno)
    return name


def _is_loop_attribute(node: nodes.Node) -> bool:
    is_of_loop = (
        isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "loop"
    )
    if is_of_loop and isinstance(node, nodes.Getattr) and node.attr not in LOOP:
        raise Fault(f"there is no loop.{node.attr[:40]}; there are {_listed(LOOP)}", line=node.lineno)
    return is_of_loop


def _given(node: nodes.Node | None) -> tuple[nodes.Node, ...]:
    return (node,) if node is not None else ()


def _called(node: nodes.Node) -> str:
    known = next((name for kind, name in _CALLED.items() if issubclass(type(node), kind)), "")
    return known or type(node).__name__.lower()


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(tuple(_children(node))))


def _children(node: nodes.Node) -> Iterator[nodes.Node]:
    """Return a node's parts as they stand in the text: what a loop goes over before its body."""
    if isinstance(node, nodes.For):
        yield from (node.iter, node.target, *_given(node.test), *node.body, *node.else_)
    elif isinstance(node, nodes.CondExpr):
        yield from (node.expr1, node.test, *_given(node.expr2))
    else:
        yield from node.iter_child_nodes()
