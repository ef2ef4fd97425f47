"""What the samples become: letters that may be approved, unless the law forbids to write to somebody."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli import ROOT, CommandLine

SAMPLES = ROOT / "agent" / "samples"
BRANDS = {"savon-printemps": "savon-du-sud", "mend-sunday": "second-evening"}


def blocks(letter: Mapping[str, Any]) -> set[str]:
    return {finding["code"] for finding in letter["findings"] if finding["severity"] == "block"}


def case(letter: Mapping[str, Any]) -> dict[str, Any]:
    """Return a letter as a line for `check`: only what a reader sees of it, and the files behind it."""
    rows = map(json.loads, (SAMPLES / "creators.jsonl").read_text(encoding="utf-8").splitlines())
    creator = next(row for row in rows if f"{row['platform']}:{row['handle']}" == letter["creator"])
    brand = yaml.safe_load((SAMPLES / f"{BRANDS[letter['campaign']]}.yaml").read_text(encoding="utf-8"))
    draft = {name: letter[name] for name in ("subject", "body", "receipts")}
    return {"draft": draft, "creator": creator, "campaign": brand.pop("campaigns")[0], "brand": brand}


def test_letters_to_sample_creators_are_blocked_by_law_alone_and_alike_from_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nanoreach = CommandLine(tmp_path / "home", capsys, monkeypatch)
    nanoreach("init")
    for brand in BRANDS.values():
        nanoreach("import", "brand", SAMPLES / f"{brand}.yaml")
    nanoreach("import", "creators", SAMPLES / "creators.jsonl")
    nanoreach("index", "build")
    for campaign in BRANDS:
        assert nanoreach("shortlist", campaign, "--limit", "15").code == 0
        nanoreach("draft", campaign, "--writer", "offline")

    letters = nanoreach("review", "list", "--json").json
    assert len(letters) > 20
    found = set().union(*map(blocks, letters))
    assert {code for code in found if not code.startswith("law.")} == set()
    assert found >= {"law.no_address", "law.no_provenance", "law.private_mailbox"}

    file = tmp_path / "letters.jsonl"
    lines = (json.dumps(case(letter), ensure_ascii=False, default=str) for letter in letters)
    file.write_text("\n".join(lines), encoding="utf-8")
    answers = [json.loads(line) for line in nanoreach("check", file).out.splitlines()]
    assert [blocks(answer) for answer in answers] == [blocks(letter) for letter in letters]
