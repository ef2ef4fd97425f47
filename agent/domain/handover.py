"""Handovers: one approved direct message that a person copies into a platform's app, at most once.

The machine cannot see what happens in the app. So a person says who is copying, and the same person says what
became of it; nobody's silence is ever taken for a “no, it did not go”.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from agent.domain.errors import BadInput
from agent.domain.ids import ApprovalId, DraftId, HandoverId, OutreachId, Seal
from agent.domain.lifecycle import step


class HandoverState(StrEnum):
    """Where a direct message stands between its approval and the app."""

    WAITING = "waiting"
    COPYING = "copying"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


_S = HandoverState
TRANSITIONS: dict[HandoverState, frozenset[HandoverState]] = {
    _S.WAITING: frozenset({_S.COPYING, _S.CANCELLED}),
    # copying to copying: somebody else takes over, having made sure that it did not go
    _S.COPYING: frozenset({_S.WAITING, _S.COPYING, _S.SENT, _S.FAILED}),
    _S.SENT: frozenset(),
    _S.FAILED: frozenset(),
    _S.CANCELLED: frozenset(),
}
MAY_HAVE_GONE = frozenset({_S.COPYING, _S.SENT})
"""States in which the person has the message, or may have it."""
OPEN_HANDOVERS = frozenset({_S.WAITING, _S.COPYING})
"""States in which somebody still has something to do."""

TAKE_OVER_AFTER = timedelta(minutes=10)
"""How long the one who is copying is left alone with it."""


@dataclass(frozen=True, kw_only=True)
class Handover:
    """One approved message for one person's inbox on a platform; unique per outreach and touch.

    `text` is what is copied, to the character; `person` is `platform:handle`. `by` is who is copying it or
    did, `claimed_at` since when, `sent_at` when they said that it went.
    """

    id: HandoverId
    outreach_id: OutreachId
    touch: int
    draft_id: DraftId
    approval_id: ApprovalId
    seal: Seal
    person: str
    profile_url: str | None
    text: str
    state: HandoverState = HandoverState.WAITING
    by: str | None = None
    claimed_at: datetime | None = None
    reason: str = ""
    created_at: datetime
    sent_at: datetime | None = None

    def claimed(self, *, by: str, at: datetime, taking_over: bool = False) -> Self:
        """Return the message as this person copies it; a second time changes nothing for the same person.

        Raises BadInput while somebody else has it: for TAKE_OVER_AFTER in any case, then until the new one
        says (`taking_over`) that they made sure it did not go.
        """
        if self.state is HandoverState.COPYING and self.by == by:
            return self
        if self.state is HandoverState.COPYING and self.is_fresh(at):
            raise BadInput(f"{self.by} is copying this since {self.claimed_at:%H:%M} UTC; ask them first.")
        if self.state is HandoverState.COPYING and not taking_over:
            raise BadInput(
                f"{self.by} began copying this at {self.claimed_at:%H:%M} UTC and has not said what became "
                "of it. Look into the conversation on the platform: if nothing went, take it over."
            )
        return replace(self._moved(HandoverState.COPYING), by=by, claimed_at=at, reason="")

    def put_back(self, *, reason: str = "") -> Self:
        """Return the message as it waits for anybody again: it did not go."""
        return replace(self._moved(HandoverState.WAITING), by=None, claimed_at=None, reason=reason)

    def settled(self, state: HandoverState, *, at: datetime, reason: str = "") -> Self:
        """Return the message in a state that ends it; who copied it stays on it."""
        moved = replace(self._moved(state), reason=reason)
        return replace(moved, sent_at=at) if state is HandoverState.SENT else moved

    def is_fresh(self, now: datetime) -> bool:
        """Return whether the one who is copying is still to be left alone with it."""
        return self.claimed_at is not None and now < self.claimed_at + TAKE_OVER_AFTER

    def _moved(self, state: HandoverState) -> Self:
        return replace(self, state=step("message", TRANSITIONS, self.state, state))
