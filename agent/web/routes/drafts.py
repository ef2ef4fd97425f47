"""One letter: read it with its proof, and decide."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from agent.domain.channel import Channel
from agent.domain.draft import RejectionReason
from agent.domain.errors import BadInput, NanoreachError, NotFound
from agent.domain.ids import DraftId
from agent.usecases import reviewing
from agent.usecases.reviewing import Review
from agent.web.desk import Notice, Visit, Visiting
from agent.web.door import Deciding
from agent.web.labels import error_of
from agent.web.letterview import letter_view

router = APIRouter(prefix="/drafts/{draft_id}")


@router.get("")
def show(visit: Visiting, draft_id: str, came_from: str = "") -> Response:
    """Show exactly what would leave, beside what it rests on."""
    return _letter(visit, reviewing.review(visit.ports, DraftId(draft_id)), came_from=came_from)


@router.get("/edit")
def show_edit(visit: Deciding, draft_id: str) -> Response:
    """Show the words in a form."""
    review = reviewing.review(visit.ports, DraftId(draft_id))
    letter = review.draft.letter
    return _editor(visit, review, subject=letter.subject, text=letter.text)


@router.post("/edit")
def edit(
    visit: Deciding,
    draft_id: str,
    subject: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
) -> Response:
    """Keep a person's words; the gate reads them before anybody approves them."""
    words = text.replace("\r\n", "\n")
    try:
        review = reviewing.edit(
            visit.ports, DraftId(draft_id), subject=subject, text=words, by=visit.person.email
        )
    except NotFound:
        raise
    except NanoreachError as error:
        review = reviewing.review(visit.ports, DraftId(draft_id))
        return _editor(visit, review, subject=subject, text=words, error=error)
    return visit.redirect(f"/drafts/{review.draft.id}", notice=_notice("edited", review))


@router.post("/approval")
def approve(visit: Deciding, draft_id: str, seal: Annotated[str, Form()] = "") -> Response:
    """Approve the text with this seal, and go on to the next letter."""
    review = reviewing.review(visit.ports, DraftId(draft_id))
    try:
        reviewing.approve(visit.ports, review.draft.id, seal=seal, by=visit.person.email)
    except NanoreachError as error:
        return _letter(visit, reviewing.review(visit.ports, review.draft.id), error=error)
    return _onward(visit, review, "approved_message" if review.draft.channel is Channel.DM else "approved")


@router.post("/rejection")
def reject(
    visit: Deciding,
    draft_id: str,
    reason: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    """Turn the letter down with a reason, and go on to the next."""
    review = reviewing.review(visit.ports, DraftId(draft_id))
    try:
        why = _reason(reason)
        reviewing.reject(visit.ports, review.draft.id, reason=why, note=note, by=visit.person.email)
    except NanoreachError as error:
        review = reviewing.review(visit.ports, review.draft.id)
        return _letter(visit, review, error=error, note=note)
    return _onward(visit, review, "rejected")


@router.post("/withdrawal")
def withdraw(visit: Deciding, draft_id: str) -> Response:
    """Take an approval back while nothing has left."""
    review = reviewing.review(visit.ports, DraftId(draft_id))
    try:
        reviewing.withdraw(visit.ports, review.draft.id, by=visit.person.email)
    except NanoreachError as error:
        return _letter(visit, reviewing.review(visit.ports, review.draft.id), error=error)
    return visit.redirect(f"/drafts/{draft_id}", notice=_notice("withdrawn", review))


@router.get("/approval")
@router.get("/rejection")
@router.get("/withdrawal")
def back_to_the_letter(draft_id: str) -> Response:
    """Lead a reloaded decision to the letter as it is now."""
    return RedirectResponse(f"/drafts/{draft_id}", status_code=303)


def _letter(
    visit: Visit,
    review: Review,
    *,
    error: NanoreachError | None = None,
    note: str = "",
    came_from: str = "",
) -> Response:
    status, headline = error_of(error) if error is not None else (200, "")
    following = reviewing.next_after(visit.ports, review.draft.id)
    return visit.page(
        "draft.html",
        status=status,
        review=review,
        view=letter_view(review),
        following=following,
        came_from=came_from,
        headline=headline,
        sentence=str(error) if error is not None else "",
        note=note,
    )


def _editor(
    visit: Visit, review: Review, *, subject: str, text: str, error: NanoreachError | None = None
) -> Response:
    status, headline = error_of(error) if error is not None else (200, "")
    return visit.page(
        "edit.html",
        status=status,
        review=review,
        view=letter_view(review),
        subject=subject,
        text=text,
        headline=headline,
        sentence=str(error) if error is not None else "",
    )


def _onward(visit: Visit, review: Review, code: str) -> Response:
    following = reviewing.next_after(visit.ports, review.draft.id)
    path = f"/drafts/{following}?came_from={review.draft.id}" if following is not None else "/"
    return visit.redirect(path, notice=_notice(code, review))


def _notice(code: str, review: Review) -> Notice:
    return Notice(code=code, draft=review.draft.id, creator=review.creator.name or review.creator.handle)


def _reason(reason: str) -> RejectionReason:
    try:
        return RejectionReason(reason)
    except ValueError as error:
        raise BadInput("A rejection needs one of the reasons listed; nothing was decided.") from error
