"""Sentences that a better model would get wrong: true quotations beside a false word about somebody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from agent.domain.creator import Creator
from agent.domain.letter import Receipt, ReceiptKind, Sentence, Words
from tests.hostile.letters import KEY, fact_of, proof, typeset
from tests.hostile.stage import a_person, brand_file

_DATA = Path(__file__).parent / "data"
_ON = date(2026, 10, 2)
_OURS = {
    "fr": ("chutes", "Chez Savon du Sud, les chutes de découpe finissent en savon de ménage."),
    "en": ("refill", "At Second Evening every kit can be refilled, so you buy the wooden parts once."),
}
_ASKS = {
    "fr": "Cela vous ferait-il plaisir ? Un oui ou un non me suffit.",
    "en": "Would you like one? Yes or no is all I need.",
}
_SUBJECTS = {"fr": "Quelques mots de votre publication", "en": "A few words from your post"}


@dataclass(frozen=True, kw_only=True)
class Subtle:
    """A post, a true sentence about it and a false one; `place` is opening, bare or the id of a fact.

    In the opening the false sentence claims the post as its proof, bare it claims none.
    """

    language: str
    kind: str
    place: str
    post: str
    true: str
    false: str

    @property
    def creator(self) -> Creator:
        """Who published the post."""
        return a_person(self.language, [(KEY, self.post, _ON)])

    def words(self, *, honest: bool = False) -> Words:
        """Return the letter's words; `honest` leaves the false sentence out."""
        brand = brand_file(self.language).brand
        opening = [self._proven(self.true)]
        bridge = [fact_of(*_OURS[self.language], brand)]
        if not honest:
            if self.place == "opening":
                opening.append(self._proven(self.false))
            elif self.place == "bare":
                opening.append(Sentence(text=typeset(self.false, self.language)))
            else:
                bridge.append(fact_of(self.place, self.false, brand))
        return Words(
            subject=_SUBJECTS[self.language],
            opening=tuple(opening),
            bridge=tuple(bridge),
            ask=Sentence(text=typeset(_ASKS[self.language], self.language)),
        )

    def _proven(self, text: str) -> Sentence:
        said = proof(self.creator, text)
        receipt = Receipt(kind=ReceiptKind.POST, ref=KEY, quote=said.quote, published_on=_ON)
        return Sentence(text=typeset(text, self.language), receipts=(receipt,))


def subtle() -> Iterator[Subtle]:
    """Return the sentences of both languages."""
    for language in ("fr", "en"):
        for line in (_DATA / f"subtle.{language}.txt").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                kind, place, post, true, false = (part.strip() for part in line.split(" | "))
                yield Subtle(language=language, kind=kind, place=place, post=post, true=true, false=false)
