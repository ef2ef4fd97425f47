"""Direct messages to copy by hand, in memory."""

from collections.abc import Iterable
from datetime import datetime

from agent.adapters.memory.tables import Tables, require
from agent.domain.handover import MAY_HAVE_GONE, Handover, HandoverState
from agent.domain.ids import CampaignId, HandoverId, OutreachId


class MemoryHandovers:
    """Messages for people's hands."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, handover_id: HandoverId) -> Handover | None:
        """Return a handover."""
        return self._tables.handovers.get(handover_id)

    def add(self, handover: Handover) -> None:
        """Insert a handover; raise BadInput where outreach and touch have one that is not cancelled."""
        tables = self._tables
        known = (
            handover.outreach_id in tables.outreach
            and handover.draft_id in tables.drafts
            and handover.approval_id in tables.approvals
        )
        new = handover.id not in tables.handovers and not self._competes(handover)
        require(
            known and new,
            f"Message {handover.touch} of outreach {handover.outreach_id} waits to be copied already, or the "
            "outreach, draft or approval of this handover is not stored.",
        )
        tables.handovers[handover.id] = handover

    def move(self, handover: Handover, *, expected: HandoverState, by: str | None) -> bool:
        """Store the handover if state and person are as expected; return whether they were."""
        stored = self._tables.handovers.get(handover.id)
        if stored is None or stored.state is not expected or stored.by != by:
            return False
        self._tables.handovers[handover.id] = handover
        return True

    def list(self, *, states: Iterable[HandoverState] | None = None) -> tuple[Handover, ...]:
        """Return handovers by creation, all or those in the given states."""
        wanted = frozenset(HandoverState if states is None else states)
        rows = (handover for handover in self._tables.handovers.values() if handover.state in wanted)
        return tuple(sorted(rows, key=lambda handover: (handover.created_at, handover.id)))

    def count(self, *, states: Iterable[HandoverState]) -> int:
        """Return how many handovers are in one of the states."""
        return len(self.list(states=states))

    def of_outreach(self, outreach_id: OutreachId) -> tuple[Handover, ...]:
        """Return an outreach's handovers by touch, those of one touch by creation."""
        rows = (handover for handover in self.list() if handover.outreach_id == outreach_id)
        return tuple(sorted(rows, key=lambda handover: handover.touch))

    def gone_of(self, outreach_ids: Iterable[OutreachId]) -> tuple[Handover, ...]:
        """Return the handovers of these outreach rows that went, or may have (copying)."""
        wanted = set(outreach_ids)
        gone = (each for each in self.list(states=MAY_HAVE_GONE) if each.outreach_id in wanted)
        return tuple(sorted(gone, key=lambda handover: handover.touch))

    def gone_for(self, campaign_id: CampaignId, *, since: datetime) -> int:
        """Return how many messages of a campaign went, or may have (copying), since a moment."""
        ours = {each.id for each in self._tables.outreach.values() if each.campaign_id == campaign_id}
        gone = (each for each in self.list(states=MAY_HAVE_GONE) if each.outreach_id in ours)
        moments = (each.sent_at or each.claimed_at for each in gone)
        return sum(moment is not None and moment >= since for moment in moments)

    def _competes(self, handover: Handover) -> bool:
        return handover.state is not HandoverState.CANCELLED and any(
            other.touch == handover.touch and other.state is not HandoverState.CANCELLED
            for other in self.of_outreach(handover.outreach_id)
        )
