from pathlib import Path

import pytest

from agent.adapters.sources import read_creators
from agent.domain.errors import BadInput
from tests.unit.sources.reading import only, rows_of, write

FRENCH = "pseudo;réseau;bio\nlea;instagram;Crème brûlée à l’œuf, où ça coûte 5 €, naïve Zoé\n"
GERMAN = "handle;platform;bio\nlea;instagram;Grüße aus Köln, schöne Straße\n"
RUSSIAN = "handle;platform;bio\nlea;instagram;Привет из Москвы, готовлю пироги каждый день и пишу\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        (FRENCH, "utf-32"),
        (FRENCH, "cp1252"),
        (FRENCH, "mac_roman"),
        (FRENCH.replace("œ", "oe").replace("’", "'").replace("€", "euros"), "cp850"),
        (GERMAN, "cp1252"),
        (GERMAN, "latin-1"),
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "utf-16"),
    ],
)
def test_a_text_is_read_in_its_own_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    path = write(tmp_path, "c.csv", text.encode(encoding))

    assert only(rows_of(path)).bio == text.splitlines()[1].split(";")[2]


@pytest.mark.parametrize("name", ["c.csv", "c.jsonl"])
@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_an_empty_file_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = write(tmp_path, name, content)

    with pytest.raises(BadInput, match=rf"{name} is empty; nothing was imported\."):
        read_creators([path])


def test_a_missing_file_is_refused_before_the_first_row(tmp_path: Path) -> None:
    good = write(tmp_path, "c.csv", FRENCH)

    with pytest.raises(BadInput, match=r"There is no file .*nothing\.csv; check the name"):
        read_creators([good, tmp_path / "nothing.csv"])


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is a folder; name the files in it"):
        read_creators([tmp_path])


def test_no_file_at_all_is_refused() -> None:
    with pytest.raises(BadInput, match="Name at least one file of creators"):
        read_creators([])


def test_what_cannot_be_read_says_so() -> None:
    with pytest.raises(BadInput, match=r"cannot be read: embedded null byte"):
        read_creators([Path("a\0b.csv")])


def test_a_workbook_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = write(tmp_path, "c.csv", b"PK\x03\x04 and more")

    with pytest.raises(BadInput, match=r"c\.csv is a spreadsheet or an archive; save the sheet as"):
        read_creators([path])


def test_a_picture_is_no_text(tmp_path: Path) -> None:
    path = write(tmp_path, "c.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)

    with pytest.raises(BadInput, match=r"c\.csv is no text in any known encoding"):
        read_creators([path])


def test_a_json_list_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = write(tmp_path, "c.json", '[{"platform": "instagram", "handle": "lea"}]')

    with pytest.raises(BadInput, match=r"one JSON list; write one object per line instead: jq -c"):
        read_creators([path])
