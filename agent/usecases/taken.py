"""Who speaks with whom, as the store has it: read at once for several creators, judged by one rule.

A person is a creator with every other profile that is reached at the same address, an agency's included.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from agent.domain.brand import Cadence, Campaign
from agent.domain.brief import AgreementStatus
from agent.domain.ids import CampaignId, CreatorId, OutreachId
from agent.domain.outreach import Outreach, OutreachStatus
from agent.domain.replies import ReplyKind
from agent.domain.taken import Manners, Past, Taken, taken, taken_for_list
from agent.ports import Ports, Transaction
from agent.usecases.lookup import grouped, the_campaign

NO_ANSWER = frozenset({ReplyKind.OUT_OF_OFFICE, ReplyKind.AUTO, ReplyKind.BOUNCE})
"""What comes in and is no word of theirs."""
_OVER = frozenset({AgreementStatus.CHECKED, AgreementStatus.WITHDRAWN})


@dataclass(frozen=True, kw_only=True)
class People:
    """Creators as persons: the profiles of each, and every outreach to them with what went both ways."""

    manners: Manners
    profiles: Mapping[CreatorId, frozenset[CreatorId]] = field(default_factory=dict)
    pasts: Mapping[CreatorId, Sequence[Past]] = field(default_factory=dict)

    def of(self, creator: CreatorId) -> frozenset[CreatorId]:
        """Return the profiles of the person behind a creator."""
        return self.profiles.get(creator, frozenset({creator}))

    def history(self, creator: CreatorId) -> tuple[Past, ...]:
        """Return every outreach to the person behind a creator."""
        return tuple(past for profile in self.of(creator) for past in self.pasts.get(profile, ()))

    def taken(self, outreach: Outreach, *, at: datetime) -> Taken | None:
        """Return what speaks against another letter of an outreach, or None."""
        history = self.history(outreach.creator_id)
        return taken(history, this=outreach.id, now=at, manners=self.manners)

    def taken_for_list(self, creator: CreatorId, *, at: datetime) -> Taken | None:
        """Return what speaks against putting a creator on a list, or None."""
        return taken_for_list(self.history(creator), now=at, manners=self.manners)


def people_of(
    ports: Ports, tx: Transaction, creators: Iterable[CreatorId], *, known: Iterable[Campaign] = ()
) -> People:
    """Return these creators with all that was written to them; a few statements for however many.

    `known` are campaigns that this transaction has read already.
    """
    profiles = tx.creators.same_person(creators)
    rows = tx.outreach.of_creators(frozenset(chain.from_iterable(profiles.values())))
    cadences = _cadences(tx, rows, known)
    left, heard, over = _left(tx, rows), _heard(tx, rows), _over(tx, rows)
    pasts = (
        Past(
            outreach=row,
            cadence=cadences[row.campaign_id],
            left_at=left.get(row.id),
            heard_at=heard.get(row.id),
            over_at=over.get(row.id),
        )
        for row in rows
    )
    return People(
        manners=ports.manners,
        profiles=profiles,
        pasts=grouped(pasts, lambda past: past.outreach.creator_id),
    )


def keeping(
    ports: Ports, tx: Transaction, outreach_ids: Iterable[OutreachId], *, at: datetime
) -> Mapping[OutreachId, Taken]:
    """Return what keeps people from the next letter of each outreach, where something does."""
    return keeping_from(ports, tx, tx.outreach.with_ids(outreach_ids).values(), at=at)


def keeping_from(
    ports: Ports, tx: Transaction, rows: Collection[Outreach], *, at: datetime
) -> Mapping[OutreachId, Taken]:
    """Do the same for outreach that this transaction has read already."""
    people = people_of(ports, tx, {row.creator_id for row in rows})
    found = ((row.id, people.taken(row, at=at)) for row in rows)
    return {name: reason for name, reason in found if reason is not None}


def _cadences(
    tx: Transaction, rows: Iterable[Outreach], known: Iterable[Campaign]
) -> Mapping[CampaignId, Cadence]:
    found = {campaign.id: campaign.cadence for campaign in known}
    missing = {row.campaign_id for row in rows} - found.keys()
    return found | {name: the_campaign(tx, name)[0].cadence for name in missing}


def _left(tx: Transaction, rows: Sequence[Outreach]) -> Mapping[OutreachId, datetime]:
    """Return when something last left in each conversation, or may have, by whatever way."""
    names = [row.id for row in rows]
    by_mail = [
        (each.outreach_id, each.sent_at or each.tried_at or each.created_at)
        for each in tx.deliveries.left_of(names)
    ]
    by_hand = [
        (each.outreach_id, each.sent_at or each.claimed_at or each.created_at)
        for each in tx.handovers.gone_of(names)
    ]
    return _latest((*by_mail, *by_hand))


def _heard(tx: Transaction, rows: Sequence[Outreach]) -> Mapping[OutreachId, datetime]:
    """Return when they last wrote in each conversation in which that matters: an open one."""
    open_ones = [row.id for row in rows if row.status is OutreachStatus.IN_CONVERSATION]
    replies = tx.inbox.replies_to(open_ones) if open_ones else ()
    return _latest(
        (each.outreach_id, each.received_at)
        for each in replies
        if each.outreach_id is not None and each.kind not in NO_ANSWER
    )


def _over(tx: Transaction, rows: Sequence[Outreach]) -> Mapping[OutreachId, datetime]:
    """Return when the agreement of each conversation that has one came to its end."""
    agreed = (tx.briefs.agreement(row.id) for row in rows if row.status is OutreachStatus.AGREED)
    return {each.outreach_id: each.updated_at for each in agreed if each is not None and each.status in _OVER}


def _latest(moments: Iterable[tuple[OutreachId, datetime]]) -> Mapping[OutreachId, datetime]:
    found: dict[OutreachId, datetime] = {}
    for name, moment in moments:
        found[name] = max(moment, found.get(name, moment))
    return found
