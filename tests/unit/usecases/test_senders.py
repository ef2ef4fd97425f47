"""Several mailboxes of a brand: who writes to whom, and that this stays."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from agent.domain.brand import Brand, Pacing, Ramp, Sender, Window
from agent.domain.delivery import DeliveryState
from agent.domain.draft import DraftStatus
from agent.domain.errors import BadInput, NotFound, StaleReview
from agent.domain.ids import CampaignId
from agent.domain.mailbox import Mailbox
from agent.domain.senders import Load, most_room
from agent.ports import Ports
from agent.usecases.following import propose_follow_ups
from agent.usecases.indexing import build_index
from agent.usecases.mailboxes import mailboxes_today
from agent.usecases.reviewing import approve, review
from agent.usecases.senders import assign_sender
from agent.usecases.sending import send_due
from agent.usecases.shortlisting import shortlist
from tests.builders import NOW, a_brand
from tests.fakes import later, make_ports, quiet
from tests.unit.usecases.world import (
    CAMPAIGN,
    READER,
    a_neighbour,
    a_quick_world,
    approved,
    the_campaign,
    written,
)

FAST = Pacing(per_day=30, gap=timedelta(0), window=Window(always=True))
SLOW = replace(FAST, per_day=10)
CAMILLE = replace(a_brand().sender, pacing=FAST)
ZOE = Sender(name="Zoé Lambert", email="zoe@savon-du-sud.example", pacing=SLOW)
BOTH = a_brand(sender=CAMILLE, other_senders=(ZOE,))


def a_village(count: int, brand: Brand = BOTH) -> Ports:
    ports = make_ports()
    with ports.store.write() as tx:
        tx.brands.save(brand)
        tx.brands.save_campaign(the_campaign())
        for number in range(count):
            tx.creators.save(a_neighbour(f"voisine.{number}"))
    build_index(ports, progress=quiet)
    return ports


def assigned(ports: Ports, campaign: CampaignId = CAMPAIGN) -> Counter[str]:
    with ports.store.read() as tx:
        return Counter(row.sender for row in tx.outreach.of_campaign(campaign))


def a_letter_of_zoe() -> Ports:
    """Return a world whose one creator is Zoé's."""
    ports = a_quick_world("une")
    with ports.store.write() as tx:
        tx.brands.save(BOTH)
        (row,) = tx.outreach.of_campaign(CAMPAIGN)
        tx.outreach.save(replace(row, sender=ZOE.email))
    return ports


def test_with_one_mailbox_nothing_is_chosen() -> None:
    ports = a_village(3, a_brand(sender=CAMILLE))
    shortlist(ports, CAMPAIGN, limit=3, by=READER)
    assert assigned(ports) == {"": 3}


def test_new_people_go_to_the_mailboxes_as_their_caps_are() -> None:
    ports = a_village(8)
    shortlist(ports, CAMPAIGN, limit=8, by=READER)
    assert assigned(ports) == {CAMILLE.email: 6, ZOE.email: 2}


def test_a_paused_mailbox_gets_nobody_new_while_another_writes() -> None:
    ports = a_village(4)
    with ports.store.write() as tx:
        tx.mailboxes.save(Mailbox(address=CAMILLE.email).paused(at=NOW, reason="550 5.7.1"))
    shortlist(ports, CAMPAIGN, limit=4, by=READER)
    assert assigned(ports) == {ZOE.email: 4}


def test_a_new_mailbox_gets_what_its_ramp_allows() -> None:
    ramped = replace(ZOE, pacing=replace(FAST, ramp=Ramp(first_day=3, more_each_day=1)))
    ports = a_village(11, a_brand(sender=CAMILLE, other_senders=(ramped,)))
    shortlist(ports, CAMPAIGN, limit=11, by=READER)
    assert assigned(ports) == {CAMILLE.email: 10, ZOE.email: 1}


def test_whoever_wrote_first_writes_again_in_the_next_campaign() -> None:
    ports = a_letter_of_zoe()
    approved(ports, "une")
    send_due(ports)
    build_index(ports, progress=quiet)
    with ports.store.write() as tx:
        tx.brands.save_campaign(replace(the_campaign(), id=CampaignId("autumn")))
    next_year = later(ports, NOW + timedelta(days=300))
    assert len(shortlist(next_year, CampaignId("autumn"), limit=1, by=READER).chosen) == 1
    assert assigned(ports, CampaignId("autumn")) == {ZOE.email: 1}


def test_first_letter_and_follow_up_are_signed_and_sent_by_the_same_person() -> None:
    ports = a_letter_of_zoe()
    first = approved(ports, "une")
    assert (first.mailbox, b"<zoe@savon-du-sud.example>" in first.raw) == (ZOE.email, True)
    send_due(ports)
    follow_up_at = later(ports, NOW + timedelta(days=6))
    (draft_id,) = propose_follow_ups(follow_up_at).proposed
    shown = review(follow_up_at, draft_id)  # type: ignore[arg-type]  # a report names drafts as text
    assert shown.outgoing is not None
    assert (shown.outgoing.sender.email, shown.outgoing.reply_to) == (ZOE.email, ZOE.email)
    assert "Zoé Lambert" in shown.draft.letter.closing
    assert "Camille" not in shown.outgoing.body


def test_the_letters_of_a_paused_mailbox_wait_for_it_and_no_other_sends_them() -> None:
    ports = a_letter_of_zoe()
    delivery = approved(ports, "une")
    with ports.store.write() as tx:
        tx.mailboxes.save(Mailbox(address=ZOE.email).paused(at=NOW, reason="550 5.7.1 policy"))
    report = send_due(ports)
    assert [(line.id, line.reason) for line in report.held] == [
        (delivery.id, "the mailbox is paused: 550 5.7.1 policy")
    ]
    days = {day.mailbox.address: day for day in mailboxes_today(ports)}
    assert {name: (day.allowed, day.waiting) for name, day in days.items()} == {
        CAMILLE.email: (30, 0),
        ZOE.email: (10, 1),
    }
    assert days[ZOE.email].mailbox.is_paused


def test_a_person_lets_another_mailbox_write_and_nothing_signed_before_leaves() -> None:
    ports = a_letter_of_zoe()
    delivery = approved(ports, "une")
    (name,) = assign_sender(ports, "instagram:une", CAMILLE.email.upper(), by=READER)
    assert name == delivery.outreach_id
    assert send_due(ports).sent == []
    with ports.store.read() as tx:
        gone = tx.deliveries.get(delivery.id)
        (entry,) = [each for each in tx.journal.of(name) if each.what == "sender assigned"]
    assert gone is not None
    assert gone.state is DeliveryState.CANCELLED
    assert (entry.who, entry.why) == (READER, CAMILLE.email)
    assert review(ports, delivery.draft_id).draft.status is DraftStatus.SUPERSEDED
    again = approved(ports, "une")
    assert again.mailbox == CAMILLE.email
    assert len(send_due(ports).sent) == 1


def test_a_follow_up_that_was_set_aside_is_due_again_at_once() -> None:
    ports = a_letter_of_zoe()
    approved(ports, "une")
    send_due(ports)
    in_six_days = later(ports, NOW + timedelta(days=6))
    propose_follow_ups(in_six_days)
    assign_sender(in_six_days, "instagram:une", CAMILLE.email, by=READER)
    (draft_id,) = propose_follow_ups(in_six_days).proposed
    shown = review(in_six_days, draft_id)  # type: ignore[arg-type]  # a report names drafts as text
    assert shown.outgoing is not None
    assert shown.outgoing.sender.email == CAMILLE.email


@pytest.mark.parametrize(
    ("person", "address", "said"),
    [
        ("instagram:une", "paul@elsewhere.example", "is no sender of a brand that writes to instagram:une"),
        ("instagram:une", ZOE.email, "writes to instagram:une already"),
    ],
)
def test_what_cannot_be_assigned_is_told(person: str, address: str, said: str) -> None:
    ports = a_letter_of_zoe()
    delivery = approved(ports, "une")
    with pytest.raises(BadInput, match=said):
        assign_sender(ports, person, address, by=READER)
    with pytest.raises(NotFound):
        assign_sender(ports, "instagram:nobody", address, by=READER)
    assert [line.id for line in send_due(ports).sent] == [delivery.id]


def test_a_sender_who_left_the_brand_sends_nothing_that_was_approved() -> None:
    ports = a_letter_of_zoe()
    delivery = approved(ports, "une")
    with ports.store.write() as tx:
        tx.brands.save(a_brand(sender=CAMILLE))
    report = send_due(ports)
    assert (report.sent, [line.id for line in report.cancelled]) == ([], [delivery.id])
    assert review(ports, delivery.draft_id).draft.status is not DraftStatus.APPROVED


def test_an_approval_of_one_senders_letter_is_none_of_anothers() -> None:
    ports = a_letter_of_zoe()
    draft = written(ports, "une")
    of_zoe = review(ports, draft.id)
    with ports.store.write() as tx:
        (row,) = tx.outreach.of_campaign(CAMPAIGN)
        tx.outreach.save(replace(row, sender=CAMILLE.email))
    with pytest.raises(StaleReview):
        approve(ports, draft.id, seal=str(of_zoe.seal), by=READER)


@pytest.mark.parametrize(
    ("taken", "chosen"),
    [((0, 0), CAMILLE), ((2, 0), CAMILLE), ((3, 0), ZOE), ((3, 1), CAMILLE), ((30, 10), CAMILLE)],
)
def test_the_mailbox_whose_next_letter_leaves_soonest_is_chosen(
    taken: tuple[int, int], chosen: Sender
) -> None:
    loads = [
        Load(sender=each, per_day=each.pacing.per_day, taken=number)
        for each, number in zip((CAMILLE, ZOE), taken, strict=True)
    ]
    assert most_room(loads).sender is chosen
