"""The yearly ledger of one advertiser and one creator, added up from the briefs that a person approved."""

from datetime import date
from decimal import Decimal

from agent.domain.brief import AgreementStatus, BriefVersion, Ledger, worth
from agent.domain.creator import Creator
from agent.domain.ids import CreatorId
from agent.ports import Ports, Transaction
from agent.usecases.briefing_terms import countries_of
from agent.usecases.lookup import Context


def ledger_for(
    ports: Ports, tx: Transaction, context: Context, version: BriefVersion, *, on: date
) -> Ledger | None:
    """Return what this brief and earlier ones of the year come to; None where no contract rule applies.

    Counted are approved briefs of the same brand, calendar year and objective, to every profile with the
    creator's address: the law speaks of a person, not of an account. What was withdrawn is not counted.
    """
    countries = countries_of(context, version.terms)
    rule = next((rule for rule in ports.briefing.law.contracts if rule.holds(countries, on=on)), None)
    if rule is None:
        return None
    currency = rule.threshold.currency
    this, foreign = worth(version.terms, currency)
    before = Decimal(0)
    for other, approved_at in tx.briefs.approved_of(_profiles(tx, context.creator)):
        if other.outreach_id == version.outreach_id or approved_at.year != on.year:
            continue
        if _counts(tx, context, version, other):
            amount, others = worth(other.terms, currency)
            before += amount
            foreign += others
    return Ledger(rule=rule, year=on.year, before=before, this=this, foreign=foreign)


def _profiles(tx: Transaction, creator: Creator) -> frozenset[CreatorId]:
    if creator.address is None:
        return frozenset({creator.id})
    return frozenset({creator.id, *(each.id for each in tx.creators.with_email(creator.address.email))})


def _counts(tx: Transaction, context: Context, version: BriefVersion, other: BriefVersion) -> bool:
    outreach = tx.outreach.get(other.outreach_id)
    campaign = tx.brands.campaign(outreach.campaign_id) if outreach is not None else None
    agreement = tx.briefs.agreement(other.outreach_id)
    return (
        campaign is not None
        and campaign.brand_id == context.brand.id
        and _key(other.terms.objective) == _key(version.terms.objective)
        and (agreement is None or agreement.status is not AgreementStatus.WITHDRAWN)
    )


def _key(objective: str) -> str:
    return " ".join(objective.casefold().split())
