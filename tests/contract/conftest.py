"""The stores that a contract is asked of: memory, SQLite and PostgreSQL, each empty."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.adapters.database import SqlStore, migrate, open_store
from agent.adapters.memory import MemoryStore

AnyStore = MemoryStore | SqlStore


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "empty.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def empty_store(request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path) -> Iterator[AnyStore]:
    opened: AnyStore
    match request.param:
        case "memory":
            opened = MemoryStore()
        case "sqlite":
            opened = open_store(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'store.db')}")
        case _:
            opened = open_store(request.getfixturevalue("postgres_url"))
            empty(opened)
    yield opened
    opened.close()


def empty(store: SqlStore) -> None:
    """Take every row out of a PostgreSQL database."""
    from agent.adapters.database.tables import Row

    names = ", ".join(f'"{table.name}"' for table in Row.metadata.sorted_tables)
    with store._engine.begin() as connection:
        connection.exec_driver_sql(f"TRUNCATE {names} CASCADE")
