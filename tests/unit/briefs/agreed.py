"""A world in which creators have said yes, and terms for the checks."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from agent.adapters.clock import FixedClock
from agent.adapters.law import LawFile
from agent.domain.brand import Money
from agent.domain.brief import (
    BriefApproval,
    BriefCase,
    ContractRule,
    Disclosure,
    Ledger,
    Terms,
    disclosure_for,
)
from agent.domain.draft import Finding
from agent.domain.ids import CampaignId, OutreachId
from agent.domain.outreach import OutreachStatus
from agent.ports import Ports
from agent.usecases.briefing import approve_brief, change_terms, open_brief, review_brief
from tests.builders import NOW, a_brand, a_campaign, a_creator, an_address, an_offer, an_outreach
from tests.fakes import make_ports

READER = "camille@savon-du-sud.example"
OUTREACH = OutreachId("o-1")
PUBLIC = "https://desk.example"
TODAY = NOW.date()
LAW = LawFile()


def agreed_world(*, people: int = 1, ports: Ports | None = None, **offer: Any) -> Ports:
    """Return ports whose store has so many creators who said yes: `o-1`, `o-2` …"""
    made = ports or make_ports(public_url=PUBLIC)
    gift = an_offer(**({"cash": None, "affiliate": None} | offer))
    with made.store.write() as tx:
        tx.brands.save(a_brand())
        tx.brands.save_campaign(a_campaign(offer=gift))
        for number in range(1, people + 1):
            handle = f"lison.{number}"
            creator = a_creator(handle, address=an_address(f"{handle}@creator.example"))
            tx.creators.save(creator)
            tx.outreach.save(an_outreach(f"o-{number}", creator_id=creator.id, status=OutreachStatus.AGREED))
    return made


def another_campaign(ports: Ports, outreach_id: str, *, of: str = "o-1", **fields: Any) -> OutreachId:
    """Store a second campaign of the brand with a yes of the same creator."""
    campaign = a_campaign(f"campaign-of-{outreach_id}", **({"offer": an_offer(affiliate=None)} | fields))
    with ports.store.write() as tx:
        first = tx.outreach.get(OutreachId(of))
        assert first is not None
        tx.brands.save_campaign(campaign)
        tx.outreach.save(
            an_outreach(
                outreach_id,
                creator_id=first.creator_id,
                campaign_id=CampaignId(campaign.id),
                status=OutreachStatus.AGREED,
            )
        )
    return OutreachId(outreach_id)


def changed(ports: Ports, outreach_id: OutreachId = OUTREACH, **terms: Any) -> None:
    """Change terms of a brief as a person does, opening it first."""
    version = open_brief(ports, outreach_id, by=READER)
    change_terms(ports, outreach_id, replace(version.terms, **terms), instead_of=version.digest, by=READER)


def approved(ports: Ports, outreach_id: OutreachId = OUTREACH) -> BriefApproval:
    """Approve the newest version as it is shown."""
    open_brief(ports, outreach_id, by=READER)
    seal = review_brief(ports, outreach_id).seal
    return approve_brief(ports, outreach_id, seal=seal, by=READER)


def on(ports: Ports, day: date) -> Ports:
    """Return the same ports on another day."""
    return replace(ports, clock=FixedClock(NOW.replace(year=day.year, month=day.month, day=day.day)))


def law_of(*countries: str, terms: Terms, day: date = TODAY) -> Disclosure:
    """Return what the shipped table asks for in these countries."""
    return disclosure_for(LAW.disclosures, countries=countries, benefits=terms.benefits, on=day)


def a_case(terms: Terms, *countries: str, ledger: Ledger | None = None) -> BriefCase:
    """Return a case in these countries, France where none is named."""
    return BriefCase(
        terms=terms,
        disclosure=law_of(*(countries or ("FR",)), terms=terms),
        ledger=ledger,
        banned=("miracle",),
        today=TODAY,
    )


def a_ledger(total: str, *, foreign: tuple[Money, ...] = ()) -> Ledger:
    """Return a French ledger that comes to this total."""
    (rule,) = LAW.contracts
    assert isinstance(rule, ContractRule)
    return Ledger(rule=rule, year=2026, before=Decimal(0), this=Decimal(total), foreign=foreign)


def codes(findings: tuple[Finding, ...]) -> dict[str, str]:
    """Return the severity of each code found."""
    return {finding.code: finding.severity.value for finding in findings}
