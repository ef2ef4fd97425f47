"""Reading mail: no crash on broken mails, how many a second, and what is made of answers of our own."""

import json
import os
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from agent.adapters.sense import learned_sense
from agent.domain.inbound import parse
from agent.domain.reading import read
from agent.domain.replies import Blame, ParsedMail, ReplyKind, Sense
from bench.broken_mail import broken
from bench.train_sense import OWN, Example, in_file

HERE = Path(__file__).parent
TODAY = date(2026, 2, 20)
SEED = 20_260_220
BROKEN, BROKEN_FULL = 2_000, 10_000
FOUND = 0.97
WRONGLY_PERMANENT = 0.03
SOFT_REASONS = ("quota", "spam", "too-large", "senderblock", "relay", "rcpthosts", "junk")
"""Reasons in the labels of the public bounces that say nothing against the address itself."""
UNHEARD = OWN / "unheard.txt"
"""Answers by another hand that neither the rules nor the ear were made with: keep it so."""
NO = (ReplyKind.DECLINED, ReplyKind.OPTED_OUT)


def run(*, full: bool) -> dict[str, Any]:
    """Read our own mails and answers, broken ones, and the public corpora where they are at hand."""
    answers = [each for file in sorted(OWN.glob("answers*.txt")) for each in in_file(file)]
    unheard = list(in_file(UNHEARD))
    public = _public()
    mails = [*(as_mail(text) for _, text in answers), *_notices(), *(path.read_bytes() for path in public)]
    crashes, slowest = _crashes(broken(mails, seed=SEED, count=BROKEN_FULL if full else BROKEN))
    result = _told(answers, learned_sense) | {
        "by_rules_alone": _told(answers, None),
        "unheard": _told(unheard, learned_sense),
        "unheard_by_rules_alone": _told(unheard, None),
        "mails": len(mails),
        "broken_mails": BROKEN_FULL if full else BROKEN,
        "crashes": crashes,
        "slowest_broken_seconds": slowest,
        "mails_per_second": _rate(mails),
        "public": _bounces(_data() / "bounces") if public else "no NANOREACH_DEV_DATA",
    }
    result["pass_crashes"] = crashes == 0 and slowest < 5
    result["pass_opted_out"] = result["opted_out_missed"] == 0
    result["pass_no_after_no"] = result["went_on_after_no"] == 0
    if public:
        result["pass_bounces"] = result["public"]["found_share"] >= FOUND
        result["pass_permanent"] = result["public"]["soft_called_permanent_share"] <= WRONGLY_PERMANENT
    result["pass"] = all(value for name, value in result.items() if name.startswith("pass_"))
    return result


def _notices() -> list[bytes]:
    return [
        block.partition("\n")[2].encode()
        for file in sorted(OWN.glob("dialects*.txt"))
        for block in file.read_text(encoding="utf-8").split("##### ")[1:]
    ]


def as_mail(text: str) -> bytes:
    """Return an answer as a plain mail."""
    head = "From: Lea <lea@creator.example>\nSubject: Re: Hello\nContent-Type: text/plain; charset=utf-8\n\n"
    return (head + text).encode()


def _public() -> list[Path]:
    return sorted(path for path in _data().rglob("*") if path.is_file() and path.suffix != ".jsonl")


def _data() -> Path:
    return Path(os.environ.get("NANOREACH_DEV_DATA", "/nowhere")) / "mail"


def _crashes(mails: Iterable[bytes]) -> tuple[int, float]:
    crashes, slowest = 0, 0.0
    for mail in mails:
        begun = time.process_time()
        try:
            read(parse(mail), today=TODAY)
        except Exception:  # noqa: BLE001 - whatever it raises is what is counted
            crashes += 1
        slowest = max(slowest, time.process_time() - begun)
    return crashes, round(slowest, 2)


def _rate(mails: Sequence[bytes]) -> int:
    begun = time.process_time()
    for mail in mails:
        read(parse(mail), today=TODAY)
    return round(len(mails) / (time.process_time() - begun))


def _told(answers: Sequence[Example], sense: Sense | None) -> dict[str, Any]:
    right: Counter[str] = Counter()
    all_of: Counter[str] = Counter()
    missed = went_on = taken_for_no = 0
    for kind, text in answers:
        found = read(parse(as_mail(text)), today=TODAY, sense=sense).kind
        all_of[kind.value] += 1
        right[kind.value] += found is kind
        missed += kind is ReplyKind.OPTED_OUT and found is not kind
        went_on += kind in NO and found not in NO
        taken_for_no += kind not in NO and found in NO
    return {
        "answers": len(answers),
        "answers_right": sum(right.values()),
        "by_kind": {kind: f"{right[kind]}/{count}" for kind, count in sorted(all_of.items())},
        "opted_out_missed": missed,
        "went_on_after_no": went_on,
        "taken_for_no": taken_for_no,
    }


def _bounces(folder: Path) -> dict[str, Any]:
    labels = [json.loads(line) for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    found = bounces = soft = wrong = 0
    for label in labels:
        mail = parse((folder / label["file"]).read_bytes())
        if label["kind"] in {"bounce", "delay"}:
            bounces += 1
            found += _is_found(label, mail)
        if label["kind"] == "delay" or any(word in why for why in label["reasons"] for word in SOFT_REASONS):
            soft += 1
            wrong += any(failed.blame is Blame.PERMANENT for failed in mail.failed)
    return {
        "bounces": bounces,
        "found": found,
        "found_share": round(found / bounces, 4),
        "soft": soft,
        "soft_called_permanent": wrong,
        "soft_called_permanent_share": round(wrong / soft, 4),
    }


def _is_found(label: dict[str, Any], mail: ParsedMail) -> bool:
    wanted = {address.lower() for address in label.get("recipients", ())}
    named = {failed.address.lower() for failed in mail.failed}
    return (bool(named) and wanted <= named) or (not wanted and mail.is_bounce)
