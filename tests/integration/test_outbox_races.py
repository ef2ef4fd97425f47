"""People who change their minds while another process sends, on both databases: none is heard too late."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

import pytest

from agent.adapters.database import SqlStore
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.draft import DraftStatus
from agent.domain.ids import CampaignId, DraftId, InboundId, OutreachId
from agent.ports import Ports, Transaction
from agent.usecases.outbox import outbox
from agent.usecases.quieting import never_again
from agent.usecases.reviewing import approve, review
from bench.outbox_home import fill, opened
from tests.builders import a_reply, an_inbound
from tests.contract.conftest import empty
from tests.integration.ended_senders import Point, worker
from tests.integration.mail_servers import Faults, Sink, smtp_sink

LETTERS = 100
TWINS = 30
_NEVER = 10**6
_PASSED = frozenset({DeliveryState.DATA, DeliveryState.SENT})


@dataclass(frozen=True)
class Outbox:
    """A home with approved letters, its database where it has another, and the server they go to."""

    home: Path
    database: str | None
    ports: Ports
    sink: Sink


@pytest.fixture(params=["sqlite", "postgresql"])
def letters(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Outbox]:
    home = tmp_path / "home"
    database: str | None = None
    if request.param == "postgresql":
        database = request.getfixturevalue("postgres_url")
    with smtp_sink() as sink:
        ports = opened(home, smtp_port=sink.port, database=database, migrated=database is not None)
        assert isinstance(ports.store, SqlStore)
        if database is not None:
            empty(ports.store)
        fill(ports, LETTERS)
        yield Outbox(home, database, ports, sink)
        ports.store.close()
        ports.close()


def _answer(ports: Ports, tx: Transaction, delivery: Delivery) -> None:
    name, at = delivery.outreach_id, ports.clock.now()
    mail = an_inbound(
        f"i-{name}", uid=1 + sum(map(ord, name)) * 1000, folder=name, digest=name, received_at=at
    )
    assert tx.inbox.add(mail)
    tx.inbox.file(a_reply(f"r-{name}", inbound_id=InboundId(mail.id), outreach_id=name, received_at=at))


def _object(ports: Ports, tx: Transaction, delivery: Delivery) -> None:
    never_again(ports, tx, delivery.envelope_to, at=ports.clock.now(), why="asked")


def _erase(_: Ports, tx: Transaction, delivery: Delivery) -> None:
    outreach = tx.outreach.get(delivery.outreach_id)
    assert outreach is not None
    tx.creators.delete(outreach.creator_id)


CHANGES = (_answer, _object, _erase)


def test_whoever_was_first_wins_while_another_process_sends(letters: Outbox) -> None:
    deliveries = list(outbox(letters.ports))
    random.Random(11).shuffle(deliveries)
    letters.sink.faults = Faults(delay=0.002)
    sender = worker(letters.home, letters.sink.port, letters.database, Point.AFTER_250, nth=_NEVER)
    passed: dict[str, bool] = {}
    try:
        while not letters.sink.accepted and sender.is_alive():
            time.sleep(0.001)
        for delivery, change in zip(deliveries, cycle(CHANGES), strict=False):
            passed[delivery.envelope_to] = _change(letters.ports, delivery, change)
        sender.join(60)
        assert sender.exitcode == 0
    finally:
        sender.kill()
    # a change that was stored before the fence lets nothing leave; a letter behind it arrives once
    assert Counter(letters.sink.recipients) == {name: 1 for name, left in passed.items() if left}
    assert set(passed.values()) == {True, False}


def _change(ports: Ports, delivery: Delivery, change: Callable[[Ports, Transaction, Delivery], None]) -> bool:
    """Store a change of mind; return whether the letter was behind its fence already."""
    with ports.store.write() as tx:
        stored = tx.deliveries.get(delivery.id)
        assert stored is not None
        change(ports, tx, delivery)
    return stored.state in _PASSED


def test_of_two_campaigns_letters_to_one_person_one_leaves_whoever_is_quicker(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with smtp_sink() as sink:
        ports = opened(home, smtp_port=sink.port)
        fill(ports, TWINS)
        _approve_twins(ports)
        sink.faults = Faults(delay=0.002)
        senders = [worker(home, sink.port, None, Point.AFTER_250, nth=_NEVER) for _ in range(2)]
        try:
            for sender in senders:
                sender.join(60)
                assert sender.exitcode == 0
        finally:
            for sender in senders:
                sender.kill()
        states = Counter(delivery.state for delivery in outbox(ports))
        ports.close()
    assert Counter(Counter(sink.recipients).values()) == {1: TWINS}
    assert states == {DeliveryState.SENT: TWINS, DeliveryState.CANCELLED: TWINS}


def _approve_twins(ports: Ports) -> None:
    """Approve the same letter to everybody once more, for another campaign that nobody was written to in."""
    other = CampaignId("another")
    with ports.store.write() as tx:
        first = tx.brands.campaigns()[0]
        tx.brands.save_campaign(replace(first, id=other))
        rows = tx.outreach.of_campaign(first.id)
        drafts = [draft for row in rows for draft in tx.drafts.of_outreach(row.id)]
        for row in rows:
            tx.outreach.save(replace(row, id=OutreachId(f"{row.id}-twin"), campaign_id=other))
        for draft in drafts:
            twin, name = OutreachId(f"{draft.outreach_id}-twin"), DraftId(f"{draft.id}-twin")
            tx.drafts.save(replace(draft, id=name, outreach_id=twin, status=DraftStatus.PENDING))
    unjudged = replace(ports, judge=lambda _draft, _look: ())
    for draft in drafts:
        name = DraftId(f"{draft.id}-twin")
        approve(unjudged, name, seal=str(review(ports, name).seal), by="bench")
