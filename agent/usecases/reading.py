"""The mailbox: raw mail first, then what it means for a conversation."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256

from agent.domain.answering import MAY_ANSWER, NO_NEWS
from agent.domain.cadence import after_absence
from agent.domain.creator import Creator
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.errors import NanoreachError, Unavailable
from agent.domain.ids import InboundId, ReplyId
from agent.domain.inbound import parse, shown_text
from agent.domain.mailbox import Trouble
from agent.domain.outreach import OPEN, Outreach, OutreachStatus
from agent.domain.people import Entry
from agent.domain.reading import read
from agent.domain.reading.ours import without_ours
from agent.domain.replies import (
    Blame,
    InboundMail,
    ParsedMail,
    Reading,
    Reply,
    ReplyKind,
    status_after,
)
from agent.ports import Fetched, Ports, Transaction
from agent.usecases.mailboxes import count_trouble
from agent.usecases.quieting import hush, never_again, person_objected
from agent.usecases.settling import note_sent


@dataclass(kw_only=True)
class FetchReport:
    """What reading the mailbox gave. `problem` says why it ended early; what was read is on file."""

    new: int = 0
    known: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    unmatched: int = 0
    problem: str = ""


def fetch_mail(ports: Ports) -> FetchReport:
    """Store what is new in the mailbox, then make of each mail what plain rules can.

    Raises nothing for a mailbox that cannot be read: the report says so, and sending must heed it.
    """
    report = FetchReport()
    if ports.mail_reader is None:
        return report
    try:
        for fetched in ports.mail_reader.fetch(lambda folder, validity: _last_uid(ports, folder, validity)):
            _store(ports, ports.mail_reader.account, fetched, report)
    except Unavailable as error:
        report.problem = str(error)
    understand(ports, report)
    return report


def understand(ports: Ports, report: FetchReport) -> None:
    """Classify every stored mail that nobody has classified yet, each in its own transaction."""
    with ports.store.read() as tx:
        waiting = tx.inbox.unread()
    for mail in waiting:
        try:
            with ports.store.write() as tx:
                reply = _filed(ports, tx, mail, parse(mail.raw))
        except NanoreachError as error:
            # it may be a no: it stays unread, and who could have sent it is not written to
            report.problem = f"The mail {mail.id} cannot be filed: {error}"
            continue
        report.kinds[reply.kind.value] = report.kinds.get(reply.kind.value, 0) + 1
        report.unmatched += reply.outreach_id is None


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


def _last_uid(ports: Ports, folder: str, uidvalidity: int) -> int:
    account = ports.mail_reader.account if ports.mail_reader else ""
    with ports.store.read() as tx:
        return tx.inbox.last_uid(account, folder, uidvalidity)


def _store(ports: Ports, account: str, fetched: Fetched, report: FetchReport) -> None:
    mail = InboundMail(
        id=InboundId(ports.ids.new("i")),
        account=account,
        folder=fetched.folder,
        uidvalidity=fetched.uidvalidity,
        uid=fetched.uid,
        digest=sha256(fetched.raw).hexdigest(),
        raw=fetched.raw,
        received_at=ports.clock.now(),
    )
    with ports.store.write() as tx:
        if tx.inbox.add(mail):
            report.new += 1
        else:
            report.known += 1


def _filed(ports: Ports, tx: Transaction, mail: InboundMail, parsed: ParsedMail) -> Reply:
    at = ports.clock.now()
    outreach = _outreach_of(ports, tx, parsed)
    parsed = _theirs(tx, parsed, outreach)
    reading = read(parsed, today=parsed.sent_on or mail.received_at.date())
    reply = Reply(
        id=ReplyId(ports.ids.new("r")),
        inbound_id=mail.id,
        outreach_id=outreach.id if outreach else None,
        kind=reading.kind,
        until=reading.until,
        from_address=parsed.from_address,
        subject=parsed.subject,
        text=parsed.text,
        received_at=mail.received_at,
    )
    tx.inbox.file(reply)
    why = f"{reading.kind.value} from {reply.id}"
    tx.journal.add(
        Entry(at=at, who=ports.worker, what="answer read", subject=reply.id, why=reading.kind.value)
    )
    _honour(ports, tx, parsed, reading, outreach, at=at, why=why)
    return reply


def _theirs(tx: Transaction, parsed: ParsedMail, outreach: Outreach | None) -> ParsedMail:
    """Return the mail without our own words, which a mail program may quote without a mark."""
    if outreach is None:
        return parsed
    letters = [shown_text(delivery.raw) for delivery in tx.deliveries.of_outreach(outreach.id)]
    return replace(parsed, text=without_ours(parsed.text, letters))


def _outreach_of(ports: Ports, tx: Transaction, parsed: ParsedMail) -> Outreach | None:
    referred = (*parsed.in_reply_to, *parsed.references)
    if parsed.original_message_id:
        referred = (*referred, parsed.original_message_id)
    deliveries = tx.deliveries.with_message_id(referred)
    if not deliveries:
        deliveries = _to_failed(tx, parsed)
    if deliveries:
        _note_evidence(ports, tx, deliveries)
        return tx.outreach.get(deliveries[-1].outreach_id)
    return _latest(tx, tx.creators.with_email(parsed.from_address))


def _note_evidence(ports: Ports, tx: Transaction, deliveries: tuple[Delivery, ...]) -> None:
    at = ports.clock.now()
    for delivery in deliveries:
        if delivery.state is DeliveryState.UNCERTAIN:
            sent = delivery.settled(DeliveryState.SENT, at=at, reason="a mail that names it came back")
            if tx.deliveries.move(sent, expected=DeliveryState.UNCERTAIN, owner=None):
                note_sent(ports, tx, sent, at=at)


def _to_failed(tx: Transaction, parsed: ParsedMail) -> tuple[Delivery, ...]:
    gone = {recipient.address.casefold() for recipient in parsed.failed}
    if not gone:
        return ()
    return tuple(d for d in tx.deliveries.list() if d.envelope_to.casefold() in gone)


def _latest(tx: Transaction, creators: tuple[Creator, ...]) -> Outreach | None:
    written_to = [
        outreach
        for outreach in tx.outreach.of_creators(creator.id for creator in creators)
        if outreach.touches_sent > 0
    ]
    return max(written_to, key=lambda outreach: outreach.updated_at, default=None)


def _honour(
    ports: Ports,
    tx: Transaction,
    parsed: ParsedMail,
    reading: Reading,
    outreach: Outreach | None,
    *,
    at: datetime,
    why: str,
) -> None:
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
