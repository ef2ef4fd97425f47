"""Every lifecycle over the full product of its states."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from itertools import product
from typing import Any

import pytest

from agent.domain import delivery, draft, handover, outreach
from agent.domain.brief import AgreementStatus, agreement
from agent.domain.delivery import DeliveryState, has_waited_long_enough, retry_after
from agent.domain.draft import DraftStatus, Severity
from agent.domain.errors import InvalidTransition
from agent.domain.handover import HandoverState
from agent.domain.lifecycle import step
from agent.domain.outreach import AWAITING_ANSWER, OutreachStatus
from agent.domain.replies import ReplyKind, status_after
from tests.builders import NOW, a_delivery, a_draft, a_finding, an_outreach

TABLES: tuple[tuple[Any, Any], ...] = (
    (OutreachStatus, outreach.TRANSITIONS),
    (DraftStatus, draft.TRANSITIONS),
    (DeliveryState, delivery.TRANSITIONS),
    (AgreementStatus, agreement.TRANSITIONS),
    (HandoverState, handover.TRANSITIONS),
)
PAIRS = [
    pytest.param(table, was, wanted, id=f"{states.__name__}-{was}-{wanted}")
    for states, table in TABLES
    for was, wanted in product(states, states)
]


@pytest.mark.parametrize(("states", "table"), TABLES)
def test_every_state_stands_in_its_table(
    states: type[StrEnum], table: Mapping[StrEnum, frozenset[StrEnum]]
) -> None:
    assert set(table) == set(states)


@pytest.mark.parametrize(("table", "was", "wanted"), PAIRS)
def test_a_step_is_possible_exactly_where_the_table_holds_it(
    table: Mapping[StrEnum, frozenset[StrEnum]], was: StrEnum, wanted: StrEnum
) -> None:
    if wanted in table[was]:
        assert step("thing", table, was, wanted) is wanted
    else:
        with pytest.raises(InvalidTransition, match=f"that is {was} cannot become {wanted}"):
            step("thing", table, was, wanted)


@pytest.mark.parametrize("state", [DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.CANCELLED])
def test_nothing_leads_out_of_a_delivery_that_is_over(state: DeliveryState) -> None:
    assert delivery.TRANSITIONS[state] == frozenset()


def test_data_never_goes_back_to_queued_except_by_the_servers_own_word() -> None:
    # the machine's recovery uses `settled(UNCERTAIN)`; only a 4xx answer postpones a delivery in data
    in_data = replace(a_delivery(), state=DeliveryState.DATA, owner="w", lease_until=NOW)
    assert in_data.settled(DeliveryState.UNCERTAIN, at=NOW).state is DeliveryState.UNCERTAIN
    assert in_data.postponed(until=NOW, reason="451", attempted=True).state is DeliveryState.QUEUED


@pytest.mark.parametrize("status", [s for s in OutreachStatus if s not in AWAITING_ANSWER])
def test_leaving_the_wait_for_an_answer_ends_the_cadence(status: OutreachStatus) -> None:
    waiting = replace(an_outreach(), status=OutreachStatus.CONTACTED, next_touch_at=NOW)
    assert waiting.advance(status, at=NOW).next_touch_at is None


@pytest.mark.parametrize("was", list(OutreachStatus))
@pytest.mark.parametrize("kind", list(ReplyKind))
def test_every_answer_is_a_possible_step_from_every_state(kind: ReplyKind, was: OutreachStatus) -> None:
    status = status_after(kind, was)
    if status is not was:
        assert replace(an_outreach(), status=was).advance(status, at=NOW).status is status


def test_one_blocking_finding_blocks_a_draft_and_warnings_do_not() -> None:
    written = replace(a_draft(), status=DraftStatus.WRITTEN)
    warned = written.gated((a_finding(severity=Severity.WARN),), at=NOW)
    blocked = written.gated((a_finding(severity=Severity.WARN), a_finding(severity=Severity.BLOCK)), at=NOW)
    assert warned.status is DraftStatus.PENDING
    assert blocked.status is DraftStatus.BLOCKED
    assert len(blocked.findings) == 2


def test_editing_keeps_the_writers_first_text_however_often_a_person_edits() -> None:
    pending = replace(a_draft(), status=DraftStatus.PENDING)
    once = pending.edited(replace(pending.letter, subject="b"), by="camille", at=NOW)
    again = replace(once, status=DraftStatus.PENDING).edited(
        replace(pending.letter, subject="c"), by="zoé", at=NOW
    )
    assert again.first_letter == pending.letter
    assert again.edited_by == "zoé"
    assert again.letter.subject == "c"


def test_retries_begin_after_half_an_hour_double_and_end_after_about_three_days() -> None:
    at = NOW
    waits = []
    attempts = 1
    while not has_waited_long_enough(tried := replace(a_delivery(), attempts=attempts)):
        waits.append(retry_after(tried, now=at) - at)
        at += waits[-1]
        attempts += 1
    assert waits[:5] == [timedelta(minutes=30), *(timedelta(hours=h) for h in (1, 2, 4, 8))]
    assert timedelta(days=2.5) < at - NOW < timedelta(days=3.5)
