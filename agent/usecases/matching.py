"""Creators whose own words carry a brand's values, with the words that show it."""

from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from agent.domain.brand import Brand, Campaign
from agent.domain.creator import Creator
from agent.domain.errors import BadInput
from agent.domain.filters import Filters, refusal
from agent.domain.fit import Fit
from agent.domain.ids import CampaignId, CreatorId
from agent.domain.vetting import Peers, Signal, against
from agent.ports import Ports, Ranked, Transaction
from agent.usecases.expanding import Searched, searched
from agent.usecases.explaining import Evidence, queries_of, reasons_of
from agent.usecases.learning import NOTHING, Decisions, decisions_of
from agent.usecases.lookup import the_campaign
from agent.usecases.vetting import PASSAGES, matched_signals, peers_in


@dataclass(frozen=True, kw_only=True)
class Match:
    """A creator in a ranking, with the fit and what a person may want to know besides."""

    creator: Creator
    fit: Fit
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MatchReport:
    """A ranking, how many creators the hard rules left out, by rule, and what was searched with."""

    matches: tuple[Match, ...]
    considered: int
    left_out: Mapping[str, int]
    searched: Searched
    decisions: Decisions


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """Creators in the order of their fit, without reasons; `rules` are those that were kept."""

    campaign: Campaign
    brand: Brand
    rules: Filters
    ranked: tuple[Ranked, ...]
    considered: int
    left_out: Mapping[str, int]
    searched: Searched
    decisions: Decisions


def match(
    ports: Ports, campaign_id: CampaignId, *, limit: int, ask: bool = True, learn: bool = True
) -> MatchReport:
    """Rank creators for a campaign among those that pass its rules; every match says why.

    Where queries are expanded, a model may be asked with `ask`. With `learn`, what the brand decided about
    creators before moves the ranking. Raises NotFound for an unknown campaign,
    BadInput where no creator is known yet, and what the index raises where it has to be built first.
    """
    ranking = rank(ports, campaign_id, limit=limit, ask=ask, learn=learn)
    matches = explained(ports, ranking.brand, ranking.ranked)
    return MatchReport(
        matches=matches,
        considered=ranking.considered,
        left_out=ranking.left_out,
        searched=ranking.searched,
        decisions=ranking.decisions,
    )


def rank(
    ports: Ports,
    campaign_id: CampaignId,
    *,
    limit: int | None,
    rules: Filters | None = None,
    ask: bool = False,
    learn: bool = True,
) -> Ranking:
    """Rank creators for a campaign, all of them without a limit; other `rules` than its own are a what-if.

    Without `ask` no model is asked for an expansion; one that is kept counts, so that rankings agree. Raises
    what `match` raises.
    """
    with ports.store.read() as tx:
        campaign, brand = the_campaign(tx, campaign_id)
        kept = rules if rules is not None else Filters.of(campaign)
        allowed, left_out = _allowed(tx, kept)
        decisions = decisions_of(tx, brand.id) if learn else NOTHING
    if not allowed and not left_out:
        raise BadInput("No creators are known yet. Import some first: nanoreach import creators FILE")
    considered = len(allowed)
    sought = searched(ports, brand, campaign, ask=ask)
    ranked = _present(ports, sought, kept, allowed, decisions, limit=considered if limit is None else limit)
    return Ranking(
        campaign=campaign,
        brand=brand,
        rules=kept,
        ranked=ranked,
        considered=considered,
        left_out=left_out,
        searched=sought,
        decisions=decisions,
    )


def explained(ports: Ports, brand: Brand, ranked: tuple[Ranked, ...]) -> tuple[Match, ...]:
    """Return ranked creators with the passages that carry each value, what speaks against, and signals."""
    ids = tuple(each.creator_id for each in ranked)
    evidence = ports.similarity.evidence(queries_of(brand), ids, limit=PASSAGES)
    today = ports.clock.now().date()
    with ports.store.read() as tx:
        peers = peers_in(tx)
        known = ((each, tx.creators.get(each.creator_id)) for each in ranked)
        return tuple(
            _explained(brand, creator, each, evidence.get(creator.id, ()), peers=peers, today=today)
            for each, creator in known
            if creator is not None  # erased since the index was built
        )


def _explained(
    brand: Brand, creator: Creator, ranked: Ranked, evidence: Evidence, *, peers: Peers, today: date
) -> Match:
    reasons = reasons_of(brand, creator, evidence)
    fit = Fit(
        creator_id=creator.id,
        score=ranked.score,
        similarity=ranked.similarity,
        probability=ranked.probability,
        reasons=reasons,
        against=against(brand, creator),
    )
    signals = matched_signals(
        creator, brand=brand, peers=peers, reasons=reasons, evidence=evidence, today=today
    )
    return Match(creator=creator, fit=fit, signals=signals)


def _present(
    ports: Ports,
    sought: Searched,
    rules: Filters,
    allowed: AbstractSet[CreatorId],
    decisions: Decisions,
    *,
    limit: int,
) -> tuple[Ranked, ...]:
    """Return the best creators whom the rules keep, by the index and by the store's present state.

    What the index knows may be older than the store: whoever the store refuses is searched around.
    """
    refused: set[CreatorId] = set()
    expansions = tuple(each.text for each in sought.expansions)
    while True:
        ranked = ports.similarity.search(
            sought.query,
            expansions=expansions,
            filters=rules,
            excluded=refused,
            liked=decisions.liked,
            disliked=decisions.disliked,
            limit=limit,
        )
        stale = {each.creator_id for each in ranked} - allowed
        if stale <= refused:
            return tuple(each for each in ranked if each.creator_id in allowed)
        refused |= stale


def _allowed(tx: Transaction, filters: Filters) -> tuple[AbstractSet[CreatorId], Mapping[str, int]]:
    """Return whom the rules keep in the store, and how many they leave out, by reason."""
    left_out: Counter[str] = Counter()
    allowed: set[CreatorId] = set()
    for columns in tx.creators.columns():
        reason = refusal(
            filters,
            language=columns.language,
            country=columns.country,
            followers=columns.followers,
            platform=columns.platform,
        )
        if reason:
            left_out[reason] += 1
        else:
            allowed.add(columns.id)
    return allowed, dict(left_out)
