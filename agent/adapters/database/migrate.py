"""Brings a database to the present schema."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, text

from agent.adapters.database.engine import BUSY_TIMEOUT, file_of, name_of, open_engine
from agent.adapters.database.schema import require_ours, revision_of
from agent.domain.errors import BadInput

_ONE_AT_A_TIME = 7_264_001
"""The number of PostgreSQL's advisory lock for migrations of ours."""


def migrate(url: str, *, busy_timeout: timedelta = BUSY_TIMEOUT) -> str:
    """Create or upgrade the schema in one transaction and return its number; a second time changes nothing.

    Raises BadInput where the database is another program's or a newer version's, Unavailable where it
    cannot be reached or written.
    """
    _make_private(file_of(url))
    # a migration may rebuild a table that others refer to; all references are checked at the end
    engine = open_engine(url, busy_timeout=busy_timeout, foreign_keys=False)
    try:
        with engine.begin() as connection:
            _wait_for_others(connection)
            require_ours(connection, name=name_of(url))
            _upgrade(connection)
            _check_references(connection, name=name_of(url))
            return str(revision_of(connection))
    finally:
        engine.dispose()


def _make_private(path: Path | None) -> None:
    # people's addresses and letters: for nobody else on this machine; SQLite's side files follow suit
    if path is not None and path.parent.is_dir():
        path.touch(mode=0o600, exist_ok=True)


def _wait_for_others(connection: Connection) -> None:
    # SQLite: BEGIN IMMEDIATE has waited already
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_AT_A_TIME})


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _check_references(connection: Connection, *, name: str) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise BadInput(f"{len(broken)} rows of {name} point to rows that are gone; nothing was upgraded.")
