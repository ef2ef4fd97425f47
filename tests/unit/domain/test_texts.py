"""Strangers' texts: what hides in them, what is quoted of them, what an edit keeps of a letter."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.domain.filters import Filters, refusal
from agent.domain.ids import creator_id, normal_handle, normal_platform, post_id
from agent.domain.letter import Letter, Receipt, ReceiptKind, Sentence
from agent.domain.quoting import LONGEST, best_quote
from agent.domain.text import folded, hidden, normal, visible, words

QUOTE = Receipt(kind=ReceiptKind.POST, ref="p1", quote="quatre pochettes à savon")
FACT = Receipt(kind=ReceiptKind.FACT, ref="cure", quote="six semaines")
LETTER = Letter(
    language="fr",
    subject="vos pochettes",
    greeting="Bonjour Lison,",
    paragraphs=(
        (Sentence(text="Vous avez cousu « quatre pochettes à savon ».", receipts=(QUOTE,)),),
        (Sentence(text="Nos pains sèchent six semaines.", receipts=(FACT,)), Sentence(text="C’est long.")),
        (Sentence(text="En voulez-vous un ?"),),
    ),
    closing="Camille, Savon du Sud",
)


def test_fancy_letters_become_plain_and_emoji_stay() -> None:
    assert normal("𝓓𝓮𝓷𝓲𝓶 ＆ 🧵 👩‍🌾") == "Denim & 🧵 👩‍🌾"


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("a\u202eb", ("U+202E",)),
        ("a\u200bb\u200b", ("U+200B",)),
        ("ok\U000e0041", ("U+E0041",)),
        ("a\u200db", ("U+200D",)),  # a joiner between letters joins nothing
        ("👩\u200d🌾", ()),
        ("ligne\n\tsuivante", ()),
    ],
)
def test_what_no_reader_sees_is_found_and_named(text: str, points: tuple[str, ...]) -> None:
    assert hidden(text) == points
    assert hidden(visible(text)) == ()


@given(st.text())
def test_visible_text_hides_nothing_and_stays_so(text: str) -> None:
    assert hidden(visible(text)) == () or visible(visible(text)) != visible(text)
    assert words(text) >= 0


def test_quotes_compare_whatever_their_apostrophes_and_spaces() -> None:
    assert folded("j’ai\u00a0arrêté  « le gel »") == folded("j'ai arrêté “ le gel ”")


@given(st.text(min_size=1, max_size=600), st.text(max_size=80))
def test_a_best_quote_is_an_exact_part_of_its_text(text: str, about: str) -> None:
    quote = best_quote(text, about=about)
    assert quote in text
    assert len(quote) <= LONGEST


def test_the_quote_is_the_sentence_that_speaks_of_the_value() -> None:
    text = "Il pleut. J'ai réparé le pull de mon père avec de la laine rouge. À demain !"
    assert best_quote(text, about="réparer plutôt que jeter, laine") == (
        "J'ai réparé le pull de mon père avec de la laine rouge."
    )


def test_an_untouched_letter_comes_back_equal() -> None:
    assert LETTER.edited(subject=LETTER.subject, text=LETTER.text) == LETTER


def test_an_edit_keeps_the_receipts_of_what_still_stands() -> None:
    text = LETTER.text.replace("C’est long.", "C’est long, et c’est voulu.")
    edited = LETTER.edited(subject="vos pochettes", text=text)
    assert edited.paragraphs[0] == LETTER.paragraphs[0]
    assert edited.paragraphs[1][0] == LETTER.paragraphs[1][0]
    assert edited.paragraphs[1][1] == Sentence(text="C’est long, et c’est voulu.")


def test_a_new_claim_has_no_receipt() -> None:
    edited = LETTER.edited(
        subject=LETTER.subject, text=LETTER.text.replace("C’est long.", "J’ai adoré votre vidéo sur le lin.")
    )
    assert edited.paragraphs[1][1].receipts == ()


def test_a_reworded_sentence_keeps_a_receipt_whose_quote_it_still_holds() -> None:
    text = LETTER.text.replace("Vous avez cousu", "Au printemps, vous avez cousu")
    (sentence, *_) = LETTER.edited(subject="x", text=text).sentences
    assert QUOTE in LETTER.edited(subject="x", text=text).receipts
    assert sentence.text


@given(st.text(max_size=300))
def test_any_edit_gives_a_letter_that_holds_the_words(text: str) -> None:
    edited = LETTER.edited(subject="s", text=text)
    assert words(edited.text) >= words(text) - 1


def test_names_do_not_depend_on_case_or_at_signs() -> None:
    assert normal_handle(" @Lea.Naturel ") == "Lea.Naturel"
    assert normal_platform(" Instagram") == "instagram"
    one = creator_id("instagram", "Lea.Naturel")
    assert one == creator_id("instagram", "lea.naturel")
    assert one != creator_id("tiktok", "lea.naturel")
    assert 0 <= one < 2**63
    assert post_id(one, "1") != post_id(one, "2")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, ""),
        ({"language": "en"}, "language not asked for"),
        ({"language": None}, "language unknown"),
        ({"country": None}, "country unknown"),
        ({"country": "BE"}, "country not asked for"),
        ({"platform": "tiktok"}, "platform not asked for"),
        ({"followers": None}, "followers unknown"),
        ({"followers": 999}, "fewer followers than asked for"),
        ({"followers": 1000}, ""),
        ({"followers": 10_000}, ""),
        ({"followers": 10_001}, "more followers than asked for"),
    ],
)
def test_hard_rules_say_why_a_creator_is_left_out(change: dict[str, object], reason: str) -> None:
    filters = Filters(
        languages=frozenset({"fr"}),
        countries=frozenset({"FR"}),
        platforms=frozenset({"instagram"}),
        followers_min=1000,
        followers_max=10_000,
    )
    columns: dict[str, object] = {
        "language": "fr",
        "country": "FR",
        "platform": "instagram",
        "followers": 4000,
    }
    assert refusal(filters, **(columns | change)) == reason  # type: ignore[arg-type]  # one dict for all columns


def test_nothing_asked_for_leaves_nobody_out() -> None:
    assert refusal(Filters(), language=None, country=None, followers=None, platform="blog") == ""


def test_replace_keeps_a_letter_a_value() -> None:
    assert replace(LETTER, subject="x").text == LETTER.text
