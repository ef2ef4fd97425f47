"""How many of what there is, counted by the store."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from agent.domain.draft import DraftStatus
from agent.domain.ids import CampaignId
from agent.domain.outreach import OutreachStatus
from agent.domain.replies import ReplyKind


class Tallies(Protocol):
    """Counts over whole tables, each from an index or over few rows; nothing in here names a person."""

    def outreach(self) -> Mapping[tuple[CampaignId, OutreachStatus, bool], int]:
        """Return how many outreach rows a campaign has in a state, with a letter sent and without."""

    def first_letters(self, statuses: Iterable[DraftStatus]) -> Mapping[tuple[CampaignId, DraftStatus], int]:
        """Return how many first letters a campaign has in each of these states."""

    def decided(self) -> Mapping[CampaignId, int]:
        """Return how many letters of a campaign are approved or rejected, of whatever kind."""

    def answered(self, *, but: Iterable[ReplyKind]) -> Mapping[CampaignId, int]:
        """Return how many people of a campaign wrote something that is of none of the kinds in `but`."""

    def unanswered(
        self, kinds: Iterable[ReplyKind], *, states: Iterable[OutreachStatus], drafted: Iterable[DraftStatus]
    ) -> int:
        """Return how many conversations in these states wait for us.

        One does whose newest reply is of one of the kinds and has no answer in a state of `drafted`.
        """

    def replies_since(self, at: datetime, kinds: Iterable[ReplyKind]) -> int:
        """Return how many replies of these kinds came from that moment on."""

    def leaving(self, moments: Sequence[datetime]) -> tuple[int, ...]:
        """Return how many queued letters are due before the first moment, and between each two of them."""

    def following(self, moments: Sequence[datetime]) -> tuple[int, ...]:
        """Return how many next letters become due in the same way."""
