"""Drafts for a campaign's shortlist, and for follow-ups that became due."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b

from agent.domain.draft import Draft, DraftStatus, Finding, Severity, Usage
from agent.domain.errors import BadInput, NanoreachError, Unavailable
from agent.domain.ids import CampaignId, DraftId, OutreachId
from agent.domain.letter import Letter, reply_subject
from agent.domain.outreach import OutreachStatus
from agent.domain.people import Entry
from agent.ports import Assignment, Ports, Progress, Transaction, Writer, Written
from agent.usecases import composing
from agent.usecases.gating import findings_for, gated, letter_language
from agent.usecases.lookup import Context, the_campaign, the_context
from agent.usecases.prompting import keep_texts, origin_with, texts_for, usable_texts
from agent.usecases.thread import earlier_letters

_LIVE = frozenset({DraftStatus.WRITTEN, DraftStatus.BLOCKED, DraftStatus.PENDING, DraftStatus.APPROVED})
_ENOUGH_FAILURES = 3


@dataclass(frozen=True, kw_only=True)
class Undrafted:
    """An outreach that got no draft, and why."""

    person: str
    reason: str


@dataclass(kw_only=True)
class DraftReport:
    """What a drafting run did. `left` were not tried any more after the writer failed repeatedly."""

    writer: str
    pending: int = 0
    blocked: int = 0
    usage: Usage = field(default_factory=Usage)
    failed: list[Undrafted] = field(default_factory=list)
    left: int = 0

    def count(self, draft: Draft) -> None:
        """Add a stored draft to the figures."""
        if draft.status is DraftStatus.BLOCKED:
            self.blocked += 1
        else:
            self.pending += 1
        self.usage = _sum(self.usage, draft.usage)


def choose_writer(ports: Ports, name: str) -> Writer:
    """Return the writer of that name; `auto` is the model where one is set up, else the offline writer."""
    if name == "auto":
        return ports.writers.get("openai") or ports.writers["offline"]
    if name in ports.writers:
        return ports.writers[name]
    if name == "openai":
        raise BadInput(
            "No model is configured: set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own, or "
            "write with --writer offline."
        )
    raise BadInput(f"There is no writer named “{name}”; known: auto, {', '.join(ports.writers)}.")


def draft_campaign(
    ports: Ports,
    campaign_id: CampaignId,
    *,
    writer_name: str = "auto",
    limit: int | None = None,
    concurrency: int = 4,
    progress: Progress,
) -> DraftReport:
    """Write first letters for shortlisted creators who have none; each is stored as soon as it is gated.

    One bad row never blocks another; after several failures of the writer in a row the rest is left.
    """
    writer = choose_writer(ports, writer_name)
    with ports.store.read() as tx:
        the_campaign(tx, campaign_id)
        waiting = [
            outreach.id
            for outreach in tx.outreach.of_campaign(campaign_id)
            if outreach.status is OutreachStatus.SHORTLISTED and not _has_live_draft(tx, outreach.id)
        ][:limit]
    report = DraftReport(writer=writer.name)
    lanes = 1 if writer.name == "offline" else max(1, concurrency)
    _write_all(ports, writer, waiting, report, lanes=lanes, progress=progress)
    return report


def draft_letter(ports: Ports, outreach_id: OutreachId, *, writer: Writer) -> Draft | None:
    """Write, gate and store the next letter of an outreach; None where it is not wanted any more.

    The writer is asked without holding the store. A blocked text of a model goes back to it once.
    """
    at = ports.clock.now()
    with ports.store.read() as tx:
        context = the_context(tx, outreach_id)
        assignment = _assignment(tx, context, at=at)
    with usable_texts():
        written = writer.write(assignment)
        draft = _drafted(ports, assignment, context, written, at=at)
        if writer.name != "offline":
            draft = _repaired(ports, writer, assignment, context, written, draft, at=at)
    with ports.store.write() as tx:
        # an answer, an absence or another worker may have come while the writer was at work
        if tx.outreach.get(outreach_id) != context.outreach or _has_live_draft(tx, outreach_id):
            return None
        if assignment.touch > 1:
            tx.outreach.save(context.outreach.proposed_next(None, at=at))
        stored = gated(ports, tx, draft, at=at)
        tx.drafts.save(stored)
        keep_texts(tx, stored.origin, assignment.texts, at=at)
        tx.journal.add(
            Entry(at=at, who=ports.worker, what=f"drafted:{stored.status.value}", subject=stored.id)
        )
    return stored


def _write_all(
    ports: Ports,
    writer: Writer,
    waiting: list[OutreachId],
    report: DraftReport,
    *,
    lanes: int,
    progress: Progress,
) -> None:
    failures_in_a_row = 0
    done = 0
    with ThreadPoolExecutor(max_workers=lanes) as pool:
        for batch in _batches(waiting, lanes):
            results = pool.map(lambda outreach_id: _attempt(ports, outreach_id, writer), batch)
            for outreach_id, result in zip(batch, results, strict=True):
                done += 1
                progress(done, len(waiting))
                match result:
                    case Draft():
                        failures_in_a_row = 0
                        report.count(result)
                    case NanoreachError():
                        failures_in_a_row += isinstance(result, Unavailable)
                        report.failed.append(_undrafted(ports, outreach_id, result))
                    case None:
                        failures_in_a_row = 0
            if failures_in_a_row >= _ENOUGH_FAILURES:
                report.left = len(waiting) - done
                return


def _attempt(ports: Ports, outreach_id: OutreachId, writer: Writer) -> Draft | NanoreachError | None:
    try:
        return draft_letter(ports, outreach_id, writer=writer)
    except NanoreachError as error:
        return error


def _undrafted(ports: Ports, outreach_id: OutreachId, error: NanoreachError) -> Undrafted:
    with ports.store.read() as tx:
        person = the_context(tx, outreach_id).creator.person
    return Undrafted(person=person, reason=str(error))


def _assignment(tx: Transaction, context: Context, *, at: datetime) -> Assignment:
    touch = context.outreach.touches_sent + 1
    return Assignment(
        brand=context.brand,
        campaign=context.campaign,
        creator=context.creator,
        reasons=context.outreach.fit.reasons,
        language=letter_language(context),
        touch=touch,
        thread=earlier_letters(tx, context.outreach.id, before_touch=touch),
        today=at.date(),
        seed=_seed(context, touch),
        texts=texts_for(tx, context.campaign),
    )


def _drafted(
    ports: Ports, assignment: Assignment, context: Context, written: Written, *, at: datetime
) -> Draft:
    return Draft(
        id=DraftId(ports.ids.new("d")),
        outreach_id=context.outreach.id,
        touch=assignment.touch,
        letter=_threaded(composing.assemble(written.words, assignment), assignment),
        origin=origin_with(written.origin, assignment.texts, assignment.language),
        usage=written.usage,
        created_at=at,
        updated_at=at,
    )


def _repaired(
    ports: Ports,
    writer: Writer,
    assignment: Assignment,
    context: Context,
    written: Written,
    draft: Draft,
    *,
    at: datetime,
) -> Draft:
    with ports.store.read() as tx:
        blocking = _blocking(findings_for(ports, tx, draft, at=at))
    if not blocking:
        return draft
    second = writer.write(assignment, rejected=written.words, findings=blocking)
    again = _drafted(ports, assignment, context, second, at=at)
    return replace(again, usage=_sum(draft.usage, second.usage))


def _threaded(letter: Letter, assignment: Assignment) -> Letter:
    # a follow-up answers our first letter: mail programs file it there by its subject and references
    if not assignment.thread:
        return letter
    return replace(letter, subject=reply_subject(assignment.thread[0].subject))


def _blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.severity is Severity.BLOCK)


def _has_live_draft(tx: Transaction, outreach_id: OutreachId) -> bool:
    outreach = tx.outreach.get(outreach_id)
    if outreach is None:
        return True
    touch = outreach.touches_sent + 1
    return any(d.touch == touch and d.status in _LIVE for d in tx.drafts.of_outreach(outreach_id))


def _seed(context: Context, touch: int) -> int:
    name = f"{context.campaign.id}\0{context.creator.id}\0{touch}"
    return int.from_bytes(blake2b(name.encode(), digest_size=4).digest(), "big")


def _sum(one: Usage, other: Usage) -> Usage:
    return Usage(
        input_tokens=one.input_tokens + other.input_tokens,
        output_tokens=one.output_tokens + other.output_tokens,
        cost=one.cost + other.cost,
    )


def _batches(items: list[OutreachId], size: int) -> Iterable[list[OutreachId]]:
    return (items[start : start + size] for start in range(0, len(items), size))
