"""How French addresses somebody: the words of tu and of vous, and what only looks like them."""

import re
from collections.abc import Iterable, Iterator

from agent.domain.gate.numbers import lowered
from agent.domain.gate.sought import Page, Sought
from agent.domain.gate.vocabulary import NOT_EZ_VERBS, TU_IMPERATIVES, TU_ORDERS

# « le ton » is no form of address; « s'il vous plaît », « rendez-vous » are the same whoever reads them
_SET_PHRASES = re.compile(
    r"\b(?:s'il (?:vous|te) plait|(?:le )?rendez-vous|garde-a-vous|sauve-qui-peut|tu-tu|ta-da|"
    r"qu'en-dira-t-on|m'as-tu-vu|ton sur ton|(?:le|un|du|au|ce|de|son|meme|bon|mon|quel|notre|haut|"
    r"autre|tout) ton)\b"
)
_TU = re.compile(
    r"\b(?:tu|te|toi|ton|ta|tes)\b(?!')|\b(?:les? |la |aux? |des |du |un )(?:tien|tiens|tienne|tiennes)\b"
    r"|\bt'(?=[a-z])|(?:\bou|,) (?:reponds|prends)\b"
    rf"|(?<!je )(?<!qui )(?<!tu )\b{TU_IMPERATIVES}\b"
)
# The words without which nothing says tu
_OF_TU = Sought(rf"\b(?:(?:tu|te|toi|ton|ta|tes|t)\b|tien|reponds|prends|{TU_IMPERATIVES}|{TU_ORDERS})")
# An order opens its sentence; after a comma it may be somebody else's verb
_ORDER = re.compile(rf"(?:^|[.!?:;…\n]\W{{0,4}})({TU_ORDERS})\b(?!-)(?!\s+(?:de|du|des|d')\b)")
_VOUS = re.compile(r"\b(?:vous|votre|vos|votres)\b")
_DITES = re.compile(r"\b(?:dites|faites)-(?:moi|nous|le|la|les)\b|\bne (?:dites|faites)\b|\bfaites (?=signe)")
_EZ = re.compile(r"(?<![\w-])([a-z]+ez)\b")
# Several people behind one reader: « toi et ton mari », « vous deux », « tes abonnés et toi »
_SEVERAL = re.compile(
    r"\btoi et\b|\bet toi\b|\bvous (?:deux|trois|tous|toutes)\b|\b(?:tous|toutes) les (?:deux|trois)\b"
)


def may_be_familiar(page: Page) -> bool:
    """Return whether a page has a word that begins as a form of tu does; without any, nothing says tu."""
    return page.may_hold(_OF_TU)


def familiar(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a plain text that say tu; places are those of the text."""
    low = lowered(text)
    masked = _SET_PHRASES.sub(_spaces, low)
    yield from _TU.finditer(masked)
    yield from _ORDER.finditer(masked)


def polite(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a plain text that say vous; places are those of the text."""
    masked = _SET_PHRASES.sub(_spaces, lowered(text))
    yield from _VOUS.finditer(masked)
    yield from _DITES.finditer(masked)
    for found in _EZ.finditer(masked):
        if (
            found[1] not in NOT_EZ_VERBS
            and not _is_name(text, found.start())
            and not _VOUS.search(masked, found.end(), found.end() + 6)
        ):
            yield found


def means_several(text: str) -> bool:
    """Return whether vous means more people than the reader here."""
    return _SEVERAL.search(lowered(text)) is not None


def without(text: str, names: Iterable[str]) -> str:
    """Return a plain text with names as spaces: `Toi & Moi`, `Chez Vous` address nobody."""
    low = lowered(text)
    for name in names:
        wanted = lowered(name)
        start = low.find(wanted) if wanted.strip() else -1
        while start >= 0:
            end = start + len(wanted)
            text = text[:start] + " " * (end - start) + text[end:]
            start = low.find(wanted, end)
    return text


def _spaces(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _is_name(text: str, start: int) -> bool:
    # a capital inside a sentence makes it a name: Sanchez, Rodez
    before = text[:start].rstrip(" \n")
    return bool(before) and text[start].isupper() and (before[-1].isalnum() or before[-1] in ",-'")
