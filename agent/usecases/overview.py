"""What there is to do today, how far each campaign is, and what the coming days bring."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from agent.domain.answering import ANSWERABLE, MAY_ANSWER
from agent.domain.brand import Campaign
from agent.domain.delivery import DeliveryState
from agent.domain.draft import WAITING, DraftStatus
from agent.domain.handover import OPEN_HANDOVERS
from agent.domain.ids import CampaignId
from agent.domain.mailbox import Mailbox
from agent.domain.outreach import OutreachStatus
from agent.domain.pace import minutes_for
from agent.domain.rates import Share
from agent.domain.replies import ReplyKind
from agent.ports import Ports, Transaction
from agent.usecases.making import LIVE
from agent.usecases.spending import campaign_scope

DAYS = 7
"""Days of which the load is told, today among them."""
WANTS_A_PERSON = ANSWERABLE | {ReplyKind.MANAGER}
"""Kinds of replies after which somebody waits for us."""
_NOT_THEIRS = frozenset({ReplyKind.BOUNCE, ReplyKind.COMPLAINT, ReplyKind.OUT_OF_OFFICE, ReplyKind.AUTO})
_COUNTED = 1000


@dataclass(frozen=True, kw_only=True)
class Today:
    """What waits for a person. `to_read` is counted to a thousand; bounces are those of a week."""

    to_read: int
    to_copy: int
    to_answer: int
    uncertain: int
    bounced: int
    paused: tuple[Mailbox, ...]


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """How far the people of a campaign came; each step counts whoever came at least so far.

    `minutes` is what deciding about its letters took at the reader's pace, about; `cost` what models cost, in
    the currency that their prices are configured in.
    """

    campaign: Campaign
    shortlisted: int
    written: int
    approved: int
    sent: int
    answered: int
    agreed: int
    declined: int
    decided: int
    minutes: int
    cost: Decimal

    @property
    def reply_rate(self) -> Share:
        """Who wrote back, of those who were written to; programs' answers and bounces are none."""
        return Share(count=self.answered, of=max(self.sent, self.answered))

    @property
    def agreement_rate(self) -> Share:
        """Who said yes, of those who were written to."""
        return Share(count=self.agreed, of=max(self.sent, self.agreed))

    @property
    def minutes_per_agreement(self) -> int | None:
        """Minutes of reading for each yes; None before the first one."""
        return round(self.minutes / self.agreed) if self.agreed else None

    @property
    def cost_per_agreement(self) -> Decimal | None:
        """What models cost for each yes; None before the first one."""
        return self.cost / self.agreed if self.agreed else None


@dataclass(frozen=True, kw_only=True)
class Load:
    """One day: letters that may leave, and follow-ups that become due and want to be read before."""

    day: date
    leaving: int
    following: int


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Everything on one page; what is overdue counts for today."""

    today: Today
    funnels: tuple[Funnel, ...]
    load: tuple[Load, ...]


def overview(
    ports: Ports, *, zone: ZoneInfo, seconds_per_letter: float, campaign_id: CampaignId | None = None
) -> Overview:
    """Return the overview of one campaign or all; days begin at midnight in `zone`.

    Today and the load are of all campaigns. `seconds_per_letter` is the pace that minutes are told at.
    """
    at = ports.clock.now()
    with ports.store.read() as tx:
        campaigns = [campaign for campaign in tx.brands.campaigns() if campaign_id in (None, campaign.id)]
        return Overview(
            today=_today(tx, at=at),
            funnels=_funnels(tx, campaigns, seconds_per_letter=seconds_per_letter),
            load=_load(tx, at=at, zone=zone),
        )


def _today(tx: Transaction, *, at: datetime) -> Today:
    return Today(
        to_read=tx.drafts.count(statuses=WAITING, at_most=_COUNTED + 1),
        to_copy=tx.handovers.count(states=OPEN_HANDOVERS),
        to_answer=tx.tallies.unanswered(WANTS_A_PERSON, states=MAY_ANSWER, drafted=LIVE),
        uncertain=len(tx.deliveries.list(states=[DeliveryState.UNCERTAIN])),
        bounced=tx.tallies.replies_since(at - timedelta(days=DAYS), (ReplyKind.BOUNCE,)),
        paused=tx.mailboxes.paused(),
    )


def _funnels(tx: Transaction, campaigns: list[Campaign], *, seconds_per_letter: float) -> tuple[Funnel, ...]:
    rows = tx.tallies.outreach()
    first = tx.tallies.first_letters(LIVE)
    answered, decided = tx.tallies.answered(but=_NOT_THEIRS), tx.tallies.decided()
    return tuple(
        _funnel(
            tx,
            campaign,
            {key[1:]: count for key, count in rows.items() if key[0] == campaign.id},
            {status: count for (name, status), count in first.items() if name == campaign.id},
            answered=answered.get(campaign.id, 0),
            decided=decided.get(campaign.id, 0),
            seconds_per_letter=seconds_per_letter,
        )
        for campaign in campaigns
    )


def _funnel(
    tx: Transaction,
    campaign: Campaign,
    rows: Mapping[tuple[OutreachStatus, bool], int],
    first: Mapping[DraftStatus, int],
    *,
    answered: int,
    decided: int,
    seconds_per_letter: float,
) -> Funnel:
    def those(*states: OutreachStatus) -> int:
        return sum(count for (status, _), count in rows.items() if status in states)

    return Funnel(
        campaign=campaign,
        shortlisted=sum(rows.values()),
        written=sum(first.values()),
        approved=first.get(DraftStatus.APPROVED, 0),
        sent=sum(count for (_, has_left), count in rows.items() if has_left),
        answered=answered,
        agreed=those(OutreachStatus.AGREED),
        declined=those(OutreachStatus.DECLINED, OutreachStatus.STOPPED),
        decided=decided,
        minutes=minutes_for(decided, seconds_per_letter),
        cost=tx.spending.of(campaign_scope(campaign.id)).usage.cost,
    )


def _load(tx: Transaction, *, at: datetime, zone: ZoneInfo) -> tuple[Load, ...]:
    today = at.astimezone(zone).date()
    days = [today + timedelta(days=number) for number in range(DAYS)]
    ends = [datetime.combine(day + timedelta(days=1), time(), tzinfo=zone) for day in days]
    leaving, following = tx.tallies.leaving(ends), tx.tallies.following(ends)
    return tuple(
        Load(day=day, leaving=out, following=next_up)
        for day, out, next_up in zip(days, leaving, following, strict=True)
    )
