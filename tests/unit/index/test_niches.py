"""The network that reads niches off vectors, and what it adds to them."""

import json
from io import BytesIO

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.niches import Niche, NicheReader, load_niches, read_names

D = 6


def reader_of(*, members: int = 2, niches: int = 5, strength: float = 0.85, seed: int = 0) -> NicheReader:
    random = np.random.default_rng(seed)
    arrays: dict[str, npt.NDArray[np.float32]] = {
        "members": np.array(members, dtype=np.float32),
        "scale": np.array(6, dtype=np.float32),
        "temperature": np.array(0.7, dtype=np.float32),
        "strength": np.array(strength, dtype=np.float32),
    }
    for i in range(members):
        arrays[f"inner{i}"] = random.normal(size=(D, 8)).astype(np.float32)
        arrays[f"inner_bias{i}"] = random.normal(size=8).astype(np.float32)
        arrays[f"outer{i}"] = random.normal(size=(8, niches)).astype(np.float32)
        arrays[f"outer_bias{i}"] = random.normal(size=niches).astype(np.float32)
    content = BytesIO()
    np.savez(content, **arrays)  # type: ignore[arg-type]  # the stubs take the second argument for a flag
    named = tuple(
        Niche(id=f"n{i}", names={"en": f"N{i}", "fr": f"N{i}"}, x=0.5, y=0.5) for i in range(niches)
    )
    return NicheReader(content.getvalue(), named)


def unit_vectors(count: int, seed: int = 1) -> npt.NDArray[np.float32]:
    rows = np.random.default_rng(seed).normal(size=(count, D)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def test_shares_are_a_distribution_for_every_text() -> None:
    shares = reader_of().shares(unit_vectors(50))

    assert (shares >= 0).all()
    assert shares.sum(axis=1) == pytest.approx(np.ones(50), abs=1e-5)


@given(st.integers(0, 1000), st.floats(0.1, 3))
@settings(max_examples=30, deadline=None)
def test_a_widened_product_is_the_weighted_mean_of_cosine_and_overlap(seed: int, strength: float) -> None:
    reader = reader_of(strength=strength, seed=seed)
    vectors = unit_vectors(2, seed)
    roots = np.sqrt(reader.shares(vectors))

    left, right = reader.widen(vectors)

    expected = (vectors[0] @ vectors[1] + strength**2 * (roots[0] @ roots[1])) / (1 + strength**2)
    assert float(left @ right) == pytest.approx(float(expected), abs=1e-5)
    assert float(left @ left) == pytest.approx(1, abs=1e-5)


def test_shares_are_found_again_in_a_widened_vector() -> None:
    reader, vectors = reader_of(), unit_vectors(20)

    assert reader.shares_within(reader.widen(vectors)) == pytest.approx(reader.shares(vectors), abs=1e-5)


def test_a_text_has_the_same_shares_alone_and_among_many() -> None:
    reader, vectors = reader_of(), unit_vectors(9000)

    assert reader.shares(vectors)[8999:] == pytest.approx(reader.shares(vectors[8999:]), abs=1e-6)


def test_the_width_can_be_cut_into_equal_pieces() -> None:
    assert reader_of(niches=5).width(512) == 544
    assert load_niches().width(512) % 32 == 0


def test_the_package_carries_niches_in_two_languages_with_places_on_the_map() -> None:
    niches = load_niches().niches

    assert len(niches) > 250
    assert len({niche.id for niche in niches}) == len(niches)
    for niche in niches:
        assert set(niche.names) == {"en", "fr"}
        assert all(name.strip() for name in niche.names.values())
        assert 0 <= niche.x <= 1
        assert 0 <= niche.y <= 1


def test_a_weights_file_with_pickled_objects_is_refused() -> None:
    content = BytesIO()
    np.savez(content, members=np.array([object()], dtype=object), allow_pickle=True)

    with pytest.raises(ValueError, match="allow_pickle"):
        NicheReader(content.getvalue(), ())


def test_names_are_read_in_the_order_of_the_outputs() -> None:
    rows = [{"id": name, "en": name, "fr": name, "x": 0, "y": 1} for name in ("b", "a")]

    assert [niche.id for niche in read_names(json.dumps(rows).encode())] == ["b", "a"]
