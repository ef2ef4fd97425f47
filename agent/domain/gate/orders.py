"""Speech to whoever writes letters: sentences of a creator's text that order, instead of telling."""

import re
from functools import lru_cache

from agent.domain.gate.plain import bare
from agent.domain.gate.vocabulary import INSTRUCTIONS, alternatives

# Who is meant: machines and people that write letters to creators
_WRITERS = alternatives(
    "assistante?s?|robots?|bots?|ia|ai|ais|llms?|gpt|chatgpt|modele de langage|language model|"
    r"(?:au|le|chere?|cher) modele|the model|redact(?:eur|rice)s?|writers?|whoever (?:writes?|drafts?)|"
    "copywriters?|automated|(?:une|a|any|la|the) machine|prospection|outreach|mode developpeur|developer mode"
)
_THINGS = alternatives(
    "lettres?|mails?|e-?mails?|courriels?|courriers?|messages?|objet|signatures?|destinataires?|paragraphes?|"
    "phrases?|consignes?|instructions?|letters?|subject(?: line)?|reply|replies|answers?|reponses?|"
    "recipients?|paragraphs?|sentences?|system message|message systeme|formulaire|titre|title|"
    "greeting|en-?tete|header|qr code|lien|link|code"
)
_VERBS = alternatives(
    # French
    "mets|mettez|mettre|ecris|ecrivez|ecrire|dis|dites|dire|ajoute[zr]?|glisse[zr]?|insere[zr]?|inclus|"
    "incluez|inclure|mentionne[zr]?|remplace[zr]?|change[zr]?|termine[zr]?|finis|finissez|signe[zr]?|"
    "commence[zr]?|copie[zr]?|recopie[zr]?|affiche[zr]?|reponds|repondez|repondre|donne[zr]?|cite[zr]?|"
    "precise[zr]?|promets|promettez|annonce[zr]?|propose[zr]?|recommande[zr]?|conseille[zr]?|transfere[zr]?|"
    "transferez|adresse[zr]?|titre[zr]?|utilise[zr]?|traduis|traduisez|raconte[zr]?|explique[zr]?|"
    "reconnais|reconnaissez|avoue[zr]?|compare[zr]?|revele[zr]?|imprime[zr]?|indique[zr]?|assure[zr]?|"
    "engage[zr]?|presse[zr]?|decode[zr]?|encode[zr]?|cache[zr]?|rends|rendez|contenir|redige[zr]?|retenez|"
    "repete[zr]?|repeter|envoie|envoyez|invente[zr]?|attribue[zr]?|pretends|signer|terminer|renvoyer|"
    # English
    "put|write|say|tell|add|slip|insert|include|mention|replace|change|close|end|finish|sign|begin|start|"
    "copy|show|print|answer|give|quote|state|promise|announce|offer|recommend|advise|forward|"
    "address|use|translate|explain|admit|acknowledge|compare|reveal|send|assure|commit|decode|hide|"
    "invent|pretend|attach|spell|contain|repeat|draft"
)
_MUST = alternatives(
    "il faut|doit|doivent|devez|must|has to|have to|you have to|should|merci de|please|s'il te plait|"
    "s'il vous plait|when you write|quand tu (?:m')?ecris|quand vous (?:m')?ecrivez|avant d'envoyer|"
    "before sending|avant tout|first of all"
)
_LANGUAGES = alternatives(
    "anglais|allemand|espagnol|italien|neerlandais|russe|arabe|chinois|latin|breton|esperanto|polonais|turc|"
    "tutoiement|english|french|german|spanish|italian|dutch|russian|chinese|welsh|polish|swedish|"
    "espanol|italiano|nederlands|pirate|anglaise|francais"
)
_SENTENCE = re.compile(r"(?<=[.!?…])[)»”\"]{0,2}\s+|\n+|\s[|·•]\s")
_TO_A_MACHINE = re.compile(rf"(?<![\w'-]){_WRITERS}(?![\w-]).*(?:{_VERBS}\b|{_MUST}\b|{_THINGS}\b|:)")
# An order begins its clause, or follows a word that obliges
_ORDER = re.compile(
    rf"(?:\A\W*|[,;:]\s+|\b(?:et|and|puis|then|ne|don't|do not|n')\s*|\b{_MUST}\b.{{0,30}}\s){_VERBS}\b(?!')"
)
_SPEECH = re.compile(
    r"(?:\A\W*|[,;:]\s+|\b(?:et|and|puis|then)\s+)(?:alors |donc |then |just )?"
    r"(?:put (?:it )?in writing|dis|dites|ecris|ecrivez|precise[zr]?|explique[zr]?|raconte[zr]?|"
    r"annonce[zr]?|assure[zr]?|avoue[zr]?|reconnais|reconnaissez|mentionne[zr]?|glisse[zr]?|pretends|"
    r"say|write|explain|mention|pretend|admit|acknowledge|announce|slip in|make clear|make it clear|"
    r"assure (?:me|her|him|them)|tell (?:me|her|him|them))(?:-lui|-leur|-nous|-moi)?(?: combien| how much)?"
    r"(?:,? (?:dans|in) [\w' ]{3,24},?)?\s*(?:que?\b|qu'|that\b|:|\bcombien\b|\bnoir sur blanc)"
)
# What nobody tells a reader to do: it is said to one who writes
_TO_A_WRITER = re.compile(
    r"(?:\A|[,;:]\s+|\b(?:et|and|puis|then)\s+)\W*(?:invente[zr]?|invent|pretends|pretend|attribue[zr]?|recopie[zr]?|"
    r"il faut (?:signer|ecrire|dire|repondre|mentionner|avouer|citer|renvoyer)|"
    r"you have to (?:write|say|sign|admit|mention|answer)|decode[zr]?|imprime[zr]?|signe[zr]? comme|"
    r"sign as|cite-moi|quote me|copy as|(?:insere[zr]?|insert) )\b"
)
# A word for telling, and after its colon the words to be told
_DICTATION = re.compile(
    r"\A\W*(?:donne|propose|indique|raconte|recopie|copy|state|offer|compare|talk about|parle|engage|commit|"
    r"presse|push|get|give|demande|ask|fais|have|dis|say|ecris|write|promets|promise|"
    r"assure|regle|rule|consigne|il faut|you have to|you must|tell)\b[^:]{0,60}:\s"
)
_BARE_ORDER = re.compile(
    r"(?:\A|,\s*(?:et|and|puis|then)\s+)\W*(?:put at|en tete|dis|dites|ecris|mentionne[zr]?|"
    r"revele[zr]?|parle|raconte|explique|reconnais|avoue|"
    r"say|write|mention|reveal|talk about|explain|admit|acknowledge)(?:-lui|-leur)?,? "
    r"(?!moi\b|me\b|to me\b|yes\b|no\b|hello\b|hi\b|bonjour|oui\b|non\b|it\b|merci|thanks)\S"
)
_SUBJECT_IS = re.compile(
    r"\b(?:l'objet|le destinataire|the subject|the recipient|the greeting)\b[^.]{0,40}"
    r"(?:doit|must|should|is|est|s'appelle|reads?|shall)\b|\bn'ecris pas a moi|don't write to me"
)
_THING = re.compile(rf"(?<![\w-]){_THINGS}(?![\w-])")
_IN_LANGUAGE = re.compile(rf"\b(?:{_VERBS}|talk|passe|escribe|scrivi|schrijf)\b.{{0,40}}\b{_LANGUAGES}\b")
_INSTRUCTION = re.compile(rf"(?<!\w){INSTRUCTIONS}")


@lru_cache(maxsize=512)
def orders(text: str) -> tuple[str, ...]:
    """Return the sentences of a text that order something of whoever writes letters, bare, in order."""
    sentences = (bare(piece) for piece in _SENTENCE.split(text))
    return tuple(sentence for sentence in sentences if sentence and _is_order(sentence))


def _is_order(sentence: str) -> bool:
    if _INSTRUCTION.search(sentence) or _SPEECH.search(sentence) or _IN_LANGUAGE.search(sentence):
        return True
    if _BARE_ORDER.search(sentence) or _SUBJECT_IS.search(sentence):
        return True
    if _TO_A_MACHINE.search(sentence) or _TO_A_WRITER.search(sentence) or _DICTATION.search(sentence):
        return True
    return _THING.search(sentence) is not None and _ORDER.search(sentence) is not None
