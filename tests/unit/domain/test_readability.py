"""Reading ease by its published formulas, syllables by spelling, and how alike letters are."""

import pytest

from agent.domain.likeness import likeness
from agent.domain.readability import reading_ease, syllables

ENGLISH = {
    **dict.fromkeys(
        ("cat", "the", "walked", "makes", "don't", "made", "used", "prize", "holes", "one", "time"), 1
    ),
    **dict.fromkeys(
        ("people", "little", "create", "wanted", "boxes", "station", "places", "being", "poem"), 2
    ),
    **dict.fromkeys(("mushroom", "sweater", "trying", "quiet", "writing", "language", "coffee", "table"), 2),
    **dict.fromkeys(("idea", "radio", "evening", "video", "serious", "library", "usual", "stubbornness"), 3),
    "influencer": 4,
}
FRENCH = {
    **dict.fromkeys(
        ("chat", "le", "quatre", "huile", "vous", "tante", "oui", "cœur", "c’est", "qu’il", "y"), 1
    ),
    **dict.fromkeys(
        ("savon", "maïs", "petites", "semaines", "idée", "guitare", "plaisir", "prière", "crier"), 2
    ),
    **dict.fromkeys(("théâtre", "école", "moulin", "réponse", "question", "rideau"), 2),
    **dict.fromkeys(("création", "poésie", "l’atelier", "aujourd’hui", "envoyer", "romarin", "naturel"), 3),
    "publication": 4,
}


@pytest.mark.parametrize(("word", "count"), ENGLISH.items())
def test_english_syllables(word: str, count: int) -> None:
    assert syllables(word, "en") == count


@pytest.mark.parametrize(("word", "count"), FRENCH.items())
def test_french_syllables(word: str, count: int) -> None:
    assert syllables(word, "fr") == count


def test_the_formulas_are_the_published_ones() -> None:
    # six words, two sentences, eight syllables
    assert reading_ease("The cat walked. People wanted time.", "en") == pytest.approx(
        206.835 - 1.015 * 6 / 2 - 84.6 * 8 / 6
    )
    # the same figures
    assert reading_ease("Le chat crie. Vous fabriquez l’huile !", "fr") == pytest.approx(
        207 - 1.015 * 6 / 2 - 73.6 * 8 / 6
    )


def test_shorter_words_and_sentences_read_more_easily() -> None:
    plain = "Nous faisons du savon. Il sèche six semaines. Vous plairait-il d’en essayer un ?"
    heavy = (
        "Nous procédons à la fabrication de savons naturels dont la commercialisation intervient "
        "ultérieurement, à l’issue d’une période de maturation particulièrement conséquente."
    )
    easy, hard = reading_ease(plain, "fr"), reading_ease(heavy, "fr")
    assert easy is not None
    assert hard is not None
    assert easy > hard + 40


def test_without_words_or_formula_there_is_no_figure() -> None:
    assert reading_ease("12 — 14 !", "fr") is None
    assert reading_ease("Buenos días", "es") is None


def test_letters_are_alike_by_the_runs_they_share() -> None:
    found = likeness(["one two three four", "one two three five", "six seven eight nine"])
    assert found is not None
    assert found.most == pytest.approx(1 / 3)
    assert found.mean == pytest.approx(1 / 9)
    same = likeness(["Bonjour Léa", "Bonjour, Léa !"])
    assert same is not None
    assert same.mean == same.most == 1
    assert likeness(["alone"]) is None
