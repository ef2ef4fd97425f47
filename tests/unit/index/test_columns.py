"""The filters of the index against the ones of the domain, which stay the truth."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from agent.adapters.similarity import where_of
from agent.domain.filters import Filters, refusal
from agent.domain.ids import CreatorId
from index import Document, Where
from index.columns import Columns

WORDS = st.sampled_from(["fr", "en", "FR", "", "de\0", "été", "\ud800"])
WANTED = st.frozensets(WORDS, max_size=3)
FOLLOWERS = st.integers(-3, 12) | st.sampled_from([2**63, -(2**63), 2**80])
BOUNDS = st.none() | FOLLOWERS
DOCUMENTS = st.lists(
    st.builds(
        Document,
        key=st.just(0),
        whole=st.just("words"),
        platform=WORDS,
        language=st.none() | WORDS,
        country=st.none() | WORDS,
        followers=st.none() | st.integers(-3, 12),
    ),
    max_size=12,
)
FILTERS = st.builds(
    Filters, languages=WANTED, countries=WANTED, platforms=WANTED, followers_min=BOUNDS, followers_max=BOUNDS
)


def kept_by_the_domain(filters: Filters, documents: list[Document]) -> list[bool]:
    return [
        not refusal(
            filters,
            language=document.language,
            country=document.country,
            followers=document.followers,
            platform=document.platform,
        )
        for document in documents
    ]


@given(documents=DOCUMENTS, filters=FILTERS)
def test_index_and_domain_keep_the_same_creators(documents: list[Document], filters: Filters) -> None:
    kept = Columns.of(documents).keeps(where_of(filters, ()))
    assert kept.tolist() == kept_by_the_domain(filters, documents)


@given(first=DOCUMENTS, second=DOCUMENTS, filters=FILTERS)
def test_columns_that_were_joined_kept_and_read_again_say_the_same(
    first: list[Document], second: list[Document], filters: Filters
) -> None:
    joined = Columns.of(first).joined(Columns.of(second))
    again = Columns.from_arrays(joined.arrays())
    order = np.arange(len(first) + len(second))[::-1]
    kept = again.take(order).keeps(where_of(filters, ()))
    assert kept.tolist() == kept_by_the_domain(filters, [*first, *second])[::-1]


def test_the_mark_of_a_filter_tells_every_rule_apart() -> None:
    rules = [
        Where(),
        Where(languages=frozenset({"fr"})),
        Where(countries=frozenset({"fr"})),
        Where(platforms=frozenset({"fr"})),
        Where(followers_min=1),
        Where(followers_max=1),
        Where(allowed=np.array([1])),
        Where(excluded=np.array([1])),
        Where(allowed=np.array([], dtype=np.int64)),
    ]
    assert len({rule.mark for rule in rules}) == len(rules)
    assert replace(rules[1]).mark == rules[1].mark


def test_excluded_creators_are_given_by_their_numbers() -> None:
    where = where_of(Filters(), {CreatorId(7), CreatorId(3)})
    assert where.excluded.tolist() == [3, 7]
