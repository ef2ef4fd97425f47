"""The outbox, in SQL."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain, islice
from typing import Any

from sqlalchemy import Row as Record
from sqlalchemy import Select, String, TextClause, bindparam, func, select, update

from agent.adapters.database.ready import Ready
from agent.adapters.database.statements import add_values, batches, changed, fetch
from agent.adapters.database.tables import QUEUED, QUEUED_ANSWER, DeliveryRow, Row
from agent.adapters.database.work import Work
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.ids import ApprovalId, CampaignId, DeliveryId, DraftId, OutreachId, ReplyId, Seal
from agent.ports import MailboxLoad

MAY_HAVE_LEFT = frozenset({DeliveryState.DATA, DeliveryState.UNCERTAIN})
_LEFT = (DeliveryState.DATA.value, DeliveryState.UNCERTAIN.value, DeliveryState.SENT.value)

_DELIVERIES, _OUTREACH = (Row.metadata.tables[name] for name in ("deliveries", "outreach"))
_BY_AGE = (_DELIVERIES.c.created_at, _DELIVERIES.c.id)


def _due(waiting: TextClause) -> Select[Any]:
    due = select(_DELIVERIES).where(waiting, _DELIVERIES.c.due_at <= bindparam("now"))
    ordered = due.order_by(_DELIVERIES.c.due_at, _DELIVERIES.c.id).limit(bindparam("most"))
    # PostgreSQL: another worker takes the next row; SQLite leaves it out, its writers come one by one
    return ordered.with_for_update(skip_locked=True)


_DUE_ANSWERS, _DUE = _due(QUEUED_ANSWER), _due(QUEUED)
_AS_EXPECTED = (
    _DELIVERIES.c.id == bindparam("this"),
    _DELIVERIES.c.state == bindparam("expected"),
    _DELIVERIES.c.owner.is_not_distinct_from(bindparam("whose", type_=String)),
)
_MOVE = update(_DELIVERIES).where(*_AS_EXPECTED)
_CONDITION = ("this", "expected", "whose")
_WAY = ("state", "due_at", "owner", "lease_until", "attempts", "reason", "tried_at", "sent_at", "left_at")
_STEP = Ready(_MOVE, (*_WAY, *_CONDITION))
_CLAIM = (
    update(_DELIVERIES)
    .where(
        _DELIVERIES.c.id.in_(bindparam("these", expanding=True)),
        _DELIVERIES.c.state == DeliveryState.QUEUED.value,
        _DELIVERIES.c.owner.is_(None),
    )
    .values(
        state=DeliveryState.HANDSHAKE.value,
        owner=bindparam("whose"),
        lease_until=bindparam("until"),
        attempts=_DELIVERIES.c.attempts + 1,
    )
)
_EXPIRED = (
    select(_DELIVERIES)
    .where(
        _DELIVERIES.c.lease_until <= bindparam("now"),
        _DELIVERIES.c.state.in_((DeliveryState.HANDSHAKE.value, DeliveryState.DATA.value)),
    )
    .order_by(_DELIVERIES.c.lease_until, _DELIVERIES.c.id)
)
_ALL = select(_DELIVERIES).order_by(*_BY_AGE)
_IN_STATES = _ALL.where(_DELIVERIES.c.state.in_(bindparam("states", expanding=True)))
_OF_THESE = (
    select(_DELIVERIES)
    .where(_DELIVERIES.c.outreach_id.in_(bindparam("these", expanding=True)))
    .order_by(_DELIVERIES.c.touch, *_BY_AGE)
)
_LEFT_OF_THESE = _OF_THESE.where(_DELIVERIES.c.state.in_(_LEFT))
_WITH_MESSAGE_ID = select(_DELIVERIES).where(_DELIVERIES.c.message_id.in_(bindparam("these", expanding=True)))
# the last one counts even from before: a gap does not end at midnight
_OF_MAILBOX = (_DELIVERIES.c.mailbox == bindparam("mailbox"), _DELIVERIES.c.left_at.is_not(None))
_LOAD = select(
    select(func.count())
    .select_from(_DELIVERIES)
    .where(*_OF_MAILBOX, _DELIVERIES.c.left_at >= bindparam("since"))
    .scalar_subquery(),
    select(func.max(_DELIVERIES.c.left_at)).where(*_OF_MAILBOX).scalar_subquery(),
    select(func.min(_DELIVERIES.c.left_at)).where(*_OF_MAILBOX).scalar_subquery(),
)
_ANY_LEFT = select(_DELIVERIES.c.id).where(_DELIVERIES.c.left_at.is_not(None)).limit(1)
_LEFT_FOR = (
    select(func.count())
    .select_from(_DELIVERIES.join(_OUTREACH, _OUTREACH.c.id == _DELIVERIES.c.outreach_id))
    .where(_OUTREACH.c.campaign_id == bindparam("campaign"), _DELIVERIES.c.left_at >= bindparam("since"))
)


class SqlDeliveries:
    """The outbox; a state changes by a conditional UPDATE whose row count says who won."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, delivery_id: DeliveryId) -> Delivery | None:
        """Return a delivery."""
        row = fetch(self._work, DeliveryRow, delivery_id)
        return _delivery_of(row) if row is not None else None

    def add(self, delivery: Delivery) -> None:
        """Insert a delivery; raise BadInput where outreach and touch have one that is not cancelled."""
        otherwise = (
            f"Letter {delivery.touch} of outreach {delivery.outreach_id} is in the outbox already, or the "
            "outreach, draft or approval of this delivery is not stored."
        )
        add_values(self._work, _DELIVERIES, _whole(delivery), otherwise=otherwise)

    def move(self, delivery: Delivery, *, expected: DeliveryState, owner: str | None) -> bool:
        """Store the delivery if state and owner are as expected, in one UPDATE; return whether they were."""
        given = _whole(delivery) | _as_expected(delivery, expected=expected, owner=owner)
        return changed(self._work, _MOVE, given) == 1

    def step(self, delivery: Delivery, *, expected: DeliveryState, owner: str | None) -> bool:
        """Do the same for how far it has come, and leave alone what was approved."""
        given = _way(delivery) | _as_expected(delivery, expected=expected, owner=owner)
        return _STEP.run(self._work, given).rows == 1

    def claim(self, delivery_ids: Iterable[DeliveryId], *, owner: str, lease_until: datetime) -> int:
        """Take queued deliveries for a worker's handshake; return how many were still queued."""
        given = {"whose": owner, "until": lease_until}
        return sum(changed(self._work, _CLAIM, {"these": some, **given}) for some in batches(delivery_ids))

    def due(self, *, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """Return queued deliveries that are due: answers before the others, longest due first.

        Locked where the store can lock rows.
        """
        answers = self._read(_DUE_ANSWERS, now=now, most=limit)
        if len(answers) == limit:
            return answers
        others = (row for row in self._read(_DUE, now=now, most=limit) if row.answers is None)
        return tuple(islice(chain(answers, others), limit))

    def expired(self, *, now: datetime) -> tuple[Delivery, ...]:
        """Return deliveries in handshake or data whose lease has ended."""
        return self._read(_EXPIRED, now=now)

    def list(self, *, states: Iterable[DeliveryState] | None = None) -> tuple[Delivery, ...]:
        """Return deliveries by creation, all or those in the given states."""
        if states is None:
            return self._read(_ALL)
        return self._read(_IN_STATES, states=[state.value for state in states])

    def of_outreach(self, outreach_id: OutreachId) -> tuple[Delivery, ...]:
        """Return an outreach's deliveries by touch, those of one touch by creation."""
        return self._read(_OF_THESE, these=[outreach_id])

    def left_of(self, outreach_ids: Iterable[OutreachId]) -> tuple[Delivery, ...]:
        """Return the deliveries of these outreach rows that left, or may have (data, uncertain)."""
        some = batches(dict.fromkeys(outreach_ids))
        return tuple(delivery for these in some for delivery in self._read(_LEFT_OF_THESE, these=these))

    def with_message_id(self, message_ids: Iterable[str]) -> tuple[Delivery, ...]:
        """Return the deliveries that carry one of these Message-IDs, by creation."""
        found: Sequence[Delivery] = [
            delivery
            for some in batches(set(message_ids))
            for delivery in self._read(_WITH_MESSAGE_ID, these=some)
        ]
        return tuple(sorted(found, key=lambda delivery: (delivery.created_at, delivery.id)))

    def load(self, mailbox: str, *, since: datetime) -> MailboxLoad:
        """Return what a mailbox has sent, or may have sent (data, uncertain), since a moment."""
        given = {"mailbox": mailbox, "since": since}
        sent, last, first = self._work.connection().execute(_LOAD, given).one()
        return MailboxLoad(sent=sent, last_sent_at=last, first_sent_at=first)

    def any_left(self) -> bool:
        """Return whether any letter ever left, or may have (data, uncertain)."""
        return self._work.connection().execute(_ANY_LEFT).first() is not None

    def left_for(self, campaign_id: CampaignId, *, since: datetime) -> int:
        """Return how many letters of a campaign left, or may have (data, uncertain), since a moment."""
        given = {"campaign": campaign_id, "since": since}
        count: int = self._work.connection().execute(_LEFT_FOR, given).scalar_one()
        return count

    def _read(self, query: Select[Any], **given: object) -> tuple[Delivery, ...]:
        return tuple(map(_delivery_of, self._work.connection().execute(query, given)))


def _as_expected(delivery: Delivery, *, expected: DeliveryState, owner: str | None) -> dict[str, Any]:
    return {"this": delivery.id, "expected": expected.value, "whose": owner}


def _left_at(delivery: Delivery) -> datetime | None:
    if delivery.state is DeliveryState.SENT:
        return delivery.sent_at or delivery.tried_at or delivery.due_at
    return (delivery.tried_at or delivery.due_at) if delivery.state in MAY_HAVE_LEFT else None


def _way(delivery: Delivery) -> dict[str, Any]:
    """Return the columns that change on a letter's way out."""
    return {
        "state": delivery.state.value,
        "due_at": delivery.due_at,
        "owner": delivery.owner,
        "lease_until": delivery.lease_until,
        "attempts": delivery.attempts,
        "reason": delivery.reason,
        "tried_at": delivery.tried_at,
        "sent_at": delivery.sent_at,
        "left_at": _left_at(delivery),
    }


def _whole(delivery: Delivery) -> dict[str, Any]:
    return _way(delivery) | {
        "id": delivery.id,
        "outreach_id": delivery.outreach_id,
        "touch": delivery.touch,
        "draft_id": delivery.draft_id,
        "approval_id": delivery.approval_id,
        "seal": delivery.seal,
        "message_id": delivery.message_id,
        "mailbox": delivery.mailbox,
        "envelope_from": delivery.envelope_from,
        "envelope_to": delivery.envelope_to,
        "raw": delivery.raw,
        "digest": delivery.digest,
        "created_at": delivery.created_at,
        "answers": delivery.answers,
        "proof": delivery.proof,
    }


def _delivery_of(row: Record[Any]) -> Delivery:
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
        proof=row.proof,
    )
