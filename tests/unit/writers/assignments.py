"""Assignments for the writers' tests: invented brands and creators, French and American."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from agent.domain.brand import (
    Brand,
    Campaign,
    Fact,
    Gift,
    Money,
    Offer,
    Programme,
    Rights,
    Sender,
    Value,
    Voice,
)
from agent.domain.creator import Creator, Post
from agent.domain.fit import Reason
from agent.domain.ids import BrandId, CampaignId, creator_id
from agent.domain.letter import Letter, Words
from agent.domain.text import normal
from agent.ports import Assignment, Earlier, Writer
from agent.usecases.composing import assemble, body, footer

TODAY = date(2026, 11, 22)

FRENCH_POSTS = (
    ("2026-11-03", "Le savon de ma voisine est enfin sec, six semaines pile sur l’armoire. Il sent à peine."),
    (
        "2026-10-25",
        "Un voisin m’a donné deux litres d’huile d’olive. Elle a fait dix-huit savons au romarin.",
    ),
    (
        "2026-09-20",
        "Je râpe les chutes de savon dans un seau, je verse l’eau chaude, et j’ai de la lessive. #vrac",
    ),
    ("2026-06-02", "J’ai cousu quatre pochettes à savon dans un vieux rideau de lin de ma tante."),
    ("2025-12-01", "Trois mois sans rien acheter pour la salle de bain, et le placard respire enfin un peu."),
)
AMERICAN_POSTS = (
    ("2026-11-10", "The first evening of a repair is all enthusiasm. The second evening is the honest one."),
    ("2026-10-20", "Six strangers at the library table tonight, eleven holes closed. We taught each other."),
    ("2026-09-27", "Orange wool on a navy sweater, on purpose. My brother asked if the blue had run out."),
    ("2026-05-31", "Found my aunt's darning mushroom at the bottom of a flour bin, worn flat on one side."),
    (
        "2025-12-01",
        "Sock number 41 took two evenings and a pot of coffee, and the heel is more darn than sock.",
    ),
)


def french_brand(**fields: Any) -> Brand:
    given: dict[str, Any] = {
        "id": BrandId("moulin"),
        "name": "Le Vieux Moulin",
        "language": "fr",
        "postal_address": "Le Vieux Moulin, 3 rue du Puits, 04000 Digne, France",
        "privacy_url": "https://vieux-moulin.example/donnees",
        "sender": Sender(name="Camille Aubert", email="camille@vieux-moulin.example"),
        "values": (
            Value(
                name="Rien à jeter",
                text="Nous utilisons les chutes et les restes jusqu’à la dernière miette.",
            ),
            Value(name="Le temps de la cure", text="Le savon sèche pendant des semaines, et nous attendons."),
        ),
        "voice": Voice(banned=("pépite", "votre univers")),
        "facts": (
            Fact(id="atelier", text="Nous sommes trois à fabriquer nos savons, dans un ancien moulin."),
            Fact(id="cure", text="Chaque pain sèche six semaines sur des claies en bois."),
            Fact(
                id="compo",
                text="Notre savon au romarin tient en quatre ingrédients : huile, eau, soude, romarin.",
            ),
            Fact(id="chutes", text="Les chutes de découpe deviennent du savon de ménage."),
        ),
        "programme": Programme(name="Essais", market="FR"),
    }
    return Brand(**(given | fields))


def american_brand(**fields: Any) -> Brand:
    given: dict[str, Any] = {
        "id": BrandId("evening"),
        "name": "Second Evening",
        "language": "en",
        "postal_address": "Second Evening LLC, 2140 SE Tansy Street, Portland, OR 97214, USA",
        "privacy_url": "https://second-evening.example/privacy",
        "sender": Sender(name="Tom Whitaker", email="tom@second-evening.example"),
        "values": (
            Value(
                name="The second evening", text="The stubbornness of starting a repair over the next night."
            ),
            Value(
                name="Let the repair show", text="A patch in the wrong color is part of a sweater's story."
            ),
        ),
        "voice": Voice(banned=("love your content", "authentic")),
        "facts": (
            Fact(
                id="name",
                text="Second Evening is named after the point where most people give up on a repair.",
            ),
            Fact(id="shop", text="We pack every kit by hand in a former upholstery shop."),
            Fact(
                id="kit",
                text="Our Sunday mending kit holds a darning mushroom, needles, and six colors of wool.",
            ),
            Fact(
                id="class", text="Every first Sunday we clear the packing table and teach darning for free."
            ),
        ),
        "programme": Programme(name="Holes", market="US"),
    }
    return Brand(**(given | fields))


def a_gift(language: str) -> Offer:
    if language == "fr":
        gift = Gift(name="savon à froid au romarin", value=Money(amount=Decimal(9), currency="EUR"))
    else:
        gift = Gift(name="Sunday mending kit", value=Money(amount=Decimal(28), currency="USD"))
    return Offer(gift=gift, rights=Rights(months=6))


def posts(*texts: tuple[str | None, str]) -> tuple[Post, ...]:
    return tuple(
        Post(
            key=f"p{number}",
            original=text,
            text=normal(text),
            published_on=date.fromisoformat(day) if day else None,
        )
        for number, (day, text) in enumerate(texts)
    )


def creator(handle: str, language: str, told: tuple[Post, ...], **fields: Any) -> Creator:
    given: dict[str, Any] = {
        "platform": "instagram",
        "name": "Léa" if language == "fr" else "Priya",
        "language": language,
        "country": "FR" if language == "fr" else "US",
        "posts": told,
        "updated_at": datetime(2026, 11, 1, tzinfo=UTC),
    } | fields
    given["bio"] = normal(given.get("bio_original", ""))
    return Creator(id=creator_id(given["platform"], handle), handle=handle, **given)


def assignment(language: str = "fr", **fields: Any) -> Assignment:
    told = posts(*(FRENCH_POSTS if language == "fr" else AMERICAN_POSTS))
    brand: Brand = fields.pop("brand", french_brand() if language == "fr" else american_brand())
    who: Creator = fields.pop("creator", creator("lea.mousse", language, told))
    reasons = tuple(
        Reason(value=value.name, ref=post.key, quote=post.text, score=0.5, published_on=post.published_on)
        for value, post in zip(brand.values, who.posts, strict=False)
    )
    given: dict[str, Any] = {
        "brand": brand,
        "campaign": Campaign(
            id=CampaignId("c"), brand_id=brand.id, objective="…", offer=fields.pop("offer", a_gift(language))
        ),
        "creator": who,
        "reasons": reasons,
        "language": language,
        "touch": 1,
        "thread": (),
        "today": TODAY,
        "seed": 7,
    }
    return Assignment(**(given | fields))


def letter(words: Words, told: Assignment) -> Letter:
    return assemble(words, told)


def thread(writer: Writer, told: Assignment, *, letters: int) -> list[tuple[Assignment, Letter, Words]]:
    """Write as many letters, each knowing those before."""
    made: list[tuple[Assignment, Letter, Words]] = []
    earlier: tuple[Earlier, ...] = ()
    for touch in range(1, letters + 1):
        now = Assignment(**(vars(told) | {"touch": touch, "thread": earlier}))
        words = writer.write(now).words
        done = assemble(words, now)
        made.append((now, done, words))
        foot = footer(
            told.brand, told.campaign, told.creator, language=told.language, touch=touch, unsubscribe_url=None
        )
        sent_at = datetime(2026, 11, 22, 9, tzinfo=UTC) + timedelta(days=5 * touch)
        earlier += (Earlier(touch=touch, sent_at=sent_at, subject=done.subject, body=body(done, foot)),)
    return made
