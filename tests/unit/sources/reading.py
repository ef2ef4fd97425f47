"""Files made on the spot, and the rows that come out of them."""

from pathlib import Path

from agent.adapters.sources import read_creators
from agent.domain.records import CreatorRecord, Problem, SourceRow

FIXTURES = Path(__file__).parents[2] / "fixtures" / "imports"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows_of(*paths: Path, mapping: Path | None = None) -> list[SourceRow]:
    return list(read_creators(paths, mapping=mapping))


def records(rows: list[SourceRow]) -> list[CreatorRecord]:
    return [row.found for row in rows if isinstance(row.found, CreatorRecord)]


def problems(rows: list[SourceRow]) -> list[tuple[int, str]]:
    return [(row.line, row.found.sentence) for row in rows if isinstance(row.found, Problem)]


def notes(rows: list[SourceRow]) -> list[tuple[int, str]]:
    return [(note.line, note.sentence) for row in rows for note in row.notes]


def only(rows: list[SourceRow]) -> CreatorRecord:
    (record,) = records(rows)
    assert not problems(rows)
    return record
