"""Letters for brands of six trades, honest ones and ones with a false sentence; all invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from agent.domain.creator import Creator
from agent.domain.draft import Draft
from agent.domain.letter import Sentence, Words
from tests.hostile.corpus import LANGUAGES, blocks_of
from tests.hostile.letters import KEY, fact_of, proof, typeset
from tests.hostile.stage import Speaking, a_person, blocks, brand_file, drafted, is_approvable
from tests.hostile.tally import Tally

_DATA = Path(__file__).parent / "data"
_ON = date(2026, 10, 2)
TRADES = ("herbier", "kiln", "sacoche", "seeds")
"""The brands of the first set, `trades`; those of `unseen` and `later` are `cahier` and `halyard`."""
_SUBJECTS = {
    "herbier": "Quelques mots de votre publication",
    "sacoche": "Quelques mots de ta publication",
    "cahier": "Quelques mots de votre publication",
    "kiln": "A few words from your post",
    "seeds": "A few words from your post",
    "halyard": "A few words from your post",
}
_OURS = {
    "herbier": ("recolte", "Chez L’Herbier de Lucie, chaque plante est cueillie à la main."),
    "sacoche": ("chutes", "Chez Roue Libre, les chutes de bâche deviennent des trousses à outils."),
    "cahier": ("couture", "Les carnets du Cahier Bleu sont cousus au fil de lin, à Angoulême."),
    "kiln": ("kiln", "At Lantern Hill Pottery we fire one kiln a week, on Thursdays."),
    "seeds": ("swap", "Every February we host a seed swap at Third Bed Seeds."),
    "halyard": ("machines", "At Halyard Sock Mill we knit on machines built in 1954."),
}
_ASKS = {
    "herbier": "Cela vous ferait-il plaisir ? Un oui ou un non me suffit.",
    "sacoche": "Ça te ferait plaisir ? Un oui ou un non me suffit.",
    "cahier": "Cela vous ferait-il plaisir ? Un oui ou un non me suffit.",
    "kiln": "Would you like one? Yes or no is all I need.",
    "seeds": "Would you like one? Yes or no is all I need.",
    "halyard": "Would you like a pair? Yes or no is all I need.",
}


@dataclass(frozen=True, kw_only=True)
class Trade:
    """A letter for a brand; `false` tells that one of its sentences is untrue, and what kind of untruth."""

    language: str
    brand: str
    creator: Creator
    words: Words
    false: str = ""

    def draft(self) -> Draft:
        """Return the letter as the store has it after the gate."""
        writer = Speaking(words=lambda _: self.words, name="offline")
        return drafted(self.creator, writer, language=self.language, brand=self.brand)


def honest_trades(name: str = "trades") -> Iterator[Trade]:
    """Yield the honest letters of a set: a post, subject, opening, a fact of the brand, the question."""
    for language in LANGUAGES:
        for block in blocks_of(_DATA / f"honest_{name}.{language}.txt"):
            said = [(line[0], line[1:].strip()) for line in block]
            one = dict(said)
            day, brand = one["@"].split()
            creator = a_person(language, [(KEY, one[">"], date.fromisoformat(day))])
            fact, _, told = one["+"].partition(" ")
            words = Words(
                subject=typeset(one["="], language),
                opening=tuple(
                    _said(creator, text, language, bare=mark == "~") for mark, text in said if mark in "-~"
                ),
                bridge=(fact_of(fact, told, brand_file(brand).brand),),
                ask=Sentence(text=typeset(one["?"], language)),
            )
            yield Trade(language=language, brand=brand, creator=creator, words=words)


def subtle_trades(name: str = "trades", *, honest: bool = False) -> Iterator[Trade]:
    """Yield the letters of a set with one false sentence, or the same without it.

    The false sentence stands in the opening under the post's own receipt, bare, or under a brand's fact.
    """
    for language in LANGUAGES:
        for line in (_DATA / f"subtle_{name}.{language}.txt").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                kind, place, brand, post, true, false = (part.strip() for part in line.split(" | "))
                creator = a_person(language, [(KEY, post, _ON)])
                opening = [_said(creator, true, language)]
                bridge = [fact_of(*_OURS[brand], brand_file(brand).brand)]
                if not honest and place in {"opening", "bare"}:
                    opening.append(_said(creator, false, language, bare=place == "bare"))
                elif not honest:
                    bridge.append(fact_of(place, false, brand_file(brand).brand))
                words = Words(
                    subject=_SUBJECTS[brand],
                    opening=tuple(opening),
                    bridge=tuple(bridge),
                    ask=Sentence(text=typeset(_ASKS[brand], language)),
                )
                yield Trade(
                    language=language,
                    brand=brand,
                    creator=creator,
                    words=words,
                    false="" if honest else f"{kind}: {false}",
                )


def try_trades(letters: Iterator[Trade]) -> Tally:
    """Put letters through; wrong is a false one that can be approved, or an honest one that cannot."""
    tally = Tally()
    for one in letters:
        draft = one.draft()
        told = one.false or f"{one.words.opening[0].text[:60]!r}: {', '.join(blocks(draft))}"
        kind = one.false.partition(":")[0] or one.brand
        tally.count(kind, wrong=is_approvable(draft) is bool(one.false), told=told)
    return tally


def _said(creator: Creator, text: str, language: str, *, bare: bool = False) -> Sentence:
    return Sentence(text=typeset(text, language), receipts=() if bare else (proof(creator, text),))
