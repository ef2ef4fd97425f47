"""The right to object: one press on a link, without log-in, at once and for ever."""

from agent.domain.outreach import OPEN, OutreachStatus
from agent.ports import Ports
from agent.usecases.quieting import hush, never_again, person_objected


def known_token(ports: Ports, token: str) -> bool:
    """Return whether this is a link of ours."""
    return ports.links.outreach_of(token) is not None


def object_by_token(ports: Ports, token: str) -> bool:
    """Suppress the person behind a link and stop every conversation; return False for a link not ours.

    A second time changes nothing. Source: GDPR art. 21(2)-(3); RFC 8058 for the one-click form.
    """
    outreach_id = ports.links.outreach_of(token)
    if outreach_id is None:
        return False
    at = ports.clock.now()
    why = "the person objected through the link in the letter"
    with ports.store.write() as tx:
        outreach = tx.outreach.get(outreach_id)
        if outreach is None:
            return True  # erased since: nobody writes to them any more
        creator = tx.creators.get(outreach.creator_id)
        sent_to = {delivery.envelope_to for delivery in tx.deliveries.of_outreach(outreach_id)}
        if creator is not None and creator.address is not None:
            sent_to.add(creator.address.email)
        if creator is not None:
            person_objected(ports, tx, creator, at=at, why=why)
        for email in sorted(sent_to):
            never_again(ports, tx, email, at=at, why=why)
        if outreach.status in OPEN and not sent_to:
            tx.outreach.save(outreach.advance(OutreachStatus.STOPPED, at=at, reason=why))
            hush(ports, tx, outreach.id, at=at, why=why)
    return True
