"""Rules become expressions in which there are only numbers; together they keep whom the rules keep."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Where
from index.milvus import filters
from index.milvus.filters import code_of, kept, slices
from index.milvus.server import KEYS_AT_ONCE

LARGEST = 2**63 - 1
WORDS = ["fr", "en", "", "' or 1 == 1 --", '"]', "日本語"]
KEYS = st.integers(0, 60) | st.just(LARGEST)
ROWS = st.fixed_dictionaries(
    {
        "key": KEYS,
        "language": st.sampled_from([None, *WORDS]),
        "country": st.sampled_from([None, *WORDS]),
        "platform": st.sampled_from(WORDS),
        "followers": st.sampled_from([-LARGEST - 1, -LARGEST, -1, 0, 5, 1000, LARGEST]),
    }
)
SETS = st.frozensets(st.sampled_from(WORDS), max_size=3)
BOUNDS = st.none() | st.sampled_from([-(2**70), -1, 0, 5, 1000, 2**70])
ARRAYS = st.lists(KEYS, max_size=30).map(lambda keys: np.array(keys, dtype=np.int64))
RULES = st.builds(
    Where,
    languages=SETS,
    countries=SETS,
    platforms=SETS,
    followers_min=BOUNDS,
    followers_max=BOUNDS,
    allowed=st.none() | ARRAYS,
    excluded=ARRAYS,
)


@given(where=RULES, row=ROWS, size=st.integers(1, 7))
def test_exactly_one_expression_keeps_a_creator_whom_the_rules_keep(
    where: Where, row: dict[str, Any], size: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(filters, "KEYS_AT_ONCE", size)
        expressions = list(slices(where))
    stored = {
        name: code_of(value) if name in {"language", "country", "platform"} else value
        for name, value in row.items()
    }
    # what we ask of Milvus means the same in Python
    found = [expression for expression in expressions if eval(expression, {}, stored)]
    assert len(found) == int(_kept_by_the_rules(where, row))
    assert kept([stored], where).tolist() == [bool(found)]


@given(where=RULES)
def test_nothing_but_numbers_and_our_own_names_gets_into_an_expression(where: Where) -> None:
    allowed = re.compile(r"(?:key|language|country|platform|followers|and|not|in|-?\d+|>=|<=|[()\[\], ])*")
    assert [expression for expression in slices(where) if not allowed.fullmatch(expression)] == []


def test_no_expression_holds_more_keys_than_a_request_may_have() -> None:
    many = np.arange(0, 3 * KEYS_AT_ONCE + 1, dtype=np.int64)
    for where in (Where(excluded=many), Where(allowed=many)):
        assert max(expression.count(",") + 1 for expression in slices(where)) == KEYS_AT_ONCE


def test_words_are_told_apart_and_unknown_is_no_word() -> None:
    assert code_of(None) == 0
    assert len({code_of(word) for word in [None, *WORDS, "FR", "fr "]}) == len(WORDS) + 3
    assert all(0 < code_of(word) <= LARGEST for word in WORDS)
    assert code_of("fr") == 4976735194254535262  # what is stored today has to be found tomorrow


def _kept_by_the_rules(where: Where, row: dict[str, Any]) -> bool:
    key, followers = row["key"], row["followers"]
    asked = ((where.languages, "language"), (where.countries, "country"), (where.platforms, "platform"))
    if any(wanted and row[name] not in wanted for wanted, name in asked):
        return False
    low, high = where.followers_min, where.followers_max
    counted = followers >= -LARGEST
    if (low is not None or high is not None) and not counted:
        return False
    clear = (low is None or followers >= _within(low)) and (high is None or followers <= _within(high))
    listed = where.allowed is None or key in where.allowed.tolist()
    return clear and listed and key not in where.excluded.tolist()


def _within(bound: int) -> int:
    return max(-LARGEST, min(bound, LARGEST))
