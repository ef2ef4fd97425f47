"""nDCG and intervals, for the benches that judge a ranking."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bench.folder import STRONG, Query

DEPTH = 10
RESAMPLES = 10_000
_DISCOUNTS = 1 / np.log2(np.arange(2, DEPTH + 2))

Doubles = npt.NDArray[np.float64]


def ndcg(query: Query, scores: Doubles, *, strict: bool = False) -> float:
    """Return nDCG@10 of the candidates in the order of their scores [n], ties by position."""
    order = np.argsort(-scores, kind="stable")
    gains, ideal = query.gains, np.array(query.ideal)
    if strict:
        gains, ideal = np.where(gains == STRONG, STRONG, 0.0), ideal[ideal == STRONG]
    else:
        order = order[~query.hints[order]]
    return dcg(gains[order]) / dcg(np.sort(ideal)[::-1])


def dcg(gains: Doubles) -> float:
    """Return the discounted cumulative gain of a ranking's first ten [n], with gains 2^g - 1."""
    top = gains[:DEPTH]
    return float(((2**top - 1) * _DISCOUNTS[: len(top)]).sum())


def interval(values: Sequence[float]) -> list[float]:
    """Return the 95 % interval of a mean, by bootstrap over the values."""
    random = np.random.default_rng(0)
    rows = random.integers(0, len(values), size=(RESAMPLES, len(values)))
    means = np.array(values)[rows].mean(axis=1)
    return [round(float(bound), 3) for bound in np.percentile(means, [2.5, 97.5])]
