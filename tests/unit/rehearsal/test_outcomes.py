"""What people may do in a rehearsal, and the draw that decides it."""

from collections import Counter

import pytest

from agent.adapters.assumptions import parse_assumptions
from agent.cli.rehearsing import shipped_assumptions
from agent.domain.errors import BadInput
from agent.domain.rehearsal.figures import span
from agent.domain.rehearsal.outcomes import ANSWERS, Outcome, chance, fate_of

ASSUMED = shipped_assumptions()


def test_every_shipped_figure_says_where_it_comes_from() -> None:
    assert set(ASSUMED.shares) == set(Outcome) - {Outcome.SILENCE}
    assert all(each.source for each in (*ASSUMED.shares.values(), ASSUMED.rejected))
    assert ASSUMED.by_letter_source


def test_the_answers_make_the_rate_that_was_measured_for_outreach() -> None:
    assert ASSUMED.reply_rate == pytest.approx(0.085 * 1.658, abs=0.002)
    assert ASSUMED.by_letter[0] == pytest.approx(1 / 1.658, abs=0.01)


def test_the_same_seed_and_name_draw_the_same_fate_and_others_differ() -> None:
    fates = [fate_of(ASSUMED, seed=1, name=f"creator {n}", touches=3) for n in range(200)]
    assert fates == [fate_of(ASSUMED, seed=1, name=f"creator {n}", touches=3) for n in range(200)]
    assert fates != [fate_of(ASSUMED, seed=2, name=f"creator {n}", touches=3) for n in range(200)]


def test_fates_are_drawn_as_often_as_is_assumed() -> None:
    drawn = Counter(fate_of(ASSUMED, seed=4, name=str(n), touches=3).outcome for n in range(20_000))
    for outcome, each in ASSUMED.shares.items():
        assert drawn[outcome] / 20_000 == pytest.approx(each.share, abs=0.006), outcome


def test_chances_fill_the_unit_interval() -> None:
    chances = [chance(7, n) for n in range(5_000)]
    assert 0 <= min(chances) < 0.01
    assert 0.99 < max(chances) < 1


def test_a_reply_rate_scales_every_kind_of_answer_and_nothing_else() -> None:
    scaled = ASSUMED.with_reply_rate(0.28)
    assert scaled.reply_rate == pytest.approx(0.28)
    assert all(scaled.shares[o] == ASSUMED.shares[o] for o in ASSUMED.shares if o not in ANSWERS)


@pytest.mark.parametrize("rate", [1.0, -0.1])
def test_shares_that_cannot_be_are_refused(rate: float) -> None:
    with pytest.raises(BadInput):
        ASSUMED.with_reply_rate(rate)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a list", "is missing or no list"),
        ("shares: {ghosting: {share: 0.1}}\nanswers_by_letter: {shares: [1]}", "ghosting"),
        ("shares: {away: {share: often}}\nanswers_by_letter: {shares: [1]}", "shares.away"),
        ("shares: {}\nanswers_by_letter: {shares: [1]}", "rejected"),
        ("shares: {\n", "is no YAML"),
    ],
)
def test_a_file_that_is_wrong_is_told_by_its_key(text: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        parse_assumptions(text, where="mine.yaml")


def test_a_span_leaves_out_the_odd_run_at_either_end() -> None:
    assert span([*[5.0] * 18, 0.0, 9.0]) == span([5.0, 0.0, *[5.0] * 17, 9.0])
    assert (span([*[5.0] * 18, 0.0, 9.0]).median, span([]).high) == (5.0, 0)
