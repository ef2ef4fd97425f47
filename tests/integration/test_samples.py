"""What the samples become: letters that may be approved, unless the law forbids to write to somebody."""

from pathlib import Path

import pytest

from tests.cli import ROOT, CommandLine

SAMPLES = ROOT / "agent" / "samples"


def test_the_gate_blocks_letters_to_sample_creators_by_law_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nanoreach = CommandLine(tmp_path / "home", capsys, monkeypatch)
    nanoreach("init")
    for brand in ("savon-du-sud", "second-evening"):
        nanoreach("import", "brand", SAMPLES / f"{brand}.yaml")
    nanoreach("import", "creators", SAMPLES / "creators.jsonl")
    nanoreach("index", "build")
    for campaign in ("savon-printemps", "mend-sunday"):
        assert nanoreach("shortlist", campaign, "--limit", "15").code == 0
        nanoreach("draft", campaign, "--writer", "offline")

    letters = nanoreach("review", "list", "--json").json
    assert len(letters) > 20
    blocks = {
        (letter["creator"], finding["code"])
        for letter in letters
        for finding in letter["findings"]
        if finding["severity"] == "block"
    }
    assert {code for _, code in blocks if not code.startswith("law.")} == set()
    assert {code for _, code in blocks} >= {"law.no_address", "law.no_provenance", "law.private_mailbox"}
