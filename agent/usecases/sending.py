"""Approved letters on their way out: claim, hand over behind a fence, settle; never twice.

The order is the guarantee. Deliveries are claimed and committed before any word goes to a server; the fence
is committed between the recipient's acceptance and the text; what happens after it is known only by the
server's answer, and a crash there leaves `data`, which becomes `uncertain` and is never tried again by
itself. One letter at a time is behind its fence, but for the moment in which a quick server is told of the
next recipient: the answer about the one and the fence of the other are one commit then.
"""

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.eligibility import Leave, Verdict
from agent.domain.errors import Unavailable
from agent.domain.restored import Mark
from agent.domain.seal import ApprovedLetter
from agent.ports import Attempt, Outcome, Ports, Transaction
from agent.usecases.claiming import AT_ONCE, Claim, Claimed, Memory, Reach, at_once_after, claim_due
from agent.usecases.freezing import keep, watch
from agent.usecases.sending_report import Line, SendReport, line_of
from agent.usecases.settling import note_state, settle
from agent.usecases.standing import Stand, stands_of

HANDSHAKE_LEASE = timedelta(minutes=5)
DATA_LEASE = timedelta(minutes=15)
"""Longer than the 10 minutes that RFC 5321 4.5.3.2.6 gives a server after the final dot."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How long a worker may be silent before others take it for dead: before the fence, and behind it."""

    handshake: timedelta = HANDSHAKE_LEASE
    data: timedelta = DATA_LEASE


_USUAL = Terms()
_ENOUGH_TROUBLES = 3
_SOON = timedelta(milliseconds=20)
"""A server that takes a recipient so quickly is not waited for: what it said before is committed with the
next fence. With a slower one a commit costs little, and a crash would make more of a difference."""


def send_due(ports: Ports, *, unreadable: str = "", terms: Terms = _USUAL) -> SendReport:
    """Deliver every approved letter that is due and may leave now; nothing from a store that was put back.

    `unreadable` says why the mailbox could not be read: then nothing goes to people who could have answered.
    """
    report = SendReport(stopped=watch(ports))
    report.uncertain.extend(recover(ports))
    if not report.stopped:
        _Run(ports, report, unreadable=unreadable, terms=terms).go()
    ports.mailer.close()
    return report


def recover(ports: Ports) -> list[Line]:
    """Settle what a dead worker left: a handshake is queued again, data becomes uncertain and is returned."""
    at = ports.clock.now()
    lost: list[Line] = []
    with ports.store.write() as tx:
        for delivery in tx.deliveries.expired(now=at):
            if delivery.state is DeliveryState.HANDSHAKE:
                again = delivery.postponed(
                    until=at, reason="the worker was lost before DATA", attempted=False
                )
            else:
                again = delivery.settled(
                    DeliveryState.UNCERTAIN, at=at, reason="the worker was lost after DATA began"
                )
            if tx.deliveries.move(again, expected=delivery.state, owner=delivery.owner):
                note_state(ports, tx, again, at=at)
                if again.state is DeliveryState.UNCERTAIN:
                    lost.append(line_of(again))
    return lost


class _Run:
    """One worker's way through the outbox."""

    def __init__(self, ports: Ports, report: SendReport, *, unreadable: str, terms: Terms) -> None:
        self._ports = ports
        self._report = report
        self._unreadable = unreadable
        self._terms = terms
        self._claims: deque[Claim] = deque()
        self._memory = Memory(at=ports.clock.now())
        self._at_once = AT_ONCE
        self._is_full = False
        self._unsettled: list[tuple[Claim, Attempt]] = []
        self._asked_at = self._memory.at
        self._is_quick = False
        self._troubles = 0

    def go(self) -> None:
        """Send until nothing is left that may leave."""
        try:
            self._claim()
            while self._claims:
                self._send(self._claims.popleft())
        except BaseException:
            self._settle_alone()
            raise

    def _send(self, claim: Claim) -> None:
        self._asked_at = self._ports.clock.now()
        following = self._following(claim)
        fence = partial(self._fence, claim)
        attempt = self._ports.mailer.send(claim.letter, fence=fence, following=following)
        self._unsettled.append((claim, attempt))
        # a server that is down, or swallows letters, is not fed with all of them
        in_trouble = attempt.outcome in {Outcome.DEFERRED, Outcome.UNKNOWN}
        self._troubles = self._troubles + 1 if in_trouble else 0
        if self._troubles >= _ENOUGH_TROUBLES:
            self._report.stopped = f"Nothing more was tried: {attempt.detail}"
        if attempt.outcome is not Outcome.SENT or self._following(claim) is None:
            self._settle_and_claim()

    def _following(self, claim: Claim) -> ApprovedLetter | None:
        """Return the letter whose fence this one's answer may wait for; None where it is stored at once."""
        if not self._claims or not self._is_quick:
            return None
        after = self._claims[0]
        # another mailbox may have another server, of which nobody knows whether it is quick
        return after.letter if after.delivery.mailbox == claim.delivery.mailbox else None

    def _claim(self) -> None:
        """Look at what is due until there is something to send, or nothing at all."""
        while not self._claims:
            at, kept = self._ports.clock.now(), SendReport()
            with self._ports.store.write() as tx:
                claimed = self._claimed(tx, kept, at=at)
            self._report.add(kept)
            self._take(claimed)
            if claimed.is_empty:
                return

    def _settle_and_claim(self) -> None:
        """Store what the server said, and claim what may simply leave next in the same commit."""
        at, kept = self._ports.clock.now(), SendReport()
        claimed: Claimed | None = None
        with self._ports.store.write() as tx:
            self._settle(tx, kept, at=at)
            if self._report.stopped:
                _give_back(self._ports, tx, self._claims, at=at)
            elif not self._claims:
                claimed = self._claimed(tx, kept, at=at, only_leaving=True)
            self._memory.keep(tx)
        self._unsettled.clear()
        self._report.add(kept)
        if self._report.stopped:
            self._claims.clear()
        elif claimed is not None:
            self._take(claimed)
            if not claimed.is_empty:
                self._claim()

    def _settle_alone(self) -> None:
        """Store what the server said, whatever is wrong with the next letter; give back what was claimed."""
        if not self._unsettled and not self._claims:
            return
        self._memory.forget()
        at = self._ports.clock.now()
        with self._ports.store.write() as tx:
            self._settle(tx, self._report, at=at)
            _give_back(self._ports, tx, self._claims, at=at)

    def _fence(self, claim: Claim) -> bool:
        ports = self._ports
        at, kept = ports.clock.now(), SendReport()
        self._is_quick = at - self._asked_at < _SOON
        with ports.store.write() as tx:
            self._settle(tx, kept, at=at)
            fenced = self._fenced(tx, claim, at=at)
            mark = note_state(ports, tx, fenced, at=at) if fenced is not None else None
            self._memory.keep(tx)
        self._unsettled.clear()
        self._report.add(kept)
        if fenced is None:
            return False
        claim.delivery = fenced
        self._keep(fenced, mark, at=at)
        return True

    def _fenced(self, tx: Transaction, claim: Claim, *, at: datetime) -> Delivery | None:
        """Take the fence; None where the letter may leave no more, or is not ours any more."""
        worker = self._ports.worker
        # minutes may have passed since the claim: an answer or an objection counts until this very line
        if not isinstance(self._verdict(tx, claim, at=at), Leave):
            back = claim.delivery.postponed(
                until=at, reason="something changed at the last moment", attempted=False
            )
            tx.deliveries.step(back, expected=DeliveryState.HANDSHAKE, owner=worker)
            return None
        fenced = claim.delivery.fenced(lease=self._terms.data, at=at)
        if not tx.deliveries.step(fenced, expected=DeliveryState.HANDSHAKE, owner=worker):
            return None
        if self._memory.is_kept:
            self._memory.count(claim.stand, fenced.mailbox, at=at)
        return fenced

    def _verdict(self, tx: Transaction, claim: Claim, *, at: datetime) -> Verdict:
        delivery = claim.delivery
        stand = (
            self._memory.now(claim.stand, delivery.mailbox)
            if self._memory.is_kept
            else stands_of(self._ports, tx, (delivery,), at=at)[delivery.id]
        )
        return stand.verdict(at=at, unreadable=self._unreadable) if isinstance(stand, Stand) else stand

    def _settle(self, tx: Transaction, report: SendReport, *, at: datetime) -> None:
        """Store what the server said of letters of which that is not stored yet."""
        knows = self._memory.holds(tx, at=at)
        for claim, attempt in self._unsettled:
            known = claim.stand.context if knows else None
            settle(self._ports, tx, claim.delivery, attempt, report, at=at, known=known)
            if attempt.outcome is Outcome.SENT:
                self._memory.settled(claim.delivery.mailbox, at=at)
            else:
                self._memory.forget()  # a refusal may stop the mailbox, and does not count against caps

    def _claimed(
        self, tx: Transaction, report: SendReport, *, at: datetime, only_leaving: bool = False
    ) -> Claimed:
        if self._is_full:
            self._at_once = at_once_after(
                self._at_once, took=at - self._memory.at, alone=self._memory.is_kept
            )
        return claim_due(
            self._ports,
            tx,
            report,
            at=at,
            reach=Reach(lease=self._terms.handshake, at_once=self._at_once, unreadable=self._unreadable),
            only_leaving=only_leaving,
        )

    def _take(self, claimed: Claimed) -> None:
        self._claims, self._memory = claimed.claims, claimed.memory
        self._is_full = len(self._claims) == self._at_once

    def _keep(self, fenced: Delivery, mark: Mark | None, *, at: datetime) -> None:
        try:
            keep(self._ports, mark)  # before a byte leaves: a store without this row is not to be sent from
        except Unavailable as error:
            with self._ports.store.write() as tx:
                again = fenced.postponed(until=at, reason=str(error), attempted=False)
                if tx.deliveries.step(again, expected=DeliveryState.DATA, owner=self._ports.worker):
                    note_state(self._ports, tx, again, at=at)
            raise


def _give_back(ports: Ports, tx: Transaction, claims: Collection[Claim], *, at: datetime) -> None:
    """Queue again what was claimed and not tried."""
    for claim in claims:
        again = claim.delivery.postponed(until=at, reason=claim.delivery.reason, attempted=False)
        tx.deliveries.step(again, expected=DeliveryState.HANDSHAKE, owner=ports.worker)
