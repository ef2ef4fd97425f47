"""The mailbox: raw mail first, then what it means for a conversation."""

from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256

from agent.domain.creator import Creator
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.errors import NanoreachError, Unavailable
from agent.domain.ids import InboundId, ReplyId
from agent.domain.inbound import parse, shown_text
from agent.domain.outreach import Outreach
from agent.domain.people import Entry
from agent.domain.reading import read
from agent.domain.reading.ours import without_ours
from agent.domain.replies import (
    InboundMail,
    ParsedMail,
    Reading,
    Reply,
    ReplyKind,
)
from agent.ports import Fetched, Ports, Transaction
from agent.usecases.honouring import honour
from agent.usecases.labelling import label_open
from agent.usecases.settling import note_sent


@dataclass(kw_only=True)
class FetchReport:
    """What reading the mailboxes gave. `problem` says why it ended early; what was read is on file.

    `labelled` answers that no rule knew were calmed by a model; `label_problem` says why it was not asked
    further. Neither keeps a letter from leaving.
    """

    new: int = 0
    known: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    unmatched: int = 0
    labelled: int = 0
    label_problem: str = ""
    problem: str = ""


def fetch_mail(ports: Ports) -> FetchReport:
    """Store what is new in every mailbox, then make of each mail what plain rules can.

    Raises nothing for a mailbox that cannot be read: the others are, the report says so, and sending must
    heed it.
    """
    report = FetchReport()
    if not ports.readers:
        return report
    for reader in ports.readers:
        try:
            for fetched in reader.fetch(partial(_last_uid, ports, reader.account)):
                _store(ports, reader.account, fetched, report)
        except Unavailable as error:
            report.problem = " ".join(filter(None, (report.problem, str(error))))
    understand(ports, report)
    return report


def understand(ports: Ports, report: FetchReport) -> None:
    """Classify every stored mail that nobody has classified yet, each in its own transaction."""
    with ports.store.read() as tx:
        waiting = tx.inbox.unread()
    open_replies: list[Reply] = []
    for mail in waiting:
        try:
            with ports.store.write() as tx:
                parsed = parse(mail.raw)
                reply = _filed(ports, tx, mail, parsed)
        except NanoreachError as error:
            # it may be a no: it stays unread, and who could have sent it is not written to
            report.problem = f"The mail {mail.id} cannot be filed: {error}"
            continue
        report.kinds[reply.kind.value] = report.kinds.get(reply.kind.value, 0) + 1
        report.unmatched += reply.outreach_id is None
        if reply.kind is ReplyKind.OTHER and not parsed.is_only_quoted:
            open_replies.append(reply)
    report.labelled, report.label_problem = label_open(ports, open_replies)


def _last_uid(ports: Ports, account: str, folder: str, uidvalidity: int) -> int:
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
    reading = read(parsed, today=parsed.sent_on or mail.received_at.date(), sense=ports.sense)
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
    tx.journal.add(Entry(at=at, who=ports.worker, what="answer read", subject=reply.id, why=_told(reading)))
    honour(ports, tx, parsed, reading, outreach, at=at, why=why)
    return reply


def _told(reading: Reading) -> str:
    return f"{reading.kind.value}, by what it sounds like" if reading.is_sensed else reading.kind.value


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
