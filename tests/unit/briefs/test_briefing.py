"""From a yes to an approved brief: frozen versions, the seal, the ledger of a year."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from agent.domain.brand import Gift
from agent.domain.brief import AgreementStatus, Deliverable, Format, UsageRights, content_hash
from agent.domain.creator import Creator
from agent.domain.errors import InvalidTransition, NotApprovable, NotFound, NotReleased, StaleReview
from agent.domain.ids import CampaignId, OutreachId
from agent.domain.outreach import OutreachStatus
from agent.domain.replies import ReplyKind
from agent.ports import Ports
from agent.usecases.briefing import (
    agreed,
    approve_brief,
    change_terms,
    move_agreement,
    note_yes,
    open_brief,
    review_brief,
)
from agent.usecases.briefing_terms import months_later
from tests.builders import NOW, a_brand, a_reply, an_inbound, an_offer, an_outreach, euros
from tests.unit.briefs.agreed import (
    OUTREACH,
    READER,
    agreed_world,
    another_campaign,
    approved,
    changed,
    on,
)


def creator_of(ports: Ports, outreach_id: OutreachId = OUTREACH) -> Creator:
    return review_brief(ports, outreach_id).context.creator


# --- opening --------------------------------------------------------------------------------------


def test_the_first_terms_are_the_offer_made_definite() -> None:
    ports = agreed_world(deliverables=("un post", "deux stories", "une vidéo de 45 secondes"))
    terms = open_brief(ports, OUTREACH, by=READER).terms
    offer = an_offer()
    assert (terms.gift, terms.cash, terms.affiliate) == (offer.gift, None, None)
    assert [(each.count, each.what, each.format) for each in terms.deliverables] == [
        (1, "post", Format.OTHER),
        (2, "stories", Format.STORY),
        (1, "vidéo de 45 secondes", Format.VIDEO),
    ]
    assert {each.due_on for each in terms.deliverables} == {offer.deadline}
    assert terms.rights is not None
    assert (terms.rights.starts_on, terms.rights.ends_on) == (date(2026, 11, 30), date(2027, 5, 29))
    assert terms.disclosure == ("Collaboration commerciale",)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 10, 6), 6, date(2027, 4, 6)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_months_end_on_days_that_exist(day: date, months: int, then: date) -> None:
    assert months_later(day, months) == then


@pytest.mark.parametrize(
    "status", [status for status in OutreachStatus if status is not OutreachStatus.AGREED]
)
def test_without_a_yes_there_is_nothing_to_brief_about(status: OutreachStatus) -> None:
    ports = agreed_world()
    with ports.store.write() as tx:
        outreach = tx.outreach.get(OUTREACH)
        assert outreach is not None
        tx.outreach.save(replace(outreach, status=status))
    with pytest.raises(NotApprovable, match="has not said yes"):
        open_brief(ports, OUTREACH, by=READER)
    assert agreed(ports) == ()


def test_an_answer_read_as_interest_is_a_yes_that_the_approval_confirms() -> None:
    ports = agreed_world()
    with ports.store.write() as tx:
        outreach = tx.outreach.get(OUTREACH)
        assert outreach is not None
        tx.outreach.save(replace(outreach, status=OutreachStatus.IN_CONVERSATION))
        tx.inbox.add(an_inbound())
        tx.inbox.file(a_reply(kind=ReplyKind.INTERESTED))
    approved(ports)
    assert review_brief(ports, OUTREACH).context.outreach.status is OutreachStatus.AGREED


def test_a_yes_that_no_rule_could_read_is_noted_by_a_person() -> None:
    ports = agreed_world()
    with ports.store.write() as tx:
        outreach = tx.outreach.get(OUTREACH)
        assert outreach is not None
        tx.outreach.save(replace(outreach, status=OutreachStatus.CONTACTED, next_touch_at=NOW))
    for _ in range(2):
        note_yes(ports, OUTREACH, by=READER)
    assert open_brief(ports, OUTREACH, by=READER).number == 1
    outreach = review_brief(ports, OUTREACH).context.outreach
    assert (outreach.status, outreach.next_touch_at) == (OutreachStatus.AGREED, None)
    with ports.store.read() as tx:
        assert [entry.what for entry in tx.journal.of(OUTREACH)] == ["agreed"]


@pytest.mark.parametrize("status", [OutreachStatus.SHORTLISTED, OutreachStatus.DECLINED])
def test_nobody_agrees_who_was_not_written_to_or_said_no(status: OutreachStatus) -> None:
    ports = agreed_world()
    with ports.store.write() as tx:
        outreach = tx.outreach.get(OUTREACH)
        assert outreach is not None
        tx.outreach.save(replace(outreach, status=status))
    with pytest.raises(InvalidTransition):
        note_yes(ports, OUTREACH, by=READER)


def test_the_list_holds_every_yes_and_every_brief_and_nobody_else() -> None:
    ports = agreed_world(people=4)
    for name in ("o-1", "o-2"):
        open_brief(ports, OutreachId(name), by=READER)
    with ports.store.write() as tx:
        for name, status in (("o-2", OutreachStatus.DECLINED), ("o-3", OutreachStatus.IN_CONVERSATION)):
            outreach = tx.outreach.get(OutreachId(name))
            assert outreach is not None
            tx.outreach.save(replace(outreach, status=status))
    listed = [item.context.outreach.id for item in agreed(ports)]
    assert listed == ["o-1", "o-4", "o-2"]
    assert agreed(ports, campaign_id=CampaignId("another")) == ()


def test_opening_again_changes_nothing() -> None:
    ports = agreed_world()
    first = open_brief(ports, OUTREACH, by=READER)
    assert open_brief(ports, OUTREACH, by="somebody else") == first
    with pytest.raises(NotFound):
        open_brief(ports, OutreachId("o-9"), by=READER)


# --- versions and the seal ------------------------------------------------------------------------


def test_each_change_is_a_version_of_its_own_and_the_same_terms_are_none() -> None:
    ports = agreed_world()
    first = open_brief(ports, OUTREACH, by=READER)
    assert first.digest == content_hash(first.terms)
    same = change_terms(ports, OUTREACH, first.terms, instead_of=first.digest, by=READER)
    assert same == first
    changed(ports, note="Un mot pour vous.")
    with ports.store.read() as tx:
        assert [each.number for each in tx.briefs.versions(OUTREACH)] == [1, 2]
        assert tx.briefs.get(first.id) == first


def test_two_people_do_not_overwrite_each_other() -> None:
    ports = agreed_world()
    first = open_brief(ports, OUTREACH, by=READER)
    changed(ports, note="Un mot.")
    with pytest.raises(StaleReview):
        change_terms(
            ports, OUTREACH, replace(first.terms, note="Un autre."), instead_of=first.digest, by=READER
        )


def test_the_same_brief_has_the_same_bytes_and_the_same_seal() -> None:
    one, other = agreed_world(), agreed_world()
    open_brief(one, OUTREACH, by=READER)
    open_brief(other, OUTREACH, by=READER)
    first, later = review_brief(one, OUTREACH), review_brief(on(one, date(2026, 10, 9)), OUTREACH)
    assert first.pdf == later.pdf == review_brief(other, OUTREACH).pdf
    assert first.seal == later.seal


CHANGES: dict[str, dict[str, Any]] = {
    "note": {"note": "Un mot."},
    "gift": {"gift": Gift(name="un coffret", value=euros("38.51"))},
    "cash": {"cash": euros("10.00")},
    "rights": {"rights": UsageRights(scope="x", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 2))},
    "deliverables": {"deliverables": (Deliverable(what="post", due_on=date(2026, 12, 1)),)},
    "contract": {"contract": "SDS-14"},
    "disclosure": {"disclosure": ("Publicité",)},
    "audience": {"audience_country": "US"},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_of_the_terms_voids_the_seal(change: dict[str, Any]) -> None:
    ports = agreed_world()
    open_brief(ports, OUTREACH, by=READER)
    seal = review_brief(ports, OUTREACH).seal
    changed(ports, **change)
    with pytest.raises(StaleReview):
        approve_brief(ports, OUTREACH, seal=seal, by=READER)


def test_a_change_of_what_surrounds_the_terms_voids_the_seal_too() -> None:
    ports = agreed_world()
    open_brief(ports, OUTREACH, by=READER)
    seal = review_brief(ports, OUTREACH).seal
    creator = creator_of(ports)
    for brand, person in (
        (a_brand(postal_address="1 rue Neuve, 04300 Forcalquier"), creator),
        (a_brand(), replace(creator, name="Lise")),
        (a_brand(), replace(creator, address=None)),
        (a_brand(), replace(creator, platform="tiktok")),
    ):
        with ports.store.write() as tx:
            tx.brands.save(brand)
            tx.creators.save(person)
        with pytest.raises(StaleReview):
            approve_brief(ports, OUTREACH, seal=seal, by=READER)
        assert review_brief(ports, OUTREACH).approval is None


def test_an_approval_keeps_what_was_read_and_moves_the_agreement() -> None:
    ports = agreed_world()
    approval = approved(ports)
    with ports.store.write() as tx:
        tx.brands.save(a_brand(name="Autre nom"))
    review = review_brief(ports, OUTREACH)
    assert (review.letter, review.pdf, review.seal) == (approval.letter, approval.pdf, approval.seal)
    assert review.agreement.status is AgreementStatus.BRIEFED
    with pytest.raises(NotApprovable, match="approved already"):
        approve_brief(ports, OUTREACH, seal=approval.seal, by=READER)


def test_changed_terms_need_another_approval() -> None:
    ports = agreed_world()
    approved(ports)
    changed(ports, note="Un mot de plus.")
    review = review_brief(ports, OUTREACH)
    assert (review.version.number, review.approval) == (2, None)
    assert review.agreement.status is AgreementStatus.ACCEPTED
    approved(ports)
    assert review_brief(ports, OUTREACH).agreement.status is AgreementStatus.BRIEFED


def test_a_pdf_that_changed_after_the_approval_is_not_shown() -> None:
    ports = agreed_world()
    approval = approved(ports)
    with pytest.raises(NotReleased):
        replace(approval, pdf=approval.pdf + b" ").released()


def test_a_no_after_the_yes_ends_it() -> None:
    ports = agreed_world()
    open_brief(ports, OUTREACH, by=READER)
    review = review_brief(ports, OUTREACH)
    with ports.store.write() as tx:
        tx.outreach.save(review.context.outreach.advance(OutreachStatus.DECLINED, at=NOW))
    with pytest.raises(NotApprovable, match="has not said yes"):
        approve_brief(ports, OUTREACH, seal=review.seal, by=READER)


def test_an_agreement_goes_its_way_and_no_other() -> None:
    ports = agreed_world()
    open_brief(ports, OUTREACH, by=READER)
    with pytest.raises(InvalidTransition):
        move_agreement(ports, OUTREACH, AgreementStatus.DELIVERED, by=READER)
    approved(ports)
    move_agreement(ports, OUTREACH, AgreementStatus.DELIVERED, by=READER)
    with pytest.raises(NotApprovable, match="its terms stay as they are"):
        changed(ports, note="Trop tard.")
    move_agreement(ports, OUTREACH, AgreementStatus.CHECKED, why="mention vue", by=READER)
    with ports.store.read() as tx:
        assert [entry.what for entry in tx.journal.of(OUTREACH)] == [
            "agreement delivered",
            "agreement checked",
        ]


# --- what blocks ----------------------------------------------------------------------------------


def test_a_brief_without_its_disclosure_cannot_be_approved() -> None:
    ports = agreed_world()
    changed(ports, disclosure=())
    assert review_brief(ports, OUTREACH).is_blocked
    with pytest.raises(NotApprovable, match="mark the publication"):
        approved(ports)
    changed(ports, disclosure=("#ad",))
    with pytest.raises(NotApprovable, match="alone is not enough"):
        approved(ports)


def test_the_year_adds_up_across_briefs_with_the_same_objective() -> None:
    ports = agreed_world(gift=Gift(name="un coffret", value=euros("400.00")), cash=euros("300.00"))
    approved(ports)
    second = another_campaign(ports, "o-2", offer=an_offer(gift=None, affiliate=None, cash=euros("299.99")))
    open_brief(ports, second, by=READER)
    assert [finding.code for finding in review_brief(ports, second).findings] == ["brief.ledger.near"]
    changed(ports, second, cash=euros("300.00"))
    with pytest.raises(NotApprovable, match=r"1000\.00 EUR of 1000\.00 in 2026"):
        approved(ports, second)
    changed(ports, second, contract="SDS-2026-14")
    approved(ports, second)


def test_another_objective_another_year_or_a_withdrawal_is_counted_apart() -> None:
    ports = agreed_world(gift=Gift(name="un coffret", value=euros("990.00")))
    approved(ports)
    small = an_offer(gift=None, affiliate=None, cash=euros("20.00"), deadline=None, rights=None)
    other = another_campaign(ports, "o-2", objective="Faire connaître l’atelier.", offer=small)
    same = another_campaign(ports, "o-3", offer=small)
    open_brief(ports, same, by=READER)
    approved(ports, other)
    assert review_brief(ports, same).is_blocked
    assert not review_brief(on(ports, date(2027, 1, 1)), same).is_blocked
    move_agreement(ports, OUTREACH, AgreementStatus.WITHDRAWN, by=READER)
    assert not review_brief(ports, same).is_blocked


def test_one_person_with_two_profiles_has_one_ledger() -> None:
    ports = agreed_world(people=2, gift=Gift(name="un coffret", value=euros("600.00")))
    approved(ports)
    second = OutreachId("o-2")
    open_brief(ports, second, by=READER)
    assert not review_brief(ports, second).is_blocked
    with ports.store.write() as tx:
        tx.creators.save(replace(creator_of(ports, second), address=creator_of(ports).address))
    assert review_brief(ports, second).is_blocked


def test_a_country_without_contract_rule_keeps_no_ledger() -> None:
    ports = agreed_world(gift=Gift(name="a kit", value=replace(euros("5000.00"), currency="USD")))
    with ports.store.write() as tx:
        creator = tx.creators.get(an_outreach().creator_id) or tx.creators.find("instagram:lison.1")
        assert creator is not None
        tx.creators.save(replace(creator, country="US", language="en"))
    open_brief(ports, OUTREACH, by=READER)
    review = review_brief(ports, OUTREACH)
    assert review.version.terms.disclosure == ("Ad",)
    assert not [finding for finding in review.findings if finding.code.startswith("brief.ledger")]


def test_amounts_are_exact() -> None:
    tenth = agreed_world(gift=Gift(name="un savon", value=euros("0.10")), cash=euros("999.90"))
    open_brief(tenth, OUTREACH, by=READER)
    assert Decimal("0.10") + Decimal("999.90") == 1000
    assert review_brief(tenth, OUTREACH).is_blocked


def test_a_delay_between_reading_and_approving_does_not_matter() -> None:
    ports = agreed_world()
    open_brief(ports, OUTREACH, by=READER)
    seal = review_brief(ports, OUTREACH).seal
    later = on(ports, (NOW + timedelta(days=3)).date())
    assert approve_brief(later, OUTREACH, seal=seal, by=READER).seal == seal
