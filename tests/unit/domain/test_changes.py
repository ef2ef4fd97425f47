"""Two versions of a text in one row."""

from hypothesis import given
from hypothesis import strategies as st

from agent.domain.changes import Change, ChangeKind, around, changes

SAME, GONE, NEW = ChangeKind.SAME, ChangeKind.GONE, ChangeKind.NEW
TEXT = st.text(alphabet="ab é.,’\n", max_size=60)


def told(*runs: tuple[ChangeKind, str]) -> tuple[Change, ...]:
    return tuple(Change(kind=kind, text=text) for kind, text in runs)


def test_a_word_that_was_exchanged_stands_after_the_one_that_went() -> None:
    found = changes("Nous fabriquons nos savons.", "Nous coulons nos savons.")
    assert found == told((SAME, "Nous "), (GONE, "fabriquons"), (NEW, "coulons"), (SAME, " nos savons."))


def test_neighbouring_words_are_one_change() -> None:
    found = changes("a small blue soap", "a large red soap")
    assert found == told((SAME, "a "), (GONE, "small blue"), (NEW, "large red"), (SAME, " soap"))


def test_a_paragraph_that_went_takes_nothing_else_along() -> None:
    found = changes("One.\n\nTwo.\n\nThree.", "One.\n\nThree.")
    assert "".join(change.text for change in found if change.kind is GONE).strip() == "Two."
    assert not any(change.kind is NEW for change in found)


def test_the_same_text_has_no_change() -> None:
    assert changes("Bonjour Lison,", "Bonjour Lison,") == told((SAME, "Bonjour Lison,"))
    assert changes("", "") == ()


@given(TEXT, TEXT)
def test_both_versions_can_be_read_out_of_the_row(before: str, after: str) -> None:
    found = changes(before, after)
    assert "".join(change.text for change in found if change.kind is not NEW) == before
    assert "".join(change.text for change in found if change.kind is not GONE) == after
    assert all(change.text for change in found)


def test_paragraphs_without_a_change_are_left_out() -> None:
    before = "Hi,\n\nOne here.\n\nTwo.\n\nThree.\n\nFour there.\n\nBye"
    after = "Hi,\n\nOne now.\n\nTwo.\n\nThree.\n\nFour then.\n\nBye"
    assert around(changes(before, after)) == told(
        (SAME, "…\n\nOne "),
        (GONE, "here."),
        (NEW, "now."),
        (SAME, "\n\n…\n\nFour "),
        (GONE, "there."),
        (NEW, "then."),
        (SAME, "\n\n…"),
    )


def test_nothing_is_around_no_change() -> None:
    assert around(changes("One.\n\nTwo.", "One.\n\nTwo.")) == ()


@given(TEXT, TEXT)
def test_what_changed_is_never_left_out(before: str, after: str) -> None:
    found = changes(before, after)
    kept = [run for run in around(found) if run.kind is not SAME]
    assert kept == [run for run in found if run.kind is not SAME]
