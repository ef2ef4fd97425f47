"""Turning a delivery into the letter that a mailer takes: only if it is the one that was approved."""

from hmac import compare_digest

from agent.domain.delivery import Delivery
from agent.domain.draft import Approval, Draft
from agent.domain.errors import NotReleased
from agent.domain.mime import compose, is_signed_or_plain
from agent.domain.seal import ApprovedLetter, Outgoing
from agent.ports import Ports
from agent.usecases.standing import Stand


def released(ports: Ports, delivery: Delivery, stand: Stand) -> ApprovedLetter:
    """Return the approved letter of a delivery whose seal is known to be that of what would leave now.

    The seal covers what the recipient gets; the row in the outbox says it again, as envelope and bytes. A row
    with its proof is the one that the approval made, byte for byte; the bytes of any other are composed again
    and held against it. Raises NotReleased, saying what differs.
    """
    approval, outgoing = stand.approval, stand.outgoing
    if approval is None or outgoing is None:
        raise NotReleased(f"The approval of delivery {delivery.id} is not on file; not sent.")
    letter = ApprovedLetter(delivery, approval)
    is_proven = compare_digest(delivery.proof.encode(), ports.fingerprints.proof(delivery.bound).encode())
    compared = _compared(delivery, approval, stand.draft, outgoing, is_proven=is_proven)
    differing = next((name for name, same in compared if not same), "")
    if differing:
        raise NotReleased(f"The {differing} of delivery {delivery.id} changed after the approval; not sent.")
    return letter


def _compared(
    delivery: Delivery, approval: Approval, draft: Draft, outgoing: Outgoing, *, is_proven: bool
) -> tuple[tuple[str, bool], ...]:
    return (
        ("draft", approval.draft_id == delivery.draft_id and draft.outreach_id == delivery.outreach_id),
        ("question", draft.answers == delivery.answers),
        ("touch", draft.touch == delivery.touch),
        ("recipient", delivery.envelope_to == outgoing.to.email),
        ("sender", delivery.envelope_from == delivery.mailbox == outgoing.sender.email),
        ("text", is_proven or _is_composed_of(outgoing, delivery)),
    )


def _is_composed_of(outgoing: Outgoing, delivery: Delivery) -> bool:
    wire = compose(outgoing, message_id=delivery.message_id, at=delivery.created_at)
    return is_signed_or_plain(delivery.raw, wire)
