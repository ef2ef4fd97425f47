"""The writer behind an OpenAI-compatible endpoint: one request, one letter."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Self

from agent.adapters.llm.answer import Answer, words_of
from agent.adapters.llm.chat import Chat, Endpoint, Method
from agent.adapters.llm.failures import Errand
from agent.adapters.llm.request import messages
from agent.domain.draft import Finding, Origin
from agent.domain.errors import BadInput
from agent.domain.letter import Words
from agent.ports import Assignment, Written
from agent.usecases.composing import LANGUAGES

_LETTER = Errand(title="letter", noun="letter", instead="write it by hand or offline")


class OpenAIWriter:
    """Asks a model for words; prices are for a million tokens. langchain loads at the first letter.

    `bounded` sends lengths with the schema, for servers of one's own whose grammar holds a model to them.
    """

    name = "openai"

    def __init__(  # noqa: PLR0913 - each is a setting of its own
        self,
        *,
        model: str,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float = 60.0,
        input_price: Decimal = Decimal(0),
        output_price: Decimal = Decimal(0),
        method: Method = "json_schema",
        most_tokens: int = 1500,
        bounded: bool = False,
    ) -> None:
        endpoint = Endpoint(
            model=model,
            api_key=api_key,
            base_url=base_url,
            timeout=timeout,
            input_price=input_price,
            output_price=output_price,
            method=method,
            bounded=bounded,
        )
        self._chat = Chat(Answer, _LETTER, endpoint, most_tokens=most_tokens)

    def write(
        self, assignment: Assignment, *, rejected: Words | None = None, findings: Sequence[Finding] = ()
    ) -> Written:
        """Return the model's words as they came; the receipts are its claims, for the gate to verify.

        Raises Unavailable (Busy, Unusable) for a failing endpoint or an answer that is no letter, BadInput
        for a letter that cannot be asked for or that the model refuses to write.
        """
        if assignment.language not in LANGUAGES:
            raise BadInput(
                f"There is no prompt in language “{assignment.language}”; there are "
                f"{' and '.join(LANGUAGES)}."
            )
        name = "model/first_touch" if assignment.touch == 1 else "model/follow_up"
        prompt = assignment.texts.prompt(name, assignment.language)
        answer, usage = self._chat.ask(messages(prompt, assignment, rejected=rejected, findings=findings))
        return Written(
            words=words_of(answer, brand=assignment.brand, creator=assignment.creator),
            origin=Origin(writer=self.name, model=self._chat.model, prompt=prompt.reference),
            usage=usage,
        )

    def close(self) -> None:
        """End the connections, where there are any."""
        self._chat.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
