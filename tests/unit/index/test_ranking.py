"""What decisions do to a ranking."""

import numpy as np
import numpy.typing as npt

from index.ranking import Decided, Recipe, Taste, View, rank
from index.views import OneEach

Floats = npt.NDArray[np.float32]

RECIPE = Recipe(weights={"whole": 1.0}, feedback_top=0)


def unit(*values: float) -> Floats:
    vector = np.array(values, dtype=np.float32)
    return vector / np.linalg.norm(vector)


CREATORS = np.stack([unit(1, 0, 0.1), unit(0, 1, 0.1), unit(0.9, 0, 1), unit(0, 0.9, 1)])
QUERY = unit(0.01, 0, 1)


def views_of(*rows: int) -> dict[str, View]:
    return {"whole": OneEach(CREATORS, np.array(rows, dtype=np.int64))}


def decided(*rows: int) -> Decided:
    return Decided(count=len(rows), views=views_of(*rows))


def order(taste: Taste | None, recipe: Recipe = RECIPE) -> list[int]:
    keys = np.arange(len(CREATORS))
    return [int(place) for place in rank(keys, views_of(0, 1, 2, 3), QUERY, recipe, taste).order]


def test_those_who_are_like_the_liked_come_first() -> None:
    assert order(None)[0] == 2
    assert order(Taste(liked=decided(1), disliked=decided()))[0] == 3


def test_those_who_are_like_the_disliked_go_down() -> None:
    assert order(Taste(liked=decided(), disliked=decided(0)))[0] == 3


def test_a_taste_without_decisions_changes_nothing() -> None:
    assert order(Taste(liked=decided(), disliked=decided())) == order(None)


def test_a_decided_creator_without_a_text_is_no_reason() -> None:
    assert order(Taste(liked=decided(-1), disliked=decided(-1))) == order(None)


def test_one_decision_moves_less_than_many() -> None:
    keys = np.arange(len(CREATORS))

    def lead(*liked: int) -> float:
        taste = Taste(liked=decided(*liked), disliked=decided())
        ranking = rank(keys, views_of(0, 1, 2, 3), QUERY, RECIPE, taste)
        scores = dict(zip(ranking.order.tolist(), ranking.scores.tolist(), strict=True))
        return float(scores[1] - scores[0])

    assert lead() < lead(1) < lead(1, 1, 1, 1, 1, 1)
