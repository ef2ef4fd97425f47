"""tu and vous: what says either, what only looks like it, and who decides."""

from dataclasses import replace

import pytest

from agent.domain.brand import AddressForm
from agent.domain.creator import Creator
from agent.domain.draft import Severity
from agent.domain.gate import Case, check
from agent.domain.gate.custom import Because, Custom, custom, decided, letter_form
from agent.domain.gate.plain import Plain
from agent.domain.gate.register import familiar, polite
from agent.domain.letter import Sentence
from tests.unit.gate.bad import adds
from tests.unit.gate.honest import HONEST
from tests.unit.gate.letters import SAVON, Said, a_creator, rewritten

OPEN = replace(SAVON, address_form=None)


def says(text: str) -> tuple[bool, bool]:
    plain = Plain(text).text
    return any(familiar(plain)), any(polite(plain))


def posting(*texts: str, **fields: str) -> Creator:
    return a_creator("Léa", *(Said(key=f"k{at}", text=text) for at, text in enumerate(texts)), **fields)


@pytest.mark.parametrize(
    "text",
    [
        "Le ton de ce rideau, et un autre ton.",
        "Je tiens à le dire : j’y tiens.",
        "Nous avons rendez-vous chez le potier, à Rodez.",
        "J’y réponds jeudi, et je n’en prends qu’un.",
        "Mme Sanchez a assez de merguez.",
        "Ta-da ! Le tabouret est poncé.",
    ],
)
def test_what_only_looks_like_an_address_is_none(text: str) -> None:
    assert says(text) == (False, False)


@pytest.mark.parametrize(
    "text",
    [
        "T’as une minute ?",
        "Ce choix est le tien.",
        "Dis-moi oui, ou réponds non.",
        "Un mot suffit. Regarde ce que donne la nôtre.",
        "Raconte-moi la suite.",
        "Pense-bête : aère-le d’abord.",
    ],
)
def test_tu_is_seen_without_its_pronoun(text: str) -> None:
    assert says(text) == (True, False)


@pytest.mark.parametrize(
    "text", ["N’hésitez pas.", "Dites-moi où l’envoyer.", "La suite est la vôtre, vos mots aussi.", "Venez !"]
)
def test_vous_is_seen_without_its_pronoun(text: str) -> None:
    assert says(text) == (False, True)


@pytest.mark.parametrize(
    ("caption", "found"),
    [
        ("Et toi, tu les ranges où, tes bocaux ?", Custom.TU),
        ("Coucou les filles, racontez-moi vos idées.", Custom.VOUS),
        ("Merci pour vos messages. Et si tu débutes, commence par une écharpe.", Custom.BOTH),
        ("« Tu verras », disait mon père. Douze ans plus tard, j’ai trois tomates.", Custom.NONE),
        ("¿Y tú, qué haces con tus restos de jabón?", Custom.NONE),
        ("Tu madre tenía razón con el pan.", Custom.NONE),
        ("", Custom.NONE),
    ],
)
def test_a_caption_addresses_its_readers_or_nobody(caption: str, found: Custom) -> None:
    assert custom(caption) is found


def test_an_explicit_policy_has_the_last_word() -> None:
    friendly = posting("Dis-moi ce que tu en penses ce soir.", "Et toi, tu fais quoi de tes pots ?")
    assert letter_form(SAVON, friendly) is AddressForm.VOUS
    assert decided(SAVON, friendly).because is Because.BRAND


def test_where_the_policy_is_open_captions_decide_and_vous_remains() -> None:
    friendly = posting("Dis-moi ce que tu en penses ce soir.", "Et toi, tu fais quoi de tes pots ?")
    once = posting("Dis-moi ce que tu en penses ce soir.", "Six semaines de cure pour ce savon.")
    outvoted = posting(
        "Dis-moi ce que tu en penses.", "Et toi, tu fais quoi ?", "Vos idées ?", "Venez ce soir, vous verrez."
    )
    assert decided(OPEN, friendly).form is AddressForm.TU
    assert decided(OPEN, friendly).because is Because.CAPTIONS
    assert decided(OPEN, once).because is Because.DEFAULT
    assert [letter_form(OPEN, one) for one in (once, outvoted)] == [AddressForm.VOUS, AddressForm.VOUS]


@pytest.mark.parametrize("name", ["Marion et Paul", "Lila & Tom", "Ana and Bea"])
def test_two_readers_are_vous_whatever_the_brand_says(name: str) -> None:
    tu = replace(SAVON, address_form=AddressForm.TU)
    assert letter_form(tu, replace(posting(), name=name)) is AddressForm.VOUS
    assert letter_form(tu, replace(posting(), name="Marion")) is AddressForm.TU


def register_blocks(case: Case) -> list[str]:
    return [
        finding.span
        for finding in check(case)
        if finding.code in {"language.mixed_register", "language.address_form"}
        and finding.severity is Severity.BLOCK
    ]


def test_vous_for_several_people_stands_in_a_letter_that_says_tu() -> None:
    case = HONEST["basile_weighs"]
    assert register_blocks(case) == []
    assert register_blocks(adds("Toi et ta voisine, vous pesez tous les deux.", paragraph=1)(case)) == []
    assert register_blocks(adds("Et la farine, vous la pesez aussi.", paragraph=1)(case)) == ["vous", "pesez"]


def test_the_name_of_a_brand_addresses_nobody() -> None:
    case = HONEST["lea"]
    named = replace(case, brand=replace(case.brand, name="Toi & Moi"))
    assert register_blocks(adds("J’écris pour Toi & Moi.", paragraph=1)(named)) == []
    assert register_blocks(adds("J’écris pour Toi & Moi.", paragraph=1)(case)) == ["Toi"]


def test_the_advice_says_who_decided() -> None:
    case = adds("Dis-moi oui.", paragraph=1)(HONEST["lea"])
    told = {
        form: next(f.advice for f in check(replace(case, brand=brand)) if f.code == "language.mixed_register")
        for form, brand in (("explicit", case.brand), ("open", replace(case.brand, address_form=None)))
    }
    assert "The brand says vous" in told["explicit"]
    assert "Nothing says that tu would be welcome" in told["open"]


def test_a_letter_in_another_language_is_blocked_once_for_that() -> None:
    case = HONEST["lea"]
    paragraphs = (*case.letter.paragraphs, (Sentence(text="Diez minutos. Apetece?"),))
    letter = rewritten(case, replace(case.letter, paragraphs=paragraphs))
    found = {finding.code for finding in check(replace(letter, detected_language="es"))}
    assert "language.other" in found
    assert not {code for code in found if code.startswith(("typography.", "gender."))}
    assert "language.address_form" not in found
