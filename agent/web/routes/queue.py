"""The letters to read."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import Response

from agent.domain.draft import WAITING, DraftStatus
from agent.domain.errors import BadInput
from agent.domain.ids import CampaignId, DraftId
from agent.usecases.reviewing import queue
from agent.web.desk import Visiting

router = APIRouter()

_EACH = {status.value: frozenset({status}) for status in DraftStatus}
STATUSES = {"waiting": WAITING, **_EACH}
"""What the filter offers: every letter that waits for a decision, or those in one state."""


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What of the queue is shown."""

    campaign: str
    status: str
    after: str

    def link(self, **changed: str) -> str:
        """Return the address of the queue with other filters."""
        chosen = {"campaign": self.campaign, "status": self.status, "after": self.after} | changed
        default = {"status": "waiting"}
        query = {name: value for name, value in chosen.items() if value and value != default.get(name)}
        return f"/?{urlencode(query)}" if query else "/"


@router.get("/")
def show(visit: Visiting, campaign: str = "", status: str = "waiting", after: str = "") -> Response:
    """List letters, oldest first."""
    filters = Filters(campaign=campaign, status=status if status in STATUSES else "waiting", after=after)
    page = queue(
        visit.ports,
        campaign_id=CampaignId(campaign) if campaign else None,
        statuses=STATUSES[filters.status],
        after=_key(after),
        limit=visit.desk.config.page_size,
    )
    with visit.ports.store.read() as tx:
        campaigns = tx.brands.campaigns()
        creators = tx.creators.count()
    following = f"{page.after[0].isoformat()}_{page.after[1]}" if page.after else ""
    return visit.page(
        "queue.html",
        page=page,
        filters=filters,
        following=following,
        campaigns=campaigns,
        creators=creators,
        statuses=tuple(STATUSES),
    )


def _key(after: str) -> tuple[datetime, DraftId] | None:
    if not after:
        return None
    moment, _, draft = after.partition("_")
    try:
        key = datetime.fromisoformat(moment)
    except ValueError as error:
        raise BadInput("This page of the queue does not exist; open the queue from its start.") from error
    if key.tzinfo is None or not draft:
        raise BadInput("This page of the queue does not exist; open the queue from its start.")
    return key, DraftId(draft)
