"""Paid posts, how they are mentioned, and competitors."""

from typing import Any

import pytest

from agent.domain.creator import Creator
from agent.domain.fit import Level
from agent.domain.vetting import Kind, Known, Mention, Signal, signals_of, sponsored_posts
from agent.domain.vetting.competitors import competitors
from agent.domain.vetting.sponsorship import sponsorship
from tests.builders import NOW, a_brand, a_creator, a_post


def french(*texts: str, **fields: Any) -> Creator:
    return a_creator(bio="", posts=tuple(a_post(f"p-{n}", text) for n, text in enumerate(texts)), **fields)


def american(*texts: str) -> Creator:
    return french(*texts, language="en", country="US")


def mentions(creator: Creator) -> list[Mention]:
    return [each.mention for each in sponsored_posts(creator)]


@pytest.mark.parametrize(
    "text",
    [
        "Collaboration commerciale avec Poil de Hêtre. J’ai gardé leur brosse six semaines.",
        "Publicité · mon avis sur ce savon",
        "#collaborationcommerciale ma routine",
        "Cette vidéo est sponsorisée par Opera",
        "Partenariat rémunéré avec la Maison du lin",
        "Sponsored by Brilliant",
    ],
)
def test_in_france_these_mentions_are_clear(text: str) -> None:
    assert mentions(french(text)) == [Mention.CLEAR]


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Ma routine du soir #ad", Mention.VAGUE),
        ("#collab ma routine du soir", Mention.VAGUE),
        ("En partenariat avec la Maison du lin", Mention.VAGUE),
        ("La marque m’a offert ce coffret", Mention.VAGUE),
        ("-15 % avec le code LEA15 sur tout le site", Mention.NONE),
        ("Mon code promo est en story", Mention.NONE),
    ],
)
def test_in_france_these_are_not(text: str, mention: Mention) -> None:
    assert mentions(french(text)) == [mention]


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("My evening routine #ad", Mention.CLEAR),
        ("Paid partnership with Linen House", Mention.CLEAR),
        ("My evening routine #sp", Mention.VAGUE),
        ("Kindly gifted, all opinions mine", Mention.VAGUE),
        ("In partnership with Linen House", Mention.VAGUE),
        ("Use code LEA15 for 15% off", Mention.NONE),
    ],
)
def test_in_the_us_a_tag_is_clear_and_a_gift_asks_for_more(text: str, mention: Mention) -> None:
    assert mentions(american(text)) == [mention]


@pytest.mark.parametrize(
    "text",
    [
        "Non sponsorisé, j’ai acheté ce savon au marché",
        "This is not an ad, I paid for it",
        "Ce n’est pas une collaboration commerciale",
        "Pour toute collaboration avec moi, écrivez un mail",
        "Voici le code Python pour tracer la courbe",
        "Une armée d’IA a percé le code de GTA5",
        "J’apprends le code HTML5 en ce moment",
        "Le QR code est au dos",
        "Mes élèves et leur code de la route",
        "Merci à ma tante pour le rideau",
    ],
)
def test_what_nobody_paid_for_is_no_sponsored_post(text: str) -> None:
    assert mentions(french(text)) == []


def only(creator: Creator, kind: Kind) -> Signal:
    (signal,) = [each for each in sponsorship(creator) if each.kind is kind]
    return signal


def test_unclear_mentions_ask_for_a_look_and_name_the_law_of_the_country() -> None:
    here = only(french("Avec le code LEA15, -15 %", "Publicité : ce savon"), Kind.DISCLOSURE)
    there = only(american("Use code LEA15 for 15% off"), Kind.DISCLOSURE)
    assert (here.level, here.figures) == (Level.LOOK, {"sponsored": 2, "unclear": 1})
    assert "2023-451" in here.said("fr")
    assert "255.5" in there.text
    assert [quotation.ref for quotation in here.evidence] == ["p-0"]


def test_when_every_paid_post_says_so_all_is_fine() -> None:
    assert only(french("Publicité : ce savon", "Au jardin"), Kind.DISCLOSURE).level is Level.FINE


def test_an_account_of_advertisements_asks_for_a_look() -> None:
    paid = ["Publicité : savon", "Publicité : huile", "Publicité : lin"]
    assert only(french(*paid, "Au jardin"), Kind.SPONSORED).level is Level.LOOK
    assert only(french(*paid, "Au jardin", "Encore", "Et encore"), Kind.SPONSORED).level is Level.FINE
    assert only(french("Publicité : savon"), Kind.SPONSORED).level is Level.FINE


def test_a_code_in_the_bio_is_told() -> None:
    creator = a_creator(bio="Triathlète | Code “LISON10” | DM", posts=())
    (told,) = sponsorship(creator)
    assert (told.key, told.level) == ("sponsored.bio", Level.FINE)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Sézane", "J’ai mis ma robe Sezane hier"),
        ("Sézane", "Merci @sezane.officiel"),
        ("Yves Rocher", "le gel douche yves rocher de ma mère"),
        ("Yves Rocher", "#yvesrocher"),
        ("L'Occitane", "Mon baume L’Occitane"),
        ("Lush", "Hier chez @lush"),
        ("Gap", "#gap en solde"),
        ("Respire", "Mon déodorant Respire tient la journée"),
    ],
)
def test_a_competitor_is_found_by_its_name(name: str, text: str) -> None:
    (signal,) = competitors([name], french(text))
    assert (signal.level, signal.figures["name"]) == (Level.LOOK, name)
    assert signal.evidence[0].quote in text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Lush", "A Lush garden, so lush"),
        ("Gap", "Mind the Gap"),
        ("Gap", "@gapyear_stories"),
        ("Respire", "Respire, tout va bien"),
        ("Respire", "on respire mieux ici"),
        ("Respire", "TOUT LE MONDE RESPIRE ENFIN"),
        ("Sézane", "Parmesane et basilic"),
        ("Mango", "un mango lassi"),
    ],
)
def test_an_ordinary_word_is_no_competitor(name: str, text: str) -> None:
    assert tuple(competitors([name], french(text))) == ()


@pytest.mark.parametrize(
    "creator",
    [
        french("Collaboration commerciale avec Sézane : ma robe"),
        a_creator(bio="Lyon · ambassadrice @sezane", posts=()),
    ],
)
def test_a_competitor_in_a_paid_post_or_as_a_partner_is_a_concern(creator: Creator) -> None:
    (signal,) = competitors(["Sézane"], creator)
    assert (signal.level, signal.key) == (Level.CONCERN, "competitor.partner")


def test_competitors_come_from_the_brand_and_stand_first() -> None:
    brand = a_brand(competitors=("Sézane",))
    signals = signals_of(
        french("Collaboration commerciale avec Sézane"), Known(today=NOW.date(), brand=brand)
    )
    assert signals[0].kind is Kind.COMPETITOR
