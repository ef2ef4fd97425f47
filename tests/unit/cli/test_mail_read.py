"""`mail read`: what files say, one by one, with nothing stored."""

from pathlib import Path

import pytest

from tests.cli import CommandLine
from tests.unit.mail.samples import DSN

YES = b"From: lea@creator.example\nDate: Fri, 20 Feb 2026 09:00:00 +0100\nSubject: Re: Hello\n\nOui !\n"
AWAY = YES.replace(b"Oui !", b"Je suis absente, de retour le 9 mars.")
GONE = (
    DSN.replace(b"ACTION", b"failed")
    .replace(b"STATUS", b"5.1.1")
    .replace(b"DIAGNOSTIC", b"smtp; 550 User unknown")
)


@pytest.fixture
def nanoreach(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    return CommandLine(tmp_path / "home", capsys, monkeypatch)


def _written(folder: Path, **mails: bytes) -> Path:
    for name, raw in mails.items():
        (folder / f"{name}.eml").write_bytes(raw)
    return folder


def test_each_file_of_a_folder_is_told_in_the_order_of_names(tmp_path: Path, nanoreach: CommandLine) -> None:
    folder = _written(tmp_path, c=GONE, a=YES, b=AWAY)
    result = nanoreach("mail", "read", folder, "--json")
    assert result.code == 0
    rows = result.json
    assert [set(row) for row in rows] == [{"file", "kind", "text", "recipients", "until"}] * 3
    assert [(row["file"], row["kind"], row["until"]) for row in rows] == [
        (str(folder / "a.eml"), "interested", None),
        (str(folder / "b.eml"), "out_of_office", "2026-03-09"),
        (str(folder / "c.eml"), "bounce", None),
    ]
    assert rows[0]["text"] == "Oui !"
    (gone,) = rows[2]["recipients"]
    assert (gone["address"], gone["permanent"]) == ("lea@creator.example", True)


def test_several_paths_are_read_in_the_order_given(tmp_path: Path, nanoreach: CommandLine) -> None:
    folder = _written(tmp_path, a=YES, b=AWAY)
    result = nanoreach("mail", "read", folder / "b.eml", folder / "a.eml")
    assert result.code == 0
    assert [line.rsplit(": ", 1)[1] for line in result.out.splitlines()] == [
        "out_of_office, back on 2026-03-09",
        "interested",
    ]


@pytest.mark.parametrize(("name", "code"), [("empty", 4), ("missing", 1)])
def test_nothing_to_read_is_said(tmp_path: Path, nanoreach: CommandLine, name: str, code: int) -> None:
    (tmp_path / "empty").mkdir()
    result = nanoreach("mail", "read", tmp_path / name)
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith("nanoreach: ")
