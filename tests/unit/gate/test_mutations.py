"""Every honest letter, spoiled in twenty ways: each must block."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from agent.domain.brand import AddressForm
from agent.domain.draft import Severity
from agent.domain.gate import Case, check
from agent.domain.letter import Receipt, ReceiptKind
from tests.unit.gate.bad import Change, adds, slot, unlined, with_receipt
from tests.unit.gate.honest import HONEST
from tests.unit.gate.letters import rewritten


def _french(case: Case) -> bool:
    return case.letter.language == "fr"


def _either(french: str, english: str) -> Change:
    return lambda case: adds(french if _french(case) else english)(case)


def _altered_quote(case: Case) -> Case:
    quote = case.letter.receipts[0].quote
    return with_receipt(quote=quote[:-4] + "xyzzy")(case)


def _altered_words(case: Case) -> Case:
    first = case.letter.paragraphs[0][0]
    opened = "«" if "«" in first.text else "“" if "“" in first.text else '"'
    head, mark, tail = first.text.partition(opened)
    spoiled = replace(first, text=f"{head}{mark} zébulon {tail}")
    paragraphs = ((spoiled, *case.letter.paragraphs[0][1:]), *case.letter.paragraphs[1:])
    return rewritten(case, replace(case.letter, paragraphs=paragraphs))


def _wrong_date(case: Case) -> Case:
    return with_receipt(published_on=date(2024, 2, 29) + timedelta(days=1))(case)


def _invented_number(case: Case) -> Case:
    return adds(
        "Vos 98 765 abonnés le savent." if _french(case) else "Your 98,765 followers know it.", like=0
    )(case)


def _invented_day(case: Case) -> Case:
    return adds(
        "Le 31 janvier, vous le disiez déjà." if _french(case) else "You said so on January 31.", like=0
    )(case)


def _somebody_elses_fact(case: Case) -> Case:
    fact = Receipt(kind=ReceiptKind.FACT, ref="rival", quote="Prix du public")
    return adds("Prix du public, deux fois." if _french(case) else "A prize, twice.", receipts=(fact,))(case)


def _register(case: Case) -> Case:
    if not _french(case):
        return adds("Je voudrais te dire que tu es dans la mauvaise langue.")(case)
    vous = case.brand.address_form is AddressForm.VOUS
    return adds("Qu’en penses-tu, toi ?" if vous else "Qu’en pensez-vous, votre avis compte ?", paragraph=-1)(
        case
    )


def _homoglyph(case: Case) -> Case:
    return adds("p\u0430yp\u0430l-secure.c\u043em")(case)


def _other_language(case: Case) -> Case:
    return replace(adds("…")(case), detected_language="en" if _french(case) else "fr")


def _banned(case: Case) -> Case:
    voice = replace(case.brand.voice, banned=("splendide", "splendid"))
    spoiled = _either("C’est splendide.", "It is splendid.")(case)
    return replace(spoiled, brand=replace(case.brand, voice=voice))


def _hidden(case: Case) -> Case:
    return slot(closing=case.letter.closing + "\u2066\u2069")(case)


def _unlined(case: Case) -> Case:
    return unlined(case)


MUTATORS: dict[str, tuple[Callable[[Case], Case], set[str]]] = {
    "altered quote": (_altered_quote, {"receipts.quote"}),
    "altered words": (_altered_words, {"receipts.misquoted"}),
    "wrong post": (with_receipt(ref="p-unknown", kind=ReceiptKind.POST), {"receipts.unknown"}),
    "wrong date": (_wrong_date, {"receipts.published_on"}),
    "invented number": (_invented_number, {"receipts.number"}),
    "invented day": (_invented_day, {"receipts.date"}),
    "fact of another": (_somebody_elses_fact, {"receipts.unknown"}),
    "claim without receipt": (
        _either("J’ai vu votre chien.", "I saw your dog."),
        {"receipts.unsupported", "receipts.flattery"},
    ),
    "flattery": (_either("J’adore votre univers !", "Love your content!"), {"receipts.flattery"}),
    "promise": (
        _either("Nous vous verserons 300 €.", "We'll pay you $300."),
        {"commitments.amount", "commitments.payment"},
    ),
    "gift beyond the offer": (
        _either("Un voyage vous attend.", "A trip to Bali awaits."),
        {"commitments.gift"},
    ),
    "link": (_either("Voir https://ici.example/x", "See https://here.example/x"), {"addresses.url"}),
    "bare domain": (_either("Voir evil-shop.com", "See evil-shop.com"), {"addresses.domain"}),
    "spelled domain": (_either("Voir evil-shop point com", "See evil-shop dot com"), {"addresses.domain"}),
    "split domain": (adds("evil-shop\u200b.\u2060com"), {"addresses.domain"}),
    "homoglyph domain": (_homoglyph, {"addresses.domain", "hidden.script"}),
    "e-mail": (adds("x@y.example"), {"addresses.email"}),
    "spelled e-mail": (adds("x [at] y [dot] com"), {"addresses.email"}),
    "phone": (_either("Au 07 98 76 54 32.", "At 212-555-0188."), {"addresses.phone"}),
    "handle": (adds("@une.autre_marque"), {"addresses.handle"}),
    "newline in subject": (slot(subject="x\r\nBcc: y"), {"shape.line_break"}),
    "other language": (_other_language, {"language.other"}),
    "register": (_register, {"language.mixed_register", "language.line", "language.address_form"}),
    "placeholder": (slot(greeting="Bonjour {{ name }},"), {"shape.placeholder"}),
    "removed legal line": (_unlined, {"law.line_missing"}),
    "banned word": (_banned, {"shape.banned_word"}),
    "hidden character": (_hidden, {"hidden.characters"}),
    "rival": (
        _either("Maison Rivalou fait mieux.", "Frankly, Rivalco makes better ones."),
        {"receipts.name"},
    ),
}


@pytest.mark.parametrize("name", HONEST)
@pytest.mark.parametrize("mutator", MUTATORS)
def test_a_spoiled_letter_is_blocked(mutator: str, name: str) -> None:
    mutate, expected = MUTATORS[mutator]
    found = {f.code for f in check(mutate(HONEST[name])) if f.severity is Severity.BLOCK}
    assert found & expected
