"""The right to object: one press on a link, without log-in, at once and for ever."""

from agent.ports import Ports
from agent.usecases.quieting import never_again, person_objected


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
        creator = tx.creators.get(outreach.creator_id) if outreach is not None else None
        if outreach is None or creator is None:
            return True  # erased since: nobody writes to them any more
        for email in sorted({delivery.envelope_to for delivery in tx.deliveries.of_outreach(outreach_id)}):
            never_again(ports, tx, email, at=at, why=why)
        person_objected(ports, tx, creator, at=at, why=why)
    return True
