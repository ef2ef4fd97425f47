"""Outreach: one creator in one campaign, from the shortlist to an answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from agent.domain.copies import altered
from agent.domain.fit import Fit
from agent.domain.ids import CampaignId, CreatorId, OutreachId
from agent.domain.lifecycle import step


class OutreachStatus(StrEnum):
    """Where an outreach stands."""

    SHORTLISTED = "shortlisted"
    CONTACTED = "contacted"
    IN_CONVERSATION = "in_conversation"
    AGREED = "agreed"
    DECLINED = "declined"
    CLOSED = "closed"
    STOPPED = "stopped"


_S = OutreachStatus
TRANSITIONS: dict[OutreachStatus, frozenset[OutreachStatus]] = {
    # somebody may answer a letter of which nobody knew whether it went
    _S.SHORTLISTED: frozenset({_S.CONTACTED, _S.IN_CONVERSATION, _S.CLOSED, _S.STOPPED, _S.DECLINED}),
    _S.CONTACTED: frozenset({_S.IN_CONVERSATION, _S.AGREED, _S.DECLINED, _S.CLOSED, _S.STOPPED}),
    _S.IN_CONVERSATION: frozenset({_S.AGREED, _S.DECLINED, _S.CLOSED, _S.STOPPED}),
    _S.AGREED: frozenset({_S.DECLINED, _S.CLOSED, _S.STOPPED}),
    _S.DECLINED: frozenset({_S.STOPPED}),
    _S.CLOSED: frozenset({_S.DECLINED, _S.STOPPED}),
    _S.STOPPED: frozenset(),
}
_TAKEN_BACK = {status: frozenset[OutreachStatus]() for status in OutreachStatus} | {
    _S.DECLINED: frozenset({_S.IN_CONVERSATION})
}
"""What a person may take back, and nothing else: a reading that was wrong."""
OPEN = frozenset({_S.SHORTLISTED, _S.CONTACTED, _S.IN_CONVERSATION, _S.AGREED})
"""States in which this person is spoken with: nobody else of ours writes to them meanwhile."""
FINAL_NO = frozenset({_S.DECLINED, _S.STOPPED})
"""States after which this person is not written to again, in no campaign."""
AWAITING_ANSWER = frozenset({_S.SHORTLISTED, _S.CONTACTED})
"""States in which the cadence may propose another letter."""


@dataclass(frozen=True, kw_only=True)
class Outreach:
    """One creator in one campaign. `next_touch_at` is when the next letter becomes due, if one does.

    `sender` is the address of whoever writes to this creator, first letter, follow-ups and answers; empty
    where the brand has one sender.
    """

    id: OutreachId
    campaign_id: CampaignId
    creator_id: CreatorId
    fit: Fit
    status: OutreachStatus = OutreachStatus.SHORTLISTED
    touches_sent: int = 0
    next_touch_at: datetime | None = None
    reason: str = ""
    sender: str = ""
    created_at: datetime
    updated_at: datetime

    def advance(self, status: OutreachStatus, *, at: datetime, reason: str = "") -> Self:
        """Return the outreach in the new state; leaving the wait for an answer ends the cadence."""
        step("outreach", TRANSITIONS, self.status, status)
        keeps_waiting = status in AWAITING_ANSWER
        return altered(
            self,
            status=status,
            reason=reason or self.reason,
            updated_at=at,
            next_touch_at=self.next_touch_at if keeps_waiting else None,
        )

    def reopened(self, *, at: datetime, reason: str) -> Self:
        """Return the outreach in conversation again, once a person saw that what was read as a no was none.

        Raises InvalidTransition in any state but DECLINED.
        """
        status = step("outreach", _TAKEN_BACK, self.status, OutreachStatus.IN_CONVERSATION)
        return altered(self, status=status, reason=reason, updated_at=at)

    def proposed_next(self, when: datetime | None, *, at: datetime) -> Self:
        """Return the outreach with another due time for its next letter."""
        return altered(self, next_touch_at=when, updated_at=at)

    def sent(self, touch: int) -> Self:
        """Return the outreach with this many letters sent."""
        return altered(self, touches_sent=max(touch, self.touches_sent))
