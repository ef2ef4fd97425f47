"""What the program says in English is said in French on a French page."""

import re
from importlib.resources import files
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from agent.web.sayings import Sayings, sayings
from agent.web.translations import LANGUAGES
from tests.unit.web.sentences import sentences, texts
from tests.unit.web.test_translations import BARE_MARK

ON_PAGES = (
    "domain/gate",
    "domain/brief/checks.py",
    "domain/eligibility.py",
    "domain/handover.py",
    "domain/mailbox.py",
    "domain/mime.py",
    "domain/restored.py",
    "domain/seal.py",
    "usecases/answering.py",
    "usecases/belonging.py",
    "usecases/briefing.py",
    "usecases/briefing_answers.py",
    "usecases/correcting.py",
    "usecases/drafting_answers.py",
    "usecases/finding.py",
    "usecases/handing.py",
    "usecases/outbox.py",
    "usecases/outgoing.py",
    "usecases/releasing.py",
    "usecases/reviewing.py",
    "usecases/settling.py",
)
"""Modules whose sentences a page shows: of each one, every sentence has its French."""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    source = files("agent.web.translations").joinpath("sentences.fr.po").read_bytes()
    return read_po(BytesIO(source), locale="fr", abort_invalid=True)


@pytest.fixture(scope="module")
def french() -> Sayings:
    return sayings("fr")


def test_every_sentence_that_a_page_can_show_has_its_french(catalog: Catalog) -> None:
    known = {str(each.id) for each in catalog if each.id}
    assert sorted(sentences(*ON_PAGES) - known) == []


def test_no_french_is_left_over_from_a_sentence_that_went(catalog: Catalog) -> None:
    written = texts(".")
    assert sorted(str(each.id) for each in catalog if each.id and each.id not in written) == []


def test_the_french_of_a_sentence_keeps_its_slots_and_its_spaces(catalog: Catalog) -> None:
    for message in (each for each in catalog if each.id):
        known, said = str(message.id), str(message.string)
        assert not message.fuzzy
        assert said.count("{}") == known.count("{}"), known
        assert said.strip(), known
        assert not BARE_MARK.search(said.replace("{}", "x")) or re.search(r"; ! \?", said), said
        assert "'" not in said, said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("This is nothing that we say.", None),
        (
            "The letter has 12 words; between 60 and 140 are read.",
            "La lettre compte 12 mots\u202f; entre 60 et 140, on la lit.",
        ),
        ("The greeting is empty: write it.", "Il manque un texte (la salutation)\u202f: écrivez-le."),
        (
            "French capitals keep their accents: À, É, Ê, Ç. It occurs 3 times.",
            "Les majuscules françaises gardent leurs accents\u202f: À, É, Ê, Ç. Cela se trouve 3 fois.",
        ),
    ],
)
def test_a_sentence_is_known_by_its_fixed_words(french: Sayings, written: str, said: str | None) -> None:
    assert french.told(written) == said


def test_what_is_quoted_stays_in_its_own_words(french: Sayings) -> None:
    told = french.told(
        "The creator's text “post” contains instructions (“sent {} to {0}”): read the letter with care."
    )
    assert told is not None
    assert "«\u202fpost\u202f»" in told
    assert "«\u202fsent {} to {0}\u202f»" in told


def test_english_needs_no_second_wording() -> None:
    assert sayings("en").told("This is no sentence: delete it.") is None


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_each_language_of_the_desk_but_english_has_its_sentences(language: str) -> None:
    assert sayings(language).told("This is no sentence: delete it.") is not None
