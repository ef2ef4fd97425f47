"""What a model is told: the shared part first, then brand and campaign, last this creator and nobody else."""

import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.adapters.llm.answering import to_be_told
from agent.domain.creator import BIO
from agent.domain.draft import Finding
from agent.domain.letter import Words
from agent.ports import Assignment
from agent.usecases.asking import said_yes
from agent.usecases.composing import date_words, offer_terms, register
from prompts import Prompt

MOST_TEXTS = 10
"""Texts of a creator that a model reads: those of the reasons, then the newest."""
LONGEST_TEXT = 1500
"""Characters of one text; what is cut off cannot be quoted."""
_SYSTEM_END = "\n%%\n"
_EMAIL = re.compile(r"\S+@\S+\.\w+")


@dataclass(frozen=True, kw_only=True)
class Request:
    """The messages, and `asked`: the same text for the same question, without the random mark."""

    told: list[tuple[str, str]]
    asked: str


def messages(
    prompt: Prompt, assignment: Assignment, *, rejected: Words | None, findings: Sequence[Finding]
) -> Request:
    """Return what a model is told for one letter: system and user."""
    brand, campaign, creator = assignment.brand, assignment.campaign, assignment.creator
    boundary = f"----- {secrets.token_hex(12)} -----"
    text = prompt.render(
        register=register(assignment),
        brand=brand.name,
        sender=brand.sender.name,
        values=[{"name": value.name, "text": value.text} for value in brand.values],
        facts=[{"id": fact.id, "text": fact.text} for fact in brand.facts],
        voice={
            "do": list(brand.voice.do),
            "dont": list(brand.voice.dont),
            "banned": list(brand.voice.banned),
            "examples": list(brand.voice.examples),
        },
        objective=campaign.objective,
        offer=offer_terms(campaign.offer),
        boundary=boundary,
        platform=creator.platform,
        evidence=list(_evidence(assignment)),
        reasons=[{"ref": reason.ref, "value": reason.value} for reason in assignment.reasons],
        thread=[
            {"date": date_words(earlier.sent_at.date(), assignment.language), "body": earlier.body}
            for earlier in assignment.thread
        ],
        last=assignment.touch >= campaign.cadence.touches,
        rejected=_rejected(rejected, findings) if rejected is not None else None,
        # a brand's own text may be older than the slot
        **({"channel": assignment.channel.value} if "channel" in prompt.slots else {}),
        **(_answering(assignment) if "questions" in prompt.slots else {}),
    )
    return Request(told=system_and_user(text), asked=text.replace(boundary, ""))


def system_and_user(text: str) -> list[tuple[str, str]]:
    """Return a rendered prompt as messages: what stands above its `%%` line is the system's."""
    system, _, user = text.partition(_SYSTEM_END)
    return [("system", system.strip()), ("user", user.strip())]


def _answering(assignment: Assignment) -> dict[str, object]:
    asked = enumerate(to_be_told(assignment), start=1)
    return {
        "questions": [
            {"number": number, "text": _EMAIL.sub("[…]", each.question.text)} for number, each in asked
        ],
        "yes": said_yes(assignment),
    }


def _evidence(assignment: Assignment) -> Iterator[dict[str, str]]:
    creator = assignment.creator
    newest = sorted(
        creator.posts,
        key=lambda post: post.published_on.isoformat() if post.published_on else "",
        reverse=True,
    )
    refs = dict.fromkeys(
        (*(reason.ref for reason in assignment.reasons), BIO, *(post.key for post in newest))
    )
    if assignment.answering is not None:
        refs = dict.fromkeys((assignment.answering.reply.id,))  # the message, and nothing else of theirs
    for ref in list(refs)[:MOST_TEXTS]:
        text = creator.evidence_text(ref)
        if text is None:
            continue
        post = creator.post(ref)
        on = post.published_on if post is not None else None
        yield {
            "ref": ref,
            "date": date_words(on, assignment.language, today=assignment.today, country=creator.country)
            if on
            else "",
            # an address is nothing to write about, and the provider has no need of it
            "text": _without_addresses(text[:LONGEST_TEXT]),
        }


def _without_addresses(text: str) -> str:
    # the pattern would be tried at every character of a text that has none
    return _EMAIL.sub("[…]", text) if "@" in text else text


def _rejected(rejected: Words, findings: Sequence[Finding]) -> dict[str, object]:
    lines = [rejected.subject, *(s.text for s in (*rejected.opening, *rejected.bridge, rejected.ask))]
    return {
        "words": "\n".join(lines),
        "findings": [{"advice": finding.advice, "span": finding.span} for finding in findings],
    }
