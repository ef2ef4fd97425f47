"""The outbox, in memory."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from agent.adapters.memory.tables import Tables, require
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.ids import CampaignId, DeliveryId, OutreachId
from agent.ports import MailboxLoad

_OF_THE_WAY = (
    "state",
    "due_at",
    "owner",
    "lease_until",
    "attempts",
    "reason",
    "tried_at",
    "sent_at",
)


class MemoryDeliveries:
    """The outbox."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, delivery_id: DeliveryId) -> Delivery | None:
        """Return a delivery."""
        return self._tables.deliveries.get(delivery_id)

    def add(self, delivery: Delivery) -> None:
        """Insert a delivery; raise BadInput where outreach and touch have one that is not cancelled."""
        tables = self._tables
        known = (
            delivery.outreach_id in tables.outreach
            and delivery.draft_id in tables.drafts
            and delivery.approval_id in tables.approvals
        )
        new = delivery.id not in tables.deliveries and not self._competes(delivery)
        require(
            known and new,
            f"Letter {delivery.touch} of outreach {delivery.outreach_id} is in the outbox already, or the "
            "outreach, draft or approval of this delivery is not stored.",
        )
        tables.deliveries[delivery.id] = delivery

    def move(self, delivery: Delivery, *, expected: DeliveryState, owner: str | None) -> bool:
        """Store the delivery if state and owner are as expected; return whether they were."""
        stored = self._tables.deliveries.get(delivery.id)
        if stored is None or stored.state is not expected or stored.owner != owner:
            return False
        self._tables.deliveries[delivery.id] = delivery
        return True

    def step(self, delivery: Delivery, *, expected: DeliveryState, owner: str | None) -> bool:
        """Do the same for how far it has come, and leave alone what was approved."""
        stored = self._tables.deliveries.get(delivery.id)
        if stored is None:
            return False
        stepped = replace(stored, **{name: getattr(delivery, name) for name in _OF_THE_WAY})
        return self.move(stepped, expected=expected, owner=owner)

    def claim(self, delivery_ids: Iterable[DeliveryId], *, owner: str, lease_until: datetime) -> int:
        """Take queued deliveries for a worker's handshake; return how many were still queued."""
        stored = (self._tables.deliveries.get(delivery_id) for delivery_id in delivery_ids)
        free = [row for row in stored if row is not None and row.state is DeliveryState.QUEUED]
        for row in free:
            self._tables.deliveries[row.id] = replace(
                row,
                state=DeliveryState.HANDSHAKE,
                owner=owner,
                lease_until=lease_until,
                attempts=row.attempts + 1,
            )
        return len(free)

    def due(self, *, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """Return queued deliveries that are due: answers before the others, longest due first."""
        queued = (row for row in self._tables.deliveries.values() if row.state is DeliveryState.QUEUED)
        due = (delivery for delivery in queued if delivery.due_at <= now)
        return tuple(sorted(due, key=lambda row: (row.answers is None, row.due_at, row.id))[:limit])

    def expired(self, *, now: datetime) -> tuple[Delivery, ...]:
        """Return deliveries in handshake or data whose lease has ended."""
        ended = [
            (delivery.lease_until, delivery.id)
            for delivery in self.list(states=(DeliveryState.HANDSHAKE, DeliveryState.DATA))
            if delivery.lease_until is not None and delivery.lease_until <= now
        ]
        return tuple(self._tables.deliveries[delivery_id] for _, delivery_id in sorted(ended))

    def list(self, *, states: Iterable[DeliveryState] | None = None) -> tuple[Delivery, ...]:
        """Return deliveries by creation, all or those in the given states."""
        wanted = frozenset(DeliveryState if states is None else states)
        rows = (delivery for delivery in self._tables.deliveries.values() if delivery.state in wanted)
        return tuple(sorted(rows, key=_age))

    def of_outreach(self, outreach_id: OutreachId) -> tuple[Delivery, ...]:
        """Return an outreach's deliveries by touch, those of one touch by creation."""
        rows = (row for row in self._tables.deliveries.values() if row.outreach_id == outreach_id)
        return tuple(sorted(rows, key=lambda delivery: (delivery.touch, *_age(delivery))))

    def left_of(self, outreach_ids: Iterable[OutreachId]) -> tuple[Delivery, ...]:
        """Return the deliveries of these outreach rows that left, or may have (data, uncertain)."""
        wanted = set(outreach_ids)
        rows = (row for row in self._left() if row.outreach_id in wanted)
        return tuple(sorted(rows, key=lambda delivery: (delivery.touch, *_age(delivery))))

    def with_message_id(self, message_ids: Iterable[str]) -> tuple[Delivery, ...]:
        """Return the deliveries that carry one of these Message-IDs, by creation."""
        wanted = set(message_ids)
        rows = (row for row in self._tables.deliveries.values() if row.message_id in wanted)
        return tuple(sorted(rows, key=_age))

    def load(self, mailbox: str, *, since: datetime) -> MailboxLoad:
        """Return what a mailbox has sent, or may have sent (data, uncertain), since a moment."""
        moments = [_left_at(delivery) for delivery in self._left() if delivery.mailbox == mailbox]
        # the last one counts even from before: a gap does not end at midnight
        return MailboxLoad(
            sent=sum(moment >= since for moment in moments),
            last_sent_at=max(moments, default=None),
            first_sent_at=min(moments, default=None),
        )

    def any_left(self) -> bool:
        """Return whether any letter ever left, or may have (data, uncertain)."""
        return bool(self._left())

    def left_for(self, campaign_id: CampaignId, *, since: datetime) -> int:
        """Return how many letters of a campaign left, or may have (data, uncertain), since a moment."""
        ours = {each.id for each in self._tables.outreach.values() if each.campaign_id == campaign_id}
        return sum(each.outreach_id in ours and _left_at(each) >= since for each in self._left())

    def _left(self) -> tuple[Delivery, ...]:
        left = {DeliveryState.SENT, DeliveryState.DATA, DeliveryState.UNCERTAIN}
        return tuple(row for row in self._tables.deliveries.values() if row.state in left)

    def _competes(self, delivery: Delivery) -> bool:
        return delivery.state is not DeliveryState.CANCELLED and any(
            other.touch == delivery.touch and other.state is not DeliveryState.CANCELLED
            for other in self.of_outreach(delivery.outreach_id)
        )


def _age(delivery: Delivery) -> tuple[datetime, DeliveryId]:
    return (delivery.created_at, delivery.id)


def _left_at(delivery: Delivery) -> datetime:
    return delivery.sent_at or delivery.tried_at or delivery.due_at
