"""Transactions that threads share: what several want to store at about the same time is committed once.

A commit waits for the disk, and costs as much as what it holds. Whoever comes first gathers for a moment what
the others bring and stores all of it; the others wait until it is stored.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Generic, TypeVar

from agent.ports import Store, Transaction

Item = TypeVar("Item")
Result = TypeVar("Result")

_NEVER = Event()  # waited for in vain, for a moment


@dataclass(kw_only=True, eq=False)
class _Waiting(Generic[Item, Result]):
    """An item on its way into the store; it has a result or an error when it is done."""

    item: Item
    results: list[Result] = field(default_factory=list)
    error: Exception | None = None

    @property
    def is_done(self) -> bool:
        return bool(self.results) or self.error is not None


class Together(Generic[Item, Result]):
    """Stores items of many threads in few transactions; each item is durable when `store` returns.

    `work` stores some items and returns a result for each, in order. Where it fails for several together,
    each of them is tried in a transaction of its own, so that nobody suffers for another's item.
    """

    def __init__(
        self, store: Store, work: Callable[[Transaction, Sequence[Item]], Sequence[Result]], *, seconds: float
    ) -> None:
        self._store = store
        self._work = work
        self._seconds = seconds
        self._waiting: deque[_Waiting[Item, Result]] = deque()
        self._turn = Lock()

    def store(self, item: Item, *, gather: bool) -> Result:
        """Store an item and return what became of it; `gather` says that others are about to come.

        Raises what `work` raises for this item.
        """
        mine: _Waiting[Item, Result] = _Waiting(item=item)
        self._waiting.append(mine)
        with self._turn:
            if not mine.is_done:
                if gather:
                    _NEVER.wait(self._seconds)
                self._store_waiting()
        if mine.error is not None:
            raise mine.error
        return mine.results[0]

    def _store_waiting(self) -> None:
        some = [self._waiting.popleft() for _ in range(len(self._waiting))]
        try:
            self._store_these(some)
        except Exception as error:  # noqa: BLE001 - it is raised again where the item came from
            if len(some) == 1:
                some[0].error = error
                return
            for one in some:
                try:
                    self._store_these([one])
                except Exception as its_own:  # noqa: BLE001 - as above
                    one.error = its_own

    def _store_these(self, some: Sequence[_Waiting[Item, Result]]) -> None:
        with self._store.write() as tx:
            results = self._work(tx, [one.item for one in some])
        for one, result in zip(some, results, strict=True):
            one.results.append(result)
