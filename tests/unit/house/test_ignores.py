"""A rule that is switched off says why, on its line."""

import io
import re
import tokenize
import tomllib
from collections.abc import Iterator

import pytest

from tests.unit.house.tree import EVERYTHING, ROOT, place, python_files

SWITCH = re.compile(r"#.*(?:\bnoqa\b|\btype:\s*ignore)|#\s*mypy:|#\s*pragma:\s*no", re.IGNORECASE)
WITH_REASON = re.compile(
    r"# noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)* - \S.+"  # for ruff
    r"|# type: ignore\[[a-z-]+(?:, ?[a-z-]+)*\]  # \S.+"  # for mypy
)


def test_every_ignore_in_the_source_carries_its_reason() -> None:
    silent = [
        place(path, line)
        for path in python_files(*EVERYTHING)
        for line in switches_without_reason(path.read_text("utf-8"))
    ]
    assert silent == [], "write `# noqa: CODE - reason` or `# type: ignore[code]  # reason`"


def test_every_ignore_in_the_configuration_carries_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    lint = tomllib.loads(text)["tool"]["ruff"]["lint"]
    codes = [*lint["ignore"], *(code for codes in lint["per-file-ignores"].values() for code in codes)]
    listed = re.findall(r'^ +"([A-Z]+\d*)"', text, re.MULTILINE)
    explained = re.findall(r'^ +"([A-Z]+\d*)", +# \S.+$', text, re.MULTILINE)
    assert listed == codes, "one code on each line"
    assert explained == listed


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa",
        "# noqa: S603",
        "# noqa: S603 -",
        "# NOQA: S603 because",
        "# type: ignore",
        "# type: ignore[arg-type]",
        "# type: ignore  # a reason without a code",
        "# ruff: noqa: S603 - a whole file is too much",
        "# mypy: disable-error-code=misc",
        "# pragma: no cover",
    ],
)
def test_a_silent_switch_is_found(comment: str) -> None:
    assert list(switches_without_reason(f"x = 1  {comment}\n")) == [1]


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa: S603 - fixed arguments, no shell",
        "# noqa: S603, S607 - fixed arguments, no shell",
        "# type: ignore[arg-type]  # the stubs are older than the library",
        "# a comment about the type of a thing to ignore",
    ],
)
def test_a_switch_with_its_reason_passes(comment: str) -> None:
    assert list(switches_without_reason(f"x = 1  {comment}\n")) == []


def switches_without_reason(source: str) -> Iterator[int]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if (
            token.type == tokenize.COMMENT
            and SWITCH.search(token.string)
            and not WITH_REASON.match(token.string)
        ):
            yield token.start[0]
