"""What a creator asks: a message taken apart into its questions, each with the topics that it is about."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agent.domain.gate.plain import bare
from agent.domain.text import visible

LONGEST_READ = 4_000
"""Characters of a message in which questions are looked for."""
MOST = 8
"""Questions of one message that are answered one by one; who asks more wants a person."""
LONGEST_SHOWN = 160
"""Characters of a question as it is shown again; the rest stands in the message itself."""

_WHOLE = 3  # letters: so short a word stands for itself, a longer one for all that begin with it
_BETWEEN = 5  # other words that may stand between two words of a phrase
_IDLE = 6  # words; a longer question is one, whatever it begins with
_SENTENCE = re.compile(r"(?<=[.!?…])[)»”\"]*\s+|\n+")
_CLAUSE = re.compile(r"(\s*[:;]\s+|,\s+|\s+(?=(?:et|and|puis|also|aussi)\s))")
_JOINT = re.compile(r"\A(?:et|and|puis|also|aussi|mais|but)\s+", re.IGNORECASE)
_WORD = re.compile(r"\w+")

Tokens = Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Rules:
    """By which words a question and its topic are known, in one language; read from a table of phrases.

    A phrase is words in order: one of up to three letters stands for itself, a longer one for every word that
    begins with it; up to five other words may stand between two of them. `topics` says what is asked,
    `told` by which words a fact of the brand answers a topic. `asking` are turns that ask without a question
    mark, `starts` the words with which a further question begins, `idle` questions that want no answer,
    `undecided` turns by which a yes is none yet.
    """

    topics: Mapping[str, tuple[str, ...]]
    told: Mapping[str, tuple[str, ...]]
    asking: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question, as it stands in the message, and what it is about: nothing where no rule knows."""

    text: str
    topics: tuple[str, ...]


def asked(text: str, rules: Rules) -> tuple[Question, ...]:
    """Return the questions of a message in order, at most `MOST` of them."""
    found: list[Question] = []
    for sentence in _SENTENCE.split(visible(text)[:LONGEST_READ]):
        if _is_question(sentence, rules):
            found.extend(_questions(sentence.strip(), rules))
    return tuple(found[:MOST])


def tells(text: str, topic: str, rules: Rules) -> bool:
    """Return whether a text, such as a brand's fact, speaks of a topic."""
    tokens = _tokens(text)
    return any(_says(tokens, phrase) for phrase in rules.told.get(topic, ()))


def mentions(text: str, phrases: Sequence[str]) -> bool:
    """Return whether a text says one of the phrases."""
    tokens = _tokens(text)
    return any(_says(tokens, phrase) for phrase in phrases)


def _is_question(sentence: str, rules: Rules) -> bool:
    return "?" in sentence or mentions(sentence, rules.asking)


def _questions(sentence: str, rules: Rules) -> Iterator[Question]:
    clauses = list(_clauses(sentence, rules))
    made = [
        Question(text=_shown(clause), topics=_topics(clause, rules))
        for clause in clauses
        if _tokens(clause) and not _is_idle(clause, rules)
    ]
    # « Deux questions avant de vous répondre : … »: what leads to a question is none
    asks = [each for each in made if each.topics or _begins(each.text, rules)]
    yield from asks or made[-1:]


def _clauses(sentence: str, rules: Rules) -> Iterator[str]:
    """Yield the parts of a sentence that each begin a question of their own."""
    current, *others = _CLAUSE.split(sentence)
    for mark, piece in zip(others[::2], others[1::2], strict=True):
        if ":" in mark or _begins(piece, rules):
            yield current
            current = piece
        else:
            current += mark + piece
    yield current


def _begins(clause: str, rules: Rules) -> bool:
    tokens = _tokens(_JOINT.sub("", clause.strip(" ,;:")))
    return any(_starts_with(tokens, start.split()) for start in rules.starts)


def _starts_with(tokens: Tokens, start: Sequence[str]) -> bool:
    heads = zip(tokens, start, strict=False)  # what follows is anything
    return len(tokens) >= len(start) and all(_fits(token, word) for token, word in heads)


def _is_idle(clause: str, rules: Rules) -> bool:
    return len(_tokens(clause)) <= _IDLE and mentions(clause, rules.idle)


def _topics(clause: str, rules: Rules) -> tuple[str, ...]:
    tokens = _tokens(clause)
    return tuple(
        topic for topic, phrases in rules.topics.items() if any(_says(tokens, phrase) for phrase in phrases)
    )


def _says(tokens: Tokens, phrase: str) -> bool:
    first, *rest = phrase.split()
    return any(
        _continues(tokens, place + 1, rest) for place, token in enumerate(tokens) if _fits(token, first)
    )


def _continues(tokens: Tokens, place: int, rest: Sequence[str]) -> bool:
    if not rest:
        return True
    window = range(place, min(place + _BETWEEN + 1, len(tokens)))
    return any(_continues(tokens, at + 1, rest[1:]) for at in window if _fits(tokens[at], rest[0]))


def _fits(token: str, word: str) -> bool:
    return token == word if len(word) <= _WHOLE else token.startswith(word)


def _tokens(text: str) -> Tokens:
    return _WORD.findall(bare(text))


def _shown(clause: str) -> str:
    clause = " ".join(_JOINT.sub("", clause.strip(" ,;:")).split())
    return clause if len(clause) <= LONGEST_SHOWN else f"{clause[: LONGEST_SHOWN - 1].rstrip()}…"
