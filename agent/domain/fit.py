"""Fit: how well a creator's own words carry a brand's values, and what of theirs speaks against it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from agent.domain.ids import CreatorId

MOST_QUOTES = 3
"""How many quotations a reason carries: more are not read."""


class Level(StrEnum):
    """How much something asks for a person's eyes."""

    FINE = "fine"
    LOOK = "look"
    CONCERN = "concern"


@dataclass(frozen=True, kw_only=True)
class Quotation:
    """Exact words and where they stand: a post's key or `bio`, and the post's date.

    `score` is a cosine where the words were found by meaning, None where a rule found them.
    """

    ref: str
    quote: str
    published_on: date | None = None
    score: float | None = None


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One value, and the place where the creator says it: a post's key or `bio`, an exact quote, a cosine.

    `more` holds further places, best first; fits that were stored before it existed have none.
    """

    value: str
    ref: str
    quote: str
    score: float
    published_on: date | None = None
    more: tuple[Quotation, ...] = ()

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """All places where the creator says it, best first, at most `MOST_QUOTES`."""
        best = Quotation(ref=self.ref, quote=self.quote, published_on=self.published_on, score=self.score)
        return (best, *self.more)[:MOST_QUOTES]


@dataclass(frozen=True, kw_only=True)
class Against:
    """Words of a creator that contradict the brand: which value, and the exact quote with its place.

    `kind` names the rule that found them: a family of values (`vegan`, `slow_fashion`), `never` (something
    that a value says the brand never does) or `banned` (a word that the brand's letters never use). `value`
    is the name of the brand's value, empty where none of them but the brand's voice is concerned.
    """

    kind: str
    value: str
    level: Level
    ref: str
    quote: str
    published_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Fit:
    """A creator's place in a ranking.

    `score` orders creators within one search and has no unit; `similarity` is the cosine in [-1, 1]
    between the brand's text and the whole creator. `against` is for people to weigh and changes no score.
    `probability` is the calibrated chance that a person would call it a fit, None where nobody calibrated.
    """

    creator_id: CreatorId
    score: float
    similarity: float
    reasons: tuple[Reason, ...] = ()
    against: tuple[Against, ...] = ()
    probability: float | None = None
