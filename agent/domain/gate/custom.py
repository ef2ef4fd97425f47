"""Whom a letter says tu to: the brand's policy, the people who read it, the creator's own captions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from agent.domain.brand import AddressForm, Brand
from agent.domain.creator import Creator
from agent.domain.gate.numbers import lowered
from agent.domain.gate.plain import Plain, blanked
from agent.domain.gate.register import familiar, polite
from agent.domain.gate.vocabulary import FUNCTION_WORDS

LEAST_TU = 2
"""Captions that must say tu before a letter does: one may be a quotation or a guest."""

_WORD = re.compile(r"[a-z]+'?")
_PAIR = re.compile(r"\b[^\W\d_][\w'’-]+ (?:et|and|&|\+) [^\W\d_][\w'’-]+")
_SECOND_PERSON = frozenset({"tu", "te", "ton", "ta", "tes", "toi", "t'", "vous", "votre", "vos"})
_CLEAR = frozenset({"vous", "votre", "vos", "toi", "t'"})  # no word of another language that we know


class Custom(StrEnum):
    """Whom a caption speaks to, and how."""

    TU = "tu"
    VOUS = "vous"
    BOTH = "both"
    NONE = "none"


class Because(StrEnum):
    """What decided a letter's form of address."""

    BRAND = "brand"
    SEVERAL = "several"
    CAPTIONS = "captions"
    DEFAULT = "default"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The form of address for one creator, and what decided it."""

    form: AddressForm
    because: Because


@lru_cache(maxsize=4096)  # a letter asks for each of its forms
def custom(caption: str) -> Custom:
    """Return how a caption addresses its readers in French; what it quotes addresses somebody else."""
    plain = Plain(caption)
    text = blanked(plain.text, ((quoted.start, quoted.end) for quoted in plain.quoted))
    if not _is_french(text):
        return Custom.NONE
    says_tu, says_vous = any(familiar(text)), any(polite(text))
    if says_tu and says_vous:
        return Custom.BOTH
    if says_tu:
        return Custom.TU
    return Custom.VOUS if says_vous else Custom.NONE


def decided(brand: Brand, creator: Creator) -> Decision:
    """Return the form of address for this creator.

    Two readers are vous. A brand that says tu or vous has the last word on one reader; where it leaves the
    form open, tu needs captions: at least two that say it, and more than say vous. Captions speak to many,
    so that their vous proves nothing, and politeness is what remains.
    """
    if is_several(creator.name):
        return Decision(form=AddressForm.VOUS, because=Because.SEVERAL)
    if brand.address_form is not None:
        return Decision(form=brand.address_form, because=Because.BRAND)
    said = [custom(text) for text in _captions(creator)]
    tu, vous = said.count(Custom.TU), said.count(Custom.VOUS)
    if tu >= LEAST_TU and tu > vous:
        return Decision(form=AddressForm.TU, because=Because.CAPTIONS)
    return Decision(form=AddressForm.VOUS, because=Because.CAPTIONS if vous else Because.DEFAULT)


def letter_form(brand: Brand, creator: Creator) -> AddressForm:
    """Return tu or vous, for every word of the letters to this creator."""
    return decided(brand, creator).form


def is_several(name: str | None) -> bool:
    """Return whether a name is that of two people: `Marion et Paul`."""
    found = _PAIR.search(name or "")
    return found is not None and all(part[0].isupper() for part in re.split(r" (?:et|and|&|\+) ", found[0]))


def _captions(creator: Creator) -> Iterable[str]:
    return (text for text in (creator.bio, *(post.text for post in creator.posts)) if text)


def _is_french(text: str) -> bool:
    said = {word for token in _WORD.findall(lowered(text)) for word in (token, token.rstrip("'"))}
    own = len((said & FUNCTION_WORDS["fr"]) - _SECOND_PERSON)
    others = max(len(said & small) for name, small in FUNCTION_WORDS.items() if name != "fr")
    return own >= others and bool(own or said & _CLEAR or any(word.endswith("ez") for word in said))
