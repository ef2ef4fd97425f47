"""Measures how letters address their readers, on captions and letters that were written for it.

`register_captions.jsonl`: 120 captions with whom they address, as a native reads them.
`register_letters.jsonl`: 120 short letters with their faults. One half of each was looked at while the rules
were written (“tuned”); the other was written and set aside before (“held”), and its errors stay errors. Last,
letters of the offline writer to made creators: how many are in both registers.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from agent.adapters.languages import Lingua
from agent.domain.draft import Severity
from agent.domain.gate import check
from agent.domain.gate.custom import Custom, custom
from agent.domain.gate.gender import RULES as GENDER
from agent.domain.gate.language import RULES as LANGUAGE
from agent.domain.gate.native import RULES as NATIVE
from agent.domain.gate.reading import Reading
from agent.domain.gate.typography import RULES as TYPOGRAPHY
from bench.register_letters import a_case, offline_letters

HERE = Path(__file__).parent
SETS = ("tuned", "held")
_FAULTS: Mapping[str, Callable[[str], bool]] = {
    "mixed": lambda code: code == "language.mixed_register",
    "wrong": lambda code: code == "language.address_form",
    "other_language": lambda code: code == "language.other",
    "foreign_line": lambda code: code == "language.line",
    "gendered": lambda code: code.startswith("gender."),
    "typography": lambda code: code.startswith("typography."),
    "translated": lambda code: code.startswith("native."),
    "variant": lambda code: code == "language.variant",
}
_BLOCKS = ("mixed", "wrong", "other_language", "foreign_line")
_OFFLINE = 1_000
_OF_LANGUAGE = (*LANGUAGE, *GENDER, *NATIVE, *TYPOGRAPHY)


def run(*, full: bool) -> dict[str, Any]:
    """Return precision and recall per class and set, what was missed, and the count of offline letters.

    `full` writes ten times as many of them.
    """
    told: dict[str, Any] = {}
    for name in SETS:
        captions = [(row["label"], str(custom(row["text"]))) for row in _rows("captions", name)]
        told[f"captions_{name}"] = _captions(captions)
        told[f"letters_{name}"] = _letters(_rows("letters", name))
    count = _OFFLINE * (10 if full else 1)
    told["offline"] = _offline(count)
    told["pass_captions_held"] = told["captions_held"]["right"] >= _at_least(60, 0.9)
    told["pass_wrong_language_blocks"] = all(
        told[f"letters_{name}"][fault]["recall"] == 1 for name in SETS for fault in ("other_language",)
    )
    told["pass_mixed_register_blocks"] = all(told[f"letters_{name}"]["mixed"]["recall"] == 1 for name in SETS)
    told["pass_right_letters_pass"] = all(not told[f"letters_{name}"]["blocked_wrongly"] for name in SETS)
    told["pass_offline"] = told["offline"]["mixed"] == told["offline"]["wrong"] == 0
    told["pass"] = all(value for key, value in told.items() if key.startswith("pass_"))
    return told


def predicted(row: Mapping[str, Any]) -> dict[str, bool]:
    """Return the faults that the gate sees in a letter of the set, each with whether it blocks."""
    found = check(a_case(row, _language))
    if any(one.code == "language.other" for one in found):
        return {"other_language": True}  # nothing else matters then
    return {
        fault: any(one.severity is Severity.BLOCK for one in found if is_it(one.code))
        for fault, is_it in _FAULTS.items()
        if any(is_it(one.code) for one in found)
    }


def _captions(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    # a caption in another language addresses nobody in French
    said = [(label if label in set(Custom) else "none", guess) for label, guess in pairs]
    return {str(one): _scores([(label == one, guess == one) for label, guess in said]) for one in Custom} | {
        "other_languages_read_as_french": sum(
            guess != "none" for label, guess in pairs if label not in set(Custom)
        ),
        "right": sum(label == guess for label, guess in said),
        "of": len(said),
    }


def _letters(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    seen = [(set(row["faults"]), predicted(row)) for row in rows]
    told: dict[str, Any] = {
        fault: _scores([(fault in faults, fault in found) for faults, found in seen]) for fault in _FAULTS
    }
    blocked = [row for row, (faults, found) in zip(rows, seen, strict=True) if _is_wronged(faults, found)]
    return told | {"blocked_wrongly": [row["subject"] for row in blocked], "of": len(rows)}


def _is_wronged(faults: set[str], found: Mapping[str, bool]) -> bool:
    return not faults & set(_BLOCKS) and any(found.values())


def _scores(pairs: Iterable[tuple[bool, bool]]) -> dict[str, float | int]:
    seen = Counter(pairs)
    right, missed, false = seen[True, True], seen[True, False], seen[False, True]
    return {
        "precision": round(right / (right + false), 3) if right + false else 1.0,
        "recall": round(right / (right + missed), 3) if right + missed else 1.0,
        "missed": missed,
        "false": false,
    }


def _offline(count: int) -> dict[str, int]:
    seen: Counter[str] = Counter()
    for case in offline_letters(count):
        codes = {finding.code for rule in _OF_LANGUAGE for finding in rule(Reading(case))}
        seen["mixed"] += "language.mixed_register" in codes
        seen["wrong"] += "language.address_form" in codes
        seen["gendered"] += any(code.startswith("gender.") for code in codes)
        seen["typography"] += any(code.startswith("typography.") for code in codes)
        seen["translated"] += any(code.startswith("native.") for code in codes)
        seen["letters"] += 1
    return {
        name: seen[name] for name in ("letters", "mixed", "wrong", "gendered", "typography", "translated")
    }


def _rows(kind: str, name: str) -> list[dict[str, Any]]:
    return [row for row in _all_rows(kind) if row["set"] == name]


def _all_rows(kind: str) -> Iterator[dict[str, Any]]:
    for line in (HERE / f"register_{kind}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


@cache
def _detector() -> Lingua:
    return Lingua()


def _language(text: str) -> str | None:
    return _detector().detect(text)


def _at_least(count: int, share: float) -> int:
    return round(count * share)
