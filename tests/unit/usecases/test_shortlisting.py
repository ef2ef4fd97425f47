"""The shortlist: who is in it, who is not, and why."""

from dataclasses import replace
from decimal import Decimal

import pytest

from agent.domain.ids import CampaignId
from agent.domain.outreach import OutreachStatus
from agent.domain.portfolio import parse_quota
from agent.ports import Ports
from agent.usecases.indexing import build_index, verify_index
from agent.usecases.matching import match
from agent.usecases.shortlisting import shortlist, what_if
from agent.usecases.wishes import Wishes
from tests.builders import NOW, a_brand, a_creator, an_address, an_outreach
from tests.fakes import make_ports, quiet
from tests.unit.usecases.world import a_neighbour, the_campaign

SPRING, AUTUMN = CampaignId("spring"), CampaignId("autumn")


def a_village() -> Ports:
    ports = make_ports()
    with ports.store.write() as tx:
        tx.brands.save(a_brand())
        for campaign in (SPRING, AUTUMN):
            tx.brands.save_campaign(replace(the_campaign(), id=campaign))
        for handle in ("une", "deux", "trois"):
            tx.creators.save(a_neighbour(handle))
        tx.creators.save(a_creator("loin", country="BE"))
        tx.creators.save(a_creator("muette", bio="", posts=()))
        twin = an_address("une@creator.example")
        tx.creators.save(replace(a_neighbour("une-bis"), address=twin))
    build_index(ports, progress=quiet)
    return ports


def people(ports: Ports, campaign: CampaignId, limit: int = 9) -> tuple[set[str], dict[str, str]]:
    report = shortlist(ports, campaign, limit=limit, by="Camille")
    chosen = {each.creator.handle for each in report.chosen}
    return chosen, {left.person.partition(":")[2]: left.reason for left in report.left_out}


def test_every_match_says_why_in_the_creators_own_words() -> None:
    ports = a_village()
    report = match(ports, SPRING, limit=10)
    for each in report.matches:
        for reason in each.fit.reasons:
            assert reason.quote in (each.creator.evidence_text(reason.ref) or "")
    assert report.left_out == {"country not asked for": 1}


def test_whoever_is_left_out_is_told_with_a_reason() -> None:
    chosen, left = people(a_village(), SPRING)
    assert chosen & {"une", "une-bis"} != {"une", "une-bis"}
    assert {"deux", "trois"} <= chosen
    assert any(reason.startswith("same address as") for reason in left.values())
    assert "nothing of theirs may be quoted" in left["muette"]


def test_a_limit_leaves_the_others_for_another_time() -> None:
    chosen, left = people(a_village(), SPRING, limit=1)
    assert len(chosen) == 1
    assert "covers the same" in left["trois"]


def test_nobody_is_shortlisted_twice_nor_while_in_conversation_elsewhere() -> None:
    ports = a_village()
    first, _ = people(ports, SPRING)
    again, left = people(ports, SPRING)
    other, elsewhere = people(ports, AUTUMN)
    assert (again, other) == (set(), set())
    assert {left[name] for name in first} == {"already in this campaign"}
    assert {elsewhere[name] for name in first} == {
        "already on the list of spring; if nothing is written there, free from 2027-01-04 on"
    }


@pytest.mark.parametrize("status", [OutreachStatus.DECLINED, OutreachStatus.STOPPED])
def test_a_no_in_one_campaign_is_a_no_in_every_campaign(status: OutreachStatus) -> None:
    ports = a_village()
    with ports.store.write() as tx:
        outreach = an_outreach("o-no", creator_id=a_neighbour("deux").id, campaign_id=SPRING)
        tx.outreach.save(outreach.advance(status, at=NOW))
    chosen, left = people(ports, AUTUMN)
    assert "deux" not in chosen
    assert left["deux"].endswith("in spring")


def test_an_objection_holds_for_the_address() -> None:
    ports = a_village()
    with ports.store.write() as tx:
        tx.suppressions.add(ports.fingerprints.of("trois@creator.example"), reason="asked", at=NOW)
    _, left = people(ports, SPRING)
    assert left["trois"] == "asked not to be written to"


def test_the_index_knows_when_the_creators_changed() -> None:
    ports = a_village()
    assert verify_index(ports).is_current
    with ports.store.write() as tx:
        tx.creators.save(replace(a_neighbour("une"), bio="autre chose", updated_at=NOW.replace(year=2027)))
    assert "changed since" in verify_index(ports).problem
    assert "no index" in verify_index(make_ports()).problem


def test_asking_what_if_stores_nothing_and_says_what_would_change() -> None:
    ports = a_village()
    wishes = Wishes(minutes=Decimal(4))
    first = what_if(ports, SPRING, limit=2, wishes=wishes)
    assert what_if(ports, SPRING, limit=2, wishes=wishes) == first
    assert (len(first.present.chosen), len(first.proposed.chosen), first.added) == (2, 1, ())
    (dropped,) = first.dropped
    assert dropped.code == "minutes"
    assert first.present.figures.minutes == 8
    assert first.proposed.figures.minutes == 4
    with ports.store.read() as tx:
        assert tx.outreach.of_campaign(SPRING) == ()


def test_what_would_be_chosen_is_what_is_chosen() -> None:
    ports = a_village()
    wishes = Wishes(quotas=(parse_quota("platform:instagram=..1"),), seed=5)
    proposed = what_if(ports, SPRING, limit=3, wishes=wishes).proposed
    report = shortlist(ports, SPRING, limit=3, by="Camille", wishes=wishes)
    assert report.plan == proposed
    assert [each.creator.id for each in report.chosen] == [each.match.creator.id for each in proposed.chosen]
    assert len(report.chosen) == 1
