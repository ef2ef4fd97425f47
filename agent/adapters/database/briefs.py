"""Agreements and brief letters, in SQL."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row as Record
from sqlmodel import col, select

from agent.adapters.database.statements import add, batches, fetch, put
from agent.adapters.database.tables import (
    AgreementRow,
    BriefAnswerRow,
    BriefApprovalRow,
    BriefRow,
    OutreachRow,
)
from agent.adapters.database.work import Work
from agent.domain.brief import (
    Agreement,
    AgreementStatus,
    AnswerKind,
    BriefAnswer,
    BriefApproval,
    BriefVersion,
)
from agent.domain.ids import BriefId, CreatorId, OutreachId, Seal


class SqlBriefs:
    """Agreements, versions of briefs, approvals and answers."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def agreement(self, outreach_id: OutreachId) -> Agreement | None:
        """Return the agreement of an outreach."""
        row = fetch(self._work, AgreementRow, outreach_id)
        return _agreement_of(row) if row is not None else None

    def agreements(self) -> tuple[Agreement, ...]:
        """Return every agreement by its outreach."""
        query = select(AgreementRow).order_by(col(AgreementRow.outreach_id))
        return tuple(map(_agreement_of, self._work.orm.exec(query)))

    def save_agreement(self, agreement: Agreement) -> None:
        """Insert or replace an agreement; raise BadInput where its outreach is unknown."""
        row = AgreementRow(
            outreach_id=agreement.outreach_id,
            status=agreement.status.value,
            created_at=agreement.created_at,
            updated_at=agreement.updated_at,
        )
        otherwise = f"There is no outreach {agreement.outreach_id} to agree about."
        put(self._work, row, otherwise=otherwise)

    def add(self, version: BriefVersion) -> None:
        """Insert a version; raise BadInput where its number is taken or its outreach unknown."""
        row = BriefRow(
            id=version.id,
            outreach_id=version.outreach_id,
            number=version.number,
            language=version.language,
            terms=version.terms,
            digest=version.digest,
            by=version.by,
            frozen_at=version.frozen_at,
        )
        otherwise = (
            f"Version {version.number} of the brief of outreach {version.outreach_id} is there already, or "
            "the outreach is not stored."
        )
        add(self._work, row, otherwise=otherwise)

    def get(self, brief_id: BriefId) -> BriefVersion | None:
        """Return a version."""
        row = fetch(self._work, BriefRow, brief_id)
        return _version_of(row) if row is not None else None

    def latest(self, outreach_id: OutreachId) -> BriefVersion | None:
        """Return the newest version of an outreach."""
        query = select(BriefRow).where(col(BriefRow.outreach_id) == outreach_id)
        row = self._work.orm.exec(query.order_by(col(BriefRow.number).desc()).limit(1)).first()
        return _version_of(row) if row is not None else None

    def versions(self, outreach_id: OutreachId) -> tuple[BriefVersion, ...]:
        """Return every version of an outreach, oldest first."""
        query = select(BriefRow).where(col(BriefRow.outreach_id) == outreach_id)
        return tuple(map(_version_of, self._work.orm.exec(query.order_by(col(BriefRow.number)))))

    def approve(self, approval: BriefApproval) -> None:
        """Insert an approval; raise BadInput where there is one already or the version is unknown."""
        row = BriefApprovalRow(
            brief_id=approval.brief_id,
            seal=approval.seal,
            letter=approval.letter,
            pdf=approval.pdf,
            pdf_digest=approval.pdf_digest,
            by=approval.by,
            at=approval.at,
        )
        otherwise = f"Brief {approval.brief_id} is approved already, or it is not stored."
        add(self._work, row, otherwise=otherwise)

    def approval(self, brief_id: BriefId) -> BriefApproval | None:
        """Return the approval of a version."""
        row = fetch(self._work, BriefApprovalRow, brief_id)
        if row is None:
            return None
        return BriefApproval(
            brief_id=BriefId(row.brief_id),
            seal=Seal(row.seal),
            letter=row.letter,
            pdf=row.pdf,
            pdf_digest=row.pdf_digest,
            by=row.by,
            at=row.at,
        )

    def approved_of(self, creator_ids: Collection[CreatorId]) -> tuple[tuple[BriefVersion, datetime], ...]:
        """Return the newest approved version of each outreach to these creators, and when that was."""
        newest: dict[str, tuple[BriefVersion, datetime]] = {}
        for some in batches(set(creator_ids)):
            theirs = select(OutreachRow.id).where(col(OutreachRow.creator_id).in_(some))
            query = (
                select(BriefRow, BriefApprovalRow.at)
                .join(BriefApprovalRow, col(BriefApprovalRow.brief_id) == col(BriefRow.id))
                .where(col(BriefRow.outreach_id).in_(theirs))
                .order_by(col(BriefRow.outreach_id), col(BriefRow.number))
            )
            for row, at in self._work.orm.exec(query):
                newest[row.outreach_id] = (_version_of(row), at)
        return tuple(newest[outreach_id] for outreach_id in sorted(newest))

    def answer(self, answer: BriefAnswer) -> None:
        """Store an answer; raise BadInput where its version is unknown."""
        row = BriefAnswerRow(
            id=answer.id, brief_id=answer.brief_id, kind=answer.kind.value, text=answer.text, at=answer.at
        )
        add(self._work, row, otherwise=f"There is no brief {answer.brief_id} to answer to.")

    def answers(self, brief_ids: Iterable[BriefId]) -> tuple[BriefAnswer, ...]:
        """Return the answers to these versions, oldest first."""
        found: list[BriefAnswer] = []
        for some in batches(brief_ids):
            query = select(BriefAnswerRow).where(col(BriefAnswerRow.brief_id).in_(some))
            found.extend(map(_answer_of, self._work.orm.exec(query)))
        return tuple(sorted(found, key=lambda answer: (answer.at, answer.id)))


def _agreement_of(row: AgreementRow | Record[Any]) -> Agreement:
    return Agreement(
        outreach_id=OutreachId(row.outreach_id),
        status=AgreementStatus(row.status),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _version_of(row: BriefRow | Record[Any]) -> BriefVersion:
    return BriefVersion(
        id=BriefId(row.id),
        outreach_id=OutreachId(row.outreach_id),
        number=row.number,
        language=row.language,
        terms=row.terms,
        digest=row.digest,
        by=row.by,
        frozen_at=row.frozen_at,
    )


def _answer_of(row: BriefAnswerRow) -> BriefAnswer:
    return BriefAnswer(
        id=row.id, brief_id=BriefId(row.brief_id), kind=AnswerKind(row.kind), text=row.text, at=row.at
    )
