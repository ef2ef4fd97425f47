"""Makes post-like texts in French and English, always the same for the same seed.

Invented names stand in every text, because real posts are full of words that nobody has seen before.
"""

import random

_OPENINGS = {
    "fr": (
        "Ce matin",
        "Petit retour sur",
        "Vous me demandez souvent",
        "Enfin !",
        "On a testé",
        "Confidence :",
    ),
    "en": (
        "This morning",
        "A little note on",
        "You keep asking about",
        "Finally!",
        "We tried",
        "Confession:",
    ),
}
_SUBJECTS = {
    "fr": (
        "le compost au balcon", "une robe cousue dans un vieux drap", "la balade en famille vers les gorges",
        "ma recette de pain au levain", "les couches lavables après trois mois", "un week-end sans voiture",
        "le marché des producteurs", "la réparation de mon vieux vélo", "une crème sans parfum",
        "l’apprentissage de la céramique", "le potager en février", "trois livres sur la mer",
    ),
    "en": (
        "composting on a tiny balcony", "a dress sewn from old bed sheets", "the family walk to the gorge",
        "my sourdough routine", "three months of cloth nappies", "a weekend without the car",
        "the farmers' market", "bringing my old bike back to life", "a fragrance-free face cream",
        "learning to throw clay", "the vegetable patch in February", "three books about the sea",
    ),
}  # fmt: skip
_THOUGHTS = {
    "fr": (
        "c’est plus simple qu’on ne croit", "les enfants ont adoré", "je ne reviendrai pas en arrière",
        "le résultat n’est pas parfait et c’est très bien", "ça coûte moins de 10 € par mois",
        "j’ai tout raté la première fois", "merci à l’atelier du quartier", "dites-moi comment vous faites",
    ),
    "en": (
        "it is easier than it looks", "the kids loved every minute", "there is no going back for me",
        "the result is not perfect and that is fine", "it costs less than $10 a month",
        "I got it all wrong the first time", "thanks to the workshop down the road", "tell me how you do it",
    ),
}  # fmt: skip
_TAGS = {
    "fr": ("#zerodechet", "#faitmaison", "#slowlife", "#viedemaman", "#bretagne", "#coutureaddict"),
    "en": ("#zerowaste", "#handmade", "#slowliving", "#momlife", "#cornwall", "#sewingproject"),
}
_SYLLABLES = (
    "pa",
    "lou",
    "bre",
    "min",
    "ker",
    "do",
    "ve",
    "sau",
    "ti",
    "no",
    "ran",
    "gel",
    "cha",
    "fi",
    "mo",
    "zu",
)
_SIGNS = ("🌱", "✨", "☀️", "🧵", "🚲", "🤍", "👇", "😅")


def posts(count: int, chance: random.Random) -> list[str]:
    """Return texts of one to six sentences, half French and half English, some with signs and hashtags."""
    return [_post("fr" if number % 2 else "en", number, chance) for number in range(count)]


def _post(language: str, number: int, chance: random.Random) -> str:
    subjects = _SUBJECTS[language]
    parts = [f"{chance.choice(_OPENINGS[language])} {chance.choice(subjects)} ({_name(chance)}, n° {number})"]
    for thought in chance.sample(_THOUGHTS[language], chance.randint(1, 5)):
        ending = chance.choice((".", " !", f", {_name(chance)}.", f", {chance.choice(subjects)}."))
        parts.append(thought + ending)
    if chance.random() < 0.6:
        parts.append(" ".join(chance.sample(_SIGNS, chance.randint(1, 3))))
    if chance.random() < 0.7:
        tags = chance.sample(_TAGS[language], chance.randint(1, 4))
        parts.append(" ".join([*tags, f"#{_name(chance).lower()}", f"@{_name(chance).lower()}_{number}"]))
    return ("\n" if chance.random() < 0.3 else " ").join(parts)


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).capitalize()
