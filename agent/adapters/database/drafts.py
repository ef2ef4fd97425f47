"""Drafts and the decisions about them, in SQL."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row as Record
from sqlalchemy import bindparam, insert, update
from sqlalchemy import select as columns
from sqlmodel import col, select

from agent.adapters.database.queue import (
    Conditions,
    queue_conditions,
    queue_count,
    queue_keys,
    queue_lines,
)
from agent.adapters.database.statements import add, batches, changed, fetch, put_values, refusing
from agent.adapters.database.tables import ApprovalRow, DraftRow, RejectionRow, Row
from agent.adapters.database.work import Work
from agent.domain.channel import Channel
from agent.domain.draft import Approval, Draft, DraftStatus, Rejection, RejectionReason
from agent.domain.ids import ApprovalId, DraftId, OutreachId, ReplyId, Seal
from agent.ports import EVERY_DRAFT, DraftFilter, DraftKey, DraftLine

_DRAFTS = Row.metadata.tables["drafts"]
_OUTREACH = Row.metadata.tables["outreach"]
_ADD = insert(_DRAFTS)
_APPROVALS = Row.metadata.tables["approvals"]
_THESE = columns(_DRAFTS).where(_DRAFTS.c.id.in_(bindparam("these", expanding=True)))
_THESE_APPROVALS = columns(_APPROVALS).where(_APPROVALS.c.id.in_(bindparam("these", expanding=True)))
_ASSIGN = (
    update(_DRAFTS)
    .where(_DRAFTS.c.id.in_(bindparam("these", expanding=True)))
    .values(assigned_to=bindparam("to"))
)
_SETTLE = update(_DRAFTS).where(_DRAFTS.c.id == bindparam("this"), _DRAFTS.c.status == bindparam("expected"))
_CAMPAIGNS = columns(_OUTREACH.c.id, _OUTREACH.c.campaign_id).where(
    _OUTREACH.c.id.in_(bindparam("these", expanding=True))
)
_TOUCHES = columns(_DRAFTS.c.outreach_id, _DRAFTS.c.touch).where(
    _DRAFTS.c.outreach_id.in_(bindparam("these", expanding=True)),
    _DRAFTS.c.status.in_(bindparam("statuses", expanding=True)),
)


class SqlDrafts:
    """Drafts, approvals and rejections."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, draft_id: DraftId) -> Draft | None:
        """Return a draft."""
        row = fetch(self._work, DraftRow, draft_id)
        return _draft_of(row) if row is not None else None

    def with_ids(self, draft_ids: Iterable[DraftId]) -> Mapping[DraftId, Draft]:
        """Return those of these drafts that there are."""
        connection = self._work.connection()
        rows = (
            row for some in batches(set(draft_ids)) for row in connection.execute(_THESE, {"these": some})
        )
        return {DraftId(row.id): _draft_of(row) for row in rows}

    def save(self, draft: Draft) -> None:
        """Insert or replace a draft.

        Raises BadInput where its outreach is unknown, or the reply that it answers has another open answer.
        """
        otherwise = f"Draft {draft.id} belongs to outreach {draft.outreach_id}, which is not stored."
        if draft.answers is not None:
            otherwise = f"Reply {draft.answers} has an open answer already, or its outreach is not stored."
        campaigns = self._campaigns_of([draft])
        put_values(self._work, _DRAFTS, {**_values_of(draft), **campaigns[draft.id]}, otherwise=otherwise)

    def add(self, drafts: Iterable[Draft]) -> None:
        """Insert drafts that are new; raise BadInput where one is not, or where its outreach is unknown."""
        new = tuple(drafts)
        if not new:
            return
        campaigns = self._campaigns_of(new)
        rows = [{**_values_of(draft), **campaigns[draft.id]} for draft in new]
        with refusing(self._work, "A draft is stored already, or its outreach is not."):
            self._work.connection().execute(_ADD, rows)

    def touches(
        self, outreach_ids: Iterable[OutreachId], *, statuses: Iterable[DraftStatus]
    ) -> frozenset[tuple[OutreachId, int]]:
        """Return which touches of these outreach rows have a draft in one of the statuses."""
        connection = self._work.connection()
        wanted = [status.value for status in statuses]
        return frozenset(
            (OutreachId(row.outreach_id), row.touch)
            for some in batches(set(outreach_ids))
            for row in connection.execute(_TOUCHES, {"these": some, "statuses": wanted})
        )

    def settle(self, draft: Draft, *, expected: DraftStatus) -> bool:
        """Store the draft if it still has the expected status, in one UPDATE; return whether it had."""
        given = {"this": draft.id, "expected": expected.value, **_values_of(draft)}
        return changed(self._work, _SETTLE, given) == 1

    def page(
        self,
        *,
        statuses: Iterable[DraftStatus],
        only: DraftFilter = EVERY_DRAFT,
        after: DraftKey | None = None,
        before: DraftKey | None = None,
        limit: int = 50,
    ) -> tuple[Draft, ...]:
        """Return drafts by (created_at, id) after a key or before one, at most `limit`.

        Each status is read along its index and the keys are merged; only the drafts shown are opened.
        """
        keys = self._keys(statuses, queue_conditions(only, after=after, before=before), limit)
        drafts = self.with_ids(draft_id for _, draft_id in keys)
        return tuple(drafts[draft_id] for _, draft_id in sorted(keys))

    def lines(
        self,
        *,
        statuses: Iterable[DraftStatus],
        only: DraftFilter = EVERY_DRAFT,
        after: DraftKey | None = None,
        before: DraftKey | None = None,
        limit: int = 50,
    ) -> tuple[DraftLine, ...]:
        """Return the same drafts as `page`, each as a line of a list, read in one go."""
        keys = self._keys(statuses, queue_conditions(only, after=after, before=before), limit)
        return queue_lines(self._work.connection(), keys)

    def _keys(self, statuses: Iterable[DraftStatus], given: Conditions, limit: int) -> Sequence[DraftKey]:
        query = queue_keys(given.names)
        connection = self._work.connection()
        found = (
            key
            for status in frozenset(statuses)
            for key in connection.execute(
                query, {**given.values, "status": status.value, "limit": limit}
            ).all()
        )
        keys = sorted(((row.created_at, DraftId(row.id)) for row in found), reverse="before" in given.names)
        return keys[:limit]

    def count(
        self,
        *,
        statuses: Iterable[DraftStatus],
        only: DraftFilter = EVERY_DRAFT,
        before: DraftKey | None = None,
        at_most: int | None = None,
    ) -> int:
        """Return how many drafts have one of the statuses, all or those before a key.

        No more than `at_most` of each status are looked at.
        """
        given = queue_conditions(only, before=before)
        query = queue_count(given.names, at_most)
        connection = self._work.connection()
        count: int = sum(
            connection.execute(query, {**given.values, "status": status.value}).scalar_one()
            for status in frozenset(statuses)
        )
        return count if at_most is None else min(count, at_most)

    def _campaigns_of(self, drafts: Sequence[Draft]) -> dict[DraftId, dict[str, str]]:
        connection = self._work.connection()
        rows = (
            row
            for some in batches({draft.outreach_id for draft in drafts})
            for row in connection.execute(_CAMPAIGNS, {"these": some})
        )
        known = {row.id: row.campaign_id for row in rows}
        # an outreach that is not stored is refused by the draft's own foreign key
        return {draft.id: {"campaign_id": known.get(draft.outreach_id, "")} for draft in drafts}

    def assign(self, draft_ids: Iterable[DraftId], *, to: str | None) -> None:
        """Give these drafts to somebody to read; None: to anybody."""
        for some in batches(draft_ids):
            changed(self._work, _ASSIGN, {"these": some, "to": to})

    def assignee(self, draft_id: DraftId) -> str | None:
        """Return to whom a draft was given."""
        row = fetch(self._work, DraftRow, draft_id)
        return row.assigned_to if row is not None else None

    def of_outreach(self, outreach_id: OutreachId) -> tuple[Draft, ...]:
        """Return an outreach's drafts, oldest first."""
        query = select(DraftRow).where(col(DraftRow.outreach_id) == outreach_id)
        ordered = query.order_by(col(DraftRow.created_at), col(DraftRow.id))
        return tuple(map(_draft_of, self._work.orm.exec(ordered)))

    def approve(self, approval: Approval) -> None:
        """Store an approval; raise BadInput where it is there already or its draft is unknown."""
        row = ApprovalRow(
            id=approval.id, draft_id=approval.draft_id, seal=approval.seal, by=approval.by, at=approval.at
        )
        otherwise = f"Approval {approval.id} is stored already, or its draft {approval.draft_id} is not."
        add(self._work, row, otherwise=otherwise)

    def approval(self, approval_id: ApprovalId) -> Approval | None:
        """Return an approval."""
        return self.approvals((approval_id,)).get(approval_id)

    def approvals(self, approval_ids: Iterable[ApprovalId]) -> Mapping[ApprovalId, Approval]:
        """Return those of these approvals that there are."""
        connection = self._work.connection()
        rows = (
            row
            for some in batches(set(approval_ids))
            for row in connection.execute(_THESE_APPROVALS, {"these": some})
        )
        return {ApprovalId(row.id): _approval_of(row) for row in rows}

    def reject(self, rejection: Rejection) -> None:
        """Store a rejection; raise BadInput where the draft has one already or is unknown."""
        row = RejectionRow(
            draft_id=rejection.draft_id,
            reason=rejection.reason.value,
            note=rejection.note,
            by=rejection.by,
            at=rejection.at,
        )
        otherwise = f"Draft {rejection.draft_id} is rejected already, or it is not stored."
        add(self._work, row, otherwise=otherwise)

    def rejection(self, draft_id: DraftId) -> Rejection | None:
        """Return the rejection of a draft."""
        row = fetch(self._work, RejectionRow, draft_id)
        if row is None:
            return None
        reason = RejectionReason(row.reason)
        return Rejection(draft_id=DraftId(row.draft_id), reason=reason, note=row.note, by=row.by, at=row.at)


def _approval_of(row: Record[Any]) -> Approval:
    return Approval(
        id=ApprovalId(row.id), draft_id=DraftId(row.draft_id), seal=Seal(row.seal), by=row.by, at=row.at
    )


def _values_of(draft: Draft) -> dict[str, Any]:
    return {
        "id": draft.id,
        "outreach_id": draft.outreach_id,
        "touch": draft.touch,
        "channel": draft.channel.value,
        "answers": draft.answers,
        "letter": draft.letter,
        "origin": draft.origin,
        "usage": draft.usage,
        "findings": draft.findings,
        "status": draft.status.value,
        "first_letter": draft.first_letter,
        "edited_by": draft.edited_by,
        "note": draft.note,
        "revises": draft.revises,
        "created_at": draft.created_at,
        "updated_at": draft.updated_at,
        "language": draft.letter.language,
        "has_findings": bool(draft.findings),
    }


def _draft_of(row: DraftRow | Record[Any]) -> Draft:
    return Draft(
        id=DraftId(row.id),
        outreach_id=OutreachId(row.outreach_id),
        touch=row.touch,
        channel=Channel(row.channel),
        answers=ReplyId(row.answers) if row.answers is not None else None,
        letter=row.letter,
        origin=row.origin,
        usage=row.usage,
        findings=row.findings,
        status=DraftStatus(row.status),
        first_letter=row.first_letter,
        edited_by=row.edited_by,
        note=row.note,
        revises=DraftId(row.revises) if row.revises is not None else None,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
