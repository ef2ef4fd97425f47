"""How a template uses its slots: as a text, as a list, or by their parts.

A use is a path: `brand`, `voice.do`, and `facts[].text` for the part `text` of whatever `facts` lists.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from jinja2 import nodes

_ITEM = "[]"
_OF_LISTS = frozenset({"first", "join", "last"})


@dataclass(frozen=True)
class Uses:
    """The paths that a template goes along, and those of them that it prints."""

    paths: frozenset[str]
    printed: frozenset[str]

    def __or__(self, other: "Uses") -> "Uses":
        return Uses(self.paths | other.paths, self.printed | other.printed)


def uses_of(tree: nodes.Template, slots: AbstractSet[str]) -> Uses:
    """Return how a template that was let through uses its slots."""
    paths: set[str] = set()
    printed: set[str] = set()
    waiting: list[tuple[nodes.Node, Mapping[str, str]]] = [(tree, {slot: slot for slot in slots})]
    while waiting:
        node, names = waiting.pop()
        if isinstance(node, nodes.Output):
            printed.update(path for part in node.nodes for path in _printed(part, names))
        path = _path(node, names)
        if path:
            paths.add(path)
        if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
            inside = {**names, node.target.name: _item(_path(node.iter, names))}
            paths.update(filter(None, [inside[node.target.name]]))
            waiting += [(part, names) for part in (node.iter, *node.else_)]
            waiting += [(part, inside) for part in (*node.body, *([node.test] if node.test else []))]
        else:
            waiting += [(part, names) for part in node.iter_child_nodes()]
    return Uses(frozenset(paths), frozenset(printed))


def strange(own: Uses, shipped: Uses) -> Iterator[str]:
    """Tell, as phrases, what a template asks of its slots that the shipped one does not know of them."""
    for path in sorted(own.paths - shipped.paths):
        whole, _, part = path.rpartition(".")
        if part.endswith(_ITEM):
            yield f"{path.removesuffix(_ITEM)} is no list"
        elif whole:
            there = ", ".join(sorted(_parts_of(whole, shipped)))
            yield f"{whole} has no part {part}" + (f"; there are {there}" if there else "")
    for path in sorted(own.printed & shipped.paths):
        if any(each.startswith((f"{path}.", f"{path}{_ITEM}")) for each in shipped.paths):
            yield f"{path} is a list or has parts: it cannot be printed as a whole"


def _printed(node: nodes.Node, names: Mapping[str, str]) -> Iterator[str]:
    if isinstance(node, nodes.CondExpr):
        yield from _printed(node.expr1, names)
        if node.expr2 is not None:
            yield from _printed(node.expr2, names)
    elif not isinstance(node, nodes.Filter) or node.name in {"first", "last"}:
        yield from filter(None, [_path(node, names)])


def _path(node: nodes.Node | None, names: Mapping[str, str]) -> str:
    """Return the path of an expression, nothing for one that is none."""
    match node:
        case nodes.Name():
            return names.get(node.name, "")
        case nodes.Getattr():
            return _joined(_path(node.node, names), node.attr)
        case nodes.Getitem(arg=nodes.Const(value=str() as name)):
            return _joined(_path(node.node, names), name)
        case nodes.Getitem():
            return _item(_path(node.node, names))
        case nodes.Filter() if node.name in _OF_LISTS:
            return _item(_path(node.node, names))
        case _:
            return ""


def _joined(path: str, part: str) -> str:
    return f"{path}.{part}" if path else ""


def _item(path: str) -> str:
    return f"{path}{_ITEM}" if path else ""


def _parts_of(whole: str, shipped: Uses) -> Iterator[str]:
    for path in shipped.paths:
        rest = path.removeprefix(f"{whole}.")
        if rest != path and "." not in rest and _ITEM not in rest:
            yield rest
