"""Paying for calls to models: what a day may cost, reserved before a call and corrected after it.

The sums are in the store, so that every process of a home counts together. What was reserved for a call
that a crash cut off stays counted for its day: the provider may have answered, and then it is to be paid.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from agent.domain.draft import Usage
from agent.domain.errors import BadInput, BudgetSpent
from agent.domain.ids import OutreachId
from agent.ports import Ceiling, Clock, KeptAnswer, Reservation, Spent, Store, Transaction

_NOTHING = Usage()


def day_scope(at: datetime, zone: str) -> str:
    """Return the scope of the day that an instant falls on in a time zone."""
    return f"day {at.astimezone(ZoneInfo(zone)).date().isoformat()}"


@dataclass(frozen=True, kw_only=True)
class StorePurse:
    """Pays from a day's ceiling, and counts what the day costs."""

    store: Store
    clock: Clock
    zone: str
    per_day: Ceiling

    def reserve(self, most: Usage) -> Reservation:
        """Take what a call may cost at most; raises BudgetSpent where that is more than is left."""
        day = day_scope(self.clock.now(), self.zone)
        if not self.per_day.is_set:
            return Reservation(scope=day, taken=_NOTHING)
        with self.store.write() as tx:
            if not tx.spending.take(day, most, ceiling=self.per_day):
                raise BudgetSpent(_refused(tx.spending.of(day), most, self.per_day, zone=self.zone))
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
        at = self.clock.now()
        with self.store.write() as tx:
            tx.spending.correct(reservation.scope, taken=reservation.taken, used=used)
            if key and outreach_id is not None:
                answer = KeptAnswer(
                    key=key, outreach_id=outreach_id, model=model, content=content, usage=used, at=at
                )
                _keep(tx, answer)


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
