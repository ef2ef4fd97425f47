"""constraints.txt pins everything that pyproject.toml asks for, and what that needs in turn."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import NormalizedName, canonicalize_name

from tests.unit.house.tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LINES = [
    line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if not line.startswith("#")
]
PINS = {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in LINES)}


def asked_for() -> list[Requirement]:
    build = PROJECT["build-system"]["requires"]
    runtime = PROJECT["project"]["dependencies"]
    development = PROJECT["dependency-groups"]["dev"]
    return [Requirement(text) for text in (*build, *runtime, *development)]


def test_every_line_is_one_exact_version_that_anybody_can_install() -> None:
    pin = re.compile(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*")  # no local tag, no address, no file
    assert [line for line in LINES if not pin.fullmatch(line)] == []
    assert len(PINS) == len(LINES)


def test_every_dependency_is_pinned_within_what_pyproject_allows() -> None:
    outside = [
        str(wanted)
        for wanted in asked_for()
        if not wanted.specifier.contains(PINS.get(canonicalize_name(wanted.name), ""), prereleases=True)
    ]
    assert outside == [], "run `make lock`"


def test_what_the_dependencies_need_is_pinned_too() -> None:
    loose = {
        f"{name} ({specifier})"
        for name, specifier in _closure(asked_for())
        if not specifier.contains(PINS.get(name, ""), prereleases=True)
    }
    assert loose == set(), "run `make lock`"


def test_pip_itself_is_pinned() -> None:
    assert "pip" in PINS


def _closure(wanted: list[Requirement]) -> Iterator[tuple[NormalizedName, SpecifierSet]]:
    """Each requirement of the installed packages that holds here, followed to the end."""
    seen: set[tuple[NormalizedName, str]] = set()
    waiting = [(requirement, "") for requirement in wanted]
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        yield name, requirement.specifier
        for with_extra in {"", *requirement.extras}:
            if (name, with_extra) not in seen:
                seen.add((name, with_extra))
                needs = distribution(requirement.name).requires or []
                waiting += [(Requirement(text), with_extra) for text in needs]
