"""Direct messages: take one in hand, copy it, say what became of it, bring in the answer."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from agent.domain.errors import BadInput, NanoreachError
from agent.domain.handover import HandoverState
from agent.domain.ids import HandoverId
from agent.domain.replies import ReplyKind
from agent.usecases import handing
from agent.usecases.answering import KINDS, proposed_kind, take_down_answer
from agent.usecases.drafting_answers import answer_state
from agent.web.desk import Notice, Visit, Visiting
from agent.web.door import Deciding
from agent.web.labels import error_of

router = APIRouter(prefix="/messages")

_OVER = frozenset({HandoverState.SENT, HandoverState.FAILED, HandoverState.CANCELLED})
_SHOWN = 50


@router.get("")
def show_all(visit: Visiting) -> Response:
    """List what waits for a hand, then what was copied, the newest first."""
    over = handing.errands(visit.ports, states=_OVER, newest=_SHOWN)
    with visit.ports.store.read() as tx:
        total = tx.handovers.count(states=_OVER)
    return visit.page(
        "messages.html", waiting=handing.errands(visit.ports), over=tuple(reversed(over)), total=total
    )


@router.get("/{handover_id}")
def show(visit: Visiting, handover_id: str) -> Response:
    """Show one message; its text only to who has it in hand."""
    return _message(visit, handover_id)


@router.post("/{handover_id}/claim")
def claim(visit: Deciding, handover_id: str, taking_over: Annotated[str, Form()] = "") -> Response:
    """Take a message in hand."""
    try:
        handing.take(
            visit.ports, HandoverId(handover_id), by=visit.person.email, taking_over=taking_over == "yes"
        )
    except NanoreachError as error:
        return _message(visit, handover_id, error=error)
    return visit.redirect(f"/messages/{handover_id}")


@router.post("/{handover_id}/sent")
def mark_sent(visit: Deciding, handover_id: str) -> Response:
    """Note that it was copied and sent, by whom and when; pressed twice it counts once."""
    try:
        marked = handing.mark_sent(visit.ports, HandoverId(handover_id), by=visit.person.email)
    except NanoreachError as error:
        return _message(visit, handover_id, error=error)
    if marked.although:
        return visit.redirect(f"/messages/{handover_id}")  # where the reason is read
    return visit.redirect("/messages", notice=Notice(code="message_sent", creator=marked.handover.person))


@router.post("/{handover_id}/failure")
def mark_failed(visit: Deciding, handover_id: str, reason: Annotated[str, Form()] = "") -> Response:
    """Note that it cannot be sent, and why."""
    try:
        handing.mark_failed(visit.ports, HandoverId(handover_id), by=visit.person.email, reason=reason)
    except NanoreachError as error:
        return _message(visit, handover_id, error=error)
    return visit.redirect("/messages", notice=Notice(code="message_failed"))


@router.post("/{handover_id}/return")
def put_back(visit: Deciding, handover_id: str) -> Response:
    """Give it back: it did not go."""
    try:
        handing.put_back(visit.ports, HandoverId(handover_id), by=visit.person.email)
    except NanoreachError as error:
        return _message(visit, handover_id, error=error)
    return visit.redirect("/messages", notice=Notice(code="message_back"))


@router.post("/{handover_id}/answer")
def answer(
    visit: Deciding,
    handover_id: str,
    text: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "",
) -> Response:
    """Propose what an answer means; file it once a person has said so."""
    try:
        if not text.strip():
            raise BadInput("Paste what they wrote; nothing was filed.")
        if kind not in {each.value for each in KINDS}:
            return _message(visit, handover_id, answer=text, kind=proposed_kind(visit.ports, text))
        take_down_answer(
            visit.ports, HandoverId(handover_id), text=text, kind=ReplyKind(kind), by=visit.person.email
        )
    except NanoreachError as error:
        return _message(visit, handover_id, error=error, answer=text)
    return visit.redirect(f"/messages/{handover_id}", notice=Notice(code="answer_filed"))


@router.get("/{handover_id}/claim")
@router.get("/{handover_id}/sent")
@router.get("/{handover_id}/failure")
@router.get("/{handover_id}/return")
@router.get("/{handover_id}/answer")
def back_to_the_message(handover_id: str) -> Response:
    """Lead a reloaded form to the message as it is now."""
    return RedirectResponse(f"/messages/{handover_id}", status_code=303)


def _message(
    visit: Visit,
    handover_id: str,
    *,
    error: NanoreachError | None = None,
    answer: str = "",
    kind: ReplyKind | None = None,
) -> Response:
    status, headline = error_of(error) if error is not None else (200, "")
    errand = handing.errand(visit.ports, HandoverId(handover_id))
    handover = errand.handover
    with visit.ports.store.read() as tx:
        states = {reply.id: answer_state(tx, reply) for reply in errand.replies}
    return visit.page(
        "message.html",
        status=status,
        errand=errand,
        states=states,
        is_mine=handover.state is HandoverState.COPYING and handover.by == visit.person.email,
        may_be_taken_over=not handover.is_fresh(visit.ports.clock.now()),
        headline=headline,
        sentence=str(error) if error is not None else "",
        answer=answer,
        kind=kind,
        kinds=KINDS,
    )
