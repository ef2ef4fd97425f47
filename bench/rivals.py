"""Three ways to make a list of k from the same ranking, and what each list is worth in figures.

top: the k best. ties: k drawn at random from the best k + m, with the greatest m that keeps the mean fit at
`LEAST_FIT` of top's; what any use of that freedom would reach. portfolio: the product's choice.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from agent.domain.portfolio import GIVE, Candidate, Limits, choose, entropy, gini

Floats = npt.NDArray[np.float64]
Lists = Sequence[Sequence[int]]

LEAST_FIT = 0.99
WIDTH = 4
"""How many times k the product looks at, best first."""
_RESAMPLES, _HALVES = 2_000, 200
_TWO_SIDED = 1.96
_SEED = 11


@dataclass(frozen=True, kw_only=True, eq=False)
class Contest:
    """One campaign: the creators that are looked at, best first, with fits and cosines to values [v, n]."""

    creators: Sequence[int]
    fits: Floats
    values: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Profiles:
    """What the choice may know of all: niches as read [n, m] and tiers; vectors [n, d] only score."""

    read: Floats
    tiers: Sequence[str]
    vectors: Floats


def top(contest: Contest, k: int) -> list[int]:
    """Return the k best."""
    return list(contest.creators[:k])


def ties(contest: Contest, k: int, chance: np.random.Generator) -> list[int]:
    """Return k at random among so many of the best that their mean fit is `LEAST_FIT` of the k best."""
    least = LEAST_FIT * contest.fits[:k].mean()
    means = np.cumsum(contest.fits) / np.arange(1, len(contest.fits) + 1)
    widest = int(np.flatnonzero(means >= least).max()) + 1
    for _ in range(100):  # the draw's own mean scatters around that of all it draws from
        drawn = chance.choice(max(widest, k), size=k, replace=False)
        if contest.fits[drawn].mean() >= least:
            return [contest.creators[place] for place in drawn]
    return top(contest, k)


def portfolio(
    contest: Contest,
    profiles: Profiles,
    k: int,
    listed: Mapping[int, int],
    *,
    give: float,
) -> list[int]:
    """Return the product's choice, which may give up so much of the mean fit."""
    fits = np.maximum(contest.fits, 0.0)
    candidates = [
        Candidate(
            key=creator,
            fit=float(fits[place]),
            coverage={f"v{v}": max(0.0, float(row[place])) for v, row in enumerate(contest.values)},
            niches={
                str(niche): float(profiles.read[creator, niche])
                for niche in np.flatnonzero(profiles.read[creator] > 0.1)
            },
            groups={"tier": profiles.tiers[creator]},
            exposure=listed.get(creator, 0),
        )
        for place, creator in enumerate(contest.creators)
    ]
    weights = {f"v{v}": 1.0 for v in range(len(contest.values))}
    return [pick.key for pick in choose(candidates, Limits(size=k), weights=weights, give=give).picks]


def all_lists(contests: Sequence[Contest], profiles: Profiles, k: int) -> dict[str, Lists]:
    """Return each rival's lists for all campaigns in their order; the portfolio knows its earlier lists."""
    chance = np.random.default_rng(_SEED)
    made: dict[str, Lists] = {
        "top": [top(contest, k) for contest in contests],
        "ties": [ties(contest, k, chance) for contest in contests],
    }
    for name, give in (("portfolio", 1 - LEAST_FIT), ("as_shipped", GIVE)):
        listed: Counter[int] = Counter()
        lists = []
        for contest in contests:
            lists.append(portfolio(contest, profiles, k, listed, give=give))
            listed.update(lists[-1])
        made[name] = lists
    return made


def similarity(profiles: Profiles, chosen: Sequence[int]) -> float:
    """Return the mean cosine between two of a list."""
    ours = profiles.vectors[list(chosen)]
    count = len(ours)
    return float((np.square(ours.sum(axis=0)).sum() - count) / (count * (count - 1)))


def niche_figures(labels: Sequence[Sequence[str]]) -> tuple[int, float]:
    """Return how many different true niches a list has, and their entropy in bits."""
    counts = Counter(label for ours in labels for label in ours)
    return len(counts), entropy(counts.values())


def interval(ours: Sequence[float], theirs: Sequence[float]) -> dict[str, float]:
    """Return the mean difference over campaigns with its paired bootstrap interval (95 %)."""
    differences = np.array(ours) - np.array(theirs)
    chance = np.random.default_rng(_SEED)
    draws = chance.integers(len(differences), size=(_RESAMPLES, len(differences)))
    low, high = np.quantile(differences[draws].mean(axis=1), [0.025, 0.975])
    return {"mean": _short(differences.mean()), "low": _short(low), "high": _short(high)}


def gini_interval(ours: Lists, theirs: Lists, among: int) -> dict[str, float]:
    """Return the difference of the Gini coefficients of exposure, with a 95 % interval over campaigns.

    A coefficient of all campaigns together has no bootstrap: a campaign drawn twice is exposure by itself.
    The spread is that of random halves, which estimates the spread of the whole (delete-half jackknife, Shao
    and Wu 1989).
    """
    chance = np.random.default_rng(_SEED)
    count = len(ours)
    halves = [chance.permutation(count)[: count // 2] for _ in range(_HALVES)]
    spread = np.std([exposure(ours, among, half) - exposure(theirs, among, half) for half in halves])
    whole = exposure(ours, among) - exposure(theirs, among)
    return {
        "mean": _short(whole),
        "low": _short(whole - _TWO_SIDED * spread),
        "high": _short(whole + _TWO_SIDED * spread),
    }


def exposure(lists: Lists, among: int, which: npt.NDArray[np.int64] | None = None) -> float:
    """Return the Gini coefficient of how often each of `among` creators is on these lists."""
    places = range(len(lists)) if which is None else which.tolist()
    return gini(Counter(creator for place in places for creator in lists[place]).values(), among=among)


def _short(number: float | np.floating[npt.NBitBase]) -> float:
    return round(float(number), 4)
