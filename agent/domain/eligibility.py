"""Whether an approved letter may leave at this moment: asked again in the transaction that claims it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agent.domain.answering import MAY_ANSWER
from agent.domain.brand import Cadence, Pacing
from agent.domain.cadence import is_stale
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.draft import DraftStatus
from agent.domain.ids import Seal
from agent.domain.outreach import AWAITING_ANSWER, OutreachStatus
from agent.domain.pacing import Hours, MailboxUse, SendNow, WaitUntil, day_start, may_send, next_opening
from agent.domain.taken import Taken, in_words

_STOPPED_WAIT = timedelta(days=1)
"""How soon a letter is looked at again while its mailbox is paused; it is woken when a person lifts that."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """All that decides whether a delivery may leave, read in one transaction.

    `seal_now` is the seal over what would be composed now: None where it cannot be composed any more (the
    creator was erased or lost the address, or the answered reply is gone). `taken` is what else keeps this
    person from the letter. `is_answer` says whether the letter answers a reply: it then waits for no gap
    between letters, while window and caps hold for it, too.
    """

    touch: int
    approved_seal: Seal
    seal_now: Seal | None
    draft_status: DraftStatus
    outreach_status: OutreachStatus
    is_suppressed: bool
    replied_since: bool
    taken: Taken | None
    due_at: datetime
    cadence: Cadence
    pacing: Pacing
    hours: Hours
    use: MailboxUse
    campaign_per_day: int | None
    campaign_sent_today: int
    mailbox_stopped: str = ""
    is_answer: bool = False


@dataclass(frozen=True, kw_only=True)
class Leave:
    """It may leave now."""


@dataclass(frozen=True, kw_only=True)
class Hold:
    """It stays queued until `until`, for the reason given."""

    until: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class Cancel:
    """It must never leave; `back_to_review` says whether a person should read the draft again."""

    reason: str
    back_to_review: bool = False


Verdict = Leave | Hold | Cancel


def may_leave(standing: Standing, *, now: datetime) -> Verdict:
    """Return what happens to a due delivery, the most final reason first."""
    reason = _why_never(standing)
    if reason:
        return Cancel(reason=reason)
    if standing.seal_now != standing.approved_seal:
        return Cancel(reason="what would leave is not what was approved any more", back_to_review=True)
    touch = 1 if standing.is_answer else standing.touch  # only follow-ups grow stale
    if is_stale(standing.cadence, touch=touch, due_at=standing.due_at, now=now):
        return Cancel(reason="the follow-up is later than its campaign allows", back_to_review=True)
    return _when(standing, now=now)


def waits_for_its_mailbox(delivery: Delivery) -> bool:
    """Return whether a letter is queued until a person lets its mailbox write again."""
    return delivery.state is DeliveryState.QUEUED and delivery.reason.startswith("the mailbox is paused: ")


def _when(standing: Standing, *, now: datetime) -> Leave | Hold:
    if standing.mailbox_stopped:
        return Hold(until=now + _STOPPED_WAIT, reason=f"the mailbox is paused: {standing.mailbox_stopped}")
    quota = standing.campaign_per_day
    if quota is not None and standing.campaign_sent_today >= quota:
        opening = next_opening(
            standing.pacing.window, hours=standing.hours, now=day_start(now) + timedelta(days=1)
        )
        return Hold(until=opening, reason=f"the campaign has written its {quota} letters of today")
    pacing = standing.pacing
    if standing.is_answer:
        # whoever asked is waiting; the gap keeps letters to strangers apart
        pacing = replace(pacing, gap=timedelta(0))
    permission = may_send(pacing, hours=standing.hours, use=standing.use, now=now)
    match permission:
        case WaitUntil(at=at, reason=why):
            return Hold(until=at, reason=why)
        case SendNow():
            return Leave()


def _why_never(standing: Standing) -> str:
    fitting = MAY_ANSWER if standing.is_answer else AWAITING_ANSWER
    obstacles = (
        (standing.is_suppressed, "the person asked not to be written to"),
        (standing.seal_now is None, "the creator or the address is gone"),
        (
            standing.draft_status is not DraftStatus.APPROVED,
            f"the draft is {standing.draft_status.value}",
        ),
        (
            standing.outreach_status not in fitting,
            f"the conversation is {standing.outreach_status.value}",
        ),
        (standing.replied_since, "an answer came in after the letter was written"),
    )
    reason = next((reason for stands, reason in obstacles if stands), "")
    if reason or standing.taken is None or standing.is_answer:
        return reason  # whoever asked gets an answer, whatever else is spoken of with them
    return in_words(standing.taken)
