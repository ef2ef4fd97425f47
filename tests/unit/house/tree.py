"""The repository as its own tests see it: where it stands, and its Python files as syntax trees."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
PRODUCT = ("agent", "index", "jobs", "prompts")
EVERYTHING = (*PRODUCT, "bench", "tests")


@dataclass(frozen=True, kw_only=True)
class Use:
    """A name from another module, written in full, and where it is used."""

    name: str
    line: int


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def imports(tree: ast.AST) -> Iterator[Use]:
    """Each module or name that is imported, by its full name; relative imports are ours and left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Use(name=alias.name, line=node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (Use(name=f"{node.module}.{alias.name}", line=node.lineno) for alias in node.names)


def uses(tree: ast.AST) -> Iterator[Use]:
    """Each imported name where it is used, written in full.

    After `from datetime import datetime as dt`, `dt.now` is `datetime.datetime.now`.
    """
    known = dict(_bindings(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            first, _, rest = _dotted(node).partition(".")
            if first in known:
                yield Use(name=f"{known[first]}.{rest}".rstrip("."), line=node.lineno)


def _bindings(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                yield (alias.asname, alias.name) if alias.asname else (first, first)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _dotted(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{_dotted(value)}.{attr}"
        case _:
            return ""  # a call or a subscript has no name of its own
