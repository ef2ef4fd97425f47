"""What came back."""

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from agent.domain.creator import Creator
from agent.domain.outreach import Outreach
from agent.domain.replies import Reply
from agent.ports import Transaction
from agent.web.desk import Visiting

router = APIRouter(prefix="/replies")

_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer with the conversation that it belongs to, where that is known."""

    reply: Reply
    outreach: Outreach | None
    creator: Creator | None


@router.get("")
def show(visit: Visiting) -> Response:
    """List answers, newest first."""
    with visit.ports.store.read() as tx:
        replies = tx.inbox.replies()
        newest = replies[: -_SHOWN - 1 : -1]
        answers = tuple(_answer(tx, reply) for reply in newest)
    return visit.page("replies.html", answers=answers, total=len(replies))


def _answer(tx: Transaction, reply: Reply) -> Answer:
    outreach = tx.outreach.get(reply.outreach_id) if reply.outreach_id is not None else None
    creator = tx.creators.get(outreach.creator_id) if outreach is not None else None
    return Answer(reply=reply, outreach=outreach, creator=creator)
