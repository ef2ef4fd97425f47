"""Forms that agree with the reader, and wordings that no native would choose."""

from dataclasses import replace

import pytest

from agent.domain.draft import Severity
from agent.domain.gate import Case, check
from agent.domain.gate.gender import Gender, own_gender
from agent.domain.gate.wording import Wording
from agent.usecases.native import native_table
from tests.unit.gate.bad import adds, slot
from tests.unit.gate.honest import HONEST
from tests.unit.gate.letters import Said, a_creator

FR = replace(HONEST["lea"], native=native_table("fr"))
EN = replace(HONEST["priya"], native=native_table("en"))


def told(case: Case, family: str) -> list[tuple[str, str]]:
    return [(f.code, f.span) for f in check(case) if f.code.startswith(family)]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Ravie que vous soyez venue.", "venue"),
        ("Si vous êtes intéressé, un mot suffit.", "intéressé"),
        ("Vous serez toujours le bienvenu.", "bienvenu"),
        ("Une vraie créatrice comme vous le sait.", "créatrice"),
        ("Passionnée de couture, vous gardez tout.", "Passionnée"),
        ("Je vous ai découverte en mars.", "découverte"),
        ("Êtes-vous prête à essayer ?", "prête"),
    ],
)
def test_a_form_that_agrees_with_the_reader_is_told(text: str, span: str) -> None:
    assert told(adds(text, paragraph=1)(FR), "gender.") == [("gender.reader", span)]


@pytest.mark.parametrize(
    "text",
    [
        "Je suis ravie de vous écrire, et prête à répondre.",
        "Vous êtes libre de dire non.",
        "Vous êtes à côté de chez nous, en vérité.",
        "La mention est claire, et le savon est né ici.",
        "Si le cœur vous en dit, la porte est ouverte.",
        "Vous avez trouvé la recette, et nous l’avons essayée.",
        "C’est quelqu’un de passionné qui nous l’a dit.",
    ],
)
def test_what_agrees_with_somebody_else_passes(text: str) -> None:
    assert told(adds(text, paragraph=1)(FR), "gender.") == []


def test_a_salutation_that_agrees_is_told_with_another() -> None:
    found = [f for f in check(slot(greeting="Chère Léa,")(FR)) if f.code == "gender.reader"]
    assert [(f.span, f.severity) for f in found] == [("Chère", Severity.WARN)]
    assert "Bonjour" in found[0].advice


@pytest.mark.parametrize("form", ["passionné·e", "intéressé(e)", "prêt.e", "créateur·rice·s"])
def test_both_forms_at_once_are_told(form: str) -> None:
    codes = told(adds(f"Que l’on soit {form} ou non.", paragraph=1)(FR), "gender.inclusive")
    assert codes == [("gender.inclusive", form)]


@pytest.mark.parametrize(
    ("bio", "post", "gender"),
    [
        ("Maman de deux garçons · Drôme", "", Gender.FEMININE),
        ("Papa de trois · menuiserie", "", Gender.MASCULINE),
        ("Créatrice, Nantes", "", Gender.FEMININE),
        ("", "Je suis tellement contente du résultat.", Gender.FEMININE),
        ("", "Je suis très fier de ce pain.", Gender.MASCULINE),
        ("", "« Je suis ravie », m’a dit ma voisine.", None),
        ("Le potager de papa", "", None),
        ("Maman de deux", "Je suis fier de ce pain.", None),
    ],
)
def test_somebody_s_own_words_tell_how_to_agree(bio: str, post: str, gender: Gender | None) -> None:
    assert own_gender(a_creator("Alix", Said(key="a", text=post), bio=bio)) is gender


def test_what_agrees_with_the_creator_s_own_words_passes_and_against_them_blocks() -> None:
    mother = replace(FR, creator=replace(FR.creator, bio="Maman de deux · Drôme"))
    assert told(adds("Si vous êtes intéressée, un mot suffit.", paragraph=1)(mother), "gender.") == []
    found = check(adds("Si vous êtes intéressé, un mot suffit.", paragraph=1)(mother))
    assert [(f.code, f.span) for f in found if f.severity is Severity.BLOCK] == [
        ("gender.contradicted", "intéressé")
    ]


def test_two_readers_agree_in_the_plural_and_are_no_concern() -> None:
    pair = replace(FR, creator=replace(FR.creator, name="Léa et Paul"))
    assert told(adds("Seriez-vous prêts à essayer ?", paragraph=1)(pair), "gender.") == []


@pytest.mark.parametrize(
    ("case", "text", "code"),
    [
        (FR, "Nous serions ravis de connecter avec vous.", "native.calque"),
        (FR, "C’est définitivement pour vous.", "native.calque"),
        (FR, "C’est une belle opportunité.", "native.calque"),
        (FR, "Voici comment adresser ce problème.", "native.calque"),
        (FR, "Nous recherchons des créateurs.", "native.stock"),
        (EN, "I hope this email finds you well.", "native.stock"),
        (EN, "I'm reaching out about wool.", "native.stock"),
        (EN, "We allow myself to write.", "native.calque"),
        (EN, "We wait for your return.", "native.calque"),
    ],
)
def test_a_borrowed_wording_is_told_with_a_better_one(case: Case, text: str, code: str) -> None:
    found = [f for f in check(adds(text, paragraph=1)(case)) if f.code.startswith("native.")]
    assert {f.code for f in found} == {code}
    assert all(f.severity is Severity.WARN and "better: " in f.advice for f in found)


def test_honest_letters_need_no_better_wording() -> None:
    for name, case in HONEST.items():
        table = native_table(case.brand.language)
        assert told(replace(case, native=table), "native.") == [], name
        assert told(replace(case, native=table), "gender.") == [], name


@pytest.mark.parametrize(
    ("country", "text", "spans"),
    [
        ("GB", "A colorful darn, to organize on June 9.", ["colorful", "organize", "June 9"]),
        ("GB", "A colourful darn, to organise on 9 June for your mum.", []),
        ("US", "A colourful darn, to organise on 9 June.", ["colourful", "organise", "9 June"]),
        ("US", "A colorful darn, to organize on June 9 for your mom.", []),
        ("CA", "A colorful darn, to organise.", ["colorful", "organise"]),
        ("CA", "A colourful darn, to organize on June 9.", []),
        (None, "A colourful darn, to organize.", []),
    ],
)
def test_spelling_and_dates_are_those_of_the_reader_s_market(
    country: str | None, text: str, spans: list[str]
) -> None:
    case = replace(EN, creator=replace(EN.creator, country=country))
    before = {f for f in check(case) if f.code == "language.variant"}
    found = [f for f in check(adds(text, paragraph=1)(case)) if f.code == "language.variant"]
    assert sorted(f.span for f in found if f not in before) == sorted(spans)


def test_a_respelling_keeps_the_ending() -> None:
    case = replace(EN, creator=replace(EN.creator, country="GB"))
    found = check(adds("So colorful.", paragraph=1)(case))
    assert [f.advice for f in found if f.span == "colorful"] == ["A reader in GB writes “colourful”."]


def test_belgium_counts_in_septante_and_france_does_not() -> None:
    belgian = replace(FR, creator=replace(FR.creator, country="BE"))
    assert told(adds("Il y en a soixante-dix.", paragraph=1)(belgian), "language.variant") == [
        ("language.variant", "soixante-dix")
    ]
    assert told(adds("Il y en a septante.", paragraph=1)(FR), "language.variant") == [
        ("language.variant", "septante")
    ]
    assert told(adds("Il y en a septante.", paragraph=1)(belgian), "language.variant") == []


def test_the_brand_s_own_name_is_no_spelling_mistake() -> None:
    named = replace(EN.brand, name="Color & Wool")
    case = replace(EN, brand=named, creator=replace(EN.creator, country="GB"))
    found = told(adds("This is from Color & Wool.", paragraph=1)(case), "language.variant")
    assert "color" not in {span.lower() for _, span in found}


def test_an_entry_that_is_no_pattern_means_what_it_says() -> None:
    table = (Wording(sought="hello (there", better="hello"),)
    case = replace(EN, native={"stock": table})
    assert told(adds("Well, hello (there you are).", paragraph=1)(case), "native.") == [
        ("native.stock", "hello (there")
    ]


def test_every_wording_of_the_tables_can_be_looked_for() -> None:
    for language in ("fr", "en"):
        for section, entries in native_table(language).items():
            assert entries, section
            assert all(entry.sought == entry.sought.lower() and entry.better for entry in entries)
    assert native_table("de") == {}
