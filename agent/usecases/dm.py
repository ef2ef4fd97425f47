"""Puts direct messages together: the same words, receipts and offer as a letter, in what room there is.

A direct message has no subject and no footer. What is left out goes in one order, until the message is
short enough to be read on a telephone and fits the platform: details of the brand, then terms of the offer
that are agreed in writing later anyway, then the second thought about the creator, at last all of the brand
but its name. What was seen of the creator, what is given and asked for, the question, the signature and the
legal lines always stay.
"""

from collections.abc import Iterator
from dataclasses import replace

import prompts
from agent.domain.brand import Brand
from agent.domain.channel import direct_messages_on
from agent.domain.creator import Creator
from agent.domain.gate.custom import letter_form
from agent.domain.gate.direct import FIRST_MESSAGE, NEXT_MESSAGE
from agent.domain.letter import Letter, Paragraph, Sentence, Words
from agent.domain.text import words as count_of
from agent.ports import Assignment
from agent.usecases import composing

LATER = ("disclosure", "rights")
"""Terms of the offer that may wait for the agreement, in the order in which they are left out."""


def assemble(words: Words, assignment: Assignment) -> Letter:
    """Return the message: the longest form that fits, else the shortest there is, for the gate to see."""
    whole = composing.assemble(words, assignment)
    lines = legal_lines(
        assignment.brand, assignment.creator, language=assignment.language, touch=assignment.touch
    )
    made = replace(whole, subject="", closing=composing.signature(assignment.brand))
    for paragraphs in _ever_shorter(words, composing.offer_sentences(assignment), assignment):
        made = composing.set_in_type(replace(made, paragraphs=paragraphs), assignment.creator)
        if _fits(made, "\n\n".join(lines), assignment):
            break
    return made


def legal_lines(brand: Brand, creator: Creator, *, language: str, touch: int) -> tuple[str, ...]:
    """Return the lines that a direct message must carry, in order; the way to say no stands by itself.

    The short form of the notice goes with the first message (GDPR art. 14(3)(b)); a link to the whole one
    only where the platform lets strangers send links. US law may take a message for an e-mail: it then
    carries the postal address too (15 USC 7704; Facebook v. MaxBounty, N.D. Cal. 2011).
    """
    phrases = prompts.phrases("legal/direct", language)
    room = direct_messages_on(creator.platform)
    tags = {
        *(["first"] if touch == 1 else []),
        *(["links"] if room is not None and room.links and brand.privacy_url else []),
        *(["americas"] if creator.country in composing.AMERICAS else []),
    }
    form = letter_form(brand, creator).value if language == "fr" else ""
    values = {"brand": brand.name, "postal_address": brand.postal_address, "privacy_url": brand.privacy_url}
    lines = (
        composing.line(phrases, section, tags, form, values) for section in ("notice", "objection", "postal")
    )
    return tuple(line for line in lines if line)


def body(letter: Letter, footer: str) -> str:
    """Return the whole text to copy: the message, an empty line, the legal lines."""
    return f"{letter.text}\n\n{footer}"


def _ever_shorter(words: Words, offer: Paragraph, assignment: Assignment) -> Iterator[tuple[Paragraph, ...]]:
    opening, bridge = words.opening, words.bridge
    yield _paragraphs(opening, bridge, offer, words.ask)
    while len(bridge) > 1:
        bridge = bridge[:-1]
        yield _paragraphs(opening, bridge, offer, words.ask)
    for term in LATER if assignment.touch == 1 else ():
        offer = tuple(sentence for sentence in offer if term not in _terms(sentence))
        yield _paragraphs(opening, bridge, offer, words.ask)
    while len(opening) > 1:
        opening = opening[:-1]
        yield _paragraphs(opening, bridge, offer, words.ask)
    yield _paragraphs(opening, (), offer, words.ask)


def _paragraphs(
    opening: Paragraph, bridge: Paragraph, offer: Paragraph, ask: Sentence
) -> tuple[Paragraph, ...]:
    # few paragraphs: on a telephone an empty line costs as much as a sentence
    return tuple(paragraph for paragraph in ((*opening, *bridge), (*offer, ask)) if paragraph)


def _terms(sentence: Sentence) -> set[str]:
    return {receipt.ref for receipt in sentence.receipts}


def _fits(letter: Letter, footer: str, assignment: Assignment) -> bool:
    room = direct_messages_on(assignment.creator.platform)
    most_words = (FIRST_MESSAGE if assignment.touch == 1 else NEXT_MESSAGE)[2]
    return count_of(letter.text) <= most_words and (room is None or len(body(letter, footer)) <= room.most)
