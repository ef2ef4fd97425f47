"""The store in SQL: views and transactions over the repositories."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Lock

from sqlalchemy import Connection, Engine

from agent.adapters.database.brands import SqlBrands
from agent.adapters.database.briefs import SqlBriefs
from agent.adapters.database.changes import SqlChanges
from agent.adapters.database.creators import SqlCreators
from agent.adapters.database.deliveries import SqlDeliveries
from agent.adapters.database.drafts import SqlDrafts
from agent.adapters.database.engine import (
    BUSY_TIMEOUT,
    file_of,
    name_of,
    open_engine,
    views_of,
    without_transactions,
)
from agent.adapters.database.handovers import SqlHandovers
from agent.adapters.database.inbox import SqlInbox
from agent.adapters.database.mailboxes import SqlMailboxes
from agent.adapters.database.opened import SqlOpened
from agent.adapters.database.outreach import SqlOutreaches
from agent.adapters.database.privacy import SqlPrivacy
from agent.adapters.database.records import SqlAccounts, SqlJournal, SqlLeases, SqlPaces, SqlSuppressions
from agent.adapters.database.schema import require_current
from agent.adapters.database.spending import SqlAnswers, SqlSpending
from agent.adapters.database.tallies import SqlTallies
from agent.adapters.database.texts import SqlTexts
from agent.adapters.database.work import Work, connected, working
from agent.domain.errors import BadInput, Unavailable
from agent.ports import Transaction


class SqlStore:
    """Everything that must survive, in one database; `close()` gives its connections back."""

    def __init__(self, engine: Engine, *, busy_timeout: timedelta = BUSY_TIMEOUT) -> None:
        self._engine = engine
        self._turn = Lock() if engine.dialect.name == "sqlite" else None
        self._writer: Connection | None = None
        self._patience = busy_timeout.total_seconds()

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """Open a view of this moment; writing in it is a mistake in the program (RuntimeError)."""
        with working(views_of(self._engine)) as work:
            yield _over(work)

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """Open a transaction that holds the right to write; an exception leaves nothing of it behind.

        Raises Unavailable where another writer does not finish, or where the disk refuses.
        """
        if self._turn is not None:
            with self._own_turn(self._turn), self._one_connection() as work:
                yield _over(work)
            return
        with working(self._engine) as work:
            yield _over(work)
            work.connection().commit()

    @contextmanager
    def _own_turn(self, turn: Lock) -> Iterator[None]:
        # SQLite's waiting writers ask again and again, and whoever is unlucky starves: our threads queue up
        if not turn.acquire(timeout=self._patience):
            raise Unavailable(
                f"The database {self._engine.url.database} is busy: another transaction of this process has "
                "been writing for longer than we wait. Nothing of this step was stored; try again."
            )
        try:
            yield
        finally:
            turn.release()

    @contextmanager
    def _one_connection(self) -> Iterator[Work]:
        """Give the one connection by which this process writes, and commit; it is dropped with an error."""
        # fetching one and giving it back take longer than the statements of most transactions
        connection = self._writer or connected(self._engine)
        self._writer = None
        work = Work(connection)
        try:
            connection.begin()
            yield work
            connection.commit()
            self._writer = connection
        finally:
            work.close()
            if self._writer is None:
                connection.close()

    def compact(self) -> None:
        """Write the database anew from its rows, so that its files hold nothing that was deleted.

        SQLite keeps deleted bytes in free pages, in pages whose rows were moved and in its log. The pages are
        written anew, the log is emptied. PostgreSQL frees the rows; its log and backups are its operator's.
        Raises Unavailable where somebody reads or writes for longer than we wait, or where the disk has no
        room for a copy.
        """
        with without_transactions(self._engine).connect() as connection:
            connection.exec_driver_sql("VACUUM")
            if connection.dialect.name == "sqlite":
                busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one()
                if busy:
                    raise Unavailable(
                        f"The database {self._engine.url.database} is being read by another process, so that "
                        "deleted rows are still in its log; run the command again when that has ended."
                    )

    def close(self) -> None:
        """Close every connection."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self._engine.dispose()


def open_store(url: str, *, busy_timeout: timedelta = BUSY_TIMEOUT) -> SqlStore:
    """Return the store at `url`: `sqlite:///path` or `postgresql://…`.

    Raises BadInput where the database is not initialised, belongs to another program or to a newer version,
    Unavailable where it cannot be reached.
    """
    path = file_of(url)
    if path is not None and not path.exists():
        raise BadInput(f"There is no database at {path}; run `nanoreach init` first.")
    engine = open_engine(url, busy_timeout=busy_timeout)
    try:
        with views_of(engine).connect() as connection:
            require_current(connection, name=name_of(url))
    except BaseException:
        engine.dispose()
        raise
    return SqlStore(engine, busy_timeout=busy_timeout)


def _over(work: Work) -> Transaction:
    return Transaction(
        creators=SqlCreators(work),
        brands=SqlBrands(work),
        outreach=SqlOutreaches(work),
        opened=SqlOpened(work),
        drafts=SqlDrafts(work),
        deliveries=SqlDeliveries(work),
        handovers=SqlHandovers(work),
        inbox=SqlInbox(work),
        suppressions=SqlSuppressions(work),
        journal=SqlJournal(work),
        accounts=SqlAccounts(work),
        paces=SqlPaces(work),
        leases=SqlLeases(work),
        mailboxes=SqlMailboxes(work),
        briefs=SqlBriefs(work),
        privacy=SqlPrivacy(work),
        texts=SqlTexts(work),
        answers=SqlAnswers(work),
        spending=SqlSpending(work),
        tallies=SqlTallies(work),
        changes=SqlChanges(work),
    )
