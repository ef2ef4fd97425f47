"""What good writers make of a post: the words of honest letters, with true receipts."""

import re
from collections.abc import Mapping

from agent.domain.brand import Brand
from agent.domain.creator import Creator
from agent.domain.letter import Receipt, ReceiptKind, Sentence, Words
from tests.hostile.corpus import Honest, Part
from tests.hostile.stage import a_person, brand_file

KEY = "p1"
_QUOTED = re.compile(r"[«\"“]\s*([^«»\"“”]{6,140}?)[\s,.;:]*[»\"”]")
_MARKS = re.compile(r" (?=[;:!?»€%])")
_LONGEST_QUOTE = 140  # characters, as a model may return them
_ASKS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "Cela vous ferait-il plaisir ? Un oui ou un non me suffit.",
        "Est-ce que je vous en mets un de côté ? Un mot suffit, et « non merci » en est un.",
        "Voudriez-vous l’essayer ? Si c’est non, je n’insisterai pas.",
        "Aimeriez-vous le recevoir ? Un simple oui, et je m’occupe du reste.",
    ),
    "en": (
        "Shall I pack one up for you? One word back will do.",
        "Would you like one? Yes or no is all I need.",
        "Can I put one in the mail? If it's a no, I won't ask again.",
        "Is that something you'd enjoy? A plain no is fine, too.",
    ),
}
_OURS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "fr": (
        ("atelier", "Chez Savon du Sud, nous sommes trois à fabriquer nos savons, dans un ancien moulin."),
        ("cure", "Chez Savon du Sud, chaque pain sèche six semaines avant de quitter l’atelier."),
        ("ingredients", "Le savon au romarin de Savon du Sud tient en quatre ingrédients."),
        ("chutes", "Chez Savon du Sud, les chutes de découpe finissent en savon de ménage."),
        ("emballage", "Nos savons partent dans un simple bandeau de papier, et rien d’autre."),
    ),
    "en": (
        ("shop", "At Second Evening we pack every kit by hand in a former upholstery shop."),
        ("name", "Second Evening is named after the point where most people give up on a repair."),
        ("kit", "Our Sunday mending kit holds a wooden darning mushroom, three needles, and wool."),
        ("refill", "At Second Evening every kit can be refilled, so you buy the wooden parts once."),
        ("class", "On the first Sunday of every month we teach darning at our packing table for free."),
    ),
}


def person_of(one: Honest) -> Creator:
    """Return a creator who published the post."""
    return a_person(one.language, [(KEY, one.post, one.on)])


def words_of(one: Honest, creator: Creator, *, turn: int = 0) -> Words:
    """Return the letter's words; `turn` chooses among ways to speak of the brand and to ask."""
    brand = brand_file(one.language).brand
    opening = tuple(sentence_of(part, one, creator) for part in one.parts if part.mark != "fact")
    told = tuple(fact_of(part.fact, part.text, brand) for part in one.parts if part.mark == "fact")
    ours = _OURS[one.language][turn % len(_OURS[one.language])]
    asks = _ASKS[one.language]
    return Words(
        subject=typeset(one.subject, one.language),
        opening=opening,
        bridge=(*told, fact_of(*ours, brand)),
        ask=Sentence(text=typeset(asks[turn % len(asks)], one.language)),
    )


def typeset(text: str, language: str) -> str:
    """Return text with French spaces and apostrophes; what is quoted stays as it was published."""
    if language != "fr":
        return text
    return _MARKS.sub("\u202f", text.replace("'", "’").replace("« ", "«\u202f"))


def sentence_of(part: Part, one: Honest, creator: Creator) -> Sentence:
    """Return one sentence of the opening with its proof."""
    text = typeset(part.text, one.language)
    return Sentence(text=text, receipts=(proof(creator, part.text),) if part.mark == "post" else ())


def proof(creator: Creator, text: str, *, key: str = KEY) -> Receipt:
    """Return a receipt for the post: what the text quotes of it, or the beginning of the post."""
    post = creator.post(key)
    assert post is not None
    quoted = next((m[1] for m in _QUOTED.finditer(text) if m[1] in post.text), None)
    quote = quoted if quoted and len(post.text) > _LONGEST_QUOTE else post.text[:_LONGEST_QUOTE]
    return Receipt(kind=ReceiptKind.POST, ref=key, quote=quote, published_on=post.published_on)


def fact_of(fact_id: str, text: str, brand: Brand) -> Sentence:
    """Return a sentence that rests on a fact of the brand."""
    fact = brand.fact(fact_id)
    assert fact is not None, fact_id
    receipt = Receipt(kind=ReceiptKind.FACT, ref=fact_id, quote=fact.text)
    return Sentence(text=typeset(text, brand.language), receipts=(receipt,))
