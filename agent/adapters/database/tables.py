"""The tables. What is searched or sorted is a column with an index; what is only read together is JSON.

Everything that belongs to a creator goes with the creator (`ON DELETE CASCADE`): erasure is one statement.
"""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKeyConstraint, Index, MetaData, Text, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

from agent.adapters.database.columns import Instant, Name, Nested, Whole
from agent.domain.brand import Cadence, Fact, ModelBudget, Offer, Programme, Sender, Value, Voice
from agent.domain.brief import BriefLetter, Terms
from agent.domain.channel import Channel
from agent.domain.creator import Provenance
from agent.domain.draft import Finding, Origin, Usage
from agent.domain.fit import Fit
from agent.domain.letter import Letter

Texts = tuple[str, ...]

# A partial index serves only a query that repeats its condition word for word, not as a parameter.
QUEUED = text("state = 'queued'")
LIVE = text("state <> 'cancelled'")
WAITING = text("next_touch_at IS NOT NULL")
UNREAD = text("NOT filed")
OPEN_ANSWER = text("answers IS NOT NULL AND status IN ('written', 'blocked', 'pending')")
QUEUED_ANSWER = text("state = 'queued' AND answers IS NOT NULL")


class Row(SQLModel):
    """What all tables share: one set of names for keys and indexes, so that migrations can name them."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )


class CreatorRow(Row, table=True):
    """A creator; `handle_key` and `email_key` are case-folded for finding."""

    __tablename__ = "creators"
    __table_args__ = (Index(None, "handle_key", "platform"),)

    id: int = Field(primary_key=True, sa_type=Whole)
    platform: str
    handle: str
    handle_key: str
    url: str | None
    name: str | None
    language: str | None
    country: str | None
    followers: int | None = Field(sa_type=Whole)
    bio_original: str
    bio: str
    email: str | None
    email_key: str | None = Field(index=True)
    provenance: Any = Field(sa_type=Nested(Provenance), nullable=True)
    business_contact: bool | None
    updated_at: datetime = Field(sa_type=Instant)


class PostRow(Row, table=True):
    """A post, known to its creator by its key."""

    __tablename__ = "posts"

    creator_id: int = Field(primary_key=True, foreign_key="creators.id", ondelete="CASCADE", sa_type=Whole)
    key: str = Field(primary_key=True)
    position: int
    original: str
    text: str
    kind: str
    published_on: date | None
    likes: int | None = Field(sa_type=Whole)
    comments: int | None = Field(sa_type=Whole)
    views: int | None = Field(sa_type=Whole)
    url: str | None


class BrandRow(Row, table=True):
    """A brand."""

    __tablename__ = "brands"

    id: str = Field(primary_key=True, sa_type=Name)
    name: str
    language: str
    address_form: str
    postal_address: str
    website: str | None
    privacy_url: str | None
    sender: Any = Field(sa_type=Nested(Sender))
    brand_values: Any = Field(sa_type=Nested(tuple[Value, ...]))
    voice: Any = Field(sa_type=Nested(Voice))
    facts: Any = Field(sa_type=Nested(tuple[Fact, ...]))
    programme: Any = Field(sa_type=Nested(Programme), nullable=True)
    competitors: Any = Field(sa_type=Nested(Texts), nullable=True)
    other_senders: Any = Field(sa_type=Nested(tuple[Sender, ...]), nullable=True)


class CampaignRow(Row, table=True):
    """A campaign of a brand."""

    __tablename__ = "campaigns"

    id: str = Field(primary_key=True, sa_type=Name)
    brand_id: str = Field(foreign_key="brands.id", sa_type=Name, index=True)
    objective: str
    category: str | None
    languages: Any = Field(sa_type=Nested(Texts))
    countries: Any = Field(sa_type=Nested(Texts))
    followers_from: int | None = Field(sa_type=Whole)
    followers_to: int | None = Field(sa_type=Whole)
    platforms: Any = Field(sa_type=Nested(Texts))
    offer: Any = Field(sa_type=Nested(Offer))
    cadence: Any = Field(sa_type=Nested(Cadence))
    per_day: int | None
    channels: Any = Field(sa_type=Nested(tuple[Channel, ...]), nullable=True)
    draft_answers: bool | None
    models: Any = Field(sa_type=Nested(ModelBudget), nullable=True)


class OutreachRow(Row, table=True):
    """One creator in one campaign; `score` is the fit's, for sorting."""

    __tablename__ = "outreach"
    __table_args__ = (
        UniqueConstraint("campaign_id", "creator_id"),
        Index(None, "campaign_id", "score"),
        Index(None, "campaign_id", "status", "touches_sent"),
        Index(
            "ix_outreach_due",
            "next_touch_at",
            "id",
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
    )

    id: str = Field(primary_key=True, sa_type=Name)
    campaign_id: str = Field(foreign_key="campaigns.id", sa_type=Name)
    creator_id: int = Field(foreign_key="creators.id", ondelete="CASCADE", sa_type=Whole, index=True)
    score: float
    fit: Any = Field(sa_type=Nested(Fit))
    status: str
    touches_sent: int
    next_touch_at: datetime | None = Field(sa_type=Instant)
    reason: str
    sender: str = Field(sa_column_kwargs={"server_default": ""})
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)


_QUEUE = ("created_at", "id", "language", "has_findings", "touch", "answers", "assigned_to")


class DraftRow(Row, table=True):
    """A draft with its sentences, receipts and findings; a reply has one open answer at the most.

    `answers` is no foreign key: an answer whose reply is gone must not become a letter of another kind.
    `campaign_id`, `language` and `has_findings` repeat what outreach, letter and findings say, for the queue.
    """

    __tablename__ = "drafts"
    __table_args__ = (
        # what the queue is filtered by stands behind its order: a row that does not fit is not even opened
        Index("ix_drafts_queue", "status", *_QUEUE, "campaign_id"),
        Index("ix_drafts_queue_of_campaign", "campaign_id", "status", *_QUEUE),
        Index(None, "created_at", "id"),
        Index(
            "ux_drafts_open_answer",
            "answers",
            unique=True,
            sqlite_where=OPEN_ANSWER,
            postgresql_where=OPEN_ANSWER,
        ),
    )

    id: str = Field(primary_key=True, sa_type=Name)
    outreach_id: str = Field(foreign_key="outreach.id", ondelete="CASCADE", sa_type=Name, index=True)
    touch: int
    channel: str = Field(sa_column_kwargs={"server_default": Channel.EMAIL.value})
    answers: str | None = Field(sa_type=Name)
    letter: Any = Field(sa_type=Nested(Letter))
    origin: Any = Field(sa_type=Nested(Origin))
    usage: Any = Field(sa_type=Nested(Usage))
    findings: Any = Field(sa_type=Nested(tuple[Finding, ...]))
    status: str
    first_letter: Any = Field(sa_type=Nested(Letter), nullable=True)
    edited_by: str | None
    note: str
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
    campaign_id: str = Field(sa_type=Name, sa_column_kwargs={"server_default": ""})
    language: str = Field(sa_column_kwargs={"server_default": ""})
    has_findings: bool = Field(sa_column_kwargs={"server_default": false()})
    revises: str | None = Field(sa_type=Name)
    assigned_to: str | None


class ApprovalRow(Row, table=True):
    """A person's yes."""

    __tablename__ = "approvals"

    id: str = Field(primary_key=True, sa_type=Name)
    draft_id: str = Field(foreign_key="drafts.id", ondelete="CASCADE", sa_type=Name, index=True)
    seal: str
    by: str
    at: datetime = Field(sa_type=Instant)


class RejectionRow(Row, table=True):
    """A person's no; a draft is rejected once."""

    __tablename__ = "rejections"

    draft_id: str = Field(primary_key=True, foreign_key="drafts.id", ondelete="CASCADE", sa_type=Name)
    reason: str
    note: str
    by: str
    at: datetime = Field(sa_type=Instant)


class OpenedRow(Row, table=True):
    """Who has a letter open on the desk, since when and until when."""

    __tablename__ = "opened"

    draft_id: str = Field(primary_key=True, foreign_key="drafts.id", ondelete="CASCADE", sa_type=Name)
    who: str
    since: datetime = Field(sa_type=Instant)
    until: datetime = Field(sa_type=Instant)


class DeliveryRow(Row, table=True):
    """A row of the outbox. `left_at` is when it left or may have left, None where it surely did not."""

    __tablename__ = "deliveries"
    __table_args__ = (
        Index(
            "ux_deliveries_live",
            "outreach_id",
            "touch",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        Index(
            "ix_deliveries_due",
            "state",  # always the same, but without it SQLite prefers an index that sorts worse
            "due_at",
            "id",
            sqlite_where=QUEUED,
            postgresql_where=QUEUED,
        ),
        Index(None, "state", "created_at", "id"),
        Index(None, "created_at", "id"),
        Index(None, "mailbox", "left_at"),
        Index(
            "ix_deliveries_due_answer",
            "due_at",
            "id",
            sqlite_where=QUEUED_ANSWER,
            postgresql_where=QUEUED_ANSWER,
        ),
    )

    id: str = Field(primary_key=True, sa_type=Name)
    outreach_id: str = Field(foreign_key="outreach.id", ondelete="CASCADE", sa_type=Name, index=True)
    touch: int
    draft_id: str = Field(foreign_key="drafts.id", ondelete="CASCADE", sa_type=Name, index=True)
    approval_id: str = Field(foreign_key="approvals.id", ondelete="CASCADE", sa_type=Name, index=True)
    seal: str
    message_id: str = Field(index=True)
    mailbox: str
    envelope_from: str
    envelope_to: str
    raw: bytes
    digest: str
    state: str
    due_at: datetime = Field(sa_type=Instant)
    owner: str | None
    lease_until: datetime | None = Field(sa_type=Instant)
    attempts: int
    reason: str
    created_at: datetime = Field(sa_type=Instant)
    tried_at: datetime | None = Field(sa_type=Instant)
    sent_at: datetime | None = Field(sa_type=Instant)
    left_at: datetime | None = Field(sa_type=Instant)
    answers: str | None = Field(sa_type=Name)
    proof: str = Field(sa_column_kwargs={"server_default": ""})


class HandoverRow(Row, table=True):
    """A direct message that a person copies into a platform's app; `by` is who has it in hand or had."""

    __tablename__ = "handovers"
    __table_args__ = (
        Index(
            "ux_handovers_live",
            "outreach_id",
            "touch",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        Index(None, "state", "created_at", "id"),
    )

    id: str = Field(primary_key=True, sa_type=Name)
    outreach_id: str = Field(foreign_key="outreach.id", ondelete="CASCADE", sa_type=Name, index=True)
    touch: int
    draft_id: str = Field(foreign_key="drafts.id", ondelete="CASCADE", sa_type=Name, index=True)
    approval_id: str = Field(foreign_key="approvals.id", ondelete="CASCADE", sa_type=Name, index=True)
    seal: str
    person: str
    profile_url: str | None
    text: str
    state: str
    by: str | None
    claimed_at: datetime | None = Field(sa_type=Instant)
    reason: str
    created_at: datetime = Field(sa_type=Instant)
    sent_at: datetime | None = Field(sa_type=Instant)


class InboundRow(Row, table=True):
    """A raw mail; `filed` says whether something has been made of it.

    The mail of an erased person keeps its place and hash without its text, so that it is not read in again.
    """

    __tablename__ = "inbound"
    __table_args__ = (
        UniqueConstraint("account", "folder", "uidvalidity", "uid"),
        UniqueConstraint("account", "digest"),
        Index(
            "ix_inbound_unread",
            "received_at",
            "uid",
            "id",
            sqlite_where=UNREAD,
            postgresql_where=UNREAD,
        ),
    )

    id: str = Field(primary_key=True, sa_type=Name)
    account: str
    folder: str
    uidvalidity: int = Field(sa_type=Whole)
    uid: int = Field(sa_type=Whole)
    digest: str
    raw: bytes | None
    received_at: datetime = Field(sa_type=Instant)
    filed: bool


class ReadFolderRow(Row, table=True):
    """How far a folder was read, where its newest mails are copies of what is stored at another place."""

    __tablename__ = "read_folders"

    account: str = Field(primary_key=True)
    folder: str = Field(primary_key=True)
    uidvalidity: int = Field(primary_key=True, sa_type=Whole)
    uid: int = Field(sa_type=Whole)


class ReplyRow(Row, table=True):
    """What was made of a mail: one reply for each."""

    __tablename__ = "replies"
    __table_args__ = (Index(None, "received_at", "id"),)

    id: str = Field(primary_key=True, sa_type=Name)
    inbound_id: str = Field(foreign_key="inbound.id", ondelete="CASCADE", sa_type=Name, unique=True)
    outreach_id: str | None = Field(foreign_key="outreach.id", ondelete="CASCADE", sa_type=Name, index=True)
    kind: str
    until: date | None
    from_address: str
    subject: str
    text: str
    received_at: datetime = Field(sa_type=Instant)


class AgreementRow(Row, table=True):
    """How far an agreement has come: one for each outreach."""

    __tablename__ = "agreements"

    outreach_id: str = Field(primary_key=True, foreign_key="outreach.id", ondelete="CASCADE", sa_type=Name)
    status: str
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)


class BriefRow(Row, table=True):
    """A version of a brief: terms that are never changed."""

    __tablename__ = "briefs"
    __table_args__ = (UniqueConstraint("outreach_id", "number"),)

    id: str = Field(primary_key=True, sa_type=Name)
    outreach_id: str = Field(foreign_key="outreach.id", ondelete="CASCADE", sa_type=Name)
    number: int
    language: str
    terms: Any = Field(sa_type=Nested(Terms))
    digest: str
    by: str
    frozen_at: datetime = Field(sa_type=Instant)


class BriefApprovalRow(Row, table=True):
    """A person's yes to a version, with the letter and the PDF that were read."""

    __tablename__ = "brief_approvals"

    brief_id: str = Field(primary_key=True, foreign_key="briefs.id", ondelete="CASCADE", sa_type=Name)
    seal: str
    letter: Any = Field(sa_type=Nested(BriefLetter))
    pdf: bytes
    pdf_digest: str
    by: str
    at: datetime = Field(sa_type=Instant)


class BriefAnswerRow(Row, table=True):
    """What a creator answered to a version."""

    __tablename__ = "brief_answers"

    id: str = Field(primary_key=True, sa_type=Name)
    brief_id: str = Field(foreign_key="briefs.id", ondelete="CASCADE", sa_type=Name, index=True)
    kind: str
    text: str
    at: datetime = Field(sa_type=Instant)


class SuppressionRow(Row, table=True):
    """A fingerprint that is never written to again."""

    __tablename__ = "suppressions"

    fingerprint: str = Field(primary_key=True)
    reason: str
    at: datetime = Field(sa_type=Instant)


class EntryRow(Row, table=True):
    """A row of the journal; triggers refuse its deletion and every change but blanking whom it is about."""

    __tablename__ = "journal"
    __table_args__ = (Index(None, "subject", "at", "number"),)

    number: int | None = Field(default=None, primary_key=True, sa_type=Whole)
    at: datetime = Field(sa_type=Instant)
    who: str
    what: str
    subject: str
    why: str
    subject_salt: bytes | None = None
    subject_digest: bytes | None = None
    why_salt: bytes | None = None
    why_digest: bytes | None = None
    before: bytes | None = None
    own: bytes | None = None


class ErasureRow(Row, table=True):
    """A forgetting that is not finished: what of a person who is out of the store is still in files."""

    __tablename__ = "erasures"

    id: str = Field(primary_key=True, sa_type=Name)
    creators: Any = Field(sa_type=Nested(tuple[int, ...]))
    message_ids: Any = Field(sa_type=Nested(Texts))
    begun_at: datetime = Field(sa_type=Instant)


class TextRow(Row, table=True):
    """A version of a text, with its front matter."""

    __tablename__ = "texts"

    name: str = Field(primary_key=True, sa_type=Name)
    language: str = Field(primary_key=True, sa_type=Name)
    version: str = Field(primary_key=True, sa_type=Name)
    source: str
    kept_at: datetime = Field(sa_type=Instant)


class PublicationRow(Row, table=True):
    """Who put a version of a text in force for a brand or a campaign; without a version, withdrew it."""

    __tablename__ = "publications"
    __table_args__ = (
        ForeignKeyConstraint(
            ["name", "language", "version"], ["texts.name", "texts.language", "texts.version"]
        ),
        Index(None, "brand_id", "number"),
    )

    number: int | None = Field(default=None, primary_key=True, sa_type=Whole)
    brand_id: str = Field(foreign_key="brands.id", sa_type=Name)
    campaign_id: str | None = Field(foreign_key="campaigns.id", sa_type=Name)
    name: str = Field(sa_type=Name)
    language: str = Field(sa_type=Name)
    version: str | None = Field(sa_type=Name)
    by: str
    at: datetime = Field(sa_type=Instant)
    reason: str


class AccountRow(Row, table=True):
    """Someone who may log in; `email_key` is the address case-folded."""

    __tablename__ = "accounts"

    email_key: str = Field(primary_key=True)
    email: str
    name: str
    role: str
    password_hash: str = Field(repr=False)
    created_at: datetime = Field(sa_type=Instant)


class PaceRow(Row, table=True):
    """How long somebody takes over a letter; `who_key` is the address case-folded."""

    __tablename__ = "paces"

    who_key: str = Field(primary_key=True)
    who: str
    seconds: float
    gaps: int
    last_at: datetime = Field(sa_type=Instant)


class AnswerRow(Row, table=True):
    """A model's answer that no draft has been made of yet."""

    __tablename__ = "answers"

    key: str = Field(primary_key=True, sa_type=Name)
    outreach_id: str = Field(foreign_key="outreach.id", ondelete="CASCADE", sa_type=Name, index=True)
    model: str
    content: str = Field(sa_type=Text)
    usage: Any = Field(sa_type=Nested(Usage))
    at: datetime = Field(sa_type=Instant)


class SpendRow(Row, table=True):
    """What calls cost in a scope, such as a day; money in billionths, so that sums are exact."""

    __tablename__ = "spend"

    scope: str = Field(primary_key=True, sa_type=Name)
    calls: int = Field(sa_type=Whole)
    input_tokens: int = Field(sa_type=Whole)
    output_tokens: int = Field(sa_type=Whole)
    cached_tokens: int = Field(sa_type=Whole)
    billionths: int = Field(sa_type=Whole)


class MailboxRow(Row, table=True):
    """A mailbox of ours that was stopped at least once; `paused_at` is None where it may write again."""

    __tablename__ = "mailboxes"

    address: str = Field(primary_key=True, sa_type=Name)
    paused_at: datetime | None = Field(sa_type=Instant)
    reason: str
    lifted_at: datetime | None = Field(sa_type=Instant)
    lifted_by: str


class TroubleRow(Row, table=True):
    """Something that counts against a mailbox of ours; whom it concerned is not kept here."""

    __tablename__ = "troubles"
    __table_args__ = (Index(None, "mailbox", "at"),)

    number: int | None = Field(default=None, primary_key=True, sa_type=Whole)
    mailbox: str = Field(sa_type=Name)
    trouble: str
    at: datetime = Field(sa_type=Instant)


class LeaseRow(Row, table=True):
    """A role that one process holds until a moment."""

    __tablename__ = "leases"

    role: str = Field(primary_key=True)
    owner: str
    until: datetime = Field(sa_type=Instant)
