from pathlib import Path

import pytest

from agent.domain.errors import BadInput
from tests.unit.sources.reading import only, rows_of, write


def test_a_mapping_names_columns_and_constants(tmp_path: Path) -> None:
    path = write(tmp_path, "c.csv", "Qui,Username,Combien,Notes\nlea,autre,4200,perso\n")
    mapping = write(
        tmp_path,
        "m.yaml",
        "columns: {Qui: handle, Username: null, combien: followers}\nconstants: {platform: Instagram}\n",
    )

    record = only(rows_of(path, mapping=mapping))
    assert (record.person, record.followers) == ("instagram:lea", 4200)


def test_a_mapping_decides_between_rivals(tmp_path: Path) -> None:
    path = write(tmp_path, "c.csv", "Username,Platform,Compte\nlea,instagram,lea2\n")
    mapping = write(tmp_path, "m.yaml", 'columns: {"Compte": handle}')

    assert only(rows_of(path, mapping=mapping)).handle == "lea2"


def test_a_mapping_holds_for_json_too(tmp_path: Path) -> None:
    path = write(tmp_path, "c.jsonl", '{"who": "lea", "bio": "x"}')
    mapping = write(tmp_path, "m.yaml", "columns: {who: handle, bio: null}\nconstants: {platform: tiktok}")

    record = only(rows_of(path, mapping=mapping))
    assert (record.person, record.bio) == ("tiktok:lea", "")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            "columns:\n  Qui: handel\n",
            "m.yaml line 2: columns.Qui: “handel” is no field of ours; did you mean handle?",
        ),
        (
            "constants: {plattform: x}",
            "m.yaml line 1: constants.plattform: “plattform” is no field of ours; did you mean platform?",
        ),
        ("colums: {}", "m.yaml line 1: colums: is no field that is known here; did you mean columns?"),
        ("columns: [Qui]", "m.yaml line 1: columns: must be a group of “name: value” fields"),
        ("columns: {Qui: [handle]}", "m.yaml line 1: columns.Qui: must be a text"),
        ("constants: {platform: {a: b}}", "m.yaml line 1: constants.platform: must be a text"),
        ("just words", "m.yaml: has no fields; write “name: value” lines."),
        ("a: [", "m.yaml line 1: not YAML: "),
        ("columns: {Qu: handle}", "m.yaml: no file that is imported has a column “Qu”. Did you mean “Qui”?"),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_be_meant_is_refused(tmp_path: Path, content: str, sentence: str) -> None:
    path = write(tmp_path, "c.csv", "Qui,platform\nlea,instagram\n")
    mapping = write(tmp_path, "m.yaml", content)

    with pytest.raises(BadInput) as caught:
        rows_of(path, mapping=mapping)

    assert str(caught.value).startswith(sentence)
