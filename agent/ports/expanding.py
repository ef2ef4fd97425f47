"""Imagining what a fitting creator would write, and keeping it."""

from dataclasses import dataclass
from typing import Protocol

from agent.domain.draft import Origin, Usage
from agent.domain.ids import CampaignId
from agent.domain.imagined import Imagined


@dataclass(frozen=True, kw_only=True)
class Expansion:
    """What a model imagined for one text in one language, as it came, and what that consumed."""

    texts: tuple[Imagined, ...]
    origin: Origin
    usage: Usage


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What is kept of an expansion, under a key that is a hash of all that it was made of."""

    key: str
    texts: tuple[Imagined, ...]


class Expander(Protocol):
    """A model that imagines what a creator would write who fits a brand's text."""

    def origin(self, language: str) -> Origin:
        """Return who would answer: model and version of the prompt. Asks nobody.

        Raises BadInput for a language that there is no prompt in.
        """

    def expand(self, query: str, *, language: str) -> Expansion:
        """Return a few bios and posts in a language; one call of the model, and no second try.

        Raises Unavailable where the model cannot be reached or its answer is none, BadInput where it refuses.
        """


class KeptExpansions(Protocol):
    """Where expansions are kept, so that a model is asked once for a text."""

    def of(self, campaign_id: CampaignId) -> tuple[Kept, ...]:
        """Return what is kept for a campaign; what is damaged counts as not there."""

    def keep(self, campaign_id: CampaignId, kept: tuple[Kept, ...]) -> None:
        """Keep exactly these for a campaign, and forget the others; none for nothing at all.

        Raises Unavailable where they cannot be kept.
        """


@dataclass(frozen=True, kw_only=True)
class Expanding:
    """What searching with expansions takes; `expander` is None where no model is configured."""

    expander: Expander | None
    kept: KeptExpansions
