"""The small language in which the tests of the gate write letters. All names are invented."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from agent.domain.brand import (
    AddressForm,
    Brand,
    Campaign,
    Fact,
    Gift,
    Money,
    Offer,
    Rights,
    Sender,
    Value,
    Voice,
)
from agent.domain.creator import BIO, Address, Creator, Post, Provenance
from agent.domain.gate import Case
from agent.domain.ids import BrandId, CampaignId, creator_id
from agent.domain.letter import Letter, Receipt, ReceiptKind, Sentence
from agent.domain.text import normal

TODAY = date(2026, 10, 20)
NOW = datetime(2026, 10, 20, 8, tzinfo=UTC)
UNSUBSCRIBE = "https://nanoreach.example/u/k3x9"

Part = str | tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a creator published under a key."""

    key: str
    text: str
    on: date | None = None


# --- brands ---------------------------------------------------------------------------------------


def a_brand(name: str, language: str, **fields: Any) -> Brand:
    given: dict[str, Any] = {
        "id": BrandId(name.lower().replace(" ", "-")),
        "name": name,
        "language": language,
        "postal_address": f"{name}, 14 traverse du Moulin, 04300 Forcalquier",
        "website": "https://marque.example",
        "sender": Sender(name="Camille Aubert", email="camille@marque.example"),
        "values": (Value(name="Soin", text="Des gestes lents et des choses qui durent."),),
    }
    return Brand(**(given | fields))


SAVON = a_brand(
    "Savon du Sud",
    "fr",
    facts=(
        Fact(
            id="atelier",
            text="Nous sommes trois à fabriquer nos savons, dans un ancien moulin à huile de Forcalquier.",
        ),
        Fact(
            id="quatre",
            text="Notre savon au romarin tient en quatre ingrédients : huile d’olive, eau, soude et romarin.",
        ),
        Fact(
            id="cure",
            text="Chaque pain sèche six semaines sur des claies en bois avant de quitter l’atelier.",
        ),
        Fact(
            id="chutes",
            text="Les chutes de découpe ne sont pas jetées : nous les râpons pour en faire du savon de "
            "ménage.",
        ),
    ),
    voice=Voice(banned=("miracle", "détox", "pépite", "votre univers", "100 % naturel")),
)
FOURNIL = a_brand(
    "Le Fournil d’Anselme",
    "fr",
    address_form=AddressForm.TU,
    facts=(
        Fact(
            id="meule", text="Notre farine de blé ancien est écrasée sur une meule de granit, à Saint-Aubin."
        ),
        Fact(id="sac", text="Elle part en sacs de papier d’un kilo, cousus à la main."),
    ),
    voice=Voice(banned=("gourmand", "révolutionnaire")),
)
MERCERIE = a_brand(
    "Mercerie.fr",
    "fr",
    facts=(
        Fact(id="stock", text="Mercerie.fr revend les fins de bobines de trois filatures du Nord."),
        Fact(id="carton", text="Les fils voyagent dans des tubes de carton que l’on nous renvoie."),
    ),
)
EVENING = a_brand(
    "Second Evening",
    "en",
    sender=Sender(name="Tom Whitaker", email="tom@marque.example"),
    postal_address="Second Evening LLC, 2140 SE Tansy Street, Portland, OR 97214, USA",
    facts=(
        Fact(id="shop", text="We pack every kit by hand in a former upholstery shop in southeast Portland."),
        Fact(
            id="kit",
            text="Our Sunday mending kit holds a wooden darning mushroom, three needles, and six "
            "colors of wool.",
        ),
        Fact(
            id="wool",
            text="The wool in our kits is mill ends, bought as leftovers from two Oregon spinning mills.",
        ),
        Fact(
            id="class",
            text="On the first Sunday of every month we clear the packing table and teach darning for free.",
        ),
    ),
    voice=Voice(banned=("love your content", "game changer", "eco-friendly", "authentic")),
)
KETTLE = a_brand(
    "Blue Kettle",
    "en",
    sender=Sender(name="Ana Ruiz", email="ana@marque.example"),
    postal_address="Blue Kettle, 9 Mill Lane, Burlington, VT 05401, USA",
    facts=(
        Fact(
            id="jar",
            text="Our sourdough jar is blown by one glassblower in Vermont, and no two lids are quite "
            "the same.",
        ),
        Fact(id="cork", text="The lid is cork, so it breathes and never clatters."),
    ),
)


def euros(amount: str) -> Money:
    return Money(amount=Decimal(amount), currency="EUR")


def dollars(amount: str) -> Money:
    return Money(amount=Decimal(amount), currency="USD")


OFFERS = {
    "Savon du Sud": Offer(
        gift=Gift(name="savon à froid au romarin", value=euros("9")), rights=Rights(months=6)
    ),
    "Le Fournil d’Anselme": Offer(gift=Gift(name="sac de farine de blé ancien", value=euros("6.50"))),
    "Mercerie.fr": Offer(gift=Gift(name="boîte de douze fils de lin", value=euros("24"))),
    "Second Evening": Offer(
        gift=Gift(name="Sunday mending kit", value=dollars("28")), rights=Rights(months=6)
    ),
    "Blue Kettle": Offer(gift=Gift(name="sourdough jar", value=dollars("34"))),
}
OBJECTIVES = {
    "fr": "Faire essayer notre produit à des personnes soigneuses.",
    "en": "Put our product in careful hands.",
}


# --- the small language ---------------------------------------------------------------------------


def a_campaign(brand: Brand, **fields: Any) -> Campaign:
    given: dict[str, Any] = {
        "brand_id": brand.id,
        "objective": OBJECTIVES[brand.language],
        "category": "crafts",
        "languages": (brand.language,),
        "countries": ("FR" if brand.language == "fr" else "US",),
        "offer": OFFERS[brand.name],
    }
    return Campaign(id=CampaignId("essai"), **(given | fields))


def a_creator(name: str, *said: Said, bio: str = "", language: str = "fr", **fields: Any) -> Creator:
    handle = f"{name.casefold()}.au.quotidien"
    given: dict[str, Any] = {
        "name": name,
        "language": language,
        "country": "FR" if language == "fr" else "US",
        "followers": 4200,
        "bio_original": bio,
        "bio": normal(bio),
        "address": Address(
            email=f"{name.casefold()}@creatrice.example",
            provenance=Provenance(kind="bio", url="https://instagram.example/x", found_on=date(2026, 10, 1)),
        ),
        "business_contact": True,
        "posts": tuple(
            Post(key=one.key, original=one.text, text=normal(one.text), published_on=one.on) for one in said
        ),
        "updated_at": NOW,
    }
    return Creator(
        id=creator_id("instagram", handle), platform="instagram", handle=handle, **(given | fields)
    )


def receipt(creator: Creator, brand: Brand, mark: tuple[str, ...]) -> Receipt:
    """`("post", key, quote)`, `("bio", quote)`, `("fact", id)`, `("offer", term)`."""
    kind, *rest = mark
    if kind == "post":
        post = creator.post(rest[0])
        return Receipt(
            kind=ReceiptKind.POST,
            ref=rest[0],
            quote=rest[1],
            published_on=post.published_on if post else None,
        )
    if kind == "bio":
        return Receipt(kind=ReceiptKind.BIO, ref=BIO, quote=rest[0])
    if kind == "fact":
        fact = brand.fact(rest[0])
        return Receipt(kind=ReceiptKind.FACT, ref=rest[0], quote=fact.text if fact else "")
    return Receipt(kind=ReceiptKind.OFFER, ref=rest[0])


def a_sentence(creator: Creator, brand: Brand, part: Part) -> Sentence:
    if isinstance(part, str):
        return Sentence(text=part)
    text, *marks = part
    return Sentence(text=text, receipts=tuple(receipt(creator, brand, mark) for mark in marks))


def legal_lines(brand: Brand) -> tuple[str, ...]:
    if brand.language == "fr":
        stop = "répondez STOP" if brand.address_form is AddressForm.VOUS else "réponds STOP"
        return (f"Pour ne plus recevoir de message, {stop} ou ouvrez {UNSUBSCRIBE}", brand.postal_address)
    return (
        f"You can object to our messages at any time: reply STOP or open {UNSUBSCRIBE}",
        brand.postal_address,
    )


def a_case(letter: Letter, creator: Creator, brand: Brand, **fields: Any) -> Case:
    lines = legal_lines(brand)
    footer = "\n".join(("—", *lines))
    given: dict[str, Any] = {
        "body": f"{letter.text}\n\n{footer}\n",
        "footer": footer,
        "campaign": a_campaign(brand),
        "touch": 1,
        "language": brand.language,
        "detected_language": brand.language,
        "legal_lines": lines,
        "allowed_links": (UNSUBSCRIBE, "https://marque.example"),
        "earlier": (),
        "today": TODAY,
    }
    return Case(letter=letter, creator=creator, brand=brand, **(given | fields))


def rewritten(case: Case, letter: Letter) -> Case:
    """Return the case with another letter, rendered into its body."""
    return replace(case, letter=letter, body=f"{letter.text}\n\n{case.footer}\n")


def written(
    brand: Brand,
    creator: Creator,
    subject: str,
    *paragraphs: Sequence[Part],
    greeting: str = "",
    **fields: Any,
) -> Case:
    hello = {"fr": f"Bonjour {creator.name},", "en": f"Hi {creator.name},"}[brand.language]
    letter = Letter(
        language=brand.language,
        subject=subject,
        greeting=greeting or hello,
        paragraphs=tuple(
            tuple(a_sentence(creator, brand, part) for part in paragraph) for paragraph in paragraphs
        ),
        closing=f"{brand.sender.name}\n{brand.name}",
    )
    return a_case(letter, creator, brand, **fields)
