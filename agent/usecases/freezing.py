"""Nothing leaves from a store that was put back, until a person says so."""

from agent.domain.people import Entry
from agent.domain.restored import Mark, why_frozen
from agent.ports import Ports, Transaction


def frozen(ports: Ports) -> str:
    """Return why nothing may leave from this store, nothing where letters may."""
    with ports.store.read() as tx:
        return _why(ports, tx)


def watch(ports: Ports) -> str:
    """Return why nothing may leave; where nothing speaks against it, remember how far the store has come.

    Workers that only stand by call it too: a backup is older than what any of them has seen.
    """
    with ports.store.read() as tx:
        reason = _why(ports, tx)
        newest = None if reason else tx.journal.newest()
    keep(ports, newest)
    return reason


def keep(ports: Ports, newest: Mark | None) -> None:
    """Remember the newest row of the journal as the one that the store must hold from now on."""
    if newest is not None:
        ports.marks.keep(newest)


def resume(ports: Ports, *, by: str) -> str:
    """Let letters leave again from this home; return what had frozen them, nothing where nothing had."""
    at = ports.clock.now()
    with ports.store.write() as tx:
        reason = _why(ports, tx)
        if not reason:
            return ""
        tx.journal.add(Entry(at=at, who=by, what="sending resumed", subject="outbox", why=reason))
        newest = tx.journal.newest()
    keep(ports, newest)
    return reason


def _why(ports: Ports, tx: Transaction) -> str:
    kept = ports.marks.kept()
    found = tx.journal.moment(kept.mark.number) if kept.mark is not None else None
    unknown = kept.mark is None and kept.is_expected and tx.deliveries.any_left()
    return why_frozen(kept.mark, doubt=kept.doubt, found=found, must_be_known=unknown)
