"""A message taken apart into its questions, each with what it is about."""

import pytest

from agent.domain.questions import LONGEST_SHOWN, MOST, Rules, asked, tells
from agent.usecases.asking import rules_of
from prompts import phrases

FRENCH: Rules = rules_of(phrases("letters/questions", "fr"))
ENGLISH: Rules = rules_of(phrases("letters/questions", "en"))


def topics(text: str, rules: Rules) -> list[set[str]]:
    return [set(question.topics) for question in asked(text, rules)]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Quand est-ce que vous l’envoyez ?", "shipping"),
        ("Est-ce que c’est rémunéré ?", "paid"),
        ("Faut-il publier quelque chose ?", "post"),
        ("C’est gratuit ou il y a des frais ?", "cost"),
        ("Demandez-vous une exclusivité ?", "exclusivity"),
        ("Vous comptez réutiliser mes photos ?", "rights"),
        ("Qui êtes-vous exactement ?", "who"),
        ("Comment avez-vous trouvé mon adresse ?", "source"),
        ("Comment faire pour ne plus recevoir vos messages ?", "stop"),
        ("Ce serait pour quand, à peu près ?", "deadline"),
        ("Votre savon contient-il de l’huile de palme ?", "ingredients"),
        ("Est-ce que je garde la main sur ce que j’écris ?", "freedom"),
        ("Dites-moi comment on s’organise.", "next"),
        ("La livraison est-elle possible en point relais ?", "delivery"),
    ],
)
def test_a_french_question_is_known_by_its_words(text: str, topic: str) -> None:
    assert [topic in found for found in topics(text, FRENCH)] == [True]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("When would it ship?", "shipping"),
        ("Is this paid or gifted?", "paid"),
        ("Do I have to post about it?", "post"),
        ("Is it free?", "cost"),
        ("Do you ask for exclusivity?", "exclusivity"),
        ("What about usage rights for my photos?", "rights"),
        ("Who are you exactly?", "who"),
        ("How did you find my email?", "source"),
        ("When do you need it by?", "deadline"),
        ("What’s in the kit exactly?", "ingredients"),
        ("Would I be free to say what I don’t like?", "freedom"),
        ("Could you tell me a bit more about what you’d expect in return?", "post"),
        ("Do you ship to Canada?", "delivery"),
    ],
)
def test_an_english_question_is_known_by_its_words(text: str, topic: str) -> None:
    assert [topic in found for found in topics(text, ENGLISH)] == [True]


def test_several_questions_in_one_sentence_are_taken_apart() -> None:
    asks = "contient-il de l’huile de palme, et est-ce que je reste libre de ne rien publier ?"
    text = f"Avant de dire oui : {asks}"
    first, second = asked(text, FRENCH)
    assert first.text.startswith("contient-il")
    assert second.text.startswith("est-ce que")
    assert second.text.endswith("publier ?")


def test_what_leads_to_a_question_is_none() -> None:
    text = "Deux questions avant de vous répondre : d’où viennent vos matières premières ?"
    assert [question.text for question in asked(text, FRENCH)] == ["d’où viennent vos matières premières ?"]


def test_a_question_that_no_rule_knows_is_kept_as_it_stands() -> None:
    (question,) = asked("Do the needles work on heavy denim?", ENGLISH)
    assert (question.text, question.topics) == ("Do the needles work on heavy denim?", ())


@pytest.mark.parametrize("text", ["Bonjour, ça va ?", "Merci pour ce message.", "", "Hello! How are you?"])
def test_politeness_asks_nothing(text: str) -> None:
    assert not asked(text, ENGLISH if "Hello" in text else FRENCH)


def test_the_words_of_a_phrase_stand_near_each_other() -> None:
    far = "Faut vraiment que je vous dise combien cette semaine a été longue pour publier ?"
    assert "post" not in topics(far, FRENCH)[0]


def test_a_flood_of_questions_and_an_endless_one_are_cut() -> None:
    assert len(asked("Pourquoi ? " * 200, FRENCH)) <= MOST
    (question,) = asked(f"Pourquoi {'a' * 900} ?", FRENCH)
    assert len(question.text) <= LONGEST_SHOWN


def test_a_fact_tells_of_a_topic_by_its_words() -> None:
    assert tells("Notre savon tient en quatre ingrédients.", "ingredients", FRENCH)
    assert not tells("Chaque pain sèche six semaines.", "ingredients", FRENCH)
