"""A person says what an answer means, where it was read wrong; a no that was none is taken back."""

from dataclasses import replace
from datetime import datetime

from agent.domain.errors import BadInput
from agent.domain.ids import ReplyId
from agent.domain.inbound import parse
from agent.domain.outreach import Outreach, OutreachStatus
from agent.domain.people import Entry
from agent.domain.reading.dates import available_from
from agent.domain.replies import Reading, Reply, ReplyKind
from agent.ports import Ports, Transaction
from agent.usecases.answering import KINDS
from agent.usecases.honouring import honour
from agent.usecases.lookup import the_context

READ_WRONG = frozenset(KINDS) - {ReplyKind.OPTED_OUT}
"""Kinds that a person may correct. A wish to be left alone is no reading to argue with: it stays."""


def may_correct(reply: Reply) -> bool:
    """Return whether somebody may say what an answer means instead."""
    return reply.outreach_id is not None and reply.kind in READ_WRONG


def correct(ports: Ports, reply_id: ReplyId, kind: ReplyKind, *, by: str) -> Reply:
    """File the newest answer of a conversation under another kind, as a person says, and honour that.

    What the wrong reading called off stays called off; a conversation that a wrong no ended goes on. Raises
    BadInput for an answer that is not there, in no conversation, not its newest, or of a kind that stays.
    """
    at = ports.clock.now()
    with ports.store.write() as tx:
        reply = next((each for each in tx.inbox.replies() if each.id == reply_id), None)
        mail = tx.inbox.mail(reply.inbound_id) if reply is not None else None
        if reply is None or mail is None or reply.outreach_id is None:
            raise BadInput(f"There is no answer {reply_id} in a conversation of ours.")
        if reply.kind not in READ_WRONG or kind not in KINDS or kind is reply.kind:
            raise BadInput(
                f"Answer {reply_id} was read as “{reply.kind.value}”, which cannot become “{kind.value}”."
            )
        if tx.inbox.replies(outreach_id=reply.outreach_id)[-1].id != reply.id:
            raise BadInput(f"They wrote again after answer {reply_id}: correct the newest one.")
        outreach = _reopened(tx, the_context(tx, reply.outreach_id).outreach, reply, kind, by=by, at=at)
        parsed = parse(mail.raw)
        day = parsed.sent_on or mail.received_at.date()
        until = available_from(reply.text, today=day) if kind is ReplyKind.NOT_NOW else None
        corrected = replace(reply, kind=kind, until=until)
        tx.inbox.file(corrected)
        why = f"{reply.kind.value} was read, {kind.value} is meant"
        tx.journal.add(Entry(at=at, who=by, what="answer corrected", subject=reply.id, why=why))
        reading = Reading(kind=kind, until=until)
        honour(ports, tx, parsed, reading, outreach, at=at, why=f"{kind.value} from {reply.id}, as {by} says")
    return corrected


def _reopened(
    tx: Transaction, outreach: Outreach, reply: Reply, kind: ReplyKind, *, by: str, at: datetime
) -> Outreach:
    """Return the conversation, going on again where a no that was none had ended it."""
    if reply.kind is not ReplyKind.DECLINED or kind is ReplyKind.OPTED_OUT:
        return outreach
    if outreach.status is not OutreachStatus.DECLINED:
        return outreach
    again = outreach.reopened(at=at, reason=f"{by} read {reply.id} again")
    tx.outreach.save(again)
    return again
