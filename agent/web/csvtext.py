"""Tables as CSV that a spreadsheet opens without running anything."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

_BOM = "\ufeff"
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What begins a cell that a spreadsheet takes for a formula, full-width forms too (OWASP, CSV Injection)."""


def csv_text(rows: Iterable[Sequence[str | int | float | None]]) -> str:
    """Return rows as CSV with a byte order mark, so that Excel reads it as UTF-8.

    A text that a spreadsheet would run gets an apostrophe before it; a number stays a number, and None is an
    empty cell.
    """
    out = StringIO()
    out.write(_BOM)
    csv.writer(out, lineterminator="\r\n").writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: str | float | None) -> str | float | None:
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(_RUNS) else value
