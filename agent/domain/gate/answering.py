"""Answers to a creator: every question answered by somebody who can, no promise made for a person."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from agent.domain.draft import Finding, Severity
from agent.domain.gate.numbers import lowered
from agent.domain.gate.reading import Reading, Rule, block, warn
from agent.domain.gate.vocabulary import alternatives
from agent.domain.replies import ReplyKind
from agent.domain.text import folded, words


def _any(phrases: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternatives(phrases)}")


# What only a person can promise: to look something up, and to come back with it
_PROMISED = _any(
    r"je me renseigne\w*|je (?:vais )?(?:verifier?|demander?)|je (?:vous|te) (?:redis|redirai|tiens? au "
    r"courant|tiendrai au courant|recontacte\w*|rappelle\w*)|je (?:reviens|reviendrai) vers (?:vous|toi)|"
    r"(?:nous|on) (?:revenons|reviendrons|revient) vers (?:vous|toi)|nous verifierons|"
    r"i'?ll (?:find out|check|look into|ask (?:the|our|my)|get back|come back|circle back|let you know)|"
    r"i will (?:find out|check|look into|get back|come back|let you know)|"
    r"let me (?:check|find out|look into|ask)|"
    r"we(?:'ll| will) (?:find out|check|get back|look into)"
)
_POSTAL = _any(
    r"adresse (?:postale|de livraison|complete)|coordonnees postales|ou (?:dois-je|puis-je|dois je) "
    r"(?:l')?(?:envoyer|faire l'envoi)|(?:mailing|postal|shipping|street|home) address|"
    r"where (?:should|can|do) (?:i|we) (?:send|mail|ship)"
)
_SHOWN = 80
_OWN_WORDS = 2
_ON_NO_RECORD = frozenset(
    {
        "receipts.turned",
        "receipts.reason",
        "receipts.stray",
        "receipts.brand_claim",
        "receipts.unsupported",
        "receipts.name",
        "receipts.number",
    }
)
_VOUCHED = (
    "You say this, and nothing on file does: make sure of it, and add it to the brand's facts, so that the "
    "next answer can say it."
)


def unanswered(gaps: Iterable[str]) -> tuple[Finding, ...]:
    """Return what blocks an answer in which a person has to write something yet, one finding a question."""
    return tuple(
        block(
            "answers.open",
            question,
            f"The question “{question[:_SHOWN]}” is not answered by what we hold: write the answer in its "
            "place, or add the fact to the brand file and draft again.",
        )
        for question in gaps
    )


def vouched(findings: Iterable[Finding], *, written: str) -> tuple[Finding, ...]:
    """Return findings about an answer that a person edited: what is new, and on no record, is only told.

    `written` is the text that the writer had left. Whoever answers a question that the brand's file does not
    answer must be able to say it; amounts, promises, addresses and the law stay what they are.
    """
    return tuple(
        replace(each, severity=Severity.WARN, advice=_VOUCHED)
        if each.code in _ON_NO_RECORD and each.span and each.span not in written
        else each
        for each in findings
    )


def promises(reading: Reading) -> Iterator[Finding]:
    """Block “I'll find out and get back to you” that no person has written: nobody would keep it."""
    answered = reading.case.answered
    if answered is None or answered.by_person:
        return
    for line in reading.sentences:
        for found in _PROMISED.finditer(lowered(line.own)):
            yield block(
                "answers.promise",
                line.span(found),
                "Only a person can promise to find something out: write it yourself, or delete it.",
            )


def needless_address(reading: Reading) -> Iterator[Finding]:
    """Block asking where somebody lives when there is nothing to send them (GDPR, art. 5(1)(c))."""
    if reading.case.answered is None or reading.case.campaign.offer.gift is not None:
        return
    for line in reading.sentences:
        for found in _POSTAL.finditer(lowered(line.own)):
            yield block(
                "answers.address",
                line.span(found),
                "The offer holds no parcel: ask for no postal address.",
            )


def another_writer(reading: Reading) -> Iterator[Finding]:
    """Warn where the message came from another address than the one that the answer goes to."""
    answered, address = reading.case.answered, reading.case.creator.address
    if answered is None or address is None or "@" not in answered.reply.from_address:
        return
    if folded(answered.reply.from_address).casefold() != folded(address.email).casefold():
        yield warn(
            "answers.another_address",
            answered.reply.from_address,
            f"They wrote from {answered.reply.from_address}, and this goes to {address.email}: make sure "
            "that it is the same person.",
        )


def only_quoted(reading: Reading) -> Iterator[Finding]:
    """Block sentences that say nothing but what the creator wrote: given back, it reads as ours."""
    if reading.case.answered is None:
        return
    for line in reading.sentences:
        if line.plain.quoted and words(line.own) < _OWN_WORDS:
            yield block(
                "answers.only_quoted",
                line.plain.shown,
                "This only repeats their words: say something about them, or delete it.",
            )


def mixed_up(reading: Reading) -> Iterator[Finding]:
    """Block thanks for a yes that nobody said."""
    answered = reading.case.answered
    if answered is None or answered.reply.kind is ReplyKind.INTERESTED:
        return
    for line in reading.sentences:
        for found in _THANKS_FOR_YES.finditer(lowered(line.own)):
            yield block(
                "answers.no_yes",
                line.span(found),
                "They have not said yes: answer what they asked, and leave the decision to them.",
            )


_THANKS_FOR_YES = re.compile(
    r"\b(?:merci (?:pour (?:ce|votre|ton) oui|d'avoir (?:dit oui|accepte))|(?:thanks|thank you) for "
    r"(?:the yes|saying yes|agreeing|accepting)|glad you (?:said yes|accepted|agreed))\b"
)

RULES: tuple[Rule, ...] = (promises, needless_address, another_writer, only_quoted, mixed_up)
