"""Give the letters of a filtered queue to somebody."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from agent.domain.draft import WAITING
from agent.domain.errors import BadInput
from agent.usecases.assigning import assign, reviewers
from agent.web.bookmark import Bookmarked
from agent.web.desk import Notice
from agent.web.door import Deciding

router = APIRouter(prefix="/assignment")

EVENLY = "evenly"
NOBODY = "nobody"


@router.post("")
def give(visit: Deciding, bookmark: Bookmarked, to: Annotated[str, Form()] = "") -> Response:
    """Give the letters under these filters to one person, to all in turn, or back to anybody."""
    filters, by = bookmark.filters, visit.person.email
    if filters.statuses != WAITING or not to:
        raise BadInput("Choose who reads the letters that wait; nothing was assigned.")
    people = [account.email for account in reviewers(visit.ports)] if to == EVENLY else [to]
    only = filters.wanted(visit.ports.clock.now(), reader=by)
    count = assign(visit.ports, only=only, to=[] if to == NOBODY else people, by=by)
    return visit.redirect(bookmark.start(), notice=Notice(code="assigned", creator=str(count)))


@router.get("")
def back_to_the_queue(bookmark: Bookmarked) -> Response:
    """Lead a reloaded form to the queue."""
    return RedirectResponse(bookmark.start(), status_code=303)
