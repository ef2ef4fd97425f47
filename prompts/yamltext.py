"""Reads the small YAML of texts: mappings, lists and texts, every scalar a text, each with its line.

In YAML, « on » and "no" would be booleans; here they stay words. Anchors, tags and repeated keys are refused:
an anchor can make ten lines stand for a billion, and of two equal keys the first would be lost unseen.
"""

from dataclasses import dataclass

import yaml

from prompts.errors import Fault
from prompts.limits import MAX_FORMS, MAX_LEVELS

# written in C where the wheel carries libyaml, else in Python: the same result, more slowly
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_HINT = " (a text with a colon, braces or quotation marks stands in quotes)"


@dataclass(frozen=True)
class Said:
    """A scalar and the line it begins in."""

    text: str
    line: int


@dataclass(frozen=True)
class Listed:
    """A list and the line it begins in."""

    items: "tuple[Tree, ...]"
    line: int


@dataclass(frozen=True)
class Mapped:
    """A mapping and the line it begins in."""

    items: "dict[str, Tree]"
    line: int


Tree = Said | Listed | Mapped


def read(text: str, *, first_line: int) -> Tree:
    """Return what a YAML text says; raises Fault with the line in the file that it is part of."""
    try:
        _weigh(text, first_line)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark is not None else 0)
        raise Fault(f"this is no YAML: {error.problem or error.context}{_HINT}", line=line) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise Fault(f"this is no YAML: {str(error).splitlines()[0]}", line=first_line) from error
    if node is None:
        raise Fault("there is nothing here", line=first_line)
    return _tree(node, first_line)


def _weigh(text: str, first_line: int) -> None:
    """Look at the events before anything is built: building goes as deep as the text does."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        line = first_line + (event.start_mark.line if event.start_mark is not None else 0)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise Fault("anchors (& and *) are not allowed: write the text out, or in quotes", line=line)
        if getattr(event, "tag", None) is not None:
            raise Fault("tags (!) are not allowed: write the text in quotes", line=line)
        opens = isinstance(event, yaml.CollectionStartEvent)
        depth += opens - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_LEVELS or count > MAX_FORMS:
            raise Fault("this is too large or nested too deeply", line=line)


def _tree(node: yaml.Node, first_line: int) -> Tree:
    line = first_line + node.start_mark.line
    if isinstance(node, yaml.ScalarNode):
        return Said(str(node.value), line)
    if isinstance(node, yaml.SequenceNode):
        return Listed(tuple(_tree(each, first_line) for each in node.value), line)
    found: dict[str, Tree] = {}
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        if not name or name in found:
            told = f"{name} stands here twice" if name else f"a key is a word{_HINT}"
            raise Fault(told, line=first_line + key.start_mark.line)
        found[name] = _tree(value, first_line)
    return Mapped(found, line)
