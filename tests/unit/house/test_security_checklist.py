"""docs/security.md answers every requirement of OWASP ASVS 5.0 level 1, with evidence that exists."""

import re
from collections import Counter

import pytest

from tests.unit.house.tree import ROOT

TEXT = (ROOT / "docs" / "security.md").read_text("utf-8")
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split(" | "))
    for line in TEXT.splitlines()
    if re.match(r"\| \d+\.\d+\.\d+ \|", line)
]
LEVEL_1 = {
    "1.2": 5, "1.5": 1, "2.1": 1, "2.3": 1, "3.3": 1, "4.1": 1, "4.4": 1, "5.3": 2, "6.1": 1, "6.2": 8,
    "6.3": 2, "6.4": 2, "7.2": 4, "7.4": 2, "8.1": 1, "8.2": 2, "8.3": 1, "9.1": 3, "9.2": 1, "10.4": 5,
    "11.3": 2, "11.4": 1, "12.1": 1, "12.2": 2, "13.4": 1, "14.2": 1, "14.3": 1, "15.1": 1, "15.2": 1,
    "15.3": 1, "1.3": 2, "2.2": 2, "3.2": 2, "3.4": 2, "3.5": 3, "5.2": 2,
}  # fmt: skip
"""How many requirements of level 1 each section of ASVS 5.0.0 has; they are numbered from 1."""
NAMED = re.findall(r"`((?:tests|agent|docs|\.github)/[^`]+|pyproject\.toml)`", TEXT)


def test_every_requirement_is_answered_once() -> None:
    wanted = {f"{section}.{number}" for section, count in LEVEL_1.items() for number in range(1, count + 1)}
    assert len(wanted) == 70
    assert Counter(row[0] for row in ROWS) == Counter(wanted)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_an_answer_says_its_state_and_why(row: tuple[str, ...]) -> None:
    _, state, how, *evidence = row
    assert state in {"met", "not applicable", "not met"}
    assert how
    assert state != "met" or evidence != [""]
    assert state != "not met" or "To do:" in how


@pytest.mark.parametrize("named", sorted(set(NAMED)))
def test_the_evidence_exists(named: str) -> None:
    path, _, test = named.partition("::")
    assert (ROOT / path).is_file()
    assert not test or f"def {test}(" in (ROOT / path).read_text("utf-8")


def test_the_sums_are_those_of_the_table() -> None:
    states = Counter(row[1] for row in ROWS)
    said = f"{states['met']} met, {states['not applicable']} not applicable, {states['not met']} not met."
    assert said in TEXT
