"""Texts of a letter come with its assignment, so that what a brand published is what is used."""

import ast

from tests.unit.house.tree import ROOT, python_files, uses

# Texts that no brand changes: lists, legal lines, and the search
BY_THE_FILE = {
    "prompts.load": {
        "agent/adapters/llm/expander.py",
        "agent/usecases/prompting_lab.py",
        "agent/usecases/prompting_rules.py",
    },
    "prompts.phrases": {"agent/usecases/composing.py"},
}


def test_writers_and_composing_read_texts_from_the_assignment() -> None:
    found: dict[str, set[str]] = {name: set() for name in BY_THE_FILE}
    for path in python_files("agent"):
        for use in uses(ast.parse(path.read_text("utf-8"))):
            if use.name in found:
                found[use.name].add(str(path.relative_to(ROOT)))
    for name, places in found.items():
        assert places <= BY_THE_FILE[name], (
            f"{name} reads the shipped file, whatever a brand has published: take assignment.texts, or add "
            "the file here where no brand may change the text"
        )
