"""Who has a letter open is told and passed over, and is in nobody's way."""

from dataclasses import replace
from datetime import timedelta

from agent.adapters.clock import FixedClock
from agent.domain.draft import RejectionReason
from agent.domain.opened import LONGEST, OPEN_FOR
from agent.ports import Ports
from agent.usecases.opening import keep_open, open_letter, readers_of
from agent.usecases.reviewing import next_after, reject
from tests.builders import NOW
from tests.unit.usecases.world import a_world, written

CAMILLE, ZOE = "camille@savon.example", "zoe@savon.example"
MINUTE = timedelta(minutes=1)


def a_desk(*keys: str) -> tuple[Ports, FixedClock]:
    clock = FixedClock(NOW)
    return replace(a_world(*keys), clock=clock), clock


def test_the_next_letter_is_not_one_that_another_reads_now() -> None:
    ports, clock = a_desk("une", "deux", "trois")
    first, second, third = (written(ports, key) for key in ("une", "deux", "trois"))
    assert open_letter(ports, second.id, by=ZOE) is None
    assert next_after(ports, first.id, by=CAMILLE) == third.id
    assert next_after(ports, first.id, by=ZOE) == second.id
    open_letter(ports, third.id, by=ZOE)
    assert next_after(ports, first.id, by=CAMILLE) is None
    clock.move_to(NOW + OPEN_FOR)
    assert next_after(ports, first.id, by=CAMILLE) == second.id


def test_who_opened_a_letter_first_is_told_and_stays() -> None:
    ports, clock = a_desk("une")
    draft = written(ports, "une")
    open_letter(ports, draft.id, by=ZOE)
    clock.move_to(NOW + MINUTE)
    other = open_letter(ports, draft.id, by=CAMILLE)
    assert other is not None
    assert other.who == ZOE
    assert readers_of(ports, [draft.id], besides=CAMILLE) == {draft.id: ZOE}
    assert readers_of(ports, [draft.id], besides=ZOE) == {}
    clock.move_to(NOW + OPEN_FOR)
    assert open_letter(ports, draft.id, by=CAMILLE) is None
    assert readers_of(ports, [draft.id], besides=ZOE) == {draft.id: CAMILLE}


def test_a_page_that_is_open_renews_and_one_that_was_left_open_ends() -> None:
    ports, clock = a_desk("une")
    draft = written(ports, "une")
    open_letter(ports, draft.id, by=ZOE)
    for minute in range(2, 40, 2):
        clock.move_to(NOW + minute * MINUTE)
        keep_open(ports, draft.id, by=CAMILLE)
        keep_open(ports, draft.id, by=ZOE)
        is_open = draft.id in readers_of(ports, [draft.id], besides=CAMILLE)
        assert is_open is (clock.now() < NOW + LONGEST)


def test_nobody_who_insists_is_kept_from_deciding() -> None:
    ports, _ = a_desk("une")
    draft = written(ports, "une")
    open_letter(ports, draft.id, by=ZOE)
    reject(ports, draft.id, reason=RejectionReason.OTHER, by=CAMILLE)
    assert open_letter(ports, draft.id, by=CAMILLE) is None


def test_reading_is_noted_once_in_a_while() -> None:
    ports, clock = a_desk("une")
    draft = written(ports, "une")
    open_letter(ports, draft.id, by=ZOE)
    with ports.store.write() as tx:
        mark = tx.changes.mark()
    clock.move_to(NOW + MINUTE)
    open_letter(ports, draft.id, by=ZOE)
    with ports.store.read() as tx:
        assert tx.changes.none_since(mark)
