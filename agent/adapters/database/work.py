"""One transaction as the repositories see it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlmodel import Session

from agent.domain.errors import Unavailable


class Work:
    """A connection whose transaction has begun, and the object mapper over it for who asks.

    The mapper costs more than most transactions do: what is read or written for each letter goes without it.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._orm: Session | None = None

    def connection(self) -> Connection:
        """Return the connection."""
        return self._connection

    @property
    def orm(self) -> Session:
        """The object mapper, whose every reading fills its rows anew."""
        if self._orm is None:
            self._orm = Session(
                self._connection,
                autoflush=False,
                join_transaction_mode="rollback_only",  # savepoints are the connection's affair
                execution_options={"populate_existing": True},
            )
        return self._orm

    def close(self) -> None:
        """Let go of what the mapper holds."""
        if self._orm is not None:
            self._orm.close()


@contextmanager
def working(engine: Engine) -> Iterator[Work]:
    """Begin a transaction, which ends unless the caller commits it; raise Unavailable where none is free."""
    with connected(engine) as connection:
        connection.begin()
        work = Work(connection)
        try:
            yield work
        finally:
            work.close()


def connected(engine: Engine) -> Connection:
    """Return a connection; raise Unavailable where none is free."""
    try:
        return engine.connect()
    except NoConnectionFree as error:
        raise Unavailable("Every connection to the database is in use; try again.") from error
