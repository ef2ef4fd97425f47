"""Chat spelling and slips become the words that rules know; other words stay what they are."""

import pytest

from agent.domain.reading.spelling import written_out


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("plz dont msg me anymor", "please don't message me anymore"),
        ("unsubsribe", "unsubscribe"),
        ("rmv me", "remove me"),
        ("jveu plu de vos mails", "je veux plus de vos mails"),
        ("desabonez moi", "desabonnez moi"),
        ("ca minteresse pas", "ca m'interesse pas"),
        ("retirz moi", "retirez moi"),
        ("cest non", "c'est non"),
    ],
)
def test_what_is_misspelt_is_written_out(written: str, meant: str) -> None:
    assert written_out(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "a remote contract",
        "il a retire le colis",
        "he retired and deletes it",
        "je relevez massages",
        "j'ai pu recevoir",
        "the test is lest",
    ],
)
def test_other_words_stay(text: str) -> None:
    assert written_out(text) == text
