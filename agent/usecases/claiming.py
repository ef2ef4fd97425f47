"""Which letters a worker takes at a time, and what it may go by until somebody changes something."""

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from agent.domain.copies import altered
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.eligibility import Cancel, Hold, Leave, Verdict
from agent.domain.errors import NotReleased, Unavailable
from agent.domain.ids import CampaignId, CreatorId
from agent.domain.pacing import MailboxUse, day_start
from agent.domain.seal import ApprovedLetter
from agent.ports import Ports, Transaction
from agent.usecases.releasing import released
from agent.usecases.sending_report import SendReport, line_of
from agent.usecases.settling import cancel
from agent.usecases.standing import Stand, stands_of

AT_ONCE = 32
MOST_AT_ONCE = 128
"""Letters of one claim: a worker that dies leaves so many to wait for the end of its lease."""
_SHORT = timedelta(seconds=5)


def at_once_after(before: int, *, took: timedelta, alone: bool) -> int:
    """Return how many letters the next claim takes: twice as many while a whole claim leaves in a moment.

    What a claim asks of the store is much the same for few and for many; but those that wait for a slow
    server are out of everybody else's hands. `alone` says whether nobody else changed the store
    meanwhile: after such a change the letters left of a claim are read again, one by one.
    """
    if not alone:
        return AT_ONCE
    return min(2 * before, MOST_AT_ONCE) if took <= _SHORT else max(before // 2, AT_ONCE)


@dataclass(kw_only=True)
class Claim:
    """A letter in this worker's hands, as the last commit left its delivery."""

    delivery: Delivery
    letter: ApprovedLetter
    stand: Stand


@dataclass(kw_only=True)
class Memory:
    """What was read when letters were claimed; it holds while nobody but this worker changes anything.

    `uses` and `of_campaign` are counted on with every letter that leaves, as the database would.
    """

    at: datetime
    uses: dict[str, MailboxUse] = field(default_factory=dict)
    of_campaign: dict[CampaignId, int] = field(default_factory=dict)
    mark: object = None

    def holds(self, tx: Transaction, *, at: datetime) -> bool:
        """Return whether it still does; asked at the beginning of a transaction. Once lost it stays so."""
        same_day = day_start(at) == day_start(self.at)  # caps begin again at midnight
        if not same_day or not tx.changes.none_since(self.mark):
            self.forget()
        return self.is_kept

    @property
    def is_kept(self) -> bool:
        """Whether it held at the beginning of this transaction."""
        return self.mark is not None

    def forget(self) -> None:
        """Go by it no longer."""
        self.mark = None

    def keep(self, tx: Transaction) -> None:
        """Go on by it after this transaction of ours; asked as its last word."""
        if self.mark is not None:
            self.mark = tx.changes.mark()

    def now(self, stand: Stand, mailbox: str) -> Stand:
        """Return how a letter stands after those that left meanwhile."""
        campaign = stand.context.campaign.id
        counted = altered(
            stand.standing, use=self.uses[mailbox], campaign_sent_today=self.of_campaign[campaign]
        )
        return altered(stand, standing=counted)

    def learn(self, stand: Stand, mailbox: str) -> None:
        """Take over what a letter's mailbox and campaign have sent."""
        self.uses.setdefault(mailbox, stand.standing.use)
        self.of_campaign.setdefault(stand.context.campaign.id, stand.standing.campaign_sent_today)

    def count(self, stand: Stand, mailbox: str, *, at: datetime) -> None:
        """Count a letter that leaves."""
        use = self.uses[mailbox]
        self.uses[mailbox] = replace(use, sent_today=use.sent_today + 1, last_sent_at=at)
        self.of_campaign[stand.context.campaign.id] += 1

    def settled(self, mailbox: str, *, at: datetime) -> None:
        """Note when a letter that was counted was accepted."""
        if mailbox in self.uses:
            self.uses[mailbox] = replace(self.uses[mailbox], last_sent_at=at)


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """What one look at the outbox came to; `is_empty` says that nothing was due."""

    claims: deque[Claim]
    memory: Memory
    is_empty: bool


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How far one claim goes: for how long, for how many letters, and what cannot be known meanwhile."""

    lease: timedelta
    at_once: int = AT_ONCE
    unreadable: str = ""


def claim_due(
    ports: Ports,
    tx: Transaction,
    report: SendReport,
    *,
    at: datetime,
    reach: Reach,
    only_leaving: bool = False,
) -> Claimed:
    """Take letters that are due and may leave, hold or cancel others; `only_leaving` lets those others be.

    A letter that may leave only if one before it does not is left for the next look.
    """
    due = tx.deliveries.due(now=at, limit=reach.at_once)
    stands = stands_of(ports, tx, due, at=at)
    plan = _Plan(ports, at=at, unreadable=reach.unreadable)
    for delivery in due:
        verdict = _verdict(stands[delivery.id], at=at, unreadable=reach.unreadable)
        stand = stands[delivery.id]
        if isinstance(verdict, Leave) and isinstance(stand, Stand):
            verdict = plan.offer(delivery.claimed(owner=ports.worker, lease=reach.lease, at=at), stand)
        if only_leaving:
            continue
        if isinstance(verdict, Hold):
            _hold(tx, delivery, verdict, report)
        if isinstance(verdict, Cancel) and not plan.claims:
            back = verdict.back_to_review
            cancel(ports, tx, delivery, report, reason=verdict.reason, back_to_review=back, at=at)
            break  # a draft that goes back to review is judged again: others may write meanwhile
    claims = plan.claims
    _take(ports, tx, claims, until=at + reach.lease)
    return Claimed(claims=claims, memory=_memory_of(tx, claims, at=at), is_empty=not due)


class _Plan:
    """The letters that are taken together: as many as may leave one after the other, one for each person."""

    def __init__(self, ports: Ports, *, at: datetime, unreadable: str) -> None:
        self._ports = ports
        self.claims: deque[Claim] = deque()
        self._at = at
        self._unreadable = unreadable
        self._people: set[CreatorId] = set()
        self._as_if_left = Memory(at=at)

    def offer(self, claimed: Delivery, stand: Stand) -> Leave | Cancel:
        """Take a letter that may leave even when all before it have left; say why it never may."""
        if self._people & stand.person or not self._has_room(claimed, stand):
            return Leave()
        try:
            letter = released(self._ports, claimed, stand)
        except NotReleased as error:
            # a row that somebody touched behind our back must not keep the others waiting
            return Cancel(reason=str(error), back_to_review=True)
        self.claims.append(Claim(delivery=claimed, letter=letter, stand=stand))
        self._people |= stand.person  # one letter may be what speaks against the other
        self._as_if_left.count(stand, claimed.mailbox, at=self._at)
        return Leave()

    def _has_room(self, claimed: Delivery, stand: Stand) -> bool:
        self._as_if_left.learn(stand, claimed.mailbox)
        then = self._as_if_left.now(stand, claimed.mailbox)
        return isinstance(then.verdict(at=self._at, unreadable=self._unreadable), Leave)


def _verdict(stand: Stand | Cancel, *, at: datetime, unreadable: str) -> Verdict:
    return stand if isinstance(stand, Cancel) else stand.verdict(at=at, unreadable=unreadable)


def _hold(tx: Transaction, delivery: Delivery, verdict: Hold, report: SendReport) -> None:
    held = delivery.postponed(until=verdict.until, reason=verdict.reason, attempted=True)
    tx.deliveries.step(held, expected=DeliveryState.QUEUED, owner=None)
    report.held.append(line_of(held))


def _take(ports: Ports, tx: Transaction, claims: Collection[Claim], *, until: datetime) -> None:
    ids = [claim.delivery.id for claim in claims]
    if ids and tx.deliveries.claim(ids, owner=ports.worker, lease_until=until) != len(ids):
        raise Unavailable("The outbox was changed by a program that does not wait for its turn; try again.")


def _memory_of(tx: Transaction, claims: Collection[Claim], *, at: datetime) -> Memory:
    memory = Memory(at=at, mark=tx.changes.mark() if claims else None)
    for claim in claims:
        memory.learn(claim.stand, claim.delivery.mailbox)
    return memory
