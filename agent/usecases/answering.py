"""Answers that a person read in a platform's app and brings in by hand.

They are kept as a mail is: the text first, then what it means, as a person says; plain rules only propose.
"""

from hashlib import sha256

from agent.domain.errors import BadInput
from agent.domain.handover import MAY_HAVE_GONE
from agent.domain.ids import HandoverId, InboundId, ReplyId
from agent.domain.inbound import parse
from agent.domain.people import Entry
from agent.domain.reading import read
from agent.domain.replies import InboundMail, Reply, ReplyKind
from agent.ports import Ports
from agent.usecases.handing import the_handover
from agent.usecases.honouring import take_answer
from agent.usecases.lookup import the_context
from agent.usecases.quieting import person_objected

KINDS = (
    ReplyKind.INTERESTED,
    ReplyKind.QUESTION,
    ReplyKind.NEGOTIATES,
    ReplyKind.NOT_NOW,
    ReplyKind.MANAGER,
    ReplyKind.DECLINED,
    ReplyKind.OPTED_OUT,
    ReplyKind.OTHER,
)
"""What somebody may have answered in a conversation; bounces and automatic mail are an e-mail's."""
ACCOUNT = "by hand"
"""The mailbox under which such answers are filed; the platform is the folder."""
_VALIDITY = 1


def kind_named(name: str) -> ReplyKind:
    """Return the kind of that name. Raises BadInput for one that nobody answers."""
    found = next((kind for kind in KINDS if kind.value == name), None)
    if found is None:
        known = ", ".join(kind.value for kind in KINDS)
        raise BadInput(f"“{name}” is not what a person answers; known: {known}.")
    return found


def proposed_kind(ports: Ports, text: str) -> ReplyKind:
    """Return what plain rules make of an answer, for a person to confirm."""
    kind = read(parse(_raw("", text)), today=ports.clock.now().date(), sense=ports.sense).kind
    return kind if kind in KINDS else ReplyKind.OTHER


def take_down_answer(ports: Ports, handover_id: HandoverId, *, text: str, kind: ReplyKind, by: str) -> Reply:
    """File an answer to a direct message and honour it: a no ends the conversation, an objection for ever.

    An objection suppresses profile and address in every campaign. Raises BadInput for an empty text, for a
    kind that nobody answers, for a message that never went, and for an answer that is on file already.
    """
    if not text.strip():
        raise BadInput("Paste what they wrote; nothing was filed.")
    kind_named(kind.value)
    at = ports.clock.now()
    with ports.store.write() as tx:
        handover = the_handover(tx, handover_id)
        context = the_context(tx, handover.outreach_id)
        if handover.state not in MAY_HAVE_GONE:
            raise BadInput(f"Message {handover_id} is {handover.state.value}: nobody can have answered it.")
        raw = _raw(f"{context.creator.person} {context.outreach.id}", text)
        mail = InboundMail(
            id=InboundId(ports.ids.new("i")),
            account=ACCOUNT,
            folder=context.creator.platform,
            uidvalidity=_VALIDITY,
            uid=tx.inbox.last_uid(ACCOUNT, context.creator.platform, _VALIDITY) + 1,
            digest=sha256(raw).hexdigest(),
            raw=raw,
            received_at=at,
        )
        if not tx.inbox.add(mail):
            raise BadInput("This answer is on file already; nothing was changed.")
        reply = Reply(
            id=ReplyId(ports.ids.new("r")),
            inbound_id=mail.id,
            outreach_id=context.outreach.id,
            kind=kind,
            until=None,
            from_address=context.creator.person,
            subject="",
            text=text.strip(),
            received_at=at,
        )
        tx.inbox.file(reply)
        tx.journal.add(Entry(at=at, who=by, what="answer taken down", subject=reply.id, why=kind.value))
        why = f"{kind.value} from {reply.id}"
        if kind is ReplyKind.OPTED_OUT:
            person_objected(ports, tx, context.creator, at=at, why=why)
        else:
            take_answer(ports, tx, context.outreach, kind, at=at, why=why)
    return reply


def _raw(headline: str, text: str) -> bytes:
    # a mail of its own, so that whatever reads mails again, or looks for a name in them, finds it
    body = text.strip().replace("\r\n", "\n").replace("\n", "\r\n")
    return (
        f"From: {headline}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n"
    ).encode()
