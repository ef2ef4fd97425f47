"""What a process remembers of a campaign's letters, so that no two people are told the same."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock

from agent.domain.draft import Draft, DraftStatus
from agent.domain.gate import Sketch, sketch
from agent.domain.ids import CampaignId, DraftId, OutreachId
from agent.ports.store import DraftFilter, DraftKey, Transaction

MOST = 1000
"""Letters of a campaign that are remembered, the latest ones: comparing takes under a millisecond."""
_HELD = frozenset({DraftStatus.PENDING, DraftStatus.APPROVED})
_PAGE = 200
_END: DraftKey = (datetime.max.replace(tzinfo=UTC), DraftId(""))


@dataclass
class _Campaign:
    sketches: dict[OutreachId, Sketch] = field(default_factory=dict)
    after: tuple[datetime, DraftId] | None = None


class Recall:
    """Sketches of letters by campaign, in memory and safe for threads; checksums, no words.

    Of a campaign the latest letters are read once from the store, later only what was drafted since.
    """

    def __init__(self) -> None:
        self._campaigns: dict[CampaignId, _Campaign] = {}
        self._lock = Lock()

    def knows(self, campaign_id: CampaignId) -> bool:
        """Return whether the campaign's letters were read."""
        with self._lock:
            return campaign_id in self._campaigns

    def read(self, tx: Transaction, campaign_id: CampaignId) -> None:
        """Read what was drafted since the last time; the first time, the latest letters."""
        only = DraftFilter(campaign=campaign_id)
        with self._lock:
            known = self._campaigns.setdefault(campaign_id, _Campaign())
            if known.after is None:
                # what is older would only be forgotten again
                _read(known, tx.drafts.page(statuses=_HELD, only=only, before=_END, limit=MOST))
            while page := tx.drafts.page(statuses=_HELD, only=only, after=known.after, limit=_PAGE):
                _read(known, page)

    def keep(self, campaign_id: CampaignId, outreach_id: OutreachId, one: Sketch) -> None:
        """Remember a letter that is about to be stored."""
        with self._lock:
            _keep(self._campaigns.setdefault(campaign_id, _Campaign()), outreach_id, one)

    def forget(self, campaign_id: CampaignId, outreach_id: OutreachId) -> None:
        """Remember no letter to this person, where one was."""
        with self._lock:
            if (known := self._campaigns.get(campaign_id)) is not None:
                known.sketches.pop(outreach_id, None)

    def others(self, campaign_id: CampaignId, outreach_id: OutreachId) -> tuple[Sketch, ...]:
        """Return the sketches of the campaign's letters to other people."""
        with self._lock:
            known = self._campaigns.get(campaign_id, _Campaign()).sketches
            if outreach_id not in known:  # as for every first letter
                return tuple(known.values())
            return tuple(one for name, one in known.items() if name != outreach_id)


def _read(known: _Campaign, drafts: tuple[Draft, ...]) -> None:
    for draft in drafts:
        _keep(known, draft.outreach_id, sketch(draft.letter))
        known.after = (draft.created_at, draft.id)


def _keep(known: _Campaign, outreach_id: OutreachId, one: Sketch) -> None:
    known.sketches.pop(outreach_id, None)
    known.sketches[outreach_id] = one
    while len(known.sketches) > MOST:
        known.sketches.pop(next(iter(known.sketches)))
