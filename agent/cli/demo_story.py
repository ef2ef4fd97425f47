"""The demo's steps, one after the other, each told as it happens."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from importlib.resources import as_file
from pathlib import Path
from time import perf_counter

from agent import samples
from agent.adapters.clock import FixedClock
from agent.adapters.sources import read_brand, read_creators
from agent.cli.output import progress, say, show, table
from agent.cli.rehearsal_text import spread
from agent.cli.rehearsing import shipped_assumptions
from agent.domain.brand import Campaign
from agent.domain.delivery import Delivery
from agent.domain.draft import DraftStatus
from agent.domain.ids import CampaignId, DraftId
from agent.ports import DraftFilter, Ports
from agent.usecases.drafting import draft_campaign
from agent.usecases.importing import import_brand, import_creators
from agent.usecases.indexing import build_index
from agent.usecases.matching import match
from agent.usecases.rehearsing import Plan, Room, rehearse
from agent.usecases.reviewing import QueueItem, Review, approve, queue, review
from agent.usecases.shortlisting import shortlist
from agent.usecases.ticking import tick

SCRIPT = "the demo's script"
_CHOSEN = 10
_RUNS = 3
_TOLD = 2
_SIX_DAYS = timedelta(days=6)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Where the demo plays: its ports, its clock, the folder that stands for a mailbox, its narrator.

    `room` is where the first campaign is rehearsed.
    """

    ports: Ports
    clock: FixedClock
    inbox: Path
    room: Room
    tell: Callable[[str], None]


@dataclass(kw_only=True)
class Road:
    """One campaign's way, in figures."""

    campaign: str
    considered: int = 0
    shortlisted: int = 0
    to_read: int = 0
    blocked: dict[str, list[str]] = field(default_factory=dict)
    sent: int = 0
    follow_ups: int = 0


@dataclass(kw_only=True)
class Summary:
    """What the demo did."""

    creators: int = 0
    skipped: int = 0
    roads: list[Road] = field(default_factory=list)
    rehearsed: str = ""
    answer: str = ""
    letter: str = ""
    outbox: str = ""


def play(stage: Stage) -> Summary:
    """Walk the whole road and return its figures."""
    summary = Summary(outbox=stage.ports.mailer.where)
    campaigns = _bring_in(stage, summary)
    _index(stage)
    summary.roads = [_shortlist(stage, campaign) for campaign in campaigns]
    _rehearse(stage, campaigns[0], summary)
    for road in summary.roads:
        _write(stage, road)
    approved = [_approve(stage, campaign.id) for campaign in campaigns]
    _send(stage, approved, summary)
    _answer(stage, approved[-1], summary)
    _six_days_later(stage, summary)
    return summary


def print_summary(summary: Summary, *, home: Path, seconds: float) -> None:
    """Print the figures as a table, and where to look."""
    made = table("Campaign", "Passed the rules", "Shortlisted", "To read", "Blocked", "Sent", "Follow-ups")
    for road in summary.roads:
        made.add_row(
            road.campaign,
            str(road.considered),
            str(road.shortlisted),
            str(road.to_read),
            str(len(road.blocked)),
            str(road.sent),
            str(road.follow_ups),
        )
    say()
    show(made)
    say(f"The sent letters: {summary.outbox}")
    say(f"This home: {home}")
    say(f"Done in {seconds:.1f} s.")


@contextmanager
def _step(stage: Stage, title: str) -> Iterator[None]:
    began = perf_counter()
    stage.tell(f"\n── {title}")
    yield
    stage.tell(f"   ({perf_counter() - began:.1f} s)")


def _bring_in(stage: Stage, summary: Summary) -> list[Campaign]:
    campaigns: list[Campaign] = []
    with _step(stage, "Two brands and their creators come in"):
        for traversable in samples.brand_files():
            with as_file(traversable) as path:
                brand = read_brand(path)
            import_brand(stage.ports, brand)
            campaigns += brand.campaigns
            stage.tell(f"   {brand.brand.name}: {', '.join(value.name for value in brand.brand.values)}")
        with as_file(samples.creators_file()) as path, progress("Importing", unit="rows") as bar:
            report = import_creators(
                stage.ports, read_creators([path], mapping=None), dry_run=False, progress=bar
            )
        summary.creators, summary.skipped = report.added, len(report.skipped)
        stage.tell(f"   {report.added} creators added, {len(report.skipped)} skipped.")
        for note in report.notes:
            stage.tell(f"   note: {note}")
    return campaigns


def _index(stage: Stage) -> None:
    with _step(stage, "Their posts become vectors"), progress("Embedding", unit="texts") as bar:
        report = build_index(stage.ports, progress=bar)
        stage.tell(f"   {report.embedded} texts of {report.creators} creators embedded.")


def _shortlist(stage: Stage, campaign: Campaign) -> Road:
    road = Road(campaign=campaign.id)
    with _step(stage, f"{campaign.id}: matching and shortlist"):
        ranking = match(stage.ports, campaign.id, limit=3)
        road.considered = ranking.considered
        for each in ranking.matches:
            reason = each.fit.reasons[0]
            stage.tell(f"   {each.creator.person}: {reason.value}: “{reason.quote}”")
        chosen = shortlist(stage.ports, campaign.id, limit=_CHOSEN, by=SCRIPT)
        road.shortlisted = len(chosen.chosen)
        for left in chosen.left_out[:2]:
            stage.tell(f"   left out: {left.person}: {left.reason}")
    return road


def _rehearse(stage: Stage, campaign: Campaign, summary: Summary) -> None:
    plan = Plan(runs=_RUNS, starts_at=stage.clock.now(), assumptions=shipped_assumptions())
    with _step(stage, f"{campaign.id}: rehearsed in memory, before a letter is written"):
        with progress("Rehearsing", unit="runs") as bar:
            done = rehearse(stage.ports, campaign.id, plan=plan, room=stage.room, progress=bar)
        summary.rehearsed = (
            f"{spread(done.funnel['letters'])} letters until {done.ends_on}, "
            f"{spread(done.funnel['answered'])} answers, "
            f"{spread(done.cost.reviewer_minutes)} minutes of reading"
        )
        stage.tell(f"   over {done.runs} runs: {summary.rehearsed}")
        for trouble in done.troubles[:_TOLD]:
            stage.tell(f"   would go wrong: {trouble.sentence}")
        if len(done.troubles) > _TOLD:
            stage.tell(f"   and {len(done.troubles) - _TOLD} more: nanoreach rehearse {campaign.id}")


def _write(stage: Stage, road: Road) -> None:
    campaign_id = CampaignId(road.campaign)
    with _step(stage, f"{campaign_id}: letters"):
        with progress("Writing", unit="letters") as bar:
            report = draft_campaign(stage.ports, campaign_id, writer_name="offline", progress=bar)
        road.to_read = report.pending
        for item in _letters(stage.ports, campaign_id, DraftStatus.BLOCKED):
            codes = [finding.code for finding in item.draft.findings if finding.severity.value == "block"]
            road.blocked[item.creator.person] = codes
            stage.tell(f"   blocked by the gate: {item.creator.person}: {', '.join(codes)}")
        for failure in report.failed:
            stage.tell(f"   not written: {failure.person}: {failure.reason}")
        stage.tell(f"   {report.pending} letters wait for a person.")


def _approve(stage: Stage, campaign_id: CampaignId) -> tuple[Review, Delivery]:
    with _step(stage, f"{campaign_id}: one letter is approved by script; on the desk a person does this"):
        waiting = _letters(stage.ports, campaign_id, DraftStatus.PENDING)
        first = max(waiting, key=lambda item: item.outreach.fit.score)
        shown = review(stage.ports, first.draft.id)
        delivery = approve(stage.ports, shown.draft.id, seal=str(shown.seal), by=SCRIPT)
        if not isinstance(delivery, Delivery):
            raise TypeError("the sample campaigns write e-mails only")
        body = shown.outgoing.body if shown.outgoing else ""
        stage.tell(f"   To: {delivery.envelope_to}\n   Subject: {shown.draft.letter.subject}\n")
        stage.tell("\n".join(f"   │ {line}" for line in body.splitlines()))
    return shown, delivery


def _send(stage: Stage, approved: list[tuple[Review, Delivery]], summary: Summary) -> None:
    with _step(stage, "What was approved leaves; nothing else can"):
        report = tick(stage.ports, writer_name="offline").sent
        sent = {line.id for line in report.sent}
        for road, (_, delivery) in zip(summary.roads, approved, strict=True):
            road.sent += delivery.id in sent
        summary.letter = str(min(Path(stage.ports.mailer.where).glob("*.eml")))
        stage.tell(f"   {len(report.sent)} written to {stage.ports.mailer.where}")


def _answer(stage: Stage, approved: tuple[Review, Delivery], summary: Summary) -> None:
    shown, delivery = approved
    with _step(stage, "Two days later one of them answers"):
        stage.clock.move_to(stage.clock.now() + timedelta(days=2))
        text = _polite_no(shown.draft.letter.language)
        mail = EmailMessage(policy=SMTP)
        mail["From"] = delivery.envelope_to
        mail["To"] = delivery.mailbox
        mail["Subject"] = f"Re: {shown.draft.letter.subject}"
        mail["Date"] = format_datetime(stage.clock.now())
        mail["In-Reply-To"] = delivery.message_id
        mail["Message-ID"] = f"<answer-to-{delivery.message_id[1:]}"
        mail.set_content(text)
        (stage.inbox / "1.eml").write_bytes(mail.as_bytes())
        kinds = tick(stage.ports, writer_name="offline").mail.kinds
        summary.answer = ", ".join(kinds)
        stage.tell(f"   “{text}”\n   read as: {summary.answer}; nobody writes to them again.")


def _six_days_later(stage: Stage, summary: Summary) -> None:
    with _step(stage, "Six days after the letters, silence is answered by a proposal, not by a send"):
        stage.clock.move_to(stage.clock.now() + _SIX_DAYS - timedelta(days=2))
        report = tick(stage.ports, writer_name="offline")
        for draft_id in report.follow_ups.proposed:
            shown = review(stage.ports, DraftId(draft_id))
            next(r for r in summary.roads if r.campaign == shown.campaign.id).follow_ups += 1
            stage.tell(f"   To: {shown.creator.person}\n   Subject: {shown.draft.letter.subject}\n")
            stage.tell("\n".join(f"   │ {line}" for line in shown.draft.letter.text.splitlines()))
        stage.tell(
            f"   {len(report.follow_ups.proposed)} proposed for approval, {len(report.sent.sent)} sent."
        )


def _letters(ports: Ports, campaign_id: CampaignId, status: DraftStatus) -> tuple[QueueItem, ...]:
    return queue(ports, only=DraftFilter(campaign=campaign_id), statuses=frozenset({status})).items


def _polite_no(language: str) -> str:
    rows = (json.loads(line) for line in samples.replies_file().read_text(encoding="utf-8").splitlines())
    texts = (row["text"] for row in rows if row["kind"] == "declined" and row["language"] == language)
    return str(next(texts)).split("\n\n")[0]  # without the signature, which is somebody else's
