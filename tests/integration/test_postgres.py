"""What PostgreSQL has to give beyond the contract of every store: its schema, its one writer, its words."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import make_url

from agent.adapters.database import SqlStore, migrate, open_store
from agent.adapters.database.engine import open_engine
from agent.adapters.database.schema import SCHEMA
from agent.adapters.database.tables import Row
from agent.domain.errors import BadInput, Unavailable
from tests.builders import a_creator

A_MOMENT = timedelta(milliseconds=200)


@pytest.fixture
def another_database(postgres_url: str) -> str:
    """An empty database on the same server."""
    name = "another_one"
    engine = open_engine(postgres_url, busy_timeout=A_MOMENT).execution_options(
        alone=True, isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return make_url(postgres_url).set(database=name).render_as_string(hide_password=False)


def test_the_migrated_schema_is_the_one_of_the_tables(postgres_url: str) -> None:
    engine = open_engine(postgres_url, busy_timeout=A_MOMENT)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Row.metadata) == []
    engine.dispose()


def test_several_processes_may_migrate_at_once(another_database: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(migrate, [another_database] * 4)) == {SCHEMA}


def test_a_database_without_our_tables_is_named_in_a_sentence(another_database: str) -> None:
    with pytest.raises(BadInput, match="nanoreach init"):
        open_store(another_database)


def test_what_a_writer_checked_still_holds_when_it_commits(postgres_url: str) -> None:
    stores = [open_store(postgres_url) for _ in range(4)]
    together = Barrier(len(stores))

    def take(store: SqlStore) -> bool:
        together.wait()
        with store.write() as tx:
            if tx.creators.get(a_creator("taken").id) is not None:
                return False
            tx.creators.save(a_creator("taken"))
            return True

    with stores[0].write() as tx:
        tx.creators.delete(a_creator("taken").id)
    with ThreadPoolExecutor(len(stores)) as pool:
        took = list(pool.map(take, stores))
    for store in stores:
        store.close()
    assert sorted(took) == [False, False, False, True]


def test_a_writer_that_waits_too_long_gets_a_sentence_and_readers_do_not_wait(postgres_url: str) -> None:
    first, second = open_store(postgres_url), open_store(postgres_url, busy_timeout=A_MOMENT)
    writing, done = Event(), Event()

    def hold() -> None:
        with first.write():
            writing.set()
            done.wait(10)

    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(hold)
        writing.wait(10)
        with second.read() as tx:
            assert tx.creators.count() >= 0
        with pytest.raises(Unavailable, match="busy"), second.write():
            pass
        done.set()
        held.result()
    with second.write() as tx:
        tx.creators.save(a_creator())
    first.close()
    second.close()


def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    with pytest.raises(Unavailable) as told:
        open_store("postgresql://anna:s3cret@127.0.0.1:1/nanoreach")
    assert "s3cret" not in str(told.value)
    assert "check that its server runs" in str(told.value)
