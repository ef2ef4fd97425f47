"""What is held about a person, and taking all of it out, in SQL."""

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import Column, ColumnElement, String, TypeDecorator, delete, func, or_, update
from sqlmodel import col, select

from agent.adapters.database.statements import batches, changed, fetch, put
from agent.adapters.database.tables import (
    AgreementRow,
    AnswerRow,
    ApprovalRow,
    BriefAnswerRow,
    BriefApprovalRow,
    BriefRow,
    CreatorRow,
    DeliveryRow,
    DraftRow,
    EntryRow,
    ErasureRow,
    HandoverRow,
    InboundRow,
    OutreachRow,
    PostRow,
    RejectionRow,
    ReplyRow,
    Row,
    SuppressionRow,
)
from agent.adapters.database.work import Work
from agent.domain.draft import Approval
from agent.domain.ids import ApprovalId, CreatorId, DraftId, InboundId, Seal
from agent.domain.replies import InboundMail
from agent.ports import ERASED, FORGOTTEN, Erasure, Suppression, Traces

_MAILS_AT_ONCE = 50

_TABLES = Row.metadata.tables
# free text about somebody that may quote another person's address: a server's words, a reviewer's note
_NOTES = (
    ("outreach", "reason"),
    ("drafts", "note"),
    ("rejections", "note"),
    ("deliveries", "reason"),
    ("handovers", "reason"),
    ("suppressions", "reason"),
)


class SqlPrivacy:
    """Data-subject requests."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def approvals(self, draft_ids: Collection[DraftId]) -> tuple[Approval, ...]:
        """Return the approvals of these drafts, oldest first."""
        found: list[Approval] = []
        for some in batches(draft_ids):
            query = select(ApprovalRow).where(col(ApprovalRow.draft_id).in_(some))
            found.extend(map(_approval_of, self._work.orm.exec(query)))
        return tuple(sorted(found, key=lambda approval: (approval.at, approval.id)))

    def mails(self) -> Iterator[InboundMail]:
        """Yield every raw mail whose text is kept, by id."""
        query = select(InboundRow).where(col(InboundRow.raw).is_not(None)).order_by(col(InboundRow.id))
        last = ""
        while True:
            rows = self._work.orm.exec(query.where(col(InboundRow.id) > last).limit(_MAILS_AT_ONCE)).all()
            if not rows:
                return
            last = rows[-1].id
            yield from map(_mail_of, rows)
            self._work.orm.expunge_all()

    def suppression(self, fingerprint: str) -> Suppression | None:
        """Return since when and why an address is not written to."""
        row = fetch(self._work, SuppressionRow, fingerprint)
        return Suppression(reason=row.reason, at=row.at) if row is not None else None

    def suppressed(self, fingerprints: Collection[str]) -> frozenset[str]:
        """Return those of many keyed hashes that are on the list."""
        known = select(SuppressionRow.fingerprint)
        return frozenset(
            found
            for some in batches(fingerprints)
            for found in self._work.orm.exec(known.where(col(SuppressionRow.fingerprint).in_(some)))
        )

    def erase(self, traces: Traces) -> Mapping[str, int]:
        """Delete what belongs to the person and blank the rest; return how many rows that were, by table."""
        erased = self._count(traces.creators)
        erased["replies"], erased["mails"] = self._blank_mails(traces)
        changed(self._work, delete(CreatorRow).where(col(CreatorRow.id).in_(traces.creators)))
        erased["journal"] = self._blank_journal(traces)
        erased["notes"] = self._blank_notes(traces)
        return erased

    def mentions(self, words: Collection[str]) -> Mapping[str, int]:
        """Return how many rows still hold one of these words in a text, by table."""
        if not words:
            return {}
        counts: dict[str, int] = {}
        for table in Row.metadata.sorted_tables:
            texts = [column for column in table.c if _is_text(column)]
            if not texts:
                continue
            query = select(func.count()).select_from(table)
            count = self._work.orm.execute(
                query.where(or_(*(_holds(column, words) for column in texts)))
            ).scalar_one()
            if count:
                counts[table.name] = count
        return counts

    def save(self, erasure: Erasure) -> None:
        """Insert or replace an unfinished forgetting."""
        row = ErasureRow(
            id=erasure.id,
            creators=tuple(erasure.creators),
            message_ids=erasure.message_ids,
            begun_at=erasure.begun_at,
        )
        put(self._work, row, otherwise=f"The forgetting {erasure.id} cannot be stored.")

    def unfinished(self) -> tuple[Erasure, ...]:
        """Return the forgettings that are not finished, oldest first."""
        query = select(ErasureRow).order_by(col(ErasureRow.begun_at), col(ErasureRow.id))
        return tuple(map(_erasure_of, self._work.orm.exec(query)))

    def finish(self, erasure_id: str) -> None:
        """Remove an unfinished forgetting."""
        changed(self._work, delete(ErasureRow).where(col(ErasureRow.id) == erasure_id))

    def _count(self, creators: Collection[CreatorId]) -> dict[str, int]:
        outreach = select(col(OutreachRow.id)).where(col(OutreachRow.creator_id).in_(creators))
        drafts = select(col(DraftRow.id)).where(col(DraftRow.outreach_id).in_(outreach))
        briefs = select(col(BriefRow.id)).where(col(BriefRow.outreach_id).in_(outreach))
        theirs: dict[str, ColumnElement[bool]] = {
            "creators": col(CreatorRow.id).in_(creators),
            "posts": col(PostRow.creator_id).in_(creators),
            "outreach": col(OutreachRow.creator_id).in_(creators),
            "drafts": col(DraftRow.outreach_id).in_(outreach),
            "approvals": col(ApprovalRow.draft_id).in_(drafts),
            "rejections": col(RejectionRow.draft_id).in_(drafts),
            "deliveries": col(DeliveryRow.outreach_id).in_(outreach),
            "answers": col(AnswerRow.outreach_id).in_(outreach),
            "agreements": col(AgreementRow.outreach_id).in_(outreach),
            "briefs": col(BriefRow.outreach_id).in_(outreach),
            "brief_approvals": col(BriefApprovalRow.brief_id).in_(briefs),
            "brief_answers": col(BriefAnswerRow.brief_id).in_(briefs),
            "handovers": col(HandoverRow.outreach_id).in_(outreach),
        }
        return {
            name: self._work.orm.execute(
                select(func.count()).select_from(_TABLES[name]).where(condition)
            ).scalar_one()
            for name, condition in theirs.items()
        }

    def _blank_mails(self, traces: Traces) -> tuple[int, int]:
        outreach = select(OutreachRow.id).where(col(OutreachRow.creator_id).in_(traces.creators))
        answers = select(ReplyRow.inbound_id).where(col(ReplyRow.outreach_id).in_(outreach))
        replies = mails = 0
        for some in batches(traces.mails | set(self._work.orm.exec(answers))):
            replies += changed(self._work, delete(ReplyRow).where(col(ReplyRow.inbound_id).in_(some)))
            these = (col(InboundRow.id).in_(some), col(InboundRow.raw).is_not(None))
            mails += changed(self._work, update(InboundRow).where(*these).values(raw=None, filed=True))
        return replies, mails

    def _blank_journal(self, traces: Traces) -> int:
        whose = {"subject": ERASED, "subject_salt": None}
        why = {"why": "", "why_salt": None}  # a digest without its salt tells nothing
        theirs = update(EntryRow).values(**whose, **why)
        count = 0
        for some in batches(traces.subjects):
            count += changed(self._work, theirs.where(col(EntryRow.subject).in_(some)))
        for some in batches(traces.fingerprints):
            told = (col(EntryRow.subject).in_(some), col(EntryRow.why).not_in(("", FORGOTTEN)))
            count += changed(self._work, update(EntryRow).where(*told).values(why))
        if traces.words:
            journal = _TABLES["journal"].c
            count += changed(self._work, theirs.where(_holds(journal.subject, traces.words)))
            others = update(EntryRow).where(_holds(journal.why, traces.words)).values(why)
            count += changed(self._work, others)
        return count

    def _blank_notes(self, traces: Traces) -> int:
        count = 0
        for some in batches(traces.fingerprints):
            theirs = (col(SuppressionRow.fingerprint).in_(some), col(SuppressionRow.reason) != FORGOTTEN)
            count += changed(self._work, update(SuppressionRow).where(*theirs).values(reason=FORGOTTEN))
        if traces.words:
            for table, name in _NOTES:
                naming = _holds(_TABLES[table].c[name], traces.words)
                count += changed(self._work, update(_TABLES[table]).where(naming).values({name: ERASED}))
        return count


def _holds(text: ColumnElement[str], words: Collection[str]) -> ColumnElement[bool]:
    return or_(*(func.lower(text).contains(word, autoescape=True) for word in sorted(words)))


def _is_text(column: Column[object]) -> bool:
    # also what is nested as JSON; a type of ours says what it becomes in the database
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    return isinstance(kind, String)


def _approval_of(row: ApprovalRow) -> Approval:
    return Approval(
        id=ApprovalId(row.id), draft_id=DraftId(row.draft_id), seal=Seal(row.seal), by=row.by, at=row.at
    )


def _mail_of(row: InboundRow) -> InboundMail:
    return InboundMail(
        id=InboundId(row.id),
        account=row.account,
        folder=row.folder,
        uidvalidity=row.uidvalidity,
        uid=row.uid,
        digest=row.digest,
        raw=row.raw or b"",
        received_at=row.received_at,
    )


def _erasure_of(row: ErasureRow) -> Erasure:
    return Erasure(
        id=row.id,
        creators=tuple(map(CreatorId, row.creators)),
        message_ids=row.message_ids,
        begun_at=row.begun_at,
    )
