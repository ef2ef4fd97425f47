"""The letters to read."""

from datetime import UTC, datetime

from fastapi import APIRouter
from fastapi.responses import Response

from agent.domain.errors import BadInput
from agent.domain.ids import DraftId
from agent.ports import DraftKey
from agent.usecases.assigning import reviewers
from agent.usecases.composing import LANGUAGES
from agent.usecases.opening import readers_of
from agent.usecases.reviewing import queue_lines
from agent.web.bookmark import DAYS, Bookmarked
from agent.web.desk import Visiting
from agent.web.pages import COUNTED

router = APIRouter()


@router.get("/")
def show(visit: Visiting, bookmark: Bookmarked) -> Response:
    """List letters, oldest first."""
    filters = bookmark.filters
    page = queue_lines(
        visit.ports,
        statuses=filters.statuses,
        only=filters.wanted(visit.ports.clock.now(), reader=visit.person.email),
        after=_key(bookmark.after),
        before=_key(bookmark.before),
        limit=visit.desk.config.page_size,
        count_to=COUNTED + 1,
    )
    if bookmark.before and not page.items:
        # all that stood before was decided meanwhile
        return visit.redirect(bookmark.start())
    people = reviewers(visit.ports)
    with visit.ports.store.read() as tx:
        campaigns = tx.brands.campaigns()
        # only an empty queue says what comes first
        knows_creators = bool(page.items) or tx.creators.count() > 0
    return visit.page(
        "queue.html",
        page=page,
        people=people,
        names={account.email: account.name for account in people},
        readers=readers_of(visit.ports, (line.id for line in page.items), besides=visit.person.email),
        bookmark=bookmark,
        filters=filters,
        following=_place(page.after),
        previous=_place(page.before),
        campaigns=campaigns,
        knows_creators=knows_creators,
        written_languages=tuple(LANGUAGES),
        days=DAYS,
    )


def _place(key: DraftKey | None) -> str:
    return f"{key[0].isoformat()}_{key[1]}" if key is not None else ""


def _key(place: str) -> DraftKey | None:
    if not place:
        return None
    moment, _, draft = place.partition("_")
    try:
        at = datetime.fromisoformat(moment)
        at.astimezone(UTC)  # the first and the last day of the calendar are none everywhere
    except (ValueError, OverflowError) as error:
        raise BadInput("This page of the queue does not exist; open the queue from its start.") from error
    if at.tzinfo is None or not draft:
        raise BadInput("This page of the queue does not exist; open the queue from its start.")
    return at, DraftId(draft)
