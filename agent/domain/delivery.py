"""Deliveries: one approved letter on its way out, at most once."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any, Self

from agent.domain.copies import altered
from agent.domain.ids import ApprovalId, DeliveryId, DraftId, OutreachId, ReplyId, Seal
from agent.domain.lifecycle import step


class DeliveryState(StrEnum):
    """Where a delivery stands; `uncertain` is the honest name for a crash between DATA and its answer."""

    QUEUED = "queued"
    HANDSHAKE = "handshake"
    DATA = "data"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"


_S = DeliveryState
TRANSITIONS: dict[DeliveryState, frozenset[DeliveryState]] = {
    _S.QUEUED: frozenset({_S.HANDSHAKE, _S.CANCELLED}),
    _S.HANDSHAKE: frozenset({_S.QUEUED, _S.DATA, _S.FAILED}),
    _S.DATA: frozenset({_S.QUEUED, _S.SENT, _S.FAILED, _S.UNCERTAIN}),
    _S.SENT: frozenset(),
    _S.FAILED: frozenset(),
    _S.UNCERTAIN: frozenset({_S.SENT, _S.QUEUED, _S.CANCELLED}),  # by evidence or by a person only
    _S.CANCELLED: frozenset(),
}
UNDECIDED = frozenset({_S.QUEUED, _S.HANDSHAKE, _S.DATA, _S.UNCERTAIN})

FIRST_RETRY = timedelta(minutes=30)
"""RFC 5321 4.5.4.1: the retry interval should be at least 30 minutes."""
LAST_RETRY = timedelta(hours=8)
MOST_ATTEMPTS = 13
"""30 min, 1, 2, 4 and then 8 hours between two tries: 13 of them take three days."""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One approved letter to one recipient; unique per outreach and touch.

    `raw` are the exact bytes on the wire, `digest` their SHA-256, `seal` what was approved. `owner` and
    `lease_until` belong to the worker that has claimed it. `due_at` is when it may be tried (next),
    `tried_at` when its text was last handed over: all that is known of when an uncertain one left. `answers`
    is the reply that the letter answers: such letters leave before all others. `proof` is a keyed hash of
    what was approved, as `bound` says it; empty for a row that was stored before there were any.
    """

    id: DeliveryId
    outreach_id: OutreachId
    touch: int
    draft_id: DraftId
    approval_id: ApprovalId
    seal: Seal
    message_id: str
    mailbox: str
    envelope_from: str
    envelope_to: str
    raw: bytes
    digest: str
    state: DeliveryState = DeliveryState.QUEUED
    due_at: datetime
    owner: str | None = None
    lease_until: datetime | None = None
    attempts: int = 0
    reason: str = ""
    created_at: datetime
    tried_at: datetime | None = None
    sent_at: datetime | None = None
    answers: ReplyId | None = None
    proof: str = ""

    @property
    def bound(self) -> str:
        """Everything of the row that follows from its approval and never changes, in one canonical text."""
        form = [
            self.id,
            self.outreach_id,
            self.touch,
            self.draft_id,
            self.approval_id,
            self.seal,
            self.message_id,
            self.mailbox,
            self.envelope_from,
            self.envelope_to,
            sha256(self.raw).hexdigest(),
            self.digest,
            self.created_at.isoformat(),
            self.answers,
        ]
        return json.dumps(form, ensure_ascii=False, separators=(",", ":"))

    def claimed(self, *, owner: str, lease: timedelta, at: datetime) -> Self:
        """Return the delivery in its handshake, owned by a worker until the lease ends."""
        return self._moved(
            DeliveryState.HANDSHAKE, owner=owner, lease_until=at + lease, attempts=self.attempts + 1
        )

    def fenced(self, *, lease: timedelta, at: datetime) -> Self:
        """Return the delivery past the fence: from here on only the server's answer says what happened."""
        return self._moved(DeliveryState.DATA, lease_until=at + lease, tried_at=at)

    def settled(self, state: DeliveryState, *, at: datetime, reason: str = "") -> Self:
        """Return the delivery in a state without owner."""
        sent_at = at if state is DeliveryState.SENT else self.sent_at
        return self._moved(state, owner=None, lease_until=None, reason=reason, sent_at=sent_at)

    def postponed(self, *, until: datetime, reason: str, attempted: bool) -> Self:
        """Return the delivery queued again; `attempted` says whether the try counts against its patience."""
        waiting = self if self.state is DeliveryState.QUEUED else self._moved(DeliveryState.QUEUED)
        attempts = self.attempts if attempted else max(0, self.attempts - 1)
        return altered(waiting, due_at=until, owner=None, lease_until=None, reason=reason, attempts=attempts)

    def _moved(self, state: DeliveryState, **also: Any) -> Self:  # noqa: ANN401 - fields of this class, of many types
        return altered(self, state=step("delivery", TRANSITIONS, self.state, state), **also)


def retry_after(delivery: Delivery, *, now: datetime) -> datetime:
    """Return when a delivery that met a temporary refusal is tried again: waits double up to eight hours."""
    doublings: int = max(0, delivery.attempts - 1)
    wait: timedelta = min(FIRST_RETRY * (1 << min(doublings, 8)), LAST_RETRY)
    return now + wait


def has_waited_long_enough(delivery: Delivery) -> bool:
    """Return whether a delivery was tried so often that a person should look at it."""
    return delivery.attempts >= MOST_ATTEMPTS
