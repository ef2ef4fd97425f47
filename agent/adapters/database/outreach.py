"""Outreach rows, in SQL."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row as Record
from sqlalchemy import and_, bindparam, exists, func, or_, update
from sqlalchemy import select as columns
from sqlmodel import col, select

from agent.adapters.database.ready import Ready
from agent.adapters.database.statements import batches, fetch, put_values
from agent.adapters.database.tables import OutreachRow, Row
from agent.adapters.database.work import Work
from agent.domain.draft import DraftStatus
from agent.domain.ids import CampaignId, CreatorId, OutreachId
from agent.domain.outreach import Outreach, OutreachStatus

_OUTREACH = Row.metadata.tables["outreach"]
_DRAFTS = Row.metadata.tables["drafts"]
_THESE = columns(_OUTREACH).where(_OUTREACH.c.id.in_(bindparam("these", expanding=True)))
_OLDEST_FIRST = (
    columns(_OUTREACH.c.id)
    .where(_OUTREACH.c.campaign_id == bindparam("campaign"))
    .order_by(_OUTREACH.c.created_at, _OUTREACH.c.id)
)
_NEXT_IS_DRAFTED = exists().where(
    _DRAFTS.c.outreach_id == _OUTREACH.c.id,
    _DRAFTS.c.touch == _OUTREACH.c.touches_sent + 1,
    _DRAFTS.c.status.in_(bindparam("drafted", expanding=True)),
)
_UNDRAFTED = (
    columns(_OUTREACH.c.id)
    .where(
        _OUTREACH.c.campaign_id == bindparam("campaign"),
        _OUTREACH.c.status == bindparam("status"),
        ~_NEXT_IS_DRAFTED,
    )
    .order_by(_OUTREACH.c.score.desc(), _OUTREACH.c.id)
)
_DUE_ROWS = (
    columns(_OUTREACH)
    .where(_OUTREACH.c.next_touch_at <= bindparam("now"))
    .order_by(_OUTREACH.c.next_touch_at, _OUTREACH.c.id)
)
_DUE = (
    columns(_OUTREACH.c.id, _OUTREACH.c.status)
    .where(_OUTREACH.c.next_touch_at <= bindparam("now"))
    .order_by(_OUTREACH.c.next_touch_at, _OUTREACH.c.id)
    .with_for_update(skip_locked=True)
)
_STEP = Ready(
    update(_OUTREACH).where(_OUTREACH.c.id == bindparam("this")),
    ("this", "status", "touches_sent", "next_touch_at", "reason", "updated_at"),
)
_OF_THESE = (
    columns(_OUTREACH)
    .where(_OUTREACH.c.creator_id.in_(bindparam("these", expanding=True)))
    .order_by(_OUTREACH.c.created_at, _OUTREACH.c.id)
)
_RESCHEDULED = (
    update(_OUTREACH)
    .where(_OUTREACH.c.id.in_(bindparam("these", expanding=True)))
    .values(next_touch_at=bindparam("moment"))
)


class SqlOutreaches:
    """One row per creator and campaign."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, outreach_id: OutreachId) -> Outreach | None:
        """Return an outreach."""
        row = fetch(self._work, OutreachRow, outreach_id)
        return _outreach_of(row) if row is not None else None

    def with_ids(self, outreach_ids: Iterable[OutreachId]) -> Mapping[OutreachId, Outreach]:
        """Return those of these outreach rows that there are."""
        connection = self._work.connection()
        rows = (
            row for some in batches(set(outreach_ids)) for row in connection.execute(_THESE, {"these": some})
        )
        return {OutreachId(row.id): _outreach_of(row) for row in rows}

    def save(self, outreach: Outreach) -> None:
        """Insert or replace an outreach.

        Raises BadInput where the pair of creator and campaign is taken or one of the two is unknown.
        """
        otherwise = (
            f"Outreach {outreach.id} cannot be stored: campaign “{outreach.campaign_id}” has one to creator "
            f"{outreach.creator_id} already, or one of the two is not stored."
        )
        put_values(self._work, _OUTREACH, _values_of(outreach), otherwise=otherwise)

    def step(self, outreach: Outreach) -> None:
        """Store how far a known outreach has come, and leave alone whom it is to and why."""
        _STEP.run(self._work, {"this": outreach.id, **_way(outreach)})

    def of_campaign(self, campaign_id: CampaignId) -> tuple[Outreach, ...]:
        """Return a campaign's outreach rows, best fit first, ties by id."""
        query = select(OutreachRow).where(col(OutreachRow.campaign_id) == campaign_id)
        ordered = query.order_by(col(OutreachRow.score).desc(), col(OutreachRow.id))
        return tuple(map(_outreach_of, self._work.orm.exec(ordered)))

    def place(self, outreach: Outreach) -> int:
        """Return how many outreach rows of the same campaign are older than this one, ties by id."""
        older = col(OutreachRow.created_at) < outreach.created_at
        first = and_(col(OutreachRow.created_at) == outreach.created_at, col(OutreachRow.id) < outreach.id)
        query = select(func.count()).where(col(OutreachRow.campaign_id) == outreach.campaign_id)
        return self._work.orm.exec(query.where(or_(older, first))).one()

    def places(self, campaign_id: CampaignId) -> Mapping[OutreachId, int]:
        """Return the place of each outreach of a campaign."""
        rows = self._work.connection().execute(_OLDEST_FIRST, {"campaign": campaign_id})
        return {OutreachId(row.id): place for place, row in enumerate(rows)}

    def undrafted(
        self,
        campaign_id: CampaignId,
        *,
        status: OutreachStatus,
        drafted: Iterable[DraftStatus],
        limit: int | None = None,
    ) -> tuple[OutreachId, ...]:
        """Return a campaign's outreach in this state whose next touch has no draft in a `drafted` status."""
        given = {
            "campaign": campaign_id,
            "status": status.value,
            "drafted": [each.value for each in drafted],
        }
        rows = self._work.connection().execute(_UNDRAFTED.limit(limit), given)
        return tuple(OutreachId(row.id) for row in rows)

    def of_creators(self, creator_ids: Iterable[CreatorId]) -> tuple[Outreach, ...]:
        """Return every outreach to these creators, oldest first."""
        found: list[Outreach] = []
        for some in batches(set(creator_ids)):
            found.extend(map(_outreach_of, self._work.connection().execute(_OF_THESE, {"these": some})))
        return tuple(sorted(found, key=lambda outreach: (outreach.created_at, outreach.id)))

    def in_states(
        self, statuses: Iterable[OutreachStatus], *, campaign_id: CampaignId | None = None
    ) -> tuple[Outreach, ...]:
        """Return the rows in one of these states, campaign by campaign, best fit first, ties by id."""
        wanted = [status.value for status in statuses]
        query = select(OutreachRow).where(col(OutreachRow.status).in_(wanted))
        if campaign_id is not None:
            query = query.where(col(OutreachRow.campaign_id) == campaign_id)
        order = (col(OutreachRow.campaign_id), col(OutreachRow.score).desc(), col(OutreachRow.id))
        return tuple(map(_outreach_of, self._work.orm.exec(query.order_by(*order))))

    def due(self, *, now: datetime, limit: int) -> tuple[Outreach, ...]:
        """Return outreach rows whose `next_touch_at` has come, earliest first."""
        rows = self._work.connection().execute(_DUE_ROWS.limit(limit), {"now": now})
        return tuple(map(_outreach_of, rows))

    def take_due(self, *, now: datetime, until: datetime, limit: int) -> Mapping[OutreachId, OutreachStatus]:
        """Take rows whose `next_touch_at` has come, earliest first, by setting it to `until`."""
        rows = self._work.connection().execute(_DUE.limit(limit), {"now": now}).all()
        self.reschedule((OutreachId(row.id) for row in rows), to=until)
        return {OutreachId(row.id): OutreachStatus(row.status) for row in rows}

    def reschedule(self, outreach_ids: Iterable[OutreachId], *, to: datetime | None) -> None:
        """Set when the next letter of each is due; None: it is not."""
        for some in batches(outreach_ids):
            self._work.connection().execute(_RESCHEDULED, {"these": some, "moment": to})


def _way(outreach: Outreach) -> dict[str, Any]:
    return {
        "status": outreach.status.value,
        "touches_sent": outreach.touches_sent,
        "next_touch_at": outreach.next_touch_at,
        "reason": outreach.reason,
        "updated_at": outreach.updated_at,
    }


def _values_of(outreach: Outreach) -> dict[str, Any]:
    return _way(outreach) | {
        "id": outreach.id,
        "campaign_id": outreach.campaign_id,
        "creator_id": outreach.creator_id,
        "score": outreach.fit.score,
        "fit": outreach.fit,
        "sender": outreach.sender,
        "created_at": outreach.created_at,
    }


def _outreach_of(row: OutreachRow | Record[Any]) -> Outreach:
    return Outreach(
        id=OutreachId(row.id),
        campaign_id=CampaignId(row.campaign_id),
        creator_id=CreatorId(row.creator_id),
        fit=row.fit,
        status=OutreachStatus(row.status),
        touches_sent=row.touches_sent,
        next_touch_at=row.next_touch_at,
        reason=row.reason,
        sender=row.sender,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
