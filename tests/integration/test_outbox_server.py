"""The outbox against a real server that misbehaves, people who change their minds, and clocks that jump."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.adapters.clock import FixedClock
from agent.adapters.offline import OfflineWriter
from agent.adapters.smtp import Patience, SmtpMailer, parse_smtp_url
from agent.domain.brand import Pacing, Window
from agent.domain.delivery import DeliveryState
from agent.domain.ids import OutreachId
from agent.ports import Ports, Transaction
from agent.usecases.outbox import outbox
from agent.usecases.quieting import never_again
from agent.usecases.sending import send_due
from bench.outbox_home import fill
from tests.builders import NOW, a_brand, a_reply, an_inbound
from tests.fakes import RecordingMailer, later, make_ports
from tests.integration.mail_servers import Faults, Sink, smtp_sink
from tests.unit.usecases.world import a_world, accepted, approved

SECOND = timedelta(seconds=1)
QUICK = Patience(connect=5 * SECOND, command=5 * SECOND, final_dot=5 * SECOND)
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def sink() -> Iterator[Sink]:
    with smtp_sink() as running:
        yield running


def a_mailer(sink: Sink) -> SmtpMailer:
    return SmtpMailer(parse_smtp_url(sink.url), patience=QUICK, local_hostname="brand.example")


def sending_to(sink: Sink, *handles: str) -> Ports:
    """Return a world in memory whose letters go to a real server."""
    ports = make_ports(writers={"offline": OfflineWriter()})
    return a_world(*handles, ports=replace(ports, mailer=a_mailer(sink)))


# --- servers --------------------------------------------------------------------------------------


def test_a_server_that_accepts_and_drops_ten_of_a_hundred_gets_none_of_them_twice(sink: Sink) -> None:
    ports = replace(make_ports(), mailer=a_mailer(sink))
    fill(ports, 100)
    sink.faults = Faults(drop_every=10)
    for hours in range(6):
        send_due(later(ports, NOW + timedelta(hours=hours)))
    assert Counter(sink.recipients) == {delivery.envelope_to: 1 for delivery in outbox(ports)}
    assert Counter(delivery.state for delivery in outbox(ports)) == {
        DeliveryState.SENT: 90,
        DeliveryState.UNCERTAIN: 10,
    }


def test_a_recipient_refused_for_good_is_asked_for_once(sink: Sink) -> None:
    ports = sending_to(sink)
    approved(ports)
    sink.faults = Faults(rcpt="550 5.1.1 no such user")
    for days in range(4):
        send_due(later(ports, NOW + timedelta(days=days)))
    (delivery,) = outbox(ports)
    assert (delivery.state, delivery.attempts) == (DeliveryState.FAILED, 1)
    assert len(sink.mail_options) == 1


def test_a_letter_put_off_arrives_later_under_the_same_message_id(sink: Sink) -> None:
    ports = sending_to(sink)
    delivery = approved(ports)
    sink.faults = Faults(dot="451 4.7.1 greylisted")
    assert send_due(ports).held
    sink.faults = Faults()
    assert len(send_due(later(ports, NOW + timedelta(hours=1))).sent) == 1
    assert sink.accepted == [delivery.raw]
    assert delivery.message_id.encode() in sink.accepted[0]


# --- people ---------------------------------------------------------------------------------------


def _answer(_: Ports, tx: Transaction, outreach_id: OutreachId) -> None:
    assert tx.inbox.add(an_inbound())
    tx.inbox.file(a_reply(outreach_id=outreach_id, received_at=NOW + SECOND))


def _opt_out(ports: Ports, tx: Transaction, _: OutreachId) -> None:
    never_again(ports, tx, "lison.sans.flacon@creator.example", at=NOW, why="asked")


def _erase(_: Ports, tx: Transaction, __: OutreachId) -> None:
    creator = tx.creators.find("instagram:lison.sans.flacon")
    assert creator is not None
    tx.creators.delete(creator.id)


def test_two_hundred_changes_of_mind_race_the_worker_and_none_comes_too_late(sink: Sink) -> None:
    changes: tuple[Callable[[Ports, Transaction, OutreachId], None], ...] = (_answer, _opt_out, _erase)
    first = sending_to(sink)
    approved(first)
    store = first.store
    outcomes: Counter[str] = Counter()
    for number in range(200):
        before = len(sink.accepted)
        ports = replace(first, store=store.forked())  # type: ignore[attr-defined]  # the memory store's own
        fence = _race(ports, changes[number % 3], wait=(number % 40) / 4000)
        outcomes["left" if len(sink.accepted) > before else "held back"] += 1
        # whoever was first wins: a change that was stored before the fence lets nothing leave
        assert len(sink.accepted) - before == int(fence)
    assert outcomes["left"]
    assert outcomes["held back"]


def _race(ports: Ports, change: Callable[[Ports, Transaction, OutreachId], None], *, wait: float) -> bool:
    """Send in one thread and change in another; return whether the fence was passed before the change."""
    (delivery,) = outbox(ports)
    together, passed = threading.Barrier(2), []

    def interfere() -> None:
        together.wait()
        threading.Event().wait(wait)
        with ports.store.write() as tx:
            stored = tx.deliveries.get(delivery.id)
            passed.append(stored is not None and stored.state in {DeliveryState.DATA, DeliveryState.SENT})
            change(ports, tx, delivery.outreach_id)

    other = threading.Thread(target=interfere)
    other.start()
    together.wait()
    send_due(ports)
    other.join()
    return passed[0]


# --- clocks ---------------------------------------------------------------------------------------

_AROUND = st.sampled_from((datetime(2026, 10, 23, 6, tzinfo=UTC), datetime(2027, 3, 26, 6, tzinfo=UTC)))
_JUMPS = st.lists(st.integers(-6 * 60, 30 * 60), min_size=4, max_size=14)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(begin=_AROUND, jumps=_JUMPS)
def test_clocks_that_jump_and_summer_time_send_nothing_twice_and_nothing_at_night(
    begin: datetime, jumps: list[int]
) -> None:
    ports = later(_paced_world(), begin)
    for handle in ("une", "deux", "trois"):
        approved(ports, handle)
    left: list[datetime] = []
    at = begin
    for minutes in jumps:
        at += timedelta(minutes=minutes)
        left += [at] * len(send_due(replace(ports, clock=FixedClock(at))).sent)
    assert len(accepted(ports)) == len(set(accepted(ports))) == len(left)
    for moment in left:
        there = moment.astimezone(PARIS)
        assert there.weekday() < 5
        assert 9 <= there.hour < 18


def _paced_world() -> Ports:
    ports = a_world("une", "deux", "trois")
    assert isinstance(ports.mailer, RecordingMailer)
    window = Window()
    pacing = Pacing(gap=timedelta(minutes=1), window=window)
    with ports.store.write() as tx:
        tx.brands.save(a_brand(sender=replace(a_brand().sender, pacing=pacing)))
    return ports
