"""Engines: how a database is opened, and what its transactions begin with."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from time import sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from agent.adapters.database.errors import in_our_words, told
from agent.domain.errors import BadInput

BUSY_TIMEOUT = timedelta(seconds=10)
"""How long a writer waits for another one before it gives up."""

_A_MOMENT = timedelta(milliseconds=50)

_A_MILLISECOND = timedelta(milliseconds=1)
_CONNECT = 10
"""Seconds that a server has to accept a connection."""

_ONE_WRITER = 7_264_002
"""The number of PostgreSQL's advisory lock that a writing transaction holds."""

_IS_VIEW = "nanoreach_is_view"
"""Whether a SQLite connection was last told to change nothing; a new one was not."""

_VIEW: dict[str, dict[str, Any]] = {
    "sqlite": {"view": True},
    "postgresql": {"view": True, "isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}


def open_engine(url: str, *, busy_timeout: timedelta, foreign_keys: bool = True) -> Engine:
    """Return an engine whose transactions hold the right to write from their first line.

    Raises BadInput for a URL that names no database of a supported kind. The caller disposes of it.
    """
    parsed = _parsed(url)
    dialect = parsed.get_backend_name()
    try:
        engine = create_engine(parsed, hide_parameters=True, **_OPTIONS[dialect](busy_timeout))
    except ModuleNotFoundError as error:
        raise BadInput(
            f"The database {name_of(url)} needs the package “{error.name}”; "
            "`pip install 'nanoreach[postgres]'` brings it."
        ) from error
    event.listen(engine, "handle_error", partial(in_our_words, name_of(url)))
    if dialect == "sqlite":
        event.listen(engine, "connect", _on_connect(foreign_keys=foreign_keys, busy_timeout=busy_timeout))
    event.listen(engine, "begin", _BEGIN[dialect])
    return engine


def views_of(engine: Engine) -> Engine:
    """Return the same engine, whose transactions see one moment and change nothing."""
    return engine.execution_options(**_VIEW[engine.dialect.name])


def without_transactions(engine: Engine) -> Engine:
    """Return the same engine, whose statements stand alone: what an engine refuses inside a transaction."""
    return engine.execution_options(alone=True, isolation_level="AUTOCOMMIT")


def name_of(url: str) -> str:
    """Return how people know the database: its file, or its URL without the password."""
    path = file_of(url)
    return str(path) if path else _parsed(url).render_as_string(hide_password=True)


def file_of(url: str) -> Path | None:
    """Return the file of a SQLite database, None for a server."""
    parsed = _parsed(url)
    return Path(str(parsed.database)) if parsed.get_backend_name() == "sqlite" else None


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
        dialect = parsed.get_dialect().name
    except (ArgumentError, NoSuchModuleError) as error:
        raise BadInput(
            "The database's URL cannot be read; it begins with sqlite:/// or postgresql://."
        ) from error
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if dialect not in _VIEW:
        raise BadInput(
            f"Databases of the kind “{dialect}” are not supported; use sqlite:/// or postgresql://."
        )
    if dialect == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise BadInput("A SQLite database needs a file: sqlite:///path/to/nanoreach.db")
    return parsed


def _sqlite_options(busy_timeout: timedelta) -> dict[str, Any]:
    return {"connect_args": {"timeout": busy_timeout.total_seconds()}}


def _postgresql_options(busy_timeout: timedelta) -> dict[str, Any]:
    # a “sent” that a server's default would forget on power loss is no “sent”
    session = f"-c lock_timeout={round(busy_timeout / _A_MILLISECOND)} -c synchronous_commit=on"
    return {"connect_args": {"options": session, "connect_timeout": _CONNECT}, "pool_pre_ping": True}


_OPTIONS: dict[str, Callable[[timedelta], dict[str, Any]]] = {
    "sqlite": _sqlite_options,
    "postgresql": _postgresql_options,
}


def _on_connect(*, foreign_keys: bool, busy_timeout: timedelta) -> Callable[[Any, Any], None]:
    def prepare(connection: Any, _record: Any) -> None:  # noqa: ANN401 - DBAPI connections have no common type
        connection.isolation_level = None  # we begin transactions; the driver would begin them late
        _write_ahead(connection, tries=1 + int(busy_timeout / _A_MOMENT))
        connection.execute("PRAGMA synchronous = FULL")  # NORMAL may lose a “sent” on power loss
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")

    return prepare


def _write_ahead(connection: sqlite3.Connection, *, tries: int) -> None:
    # a new file changes its mode once; that one statement fails at once where others would wait
    for left in reversed(range(tries)):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if left == 0 or not error.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise
            sleep(_A_MOMENT.total_seconds())
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    view = options.get("view", False)
    # as the driver takes it: SQLAlchemy's way takes longer than SQLite's beginning itself
    file: Any = connection.connection.dbapi_connection
    try:
        if connection.info.get(_IS_VIEW, False) != view:
            file.execute(f"PRAGMA query_only = {'ON' if view else 'OFF'}")
            connection.info[_IS_VIEW] = view
        if options.get("alone", False):
            return
        file.execute("BEGIN" if view else "BEGIN IMMEDIATE")
        if view:
            # the moment that a view shows is that of its first reading
            file.execute("SELECT 1 FROM sqlite_master LIMIT 1").close()
    except sqlite3.Error as error:
        raise told(error, name=str(connection.engine.url.database)) or error from error


def _begin_postgresql(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("alone", False):
        return
    if options.get("view", False):
        # the moment that a view shows is that of its first statement
        connection.exec_driver_sql("SELECT 1").close()
        return
    # one writer at a time, as in SQLite: what a transaction checked (caps, an answer, another team's
    # conversation) still holds when it commits
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_WRITER})").close()


_BEGIN: dict[str, Callable[[Connection], None]] = {
    "sqlite": _begin_sqlite,
    "postgresql": _begin_postgresql,
}
