"""Sent as approved, at most once, and not at all once there is a reason."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from agent.adapters.clock import FixedClock
from agent.domain.brand import Pacing, Window
from agent.domain.delivery import MOST_ATTEMPTS, DeliveryState
from agent.domain.draft import DraftStatus
from agent.domain.errors import BadInput
from agent.domain.ids import CampaignId, OutreachId
from agent.domain.outreach import OutreachStatus
from agent.domain.pacing import gap_after
from agent.ports import Attempt, Outcome, Ports, Transaction
from agent.usecases.outbox import outbox, resolve
from agent.usecases.reviewing import approve, review
from agent.usecases.sending import DATA_LEASE, HANDSHAKE_LEASE, recover, send_due
from tests.builders import NOW, a_brand, a_reply, an_inbound
from tests.fakes import RecordingMailer, later
from tests.unit.usecases.test_reviewing import (
    _change_sender,
    _drop_post,
    _move_address,
    _move_house,
    _reword_facts,
    _sweeten_offer,
)
from tests.unit.usecases.world import CAMPAIGN, READER, a_world, accepted, approved, the_campaign, written


def mailer(ports: Ports) -> RecordingMailer:
    assert isinstance(ports.mailer, RecordingMailer)
    return ports.mailer


def states(ports: Ports) -> list[DeliveryState]:
    return [delivery.state for delivery in outbox(ports)]


def test_an_approved_letter_leaves_once_with_exactly_its_bytes() -> None:
    ports = a_world()
    delivery = approved(ports)
    first, second = send_due(ports), send_due(ports)
    assert [line.id for line in first.sent] == [delivery.id]
    assert second.sent == []
    assert accepted(ports) == [delivery.raw]


def test_what_nobody_approved_goes_nowhere() -> None:
    ports = a_world("une", "deux", "trois")
    for handle in ("une", "deux", "trois"):
        written(ports, handle)
    assert send_due(ports).sent == []
    assert accepted(ports) == []


def test_a_sent_letter_moves_its_outreach_and_plans_the_next_one() -> None:
    ports = a_world()
    delivery = approved(ports)
    send_due(ports)
    with ports.store.read() as tx:
        outreach = tx.outreach.get(delivery.outreach_id)
    assert outreach is not None
    assert outreach.status is OutreachStatus.CONTACTED
    assert outreach.touches_sent == 1
    assert outreach.next_touch_at == NOW + timedelta(days=5)


@pytest.mark.parametrize(
    "change", [_move_address, _drop_post, _reword_facts, _sweeten_offer, _change_sender, _move_house]
)
def test_a_change_after_the_approval_brings_the_letter_back_to_a_person(change: Any) -> None:
    ports = a_world()
    delivery = approved(ports)
    with ports.store.write() as tx:
        change(tx)
    report = send_due(ports)
    assert accepted(ports) == []
    assert [line.reason for line in report.cancelled] == [
        "what would leave is not what was approved any more"
    ]
    assert review(ports, delivery.draft_id).draft.status in {DraftStatus.PENDING, DraftStatus.BLOCKED}


def _suppress(ports: Ports, tx: Transaction) -> None:
    address = "lison.sans.flacon@creator.example"
    tx.suppressions.add(ports.fingerprints.of(address.upper()), reason="asked", at=NOW)


def _answer(ports: Ports, tx: Transaction) -> None:
    assert tx.inbox.add(an_inbound())
    tx.inbox.file(a_reply(outreach_id=outbox(ports)[0].outreach_id, received_at=NOW + timedelta(minutes=1)))


def _decline(ports: Ports, tx: Transaction) -> None:
    outreach = tx.outreach.get(outbox(ports)[0].outreach_id)
    assert outreach is not None
    tx.outreach.save(outreach.advance(OutreachStatus.DECLINED, at=NOW))


def _erase(_: Ports, tx: Transaction) -> None:
    creator = tx.creators.find("instagram:lison.sans.flacon")
    assert creator is not None
    tx.creators.delete(creator.id)


@pytest.mark.parametrize("change", [_suppress, _answer, _decline, _erase])
def test_a_reason_not_to_write_holds_after_the_approval(change: Any) -> None:
    ports = a_world()
    approved(ports)
    with ports.store.write() as tx:
        change(ports, tx)
    send_due(ports)
    assert accepted(ports) == []
    assert DeliveryState.QUEUED not in states(ports)


def test_a_crash_before_the_fence_sends_nothing_and_is_tried_again() -> None:
    ports = a_world()
    delivery = approved(ports)
    mailer(ports).before_fence = _crash
    with pytest.raises(SystemExit):
        send_due(ports)
    assert states(ports) == [DeliveryState.HANDSHAKE]
    mailer(ports).before_fence = _nothing
    after = later(ports, NOW + HANDSHAKE_LEASE + timedelta(seconds=1), worker="worker-2")
    assert [line.id for line in send_due(after).sent] == [delivery.id]
    assert accepted(ports) == [delivery.raw]


def test_a_crash_after_the_fence_is_uncertain_and_never_sent_again_by_itself() -> None:
    ports = a_world()
    approved(ports)
    mailer(ports).after_fence = _crash
    with pytest.raises(SystemExit):
        send_due(ports)
    assert states(ports) == [DeliveryState.DATA]
    mailer(ports).after_fence = _nothing
    for days in (1, 2, 30):
        send_due(later(ports, NOW + timedelta(days=days), worker="worker-2"))
    assert states(ports) == [DeliveryState.UNCERTAIN]
    assert len(accepted(ports)) == 1


def test_a_worker_that_slept_past_its_lease_hands_nothing_over() -> None:
    ports = a_world()
    approved(ports)
    thief = later(ports, NOW + HANDSHAKE_LEASE + timedelta(seconds=1), worker="worker-2")
    mailer(ports).before_fence = _recovering(thief)
    report = send_due(ports)
    assert report.sent == []
    assert accepted(ports) == []
    assert states(ports) == [DeliveryState.QUEUED]


def test_an_acceptance_that_comes_after_the_lease_is_evidence_that_it_went() -> None:
    ports = a_world()
    approved(ports)
    thief = later(ports, NOW + DATA_LEASE + timedelta(seconds=1), worker="worker-2")
    mailer(ports).after_fence = _recovering(thief)
    report = send_due(ports)
    assert len(report.sent) == 1
    assert states(ports) == [DeliveryState.SENT]


@pytest.mark.parametrize(
    ("outcome", "state", "next_status"),
    [
        (Outcome.REFUSED, DeliveryState.FAILED, OutreachStatus.CLOSED),
        (Outcome.REFUSED_US, DeliveryState.QUEUED, OutreachStatus.SHORTLISTED),
        (Outcome.DEFERRED, DeliveryState.QUEUED, OutreachStatus.SHORTLISTED),
        (Outcome.UNKNOWN, DeliveryState.UNCERTAIN, OutreachStatus.SHORTLISTED),
    ],
)
def test_every_answer_of_a_server_has_its_state(
    outcome: Outcome, state: DeliveryState, next_status: OutreachStatus
) -> None:
    ports = a_world()
    delivery = approved(ports)
    mailer(ports).script = [Attempt(outcome=outcome, detail="as the server said")]
    send_due(ports)
    with ports.store.read() as tx:
        outreach = tx.outreach.get(delivery.outreach_id)
    assert states(ports) == [state]
    assert outreach is not None
    assert outreach.status is next_status
    assert outbox(ports)[0].reason.startswith("as the server said")


def test_a_refusal_is_tried_once() -> None:
    ports = a_world()
    approved(ports)
    mailer(ports).script = [Attempt(outcome=Outcome.REFUSED, detail="550")]
    for days in range(5):
        send_due(later(ports, NOW + timedelta(days=days)))
    assert outbox(ports)[0].attempts == 1


def test_a_temporary_refusal_is_delivered_later_under_the_same_message_id() -> None:
    ports = a_world()
    delivery = approved(ports)
    mailer(ports).script = [Attempt(outcome=Outcome.DEFERRED, detail="451"), Attempt(outcome=Outcome.SENT)]
    assert send_due(ports).held[0].until == NOW + timedelta(minutes=30)
    assert send_due(later(ports, NOW + timedelta(minutes=29))).sent == []
    assert len(send_due(later(ports, NOW + timedelta(minutes=31))).sent) == 1
    assert mailer(ports).accepted[0].message_id == delivery.message_id


def test_a_server_that_is_down_is_not_asked_for_every_letter() -> None:
    handles = [f"voisine.{number}" for number in range(6)]
    ports = a_world(*handles)
    for handle in handles:
        approved(ports, handle)
    mailer(ports).script = [Attempt(outcome=Outcome.DEFERRED, detail="no connection")]
    report = send_due(ports)
    assert report.stopped == "Nothing more was tried: no connection"
    assert sorted(delivery.attempts for delivery in outbox(ports)) == [0, 0, 0, 1, 1, 1]


def test_one_bad_row_never_blocks_another() -> None:
    ports = a_world("une", "deux")
    approved(ports, "une")
    approved(ports, "deux")
    mailer(ports).script = [
        Attempt(outcome=Outcome.REFUSED, detail="non-ASCII"),
        Attempt(outcome=Outcome.SENT),
    ]
    report = send_due(ports)
    assert (len(report.failed), len(report.sent)) == (1, 1)


def test_a_server_that_swallows_letters_is_not_fed_with_all_of_them() -> None:
    handles = [f"voisine.{number}" for number in range(6)]
    ports = a_world(*handles)
    for handle in handles:
        approved(ports, handle)
    mailer(ports).script = [Attempt(outcome=Outcome.UNKNOWN, detail="dropped after DATA")]
    assert send_due(ports).stopped
    assert states(ports).count(DeliveryState.UNCERTAIN) == 3
    assert states(ports).count(DeliveryState.QUEUED) == 3


def test_a_letter_that_was_deferred_for_days_goes_back_to_a_person() -> None:
    ports = a_world()
    delivery = approved(ports)
    mailer(ports).script = [Attempt(outcome=Outcome.DEFERRED, detail="451 greylisted")]
    at = NOW
    while outbox(ports)[0].state is DeliveryState.QUEUED:
        send_due(later(ports, at))
        at += timedelta(hours=8)
    assert outbox(ports)[0].attempts == MOST_ATTEMPTS
    shown = review(ports, delivery.draft_id)
    assert shown.draft.status is DraftStatus.PENDING
    assert approve(ports, delivery.draft_id, seal=str(shown.seal), by=READER).id != delivery.id


def test_trouble_with_our_own_mailbox_costs_a_letter_no_patience() -> None:
    ports = a_world()
    approved(ports)
    mailer(ports).script = [Attempt(outcome=Outcome.REFUSED_US, detail="5.7.1 not authorised")]
    for hours in range(40):
        send_due(later(ports, NOW + timedelta(hours=hours)))
    assert states(ports) == [DeliveryState.QUEUED]
    assert outbox(ports)[0].attempts == 0


@pytest.mark.parametrize("change", [_suppress, _decline])
def test_what_happens_between_claim_and_fence_still_counts(change: Any) -> None:
    ports = a_world()
    approved(ports)

    def act() -> None:
        with ports.store.write() as tx:
            change(ports, tx)

    mailer(ports).before_fence = _once(act)
    report = send_due(ports)
    assert accepted(ports) == []
    assert states(ports) == [DeliveryState.CANCELLED]
    assert len(report.cancelled) == 1


def test_while_one_letter_is_uncertain_the_same_person_gets_no_other() -> None:
    ports = a_world()
    approved(ports)
    with ports.store.write() as tx:
        tx.brands.save_campaign(replace(the_campaign(), id=CampaignId("another")))
        (outreach,) = tx.outreach.of_campaign(CAMPAIGN)
        tx.outreach.save(replace(outreach, id=OutreachId("o-twin"), campaign_id=CampaignId("another")))
    approved(ports, "twin")
    mailer(ports).script = [Attempt(outcome=Outcome.UNKNOWN, detail="dropped")]
    send_due(ports)
    assert sorted(states(ports)) == [DeliveryState.CANCELLED, DeliveryState.UNCERTAIN]


def test_bytes_that_somebody_changed_in_the_store_go_back_to_a_person_and_block_nobody() -> None:
    ports = a_world("une", "deux")
    tampered, honest = approved(ports, "une"), approved(ports, "deux")
    with ports.store.write() as tx:
        forged = replace(tampered, raw=tampered.raw.replace(b"savon", b"casino"))
        assert tx.deliveries.move(forged, expected=DeliveryState.QUEUED, owner=None)
    report = send_due(ports)
    assert accepted(ports) == [honest.raw]
    assert "changed after the approval" in report.cancelled[0].reason
    assert review(ports, tampered.draft_id).draft.status is DraftStatus.PENDING


def test_the_gap_and_the_cap_hold_letters_back_with_their_reason() -> None:
    ports = a_world("une", "deux", "trois")
    pacing = Pacing(per_day=2, gap=timedelta(seconds=60), window=Window(always=True))
    with ports.store.write() as tx:
        tx.brands.save(a_brand(sender=replace(a_brand().sender, pacing=pacing)))
    for handle in ("une", "deux", "trois"):
        approved(ports, handle)
    report = send_due(ports)
    assert len(report.sent) == 1
    assert {line.reason for line in report.held} == {"the gap between two letters is not over"}
    assert report.next_at == NOW + gap_after(pacing, NOW)
    second = send_due(later(ports, NOW + timedelta(seconds=91)))
    assert len(second.sent) == 1
    assert {line.reason for line in second.held} == {"the mailbox has written its 2 letters of today"}


def test_a_campaigns_own_quota_holds_its_letters_until_tomorrow() -> None:
    ports = a_world("une", "deux", "trois")
    with ports.store.write() as tx:
        tx.brands.save_campaign(the_campaign(per_day=2))
    for handle in ("une", "deux", "trois"):
        approved(ports, handle)
    report = send_due(ports)
    assert len(report.sent) == 2
    assert [line.reason for line in report.held] == ["the campaign has written its 2 letters of today"]
    assert len(send_due(later(ports, NOW + timedelta(days=1))).sent) == 1


def test_a_person_in_two_campaigns_gets_one_letter() -> None:
    ports = a_world()
    approved(ports)
    with ports.store.write() as tx:
        tx.brands.save_campaign(replace(the_campaign(), id=CampaignId("another")))
        (outreach,) = tx.outreach.of_campaign(CAMPAIGN)
        tx.outreach.save(replace(outreach, id=OutreachId("o-twin"), campaign_id=CampaignId("another")))
    approved(ports, "twin")
    report = send_due(ports)
    assert (len(report.sent), len(report.cancelled)) == (1, 1)
    assert "already in conversation" in report.cancelled[0].reason


def test_while_the_mailbox_cannot_be_read_only_strangers_are_written_to() -> None:
    ports = a_world("une", "deux")
    approved(ports, "une")
    send_due(ports)
    follow_up_at = NOW + timedelta(days=6)
    in_six_days = later(ports, follow_up_at)
    approved(in_six_days, "une")
    approved(in_six_days, "deux")
    report = send_due(in_six_days, unreadable="no route to host")
    assert [line.to for line in report.sent] == ["deux@creator.example"]
    assert "cannot be read: no route to host" in report.held[0].reason


def test_a_follow_up_that_comes_too_late_is_read_again_first() -> None:
    ports = a_world()
    approved(ports)
    send_due(ports)
    approved_at = NOW + timedelta(days=6)
    delivery = approved(later(ports, approved_at))
    report = send_due(later(ports, approved_at + timedelta(days=5)))
    assert report.sent == []
    assert review(ports, delivery.draft_id).draft.status is DraftStatus.PENDING


@pytest.mark.parametrize(
    ("verdict", "state"), [("sent", DeliveryState.SENT), ("resend", DeliveryState.QUEUED)]
)
def test_only_a_person_resolves_what_is_uncertain(verdict: Any, state: DeliveryState) -> None:
    ports = a_world()
    delivery = approved(ports)
    mailer(ports).script = [Attempt(outcome=Outcome.UNKNOWN, detail="dropped")]
    send_due(ports)
    resolve(ports, delivery.id, verdict=verdict, by=READER)
    assert states(ports) == [state]
    with pytest.raises(BadInput, match="nothing to decide"):
        resolve(ports, delivery.id, verdict=verdict, by=READER)


def _recovering(ports: Ports) -> Callable[[], None]:
    def act() -> None:
        recover(ports)

    return act


def _crash() -> None:
    raise SystemExit


def _nothing() -> None:
    return None


def test_two_workers_share_an_outbox_without_a_letter_twice() -> None:
    handles = [f"voisine.{number}" for number in range(8)]
    ports = a_world(*handles)
    for handle in handles:
        approved(ports, handle)
    other = replace(ports, worker="worker-2", clock=FixedClock(NOW))
    mailer(ports).before_fence = _once(lambda: send_due(other))
    send_due(ports)
    assert len(accepted(ports)) == len(set(accepted(ports))) == 8


def _once(act: Any) -> Any:
    done: list[bool] = []

    def run() -> None:
        if not done:
            done.append(True)
            act()

    return run
