"""What follows from an answer: a thread that ends or rests, an address that is never written to again."""

from datetime import date, datetime

from agent.domain.answering import MAY_ANSWER, NO_NEWS
from agent.domain.cadence import after_absence
from agent.domain.mailbox import Trouble
from agent.domain.outreach import OPEN, Outreach, OutreachStatus
from agent.domain.replies import Blame, ParsedMail, Reading, ReplyKind, status_after
from agent.ports import Ports, Transaction
from agent.usecases.mailboxes import count_trouble
from agent.usecases.quieting import hush, never_again, person_objected


def take_answer(
    ports: Ports, tx: Transaction, outreach: Outreach, kind: ReplyKind, *, at: datetime, why: str
) -> None:
    """Move an outreach as an answer of this kind asks for, and end what became pointless."""
    status = status_after(kind, outreach.status)
    if status is outreach.status:
        if outreach.status in MAY_ANSWER and kind not in NO_NEWS:
            hush(ports, tx, outreach.id, at=at, why="they wrote again after the message that it answers")
        return
    tx.outreach.save(outreach.advance(status, at=at, reason=why))
    hush(ports, tx, outreach.id, at=at, why="an answer came in")


def honour(
    ports: Ports,
    tx: Transaction,
    parsed: ParsedMail,
    reading: Reading,
    outreach: Outreach | None,
    *,
    at: datetime,
    why: str,
) -> None:
    """Do what a reading asks for: stop a person, give up an address, rest, or move the conversation."""
    if reading.kind in {ReplyKind.OPTED_OUT, ReplyKind.COMPLAINT}:
        _stop_person(ports, tx, parsed, outreach, at=at, why=why)
    elif reading.kind is ReplyKind.BOUNCE:
        _bury(ports, tx, parsed, outreach, at=at)
        if outreach is not None and outreach.status in MAY_ANSWER:
            hush(ports, tx, outreach.id, at=at, why="a letter to them came back")
    elif outreach is not None and reading.kind is ReplyKind.OUT_OF_OFFICE:
        _pause(ports, tx, outreach, reading.until, at=at)
    elif outreach is not None:
        take_answer(ports, tx, outreach, reading.kind, at=at, why=why)


def _stop_person(
    ports: Ports,
    tx: Transaction,
    parsed: ParsedMail,
    outreach: Outreach | None,
    *,
    at: datetime,
    why: str,
) -> None:
    # a complaint comes from the server, not from the person: only the address we wrote to counts then
    addresses = set() if parsed.is_complaint else {parsed.from_address}
    if outreach is not None:
        addresses |= {d.envelope_to for d in tx.deliveries.of_outreach(outreach.id)}
    if parsed.is_complaint and not any(tx.suppressions.has(ports.fingerprints.of(a)) for a in addresses):
        _count(ports, tx, outreach, Trouble.COMPLAINT, at=at)
    for email in sorted(address for address in addresses if address):
        never_again(ports, tx, email, at=at, why=why)
    if outreach is not None:
        creator = tx.creators.get(outreach.creator_id)
        if creator is not None:
            person_objected(ports, tx, creator, at=at, why=why)
        now_open = tx.outreach.get(outreach.id)
        if now_open is not None and now_open.status in OPEN:
            tx.outreach.save(now_open.advance(OutreachStatus.STOPPED, at=at, reason=why))
            hush(ports, tx, outreach.id, at=at, why=why)


def _bury(
    ports: Ports, tx: Transaction, parsed: ParsedMail, outreach: Outreach | None, *, at: datetime
) -> None:
    gone = [recipient for recipient in parsed.failed if recipient.blame is Blame.PERMANENT]
    written_to = (
        {d.envelope_to.casefold() for d in tx.deliveries.of_outreach(outreach.id)} if outreach else set()
    )
    for recipient in gone:
        # anybody can send us a bounce: only an address that we wrote to in this thread is believed
        if recipient.address.casefold() in written_to:
            if not tx.suppressions.has(ports.fingerprints.of(recipient.address)):
                _count(ports, tx, outreach, Trouble.BOUNCE, at=at)
            never_again(ports, tx, recipient.address, at=at, why=f"the address is gone: {recipient.reason}")


def _count(
    ports: Ports, tx: Transaction, outreach: Outreach | None, trouble: Trouble, *, at: datetime
) -> None:
    """Count a trouble against the mailbox that wrote last in this conversation."""
    left = [] if outreach is None else [d for d in tx.deliveries.of_outreach(outreach.id) if d.tried_at]
    if left:
        count_trouble(ports, tx, left[-1].mailbox, trouble, at=at)


def _pause(ports: Ports, tx: Transaction, outreach: Outreach, until: date | None, *, at: datetime) -> None:
    if outreach.status is not OutreachStatus.CONTACTED or until is None:
        return
    back = after_absence(until, now=at)
    planned = outreach.next_touch_at
    has_follow_up = any(d.touch > outreach.touches_sent for d in tx.drafts.of_outreach(outreach.id))
    if planned is None and not has_follow_up:
        return
    hush(ports, tx, outreach.id, at=at, why=f"they are away until {until:%d.%m.%Y}")
    tx.outreach.save(outreach.proposed_next(max(back, planned or back), at=at))
