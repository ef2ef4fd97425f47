"""One worker on a home, as `nanoreach work` is one: it sends what is due until nothing waits."""

import time
from datetime import timedelta
from multiprocessing.synchronize import Event
from pathlib import Path

from agent.domain.delivery import DeliveryState
from agent.ports import Ports
from agent.usecases.sending import Terms, send_due
from bench.outbox_home import opened

LEASE = timedelta(seconds=2)
"""For what a kill left: a bench does not wait the minutes that a real lease runs."""
_MOVING = (DeliveryState.QUEUED, DeliveryState.HANDSHAKE, DeliveryState.DATA)
_PAUSE = 0.05


def work(home: Path, smtp_port: int, database: str | None, ready: Event | None = None) -> None:
    """Send what is due, again and again, until nothing is queued or on its way; say when that begins."""
    ports = opened(home, smtp_port=smtp_port, database=database, migrated=True)
    if ready is not None:
        ready.set()
    while waiting(ports):
        send_due(ports, terms=Terms(handshake=LEASE, data=LEASE))
        time.sleep(_PAUSE)
    ports.close()


def waiting(ports: Ports) -> int:
    """Return how many letters have no end yet; a letter that is uncertain has one for the machine."""
    with ports.store.read() as tx:
        return len(tx.deliveries.list(states=_MOVING))
