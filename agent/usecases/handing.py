"""Direct messages in people's hands: who copies which, and what became of it; never twice.

The machine cannot see the platform's app, so a name stands in for the lock: one person takes a message, and
only they, or somebody who took it over knowingly, say that it went. What is asked before an e-mail leaves is
asked when the text is shown and again when it is marked, in the same transaction.
"""

from dataclasses import dataclass
from datetime import datetime

from agent.domain.brand import Brand, Campaign
from agent.domain.channel import DirectMessages, direct_messages_on
from agent.domain.creator import Creator
from agent.domain.draft import DraftStatus
from agent.domain.eligibility import Cancel, Hold, Leave
from agent.domain.errors import BadInput, NotApprovable, NotFound
from agent.domain.handover import OPEN_HANDOVERS, Handover, HandoverState
from agent.domain.ids import HandoverId
from agent.domain.outreach import Outreach, OutreachStatus
from agent.domain.people import Entry
from agent.domain.replies import Reply
from agent.ports import Ports, Transaction
from agent.usecases import composing
from agent.usecases.lookup import the_context
from agent.usecases.reviewing import reopen
from agent.usecases.settling import count_touch
from agent.usecases.standing import verdict_on_handover


@dataclass(frozen=True, kw_only=True)
class Errand:
    """A message with all that the one who copies it needs.

    `language` is the message's, `holder` the name of who has it in hand. `obstacle` says why it may not be
    copied now, `is_final` that it never may. `whole_notice` is what they paste where the creator asks for
    the full privacy notice.
    """

    handover: Handover
    outreach: Outreach
    creator: Creator
    campaign: Campaign
    brand: Brand
    platform: DirectMessages | None
    language: str
    holder: str
    obstacle: str
    until: datetime | None
    is_final: bool
    whole_notice: str
    replies: tuple[Reply, ...]


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A message that was marked as sent; `although` says what spoke against it at that moment."""

    handover: Handover
    although: str = ""


def errands(
    ports: Ports, *, states: frozenset[HandoverState] = OPEN_HANDOVERS, newest: int | None = None
) -> tuple[Errand, ...]:
    """Return messages in these states, oldest first; with `newest` only that many of the latest."""
    at = ports.clock.now()
    with ports.store.read() as tx:
        found = tx.handovers.list(states=states)
        chosen = found if newest is None else found[max(0, len(found) - newest) :]
        return tuple(_errand(ports, tx, each, at=at) for each in chosen)


def messages_to_copy(ports: Ports) -> int:
    """Return how many messages wait for a hand, or are in one."""
    with ports.store.read() as tx:
        return tx.handovers.count(states=OPEN_HANDOVERS)


def errand(ports: Ports, handover_id: HandoverId) -> Errand:
    """Return one message as things are now; changes nothing. Raises NotFound."""
    at = ports.clock.now()
    with ports.store.read() as tx:
        return _errand(ports, tx, the_handover(tx, handover_id), at=at)


def take(ports: Ports, handover_id: HandoverId, *, by: str, taking_over: bool = False) -> Errand:
    """Take a message in hand to copy it; return it with its text.

    Raises BadInput where somebody else has it, NotApprovable where it may not leave (any more): one that
    never may is called off, and goes back to review where a person should read it again.
    """
    at = ports.clock.now()
    with ports.store.write() as tx:
        handover = the_handover(tx, handover_id)
        _require_open(handover)
        verdict = verdict_on_handover(ports, tx, handover, at=at)
        if isinstance(verdict, Leave):
            taken = handover.claimed(by=by, at=at, taking_over=taking_over)
            _move(tx, taken, was=handover)
            if taken != handover:
                tx.journal.add(Entry(at=at, who=by, what="copying", subject=handover.id))
            return _errand(ports, tx, taken, at=at)
        if isinstance(verdict, Cancel) and handover.state is HandoverState.WAITING:
            _call_off(ports, tx, handover, verdict, at=at)
    raise NotApprovable(f"Message {handover_id} may not be copied: {_reason(verdict)}.")


def put_back(ports: Ports, handover_id: HandoverId, *, by: str) -> None:
    """Give a message back that was taken and did not go; raises BadInput where somebody else has it."""
    at = ports.clock.now()
    with ports.store.write() as tx:
        handover = the_handover(tx, handover_id)
        _require_in_hand(handover, by=by)
        _move(tx, handover.put_back(), was=handover)
        tx.journal.add(Entry(at=at, who=by, what="put back", subject=handover.id))


def mark_sent(ports: Ports, handover_id: HandoverId, *, by: str) -> Marked:
    """Note that a message was copied and sent, and when; the outreach goes on as after an e-mail.

    Said twice by the same person it counts once. What is in the app already is noted even where something
    speaks against it by now; a message that nobody had taken is refused then. Raises BadInput where somebody
    else has it, NotApprovable, NotFound.
    """
    at = ports.clock.now()
    with ports.store.write() as tx:
        handover = the_handover(tx, handover_id)
        if handover.state is HandoverState.SENT and handover.by == by:
            return Marked(handover=handover)
        verdict = verdict_on_handover(ports, tx, handover, at=at)
        if handover.state is HandoverState.WAITING:
            if not isinstance(verdict, Leave):
                raise NotApprovable(f"Message {handover_id} may not be copied: {_reason(verdict)}.")
            was, handover = handover, handover.claimed(by=by, at=at)
        else:
            _require_in_hand(handover, by=by)
            was = handover
        although = _reason(verdict) if isinstance(verdict, Cancel) else ""
        sent = handover.settled(HandoverState.SENT, at=at, reason=although)
        _move(tx, sent, was=was)
        count_touch(tx, sent.outreach_id, sent.touch, at=at)
        tx.journal.add(Entry(at=at, who=by, what="sent by hand", subject=sent.id, why=although))
    return Marked(handover=sent, although=although)


def mark_failed(ports: Ports, handover_id: HandoverId, *, by: str, reason: str) -> None:
    """Note that a message cannot be sent, and why; the conversation is closed as after a refused e-mail.

    Raises BadInput without a reason or where somebody else has it.
    """
    if not reason.strip():
        raise BadInput("Say in a few words why it could not be sent; nothing was changed.")
    at = ports.clock.now()
    with ports.store.write() as tx:
        handover = the_handover(tx, handover_id)
        if handover.state is HandoverState.WAITING:
            was, handover = handover, handover.claimed(by=by, at=at)
        else:
            _require_in_hand(handover, by=by)
            was = handover
        _move(tx, handover.settled(HandoverState.FAILED, at=at, reason=reason.strip()), was=was)
        outreach = the_context(tx, handover.outreach_id).outreach
        if outreach.status in {OutreachStatus.SHORTLISTED, OutreachStatus.CONTACTED}:
            why = f"the message could not be sent: {reason.strip()}"
            tx.outreach.save(outreach.advance(OutreachStatus.CLOSED, at=at, reason=why))
        tx.journal.add(Entry(at=at, who=by, what="not sent by hand", subject=handover.id, why=reason.strip()))


def the_handover(tx: Transaction, handover_id: HandoverId) -> Handover:
    """Return a handover; raises NotFound."""
    handover = tx.handovers.get(handover_id)
    if handover is None:
        raise NotFound("message", handover_id, hint="nanoreach dm list shows those there are.")
    return handover


def _errand(ports: Ports, tx: Transaction, handover: Handover, *, at: datetime) -> Errand:
    context = the_context(tx, handover.outreach_id)
    draft = tx.drafts.get(handover.draft_id)
    language = draft.letter.language if draft is not None else context.brand.language
    verdict = verdict_on_handover(ports, tx, handover, at=at) if _is_open(handover) else Leave()
    account = tx.accounts.get(handover.by) if handover.by else None
    return Errand(
        handover=handover,
        outreach=context.outreach,
        creator=context.creator,
        campaign=context.campaign,
        brand=context.brand,
        platform=direct_messages_on(context.creator.platform),
        language=language,
        holder=account.name if account is not None else handover.by or "",
        obstacle="" if isinstance(verdict, Leave) else verdict.reason,
        until=verdict.until if isinstance(verdict, Hold) else None,
        is_final=isinstance(verdict, Cancel),
        whole_notice="\n".join(
            composing.legal_lines(
                context.brand,
                context.campaign,
                context.creator,
                language=language,
                touch=1,
                unsubscribe_url=None,
            )
        ),
        replies=tx.inbox.replies(outreach_id=handover.outreach_id),
    )


def _is_open(handover: Handover) -> bool:
    return handover.state in OPEN_HANDOVERS


def _require_open(handover: Handover) -> None:
    if not _is_open(handover):
        raise NotApprovable(f"Message {handover.id} is {handover.state.value}; there is nothing to copy.")


def _require_in_hand(handover: Handover, *, by: str) -> None:
    if handover.state is not HandoverState.COPYING:
        raise NotApprovable(f"Message {handover.id} is {handover.state.value}; nobody is copying it.")
    if handover.by != by:
        raise BadInput(f"{handover.by} is copying message {handover.id}, so only they say what became of it.")


def _move(tx: Transaction, handover: Handover, *, was: Handover) -> None:
    if not tx.handovers.move(handover, expected=was.state, by=was.by):
        raise BadInput(f"Somebody else changed message {handover.id} at the same moment; look at it again.")


def _call_off(ports: Ports, tx: Transaction, handover: Handover, verdict: Cancel, *, at: datetime) -> None:
    cancelled = handover.settled(HandoverState.CANCELLED, at=at, reason=verdict.reason)
    _move(tx, cancelled, was=handover)
    tx.journal.add(Entry(at=at, who=ports.worker, what="cancelled", subject=handover.id, why=verdict.reason))
    draft = tx.drafts.get(handover.draft_id)
    if draft is None or draft.status is not DraftStatus.APPROVED:
        return
    if verdict.back_to_review:
        reopen(ports, tx, draft, at=at, why=verdict.reason)
        return
    aside = draft.advance(DraftStatus.SUPERSEDED, at=at, note=verdict.reason)
    tx.drafts.settle(aside, expected=DraftStatus.APPROVED)


def _reason(verdict: Leave | Hold | Cancel) -> str:
    match verdict:
        case Hold(until=until, reason=reason):
            return f"{reason}; from {until:%d.%m. %H:%M} UTC on it may"
        case Cancel(reason=reason):
            return reason
        case Leave():
            return ""
