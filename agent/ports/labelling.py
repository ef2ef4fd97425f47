"""Having a model say what an answer means that no rule knew."""

from typing import Protocol

from agent.domain.brand import Campaign
from agent.domain.replies import ReplyKind


class Labeller(Protocol):
    """A model that reads one answer: told nothing about its writer, it can do nothing but name a kind."""

    def label(self, text: str, *, language: str, campaign: Campaign) -> ReplyKind:
        """Return a kind of `CALMING`, or OTHER where the model does not know; the campaign pays.

        One call. Raises Unavailable where the model cannot be reached, answers with something else or there
        is no budget left, BadInput where it refuses.
        """
