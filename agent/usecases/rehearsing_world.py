"""The world outside in a rehearsal: a clock that jumps, a mailer that reaches nobody, people who answer."""

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from agent.domain.delivery import Delivery
from agent.domain.draft import Draft, Finding
from agent.domain.ids import DeliveryId, OutreachId
from agent.domain.letter import Words
from agent.domain.rehearsal.outcomes import Fate, Outcome
from agent.domain.replies import ReplyKind
from agent.domain.seal import ApprovedLetter
from agent.ports import Assignment, Attempt, Fetched, Languages, Ports, Store, Writer, Written
from agent.ports import Outcome as Handed
from agent.usecases import rehearsing_mails as mails
from agent.usecases.lookup import the_context
from agent.usecases.objecting import object_by_token


class SimulatedClock:
    """A moment that moves on when it is told to."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._pause = timedelta(0)

    def now(self) -> datetime:
        """Return the moment; a pause that was asked for begins after this look."""
        at, self._at, self._pause = self._at, self._at + self._pause, timedelta(0)
        return at

    def move_to(self, at: datetime) -> None:
        """Go on to a moment; never back."""
        self._at = max(self._at, at)

    def rest(self, pause: timedelta) -> None:
        """Let a time pass after the next look, as a worker waits between two letters."""
        self._pause = pause


class NumberedIds:
    """Names in order, from the one after `after` on: the same run makes the same names."""

    def __init__(self, *, after: int = 0) -> None:
        self._made = after

    def new(self, prefix: str) -> str:
        """Return the prefix with the next number."""
        self._made += 1
        return f"{prefix}-rehearsal-{self._made:06d}"


@dataclass(frozen=True, kw_only=True)
class Memory:
    """What need not be worked out twice in a rehearsal: the same question has the same answer in every run.

    The day is no part of the question to the gate: a text that stands is not read again the day after.
    """

    verdicts: dict[tuple[object, ...], tuple[Finding, ...]] = field(default_factory=dict)
    words: dict[tuple[object, ...], Written] = field(default_factory=dict)
    languages: dict[str, str | None] = field(default_factory=dict)

    def judge(self, draft: Draft, look: Callable[[], tuple[Finding, ...]], /) -> tuple[Finding, ...]:
        """Return the gate's findings: nobody edits here, so that a letter of a thread says what it says."""
        key = (draft.outreach_id, draft.touch, draft.letter.subject, draft.letter.text)
        if key not in self.verdicts:
            self.verdicts[key] = look()
        return self.verdicts[key]


@dataclass(frozen=True, kw_only=True)
class RememberedLanguages:
    """Asks which language a text is in once."""

    memory: Memory
    behind: Languages

    def detect(self, text: str) -> str | None:
        """Return the language of a text."""
        if text not in self.memory.languages:
            self.memory.languages[text] = self.behind.detect(text)
        return self.memory.languages[text]


@dataclass(frozen=True, kw_only=True)
class RememberedWriter:
    """Asks a writer once for each letter of a thread."""

    memory: Memory
    behind: Writer
    weigh: Callable[[Assignment], int]
    prompts: dict[tuple[object, ...], int]

    @property
    def name(self) -> str:
        """The writer's name."""
        return self.behind.name

    def write(
        self, assignment: Assignment, *, rejected: Words | None = None, findings: Sequence[Finding] = ()
    ) -> Written:
        """Return the words for an assignment; a second try is never remembered."""
        if rejected is not None:
            return self.behind.write(assignment, rejected=rejected, findings=findings)
        key = (
            *(assignment.campaign.id, assignment.creator.id, assignment.touch, assignment.language),
            # a letter may name the day on which the one before it left
            tuple((earlier.body, earlier.sent_at.date()) for earlier in assignment.thread),
        )
        if key not in self.memory.words:
            self.memory.words[key] = self.behind.write(assignment)
            self.prompts[key] = self.weigh(assignment)
        return self.memory.words[key]


@dataclass(frozen=True, kw_only=True, order=True)
class _Event:
    at: datetime
    serial: int
    raw: bytes = field(compare=False, default=b"")
    expected: ReplyKind | None = field(compare=False, default=None)
    objection_of: OutreachId | None = field(compare=False, default=None)


@dataclass(kw_only=True)
class World:
    """People and servers: it takes the letters that leave, and lets come back what their fates say.

    `gap` is how long the sender waits between two letters; `expected` is what each mail means to say.
    """

    clock: SimulatedClock
    store: Store
    fates: Callable[[OutreachId], Fate]
    gap: timedelta
    account: str = "rehearsal"
    where: str = "nowhere: this is a rehearsal"
    expected: dict[str, ReplyKind] = field(default_factory=dict)
    delivered: dict[DeliveryId, datetime] = field(default_factory=dict)
    _events: list[_Event] = field(default_factory=list)
    _arrived: list[bytes] = field(default_factory=list)
    _serial: int = 0
    _postponed: set[OutreachId] = field(default_factory=set)

    def send(
        self,
        letter: ApprovedLetter,
        *,
        fence: Callable[[], bool],
        following: ApprovedLetter | None = None,  # noqa: ARG002 - a world is told nothing in advance
    ) -> Attempt:
        """Take a letter as a server would: some mailboxes ask for patience first."""
        delivery = self._delivery(letter)
        fate = self.fates(delivery.outreach_id)
        asks_for_patience = fate.outcome is Outcome.SOFT_BOUNCE and not fate.variant % 2
        if asks_for_patience and delivery.outreach_id not in self._postponed:
            self._postponed.add(delivery.outreach_id)
            self.clock.rest(self.gap)
            return Attempt(outcome=Handed.DEFERRED, detail="450 4.2.0 try again later")
        if not fence():
            return Attempt(outcome=Handed.LOST_LEASE)
        self.delivered[delivery.id] = self.clock.now()
        self._foresee(delivery, fate)
        self.clock.rest(self.gap)
        return Attempt(outcome=Handed.SENT, detail="250 taken in a rehearsal")

    def close(self) -> None:
        """Do nothing: there is no connection."""

    def fetch(self, last_uid: Callable[[str, int], int]) -> Iterator[Fetched]:
        """Yield what has arrived by now."""
        known = last_uid("INBOX", 1)
        for uid, raw in enumerate(self._arrived, start=1):
            if uid > known:
                yield Fetched(folder="INBOX", uidvalidity=1, uid=uid, raw=raw)

    @property
    def next_at(self) -> datetime | None:
        """When the next thing happens out there."""
        return self._events[0].at if self._events else None

    def pass_time(self, ports: Ports) -> int:
        """Let happen what is due: mails arrive, links are pressed; return how many things happened."""
        now, happened = self.clock.now(), 0
        while self._events and self._events[0].at <= now:
            event = heapq.heappop(self._events)
            happened += 1
            if event.objection_of is not None:
                self._press(ports, event.objection_of)
            else:
                self._arrived.append(event.raw)
        return happened

    def _press(self, ports: Ports, outreach_id: OutreachId) -> None:
        url = ports.links.unsubscribe(outreach_id)
        if url is not None:
            object_by_token(ports, url.rpartition("/")[2])

    def _delivery(self, letter: ApprovedLetter) -> Delivery:
        with self.store.read() as tx:
            (delivery,) = tx.deliveries.with_message_id((letter.message_id,))
        return delivery

    def _foresee(self, delivery: Delivery, fate: Fate) -> None:
        if fate.touch == delivery.touch and fate.outcome is not Outcome.SILENCE:
            self._plan(fate, self._received(delivery), at=self.clock.now())

    def _received(self, delivery: Delivery) -> mails.Received:
        with self.store.read() as tx:
            context = the_context(tx, delivery.outreach_id)
            draft = tx.drafts.get(delivery.draft_id)
        language = draft.letter.language if draft is not None else context.brand.language
        return mails.Received(
            delivery=delivery,
            name=context.creator.name or context.creator.handle,
            language="fr" if language == "fr" else "en",
            country=context.creator.country,
            subject=draft.letter.subject if draft is not None else "",
            sender=context.brand.sender.name,
        )

    def _plan(self, fate: Fate, received: mails.Received, *, at: datetime) -> None:
        then = at + fate.wait
        match fate.outcome:
            case Outcome.HARD_BOUNCE:
                self._mail(then, ReplyKind.BOUNCE, mails.bounce, received, is_permanent=True)
            case Outcome.SOFT_BOUNCE:
                if fate.variant % 2:
                    self._mail(then, ReplyKind.BOUNCE, mails.bounce, received, is_permanent=False)
                self._answer(fate.afterwards, fate, received, at=then + timedelta(days=1))
            case Outcome.AWAY:
                back = (then + fate.absence).date()
                last = back - timedelta(days=1)
                self._mail(
                    then,
                    ReplyKind.OUT_OF_OFFICE,
                    mails.absence,
                    received,
                    variant=fate.variant,
                    back=back,
                    last=last,
                )
                home = datetime.combine(back, then.timetz()).astimezone(UTC)
                self._answer(fate.afterwards, fate, received, at=home + timedelta(hours=3))
            case Outcome.COMPLAINT:
                self._mail(then, ReplyKind.COMPLAINT, mails.complaint, received)
            case Outcome.OBJECTION:
                self._serial += 1
                heapq.heappush(
                    self._events,
                    _Event(at=then, serial=self._serial, objection_of=received.delivery.outreach_id),
                )
            case _:
                self._answer(fate.outcome, fate, received, at=then)

    def _answer(self, outcome: Outcome, fate: Fate, received: mails.Received, *, at: datetime) -> None:
        if outcome is not Outcome.SILENCE:
            kind, means = _WORDS[outcome]
            self._mail(at, means, mails.answer, received, kind=kind, variant=fate.variant)

    def _mail(
        self,
        at: datetime,
        expected: ReplyKind,
        make: Callable[..., bytes],
        received: mails.Received,
        **words: object,
    ) -> None:
        self._serial += 1
        raw = make(received, at=at, serial=self._serial, **words)
        self.expected[sha256(raw).hexdigest()] = expected
        heapq.heappush(self._events, _Event(at=at, serial=self._serial, raw=raw))


_WORDS: Mapping[Outcome, tuple[str, ReplyKind]] = {
    Outcome.INTERESTED: ("interested", ReplyKind.INTERESTED),
    Outcome.QUESTION: ("question", ReplyKind.QUESTION),
    Outcome.DECLINED: ("declined", ReplyKind.DECLINED),
    Outcome.MANAGER: ("manager", ReplyKind.MANAGER),
    Outcome.LATE: ("late", ReplyKind.INTERESTED),
    Outcome.ANGRY_STOP: ("stop", ReplyKind.OPTED_OUT),
}
