"""One rule says who is written to: on lists, at approval, when letters leave, for follow-ups."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from agent.adapters.clock import FixedClock
from agent.domain.brand import Cadence
from agent.domain.errors import NotApprovable
from agent.domain.ids import BrandId, CampaignId, OutreachId
from agent.domain.outreach import OutreachStatus
from agent.domain.taken import Because
from agent.ports import Ports
from agent.usecases.drafting import draft_campaign
from agent.usecases.following import propose_follow_ups
from agent.usecases.indexing import build_index
from agent.usecases.mailboxes import mailboxes_today
from agent.usecases.quieting import never_again
from agent.usecases.reviewing import approve, review
from agent.usecases.sending import send_due
from agent.usecases.shortlisting import shortlist
from agent.usecases.why_not import Verdict, why_not
from tests.builders import NOW, an_address
from tests.fakes import quiet
from tests.unit.usecases.world import (
    CAMPAIGN,
    READER,
    a_neighbour,
    a_quick_world,
    approved,
    outreach_to,
    sent,
    the_campaign,
    written,
)

AUTUMN = CampaignId("autumn")
ENDED = NOW + timedelta(days=14)
FREE = ENDED + timedelta(days=90)
INSTANT = timedelta(microseconds=1)


def at(ports: Ports, moment: datetime) -> Ports:
    return replace(ports, clock=FixedClock(moment))


def a_world_with_autumn(*, handle: str = "une", cadence: Cadence | None = None) -> Ports:
    """Return a world in which a letter to `une` left, and another brand has a campaign."""
    ports = a_quick_world("une")
    with ports.store.write() as tx:
        tx.brands.save_campaign(the_campaign(cadence=cadence or Cadence(touches=1)))
        brand = tx.brands.all()[0]
        tx.brands.save(replace(brand, id=BrandId("another-brand")))
        tx.brands.save_campaign(replace(the_campaign(brand_id=BrandId("another-brand")), id=AUTUMN))
        tx.creators.save(replace(a_neighbour(handle), address=an_address("UNE@creator.example")))
    sent(ports, "une")
    return ports


def listed(ports: Ports, handle: str) -> OutreachId:
    """Put a creator on the other campaign's list, whatever speaks against it."""
    with ports.store.write() as tx:
        outreach = outreach_to(a_neighbour(handle))
        row = replace(outreach, id=OutreachId(f"o-{handle}-autumn"), campaign_id=AUTUMN)
        tx.outreach.save(row)
    return row.id


@pytest.mark.parametrize("handle", ["une", "une-elsewhere"])
def test_a_list_of_another_brand_takes_somebody_again_once_the_rest_is_over(handle: str) -> None:
    ports = a_world_with_autumn(handle=handle)
    build_index(ports, progress=quiet)
    for moment in (NOW, ENDED - INSTANT, ENDED, FREE - INSTANT):
        report = shortlist(at(ports, moment), AUTUMN, limit=5, by=READER)
        assert report.chosen == ()
        assert all("2027-01-18" in left.reason for left in report.left_out), report.left_out
        answer = why_not(at(ports, moment), AUTUMN, f"instagram:{handle}")
        assert answer.verdict is (Verdict.ENGAGED if moment < ENDED else Verdict.RESTING)
        assert answer.taken is not None
        assert answer.taken.until == FREE
    report = shortlist(at(ports, FREE), AUTUMN, limit=5, by=READER)
    assert len(report.chosen) == 1


@pytest.mark.parametrize("handle", ["une", "une-elsewhere"])
def test_nobody_approves_a_letter_before_the_rest_is_over(handle: str) -> None:
    ports = a_world_with_autumn(handle=handle)
    name = listed(ports, handle)
    draft = written(at(ports, FREE - INSTANT), name.removeprefix("o-"))
    shown = review(at(ports, FREE - INSTANT), draft.id)
    assert shown.taken is not None
    assert shown.taken.because is Because.RESTING
    with pytest.raises(NotApprovable, match="left alone until 2027-01-18"):
        approve(at(ports, FREE - INSTANT), draft.id, seal=str(shown.seal), by=READER)
    assert review(at(ports, FREE), draft.id).taken is None
    approve(at(ports, FREE), draft.id, seal=str(shown.seal), by=READER)
    assert len(send_due(at(ports, FREE)).sent) == 1


@pytest.mark.parametrize(
    ("moment", "leaves"), [(ENDED - INSTANT, 0), (ENDED, 0), (FREE - INSTANT, 0), (FREE, 1)]
)
def test_what_was_approved_before_the_other_letter_left_waits_for_nobody(
    moment: datetime, leaves: int
) -> None:
    ports = a_quick_world("une")
    with ports.store.write() as tx:
        tx.brands.save_campaign(the_campaign(cadence=Cadence(touches=1)))
        tx.brands.save_campaign(replace(the_campaign(), id=AUTUMN))
    put_off = approved(ports, listed(ports, "une").removeprefix("o-"))
    with ports.store.write() as tx:
        waiting = put_off.postponed(until=moment, reason="", attempted=False)
        assert tx.deliveries.step(waiting, expected=put_off.state, owner=None)
    sent(ports, "une")
    report = send_due(at(ports, moment))
    assert (len(report.sent), len(report.cancelled)) == (leaves, 1 - leaves)


def test_drafting_passes_over_people_who_rest_and_says_until_when() -> None:
    ports = a_world_with_autumn()
    listed(ports, "une")
    report = draft_campaign(at(ports, ENDED), AUTUMN, progress=quiet)
    assert (report.written, report.failed) == (0, [])
    assert [line.person for line in report.kept_back] == ["instagram:une"]
    assert "left alone until 2027-01-18" in report.kept_back[0].reason
    assert draft_campaign(at(ports, FREE), AUTUMN, progress=quiet).written == 1


def test_a_follow_up_that_nobody_decided_about_in_time_does_not_wake_a_silent_conversation() -> None:
    ports = a_world_with_autumn(cadence=Cadence(touches=2, wait=(timedelta(days=5),)))
    due = NOW + timedelta(days=5)
    (draft_id,) = propose_follow_ups(at(ports, due)).proposed
    late = at(ports, due + timedelta(days=14))
    shown = review(late, draft_id)  # type: ignore[arg-type]  # a report names drafts as text
    assert shown.taken is not None
    assert shown.taken.because is Because.ENDED
    with pytest.raises(NotApprovable, match="ended without an answer on 2026-10-25"):
        approve(late, shown.draft.id, seal=str(shown.seal), by=READER)
    in_time = at(ports, due + timedelta(days=14) - INSTANT)
    approve(in_time, shown.draft.id, seal=str(shown.seal), by=READER)
    assert send_due(late).cancelled[0].reason.endswith("ended without an answer on 2026-10-25")


def test_a_follow_up_that_is_due_too_late_is_dropped_with_the_reason() -> None:
    ports = a_world_with_autumn(cadence=Cadence(touches=2, wait=(timedelta(days=5),)))
    report = propose_follow_ups(at(ports, NOW + timedelta(days=19)))
    assert report.proposed == []
    (why,) = report.dropped.values()
    assert "ended without an answer" in why


def test_an_objection_outlives_every_rest() -> None:
    ports = a_world_with_autumn()
    with ports.store.write() as tx:
        never_again(ports, tx, "une@creator.example", at=NOW, why="asked")
    build_index(ports, progress=quiet)
    years = at(ports, NOW + timedelta(days=4_000))
    assert shortlist(years, AUTUMN, limit=5, by=READER).chosen == ()
    assert why_not(years, AUTUMN, "instagram:une").verdict is Verdict.SUPPRESSED


def test_a_letter_that_never_left_costs_nobody_a_rest() -> None:
    ports = a_quick_world("une")
    with ports.store.write() as tx:
        tx.brands.save_campaign(replace(the_campaign(), id=AUTUMN))
        row = tx.outreach.of_campaign(CAMPAIGN)[0]
        tx.outreach.save(row.advance(OutreachStatus.CLOSED, at=NOW, reason="the letter was refused"))
    delivery = approved(ports, listed(ports, "une").removeprefix("o-"))
    assert [line.id for line in send_due(ports).sent] == [delivery.id]


def test_who_goes_next_is_somebody_who_may_be_written_to() -> None:
    ports = a_quick_world("une", "deux")
    with ports.store.write() as tx:
        tx.brands.save_campaign(replace(the_campaign(), id=AUTUMN))
    kept = approved(ports, listed(ports, "une").removeprefix("o-"))
    with ports.store.write() as tx:
        waiting = kept.postponed(until=NOW + timedelta(hours=1), reason="", attempted=False)
        assert tx.deliveries.step(waiting, expected=kept.state, owner=None)
    sent(ports, "une")
    (alone,) = mailboxes_today(ports)
    assert (alone.waiting, alone.next_to) == (1, "")
    approved(at(ports, NOW + timedelta(hours=2)), "deux")
    (mailbox,) = mailboxes_today(ports)
    assert (mailbox.waiting, mailbox.next_to) == (2, "deux@creator.example")
