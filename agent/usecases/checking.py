"""Judging letters by themselves: the gate alone, with nothing stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from agent.domain.brand import Brand, Offer
from agent.domain.draft import Draft, Finding, Origin, Severity
from agent.domain.fit import Fit
from agent.domain.gate.numbers import values_in
from agent.domain.gate.reading import stems
from agent.domain.ids import DraftId, OutreachId
from agent.domain.letter import Letter, Receipt, ReceiptKind
from agent.domain.merging import merge
from agent.domain.outreach import Outreach
from agent.domain.records import CaseRow
from agent.domain.text import folded
from agent.ports import Ports
from agent.usecases.composing import DISCLOSURES
from agent.usecases.gating import judged
from agent.usecases.importing import with_language
from agent.usecases.lookup import Context

_RETOLD = 0.75
"""The share of a sentence's content words that a fact has which it retells: it adds next to nothing."""


def check_letter(ports: Ports, row: CaseRow) -> tuple[Finding, ...]:
    """Return what the gate says about a letter that is nowhere stored.

    Its footer is the one that we would render. `ports` should have a store of their own: letters of one
    campaign are compared with each other, and with those that the store holds of it.
    """
    at = ports.clock.now()
    creator = with_language(ports, None, merge(None, row.creator, at=at)).creator
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
    facts = {fact.id: (fact.text, stems(fact.text)) for fact in brand.facts}
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
    text: str, facts: Mapping[str, tuple[str, frozenset[str]]], terms: "Mapping[str, _Marks]"
) -> Iterator[Receipt]:
    said = stems(text)
    for name, marks in terms.items():
        if said & marks.stems or values_in(text) & marks.values:
            yield Receipt(kind=ReceiptKind.OFFER, ref=name)
    for name, (fact, told) in facts.items():
        if _retells(text, fact) or (said and len(said & told) >= _RETOLD * len(said)):
            yield Receipt(kind=ReceiptKind.FACT, ref=name, quote=fact)


def _retells(text: str, fact: str) -> bool:
    # a fact that goes on inside a sentence begins small
    return folded(fact).rstrip(".")[1:].casefold() in folded(text).casefold()


@dataclass(frozen=True, kw_only=True)
class _Marks:
    """By what a sentence is known to speak of a term: the beginnings of words, and numbers."""

    stems: frozenset[str] = frozenset()
    values: frozenset[Decimal] = frozenset()


def _terms(offer: Offer, language: str) -> Mapping[str, _Marks]:
    """Return the marks of each term that the offer holds."""
    found = {"disclosure": _Marks(stems=stems(DISCLOSURES.get(language, "")))}
    if offer.gift is not None:
        worth = frozenset({offer.gift.value.amount}) if offer.gift.value else frozenset()
        found["gift"] = _Marks(stems=stems(offer.gift.name), values=worth)
    if offer.cash is not None:
        found["cash"] = _Marks(values=frozenset({offer.cash.amount}))
    if offer.affiliate is not None:
        share = values_in(offer.affiliate.rate)
        found["affiliate"] = _Marks(stems=stems(offer.affiliate.code or ""), values=share)
    if offer.deliverables:
        found["deliverables"] = _Marks(stems=stems(" ".join(offer.deliverables)))
    if offer.rights is not None:
        found["rights"] = _Marks(values=frozenset({Decimal(offer.rights.months)}))
    return found


def verdict(findings: tuple[Finding, ...]) -> str:
    """Return `block` where a finding blocks, else `pass`."""
    return "block" if any(finding.severity is Severity.BLOCK for finding in findings) else "pass"
