"""Decision records: numbered without gaps, of one form, and listed."""

import re
from pathlib import Path

import pytest

from tests.unit.house.tree import ROOT

FOLDER = ROOT / "docs" / "decisions"
RECORDS = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
STATUS = re.compile(r"Accepted|Superseded by \[\d{4}\]\(\d{4}-[a-z0-9-]+\.md\)")


def test_numbers_have_no_gap() -> None:
    assert [path.name[:4] for path in RECORDS] == [f"{number:04}" for number in range(1, len(RECORDS) + 1)]


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_record_has_its_number_and_its_four_parts(record: Path) -> None:
    text = record.read_text("utf-8")
    assert re.match(rf"# {record.name[:4]} · \S.+\n", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Status", "Context", "Decision", "Consequences"]
    assert STATUS.fullmatch(_part(text, "Status")), "Accepted, or Superseded by [0009](0009-title.md)"


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_decision_starts_with_one_line_to_quote(record: Path) -> None:
    first, *_ = _part(record.read_text("utf-8"), "Decision").split("\n\n")
    assert re.fullmatch(r"\*\*[^*]+\*\*", first)


def test_the_list_names_every_record_once() -> None:
    linked = re.findall(r"\]\((\d{4}-[a-z0-9-]+\.md)\)", (FOLDER / "README.md").read_text("utf-8"))
    assert linked == [path.name for path in RECORDS]


def _part(text: str, heading: str) -> str:
    return text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0].strip()
