"""Answers to creators: drafted for a question or a yes, each once, and never to what was overtaken."""

from dataclasses import dataclass, field, replace
from time import perf_counter

from agent.domain.answering import ANSWERABLE, ANSWERED_TOGETHER, ANSWERED_UNASKED, MAY_ANSWER, overtaken_by
from agent.domain.delivery import DeliveryState
from agent.domain.draft import WAITING, Draft, DraftStatus
from agent.domain.errors import BadInput, BudgetSpent, NanoreachError, NotFound, Unavailable
from agent.domain.handover import HandoverState
from agent.domain.ids import CampaignId, OutreachId, ReplyId
from agent.domain.outreach import Outreach
from agent.domain.people import Entry
from agent.domain.replies import Reply, ReplyKind
from agent.ports import Answering, Assignment, Ports, Progress, Transaction, Writer
from agent.usecases.briefing_answers import page_to_show
from agent.usecases.drafting import choose_writer
from agent.usecases.drafting_report import DraftReport, Made, Undrafted
from agent.usecases.gating import gated
from agent.usecases.lookup import Context, answering, the_campaign, the_context
from agent.usecases.making import LIVE, OFFLINE, assignment_for, records_of, write_assigned
from agent.usecases.prompting import keep_texts
from agent.usecases.quieting import is_suppressed
from agent.usecases.thread import earlier_letters

_ENOUGH_FAILURES = 3
_CANCELLED = DeliveryState.CANCELLED


@dataclass(frozen=True, kw_only=True)
class AnswerState:
    """The answer to a reply that waits, is approved or went; and whether one can be drafted now."""

    draft: Draft | None
    may_draft: bool


@dataclass(kw_only=True)
class AnswerReport:
    """What became of the replies that wait for an answer. `waiting` could not be answered now, and why."""

    proposed: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)
    waiting: dict[str, str] = field(default_factory=dict)


def to_answer(
    tx: Transaction, campaign_id: CampaignId, *, kinds: frozenset[ReplyKind] = ANSWERED_TOGETHER
) -> tuple[Reply, ...]:
    """Return the replies of these kinds in a campaign that wait for an answer, oldest first."""
    waiting = [
        reply
        for outreach in tx.outreach.in_states(MAY_ANSWER, campaign_id=campaign_id)
        for reply in tx.inbox.replies(outreach_id=outreach.id)
        if reply.kind in kinds and not _obstacle(tx, outreach, reply)
    ]
    return tuple(sorted(waiting, key=lambda each: (each.received_at, each.id)))


def may_draft(tx: Transaction, reply: Reply) -> bool:
    """Return whether an answer to this reply can be drafted now."""
    outreach = tx.outreach.get(reply.outreach_id) if reply.outreach_id is not None else None
    return outreach is not None and reply.kind in ANSWERABLE and not _obstacle(tx, outreach, reply)


def answer_state(tx: Transaction, reply: Reply) -> AnswerState:
    """Return how far the answer to a reply is: the draft that stands, and whether one can be drafted."""
    if reply.outreach_id is None:
        return AnswerState(draft=None, may_draft=False)
    drafts = tx.drafts.of_outreach(reply.outreach_id)
    standing = [each for each in drafts if each.answers == reply.id and each.status in LIVE]
    return AnswerState(draft=standing[-1] if standing else None, may_draft=may_draft(tx, reply))


def draft_answers(
    ports: Ports,
    campaign_id: CampaignId,
    *,
    writer_name: str = "auto",
    limit: int | None = None,
    progress: Progress,
) -> DraftReport:
    """Draft an answer to every question and every yes of a campaign that has none, one after the other.

    One bad row never blocks another; after several failures of the writer in a row the rest is left.
    """
    writer = choose_writer(ports, writer_name)
    with ports.store.read() as tx:
        the_campaign(tx, campaign_id)
        waiting = to_answer(tx, campaign_id)[:limit]
    report = DraftReport(writer=writer.name)
    began, failures = perf_counter(), 0
    for number, reply in enumerate(waiting):
        try:
            report.count(_made(ports, reply.id, writer=writer))
            failures = 0
        except NanoreachError as error:
            failures += isinstance(error, Unavailable)
            report.failed.append(Undrafted(person=_person(ports, reply), reason=str(error)))
            if isinstance(error, BudgetSpent) or failures >= _ENOUGH_FAILURES:
                report.left, report.stopped = len(waiting) - number - 1, str(error)
                break
        progress(number + 1, len(waiting))
    report.seconds = round(perf_counter() - began, 3)
    return report


def draft_answer(ports: Ports, reply_id: ReplyId, *, writer_name: str = "auto") -> Draft:
    """Draft the answer to one reply; raises NotFound, or BadInput where it cannot be answered by a letter."""
    made = _made(ports, reply_id, writer=choose_writer(ports, writer_name)).draft
    if made is None:
        raise BadInput("The conversation changed while the answer was being written; read it again.")
    return made


def propose_answers(ports: Ports, *, writer_name: str = "auto") -> AnswerReport:
    """Draft what campaigns want answered in the background, for a person to approve; nothing is sent."""
    report = AnswerReport()
    with ports.store.read() as tx:
        wanting = [campaign.id for campaign in tx.brands.campaigns() if campaign.draft_answers]
        waiting = [reply for campaign in wanting for reply in to_answer(tx, campaign, kinds=ANSWERED_UNASKED)]
    if not waiting:
        return report
    writer = choose_writer(ports, writer_name)
    for reply in waiting:
        try:
            draft = _made(ports, reply.id, writer=writer).draft
        except NanoreachError as error:
            report.waiting[reply.id] = str(error)
            continue
        if draft is not None:
            (report.blocked if draft.status is DraftStatus.BLOCKED else report.proposed).append(draft.id)
    return report


def assignment_for_answer(ports: Ports, tx: Transaction, context: Context, reply: Reply) -> Assignment:
    """Return what a writer may know for the answer to a reply; an answer that is paid for is kept."""
    touch = _next_touch(tx, context.outreach)
    thread = earlier_letters(tx, context.outreach.id, before_touch=touch)
    assignment = assignment_for(tx, context, touch=touch, thread=thread, at=ports.clock.now())
    link = ports.links.brief(context.outreach.id) if page_to_show(tx, context.outreach.id) else None
    return replace(
        assignment,
        outreach_id=context.outreach.id,
        answers=tx.answers.of_outreach(context.outreach.id),
        answering=Answering(reply=reply, brief_url=link),
    )


def _made(ports: Ports, reply_id: ReplyId, *, writer: Writer) -> Made:
    at = ports.clock.now()
    with ports.store.read() as tx:
        reply, context = _to_be_answered(ports, tx, reply_id)
        assignment = assignment_for_answer(ports, tx, context, reply)
    finished = write_assigned(ports, records_of(context, assignment), assignment, writer=writer, at=at)
    attempts = finished.attempts
    with ports.store.write() as tx:
        if writer.name != OFFLINE:
            tx.answers.discard(context.outreach.id)
        # a newer message, an objection or another worker may have come while the writer was at work
        outreach = tx.outreach.get(context.outreach.id)
        if outreach is None or _obstacle(tx, outreach, reply):
            return Made(draft=None, attempts=attempts)
        unchanged = answering(the_context(tx, outreach.id), reply) == context
        draft = finished.draft
        stored = draft.gated(finished.findings, at=at) if unchanged else gated(ports, tx, draft, at=at)
        tx.drafts.save(stored)
        keep_texts(tx, stored.origin, assignment.texts, at=at)
        what = f"answer drafted:{stored.status.value}"
        tx.journal.add(Entry(at=at, who=ports.worker, what=what, subject=stored.id, why=f"to {reply.id}"))
    return Made(draft=stored, attempts=attempts)


def _to_be_answered(ports: Ports, tx: Transaction, reply_id: ReplyId) -> tuple[Reply, Context]:
    reply = next((each for each in tx.inbox.replies() if each.id == reply_id), None)
    if reply is None:
        raise NotFound("reply", reply_id)
    if reply.outreach_id is None:
        raise BadInput("Nobody knows yet whose message this is, so it cannot be answered from here.")
    if reply.kind not in ANSWERABLE:
        raise BadInput(
            f"A message of kind “{reply.kind.value}” wants a person's own words; letters answer questions "
            "and a yes."
        )
    context = the_context(tx, reply.outreach_id)
    obstacle = _obstacle(tx, context.outreach, reply)
    if is_suppressed(ports, tx, context.creator):
        obstacle = "the person asked not to be written to"
    if obstacle:
        raise BadInput(f"No answer was drafted for {context.creator.person}: {obstacle}.")
    return reply, answering(context, reply)


def _next_touch(tx: Transaction, outreach: Outreach) -> int:
    """Return the number of the next letter: after all that left, or may be leaving at this moment."""
    mails = (d.touch for d in tx.deliveries.of_outreach(outreach.id) if d.state is not _CANCELLED)
    messages = (
        h.touch for h in tx.handovers.of_outreach(outreach.id) if h.state is not HandoverState.CANCELLED
    )
    return max((outreach.touches_sent, *mails, *messages)) + 1


def _obstacle(tx: Transaction, outreach: Outreach, reply: Reply) -> str:
    """Return why this reply cannot be answered by a letter now; empty where it can."""
    if outreach.status not in MAY_ANSWER:
        return f"the conversation is {outreach.status.value}"
    if overtaken_by(reply, tx.inbox.replies(outreach_id=outreach.id)) is not None:
        return "they wrote again since"
    answers = [draft for draft in tx.drafts.of_outreach(outreach.id) if draft.answers == reply.id]
    if any(draft.status in WAITING for draft in answers):
        return "an answer waits for a decision already"
    given = [draft for draft in answers if draft.status is DraftStatus.APPROVED]
    if not given:
        return ""
    if not all(_has_gone(tx, draft) for draft in given):
        return "an approved answer is on its way already"
    # a yes is answered a second time once there is a page with the terms to show
    return "" if _brief_is_new(tx, outreach.id, given) else "it was answered already"


def _has_gone(tx: Transaction, draft: Draft) -> bool:
    deliveries = tx.deliveries.of_outreach(draft.outreach_id)
    handovers = tx.handovers.of_outreach(draft.outreach_id)
    return any(d.draft_id == draft.id and d.state is DeliveryState.SENT for d in deliveries) or any(
        h.draft_id == draft.id and h.state is HandoverState.SENT for h in handovers
    )


def _brief_is_new(tx: Transaction, outreach_id: OutreachId, given: list[Draft]) -> bool:
    shown = page_to_show(tx, outreach_id)
    return shown is not None and all(draft.created_at < shown for draft in given)


def _person(ports: Ports, reply: Reply) -> str:
    if reply.outreach_id is None:
        return reply.from_address
    with ports.store.read() as tx:
        return the_context(tx, reply.outreach_id).creator.person
