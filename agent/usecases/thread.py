"""Our side of a conversation: which letters left, and what they said."""

from agent.domain.channel import Channel
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.handover import MAY_HAVE_GONE
from agent.domain.ids import OutreachId
from agent.domain.mime import read_body
from agent.ports import Earlier, Transaction

_LEFT = frozenset({DeliveryState.SENT, DeliveryState.UNCERTAIN})


def sent_letters(tx: Transaction, outreach_id: OutreachId, *, before_touch: int) -> tuple[Delivery, ...]:
    """Return the deliveries of earlier touches that left, or may have, by touch."""
    deliveries = tx.deliveries.of_outreach(outreach_id)
    return tuple(d for d in deliveries if d.state in _LEFT and d.touch < before_touch)


def earlier_letters(tx: Transaction, outreach_id: OutreachId, *, before_touch: int) -> tuple[Earlier, ...]:
    """Return what the recipient got from us in this outreach, by whatever way, oldest first."""
    if before_touch == 1:
        return ()
    mails = (
        Earlier(
            touch=delivery.touch,
            sent_at=delivery.sent_at or delivery.created_at,
            subject=_subject(tx, delivery),
            body=read_body(delivery.raw),
        )
        for delivery in sent_letters(tx, outreach_id, before_touch=before_touch)
    )
    messages = (
        Earlier(
            touch=each.touch,
            sent_at=each.sent_at or each.claimed_at or each.created_at,
            subject="",
            body=each.text,
            channel=Channel.DM,
        )
        for each in tx.handovers.of_outreach(outreach_id)
        if each.state in MAY_HAVE_GONE and each.touch < before_touch
    )
    return tuple(sorted((*mails, *messages), key=lambda earlier: earlier.touch))


def _subject(tx: Transaction, delivery: Delivery) -> str:
    draft = tx.drafts.get(delivery.draft_id)
    return draft.letter.subject if draft is not None else ""
