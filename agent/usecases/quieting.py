"""Making a conversation less active: what happens to drafts and deliveries that became pointless."""

from datetime import datetime

from agent.domain.creator import Creator
from agent.domain.delivery import DeliveryState
from agent.domain.draft import WAITING, DraftStatus
from agent.domain.handover import HandoverState
from agent.domain.ids import OutreachId
from agent.domain.outreach import OPEN, OutreachStatus
from agent.domain.people import Entry
from agent.ports import Ports, Transaction

_ENDED = frozenset({*WAITING, DraftStatus.APPROVED})


def hush(ports: Ports, tx: Transaction, outreach_id: OutreachId, *, at: datetime, why: str) -> None:
    """Cancel what has not left of an outreach and set its open drafts aside, each with the reason."""
    for delivery in tx.deliveries.of_outreach(outreach_id):
        if delivery.state is DeliveryState.QUEUED:
            cancelled = delivery.settled(DeliveryState.CANCELLED, at=at, reason=why)
            tx.deliveries.move(cancelled, expected=DeliveryState.QUEUED, owner=None)
            tx.journal.add(Entry(at=at, who=ports.worker, what="cancelled", subject=delivery.id, why=why))
    for handover in tx.handovers.of_outreach(outreach_id):
        # one that somebody is copying may be in the app already: what became of it is theirs to say
        if handover.state is HandoverState.WAITING:
            dropped = handover.settled(HandoverState.CANCELLED, at=at, reason=why)
            tx.handovers.move(dropped, expected=HandoverState.WAITING, by=None)
            tx.journal.add(Entry(at=at, who=ports.worker, what="cancelled", subject=handover.id, why=why))
    leaving = {d.draft_id for d in tx.deliveries.of_outreach(outreach_id) if d.state is not _CANCELLED}
    leaving |= {
        h.draft_id for h in tx.handovers.of_outreach(outreach_id) if h.state is not HandoverState.CANCELLED
    }
    for draft in tx.drafts.of_outreach(outreach_id):
        if draft.status in _ENDED and draft.id not in leaving:
            aside = draft.advance(DraftStatus.SUPERSEDED, at=at, note=why)
            tx.drafts.settle(aside, expected=draft.status)
            tx.journal.add(Entry(at=at, who=ports.worker, what="set aside", subject=draft.id, why=why))


def never_again(ports: Ports, tx: Transaction, email: str, *, at: datetime, why: str) -> None:
    """Suppress an address for ever and stop every open outreach to the people behind it."""
    tx.suppressions.add(ports.fingerprints.of(email), reason=why, at=at)
    tx.journal.add(
        Entry(at=at, who=ports.worker, what="suppressed", subject=ports.fingerprints.of(email), why=why)
    )
    stop_all(ports, tx, tx.creators.with_email(email), at=at, why=why)


def person_objected(ports: Ports, tx: Transaction, creator: Creator, *, at: datetime, why: str) -> None:
    """Suppress a creator's profile and address for ever and stop every open outreach to them."""
    profile = ports.fingerprints.of(creator.person.casefold())
    tx.suppressions.add(profile, reason=why, at=at)
    tx.journal.add(Entry(at=at, who=ports.worker, what="suppressed", subject=profile, why=why))
    email = creator.address.email if creator.address is not None else None
    if email is not None and not tx.suppressions.has(ports.fingerprints.of(email)):
        never_again(ports, tx, email, at=at, why=why)
    stop_all(ports, tx, (creator,), at=at, why=why)


def is_suppressed(ports: Ports, tx: Transaction, creator: Creator, *addresses: str) -> bool:
    """Return whether a creator asked not to be written to: at the profile, their address or these."""
    return any(tx.suppressions.has(ports.fingerprints.of(name)) for name in names_of(creator, *addresses))


def names_of(creator: Creator, *addresses: str) -> tuple[str, ...]:
    """Return under which names a creator may be on the list: the profile, their address and these."""
    known = creator.address.email if creator.address is not None else None
    names = (creator.person.casefold(), *addresses, *((known,) if known else ()))
    return tuple(dict.fromkeys(names))


def stop_all(ports: Ports, tx: Transaction, creators: tuple[Creator, ...], *, at: datetime, why: str) -> None:
    """Stop every open outreach to these creators."""
    for outreach in tx.outreach.of_creators(creator.id for creator in creators):
        if outreach.status in OPEN:
            tx.outreach.save(outreach.advance(OutreachStatus.STOPPED, at=at, reason=why))
            hush(ports, tx, outreach.id, at=at, why=why)


_CANCELLED = DeliveryState.CANCELLED
