"""Chat spelling and slips of the finger, written out: the rules then need one spelling of each word."""

import re
from functools import lru_cache

_WORD = re.compile(r"[a-z]+")
_CHAT = re.compile(
    r"\b(?:"
    r"(?P<please>plz+|pls+|pleas|plese)|(?P<you>u)|(?P<are>r)|(?P<your>ur)|(?P<message>msgs?|mssg|mesg)"
    r"|(?P<dont>do ?nt|don t|dnt|dun|donot)|(?P<anymore>anymor|nomore|anymre)"
    r"|(?P<svp>s il v(?:ous)? p(?:lait)?|sivouplai\w*|siouplai\w*|silvouplai\w*|s'il vous plai\w*)"
    r"|(?P<je>j|jeu)(?= (?:veu|ve|v[ea]u)\w*\b)"
    r"|(?P<jeveux>jveu[xt]?|jve|jvx|j'veu[xt]?)"
    r"|(?P<remove>rmv|rmove)|(?P<delete>dlt|del)(?= (?:me|my))|(?P<plus>(?<=veux )pu|(?<=veu )pu|pl[uo]"
    r"|plu[st]|puls)(?= (?:de|d'|rec|vos|vo|tes|etre|le|ca|un|m'|me|mail|que|aucun|svp"
    r"|stp)|\s*$|[.!,])"
    r"|(?P<pas>pa)(?= )"
    r"|(?P<stp>steu?pl(?:ai\w*)?|steuplai\w*|stpp)"
    r"|(?P<interesse>int[e]?r[e]?s+e|interess?er?|interese)(?= (?:pas|plus|du tout|$))"
    r")\b",
)
_JOINED = re.compile(
    r"\b(?:(?P<head>[mtjcnl])(?P<tail>interess\w*|ecri\w*|envo[iy]\w*|importun\w*|embet\w*|ennui\w*|oppos\w*"
    r"|insist\w*|(?<=[cn])est|inscri\w*)"
    r"|(?P<verb>ca|wo|is|are|does|did|was|were|would|could|should|have|has)nt|i(?P<be>m|ve|d))\b"
)
_WRITTEN = {"dont": "don't", "jeveux": "je veux", "interesse": "interesse"}
_FEWEST = 6
_ENDINGS = ("", "s", "d", "e", "r", "es", "er", "ez", "ed", "nt", "ent", "ing", "rs", "ment")
_MANY = 9
"""Letters from which on a word may be one slip, or two, away from a known one."""
_KNOWN = (
    "unsubscribe", "unsubscribed", "remove", "removed", "delete", "deleted", "database", "mailing",
    "emailing", "contacting", "messaging", "messages", "newsletter", "interested", "anymore",
    "harassing", "bothering", "desinscrire", "desinscrivez", "desinscription", "desabonner",
    "desabonnez", "desabonnement", "supprimer", "supprimez", "retirer", "retirez", "enlever", "enlevez",
    "effacer", "effacez", "arretez", "contactez", "contacter", "recevoir", "sollicitations",
    "interessee", "donnees", "coordonnees", "relancez", "relancer",
)  # fmt: skip
# words of their own that stand as near to one of those
_OTHERS = frozenset(
    {"abonnees", "arrete", "arreter", "attirer", "attirez", "avancer", "avancez", "balancer", "balancez",
     "bonnes", "bothering", "contacte", "contacted", "contactee", "contracter", "contracting",
     "database", "databases", "decevoir", "deletes", "deplete", "donnee", "donner", "donneur",
     "donneurs", "donnez", "efface", "effacee", "effaces", "elever", "enleve", "enleves", "etirer",
     "interessant", "interessante", "interesse", "interessees", "interesser", "interesses", "interest",
     "interests", "lancez", "mailings", "massages", "massaging", "message", "ordonnees", "recevez",
     "reitere", "relance", "relancee", "releve", "relever", "relevez", "reliez", "remote", "remover",
     "removes", "renover", "retarder", "retire", "retired", "retiree", "retirees", "retires", "supprime",
     "tirer"}
)  # fmt: skip


def written_out(plain_text: str) -> str:
    """Return a plain text (see `language.plain`) with chat spelling and slips in telling words mended."""
    return _WORD.sub(lambda found: _mended(found[0]), _JOINED.sub(_joined, _CHAT.sub(_whole, plain_text)))


def _joined(found: re.Match[str]) -> str:
    """Put an apostrophe back: “minteresse”, “cest”, “wont”."""
    if found["head"]:
        return f"{found['head']}'{found['tail']}"
    return f"{found['verb']}n't" if found["verb"] else f"i'{found['be']}"


def _whole(found: re.Match[str]) -> str:
    name = found.lastgroup or ""
    return _WRITTEN.get(name, name)


@lru_cache(maxsize=4096)
def _mended(word: str) -> str:
    """Return the telling word that this one is a slip away from, else the word itself."""
    if len(word) < _FEWEST or word in _KNOWN or word in _OTHERS:
        return word
    near = [known for known in _KNOWN if word[0] == known[0] and _is_slip(word, known)]
    return min(near, key=lambda known: _distance(word, known), default=word)


def _is_slip(word: str, known: str) -> bool:
    allowed = 2 if min(len(word), len(known)) >= _MANY else 1
    if abs(len(word) - len(known)) > allowed or _same_stem(word, known):
        return False
    return _distance(word, known) <= allowed


def _same_stem(word: str, known: str) -> bool:
    """Return whether they differ in their endings only: another form of the word, or another word."""
    stem = next((i for i, (one, other) in enumerate(zip(word, known, strict=False)) if one != other), None)
    stem = min(len(word), len(known)) if stem is None else stem
    return word[stem:] in _ENDINGS and known[stem:] in _ENDINGS


def _distance(one: str, other: str) -> int:
    """Return how many letters are wrong, missing, too many or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
