"""Agreements: what became of a yes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from agent.domain.ids import OutreachId
from agent.domain.lifecycle import step
from agent.domain.outreach import Outreach, OutreachStatus
from agent.domain.replies import Reply, ReplyKind


class AgreementStatus(StrEnum):
    """Where an agreement stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    BRIEFED = "briefed"
    DELIVERED = "delivered"
    CHECKED = "checked"
    WITHDRAWN = "withdrawn"


_S = AgreementStatus
TRANSITIONS: dict[AgreementStatus, frozenset[AgreementStatus]] = {
    _S.OFFERED: frozenset({_S.ACCEPTED, _S.WITHDRAWN}),
    _S.ACCEPTED: frozenset({_S.BRIEFED, _S.WITHDRAWN}),
    _S.BRIEFED: frozenset({_S.ACCEPTED, _S.DELIVERED, _S.WITHDRAWN}),  # back when the terms change
    _S.DELIVERED: frozenset({_S.CHECKED, _S.WITHDRAWN}),
    _S.CHECKED: frozenset(),
    _S.WITHDRAWN: frozenset(),
}
EDITABLE = frozenset({_S.OFFERED, _S.ACCEPTED, _S.BRIEFED})
"""States in which the terms may still change."""
MAY_HAVE_SAID_YES = frozenset({OutreachStatus.AGREED, OutreachStatus.IN_CONVERSATION})
"""States of an outreach in which there may be a yes on file."""


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What was agreed with the creator of one outreach, and how far it has come."""

    outreach_id: OutreachId
    status: AgreementStatus
    created_at: datetime
    updated_at: datetime

    def advance(self, status: AgreementStatus, *, at: datetime) -> Self:
        """Return the agreement in the new state; raises InvalidTransition where the table has no step."""
        step("agreement", TRANSITIONS, self.status, status)
        return replace(self, status=status, updated_at=at)


def said_yes(outreach: Outreach, replies: Iterable[Reply]) -> bool:
    """Return whether there is a yes on file: a person noted one, or an answer was read as interest.

    An outreach that was declined, closed or stopped since has none, whatever was said before.
    """
    if outreach.status is OutreachStatus.AGREED:
        return True
    interested = any(reply.kind is ReplyKind.INTERESTED for reply in replies)
    return interested and outreach.status is OutreachStatus.IN_CONVERSATION
