"""One spelling for matching, and which of our two languages a text is more likely in."""

import re
import unicodedata

_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-"}
)
_SPACES = re.compile(r"[^\S\n]+")
_FRENCH = re.compile(
    r"\b(je|j|tu|vous|nous|le|la|les|un|une|des|du|de|et|est|suis|pas|ne|pour|merci|bonjour|mon|ma|mes"
    r"|votre|vos|au|aux"
    r"|avec|que|qui|ce|ca|cela|oui|non|retour|jusqu|fin|mars|avril|juin|juillet|aout|janvier|fevrier"
    r"|lundi|mardi|mercredi"
    r"|jeudi|vendredi|samedi|dimanche|semaine|prochaine?|conges?|vacances|svp|stp|actuellement|absente?)\b"
)
_ENGLISH = re.compile(
    r"\b(i|you|we|the|a|an|of|and|is|am|are|not|for|thanks|thank|hi|hello|my|your|with|that|this|yes"
    r"|no|back|until|on|to"
    r"|in|will|be|me|out|office|from|it|week|next|please|away|return|returning|march|april|june|july"
    r"|august|january"
    r"|february|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
)


def plain(text: str) -> str:
    """Return the text in small letters without accents, one kind of apostrophe and of space; lines stay."""
    text = unicodedata.normalize("NFKD", text.translate(_QUOTES))
    text = "".join(
        char for char in text if not unicodedata.combining(char) and char not in "\u200b\u200d\ufeff"
    )
    text = text.lower().replace("œ", "oe").replace("æ", "ae").translate(_QUOTES)
    return _SPACES.sub(" ", text.replace("\ufe0f", ""))


def is_french(plain_text: str) -> bool:
    """Return whether a plain text reads more like French than like English."""
    return len(_FRENCH.findall(plain_text)) > len(_ENGLISH.findall(plain_text))
