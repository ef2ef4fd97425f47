"""Paying for calls to models: what a day may cost, reserved before a call and corrected after it.

The sums are in the store, so that every process of a home counts together. What was reserved for a call
that a crash cut off stays counted for its day: the provider may have answered, and then it is to be paid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from zoneinfo import ZoneInfo

from agent.domain.brand import ModelBudget
from agent.domain.draft import Usage
from agent.domain.errors import BadInput, BudgetSpent
from agent.domain.ids import CampaignId, OutreachId
from agent.ports import Allowance, Ceiling, Clock, KeptAnswer, Ports, Reservation, Spent, Store, Transaction
from agent.usecases.lookup import the_campaign
from agent.usecases.together import Together

_NOTHING = Usage()
_MOMENT = 0.02
"""Seconds for which the first of several calls waits for the others."""
_MOMENT_AFTER = 0.04
"""Seconds for which it does when it has its answer: nobody waits for its place in flight any more."""
_FEW = 3
"""Calls in flight that are worth waiting for."""


def campaign_scope(campaign_id: CampaignId) -> str:
    """Return the scope of all that models cost for a campaign."""
    return f"campaign {campaign_id}"


@dataclass(frozen=True, kw_only=True)
class CampaignSpent:
    """What models cost a campaign so far, with what is reserved for calls in flight, and its bounds."""

    spent: Spent
    budget: ModelBudget


def spent_by(ports: Ports, campaign_id: CampaignId) -> CampaignSpent:
    """Return what models cost a campaign so far; raises NotFound where there is no such campaign."""
    with ports.store.read() as tx:
        campaign, _ = the_campaign(tx, campaign_id)
        return CampaignSpent(spent=tx.spending.of(campaign_scope(campaign_id)), budget=campaign.models)


def day_scope(at: datetime, zone: str) -> str:
    """Return the scope of the day that an instant falls on in a time zone."""
    return f"day {at.astimezone(ZoneInfo(zone)).date().isoformat()}"


@dataclass(frozen=True, kw_only=True)
class _Reserving:
    """What a call may cost at most, to be taken from a day and from a campaign's allowance."""

    day: str
    most: Usage
    allowance: Allowance | None


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
        self._reserving: Together[_Reserving, str] = Together(store, self._take, seconds=_MOMENT)
        self._settling: Together[_Settling, None] = Together(store, _settle, seconds=_MOMENT_AFTER)
        self._lock = Lock()
        self._open = 0

    def reserve(self, most: Usage, *, allowance: Allowance | None = None) -> Reservation:
        """Take what a call may cost at most, from its day and its campaign's allowance.

        Raises BudgetSpent where that is more than is left of either.
        """
        day = day_scope(self._clock.now(), self._zone)
        campaign = campaign_scope(allowance.campaign_id) if allowance is not None else ""
        if not self._per_day.is_set and (allowance is None or not allowance.ceiling.is_set):
            self._count(1)
            return Reservation(scope=day, taken=_NOTHING, campaign_scope=campaign)
        call = _Reserving(day=day, most=most, allowance=allowance)
        refused = self._reserving.store(call, gather=self._open > _FEW)
        if refused:
            raise BudgetSpent(refused)
        self._count(1)
        return Reservation(scope=day, taken=most, campaign_scope=campaign)

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

    def _take(self, tx: Transaction, calls: Sequence[_Reserving]) -> tuple[str, ...]:
        """Take what each call may cost; return why, for each that may not begin."""
        return tuple(self._refusal(tx, call) for call in calls)

    def _refusal(self, tx: Transaction, call: _Reserving) -> str:
        if not tx.spending.take(call.day, call.most, ceiling=self._per_day):
            return _refused(tx.spending.of(call.day), call.most, self._per_day, zone=self._zone)
        if call.allowance is None:
            return ""
        refused = _taken_of_campaign(tx, call.allowance, call.most)
        if refused:  # nothing was asked, so the day gets back what was just taken from it
            tx.spending.correct(call.day, taken=call.most, used=_NOTHING, calls=0)
        return refused


def _settle(tx: Transaction, calls: Sequence[_Settling]) -> tuple[None, ...]:
    by_scope: dict[str, list[_Settling]] = {}
    for call in calls:
        for scope in filter(None, (call.reservation.scope, call.reservation.campaign_scope)):
            by_scope.setdefault(scope, []).append(call)
    for scope, of_scope in by_scope.items():
        tx.spending.correct(
            scope,
            taken=sum((call.reservation.taken for call in of_scope), _NOTHING),
            used=sum((call.used for call in of_scope), _NOTHING),
            calls=len(of_scope),
        )
    answers = {call.answer.key: call.answer for call in calls if call.answer is not None}
    try:
        tx.answers.keep(*answers.values())
    except BadInput:
        for answer in answers.values():
            _keep(tx, answer)
    return (None,) * len(calls)


def _taken_of_campaign(tx: Transaction, allowance: Allowance, most: Usage) -> str:
    """Take what a call may cost from a campaign's allowance; return why not, in a sentence."""
    ceiling, name = allowance.ceiling, allowance.campaign_id
    if ceiling.cost is not None and not most.cost:
        return (
            f"Campaign {name} bounds what models may cost, and this model has no price, so nothing was "
            "asked; set NANOREACH_INPUT_PRICE and NANOREACH_OUTPUT_PRICE, or bound its tokens in the brand "
            "file."
        )
    scope = campaign_scope(name)
    if tx.spending.take(scope, most, ceiling=ceiling):
        return ""
    what, _ = _beyond(tx.spending.of(scope), most, ceiling)
    return (
        f"The budget for models of campaign {name} is used up ({what}), so nothing more was asked; raise it "
        "in the brand file (models: budget, tokens) and import the file again, or write the rest offline."
    )


def _keep(tx: Transaction, answer: KeptAnswer) -> None:
    try:
        tx.answers.keep(answer)
    except BadInput:  # the person was erased while the model wrote: nothing about them is kept
        return


def _refused(spent: Spent, most: Usage, ceiling: Ceiling, *, zone: str) -> str:
    what, is_money = _beyond(spent, most, ceiling)
    name = "NANOREACH_BUDGET_PER_DAY" if is_money else "NANOREACH_TOKENS_PER_DAY"
    return (
        f"Today's budget for models is used up ({what}), so nothing more was asked; go on after midnight "
        f"({zone}), or raise {name}."
    )


def _beyond(spent: Spent, most: Usage, ceiling: Ceiling) -> tuple[str, bool]:
    """Return which bound a call would pass, in words, and whether it is one of money."""
    if ceiling.cost is not None and (spent.usage + most).cost > ceiling.cost:
        return f"{spent.usage.cost:.4f} of {ceiling.cost}, and a call may cost {most.cost:.4f}", True
    return f"{spent.usage.tokens} of {ceiling.tokens} tokens, and a call may take {most.tokens}", False
