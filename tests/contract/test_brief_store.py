"""What every store promises about brief letters: memory, SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agent.domain.brief import AgreementStatus
from agent.domain.errors import BadInput
from agent.domain.ids import BriefId, CampaignId, OutreachId
from agent.domain.outreach import OutreachStatus
from agent.ports import Transaction
from tests.builders import (
    NOW,
    a_brand,
    a_brief,
    a_brief_answer,
    a_brief_approval,
    a_campaign,
    a_creator,
    a_fit,
    an_agreement,
    an_outreach,
    some_terms,
)
from tests.contract.conftest import AnyStore

OTHER = a_creator("solene")


@pytest.fixture
def store(empty_store: AnyStore) -> AnyStore:
    with empty_store.write() as tx:
        with_three_outreaches(tx)
    return empty_store


def with_three_outreaches(tx: Transaction) -> None:
    """Store two creators, the first in two campaigns."""
    tx.brands.save(a_brand())
    tx.creators.save(a_creator())
    tx.creators.save(OTHER)
    tx.brands.save_campaign(a_campaign())
    tx.brands.save_campaign(a_campaign("autre"))
    tx.outreach.save(an_outreach())
    tx.outreach.save(an_outreach("o-2", campaign_id=CampaignId("autre")))
    tx.outreach.save(an_outreach("o-3", creator_id=OTHER.id))


def test_an_agreement_comes_back_and_is_replaced(store: AnyStore) -> None:
    with store.write() as tx:
        tx.briefs.save_agreement(an_agreement())
        tx.briefs.save_agreement(an_agreement(status=AgreementStatus.BRIEFED))
    with store.read() as tx:
        assert tx.briefs.agreement(OutreachId("o-1")) == an_agreement(status=AgreementStatus.BRIEFED)
        assert tx.briefs.agreement(OutreachId("o-2")) is None


def test_every_agreement_is_listed_by_its_outreach(store: AnyStore) -> None:
    with store.write() as tx:
        for name in ("o-3", "o-1"):
            tx.briefs.save_agreement(an_agreement(outreach_id=OutreachId(name)))
    with store.read() as tx:
        assert [each.outreach_id for each in tx.briefs.agreements()] == ["o-1", "o-3"]


def test_outreach_is_found_by_its_state(store: AnyStore) -> None:
    agreed, declined = OutreachStatus.AGREED, OutreachStatus.DECLINED
    with store.write() as tx:
        tx.outreach.save(an_outreach(status=agreed, fit=a_fit(score=0.1)))
        tx.outreach.save(an_outreach("o-2", campaign_id=CampaignId("autre"), status=agreed))
        tx.outreach.save(an_outreach("o-3", creator_id=OTHER.id, status=agreed))
    with store.read() as tx:
        assert [row.id for row in tx.outreach.in_states({agreed, declined})] == ["o-2", "o-3", "o-1"]
        one = tx.outreach.in_states({agreed}, campaign_id=CampaignId("autre"))
        assert [row.id for row in one] == ["o-2"]
        assert tx.outreach.in_states({declined}) == ()


def test_a_version_comes_back_as_it_was_and_the_newest_is_known(store: AnyStore) -> None:
    second = a_brief("b-2", number=2, terms=some_terms(gift=None, note="Un « mot » \u202f!"))
    with store.write() as tx:
        tx.briefs.add(second)
        tx.briefs.add(a_brief())
    with store.read() as tx:
        assert tx.briefs.get(BriefId("b-2")) == second
        assert tx.briefs.latest(OutreachId("o-1")) == second
        assert tx.briefs.versions(OutreachId("o-1")) == (a_brief(), second)
        assert tx.briefs.latest(OutreachId("o-2")) is None
        assert tx.briefs.get(BriefId("b-9")) is None


def test_a_number_is_given_once_and_only_to_a_known_outreach(store: AnyStore) -> None:
    with store.write() as tx:
        tx.briefs.add(a_brief())
        with pytest.raises(BadInput, match="Version 1"):
            tx.briefs.add(a_brief("b-2"))
        with pytest.raises(BadInput, match="not stored"):
            tx.briefs.add(a_brief("b-3", outreach_id=OutreachId("o-9")))
        with pytest.raises(BadInput, match="o-9"):
            tx.briefs.save_agreement(an_agreement(outreach_id=OutreachId("o-9")))


def test_an_approval_keeps_letter_and_bytes_and_is_given_once(store: AnyStore) -> None:
    approval = a_brief_approval(pdf=bytes(range(256)))
    with store.write() as tx:
        tx.briefs.add(a_brief())
        tx.briefs.approve(approval)
        with pytest.raises(BadInput, match="approved already"):
            tx.briefs.approve(approval)
        with pytest.raises(BadInput, match="not stored"):
            tx.briefs.approve(a_brief_approval(brief_id=BriefId("b-9")))
    with store.read() as tx:
        assert tx.briefs.approval(BriefId("b-1")) == approval
        assert tx.briefs.approval(BriefId("b-9")) is None


def test_of_each_outreach_the_newest_approved_version_counts(store: AnyStore) -> None:
    later = NOW + timedelta(days=1)
    versions = (
        a_brief("b-1"),
        a_brief("b-2", number=2),
        a_brief("b-3", number=3),
        a_brief("b-4", outreach_id=OutreachId("o-2")),
        a_brief("b-5", outreach_id=OutreachId("o-3")),
    )
    with store.write() as tx:
        for version in versions:
            tx.briefs.add(version)
        for name, at in (("b-1", NOW), ("b-2", later), ("b-4", NOW), ("b-5", NOW)):
            tx.briefs.approve(replace(a_brief_approval(brief_id=BriefId(name)), at=at))
    with store.read() as tx:
        assert tx.briefs.approved_of([a_creator().id]) == ((versions[1], later), (versions[3], NOW))
        assert tx.briefs.approved_of([OTHER.id]) == ((versions[4], NOW),)
        assert tx.briefs.approved_of([]) == ()


def test_answers_come_back_oldest_first(store: AnyStore) -> None:
    first = a_brief_answer("n-2", at=NOW - timedelta(hours=1))
    with store.write() as tx:
        tx.briefs.add(a_brief())
        tx.briefs.add(a_brief("b-2", number=2))
        tx.briefs.answer(a_brief_answer())
        tx.briefs.answer(first)
        tx.briefs.answer(a_brief_answer("n-3", brief_id=BriefId("b-2")))
        with pytest.raises(BadInput, match="b-9"):
            tx.briefs.answer(a_brief_answer("n-4", brief_id=BriefId("b-9")))
    with store.read() as tx:
        assert tx.briefs.answers([BriefId("b-1")]) == (first, a_brief_answer())
        assert tx.briefs.answers([]) == ()


def test_with_the_creator_everything_goes(store: AnyStore) -> None:
    with store.write() as tx:
        for number, outreach_id in enumerate(("o-1", "o-3"), start=1):
            brief = a_brief(f"b-{number}", outreach_id=OutreachId(outreach_id))
            tx.briefs.save_agreement(an_agreement(outreach_id=brief.outreach_id))
            tx.briefs.add(brief)
            tx.briefs.approve(a_brief_approval(brief_id=brief.id))
            tx.briefs.answer(a_brief_answer(f"n-{number}", brief_id=brief.id))
    with store.write() as tx:
        tx.creators.delete(a_creator().id)
    with store.read() as tx:
        assert tx.briefs.agreement(OutreachId("o-1")) is None
        assert tx.briefs.latest(OutreachId("o-1")) is None
        assert tx.briefs.approval(BriefId("b-1")) is None
        assert [answer.id for answer in tx.briefs.answers([BriefId("b-1"), BriefId("b-2")])] == ["n-2"]
        assert tx.briefs.approval(BriefId("b-2")) is not None
