"""Creators whose own words carry a brand's values, with the words that show it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from agent.domain.brand import Brand, Campaign
from agent.domain.creator import BIO, Creator
from agent.domain.errors import BadInput
from agent.domain.filters import Filters, refusal
from agent.domain.fit import Fit, Reason
from agent.domain.ids import CampaignId, CreatorId
from agent.domain.quoting import best_quote
from agent.ports import Passage, Ports, Ranked, Transaction
from agent.usecases.lookup import the_campaign

_PASSAGES = 4
"""How many passages per value are looked at, so that one that may be quoted is among them."""


@dataclass(frozen=True, kw_only=True)
class Match:
    """A creator in a ranking, with the fit."""

    creator: Creator
    fit: Fit


@dataclass(frozen=True, kw_only=True)
class MatchReport:
    """A ranking, and how many creators the campaign's hard rules left out, by rule."""

    matches: tuple[Match, ...]
    considered: int
    left_out: Mapping[str, int]


def match(ports: Ports, campaign_id: CampaignId, *, limit: int) -> MatchReport:
    """Rank creators for a campaign among those that pass its rules; every match says why.

    Raises NotFound for an unknown campaign, BadInput where no creator is known yet, and what the index
    raises where it has to be built first.
    """
    with ports.store.read() as tx:
        campaign, brand = the_campaign(tx, campaign_id)
        allowed, left_out = _allowed(tx, campaign)
    if not allowed.size and not left_out:
        raise BadInput("No creators are known yet. Import some first: nanoreach import creators FILE")
    ranked = ports.similarity.search(query_text(brand, campaign), allowed=allowed, limit=limit)
    matches = explained(ports, brand, ranked)
    return MatchReport(matches=matches, considered=int(allowed.size), left_out=left_out)


def query_text(brand: Brand, campaign: Campaign) -> str:
    """Return what a campaign looks for, as one text: its objective and the brand's values."""
    return " ".join((campaign.objective, *(f"{value.name}. {value.text}" for value in brand.values)))


def explained(ports: Ports, brand: Brand, ranked: tuple[Ranked, ...]) -> tuple[Match, ...]:
    """Return ranked creators with the passage that carries each value best, the strongest reason first."""
    ids = tuple(each.creator_id for each in ranked)
    queries = tuple(f"{value.name}. {value.text}" for value in brand.values)
    evidence = ports.similarity.evidence(queries, ids, limit=_PASSAGES)
    matches = []
    with ports.store.read() as tx:
        for each in ranked:
            creator = tx.creators.get(each.creator_id)
            if creator is not None:  # erased since the index was built
                fit = Fit(
                    creator_id=creator.id,
                    score=each.score,
                    similarity=each.similarity,
                    reasons=_reasons(brand, creator, evidence.get(creator.id, ())),
                )
                matches.append(Match(creator=creator, fit=fit))
    return tuple(matches)


def _allowed(tx: Transaction, campaign: Campaign) -> tuple[npt.NDArray[np.int64], Mapping[str, int]]:
    filters = Filters.of(campaign)
    left_out: Counter[str] = Counter()
    allowed: list[CreatorId] = []
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
            allowed.append(columns.id)
    return np.array(allowed, dtype=np.int64), dict(left_out)


def _reasons(brand: Brand, creator: Creator, evidence: tuple[tuple[Passage, ...], ...]) -> tuple[Reason, ...]:
    refs: dict[int, str] = {creator.post_number(post.key): post.key for post in creator.posts}
    refs[creator.post_number(BIO)] = BIO
    weighed: list[tuple[float, Reason]] = []
    for value, passages in zip(brand.values, evidence, strict=False):
        reason = _reason(creator, value.name, value.text, passages, refs)
        if reason is not None:
            weighed.append((reason.score * value.weight, reason))
    weighed.sort(key=lambda pair: -pair[0])
    return tuple(reason for _, reason in weighed)


def _reason(
    creator: Creator, name: str, text: str, passages: tuple[Passage, ...], refs: Mapping[int, str]
) -> Reason | None:
    for passage in passages:
        ref = refs.get(passage.number)
        quotable = creator.evidence_text(ref) if ref is not None else None
        if ref is None or quotable is None:
            continue
        post = creator.post(ref)
        return Reason(
            value=name,
            ref=ref,
            quote=best_quote(quotable, about=text),
            score=passage.score,
            published_on=post.published_on if post is not None else None,
        )
    return None
