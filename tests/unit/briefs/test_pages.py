"""The letter and its PDF: what stands in it, in both languages, and that nobody's text is ever markup."""

import json
import re
import zlib
from dataclasses import asdict, replace
from typing import Any

import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.adapters.typeset import TypstTypesetter
from agent.domain.brand import AddressForm
from agent.domain.brief import BriefLetter, Section
from agent.usecases.briefing import open_brief, review_brief
from tests.builders import NOW, a_brand, a_brief_letter, an_offer
from tests.unit.briefs.agreed import OUTREACH, READER, agreed_world, changed

SETTER = TypstTypesetter()
HOSTILE = (
    '#read("/etc/passwd")',
    '#panic("owned")',
    '#import "@preview/evil:1.0.0": *',
    "*bold* _it_ `raw` $x^2$ <label> @ref = Title",
    ']; #eval("1+1")',
    '\\" } #sys.inputs',
    "/* comment */ // end",
    "{{ brand }} {% if true %}{% endif %}",
    "<script>alert(1)</script>",
)
PLAIN_HOSTILE = ("#sys.version", "*bold* _it_ <label> @ref #pagebreak()")
"""Markup without quotation marks, which French typography would change."""
BARE = re.compile(r"(?<!\u202f)[;:!?»](?=\s|$)|«(?!\u202f)|'")


def letter_of(*, language: str = "fr", country: str = "FR", tu: bool = False, **terms: Any) -> BriefLetter:
    """Return the letter of a world whose brand and creator speak this language."""
    ports = agreed_world(deliverables=("une vidéo", "deux stories"))
    with ports.store.write() as tx:
        tx.brands.save(a_brand(address_form=AddressForm.TU if tu else AddressForm.VOUS))
        campaign = tx.brands.campaigns()[0]
        tx.brands.save_campaign(replace(campaign, languages=(), countries=()))
        creator = tx.creators.find("instagram:lison.1")
        assert creator is not None
        tx.creators.save(replace(creator, language=language, country=country))
    open_brief(ports, OUTREACH, by=READER)
    changed(ports, **terms)
    return review_brief(ports, OUTREACH).letter


# --- words ----------------------------------------------------------------------------------------


def test_a_french_letter_says_every_term_in_french() -> None:
    text = letter_of(key_messages=("Quatre ingrédients, tous d'ici : rien à cacher.",)).text
    for said in (
        "un coffret de quatre savons, d’une valeur de 38,50\u202f€",
        "Pour le 30 novembre 2026: 2 × stories",
        "du 30 novembre 2026 au 29 mai 2027 inclus",
        "[Collaboration commerciale]",
        "Quatre ingrédients, tous d’ici\u202f: rien à cacher.",
        "Ce ne sont pas des phrases à réciter",
        "camille@savon-du-sud.example",
    ):
        assert said in text


def test_an_english_letter_says_the_same_in_english() -> None:
    text = letter_of(language="en", country="US").text
    assert "Hi Lison," in text
    assert "By November 30, 2026: 2 × stories" in text
    assert "from November 30, 2026 through May 29, 2027" in text
    assert "[Ad]" in text
    assert "said out loud" in text


def test_a_brand_that_says_tu_says_it_throughout() -> None:
    text = letter_of(tu=True).text
    assert "Merci pour ton oui" in text
    assert not re.search(r"\b(?:vous|votre|vos)\b", text, re.IGNORECASE)
    assert not re.search(r"\b(?:tu|toi|te|tes)\b", letter_of().text, re.IGNORECASE)


def test_french_marks_keep_their_narrow_space_in_every_text() -> None:
    letter = letter_of(note="Voici l'essentiel : merci ! Et « bravo » ; à bientôt ?", contract="A-1")
    strings = [letter.title, letter.greeting, *letter.opening, *letter.closing]
    for section in letter.sections:
        strings += [section.title, section.lead, section.remark, *section.items]
        strings += [row.text for row in section.rows]
    assert [text for text in strings if BARE.search(text)] == []


def test_a_gift_without_duty_says_that_nothing_is_due() -> None:
    assert "Rien n’est dû" in letter_of(deliverables=()).text


def test_a_name_that_is_no_name_is_not_called() -> None:
    ports = agreed_world(deliverables=())
    with ports.store.write() as tx:
        creator = tx.creators.find("instagram:lison.1")
        assert creator is not None
        tx.creators.save(replace(creator, name=None))
    open_brief(ports, OUTREACH, by=READER)
    letter = review_brief(ports, OUTREACH).letter
    assert (letter.greeting, letter.recipient) == ("Bonjour,", "À l’attention de @lison.1")


# --- paper ----------------------------------------------------------------------------------------


def test_the_pdf_is_tagged_titled_and_says_its_language() -> None:
    pdf = inflated(SETTER.pdf(a_brief_letter(), at=NOW))
    for part in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang", b"pdfuaid", b"Notre collaboration"):
        assert part in pdf
    assert b"/Lang(fr-FR)" in pdf.replace(b" ", b"")


def test_the_same_letter_has_the_same_bytes_and_another_date_other_ones() -> None:
    letter = a_brief_letter()
    first = SETTER.pdf(letter, at=NOW)
    assert TypstTypesetter().pdf(letter, at=NOW) == first
    assert SETTER.pdf(letter, at=NOW.replace(year=2027)) != first
    assert SETTER.pdf(replace(letter, greeting="Bonjour,"), at=NOW) != first


def test_a_long_letter_has_as_many_pages_as_it_needs() -> None:
    long = a_brief_letter(
        sections=tuple(Section(key="x", title=f"Partie {n}", lead="Du texte. " * 60) for n in range(12))
    )
    listed = a_brief_letter(sections=(Section(key="x", title="Liste", items=("un mot",) * 120),))
    assert len(SETTER.pictures(long, ppi=20)) >= 3
    assert len(SETTER.pictures(listed, ppi=20)) >= 2


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_markup_is_set_as_text(text: str) -> None:
    plain = a_brief_letter(greeting=text, brand=text, title=text, footer=text, sections=section_of(text))
    assert SETTER.pdf(plain, at=NOW).startswith(b"%PDF")
    assert headings_of(plain) == [text, text]


@given(text=st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    assert headings_of(a_brief_letter(title=text, sections=())) == [text]


def test_hostile_names_and_brands_reach_the_letter_as_they_are() -> None:
    ports = agreed_world(deliverables=())
    with ports.store.write() as tx:
        creator = tx.creators.find("instagram:lison.1")
        assert creator is not None
        tx.brands.save(a_brand(name=PLAIN_HOSTILE[0]))
        tx.creators.save(replace(creator, name=HOSTILE[1]))
    open_brief(ports, OUTREACH, by=READER)
    changed(ports, note=PLAIN_HOSTILE[1], rights=None, gift=an_offer().gift)
    review = review_brief(ports, OUTREACH)
    assert review.pdf.startswith(b"%PDF")
    assert PLAIN_HOSTILE[0] in review.letter.text
    assert PLAIN_HOSTILE[1] in review.letter.text
    assert review.letter.greeting == "Bonjour,"


def test_the_layout_says_who_set_it() -> None:
    assert re.fullmatch(r"brief/letter\.typ@[0-9a-f]{12}, typst [0-9.]+", SETTER.reference)


def test_paper_follows_the_reader() -> None:
    french, american = (
        inflated(SETTER.pdf(a_brief_letter(region=region), at=NOW)) for region in ("FR", "US")
    )
    assert b"595.2" in french
    assert b"612" in american


def section_of(text: str) -> tuple[Section, ...]:
    return (Section(key="x", title=text, lead=text, emphasis=(text,), items=(text, text), remark=text),)


def headings_of(letter: BriefLetter) -> list[str]:
    """Return the headings as typst made them of the shipped layout: plain text, or whatever markup became."""
    told = {"letter": json.dumps(asdict(letter), ensure_ascii=False)}
    found = json.loads(typst.query(SETTER._layout, "heading", field="body", sys_inputs=told))
    return [body.get("text", str(body)) for body in found]


def inflated(pdf: bytes) -> bytes:
    """Return the PDF with its compressed streams opened, for looking inside."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    opened = [part for part in map(_opened, streams) if part]
    return pdf + b"\n".join(opened)


def _opened(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""
