"""The seal: one hash over everything the recipient gets and everything it was promised."""

import json
from dataclasses import dataclass
from hashlib import sha256

from agent.domain.channel import Channel
from agent.domain.delivery import Delivery
from agent.domain.draft import Approval
from agent.domain.errors import NotReleased
from agent.domain.ids import Seal


@dataclass(frozen=True, kw_only=True)
class Correspondent:
    """A name and an e-mail address, as they stand in a header."""

    name: str
    email: str


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that goes with the letter."""

    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """Exactly what would leave: what the reviewer sees and what the seal covers.

    `body` is the letter with its footer; `offer` is the offer's terms in canonical words; `evidence` are the
    references of the receipts; `in_reply_to` and `references` are the Message-IDs of our earlier letters.
    A direct message has no subject and goes to `person` (`platform:handle`), whose page is `profile_url`.
    `answers` is the reply that is answered, with the hash of its text; empty where none is.
    """

    channel: Channel = Channel.EMAIL
    person: str = ""
    profile_url: str | None = None
    to: Correspondent
    sender: Correspondent
    reply_to: str
    subject: str
    body: str
    language: str
    attachments: tuple[Attachment, ...] = ()
    unsubscribe_url: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    offer: str = ""
    evidence: tuple[str, ...] = ()
    prompt: str = ""
    model: str = ""
    answers: str = ""

    @property
    def recipient(self) -> str:
        """Where it goes: the e-mail address, or `platform:handle`."""
        return self.person if self.channel is Channel.DM else self.to.email


def seal_of(outgoing: Outgoing) -> Seal:
    """Return the SHA-256 over a canonical form of all fields, in hexadecimal."""
    form: dict[str, object] = {
        "to": [outgoing.to.name, outgoing.to.email],
        "sender": [outgoing.sender.name, outgoing.sender.email],
        "reply_to": outgoing.reply_to,
        "subject": outgoing.subject,
        "body": sha256(outgoing.body.encode()).hexdigest(),
        "language": outgoing.language,
        "attachments": [
            [a.filename, a.media_type, sha256(a.content).hexdigest()] for a in outgoing.attachments
        ],
        "unsubscribe_url": outgoing.unsubscribe_url,
        "thread": [outgoing.in_reply_to, *outgoing.references],
        "offer": outgoing.offer,
        "evidence": list(outgoing.evidence),
        "prompt": outgoing.prompt,
        "model": outgoing.model,
    }
    way = (outgoing.channel, outgoing.person, outgoing.profile_url)
    if way != (Channel.EMAIL, "", None):
        # an e-mail's form says nothing of it: the seals of letters that wait in an outbox stay what they are
        form["way"] = [outgoing.channel.value, outgoing.person, outgoing.profile_url]
    if outgoing.answers:
        form["answers"] = outgoing.answers
    canonical = json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Seal(sha256(canonical.encode()).hexdigest())


class ApprovedLetter:
    """The only thing a mailer takes: a delivery whose bytes are the ones that a person approved.

    Raises NotReleased where delivery and approval do not belong together or a byte differs.
    """

    __slots__ = ("approval", "envelope_from", "envelope_to", "message_id", "raw")

    def __init__(self, delivery: Delivery, approval: Approval) -> None:
        if delivery.approval_id != approval.id or delivery.seal != approval.seal:
            raise NotReleased(f"Delivery {delivery.id} does not belong to approval {approval.id}; not sent.")
        if sha256(delivery.raw).hexdigest() != delivery.digest:
            raise NotReleased(f"The bytes of delivery {delivery.id} changed after the approval; not sent.")
        self.approval = approval
        self.message_id = delivery.message_id
        self.envelope_from = delivery.envelope_from
        self.envelope_to = delivery.envelope_to
        self.raw = delivery.raw
