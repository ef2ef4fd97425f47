"""What several threads store at about the same time is committed once, and nobody suffers for another."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from agent.adapters.memory import MemoryStore
from agent.domain.errors import BadInput
from agent.ports import Transaction
from agent.usecases.together import Together
from tests.builders import NOW


@dataclass
class Counting:
    """A store that counts its commits; `begin` is waited for before each transaction."""

    store: MemoryStore = field(default_factory=MemoryStore)
    commits: int = 0
    begin: threading.Event = field(default_factory=threading.Event)

    def read(self) -> Iterator[Transaction]:
        raise NotImplementedError

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        assert self.begin.wait(20)
        with self.store.write() as tx:
            yield tx
        self.commits += 1

    def compact(self) -> None:
        self.store.compact()


def suppress_all(tx: Transaction, names: Sequence[str]) -> list[str]:
    for name in names:
        if name.startswith("bad"):
            raise BadInput(f"{name} cannot be stored.")
        tx.suppressions.add(name, reason="test", at=NOW)
    return [name.upper() for name in names]


def are_stored(store: MemoryStore, *names: str) -> list[bool]:
    with store.read() as tx:
        return [tx.suppressions.has(name) for name in names]


def together(counting: Counting, *, seconds: float = 0.0) -> Together[str, str]:
    return Together(counting, suppress_all, seconds=seconds)  # type: ignore[arg-type]  # reads nothing


def test_what_is_stored_is_there_and_its_result_is_returned() -> None:
    counting = Counting()
    counting.begin.set()
    assert together(counting).store("one", gather=False) == "ONE"
    assert are_stored(counting.store, "one", "two") == [True, False]


def test_who_comes_while_another_stores_shares_the_next_commit() -> None:
    counting = Counting()
    shared = together(counting)
    names = [f"n{number}" for number in range(12)]
    with ThreadPoolExecutor(12) as pool:
        stored = [pool.submit(shared.store, name, gather=False) for name in names]
        threading.Event().wait(0.2)  # all of them are waiting by now, one of them for the store
        counting.begin.set()
        assert [each.result(20) for each in stored] == [name.upper() for name in names]
    assert all(are_stored(counting.store, *names))
    assert counting.commits < len(names)


def test_who_gathers_waits_for_the_others() -> None:
    counting = Counting()
    counting.begin.set()
    shared = together(counting, seconds=0.5)
    with ThreadPoolExecutor(5) as pool:
        stored = [pool.submit(shared.store, f"n{number}", gather=True) for number in range(5)]
        assert [each.result(20) for each in stored] == [f"N{number}" for number in range(5)]
    assert counting.commits < 5


def test_an_item_that_is_refused_spoils_no_other() -> None:
    counting = Counting()
    shared = together(counting)
    names = ["a", "bad-1", "b", "bad-2", "c"]
    with ThreadPoolExecutor(5) as pool:
        stored = {name: pool.submit(shared.store, name, gather=False) for name in names}
        threading.Event().wait(0.2)
        counting.begin.set()
        for name in ("bad-1", "bad-2"):
            with pytest.raises(BadInput, match=f"{name} cannot"):
                stored[name].result(20)
        assert [stored[name].result(20) for name in "abc"] == ["A", "B", "C"]
    assert are_stored(counting.store, *names) == [True, False, True, False, True]
