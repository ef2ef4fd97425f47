"""Finds the sentences in the source that can reach a page: what differs in them becomes `{}`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

AGENT = Path(__file__).parents[3] / "agent"
_SENTENCE = re.compile(r"[A-Z“{].*[a-z] [a-z].*[.?!:”]", re.DOTALL)
_NAMED_SLOT = re.compile(r"\{\w+\}")
_OF_A_PATTERN = re.compile(r"[\\|\n]|\(\?")


def texts(*places: str) -> set[str]:
    """Return every text in the modules of files or folders below `agent`, docstrings apart."""
    found: set[str] = set()
    for place in places:
        path = AGENT / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            found.update(_texts(ast.parse(file.read_text(encoding="utf-8"))))
    return found


def sentences(*places: str) -> set[str]:
    """Return those that are a whole sentence: a capital letter, words, a full stop."""
    return {text for text in texts(*places) if _SENTENCE.fullmatch(text) and not _OF_A_PATTERN.search(text)}


def _texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):
        yield "".join(str(each.value) if isinstance(each, ast.Constant) else "{}" for each in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield _NAMED_SLOT.sub("{}", node.value)
    inside = (
        [each for each in node.values if not isinstance(each, ast.Constant)]
        if isinstance(node, ast.JoinedStr)
        else ast.iter_child_nodes(node)
    )
    for child in inside:
        is_docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        if not is_docstring:
            yield from _texts(child)
