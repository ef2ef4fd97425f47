"""Engagement inside a creator's own tier and platform, and reactions that look arranged.

Rates of different tiers and platforms are not comparable: small accounts get more reactions per follower. The
bounds below are judgement and not measurement; what they find is for a person to look at, never a verdict.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import fmean, median, pstdev

from agent.domain.creator import Creator, Post, Tier, tier_of
from agent.domain.fit import Level, Quotation
from agent.domain.ids import CreatorId
from agent.domain.vetting.lines import lines_of_post
from agent.domain.vetting.signal import Kind, Signal

LEAST_POSTS = 3
"""Posts with likes below which a median says nothing."""
LEAST_PEERS = 20
"""Other creators below which a place among them says nothing: one of 20 is five percent."""
_LOW, _HIGH = 10, 99
_SPIKE, _SPIKE_POSTS, _SPIKE_LIKES = 10, 5, 100
_STEADY_PERCENT, _STEADY_POSTS, _STEADY_LIKES = 5, 6, 20
_SILENT_PER_THOUSAND, _SILENT_LIKES = 2, 1_000
_FAR = 8

Group = tuple[str, Tier]


@dataclass(frozen=True, kw_only=True)
class Peers:
    """Rates of reactions per follower by platform and tier, of each creator who has enough posts."""

    rates: Mapping[Group, Mapping[CreatorId, float]]

    def others(self, creator: Creator) -> tuple[float, ...]:
        """Return the rates of the others of the creator's platform and tier, in order."""
        group = self.rates.get(_group(creator), {})
        return tuple(sorted(rate for name, rate in group.items() if name != creator.id))


NO_PEERS = Peers(rates={})


def peers_of(creators: Iterable[Creator]) -> Peers:
    """Return what creators are compared with; those without a rate are no peers."""
    rates: dict[Group, dict[CreatorId, float]] = defaultdict(dict)
    for creator in creators:
        rate = rate_of(creator)
        if rate is not None:
            rates[_group(creator)][creator.id] = rate
    return Peers(rates=rates)


def rate_of(creator: Creator) -> float | None:
    """Return the median over posts of (likes + comments) / followers; None where too little is known.

    A post without its likes counts for nothing, one without its comments as having none.
    """
    counted = _counted(creator)
    if not creator.followers or len(counted) < LEAST_POSTS:
        return None
    return median(_reactions(post) for post in counted) / creator.followers


def engagement(creator: Creator, peers: Peers) -> Iterator[Signal]:
    """Tell where the creator stands among its peers, with how many they are, and what looks arranged."""
    yield _standing(creator, peers)
    yield from _irregular(creator, peers)


def _standing(creator: Creator, peers: Peers) -> Signal:
    posts, rate, others = len(_counted(creator)), rate_of(creator), peers.others(creator)
    if not creator.followers:
        return _engagement(Level.FINE, "engagement.no_followers")
    if rate is None:
        return _engagement(Level.FINE, "engagement.few_posts", posts=posts, needed=LEAST_POSTS)
    figures: dict[str, float | str] = {
        "rate": round(100 * rate, 1),
        "posts": posts,
        "n": len(others),
        "platform": creator.platform,
    }
    if len(others) < LEAST_PEERS:
        return _engagement(Level.FINE, "engagement.few_peers", needed=LEAST_PEERS, **figures)
    percentile = round(100 * bisect_left(others, rate) / len(others))
    level = Level.LOOK if percentile < _LOW or percentile >= _HIGH else Level.FINE
    return _engagement(level, "engagement.compared", percentile=percentile, **figures)


def _engagement(level: Level, key: str, **figures: float | str) -> Signal:
    return Signal(kind=Kind.ENGAGEMENT, level=level, key=key, figures=figures)


def _irregular(creator: Creator, peers: Peers) -> Iterator[Signal]:
    counted = _counted(creator)
    reactions = [_reactions(post) for post in counted]
    if len(counted) >= _SPIKE_POSTS:
        yield from _spike(counted, median(reactions))
    if len(counted) >= _STEADY_POSTS and fmean(reactions) >= _STEADY_LIKES:
        spread = 100 * pstdev(reactions) / fmean(reactions)
        if spread < _STEADY_PERCENT:
            yield _look("irregular.constant", posts=len(counted), spread=round(spread, 1))
    yield from _silent(counted)
    yield from _far_above(creator, peers)


def _spike(counted: list[Post], usual: float) -> Iterator[Signal]:
    most = max(counted, key=_reactions)
    if _reactions(most) >= max(_SPIKE * usual, _SPIKE_LIKES) and usual > 0:
        yield _look("irregular.spike", evidence=_opening(most), times=round(_reactions(most) / usual))


def _silent(counted: list[Post]) -> Iterator[Signal]:
    talked = [post for post in counted if post.comments is not None]
    likes, comments = sum(p.likes or 0 for p in talked), sum(p.comments or 0 for p in talked)
    if len(talked) >= LEAST_POSTS and likes >= _SILENT_LIKES:
        per_thousand = 1000 * comments / likes
        if per_thousand < _SILENT_PER_THOUSAND:
            yield _look(
                "irregular.silent", posts=len(talked), likes=likes, per_thousand=round(per_thousand, 1)
            )


def _far_above(creator: Creator, peers: Peers) -> Iterator[Signal]:
    rate, others = rate_of(creator), peers.others(creator)
    usual = median(others) if len(others) >= LEAST_PEERS else 0.0
    if rate is not None and usual > 0 and rate >= _FAR * usual:
        yield _look("irregular.far_above", times=round(rate / usual), n=len(others))


def _look(key: str, *, evidence: tuple[Quotation, ...] = (), **figures: float) -> Signal:
    return Signal(kind=Kind.IRREGULAR, level=Level.LOOK, key=key, figures=figures, evidence=evidence)


def _opening(post: Post) -> tuple[Quotation, ...]:
    return tuple(line.quotation(0, 1) for line in lines_of_post(post)[:1])


def _counted(creator: Creator) -> list[Post]:
    return [post for post in creator.posts if post.likes is not None]


def _reactions(post: Post) -> int:
    return (post.likes or 0) + (post.comments or 0)


def _group(creator: Creator) -> Group:
    return (creator.platform, tier_of(creator.followers))
