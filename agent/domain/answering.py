"""Answering a creator: which replies are answered, what makes an answer pointless, what goes back to them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from agent.domain.creator import Post
from agent.domain.letter import Letter, Sentence
from agent.domain.outreach import OutreachStatus
from agent.domain.replies import Reply, ReplyKind
from agent.domain.text import normal

ANSWERED_UNASKED = frozenset({ReplyKind.QUESTION, ReplyKind.INTERESTED})
"""Kinds of replies to which an answer may be drafted in the background."""
ANSWERED_TOGETHER = ANSWERED_UNASKED | {ReplyKind.NEGOTIATES}
"""Kinds of replies to which answers are drafted for a whole campaign: is it paid, and how much?"""
ANSWERABLE = ANSWERED_TOGETHER | {ReplyKind.OTHER}
"""Kinds of replies that a person may have answered by a draft; the others want a person's own words."""
MAY_ANSWER = frozenset({OutreachStatus.IN_CONVERSATION, OutreachStatus.AGREED})
"""States of a conversation in which somebody waits for an answer of ours."""
NO_NEWS = frozenset({ReplyKind.OUT_OF_OFFICE, ReplyKind.AUTO})
"""Replies that change nothing about what is to be answered: a program wrote them."""

_GAP = re.compile(r"\[\?\s*([^\[\]]*?)\s*\]")


@dataclass(frozen=True, kw_only=True)
class Answered:
    """The reply that a letter answers, as the gate needs it.

    `from_address` is whoever wrote it, `by_person` whether a person has put the answer into their own words.
    """

    reply: Reply
    by_person: bool = False


def words_of(reply: Reply) -> Post:
    """Return a reply as one of the creator's texts, so that an answer can quote it and is held to it."""
    return Post(
        key=reply.id,
        original=reply.text,
        text=normal(reply.text).strip(),
        kind="reply",
        published_on=reply.received_at.date(),
    )


def seal_mark(reply: Reply) -> str:
    """Return what a seal covers of the answered reply: its name and the hash of its text."""
    return f"{reply.id}:{sha256(reply.text.encode()).hexdigest()}"


def overtaken_by(reply: Reply, replies: Iterable[Reply]) -> Reply | None:
    """Return the first message that came after this one and that a program did not write; None for none."""
    mine = (reply.received_at, reply.id)
    newer = (
        each
        for each in replies
        if each.id != reply.id and each.kind not in NO_NEWS and (each.received_at, each.id) > mine
    )
    return min(newer, key=lambda each: (each.received_at, each.id), default=None)


def gap(question: str) -> str:
    """Return the mark that stands in a letter for an answer that only a person can give."""
    return f"[? {question.replace('[', '(').replace(']', ')')} ]"


def without_gaps(letter: Letter) -> tuple[Letter, tuple[str, ...]]:
    """Return the letter without its gaps, and what stands in each of them."""
    found: list[str] = []

    def closed(sentence: Sentence) -> Sentence:
        found.extend(_GAP.findall(sentence.text))
        return replace(sentence, text=" ".join(_GAP.sub(" ", sentence.text).split(" ")).strip())

    paragraphs = (
        tuple(each for each in map(closed, paragraph) if each.text) for paragraph in letter.paragraphs
    )
    kept = tuple(paragraph for paragraph in paragraphs if paragraph)
    return (replace(letter, paragraphs=kept) if found else letter), tuple(found)
