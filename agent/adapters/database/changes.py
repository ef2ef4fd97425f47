"""Whether anybody changed the database between two transactions of one worker, asked of the engine itself."""

from itertools import count

from agent.adapters.database.work import Work

_NUMBERS = count()
"""Names connections: what Python calls the identity of one is given to another when it is closed."""
_OWN = "SELECT pg_current_xact_id()::text::bigint"
_SEEN = "SELECT pg_current_snapshot()::text"


class SqlChanges:
    """The engine's own count of what was committed."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def mark(self) -> object:
        """Return what the database will be like after this transaction; asked as its last word."""
        if self._work.connection().dialect.name == "sqlite":
            return self._of_file()
        number: int = self._work.connection().exec_driver_sql(_OWN).scalar_one()
        return f"{number + 1}:{number + 1}:"

    def none_since(self, mark: object) -> bool:
        """Return whether the database is as the transaction that took this mark left it.

        SQLite: a connection is told when another one, of whatever process, has committed
        (https://www.sqlite.org/pragma.html#pragma_data_version), and counts the rows that it changed itself.
        Another connection than before knows nothing of that.

        PostgreSQL: transactions that change something are numbered, and whoever writes holds our lock, so
        that the numbers come in the order of the commits. The mark is the snapshot in which ours is the
        newest number of all and no other one is open; a transaction elsewhere on that server makes it differ.
        """
        if mark is None:
            return False
        if self._work.connection().dialect.name == "sqlite":
            return mark == self._of_file()
        seen: str = self._work.connection().exec_driver_sql(_SEEN).scalar_one()
        return mark == seen

    def _of_file(self) -> object:
        connection = self._work.connection()
        number = connection.info.setdefault("nanoreach_number", next(_NUMBERS))
        file = connection.connection.dbapi_connection
        assert file is not None  # noqa: S101 - a connection whose transaction has begun
        (version,) = file.execute("PRAGMA data_version").fetchone()
        return number, version, file.total_changes
