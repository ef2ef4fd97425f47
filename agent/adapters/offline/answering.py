"""Answers without a model: thanks, the facts that were asked for, and one easy question or none."""

from collections.abc import Mapping
from dataclasses import replace

from agent.adapters.offline.quoting import (
    Rules,
    has_any,
    is_delicate,
    is_paid,
    is_suspicious,
    passages,
    stems,
)
from agent.domain.answering import words_of
from agent.domain.brand import Fact
from agent.domain.errors import BadInput
from agent.domain.letter import Paragraph, Receipt, ReceiptKind, Sentence, Words
from agent.domain.text import words as count_of
from agent.ports import Assignment
from agent.usecases.asking import plan, said_yes, tags
from agent.usecases.composing import chosen, register, typeset, unbanned
from agent.usecases.composing_answers import assemble, open_questions
from prompts import Phrases

NAME = "letters/answer"
_LONGEST_QUOTE = 60
_SHORT = 27  # words; a shorter answer reads as if somebody had no time


def answer(assignment: Assignment, phrases: Phrases, rules: Rules) -> Words:
    """Return the words of an answer; what no fact and no term answers stays open, for a person.

    Raises BadInput where there is no reply to answer.
    """
    answering = assignment.answering
    if answering is None:
        raise BadInput("There is no reply to answer; draft a letter instead.")
    resolved = plan(assignment)
    quote = _quote(assignment, rules)
    known = tags(assignment) | ({"quoted"} if quote else set())
    known |= {"several"} if len(resolved) > 1 else set()
    facts = dict.fromkeys(fact for each in resolved for fact in each.facts)
    thanks = _sentences(phrases, "thanks", known, {"quote": quote}, assignment)
    words = Words(
        subject="",  # the thread's
        opening=tuple(_proved(sentence, quote, assignment) for sentence in thanks),
        bridge=tuple(
            _told(fact, place, phrases, known, rules, assignment) for place, fact in enumerate(facts)
        ),
        ask=_sentences(phrases, "ask", known, {}, assignment)[0],
        open=open_questions(resolved),
    )
    if said_yes(assignment) or count_of(assemble(words, assignment).text) >= _SHORT:
        return words
    easy = _sentences(phrases, "easy", known, {}, assignment)[0].text
    return replace(words, ask=Sentence(text=f"{easy} {words.ask.text}"))


def _sentences(
    phrases: Phrases, section: str, known: set[str], values: Mapping[str, object], assignment: Assignment
) -> Paragraph:
    form = register(assignment)
    forms = unbanned(phrases.forms(section, known, register=form), assignment)
    slot = "opening" if section == "thanks" else section
    found = chosen(forms, assignment, slot)
    return tuple(Sentence(text=phrases.render(text, values)) for text in found.sentences(form))


def _told(
    fact: Fact, place: int, phrases: Phrases, known: set[str], rules: Rules, assignment: Assignment
) -> Sentence:
    text = typeset(fact.text.strip(), assignment.language)
    text = text if text.endswith((".", "!", "…")) else f"{text}."
    start = text.split(maxsplit=1)[0].split("’")[0].casefold()
    # a colon already stands in some facts, and one lead is enough for an answer
    is_first = start in rules.small_words and ":" not in text and place == 0
    inline = text[0].lower() + text[1:] if is_first else ""
    more = known | ({"inline"} if inline else set())
    found = chosen(phrases.forms("told", more), assignment, f"told {place}")
    rendered = phrases.render(found.sentences("")[0], {"fact": text, "fact_inline": inline})
    return Sentence(text=rendered, receipts=(Receipt(kind=ReceiptKind.FACT, ref=fact.id, quote=fact.text),))


def _proved(sentence: Sentence, quote: str, assignment: Assignment) -> Sentence:
    if not quote or quote not in sentence.text or assignment.answering is None:
        return sentence
    post = words_of(assignment.answering.reply)
    receipt = Receipt(kind=ReceiptKind.REPLY, ref=post.key, quote=quote, published_on=post.published_on)
    return Sentence(text=sentence.text, receipts=(receipt,))


def _quote(assignment: Assignment, rules: Rules) -> str:
    """Return a passage of a yes that is pleasant to repeat; nothing where none is surely so."""
    if assignment.answering is None or not said_yes(assignment):
        return ""
    post = words_of(assignment.answering.reply)
    if is_suspicious(post.original, post.text, rules) or is_paid(post.text, rules):
        return ""
    banned = [word.casefold() for word in assignment.brand.voice.banned]
    gift = assignment.campaign.offer.gift
    said = (*(fact.text for fact in assignment.brand.facts), gift.name if gift is not None else "")
    ours = stems(" ".join(said), rules)
    fitting = (
        passage.text
        for passage in passages(post.text, rules)
        if passage.whole
        and not passage.weak
        and len(passage.text) <= _LONGEST_QUOTE
        and "?" not in passage.text
        and not any(char.isdigit() for char in passage.text)
        and not is_delicate(passage.text, rules)
        and not has_any(passage.text, banned)
        # what has to do with us is worth repeating; « avec grand plaisir » is not
        and stems(passage.text, rules) & ours
    )
    return next(fitting, "")
