"""A log of a thousand rows: whatever is done to any of them is found, and the row is named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.domain.chain import FORGETTING, Chained, Head, Link, Witness, blanked, examine, linked
from agent.domain.errors import BadInput
from tests.builders import NOW, an_entry

LENGTH = 1000
Log = tuple[Chained, ...]


@cache
def the_log() -> Log:
    rows: list[Chained] = []
    before = b""
    for number in range(1, LENGTH + 1):
        entry = an_entry(at=NOW + timedelta(seconds=number), subject=f"d-{number}", why=f"seal {number}")
        salts = (sha256(b"s%d" % number).digest()[:16], sha256(b"w%d" % number).digest()[:16])
        link = linked(entry, number=number, before=before, salts=salts)
        rows.append(Chained(number=number, entry=entry, link=link))
        before = link.own
    return tuple(rows)


def link_of(row: Chained) -> Link:
    assert row.link is not None
    return row.link


def named(log: Log, *witnesses: Witness) -> list[int]:
    return [fault.number for fault in examine(log, witnesses).faults]


CHANGES: dict[str, Callable[[Chained], Chained]] = {
    "at": lambda row: replace(row, entry=replace(row.entry, at=row.entry.at + timedelta(microseconds=1))),
    "who": lambda row: replace(row, entry=replace(row.entry, who="nobody")),
    "what": lambda row: replace(row, entry=replace(row.entry, what="rejected")),
    "subject": lambda row: replace(row, entry=replace(row.entry, subject="d-0")),
    "erased": lambda row: replace(row, entry=replace(row.entry, subject="erased")),
    "why": lambda row: replace(row, entry=replace(row.entry, why="")),
    "subject_salt": lambda row: replace(row, link=replace(link_of(row), subject_salt=b"0" * 16)),
    "no salt": lambda row: replace(row, link=replace(link_of(row), why_salt=None)),
    "subject_digest": lambda row: replace(row, link=replace(link_of(row), subject_digest=b"0" * 32)),
    "why_digest": lambda row: replace(row, link=replace(link_of(row), why_digest=b"0" * 32)),
    "before": lambda row: replace(row, link=replace(link_of(row), before=b"0" * 32)),
    "own": lambda row: replace(row, link=replace(link_of(row), own=b"0" * 32)),
    "link": lambda row: replace(row, link=None),
    "blanked": lambda row: replace(
        row,
        entry=replace(row.entry, subject="erased", why=""),
        link=blanked(link_of(row), subject=True),
    ),
}
PLACES = st.integers(min_value=0, max_value=LENGTH - 1)


def test_a_log_that_nobody_touched_is_intact() -> None:
    verdict = examine(the_log())
    assert (verdict.rows, verdict.blanked, verdict.faults) == (LENGTH, 0, ())
    assert verdict.head == Head(number=LENGTH, own=link_of(the_log()[-1]).own.hex())


@pytest.mark.parametrize("change", CHANGES)
def test_every_row_that_was_changed_is_named(change: str) -> None:
    assert {fault.number for fault in examine(tuple(map(CHANGES[change], the_log()))).faults} == set(
        range(1, LENGTH + 1)
    )


@settings(max_examples=60, deadline=None)
@given(change=st.sampled_from(sorted(CHANGES)), place=PLACES)
def test_a_change_of_one_row_is_named_first(change: str, place: int) -> None:
    log = list(the_log())
    log[place] = CHANGES[change](log[place])
    assert named(tuple(log))[0] == place + 1


@settings(max_examples=30, deadline=None)
@given(first=PLACES, count=st.integers(min_value=1, max_value=20))
def test_rows_that_were_taken_out_are_named(first: int, count: int) -> None:
    log = the_log()[:first] + the_log()[first + count :]
    end = Witness(number=LENGTH, own=link_of(the_log()[-1]).own.hex(), whence="the kept one")
    faults = examine(log, (end,)).faults
    last = min(first + count, LENGTH)
    rows = f"row {last} is" if last == first + 1 else f"rows {first + 1} to {last} are"
    expected = "cut off" if last == LENGTH else rows.removesuffix(" are")
    assert len(faults) == 1
    assert expected in faults[0].what


@settings(max_examples=30, deadline=None)
@given(one=PLACES, other=PLACES)
def test_rows_that_changed_places_are_named(one: int, other: int) -> None:
    if one == other:
        return
    log = list(the_log())
    log[one], log[other] = replace(log[other], number=one + 1), replace(log[one], number=other + 1)
    assert {one + 1, other + 1} <= set(named(tuple(log)))


@settings(max_examples=30, deadline=None)
@given(source=PLACES)
def test_a_copy_of_a_row_at_the_end_is_named(source: int) -> None:
    copy = replace(the_log()[source], number=LENGTH + 1)
    assert named((*the_log(), copy))[0] == LENGTH + 1


def test_a_row_that_is_put_in_with_hashes_of_its_own_breaks_the_one_after_it() -> None:
    log, salts = the_log(), (b"0" * 16, b"1" * 16)
    forged = an_entry(what="approved", who="nobody")
    link = linked(forged, number=500, before=link_of(log[498]).own, salts=salts)
    assert named((*log[:499], Chained(number=500, entry=forged, link=link), *log[500:])) == [501]


def test_a_log_that_was_written_anew_is_found_against_what_was_kept() -> None:
    rows: list[Chained] = []
    before = b""
    for row in the_log():
        entry = replace(row.entry, who="nobody") if row.number == 3 else row.entry
        link = linked(entry, number=row.number, before=before, salts=(b"0" * 16, b"1" * 16))
        rows.append(Chained(number=row.number, entry=entry, link=link))
        before = link.own
    assert named(tuple(rows)) == []
    kept = Witness(number=700, own=link_of(the_log()[699]).own.hex(), whence="the kept one")
    assert named(tuple(rows), kept) == [700]


def test_a_cut_end_is_found_against_the_time_of_a_row() -> None:
    mark = Witness(number=LENGTH, at=NOW + timedelta(seconds=LENGTH), whence="the home's")
    assert named(the_log(), mark) == []
    assert named(the_log()[:-1], mark) == [LENGTH]
    assert named(the_log(), replace(mark, at=NOW)) == [LENGTH]


def test_rows_blanked_by_a_forgetting_hold() -> None:
    log = [CHANGES["blanked"](row) if row.number % 7 == 0 else row for row in the_log()]
    entry = an_entry(what=FORGETTING, subject="e-1")
    before = link_of(log[-1]).own
    link = linked(entry, number=LENGTH + 1, before=before, salts=(b"0" * 16, b"1" * 16))
    verdict = examine((*log, Chained(number=LENGTH + 1, entry=entry, link=link)))
    assert (verdict.faults, verdict.blanked) == ((), LENGTH // 7)


def test_a_blanked_row_keeps_nothing_by_which_its_text_can_be_tried() -> None:
    link = blanked(link_of(the_log()[0]), subject=True)
    assert (link.subject_salt, link.why_salt) == (None, None)
    assert blanked(link_of(the_log()[0]), subject=False).subject_salt is not None


@pytest.mark.parametrize("text", ["", "5", "5:abc", f"x:{'a' * 64}", f"-1:{'a' * 64}"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="NUMBER:HASH"):
        Head.parse(text)


def test_a_place_is_read_as_it_is_printed() -> None:
    head = Head(number=7, own="ab" * 32)
    assert Head.parse(f" {head} ") == head
