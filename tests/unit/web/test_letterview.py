"""The letter is cut for marking, and never changed by it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from agent.domain.draft import Severity
from agent.domain.ids import DraftId
from agent.domain.letter import Letter, Sentence
from agent.usecases import reviewing
from agent.web.letterview import letter_view, marked, numbered
from tests.builders import a_finding, a_letter
from tests.unit.web.world import World, block

TEXTS = st.text(alphabet="ab .\n\u202e\u200b\u202f", max_size=40)
SPANS = st.lists(st.text(alphabet="ab .\u202e", min_size=1, max_size=5), max_size=4)


@given(text=TEXTS, sentences=st.lists(st.text(alphabet="ab .", max_size=8), max_size=4), spans=SPANS)
def test_the_pieces_put_together_are_the_text(text: str, sentences: list[str], spans: list[str]) -> None:
    letter = _letter(*sentences)
    findings = numbered(a_finding(span=span) for span in spans)
    stretches = marked(text, letter, {}, findings)
    assert "".join(stretch.text for stretch in stretches) == text
    assert all(piece.text for stretch in stretches for piece in stretch.pieces)


def test_every_sentence_carries_the_numbers_of_its_proof(world: World) -> None:
    review = reviewing.review(world.ports, DraftId("d-1"))
    view = letter_view(review)
    assert [s.notes for s in view.body if s.number] == [(1,), (), (2,), (3,), (4,), ()]
    assert view.used_in == {1: (1,), 2: (3,), 3: (4,), 4: (5,)}


def test_body_and_footer_together_are_exactly_what_leaves(world: World) -> None:
    review = reviewing.review(world.ports, DraftId("d-1"))
    view = letter_view(review)
    assert review.outgoing is not None
    assert "".join(s.text for s in (*view.body, *view.footer)) == review.outgoing.body
    assert "".join(s.text for s in view.footer).startswith(review.footer)


def test_without_an_address_the_drafts_own_text_is_shown(world: World) -> None:
    world.put(replace(world.creator("d-1"), address=None))
    review = reviewing.review(world.ports, DraftId("d-1"))
    assert review.outgoing is None
    assert "".join(s.text for s in letter_view(review).body).startswith("Bonjour Lison,")


def test_what_lacks_proof_comes_before_every_other_finding() -> None:
    warn = a_finding(code="shape.length", severity=Severity.WARN)
    blocking = a_finding(code="law.address", severity=Severity.BLOCK)
    unproven = a_finding(code="receipts.unsupported", severity=Severity.WARN)
    ordered = [each.finding.code for each in numbered((warn, blocking, unproven))]
    assert ordered == ["receipts.unsupported", "law.address", "shape.length"]


def test_a_sentence_without_proof_is_marked_as_a_whole(world: World) -> None:
    block(world, "d-1", "C’est, à peu de chose près,")
    view = letter_view(reviewing.review(world.ports, DraftId("d-1")))
    (sentence,) = [stretch for stretch in view.body if stretch.is_unproven]
    assert sentence.text == "C’est, à peu de chose près, ce que nous cherchons à faire ici."
    assert [piece.severity for piece in sentence.pieces] == [Severity.BLOCK, None]


def test_a_finding_across_two_sentences_is_marked_in_both() -> None:
    findings = numbered([a_finding(span="semaines. Nous vous")])
    letter = a_letter()
    stretches = marked(letter.text, letter, {}, findings)
    pieces = [piece.text for stretch in stretches for piece in stretch.pieces if piece.findings]
    assert pieces == ["semaines.", " ", "Nous vous"]


def test_hidden_characters_are_named_where_they_stand() -> None:
    (stretch,) = marked("a\u202eb\u202fc", _letter(), {}, ())
    assert [(piece.text, piece.code) for piece in stretch.pieces] == [
        ("a", ""),
        ("\u202e", "U+202E"),
        ("b\u202fc", ""),
    ]


def _letter(*sentences: str) -> Letter:
    return a_letter(paragraphs=(tuple(Sentence(text=text) for text in sentences),))
