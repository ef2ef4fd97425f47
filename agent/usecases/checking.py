"""Judging letters by themselves: the gate alone, with nothing stored."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from agent.domain.brand import Brand, Offer
from agent.domain.draft import Draft, Finding, Origin, Severity
from agent.domain.fit import Fit
from agent.domain.ids import DraftId, OutreachId
from agent.domain.letter import Letter, Receipt, ReceiptKind
from agent.domain.merging import merge
from agent.domain.outreach import Outreach
from agent.domain.records import CaseRow
from agent.domain.text import folded
from agent.ports import Ports
from agent.usecases.composing import DISCLOSURES
from agent.usecases.gating import judged
from agent.usecases.importing import told
from agent.usecases.lookup import Context

_WORD = re.compile(r"\w+")
_STEM = 5
_RETOLD = 0.75
"""The share of a sentence's content words that a fact has which it retells: it adds next to nothing."""


def check_letter(ports: Ports, row: CaseRow) -> tuple[Finding, ...]:
    """Return what the gate says about a letter that is nowhere stored.

    Its footer is the one that we would render. `ports` should have a store of their own: letters of one
    campaign are compared with each other, and with those that the store holds of it.
    """
    at = ports.clock.now()
    creator = told(ports, None, merge(None, row.creator, at=at)).creator
    outreach = Outreach(
        id=OutreachId(f"line-{row.line}"),
        campaign_id=row.campaign.id,
        creator_id=creator.id,
        fit=Fit(creator_id=creator.id, score=0.0, similarity=0.0),
        created_at=at,
        updated_at=at,
    )
    letter = supported(row.letter, row.brand, row.campaign.offer)
    draft = Draft(
        id=DraftId(f"line-{row.line}"),
        outreach_id=outreach.id,
        touch=row.touch,
        letter=letter,
        origin=Origin(writer="file", model="file", prompt="file"),
        channel=row.channel,
        created_at=at,
        updated_at=at,
    )
    context = Context(outreach=outreach, creator=creator, campaign=row.campaign, brand=row.brand)
    return judged(ports, context, (), draft, at=at)


def supported(letter: Letter, brand: Brand, offer: Offer) -> Letter:
    """Return the letter with the receipts that a bare text cannot carry: facts retold, terms of the offer.

    Only a sentence without any receipt gets some, and only for what it names; the gate then holds it to them.
    """
    facts = {fact.id: (fact.text, _stems(fact.text)) for fact in brand.facts}
    terms = _terms(offer, letter.language)
    return replace(
        letter,
        paragraphs=tuple(
            tuple(
                sentence
                if sentence.receipts
                else replace(sentence, receipts=tuple(_found(sentence.text, facts, terms)))
                for sentence in paragraph
            )
            for paragraph in letter.paragraphs
        ),
    )


def _found(
    text: str, facts: Mapping[str, tuple[str, frozenset[str]]], terms: Mapping[str, frozenset[str]]
) -> Iterator[Receipt]:
    said = _stems(text)
    for name, marks in terms.items():
        if said & marks:
            yield Receipt(kind=ReceiptKind.OFFER, ref=name)
    for name, (fact, stems) in facts.items():
        if _retells(text, fact) or (said and len(said & stems) >= _RETOLD * len(said)):
            yield Receipt(kind=ReceiptKind.FACT, ref=name, quote=fact)


def _retells(text: str, fact: str) -> bool:
    # a fact that goes on inside a sentence begins small
    return folded(fact).rstrip(".")[1:].casefold() in folded(text).casefold()


def _terms(offer: Offer, language: str) -> Mapping[str, frozenset[str]]:
    """Return the words by which a sentence is known to speak of each term that the offer holds."""
    gift = f"{offer.gift.name} {offer.gift.value.amount if offer.gift.value else ''}" if offer.gift else ""
    words = {
        "gift": gift,
        "cash": str(offer.cash.amount) if offer.cash else "",
        "affiliate": f"{offer.affiliate.rate} {offer.affiliate.code or ''}" if offer.affiliate else "",
        "deliverables": " ".join(offer.deliverables),
        "disclosure": DISCLOSURES.get(language, ""),
        "rights": str(offer.rights.months) if offer.rights else "",
    }
    return {name: _stems(text) for name, text in words.items() if text}


def _stems(text: str) -> frozenset[str]:
    found = (word for word in _WORD.findall(folded(text).casefold()))
    return frozenset(word[:_STEM] for word in found if len(word) >= _STEM or word.isdigit() or word == "ad")


def verdict(findings: tuple[Finding, ...]) -> str:
    """Return `block` where a finding blocks, else `pass`."""
    return "block" if any(finding.severity is Severity.BLOCK for finding in findings) else "pass"
