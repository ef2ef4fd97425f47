"""Quotas as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.domain.errors import BadInput
from agent.domain.portfolio import Bound, check_quotas, parse_quota


@pytest.mark.parametrize(
    ("text", "group", "low", "high"),
    [
        ("tier:nano=60%..", ("tier", "nano"), Bound(amount=Decimal(60), is_share=True), None),
        ("country:fr=5..10", ("country", "FR"), Bound(amount=Decimal(5)), Bound(amount=Decimal(10))),
        ("language:EN = ..40 %", ("language", "en"), None, Bound(amount=Decimal(40), is_share=True)),
        ("platform:tiktok=3", ("platform", "tiktok"), Bound(amount=Decimal(3)), Bound(amount=Decimal(3))),
        (
            "tier:micro=2..12,5%",
            ("tier", "micro"),
            Bound(amount=Decimal(2)),
            Bound(amount=Decimal("12.5"), is_share=True),
        ),
    ],
)
def test_a_quota_is_read_as_it_is_written(
    text: str, group: tuple[str, str], low: Bound | None, high: Bound | None
) -> None:
    quota = parse_quota(text)
    assert (quota.group, quota.low, quota.high, quota.text) == (group, low, high, text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nano=3", "is no quota"),
        ("age:old=3", "a quota counts tier, country"),
        ("tier:nano=60%", "at least or at most"),
        ("tier:nano=..", "asks for nothing"),
        ("tier:nano=9..2", "cannot both hold"),
        ("tier:nano=101%..", "more than all"),
        ("tier:nano=2.5..", "no number of creators"),
        ("", "is no quota"),
    ],
)
def test_what_is_no_quota_is_refused_with_an_example(text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        parse_quota(text)


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        (("country:FR=20..", "country:US=20.."), "ask for 40 creators, the list holds 30"),
        (("tier:nano=60%..", "tier:micro=50%.."), "ask for 110 % together"),
        (("tier:nano=1..", "tier:nano=..5"), "has two quotas"),
    ],
)
def test_quotas_that_contradict_each_other_are_refused(texts: tuple[str, ...], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        check_quotas([parse_quota(text) for text in texts], limit=30)


@given(st.integers(0, 100), st.integers(0, 60))
@settings(deadline=None)
def test_a_share_is_kept_exactly_and_never_almost(percent: int, size: int) -> None:
    bound = Bound(amount=Decimal(percent), is_share=True)
    assert 100 * bound.at_least(size) >= percent * size > 100 * (bound.at_least(size) - 1)
    assert 100 * bound.at_most(size) <= percent * size < 100 * (bound.at_most(size) + 1)
