"""From a ranking to outreach rows: a portfolio that covers the brand's values, and why others are not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from agent.domain.fit import Fit
from agent.domain.ids import CampaignId, OutreachId
from agent.domain.outreach import FINAL_NO, OPEN, Outreach, OutreachStatus
from agent.domain.people import Entry
from agent.domain.portfolio import Candidate, choose
from agent.ports import Ports, Transaction
from agent.usecases.lookup import the_campaign
from agent.usecases.matching import Match, match

_WIDTH = 4
"""How many times the wanted number of creators is looked at, so that there is something to choose from."""


_NO = {OutreachStatus.DECLINED: "said no", OutreachStatus.STOPPED: "asked not to be written to, or cannot be"}


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A creator who ranked well and was not chosen, and why."""

    person: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ShortlistReport:
    """Who was chosen, who was not and why, and how many the hard rules left out."""

    chosen: tuple[Match, ...]
    without_address: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    ruled_out: Mapping[str, int]


def shortlist(ports: Ports, campaign_id: CampaignId, *, limit: int, by: str) -> ShortlistReport:
    """Choose creators for a campaign and make an outreach row for each, in one transaction."""
    ranking = match(ports, campaign_id, limit=limit * _WIDTH)
    at = ports.clock.now()
    with ports.store.write() as tx:
        _, brand = the_campaign(tx, campaign_id)
        left_out: list[LeftOut] = []
        candidates: list[Match] = []
        seen: dict[str, str] = {}
        for each in ranking.matches:
            reason = _obstacle(ports, tx, each, campaign_id, seen)
            if reason:
                left_out.append(LeftOut(person=each.creator.person, reason=reason))
            else:
                candidates.append(each)
        weights = {value.name: value.weight for value in brand.values}
        picked = choose([_candidate(each) for each in candidates], weights=weights, limit=limit)
        chosen = tuple(candidates[index] for index in picked)
        for each in chosen:
            outreach = _outreach(ports, campaign_id, each.fit, at=at)
            tx.outreach.save(outreach)
            tx.journal.add(Entry(at=at, who=by, what="shortlisted", subject=outreach.id))
    left_out += [
        LeftOut(
            person=each.creator.person, reason=f"others fit better or add more within the {limit} asked for"
        )
        for index, each in enumerate(candidates)
        if index not in set(picked)
    ]
    return ShortlistReport(
        chosen=chosen,
        without_address=tuple(each.creator.person for each in chosen if each.creator.address is None),
        left_out=tuple(left_out),
        ruled_out=ranking.left_out,
    )


def _obstacle(
    ports: Ports, tx: Transaction, each: Match, campaign_id: CampaignId, seen: dict[str, str]
) -> str:
    creator = each.creator
    earlier = tx.outreach.of_creators((creator.id,))
    if any(outreach.campaign_id == campaign_id for outreach in earlier):
        return "already in this campaign"
    if not each.fit.reasons:
        return "nothing of theirs may be quoted, so no letter could be personal"
    if creator.address is None:
        return _conversation(earlier)
    email = creator.address.email.casefold()
    if tx.suppressions.has(ports.fingerprints.of(email)):
        return "asked not to be written to"
    if email in seen:
        return f"same address as {seen[email]}"
    same_person = tx.creators.with_email(email)
    busy = _conversation(tx.outreach.of_creators(person.id for person in same_person))
    if not busy:
        seen[email] = creator.person
    return busy


def _conversation(earlier: tuple[Outreach, ...]) -> str:
    refused = next((o for o in earlier if o.status in FINAL_NO), None)
    if refused is not None:
        return f"{_NO[refused.status]} in {refused.campaign_id}"
    engaged = next((o for o in earlier if o.status in OPEN), None)
    return f"already in conversation for {engaged.campaign_id}" if engaged is not None else ""


def _candidate(each: Match) -> Candidate:
    return Candidate(
        score=each.fit.score, coverage={reason.value: max(0.0, reason.score) for reason in each.fit.reasons}
    )


def _outreach(ports: Ports, campaign_id: CampaignId, fit: Fit, *, at: datetime) -> Outreach:
    return Outreach(
        id=OutreachId(ports.ids.new("c")),
        campaign_id=campaign_id,
        creator_id=fit.creator_id,
        fit=fit,
        created_at=at,
        updated_at=at,
    )
