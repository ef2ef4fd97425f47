"""A person's decisions: read, edit, approve, reject, take back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Generic, TypeVar

from agent.domain.answering import MAY_ANSWER
from agent.domain.brand import AddressForm, Brand, Campaign
from agent.domain.channel import Channel
from agent.domain.creator import Creator
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.draft import (
    WAITING,
    Approval,
    Draft,
    DraftStatus,
    Rejection,
    RejectionReason,
)
from agent.domain.errors import InvalidTransition, NanoreachError, NotApprovable, StaleReview
from agent.domain.gate.custom import letter_form
from agent.domain.handover import Handover, HandoverState
from agent.domain.ids import ApprovalId, DeliveryId, DraftId, HandoverId, Seal
from agent.domain.letter import Letter, Receipt, ReceiptKind
from agent.domain.mime import compose
from agent.domain.outreach import AWAITING_ANSWER, Outreach
from agent.domain.pace import Pace
from agent.domain.people import Entry
from agent.domain.replies import Reply
from agent.domain.seal import Outgoing, seal_of
from agent.domain.taken import Taken, in_words
from agent.ports import EVERY_DRAFT, DraftFilter, DraftKey, DraftLine, Earlier, Ports, Transaction
from agent.usecases.composing import set_in_type
from agent.usecases.gating import findings_for, gated
from agent.usecases.lookup import Context, the_context, the_context_of, the_contexts, the_draft
from agent.usecases.opening import open_elsewhere
from agent.usecases.outgoing import evidence_text, footer_for, outgoing_for
from agent.usecases.taken import people_of
from agent.usecases.thread import earlier_letters

Listed = TypeVar("Listed")


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One receipt resolved: its number in the letter, from 1, and the whole text that it points to."""

    number: int
    receipt: Receipt
    text: str
    url: str | None


@dataclass(frozen=True, kw_only=True)
class Review:
    """Everything needed to decide about one letter.

    `outgoing` and `seal` are None where nothing can be sent; `problem` says why then. `answered` is the reply
    that the letter answers, `taken` what keeps the person from this letter though it could be sent. `before`
    is the text that it was made from: the writer's where a person edited it, that of the version before where
    one was asked for. `replaced_by` is the version that took its place.
    """

    draft: Draft
    outreach: Outreach
    creator: Creator
    brand: Brand
    campaign: Campaign
    outgoing: Outgoing | None
    seal: Seal | None
    problem: str
    footer: str
    evidence: tuple[Evidence, ...]
    thread: tuple[Earlier, ...]
    replies: tuple[Reply, ...]
    answered: Reply | None = None
    taken: Taken | None = None
    before: Letter | None = None
    replaced_by: DraftId | None = None

    @property
    def address_form(self) -> AddressForm:
        """Whether a French letter to this creator says tu or vous."""
        return letter_form(self.brand, self.creator)


@dataclass(frozen=True, kw_only=True)
class QueueItem:
    """One line of the queue."""

    draft: Draft
    outreach: Outreach
    creator: Creator
    campaign: Campaign
    brand: Brand


@dataclass(frozen=True, kw_only=True)
class QueuePage(Generic[Listed]):
    """A page of the queue; `after` is the key of the next page, `before` of the one before, None at an end.

    `total` counts all pages, as far as was asked. The creators of letters with their people have no posts.
    """

    items: tuple[Listed, ...]
    total: int
    after: DraftKey | None
    before: DraftKey | None = None


def queue(
    ports: Ports,
    *,
    statuses: frozenset[DraftStatus] = WAITING,
    only: DraftFilter = EVERY_DRAFT,
    after: DraftKey | None = None,
    before: DraftKey | None = None,
    limit: int = 50,
    count_to: int | None = None,
) -> QueuePage[QueueItem]:
    """Return letters by age, oldest first: those after a key, or the last ones before one.

    What is decided meanwhile moves nothing: a key is a place in the order, not a number of letters. Letters
    are counted up to `count_to`, all of them without.
    """
    with ports.store.read() as tx:
        found = tx.drafts.page(statuses=statuses, only=only, after=after, before=before, limit=limit + 1)
        drafts, following, previous = _cut(found, _key_of, after=after, before=before, limit=limit)
        items = _items(tx, drafts)
        total = tx.drafts.count(statuses=statuses, only=only, at_most=count_to)
    return QueuePage(items=items, total=total, after=following, before=previous)


def queue_lines(
    ports: Ports,
    *,
    statuses: frozenset[DraftStatus],
    only: DraftFilter = EVERY_DRAFT,
    after: DraftKey | None = None,
    before: DraftKey | None = None,
    limit: int,
    count_to: int,
) -> QueuePage[DraftLine]:
    """Return the same page as `queue`, as lines of a list."""
    with ports.store.read() as tx:
        found = tx.drafts.lines(statuses=statuses, only=only, after=after, before=before, limit=limit + 1)
        total = tx.drafts.count(statuses=statuses, only=only, at_most=count_to)
    lines, following, previous = _cut(found, lambda line: line.key, after=after, before=before, limit=limit)
    return QueuePage(items=lines, total=total, after=following, before=previous)


def review(ports: Ports, draft_id: DraftId) -> Review:
    """Return a letter with all that its reader needs; raises NotFound."""
    with ports.store.read() as tx:
        return _review(ports, tx, the_draft(tx, draft_id), at=ports.clock.now())


def addressee(ports: Ports, draft_id: DraftId) -> str:
    """Return what a letter's creator is called; raises NotFound."""
    with ports.store.read() as tx:
        outreach_id = the_draft(tx, draft_id).outreach_id
        context = the_contexts(tx, [outreach_id], with_posts=False)[outreach_id]
    if isinstance(context, NanoreachError):
        raise context
    return context.creator.name or context.creator.handle


def next_after(
    ports: Ports,
    draft_id: DraftId,
    *,
    statuses: frozenset[DraftStatus] = WAITING,
    only: DraftFilter = EVERY_DRAFT,
    by: str,
) -> DraftId | None:
    """Return the next letter of the queue under these filters, from the oldest again after the newest.

    What somebody else has open is passed over.
    """
    with ports.store.read() as tx:
        draft = tx.drafts.get(draft_id)
        key = _key_of(draft) if draft is not None else None
        passed = open_elsewhere(tx, by=by, now=ports.clock.now()) | {draft_id}
        for after in (key, None):
            found = tx.drafts.page(statuses=statuses, only=only, after=after, limit=len(passed) + 1)
            following = next((each.id for each in found if each.id not in passed), None)
            if following is not None:
                return following
    return None


def approve(ports: Ports, draft_id: DraftId, *, seal: str, by: str) -> Delivery | Handover:
    """Approve exactly the text whose seal the reader saw.

    An e-mail goes into the outbox; a direct message never does: it waits for a person who copies it.

    Raises StaleReview where the seal is not that of what would leave now, NotApprovable where the draft is
    blocked or decided, or the gate finds something that it did not find before.
    """
    at = ports.clock.now()
    with ports.store.write() as tx:
        draft = the_draft(tx, draft_id)
        outgoing = _approvable(ports, tx, draft, seal=seal, at=at)
        approval = Approval(
            id=ApprovalId(ports.ids.new("a")), draft_id=draft.id, seal=seal_of(outgoing), by=by, at=at
        )
        approved = draft.advance(DraftStatus.APPROVED, at=at)
        if not tx.drafts.settle(approved, expected=DraftStatus.PENDING):
            raise StaleReview(draft_id)
        tx.drafts.approve(approval)
        released: Delivery | Handover
        if outgoing.channel is Channel.DM:
            released = _handover(ports, draft, outgoing, approval, at=at)
            tx.handovers.add(released)
        else:
            released = _delivery(ports, draft, outgoing, approval, at=at)
            tx.deliveries.add(released)
        tx.journal.add(
            Entry(
                at=at,
                who=by,
                what="approved",
                subject=draft.id,
                why=f"seal {approval.seal}, text {draft.letter.digest}",
            )
        )
        _count(tx, by=by, at=at)
    return released


def reject(ports: Ports, draft_id: DraftId, *, reason: RejectionReason, note: str = "", by: str) -> None:
    """Turn a letter down, with the reason; raises NotApprovable where it was decided already."""
    at = ports.clock.now()
    with ports.store.write() as tx:
        draft = the_draft(tx, draft_id)
        rejected = _advanced(draft, DraftStatus.REJECTED, at=at, note=reason.value)
        _settle(tx, rejected, was=draft)
        tx.drafts.reject(Rejection(draft_id=draft_id, reason=reason, note=note.strip(), by=by, at=at))
        tx.journal.add(
            Entry(
                at=at,
                who=by,
                what=f"rejected:{reason.value}",
                subject=draft_id,
                why=f"text {draft.letter.digest}" + (f": {note.strip()}" if note.strip() else ""),
            )
        )
        _count(tx, by=by, at=at)


def pace_of(tx: Transaction, who: str) -> Pace | None:
    """Return how long somebody takes over a letter, for themselves; None before it is known."""
    pace = tx.paces.get(who)
    return pace if pace is not None and pace.is_known else None


def _count(tx: Transaction, *, by: str, at: datetime) -> None:
    pace = tx.paces.get(by)
    tx.paces.save(pace.decided(at) if pace is not None else Pace(who=by, last_at=at))


def edit(ports: Ports, draft_id: DraftId, *, subject: str, text: str, by: str) -> Review:
    """Store a person's words and put them through the gate; raises NotApprovable after a decision."""
    at = ports.clock.now()
    with ports.store.write() as tx:
        draft = the_draft(tx, draft_id)
        edited = _edited(tx, draft, subject=subject, text=text, by=by, at=at)
        _settle(tx, gated(ports, tx, edited, at=at), was=draft)
        texts = f"text {draft.letter.digest} became {edited.letter.digest}"
        tx.journal.add(Entry(at=at, who=by, what="edited", subject=draft_id, why=texts))
        return _review(ports, tx, the_draft(tx, draft_id), at=at)


def tried(ports: Ports, draft_id: DraftId, *, subject: str, text: str, by: str) -> Review:
    """Return the letter as it would be with a person's words, gated; nothing is stored.

    Raises NotApprovable after a decision.
    """
    at = ports.clock.now()
    with ports.store.read() as tx:
        edited = _edited(tx, the_draft(tx, draft_id), subject=subject, text=text, by=by, at=at)
        return _review(ports, tx, gated(ports, tx, edited, at=at, is_kept=False), at=at)


def _edited(tx: Transaction, draft: Draft, *, subject: str, text: str, by: str, at: datetime) -> Draft:
    if draft.status not in WAITING:
        raise NotApprovable(f"Letter {draft.id} is {draft.status.value}; it cannot be edited any more.")
    subject = "" if draft.channel is Channel.DM else subject
    edited = draft.letter.edited(subject=subject, text=text)
    letter = set_in_type(edited, the_context(tx, draft.outreach_id).creator)
    if edited.subject == draft.letter.subject:
        # set in French type, « Re: » would begin another thread
        letter = replace(letter, subject=edited.subject)
    return draft.edited(letter, by=by, at=at)


def withdraw(ports: Ports, draft_id: DraftId, *, by: str) -> None:
    """Take an approval back while nothing has left; raises NotApprovable when it is too late."""
    at = ports.clock.now()
    with ports.store.write() as tx:
        draft = the_draft(tx, draft_id)
        if draft.status is not DraftStatus.APPROVED:
            raise NotApprovable(
                f"Letter {draft_id} is {draft.status.value}; there is no approval to take back."
            )
        delivery = live_delivery(tx, draft)
        if delivery is not None:
            cancelled = _cancelled(delivery, by=by, at=at)
            if not tx.deliveries.move(cancelled, expected=DeliveryState.QUEUED, owner=None):
                raise NotApprovable(f"Letter {draft_id} is already leaving; the approval stands.")
        handover = live_handover(tx, draft)
        if handover is not None:
            back = _not_copied(handover, by=by, at=at)
            if not tx.handovers.move(back, expected=HandoverState.WAITING, by=None):
                raise NotApprovable(f"Message {draft_id} is being copied; the approval stands.")
        reopen(ports, tx, draft, at=at, why=f"{by} took the approval back", by=by)


def reopen(
    ports: Ports, tx: Transaction, draft: Draft, *, at: datetime, why: str, by: str | None = None
) -> None:
    """Put an approved draft before a person again, through the gate as things are now; without `by` we do."""
    written = draft.advance(DraftStatus.WRITTEN, at=at, note=why)
    _settle(tx, gated(ports, tx, written, at=at), was=draft)
    told = f"text {draft.letter.digest}: {why}"
    tx.journal.add(Entry(at=at, who=by or ports.worker, what="back to review", subject=draft.id, why=told))


def live_delivery(tx: Transaction, draft: Draft) -> Delivery | None:
    """Return the delivery of an approved draft that is not cancelled, where there is one."""
    deliveries = tx.deliveries.of_outreach(draft.outreach_id)
    alive = (d for d in deliveries if d.draft_id == draft.id and d.state is not DeliveryState.CANCELLED)
    return next(alive, None)


def live_handover(tx: Transaction, draft: Draft) -> Handover | None:
    """Return the handover of an approved message that is not cancelled, where there is one."""
    handovers = tx.handovers.of_outreach(draft.outreach_id)
    alive = (h for h in handovers if h.draft_id == draft.id and h.state is not HandoverState.CANCELLED)
    return next(alive, None)


def _items(tx: Transaction, drafts: tuple[Draft, ...]) -> tuple[QueueItem, ...]:
    contexts = the_contexts(tx, {draft.outreach_id for draft in drafts}, with_posts=False)
    return tuple(_item(draft, contexts[draft.outreach_id]) for draft in drafts)


def _item(draft: Draft, context: Context | NanoreachError) -> QueueItem:
    if isinstance(context, NanoreachError):
        raise context
    return QueueItem(
        draft=draft,
        outreach=context.outreach,
        creator=context.creator,
        campaign=context.campaign,
        brand=context.brand,
    )


def _cut(
    found: tuple[Listed, ...],
    key: Callable[[Listed], DraftKey],
    *,
    after: DraftKey | None,
    before: DraftKey | None,
    limit: int,
) -> tuple[tuple[Listed, ...], DraftKey | None, DraftKey | None]:
    """Return a page of what was asked for with one more, the key of the next page and of the one before."""
    more = len(found) > limit
    shown = found[:limit] if before is None else found[-limit:]
    has_next, has_previous = (more, after is not None) if before is None else (True, more)
    following = key(shown[-1]) if shown and has_next else None
    return shown, following, key(shown[0]) if shown and has_previous else None


def _key_of(draft: Draft) -> DraftKey:
    return draft.created_at, draft.id


def _review(ports: Ports, tx: Transaction, draft: Draft, *, at: datetime) -> Review:
    plain = the_context(tx, draft.outreach_id)
    context = the_context_of(tx, draft, known=plain)
    outgoing, problem = _composed(ports, tx, draft, plain)
    unsubscribe = ports.links.unsubscribe(draft.outreach_id)
    versions = tx.drafts.of_outreach(draft.outreach_id)
    return Review(
        draft=draft,
        outreach=context.outreach,
        creator=context.creator,
        brand=context.brand,
        campaign=context.campaign,
        outgoing=outgoing,
        seal=seal_of(outgoing) if outgoing is not None else None,
        problem=problem,
        footer=footer_for(context, draft, unsubscribe),
        evidence=_evidence(context, draft),
        thread=earlier_letters(tx, draft.outreach_id, before_touch=draft.touch),
        replies=tx.inbox.replies(outreach_id=draft.outreach_id),
        answered=context.answered,
        taken=_taken(ports, tx, draft, context, at=at) if draft.status in WAITING else None,
        before=_before(draft, versions),
        replaced_by=next((each.id for each in versions if each.revises == draft.id), None),
    )


def _before(draft: Draft, versions: Iterable[Draft]) -> Letter | None:
    if draft.first_letter is not None:
        return draft.first_letter
    return next((each.letter for each in versions if each.id == draft.revises), None)


def _taken(ports: Ports, tx: Transaction, draft: Draft, context: Context, *, at: datetime) -> Taken | None:
    if draft.answers is not None:
        return None  # whoever asked gets an answer
    return people_of(ports, tx, (context.creator.id,)).taken(context.outreach, at=at)


def _composed(ports: Ports, tx: Transaction, draft: Draft, known: Context) -> tuple[Outgoing | None, str]:
    try:
        return outgoing_for(ports, tx, draft, known=known), ""
    except NotApprovable as error:
        return None, str(error)


def _evidence(context: Context, draft: Draft) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            number=number,
            receipt=receipt,
            text=evidence_text(context, receipt) or "",
            url=_url(context, receipt),
        )
        for number, receipt in enumerate(draft.letter.receipts, start=1)
    )


def _url(context: Context, receipt: Receipt) -> str | None:
    if not receipt.about_creator:
        return None
    if receipt.kind is ReceiptKind.REPLY:
        return None
    post = context.creator.post(receipt.ref)
    return post.url if post is not None else context.creator.url


def _approvable(ports: Ports, tx: Transaction, draft: Draft, *, seal: str, at: datetime) -> Outgoing:
    if draft.status is DraftStatus.BLOCKED:
        raise NotApprovable(
            f"Letter {draft.id} is blocked by the gate: {draft.findings[0].advice if draft.findings else ''} "
            "Edit it or reject it."
        )
    if draft.status is not DraftStatus.PENDING:
        raise NotApprovable(f"Letter {draft.id} is {draft.status.value}; it waits for no approval.")
    context = the_context(tx, draft.outreach_id)
    outreach = context.outreach
    if outreach.status not in (AWAITING_ANSWER if draft.answers is None else MAY_ANSWER):
        raise NotApprovable(f"The conversation is {outreach.status.value}; this letter has become pointless.")
    taken = _taken(ports, tx, draft, context, at=at)
    if taken is not None:
        raise NotApprovable(f"Nothing is written to {context.creator.person} now: {in_words(taken)}.")
    outgoing = outgoing_for(ports, tx, draft, known=context)
    if seal_of(outgoing) != seal:
        raise StaleReview(draft.id)
    # what the gate said when the draft was written may be old: the creator or the law table moved on
    findings = findings_for(ports, tx, draft, at=at, known=context)
    verdict = draft.advance(DraftStatus.WRITTEN, at=at).gated(findings, at=at)
    if verdict.status is DraftStatus.BLOCKED:
        raise NotApprovable(
            f"Letter {draft.id} does not pass the gate any more: {verdict.findings[0].advice}"
        )
    return outgoing


def _delivery(
    ports: Ports, draft: Draft, outgoing: Outgoing, approval: Approval, *, at: datetime
) -> Delivery:
    domain = outgoing.sender.email.rpartition("@")[2].encode("idna").decode("ascii")
    message_id = f"<{ports.ids.new('m')}@{domain}>"
    raw = ports.sign(compose(outgoing, message_id=message_id, at=at), outgoing.sender.email)
    delivery = Delivery(
        id=DeliveryId(ports.ids.new("o")),
        outreach_id=draft.outreach_id,
        touch=draft.touch,
        draft_id=draft.id,
        approval_id=approval.id,
        seal=approval.seal,
        message_id=message_id,
        mailbox=outgoing.sender.email,
        envelope_from=outgoing.sender.email,
        envelope_to=outgoing.to.email,
        raw=raw,
        digest=sha256(raw).hexdigest(),
        due_at=at,
        created_at=at,
        answers=draft.answers,
    )
    return replace(delivery, proof=ports.fingerprints.proof(delivery.bound))


def _handover(
    ports: Ports, draft: Draft, outgoing: Outgoing, approval: Approval, *, at: datetime
) -> Handover:
    return Handover(
        id=HandoverId(ports.ids.new("h")),
        outreach_id=draft.outreach_id,
        touch=draft.touch,
        draft_id=draft.id,
        approval_id=approval.id,
        seal=approval.seal,
        person=outgoing.person,
        profile_url=outgoing.profile_url,
        text=outgoing.body,
        created_at=at,
    )


def _not_copied(handover: Handover, *, by: str, at: datetime) -> Handover:
    try:
        return handover.settled(HandoverState.CANCELLED, at=at, reason=f"{by} took the approval back")
    except InvalidTransition as error:
        raise NotApprovable(
            f"The message is {handover.state.value}; an approval cannot be taken back once somebody "
            "copies it."
        ) from error


def _advanced(draft: Draft, status: DraftStatus, *, at: datetime, note: str) -> Draft:
    try:
        return draft.advance(status, at=at, note=note)
    except InvalidTransition as error:
        raise NotApprovable(f"Letter {draft.id} is {draft.status.value}; it was decided already.") from error


def _settle(tx: Transaction, draft: Draft, *, was: Draft) -> None:
    if not tx.drafts.settle(draft, expected=was.status):
        raise StaleReview(draft.id)


def _cancelled(delivery: Delivery, *, by: str, at: datetime) -> Delivery:
    try:
        return delivery.settled(DeliveryState.CANCELLED, at=at, reason=f"{by} took the approval back")
    except InvalidTransition as error:
        raise NotApprovable(
            f"The letter is {delivery.state.value}; an approval cannot be taken back once it is leaving."
        ) from error
