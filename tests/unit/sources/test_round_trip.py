"""Whatever stands in a cell comes out of it again, with the line on which its row starts."""

import csv
from io import StringIO

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.adapters.sources.fields import guessed
from agent.adapters.sources.tables import Broken, Table, read_table

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30) | st.text(
    alphabet='a";,\n\r\t| =', max_size=12
)
ROWS = st.lists(st.tuples(CELLS, CELLS), max_size=8)


def table_of(text: str) -> Table:
    return read_table(text, weigh=lambda titles: sum(guessed(title) is not None for title in titles))


@settings(deadline=None)
@given(rows=ROWS, separator=st.sampled_from(",;\t|"), ending=st.sampled_from(["\n", "\r\n"]))
def test_any_text_survives_with_the_right_line(
    rows: list[tuple[str, str]], separator: str, ending: str
) -> None:
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerow(["handle", "bio"])
    expected = []
    for row in rows:
        line = len(StringIO(out.getvalue(), newline="").readlines()) + 1
        writer.writerow(row)
        if any(cell.strip() for cell in row):
            expected.append((line, row))

    table = table_of(out.getvalue())

    assert table.header == ("handle", "bio")
    assert list(table.rows) == expected


@settings(deadline=None)
@given(st.text(alphabet='ab",;\n\r\t|=sep', max_size=80))
def test_no_text_makes_the_reader_fail_or_forget_the_lines(text: str) -> None:
    table = table_of(text)

    lines = [line for line, _ in table.rows]
    assert lines == sorted(set(lines))
    assert all(1 <= line <= len(StringIO(text, newline="").readlines()) for line in lines)
    assert all(isinstance(cells, Broken) or cells for _, cells in table.rows)
