"""Imports of files that are too large, or not ours, to stand in the repository."""

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest

from agent.adapters.sources import read_creators
from agent.adapters.sources.files import read_text
from agent.adapters.sources.tables import Broken, read_table
from agent.domain.records import CreatorRecord
from agent.usecases.importing import import_creators
from tests.fakes import make_ports

pytestmark = pytest.mark.data

CREATORS = 2849
BROKEN = re.compile(r"[\x80-\x9f\u2028\u2029]")  # what no author writes, and imports repair


def cells_of(path: Path) -> list[dict[str, str]]:
    table = read_table(read_text(path), weigh=len)
    return [
        dict(zip(table.header, cells, strict=True))
        for _, cells in table.rows
        if not isinstance(cells, Broken)
    ]


def test_every_creator_of_the_benchmark_comes_in_and_stays_as_it_is(shared_data: Path) -> None:
    ports = make_ports(language=None)
    path = shared_data / "match" / "creators.jsonl"

    first = import_creators(ports, read_creators([path]))
    second = import_creators(ports, read_creators([path]))

    assert (first.added, first.merged, first.skipped, first.notes) == (CREATORS, 0, (), ())
    assert (second.added, second.updated, second.unchanged) == (0, 0, CREATORS)
    posts = sum(len(json.loads(line)["posts"]) for line in path.read_text(encoding="utf-8").splitlines())
    with ports.store.read() as tx:
        assert sum(len(creator.posts) for creator in tx.creators.stream()) == posts


def test_the_cases_of_csv_spectrum_parse_to_their_answers(shared_data: Path) -> None:
    folder = shared_data / "hostile" / "csv-spectrum"
    cases = sorted((folder / "csvs").glob("*.csv"))
    assert len(cases) == 12

    for case in cases:
        answer = json.loads((folder / "json" / f"{case.stem}.json").read_text(encoding="utf-8"))
        found = cells_of(case)
        if case.stem == "location_coordinates":  # its answer is one object, with a made-up number
            (found_row,) = found
            assert list(found_row) == list(answer)
            assert found_row["Cities"] == answer["Cities"]
        else:
            assert found == answer, case.stem


def bios_after_import(folder: Path, texts: list[str]) -> list[str]:
    """Return the texts as bios come out of a CSV file that holds them."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["platform", "handle", "bio"])
    writer.writerows(["instagram", f"h{number}", text] for number, text in enumerate(texts))
    path = folder / "hostile.csv"
    path.write_bytes(out.getvalue().encode())
    found = [row.found for row in read_creators([path])]
    assert all(isinstance(record, CreatorRecord) for record in found)
    return [record.bio for record in found if isinstance(record, CreatorRecord)]


def test_formulas_survive_as_data(shared_data: Path, tmp_path: Path) -> None:
    source = shared_data / "hostile" / "csv-injection" / "Intruder" / "csv-payload.txt"
    payloads = [line for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]

    assert bios_after_import(tmp_path, payloads) == [payload.strip() for payload in payloads]


def test_naughty_strings_survive_as_data(shared_data: Path, tmp_path: Path) -> None:
    strings = json.loads((shared_data / "hostile" / "naughty" / "blns.json").read_text(encoding="utf-8"))
    texts = [text for text in strings if text.strip()]

    found = bios_after_import(tmp_path, texts)

    assert len(found) == len(texts)
    for was, now in zip(texts, found, strict=True):
        if not BROKEN.search(was):
            assert now == was.strip()
