"""A journal of a thousand rows that somebody changes in the database itself, past the triggers."""

import random
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from agent.adapters.database import migrate, open_store
from agent.adapters.database.tables import Row
from agent.domain.chain import Verdict, Witness, examine
from tests.builders import NOW, an_entry

LENGTH = 1000
COLUMNS = Row.metadata.tables["journal"].c.keys()
TEXTS = ("at", "who", "what", "subject", "why")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database whose triggers are gone and whose journal has a thousand rows."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    migrate(f"sqlite:///{path}")
    store = open_store(f"sqlite:///{path}")
    with store.write() as tx:
        rows = range(1, LENGTH + 1)
        tx.journal.add(
            *(an_entry(at=NOW + timedelta(seconds=n), subject=f"d-{n}", why=f"text {n}") for n in rows)
        )
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER journal_refuses_update")
        connection.execute("DROP TRIGGER journal_refuses_delete")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.commit()
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "store.db"))


def after(path: Path, *statements: str, witness: Witness | None = None) -> Verdict:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount != 0
        connection.commit()
    store = open_store(f"sqlite:///{path}")
    try:
        with store.read() as tx:
            return examine(tx.journal.chain(), [witness] if witness else [])
    finally:
        store.close()


def test_the_journal_is_intact_before(path: Path) -> None:
    assert after(path).faults == ()


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("kind", ["another", "nothing", "its neighbour's"])
def test_a_change_of_any_column_of_any_row_is_named(path: Path, column: str, kind: str) -> None:
    place = random.Random(f"{column} {kind}").randint(2, LENGTH - 1)
    values = {
        "another": "1000000" if column == "number" else f"CAST({column} || 'x' AS TEXT)",
        "nothing": "-5" if column == "number" else ("''" if column in TEXTS else "NULL"),
        "its neighbour's": "0"
        if column == "number"
        else f"(SELECT {column} FROM journal WHERE number = {place + 1})",
    }
    if column in {"who", "what"} and kind == "its neighbour's":
        values[kind] = "'somebody'"  # all rows say the same here
    verdict = after(path, f"UPDATE journal SET {column} = {values[kind]} WHERE number = {place}")
    named = {fault.number for fault in verdict.faults}
    assert named & {place, place + 1, 1_000_000, 0, -5}
    assert len(named) <= 4


@pytest.mark.parametrize("place", [1, 2, 500, LENGTH - 1])
def test_a_row_that_is_deleted_is_named(path: Path, place: int) -> None:
    (fault,) = after(path, f"DELETE FROM journal WHERE number = {place}").faults
    assert (fault.number, f"row {place} is missing" in fault.what) == (place + 1, True)


def test_two_rows_that_changed_places_are_named(path: Path) -> None:
    verdict = after(
        path,
        "UPDATE journal SET number = -1 WHERE number = 17",
        "UPDATE journal SET number = 17 WHERE number = 600",
        "UPDATE journal SET number = 600 WHERE number = -1",
    )
    assert {17, 600} <= {fault.number for fault in verdict.faults}


def test_a_row_that_was_put_in_is_named(path: Path) -> None:
    columns = ", ".join(name for name in COLUMNS if name != "number")
    copied = after(path, f"INSERT INTO journal ({columns}) SELECT {columns} FROM journal WHERE number = 3")
    assert [fault.number for fault in copied.faults] == [LENGTH + 1, LENGTH + 1]
    bare = after(
        path,
        "INSERT INTO journal (at, who, what, subject, why) VALUES ('2026-11-23 09:00:00', 'a', 'b', 'c', '')",
    )
    assert LENGTH + 2 in {fault.number for fault in bare.faults}


def test_a_cut_end_is_named_against_the_mark(path: Path) -> None:
    mark = Witness(number=LENGTH, at=NOW + timedelta(seconds=LENGTH), whence="this home's mark")
    verdict = after(path, f"DELETE FROM journal WHERE number > {LENGTH - 10}", witness=mark)
    assert [(fault.number, "cut off" in fault.what) for fault in verdict.faults] == [(LENGTH, True)]
    everything = after(path, "DELETE FROM journal", witness=mark)
    assert [fault.number for fault in everything.faults] == [LENGTH]
