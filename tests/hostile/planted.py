"""Lies planted in honest letters, one kind at a time."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from agent.domain.creator import Creator
from agent.domain.letter import Receipt, Sentence, Words
from tests.hostile.corpus import Honest, Part, Told, honest, told
from tests.hostile.letters import KEY, person_of, proof, typeset, words_of
from tests.hostile.stage import a_person

_DIGITS = re.compile(r"\d")
_NAMED_DAY = re.compile(r"\d (?:mars|juillet)|March \d|Jan \d")  # the post itself names its day
PROMISES: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "Nous vous verserions 150 euros pour une vidéo.",
        "Vous recevriez aussi deux coffrets pour vos amies.",
        "Le colis arrive sous trois jours, c’est garanti.",
        "Vous auriez un code de réduction pour votre communauté.",
        "Nous vous réservons l’exclusivité jusqu’en juin.",
        "Un séjour de deux nuits à Forcalquier vous attend.",
        "Nous reprendrions vos photos pendant dix ans.",
        "Il n’est pas nécessaire de signaler le cadeau.",
        "Vous toucheriez une commission de 12 %.",
        "Répondez avant vendredi, après il sera trop tard.",
    ),
    "en": (
        "We'd pay you 150 dollars for one video.",
        "You'd also get two more kits for your friends.",
        "The parcel arrives within three days, guaranteed.",
        "You'd have a discount code for your community.",
        "We're keeping exclusivity for you until June.",
        "A two-night stay in Portland is waiting for you.",
        "We'd reuse your pictures for ten years.",
        "There's no need to disclose the gift.",
        "You'd earn a commission of 12 percent.",
        "Answer before Friday, after that it's too late.",
    ),
}
_COUNTS: Mapping[str, tuple[str, ...]] = {
    "fr": ("Vos {} abonnés s’en souviennent.", "C’était votre {}e essai.", "Il vous a fallu {} heures."),
    "en": ("Your {} followers remember it.", "It was your attempt number {}.", "It took you {} hours."),
}


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A letter with a lie in it, and the honest one that it was made from."""

    kind: str
    base: Honest
    creator: Creator
    words: Words


def planted() -> Iterator[Planted]:
    """Yield two lies for each honest letter, kinds in turn."""
    letters = (*honest("honest"), *honest("honest_held_out"))
    kinds = tuple(KINDS.items())
    for turn, one in enumerate(letters):
        other = _neighbour(letters, turn)
        for step in (0, 3):
            kind, lie = kinds[(turn + step) % len(kinds)]
            creator = person_of(one)
            told, words = lie(one, other, creator, words_of(one, creator, turn=turn), turn)
            yield Planted(kind=kind, base=one, creator=told, words=words)


def planted_by_hand() -> Iterator[Planted]:
    """Yield the lies that were written one by one, before they were judged."""
    for turn, one in enumerate(told("planted_blind")):
        base = Honest(
            language=one.language,
            on=one.on,
            post=one.posts[0],
            subject=one.subject,
            parts=(Part(mark="post", text=one.truth),),
        )
        posts = [
            (KEY if number == 0 else f"p{number + 1}", text, one.on) for number, text in enumerate(one.posts)
        ]
        creator = a_person(one.language, posts)
        words = words_of(base, creator, turn=turn)
        receipts = (_claimed(one, creator),) if one.rests_on is not None else ()
        lie = Sentence(text=typeset(one.lie, one.language), receipts=receipts)
        yield Planted(
            kind=one.kind, base=base, creator=creator, words=replace(words, opening=(*words.opening, lie))
        )


def _claimed(one: Told, creator: Creator) -> Receipt:
    post = creator.posts[one.rests_on or 0]
    true = proof(creator, one.lie, key=post.key)
    return replace(true, quote=one.pretended) if one.pretended else true


def _neighbour(letters: tuple[Honest, ...], turn: int) -> Honest:
    same = [each for each in letters if each.language == letters[turn].language]
    return same[(same.index(letters[turn]) + 17) % len(same)]


Lie = Callable[[Honest, Honest, Creator, Words, int], tuple[Creator, Words]]


def _wrong_post(
    one: Honest, other: Honest, creator: Creator, words: Words, turn: int
) -> tuple[Creator, Words]:
    """The post that the letter points to is another one."""
    return _posting(creator, other.post), words


def _altered_quote(
    one: Honest, other: Honest, creator: Creator, words: Words, turn: int
) -> tuple[Creator, Words]:
    """A word of the receipt is not the creator's."""
    new = "jamais" if one.language == "fr" else "never"

    def altered(receipt: Receipt) -> Receipt:
        parts = receipt.quote.split()
        parts[turn % len(parts)] = new
        return replace(receipt, quote=" ".join(parts))

    return creator, _with_receipts(words, altered)


def _invented_number(
    one: Honest, other: Honest, creator: Creator, words: Words, turn: int
) -> tuple[Creator, Words]:
    """A number that nobody said."""
    forms = _COUNTS[one.language]
    return creator, _saying(words, forms[turn % len(forms)].format(4_317 + turn), one.language)


def _wrong_date(
    one: Honest, other: Honest, creator: Creator, words: Words, turn: int
) -> tuple[Creator, Words]:
    """The letter keeps its day, the post is from another."""
    moved = one.on + timedelta(days=9 + turn % 40)
    posts = tuple(replace(post, published_on=moved) for post in creator.posts)
    told = _with_receipts(words, lambda receipt: replace(receipt, published_on=moved))
    named = _DIGITS.search(words.opening[0].text) and not _NAMED_DAY.search(one.post)
    if named:
        return replace(creator, posts=posts), told
    return creator, told  # a letter without a date: only its receipts lie


def _another_creator(
    one: Honest, other: Honest, creator: Creator, words: Words, turn: int
) -> tuple[Creator, Words]:
    """A sentence that is true of somebody else."""
    told = next(part.text for part in other.parts if part.mark == "post")
    return creator, _saying(words, told, one.language)


def _promise(one: Honest, other: Honest, creator: Creator, words: Words, turn: int) -> tuple[Creator, Words]:
    """More than the offer holds."""
    forms = PROMISES[one.language]
    said = Sentence(text=typeset(forms[turn % len(forms)], one.language))
    return creator, replace(words, bridge=(*words.bridge, said))


KINDS: Mapping[str, Lie] = {
    "wrong post": _wrong_post,
    "altered quote": _altered_quote,
    "invented number": _invented_number,
    "wrong date": _wrong_date,
    "fact of another creator": _another_creator,
    "promise beyond the offer": _promise,
}


def _posting(creator: Creator, text: str) -> Creator:
    return replace(creator, posts=tuple(replace(post, original=text, text=text) for post in creator.posts))


def _with_receipts(words: Words, change: Callable[[Receipt], Receipt]) -> Words:
    opening = tuple(
        replace(sentence, receipts=tuple(map(change, sentence.receipts))) for sentence in words.opening
    )
    return replace(words, opening=opening)


def _saying(words: Words, text: str, language: str) -> Words:
    said = Sentence(text=typeset(text, language), receipts=words.opening[0].receipts)
    return replace(words, opening=(*words.opening, said))
