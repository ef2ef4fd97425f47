"""How many of what there is, counted in memory."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from agent.adapters.memory.tables import Tables
from agent.domain.delivery import DeliveryState
from agent.domain.draft import DraftKind, DraftStatus
from agent.domain.ids import CampaignId, OutreachId
from agent.domain.outreach import OutreachStatus
from agent.domain.replies import Reply, ReplyKind


class MemoryTallies:
    """Counts over whole tables."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def outreach(self) -> Mapping[tuple[CampaignId, OutreachStatus, bool], int]:
        """Return how many outreach rows a campaign has in a state, with a letter sent and without."""
        rows = self._tables.outreach.values()
        return Counter((row.campaign_id, row.status, row.touches_sent > 0) for row in rows)

    def first_letters(self, statuses: Iterable[DraftStatus]) -> Mapping[tuple[CampaignId, DraftStatus], int]:
        """Return how many first letters a campaign has in each of these states."""
        wanted = frozenset(statuses)
        return Counter(
            (self._campaign(draft.outreach_id), draft.status)
            for draft in self._tables.drafts.values()
            if draft.kind is DraftKind.FIRST and draft.status in wanted
        )

    def decided(self) -> Mapping[CampaignId, int]:
        """Return how many letters of a campaign are approved or rejected, of whatever kind."""
        done = {DraftStatus.APPROVED, DraftStatus.REJECTED}
        drafts = self._tables.drafts.values()
        return Counter(self._campaign(draft.outreach_id) for draft in drafts if draft.status in done)

    def answered(self, *, but: Iterable[ReplyKind]) -> Mapping[CampaignId, int]:
        """Return how many people of a campaign wrote something that is of none of the kinds in `but`."""
        left_out = frozenset(but)
        people = {
            reply.outreach_id
            for reply in self._tables.replies.values()
            if reply.outreach_id is not None and reply.kind not in left_out
        }
        return Counter(map(self._campaign, people))

    def unanswered(
        self, kinds: Iterable[ReplyKind], *, states: Iterable[OutreachStatus], drafted: Iterable[DraftStatus]
    ) -> int:
        """Return how many conversations in these states wait for us."""
        wanted, open_states, done = frozenset(kinds), frozenset(states), frozenset(drafted)
        newest: dict[OutreachId, Reply] = {}
        for reply in sorted(self._tables.replies.values(), key=lambda each: (each.received_at, each.id)):
            if reply.outreach_id is not None:
                newest[reply.outreach_id] = reply
        answered = {draft.answers for draft in self._tables.drafts.values() if draft.status in done}
        return sum(
            reply.kind in wanted
            and self._tables.outreach[outreach_id].status in open_states
            and reply.id not in answered
            for outreach_id, reply in newest.items()
        )

    def replies_since(self, at: datetime, kinds: Iterable[ReplyKind]) -> int:
        """Return how many replies of these kinds came from that moment on."""
        wanted = frozenset(kinds)
        return sum(
            reply.received_at >= at and reply.kind in wanted for reply in self._tables.replies.values()
        )

    def leaving(self, moments: Sequence[datetime]) -> tuple[int, ...]:
        """Return how many queued letters are due before the first moment, and between each two of them."""
        rows = self._tables.deliveries.values()
        return _between([row.due_at for row in rows if row.state is DeliveryState.QUEUED], moments)

    def following(self, moments: Sequence[datetime]) -> tuple[int, ...]:
        """Return how many next letters become due in the same way."""
        rows = self._tables.outreach.values()
        return _between([row.next_touch_at for row in rows if row.next_touch_at is not None], moments)

    def _campaign(self, outreach_id: OutreachId) -> CampaignId:
        return self._tables.outreach[outreach_id].campaign_id


def _between(due: Sequence[datetime], moments: Sequence[datetime]) -> tuple[int, ...]:
    first = sum(at < moments[0] for at in due)
    return first, *(sum(start <= at < end for at in due) for start, end in pairwise(moments))
