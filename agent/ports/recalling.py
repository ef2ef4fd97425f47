"""What a process remembers of a campaign's letters, so that no two people are told the same."""

from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from agent.domain.draft import DraftStatus
from agent.domain.gate import Sketch, sketch
from agent.domain.ids import CampaignId, DraftId, OutreachId
from agent.ports.store import Transaction

MOST = 1000
"""Letters of a campaign that are remembered, the latest ones: comparing takes under a millisecond."""
_HELD = frozenset({DraftStatus.PENDING, DraftStatus.APPROVED})
_PAGE = 200


@dataclass
class _Campaign:
    sketches: dict[OutreachId, Sketch] = field(default_factory=dict)
    after: tuple[datetime, DraftId] | None = None


class Recall:
    """Sketches of letters by campaign, in memory and safe for threads; checksums, no words.

    A campaign is read once from the store, later only what was drafted since.
    """

    def __init__(self) -> None:
        self._campaigns: dict[CampaignId, _Campaign] = {}
        self._lock = Lock()

    def knows(self, campaign_id: CampaignId) -> bool:
        """Return whether the campaign's letters were read."""
        with self._lock:
            return campaign_id in self._campaigns

    def read(self, tx: Transaction, campaign_id: CampaignId) -> None:
        """Read what was drafted since the last time."""
        with self._lock:
            known = self._campaigns.setdefault(campaign_id, _Campaign())
            while page := tx.drafts.page(
                statuses=_HELD, campaign_id=campaign_id, after=known.after, limit=_PAGE
            ):
                for draft in page:
                    _keep(known, draft.outreach_id, sketch(draft.letter))
                known.after = (page[-1].created_at, page[-1].id)

    def keep(self, campaign_id: CampaignId, outreach_id: OutreachId, one: Sketch) -> None:
        """Remember a letter that is about to be stored."""
        with self._lock:
            _keep(self._campaigns.setdefault(campaign_id, _Campaign()), outreach_id, one)

    def others(self, campaign_id: CampaignId, outreach_id: OutreachId) -> tuple[Sketch, ...]:
        """Return the sketches of the campaign's letters to other people."""
        with self._lock:
            known = self._campaigns.get(campaign_id, _Campaign()).sketches
            return tuple(one for name, one in known.items() if name != outreach_id)


def _keep(known: _Campaign, outreach_id: OutreachId, one: Sketch) -> None:
    known.sketches.pop(outreach_id, None)
    known.sketches[outreach_id] = one
    while len(known.sketches) > MOST:
        known.sketches.pop(next(iter(known.sketches)))
