"""Fit: how well a creator's own words carry a brand's values, with the words that show it."""

from dataclasses import dataclass
from datetime import date

from agent.domain.ids import CreatorId


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One value, and the place where the creator says it: a post's key or `bio`, an exact quote, a cosine."""

    value: str
    ref: str
    quote: str
    score: float
    published_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Fit:
    """A creator's place in a ranking.

    `score` orders creators within one search and has no unit; `similarity` is the cosine in [-1, 1]
    between the brand's text and the whole creator.
    """

    creator_id: CreatorId
    score: float
    similarity: float
    reasons: tuple[Reason, ...] = ()
