"""What the index of words finds is what looking everywhere would find."""

import pkgutil
import re
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import agent.domain.gate
from agent.domain.gate.numbers import lowered
from agent.domain.gate.plain import SIMPLE, Plain, bare
from agent.domain.gate.sought import Page, Sought
from tests.hostile.corpus import attacks, honest

MODULES = [
    import_module(f"agent.domain.gate.{found.name}")
    for found in pkgutil.iter_modules(agent.domain.gate.__path__)
]
EVERY = {
    f"{module.__name__.rpartition('.')[2]}.{name}": value
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, Sought)
}
TEXTS = tuple(
    lowered(Plain(text).text)
    for text in (
        *(one.post for name in ("honest", "honest_held_out") for one in honest(name)),
        *(attack.payload for attack in attacks()),
    )
)


def everywhere(sought: Sought, texts: tuple[str, ...]) -> list[tuple[int, tuple[int, int]]]:
    """Return what looking at every character finds."""
    return [(number, m.span()) for number, text in enumerate(texts) for m in sought.pattern.finditer(text)]


def by_words(sought: Sought, texts: tuple[str, ...]) -> list[tuple[int, tuple[int, int]]]:
    """Return what is found where a word begins as a match would."""
    page = Page(texts)
    return [(number, found.span()) for number, found in page.find(sought)]


@pytest.mark.parametrize("name", EVERY)
def test_a_table_finds_the_same_in_attacks_and_honest_posts(name: str) -> None:
    for text in TEXTS:
        assert by_words(EVERY[name], (text,)) == everywhere(EVERY[name], (text,))


@pytest.mark.parametrize("name", EVERY)
def test_a_table_finds_the_same_in_texts_made_of_its_own_pieces(name: str) -> None:
    words = re.findall(r"[a-z']+|\W", re.sub(r"\\.|[\[\](){}?*+|<!:=]", " ", EVERY[name].source))

    @given(st.lists(st.lists(st.sampled_from(words), max_size=30).map("".join), min_size=1, max_size=3))
    @settings(max_examples=40, deadline=None)
    def same(texts: list[str]) -> None:
        lines = tuple(map(lowered, texts))
        assert by_words(EVERY[name], lines) == everywhere(EVERY[name], lines)

    same()


@pytest.mark.parametrize(
    ("source", "words", "parts"),
    [
        (r"\b(?:guarantee\w*|ad|we promise)\b", {"guar", "ad", "we"}, set[str]()),
        (r"(?<!\w)i[ae]\w*", set[str](), {"ia", "ie"}),
        (r"\b(?:no )?refunds?\b", {"no", "refu"}, set[str]()),
        (r"(?<![\w-])chez(?![\w-])|#\w+", {"chez", "#"}, set[str]()),
    ],
)
def test_openings_are_read_from_the_pattern(source: str, words: set[str], parts: set[str]) -> None:
    openings = Sought(source).openings
    assert openings is not None
    assert (set(openings.words), set(openings.parts)) == (words, parts)


@pytest.mark.parametrize("source", [r"\w+ stays?", r"code", r"\b(?:very )*\w+ly", r"(?<!\W)ing\b", r" word"])
def test_what_may_begin_anywhere_is_looked_for_everywhere(source: str) -> None:
    assert Sought(source).openings is None
    assert by_words(Sought(source), ("recoding word nicely stays",)) == everywhere(
        Sought(source), ("recoding word nicely stays",)
    )


def test_a_page_without_names_has_the_half_words_that_are_left() -> None:
    page = Page(("chez toitures et toi",))
    assert [found[0] for _, found in page.without(("toi",)).find(Sought(r"\bture"))] == ["ture"]


def test_names_that_overlap_are_all_taken_out() -> None:
    text = "notre savon du sud"
    assert Page((text,)).without(("savon du sud", "notre savon")).texts == (" " * len(text),)


@given(st.text(alphabet=st.sampled_from(sorted(SIMPLE)), max_size=40))
def test_familiar_characters_are_read_as_any_others_are(text: str) -> None:
    # a letter of another alphabet at the end sends the whole text the long way
    assert Plain(text).is_simple
    assert not Plain(f"{text}\u0430").is_simple
    assert Plain(f"{text}\u0430").text == f"{Plain(text).text}a"
    assert bare(f"{text} \u0430") == f"{bare(text)} a".strip()
