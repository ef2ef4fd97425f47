"""A rehearsal leads everybody where the product would, and changes nothing."""

from dataclasses import replace

import pytest

from agent.adapters.names import SignedLinks
from agent.adapters.offline import OfflineWriter
from agent.domain.delivery import DeliveryState
from agent.domain.ids import BrandId, CampaignId, OutreachId
from agent.domain.outreach import OutreachStatus
from agent.domain.rehearsal.figures import Rehearsal, Staff
from agent.domain.rehearsal.outcomes import Outcome
from agent.domain.replies import ReplyKind
from agent.ports import Assignment, Ports, Transaction, Written
from tests.builders import NOW, a_campaign
from tests.fakes import KEY
from tests.unit.rehearsal.stage import (
    PEOPLE,
    Scene,
    a_campaign_home,
    a_rehearsal,
    only,
)
from tests.unit.usecases.world import CAMPAIGN, a_neighbour, outreach_to

EVERYBODY = len(PEOPLE)


def ended(outcome: Outcome, **options: object) -> tuple[Rehearsal, Transaction, Ports]:
    ports, scene = a_campaign_home(**options), Scene()
    done = a_rehearsal(ports, only(outcome), scene=scene)
    return done, scene.end(), ports


def statuses(tx: Transaction) -> set[OutreachStatus]:
    return {row.status for row in tx.outreach.of_campaign(CAMPAIGN)}


def suppressed(ports: Ports, tx: Transaction) -> list[bool]:
    return [tx.suppressions.has(ports.fingerprints.of(f"{handle}@creator.example")) for handle in PEOPLE]


def letters(done: Rehearsal) -> int:
    return done.first_run["letters"]


def test_silence_gets_every_letter_of_the_cadence() -> None:
    done, tx, _ = ended(Outcome.SILENCE)
    assert letters(done) == 3 * EVERYBODY
    assert done.first_run["silent"] == EVERYBODY
    assert statuses(tx) == {OutreachStatus.CONTACTED}


@pytest.mark.parametrize(
    ("outcome", "place"),
    [(Outcome.INTERESTED, "interested"), (Outcome.QUESTION, "questions"), (Outcome.MANAGER, "managers")],
)
def test_an_answer_ends_the_follow_ups(outcome: Outcome, place: str) -> None:
    done, tx, _ = ended(outcome)
    assert letters(done) == EVERYBODY
    assert done.first_run[place] == EVERYBODY
    assert statuses(tx) == {OutreachStatus.IN_CONVERSATION}


def test_a_polite_no_is_final() -> None:
    done, tx, _ = ended(Outcome.DECLINED)
    assert (letters(done), done.first_run["declined"]) == (EVERYBODY, EVERYBODY)
    assert statuses(tx) == {OutreachStatus.DECLINED}


def test_a_hard_bounce_suppresses_the_address() -> None:
    done, tx, ports = ended(Outcome.HARD_BOUNCE)
    assert (letters(done), done.first_run["bounced"]) == (EVERYBODY, EVERYBODY)
    assert all(suppressed(ports, tx))
    with ports.store.read() as real:
        assert not any(suppressed(ports, real)), "the real store knows nothing of it"
    assert "mailbox.bounces" in {trouble.code for trouble in done.troubles}


def test_a_soft_bounce_arrives_later_and_suppresses_nobody() -> None:
    done, tx, ports = ended(Outcome.SOFT_BOUNCE)
    assert done.first_run["written_to"] == EVERYBODY
    assert not any(suppressed(ports, tx))
    kinds = {reply.kind for reply in tx.inbox.replies()}
    tries = {delivery.attempts for delivery in tx.deliveries.list(states=(DeliveryState.SENT,))}
    assert kinds & {ReplyKind.BOUNCE} or max(tries) > 1


@pytest.mark.parametrize("outcome", [Outcome.ANGRY_STOP, Outcome.COMPLAINT])
def test_an_angry_stop_suppresses_the_person_everywhere(outcome: Outcome) -> None:
    ports, scene = a_campaign_home(), Scene()
    other = CampaignId("an-autumn-of-soap")
    with ports.store.write() as tx:
        tx.brands.save_campaign(replace(a_campaign(other), brand_id=BrandId("savon-du-sud")))
        row = outreach_to(a_neighbour(PEOPLE[0]))
        tx.outreach.save(replace(row, id=OutreachId("o-elsewhere"), campaign_id=other))
    done = a_rehearsal(ports, only(outcome), scene=scene)
    assert (letters(done), done.first_run["asked_to_stop"]) == (EVERYBODY, EVERYBODY)
    assert all(suppressed(ports, scene.end()))
    elsewhere = scene.end().outreach.get(OutreachId("o-elsewhere"))
    assert elsewhere is not None
    assert elsewhere.status is OutreachStatus.STOPPED
    with ports.store.read() as real:
        untouched = real.outreach.get(OutreachId("o-elsewhere"))
    assert untouched is not None
    assert untouched.status is OutreachStatus.SHORTLISTED


def test_a_press_on_the_link_stops_the_conversation() -> None:
    done, tx, ports = ended(Outcome.OBJECTION, links=SignedLinks(public_url="https://desk.example", key=KEY))
    assert (letters(done), done.first_run["asked_to_stop"]) == (EVERYBODY, EVERYBODY)
    assert all(suppressed(ports, tx))


def test_an_absence_postpones_the_follow_up_until_the_return() -> None:
    _, tx, _ = ended(Outcome.AWAY)
    for row in tx.outreach.of_campaign(CAMPAIGN):
        first, second, *_ = tx.deliveries.of_outreach(row.id)
        until = next(r.until for r in tx.inbox.replies(outreach_id=row.id) if r.until is not None)
        assert first.sent_at is not None
        assert second.sent_at is not None
        assert second.sent_at.date() >= max(until, (first.sent_at + a_campaign().cadence.wait[0]).date())


def test_a_late_answer_comes_after_the_last_letter_and_is_heard() -> None:
    done, tx, _ = ended(Outcome.LATE)
    assert (letters(done), done.first_run["interested"]) == (3 * EVERYBODY, EVERYBODY)
    last = max(d.sent_at for d in tx.deliveries.list() if d.sent_at is not None)
    assert all(reply.received_at > last for reply in tx.inbox.replies())


def test_the_same_plan_gives_the_same_answer_and_another_seed_another() -> None:
    one = a_rehearsal(a_campaign_home(), only(Outcome.INTERESTED, 0.5), runs=2)
    again = a_rehearsal(a_campaign_home(), only(Outcome.INTERESTED, 0.5), runs=2)
    others = [a_rehearsal(a_campaign_home(), only(Outcome.INTERESTED, 0.5), seed=seed) for seed in (2, 3)]
    assert one == again
    assert any(other.days != one.days for other in others)


def test_the_figures_add_up() -> None:
    people = [f"creator.{number}" for number in range(5)]
    done = a_rehearsal(a_campaign_home(*people), staff=Staff(minutes_a_day=8), seed=3)
    run = done.first_run
    places = ("answered", "asked_to_stop", "bounced", "silent")
    assert run["written_to"] == sum(run[place] for place in places)
    assert run["answered"] == sum(run[p] for p in ("interested", "questions", "managers", "declined"))
    assert run["letters"] == sum(day.sent for day in done.days)
    assert run["letters"] == sum(day.decided - day.rejected for day in done.days)
    assert done.staff.letters_a_day == 2
    assert all(day.decided <= 2 for day in done.days)
    assert all(day.to_read == day.decided + day.carried for day in done.days)
    assert done.cost.letters == run["letters"] + sum(day.rejected for day in done.days)
    assert done.cost.input_tokens == 1_000 * done.cost.letters


def test_nobody_reads_on_a_weekend_or_a_public_holiday() -> None:
    done = a_rehearsal(a_campaign_home(), only(Outcome.SILENCE))
    assert all(not day.decided for day in done.days if day.on.weekday() > 4)
    assert {day.note for day in done.days if day.on.weekday() > 4} == {"weekend"}


def test_the_real_store_is_only_read() -> None:
    ports = a_campaign_home()
    with ports.store.read() as tx:
        before = (tx.outreach.of_campaign(CAMPAIGN), tx.deliveries.list(), tx.inbox.replies())
    a_rehearsal(ports, only(Outcome.INTERESTED))
    with ports.store.read() as tx:
        assert (tx.outreach.of_campaign(CAMPAIGN), tx.deliveries.list(), tx.inbox.replies()) == before
        assert not tx.drafts.of_outreach(before[0][0].id)


class BrokenWriter(OfflineWriter):
    """Breaks on the letter of that number."""

    def __init__(self, touch: int) -> None:
        super().__init__()
        self._touch = touch

    def write(self, assignment: Assignment, **again: object) -> Written:
        if assignment.touch == self._touch:
            raise RuntimeError("a slip in the writer")
        return super().write(assignment)


@pytest.mark.parametrize("touch", [1, 2])
def test_a_step_that_breaks_is_told_and_breaks_nothing_else(touch: int) -> None:
    ports = a_campaign_home(writers={"offline": BrokenWriter(touch)})
    done = a_rehearsal(ports, only(Outcome.SILENCE))
    crashes = [trouble for trouble in done.troubles if trouble.code == "crash"]
    assert len(crashes) == 1
    assert "RuntimeError: a slip in the writer" in crashes[0].sentence
    assert letters(done) == (0 if touch == 1 else EVERYBODY)


def test_a_short_list_is_read_on_the_first_working_day() -> None:
    done = a_rehearsal(a_campaign_home(), only(Outcome.SILENCE), starts_at=NOW)
    first = next(day for day in done.days if day.to_read)
    assert (first.to_read, first.decided) == (EVERYBODY, EVERYBODY)
