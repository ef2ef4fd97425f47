"""A store that was put back is recognised, and nothing leaves from it until a person says so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agent.adapters.memory import MemoryStore
from agent.domain.delivery import DeliveryState
from agent.domain.errors import Unavailable
from agent.domain.people import Entry
from agent.domain.restored import Mark
from agent.ports import KeptMark, Ports
from agent.usecases.freezing import frozen, resume, watch
from agent.usecases.outbox import outbox
from agent.usecases.sending import send_due
from tests.builders import NOW
from tests.fakes import later
from tests.unit.usecases.world import READER, a_world, accepted, approved


class Forgetful:
    """A home whose record can be kept no more, after so many times."""

    def __init__(self, times: int) -> None:
        self._times = times

    def kept(self) -> KeptMark:
        return KeptMark(mark=None)

    def keep(self, mark: Mark) -> None:
        if not self._times:
            raise Unavailable(f"Row {mark.number} cannot be remembered; the disk is full.")
        self._times -= 1


def backup(ports: Ports) -> MemoryStore:
    assert isinstance(ports.store, MemoryStore)
    return ports.store.forked()


def test_nothing_leaves_twice_from_a_backup_that_was_taken_before_the_letter_left() -> None:
    ports = a_world()
    delivery = approved(ports)
    before = backup(ports)
    send_due(ports)
    restored = replace(ports, store=before)
    report = send_due(restored)
    assert "restored from a backup" in report.stopped
    assert report.sent == []
    assert accepted(ports) == [delivery.raw]


def test_a_backup_is_recognised_though_it_has_grown_past_what_was_seen() -> None:
    ports = a_world("une", "deux")
    approved(ports, "une")
    before = backup(ports)
    send_due(ports)
    restored = later(replace(ports, store=before), NOW + timedelta(hours=1))
    approved(restored, "deux")
    for _ in range(20):
        with restored.store.write() as tx:
            tx.journal.add(Entry(at=restored.clock.now(), who="Camille", what="edited", subject="d"))
    assert send_due(restored).stopped
    assert len(accepted(ports)) == 1


def test_a_backup_taken_between_fence_and_answer_is_recognised_after_a_crash() -> None:
    ports = a_world()
    approved(ports)
    before = backup(ports)
    watch(replace(ports, store=before))
    mailer = ports.mailer
    assert hasattr(mailer, "after_fence")
    mailer.after_fence = _die
    with pytest.raises(SystemExit):
        send_due(ports)
    assert send_due(replace(ports, store=before)).stopped


def test_a_person_lets_letters_leave_again_and_the_journal_says_who() -> None:
    ports = a_world()
    approved(ports)
    before = backup(ports)
    send_due(ports)
    restored = replace(ports, store=before)
    assert frozen(restored)
    assert "restored from a backup" in resume(restored, by=READER)
    assert not frozen(restored)
    assert resume(restored, by=READER) == ""
    with restored.store.read() as tx:
        (entry,) = tx.journal.of("outbox")
    assert (entry.who, entry.what) == (READER, "sending resumed")
    assert len(send_due(restored).sent) == 1


def test_while_frozen_the_record_stays_what_it_was() -> None:
    ports = a_world()
    approved(ports)
    before = backup(ports)
    send_due(ports)
    restored = replace(ports, store=before)
    for _ in range(3):
        assert watch(restored)
    assert not frozen(ports)


def test_a_record_that_cannot_be_kept_lets_nothing_leave() -> None:
    ports = replace(a_world(), marks=Forgetful(times=1))
    approved(ports)
    with pytest.raises(Unavailable, match="disk is full"):
        send_due(ports)
    assert accepted(ports) == []
    assert [delivery.state for delivery in outbox(ports)] == [DeliveryState.QUEUED]


def test_a_home_that_must_have_a_record_and_has_none_is_frozen_once_letters_left() -> None:
    class Blank(Forgetful):
        def kept(self) -> KeptMark:
            return KeptMark(mark=None, is_expected=True)

    ports = replace(a_world("une", "deux"), marks=Blank(times=9))
    approved(ports, "une")
    assert len(send_due(ports).sent) == 1
    approved(ports, "deux")
    assert "no record" in send_due(ports).stopped


def _die() -> None:
    raise SystemExit
