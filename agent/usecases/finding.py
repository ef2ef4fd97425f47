"""Letters of which nobody knows whether they went, looked for where a letter that went leaves a trace."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.errors import Unavailable
from agent.domain.inbound import parse
from agent.ports import Ports, SentSearch, Transaction
from agent.usecases.sending_report import Line, line_of
from agent.usecases.settling import note_sent

_LOOKED = " Looked for: "
"""Parts what happened to a letter from where it was looked for, in the reason that people read."""


@dataclass(kw_only=True)
class FoundReport:
    """What a look for uncertain letters gave: which went, with the evidence, and which nobody found.

    `problem` says why the sent folder could not be read; what came in was looked through all the same.
    """

    found: list[Line] = field(default_factory=list)
    missing: list[Line] = field(default_factory=list)
    problem: str = ""


def find_uncertain(ports: Ports) -> FoundReport:
    """Settle as sent every uncertain letter whose Message-ID is in a mail that came in or in the sent folder.

    The others stay uncertain and say where they were looked for; only a person decides about them.
    """
    report = FoundReport()
    with ports.store.read() as tx:
        uncertain = tx.deliveries.list(states=(DeliveryState.UNCERTAIN,))
        evidence = {each.id: _named_by(tx, each) for each in uncertain}
    open_ones = [each for each in uncertain if not evidence[each.id]]
    search = _searched(ports, open_ones, report) if open_ones else SentSearch(looked_in="")
    at = ports.clock.now()
    for delivery in uncertain:
        proof = evidence[delivery.id] or _copied(search.found, delivery)
        with ports.store.write() as tx:
            if proof:
                _settle(ports, tx, delivery, report, proof=proof, at=at)
            else:
                _tell(tx, delivery, report, places=_places(search, report))
    return report


def _named_by(tx: Transaction, delivery: Delivery) -> str:
    """Return which mail on file names the letter, empty for none.

    A mail may have come in while the letter was still on its way: then it was filed without settling it.
    """
    for reply in tx.inbox.replies(outreach_id=delivery.outreach_id):
        mail = tx.inbox.mail(reply.inbound_id)
        if mail is None:
            continue
        parsed = parse(mail.raw)
        if delivery.message_id in (*parsed.in_reply_to, *parsed.references, parsed.original_message_id):
            return f"a message that came in names it: {reply.id}"
    return ""


def _searched(ports: Ports, open_ones: list[Delivery], report: FoundReport) -> SentSearch:
    nowhere = SentSearch(looked_in="")
    if ports.sent_mail is None:
        return nowhere
    try:
        return ports.sent_mail.search([each.message_id for each in open_ones])
    except Unavailable as error:
        report.problem = str(error)
        return nowhere


def _copied(found: Mapping[str, str], delivery: Delivery) -> str:
    place = found.get(delivery.message_id)
    return f"a copy is in {place}" if place else ""


def _places(search: SentSearch, report: FoundReport) -> str:
    mails = "no mail that came in names it"
    if search.looked_in:
        return f"{mails}, and no copy is in {search.looked_in}."
    if report.problem:
        return f"{mails}; the sent folder could not be read."
    return f"{mails}; no sent folder is known to look into (NANOREACH_IMAP_URL)."


def _settle(
    ports: Ports, tx: Transaction, delivery: Delivery, report: FoundReport, *, proof: str, at: datetime
) -> None:
    sent = delivery.settled(DeliveryState.SENT, at=at, reason=f"it went: {proof}")
    if tx.deliveries.move(sent, expected=DeliveryState.UNCERTAIN, owner=None):
        note_sent(ports, tx, sent, at=at)
        report.found.append(line_of(sent))


def _tell(tx: Transaction, delivery: Delivery, report: FoundReport, *, places: str) -> None:
    what, _, _ = delivery.reason.partition(_LOOKED)
    told = replace(delivery, reason=f"{what} Looked for: {places}")
    if told == delivery or tx.deliveries.move(told, expected=DeliveryState.UNCERTAIN, owner=None):
        report.missing.append(line_of(told))
