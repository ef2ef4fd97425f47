"""The writer behind an OpenAI-compatible endpoint: one request, one letter."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from copy import copy
from threading import BoundedSemaphore
from typing import Self

from agent.adapters.llm.allowance import allowance_of
from agent.adapters.llm.answer import Answer, words_of
from agent.adapters.llm.answering import AnswerToThem, answer_words
from agent.adapters.llm.chat import Chat, For
from agent.adapters.llm.failures import Errand
from agent.adapters.llm.line import Line
from agent.adapters.llm.request import messages
from agent.domain.draft import Finding, Origin
from agent.domain.errors import BadInput
from agent.domain.letter import Words
from agent.ports import Assignment, Written
from agent.usecases.composing import LANGUAGES

_LETTER = Errand(title="letter", noun="letter", instead="write it by hand or offline")


class OpenAIWriter:
    """Asks a model for words. langchain loads at the first letter."""

    name = "openai"

    def __init__(
        self,
        line: Line,
        *,
        most_tokens: int = 1500,
    ) -> None:
        self._chat = Chat(Answer, _LETTER, line, most_tokens=most_tokens)
        self._answering = Chat(AnswerToThem, _LETTER, line, most_tokens=most_tokens)
        self.slots: AbstractContextManager[object] = nullcontext()

    def at_most(self, calls: int) -> Self:
        """Return this writer with so many calls in flight at a time."""
        limited = copy(self)
        limited.slots = BoundedSemaphore(calls)
        return limited

    def write(
        self, assignment: Assignment, *, rejected: Words | None = None, findings: Sequence[Finding] = ()
    ) -> Written:
        """Return the model's words as they came; the receipts are its claims, for the gate to verify.

        Raises Unavailable (Busy, Silent, Unusable, BudgetSpent) for a failing endpoint, an answer that is no
        letter or an empty purse, BadInput for a letter that cannot be asked for or that the model refuses to
        write.
        """
        if assignment.language not in LANGUAGES:
            raise BadInput(
                f"There is no prompt in language “{assignment.language}”; there are "
                f"{' and '.join(LANGUAGES)}."
            )
        prompt = assignment.texts.prompt(_prompt_for(assignment), assignment.language)
        request = messages(prompt, assignment, rejected=rejected, findings=findings)
        behalf = For(
            outreach_id=assignment.outreach_id,
            asked=f"{prompt.reference}\0{assignment.touch}\0{request.asked}",
            allowance=allowance_of(assignment.campaign),
            answers=assignment.answers,
            slots=self.slots,
        )
        origin = Origin(writer=self.name, model=self._chat.model, prompt=prompt.reference)
        if assignment.answering is not None:
            filled = self._answering.ask(request.told, on_behalf=behalf)
            words = answer_words(filled.form, assignment)
            return Written(words=words, origin=origin, usage=filled.usage, attempts=filled.attempts)
        answer = self._chat.ask(request.told, on_behalf=behalf)
        return Written(
            words=words_of(answer.form, brand=assignment.brand, creator=assignment.creator),
            origin=origin,
            usage=answer.usage,
            attempts=answer.attempts,
        )

    def close(self) -> None:
        """End the connections, where there are any."""
        self._chat.close()
        self._answering.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _prompt_for(assignment: Assignment) -> str:
    if assignment.answering is not None:
        return "model/answer"
    return "model/first_touch" if assignment.touch == 1 else "model/follow_up"
