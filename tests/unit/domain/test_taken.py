"""One conversation per person: when it ends, how long the rest is, and what never lapses."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.domain.brand import Cadence
from agent.domain.ids import CampaignId, OutreachId
from agent.domain.outreach import FINAL_NO, OutreachStatus
from agent.domain.taken import Because, Manners, Past, Taken, in_words, taken, taken_for_list
from tests.builders import NOW, an_outreach

HOUSE = Manners(answer_within=timedelta(days=14), rest=timedelta(days=90))
OTHER = OutreachId("o-other")
INSTANT = timedelta(microseconds=1)
DAY = timedelta(days=1)
_TOLD = ("cadence", "left_at", "heard_at", "over_at")


def past(status: OutreachStatus = OutreachStatus.CONTACTED, **fields: Any) -> Past:
    """Return a conversation for spring whose first letter left at NOW."""
    told: dict[str, Any] = {"cadence": Cadence(), "left_at": NOW}
    told |= {name: fields.pop(name) for name in _TOLD if name in fields}
    usual: dict[str, Any] = {"touches_sent": 1, "campaign_id": CampaignId("spring")}
    return Past(outreach=an_outreach("o-1", status=status, **(usual | fields)), **told)


def asked(*history: Past, at: datetime, this: OutreachId = OTHER) -> Taken | None:
    return taken(history, this=this, now=at, manners=HOUSE)


def because(*history: Past, at: datetime, this: OutreachId = OTHER) -> Because | None:
    found = asked(*history, at=at, this=this)
    return found.because if found is not None else None


def test_a_silent_conversation_ends_and_the_rest_after_it_does_too() -> None:
    ended = NOW + 14 * DAY
    assert because(past(), at=ended - INSTANT) is Because.TALKING
    assert because(past(), at=ended) is Because.RESTING
    assert because(past(), at=ended + 90 * DAY - INSTANT) is Because.RESTING
    assert because(past(), at=ended + 90 * DAY) is None


def test_everybody_is_told_the_same_end_from_the_first_day_to_the_last() -> None:
    free = NOW + 104 * DAY
    for days in (0, 13, 14, 50, 103):
        found = asked(past(), at=NOW + days * DAY)
        assert found is not None
        assert found.until == free


def test_silence_counts_from_when_the_next_letter_is_due() -> None:
    away = past(next_touch_at=NOW + 30 * DAY)
    assert because(away, at=NOW + 44 * DAY - INSTANT) is Because.TALKING
    assert because(away, at=NOW + 44 * DAY) is Because.RESTING


def test_a_campaign_may_ask_for_a_longer_rest_and_not_for_a_shorter_one() -> None:
    ended = NOW + 14 * DAY
    longer = past(cadence=Cadence(rest=180 * DAY))
    assert because(longer, at=ended + 180 * DAY - INSTANT) is Because.RESTING
    assert because(longer, at=ended + 180 * DAY) is None
    shorter = past(cadence=Cadence(rest=10 * DAY))
    assert because(shorter, at=ended + 90 * DAY - INSTANT) is Because.RESTING


def test_an_answer_is_waited_for_no_shorter_than_a_follow_up_may_be_late() -> None:
    slow = past(cadence=Cadence(stale_after=40 * DAY))
    assert because(slow, at=NOW + 40 * DAY - INSTANT) is Because.TALKING


@given(days=st.integers(min_value=0, max_value=20_000))
def test_a_no_never_lapses(days: int) -> None:
    for status in FINAL_NO:
        refused = past(status)
        assert because(refused, at=NOW + days * DAY) is Because.REFUSED
        found = taken_for_list((refused, past()), now=NOW + days * DAY, manners=HOUSE)
        assert found is not None
        assert (found.because, found.until) == (Because.REFUSED, None)


def test_whoever_waits_for_our_answer_is_spoken_with_until_they_have_it() -> None:
    waiting = past(OutreachStatus.IN_CONVERSATION, heard_at=NOW + DAY)
    assert because(waiting, at=NOW + 900 * DAY) is Because.TALKING
    answered = replace(waiting, left_at=NOW + 2 * DAY)
    assert because(answered, at=NOW + 16 * DAY - INSTANT) is Because.TALKING
    assert because(answered, at=NOW + 16 * DAY) is Because.RESTING


def test_an_agreement_holds_a_person_until_it_is_over() -> None:
    agreed = past(OutreachStatus.AGREED)
    assert because(agreed, at=NOW + 900 * DAY) is Because.TALKING
    over = replace(agreed, over_at=NOW + 60 * DAY)
    assert because(over, at=NOW + 60 * DAY) is Because.RESTING
    assert because(over, at=NOW + 150 * DAY) is None


def test_a_closed_conversation_is_followed_by_a_rest_where_something_reached_them() -> None:
    closed = past(OutreachStatus.CLOSED)
    assert because(closed, at=NOW) is Because.RESTING
    assert because(closed, at=NOW + 90 * DAY) is None
    refused_by_the_server = past(OutreachStatus.CLOSED, touches_sent=0, left_at=None)
    assert because(refused_by_the_server, at=NOW) is None


def test_a_letter_of_which_nobody_knows_counts_as_one_that_left() -> None:
    uncertain = past(OutreachStatus.SHORTLISTED, touches_sent=0, left_at=NOW + DAY)
    assert because(uncertain, at=NOW + 15 * DAY - INSTANT) is Because.TALKING
    assert because(uncertain, at=NOW + 15 * DAY) is Because.RESTING


def test_nothing_more_is_written_in_a_conversation_that_ended_rest_or_not() -> None:
    this = OutreachId("o-1")
    assert because(past(), at=NOW + 14 * DAY - INSTANT, this=this) is None
    for days in (14, 104, 900):
        assert because(past(), at=NOW + days * DAY, this=this) is Because.ENDED


def test_a_place_on_a_list_keeps_others_from_listing_and_nobody_from_writing() -> None:
    listed = past(OutreachStatus.SHORTLISTED, touches_sent=0, left_at=None)
    assert because(listed, at=NOW) is None
    on_a_list = taken_for_list([listed], now=NOW + 90 * DAY - INSTANT, manners=HOUSE)
    assert on_a_list is not None
    assert on_a_list.because is Because.LISTED
    assert taken_for_list([listed], now=NOW + 90 * DAY, manners=HOUSE) is None


def test_the_most_final_reason_is_told_and_of_several_rests_the_longest() -> None:
    later = past(left_at=NOW + 3 * DAY, updated_at=NOW + 3 * DAY)
    found = asked(past(), later, at=NOW + 20 * DAY)
    assert found is not None
    assert found.until == NOW + 107 * DAY
    assert because(past(), past(OutreachStatus.STOPPED), at=NOW + 20 * DAY) is Because.REFUSED


@pytest.mark.parametrize(
    ("status", "days", "words"),
    [
        (OutreachStatus.CONTACTED, 0, "already in conversation for spring; if no answer comes, free from"),
        (OutreachStatus.CONTACTED, 20, "left alone until 2027-01-18, as a conversation for spring ended"),
        (OutreachStatus.AGREED, 0, "already in conversation for spring"),
        (OutreachStatus.DECLINED, 0, "said no in spring"),
        (OutreachStatus.STOPPED, 0, "asked not to be written to, or cannot be, in spring"),
    ],
)
def test_the_reason_is_told_in_words(status: OutreachStatus, days: int, words: str) -> None:
    found = asked(past(status), at=NOW + days * DAY)
    assert found is not None
    assert in_words(found).startswith(words)
