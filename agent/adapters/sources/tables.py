"""CSV as spreadsheets and export tools write it: which separator, which lines, which cells."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

_SEPARATORS = ",;\t|"
_EXCEL_HINT = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_NEVER_CLOSED = "unexpected end of data"


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A line whose cells cannot be told, and why."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """The cells of a file: the titles, and every further row that is not empty with the line it starts on."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...] | Broken], ...]


def read_table(text: str, *, weigh: Callable[[Sequence[str]], int]) -> Table:
    """Return the table in a text; the separator is the one whose titles `weigh` most."""
    lines = StringIO(text.removeprefix("\ufeff"), newline="").readlines()
    hint = _EXCEL_HINT.fullmatch(lines[0]) if lines else None
    start = 1 if hint else 0
    separator = hint[1] if hint else _separator(lines, weigh)
    rows = list(_parsed(lines, start, separator))
    first = next((at for at, (_, cells) in enumerate(rows) if not isinstance(cells, Broken)), None)
    if first is None:
        return Table(header=(), rows=tuple(rows))
    _, titles = rows.pop(first)
    header = () if isinstance(titles, Broken) else tuple(title.strip() for title in titles)
    return Table(header=header, rows=tuple(_fitted(line, cells, len(header)) for line, cells in rows))


def _separator(lines: list[str], weigh: Callable[[Sequence[str]], int]) -> str:
    def weight(separator: str) -> tuple[int, int]:
        cells = next((cells for _, cells in _parsed(lines, 0, separator)), ())
        titles = () if isinstance(cells, Broken) else cells
        return weigh(titles), len(titles)

    return max(_SEPARATORS, key=weight)


def _parsed(lines: list[str], start: int, separator: str) -> Iterator[tuple[int, tuple[str, ...] | Broken]]:
    """Yield rows that hold something; after a quote that never closes, reading goes on with the next line."""
    while start < len(lines):
        reader = csv.reader(lines[start:], delimiter=separator, strict=True)
        begun = start
        while True:
            line = begun + reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                if str(error) == _NEVER_CLOSED:
                    yield line, Broken(reason="a quotation mark opens here and is never closed")
                    start = line
                    break
                yield line, Broken(reason=_plain(error, separator))
            else:
                if any(cell.strip() for cell in cells):
                    yield line, tuple(cells)


def _fitted(line: int, cells: tuple[str, ...] | Broken, width: int) -> tuple[int, tuple[str, ...] | Broken]:
    if isinstance(cells, Broken) or not any(cell.strip() for cell in cells[width:]):
        return line, cells
    return line, Broken(
        reason=f"{len(cells)} cells under {width} titles; a text that holds the separator needs quotes"
    )


def _plain(error: csv.Error, separator: str) -> str:
    if "expected after" in str(error):
        return (
            f"a quotation mark closes inside a cell; write it twice there, or end the cell with “{separator}”"
        )
    if "field limit" in str(error):
        return "a cell is longer than 131,072 characters; is a quotation mark missing?"
    return str(error)
