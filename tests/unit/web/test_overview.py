"""The overview: what waits, how far campaigns are, what the coming days bring; and the same as a table."""

import csv
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.domain.ids import OutreachId
from agent.domain.outreach import OutreachStatus
from agent.domain.people import Role
from agent.domain.replies import ReplyKind
from agent.web.csvtext import csv_text
from tests.builders import NOW
from tests.unit.web.world import CAMPAIGN, World, a_world

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@pytest.fixture
def world() -> World:
    """Return a desk with six letters; one person said yes, one asked, one never answered."""
    made = a_world(letters=6)
    states = (
        (1, OutreachStatus.AGREED, 1),
        (2, OutreachStatus.IN_CONVERSATION, 2),
        (3, OutreachStatus.CONTACTED, 1),
    )
    with made.ports.store.write() as tx:
        for number, status, sent in states:
            row = tx.outreach.get(OutreachId(f"o-{number}"))
            assert row is not None
            due = NOW + timedelta(days=2) if status is OutreachStatus.CONTACTED else None
            tx.outreach.save(replace(row, status=status, touches_sent=sent, next_touch_at=due))
    made.answer(1, outreach_id=OutreachId("o-1"), kind=ReplyKind.INTERESTED)
    made.answer(2, outreach_id=OutreachId("o-2"), kind=ReplyKind.QUESTION)
    return made


def test_the_page_tells_what_waits_and_how_far_people_came(world: World) -> None:
    page = " ".join(world.person(Role.VIEWER).get("/overview").text.split())
    assert "<b>6</b> letters to read" in page
    assert "<b>2</b> people wait for an answer" in page
    assert "2 of 3: between 21% and 94%" in page
    assert "1 of 3: between 6% and 79%" in page
    assert '<th scope="row">Said yes</th><td class="table__figure">1</td>' in page
    assert "8 Oct" in page


def test_the_page_is_empty_before_there_is_a_campaign() -> None:
    page = a_world(letters=0).person(Role.MANAGER).get("/overview")
    assert page.status_code == 200
    assert "No campaign yet" in page.text


def test_the_table_holds_the_same_figures(world: World) -> None:
    answer = world.person(Role.VIEWER).get("/overview.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(StringIO(answer.content.decode("utf-8-sig")))
    assert row["campaign"] == CAMPAIGN
    assert [row[name] for name in ("sent", "answered", "agreed")] == ["3", "2", "1"]
    assert row["reply_rate"] == "0.6667"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\n=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_a_text(text: str) -> None:
    ((cell,),) = csv.reader(StringIO(csv_text([[text]]).removeprefix("\ufeff"), newline=""))
    assert cell == f"'{text}"


@given(st.lists(st.lists(st.text(max_size=20), min_size=1, max_size=4), max_size=5))
def test_no_text_of_a_table_begins_like_a_formula(rows: list[list[str]]) -> None:
    read = list(csv.reader(StringIO(csv_text(rows).removeprefix("\ufeff"), newline="")))
    cells = [cell for row in read for cell in row]
    assert not any(cell.lstrip(" ").startswith(RUNS) for cell in cells)
    assert [cell.removeprefix("'") for cell in cells] == [
        text.removeprefix("'") for row in rows for text in row
    ]


def test_a_number_stays_a_number() -> None:
    assert csv_text([["a", -3, 0.5, None]]) == "\ufeffa,-3,0.5,\r\n"
