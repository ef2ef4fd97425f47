"""The outbox, in SQL."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import TextClause, func, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from agent.adapters.database.statements import add, batches, changed, fetch, values
from agent.adapters.database.tables import QUEUED, QUEUED_ANSWER, DeliveryRow, OutreachRow
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.ids import ApprovalId, CampaignId, DeliveryId, DraftId, OutreachId, ReplyId, Seal
from agent.ports import MailboxLoad

HAS_A_LEASE = (DeliveryState.HANDSHAKE.value, DeliveryState.DATA.value)
MAY_HAVE_LEFT = frozenset({DeliveryState.DATA, DeliveryState.UNCERTAIN})


class SqlDeliveries:
    """The outbox; a state changes by a conditional UPDATE whose row count says who won."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, delivery_id: DeliveryId) -> Delivery | None:
        """Return a delivery."""
        row = fetch(self._session, DeliveryRow, delivery_id)
        return _delivery_of(row) if row is not None else None

    def add(self, delivery: Delivery) -> None:
        """Insert a delivery; raise BadInput where outreach and touch have one that is not cancelled."""
        otherwise = (
            f"Letter {delivery.touch} of outreach {delivery.outreach_id} is in the outbox already, or the "
            "outreach, draft or approval of this delivery is not stored."
        )
        add(self._session, _row_of(delivery), otherwise=otherwise)

    def move(self, delivery: Delivery, *, expected: DeliveryState, owner: str | None) -> bool:
        """Store the delivery if state and owner are as expected, in one UPDATE; return whether they were."""
        as_expected = (
            col(DeliveryRow.id) == delivery.id,
            col(DeliveryRow.state) == expected.value,
            col(DeliveryRow.owner) == owner,
        )
        statement = update(DeliveryRow).where(*as_expected).values(values(_row_of(delivery)))
        return changed(self._session, statement) == 1

    def next_due(self, *, now: datetime) -> Delivery | None:
        """Return the queued answer that has been due longest, else the letter that has.

        Locked where the store can lock rows.
        """
        return self._longest_due(QUEUED_ANSWER, now=now) or self._longest_due(QUEUED, now=now)

    def expired(self, *, now: datetime) -> tuple[Delivery, ...]:
        """Return deliveries in handshake or data whose lease has ended."""
        query = select(DeliveryRow).where(
            col(DeliveryRow.lease_until) <= now, col(DeliveryRow.state).in_(HAS_A_LEASE)
        )
        return self._read(query.order_by(col(DeliveryRow.lease_until), col(DeliveryRow.id)))

    def list(self, *, states: Iterable[DeliveryState] | None = None) -> tuple[Delivery, ...]:
        """Return deliveries by creation, all or those in the given states."""
        query = select(DeliveryRow)
        if states is not None:
            query = query.where(col(DeliveryRow.state).in_([state.value for state in states]))
        return self._read(query.order_by(col(DeliveryRow.created_at), col(DeliveryRow.id)))

    def of_outreach(self, outreach_id: OutreachId) -> tuple[Delivery, ...]:
        """Return an outreach's deliveries by touch, those of one touch by creation."""
        query = select(DeliveryRow).where(col(DeliveryRow.outreach_id) == outreach_id)
        order = (col(DeliveryRow.touch), col(DeliveryRow.created_at), col(DeliveryRow.id))
        return self._read(query.order_by(*order))

    def with_message_id(self, message_ids: Iterable[str]) -> tuple[Delivery, ...]:
        """Return the deliveries that carry one of these Message-IDs, by creation."""
        found: Sequence[Delivery] = [
            delivery
            for some in batches(set(message_ids))
            for delivery in self._read(select(DeliveryRow).where(col(DeliveryRow.message_id).in_(some)))
        ]
        return tuple(sorted(found, key=lambda delivery: (delivery.created_at, delivery.id)))

    def load(self, mailbox: str, *, since: datetime) -> MailboxLoad:
        """Return what a mailbox has sent, or may have sent (data, uncertain), since a moment."""
        of_mailbox = (col(DeliveryRow.mailbox) == mailbox, col(DeliveryRow.left_at).is_not(None))
        query = select(func.count()).select_from(DeliveryRow)
        recent = query.where(*of_mailbox, col(DeliveryRow.left_at) >= since)
        # the last one counts even from before: a gap does not end at midnight
        last = select(func.max(DeliveryRow.left_at)).where(*of_mailbox)
        first = select(func.min(DeliveryRow.left_at)).where(*of_mailbox)
        return MailboxLoad(
            sent=self._session.exec(recent).one(),
            last_sent_at=self._session.exec(last).one(),
            first_sent_at=self._session.exec(first).one(),
        )

    def any_left(self) -> bool:
        """Return whether any letter ever left, or may have (data, uncertain)."""
        query = select(DeliveryRow.id).where(col(DeliveryRow.left_at).is_not(None)).limit(1)
        return self._session.exec(query).first() is not None

    def left_for(self, campaign_id: CampaignId, *, since: datetime) -> int:
        """Return how many letters of a campaign left, or may have (data, uncertain), since a moment."""
        query = select(func.count()).select_from(DeliveryRow)
        of_campaign = query.join(OutreachRow, col(OutreachRow.id) == col(DeliveryRow.outreach_id))
        recent = of_campaign.where(
            col(OutreachRow.campaign_id) == campaign_id, col(DeliveryRow.left_at) >= since
        )
        return self._session.exec(recent).one()

    def _longest_due(self, waiting: TextClause, *, now: datetime) -> Delivery | None:
        query = select(DeliveryRow).where(waiting, col(DeliveryRow.due_at) <= now)
        ordered = query.order_by(col(DeliveryRow.due_at), col(DeliveryRow.id)).limit(1)
        # PostgreSQL: another worker takes the next row; SQLite leaves it out, its writers come one by one
        row = self._session.exec(ordered.with_for_update(skip_locked=True)).first()
        return _delivery_of(row) if row is not None else None

    def _read(self, query: SelectOfScalar[DeliveryRow]) -> tuple[Delivery, ...]:
        return tuple(map(_delivery_of, self._session.exec(query)))


def _left_at(delivery: Delivery) -> datetime | None:
    if delivery.state is DeliveryState.SENT:
        return delivery.sent_at or delivery.tried_at or delivery.due_at
    return (delivery.tried_at or delivery.due_at) if delivery.state in MAY_HAVE_LEFT else None


def _row_of(delivery: Delivery) -> DeliveryRow:
    return DeliveryRow(
        id=delivery.id,
        outreach_id=delivery.outreach_id,
        touch=delivery.touch,
        draft_id=delivery.draft_id,
        approval_id=delivery.approval_id,
        seal=delivery.seal,
        message_id=delivery.message_id,
        mailbox=delivery.mailbox,
        envelope_from=delivery.envelope_from,
        envelope_to=delivery.envelope_to,
        raw=delivery.raw,
        digest=delivery.digest,
        state=delivery.state.value,
        due_at=delivery.due_at,
        owner=delivery.owner,
        lease_until=delivery.lease_until,
        attempts=delivery.attempts,
        reason=delivery.reason,
        created_at=delivery.created_at,
        tried_at=delivery.tried_at,
        sent_at=delivery.sent_at,
        left_at=_left_at(delivery),
        answers=delivery.answers,
    )


def _delivery_of(row: DeliveryRow) -> Delivery:
    return Delivery(
        id=DeliveryId(row.id),
        outreach_id=OutreachId(row.outreach_id),
        touch=row.touch,
        draft_id=DraftId(row.draft_id),
        approval_id=ApprovalId(row.approval_id),
        seal=Seal(row.seal),
        message_id=row.message_id,
        mailbox=row.mailbox,
        envelope_from=row.envelope_from,
        envelope_to=row.envelope_to,
        raw=row.raw,
        digest=row.digest,
        state=DeliveryState(row.state),
        due_at=row.due_at,
        owner=row.owner,
        lease_until=row.lease_until,
        attempts=row.attempts,
        reason=row.reason,
        created_at=row.created_at,
        tried_at=row.tried_at,
        sent_at=row.sent_at,
        answers=ReplyId(row.answers) if row.answers is not None else None,
    )
