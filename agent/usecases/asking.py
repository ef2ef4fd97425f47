"""What an answer has to say: the questions of a message, and what on file answers each of them."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from agent.domain.brand import Fact
from agent.domain.channel import Channel
from agent.domain.gate.numbers import amounts
from agent.domain.gate.reading import stems
from agent.domain.questions import MOST, Question, Rules, asked, mentions, tells
from agent.domain.replies import ReplyKind
from agent.ports import Assignment
from agent.usecases.composing import market_tags, register
from prompts import Phrases

_TABLE = "letters/questions"
_TERMS = "letters/terms"
_RULES = ("asking", "starts", "idle", "undecided")
_TOLD = " told"
OFFERED = ("paid", "cost", "worth", "commission", "post", "freedom", "disclosure", "exclusivity", "rights",
           "deadline", "who", "source", "data", "stop", "address", "next", "item")  # fmt: skip
"""Topics that the brand's records answer, each by a section of letters/terms."""
WHOLE_OFFER = "more"
"""The topic of somebody who wants to know more, and says no further what."""
_VAGUE = frozenset({WHOLE_OFFER, "next"})
SETTLED_BY_YES = frozenset(
    {"post", "cost", "disclosure", "rights", "item", "more", "next", "address", "worth"}
)
"""Topics that the terms of an answer to a yes speak of anyway."""


@dataclass(frozen=True, kw_only=True)
class Resolved:
    """A question with what answers it: topics of the brand's records, and facts. Open where nothing does."""

    question: Question
    topics: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether only a person, or a writer who finds a fact for it, can answer it."""
        return not self.topics and not self.facts


def said_yes(assignment: Assignment) -> bool:
    """Return whether the reply that is answered is a yes, and not one that waits for an answer first."""
    answering = assignment.answering
    if answering is None or answering.reply.kind is not ReplyKind.INTERESTED:
        return False
    rules = rules_of(assignment.texts.phrases(_TABLE, assignment.language))
    return not mentions(answering.reply.text, rules.undecided)


def plan(assignment: Assignment) -> tuple[Resolved, ...]:
    """Return the questions of the reply that is answered, in order, each with what answers it.

    A message that asks, but in no words that a rule knows, is one open question.
    """
    if assignment.answering is None:
        return ()
    text = assignment.answering.reply.text
    rules = rules_of(assignment.texts.phrases(_TABLE, assignment.language))
    found = asked(text, rules)
    if not found and not said_yes(assignment):
        found = (Question(text=_beginning(text), topics=()),)
    if assignment.answering.reply.kind is ReplyKind.NEGOTIATES:
        found = (*found, *_proposals(text, found))
    known = tuple(_resolved(question, rules, assignment) for question in found)
    # who asks so much that not all was read is answered by a person
    return known if len(found) < MOST else (*known, Resolved(question=Question(text="…", topics=())))


def tags(assignment: Assignment) -> set[str]:
    """Return the conditions that the offer and the reply set for the forms of an answer."""
    offer = assignment.campaign.offer
    terms = {"gift": offer.gift, "cash": offer.cash, "affiliate": offer.affiliate}
    held = {name for name, term in terms.items() if term is not None}
    due = bool(offer.deliverables) or offer.gift is None
    return (
        held
        | market_tags(assignment)
        | {"yes" if said_yes(assignment) else "question", "due" if due else "free", register(assignment)}
        | _address_tags(assignment)
        | ({"held_rights"} if offer.rights is not None else set())
        | ({"asked_for"} if offer.deliverables else set())
        | ({"dated"} if offer.deadline is not None else set())
        | ({"valued"} if offer.gift is not None and offer.gift.value is not None else set())
    )


def _address_tags(assignment: Assignment) -> set[str]:
    origin = assignment.creator.address.provenance if assignment.creator.address is not None else None
    by_mail = {"by_mail"} if assignment.channel is Channel.EMAIL else set()
    return by_mail | ({origin.kind} if origin is not None else set())


@lru_cache(maxsize=16)
def _rules_from(table: tuple[tuple[str, tuple[str, ...]], ...]) -> Rules:
    sections = dict(table)
    return Rules(
        topics={n: words for n, words in sections.items() if n not in _RULES and not n.endswith(_TOLD)},
        told={n.removesuffix(_TOLD): words for n, words in sections.items() if n.endswith(_TOLD)},
        asking=sections.get("asking", ()),
        starts=sections.get("starts", ()),
        idle=sections.get("idle", ()),
        undecided=sections.get("undecided", ()),
    )


def rules_of(phrases: Phrases) -> Rules:
    """Return the rules that a table of phrases holds."""
    return _rules_from(tuple((name, phrases.words(name)) for name in phrases.sections))


def _resolved(question: Question, rules: Rules, assignment: Assignment) -> Resolved:
    asked_of_facts = [topic for topic in question.topics if topic in rules.told]
    asked_of_offer = [topic for topic in question.topics if topic in {*OFFERED, WHOLE_OFFER}]
    if len(question.topics) > 1:
        asked_of_offer = [topic for topic in asked_of_offer if topic not in _VAGUE] or asked_of_offer[:1]
    facts = _facts(question, asked_of_facts, rules, assignment)
    terms = assignment.texts.phrases(_TERMS, assignment.language)
    known = tags(assignment)
    topics = tuple(t for t in asked_of_offer if _can_tell(t, terms, known, register(assignment)))
    missing = set(asked_of_offer) - set(topics) or ({*asked_of_facts} - {"who"} and not facts)
    if missing:
        return Resolved(question=question)
    return Resolved(question=question, topics=topics, facts=facts)


def _facts(question: Question, topics: list[str], rules: Rules, assignment: Assignment) -> tuple[Fact, ...]:
    telling = [fact for fact in assignment.brand.facts if any(tells(fact.text, t, rules) for t in topics)]
    about = stems(question.text)
    best = sorted(telling, key=lambda fact: -len(about & stems(fact.text)))  # stable: else the brand's order
    return tuple(best[:1])


def _can_tell(topic: str, terms: Phrases, known: AbstractSet[str], form: str) -> bool:
    return topic == WHOLE_OFFER or bool(terms.forms(topic, known, register=form))


def _proposals(text: str, known: tuple[Question, ...]) -> Iterator[Question]:
    """Yield the sentences that name an amount: other terms than the offer's are a person's to answer."""
    asked_already = " ".join(question.text for question in known)
    for sentence in re.split(r"(?<=[.!?…])\s+|\n+", text):
        if amounts(sentence) and sentence.strip() not in asked_already:
            yield Question(text=_beginning(sentence), topics=())


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()}…"


_SHOWN = 80
"""Characters of a message that asks something, when no sentence of it stands out as the question."""
