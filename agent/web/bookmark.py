"""Where somebody reads in the queue: filters and page, in the address of each letter opened from there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Depends

from agent.domain.draft import WAITING, DraftKind, DraftStatus
from agent.domain.ids import CampaignId
from agent.ports import DraftFilter
from agent.usecases.composing import LANGUAGES

_EACH = {status.value: frozenset({status}) for status in DraftStatus}
STATUSES: Mapping[str, frozenset[DraftStatus]] = {"waiting": WAITING, **_EACH}
"""What the filter offers: every letter that waits for a decision, or those in one state."""

RISKS = {"with": True, "without": False}
"""Whether the gate said something about the letter."""

WHOSE = ("mine", "nobody", "somebody")
"""To whom letters were given: the reader, nobody, or anybody at all."""

DAYS = ("1", "3", "7", "30")
"""How old letters are at least, in days."""


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What of the queue is shown; empty: everything. Values that nobody offers count as empty."""

    campaign: str = ""
    status: str = "waiting"
    language: str = ""
    kind: str = ""
    risk: str = ""
    days: str = ""
    whose: str = ""

    @property
    def narrowing(self) -> bool:
        """Whether anything is left out."""
        return self != Filters()

    @property
    def statuses(self) -> frozenset[DraftStatus]:
        """The states that are shown."""
        return STATUSES[self.status]

    def wanted(self, now: datetime, *, reader: str) -> DraftFilter:
        """Return the same for the store and the person who reads, without the states."""
        return DraftFilter(
            campaign=CampaignId(self.campaign) if self.campaign else None,
            language=self.language or None,
            kind=DraftKind(self.kind) if self.kind else None,
            has_findings=RISKS.get(self.risk),
            assigned_to=reader if self.whose == "mine" else None,
            is_assigned={"nobody": False, "somebody": True}.get(self.whose),
            until=now - timedelta(days=int(self.days)) if self.days else None,
        )


@dataclass(frozen=True, kw_only=True)
class Bookmark:
    """The filters, and the page by the key after or before which it stands; both empty: the first one."""

    filters: Filters = field(default_factory=Filters)
    after: str = ""
    before: str = ""

    @property
    def is_inside(self) -> bool:
        """Whether the page is not the first one."""
        return bool(self.after or self.before)

    def start(self) -> str:
        """Return the address of the first page."""
        return self.turned()

    def page(self) -> str:
        """Return the address of this page."""
        return self.turned(after=self.after, before=self.before)

    def turned(self, *, after: str = "", before: str = "") -> str:
        """Return the address of another page under the same filters."""
        return "/" + _query(self._filters() | {"after": after, "before": before})

    def assignment(self) -> str:
        """Return where the letters under these filters are given to somebody."""
        return "/assignment" + _query(self._filters())

    def letter(self, draft_id: str, act: str = "", *, came_from: str = "") -> str:
        """Return the address of a letter, or of something to do with it, from which one comes back here."""
        path = f"/drafts/{quote(draft_id, safe='')}" + (f"/{act}" if act else "")
        if not came_from:
            return path + self._here
        return path + _query({"came_from": came_from}) + self._here.replace("?", "&", 1)

    @cached_property
    def _here(self) -> str:
        # once for all the rows of a page
        return _query(self._filters() | {"after": self.after, "before": self.before})

    def _filters(self) -> dict[str, str]:
        return vars(self.filters) | ({"status": ""} if self.filters.status == "waiting" else {})


def _query(parameters: Mapping[str, str]) -> str:
    given = {name: value for name, value in parameters.items() if value}
    return f"?{urlencode(given)}" if given else ""


def filters_of(
    campaign: str = "",
    status: str = "",
    language: str = "",
    kind: str = "",
    risk: str = "",
    days: str = "",
    whose: str = "",
) -> Filters:
    """Return what an address asks for."""
    return Filters(
        campaign=campaign,
        status=status if status in STATUSES else "waiting",
        language=language if language in LANGUAGES else "",
        kind=kind if kind in set(DraftKind) else "",
        risk=risk if risk in RISKS else "",
        days=days if days in DAYS else "",
        whose=whose if whose in WHOSE else "",
    )


def bookmark_of(
    filters: Annotated[Filters, Depends(filters_of)], after: str = "", before: str = ""
) -> Bookmark:
    """Return where in the queue an address is."""
    return Bookmark(filters=filters, after=after, before=before if not after else "")


Bookmarked = Annotated[Bookmark, Depends(bookmark_of)]
