"""What sending asks of every store: memory, SQLite and PostgreSQL."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from agent.adapters.database import SqlStore, open_store
from agent.adapters.memory import MemoryStore
from agent.domain.delivery import DeliveryState
from agent.domain.handover import HandoverState
from agent.domain.ids import ApprovalId, DraftId, InboundId, OutreachId
from agent.domain.outreach import OutreachStatus
from agent.ports import Transaction
from tests.builders import (
    NOW,
    a_creator,
    a_draft,
    a_handover,
    a_reply,
    an_address,
    an_approval,
    an_entry,
    an_inbound,
    an_outreach,
)
from tests.contract.conftest import AnyStore
from tests.contract.test_store import MINUTE, nth, with_deliveries, with_draft, with_outreach

_S = DeliveryState
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def store(empty_store: AnyStore) -> AnyStore:
    return empty_store


# --- many at once ---------------------------------------------------------------------------------


def test_only_what_is_queued_is_claimed_and_every_claim_is_a_try(store: AnyStore) -> None:
    taken = nth(2, state=_S.HANDSHAKE, owner="w-2", lease_until=NOW)
    with store.write() as tx:
        with_deliveries(tx, nth(1), taken, nth(3), nth(4))
        ids = [nth(number).id for number in (1, 2, 3)]
        assert tx.deliveries.claim(ids, owner="w-1", lease_until=LATER) == 2
        claimed = nth(1).claimed(owner="w-1", lease=LATER - NOW, at=NOW)
        assert tx.deliveries.get(nth(1).id) == claimed
        assert tx.deliveries.get(taken.id) == taken
        assert tx.deliveries.get(nth(4).id) == nth(4)
        assert tx.deliveries.claim([], owner="w-1", lease_until=LATER) == 0


def test_a_step_changes_the_way_and_nothing_that_was_approved(store: AnyStore) -> None:
    with store.write() as tx:
        with_deliveries(tx, nth(1))
        claimed = nth(1).claimed(owner="w-1", lease=MINUTE, at=NOW)
        forged = replace(claimed, raw=b"another", envelope_to="other@creator.example")
        assert tx.deliveries.step(forged, expected=_S.QUEUED, owner=None)
        assert tx.deliveries.get(claimed.id) == claimed
        fenced = claimed.fenced(lease=MINUTE, at=NOW)
        assert not tx.deliveries.step(fenced, expected=_S.HANDSHAKE, owner="w-2")
        assert not tx.deliveries.step(fenced, expected=_S.QUEUED, owner="w-1")
        assert tx.deliveries.step(fenced, expected=_S.HANDSHAKE, owner="w-1")
        sent = fenced.settled(_S.SENT, at=LATER)
        assert tx.deliveries.step(sent, expected=_S.DATA, owner="w-1")
        assert tx.deliveries.get(sent.id) == sent
        assert tx.deliveries.load(sent.mailbox, since=NOW).last_sent_at == LATER
        assert not tx.deliveries.step(nth(9), expected=_S.QUEUED, owner=None)


def test_what_left_of_several_conversations_is_known_at_once(store: AnyStore) -> None:
    data = nth(4, state=_S.DATA, owner="w", lease_until=NOW, tried_at=NOW)
    sent, uncertain = nth(1, state=_S.SENT, sent_at=NOW), nth(2, state=_S.UNCERTAIN, tried_at=NOW)
    with store.write() as tx:
        with_deliveries(tx, sent, uncertain, nth(3), data, nth(5, state=_S.FAILED))
        assert tx.deliveries.left_of([sent.outreach_id, OutreachId("o-9")]) == (sent, uncertain, data)
        assert tx.deliveries.left_of([]) == ()


def test_what_went_by_hand_is_known_at_once(store: AnyStore) -> None:
    copying = a_handover("h-1", touch=1, state=HandoverState.COPYING, by="lea", claimed_at=NOW)
    waiting = a_handover("h-2", touch=2)
    with store.write() as tx:
        with_draft(tx)
        tx.handovers.add(copying)
        tx.handovers.add(waiting)
        assert tx.handovers.gone_of([copying.outreach_id]) == (copying,)
        assert tx.handovers.gone_of([OutreachId("o-9")]) == ()


def test_drafts_and_approvals_come_at_once(store: AnyStore) -> None:
    with store.write() as tx:
        with_draft(tx)
        tx.drafts.save(a_draft("d-2", touch=2))
        names = [DraftId("d-1"), DraftId("d-2"), DraftId("d-9")]
        assert tx.drafts.with_ids(names) == {
            "d-1": tx.drafts.get(DraftId("d-1")),
            "d-2": a_draft("d-2", touch=2),
        }
        assert tx.drafts.approvals([ApprovalId("a-1"), ApprovalId("a-9")]) == {"a-1": an_approval()}


def test_replies_to_several_conversations_come_oldest_first(store: AnyStore) -> None:
    with store.write() as tx:
        with_outreach(tx)
        for number, minutes in ((1, 5), (2, 1)):
            at = NOW + timedelta(minutes=minutes)
            tx.inbox.add(an_inbound(f"i-{number}", uid=number, digest=str(number), received_at=at))
            reply = a_reply(f"r-{number}", inbound_id=InboundId(f"i-{number}"), received_at=at)
            tx.inbox.file(reply)
        asked = [OutreachId("o-1"), OutreachId("o-9")]
        assert [reply.id for reply in tx.inbox.replies_to(asked)] == ["r-2", "r-1"]
        assert tx.inbox.replies(outreach_id=OutreachId("o-1")) == tx.inbox.replies_to(asked)


def test_who_is_reached_at_an_address_is_known_whatever_its_case(store: AnyStore) -> None:
    one, two = a_creator("une", address=an_address("A@b.example")), a_creator("deux", address=None)
    three = a_creator("trois", address=an_address("a@B.example"))
    with store.write() as tx:
        for creator in (one, two, three):
            tx.creators.save(creator)
        assert tx.creators.same_person([one.id, two.id, a_creator("nobody").id]) == {
            one.id: {one.id, three.id},
            two.id: {two.id},
            a_creator("nobody").id: {a_creator("nobody").id},
        }


def test_a_step_of_an_outreach_leaves_its_fit_alone(store: AnyStore) -> None:
    with store.write() as tx:
        with_outreach(tx)
        contacted = an_outreach().advance(OutreachStatus.CONTACTED, at=LATER, reason="sent").sent(1)
        other_fit = replace(contacted.fit, score=0.125)
        tx.outreach.step(replace(contacted, fit=other_fit, next_touch_at=LATER))
        assert tx.outreach.get(contacted.id) == replace(contacted, next_touch_at=LATER)


def test_a_row_of_the_journal_tells_its_place(store: AnyStore) -> None:
    with store.write() as tx:
        tx.journal.add(an_entry(), an_entry())
        place = tx.journal.note(an_entry(at=LATER))
        assert place == tx.journal.newest()
        assert tx.journal.moment(place.number) == LATER
        assert len(tx.journal.of(an_entry().subject)) == 3


# --- whether anybody changed anything -------------------------------------------------------------


def marked(store: AnyStore) -> object:
    """Return the mark of a transaction that changed something, as every one of a sending worker does."""
    with store.write() as tx:
        tx.journal.add(an_entry())
        return tx.changes.mark()


def unchanged(store: AnyStore, mark: object) -> bool:
    """Return whether nothing changed since, as the next transaction of the worker sees it."""
    with store.write() as tx:
        return tx.changes.none_since(mark)


def _add_an_entry(tx: Transaction) -> None:
    tx.journal.add(an_entry())


def _suppress(tx: Transaction) -> None:
    tx.suppressions.add("f" * 64, reason="asked", at=NOW)


def _erase(tx: Transaction) -> None:
    tx.creators.delete(a_creator().id)


def _reply(tx: Transaction) -> None:
    assert tx.inbox.add(an_inbound())


CHANGES: tuple[Callable[[Transaction], None], ...] = (_add_an_entry, _suppress, _erase, _reply)


def test_nothing_changed_where_nobody_wrote(store: AnyStore) -> None:
    mark = marked(store)
    with store.read() as tx:
        assert tx.drafts.get(DraftId("d-1")) is None
    assert unchanged(store, mark)
    assert not unchanged(store, None)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_same_process_is_noticed(
    store: AnyStore, change: Callable[[Transaction], None]
) -> None:
    with store.write() as tx:
        with_outreach(tx)
    mark = marked(store)
    with store.write() as tx:
        change(tx)
    assert not unchanged(store, mark)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_by_another_store_over_the_same_database_is_noticed(
    request: pytest.FixtureRequest,
    store: AnyStore,
    tmp_path: Path,
    change: Callable[[Transaction], None],
) -> None:
    if isinstance(store, MemoryStore):
        pytest.skip("a store in memory has no second one")
    with store.write() as tx:
        with_outreach(tx)
    mark = marked(store)
    other = open_store(_url(request, store, tmp_path))
    try:
        with other.write() as tx:
            change(tx)
        assert not unchanged(store, mark)
    finally:
        other.close()


def test_a_change_between_two_changes_of_ours_is_noticed(store: AnyStore) -> None:
    mark = marked(store)
    with store.write() as tx:
        assert tx.changes.none_since(mark)
        tx.journal.add(an_entry())
    assert not unchanged(store, mark)


def test_another_connection_than_before_knows_nothing(tmp_path: Path, sqlite_template: Path) -> None:
    store = open_store(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'store.db')}")
    mark = marked(store)
    store.close()
    assert not unchanged(store, mark)
    store.close()


def _url(request: pytest.FixtureRequest, store: SqlStore, tmp_path: Path) -> str:
    if store._engine.dialect.name == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    return str(request.getfixturevalue("postgres_url"))
