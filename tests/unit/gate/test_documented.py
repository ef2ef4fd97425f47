"""The page about the gate names every family of codes that the rules give."""

import re
from pathlib import Path

GATE = Path(__file__).parents[3] / "agent" / "domain" / "gate"
PAGE = Path(__file__).parents[3] / "docs" / "gate.md"
_CODE = re.compile(r'"([a-z]+)\.[a-z_]+"')


def test_every_family_of_findings_is_on_the_page() -> None:
    families = {name for file in GATE.glob("*.py") for name in _CODE.findall(file.read_text("utf-8"))}
    page = PAGE.read_text("utf-8")
    assert families
    assert {name for name in families if f"`{name}.*`" not in page} == set()


def test_every_code_that_the_page_names_exists() -> None:
    source = "\n".join(file.read_text("utf-8") for file in GATE.glob("*.py"))
    named = re.findall(r"`([a-z]+\.[a-z_]+)`", PAGE.read_text("utf-8"))
    assert named
    assert [code for code in named if f'"{code}"' not in source] == []
