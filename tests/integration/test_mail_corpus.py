"""Real mail of others: nothing crashes, and bounces are found and blamed carefully enough."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agent.domain.inbound import parse
from agent.domain.reading import read
from agent.domain.replies import Blame, ReplyKind

pytestmark = pytest.mark.data

TODAY = date(2026, 2, 20)
FOUND = 0.97
WRONGLY_PERMANENT = 0.03
# reasons in the labels that say nothing against the address itself
SOFT = ("quota", "spam", "too-large", "senderblock", "relay", "rcpthosts", "junk")


@pytest.fixture(scope="module")
def corpus(shared_data: Path) -> Path:
    folder = shared_data / "mail"
    if not folder.is_dir():
        pytest.skip(f"no mail in {folder}")
    return folder


def _labels(corpus: Path) -> list[dict[str, Any]]:
    lines = (corpus / "bounces" / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_no_file_breaks_the_reading(corpus: Path) -> None:
    files = [path for path in corpus.rglob("*") if path.is_file()]
    assert len(files) > 400
    for path in files:
        read(parse(path.read_bytes()), today=TODAY)


def test_bounces_are_found(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missed = []
    labels = [label for label in _labels(corpus) if label["kind"] in {"bounce", "delay"}]
    for label in labels:
        mail = parse((corpus / "bounces" / label["file"]).read_bytes())
        found = {failed.address.lower() for failed in mail.failed}
        wanted = {address.lower() for address in label.get("recipients", ())}
        nobody = not wanted and read(mail, today=TODAY).kind is ReplyKind.BOUNCE  # none is to be found either
        if not nobody and (not found or not wanted <= found):
            missed.append(label["file"])
    share = 1 - len(missed) / len(labels)
    _say(capsys, f"{len(labels) - len(missed)} of {len(labels)} bounces found ({share:.1%})")
    assert share >= FOUND, missed


def test_what_may_pass_is_not_called_permanent(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    soft = [label for label in _labels(corpus) if _is_soft(label)]
    wrong = [
        label["file"]
        for label in soft
        if any(
            failed.blame is Blame.PERMANENT
            for failed in parse((corpus / "bounces" / label["file"]).read_bytes()).failed
        )
    ]
    share = len(wrong) / len(soft)
    _say(capsys, f"{len(wrong)} of {len(soft)} soft bounces wrongly permanent ({share:.1%})")
    assert share <= WRONGLY_PERMANENT, wrong


def _is_soft(label: dict[str, Any]) -> bool:
    return label["kind"] == "delay" or any(word in reason for reason in label["reasons"] for word in SOFT)


def test_automatic_answers_are_no_bounces(corpus: Path) -> None:
    for label in _labels(corpus):
        if label["kind"] == "auto_reply":
            mail = parse((corpus / "bounces" / label["file"]).read_bytes())
            assert mail.failed == (), label["file"]
            assert read(mail, today=TODAY).kind not in {ReplyKind.OPTED_OUT, ReplyKind.DECLINED}


def _say(capsys: pytest.CaptureFixture[str], figure: str) -> None:
    with capsys.disabled():
        print(f"\n{figure}")  # noqa: T201 - a figure to read
