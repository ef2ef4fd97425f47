"""Whether a delivery may leave, from everything that is on file at this moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from agent.domain.answering import overtaken_by
from agent.domain.brand import Pacing
from agent.domain.delivery import Delivery
from agent.domain.draft import Approval, Draft
from agent.domain.eligibility import Cancel, Hold, Leave, Standing, Verdict, may_leave
from agent.domain.errors import NanoreachError, NotApprovable, NotFound
from agent.domain.handover import MAY_HAVE_GONE, Handover
from agent.domain.ids import ApprovalId, CampaignId, CreatorId, DeliveryId, DraftId, OutreachId, Seal
from agent.domain.pacing import Hours, MailboxUse, day_start, zone_of
from agent.domain.replies import Reply
from agent.domain.seal import Outgoing, seal_of
from agent.ports import Ports, Transaction
from agent.usecases.lookup import Context, grouped, the_context, the_contexts
from agent.usecases.mailboxes import why_stopped
from agent.usecases.outgoing import outgoing_for
from agent.usecases.quieting import is_suppressed, names_of
from agent.usecases.taken import NO_ANSWER, People, people_of

_NO_LIMIT = 1_000_000
_UNREADABLE_WAIT = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Stand:
    """A delivery with everything that speaks for and against its leaving, as one transaction read it.

    `outgoing` is what would leave now, None where nothing can; `approval` the one that the delivery names.
    """

    draft: Draft
    context: Context
    standing: Standing
    outgoing: Outgoing | None
    approval: Approval | None
    could_have_answered: bool
    person: frozenset[CreatorId]

    def verdict(self, *, at: datetime, unreadable: str) -> Verdict:
        """Return whether the delivery may leave now.

        `unreadable` says why the mailbox could not be read: then it is held for people who could have
        answered.
        """
        verdict = may_leave(self.standing, now=at)
        if isinstance(verdict, Leave) and unreadable and self.could_have_answered:
            return Hold(
                until=at + _UNREADABLE_WAIT,
                reason=f"their answer could be in the mailbox, which cannot be read: {unreadable}",
            )
        return verdict


def stands_of(
    ports: Ports, tx: Transaction, deliveries: Sequence[Delivery], *, at: datetime
) -> Mapping[DeliveryId, Stand | Cancel]:
    """Return how each delivery stands, or why it never may leave; few statements for many of them.

    Asked when deliveries are claimed, and again at a fence wherever something changed since.
    """
    seen = _look_around(ports, tx, deliveries, at=at)
    return {delivery.id: _stand(ports, tx, seen, delivery, at=at) for delivery in deliveries}


def verdict_on_handover(
    ports: Ports, tx: Transaction, handover: Handover, *, at: datetime
) -> Leave | Hold | Cancel:
    """Return whether a direct message may be copied now; asked when it is shown and when it is marked.

    The mailbox's pacing does not concern it: the campaign's quota and the recipient's hours do.
    """
    try:
        context = the_context(tx, handover.outreach_id)
    except NotFound:
        return Cancel(reason="the person was erased")
    draft = tx.drafts.get(handover.draft_id)
    if draft is None:
        return Cancel(reason="the draft is gone")
    standing = Standing(
        touch=handover.touch,
        approved_seal=handover.seal,
        seal_now=_seal_now(ports, tx, draft, context),
        draft_status=draft.status,
        outreach_status=context.outreach.status,
        is_suppressed=is_suppressed(ports, tx, context.creator),
        replied_since=_replied_since(draft, tx.inbox.replies(outreach_id=draft.outreach_id)),
        taken=people_of(ports, tx, (context.creator.id,)).taken(context.outreach, at=at),
        due_at=handover.created_at,
        cadence=context.campaign.cadence,
        pacing=Pacing(per_day=_NO_LIMIT, gap=timedelta(0), window=context.brand.sender.pacing.window),
        hours=_hours(ports, context),
        use=MailboxUse(sent_today=0, last_sent_at=None),
        campaign_per_day=context.campaign.per_day,
        campaign_sent_today=_campaign_sent(tx, context, at=at, but=handover),
        is_answer=draft.answers is not None,
    )
    return may_leave(standing, now=at)


def _campaign_sent(tx: Transaction, context: Context, *, at: datetime, but: Handover | None = None) -> int:
    """Return how many letters of the campaign went today by any way, without the one that is asked about."""
    since, campaign = day_start(at), context.campaign.id
    itself = but is not None and but.state in MAY_HAVE_GONE and (but.claimed_at or at) >= since
    return (
        tx.deliveries.left_for(campaign, since=since)
        + tx.handovers.gone_for(campaign, since=since)
        - int(itself)
    )


@dataclass(frozen=True, kw_only=True)
class _Surroundings:
    """What several deliveries' standing is made of, each kind of record read once."""

    contexts: Mapping[OutreachId, Context | NanoreachError]
    drafts: Mapping[DraftId, Draft]
    approvals: Mapping[ApprovalId, Approval]
    suppressed: frozenset[str]
    replies: Mapping[OutreachId | None, Sequence[Reply]]
    people: People
    uses: Mapping[str, MailboxUse]
    stopped: Mapping[str, str]
    of_campaign: Mapping[CampaignId, int]


def _look_around(
    ports: Ports, tx: Transaction, deliveries: Sequence[Delivery], *, at: datetime
) -> _Surroundings:
    drafts = tx.drafts.with_ids(delivery.draft_id for delivery in deliveries)
    # of a creator's posts the seal is over those that the letter points to
    named = {receipt.ref for draft in drafts.values() for receipt in draft.letter.receipts}
    contexts = the_contexts(tx, (delivery.outreach_id for delivery in deliveries), posts=named)
    known = {name: context for name, context in contexts.items() if isinstance(context, Context)}
    campaigns = {context.campaign.id: context for context in known.values()}
    people = people_of(
        ports,
        tx,
        {context.creator.id for context in known.values()},
        known=[context.campaign for context in campaigns.values()],
    )
    names = {
        ports.fingerprints.of(name)
        for delivery in deliveries
        if delivery.outreach_id in known
        for name in names_of(known[delivery.outreach_id].creator, delivery.envelope_to)
    }
    mailboxes = {delivery.mailbox for delivery in deliveries}
    return _Surroundings(
        contexts=contexts,
        drafts=drafts,
        approvals=tx.drafts.approvals(delivery.approval_id for delivery in deliveries),
        suppressed=tx.privacy.suppressed(names),
        replies=grouped(tx.inbox.replies_to(known), lambda reply: reply.outreach_id),
        people=people,
        uses={mailbox: _use(tx, mailbox, at=at) for mailbox in mailboxes},
        stopped={mailbox: why_stopped(tx, mailbox) for mailbox in mailboxes},
        of_campaign={name: _campaign_sent(tx, context, at=at) for name, context in campaigns.items()},
    )


def _stand(
    ports: Ports, tx: Transaction, seen: _Surroundings, delivery: Delivery, *, at: datetime
) -> Stand | Cancel:
    context = seen.contexts[delivery.outreach_id]
    if not isinstance(context, Context):
        return Cancel(reason="the person was erased")
    draft = seen.drafts.get(delivery.draft_id)
    if draft is None:
        return Cancel(reason="the draft is gone")
    history = seen.people.history(context.creator.id)
    outgoing = _outgoing(ports, tx, draft, context)
    names = names_of(context.creator, delivery.envelope_to)
    standing = Standing(
        touch=delivery.touch,
        approved_seal=delivery.seal,
        seal_now=seal_of(outgoing) if outgoing is not None else None,
        draft_status=draft.status,
        outreach_status=context.outreach.status,
        is_suppressed=any(ports.fingerprints.of(name) in seen.suppressed for name in names),
        replied_since=_replied_since(draft, seen.replies.get(draft.outreach_id, ())),
        taken=seen.people.taken(context.outreach, at=at),
        due_at=delivery.created_at,
        cadence=context.campaign.cadence,
        pacing=context.brand.sender.pacing,
        hours=_hours(ports, context),
        use=seen.uses[delivery.mailbox],
        campaign_per_day=context.campaign.per_day,
        campaign_sent_today=seen.of_campaign[context.campaign.id],
        mailbox_stopped=seen.stopped[delivery.mailbox],
        is_answer=draft.answers is not None,
    )
    return Stand(
        draft=draft,
        context=context,
        standing=standing,
        outgoing=outgoing,
        approval=seen.approvals.get(delivery.approval_id),
        could_have_answered=delivery.touch > 1 or any(past.left_at is not None for past in history),
        person=seen.people.of(context.creator.id),
    )


def _use(tx: Transaction, mailbox: str, *, at: datetime) -> MailboxUse:
    load = tx.deliveries.load(mailbox, since=day_start(at))
    return MailboxUse(
        sent_today=load.sent,
        last_sent_at=load.last_sent_at,
        day=(day_start(at) - day_start(load.first_sent_at or at)).days,
    )


def _hours(ports: Ports, context: Context) -> Hours:
    country = context.creator.country
    return Hours(zone=zone_of(country), holiday=partial(ports.holiday, country))


def _seal_now(ports: Ports, tx: Transaction, draft: Draft, context: Context) -> Seal | None:
    outgoing = _outgoing(ports, tx, draft, context)
    return seal_of(outgoing) if outgoing is not None else None


def _outgoing(ports: Ports, tx: Transaction, draft: Draft, context: Context) -> Outgoing | None:
    try:
        return outgoing_for(ports, tx, draft, known=context)
    except NotApprovable:
        return None


def _replied_since(draft: Draft, replies: Sequence[Reply]) -> bool:
    if draft.answers is None:
        return any(reply.kind not in NO_ANSWER and reply.received_at >= draft.created_at for reply in replies)
    answered = next((reply for reply in replies if reply.id == draft.answers), None)
    return answered is not None and overtaken_by(answered, replies) is not None
