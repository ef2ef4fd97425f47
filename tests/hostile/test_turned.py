"""A post's own words turned round: who did it, whether it was done, whether it lasts, why."""

from datetime import date

import pytest

from agent.domain.letter import Sentence, Words
from tests.hostile.letters import KEY, fact_of, proof, typeset
from tests.hostile.stage import Speaking, a_person, blocks, brand_file, drafted

_ON = date(2026, 10, 2)
_BRANDS = {"fr": "cahier", "en": "halyard"}
_SUBJECTS = {"fr": "Quelques mots de votre publication", "en": "A few words from your post"}
_FACTS = {
    "fr": ("couture", "Les carnets du Cahier Bleu sont cousus au fil de lin, à Angoulême."),
    "en": ("machines", "At Halyard Sock Mill we knit on machines built in 1954."),
}
_ASKS = {"fr": "Cela vous ferait-il plaisir ?", "en": "Would you like a pair?"}


def told_of(language: str, post: str, said: str) -> list[str]:
    """Return what blocks a letter whose opening says this under the post's receipt."""
    creator = a_person(language, [(KEY, post, _ON)])
    words = Words(
        subject=_SUBJECTS[language],
        opening=(Sentence(text=typeset(said, language), receipts=(proof(creator, said),)),),
        bridge=(fact_of(*_FACTS[language], brand_file(_BRANDS[language]).brand),),
        ask=Sentence(text=typeset(_ASKS[language], language)),
    )
    writer = Speaking(words=lambda _: words, name="offline")
    return blocks(drafted(creator, writer, language=language, brand=_BRANDS[language]))


@pytest.mark.parametrize(
    ("language", "post", "said", "code"),
    [
        ("en", "My sister taught me the waltz.", "You taught the waltz.", "receipts.turned"),
        ("en", "The mayor thanked me for the bench.", "You thanked the mayor.", "receipts.turned"),
        ("fr", "La voisine a réparé mon vélo.", "Vous avez réparé le vélo de la voisine.", "receipts.turned"),
        ("fr", "Le chat me réveille à six heures.", "Vous réveillez le chat.", "receipts.turned"),
        ("en", "I never finished the marathon.", "You finished the marathon.", "receipts.turned"),
        ("en", "No cherries this year.", "You picked cherries.", "receipts.turned"),
        ("fr", "Pas une seule cerise cette année.", "Vous avez cueilli la cerise.", "receipts.turned"),
        ("fr", "Je n’ai pas vendu la grange.", "Vous avez vendu la grange.", "receipts.turned"),
        ("en", "Closed the bakery on Friday.", "You run the bakery.", "receipts.turned"),
        ("fr", "J’ai vendu le camion.", "Vous conduisez le camion.", "receipts.turned"),
        ("en", "Painted the fence.", "You painted the fence to be a better neighbor.", "receipts.reason"),
        (
            "fr",
            "J’ai repeint la barrière.",
            "Vous l’avez repeinte pour plaire à tous.",
            "receipts.reason",
        ),
        ("en", "Painted the fence.", "Your fence is the envy of the village.", "receipts.embroidered"),
        ("fr", "J’ai repeint la barrière.", "Votre barrière résistera aux tempêtes.", "receipts.embroidered"),
    ],
)
def test_what_a_post_says_is_not_turned_round(language: str, post: str, said: str, code: str) -> None:
    assert code in told_of(language, post, said)


@pytest.mark.parametrize(
    ("language", "post", "said"),
    [
        (
            "en",
            "My sister taught me the waltz.",
            "Your sister taught you the waltz.",
        ),
        (
            "en",
            "I never finished the marathon.",
            "You wrote that you never finished the marathon.",
        ),
        ("en", "No cherries this year, but plums.", "On October 2 you had plums."),
        ("en", "Closed the bakery on Friday.", "On October 2 you told that you closed the bakery."),
        ("fr", "Le chat me réveille à six heures.", "Le 2 octobre, votre chat vous réveillait à six heures."),
        ("fr", "Je n’ai pas vendu la grange.", "Le 2 octobre, vous n’aviez pas vendu la grange."),
        ("fr", "On ne m’a volé qu’un seau.", "Le 2 octobre, on vous a volé un seau."),
        (
            "fr",
            "J’ai repeint la barrière pour plaire à ma mère.",
            "Vous avez repeint la barrière pour plaire.",
        ),
    ],
)
def test_what_a_post_says_may_be_told_in_its_words(language: str, post: str, said: str) -> None:
    found = told_of(language, post, said)
    assert not set(found) & {"receipts.turned", "receipts.reason", "receipts.embroidered"}, found
