"""Contradictions: found where they are meant, and silent about everything that only sounds like one."""

import pytest

from agent.domain.brand import Brand, Value, Voice
from agent.domain.fit import Against, Level
from agent.domain.vetting import against
from agent.domain.vetting.families import FAMILIES
from agent.domain.vetting.wording import AGAINST
from tests.builders import a_brand, a_creator, a_post
from tests.unit.vetting.sentences import MEANT, NOT_MEANT

VALUES = {
    "vegan": "Our soaps are vegan.",
    "animals": "Cruelty-free, par respect des bêtes.",
    "slow_fashion": "Slow fashion : acheter moins, réparer plus.",
    "zero_waste": "Zéro déchet, rien à jeter.",
    "low_carbon": "Voyager en train, sans avion.",
    "alcohol_free": "Des apéritifs sans alcool.",
    "natural_beauty": "La beauté naturelle, sans filtre.",
    "body_neutral": "Tous les corps, tels qu’ils sont: body positive.",
    "inclusive": "Une marque inclusive.",
    "family": "Family-friendly games for kids.",
    "local_craft": "Fabriqué en France, à la main.",
}


def a_brand_with(*texts: str, voice: Voice | None = None) -> Brand:
    values = tuple(Value(name=f"v{number}", text=text) for number, text in enumerate(texts))
    return a_brand(values=values, voice=voice or Voice())


def found(brand: Brand, text: str, *, bio: str = "") -> tuple[Against, ...]:
    return against(brand, a_creator(bio=bio, posts=(a_post("p-1", text),)))


@pytest.mark.parametrize(("kind", "text"), MEANT)
def test_what_is_meant_is_found_with_its_exact_words(kind: str, text: str) -> None:
    (first, *_) = [each for each in found(a_brand_with(VALUES[kind]), text) if each.kind == kind]
    assert first.value == "v0"
    assert first.ref == "p-1"
    assert first.quote in text


@pytest.mark.parametrize(("kind", "text"), NOT_MEANT)
def test_what_only_sounds_like_it_is_left_alone(kind: str, text: str) -> None:
    assert found(a_brand_with(VALUES[kind]), text) == ()


@pytest.mark.parametrize(("kind", "text"), MEANT)
def test_a_brand_without_the_stance_hears_no_contradiction(kind: str, text: str) -> None:
    assert found(a_brand_with("Des savons qui sentent bon."), text) == (), kind


@pytest.mark.parametrize("text", ["We are not vegan.", "Nous ne sommes pas vegan, et nous le disons."])
def test_a_stance_that_is_denied_is_none(text: str) -> None:
    assert found(a_brand_with(text), "My favourite steak") == ()


def test_every_family_is_tried_here_and_has_words_for_people() -> None:
    kinds = {family.kind for family in FAMILIES}
    assert kinds == set(VALUES) == {kind for kind, _ in MEANT}
    assert kinds < set(AGAINST)


def test_who_says_vegan_in_the_bio_means_vegan_dishes() -> None:
    assert found(a_brand_with(VALUES["vegan"]), "My bacon burger", bio="Vegan recipes from Lille") == ()


def test_a_bio_speaks_of_its_author_without_saying_i() -> None:
    (contradiction,) = found(a_brand_with(VALUES["natural_beauty"]), "", bio="Paris · Botox & fillers")
    assert (contradiction.ref, contradiction.level) == ("bio", Level.CONCERN)


def test_hashtags_that_a_directory_gathered_are_nobodys_words() -> None:
    gathered = a_post("tags", "#sheinhaul #haul #shein", kind="top_hashtags")
    assert against(a_brand_with(VALUES["slow_fashion"]), a_creator(bio="", posts=(gathered,))) == ()


def test_the_same_post_twice_contradicts_once_and_three_quotes_are_enough() -> None:
    texts = (
        "My steak night",
        "My steak night",
        "My bacon night",
        "My brisket night",
        "My ribeye steak night",
    )
    posts = tuple(a_post(f"p-{number}", text) for number, text in enumerate(texts))
    quotes = [each.quote for each in against(a_brand_with("Vegan."), a_creator(bio="", posts=posts))]
    assert quotes == ["My steak night", "My bacon night", "My brisket night"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Jamais d’huile de palme dans nos pains.", "Ma recette de savon à l’huile de palme, 40 %"),
        ("We never use palm kernel oil.", "I love palm kernel soap, so much lather"),
        (
            "Nous ne travaillons jamais avec l’élevage intensif.",
            "Notre visite d’un élevage intensif, on a adoré",
        ),
    ],
)
def test_what_the_brand_never_does_is_found_in_posts(value: str, text: str) -> None:
    (contradiction,) = found(a_brand_with(value), text)
    assert (contradiction.kind, contradiction.level) == ("never", Level.LOOK)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Jamais d’huile de palme.", "Mes savons sont sans huile de palme"),
        ("Jamais d’huile de palme.", "Mon huile d’olive préférée"),
        ("We never compromise on quality.", "I never compromise on quality"),
        ("Jamais pressés.", "Je suis pressée ce matin"),
    ],
)
def test_what_the_brand_never_does_needs_the_thing_itself(value: str, text: str) -> None:
    assert found(a_brand_with(value), text) == ()


def test_a_word_that_letters_avoid_is_told_and_no_contradiction() -> None:
    brand = a_brand_with("Des savons.", voice=Voice(banned=("pépite",)))
    (told,) = found(brand, "Une vraie PEPITE, ce marché")
    assert (told.kind, told.level, told.value) == ("banned", Level.FINE, "")


def test_a_long_post_is_quoted_around_the_words() -> None:
    text = "la la " * 60 + "my shein haul with code LEA " + "so so " * 60
    (contradiction, *_) = found(a_brand_with(VALUES["slow_fashion"]), text)
    assert "shein haul" in contradiction.quote
    assert len(contradiction.quote) <= 220
    assert contradiction.quote in text
