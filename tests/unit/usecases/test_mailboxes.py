"""A mailbox of ours stops by itself when servers or people say so, and writes again when a person says so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agent.domain.delivery import DeliveryState
from agent.domain.errors import BadInput
from agent.domain.mailbox import Health, Mailbox, Trouble, why_pause
from agent.ports import Attempt, Outcome
from agent.usecases.mailboxes import (
    count_trouble,
    health_of,
    mailboxes_today,
    paused_mailboxes,
    resume_mailbox,
    stop_mailbox,
)
from agent.usecases.outbox import outbox
from agent.usecases.reading import fetch_mail
from agent.usecases.sending import send_due
from tests.builders import NOW, a_brand
from tests.fakes import later
from tests.unit.usecases.test_answers import a_bounce, with_mail
from tests.unit.usecases.test_sending import mailer
from tests.unit.usecases.world import READER, a_quick_world, a_world, approved, sent

MAILBOX = a_brand().sender.email
SOON = timedelta(minutes=11)


@pytest.mark.parametrize(
    ("health", "stops"),
    [
        (Health(sent=19, bounced=19, complained=19), False),  # too few letters to say anything
        (Health(sent=20, bounced=2), False),
        (Health(sent=20, bounced=3), True),
        (Health(sent=1_000, bounced=49), False),
        (Health(sent=1_000, bounced=50), True),
        (Health(sent=1_001, complained=1), False),
        (Health(sent=1_000, complained=1), True),
        (Health(sent=5_000), False),
    ],
)
def test_a_mailbox_stops_at_a_share_of_bounces_or_complaints(health: Health, *, stops: bool) -> None:
    assert bool(why_pause(health)) is stops


def test_a_refusal_about_us_stops_the_mailbox_and_costs_no_letter_its_patience() -> None:
    ports = a_quick_world("une", "deux")
    for handle in ("une", "deux"):
        approved(ports, handle)
    mailer(ports).script = [
        Attempt(outcome=Outcome.REFUSED_US, detail="550 5.7.1 <une@creator.example>: sender not authorised")
    ]
    report = send_due(ports)
    assert report.sent == []
    (paused,) = paused_mailboxes(ports)
    assert paused.address == MAILBOX
    assert "5.7.1 <…>: sender not authorised" in paused.reason
    mailer(ports).before_fence = lambda: pytest.fail("a letter was tried from a paused mailbox")
    again = send_due(later(ports, NOW + timedelta(hours=1)))
    assert {line.reason for line in again.held} == {f"the mailbox is paused: {paused.reason}"}
    assert {delivery.state for delivery in outbox(ports)} == {DeliveryState.QUEUED}


def test_a_person_lets_it_write_again_and_what_was_counted_counts_no_more() -> None:
    ports = a_quick_world("une")
    approved(ports, "une")
    with ports.store.write() as tx:
        tx.mailboxes.note(MAILBOX, Trouble.BOUNCE, at=NOW)
    mailer(ports).script = [Attempt(outcome=Outcome.REFUSED_US, detail="550 5.7.1 policy")]
    send_due(ports)
    mailer(ports).script = [Attempt(outcome=Outcome.SENT)]
    resumed = resume_mailbox(later(ports, NOW + SOON), MAILBOX.upper(), by=READER)
    assert not resumed.is_paused
    assert len(send_due(later(ports, NOW + timedelta(hours=1))).sent) == 1
    with ports.store.read() as tx:
        assert health_of(tx, MAILBOX, now=NOW + timedelta(hours=2)) == Health(sent=1)
        assert [(entry.what, entry.who) for entry in tx.journal.of(MAILBOX)][-1] == (
            "mailbox resumed",
            READER,
        )


def test_letters_that_waited_for_a_paused_mailbox_are_due_when_it_may_write_again() -> None:
    ports = a_quick_world("une", "deux")
    approved(ports, "une")
    with ports.store.write() as tx:
        tx.mailboxes.save(Mailbox(address=MAILBOX).paused(at=NOW, reason="too much spam"))
    assert [line.until for line in send_due(ports).held] == [NOW + timedelta(days=1)]
    resume_mailbox(later(ports, NOW + SOON), MAILBOX, by=READER)
    assert len(send_due(later(ports, NOW + SOON)).sent) == 1


def test_a_mailbox_that_is_not_paused_cannot_be_resumed() -> None:
    with pytest.raises(BadInput, match="is not paused"):
        resume_mailbox(a_world(), MAILBOX, by=READER)


def test_bounces_that_come_back_count_once_each() -> None:
    ports = a_quick_world("une")
    delivery, _ = sent(ports, "une")
    bounce = a_bounce(delivery, action="failed", code="5.1.1")
    fetch_mail(with_mail(ports, bounce, bounce.replace(b"bounce@mx", b"again@mx")))
    with ports.store.read() as tx:
        assert health_of(tx, MAILBOX, now=NOW) == Health(sent=1, bounced=1)


def test_too_many_bounces_stop_it_and_the_reason_has_the_figures() -> None:
    handles = [f"nom{number}" for number in range(20)]
    ports = a_quick_world(*handles)
    for handle in handles:
        sent(ports, handle)
    with ports.store.write() as tx:
        for _ in range(3):
            count_trouble(ports, tx, MAILBOX, Trouble.BOUNCE, at=NOW)
    (paused,) = paused_mailboxes(ports)
    assert paused.reason.startswith("3 of the last 20 letters came back")


def test_an_address_that_the_server_refuses_counts_and_a_letter_that_it_dislikes_does_not() -> None:
    ports = a_quick_world("une", "deux")
    for handle in ("une", "deux"):
        approved(ports, handle)
    mailer(ports).script = [
        Attempt(outcome=Outcome.REFUSED, detail="550 5.1.1 no such user here"),
        Attempt(outcome=Outcome.REFUSED, detail="552 5.3.4 message too large"),
    ]
    send_due(ports)
    with ports.store.read() as tx:
        assert health_of(tx, MAILBOX, now=NOW).bounced == 1


def test_every_mailbox_says_what_it_wrote_today_and_who_is_next() -> None:
    ports = a_quick_world("une", "deux")
    other = a_brand("second", sender=replace(a_brand().sender, email="Zoe@second.example"))
    with ports.store.write() as tx:
        tx.brands.save(other)
    sent(ports, "une")
    waits = approved(ports, "deux")
    with ports.store.write() as tx:
        stop_mailbox(ports, tx, "old@gone.example", at=NOW, why="550 5.7.1 policy")
    ours, old, second = mailboxes_today(ports)
    assert (ours.mailbox.address, ours.sent, ours.allowed, ours.waiting) == (MAILBOX, 1, 1_000, 1)
    assert (ours.next_to, ours.next_at) == (waits.envelope_to, waits.due_at)
    assert (old.mailbox.reason, old.sent, old.allowed) == ("550 5.7.1 policy", 0, None)
    assert (second.mailbox.address, second.sent, second.waiting) == ("Zoe@second.example", 0, 0)
