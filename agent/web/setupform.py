"""A brand file as form fields and back: a field's name is its path, as in `values[0].text`."""

import re
from collections.abc import Mapping
from typing import Any

from agent.ports import Tree

LINES = frozenset(
    {
        "brand.competitors",
        "voice.do",
        "voice.dont",
        "voice.banned",
        "voice.examples",
        "campaigns.offer.deliverables",
    }
)
"""Lists that are typed one thing a line."""
WORDS = frozenset(
    {
        "campaigns.languages",
        "campaigns.countries",
        "campaigns.platforms",
        "campaigns.channels",
        "campaigns.cadence.wait_days",
    }
)
"""Lists that are typed on one line, with commas."""
_SENDER = ("name", "email", *(f"pacing.{each}" for each in ("per_day", "gap_seconds", "window")))
_RAMP = ("pacing.ramp.first_day", "pacing.ramp.more_each_day")
_PLAIN = frozenset(
    {
        *(
            f"brand.{each}"
            for each in ("name", "language", "address_form", "postal_address", "website", "privacy_url")
        ),
        *(f"{who}.{each}" for who in ("sender", "other_senders") for each in (*_SENDER, *_RAMP)),
        *(f"values.{each}" for each in ("name", "text", "weight")),
        *(f"facts.{each}" for each in ("id", "text", "source")),
        *(f"programme.{each}" for each in ("name", "market", "year", "budget")),
        *(f"campaigns.{each}" for each in ("id", "objective", "category", "followers", "draft_answers")),
        *(f"campaigns.offer.{each}" for each in ("gift.name", "gift.value", "cash", "deadline")),
        *(f"campaigns.offer.{each}" for each in ("affiliate.rate", "affiliate.code", "rights.months")),
        *(f"campaigns.cadence.{each}" for each in ("touches", "stale_after_days")),
        *(f"campaigns.cadence.{each}" for each in ("evidence_days", "rest_days")),
        *(f"campaigns.{each}" for each in ("quotas.per_day", "models.budget", "models.tokens")),
    }
)
_ROWS = frozenset({"values", "facts", "other_senders", "campaigns", "followers"})
_Step = tuple[str, str | None]
_STEP = re.compile(r"([a-z_]+)(?:\[(\d{1,2})\])?")
_INDEX = re.compile(r"\[\d+\]")
SPARE = 2
"""Empty rows for further values and facts: a page without JavaScript adds none."""


def tree_of(given: Mapping[str, str]) -> dict[str, Any]:
    """Return what was typed as the tree of a brand file; rows left empty are left out."""
    tree: dict[str, Any] = {}
    for name, typed in given.items():
        steps = _steps(name)
        kind = ".".join(step for step, _ in steps)
        if kind in LINES | WORDS | _PLAIN and all(
            (step in _ROWS) == (index is not None) for step, index in steps
        ):
            _put(tree, steps, _value(kind, typed))
    return _without_empty(tree)


def fields_of(tree: Tree) -> dict[str, str]:
    """Return the fields that show a tree."""
    fields: dict[str, str] = {}
    _gather(fields, "", tree)
    return fields


def rows_of(fields: Mapping[str, str], name: str, *, spare: int = SPARE) -> range:
    """Return the numbers of the rows to show of a list: those filled in, and empty ones."""
    numbers = [int(found[1]) for each in fields if (found := re.match(rf"{name}\[(\d+)\]", each))]
    return range(max(numbers, default=-1) + 1 + spare)


def problems_of(found: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return what is wrong by the field that shows it; a list typed in one field has one place."""
    problems: dict[str, str] = {}
    for path, sentence in found:
        kind = _INDEX.sub("", path)
        place = path.rpartition("[")[0] if kind in LINES | WORDS and path.endswith("]") else path
        problems.setdefault(place, sentence)
    return problems


def _steps(name: str) -> list[_Step]:
    found = [_STEP.fullmatch(part) for part in name.split(".")]
    return [(match[1], match[2]) if match is not None else ("", None) for match in found]


def _value(kind: str, typed: str) -> str | list[str]:
    plain = typed.replace("\r\n", "\n").strip()
    if kind in LINES:
        return [line.strip() for line in plain.split("\n") if line.strip()]
    return [word.strip() for word in plain.split(",") if word.strip()] if kind in WORDS else plain


def _put(tree: dict[str, Any], steps: list[_Step], value: object) -> None:
    place = tree
    for name, index in steps[:-1]:
        place = place.setdefault(name, {})
        if index is not None:
            place = place.setdefault(int(index), {})
    name, index = steps[-1]
    if index is None:
        place[name] = value
    else:
        place.setdefault(name, {})[int(index)] = value


def _without_empty(place: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: _compact(value) for name, value in place.items()}
    return {name: value for name, value in kept.items() if value not in ("", [], {})}


def _compact(value: object) -> object:
    if not isinstance(value, Mapping):
        return value
    if not all(isinstance(name, int) for name in value):
        return _without_empty(value)
    rows = [_compact(value[number]) for number in sorted(value)]
    # the two ends of a range keep their places, also where one is open
    is_range = all(isinstance(each, str) for each in rows) and any(rows)
    return rows if is_range else [each for each in rows if each]


def _gather(fields: dict[str, str], path: str, value: object) -> None:
    kind = _INDEX.sub("", path)
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _gather(fields, f"{path}.{name}" if path else name, inner)
    elif isinstance(value, list) and kind in LINES | WORDS:
        mark = "\n" if kind in LINES else ", "
        fields[path] = mark.join(" ".join(str(each).split()) for each in value)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            _gather(fields, f"{path}[{number}]", inner)
    elif isinstance(value, bool):
        fields[path] = "yes" if value else "no"
    else:
        fields[path] = "" if value is None else str(value)
