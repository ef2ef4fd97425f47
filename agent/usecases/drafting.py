"""Drafts for a campaign's shortlist, and for follow-ups that became due."""

from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from hashlib import blake2b
from itertools import islice
from queue import SimpleQueue
from threading import BoundedSemaphore, Lock
from time import perf_counter

from agent.domain.channel import Channel, channel_for
from agent.domain.draft import Draft, DraftStatus, Finding, Severity, Usage
from agent.domain.errors import BadInput, BudgetSpent, NanoreachError, Unavailable
from agent.domain.ids import CampaignId, DraftId, OutreachId
from agent.domain.letter import Letter, Words, reply_subject
from agent.domain.outreach import Outreach, OutreachStatus
from agent.domain.people import Entry
from agent.ports import Assignment, Earlier, Ports, Progress, Transaction, Writer, Written
from agent.usecases import composing, dm
from agent.usecases.gating import gated, judged, letter_language
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
    """What a drafting run did.

    `calls` counts requests to the model, `retries` those that were another try of the same, `bought_before`
    drafts whose answer an earlier run had paid. `left` were not tried any more; `stopped` says why.
    """

    writer: str
    pending: int = 0
    blocked: int = 0
    usage: Usage = field(default_factory=Usage)
    calls: int = 0
    retries: int = 0
    bought_before: int = 0
    seconds: float = 0.0
    failed: list[Undrafted] = field(default_factory=list)
    left: int = 0
    stopped: str = ""

    @property
    def written(self) -> int:
        """How many drafts were stored."""
        return self.pending + self.blocked

    @property
    def per_second(self) -> float:
        """Drafts per second, 0 where none was written."""
        return self.written / self.seconds if self.seconds else 0.0

    def count(self, made: "Made") -> None:
        """Add a stored draft to the figures."""
        self.calls += sum(made.attempts)
        self.retries += sum(max(0, attempts - 1) for attempts in made.attempts)
        if made.draft is None:
            return
        self.bought_before += made.draft.usage.tokens > 0 and 0 in made.attempts
        if made.draft.status is DraftStatus.BLOCKED:
            self.blocked += 1
        else:
            self.pending += 1
        self.usage += made.draft.usage


@dataclass(frozen=True, kw_only=True)
class Made:
    """The draft that was stored, None where it was not wanted any more; and the attempts of each answer."""

    draft: Draft | None
    attempts: tuple[int, ...]


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
        undrafted = (
            outreach.id
            for outreach in tx.outreach.of_campaign(campaign_id)
            if outreach.status is OutreachStatus.SHORTLISTED and not _is_drafted(tx, outreach)
        )
        waiting = list(islice(undrafted, limit))
    report = DraftReport(writer=writer.name)
    run = _Run(ports, writer, report, at_once=1 if writer.name == "offline" else max(1, concurrency))
    began = perf_counter()
    run.write(waiting, progress=progress)
    report.seconds = round(perf_counter() - began, 3)
    return report


def draft_letter(ports: Ports, outreach_id: OutreachId, *, writer: Writer) -> Draft | None:
    """Write, gate and store the next letter of an outreach; None where it is not wanted any more.

    The writer is asked without holding the store. A blocked text of a model goes back to it once.
    """
    return _made(ports, outreach_id, writer=writer).draft


class _Ended(Enum):
    """What came to its end in a run."""

    LETTER = "letter"
    LANE = "lane"


class _Run:
    """One drafting run: so many calls to the writer at once, from the first letter to the last."""

    def __init__(self, ports: Ports, writer: Writer, report: DraftReport, *, at_once: int) -> None:
        self._ports = ports
        self._writer = _Bounded(writer, at_once)
        self._report = report
        # a few letters more than calls are in the making, so that a new call begins while others are gated
        self._lanes = at_once + at_once // 4 if at_once > 1 else 1
        self._queue: deque[OutreachId] = deque()
        self._ended: SimpleQueue[BaseException | _Ended] = SimpleQueue()
        self._lock = Lock()
        self._failures_in_a_row = 0

    def write(self, waiting: Sequence[OutreachId], *, progress: Progress) -> None:
        """Write a letter for each; stop after several failures of the writer in a row, or an empty purse."""
        self._queue.extend(waiting)
        with ThreadPoolExecutor(max_workers=self._lanes) as pool:
            lanes = [pool.submit(self._lane) for _ in range(self._lanes)]
            try:
                self._follow(lanes, total=len(waiting), progress=progress)
            finally:
                self._queue.clear()  # whatever ended this run, no lane begins another letter

    def _follow(self, lanes: Sequence[Future[None]], *, total: int, progress: Progress) -> None:
        ended = 0
        for lane in lanes:
            lane.add_done_callback(lambda done: self._ended.put(done.exception() or _Ended.LANE))
        open_lanes = len(lanes)
        while open_lanes:
            result = self._ended.get()
            match result:
                case _Ended.LETTER:
                    ended += 1
                    progress(ended, total)
                case _Ended.LANE:
                    open_lanes -= 1
                case _:
                    raise result

    def _lane(self) -> None:
        while True:
            try:
                outreach_id = self._queue.popleft()
            except IndexError:
                return
            try:
                self._count(_made(self._ports, outreach_id, writer=self._writer))
            except NanoreachError as error:
                self._count_failure(outreach_id, error)
            self._ended.put(_Ended.LETTER)

    def _count(self, made: Made) -> None:
        with self._lock:
            self._failures_in_a_row = 0
            self._report.count(made)

    def _count_failure(self, outreach_id: OutreachId, error: NanoreachError) -> None:
        if isinstance(error, BudgetSpent):
            with self._lock:
                self._report.left += 1
                self._stop(str(error))
            return
        failed = _undrafted(self._ports, outreach_id, error)
        with self._lock:
            self._report.failed.append(failed)
            if not isinstance(error, Unavailable):
                return
            if self._writer.name != "offline":
                self._report.calls += error.attempts
                self._report.retries += error.attempts - 1
            self._failures_in_a_row += 1
            if self._failures_in_a_row >= _ENOUGH_FAILURES:
                self._stop(f"The writer failed {self._failures_in_a_row} times in a row, last with: {error}")

    def _stop(self, why: str) -> None:
        # here and not where the run is followed: the lanes are faster than anybody who watches them
        self._report.stopped = self._report.stopped or why
        while self._queue:
            with suppress(IndexError):  # a lane took it, and writes it yet
                self._queue.popleft()
                self._report.left += 1


class _Bounded:
    """A writer who is asked for so many letters at a time."""

    def __init__(self, writer: Writer, at_once: int) -> None:
        self._writer = writer
        self._slots = BoundedSemaphore(at_once)

    @property
    def name(self) -> str:
        """The writer's name."""
        return self._writer.name

    def write(
        self, assignment: Assignment, *, rejected: Words | None = None, findings: Sequence[Finding] = ()
    ) -> Written:
        """Return the writer's words, when it is this letter's turn."""
        with self._slots:
            return self._writer.write(assignment, rejected=rejected, findings=findings)


def _made(ports: Ports, outreach_id: OutreachId, *, writer: Writer) -> Made:
    at = ports.clock.now()
    with ports.store.read() as tx:
        context = the_context(tx, outreach_id)
        assignment = _assignment(tx, context, at=at)
    with usable_texts():
        judged_draft, attempts = _judged(ports, writer, assignment, context, at=at)
    with ports.store.write() as tx:
        if writer.name != "offline":
            tx.answers.discard(outreach_id)  # used, or of no use any more: what they say of a person goes
        # an answer, an absence or another worker may have come while the writer was at work
        if tx.outreach.get(outreach_id) != context.outreach or _is_drafted(tx, context.outreach):
            return Made(draft=None, attempts=attempts)
        if assignment.touch > 1:
            tx.outreach.save(context.outreach.proposed_next(None, at=at))
        draft, findings = judged_draft
        unchanged = tx.creators.get(context.creator.id) == context.creator and (
            the_campaign(tx, context.campaign.id) == (context.campaign, context.brand)
        )
        stored = draft.gated(findings, at=at) if unchanged else gated(ports, tx, draft, at=at)
        tx.drafts.save(stored)
        keep_texts(tx, stored.origin, assignment.texts, at=at)
        tx.journal.add(
            Entry(at=at, who=ports.worker, what=f"drafted:{stored.status.value}", subject=stored.id)
        )
    return Made(draft=stored, attempts=attempts)


def _judged(
    ports: Ports, writer: Writer, assignment: Assignment, context: Context, *, at: datetime
) -> tuple[tuple[Draft, tuple[Finding, ...]], tuple[int, ...]]:
    """Return a draft with what the gate says about it, and the attempts of each answer of the writer.

    What a model wrote goes back to it once where the gate blocks it.
    """
    written = writer.write(assignment)
    draft = _drafted(ports, assignment, context, written, at=at)
    findings = judged(ports, context, assignment.thread, draft, at=at, texts=assignment.texts)
    blocking = _blocking(findings)
    if not blocking or writer.name == "offline":
        return (draft, findings), (written.attempts,)
    second = writer.write(assignment, rejected=written.words, findings=blocking)
    again = _drafted(ports, assignment, context, second, at=at)
    again = replace(again, usage=draft.usage + second.usage)
    findings = judged(ports, context, assignment.thread, again, at=at, texts=assignment.texts)
    return (again, findings), (written.attempts, second.attempts)


def _undrafted(ports: Ports, outreach_id: OutreachId, error: NanoreachError) -> Undrafted:
    with ports.store.read() as tx:
        person = the_context(tx, outreach_id).creator.person
    return Undrafted(person=person, reason=str(error))


def _assignment(tx: Transaction, context: Context, *, at: datetime) -> Assignment:
    touch = context.outreach.touches_sent + 1
    thread = earlier_letters(tx, context.outreach.id, before_touch=touch)
    assignment = assignment_for(tx, context, touch=touch, thread=thread, at=at)
    return replace(
        assignment, outreach_id=context.outreach.id, answers=tx.answers.of_outreach(context.outreach.id)
    )


def assignment_for(
    tx: Transaction, context: Context, *, touch: int, thread: tuple[Earlier, ...], at: datetime
) -> Assignment:
    """Return what a writer may know for a letter; nothing of its answer will be kept.

    Raises BadInput where the campaign has no way to write to this creator.
    """
    return Assignment(
        brand=context.brand,
        campaign=context.campaign,
        creator=context.creator,
        reasons=context.outreach.fit.reasons,
        language=letter_language(context),
        touch=touch,
        thread=thread,
        today=at.date(),
        seed=_seed(context, touch),
        turn=tx.outreach.place(context.outreach),
        texts=texts_for(tx, context.campaign),
        channel=_channel(context, thread),
    )


def _channel(context: Context, thread: tuple[Earlier, ...]) -> Channel:
    """Return the way that the thread goes already, else the creator's among the campaign's.

    An e-mail to nobody is written all the same: the gate says what is missing. Raises BadInput where the
    campaign writes direct messages only and the creator can get none.
    """
    if thread:
        return thread[-1].channel
    allowed = context.campaign.channels
    found = channel_for(context.creator, allowed)
    if found is None and Channel.EMAIL not in allowed:
        raise BadInput(
            f"{context.creator.person} can be sent no direct message, and campaign {context.campaign.id} "
            "writes nothing else; allow e-mail in its brand file (channels: [email, dm]) or leave them out."
        )
    return found or Channel.EMAIL


def _drafted(
    ports: Ports, assignment: Assignment, context: Context, written: Written, *, at: datetime
) -> Draft:
    return Draft(
        id=DraftId(ports.ids.new("d")),
        outreach_id=context.outreach.id,
        touch=assignment.touch,
        channel=assignment.channel,
        letter=letter_from(written.words, assignment),
        origin=origin_with(written.origin, assignment.texts, assignment.language),
        usage=written.usage,
        created_at=at,
        updated_at=at,
    )


def letter_from(words: Words, assignment: Assignment) -> Letter:
    """Return the letter or the message that a writer's words become on its channel."""
    if assignment.channel is Channel.DM:
        return dm.assemble(words, assignment)
    return _threaded(composing.assemble(words, assignment), assignment)


def _threaded(letter: Letter, assignment: Assignment) -> Letter:
    # a follow-up answers our first letter: mail programs file it there by its subject and references
    if not assignment.thread:
        return letter
    return replace(letter, subject=reply_subject(assignment.thread[0].subject))


def _blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.severity is Severity.BLOCK)


def _is_drafted(tx: Transaction, outreach: Outreach) -> bool:
    touch = outreach.touches_sent + 1
    return any(d.touch == touch and d.status in _LIVE for d in tx.drafts.of_outreach(outreach.id))


def _seed(context: Context, touch: int) -> int:
    """Return the number that settles choices among equal forms: the same for the same letter."""
    name = f"{context.campaign.id}\0{context.creator.id}\0{touch}"
    return int.from_bytes(blake2b(name.encode(), digest_size=4).digest(), "big")
