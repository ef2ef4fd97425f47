"""Which way leads to whom, and what a message in somebody's hand may become."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from agent.domain.channel import CAUTIOUS, PLATFORMS, Channel, channel_for, direct_messages_on
from agent.domain.creator import Address
from agent.domain.errors import BadInput, InvalidTransition
from agent.domain.handover import TAKE_OVER_AFTER, HandoverState
from tests.builders import NOW, a_creator, a_handover
from tests.unit.house.tree import ROOT

BOTH = (Channel.EMAIL, Channel.DM)
UNSOURCED = Address(email="lison@creator.example")


@pytest.mark.parametrize(
    ("creator", "allowed", "expected"),
    [
        ({}, BOTH, Channel.EMAIL),
        ({}, (Channel.DM,), Channel.DM),
        ({"address": None}, BOTH, Channel.DM),
        ({"address": None}, (Channel.EMAIL,), None),
        ({"address": UNSOURCED}, BOTH, Channel.DM),
        ({"address": None, "platform": "youtube"}, BOTH, None),
        ({"address": None, "platform": "blog"}, BOTH, None),
        ({"business_contact": False}, BOTH, None),
        ({"address": None, "business_contact": None}, BOTH, Channel.DM),
        ({}, (), None),
    ],
)
def test_the_way_to_a_creator(
    creator: dict[str, Any], allowed: tuple[Channel, ...], expected: Channel | None
) -> None:
    assert channel_for(a_creator(**creator), allowed) is expected


def test_every_platform_says_where_its_figure_comes_from_and_when_it_was_read() -> None:
    for each in PLATFORMS:
        assert direct_messages_on(each.platform) is each
        assert each.source
        assert each.read_on >= date(2026, 1, 1)
        if not each.is_documented:
            assert each.most == CAUTIOUS
    assert min(each.most for each in PLATFORMS if each.is_documented) == CAUTIOUS


def test_one_person_has_a_message_and_says_twice_that_it_is_theirs() -> None:
    mine = a_handover().claimed(by="Camille", at=NOW)
    assert mine.claimed(by="Camille", at=NOW + timedelta(hours=1)) == mine
    with pytest.raises(BadInput, match=r"Camille is copying this since 09:30 UTC"):
        mine.claimed(by="Zoé", at=NOW + timedelta(minutes=1), taking_over=True)


def test_nobodys_silence_means_that_it_did_not_go() -> None:
    mine = a_handover().claimed(by="Camille", at=NOW)
    later = NOW + TAKE_OVER_AFTER
    with pytest.raises(BadInput, match="has not said what became of it"):
        mine.claimed(by="Zoé", at=later)
    taken = mine.claimed(by="Zoé", at=later, taking_over=True)
    assert (taken.by, taken.claimed_at) == ("Zoé", later)


def test_a_message_put_back_is_anybodys() -> None:
    back = a_handover().claimed(by="Camille", at=NOW).put_back()
    assert (back.state, back.by, back.claimed_at) == (HandoverState.WAITING, None, None)


@pytest.mark.parametrize("state", [HandoverState.SENT, HandoverState.FAILED, HandoverState.CANCELLED])
def test_what_is_over_is_not_taken_again(state: HandoverState) -> None:
    with pytest.raises(InvalidTransition):
        replace(a_handover(), state=state).claimed(by="Camille", at=NOW)


def test_the_guide_shows_the_table_as_it_is() -> None:
    rows = re.findall(r"^\| ([a-z]+) \| ([\d,]+)(, cautious)? \| (yes|no) \|", _guide(), re.MULTILINE)
    assert [
        (platform, int(most.replace(",", "")), not cautious, links == "yes")
        for platform, most, cautious, links in rows
    ] == [(each.platform, each.most, each.is_documented, each.links) for each in PLATFORMS]


def _guide() -> str:
    return (ROOT / "docs" / "channels.md").read_text("utf-8")
