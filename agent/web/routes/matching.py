"""Matching: whom a campaign's values find, why, who is left out by which rule, and the shortlist."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import Response

from agent.domain.brand import Brand, Campaign
from agent.domain.errors import BadInput, Unavailable
from agent.domain.filters import Filters
from agent.domain.ids import CampaignId
from agent.usecases.lookup import the_campaign
from agent.usecases.niche_map import niche_map
from agent.usecases.outlook import outlook
from agent.usecases.shortlisting import shortlist, what_if
from agent.usecases.why_not import why_not
from agent.usecases.wishes import WISHES
from agent.web.desk import Notice, Visit, Visiting
from agent.web.door import Deciding
from agent.web.mapview import draw
from agent.web.planview import plan_view

router = APIRouter(prefix="/matching/{campaign_id}")

LONGEST_LIST = 200
_USUAL = 30
_SIZE = 20
_MANY = 10
"""More languages, countries or platforms than this are not offered each: the most common ones are."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whose page is asked for and how; `rules` is None where they are the campaign's own."""

    campaign: CampaignId
    rules: Filters | None
    page: int = 1
    who: str = ""

    def link(self, part: str = "", *, page: int = 1, who: str = "") -> str:
        """Return the address of a part of these pages under the same rules."""
        query = [*_query(self.rules), *((("page", str(page)),) if page > 1 else ())]
        query += (("who", who),) if who else ()
        return f"{self._path}{part}?{urlencode(query)}" if query else f"{self._path}{part}"

    def own(self) -> str:
        """Return the address of the ranking under the campaign's own rules."""
        return self._path

    def proposal(self) -> str:
        """Return the address of a proposal, which knows no other rules than the campaign's own."""
        return f"{self._path}/proposal"

    def fields(self) -> list[tuple[str, str]]:
        """Return the rules as hidden fields of another form."""
        return _query(self.rules)

    @property
    def _path(self) -> str:
        return f"/matching/{quote(self.campaign, safe='')}"


def asked_for(  # noqa: PLR0913 - one parameter for each field of the form
    campaign_id: str,
    *,
    rules: str = "",
    language: Annotated[list[str] | None, Query()] = None,
    country: Annotated[list[str] | None, Query()] = None,
    platform: Annotated[list[str] | None, Query()] = None,
    followers_min: str = "",
    followers_max: str = "",
    page: int = 1,
    who: str = "",
) -> Asked:
    """Return what the form asks for; a box that is not ticked is not sent, so `rules` says that it was."""
    wanted = Filters(
        languages=frozenset(language or ()),
        countries=frozenset(country or ()),
        platforms=frozenset(platform or ()),
        followers_min=_followers(followers_min),
        followers_max=_followers(followers_max),
    )
    return Asked(
        campaign=CampaignId(campaign_id), rules=wanted if rules else None, page=page, who=who.strip()
    )


Asking = Annotated[Asked, Depends(asked_for)]


@router.get("")
def ranking(visit: Visiting, asked: Asking) -> Response:
    """Show a page of the ranking, and the answer about somebody where one is asked for."""
    shown = outlook(visit.ports, asked.campaign, rules=asked.rules, page=asked.page, size=_SIZE)
    answer = None
    if asked.who:
        habits = visit.desk.config.habits
        answer = why_not(visit.ports, asked.campaign, asked.who, rules=asked.rules, habits=habits)
    return visit.page(
        "matching_ranking.html",
        asked=asked,
        campaign=shown.campaign,
        brand=shown.brand,
        outlook=shown,
        answer=answer,
        many=_MANY,
        usual=_USUAL,
        longest=LONGEST_LIST,
    )


@router.get("/niches")
def niches(visit: Visiting, asked: Asking) -> Response:
    """Show the creators who pass the rules on the map of niches."""
    try:
        shown = niche_map(visit.ports, asked.campaign, rules=asked.rules)
    except Unavailable as error:
        return _without_index(visit, asked, error)
    return visit.page(
        "matching_niches.html",
        asked=asked,
        campaign=shown.campaign,
        brand=shown.brand,
        map=shown,
        view=draw(shown.spots, shown.areas, visit.tongue.language) if shown.spots else None,
    )


@router.get("/proposal")
def proposal(visit: Visiting, campaign_id: str, limit: str = "") -> Response:
    """Show whom the shortlist would get under the campaign's own rules; stores nothing."""
    asked = Asked(campaign=CampaignId(campaign_id), rules=None)
    size = _limit(limit)
    try:
        changes = what_if(
            visit.ports, asked.campaign, limit=size, wishes=WISHES, habits=visit.desk.config.habits
        )
    except Unavailable as error:
        return _without_index(visit, asked, error)
    campaign, brand = _named(visit, asked)
    return visit.page(
        "matching_proposal.html",
        asked=asked,
        campaign=campaign,
        brand=brand,
        view=plan_view(changes.proposed),
        limit=size,
        longest=LONGEST_LIST,
    )


@router.post("/shortlist")
def choose(visit: Deciding, campaign_id: str, limit: Annotated[str, Form()] = "") -> Response:
    """Put the proposed creators on the campaign's shortlist."""
    asked = Asked(campaign=CampaignId(campaign_id), rules=None)
    report = shortlist(
        visit.ports,
        asked.campaign,
        limit=_limit(limit),
        by=visit.person.email,
        habits=visit.desk.config.habits,
    )
    notice = Notice(code="shortlisted", creator=str(len(report.chosen)))
    return visit.redirect(asked.link(), notice=notice)


def _without_index(visit: Visit, asked: Asked, error: Unavailable) -> Response:
    campaign, brand = _named(visit, asked)
    return visit.page(
        "matching_without.html",
        asked=asked,
        campaign=campaign,
        brand=brand,
        has_index=visit.ports.similarity.status().exists,
        problem=str(error),
    )


def _named(visit: Visit, asked: Asked) -> tuple[Campaign, Brand]:
    with visit.ports.store.read() as tx:
        return the_campaign(tx, asked.campaign)


def _query(rules: Filters | None) -> list[tuple[str, str]]:
    if rules is None:
        return []
    bounds = (("followers_min", rules.followers_min), ("followers_max", rules.followers_max))
    return [
        ("rules", "other"),
        *(("language", each) for each in sorted(rules.languages)),
        *(("country", each) for each in sorted(rules.countries)),
        *(("platform", each) for each in sorted(rules.platforms)),
        *((name, str(bound)) for name, bound in bounds if bound is not None),
    ]


def _followers(text: str) -> int | None:
    digits = "".join(text.split())
    if not digits:
        return None
    if not digits.isascii() or not digits.isdigit() or len(digits) > len("1000000000"):
        raise BadInput(f"“{text}” is no number of followers; write digits only, or leave it empty.")
    return int(digits)


def _limit(text: str) -> int:
    if not text:
        return _USUAL
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= LONGEST_LIST:
        raise BadInput(f"“{text}” is no number of creators; write one from 1 to {LONGEST_LIST}.")
    return int(text)
