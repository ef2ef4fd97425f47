"""Typography: what is told, what is mended, and what is left alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.domain.draft import Severity
from agent.domain.gate import check
from agent.domain.gate.typesetting import NARROW, NO_BREAK, quotations, slips, typeset
from tests.unit.gate.bad import adds
from tests.unit.gate.honest import HONEST

N, B = NARROW, NO_BREAK


@pytest.mark.parametrize(
    ("text", "rule", "mended"),
    [
        ("C'est l'heure", "apostrophe", "C’est l’heure"),
        ('Elle dit "oui" et rit', "quotes", f"Elle dit «{N}oui{N}» et rit"),
        ("Elle dit “oui”.", "quotes", f"Elle dit «{N}oui{N}»."),
        ("Vraiment ? Oui !", "spacing", f"Vraiment{N}? Oui{N}!"),
        ("Vraiment? Oui!", "spacing", f"Vraiment{N}? Oui{N}!"),
        ("Voici: «du pain»", "spacing", f"Voici{N}: «{N}du pain{N}»"),
        ("vos mains , et  la laine", "comma", "vos mains, et la laine"),
        ("trente livres,et pas un", "comma", "trente livres, et pas un"),
        ("Il vaut 35€, ou €12,50", "money", f"Il vaut 35{N}€, ou 12,50{N}€"),
        ("moins 10% ce jour", "money", f"moins 10{N}% ce jour"),
        ("à 18h30, ou 7h", "time", f"à 18{B}h{B}30, ou 7{B}h"),
        ("le 1 Octobre, la 2ème fois", "date", "le 1er octobre, la 2e fois"),
        ("Merci. A demain", "accent", "Merci. À demain"),
        ("Etes-vous là", "accent", "Êtes-vous là"),
    ],
)
def test_a_slip_is_told_by_its_rule_and_mended(text: str, rule: str, mended: str) -> None:
    assert rule in {slip.rule for slip in slips(text, "fr", "FR")}
    assert typeset(text, "fr", "FR") == mended
    assert list(slips(mended, "fr", "FR")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Voir https://a.example/x?y=1&z=2 ou l@a.example",
        "24h/24, en A4, à 3:30 de la vidéo",
        f"Il dit «{N}elle a ri “comme ça”, puis non{N}»",
        "18 h 30, mais pas 18 h",
        "Un seul mot. Rien de plus, rien de moins…",
    ],
)
def test_what_is_right_or_no_prose_stays(text: str) -> None:
    assert list(slips(text, "fr", "FR")) == []
    assert typeset(text, "fr", "FR") == text


def test_the_words_of_a_creator_stay_as_they_were_written() -> None:
    text = 'Vous écriviez "C\'est quoi ce pain ?" hier !'
    kept = quotations(text)
    assert kept == ("C'est quoi ce pain ?",)
    assert typeset(text, "fr", "FR", keep=kept) == f"Vous écriviez «{N}C'est quoi ce pain ?{N}» hier{N}!"


def test_quebec_sets_no_space_before_high_marks() -> None:
    assert typeset("Voilà ! Une trousse : «la nôtre» ?", "fr", "CA") == (
        f"Voilà! Une trousse{B}: «{B}la nôtre{B}»?"
    )
    assert typeset("Elle vaut $28", "fr", "CA") == f"Elle vaut 28{B}$"
    assert {slip.rule for slip in slips(f"Voilà{N}!", "fr", "CA")} == {"spacing"}
    assert list(slips("Voilà!", "fr", "CA")) == []


@pytest.mark.parametrize("country", ["FR", "BE", "CH", "LU", None])
def test_elsewhere_french_is_set_as_in_france(country: str | None) -> None:
    assert typeset("Voilà !", "fr", country) == f"Voilà{N}!"


def test_english_sets_no_space_before_a_mark_and_the_sign_first() -> None:
    assert typeset("Would you like one ? It's 28$ .", "en") == "Would you like one? It's $28 ."
    assert typeset('It\'s "fine": 5 : 3', "en") == 'It\'s "fine": 5: 3'


def test_other_languages_are_left_alone() -> None:
    assert typeset("Wirklich ? C'est", "de") == "Wirklich ? C'est"


PIECES = (
    *("C'est", "A", "demain", '"oui"', "«oui»", "« non »", "“peut-être”", "?", "!", ":", ";", ",", "pain,et"),
    *("18h30", "35€", "€12,50", "$28", "10%", "le 1 Mai", "2ème", "(si !)", "fin.", "Etes", "a@b.example"),
)
PROSE = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


@given(PROSE, st.sampled_from([("fr", "FR"), ("fr", "CA"), ("en", "US")]))
def test_what_was_set_once_changes_no_more(text: str, place: tuple[str, str]) -> None:
    once = typeset(text, *place)
    assert typeset(once, *place) == once


def test_each_kind_of_slip_is_told_once_and_blocks_nothing() -> None:
    case = adds("C'est ça ! N'est-ce pas ?", paragraph=1)(HONEST["lea"])
    told = [finding for finding in check(case) if finding.code.startswith("typography.")]
    assert [(f.code, f.severity) for f in told] == [
        ("typography.apostrophe", Severity.WARN),
        ("typography.spacing", Severity.WARN),
    ]
    assert all("It occurs 2 times." in finding.advice for finding in told)
    assert all(finding.span in case.letter.text for finding in told)
    quebec = replace(case, creator=replace(case.creator, country="CA"))
    advice = [f.advice for f in check(quebec) if f.code == "typography.spacing"]
    assert advice
    assert advice[0].startswith("Quebec French")
