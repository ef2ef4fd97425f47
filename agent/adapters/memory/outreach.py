"""Outreach and drafts, in memory."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice

from agent.adapters.memory.tables import Tables, require
from agent.domain.draft import WAITING, Approval, Draft, DraftStatus, Rejection
from agent.domain.ids import ApprovalId, CampaignId, CreatorId, DraftId, OutreachId
from agent.domain.outreach import Outreach, OutreachStatus
from agent.ports import EVERY_DRAFT, DraftFilter, DraftKey, DraftLine


class MemoryOutreaches:
    """One row per creator and campaign."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, outreach_id: OutreachId) -> Outreach | None:
        """Return an outreach."""
        return self._tables.outreach.get(outreach_id)

    def with_ids(self, outreach_ids: Iterable[OutreachId]) -> Mapping[OutreachId, Outreach]:
        """Return those of these outreach rows that there are."""
        known = self._tables.outreach
        return {outreach_id: known[outreach_id] for outreach_id in outreach_ids if outreach_id in known}

    def save(self, outreach: Outreach) -> None:
        """Insert or replace an outreach.

        Raises BadInput where the pair of creator and campaign is taken or one of the two is unknown.
        """
        pair = (outreach.campaign_id, outreach.creator_id)
        taken = any(
            (other.campaign_id, other.creator_id) == pair and other.id != outreach.id
            for other in self._tables.outreach.values()
        )
        known = outreach.campaign_id in self._tables.campaigns
        require(
            known and outreach.creator_id in self._tables.creators and not taken,
            f"Outreach {outreach.id} cannot be stored: campaign “{outreach.campaign_id}” has one to creator "
            f"{outreach.creator_id} already, or one of the two is not stored.",
        )
        self._tables.outreach[outreach.id] = outreach

    def step(self, outreach: Outreach) -> None:
        """Store how far a known outreach has come, and leave alone whom it is to and why."""
        stored = self._tables.outreach[outreach.id]
        self._tables.outreach[outreach.id] = replace(
            stored,
            status=outreach.status,
            touches_sent=outreach.touches_sent,
            next_touch_at=outreach.next_touch_at,
            reason=outreach.reason,
            updated_at=outreach.updated_at,
        )

    def of_campaign(self, campaign_id: CampaignId) -> tuple[Outreach, ...]:
        """Return a campaign's outreach rows, best fit first, ties by id."""
        rows = (row for row in self._tables.outreach.values() if row.campaign_id == campaign_id)
        return tuple(sorted(rows, key=lambda row: (-row.fit.score, row.id)))

    def place(self, outreach: Outreach) -> int:
        """Return how many outreach rows of the same campaign are older than this one, ties by id."""
        mine = (outreach.created_at, outreach.id)
        rows = (row for row in self._tables.outreach.values() if row.campaign_id == outreach.campaign_id)
        return sum((row.created_at, row.id) < mine for row in rows)

    def places(self, campaign_id: CampaignId) -> Mapping[OutreachId, int]:
        """Return the place of each outreach of a campaign."""
        rows = self.of_campaign(campaign_id)
        oldest_first = sorted(rows, key=lambda row: (row.created_at, row.id))
        return {row.id: place for place, row in enumerate(oldest_first)}

    def undrafted(
        self,
        campaign_id: CampaignId,
        *,
        status: OutreachStatus,
        drafted: Iterable[DraftStatus],
        limit: int | None = None,
    ) -> tuple[OutreachId, ...]:
        """Return a campaign's outreach in this state whose next touch has no draft in a `drafted` status."""
        rows = [row for row in self.of_campaign(campaign_id) if row.status is status]
        taken = MemoryDrafts(self._tables).touches({row.id for row in rows}, statuses=drafted)
        free = (row.id for row in rows if (row.id, row.touches_sent + 1) not in taken)
        return tuple(islice(free, limit))

    def of_creators(self, creator_ids: Iterable[CreatorId]) -> tuple[Outreach, ...]:
        """Return every outreach to these creators, oldest first."""
        wanted = set(creator_ids)
        rows = (row for row in self._tables.outreach.values() if row.creator_id in wanted)
        return tuple(sorted(rows, key=lambda row: (row.created_at, row.id)))

    def in_states(
        self, statuses: Iterable[OutreachStatus], *, campaign_id: CampaignId | None = None
    ) -> tuple[Outreach, ...]:
        """Return the rows in one of these states, campaign by campaign, best fit first, ties by id."""
        wanted = frozenset(statuses)
        rows = (
            row
            for row in self._tables.outreach.values()
            if row.status in wanted and campaign_id in {None, row.campaign_id}
        )
        return tuple(sorted(rows, key=lambda row: (row.campaign_id, -row.fit.score, row.id)))

    def due(self, *, now: datetime, limit: int) -> tuple[Outreach, ...]:
        """Return outreach rows whose `next_touch_at` has come, earliest first."""
        due = [
            (row.next_touch_at, row.id)
            for row in self._tables.outreach.values()
            if row.next_touch_at is not None and row.next_touch_at <= now
        ]
        return tuple(self._tables.outreach[outreach_id] for _, outreach_id in sorted(due)[:limit])

    def take_due(self, *, now: datetime, until: datetime, limit: int) -> Mapping[OutreachId, OutreachStatus]:
        """Take rows whose `next_touch_at` has come, earliest first, by setting it to `until`."""
        taken = self.due(now=now, limit=limit)
        self.reschedule((outreach.id for outreach in taken), to=until)
        return {outreach.id: outreach.status for outreach in taken}

    def reschedule(self, outreach_ids: Iterable[OutreachId], *, to: datetime | None) -> None:
        """Set when the next letter of each is due; None: it is not."""
        for outreach_id in outreach_ids:
            outreach = self._tables.outreach.get(outreach_id)
            if outreach is not None:
                self._tables.outreach[outreach_id] = replace(outreach, next_touch_at=to)


class MemoryDrafts:
    """Drafts, approvals and rejections."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, draft_id: DraftId) -> Draft | None:
        """Return a draft."""
        return self._tables.drafts.get(draft_id)

    def with_ids(self, draft_ids: Iterable[DraftId]) -> Mapping[DraftId, Draft]:
        """Return those of these drafts that there are."""
        known = self._tables.drafts
        return {draft_id: known[draft_id] for draft_id in draft_ids if draft_id in known}

    def save(self, draft: Draft) -> None:
        """Insert or replace a draft.

        Raises BadInput where its outreach is unknown, or the reply that it answers has another open answer.
        """
        require(
            draft.outreach_id in self._tables.outreach,
            f"Draft {draft.id} belongs to outreach {draft.outreach_id}, which is not stored.",
        )
        require(
            not self._competes(draft),
            f"Reply {draft.answers} has an open answer already, or its outreach is not stored.",
        )
        self._tables.drafts[draft.id] = draft

    def add(self, drafts: Iterable[Draft]) -> None:
        """Insert drafts that are new; raise BadInput where one is not, or where its outreach is unknown."""
        for draft in drafts:
            require(draft.id not in self._tables.drafts, f"Draft {draft.id} is stored already.")
            self.save(draft)

    def touches(
        self, outreach_ids: Iterable[OutreachId], *, statuses: Iterable[DraftStatus]
    ) -> frozenset[tuple[OutreachId, int]]:
        """Return which touches of these outreach rows have a draft in one of the statuses."""
        asked, wanted = frozenset(outreach_ids), frozenset(statuses)
        return frozenset(
            (draft.outreach_id, draft.touch)
            for draft in self._tables.drafts.values()
            if draft.outreach_id in asked and draft.status in wanted
        )

    def settle(self, draft: Draft, *, expected: DraftStatus) -> bool:
        """Store the draft if it still has the expected status; return whether it had."""
        stored = self._tables.drafts.get(draft.id)
        if stored is None or stored.status is not expected:
            return False
        self._tables.drafts[draft.id] = draft
        return True

    def page(
        self,
        *,
        statuses: Iterable[DraftStatus],
        only: DraftFilter = EVERY_DRAFT,
        after: DraftKey | None = None,
        before: DraftKey | None = None,
        limit: int = 50,
    ) -> tuple[Draft, ...]:
        """Return drafts by (created_at, id) after a key or before one, at most `limit`."""
        found = tuple(
            draft
            for draft in self._wanted(frozenset(statuses), only)
            if (after is None or _age(draft) > after) and (before is None or _age(draft) < before)
        )
        return found[:limit] if before is None else found[max(0, len(found) - limit) :]

    def lines(
        self,
        *,
        statuses: Iterable[DraftStatus],
        only: DraftFilter = EVERY_DRAFT,
        after: DraftKey | None = None,
        before: DraftKey | None = None,
        limit: int = 50,
    ) -> tuple[DraftLine, ...]:
        """Return the same drafts as `page`, each as a line of a list."""
        page = self.page(statuses=statuses, only=only, after=after, before=before, limit=limit)
        return tuple(map(self._line, page))

    def _line(self, draft: Draft) -> DraftLine:
        outreach = self._tables.outreach[draft.outreach_id]
        creator = self._tables.creators[outreach.creator_id]
        given = self._tables.assigned.get(draft.id)
        return DraftLine.of(draft, creator, outreach.campaign_id, assigned_to=given)

    def count(
        self,
        *,
        statuses: Iterable[DraftStatus],
        only: DraftFilter = EVERY_DRAFT,
        before: DraftKey | None = None,
        at_most: int | None = None,
    ) -> int:
        """Return how many drafts have one of the statuses, all or before a key, `at_most` at the most."""
        wanted = self._wanted(frozenset(statuses), only)
        count = sum(before is None or _age(draft) < before for draft in wanted)
        return count if at_most is None else min(count, at_most)

    def assign(self, draft_ids: Iterable[DraftId], *, to: str | None) -> None:
        """Give these drafts to somebody to read; None: to anybody."""
        for draft_id in draft_ids:
            self._tables.assigned.pop(draft_id, None)
            if to is not None and draft_id in self._tables.drafts:
                self._tables.assigned[draft_id] = to

    def assignee(self, draft_id: DraftId) -> str | None:
        """Return to whom a draft was given."""
        return self._tables.assigned.get(draft_id)

    def of_outreach(self, outreach_id: OutreachId) -> tuple[Draft, ...]:
        """Return an outreach's drafts, oldest first."""
        drafts = (draft for draft in self._tables.drafts.values() if draft.outreach_id == outreach_id)
        return tuple(sorted(drafts, key=_age))

    def approve(self, approval: Approval) -> None:
        """Store an approval; raise BadInput where it is there already or its draft is unknown."""
        require(
            approval.draft_id in self._tables.drafts and approval.id not in self._tables.approvals,
            f"Approval {approval.id} is stored already, or its draft {approval.draft_id} is not.",
        )
        self._tables.approvals[approval.id] = approval

    def approval(self, approval_id: ApprovalId) -> Approval | None:
        """Return an approval."""
        return self._tables.approvals.get(approval_id)

    def approvals(self, approval_ids: Iterable[ApprovalId]) -> Mapping[ApprovalId, Approval]:
        """Return those of these approvals that there are."""
        known = self._tables.approvals
        return {approval_id: known[approval_id] for approval_id in approval_ids if approval_id in known}

    def reject(self, rejection: Rejection) -> None:
        """Store a rejection; raise BadInput where the draft has one already or is unknown."""
        draft_id = rejection.draft_id
        require(
            draft_id in self._tables.drafts and draft_id not in self._tables.rejections,
            f"Draft {draft_id} is rejected already, or it is not stored.",
        )
        self._tables.rejections[draft_id] = rejection

    def rejection(self, draft_id: DraftId) -> Rejection | None:
        """Return the rejection of a draft."""
        return self._tables.rejections.get(draft_id)

    def _competes(self, draft: Draft) -> bool:
        return (
            draft.answers is not None
            and draft.status in WAITING
            and any(
                other.answers == draft.answers and other.status in WAITING and other.id != draft.id
                for other in self._tables.drafts.values()
            )
        )

    def _wanted(self, statuses: frozenset[DraftStatus], only: DraftFilter) -> list[Draft]:
        drafts = self._tables.drafts.values()
        return sorted(
            (each for each in drafts if each.status in statuses and self._fits(each, only)), key=_age
        )

    def _fits(self, draft: Draft, only: DraftFilter) -> bool:
        return (
            only.campaign in {None, self._tables.outreach[draft.outreach_id].campaign_id}
            and only.language in {None, draft.letter.language}
            and only.kind in {None, draft.kind}
            and only.has_findings in {None, bool(draft.findings)}
            and only.assigned_to in {None, self._tables.assigned.get(draft.id)}
            and only.is_assigned in {None, draft.id in self._tables.assigned}
            and (only.until is None or draft.created_at <= only.until)
        )


def _age(draft: Draft) -> tuple[datetime, DraftId]:
    return (draft.created_at, draft.id)
