"""The reader behind an OpenAI-compatible endpoint: one request, one answer of a creator, one word back."""

import re
import secrets
from collections.abc import Callable
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict

import prompts
from agent.adapters.llm.allowance import allowance_of
from agent.adapters.llm.chat import Chat, For
from agent.adapters.llm.failures import Errand
from agent.adapters.llm.line import Line
from agent.adapters.llm.request import system_and_user
from agent.domain.brand import Campaign
from agent.domain.errors import BadInput
from agent.domain.replies import ReplyKind
from agent.usecases.composing import LANGUAGES

LONGEST_ANSWER = 2000
"""Characters of an answer that a model reads."""
_MOST_TOKENS = 60
_ATTEMPTS = 1  # mail is being read, and a person reads what stays open
_PROMPT = "model/label"
_ERRAND = Errand(title="label", noun="label", instead="choose another model, or NANOREACH_LABEL_REPLIES=no")
_ADDRESS = re.compile(r"\S+@\S+\.\w+|\+?\d[\d .()-]{7,}\d")


class _Label(BaseModel):
    """What an answer says: one of the kinds that make a conversation less active, or none of them."""

    model_config = ConfigDict(extra="forbid", strict=True)

    kind: Literal["opted_out", "declined", "not_now", "other"]


class OpenAILabeller:
    """Asks a model what an answer says. langchain loads with the first request."""

    def __init__(self, line: Line, *, load: Callable[[str, str], prompts.Prompt] = prompts.load) -> None:
        self._chat = Chat(_Label, _ERRAND, line, most_tokens=_MOST_TOKENS, attempts=_ATTEMPTS)
        self._load = load

    def label(self, text: str, *, language: str, campaign: Campaign) -> ReplyKind:
        """Return what the model calls an answer: a kind of `CALMING`, or OTHER.

        Raises Unavailable (Busy, Silent, Unusable, BudgetSpent) for a failing endpoint, an answer that is no
        label or an empty purse, BadInput where the model refuses.
        """
        if language not in LANGUAGES:
            raise BadInput(
                f"There is no prompt in language “{language}”; there are {' and '.join(LANGUAGES)}."
            )
        told = self._load(_PROMPT, language).render(
            boundary=f"----- {secrets.token_hex(12)} -----",
            # an address or a number says nothing about the kind, and the provider has no need of it
            answer=_ADDRESS.sub("[…]", text[:LONGEST_ANSWER]),
        )
        filled = self._chat.ask(system_and_user(told), on_behalf=For(allowance=allowance_of(campaign)))
        return ReplyKind(filled.form.kind)

    def close(self) -> None:
        """End the connections, where there are any."""
        self._chat.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
