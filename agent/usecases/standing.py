"""Whether a delivery may leave, from everything that is on file at this moment."""

from datetime import datetime, timedelta
from functools import partial

from agent.domain.answering import overtaken_by
from agent.domain.brand import Pacing
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.draft import Draft
from agent.domain.eligibility import Cancel, Hold, Leave, Standing, may_leave
from agent.domain.errors import NotApprovable, NotFound
from agent.domain.handover import MAY_HAVE_GONE, Handover
from agent.domain.ids import OutreachId, Seal
from agent.domain.outreach import FINAL_NO, Outreach, OutreachStatus
from agent.domain.pacing import Hours, MailboxUse, day_start, zone_of
from agent.domain.replies import ReplyKind
from agent.domain.seal import seal_of
from agent.ports import Ports, Transaction
from agent.usecases.lookup import Context, the_context
from agent.usecases.mailboxes import why_stopped
from agent.usecases.outgoing import outgoing_for
from agent.usecases.quieting import is_suppressed

_NO_LIMIT = 1_000_000
_UNREADABLE_WAIT = timedelta(minutes=10)
_NO_ANSWER = frozenset({ReplyKind.OUT_OF_OFFICE, ReplyKind.AUTO, ReplyKind.BOUNCE})
_LEFT = frozenset({DeliveryState.DATA, DeliveryState.SENT, DeliveryState.UNCERTAIN})
_ENGAGED = frozenset(
    {OutreachStatus.CONTACTED, OutreachStatus.IN_CONVERSATION, OutreachStatus.AGREED, *FINAL_NO}
)


def verdict_on(
    ports: Ports, tx: Transaction, delivery: Delivery, *, at: datetime, unreadable: str
) -> Leave | Hold | Cancel:
    """Return whether a delivery may leave now; asked when it is claimed and again at the fence.

    `unreadable` says why the mailbox could not be read: then it is held for people who could have answered.
    """
    try:
        context = the_context(tx, delivery.outreach_id)
    except NotFound:
        return Cancel(reason="the person was erased")
    draft = tx.drafts.get(delivery.draft_id)
    if draft is None:
        return Cancel(reason="the draft is gone")
    verdict = may_leave(_standing(ports, tx, delivery, draft, context, at=at), now=at)
    if isinstance(verdict, Leave) and unreadable and _could_have_answered(tx, delivery, context):
        return Hold(
            until=at + _UNREADABLE_WAIT,
            reason=f"their answer could be in the mailbox, which cannot be read: {unreadable}",
        )
    return verdict


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
        replied_since=_replied_since(tx, draft),
        other_conversation=_other_conversation(tx, context),
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


def _standing(
    ports: Ports, tx: Transaction, delivery: Delivery, draft: Draft, context: Context, *, at: datetime
) -> Standing:
    load = tx.deliveries.load(delivery.mailbox, since=day_start(at))
    return Standing(
        touch=delivery.touch,
        approved_seal=delivery.seal,
        seal_now=_seal_now(ports, tx, draft, context),
        draft_status=draft.status,
        outreach_status=context.outreach.status,
        is_suppressed=is_suppressed(ports, tx, context.creator, delivery.envelope_to),
        replied_since=_replied_since(tx, draft),
        other_conversation=_other_conversation(tx, context),
        due_at=delivery.created_at,
        cadence=context.campaign.cadence,
        pacing=context.brand.sender.pacing,
        hours=_hours(ports, context),
        use=MailboxUse(
            sent_today=load.sent,
            last_sent_at=load.last_sent_at,
            day=(day_start(at) - day_start(load.first_sent_at or at)).days,
        ),
        campaign_per_day=context.campaign.per_day,
        campaign_sent_today=_campaign_sent(tx, context, at=at),
        mailbox_stopped=why_stopped(tx, delivery.mailbox),
        is_answer=draft.answers is not None,
    )


def _hours(ports: Ports, context: Context) -> Hours:
    country = context.creator.country
    return Hours(zone=zone_of(country), holiday=partial(ports.holiday, country))


def _seal_now(ports: Ports, tx: Transaction, draft: Draft, context: Context) -> Seal | None:
    try:
        return seal_of(outgoing_for(ports, tx, draft, known=context))
    except NotApprovable:
        return None


def _replied_since(tx: Transaction, draft: Draft) -> bool:
    replies = tx.inbox.replies(outreach_id=draft.outreach_id)
    if draft.answers is None:
        return any(
            reply.kind not in _NO_ANSWER and reply.received_at >= draft.created_at for reply in replies
        )
    answered = next((reply for reply in replies if reply.id == draft.answers), None)
    return answered is not None and overtaken_by(answered, replies) is not None


def _other_conversation(tx: Transaction, context: Context) -> str | None:
    others = (each for each in _of_this_person(tx, context) if each.id != context.outreach.id)
    return next((o.id for o in others if o.status in _ENGAGED or _has_left(tx, o.id)), None)


def _could_have_answered(tx: Transaction, delivery: Delivery, context: Context) -> bool:
    return delivery.touch > 1 or any(_has_left(tx, each.id) for each in _of_this_person(tx, context))


def _of_this_person(tx: Transaction, context: Context) -> tuple[Outreach, ...]:
    address = context.creator.address
    profiles = tx.creators.with_email(address.email) if address else ()
    return tx.outreach.of_creators({context.creator.id, *(profile.id for profile in profiles)})


def _has_left(tx: Transaction, outreach_id: OutreachId) -> bool:
    return any(delivery.state in _LEFT for delivery in tx.deliveries.of_outreach(outreach_id)) or any(
        handover.state in MAY_HAVE_GONE for handover in tx.handovers.of_outreach(outreach_id)
    )
