"""The journal's chain in every store: rows added in turns hold together, and a forgetting breaks nothing."""

import pytest

from agent.adapters.database import SqlStore
from agent.adapters.memory import MemoryStore
from agent.domain.chain import FORGETTING, Verdict, examine
from agent.ports import ERASED, Traces
from tests.builders import an_entry

AnyStore = MemoryStore | SqlStore
THEIRS = Traces(
    creators=frozenset(),
    mails=frozenset(),
    subjects=frozenset({"d-1"}),
    words=frozenset({"lea@x.example"}),
    fingerprints=frozenset({"f1"}),
)


@pytest.fixture
def store(empty_store: AnyStore) -> AnyStore:
    return empty_store


def fail_after_adding(store: AnyStore) -> None:
    with store.write() as tx:
        tx.journal.add(an_entry(), an_entry())
        raise ZeroDivisionError


def verdict(store: AnyStore) -> Verdict:
    with store.read() as tx:
        return examine(tx.journal.chain())


def test_an_empty_journal_is_intact(store: AnyStore) -> None:
    found = verdict(store)
    assert (found.rows, found.head, found.faults) == (0, None, ())


def test_rows_of_many_transactions_hold_together(store: AnyStore) -> None:
    for turn in range(3):
        with store.write() as tx:
            tx.journal.add(an_entry(subject=f"d-{turn}"), an_entry(why="seal « é » \N{PARTY POPPER}"))
            tx.journal.add()
            place = tx.journal.note(an_entry(what="sent"))
    found = verdict(store)
    assert (found.rows, found.faults) == (9, ())
    assert found.head is not None
    assert found.head.number == place.number
    with store.read() as tx:
        assert next(tx.journal.chain()).entry == an_entry(subject="d-0")


def test_what_a_transaction_did_not_commit_leaves_no_gap(store: AnyStore) -> None:
    with store.write() as tx:
        tx.journal.add(an_entry())
    with pytest.raises(ZeroDivisionError):
        fail_after_adding(store)
    with store.write() as tx:
        tx.journal.add(an_entry())
    assert (verdict(store).rows, verdict(store).faults) == (2, ())


def test_a_forgetting_takes_the_salts_and_the_chain_holds(store: AnyStore) -> None:
    with store.write() as tx:
        tx.journal.add(an_entry(subject="d-1", why="of Léa"), an_entry(subject="f1", why="of Léa"))
        tx.journal.add(an_entry(subject="o-2", why="550 LEA@x.example"), an_entry(subject="o-2", why="kept"))
    with store.write() as tx:
        tx.privacy.erase(THEIRS)
        tx.journal.add(an_entry(what=FORGETTING, subject="e-1"))
    found = verdict(store)
    assert (found.faults, found.blanked) == ((), 3)
    with store.read() as tx:
        rows = list(tx.journal.chain())
    salts = [(row.link.subject_salt is None, row.link.why_salt is None) for row in rows if row.link]
    assert salts == [(True, True), (False, True), (False, True), (False, False), (False, False)]
    assert rows[0].entry.subject == ERASED


def test_a_blanking_without_a_forgetting_is_found(store: AnyStore) -> None:
    with store.write() as tx:
        tx.journal.add(an_entry(subject="d-1"))
        tx.privacy.erase(THEIRS)
    assert [fault.number for fault in verdict(store).faults] == [1]
