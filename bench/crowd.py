"""Makes creators and brands as vectors: domains with niches in them, a few loud creators near everything.

A niche is a direction near its domain's; a creator lies near one niche, often also near a second one, and
its vector carries noise. Some creators post about everything, which puts them near the middle of all: they
come up for every brand. A brand has values, each near a niche of its own; its text is the mean of its values.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

DOMAINS, NICHES_EACH, DIMENSIONS = 8, 5, 96
NICHES = DOMAINS * NICHES_EACH
_TEMPERATURE = 0.12
_TIERS, _PARTS = ("nano", "micro", "larger"), (0.7, 0.22, 0.08)


@dataclass(frozen=True, kw_only=True, eq=False)
class Crowd:
    """n creators: unit vectors [n, d], true niches [n, 2] (-1: no second), tiers, and niches as read [n, 40].

    What is read comes from the vectors alone, as a classifier would give it; the true ones only score.
    """

    vectors: Floats
    niches: Numbers
    tiers: tuple[str, ...]
    read: Floats
    middles: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Maker:
    """A brand: unit vectors of its values [v, d], the niche of each, and of its text [d]."""

    values: Floats
    niches: Numbers
    text: Floats


def a_crowd(count: int, chance: np.random.Generator) -> Crowd:
    """Return creators; niches are of unequal size, and one creator in twenty is loud."""
    domains = unit(chance.normal(size=(DOMAINS, DIMENSIONS)))
    middles = unit(
        np.repeat(domains, NICHES_EACH, axis=0) + 0.8 * unit(chance.normal(size=(NICHES, DIMENSIONS)))
    )
    sizes = 1 / np.arange(1, NICHES + 1) ** 0.7
    popular = chance.permutation(sizes / sizes.sum())
    first = chance.choice(NICHES, size=count, p=popular)
    second = np.where(chance.random(count) < 0.5, _near(first, chance), -1)
    second = np.where(second == first, -1, second)
    weights = np.where(second >= 0, chance.uniform(0.3, 0.8, count), 0.0)[:, None]
    loud = np.where(chance.random(count) < 0.05, chance.uniform(1.0, 2.0, count), 0.0)[:, None]
    noise = unit(chance.normal(size=(count, DIMENSIONS)))
    vectors = unit(
        middles[first] + weights * middles[second] + loud * unit(middles.mean(axis=0)) + 0.9 * noise
    )
    likely = np.exp(vectors @ middles.T / _TEMPERATURE)
    return Crowd(
        vectors=vectors,
        niches=np.stack([first, second], axis=1),
        tiers=tuple(chance.choice(_TIERS, size=count, p=_PARTS).tolist()),
        read=likely / likely.sum(axis=1, keepdims=True),
        middles=middles,
    )


def a_maker(crowd: Crowd, chance: np.random.Generator, *, values: int = 4) -> Maker:
    """Return a brand with values from niches of two domains."""
    domains = chance.choice(DOMAINS, size=2, replace=False)
    pool = np.concatenate([np.arange(NICHES_EACH) + domain * NICHES_EACH for domain in domains])
    niches = chance.choice(pool, size=values, replace=False)
    vectors = unit(crowd.middles[niches] + 0.5 * unit(chance.normal(size=(values, DIMENSIONS))))
    return Maker(values=vectors, niches=niches, text=unit(vectors.sum(axis=0)))


def unit(vectors: Floats) -> Floats:
    """Return vectors [..., d] at length 1."""
    lengths: Floats = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.maximum(lengths, 1e-12)


def _near(niches: Numbers, chance: np.random.Generator) -> Numbers:
    """Return a second niche for each: mostly of the same domain."""
    own = niches // NICHES_EACH * NICHES_EACH + chance.integers(NICHES_EACH, size=len(niches))
    return np.where(chance.random(len(niches)) < 0.7, own, chance.integers(NICHES, size=len(niches)))
