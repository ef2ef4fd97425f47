"""The outbox: what leaves, what left, and what only a person can settle."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form
from fastapi.responses import Response

from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.errors import BadInput
from agent.domain.ids import DeliveryId
from agent.usecases.finding import find_uncertain
from agent.usecases.freezing import frozen
from agent.usecases.mailboxes import paused_mailboxes, resume_mailbox
from agent.usecases.outbox import outbox, resolve
from agent.web.desk import Notice, Visiting
from agent.web.door import Deciding

router = APIRouter(prefix="/outbox")

# what needs a person first, then what moves, then what is over
_ORDER = (
    DeliveryState.UNCERTAIN,
    DeliveryState.FAILED,
    DeliveryState.DATA,
    DeliveryState.HANDSHAKE,
    DeliveryState.QUEUED,
    DeliveryState.SENT,
    DeliveryState.CANCELLED,
)
_SHOWN = 200


@router.get("")
def show(visit: Visiting, state: str = "") -> Response:
    """List deliveries, those that need a person first."""
    chosen = _states(state)
    deliveries = outbox(visit.ports, states=chosen)
    return visit.page(
        "outbox.html",
        deliveries=sorted(deliveries, key=_weight)[:_SHOWN],
        total=len(deliveries),
        state=state if chosen else "",
        states=tuple(DeliveryState),
        frozen=frozen(visit.ports),
        paused=paused_mailboxes(visit.ports),
    )


@router.post("/mailboxes/{address}/resumption")
def resume(visit: Deciding, address: str) -> Response:
    """Let a paused mailbox write again."""
    resume_mailbox(visit.ports, address, by=visit.person.email)
    return visit.redirect("/outbox", notice=Notice(code="mailbox_resumed"))


@router.post("/search")
def search(visit: Deciding) -> Response:
    """Look for uncertain letters where one that went leaves a trace."""
    report = find_uncertain(visit.ports)
    return visit.redirect("/outbox", notice=Notice(code="looked", creator=str(len(report.found))))


@router.post("/{delivery_id}/resolution")
def settle(visit: Deciding, delivery_id: str, verdict: Annotated[str, Form()] = "") -> Response:
    """Record what a person found out about a delivery nobody was sure of."""
    resolve(visit.ports, DeliveryId(delivery_id), verdict=_verdict(verdict), by=visit.person.email)
    return visit.redirect("/outbox", notice=Notice(code=f"resolved_{verdict}"))


def _states(state: str) -> frozenset[DeliveryState] | None:
    return frozenset({DeliveryState(state)}) if state in set(DeliveryState) else None


def _weight(delivery: Delivery) -> tuple[int, bool, float]:
    due = delivery.due_at.timestamp()
    if delivery.state is DeliveryState.QUEUED:  # as they will leave: answers, then whoever is due longest
        return _ORDER.index(delivery.state), delivery.answers is None, due
    return _ORDER.index(delivery.state), False, -due


def _verdict(verdict: str) -> Literal["sent", "resend"]:
    if verdict == "sent":
        return "sent"
    if verdict == "resend":
        return "resend"
    raise BadInput("Say whether the letter went or shall be sent again; nothing was changed.")
