"""Our side of a conversation: which letters left, and what they said."""

import re

from agent.domain.channel import Channel
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.handover import MAY_HAVE_GONE
from agent.domain.ids import OutreachId
from agent.domain.inbound import parse
from agent.domain.mime import read_body
from agent.domain.replies import Reply
from agent.ports import Earlier, Transaction

_LEFT = frozenset({DeliveryState.SENT, DeliveryState.UNCERTAIN})
_HEAD = re.compile(rb"\r?\n\r?\n")
_LONGEST_ID = 250  # a line of a header holds at most 998 characters (RFC 5322, 2.1.1)
_MOST_REFERENCES = 20


def sent_letters(tx: Transaction, outreach_id: OutreachId, *, before_touch: int) -> tuple[Delivery, ...]:
    """Return the deliveries of earlier touches that left, or may have, by touch."""
    if before_touch == 1:
        return ()
    deliveries = tx.deliveries.of_outreach(outreach_id)
    return tuple(d for d in deliveries if d.state in _LEFT and d.touch < before_touch)


def references_to(tx: Transaction, reply: Reply) -> tuple[str, ...]:
    """Return what References says in an answer to this mail: its own, then its Message-ID (RFC 5322, 3.6.4).

    Strangers write these headers: what is not one plain word is left out. Nothing for a mail without a usable
    Message-ID, and for what was taken down by hand.
    """
    mail = tx.inbox.mail(reply.inbound_id)
    if mail is None:
        return ()
    parsed = parse(_HEAD.split(mail.raw, maxsplit=1)[0] + b"\r\n\r\n")
    if parsed.message_id is None or not _is_plain(parsed.message_id):
        return ()
    before = parsed.references or parsed.in_reply_to[:1]
    kept = [each for each in before if _is_plain(each) and each != parsed.message_id]
    return (*kept[-_MOST_REFERENCES:], parsed.message_id)


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


def _is_plain(message_id: str) -> bool:
    return message_id.isascii() and message_id.isprintable() and len(message_id) <= _LONGEST_ID
