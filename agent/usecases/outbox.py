"""The outbox as people see it, and what only a person may decide about it."""

from collections.abc import Iterable
from typing import Literal

from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.errors import BadInput, NotFound
from agent.domain.ids import DeliveryId
from agent.domain.people import Entry
from agent.ports import Ports
from agent.usecases.settling import note_sent


def outbox(ports: Ports, *, states: Iterable[DeliveryState] | None = None) -> tuple[Delivery, ...]:
    """Return deliveries by creation, all or those in some states."""
    with ports.store.read() as tx:
        return tx.deliveries.list(states=states)


def resolve(
    ports: Ports, delivery_id: DeliveryId, *, verdict: Literal["sent", "resend"], by: str
) -> Delivery:
    """Say of an uncertain delivery that it went, or that it shall be tried again.

    Raises NotFound, and BadInput where the delivery is not uncertain (any more).
    """
    at = ports.clock.now()
    with ports.store.write() as tx:
        delivery = tx.deliveries.get(delivery_id)
        if delivery is None:
            raise NotFound("delivery", delivery_id, hint="nanoreach uncertain list shows those there are.")
        if delivery.state is not DeliveryState.UNCERTAIN:
            raise BadInput(
                f"Delivery {delivery_id} is {delivery.state.value}, so there is nothing to decide."
            )
        if verdict == "sent":
            settled = delivery.settled(DeliveryState.SENT, at=at, reason=f"{by}: it went")
        else:
            settled = delivery.postponed(until=at, reason=f"{by}: send again", attempted=True)
        if not tx.deliveries.move(settled, expected=DeliveryState.UNCERTAIN, owner=None):
            raise BadInput(f"Somebody else decided about delivery {delivery_id} at the same moment.")
        if verdict == "sent":
            note_sent(ports, tx, settled, at=at)
        tx.journal.add(Entry(at=at, who=by, what=f"resolved as {verdict}", subject=delivery_id))
    return settled
