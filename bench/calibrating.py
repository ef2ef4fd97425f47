"""Fits and judges the curve that turns a cosine into a probability of fit."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.folder import Query
from bench.scoring import Doubles

FOLDS = 5
FITTED_ON = 300  # the first of each ranking: whom nobody would look at says nothing about who is looked at
JUDGED_ON = 50
BINS = 10
_PARTLY = 1.0


def calibration(queries: Sequence[Query], cosines: Sequence[Doubles]) -> dict[str, Any]:
    """Return the curve over all queries, and how far curves are off on niches they were not fitted on.

    `ece` is the expected calibration error over ten bins of equal width, among the first 50 of each ranking;
    `bins` are the reliability diagram: how many, what was predicted, what was labelled.
    """
    pairs = [
        (query, values)
        for query, values in zip(queries, cosines, strict=True)
        if query.track == "profile" and query.kind != "filter"
    ]
    niches = sorted({query.niche for query, _ in pairs})
    predicted, labelled = [], []
    for fold in range(FOLDS):
        held = set(niches[fold::FOLDS])
        curve = _fitted([pair for pair in pairs if pair[0].niche not in held])
        for query, values in pairs:
            if query.niche in held:
                rows, fits = _first(query, values, JUDGED_ON)
                predicted.append(curve.predict_proba(rows[:, None])[:, 1])
                labelled.append(fits)
    curve = _fitted(pairs)
    return {
        "intercept": round(float(curve.intercept_[0]), 3),
        "slope": round(float(curve.coef_[0, 0]), 3),
        **_reliability(np.concatenate(predicted), np.concatenate(labelled)),
    }


def _fitted(pairs: Sequence[tuple[Query, Doubles]]) -> LogisticRegression:
    chosen = [_first(query, values, FITTED_ON) for query, values in pairs]
    cosines = np.concatenate([rows for rows, _ in chosen])
    return LogisticRegression(C=100).fit(cosines[:, None], np.concatenate([fits for _, fits in chosen]))


def _first(query: Query, cosines: Doubles, count: int) -> tuple[Doubles, Doubles]:
    """Return the highest cosines among the judged candidates, and whether each fits at least in part."""
    judged = np.flatnonzero(~query.hints)
    best = judged[np.argsort(-cosines[judged], kind="stable")[:count]]
    return cosines[best], (query.gains[best] >= _PARTLY).astype(np.float64)


def _reliability(predicted: Doubles, labelled: Doubles) -> dict[str, Any]:
    place = np.minimum((predicted * BINS).astype(int), BINS - 1)
    bins, error = [], 0.0
    for number in range(BINS):
        inside = place == number
        if inside.any():
            expected, found = float(predicted[inside].mean()), float(labelled[inside].mean())
            error += float(inside.mean()) * abs(expected - found)
            bins.append(
                {"n": int(inside.sum()), "predicted": round(expected, 3), "labelled": round(found, 3)}
            )
    return {"ece": round(error, 4), "fits": round(float(labelled.mean()), 3), "bins": bins}
