"""What a model is asked to fill in for an answer to a creator, and the words it becomes."""

from typing import Annotated

from pydantic import Field

from agent.adapters.llm.answer import OpeningSentence, Strict, fact_receipt, opening_of
from agent.domain.letter import Receipt, ReceiptKind, Sentence, Words
from agent.ports import Assignment
from agent.usecases.asking import Resolved, plan


class AnsweringSentence(Strict):
    """A sentence that answers a numbered question, with the ids of the facts it uses."""

    question: int = Field(ge=1, le=20)
    text: str = Field(max_length=360)
    facts: list[Annotated[str, Field(max_length=60)]] = Field(max_length=3)


class AnswerToThem(Strict):
    """The words of one answer."""

    opening: list[OpeningSentence] = Field(min_length=1, max_length=2)
    answers: list[AnsweringSentence] = Field(max_length=8)
    ask: str = Field(min_length=1, max_length=300)


def to_be_told(assignment: Assignment) -> tuple[Resolved, ...]:
    """Return the questions that a writer answers: those that the offer does not, in order."""
    return tuple(each for each in plan(assignment) if each.is_open or each.facts)


def answer_words(form: AnswerToThem, assignment: Assignment) -> Words:
    """Return a model's answer as words; receipts are its claims, for the gate to verify.

    A question that it answers without naming a fact of the brand counts as not answered: its known fact is
    told instead, or it stays open for a person.
    """
    bridge: list[Sentence] = []
    left: list[str] = []
    for number, each in enumerate(to_be_told(assignment), start=1):
        told = [
            Sentence(
                text=said.text.strip(),
                receipts=tuple(fact_receipt(fact, assignment.brand) for fact in said.facts),
            )
            for said in form.answers
            if said.question == number
            and said.text.strip()
            and any(assignment.brand.fact(fact) is not None for fact in said.facts)
        ]
        known = [
            Sentence(text=fact.text, receipts=(fact_receipt(fact.id, assignment.brand),))
            for fact in each.facts
        ]
        bridge += told or known
        left += [each.question.text] if not told and not known else []
    return Words(
        subject="",  # the thread's
        opening=tuple(
            _theirs(sentence, assignment) for sentence in opening_of(form.opening, assignment.creator)
        ),
        bridge=tuple(bridge),
        ask=Sentence(text=form.ask.strip()),
        open=tuple(left),
    )


def _theirs(sentence: Sentence, assignment: Assignment) -> Sentence:
    """Return the sentence with what it quotes from the message pointing to the message."""
    reply = assignment.answering.reply if assignment.answering is not None else None
    receipts = tuple(
        Receipt(kind=ReceiptKind.REPLY, ref=each.ref, quote=each.quote, published_on=each.published_on)
        if reply is not None and each.ref == reply.id
        else each
        for each in sentence.receipts
    )
    return Sentence(text=sentence.text, receipts=receipts)
