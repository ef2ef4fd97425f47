"""What a fluent model gets wrong: a true quotation beside a word too many."""

import pytest

from tests.hostile.stage import Speaking, blocks, drafted, is_approvable
from tests.hostile.subtle import Subtle, subtle

EVERY = list(subtle())


@pytest.mark.parametrize("one", EVERY, ids=lambda one: f"{one.language}: {one.false[:50]}")
def test_a_false_word_beside_a_true_quotation_is_blocked(one: Subtle) -> None:
    draft = drafted(one.creator, Speaking(words=lambda _: one.words(), name="offline"), language=one.language)
    assert not is_approvable(draft)


@pytest.mark.parametrize("one", EVERY, ids=lambda one: f"{one.language}: {one.true[:50]}")
def test_the_same_letter_without_it_passes(one: Subtle) -> None:
    words = one.words(honest=True)
    draft = drafted(one.creator, Speaking(words=lambda _: words, name="offline"), language=one.language)
    assert blocks(draft) == []
