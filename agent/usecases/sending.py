"""Approved letters on their way out: claim, hand over behind a fence, settle; never twice.

The order is the guarantee. A delivery is claimed and committed before any word goes to a server; the fence
is committed between the recipient's acceptance and the text; what happens after it is known only by the
server's answer, and a crash there leaves `data`, which becomes `uncertain` and is never tried again by
itself.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from agent.domain.cadence import next_touch_at
from agent.domain.delivery import FIRST_RETRY, Delivery, DeliveryState, has_waited_long_enough, retry_after
from agent.domain.draft import DraftStatus
from agent.domain.eligibility import Cancel, Hold, Leave
from agent.domain.errors import NotReleased, Unavailable
from agent.domain.ids import OutreachId
from agent.domain.mailbox import Trouble
from agent.domain.outreach import OutreachStatus
from agent.domain.people import Entry
from agent.domain.reading.blame import blame_of, enhanced_status
from agent.domain.replies import Blame
from agent.domain.seal import ApprovedLetter
from agent.ports import Attempt, Outcome, Ports, Transaction
from agent.usecases.freezing import keep, watch
from agent.usecases.lookup import the_context
from agent.usecases.mailboxes import count_trouble, stop_mailbox
from agent.usecases.releasing import released
from agent.usecases.reviewing import reopen
from agent.usecases.standing import verdict_on

HANDSHAKE_LEASE = timedelta(minutes=5)
DATA_LEASE = timedelta(minutes=15)
"""Longer than the 10 minutes that RFC 5321 4.5.3.2.6 gives a server after the final dot."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How long a worker may be silent before others take it for dead: before the fence, and behind it."""

    handshake: timedelta = HANDSHAKE_LEASE
    data: timedelta = DATA_LEASE


_USUAL = Terms()
_ENOUGH_TROUBLES = 3


@dataclass(frozen=True, kw_only=True)
class Line:
    """One delivery in a report."""

    id: str
    to: str
    reason: str = ""
    until: datetime | None = None


@dataclass(kw_only=True)
class SendReport:
    """What a send run did. `next_at` is when the next held letter may leave, where one is held."""

    sent: list[Line] = field(default_factory=list)
    failed: list[Line] = field(default_factory=list)
    uncertain: list[Line] = field(default_factory=list)
    held: list[Line] = field(default_factory=list)
    cancelled: list[Line] = field(default_factory=list)
    stopped: str = ""

    def add(self, other: "SendReport") -> None:
        """Take over the lines of another report."""
        for mine, theirs in (
            (self.sent, other.sent),
            (self.failed, other.failed),
            (self.uncertain, other.uncertain),
            (self.held, other.held),
            (self.cancelled, other.cancelled),
        ):
            mine.extend(theirs)

    @property
    def next_at(self) -> datetime | None:
        """The earliest moment at which a held letter may leave."""
        return min((line.until for line in self.held if line.until is not None), default=None)


@dataclass(frozen=True, kw_only=True)
class _Run:
    ports: Ports
    report: SendReport
    unreadable: str
    terms: Terms


@dataclass(frozen=True, kw_only=True)
class _Claim:
    delivery: Delivery
    letter: ApprovedLetter


def send_due(ports: Ports, *, unreadable: str = "", terms: Terms = _USUAL) -> SendReport:
    """Deliver every approved letter that is due and may leave now; nothing from a store that was put back.

    `unreadable` says why the mailbox could not be read: then nothing goes to people who could have answered.
    """
    report = SendReport(stopped=watch(ports))
    report.uncertain.extend(recover(ports))
    run = _Run(ports=ports, report=report, unreadable=unreadable, terms=terms)
    troubles = 0
    claim = None if report.stopped else _claim_next(run)
    while claim is not None:
        attempt = ports.mailer.send(claim.letter, fence=partial(_fence, run, claim.delivery))
        # a server that is down, or swallows letters, is not fed with all of them
        troubles = troubles + 1 if attempt.outcome in {Outcome.DEFERRED, Outcome.UNKNOWN} else 0
        if troubles >= _ENOUGH_TROUBLES:
            report.stopped = f"Nothing more was tried: {attempt.detail}"
        following = _settle(run, claim.delivery, attempt)
        claim = following or (None if report.stopped else _claim_next(run))
    ports.mailer.close()
    return report


def recover(ports: Ports) -> list[Line]:
    """Settle what a dead worker left: a handshake is queued again, data becomes uncertain and is returned."""
    at = ports.clock.now()
    lost: list[Line] = []
    with ports.store.write() as tx:
        for delivery in tx.deliveries.expired(now=at):
            if delivery.state is DeliveryState.HANDSHAKE:
                again = delivery.postponed(
                    until=at, reason="the worker was lost before DATA", attempted=False
                )
            else:
                again = delivery.settled(
                    DeliveryState.UNCERTAIN, at=at, reason="the worker was lost after DATA began"
                )
            if tx.deliveries.move(again, expected=delivery.state, owner=delivery.owner):
                _journal(ports, tx, again, at=at)
                if again.state is DeliveryState.UNCERTAIN:
                    lost.append(_line(again))
    return lost


def note_sent(ports: Ports, tx: Transaction, delivery: Delivery, *, at: datetime) -> None:
    """Carry a delivery that left over to its outreach: contacted, and the next letter's date."""
    count_touch(tx, delivery.outreach_id, delivery.touch, at=at)
    tx.journal.add(Entry(at=at, who=ports.worker, what="sent", subject=delivery.id, why=delivery.message_id))


def count_touch(tx: Transaction, outreach_id: OutreachId, touch: int, *, at: datetime) -> None:
    """Note in an outreach that a letter of ours went, by whatever way, and when the next becomes due."""
    context = the_context(tx, outreach_id)
    outreach = context.outreach
    if outreach.status is OutreachStatus.SHORTLISTED:
        outreach = outreach.advance(OutreachStatus.CONTACTED, at=at)
    following = next_touch_at(context.campaign.cadence, touches_sent=touch, sent_at=at)
    waits = outreach.status is OutreachStatus.CONTACTED
    tx.outreach.save(outreach.proposed_next(following if waits else None, at=at).sent(touch))


def _claim_next(run: _Run) -> _Claim | None:
    ports, report = run.ports, run.report
    while True:
        at = ports.clock.now()
        with ports.store.write() as tx:
            delivery = tx.deliveries.next_due(now=at)
            if delivery is None:
                return None
            verdict = verdict_on(ports, tx, delivery, at=at, unreadable=run.unreadable)
            match verdict:
                case Leave():
                    try:
                        claim = _claim(run, tx, delivery, at=at)
                    except NotReleased as error:
                        # a row that somebody touched behind our back must not keep the others waiting
                        _cancel(ports, tx, delivery, report, reason=str(error), back_to_review=True, at=at)
                        claim = None
                    if claim is not None:
                        return claim
                case Hold(until=until, reason=reason):
                    held = delivery.postponed(until=until, reason=reason, attempted=True)
                    tx.deliveries.move(held, expected=DeliveryState.QUEUED, owner=None)
                    report.held.append(_line(held))
                case Cancel(reason=reason, back_to_review=back):
                    _cancel(ports, tx, delivery, report, reason=reason, back_to_review=back, at=at)


def _claim(run: _Run, tx: Transaction, delivery: Delivery, *, at: datetime) -> _Claim | None:
    claimed = delivery.claimed(owner=run.ports.worker, lease=run.terms.handshake, at=at)
    letter = released(run.ports, tx, claimed)
    if not tx.deliveries.move(claimed, expected=DeliveryState.QUEUED, owner=None):
        return None
    return _Claim(delivery=claimed, letter=letter)


def _fence(run: _Run, claimed: Delivery) -> bool:
    ports = run.ports
    at = ports.clock.now()
    with ports.store.write() as tx:
        # minutes may have passed since the claim: an answer or an objection counts until this very line
        if not isinstance(verdict_on(ports, tx, claimed, at=at, unreadable=run.unreadable), Leave):
            back = claimed.postponed(until=at, reason="something changed at the last moment", attempted=False)
            tx.deliveries.move(back, expected=DeliveryState.HANDSHAKE, owner=ports.worker)
            return False
        fenced = claimed.fenced(lease=run.terms.data, at=at)
        if not tx.deliveries.move(fenced, expected=DeliveryState.HANDSHAKE, owner=ports.worker):
            return False
        _journal(ports, tx, fenced, at=at)
        mark = tx.journal.newest()
    try:
        keep(ports, mark)  # before a byte leaves: a store without this row is not to be sent from
    except Unavailable as error:
        _take_back(ports, fenced, reason=str(error), at=at)
        raise
    return True


def _take_back(ports: Ports, fenced: Delivery, *, reason: str, at: datetime) -> None:
    with ports.store.write() as tx:
        again = fenced.postponed(until=at, reason=reason, attempted=False)
        if tx.deliveries.move(again, expected=DeliveryState.DATA, owner=ports.worker):
            _journal(ports, tx, again, at=at)


def _settle(run: _Run, claimed: Delivery, attempt: Attempt) -> _Claim | None:
    """Store what the server said, and claim the next letter in the same commit where it may simply leave."""
    ports, kept = run.ports, SendReport()
    at = ports.clock.now()
    try:
        with ports.store.write() as tx:
            _settle_in(ports, tx, claimed, attempt, kept, at=at)
            claim = None if run.report.stopped else _claim_where_simple(run, tx, at=at)
    except Exception:
        # whatever is wrong with the next letter, the server's answer about this one is not lost
        with ports.store.write() as tx:
            _settle_in(ports, tx, claimed, attempt, run.report, at=at)
        raise
    run.report.add(kept)
    return claim


def _claim_where_simple(run: _Run, tx: Transaction, *, at: datetime) -> _Claim | None:
    delivery = tx.deliveries.next_due(now=at)
    if delivery is None:
        return None
    verdict = verdict_on(run.ports, tx, delivery, at=at, unreadable=run.unreadable)
    if not isinstance(verdict, Leave):
        return None
    try:
        return _claim(run, tx, delivery, at=at)
    except NotReleased:
        return None


def _settle_in(
    ports: Ports, tx: Transaction, claimed: Delivery, attempt: Attempt, report: SendReport, *, at: datetime
) -> None:
    delivery = tx.deliveries.get(claimed.id)
    if delivery is None or attempt.outcome is Outcome.LOST_LEASE:
        return
    if delivery.owner != ports.worker:
        _settle_late(ports, tx, delivery, attempt, report, at=at)
        return
    settled = _after(delivery, attempt, at=at)
    if not tx.deliveries.move(settled, expected=delivery.state, owner=ports.worker):
        return
    if settled.state is DeliveryState.QUEUED and has_waited_long_enough(settled):
        reason = f"{attempt.detail} It was tried for days."
        _cancel(ports, tx, settled, report, reason=reason, back_to_review=True, at=at)
        return
    if attempt.outcome is Outcome.REFUSED_US:
        stop_mailbox(ports, tx, settled.mailbox, at=at, why=f"its server refused us: {attempt.detail}")
    _carry_over(ports, tx, settled, report, at=at)


def _settle_late(
    ports: Ports, tx: Transaction, delivery: Delivery, attempt: Attempt, report: SendReport, *, at: datetime
) -> None:
    # we slept past our lease and somebody called it uncertain; the server's 250 is evidence that it went
    if delivery.state is DeliveryState.UNCERTAIN and attempt.outcome is Outcome.SENT:
        sent = delivery.settled(DeliveryState.SENT, at=at, reason="accepted after the lease had ended")
        if tx.deliveries.move(sent, expected=DeliveryState.UNCERTAIN, owner=None):
            note_sent(ports, tx, sent, at=at)
            report.sent.append(_line(sent))


def _after(delivery: Delivery, attempt: Attempt, *, at: datetime) -> Delivery:
    match attempt.outcome:
        case Outcome.SENT:
            return delivery.settled(DeliveryState.SENT, at=at, reason=attempt.detail)
        case Outcome.REFUSED:
            return delivery.settled(DeliveryState.FAILED, at=at, reason=attempt.detail)
        case Outcome.UNKNOWN:
            return delivery.settled(DeliveryState.UNCERTAIN, at=at, reason=attempt.detail)
        case Outcome.DEFERRED:
            return delivery.postponed(
                until=retry_after(delivery, now=at), reason=attempt.detail, attempted=True
            )
        case Outcome.REFUSED_US | Outcome.LOST_LEASE:
            # about our mailbox, not about this letter: it keeps its patience
            return delivery.postponed(until=at + FIRST_RETRY, reason=attempt.detail, attempted=False)


def _carry_over(
    ports: Ports, tx: Transaction, settled: Delivery, report: SendReport, *, at: datetime
) -> None:
    match settled.state:
        case DeliveryState.SENT:
            note_sent(ports, tx, settled, at=at)
            report.sent.append(_line(settled))
        case DeliveryState.FAILED:
            _note_refused(ports, tx, settled, at=at)
            _journal(ports, tx, settled, at=at)
            report.failed.append(_line(settled))
        case DeliveryState.UNCERTAIN:
            _journal(ports, tx, settled, at=at)
            report.uncertain.append(_line(settled))
        case _:
            _journal(ports, tx, settled, at=at)
            report.held.append(_line(settled))


def _note_refused(ports: Ports, tx: Transaction, delivery: Delivery, *, at: datetime) -> None:
    if blame_of(enhanced_status(delivery.reason), delivery.reason) is Blame.PERMANENT:
        count_trouble(ports, tx, delivery.mailbox, Trouble.BOUNCE, at=at)
    outreach = the_context(tx, delivery.outreach_id).outreach
    if outreach.status in {OutreachStatus.SHORTLISTED, OutreachStatus.CONTACTED}:
        reason = f"the letter was refused: {delivery.reason}"
        tx.outreach.save(outreach.advance(OutreachStatus.CLOSED, at=at, reason=reason))


def _cancel(
    ports: Ports,
    tx: Transaction,
    delivery: Delivery,
    report: SendReport,
    *,
    reason: str,
    back_to_review: bool,
    at: datetime,
) -> None:
    report.cancelled.append(Line(id=delivery.id, to=delivery.envelope_to, reason=reason))
    cancelled = delivery.settled(DeliveryState.CANCELLED, at=at, reason=reason)
    tx.deliveries.move(cancelled, expected=DeliveryState.QUEUED, owner=None)
    _journal(ports, tx, cancelled, at=at)
    draft = tx.drafts.get(delivery.draft_id)
    if draft is None or draft.status is not DraftStatus.APPROVED:
        return
    if back_to_review:
        reopen(ports, tx, draft, at=at, why=reason)
        return
    tx.drafts.settle(draft.advance(DraftStatus.SUPERSEDED, at=at, note=reason), expected=DraftStatus.APPROVED)


def _journal(ports: Ports, tx: Transaction, delivery: Delivery, *, at: datetime) -> None:
    tx.journal.add(
        Entry(at=at, who=ports.worker, what=delivery.state.value, subject=delivery.id, why=delivery.reason)
    )


def _line(delivery: Delivery) -> Line:
    until = delivery.due_at if delivery.state is DeliveryState.QUEUED else None
    return Line(id=delivery.id, to=delivery.envelope_to, reason=delivery.reason, until=until)
