"""Whatever happens to an outbox, in whatever order: never without approval, never twice by itself."""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from agent.adapters.clock import FixedClock
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.errors import InvalidTransition, NanoreachError, NotApprovable
from agent.domain.ids import DeliveryId, DraftId, InboundId, OutreachId
from agent.domain.outreach import AWAITING_ANSWER, OutreachStatus
from agent.ports import Attempt, Outcome, Ports, Transaction
from agent.usecases.outbox import outbox, resolve
from agent.usecases.quieting import never_again
from agent.usecases.reviewing import approve, edit, review, withdraw
from agent.usecases.sending import recover, send_due
from tests.builders import NOW, a_brand, a_reply, an_inbound
from tests.fakes import RecordingMailer
from tests.unit.usecases.world import READER, a_world, written

HANDLES = ("une", "deux", "trois")
SLOTS = st.sampled_from(HANDLES)


class Crash(StrEnum):
    """Where a worker dies."""

    BEFORE_FENCE = "before the fence"
    BEHIND_FENCE = "behind the fence, before a byte is out"
    ACCEPTED = "after the server took it"


class Change(StrEnum):
    """What a person does to a letter, before or after its approval."""

    TAKE_BACK = "take the approval back"
    EDIT = "edit"
    REWORD_A_FACT = "reword a fact of the brand"


class No(StrEnum):
    """Why somebody gets nothing more."""

    OBJECTS = "asked not to be written to"
    ANSWERS = "answered"
    DECLINES = "said no"


class Outboxes(RuleBasedStateMachine):
    """Three people, one letter each, several workers one after the other, and a clock that jumps."""

    def __init__(self) -> None:
        super().__init__()
        self.workers = 0
        self.at = NOW
        self.approved: dict[DeliveryId, Delivery] = {}
        self.allowed: Counter[str] = Counter()
        self.quiet: dict[str, int] = {}
        self.accepted: Counter[str] = Counter()

    @initialize()
    def begin(self) -> None:
        self.base = a_world(*HANDLES)
        self.letters: dict[str, DraftId] = {handle: written(self.base, handle).id for handle in HANDLES}
        self.mailer = RecordingMailer()
        for handle in HANDLES:
            self.approve_as_shown(handle)

    # --- people -----------------------------------------------------------------------------------

    @rule(handle=SLOTS)
    def approve_as_shown(self, handle: str) -> None:
        ports, letter = self.ports(), self.letters[handle]
        with suppress(NanoreachError):
            delivery = approve(ports, letter, seal=str(review(ports, letter).seal), by=READER)
            assert isinstance(delivery, Delivery)
            self.approved[delivery.id] = delivery

    @rule(handle=SLOTS, change=st.sampled_from(Change))
    def a_person_changes_something(self, handle: str, change: Change) -> None:
        ports, letter = self.ports(), self.letters[handle]
        with suppress(NotApprovable, InvalidTransition):
            match change:
                case Change.TAKE_BACK:
                    withdraw(ports, letter, by=READER)
                case Change.EDIT:
                    shown = review(ports, letter).draft.letter
                    text = shown.text.replace("savons", f"savons {self.workers}", 1)
                    edit(ports, letter, subject=shown.subject, text=text, by=READER)
                case Change.REWORD_A_FACT:
                    self.reword(f"({self.workers})")

    @rule(handle=SLOTS, verdict=st.sampled_from(("sent", "resend")))
    def resolve_what_is_uncertain(self, handle: str, verdict: str) -> None:
        for delivery in self.deliveries(DeliveryState.UNCERTAIN):
            if delivery.outreach_id == f"o-{handle}":
                resolve(
                    self.ports(), delivery.id, verdict="sent" if verdict == "sent" else "resend", by=READER
                )
                if verdict == "resend":
                    self.allowed[delivery.id] += 1

    # --- the person written to --------------------------------------------------------------------

    @rule(handle=SLOTS, no=st.sampled_from(No))
    def they_want_no_letter(self, handle: str, no: No) -> None:
        if handle in self.quiet:
            return
        with self.base.store.write() as tx:
            outreach = tx.outreach.get(outreach_of(handle))
            assert outreach is not None
            match no:
                case No.OBJECTS:
                    never_again(self.base, tx, f"{handle}@creator.example", at=self.at, why="asked")
                case No.ANSWERS:
                    file_answer(tx, handle, at=self.at + timedelta(days=9))
                case No.DECLINES:
                    if outreach.status not in AWAITING_ANSWER:
                        return
                    tx.outreach.save(outreach.advance(OutreachStatus.DECLINED, at=self.at))
        self.quiet[handle] = self.taken(handle)

    # --- machines ---------------------------------------------------------------------------------

    @rule(minutes=st.sampled_from((6, 16, 45, 600, 5000, -30)))
    def time_passes(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)

    @rule(outcome=st.sampled_from([each for each in Outcome if each is not Outcome.LOST_LEASE]))
    def a_worker_sends(self, outcome: Outcome) -> None:
        self.mailer.script = [Attempt(outcome=outcome, detail=outcome.value)]
        self.mailer.before_fence = self.mailer.after_fence = _nothing
        send_due(self.ports())
        self.count()

    @rule(crash=st.sampled_from(Crash))
    def a_worker_dies(self, crash: Crash) -> None:
        lost = Outcome.DEFERRED if crash is Crash.BEHIND_FENCE else Outcome.SENT
        self.mailer.script = [Attempt(outcome=lost)]
        self.mailer.before_fence = _die if crash is Crash.BEFORE_FENCE else _nothing
        self.mailer.after_fence = _nothing if crash is Crash.BEFORE_FENCE else _die
        with suppress(KeyboardInterrupt):
            send_due(self.ports())
        self.count()

    @precondition(lambda self: self.deliveries(DeliveryState.HANDSHAKE, DeliveryState.DATA))
    @rule()
    def another_recovers(self) -> None:
        before = {delivery.id: delivery for delivery in outbox(self.base)}
        recover(self.ports())
        for delivery in outbox(self.base):
            if before[delivery.id].state is DeliveryState.DATA:
                assert delivery.state in {DeliveryState.DATA, DeliveryState.UNCERTAIN}

    # --- what always holds ------------------------------------------------------------------------

    @invariant()
    def no_letter_is_accepted_twice_unless_a_person_said_so(self) -> None:
        for delivery_id, times in self.accepted.items():
            assert times <= 1 + self.allowed[delivery_id]

    @invariant()
    def nothing_leaves_that_nobody_approved_and_no_byte_differs(self) -> None:
        known = {delivery.message_id: delivery for delivery in self.approved.values()}
        for letter in self.mailer.accepted:
            assert letter.raw == known[letter.message_id].raw

    @invariant()
    def nothing_leaves_after_a_no_or_an_answer(self) -> None:
        for handle, before in self.quiet.items():
            assert self.taken(handle) == before

    @invariant()
    def one_letter_of_a_touch_is_alive(self) -> None:
        alive = Counter(
            (delivery.outreach_id, delivery.touch)
            for delivery in outbox(self.base)
            if delivery.state is not DeliveryState.CANCELLED
        )
        assert all(count == 1 for count in alive.values())

    @invariant()
    def what_left_and_what_is_uncertain_is_never_queued_by_the_machine(self) -> None:
        for delivery in self.deliveries(DeliveryState.QUEUED, DeliveryState.HANDSHAKE):
            assert self.accepted[delivery.id] <= self.allowed[delivery.id]

    # --- what the rules are made of ---------------------------------------------------------------

    def ports(self) -> Ports:
        self.workers += 1
        return replace(
            self.base, mailer=self.mailer, clock=FixedClock(self.at), worker=f"worker-{self.workers}"
        )

    def deliveries(self, *states: DeliveryState) -> tuple[Delivery, ...]:
        return outbox(self.base, states=states)

    def count(self) -> None:
        by_message = {delivery.message_id: name for name, delivery in self.approved.items()}
        self.accepted = Counter(by_message[letter.message_id] for letter in self.mailer.accepted)

    def taken(self, handle: str) -> int:
        return sum(letter.envelope_to == f"{handle}@creator.example" for letter in self.mailer.accepted)

    def reword(self, addition: str) -> None:
        brand = a_brand()
        facts = tuple(replace(fact, text=f"{fact.text} {addition}") for fact in brand.facts)
        with self.base.store.write() as tx:
            tx.brands.save(replace(brand, facts=facts))


def outreach_of(handle: str) -> OutreachId:
    """Return the outreach to one of the three."""
    return OutreachId(f"o-{handle}")


def file_answer(tx: Transaction, handle: str, *, at: datetime) -> None:
    """File an answer to the letter of one of the three."""
    number = 1 + HANDLES.index(handle)
    assert tx.inbox.add(an_inbound(f"i-{number}", received_at=at))
    reply = a_reply(
        f"r-{number}",
        inbound_id=InboundId(f"i-{number}"),
        outreach_id=outreach_of(handle),
        received_at=at,
    )
    tx.inbox.file(reply)


def _die() -> None:
    raise KeyboardInterrupt


def _nothing() -> None:
    return None


TestOutboxes = Outboxes.TestCase
TestOutboxes.settings = settings(
    max_examples=40,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
