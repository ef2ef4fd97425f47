"""Who of a ranking may be chosen, and how the choice sees each of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from agent.domain.brand import Brand, Campaign
from agent.domain.filters import Filters, refusal
from agent.domain.fit import Level
from agent.domain.ids import CreatorId
from agent.domain.portfolio import NO_OPINION, Candidate, Pool
from agent.domain.vetting import Kind, Signal
from agent.ports import Transaction
from agent.usecases.matching import Match
from agent.usecases.wishes import HABITS, Habits, Wishes

_MONTH = timedelta(days=365) / 12


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a choice rests on: the ranking, who cannot be written to (reasons by creator), earlier lists."""

    campaign: Campaign
    brand: Brand
    matches: tuple[Match, ...]
    obstacles: Mapping[CreatorId, str]
    pool: Pool


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    """Why somebody may not be chosen at all."""

    code: str
    sentence: str


def pool_of(tx: Transaction, campaign: Campaign, *, now: datetime, habits: Habits = HABITS) -> Pool:
    """Return everybody who passes the campaign's rules, by tier, and how often each was on a list lately."""
    filters = Filters.of(campaign)
    tiers: Counter[str] = Counter()
    passing: set[CreatorId] = set()
    for columns in tx.creators.columns():
        if not refusal(
            filters,
            language=columns.language,
            country=columns.country,
            followers=columns.followers,
            platform=columns.platform,
        ):
            passing.add(columns.id)
            tiers[habits.tier(columns.followers, columns.country).value] += 1
    since = now - _MONTH * habits.months
    rows = (row for each in tx.brands.campaigns() for row in tx.outreach.of_campaign(each.id))
    listed: Counter[int] = Counter(
        row.creator_id for row in rows if row.created_at >= since and row.creator_id in passing
    )
    return Pool(tiers=tiers, listed=listed)


def exclusion(ground: Ground, match: Match, wishes: Wishes, habits: Habits) -> Exclusion | None:
    """Return why a creator may not be chosen at all, or None."""
    obstacle = ground.obstacles.get(match.creator.id)
    if obstacle:
        return Exclusion(code="obstacle", sentence=obstacle)
    concern = None if wishes.with_concerns else _concern(match)
    return concern or _below(match.fit.probability, habits.floor)


def _concern(match: Match) -> Exclusion | None:
    for found in match.fit.against:
        if found.level is Level.CONCERN:
            value = f"“{found.value}”" if found.value else "the brand's voice"
            words = f"“{found.quote}” ({found.ref})"
            return Exclusion(code="contradiction", sentence=f"speaks against {value}: {words}")
    for signal in _counted(match.signals):
        if signal.level is Level.CONCERN:
            shown = "".join(f" “{each.quote}” ({each.ref})" for each in signal.evidence[:1])
            return Exclusion(code="concern", sentence=f"{signal.text}{shown}")
    return None


def _below(probability: float | None, floor: float) -> Exclusion | None:
    if probability is None or probability >= floor:
        return None
    return Exclusion(
        code="floor",
        sentence=f"fits with a probability of {probability:.0%}, below the {floor:.0%} that are asked for",
    )


def _counted(signals: Iterable[Signal]) -> Iterator[Signal]:
    # what the GDPR's art. 9 protects never ranks or excludes anybody, whatever its level
    return (signal for signal in signals if signal.kind is not Kind.SENSITIVE)


def fits_of(matches: Iterable[Match]) -> Mapping[CreatorId, float]:
    """Return fits in [0, 1]: probabilities where every match has one, else scores scaled to the ranking."""
    listed = tuple(matches)
    known = {match.fit.creator_id: match.fit.probability for match in listed}
    sure = {name: probability for name, probability in known.items() if probability is not None}
    if len(sure) == len(known):
        return sure
    scores = [match.fit.score for match in listed]
    low, high = min(scores), max(scores)
    spread = high - low
    return {match.fit.creator_id: (match.fit.score - low) / spread if spread > 0 else 1.0 for match in listed}


def candidate_of(match: Match, fit: float, cost: Decimal, ground: Ground, habits: Habits) -> Candidate:
    """Return a creator as the choice sees it; `fit` in [0, 1] and `cost` are as for the whole ranking."""
    creator = match.creator
    levels = [found.level for found in match.fit.against] + [
        signal.level for signal in _counted(match.signals)
    ]
    return Candidate(
        key=creator.id,
        fit=fit,
        coverage={reason.value: max(0.0, reason.score) for reason in match.fit.reasons},
        niches=habits.niches_of(match),
        groups={
            "tier": habits.tier_of(creator).value,
            "country": creator.country or "unknown",
            "language": creator.language or "unknown",
            "platform": creator.platform,
        },
        cost=cost,
        minutes=habits.minutes_per_letter,
        engagement=_engagement(match.signals),
        looks=levels.count(Level.LOOK),
        exposure=ground.pool.listed.get(creator.id, 0),
    )


def _engagement(signals: Iterable[Signal]) -> float:
    """Return the place among peers of the same platform and tier in [0, 1]; unknown is the middle."""
    for signal in signals:
        percentile = signal.figures.get("percentile")
        if signal.kind is Kind.ENGAGEMENT and isinstance(percentile, int | float):
            return percentile / 100
    return NO_OPINION
