"""What brief letters need: rules of law, a typesetter, a folder; and where briefs are kept."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from agent.domain.brief import (
    Agreement,
    BriefAnswer,
    BriefApproval,
    BriefLetter,
    BriefVersion,
    ContractRule,
    DisclosureRule,
)
from agent.domain.ids import BriefId, CreatorId, OutreachId


class Law(Protocol):
    """Rules that somebody can correct without code."""

    @property
    def disclosures(self) -> tuple[DisclosureRule, ...]:
        """How publications are marked, country by country."""

    @property
    def contracts(self) -> tuple[ContractRule, ...]:
        """From which sum on a written contract is due."""


class Typesetter(Protocol):
    """Makes pages of a brief letter."""

    @property
    def reference(self) -> str:
        """The layout's name and content hash, for the seal."""

    def pdf(self, letter: BriefLetter, *, at: datetime) -> bytes:
        """Return a tagged PDF dated `at`: the same bytes for the same letter and date.

        Raises BadInput where the letter cannot be set.
        """


@dataclass(frozen=True, kw_only=True)
class Briefing:
    """Law and typesetter."""

    law: Law
    typesetter: Typesetter


class BriefFolder(Protocol):
    """A folder of finished PDFs. A file is there whole or not at all."""

    def has(self, name: str) -> bool:
        """Return whether the file is there."""

    def put(self, name: str, content: bytes) -> None:
        """Write the file; raises Unavailable where the disk refuses."""


class Briefs(Protocol):
    """Agreements, versions of briefs, approvals and the creators' answers."""

    def agreement(self, outreach_id: OutreachId) -> Agreement | None:
        """Return the agreement of an outreach."""

    def agreements(self) -> tuple[Agreement, ...]:
        """Return every agreement by its outreach."""

    def save_agreement(self, agreement: Agreement) -> None:
        """Insert or replace an agreement."""

    def add(self, version: BriefVersion) -> None:
        """Insert a version; raises BadInput where its number is taken within the outreach."""

    def get(self, brief_id: BriefId) -> BriefVersion | None:
        """Return a version."""

    def latest(self, outreach_id: OutreachId) -> BriefVersion | None:
        """Return the newest version of an outreach."""

    def versions(self, outreach_id: OutreachId) -> tuple[BriefVersion, ...]:
        """Return every version of an outreach, oldest first."""

    def approve(self, approval: BriefApproval) -> None:
        """Insert an approval; raises BadInput where the version has one already or is unknown."""

    def approval(self, brief_id: BriefId) -> BriefApproval | None:
        """Return the approval of a version."""

    def approved_of(self, creator_ids: Collection[CreatorId]) -> tuple[tuple[BriefVersion, datetime], ...]:
        """Return the newest approved version of each outreach to these creators, and when it was approved."""

    def answer(self, answer: BriefAnswer) -> None:
        """Store an answer."""

    def answers(self, brief_ids: Iterable[BriefId]) -> tuple[BriefAnswer, ...]:
        """Return the answers to these versions, oldest first."""
