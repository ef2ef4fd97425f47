"""One run of a rehearsal: day after day, reviewers read, the worker ticks, and people answer."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from agent.domain.delivery import DeliveryState
from agent.domain.draft import DraftStatus, RejectionReason
from agent.domain.errors import NotApprovable, StaleReview
from agent.domain.handover import Handover
from agent.domain.ids import CampaignId, DeliveryId, DraftId
from agent.domain.pacing import zone_of
from agent.domain.rehearsal.figures import Day, Staff
from agent.domain.rehearsal.outcomes import chance
from agent.domain.seal import seal_of
from agent.ports import Holiday, Ports, Transaction
from agent.usecases.handing import mark_sent, take
from agent.usecases.lookup import the_context
from agent.usecases.outgoing import outgoing_for
from agent.usecases.rehearsing_world import SimulatedClock, World
from agent.usecases.reviewing import QueueItem, approve, queue, reject
from agent.usecases.ticking import TickReport, tick

REVIEWER = "a reviewer in a rehearsal"
HORIZON = timedelta(days=180)
"""A campaign that is not over after half a year will not be."""
_READING_HOUR = time(9)
_PENDING = frozenset({DraftStatus.PENDING})
_MOST_STEPS_A_DAY = 400
_IN_A_ROW = 5
"""Ticks that broke one after the other: a program that does not get on will not."""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What holds in every run: whose campaign, who reads, where, and how many letters they turn down."""

    campaign: CampaignId
    staff: Staff
    zone: ZoneInfo
    country: str | None
    rejected: float
    holiday: Holiday


@dataclass(kw_only=True)
class Played:
    """What one run did, day by day, and what went wrong in it."""

    days: dict[date, Day] = field(default_factory=dict)
    crashes: Counter[str] = field(default_factory=Counter)
    cancelled: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    blocked_later: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    not_approved: Counter[str] = field(default_factory=Counter)
    unreadable: Counter[str] = field(default_factory=Counter)
    left_on: dict[DeliveryId, date] = field(default_factory=dict)
    on_holidays: Counter[str] = field(default_factory=Counter)
    copied: int = 0
    longest_wait: timedelta = timedelta(0)
    is_over: bool = False


def play(ports: Ports, world: World, clock: SimulatedClock, rules: Rules, *, seed: int) -> Played:
    """Play a campaign from now on until nothing is left to happen, or for half a year."""
    return _Run(ports=ports, world=world, clock=clock, rules=rules, seed=seed).play()


@dataclass(kw_only=True)
class _Run:
    ports: Ports
    world: World
    clock: SimulatedClock
    rules: Rules
    seed: int
    played: Played = field(default_factory=Played)
    unread: int = 0
    broken: int = 0

    def play(self) -> Played:
        start = self.clock.now()
        day = start.astimezone(self.rules.zone).date()
        while self._instant(day, time(0)) < start + HORIZON:
            self._day(day)
            if self._is_over():
                self.played.is_over = True
                return self.played
            if self.broken >= _IN_A_ROW:
                return self.played
            day += timedelta(days=1)
        return self.played

    def _day(self, day: date) -> None:
        record = self._record(day)
        opening, end = self._instant(day, _READING_HOUR), self._instant(day + timedelta(days=1), time(0))
        record.note = self._closed(day)
        if self.clock.now() < opening:
            self._ticks(opening)
        self.clock.move_to(min(opening, end))
        if not record.note and self.clock.now() < end:
            self._tick()  # what came over night is read first: follow-ups of today are in the pile
            self._read(record)
        self._ticks(end)

    def _closed(self, day: date) -> str:
        if day.weekday() not in range(5):
            return "weekend"
        return self.rules.holiday(self.rules.country, day)

    def _read(self, record: Day) -> None:
        staff = self.rules.staff
        minutes = Decimal(staff.reviewers * staff.minutes_a_day)
        record.minutes += staff.minutes_per_letter * self.unread  # what people wrote is read first
        self.unread = 0
        room = max(1, int((minutes - record.minutes) / staff.minutes_per_letter))
        page = queue(self.ports, statuses=_PENDING, limit=room)
        record.to_read = page.total
        pace = timedelta(minutes=float(staff.minutes_per_letter)) / staff.reviewers
        for item in page.items:
            self.clock.move_to(self.clock.now() + pace)
            self.played.longest_wait = max(self.played.longest_wait, self.clock.now() - item.draft.created_at)
            with self._told("approving a letter"):
                self._decide(item, record)
        record.minutes += staff.minutes_per_letter * len(page.items)
        record.carried = page.total - len(page.items)

    def _decide(self, item: QueueItem, record: Day) -> None:
        record.decided += 1
        name = (item.campaign.id, item.creator.id, item.draft.touch)
        if chance(self.seed, "rejected", *name) < self.rules.rejected:
            record.rejected += 1
            reject(self.ports, item.draft.id, reason=RejectionReason.TASTE, by=REVIEWER)
            return
        try:
            with self.ports.store.read() as tx:
                seal = seal_of(outgoing_for(self.ports, tx, item.draft))
            released = approve(self.ports, item.draft.id, seal=seal, by=REVIEWER)
            if isinstance(released, Handover):  # a direct message is copied by whoever approved it
                take(self.ports, released.id, by=REVIEWER)
                mark_sent(self.ports, released.id, by=REVIEWER)
                self._note_copied(item, record)
        except (NotApprovable, StaleReview) as error:
            # it cannot be approved as it stands: a reviewer would turn it down
            self.played.not_approved[str(error).replace(item.draft.id, "…")] += 1
            reject(self.ports, item.draft.id, reason=RejectionReason.OTHER, by=REVIEWER)

    def _note_copied(self, item: QueueItem, record: Day) -> None:
        if item.campaign.id == self.rules.campaign:
            record.sent += 1
            self.played.copied += 1

    def _ticks(self, until: datetime) -> None:
        for _ in range(_MOST_STEPS_A_DAY):
            at = self._next_moment()
            if at is None or at >= until or self.clock.now() >= until:
                return
            self.clock.move_to(_full_hour(at))
            if self.clock.now() >= until:
                return
            if not self._tick():
                return  # what is broken now is tried again the next day

    def _tick(self) -> bool:
        known = self.played.crashes.total()
        with self._told("letting mails arrive"):
            self.world.pass_time(self.ports)
        with self._told("reading, proposing and sending"):
            self._count(tick(self.ports, writer_name="offline"))
        is_well = self.played.crashes.total() == known
        self.broken = 0 if is_well else self.broken + 1
        return is_well

    def _count(self, report: TickReport) -> None:
        today = self._record(self.clock.now().astimezone(self.rules.zone).date())
        answers = sum(
            count
            for kind, count in report.mail.kinds.items()
            if kind not in {"auto", "out_of_office", "bounce"}
        )
        today.answers += answers
        self.unread += answers
        if report.mail.problem:
            self.played.unreadable[report.mail.problem] += 1
        today.follow_ups += len(report.follow_ups.proposed)
        self.played.dropped.update(report.follow_ups.dropped.values())
        with self.ports.store.read() as tx:
            for draft_id in report.follow_ups.blocked:
                self._note_blocked(tx, DraftId(draft_id))
            for line in report.sent.sent:
                self._note_sent(tx, DeliveryId(line.id))
        self.played.cancelled.update(_named(line.reason) for line in report.sent.cancelled)
        self.played.failed.update(line.reason for line in report.sent.failed)
        self.played.held.update(line.reason for line in report.sent.held)

    def _note_blocked(self, tx: Transaction, draft_id: DraftId) -> None:
        draft = tx.drafts.get(draft_id)
        if draft is not None:
            self.played.blocked_later.update({finding.code: 1 for finding in draft.findings[:1]})

    def _note_sent(self, tx: Transaction, delivery_id: DeliveryId) -> None:
        delivery = tx.deliveries.get(delivery_id)
        at = self.world.delivered.get(delivery_id)
        if delivery is None or at is None:
            return
        record = self._record(at.astimezone(self.rules.zone).date())
        record.mailbox += 1
        context = the_context(tx, delivery.outreach_id)
        if context.campaign.id != self.rules.campaign:
            return
        record.sent += 1
        self.played.left_on[delivery_id] = record.on
        there = at.astimezone(zone_of(context.creator.country)).date()
        holiday = self.rules.holiday(context.creator.country, there)
        if holiday:
            self.played.on_holidays[f"{there.isoformat()} ({holiday})"] += 1

    def _record(self, day: date) -> Day:
        return self.played.days.setdefault(day, Day(on=day))

    def _next_moment(self) -> datetime | None:
        """When the worker has something to do next, as the rows say."""
        with self.ports.store.read() as tx:
            queued = [each.due_at for each in tx.deliveries.list(states=(DeliveryState.QUEUED,))]
            due = tx.outreach.due(now=self.clock.now() + HORIZON, limit=1)
        moments = [*queued, *(each.next_touch_at for each in due), self.world.next_at]
        known = [moment for moment in moments if moment is not None]
        return max(min(known), self.clock.now()) if known else None

    def _is_over(self) -> bool:
        if self._next_moment() is not None:
            return False
        with self.ports.store.read() as tx:
            return not tx.drafts.count(statuses=_PENDING)

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.rules.zone).astimezone(UTC)

    @contextmanager
    def _told(self, step: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # noqa: BLE001 - a rehearsal is there to find what breaks, whatever it is
            self.played.crashes[f"{step}: {type(error).__name__}: {error}"] += 1


def _full_hour(at: datetime) -> datetime:
    whole = at.replace(minute=0, second=0, microsecond=0)
    return whole if whole == at else whole + timedelta(hours=1)


def _named(reason: str) -> str:
    # which conversation it is does not matter for the count
    return reason.rpartition(" ")[0] if reason.startswith("this person is already in") else reason
