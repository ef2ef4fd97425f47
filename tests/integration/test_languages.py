"""Languages of invented captions, with everything that captions carry."""

import subprocess
import sys

import pytest

from agent.adapters.languages import Lingua, plainly

FRENCH = (
    "J’ai rangé les flacons de la douche en mars, et la lavande pousse dans la cour de mon voisin 🌿",
    "Raté du mois : mon shampoing solide a fondu dans sa coupelle. #zerodechet #salledebain",
    "On a repeint le couloir tout le week-end, il reste du vert sur le chat 🐈‍⬛",
    "Brioche du dimanche : 500 g de farine, 250 g de beurre et une nuit au froid",
    "Petit point couture ce soir, je reprends l’ourlet pour la troisième fois… @atelier.du.fil",
    "Première gelée, dernières tomates, et la confiture qui bout dans la cuisine",
    "Merci à toutes pour vos messages, je réponds demain, promis ! 💌",
    "le levain déborde encore, j’en ai jusque sur les rideaux #pain #levainmaison #homemade",
    "Six heures de train, trois livres, un thermos : voilà mon programme 📚🚆",
    "Je teste depuis un mois cette lessive au lierre, et franchement ça marche. https://blog.example/lierre",
    "Quelle lumière ce matin sur le marché de Forcalquier !",
    "On ne dirait pas comme ça, mais cette table était une porte.",
)
ENGLISH = (
    "The left cuff of my uncle's jacket took four tries and one very long phone call.",
    "Darned it again on the bus. Why is it always the left sock? 🧦",
    "Sourdough update: 75% hydration, 100% stubborn #sourdough #breadtok",
    "Found a tin of buttons at the flea market and now I can't stop sorting them ✨",
    "We painted the porch on Saturday and the dog has a blue ear now 💙",
    "Honestly, this café in the old train station is my favorite place to write",
    "free to a good home: one bag of wool scraps, smoke-free, cat-free (mostly)",
    "My grandmother's pie crust, finally written down. You're welcome. @nanas.kitchen",
    "It rained all weekend so we stayed in and mended every single coat we own",
    "Slow mornings, slow stitches, very fast coffee ☕️ #slowliving #mending",
    "Here's what I learned after a year of baking without a recipe",
    "Two hours on the trail and not one photo worth posting, which is sort of the point",
)
UNCLEAR = (
    "",
    "🌿✨🧵",
    "Bonjour",
    "OOTD 💕",
    "#zerodechet #slowlife #france #diy #savon",
    "@lea @marie @sam",
    "https://exemple.example/une-longue-page-en-francais-ou-pas",
    "Paris ❤️ London",
    "Café, brunch, cookies",
    "500 g 250 g 10 g 75 %",
)
NEIGHBOURS = {
    "de": "Am Wochenende haben wir den alten Tisch abgeschliffen und neu geölt.",
    "es": "Este domingo hemos hecho jabón con las hierbas del huerto de mi abuela.",
    "it": "Ho rammendato il maglione di mio padre per la terza volta questa settimana.",
    "pt": "Hoje fizemos sabão com as ervas que crescem no quintal da minha avó.",
    "nl": "Dit weekend hebben we de oude tafel geschuurd en opnieuw in de olie gezet.",
}


@pytest.fixture(scope="module")
def languages() -> Lingua:
    return Lingua()


@pytest.mark.parametrize("caption", FRENCH)
def test_french_is_french(languages: Lingua, caption: str) -> None:
    assert languages.detect(caption) == "fr"


@pytest.mark.parametrize("caption", ENGLISH)
def test_english_is_english(languages: Lingua, caption: str) -> None:
    assert languages.detect(caption) == "en"


@pytest.mark.parametrize("caption", UNCLEAR)
def test_what_is_too_short_or_no_language_stays_open(languages: Lingua, caption: str) -> None:
    assert languages.detect(caption) is None


@pytest.mark.parametrize(("language", "caption"), NEIGHBOURS.items())
def test_neighbours_are_told_apart(languages: Lingua, language: str, caption: str) -> None:
    assert languages.detect(caption) == language


@pytest.mark.parametrize(
    "caption",
    [
        "This morning I write from home, et je voulais vous parler de la table",
        "Mon brunch cosy du dimanche, avec mon cake au citron et un peu de slow life",
    ],
)
def test_half_and_half_is_not_guessed(languages: Lingua, caption: str) -> None:
    assert languages.detect(caption) is None


@pytest.mark.parametrize(("language", "captions"), [("fr", FRENCH), ("en", ENGLISH)])
def test_a_long_text_is_told_by_its_small_words_as_by_its_n_grams(
    languages: Lingua, language: str, captions: tuple[str, ...]
) -> None:
    words = " ".join(captions).split()
    assert plainly(words) == languages.weighed(words) == language


@pytest.mark.parametrize("captions", [FRENCH, ENGLISH])
def test_a_long_text_says_the_same_in_one_line_and_in_many(captions: tuple[str, ...]) -> None:
    detector = Lingua()
    assert detector.detect("\n".join(captions)) == detector.detect(" ".join(captions)) is not None


def test_small_words_leave_short_and_mixed_texts_and_names_to_the_n_grams() -> None:
    assert plainly(" ".join(FRENCH[:2]).split()) is None
    assert plainly(" ".join((*FRENCH, *ENGLISH)).split()) is None
    assert plainly(" ".join((*ENGLISH, NEIGHBOURS["nl"])).split()) is None
    assert plainly(["Forcalquier"] * 200) is None


def test_a_plain_letter_loads_no_models() -> None:
    code = (
        "import sys, agent.adapters.languages as l; "
        f"told = l.Lingua().detect({' '.join(ENGLISH)!r}); "
        "sys.exit(told != 'en' or 'lingua' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_nothing_is_loaded_before_the_first_question() -> None:
    code = "import sys, agent.adapters.languages as l; l.Lingua(); sys.exit('lingua' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
