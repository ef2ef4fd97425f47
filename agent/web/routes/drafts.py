"""One letter: read it with its proof, and decide."""

from typing import Annotated, Protocol

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from agent.domain.draft import Draft, RejectionReason
from agent.domain.errors import BadInput, NanoreachError, NotFound
from agent.domain.handover import Handover
from agent.domain.ids import DraftId
from agent.ports import Ports
from agent.usecases import opening, reviewing, revising
from agent.usecases.opening import open_letter, readers_of
from agent.usecases.queueing import Place, place_of
from agent.usecases.reviewing import Review
from agent.usecases.revising import takes_wishes
from agent.web.bookmark import Bookmark, Bookmarked
from agent.web.desk import Notice, Visit, Visiting
from agent.web.door import Deciding
from agent.web.labels import error_of
from agent.web.letterview import letter_view
from agent.web.pages import COUNTED

router = APIRouter(prefix="/drafts/{draft_id}")


@router.get("")
def show(visit: Visiting, bookmark: Bookmarked, draft_id: str, came_from: str = "") -> Response:
    """Show exactly what would leave, beside what it rests on."""
    this = DraftId(draft_id)
    if visit.may_decide:
        open_letter(visit.ports, this, by=visit.person.email)
    return _letter(visit, bookmark, reviewing.review(visit.ports, this), came_from=came_from)


@router.get("/edit")
def show_edit(visit: Deciding, bookmark: Bookmarked, draft_id: str) -> Response:
    """Show the words in a form."""
    review = reviewing.review(visit.ports, DraftId(draft_id))
    letter = review.draft.letter
    return _editor(visit, bookmark, review, subject=letter.subject, text=letter.text)


@router.post("/edit")
def edit(
    visit: Deciding,
    bookmark: Bookmarked,
    draft_id: str,
    subject: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
) -> Response:
    """Keep a person's words; the gate reads them before anybody approves them."""
    kept = _typed(visit, bookmark, DraftId(draft_id), reviewing.edit, subject=subject, text=text)
    if isinstance(kept, Response):
        return kept
    return visit.redirect(bookmark.letter(kept.draft.id), notice=Notice(code="edited", draft=kept.draft.id))


@router.post("/check")
def check(
    visit: Deciding,
    bookmark: Bookmarked,
    draft_id: str,
    subject: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
) -> Response:
    """Say what the gate thinks of words that are still being typed; nothing is kept."""
    tried = _typed(visit, bookmark, DraftId(draft_id), reviewing.tried, subject=subject, text=text)
    if isinstance(tried, Response):
        return tried
    return _editor(visit, bookmark, tried, subject=subject, text=_plain(text))


@router.post("/approval")
def approve(
    visit: Deciding, bookmark: Bookmarked, draft_id: str, seal: Annotated[str, Form()] = ""
) -> Response:
    """Approve the text with this seal, and go on to the next letter."""
    this = DraftId(draft_id)
    try:
        released = reviewing.approve(visit.ports, this, seal=seal, by=visit.person.email)
    except NanoreachError as error:
        return _letter(visit, bookmark, reviewing.review(visit.ports, this), error=error)
    return _onward(
        visit, bookmark, this, "approved_message" if isinstance(released, Handover) else "approved"
    )


@router.post("/rejection")
def reject(
    visit: Deciding,
    bookmark: Bookmarked,
    draft_id: str,
    reason: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    """Turn the letter down with a reason, and go on to the next."""
    this = DraftId(draft_id)
    try:
        why = _reason(reason)
        reviewing.reject(visit.ports, this, reason=why, note=note, by=visit.person.email)
    except NanoreachError as error:
        return _letter(visit, bookmark, reviewing.review(visit.ports, this), error=error, note=note)
    return _onward(visit, bookmark, this, "rejected")


@router.post("/withdrawal")
def withdraw(visit: Deciding, bookmark: Bookmarked, draft_id: str) -> Response:
    """Take an approval back while nothing has left."""
    this = DraftId(draft_id)
    try:
        reviewing.withdraw(visit.ports, this, by=visit.person.email)
    except NanoreachError as error:
        return _letter(visit, bookmark, reviewing.review(visit.ports, this), error=error)
    return visit.redirect(bookmark.letter(this), notice=_notice(visit, "withdrawn", this))


@router.post("/opening")
def keep_open(visit: Deciding, draft_id: str) -> Response:
    """Note that the letter's page is still open."""
    opening.keep_open(visit.ports, DraftId(draft_id), by=visit.person.email)
    return Response(status_code=204)


@router.post("/revision")
def revise(
    visit: Deciding,
    bookmark: Bookmarked,
    draft_id: str,
    seen: Annotated[str, Form()] = "",
    wish: Annotated[str, Form()] = "",
) -> Response:
    """Have the letter written again, and show the new version with what changed."""
    this = DraftId(draft_id)
    try:
        new = revising.revise(visit.ports, this, wish=wish, seen=seen, by=visit.person.email)
    except NotFound:
        raise
    except NanoreachError as error:
        return _letter(visit, bookmark, reviewing.review(visit.ports, this), error=error, wish=wish)
    return visit.redirect(bookmark.letter(new.id), notice=Notice(code="revised", draft=new.id))


@router.get("/approval")
@router.get("/check")
@router.get("/opening")
@router.get("/rejection")
@router.get("/revision")
@router.get("/withdrawal")
def back_to_the_letter(bookmark: Bookmarked, draft_id: str) -> Response:
    """Lead a reloaded decision to the letter as it is now."""
    return RedirectResponse(bookmark.letter(draft_id), status_code=303)


class _Doing(Protocol):
    def __call__(self, ports: Ports, draft_id: DraftId, *, subject: str, text: str, by: str) -> Review: ...


def _typed(
    visit: Visit, bookmark: Bookmark, draft_id: DraftId, do: _Doing, *, subject: str, text: str
) -> Review | Response:
    """Return the review after something was done with a person's words, or the form with them and why not."""
    words = _plain(text)
    try:
        return do(visit.ports, draft_id, subject=subject, text=words, by=visit.person.email)
    except NotFound:
        raise
    except NanoreachError as error:
        review = reviewing.review(visit.ports, draft_id)
        return _editor(visit, bookmark, review, subject=subject, text=words, error=error)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")  # a form ends lines in its own way


def _letter(
    visit: Visit,
    bookmark: Bookmark,
    review: Review,
    *,
    error: NanoreachError | None = None,
    note: str = "",
    wish: str = "",
    came_from: str = "",
) -> Response:
    status, headline = error_of(error) if error is not None else (200, "")
    following = _next(visit, bookmark, review.draft.id)
    return visit.page(
        "draft.html",
        bookmark=bookmark,
        status=status,
        review=review,
        view=letter_view(review),
        following=following,
        reader=readers_of(visit.ports, [review.draft.id], besides=visit.person.email).get(review.draft.id),
        place=_place(visit, bookmark, review.draft),
        came_from=came_from,
        headline=headline,
        sentence=str(error) if error is not None else "",
        note=note,
        wish=wish,
        takes_wishes=takes_wishes(visit.ports),
    )


def _editor(
    visit: Visit,
    bookmark: Bookmark,
    review: Review,
    *,
    subject: str,
    text: str,
    error: NanoreachError | None = None,
) -> Response:
    status, headline = error_of(error) if error is not None else (200, "")
    return visit.page(
        "edit.html",
        bookmark=bookmark,
        status=status,
        review=review,
        view=letter_view(review),
        subject=subject,
        text=text,
        headline=headline,
        sentence=str(error) if error is not None else "",
    )


def _onward(visit: Visit, bookmark: Bookmark, decided: DraftId, code: str) -> Response:
    following = _next(visit, bookmark, decided)
    path = bookmark.start()
    if following is not None:
        path = bookmark.letter(following, came_from=decided)
    return visit.redirect(path, notice=_notice(visit, code, decided))


def _next(visit: Visit, bookmark: Bookmark, draft_id: DraftId) -> DraftId | None:
    filters = bookmark.filters
    only = filters.wanted(visit.ports.clock.now(), reader=visit.person.email)
    return reviewing.next_after(
        visit.ports, draft_id, statuses=filters.statuses, only=only, by=visit.person.email
    )


def _place(visit: Visit, bookmark: Bookmark, draft: Draft) -> Place | None:
    filters = bookmark.filters
    only = filters.wanted(visit.ports.clock.now(), reader=visit.person.email)
    return place_of(visit.ports, draft, statuses=filters.statuses, only=only, count_to=COUNTED)


def _notice(visit: Visit, code: str, draft_id: DraftId) -> Notice:
    return Notice(code=code, draft=draft_id, creator=reviewing.addressee(visit.ports, draft_id))


def _reason(reason: str) -> RejectionReason:
    try:
        return RejectionReason(reason)
    except ValueError as error:
        raise BadInput("A rejection needs one of the reasons listed; nothing was decided.") from error
