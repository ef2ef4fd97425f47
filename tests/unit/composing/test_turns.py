"""Letters of one campaign share few of their forms."""

from dataclasses import replace
from itertools import combinations

from agent.domain.ids import CampaignId
from agent.usecases.composing import draw
from tests.unit.writers.assignments import assignment

SLOTS = ("subject", "opening", "reason", "bridge", "ask", "easy", "closing", "product", "gift", "rights")
FORMS = 13


def picks(turn: int, *, campaign: str = "c", attempt: int = 0) -> tuple[int, ...]:
    told = assignment("en", seed=turn)
    told = replace(told, turn=turn, attempt=attempt, campaign=replace(told.campaign, id=CampaignId(campaign)))
    return tuple(draw(told, slot) % FORMS for slot in SLOTS)


def test_no_two_letters_of_a_campaign_share_more_than_two_forms() -> None:
    letters = [picks(turn) for turn in range(400)]
    assert max(sum(map(int.__eq__, one, other)) for one, other in combinations(letters, 2)) == 2


def test_every_form_of_a_slot_is_used_alike() -> None:
    openings = [picks(turn)[1] for turn in range(FORMS**2)]
    assert {openings.count(form) for form in range(FORMS)} == {FORMS}


def test_another_campaign_and_another_attempt_choose_differently() -> None:
    assert picks(5) == picks(5)
    assert picks(5) != picks(5, campaign="another")
    assert picks(5) != picks(5, attempt=1)


def test_without_a_turn_the_seed_decides() -> None:
    assert draw(assignment("en", seed=1), "opening") != draw(assignment("en", seed=2), "opening")
    turned = [replace(assignment("en", seed=seed), turn=3) for seed in (1, 2)]
    assert draw(turned[0], "opening") == draw(turned[1], "opening")
    assert draw(turned[0], "a fact's id") != draw(turned[1], "a fact's id")
