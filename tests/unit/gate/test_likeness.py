"""Near-copies: what another person of the campaign was told already."""

from dataclasses import replace

import pytest

from agent.domain.draft import Severity
from agent.domain.gate import Case, check, sketch
from agent.domain.letter import Sentence
from tests.unit.gate.honest import HONEST

_TOLD = (
    "Your post kept me at the window for a while, with a cup of tea in hand and the lamp still off, "
    "and that is the whole reason for this note of mine to you."
)


def copied(case: Case, text: str, *, told_before: str) -> Case:
    """Return the case with this opening, where a letter to somebody else opened with `told_before`."""
    first, *rest = case.letter.paragraphs
    other = replace(case.letter, paragraphs=((replace(first[0], text=told_before),), *rest))
    mine = replace(case.letter, paragraphs=((Sentence(text=text, receipts=first[0].receipts),), *rest))
    return replace(case, letter=mine, neighbours=(sketch(other),))


def severities(case: Case) -> list[Severity]:
    """Return how each near-copy is told."""
    return [finding.severity for finding in check(case) if finding.code == "shape.near_copy"]


@pytest.fixture
def case() -> Case:
    """Return an honest English letter before the gate."""
    return HONEST["priya"]


def test_a_machine_s_copy_of_another_letter_is_blocked(case: Case) -> None:
    assert severities(copied(case, _TOLD, told_before=_TOLD)) == [Severity.BLOCK]


def test_a_person_s_own_words_are_only_warned_about(case: Case) -> None:
    chosen = replace(copied(case, _TOLD, told_before=_TOLD), opening_by_person=True)
    assert severities(chosen) == [Severity.WARN]


def test_a_last_follow_up_may_say_what_others_say(case: Case) -> None:
    followed = replace(copied(case, _TOLD, told_before=_TOLD), touch=2)
    assert severities(followed) == [Severity.WARN]


def test_what_comes_near_another_letter_is_warned_about(case: Case) -> None:
    near = _TOLD.replace("for this note of mine to you", "that I had today for writing a few lines")
    assert severities(copied(case, near, told_before=_TOLD)) == [Severity.WARN]


def test_what_differs_is_not_told(case: Case) -> None:
    other = "On May 4 a neighbor's ladder stood in your hall, and nobody asked for it back until the fall."
    assert severities(copied(case, _TOLD, told_before=other)) == []
