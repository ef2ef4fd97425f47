"""What a rehearsal says would go wrong."""

from dataclasses import replace
from datetime import date, timedelta

from agent.domain.brand import Pacing
from agent.domain.ids import CampaignId, OutreachId
from agent.domain.outreach import OutreachStatus
from agent.domain.rehearsal.figures import Rehearsal, Staff, Trouble
from agent.domain.rehearsal.outcomes import Outcome
from agent.ports import Ports
from agent.usecases.rehearsing import Plan, rehearse
from tests.builders import NOW, a_brand, a_campaign, an_offer, euros
from tests.fakes import quiet
from tests.unit.rehearsal.stage import PEOPLE, Scene, a_campaign_home, a_rehearsal, a_room, only
from tests.unit.usecases.world import CAMPAIGN, a_neighbour, outreach_to, the_campaign

SILENT = only(Outcome.SILENCE)


def codes(done: Rehearsal) -> set[str]:
    return {trouble.code for trouble in done.troubles}


def named(done: Rehearsal, code: str) -> Trouble:
    return next(trouble for trouble in (*done.troubles, *done.remarks) if trouble.code == code)


def test_a_campaign_that_is_well_prepared_has_no_trouble() -> None:
    done = a_rehearsal(a_campaign_home(), SILENT)
    assert done.troubles == ()
    assert {"links.none", "law.assessment"} <= {remark.code for remark in done.remarks}


def test_a_mailbox_that_nobody_reads_is_told() -> None:
    assert "mail.unread" in codes(a_rehearsal(a_campaign_home(mail_reader=None), SILENT))


def test_people_whom_no_letter_may_reach_are_named() -> None:
    ports = a_campaign_home()
    with ports.store.write() as tx:
        tx.suppressions.add(ports.fingerprints.of(f"{PEOPLE[0]}@creator.example"), reason="no", at=NOW)
        tx.creators.save(replace(a_neighbour(PEOPLE[1]), address=None))
    done = a_rehearsal(ports, SILENT)
    assert PEOPLE[0] in named(done, "people.suppressed").sentence
    assert PEOPLE[1] in named(done, "people.no_address").sentence
    assert done.first_run["written_to"] == 0


def test_somebody_who_is_spoken_with_elsewhere_is_told() -> None:
    ports = a_campaign_home()
    with ports.store.write() as tx:
        tx.brands.save_campaign(a_campaign("an-autumn-of-soap"))
        row = replace(
            outreach_to(a_neighbour(PEOPLE[0])),
            id=OutreachId("o-elsewhere"),
            campaign_id=CampaignId("an-autumn-of-soap"),
            status=OutreachStatus.CONTACTED,
        )
        tx.outreach.save(row)
    done = a_rehearsal(ports, SILENT)
    assert PEOPLE[0] in named(done, "people.elsewhere").sentence
    assert done.first_run["written_to"] == 1


def test_a_brand_without_a_page_about_data_is_told() -> None:
    ports = a_campaign_home()
    with ports.store.write() as tx:
        tx.brands.save(replace(a_brand(), privacy_url=None))
    assert "brand.privacy_url" in codes(a_rehearsal(ports, SILENT))


def test_letters_after_the_deadline_are_counted() -> None:
    ports = with_offer(deadline=NOW.date())
    done = a_rehearsal(ports, SILENT)
    assert named(done, "campaign.past_deadline").count == 2 * len(PEOPLE)


def test_more_yeses_than_the_budget_are_told() -> None:
    ports = a_campaign_home()
    with ports.store.write() as tx:
        programme = a_brand().programme
        assert programme is not None
        tx.brands.save(replace(a_brand(), programme=replace(programme, budget=euros("40.00"))))
    done = a_rehearsal(ports, only(Outcome.INTERESTED))
    assert "77.00 EUR" in named(done, "budget.exceeded").sentence


def test_a_quota_that_holds_letters_back_is_worth_a_remark() -> None:
    ports = a_campaign_home()
    with ports.store.write() as tx:
        slow = replace(a_brand().sender, pacing=Pacing(per_day=1))
        tx.brands.save(replace(a_brand(), sender=slow))
    done = a_rehearsal(ports, SILENT)
    assert "1 letters of today" in named(done, "quota.holds").sentence
    assert max(day.mailbox for day in done.days) == 1


def test_reviewers_who_read_too_slowly_are_told() -> None:
    staff = Staff(minutes_a_day=4)
    people = [f"creator.{number}" for number in range(7)]
    done = a_rehearsal(a_campaign_home(*people), only(Outcome.DECLINED), staff=staff)
    assert named(done, "reviewers.too_few").count >= 7


def test_nobody_reads_on_a_public_holiday_and_letters_of_that_day_are_told() -> None:
    plan = Plan(runs=1, starts_at=NOW, staff=Staff(), assumptions=SILENT)
    room = a_room(Scene(), {date(2026, 10, 7): "Soap Day"})
    done = rehearse(a_campaign_home(), CAMPAIGN, plan=plan, room=room, progress=quiet)
    assert "letters.on_holiday" not in codes(done)
    every_day = a_room(Scene(), {NOW.date() + timedelta(days=n): "Soap Day" for n in range(3)})
    later = rehearse(a_campaign_home(), CAMPAIGN, plan=plan, room=every_day, progress=quiet)
    assert all(day.decided == 0 for day in later.days if day.note == "Soap Day")
    assert later.first_sent_on == NOW.date() + timedelta(days=3)


def with_offer(**terms: object) -> Ports:
    ports = a_campaign_home()
    offer = an_offer(cash=None, affiliate=None, rights=None, deliverables=(), **terms)
    with ports.store.write() as tx:
        tx.brands.save_campaign(the_campaign(offer=offer))
    return ports
