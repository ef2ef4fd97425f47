"""Paying for calls to models: what a day may cost, reserved before a call and corrected after it.

The sums are in the store, so that every process of a home counts together. What was reserved for a call
that a crash cut off stays counted for its day: the provider may have answered, and then it is to be paid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from zoneinfo import ZoneInfo

from agent.domain.draft import Usage
from agent.domain.errors import BadInput, BudgetSpent
from agent.domain.ids import OutreachId
from agent.ports import Ceiling, Clock, KeptAnswer, Reservation, Spent, Store, Transaction
from agent.usecases.together import Together

_NOTHING = Usage()
_MOMENT = 0.02
"""Seconds for which the first of several calls waits for the others."""
_FEW = 3
"""Calls in flight that are worth waiting for."""


def day_scope(at: datetime, zone: str) -> str:
    """Return the scope of the day that an instant falls on in a time zone."""
    return f"day {at.astimezone(ZoneInfo(zone)).date().isoformat()}"


@dataclass(frozen=True, kw_only=True)
class _Reserving:
    """What a call may cost at most, to be taken from a day."""

    day: str
    most: Usage


@dataclass(frozen=True, kw_only=True)
class _Settling:
    """What a call cost, in the place of what was taken for it; and its answer, where it is kept."""

    reservation: Reservation
    used: Usage
    answer: KeptAnswer | None


class StorePurse:
    """Pays from a day's ceiling, and counts what the day costs. Safe for threads.

    What calls reserve and cost at about the same time is stored in one transaction.
    """

    def __init__(self, *, store: Store, clock: Clock, zone: str, per_day: Ceiling) -> None:
        self._clock = clock
        self._zone = zone
        self._per_day = per_day
        self._reserving: Together[_Reserving, Spent | None] = Together(store, self._take, seconds=_MOMENT)
        self._settling: Together[_Settling, None] = Together(store, _settle, seconds=_MOMENT)
        self._lock = Lock()
        self._open = 0

    def reserve(self, most: Usage) -> Reservation:
        """Take what a call may cost at most; raises BudgetSpent where that is more than is left."""
        day = day_scope(self._clock.now(), self._zone)
        if not self._per_day.is_set:
            self._count(1)
            return Reservation(scope=day, taken=_NOTHING)
        spent = self._reserving.store(_Reserving(day=day, most=most), gather=self._open > _FEW)
        if spent is not None:
            raise BudgetSpent(_refused(spent, most, self._per_day, zone=self._zone))
        self._count(1)
        return Reservation(scope=day, taken=most)

    def settle(
        self,
        reservation: Reservation,
        used: Usage,
        *,
        key: str = "",
        outreach_id: OutreachId | None = None,
        content: str = "",
        model: str = "",
    ) -> None:
        """Count what a call cost; with a key and an outreach, keep its answer in the same transaction."""
        answer = None
        if key and outreach_id is not None:
            at = self._clock.now()
            answer = KeptAnswer(
                key=key, outreach_id=outreach_id, model=model, content=content, usage=used, at=at
            )
        self._count(-1)
        call = _Settling(reservation=reservation, used=used, answer=answer)
        self._settling.store(call, gather=self._open > _FEW)

    def _count(self, more: int) -> None:
        with self._lock:
            self._open += more

    def _take(self, tx: Transaction, calls: Sequence[_Reserving]) -> tuple[Spent | None, ...]:
        """Take what each call may cost; return what was spent already for each that may not begin."""
        return tuple(
            None if tx.spending.take(call.day, call.most, ceiling=self._per_day) else tx.spending.of(call.day)
            for call in calls
        )


def _settle(tx: Transaction, calls: Sequence[_Settling]) -> tuple[None, ...]:
    for day in {call.reservation.scope for call in calls}:
        of_day = [call for call in calls if call.reservation.scope == day]
        tx.spending.correct(
            day,
            taken=sum((call.reservation.taken for call in of_day), _NOTHING),
            used=sum((call.used for call in of_day), _NOTHING),
            calls=len(of_day),
        )
    answers = {call.answer.key: call.answer for call in calls if call.answer is not None}
    try:
        tx.answers.keep(*answers.values())
    except BadInput:
        for answer in answers.values():
            _keep(tx, answer)
    return (None,) * len(calls)


def _keep(tx: Transaction, answer: KeptAnswer) -> None:
    try:
        tx.answers.keep(answer)
    except BadInput:  # the person was erased while the model wrote: nothing about them is kept
        return


def _refused(spent: Spent, most: Usage, ceiling: Ceiling, *, zone: str) -> str:
    after = spent.usage + most
    if ceiling.cost is not None and after.cost > ceiling.cost:
        what = f"{spent.usage.cost:.4f} of {ceiling.cost}, and a call may cost {most.cost:.4f}"
        name = "NANOREACH_BUDGET_PER_DAY"
    else:
        what = f"{spent.usage.tokens} of {ceiling.tokens} tokens, and a call may take {most.tokens}"
        name = "NANOREACH_TOKENS_PER_DAY"
    return (
        f"Today's budget for models is used up ({what}), so nothing more was asked; go on after midnight "
        f"({zone}), or raise {name}."
    )
