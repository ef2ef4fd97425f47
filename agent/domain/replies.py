"""What came back: the mail as it was read, and what it means for the conversation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from agent.domain.ids import InboundId, OutreachId, ReplyId
from agent.domain.outreach import OutreachStatus


class ReplyKind(StrEnum):
    """What an answer says; the order of the members is no order of preference."""

    INTERESTED = "interested"
    QUESTION = "question"
    NEGOTIATES = "negotiates"
    NOT_NOW = "not_now"
    DECLINED = "declined"
    OPTED_OUT = "opted_out"
    OUT_OF_OFFICE = "out_of_office"
    AUTO = "auto"
    MANAGER = "manager"
    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    OTHER = "other"


class Blame(StrEnum):
    """Whose a bounce is: the address is gone, the server asks for patience, or the refusal is about us."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    OURS = "ours"


@dataclass(frozen=True, kw_only=True)
class FailedRecipient:
    """One recipient that a bounce speaks of, with the server's reason."""

    address: str
    blame: Blame
    reason: str


@dataclass(frozen=True, kw_only=True)
class InboundMail:
    """A raw message as the mailbox holds it, stored before anything is made of it."""

    id: InboundId
    account: str
    folder: str
    uidvalidity: int
    uid: int
    digest: str
    raw: bytes
    received_at: datetime


@dataclass(frozen=True, kw_only=True)
class ParsedMail:
    """The parts of a message that decide. `text` is only what the sender newly wrote.

    `is_bounce` without `failed`: letters came back, and nobody can say whose. `is_only_quoted`: nothing in it
    could be told apart as new; the whole text is there for a person to read, and nobody's answer.
    """

    message_id: str | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    from_address: str
    from_name: str
    subject: str
    sent_on: date | None
    text: str
    is_automatic: bool
    failed: tuple[FailedRecipient, ...] = ()
    original_message_id: str | None = None
    is_complaint: bool = False
    is_bounce: bool = False
    is_only_quoted: bool = False


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What is made of a message. `until` is the first day on which the person is available.

    `is_sensed` where it was not the rules that said so, but what it sounds like.
    """

    kind: ReplyKind
    until: date | None = None
    is_sensed: bool = False


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer on file. `outreach_id` is None where nobody could say whose it is; a person decides then."""

    id: ReplyId
    inbound_id: InboundId
    outreach_id: OutreachId | None
    kind: ReplyKind
    until: date | None
    from_address: str
    subject: str
    text: str
    received_at: datetime


CALMING = frozenset({ReplyKind.OPTED_OUT, ReplyKind.DECLINED, ReplyKind.NOT_NOW})
"""All that a model may call an answer that no rule knew: each makes a conversation less active."""


Sense = Callable[[str], Mapping[ReplyKind, float]]
"""Says how likely an answer is each kind of `CALMING`, or something else (OTHER); the shares add up to one.

It is told the text in one spelling: small letters without accents, chat spelling written out.
"""


def status_after(kind: ReplyKind, was: OutreachStatus) -> OutreachStatus:
    """Return where an outreach stands after an answer: a reply can only make a thread less active.

    Out-of-office, automatic mail, and bounces that do not concern the person leave it where it was.
    """
    match kind:
        case ReplyKind.OUT_OF_OFFICE | ReplyKind.AUTO | ReplyKind.BOUNCE:
            return was
        case ReplyKind.OPTED_OUT | ReplyKind.COMPLAINT:
            wanted = OutreachStatus.STOPPED
        case ReplyKind.DECLINED:
            wanted = OutreachStatus.DECLINED
        case _:
            wanted = OutreachStatus.IN_CONVERSATION
    return wanted if _RANK[wanted] > _RANK[was] else was


# how final a state is: an answer never moves an outreach back
_RANK = {
    OutreachStatus.SHORTLISTED: 0,
    OutreachStatus.CONTACTED: 1,
    OutreachStatus.IN_CONVERSATION: 2,
    OutreachStatus.AGREED: 3,
    OutreachStatus.CLOSED: 4,
    OutreachStatus.DECLINED: 5,
    OutreachStatus.STOPPED: 6,
}
