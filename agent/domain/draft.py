"""Drafts: a letter on its way to a person's decision, and the decision."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Self

from agent.domain.channel import Channel
from agent.domain.ids import ApprovalId, DraftId, OutreachId, ReplyId, Seal
from agent.domain.letter import Letter
from agent.domain.lifecycle import step


class Severity(StrEnum):
    """Whether a finding stops a draft or only tells."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What the gate says about a letter.

    `code` is `family.rule`; `span` is the text it is about, as it stands in the letter (empty: the letter
    as a whole); `advice` is one sentence that tells what to do.
    """

    code: str
    severity: Severity
    span: str
    advice: str


class DraftStatus(StrEnum):
    """Where a draft stands."""

    WRITTEN = "written"
    BLOCKED = "blocked"
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


_S = DraftStatus
TRANSITIONS: dict[DraftStatus, frozenset[DraftStatus]] = {
    _S.WRITTEN: frozenset({_S.BLOCKED, _S.PENDING, _S.SUPERSEDED}),
    _S.BLOCKED: frozenset({_S.WRITTEN, _S.REJECTED, _S.SUPERSEDED}),
    _S.PENDING: frozenset({_S.WRITTEN, _S.APPROVED, _S.REJECTED, _S.SUPERSEDED}),
    _S.APPROVED: frozenset({_S.WRITTEN, _S.SUPERSEDED}),  # back to review while nothing has left
    _S.REJECTED: frozenset(),
    _S.SUPERSEDED: frozenset(),
}
WAITING = frozenset({_S.WRITTEN, _S.BLOCKED, _S.PENDING})
"""States in which a person may still edit or reject the draft."""


class DraftKind(StrEnum):
    """What a draft is in its conversation."""

    FIRST = "first"
    FOLLOW_UP = "follow_up"
    ANSWER = "answer"


def kind_of(*, touch: int, is_answer: bool) -> DraftKind:
    """Return what a draft is that has this number, and answers or does not."""
    if is_answer:
        return DraftKind.ANSWER
    return DraftKind.FIRST if touch == 1 else DraftKind.FOLLOW_UP


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Who wrote a draft: the writer's name, its model, and the prompt as `name@content hash`.

    Greeting, closing and offer that the brand has published itself follow after ` + `.
    """

    writer: str
    model: str
    prompt: str


@dataclass(frozen=True, kw_only=True)
class Usage:
    """What a draft consumed: tokens, and money where the price is known.

    `cached_tokens` are those of the input tokens that the provider had read before.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal = Decimal(0)
    cached_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        """Return both together."""
        return Usage(
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cost=self.cost + other.cost,
            cached_tokens=self.cached_tokens + other.cached_tokens,
        )

    @property
    def tokens(self) -> int:
        """All tokens, read and written."""
        return self.input_tokens + self.output_tokens


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A letter for one touch of one outreach.

    `touch` counts from 1; `channel` is the way it goes. `first_letter` is the writer's text, kept when a
    person edits it. `answers` is the reply that it answers; None for a first letter and a follow-up.
    `revises` is the draft that it was written instead of, when a person said what to change; `note` then
    holds their wish.
    """

    id: DraftId
    outreach_id: OutreachId
    touch: int
    answers: ReplyId | None = None
    channel: Channel = Channel.EMAIL
    letter: Letter
    origin: Origin
    usage: Usage = Usage()
    findings: tuple[Finding, ...] = ()
    status: DraftStatus = DraftStatus.WRITTEN
    first_letter: Letter | None = None
    edited_by: str | None = None
    note: str = ""
    revises: DraftId | None = None
    created_at: datetime
    updated_at: datetime

    @property
    def kind(self) -> DraftKind:
        """What it is in its conversation."""
        return kind_of(touch=self.touch, is_answer=self.answers is not None)

    def advance(self, status: DraftStatus, *, at: datetime, note: str = "") -> Self:
        """Return the draft in the new state."""
        step("draft", TRANSITIONS, self.status, status)
        return replace(self, status=status, note=note or self.note, updated_at=at)

    def gated(self, findings: tuple[Finding, ...], *, at: datetime) -> Self:
        """Return the written draft as the gate leaves it: blocked by one blocking finding, else pending."""
        blocked = any(finding.severity is Severity.BLOCK for finding in findings)
        judged = replace(self, findings=findings)
        return judged.advance(DraftStatus.BLOCKED if blocked else DraftStatus.PENDING, at=at)

    def edited(self, letter: Letter, *, by: str, at: datetime) -> Self:
        """Return the draft with a person's text, to be gated again; the writer's text is kept."""
        reopened = self.advance(DraftStatus.WRITTEN, at=at)
        return replace(
            reopened, letter=letter, first_letter=self.first_letter or self.letter, edited_by=by, findings=()
        )


@dataclass(frozen=True, kw_only=True)
class Approval:
    """A person's yes to exactly one text: the seal is over everything that leaves and was promised."""

    id: ApprovalId
    draft_id: DraftId
    seal: Seal
    by: str
    at: datetime


class RejectionReason(StrEnum):
    """Why a person said no; taste is a reason too, and is named so."""

    NOT_TRUE = "not_true"
    WRONG_TONE = "wrong_tone"
    WRONG_PERSON = "wrong_person"
    WRONG_OFFER = "wrong_offer"
    NOT_NOW = "not_now"
    TASTE = "taste"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Rejection:
    """A person's no to a draft, with the reason."""

    draft_id: DraftId
    reason: RejectionReason
    note: str
    by: str
    at: datetime
