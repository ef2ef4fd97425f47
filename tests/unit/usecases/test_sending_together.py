"""Letters that are claimed together: each is judged at its own fence, and each answer is stored in time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from agent.adapters.clock import FixedClock
from agent.adapters.memory import MemoryStore
from agent.adapters.offline import OfflineWriter
from agent.domain.brand import Pacing, Window
from agent.domain.delivery import DeliveryState
from agent.domain.errors import Unavailable
from agent.domain.mailbox import Mailbox
from agent.ports import Attempt, Outcome, Ports, Transaction
from agent.usecases.outbox import outbox
from agent.usecases.sending import send_due
from tests.builders import NOW, a_brand
from tests.fakes import RecordingMailer, later, make_ports
from tests.unit.usecases.world import a_quick_world, accepted, approved

_S = DeliveryState
HANDLES = ("une", "deux", "trois", "quatre")
SECOND = timedelta(seconds=1)


def at_the_fence(ports: Ports, *acts: Callable[[], None]) -> None:
    """Do the n-th act before the n-th fence of a run, and nothing before the others."""
    assert isinstance(ports.mailer, RecordingMailer)
    coming = iter(acts)

    def act() -> None:
        next(coming, _nothing)()

    ports.mailer.before_fence = act


def _nothing() -> None:
    return None


def _four(ports: Ports | None = None) -> Ports:
    """Return a world with four approved letters and no gap between them."""
    world = a_quick_world(*HANDLES, ports=ports)
    for handle in HANDLES:
        approved(world, handle)
    return world


def states(ports: Ports) -> list[DeliveryState]:
    """Return the states in the order in which the letters leave."""
    return [each.state for each in sorted(outbox(ports), key=lambda each: (each.due_at, each.id))]


def test_all_that_may_leave_are_claimed_before_the_first_one_goes() -> None:
    ports = _four()
    seen: list[list[DeliveryState]] = []
    at_the_fence(ports, lambda: seen.append(states(ports)))
    assert len(send_due(ports).sent) == 4
    assert seen == [[_S.HANDSHAKE] * 4]


def test_with_a_quick_server_an_answer_is_stored_with_the_next_fence() -> None:
    ports = _four()
    seen: list[list[DeliveryState]] = []
    at_the_fence(ports, _nothing, lambda: seen.append(states(ports)))
    send_due(ports)
    assert seen == [[_S.DATA, _S.HANDSHAKE, _S.HANDSHAKE, _S.HANDSHAKE]]
    assert states(ports) == [_S.SENT] * 4


def test_a_quick_server_may_hear_of_the_next_letter_behind_a_text() -> None:
    ports = _four()
    send_due(ports)
    assert isinstance(ports.mailer, RecordingMailer)
    first, second, third, fourth = ports.mailer.accepted
    # nobody knows of the first one yet whether the server is quick
    assert ports.mailer.told == [None, third, fourth, None], (first, second)


def test_with_a_slow_server_an_answer_is_stored_at_once() -> None:
    ports = _four()
    clock = FixedClock(NOW)
    seen: list[list[DeliveryState]] = []
    slow = [lambda: clock.move_to(clock.now() + SECOND)] * 3
    at_the_fence(ports, *slow, lambda: seen.append(states(ports)))
    send_due(replace(ports, clock=clock))
    assert seen == [[_S.SENT, _S.SENT, _S.SENT, _S.HANDSHAKE]]


def test_the_hour_counts_at_every_fence() -> None:
    ports = _four()
    evening = NOW.replace(hour=15, minute=59, second=59)  # 17:59:59 in Paris
    pacing = Pacing(per_day=1_000, gap=timedelta(0), window=Window())
    clock = FixedClock(evening)
    with ports.store.write() as tx:
        tx.brands.save(a_brand(sender=replace(a_brand().sender, pacing=pacing)))
    at_the_fence(ports, _nothing, _nothing, lambda: clock.move_to(evening + SECOND))
    report = send_due(replace(ports, clock=clock))
    assert len(report.sent) == len(accepted(ports)) == 2
    assert states(ports) == [_S.SENT, _S.SENT, _S.QUEUED, _S.QUEUED]


def test_caps_count_what_left_since_the_claim() -> None:
    ports = _four()
    pacing = Pacing(per_day=3, gap=timedelta(0), window=Window(always=True))
    with ports.store.write() as tx:
        tx.brands.save(a_brand(sender=replace(a_brand().sender, pacing=pacing)))
    report = send_due(ports)
    assert len(report.sent) == 3
    assert [line.reason for line in report.held] == ["the mailbox has written its 3 letters of today"]


def test_a_refused_letter_leaves_its_place_under_the_cap_to_another() -> None:
    ports = _four()
    pacing = Pacing(per_day=3, gap=timedelta(0), window=Window(always=True))
    with ports.store.write() as tx:
        tx.brands.save(a_brand(sender=replace(a_brand().sender, pacing=pacing)))
    assert isinstance(ports.mailer, RecordingMailer)
    ports.mailer.script = [Attempt(outcome=Outcome.REFUSED, detail="550"), Attempt(outcome=Outcome.SENT)]
    report = send_due(ports)
    assert (len(report.failed), len(report.sent)) == (1, 3)


def test_a_mailbox_that_is_paused_meanwhile_holds_the_rest() -> None:
    ports = _four()

    def pause() -> None:
        with ports.store.write() as tx:
            mailbox = Mailbox(address=a_brand().sender.email)
            tx.mailboxes.save(mailbox.paused(at=NOW, reason="a person said so"))

    at_the_fence(ports, _nothing, pause)
    report = send_due(ports)
    assert len(accepted(ports)) == 1
    assert len(report.held) == 3
    assert {line.reason for line in report.held} == {"the mailbox is paused: a person said so"}


def test_a_letter_that_a_refusal_stops_the_mailbox_for_is_the_last_one() -> None:
    ports = _four()
    assert isinstance(ports.mailer, RecordingMailer)
    ports.mailer.script = [Attempt(outcome=Outcome.SENT), Attempt(outcome=Outcome.REFUSED_US, detail="5.7.1")]
    send_due(ports)
    assert len(accepted(ports)) == 1
    assert states(ports) == [_S.SENT, _S.QUEUED, _S.QUEUED, _S.QUEUED]


class _Failing(MemoryStore):
    """A store whose disk refuses one commit, when a test says so."""

    refuses = False

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """Open a transaction that may end with the disk's refusal."""
        with super().write() as tx:
            yield tx
            if self.refuses:
                self.refuses = False
                raise Unavailable("There is no room left.")


def test_an_answer_outlives_a_commit_that_fails_with_the_next_fence() -> None:
    store = _Failing()
    ports = _four(make_ports(store=store, writers={"offline": OfflineWriter()}))

    def refuse() -> None:
        store.refuses = True

    at_the_fence(ports, _nothing, refuse)
    with pytest.raises(Unavailable, match="no room"):
        send_due(ports)
    assert states(ports) == [_S.SENT, _S.HANDSHAKE, _S.QUEUED, _S.QUEUED]
    assert len(accepted(ports)) == 1
    assert len(send_due(later(ports, NOW + timedelta(hours=1), worker="worker-2")).sent) == 3
    assert len(set(accepted(ports))) == len(accepted(ports)) == 4
