"""Cases for `bench/register.py`: from the labelled letters, and from the offline writer."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from agent.adapters.offline import OfflineWriter
from agent.domain.brand import AddressForm, Brand, Campaign, Fact, Gift, Money, Offer, Sender, Value
from agent.domain.creator import Creator, Post
from agent.domain.gate import Case
from agent.domain.ids import BrandId, CampaignId, creator_id
from agent.domain.letter import Letter, Receipt, ReceiptKind, Sentence
from agent.domain.text import folded
from agent.ports import Assignment
from agent.usecases import composing
from agent.usecases.native import native_table

TODAY = date(2026, 11, 2)
"""A Monday after every date that the letters name."""


def a_case(row: Mapping[str, Any], detect: Callable[[str], str | None]) -> Case:
    """Return a labelled letter as the gate gets it; sentences that quote a post have its receipt."""
    creator = _creator(row["name"], row["language"], row["country"], row["posts"], number=0)
    letter = Letter(
        language=row["language"],
        subject=row["subject"],
        greeting=row["greeting"],
        paragraphs=tuple((_sentence(text, creator),) for text in row["paragraphs"]),
        closing=row["closing"],
    )
    brand = _brand(AddressForm(row["form"]), row["language"], name=row["closing"].split(",", 1)[-1].strip())
    own = "\n".join((row["greeting"], *row["paragraphs"], row["closing"]))
    return _case(letter, creator, brand, detected=detect(own))


def offline_letters(count: int) -> Iterator[Case]:
    """Yield that many French letters of the offline writer, first touches, both registers in turns."""
    return islice(_offline_letters(), count)


def _offline_letters() -> Iterator[Case]:
    writer = OfflineWriter()
    number = 0
    while True:
        form = (AddressForm.TU, AddressForm.VOUS, None)[number % 3]
        country = ("FR", "BE", "CH", "CA", "FR")[number % 5]
        posts = [_POSTS[(number * 7 + step * 5) % len(_POSTS)] for step in range(3)]
        name = _NAMES[number % len(_NAMES)]
        creator, brand = (
            _creator(name, "fr", country, posts, number=number),
            _brand(form, "fr", name="Savon du Sud"),
        )
        assignment = Assignment(
            brand=brand,
            campaign=_campaign("fr"),
            creator=creator,
            reasons=(),
            language="fr",
            touch=1,
            thread=(),
            today=TODAY,
            seed=number,
        )
        letter = composing.assemble(writer.write(assignment).words, assignment)
        yield _case(letter, creator, brand, detected="fr")
        number += 1


def _case(letter: Letter, creator: Creator, brand: Brand, *, detected: str | None) -> Case:
    return Case(
        letter=letter,
        body=composing.body(letter, ""),
        footer="",
        creator=creator,
        brand=brand,
        campaign=_campaign(brand.language),
        touch=1,
        language=brand.language,
        detected_language=detected,
        legal_lines=(),
        allowed_links=(),
        earlier=(),
        today=TODAY,
        native=native_table(brand.language),
    )


def _sentence(text: str, creator: Creator) -> Sentence:
    receipts = tuple(
        Receipt(kind=ReceiptKind.POST, ref=post.key, quote=post.text)
        for post in creator.posts
        if any(part in folded(text) for part in _parts(post.text))
    )
    return Sentence(text=text, receipts=receipts)


def _parts(post: str) -> Sequence[str]:
    words = folded(post).rstrip(".?!").split()
    return [" ".join(words[start : start + 4]) for start in range(max(1, len(words) - 3))]


def _creator(name: str, language: str, country: str, posts: Sequence[str], *, number: int) -> Creator:
    made = tuple(
        Post(key=f"p{at}", original=text, text=text, published_on=TODAY - timedelta(days=9 * (at + 1)))
        for at, text in enumerate(posts)
    )
    handle = f"reader{number}"
    return Creator(
        id=creator_id("instagram", handle),
        platform="instagram",
        handle=handle,
        name=name or None,
        language=language,
        country=country,
        posts=made,
        updated_at=datetime(2026, 11, 1, tzinfo=UTC),
    )


def _brand(form: AddressForm | None, language: str, *, name: str) -> Brand:
    return Brand(
        id=BrandId("bench"),
        name=name,
        language=language,
        address_form=form,
        postal_address="1 rue du Puits, 04000 Digne, France",
        sender=Sender(name="Camille", email="camille@marque.example"),
        values=(Value(name="Rien à jeter", text="Une salle de bain sans flacon."),),
        facts=(
            Fact(id="atelier", text="Nous sommes trois à fabriquer nos savons, dans un ancien moulin."),
            Fact(id="cure", text="Chaque pain sèche six semaines sur des claies en bois."),
            Fact(id="chutes", text="Les chutes de découpe deviennent du savon de ménage."),
        ),
    )


def _campaign(language: str) -> Campaign:
    return Campaign(
        id=CampaignId("bench"),
        brand_id=BrandId("bench"),
        objective="Faire essayer un savon.",
        languages=(language,),
        offer=Offer(gift=Gift(name="un savon au romarin", value=Money(amount=Decimal(9), currency="EUR"))),
    )


_NAMES = ("Léa", "Noé", "Marion et Paul", "", "Inès", "Sacha", "Jean-Luc", "Aïcha", "Lila & Tom", "Yann")
_POSTS = (
    "Six semaines de cure, et mes savons sont enfin durs sur l’étagère du couloir.",
    "J’ai cousu quatre pochettes dans un vieux rideau de lin de ma tante.",
    "Tu vas rire, j’ai confondu le sel et le sucre dans la tarte de dimanche.",
    "Dis-moi quel est ton savon préféré, je lis tous les commentaires ce soir.",
    "Vous me demandez souvent d’où vient ma laine, elle vient de la Creuse.",
    "Les chutes de savon finissent en lessive, avec de l’eau chaude et du temps.",
    "Trois mois sans rien acheter pour la salle de bain, et le placard respire.",
    "Si ton levain dort, mets-le près du four et laisse-le tranquille une nuit.",
    "On a marché quatre heures sans croiser personne, et le brouillard s’est levé au col.",
    "Mon voisin jette des planches de chêne, et moi j’en fais des étagères.",
    "Plus aucun flacon au bord de la douche depuis le mois de mars.",
    "Racontez-moi vos idées pour les fanes de carottes, je les essaierai toutes.",
)
