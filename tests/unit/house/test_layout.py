"""The repository's first page: what may stand at its root."""

import subprocess

from tests.unit.house.tree import ROOT

ALLOWED = {
    ".ci",
    ".env.example",
    ".github",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "agent",
    "bench",
    "constraints.txt",
    "docs",
    "index",
    "jobs",
    "prompts",
    "pyproject.toml",
    "tests",
}


def test_nothing_unexpected_stands_at_the_root() -> None:
    assert _entries() - ALLOWED == set(), "find it a folder, or add it here and say why in the commit"


def test_what_a_newcomer_looks_for_is_there() -> None:
    expected = {
        "README.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "Makefile",
        "pyproject.toml",
        "constraints.txt",
        ".env.example",
    }
    assert expected <= _entries()


def _entries() -> set[str]:
    # safe.directory: a checkout may belong to somebody else than the one who tests it
    command = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "-z",
    ]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {path.partition("/")[0] for path in listing.split("\0") if path and (ROOT / path).exists()}
