"""What a model is asked to fill in, and the words it becomes. Nothing it claims is believed here."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from agent.domain.brand import Brand
from agent.domain.creator import BIO, Creator
from agent.domain.letter import Paragraph, Receipt, ReceiptKind, Sentence, Words


class Strict(BaseModel):
    """A form in which nothing may stand that was not asked for."""

    model_config = ConfigDict(extra="forbid", strict=True)


class QuotedReceipt(Strict):
    """Where the person said it: a text's reference and an exact passage of it."""

    ref: str = Field(max_length=120)
    quote: str = Field(max_length=140)


class OpeningSentence(Strict):
    """A sentence about the person, with its proofs."""

    text: str = Field(max_length=360)
    receipts: list[QuotedReceipt] = Field(max_length=2)


class BridgeSentence(Strict):
    """A sentence about the brand, with the ids of the facts it uses."""

    text: str = Field(max_length=360)
    facts: list[Annotated[str, Field(max_length=60)]] = Field(max_length=3)


class Answer(Strict):
    """The words of one letter."""

    subject: str = Field(min_length=1, max_length=120)
    opening: list[OpeningSentence] = Field(min_length=1, max_length=3)
    bridge: list[BridgeSentence] = Field(max_length=3)
    ask: str = Field(min_length=1, max_length=300)


def words_of(answer: Answer, *, brand: Brand, creator: Creator) -> Words:
    """Return the answer as words, its claimed receipts as they are; only surrounding space is dropped."""
    return Words(
        subject=answer.subject.strip(),
        opening=opening_of(answer.opening, creator),
        bridge=tuple(
            Sentence(
                text=sentence.text.strip(),
                receipts=tuple(fact_receipt(fact, brand) for fact in sentence.facts),
            )
            for sentence in answer.bridge
            if sentence.text.strip()
        ),
        ask=Sentence(text=answer.ask.strip()),
    )


def opening_of(sentences: Iterable[OpeningSentence], creator: Creator) -> Paragraph:
    """Return sentences about the person, each with the proofs that it claims."""
    return tuple(
        Sentence(
            text=sentence.text.strip(),
            receipts=tuple(_receipt(claim, creator) for claim in sentence.receipts),
        )
        for sentence in sentences
        if sentence.text.strip()
    )


def _receipt(claim: QuotedReceipt, creator: Creator) -> Receipt:
    kind = ReceiptKind.BIO if claim.ref == BIO else ReceiptKind.POST
    return Receipt(kind=kind, ref=claim.ref, quote=claim.quote, published_on=_date(claim.ref, creator))


def fact_receipt(fact_id: str, brand: Brand) -> Receipt:
    """Return the proof that a fact with this id would be."""
    fact = brand.fact(fact_id)
    return Receipt(kind=ReceiptKind.FACT, ref=fact_id, quote=fact.text if fact else "")


def _date(ref: str, creator: Creator) -> date | None:
    post = creator.post(ref)
    return post.published_on if post is not None else None
