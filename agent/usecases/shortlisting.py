"""The shortlist of a campaign: stored as outreach rows, or only asked what it would be."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from agent.domain.fit import Fit
from agent.domain.ids import CampaignId, CreatorId, OutreachId
from agent.domain.outreach import Outreach
from agent.domain.people import Entry
from agent.domain.taken import in_words
from agent.ports import Ports, Transaction
from agent.usecases.candidacy import Ground, pool_of
from agent.usecases.expanding import Searched
from agent.usecases.lookup import the_campaign
from agent.usecases.matching import Match, MatchReport, match
from agent.usecases.planning import Chosen, LeftOut, Plan, plan
from agent.usecases.quieting import is_suppressed
from agent.usecases.senders import Choosing
from agent.usecases.taken import People, people_of
from agent.usecases.wishes import HABITS, WISHES, Habits, Wishes, no_niches

_WIDTH = 4
"""How many times the wanted number of creators is looked at, so that there is something to choose from."""
_WIDE = 12
"""The same where quotas ask for somebody who may rank far below."""


@dataclass(frozen=True, kw_only=True)
class ShortlistReport:
    """Who was chosen, who was not and why, how many the hard rules left out, and the plan behind it.

    `searched` is what the ranking was searched with.
    """

    chosen: tuple[Match, ...]
    without_address: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    ruled_out: Mapping[str, int]
    plan: Plan
    searched: Searched


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """What other wishes would change: `present` is the plan without any, `proposed` the one with them.

    `dropped` says of each creator of the present plan who would not be chosen any more why that is.
    """

    present: Plan
    proposed: Plan
    added: tuple[Chosen, ...]
    dropped: tuple[LeftOut, ...]
    ruled_out: Mapping[str, int]
    searched: Searched


def shortlist(
    ports: Ports,
    campaign_id: CampaignId,
    *,
    limit: int,
    by: str,
    wishes: Wishes = WISHES,
    habits: Habits = HABITS,
) -> ShortlistReport:
    """Choose creators for a campaign and make an outreach row for each, in one transaction.

    Raises what `match` raises, and BadInput where the wishes cannot be kept by any list.
    """
    ranking = match(ports, campaign_id, limit=_looked_at(limit, wishes), learn=wishes.learn)
    habits = _with_niches(ports, ranking, habits)
    at = ports.clock.now()
    with ports.store.write() as tx:
        ground = _ground(ports, tx, campaign_id, ranking, at=at, habits=habits)
        made = plan(ground, limit=limit, wishes=wishes, habits=habits)
        people = people_of(ports, tx, {each.match.creator.id for each in made.chosen})
        senders = Choosing(tx, ground.brand, at=at)
        for each in made.chosen:
            sender = senders.for_person(people.history(each.match.creator.id))
            outreach = _outreach(ports, campaign_id, each.match.fit, sender, at=at)
            tx.outreach.save(outreach)
            tx.journal.add(Entry(at=at, who=by, what="shortlisted", subject=outreach.id))
    chosen = tuple(each.match for each in made.chosen)
    return ShortlistReport(
        chosen=chosen,
        without_address=tuple(each.creator.person for each in chosen if each.creator.address is None),
        left_out=made.left_out,
        ruled_out=ranking.left_out,
        plan=made,
        searched=ranking.searched,
    )


def what_if(
    ports: Ports, campaign_id: CampaignId, *, limit: int, wishes: Wishes, habits: Habits = HABITS
) -> WhatIf:
    """Return what the wishes would change in a list made now; stores nothing. Raises as `shortlist` does."""
    present, first = _would_be(ports, campaign_id, limit, WISHES, habits, ask=True)
    if wishes == WISHES:
        return WhatIf(
            present=present,
            proposed=present,
            added=(),
            dropped=(),
            ruled_out=first.left_out,
            searched=first.searched,
        )
    # a model that failed a moment ago is not asked again
    proposed, ranking = _would_be(ports, campaign_id, limit, wishes, habits, ask=False)
    before = {each.match.creator.person for each in present.chosen}
    after = {each.match.creator.person for each in proposed.chosen}
    return WhatIf(
        present=present,
        proposed=proposed,
        added=tuple(each for each in proposed.chosen if each.match.creator.person not in before),
        dropped=tuple(left for left in proposed.left_out if left.person in before - after),
        ruled_out=ranking.left_out,
        searched=first.searched,
    )


def _would_be(
    ports: Ports, campaign_id: CampaignId, limit: int, wishes: Wishes, habits: Habits, *, ask: bool
) -> tuple[Plan, MatchReport]:
    ranking = match(ports, campaign_id, limit=_looked_at(limit, wishes), ask=ask, learn=wishes.learn)
    habits = _with_niches(ports, ranking, habits)
    with ports.store.read() as tx:
        ground = _ground(ports, tx, campaign_id, ranking, at=ports.clock.now(), habits=habits)
    return plan(ground, limit=limit, wishes=wishes, habits=habits), ranking


def _with_niches(ports: Ports, ranking: MatchReport, habits: Habits) -> Habits:
    """Return the habits with what the index reads off creators, where the house knows no niches itself."""
    if habits.niches_of is not no_niches:
        return habits
    found = ports.similarity.niches([each.creator.id for each in ranking.matches])
    shares = {name: {niche.id: niche.share for niche in niches} for name, niches in found.items()}
    return replace(habits, niches_of=lambda each: shares.get(each.creator.id, {}))


def _looked_at(limit: int, wishes: Wishes) -> int:
    return limit * (_WIDE if wishes.quotas else _WIDTH)


def _ground(
    ports: Ports,
    tx: Transaction,
    campaign_id: CampaignId,
    ranking: MatchReport,
    *,
    at: datetime,
    habits: Habits,
) -> Ground:
    campaign, brand = the_campaign(tx, campaign_id)
    people = people_of(ports, tx, {each.creator.id for each in ranking.matches}, known=(campaign,))
    seen: dict[CreatorId, str] = {}
    obstacles: dict[CreatorId, str] = {
        each.creator.id: _obstacle(ports, tx, each, campaign_id, people, seen, at=at)
        for each in ranking.matches
    }
    return Ground(
        campaign=campaign,
        brand=brand,
        matches=ranking.matches,
        obstacles=obstacles,
        pool=pool_of(tx, campaign, now=at, habits=habits),
    )


def _obstacle(
    ports: Ports,
    tx: Transaction,
    each: Match,
    campaign_id: CampaignId,
    people: People,
    seen: dict[CreatorId, str],
    *,
    at: datetime,
) -> str:
    creator = each.creator
    history = people.history(creator.id)
    if any(p.outreach.campaign_id == campaign_id and p.outreach.creator_id == creator.id for p in history):
        return "already in this campaign"
    if not each.fit.reasons:
        return "nothing of theirs may be quoted, so no letter could be personal"
    if is_suppressed(ports, tx, creator):
        return "asked not to be written to"
    if creator.id in seen:
        return f"same address as {seen[creator.id]}"
    taken = people.taken_for_list(creator.id, at=at)
    if taken is not None:
        return in_words(taken)
    seen.update(dict.fromkeys(people.of(creator.id), creator.person))
    return ""


def _outreach(ports: Ports, campaign_id: CampaignId, fit: Fit, sender: str, *, at: datetime) -> Outreach:
    return Outreach(
        id=OutreachId(ports.ids.new("c")),
        campaign_id=campaign_id,
        creator_id=fit.creator_id,
        fit=fit,
        sender=sender,
        created_at=at,
        updated_at=at,
    )
