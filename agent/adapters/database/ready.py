"""Statements of a letter's way out: few, always the same, and in SQLite executed without a layer between."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, CursorResult, Dialect, Insert, Update
from sqlalchemy.sql.compiler import SQLCompiler

from agent.adapters.database.work import Work
from agent.domain.errors import Unavailable


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a statement did: how many rows it met and, after an INSERT, the number of the row's key."""

    rows: int
    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class _Compiled:
    text: str
    names: tuple[str, ...]
    convert: tuple[Callable[[Any], Any] | None, ...]

    def parameters(self, given: Mapping[str, Any]) -> list[Any]:
        return [
            given[name] if convert is None else convert(given[name])
            for name, convert in zip(self.names, self.convert, strict=True)
        ]


class Ready:
    """An INSERT of one row, or an UPDATE, with the same parameters each time.

    SQLite is in the same process and takes some microseconds for such a statement, SQLAlchemy ten times as
    long to hand it over: text and conversions are asked of it once. A server is further away than that, and
    gets its statements in the usual way.
    """

    def __init__(self, statement: Insert | Update, names: tuple[str, ...]) -> None:
        self._statement = statement
        self._names = names
        self._known: _Compiled | None = None

    def run(self, work: Work, given: Mapping[str, Any]) -> Done:
        """Execute it; errors come as they would from SQLAlchemy."""
        connection = work.connection()
        if connection.dialect.name != "sqlite":
            return self._usual(connection, given)
        compiled = self._compiled(connection.dialect)
        file: Any = connection.connection.dbapi_connection  # sqlite3's, which SQLAlchemy has no type for
        try:
            cursor = file.execute(compiled.text, compiled.parameters(given))
        except (sqlite3.Error, UnicodeEncodeError) as error:
            if not file.in_transaction:
                # SQLite may give up the whole of it: asked again, the statement would be stored alone
                file_name = connection.engine.url.database
                raise Unavailable(
                    f"The disk of the database {file_name} refuses ({error}). Nothing of this step was "
                    "stored and nothing from before is lost; free some space and try again."
                ) from error
            # a refused statement leaves no trace: asked again, it is refused in our words
            return self._usual(connection, given)
        return Done(rows=cursor.rowcount, number=cursor.lastrowid)

    def _usual(self, connection: Connection, given: Mapping[str, Any]) -> Done:
        result = connection.execute(self._statement, given)
        assert isinstance(result, CursorResult)  # noqa: S101 - INSERT and UPDATE have no other kind of result
        key = result.inserted_primary_key if isinstance(self._statement, Insert) else None
        return Done(rows=result.rowcount, number=key[0] if key is not None else None)

    def _compiled(self, dialect: Dialect) -> _Compiled:
        if self._known is None:
            compiled = self._statement.compile(dialect=dialect, column_keys=list(self._names))
            assert isinstance(compiled, SQLCompiler)  # noqa: S101 - what a statement is compiled by
            names = tuple(compiled.positiontup or ())
            kinds = [compiled.binds[name].type.dialect_impl(dialect) for name in names]
            convert = tuple(kind.bind_processor(dialect) for kind in kinds)
            self._known = _Compiled(text=compiled.string, names=names, convert=convert)
        return self._known


def read_one(work: Work, text: str) -> Any:  # noqa: ANN401 - a row of whichever driver there is
    """Return the first row of a query without parameters, its values as the driver has them, or None."""
    connection = work.connection()
    if connection.dialect.name == "sqlite":
        file: Any = connection.connection.dbapi_connection
        with suppress(sqlite3.Error):  # asked again, it is refused in our words
            return file.execute(text).fetchone()
    return connection.exec_driver_sql(text).fetchone()
