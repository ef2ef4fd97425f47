"""Letters that somebody has open: others are told, and are led past them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from agent.domain.draft import WAITING
from agent.domain.errors import Unavailable
from agent.domain.ids import DraftId
from agent.domain.opened import OPEN_FOR, Opened
from agent.ports import Ports, Transaction
from agent.usecases.lookup import the_draft


def open_letter(ports: Ports, draft_id: DraftId, *, by: str) -> Opened | None:
    """Note that somebody reads a letter, unless another does: return who, or None where it is theirs.

    A decided letter is open to everybody. Raises NotFound.
    """
    now = ports.clock.now()
    with ports.store.read() as tx:
        if the_draft(tx, draft_id).status not in WAITING:
            return None
        known = _held(tx, draft_id, now=now)
    if known is not None and known.who != by:
        return known
    if known is not None and known.until - now > OPEN_FOR / 2:
        return None  # one write in a while is enough
    try:
        return _noted(ports, draft_id, by=by, now=now)
    except Unavailable:
        return None  # nobody is kept from reading because a note could not be written


def keep_open(ports: Ports, draft_id: DraftId, *, by: str) -> None:
    """Renew what this person has open; nothing happens where it ran out. Raises NotFound."""
    now = ports.clock.now()
    with ports.store.read() as tx:
        the_draft(tx, draft_id)
        known = _held(tx, draft_id, now=now)
    if known is None or known.who != by:
        return
    with ports.store.write() as tx:
        the_draft(tx, draft_id)
        tx.opened.save(known.still(now))


def open_elsewhere(tx: Transaction, *, by: str, now: datetime) -> frozenset[DraftId]:
    """Return which letters others have open."""
    return frozenset(opened.draft_id for opened in tx.opened.held(now) if opened.who != by)


def readers_of(ports: Ports, draft_ids: Iterable[DraftId], *, besides: str) -> Mapping[DraftId, str]:
    """Return who else has these letters open, by the name of the account."""
    wanted = frozenset(draft_ids)
    with ports.store.read() as tx:
        others = [
            opened
            for opened in tx.opened.held(ports.clock.now())
            if opened.who != besides and opened.draft_id in wanted
        ]
        return {opened.draft_id: name_of(tx, opened.who) for opened in others}


def name_of(tx: Transaction, who: str) -> str:
    """Return what the person with this address is called."""
    account = tx.accounts.get(who)
    return account.name if account is not None else who


def _noted(ports: Ports, draft_id: DraftId, *, by: str, now: datetime) -> Opened | None:
    with ports.store.write() as tx:
        the_draft(tx, draft_id)
        known = _held(tx, draft_id, now=now)
        if known is not None and known.who != by:
            return known  # somebody was faster
        tx.opened.forget(until=now)
        tx.opened.save(Opened.at(now, draft_id, who=by))
    return None


def _held(tx: Transaction, draft_id: DraftId, *, now: datetime) -> Opened | None:
    opened = tx.opened.get(draft_id)
    return opened if opened is not None and opened.holds(now) else None
