"""The expander behind an OpenAI-compatible endpoint: one request, a few bios and posts."""

from collections.abc import Callable
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

import prompts
from agent.adapters.llm.chat import Chat
from agent.adapters.llm.failures import Errand
from agent.adapters.llm.line import Line
from agent.adapters.llm.request import system_and_user
from agent.domain.draft import Origin
from agent.domain.errors import BadInput
from agent.domain.imagined import LONGEST_BIO, LONGEST_POST, Kind, of_kind
from agent.domain.text import folded
from agent.ports import Expansion
from agent.usecases.composing import LANGUAGES

EACH = 3
"""Bios, and posts, that are asked for."""
LONGEST_QUERY = 4000
"""Characters of a brand's text that a model reads."""
_ATTEMPTS = 2  # somebody waits for a search, which goes on without an answer
_PROMPT = "model/expansion"
_ERRAND = Errand(
    title="expansion", noun="query expansion", instead="choose another model, or NANOREACH_EXPAND_QUERIES=no"
)


class _Profile(BaseModel):
    """What a fitting creator would write."""

    model_config = ConfigDict(extra="forbid", strict=True)

    bios: list[Annotated[str, Field(max_length=LONGEST_BIO)]] = Field(min_length=1, max_length=EACH)
    posts: list[Annotated[str, Field(max_length=LONGEST_POST)]] = Field(min_length=1, max_length=EACH)


class OpenAIExpander:
    """Asks a model what a fitting creator would write. langchain loads with the first request."""

    name = "openai"

    def __init__(
        self,
        line: Line,
        *,
        most_tokens: int = 1200,
        load: Callable[[str, str], prompts.Prompt] = prompts.load,
    ) -> None:
        self._chat = Chat(_Profile, _ERRAND, line, most_tokens=most_tokens, attempts=_ATTEMPTS)
        self._load = load

    def origin(self, language: str) -> Origin:
        """Return who would answer: model and version of the prompt.

        Raises BadInput for a language that there is no prompt in.
        """
        return Origin(writer=self.name, model=self._chat.model, prompt=self._prompt(language).reference)

    def expand(self, query: str, *, language: str) -> Expansion:
        """Return bios and posts as the model wrote them: nobody has looked at them yet.

        Raises Unavailable (Busy, Unusable) for a failing endpoint or an answer that is none, BadInput where
        the model refuses.
        """
        text = self._prompt(language).render(query=query[:LONGEST_QUERY], count=EACH)
        answer = self._chat.ask(system_and_user(text))
        return Expansion(
            texts=(
                *of_kind(Kind.BIO, language, _own(answer.form.bios, text)),
                *of_kind(Kind.POST, language, _own(answer.form.posts, text)),
            ),
            origin=self.origin(language),
            usage=answer.usage,
        )

    def close(self) -> None:
        """End the connections, where there are any."""
        self._chat.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _prompt(self, language: str) -> prompts.Prompt:
        if language not in LANGUAGES:
            raise BadInput(
                f"There is no prompt in language “{language}”; there are {' and '.join(LANGUAGES)}."
            )
        return self._load(_PROMPT, language)


def _own(written: list[str], prompt: str) -> list[str]:
    """Return what does not merely repeat a line of the prompt, as small models like to do."""
    told = folded(prompt).casefold()
    return [text for text in written if folded(text).casefold() not in told]
