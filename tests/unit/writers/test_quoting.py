"""What may be quoted reads as somebody's own thought, not as a call or a crumb."""

import pytest

import prompts
from agent.adapters.offline import OfflineWriter
from agent.adapters.offline.quoting import Rules, passages
from agent.domain.letter import ReceiptKind
from tests.unit.writers import assignments as made


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "On en parle en commentaires"),
        ("fr", "Suite au prochain épisode..."),
        ("fr", "Bonne soirée à tous les lève-tôt"),
        ("en", "Tell me in the comments"),
        ("en", "Happy weekend everyone out there"),
    ],
)
def test_calls_and_farewells_are_not_quoted(language: str, text: str) -> None:
    rules = Rules.of(prompts.phrases("letters/quoting", language).prompt)
    assert passages(text, rules) == ()


def test_a_sentence_that_leans_on_the_one_before_is_weak() -> None:
    rules = Rules.of(prompts.phrases("letters/quoting", "fr").prompt)
    found = passages("Le romarin a refleuri après la pluie. J’en ai mis partout, même dans la soupe.", rules)
    weak = {passage.text: passage.weak for passage in found}
    assert not weak["Le romarin a refleuri après la pluie"]
    assert weak["J’en ai mis partout, même dans la soupe"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_second_letter_brings_their_words_and_the_third_a_fact_alone(language: str) -> None:
    for seed in range(12):
        _, second, third = made.thread(OfflineWriter(), made.assignment(language, seed=seed), letters=3)
        assert any(receipt.about_creator for receipt in second[1].receipts)
        assert not any(receipt.about_creator for receipt in third[1].receipts)
        assert any(receipt.kind is ReceiptKind.FACT for receipt in third[1].receipts)
