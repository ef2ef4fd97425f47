"""Turns a cosine into a probability that the creator fits, where a model has been measured.

The curve is a logistic regression of "labelled as fitting, at least in part" on the cosine between the
brand's text and the whole creator, over the 300 nearest of each text (Platt 1999). `python -m bench match`
fits it anew, and says how far such curves are off on niches that they were not fitted on.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Curve:
    """A logistic curve over the cosine."""

    intercept: float
    slope: float

    def at(self, cosine: float) -> float:
        """Return the probability in (0, 1)."""
        return 1 / (1 + math.exp(-(self.intercept + self.slope * cosine)))


# by the identity of the embedder: a scale belongs to one model with one set of weights
CURVES: Mapping[str, Curve] = {
    "multilingual-use-v3+2:6b6af08cf9844592-4a220b98026f4de1:800": Curve(intercept=-4.458, slope=15.284),
}


def probability(identity: str, cosine: float) -> float | None:
    """Return the probability of fit for a cosine of this model; None for a model that was not measured."""
    curve = CURVES.get(identity)
    return None if curve is None else curve.at(cosine)
