"""Whether a line says something about the creator, and whether it merely flatters."""

import re
from functools import lru_cache

from agent.domain.gate.line import Line, Slot
from agent.domain.gate.numbers import lowered
from agent.domain.gate.vocabulary import (
    AVOIR_FREE,
    CONDITIONAL,
    ETRE_FREE,
    FLATTERY,
    GENERIC_THINGS,
    OFFER_NOUNS,
    OFFER_VERBS,
    PRAISE,
    PRESENT_REZ,
    TU_MAY,
    VOTRE_PROPRE,
    VOUS_MAY,
    YOU_ARE_FREE,
    YOU_HAVE_NO,
    YOU_MAY,
    YOU_OBJECT,
    YOUR_OWN,
)
from agent.domain.letter import ReceiptKind

# A condition says nothing: `if you ever …`, « si l'envie vous venait … », up to the next stop
_IF = re.compile(
    r"\b(?:if|whether|unless|whenever|wherever|in case|should you|s'il|s'ils)\b[^,;.!?:]*",
    re.IGNORECASE,
)
_SI = re.compile(
    r"\b(?:si|s'ils?|au cas ou|pour que|afin que|avant que|sans que|plaisir que|aim\w+ que|"
    r"voud\w+ que|souhait\w+ que|"
    r"comme (?:ca |cela )?(?:tu|vous|te) (?:le |l')?(?:sens|sentez|veux|voulez|vient|plait|preferes|preferez|"
    r"entends|entendez|chante))\b[^,;.!?:]*"
)
_NE = re.compile(r"\bn(?:e\b|')")
# A hope claims nothing: `I hope you two made up`, « j'espère que vous avez dormi »
_HOPE = re.compile(
    r"\b(?:i|we) (?:hope|wish|trust|imagine|bet)\b[^,;.!?:]*|"
    r"\b(?:j'espere|nous esperons|je (?:vous |te )?souhaite|j'imagine)\b[^,;.!?:]*"
)
# `your` and what follows it, with up to two adjectives between
_YOUR = re.compile(r"(?<!for )(?<!for your )\byour\s+([\w'-]+)(?:\s+([\w'-]+))?")
_VOTRE = re.compile(
    r"(?<!pour )(?<!selon )(?<!sans )(?<!s'il )(?<!\ble )(?<!\bun )(?<!\bdu )(?<!\bau "
    r")(?<!\bce )\b(?:votre|vos|ton|ta|tes)\s+([\w'-]+)(?:\s+([\w'-]+))?"
)
_THANKS = re.compile(
    r"\b(?:thanks?|thank you|love|loved|bravo|merci|felicitations) (?:for|pour) (?:your|"
    r"votre|vos|ton|ta|tes)\b"
)
# `you` as a subject, with the word after it; contractions count as that word
_YOU = re.compile(
    rf"(?<!\w)(?:({YOU_OBJECT})\s+)?you(?:('[a-z]+)|\s+(?:also|always|just|really|both|"
    rf"still|once|even|only|clearly|obviously|"
    rf"once)?\s*([a-z][a-z'-]*)(?:\s+([^.!?;:]{{0,40}}))?)"
)
_ARE_FREE = re.compile(rf"\s*{YOU_ARE_FREE}\b")
_HAVE_FREE = re.compile(rf"\s*{YOU_HAVE_NO}\b")
# « vous » or « tu » as a subject, pronouns in between, with the verb and what follows
_VOUS = re.compile(
    r"(?<![-\w'])(?:(a|de|pour|avec|chez|sans|par|sur|vers|entre|comme|et|ou|que nous|nous|"
    r"je|on|cela|ca|il|elle|le|la|les|s'il|peut|peuvent|ne)\s+)?"
    r"(vous|tu)\s+((?:ne\s+|n'|en\s+|y\s+|l'|le\s+|la\s+|les\s+|m'|me\s+|nous\s+|lui\s+|"
    r"leur\s+)*)([a-z][a-z'-]*)(?:\s+([^.!?;:]{0,40}))?"
)
_AVOIR_FREE = re.compile(rf"\s*{AVOIR_FREE}\b")
_ETRE_FREE = re.compile(rf"\s*{ETRE_FREE}\b")
# « t'as vu » and « tu as cousu » apart, « j'ai vu votre » is caught by its possessive; these have none
_SEEN = re.compile(
    r"\b(?:je (?:vous|te|t') ?(?:suis|lis|regarde|admire|ecoute|connais)\b|(?:je vous ai|"
    r"je t'ai|nous vous avons|nous t'avons|on vous a|on t'a) "
    r"(?:\w+ )?(?:vue?|lue?|decouverte?|suivie?|trouvee?|entendue?|reperee?|remarquee?)\b"
    r"|\b(?:i|we)(?:'ve| have|'ve been| have been)? (?:saw|seen|read|loved|love|adore|"
    r"adored|watched|watching|follow|followed|following|noticed|enjoyed|spotted|heard|"
    r"admire|know) "
    r"(?:that |how |what )?you\b)"
)
_STRONG = re.compile(
    r"\b(?:disiez|ecriviez|racontiez|precisiez|expliquiez|notiez|avouiez|ajoutiez|concluiez|confiiez)-vous\b|"
    r"\b(?:disais|ecrivais|racontais|precisais|expliquais|notais|avouais|ajoutais)-tu\b|"
    r"\b(?:i|we)(?:'ve| have)?(?: just| recently| really)? (?:saw|seen|read|loved|love|"
    r"adored?|watched|noticed|enjoyed|came across|spotted|admired?) (?:all |so much "
    r")?your\b"
    r"|\b(?:j'ai|nous avons|on a|j'|je|nous) ?(?:\w+ ){0,2}?(?:vu|lu|adore|adorons|aime|"
    r"aimons|apprecie|decouvert|regarde|repere|remarque|note|ecoute)s? (?:\w+ "
    r"){0,2}?(?:votre|vos|ton|ta|tes)\b"
    r"|(?<!what )(?<!ce que )\b(?:you|vous|tu) (?:wrote|posted|said|told|shared|showed|mentioned|racontiez|"
    r"ecriviez|disiez|montriez|expliquiez|partagiez|racontais|ecrivais|disais|montrais|as "
    r"ecrit|as dit|avez ecrit|avez dit|avez raconte|as raconte)\b"
)
# Without one of these, nothing is said about a reader
_ADDRESSED = re.compile(r"\b(?:you|your|vous|votre|vos|tu|te|t|ton|ta|tes)\b")
_FLATTERY = re.compile(rf"\b{FLATTERY}\b")
_GENERIC = re.compile(
    rf"\b(?:your|votre|vos|ton|ta|tes|quel|quelle|such|what an?)\s+(?:\w+\s+){{0,2}}?{GENERIC_THINGS}\b"
)
_PRAISE = re.compile(rf"(?<!\w){PRAISE}\b")


def says(line: Line) -> re.Match[str] | None:
    """Return where the line speaks about the creator in our own words, or None.

    The match is in a form of the line's own words as long as its plain text. Conditions and offers
    (`if you like`, `for your sink`) say nothing; a question only where it names what was seen.
    """
    is_offer = any(receipt.kind is ReceiptKind.OFFER for receipt in line.receipts)
    is_frame = line.slot in {Slot.GREETING, Slot.CLOSING}
    return _says(line.own, is_frame=is_frame, is_offer=is_offer)


@lru_cache(maxsize=512)
def _says(own: str, *, is_frame: bool, is_offer: bool) -> re.Match[str] | None:
    # many rules ask this of every line
    text = lowered(own)
    if _ADDRESSED.search(text) is None:
        return None
    strong = _STRONG.search(text) or _SEEN.search(text)
    if strong is not None:
        return strong
    if is_frame or text.rstrip(' "»”').endswith("?"):
        return None
    text = _HOPE.sub(lambda m: " " * len(m[0]), text)
    text = _SI.sub(lambda m: " " * len(m[0]), _IF.sub(lambda m: " " * len(m[0]), text))
    nouns, verbs = (OFFER_NOUNS, OFFER_VERBS) if is_offer else (frozenset[str](), frozenset[str]())
    return _english(text, nouns, verbs) or _french(text, nouns, verbs)


def flatters(line: Line) -> re.Match[str] | None:
    """Return the praise in the line that would be true of anybody, or None."""
    text = line.low_own
    if (found := _FLATTERY.search(text)) is not None:
        return found
    generic = _GENERIC.search(text)
    return generic if generic is not None and _PRAISE.search(text) is not None else None


def _english(text: str, nouns: frozenset[str], verbs: frozenset[str]) -> re.Match[str] | None:
    for found in _YOUR.finditer(text):
        if found[1] not in YOUR_OWN | nouns and not (found[1] == "own" and found[2] in YOUR_OWN):
            return found
    if (thanks := _THANKS.search(text)) is not None:
        return thanks
    return next(
        (found for found in _YOU.finditer(text) if _you_claims(found) and found[3] not in verbs), None
    )


def _you_claims(found: re.Match[str]) -> bool:
    if found[1] is not None:
        return False
    word, rest = found[2] or found[3] or "", found[4] or found.string[found.end() : found.end() + 40]
    if word in {"'re", "are", "were", "weren't", "'ve", "have", "had", "are'"}:
        free = _ARE_FREE if word in {"'re", "are", "were"} else _HAVE_FREE
        return free.match(rest) is None
    return word not in YOU_MAY


def _french(text: str, nouns: frozenset[str], verbs: frozenset[str]) -> re.Match[str] | None:
    for found in _VOTRE.finditer(text):
        first, second = found[1], found[2] or ""
        if first not in VOTRE_PROPRE | nouns and second not in VOTRE_PROPRE:
            return found
    if (thanks := _THANKS.search(text)) is not None:
        return thanks
    return next(
        (found for found in _VOUS.finditer(text) if _vous_claims(found) and found[4] not in verbs), None
    )


def _vous_claims(found: re.Match[str]) -> bool:
    before, subject, verb, rest = found[1], found[2], found[4], found[5] or ""
    if before not in {None, "et", "ou", "comme"}:
        return False
    if verb in {"avez", "as", "aviez", "avais"}:
        return not _NE.search(found[3]) and _AVOIR_FREE.match(rest) is None
    if verb in {"etes", "es", "etiez", "etais"}:
        return not _NE.search(found[3]) and _ETRE_FREE.match(rest) is None
    return _vous_acts(verb) if subject == "vous" else _tu_acts(verb)


def _vous_acts(verb: str) -> bool:
    if verb in VOUS_MAY or verb in CONDITIONAL or not verb.endswith("ez"):
        return False
    return verb in PRESENT_REZ or not verb.endswith("rez")


def _tu_acts(verb: str) -> bool:
    if verb in TU_MAY or verb.endswith(("ras", "rais")):
        return verb in {"montrais", "preparais", "adorais", "ouvrais", "offrais", "tirais", "reparais"}
    return verb.endswith(("s", "x"))
