"""From a cosine to a probability of fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.calibration import CURVES, Curve, probability
from index.embedder import DEFAULT, PLAIN, UseEmbedder

cosines = st.floats(-1, 1)


def test_the_default_model_was_measured_with_the_weights_that_it_has() -> None:
    identity = UseEmbedder(DEFAULT).identity

    assert probability(identity, 0.5) == pytest.approx(CURVES[identity].at(0.5))


def test_a_model_that_was_not_measured_has_no_probability() -> None:
    assert probability(UseEmbedder(PLAIN).identity, 0.5) is None
    assert probability("another:model:384", 0.5) is None


@given(first=cosines, second=cosines)
def test_the_nearer_is_never_less_probable(first: float, second: float) -> None:
    for curve in CURVES.values():
        low, high = sorted((first, second))
        assert 0 < curve.at(low) <= curve.at(high) < 1


def test_a_curve_is_logistic() -> None:
    curve = Curve(intercept=-2.0, slope=4.0)

    assert curve.at(0.5) == pytest.approx(0.5)
    assert curve.at(1.0) == pytest.approx(0.880797, abs=1e-6)
