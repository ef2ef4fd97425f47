"""Follow-ups: proposed when they are due, and never once an answer is on file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from agent.domain.draft import Draft, DraftStatus
from agent.domain.errors import BadInput, NanoreachError, NotFound
from agent.domain.ids import OutreachId
from agent.domain.outreach import OutreachStatus
from agent.domain.people import Entry
from agent.domain.taken import Taken, in_words
from agent.ports import Ports, Transaction
from agent.usecases.drafting import choose_writer
from agent.usecases.drafting_report import DraftReport
from agent.usecases.drafting_run import Run
from agent.usecases.making import OFFLINE
from agent.usecases.taken import NO_ANSWER, keeping_from

_TOGETHER = 100
"""Rows that are taken in one commit: one that reaches the disk costs milliseconds."""
_MOST = 1_000
"""Follow-ups of one run: what is approved waits for it to end."""
_TAKEN = timedelta(minutes=15)
"""How long taken rows belong to a run; one that died leaves them due after it."""

_CHANGED = "something changed while it was written"


@dataclass(kw_only=True)
class FollowUpReport:
    """What became of the follow-ups that were due. `waiting` could not be written now and stay due."""

    proposed: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)
    dropped: dict[OutreachId, str] = field(default_factory=dict)
    waiting: dict[OutreachId, str] = field(default_factory=dict)


def propose_follow_ups(ports: Ports, *, writer_name: str = "auto", concurrency: int = 16) -> FollowUpReport:
    """Draft every follow-up that is due, for a person to approve; none is sent from here.

    Several processes may do so at once: each row is taken by one. What cannot be written now is due again at
    once and waits behind the others. Raises BadInput for a writer that there is not.
    """
    report = FollowUpReport()
    with ports.store.read() as tx:
        if not tx.outreach.due(now=ports.clock.now(), limit=1):
            return report
    writer = choose_writer(ports, writer_name)  # a wrong name is told before a row is touched
    wanted: list[OutreachId] = []
    while len(wanted) < _MOST and (taken := take_due(ports, report)) is not None:
        wanted.extend(taken)
    became: dict[OutreachId, Draft | NanoreachError] = {}
    drafts = DraftReport(writer=writer.name)
    at_once = 1 if writer.name == OFFLINE else max(1, concurrency)
    run = Run(ports, writer, drafts, at_once=at_once, tell=became.__setitem__)
    run.write(wanted, progress=lambda _done, _total: None)
    _settle(ports, wanted, became, report, stopped=drafts.stopped)
    return report


def take_due(ports: Ports, report: FollowUpReport) -> Sequence[OutreachId] | None:
    """Take some of the rows that are due, drop those that became pointless, and return the others.

    None where nothing is due (any more).
    """
    at = ports.clock.now()
    with ports.store.write() as tx:
        due = tx.outreach.due(now=at, limit=_TOGETHER)
        kept = keeping_from(ports, tx, due, at=at)  # before they are taken, which moves their due times
        taken = tx.outreach.take_due(now=at, until=at + _TAKEN, limit=_TOGETHER)
        if not taken:
            return None
        answered = tx.inbox.answered(taken, but=NO_ANSWER)
        dropped = {
            name: why
            for name, status in taken.items()
            if (why := _obstacle(status, name in answered, kept.get(name)))
        }
        _drop(ports, tx, dropped, at=at)
    report.dropped |= dropped
    return [name for name in taken if name not in dropped]


def _obstacle(status: OutreachStatus, is_answered: bool, kept: Taken | None) -> str:  # noqa: FBT001 - facts about one row
    if status is not OutreachStatus.CONTACTED:
        return f"the conversation is {status.value}"
    if is_answered:
        return "an answer is on file"
    return in_words(kept) if kept is not None else ""


def _settle(
    ports: Ports,
    wanted: Sequence[OutreachId],
    became: dict[OutreachId, Draft | NanoreachError],
    report: FollowUpReport,
    *,
    stopped: str,
) -> None:
    for draft in (each for each in became.values() if isinstance(each, Draft)):
        (report.blocked if draft.status is DraftStatus.BLOCKED else report.proposed).append(draft.id)
    pointless = {name: str(error) for name, error in became.items() if isinstance(error, BadInput | NotFound)}
    report.dropped |= pointless
    waiting = {
        name: str(became.get(name, stopped or _CHANGED)) for name in wanted if _must_wait(became.get(name))
    }
    at = ports.clock.now()
    with ports.store.write() as tx:
        _drop(ports, tx, pointless, at=at)
        # one that a person or another process settled meanwhile is due no more, and keeps that
        due = [name for name, row in tx.outreach.with_ids(waiting).items() if row.next_touch_at is not None]
        tx.outreach.reschedule(due, to=at)
    report.waiting |= {name: waiting[name] for name in due}


def _must_wait(became: Draft | NanoreachError | None) -> bool:
    return not isinstance(became, Draft | BadInput | NotFound)


def _drop(ports: Ports, tx: Transaction, dropped: dict[OutreachId, str], *, at: datetime) -> None:
    tx.outreach.reschedule(dropped, to=None)
    tx.journal.add(
        *(
            Entry(at=at, who=ports.worker, what="follow-up dropped", subject=name, why=why)
            for name, why in dropped.items()
        )
    )
