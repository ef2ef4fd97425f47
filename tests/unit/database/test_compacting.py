"""What was deleted is in no file of the database, and in no table that was overlooked."""

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from agent.adapters.database import SqlStore, migrate, open_store
from agent.adapters.database.tables import Row
from agent.domain.errors import Unavailable
from tests.builders import a_creator, a_post, an_entry

WORD = b"Ancienne"
KNOWS_NOBODY = {
    "accounts",
    "brands",
    "campaigns",
    "erasures",
    "leases",
    "mailboxes",
    "paces",
    "publications",
    "read_folders",
    "spend",
    "texts",
    "troubles",
}
"""Tables without a creator in them: our own people, brands and texts, numbers of what is to be done."""
BLANKED = {"inbound", "journal", "suppressions"}
"""Tables whose rows outlive a creator, without what names one."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "empty.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def path(tmp_path: Path, template: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "store.db"))


@pytest.fixture
def store(path: Path) -> Iterator[SqlStore]:
    opened = open_store(f"sqlite:///{path}", busy_timeout=timedelta(milliseconds=100))
    event.listen(opened._engine, "checkout", _without_secure_delete)
    yield opened
    opened.close()


def _without_secure_delete(connection: sqlite3.Connection, *_: object) -> None:
    connection.execute("PRAGMA secure_delete = OFF")  # Debian's SQLite has it on, others do not


def with_an_erased_creator(path: Path, store: SqlStore) -> None:
    """Leave a deleted creator's words in free pages of the file, and a replaced bio in its log."""
    long = "Ancienne présentation. " * 1_000
    with store.write() as tx:
        tx.creators.save(a_creator("gone", posts=(a_post("p", long),)))
        tx.creators.save(a_creator("stays", bio_original=long))
    checkpointed(path)
    with store.write() as tx:
        tx.creators.delete(a_creator("gone").id)
        tx.creators.save(a_creator("stays", bio_original=f"{long} encore"))
    with store.write() as tx:
        tx.creators.save(a_creator("stays"))


def checkpointed(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def named_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if WORD in path.read_bytes())


def test_compacting_leaves_nothing_deleted_in_any_file(path: Path, store: SqlStore, tmp_path: Path) -> None:
    with_an_erased_creator(path, store)
    assert named_in(tmp_path) == ["store.db", "store.db-wal"]
    checkpointed(path)
    assert named_in(tmp_path) == ["store.db"]  # in free pages, where a checkpoint does not reach
    store.compact()
    assert named_in(tmp_path) == []
    with store.read() as tx:
        assert list(tx.creators.stream()) == [a_creator("stays")]


def test_a_reader_that_does_not_end_is_told_of_and_the_next_try_succeeds(
    path: Path, store: SqlStore, tmp_path: Path
) -> None:
    with_an_erased_creator(path, store)
    with store.read(), pytest.raises(Unavailable, match="being read by another process"):
        store.compact()
    assert named_in(tmp_path) != []
    store.compact()
    assert named_in(tmp_path) == []


def test_a_writer_that_does_not_end_is_told_of(store: SqlStore) -> None:
    with store.write(), pytest.raises(Unavailable, match="busy"):
        store.compact()


def test_the_journal_may_be_blanked_and_nothing_else(store: SqlStore) -> None:
    with store.write() as tx:
        tx.journal.add(an_entry(subject="creator 1", why="line 3"))
    for change in (
        "SET why = 'another'",
        "SET subject = 'd-2', why = ''",
        "SET subject = 'erased'",
        "SET who = 'nobody', why = ''",
        "SET what = 'rejected', subject = 'erased', why = ''",
        "SET number = 7, subject = 'erased', why = ''",
        "SET why = ''",
        "SET subject = 'erased', why = '', why_salt = NULL",
        "SET why = '', why_salt = NULL, own = NULL",
    ):
        with pytest.raises(IntegrityError, match="journal only grows"), store._engine.begin() as connection:
            connection.execute(text(f"UPDATE journal {change}"))
    with store._engine.begin() as connection:
        connection.execute(text("UPDATE journal SET why = '', why_salt = NULL"))
        connection.execute(text("UPDATE journal SET subject = 'erased', subject_salt = NULL, why = ''"))
    with store.read() as tx:
        assert tx.journal.of("erased") == (an_entry(subject="erased", why=""),)


def test_every_table_goes_with_the_creator_or_is_known_to_name_nobody() -> None:
    goes = {"creators"}
    tables = Row.metadata.sorted_tables  # a table comes after those that it refers to
    for table in tables:
        keys = {key for key in table.foreign_keys if key.ondelete == "CASCADE"}
        if {key.column.table.name for key in keys} & goes:
            goes.add(table.name)
    assert {table.name for table in tables} - goes - BLANKED == KNOWS_NOBODY, (
        "say in agent/adapters/database/privacy.py how the table forgets a person"
    )
