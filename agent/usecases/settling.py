"""What becomes of a letter: what the server said of it, or why it will not leave."""

from datetime import datetime

from agent.domain.cadence import next_touch_at
from agent.domain.delivery import FIRST_RETRY, Delivery, DeliveryState, has_waited_long_enough, retry_after
from agent.domain.draft import DraftStatus
from agent.domain.ids import DeliveryId, OutreachId
from agent.domain.mailbox import Trouble
from agent.domain.outreach import OutreachStatus
from agent.domain.people import Entry
from agent.domain.reading.blame import blame_of, enhanced_status
from agent.domain.replies import Blame
from agent.domain.restored import Mark
from agent.ports import Attempt, Outcome, Ports, Transaction
from agent.usecases.lookup import Context, the_context
from agent.usecases.mailboxes import count_trouble, stop_mailbox
from agent.usecases.reviewing import reopen
from agent.usecases.sending_report import Line, SendReport, line_of


def settle(
    ports: Ports,
    tx: Transaction,
    delivery: Delivery,
    attempt: Attempt,
    report: SendReport,
    *,
    at: datetime,
    known: Context | None = None,
) -> None:
    """Store what the server said of a delivery of ours, which is as the last commit left it.

    `known` is its outreach with all who take part, where nothing of it changed since it was read.
    """
    if attempt.outcome is Outcome.LOST_LEASE:
        return
    settled = _after(delivery, attempt, at=at)
    if not tx.deliveries.step(settled, expected=delivery.state, owner=ports.worker):
        _settle_late(ports, tx, delivery.id, attempt, report, at=at)
        return
    if settled.state is DeliveryState.QUEUED and has_waited_long_enough(settled):
        reason = f"{attempt.detail} It was tried for days."
        cancel(ports, tx, settled, report, reason=reason, back_to_review=True, at=at)
        return
    if attempt.outcome is Outcome.REFUSED_US:
        stop_mailbox(ports, tx, settled.mailbox, at=at, why=f"its server refused us: {attempt.detail}")
    _carry_over(ports, tx, settled, report, at=at, known=known)


def cancel(
    ports: Ports,
    tx: Transaction,
    delivery: Delivery,
    report: SendReport,
    *,
    reason: str,
    back_to_review: bool,
    at: datetime,
) -> None:
    """Take a queued delivery out of the outbox; its draft goes back to review, or aside."""
    report.cancelled.append(Line(id=delivery.id, to=delivery.envelope_to, reason=reason))
    cancelled = delivery.settled(DeliveryState.CANCELLED, at=at, reason=reason)
    tx.deliveries.move(cancelled, expected=DeliveryState.QUEUED, owner=None)
    note_state(ports, tx, cancelled, at=at)
    draft = tx.drafts.get(delivery.draft_id)
    if draft is None or draft.status is not DraftStatus.APPROVED:
        return
    if back_to_review:
        reopen(ports, tx, draft, at=at, why=reason)
        return
    tx.drafts.settle(draft.advance(DraftStatus.SUPERSEDED, at=at, note=reason), expected=DraftStatus.APPROVED)


def note_sent(
    ports: Ports, tx: Transaction, delivery: Delivery, *, at: datetime, known: Context | None = None
) -> None:
    """Carry a delivery that left over to its outreach: contacted, and the next letter's date."""
    count_touch(tx, delivery.outreach_id, delivery.touch, at=at, known=known)
    tx.journal.add(Entry(at=at, who=ports.worker, what="sent", subject=delivery.id, why=delivery.message_id))


def count_touch(
    tx: Transaction, outreach_id: OutreachId, touch: int, *, at: datetime, known: Context | None = None
) -> None:
    """Note in an outreach that a letter of ours went, by whatever way, and when the next becomes due."""
    context = known or the_context(tx, outreach_id)
    outreach = context.outreach
    if outreach.status is OutreachStatus.SHORTLISTED:
        outreach = outreach.advance(OutreachStatus.CONTACTED, at=at)
    following = next_touch_at(context.campaign.cadence, touches_sent=touch, sent_at=at)
    waits = outreach.status is OutreachStatus.CONTACTED
    tx.outreach.step(outreach.proposed_next(following if waits else None, at=at).sent(touch))


def note_state(ports: Ports, tx: Transaction, delivery: Delivery, *, at: datetime) -> Mark:
    """Write down which state a delivery came to, and why; return the place of that row."""
    return tx.journal.note(
        Entry(at=at, who=ports.worker, what=delivery.state.value, subject=delivery.id, why=delivery.reason)
    )


def _settle_late(
    ports: Ports,
    tx: Transaction,
    delivery_id: DeliveryId,
    attempt: Attempt,
    report: SendReport,
    *,
    at: datetime,
) -> None:
    # we slept past our lease and somebody called it uncertain; the server's 250 is evidence that it went
    delivery = tx.deliveries.get(delivery_id)
    if delivery is None or attempt.outcome is not Outcome.SENT:
        return
    if delivery.state is DeliveryState.UNCERTAIN:
        sent = delivery.settled(DeliveryState.SENT, at=at, reason="accepted after the lease had ended")
        if tx.deliveries.move(sent, expected=DeliveryState.UNCERTAIN, owner=None):
            note_sent(ports, tx, sent, at=at)
            report.sent.append(line_of(sent))


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
    ports: Ports,
    tx: Transaction,
    settled: Delivery,
    report: SendReport,
    *,
    at: datetime,
    known: Context | None,
) -> None:
    match settled.state:
        case DeliveryState.SENT:
            note_sent(ports, tx, settled, at=at, known=known)
            report.sent.append(line_of(settled))
        case DeliveryState.FAILED:
            _note_refused(ports, tx, settled, at=at)
            note_state(ports, tx, settled, at=at)
            report.failed.append(line_of(settled))
        case DeliveryState.UNCERTAIN:
            note_state(ports, tx, settled, at=at)
            report.uncertain.append(line_of(settled))
        case _:
            note_state(ports, tx, settled, at=at)
            report.held.append(line_of(settled))


def _note_refused(ports: Ports, tx: Transaction, delivery: Delivery, *, at: datetime) -> None:
    if blame_of(enhanced_status(delivery.reason), delivery.reason) is Blame.PERMANENT:
        count_trouble(ports, tx, delivery.mailbox, Trouble.BOUNCE, at=at)
    outreach = the_context(tx, delivery.outreach_id).outreach
    if outreach.status in {OutreachStatus.SHORTLISTED, OutreachStatus.CONTACTED}:
        reason = f"the letter was refused: {delivery.reason}"
        tx.outreach.save(outreach.advance(OutreachStatus.CLOSED, at=at, reason=reason))
