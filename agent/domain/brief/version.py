"""Versions of a brief, a person's approval of one, and what the creator answered to it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from agent.domain.brief.letter import BriefLetter
from agent.domain.brief.terms import Terms
from agent.domain.errors import NotReleased
from agent.domain.ids import BriefId, OutreachId, Seal


@dataclass(frozen=True, kw_only=True)
class BriefVersion:
    """Terms as a person left them, frozen: never changed, only followed by the next version.

    `number` counts from 1 within an outreach; `digest` is the content hash of the terms; `frozen_at` is the
    date that the letter and its PDF carry.
    """

    id: BriefId
    outreach_id: OutreachId
    number: int
    language: str
    terms: Terms
    digest: str
    by: str
    frozen_at: datetime


@dataclass(frozen=True, kw_only=True)
class BriefApproval:
    """A person's yes to exactly one version: the letter and the PDF as they were read, under their seal."""

    brief_id: BriefId
    seal: Seal
    letter: BriefLetter
    pdf: bytes = field(repr=False)
    pdf_digest: str
    by: str
    at: datetime

    def released(self) -> bytes:
        """Return the PDF; raises NotReleased where a byte changed after the approval."""
        if sha256(self.pdf).hexdigest() != self.pdf_digest:
            raise NotReleased(f"The PDF of brief {self.brief_id} changed after its approval; not shown.")
        return self.pdf


class AnswerKind(StrEnum):
    """What a creator does with a brief."""

    ACCEPTS = "accepts"
    ASKS = "asks"
    PROPOSES = "proposes"


@dataclass(frozen=True, kw_only=True)
class BriefAnswer:
    """What a creator answered to one version, in their own words; nothing is done about it by itself."""

    id: str
    brief_id: BriefId
    kind: AnswerKind
    text: str
    at: datetime
