"""Compares the shortlist as a portfolio with the k best, at equal mean fit.

Equal means: the portfolio's mean fit is at least 99 % of that of the k best, in every single campaign; the
product's own search for the greatest weight of coverage that keeps this is used with `give` = 1 %. A second
rival spends the same 1 % at random.

Generated creators (`bench/crowd.py`) have true niches that the choice never sees: it gets cosines, and niches
as read off the vectors. Where NANOREACH_DEV_DATA names labelled data, the same is done on real creators, with
the product's probabilities of fit and the niches that it reads; labels only score.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from time import process_time
from typing import Any

import numpy as np

from agent.domain.portfolio import Candidate, Limits, choose
from bench.crowd import NICHES, Crowd, Maker, a_crowd, a_maker
from bench.real_contests import real_world
from bench.rivals import (
    LEAST_FIT,
    WIDTH,
    Contest,
    Lists,
    Profiles,
    all_lists,
    exposure,
    gini_interval,
    interval,
    niche_figures,
    similarity,
)

K = 30
_LEAST_CARRIERS = 3
_CAMPAIGNS = 50
_SEEDS = (3, 4, 5, 6, 7)
"""The first world gives the figures and the flags, the others say whether it is one of many alike."""
_RIVALS = ("top", "ties")

Measure = Callable[[int, Sequence[int]], float]
"""Scores the list of one campaign (by its number)."""


def run(*, full: bool) -> dict[str, Any]:
    """Return figures of each way to choose, paired differences with intervals, and pass flags.

    `worlds_passing` counts the generated worlds in which each flag holds.
    """
    worlds = [_generated(10_000 if full else 2_000, seed) for seed in _SEEDS]
    real = real_world(K)
    told: dict[str, Any] = {
        "k": K,
        "campaigns": _CAMPAIGNS,
        "least_fit": LEAST_FIT,
        "generated": worlds[0],
        "worlds": len(worlds),
        "worlds_passing": dict(sum((Counter(passes(world)) for world in worlds), Counter())),
        "real": compared(*real) if real is not None else None,
        "cpu_seconds_10000_to_100": round(_pace(), 2),
    }
    for world in ("generated", "real"):
        if told[world] is not None:
            told |= {f"pass_{world}_{name}": passed for name, passed in passes(told[world]).items()}
    told["pass"] = all(value for name, value in told.items() if name.startswith("pass_"))
    return told


def compared(
    contests: Sequence[Contest], profiles: Profiles, measures: Mapping[str, Measure], k: int = K
) -> dict[str, Any]:
    """Return the means of all measures for each rival, and how the portfolio differs from the others."""
    lists = all_lists(contests, profiles, k)
    among = len(profiles.vectors)
    standard: dict[str, Measure] = {
        "mean_fit": lambda at, chosen: _mean_fit(contests[at], chosen),
        "similarity": lambda _, chosen: similarity(profiles, chosen),
    }
    scores = {
        rival: {
            name: [measure(at, chosen) for at, chosen in enumerate(ours)]
            for name, measure in (standard | dict(measures)).items()
        }
        for rival, ours in lists.items()
    }
    kept = {
        rival: min(np.array(ours["mean_fit"]) / np.array(scores["top"]["mean_fit"]))
        for rival, ours in scores.items()
    }
    return {
        "creators": among,
        "campaigns": len(contests),
        "means": {rival: _means(ours) for rival, ours in scores.items()},
        "least_fit_kept": {rival: round(float(share), 4) for rival, share in kept.items()},
        "exposure_gini": {rival: round(exposure(ours, among), 4) for rival, ours in lists.items()},
        "portfolio_against": {rival: _against(scores, lists, rival, among) for rival in _RIVALS},
    }


def passes(world: Mapping[str, Any]) -> dict[str, bool]:
    """Return whether the portfolio is better than the k best beyond chance, at equal fit."""
    against = world["portfolio_against"]["top"]
    flags = {
        "fit": world["least_fit_kept"]["portfolio"] >= LEAST_FIT,
        "niches": against["niches"]["low"] > 0,
        "entropy": against["entropy"]["low"] > 0,
        "similarity": against["similarity"]["high"] < 0,
        "exposure": against["exposure_gini"]["high"] < 0,
    }
    if "values" in against:
        flags["values"] = against["values"]["low"] > 0
    return flags


def _generated(count: int, seed: int) -> dict[str, Any]:
    chance = np.random.default_rng(seed)
    crowd = a_crowd(count, chance)
    makers = [a_maker(crowd, chance) for _ in range(_CAMPAIGNS)]
    names = [[str(niche) for niche in ours if niche >= 0] for ours in crowd.niches.tolist()]
    contests = []
    for maker in makers:
        fits = crowd.vectors @ maker.text
        best = np.argsort(-fits, kind="stable")[: WIDTH * K]
        contests.append(
            Contest(creators=best.tolist(), fits=fits[best], values=maker.values @ crowd.vectors[best].T)
        )
    measures: dict[str, Measure] = {
        "values": lambda at, chosen: _values_covered(crowd, makers[at], chosen),
        "niches": lambda _, chosen: niche_figures([names[creator] for creator in chosen])[0],
        "entropy": lambda _, chosen: niche_figures([names[creator] for creator in chosen])[1],
    }
    profiles = Profiles(read=crowd.read, tiers=crowd.tiers, vectors=crowd.vectors)
    return compared(contests, profiles, measures) | {"niches_in_all": NICHES}


def _values_covered(crowd: Crowd, maker: Maker, chosen: Sequence[int]) -> float:
    """Return the share of the brand's values whose true niche at least three of the list are in."""
    ours = crowd.niches[list(chosen)]
    carriers = (ours[:, :, None] == maker.niches[None, None, :]).any(axis=1).sum(axis=0)
    return float((carriers >= _LEAST_CARRIERS).mean())


def _mean_fit(contest: Contest, chosen: Sequence[int]) -> float:
    places = {creator: place for place, creator in enumerate(contest.creators)}
    return float(np.mean([contest.fits[places[creator]] for creator in chosen]))


def _means(scores: Mapping[str, Sequence[float]]) -> dict[str, float]:
    return {name: round(float(np.mean(values)), 4) for name, values in scores.items()}


def _against(
    scores: Mapping[str, Mapping[str, Sequence[float]]], lists: Mapping[str, Lists], rival: str, among: int
) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: interval(ours, scores[rival][name]) for name, ours in scores["portfolio"].items()
    }
    return found | {"exposure_gini": gini_interval(lists["portfolio"], lists[rival], among)}


def _pace() -> float:
    """Return the processor seconds of choosing 100 of 10,000 candidates."""
    chance = np.random.default_rng(_SEEDS[0])
    crowd = a_crowd(10_000, chance)
    maker = a_maker(crowd, chance)
    fits, values = crowd.vectors @ maker.text, crowd.vectors @ maker.values.T
    candidates = [
        Candidate(
            key=number,
            fit=max(0.0, float(fits[number])),
            coverage={f"v{v}": max(0.0, float(cosine)) for v, cosine in enumerate(values[number])},
            niches={str(n): float(crowd.read[number, n]) for n in np.flatnonzero(crowd.read[number] > 0.1)},
            groups={"tier": crowd.tiers[number]},
        )
        for number in range(len(crowd.vectors))
    ]
    began = process_time()
    choose(candidates, Limits(size=100), weights={f"v{v}": 1.0 for v in range(len(maker.values))})
    return process_time() - began
