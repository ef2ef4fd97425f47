"""Direct messages to copy by hand, in SQL."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row as Record
from sqlalchemy import bindparam, func, update
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from agent.adapters.database.statements import add, batches, changed, fetch, values
from agent.adapters.database.tables import HandoverRow, Row
from agent.adapters.database.work import Work
from agent.domain.handover import MAY_HAVE_GONE, Handover, HandoverState
from agent.domain.ids import ApprovalId, CampaignId, DraftId, HandoverId, OutreachId, Seal

_HANDOVERS, _OUTREACH = (Row.metadata.tables[name] for name in ("handovers", "outreach"))
_GONE = _HANDOVERS.c.state.in_(sorted(state.value for state in MAY_HAVE_GONE))
_GONE_OF_THESE = (
    columns(_HANDOVERS)
    .where(_HANDOVERS.c.outreach_id.in_(bindparam("these", expanding=True)), _GONE)
    .order_by(_HANDOVERS.c.touch, _HANDOVERS.c.created_at, _HANDOVERS.c.id)
)
_GONE_FOR = (
    columns(func.count())
    .select_from(_HANDOVERS.join(_OUTREACH, _OUTREACH.c.id == _HANDOVERS.c.outreach_id))
    .where(
        _OUTREACH.c.campaign_id == bindparam("campaign"),
        _GONE,
        func.coalesce(_HANDOVERS.c.sent_at, _HANDOVERS.c.claimed_at) >= bindparam("since"),
    )
)
_COUNT = (
    columns(func.count())
    .select_from(_HANDOVERS)
    .where(_HANDOVERS.c.state.in_(bindparam("states", expanding=True)))
)


class SqlHandovers:
    """Messages for people's hands; a state changes by a conditional UPDATE whose row count says who won."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, handover_id: HandoverId) -> Handover | None:
        """Return a handover."""
        row = fetch(self._work, HandoverRow, handover_id)
        return _handover_of(row) if row is not None else None

    def add(self, handover: Handover) -> None:
        """Insert a handover; raise BadInput where outreach and touch have one that is not cancelled."""
        otherwise = (
            f"Message {handover.touch} of outreach {handover.outreach_id} waits to be copied already, or the "
            "outreach, draft or approval of this handover is not stored."
        )
        add(self._work, _row_of(handover), otherwise=otherwise)

    def move(self, handover: Handover, *, expected: HandoverState, by: str | None) -> bool:
        """Store the handover if state and person are as expected, in one UPDATE; return whether they were."""
        as_expected = (
            col(HandoverRow.id) == handover.id,
            col(HandoverRow.state) == expected.value,
            col(HandoverRow.by) == by,
        )
        statement = update(HandoverRow).where(*as_expected).values(values(_row_of(handover)))
        return changed(self._work, statement) == 1

    def list(self, *, states: Iterable[HandoverState] | None = None) -> tuple[Handover, ...]:
        """Return handovers by creation, all or those in the given states."""
        query = select(HandoverRow)
        if states is not None:
            query = query.where(col(HandoverRow.state).in_([state.value for state in states]))
        return self._read(query.order_by(col(HandoverRow.created_at), col(HandoverRow.id)))

    def count(self, *, states: Iterable[HandoverState]) -> int:
        """Return how many handovers are in one of the states."""
        wanted = [state.value for state in states]
        count: int = self._work.connection().execute(_COUNT, {"states": wanted}).scalar_one()
        return count

    def of_outreach(self, outreach_id: OutreachId) -> tuple[Handover, ...]:
        """Return an outreach's handovers by touch, those of one touch by creation."""
        query = select(HandoverRow).where(col(HandoverRow.outreach_id) == outreach_id)
        order = (col(HandoverRow.touch), col(HandoverRow.created_at), col(HandoverRow.id))
        return self._read(query.order_by(*order))

    def gone_of(self, outreach_ids: Iterable[OutreachId]) -> tuple[Handover, ...]:
        """Return the handovers of these outreach rows that went, or may have (copying)."""
        connection = self._work.connection()
        return tuple(
            _handover_of(row)
            for some in batches(dict.fromkeys(outreach_ids))
            for row in connection.execute(_GONE_OF_THESE, {"these": some})
        )

    def gone_for(self, campaign_id: CampaignId, *, since: datetime) -> int:
        """Return how many messages of a campaign went, or may have (copying), since a moment."""
        given = {"campaign": campaign_id, "since": since}
        count: int = self._work.connection().execute(_GONE_FOR, given).scalar_one()
        return count

    def _read(self, query: SelectOfScalar[HandoverRow]) -> tuple[Handover, ...]:
        return tuple(map(_handover_of, self._work.orm.exec(query)))


def _row_of(handover: Handover) -> HandoverRow:
    return HandoverRow(
        id=handover.id,
        outreach_id=handover.outreach_id,
        touch=handover.touch,
        draft_id=handover.draft_id,
        approval_id=handover.approval_id,
        seal=handover.seal,
        person=handover.person,
        profile_url=handover.profile_url,
        text=handover.text,
        state=handover.state.value,
        by=handover.by,
        claimed_at=handover.claimed_at,
        reason=handover.reason,
        created_at=handover.created_at,
        sent_at=handover.sent_at,
    )


def _handover_of(row: HandoverRow | Record[Any]) -> Handover:
    return Handover(
        id=HandoverId(row.id),
        outreach_id=OutreachId(row.outreach_id),
        touch=row.touch,
        draft_id=DraftId(row.draft_id),
        approval_id=ApprovalId(row.approval_id),
        seal=Seal(row.seal),
        person=row.person,
        profile_url=row.profile_url,
        text=row.text,
        state=HandoverState(row.state),
        by=row.by,
        claimed_at=row.claimed_at,
        reason=row.reason,
        created_at=row.created_at,
        sent_at=row.sent_at,
    )
