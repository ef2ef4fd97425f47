"""What holds for SQLite alone: how it is opened, who waits for whom, and what a full disk does."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import IntegrityError

from agent.adapters.database import SqlStore, migrate, open_store
from agent.domain.delivery import DeliveryState
from agent.domain.draft import DraftStatus
from agent.domain.errors import BadInput, Unavailable
from agent.domain.ids import DraftId
from agent.ports import Transaction
from tests.builders import NOW, a_brand, a_creator, a_post, an_entry

ROOT = Path(__file__).parents[3]


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
    opened = open_store(f"sqlite:///{path}")
    yield opened
    opened.close()


# --- how it is opened -----------------------------------------------------------------------------


def test_every_connection_is_durable_and_checks_references(store: SqlStore) -> None:
    with store._engine.connect() as one, store._engine.execution_options(view=True).connect() as other:
        for connection in (one, other):
            pragmas = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            }
            assert pragmas == {
                "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000,
            }  # fmt: skip


def test_a_transaction_writes_from_its_first_line_and_a_view_never(store: SqlStore) -> None:
    begun: list[str] = []
    event.listen(store._engine, "checkout", lambda file, *_: file.set_trace_callback(begun.append))
    with store.write():
        assert begun == ["PRAGMA query_only = OFF", "BEGIN IMMEDIATE"]
    begun.clear()
    with store.read():
        assert begun[:2] == ["PRAGMA query_only = ON", "BEGIN"]


def test_one_connection_writes_until_something_goes_wrong(store: SqlStore) -> None:
    opened: list[object] = []
    event.listen(store._engine, "checkout", lambda file, *_: opened.append(file))
    for handle in ("one", "two"):
        with store.write() as tx:
            tx.creators.save(a_creator(handle))
    assert len(opened) == 1

    def fail() -> None:
        with store.write() as tx:
            tx.creators.save(a_creator("three"))
            raise BadInput("no")

    with pytest.raises(BadInput):
        fail()
    with store.write() as tx:
        assert {creator.handle for creator in tx.creators.stream()} == {"one", "two"}
    assert len(opened) == 2


def test_threads_write_one_after_the_other_by_the_same_connection(store: SqlStore) -> None:
    def save(number: int) -> None:
        with store.write() as tx:
            tx.creators.save(a_creator(f"creator{number}"))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(save, range(12)))
    with store.read() as tx:
        assert tx.creators.count() == 12


def test_a_file_that_is_missing_is_not_created(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nanoreach init"):
        open_store(f"sqlite:///{tmp_path / 'missing.db'}")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_database_asks_for_init(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    with pytest.raises(BadInput, match="nanoreach init"):
        open_store(f"sqlite:///{tmp_path / 'empty.db'}")


@pytest.mark.parametrize(("revision", "sentence"), [("0000", "nanoreach init"), ("0999", "newer nanoreach")])
def test_another_schema_is_refused(path: Path, revision: str, sentence: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.close()
    with pytest.raises(BadInput, match=sentence):
        open_store(f"sqlite:///{path}")


@pytest.mark.parametrize("opening", [open_store, migrate])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, opening: object) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Bonjour Lison, " * 1_000)
    assert callable(opening)
    with pytest.raises(BadInput, match=r"letter\.txt is not a database"):
        opening(f"sqlite:///{letter}")
    assert letter.read_text() == "Bonjour Lison, " * 1_000


@pytest.mark.parametrize("opening", [open_store, migrate])
def test_the_database_of_another_program_is_refused(tmp_path: Path, opening: object) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    assert callable(opening)
    with pytest.raises(BadInput, match="another program"):
        opening(f"sqlite:///{other}")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("mysql://localhost/x", "mysql"),
        ("oracle+nothing://x", "begins with"),
        ("not a url", "begins with"),
    ],
)
def test_a_url_that_names_no_store_is_refused(url: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        open_store(url)


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="folder exists"):
        migrate(f"sqlite:///{tmp_path / 'missing' / 'store.db'}")


# --- who waits for whom ---------------------------------------------------------------------------


def test_two_threads_that_write_at_once_both_succeed(store: SqlStore) -> None:
    start = Barrier(4)

    def write(name: str) -> None:
        start.wait()
        for number in range(10):
            with store.write() as tx:
                tx.creators.save(a_creator(f"{name}{number}"))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, "abcd"))
    with store.read() as tx:
        assert tx.creators.count() == 40


WRITE = """
import sys
from agent.adapters.database import migrate, open_store
from tests.builders import a_creator
url, name = sys.argv[1:]
migrate(url)
store = open_store(url)
for number in range(10):
    with store.write() as tx:
        tx.creators.save(a_creator(f"{name}{number}"))
store.close()
"""


def test_two_processes_that_create_and_write_at_once_both_succeed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    processes = [
        subprocess.Popen([sys.executable, "-c", WRITE, url, name], cwd=ROOT, stderr=subprocess.PIPE)
        for name in ("one", "two")
    ]
    for process in processes:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors.decode()
    store = open_store(url)
    with store.read() as tx:
        assert tx.creators.count() == 20
    store.close()


# --- what the world does to a disk ----------------------------------------------------------------


def test_a_full_disk_loses_nothing_that_was_stored(store: SqlStore, path: Path) -> None:
    with store.write() as tx:
        tx.creators.save(a_creator("before"))
    store.close()  # the connection that wrote is kept

    def no_more_pages(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # SQLite takes it as: not one page more

    event.listen(store._engine, "checkout", no_more_pages)
    long = tuple(a_post(str(number), "très long " * 1_000) for number in range(50))
    with pytest.raises(Unavailable, match=r"no room left.*store\.db"), store.write() as tx:
        tx.creators.save(a_creator("after", posts=long))
    event.remove(store._engine, "checkout", no_more_pages)
    with store.read() as tx:
        assert [creator.handle for creator in tx.creators.stream()] == ["before"]
    store.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_a_journal_for_which_there_is_no_room_stores_nothing_of_the_step(store: SqlStore) -> None:
    def no_more_pages(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    event.listen(store._engine, "checkout", no_more_pages)
    with pytest.raises(Unavailable, match=r"store\.db"), store.write() as tx:
        _write_much(tx)
    event.remove(store._engine, "checkout", no_more_pages)
    with store.read() as tx:
        assert tx.journal.newest() is None


def _write_much(tx: Transaction) -> None:
    for number in range(50):
        tx.journal.note(an_entry(subject=f"subject {number}", why="très long " * 1_000))


def test_a_transaction_that_was_given_up_is_not_gone_on_with(store: SqlStore) -> None:
    with pytest.raises(Unavailable, match=r"store\.db refuses"), store.write() as tx:
        _write_across_a_rollback(tx)
    with store.read() as tx:
        assert tx.journal.newest() is None


def _write_across_a_rollback(tx: Transaction) -> None:
    tx.journal.note(an_entry())
    work = tx.journal._work  # type: ignore[attr-defined]  # a real store's, whose connection is SQLite's
    file: sqlite3.Connection = work.connection().connection.dbapi_connection
    file.execute("ROLLBACK")  # as SQLite does by itself where a disk is full or fails
    file.execute("PRAGMA query_only = ON")
    tx.journal.note(an_entry(subject="d-2"))


def test_half_a_character_in_the_journal_is_refused_in_our_words(store: SqlStore) -> None:
    with pytest.raises(BadInput, match="half a character"), store.write() as tx:
        tx.journal.note(an_entry(why="\ud83d"))


def test_a_file_that_may_only_be_read_is_named(store: SqlStore) -> None:
    def read_only(connection: Connection) -> None:
        # stands for missing permissions, which do not stop an administrator who runs the tests
        connection.exec_driver_sql("PRAGMA query_only = ON")

    event.listen(store._engine, "begin", read_only)
    with pytest.raises(Unavailable, match="may only be read"), store.write() as tx:
        tx.brands.save(a_brand())


def test_half_a_character_is_named(store: SqlStore) -> None:
    with pytest.raises(BadInput, match=r"U\+D83C"), store.write() as tx:
        tx.creators.save(a_creator(name="Lison \ud83c"))


def test_the_journal_only_grows(store: SqlStore) -> None:
    with store.write() as tx:
        tx.journal.add(an_entry())
    for change in ("UPDATE journal SET who = 'nobody'", "DELETE FROM journal"):
        with pytest.raises(IntegrityError, match="journal only grows"), store._engine.begin() as connection:
            connection.execute(text(change))
    with store.read() as tx:
        assert tx.journal.of("d-1") == (an_entry(),)


READS: dict[str, Callable[[Transaction], object]] = {
    "ix_deliveries_due": lambda tx: tx.deliveries.due(now=NOW, limit=10),
    "ix_deliveries_state_created_at_id": lambda tx: tx.deliveries.list(states=[DeliveryState.UNCERTAIN]),
    "ix_deliveries_mailbox_left_at": lambda tx: tx.deliveries.load("a@b.example", since=NOW),
    "ix_deliveries_message_id": lambda tx: tx.deliveries.with_message_id(["<1@b.example>"]),
    "ix_outreach_due": lambda tx: tx.outreach.due(now=NOW, limit=10),
    "ix_outreach_creator_id": lambda tx: tx.creators.delete(a_creator().id),
    "ix_inbound_unread": lambda tx: tx.inbox.unread(),
    "ix_drafts_queue": lambda tx: tx.drafts.page(statuses=[DraftStatus.PENDING]),
    "ix_creators_email_key": lambda tx: tx.creators.with_email("a@b.example"),
    "ix_creators_handle_key_platform": lambda tx: tx.creators.find("instagram:lison"),
    "ix_journal_subject_at_number": lambda tx: tx.journal.of("d-1"),
}


@pytest.mark.parametrize("index", sorted(READS))
def test_a_search_uses_its_index_and_sorts_nothing(store: SqlStore, index: str) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []
    event.listen(store._engine, "before_cursor_execute", lambda *given: asked.append((given[2], given[3])))
    with store.write() as tx:
        READS[index](tx)
    searches = [(query, given) for query, given in asked if query.startswith(("SELECT", "UPDATE"))]
    assert searches
    with store._engine.connect() as connection:
        for query, parameters in searches:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", parameters).fetchall()
            assert index in str(plan), plan
            assert "TEMP B-TREE" not in str(plan), plan


def test_importing_the_same_again_writes_nothing(store: SqlStore) -> None:
    with store.write() as tx:
        tx.creators.save(a_creator())
    written: list[str] = []
    event.listen(store._engine, "before_cursor_execute", lambda *given: written.append(given[2]))
    with store.write() as tx:
        tx.creators.save(a_creator())
    assert [line for line in written if line.startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_only_the_post_that_changed_is_written(store: SqlStore) -> None:
    posts = tuple(a_post(key) for key in "abc")
    with store.write() as tx:
        tx.creators.save(a_creator(posts=posts))
    written: list[tuple[str, object]] = []
    event.listen(store._engine, "before_cursor_execute", lambda *given: written.append((given[2], given[3])))
    with store.write() as tx:
        tx.creators.save(a_creator(posts=(posts[0], a_post("b", "new text"), posts[2])))
    changes = [parameters for line, parameters in written if line.startswith("UPDATE posts")]
    assert len(changes) == 1
    assert "new text" in str(changes[0])


def test_a_closed_store_opens_again(store: SqlStore) -> None:
    store.close()
    with store.read() as tx:
        assert tx.drafts.get(DraftId("d-1")) is None
