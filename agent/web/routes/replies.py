"""What came back."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from agent.domain.creator import Creator
from agent.domain.errors import NanoreachError
from agent.domain.ids import OutreachId, ReplyId
from agent.domain.outreach import Outreach
from agent.domain.replies import Reply
from agent.ports import Transaction
from agent.usecases.answering import KINDS, kind_named
from agent.usecases.belonging import Suggestion, belongs, suggestions
from agent.usecases.correcting import correct, may_correct
from agent.usecases.drafting_answers import AnswerState, answer_state, draft_answer
from agent.web.desk import Notice, Visit, Visiting
from agent.web.door import Deciding
from agent.web.labels import error_of

router = APIRouter(prefix="/replies")

_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer with the conversation that it belongs to, where that is known."""

    reply: Reply
    outreach: Outreach | None
    creator: Creator | None
    state: AnswerState
    suggestion: Suggestion | None = None
    may_correct: bool = False


@router.get("")
def show(visit: Visiting) -> Response:
    """List answers, newest first."""
    return _list(visit)


@router.post("/{reply_id}/draft")
def draft(visit: Deciding, reply_id: str) -> Response:
    """Draft the answer to one of them, and show it."""
    try:
        made = draft_answer(visit.ports, ReplyId(reply_id))
    except NanoreachError as error:
        return _list(visit, error=error)
    return visit.redirect(f"/drafts/{made.id}", notice=Notice(code="answer_drafted"))


@router.post("/{reply_id}/conversation")
def assign(visit: Deciding, reply_id: str, outreach_id: Annotated[str, Form()] = "") -> Response:
    """File an answer of nobody known under the conversation that a person says it belongs to."""
    try:
        belongs(visit.ports, ReplyId(reply_id), OutreachId(outreach_id), by=visit.person.email)
    except NanoreachError as error:
        return _list(visit, error=error)
    return visit.redirect("/replies")


@router.post("/{reply_id}/kind")
def correct_kind(visit: Deciding, reply_id: str, kind: Annotated[str, Form()] = "") -> Response:
    """File an answer under the kind that a person says it has."""
    try:
        correct(visit.ports, ReplyId(reply_id), kind_named(kind), by=visit.person.email)
    except NanoreachError as error:
        return _list(visit, error=error)
    return visit.redirect("/replies")


@router.get("/{reply_id}/kind")
@router.get("/{reply_id}/conversation")
@router.get("/{reply_id}/draft")
def back_to_the_list(reply_id: str) -> Response:  # noqa: ARG001 - the path's
    """Lead a reloaded form to the list as it is now."""
    return RedirectResponse("/replies", status_code=303)


def _list(visit: Visit, *, error: NanoreachError | None = None) -> Response:
    status, headline = error_of(error) if error is not None else (200, "")
    with visit.ports.store.read() as tx:
        replies = tx.inbox.replies()
        newest = replies[: -_SHOWN - 1 : -1]
        suggested = suggestions(tx, newest)
        answers = tuple(_answer(tx, reply, suggested.get(reply.id)) for reply in newest)
    return visit.page(
        "replies.html",
        status=status,
        answers=answers,
        total=len(replies),
        kinds=KINDS,
        headline=headline,
        sentence=str(error) if error is not None else "",
    )


def _answer(tx: Transaction, reply: Reply, suggestion: Suggestion | None) -> Answer:
    outreach = tx.outreach.get(reply.outreach_id) if reply.outreach_id is not None else None
    creator = tx.creators.get(outreach.creator_id) if outreach is not None else None
    state = answer_state(tx, reply)
    return Answer(
        reply=reply,
        outreach=outreach,
        creator=creator,
        state=state,
        suggestion=suggestion,
        may_correct=may_correct(reply),
    )
