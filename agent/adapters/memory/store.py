"""Views and transactions over tables in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Lock
from typing import Self

from agent.adapters.memory.briefs import MemoryBriefs
from agent.adapters.memory.deliveries import MemoryDeliveries
from agent.adapters.memory.handovers import MemoryHandovers
from agent.adapters.memory.mailboxes import MemoryMailboxes
from agent.adapters.memory.opened import MemoryOpened
from agent.adapters.memory.outreach import MemoryDrafts, MemoryOutreaches
from agent.adapters.memory.privacy import MemoryPrivacy
from agent.adapters.memory.records import (
    MemoryAccounts,
    MemoryInbox,
    MemoryJournal,
    MemoryLeases,
    MemoryPaces,
    MemorySuppressions,
)
from agent.adapters.memory.sources import MemoryBrands, MemoryCreators
from agent.adapters.memory.spending import MemoryAnswers, MemorySpending
from agent.adapters.memory.tables import Tables
from agent.adapters.memory.tallies import MemoryTallies
from agent.adapters.memory.texts import MemoryTexts
from agent.domain.errors import Unavailable
from agent.ports import Transaction


class MemoryStore:
    """Everything that a process knows until it ends; safe for threads.

    The present state is never changed: a writer changes a copy, which takes its place when it succeeds.
    """

    def __init__(
        self, *, busy_timeout: timedelta = timedelta(seconds=10), rows: Tables | None = None
    ) -> None:
        self._state = (rows or Tables()).sealed()
        self._writer = Lock()
        self._number = 0
        self._patience = busy_timeout.total_seconds()

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """Open a view of this moment; writing in it is a mistake in the program (RuntimeError)."""
        yield _over(self._state, _MemoryChanges(self._number))

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """Open the only writing transaction; an exception leaves nothing of it behind.

        Raises Unavailable where another writer does not finish.
        """
        if not self._writer.acquire(timeout=self._patience):
            raise Unavailable("The store is busy: another transaction is writing for longer than we wait.")
        try:
            changing = self._state.opened()
            yield _over(changing, _MemoryChanges(self._number))
            self._state = changing.sealed()
            self._number += 1
        finally:
            self._writer.release()

    def forked(self) -> Self:
        """Return a store with the same rows; what is changed in one is not seen in the other."""
        return type(self)(busy_timeout=timedelta(seconds=self._patience), rows=self._state)

    def compact(self) -> None:
        """Do nothing: there are no files."""

    def close(self) -> None:
        """Do nothing: there is nothing to give back."""


class _MemoryChanges:
    """Counts the transactions that changed something."""

    def __init__(self, number: int) -> None:
        self._number = number

    def mark(self) -> object:
        """Return what the store will be like after this transaction."""
        return self._number + 1

    def none_since(self, mark: object) -> bool:
        """Return whether the store is as the transaction that took this mark left it."""
        return mark == self._number


def _over(tables: Tables, changes: _MemoryChanges) -> Transaction:
    return Transaction(
        creators=MemoryCreators(tables),
        brands=MemoryBrands(tables),
        outreach=MemoryOutreaches(tables),
        opened=MemoryOpened(tables),
        drafts=MemoryDrafts(tables),
        deliveries=MemoryDeliveries(tables),
        handovers=MemoryHandovers(tables),
        inbox=MemoryInbox(tables),
        suppressions=MemorySuppressions(tables),
        journal=MemoryJournal(tables),
        accounts=MemoryAccounts(tables),
        paces=MemoryPaces(tables),
        leases=MemoryLeases(tables),
        mailboxes=MemoryMailboxes(tables),
        briefs=MemoryBriefs(tables),
        privacy=MemoryPrivacy(tables),
        texts=MemoryTexts(tables),
        answers=MemoryAnswers(tables),
        spending=MemorySpending(tables),
        tallies=MemoryTallies(tables),
        changes=changes,
    )
