"""Follow-ups: proposed when they are due, and never once an answer is on file."""

from dataclasses import dataclass, field

from agent.domain.draft import DraftStatus
from agent.domain.errors import BadInput, NotFound, Unavailable
from agent.domain.ids import OutreachId
from agent.domain.outreach import Outreach, OutreachStatus
from agent.domain.people import Entry
from agent.domain.replies import ReplyKind
from agent.ports import Ports, Transaction, Writer
from agent.usecases.drafting import choose_writer, draft_letter

_SILENT = frozenset({ReplyKind.OUT_OF_OFFICE, ReplyKind.AUTO, ReplyKind.BOUNCE})
_BATCH = 200


@dataclass(kw_only=True)
class FollowUpReport:
    """What became of the follow-ups that were due. `waiting` could not be written now and stay due."""

    proposed: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)
    dropped: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, str] = field(default_factory=dict)


def propose_follow_ups(ports: Ports, *, writer_name: str = "auto") -> FollowUpReport:
    """Draft every follow-up that is due, for a person to approve; none is sent from here."""
    report = FollowUpReport()
    at = ports.clock.now()
    with ports.store.read() as tx:
        due = tx.outreach.due(now=at, limit=_BATCH)
    if not due:
        return report
    writer = choose_writer(ports, writer_name)  # a wrong name is told before a row is touched
    for outreach in due:
        with ports.store.read() as tx:
            obstacle = _obstacle(tx, outreach)
        if obstacle:
            _not_due(ports, outreach.id, why=obstacle)
            report.dropped[outreach.id] = obstacle
            continue
        _propose(ports, outreach, report, writer=writer)
    return report


def _propose(ports: Ports, outreach: Outreach, report: FollowUpReport, *, writer: Writer) -> None:
    try:
        draft = draft_letter(ports, outreach.id, writer=writer)
    except Unavailable as error:
        report.waiting[outreach.id] = str(error)
        return
    except (BadInput, NotFound) as error:
        _not_due(ports, outreach.id, why=str(error))
        report.dropped[outreach.id] = str(error)
        return
    if draft is not None:
        proposed = report.blocked if draft.status is DraftStatus.BLOCKED else report.proposed
        proposed.append(draft.id)


def _obstacle(tx: Transaction, outreach: Outreach) -> str:
    if outreach.status is not OutreachStatus.CONTACTED:
        return f"the conversation is {outreach.status.value}"
    if any(reply.kind not in _SILENT for reply in tx.inbox.replies(outreach_id=outreach.id)):
        return "an answer is on file"
    return ""


def _not_due(ports: Ports, outreach_id: OutreachId, *, why: str) -> None:
    at = ports.clock.now()
    with ports.store.write() as tx:
        outreach = tx.outreach.get(outreach_id)
        if outreach is None:
            return
        tx.outreach.save(outreach.proposed_next(None, at=at))
        tx.journal.add(Entry(at=at, who=ports.worker, what="follow-up dropped", subject=outreach_id, why=why))
