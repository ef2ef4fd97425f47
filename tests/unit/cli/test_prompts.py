"""`nanoreach prompts`: the lab's verbs, with their JSON and their exit codes."""

from pathlib import Path

import pytest

import prompts
from agent.cli.options import ports_of
from tests.builders import a_brand
from tests.cli import CommandLine
from tests.unit.usecases.world import CAMPAIGN, a_neighbour, outreach_to, the_campaign

FRAME = prompts.load("letters/frame", "fr")
WARMER = FRAME.source.replace("Bonjour", "Bien le bonjour")


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line on a home with a brand, a campaign and two shortlisted creators."""
    home = tmp_path / "home"
    with ports_of(home).store.write() as tx:
        tx.brands.save(a_brand())
        tx.brands.save_campaign(the_campaign())
        for handle in ("lison.sans.flacon", "jeanne"):
            creator = a_neighbour(handle)
            tx.creators.save(creator)
            tx.outreach.save(outreach_to(creator))
    (tmp_path / "warmer.yaml").write_text(WARMER, "utf-8")
    return CommandLine(home, capsys, monkeypatch)


@pytest.fixture
def warmer(tmp_path: Path) -> Path:
    return tmp_path / "warmer.yaml"


def publish(line: CommandLine, file: Path, *more: str) -> int:
    said = ("--with", file, "--brand", "savon-du-sud", "--reason", "warmer", "--by", "Camille")
    return line("prompts", "publish", "letters/frame", *said, *more).code


def test_a_text_is_tried_published_shown_and_taken_back(line: CommandLine, warmer: Path) -> None:
    trial = line("prompts", "evaluate", "letters/frame", "--with", warmer, "--json")
    assert trial.code == 0
    assert trial.json["new"]["letters"] == 2
    assert "Bien le bonjour" in trial.json["pairs"][0]["new"]["body"]

    assert publish(line, warmer) == 0
    assert publish(line, warmer) == 4
    version = prompts.parse(WARMER).version
    found = line("prompts", "show", "letters/frame", "--brand", "savon-du-sud", "--json").json
    assert (found["version"], found["holds"], found["language"]) == (version, True, "fr")
    assert found["source"] == WARMER
    assert [row["by"] for row in found["history"]] == ["Camille"]

    line("draft", CAMPAIGN, "--writer", "offline")
    letters = line("review", "list", "--json").json
    assert all("Bien le bonjour" in letter["body"] for letter in letters)

    back = line("prompts", "rollback", "letters/frame", "--to", "file", "--reason", "too much", "--json")
    assert back.json["after"] == FRAME.reference
    assert back.json["published"] is True
    kept = line("prompts", "show", f"letters/frame.fr@{version}", "--json").json
    assert kept["source"] == WARMER


def test_the_list_says_where_each_text_comes_from(line: CommandLine, warmer: Path) -> None:
    publish(line, warmer)
    rows = line("prompts", "list", "--campaign", CAMPAIGN, "--json").json
    by_name = {(row["name"], row["language"]): row for row in rows}
    assert set(by_name) == set(prompts.names())
    own = by_name["letters/frame", "fr"]
    assert (own["from"], own["by"], own["reason"]) == ("brand savon-du-sud", "Camille", "warmer")
    assert by_name["letters/frame", "en"]["from"] == "file"
    assert "brand savon-du-sud" in " ".join(line("prompts", "list", "--brand", "savon-du-sud").out.split())


def test_a_difference_is_told_line_by_line(line: CommandLine, warmer: Path) -> None:
    found = line("prompts", "diff", "letters/frame.fr", "file", warmer, "--json").json
    assert '-  - {unless: [named], text: "Bonjour,"}' in found["lines"]
    assert '+  - {unless: [named], text: "Bien le bonjour,"}' in found["lines"]
    same = line("prompts", "diff", "letters/frame.fr", "file", "current")
    assert "are the same" in same.out


def test_what_would_change_is_shown_without_storing_it(line: CommandLine, warmer: Path) -> None:
    assert publish(line, warmer, "--dry-run") == 0
    assert (
        line("prompts", "show", "letters/frame.fr", "--brand", "savon-du-sud", "--json").json["history"] == []
    )


def test_a_text_printed_alone_is_a_file_to_change(line: CommandLine) -> None:
    assert line("prompts", "show", "letters/frame.fr", "--raw").out == FRAME.source


def test_letters_can_be_read_side_by_side(line: CommandLine, warmer: Path) -> None:
    said = line("prompts", "evaluate", "letters/frame", "--with", warmer, "--letters", "--limit", "1")
    assert "=== instagram:" in said.out
    assert "--- old" in said.out
    assert "reading ease (median)" in said.out
    assert "1 beyond --limit 1" in said.err


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (FRAME.source.replace("{{ brand }}", "{{ brand.__class__ }}"), "line 13: .__class__ is not allowed"),
        ("Bonjour", "begins with its front matter"),
        (FRAME.source.replace("closing:", "farewell:"), "sections closing are missing"),
    ],
)
def test_a_text_that_cannot_be_used_is_refused_in_one_sentence(
    line: CommandLine, warmer: Path, source: str, told: str
) -> None:
    warmer.write_text(source, "utf-8")
    for command in (("evaluate",), ("publish", "--brand", "savon-du-sud", "--reason", "x")):
        said = line("prompts", command[0], "letters/frame", "--with", warmer, *command[1:])
        assert said.code == 1
        assert told in said.err
        assert said.err.count("\n") == 1


def test_a_file_in_another_encoding_is_told_with_its_line(line: CommandLine, warmer: Path) -> None:
    warmer.write_bytes(WARMER.replace("À bientôt", "À très bientôt").encode("latin-1", errors="replace"))
    said = line("prompts", "evaluate", "letters/frame", "--with", warmer)
    assert said.code == 1
    assert "is not in UTF-8" in said.err
    missing = line("prompts", "evaluate", "letters/frame", "--with", warmer.with_name("none.yaml"))
    assert missing.code == 1
    assert "cannot be read" in missing.err


@pytest.mark.parametrize("words", [("show", "../etc/passwd"), ("show", "letters/frame", "--version", "zzzz")])
def test_what_does_not_exist_is_told(line: CommandLine, words: tuple[str, ...]) -> None:
    said = line("prompts", *words)
    assert said.code == 1
    assert said.err.startswith("nanoreach: ")
    assert "Traceback" not in said.err
