"""What a brand's reviewers decided about creators, as its next rankings learn from it."""

from dataclasses import dataclass

from agent.domain.draft import DraftStatus, RejectionReason
from agent.domain.ids import BrandId, CreatorId
from agent.domain.outreach import Outreach
from agent.ports import Transaction


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """Creators whom a brand took, and whom it turned down as the wrong person."""

    liked: frozenset[CreatorId] = frozenset()
    disliked: frozenset[CreatorId] = frozenset()

    @property
    def count(self) -> int:
        """Return about how many creators something was decided."""
        return len(self.liked) + len(self.disliked)


NOTHING = Decisions()


def decisions_of(tx: Transaction, brand_id: BrandId) -> Decisions:
    """Return what was decided in all campaigns of a brand.

    A letter that was approved, or has left, says yes to its creator. A rejection says no only where the
    person was its reason: tone, offer and moment are about the letter. Whoever was taken and turned down
    counts on neither side.
    """
    liked: set[CreatorId] = set()
    disliked: set[CreatorId] = set()
    for campaign in tx.brands.campaigns():
        if campaign.brand_id != brand_id:
            continue
        for outreach in tx.outreach.of_campaign(campaign.id):
            if _taken(tx, outreach):
                liked.add(outreach.creator_id)
            if _turned_down(tx, outreach):
                disliked.add(outreach.creator_id)
    return Decisions(liked=frozenset(liked - disliked), disliked=frozenset(disliked - liked))


def _taken(tx: Transaction, outreach: Outreach) -> bool:
    drafts = tx.drafts.of_outreach(outreach.id)
    return outreach.touches_sent > 0 or any(draft.status is DraftStatus.APPROVED for draft in drafts)


def _turned_down(tx: Transaction, outreach: Outreach) -> bool:
    for draft in tx.drafts.of_outreach(outreach.id):
        rejection = tx.drafts.rejection(draft.id)
        if rejection is not None and rejection.reason is RejectionReason.WRONG_PERSON:
            return True
    return False
