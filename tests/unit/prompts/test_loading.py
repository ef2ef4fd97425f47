"""Texts that a brand may publish are read from a letter's assignment, so that what it published is used."""

import ast
from collections.abc import Iterator

import pytest

from agent.usecases.prompting_rules import is_tunable
from tests.unit.house.tree import place, python_files


def read_by_the_file(source: str) -> Iterator[int]:
    """Yield the lines that load a text of the brand's from the shipped file, whatever was published."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"prompts.load", "prompts.phrases"}:
            name = node.args[0] if node.args else None
            if isinstance(name, ast.Constant) and is_tunable(str(name.value)):
                yield node.lineno


def test_writers_and_composing_read_texts_from_the_assignment() -> None:
    places = [
        place(path, line)
        for path in python_files("agent")
        for line in read_by_the_file(path.read_text("utf-8"))
    ]
    assert places == [], "take assignment.texts: a brand may have published a text of its own"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('import prompts\nprompts.phrases("letters/frame", "fr")', [2]),
        ('import prompts\nprompts.load("model/first_touch", language)', [2]),
        ('import prompts\nprompts.phrases("legal/footer", "fr")', []),
        ('assignment.texts.phrases("letters/frame", "fr")', []),
    ],
)
def test_a_shipped_file_that_is_read_directly_is_found(source: str, lines: list[int]) -> None:
    assert list(read_by_the_file(source)) == lines
