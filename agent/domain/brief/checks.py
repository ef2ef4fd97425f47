"""What stands against a brief before a person approves it: pure findings with code, severity and advice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from agent.domain.brief.disclosure import Disclosure
from agent.domain.brief.ledger import Ledger
from agent.domain.brief.terms import Terms
from agent.domain.draft import Finding, Severity
from agent.domain.text import hidden

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# a key message in the first person singular is a sentence for the creator's mouth
_FIRST_PERSON = re.compile(
    r"\b(?:je|moi|mon|ma|mes|i|i'm|i've|i'll|my|me|mine)\b|\b(?:j|m)'(?=\w)", re.IGNORECASE
)
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\[[A-Z_ ]{2,}\]|\b(?:TODO|XXX|lorem ipsum)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class BriefCase:
    """Everything the checks look at. `ledger` is None where no country asks for a contract."""

    terms: Terms
    disclosure: Disclosure
    ledger: Ledger | None
    banned: tuple[str, ...]
    today: date


def findings_of(case: BriefCase) -> tuple[Finding, ...]:
    """Return everything found, what blocks first."""
    found = [*_disclosure(case), *_ledger(case), *_texts(case), *_dates(case), *_completeness(case)]
    return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.BLOCK))


def _disclosure(case: BriefCase) -> Iterator[Finding]:
    words = case.terms.disclosure
    if not words:
        yield _block(
            "disclosure.missing",
            "",
            "The brief has no words that mark the publication as advertising: add them; usual here: "
            f"{_quoted(case.disclosure.usual_words) or 'none is known for this country, ask a lawyer'}.",
        )
        return
    for rule in case.disclosure.rules:
        if rule.is_met_by(words):
            continue
        alone = rule.insufficient(words)
        problem = f"{_quoted(alone)} alone is not enough" if alone else "this is not known to be enough"
        yield _block(
            "disclosure.not_enough",
            ", ".join(words),
            f"In {rule.country} {problem}: write {_quoted(rule.labels[:2], ' or ')} ({rule.source}).",
        )
    for country in case.disclosure.uncovered:
        yield _warn(
            "disclosure.country",
            country,
            f"No rule of disclosure is on file for {country}: make sure that the words hold there.",
        )


def _ledger(case: BriefCase) -> Iterator[Finding]:
    ledger = case.ledger
    if ledger is None:
        return
    rule, has_contract = ledger.rule, bool(case.terms.contract.strip())
    sums = f"{ledger.total:.2f} {rule.threshold.currency} of {rule.threshold.amount:.2f} in {ledger.year}"
    if ledger.needs_contract and not has_contract:
        yield _block(
            "ledger.contract",
            sums,
            f"Pay and gifts for this objective reach {sums}: sign a written contract and enter its reference "
            f"({rule.source}).",
        )
    elif ledger.is_near and not has_contract:
        yield _warn(
            "ledger.near",
            sums,
            f"Pay and gifts for this objective come to {sums}: from {rule.threshold.amount:.2f} on a written "
            f"contract is due ({rule.source}).",
        )
    if has_contract:
        return
    for money in ledger.foreign:
        yield _block(
            "ledger.currency",
            f"{money.amount} {money.currency}",
            f"An amount in {money.currency} cannot be counted: state it in {rule.threshold.currency}, or "
            "enter a contract's reference.",
        )
    if case.terms.gift is not None and case.terms.gift.value is None:
        yield _block(
            "ledger.gift_value",
            case.terms.gift.name,
            "The gift has no value, so nobody can tell whether a written contract is due: enter its value "
            f"excluding VAT ({rule.source}).",
        )
    if case.terms.affiliate is not None:
        yield _warn(
            "ledger.affiliate",
            case.terms.affiliate.rate,
            "A share of sales is pay as well and is not counted here: look at it before the sum reaches "
            f"{rule.threshold.amount:.2f} {rule.threshold.currency}.",
        )


def _texts(case: BriefCase) -> Iterator[Finding]:
    for text in case.terms.texts:
        if hidden(text):
            yield _block(
                "text.hidden", text, f"Remove characters that nobody sees: {', '.join(hidden(text))}."
            )
        if _PLACEHOLDER.search(text):
            yield _block("text.placeholder", text, "Replace the placeholder by what is meant.")
        for word in case.banned:
            if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE):
                yield _warn("text.banned", word, f"The brand never writes “{word}”: say it in another way.")
    for message in case.terms.key_messages:
        if _FIRST_PERSON.search(message.replace("’", "'")):
            yield _block(
                "text.dictated",
                message,
                "This is a sentence for the creator's mouth: say what matters to the brand, and leave the "
                "words to the creator.",
            )


def _dates(case: BriefCase) -> Iterator[Finding]:
    for deliverable in case.terms.deliverables:
        if deliverable.due_on is None:
            yield _warn("date.missing", deliverable.what, "Say by which day it is published.")
        elif deliverable.due_on < case.today:
            yield _block(
                "date.past", deliverable.what, f"{deliverable.due_on} is over: agree on another day."
            )
    for name, span in (("rights", case.terms.rights), ("exclusivity", case.terms.exclusivity)):
        if span is not None and span.ends_on < span.starts_on:
            yield _block(
                "date.backwards",
                f"{span.starts_on} – {span.ends_on}",
                f"The {name} end before they begin: correct the dates.",
            )
        elif span is not None and span.ends_on < case.today:
            yield _block("date.past", str(span.ends_on), f"The {name} are over already: correct the dates.")


def _completeness(case: BriefCase) -> Iterator[Finding]:
    terms = case.terms
    if not _EMAIL.fullmatch(terms.contact.email):
        yield _block("contact.missing", terms.contact.email, "Name somebody with an e-mail address to ask.")
    if not terms.objective.strip():
        yield _block("objective.missing", "", "Say what the campaign is for: the ledger counts by it.")
    for deliverable in terms.deliverables:
        if deliverable.count < 1 or not deliverable.what.strip():
            yield _block("deliverable.empty", deliverable.what, "Say what is published and how many times.")
    if not terms.benefits:
        yield _warn("benefit.missing", "", "The brief gives nothing: is that what was agreed?")
    if terms.exclusivity is not None and terms.cash is None:
        yield _warn(
            "exclusivity.unpaid", terms.exclusivity.field, "Exclusivity without pay is rarely fair: check it."
        )
    if terms.gift is not None and terms.gift.value is None:
        yield _warn("gift.value", terms.gift.name, "Say what the gift is worth.")


def _quoted(words: tuple[str, ...], joint: str = ", ") -> str:
    return joint.join(f"“{word}”" for word in words)


def _block(code: str, span: str, advice: str) -> Finding:
    return Finding(code=f"brief.{code}", severity=Severity.BLOCK, span=span, advice=advice)


def _warn(code: str, span: str, advice: str) -> Finding:
    return Finding(code=f"brief.{code}", severity=Severity.WARN, span=span, advice=advice)
