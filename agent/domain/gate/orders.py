"""Speech to whoever writes letters: sentences of a creator's text that order, instead of telling."""

import re
from functools import lru_cache

from agent.domain.gate.plain import bare
from agent.domain.gate.vocabulary import INSTRUCTIONS, alternatives

# Who is meant: machines and people that write letters to creators
_WRITERS = alternatives(
    "assistante?s?|robots?|bots?|ia|ai|ais|llms?|gpt|chatgpt|modele de langage|language model|"
    r"(?:au|le|chere?|cher) modele|the model|redact(?:eur|rice)s?|writers?|whoever (?:writes?|drafts?)|"
    r"a (?:qui|celui qui|celle qui|ceux qui) m'ecri\w+|(?:anyone|anybody|those) (?:writing|who writes?) to "
    r"me|"
    "copywriters?|automated|(?:une|a|any|la|the) machine|prospection|outreach|mode developpeur|developer mode"
)
_THINGS = alternatives(
    "lettres?|mails?|e-?mails?|courriels?|courriers?|messages?|objet|signatures?|destinataires?|paragraphes?|"
    "phrases?|consignes?|instructions?|letters?|subject(?: line)?|reply|replies|answers?|reponses?|"
    "recipients?|paragraphs?|sentences?|system message|message systeme|formulaire|titre|title|"
    "greeting|en-?tete|header|qr code|lien|link|code|citations?|quotes?|(?:her|his|their) words|"
    "(?:ses|leurs) mots"
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
    "repete[zr]?|repeter|envoie|envoyez|notez|rappel(?:le|ez|er)|prete[zr]?|nomme[zr]?|prenez|invente[zr]?|"
    "attribue[zr]?|pretends|signer|terminer|renvoyer|"
    # English
    "put|write|say|tell|add|slip|insert|include|mention|replace|change|close|end|finish|sign|begin|start|"
    "copy|show|print|answer|give|quote|state|promise|announce|offer|recommend|advise|forward|"
    "address|use|translate|explain|admit|acknowledge|compare|reveal|send|assure|commit|decode|hide|"
    "invent|pretend|attach|spell|contain|repeat|draft|note|remind|name|disclose"
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
_TO_A_MACHINE = re.compile(
    rf"(?<![\w'-]){_WRITERS}(?![\w-])(?:.*(?:{_VERBS}\b|{_MUST}\b|{_THINGS}\b)|\W{{0,3}}:)"
)
# An order begins its clause, or follows a word that obliges
_ORDER = re.compile(
    rf"(?:\A\W*|[,;:]\s+|\b(?:et|and|puis|then|ne|don't|do not|n')\s*|\b{_MUST}\b.{{0,30}}\s){_VERBS}\b(?!')"
)
_SPEECH = re.compile(
    r"(?:\A\W*|[,;:]\s+|\b(?:et|and|puis|then)\s+)(?:alors |donc |then |just )?"
    r"(?:put (?:it )?in writing|dis|dites|ecris|ecrivez|precise[zr]?|explique[zr]?|raconte[zr]?|"
    r"annonce[zr]?|assure[zr]?|avoue[zr]?|reconnais|reconnaissez|mentionne[zr]?|glisse[zr]?|pretends|"
    r"say|write|explain|mention|pretend|admit|acknowledge|announce|slip in|make clear|make it clear|"
    r"assure (?:me|her|him|them)|tell (?:me|her|him|them)|"
    r"remind me(?: in [\w' ]{3,24})?|rappel(?:le|ez|er)(?: dans [\w' ]{3,24})?)(?:-lui|-leur|-nous|"
    r"-moi)?(?: combien| how much)?"
    r"(?:,? (?:dans|in) [\w' ]{3,24},?)?\s*(?:que?\b|qu'|that\b|:|\bcombien\b|\bnoir sur blanc)"
)
# What nobody tells a reader to do: it is said to one who writes
_TO_A_WRITER = re.compile(
    r"(?:\A|[,;:]\s+|\b(?:et|and|puis|then)\s+)\W*(?:invente[zr]?|invent|pretends|pretend|attribue[zr]?|"
    r"recopie[zr]?|"
    r"il faut (?:signer|ecrire|dire|repondre|mentionner|avouer|citer|renvoyer)|"
    r"you have to (?:write|say|sign|admit|mention|answer)|decode[zr]?|imprime[zr]?|signe[zr]? comme|"
    r"sign as|cite-moi|quote me|copy as|(?:insere[zr]?|insert) )\b"
)
# A word for telling, and after its colon the words to be told
_DICTATION = re.compile(
    r"\A\W*(?:(?:donne|propose|indique|raconte|recopie|compare|parle|engage|presse|demande|assure|nomme)z?|"
    r"copy|state|offer|compare|talk about|commit|name|"
    r"push|get|give|ask|fais|faites|have|dis|dites|say|ecris|ecrivez|write|promets|promettez|promise|"
    r"(?:regle|rule)(?! (?:numero|number|no|n|de|of)\b)|consigne|il faut|you have to|you must|tell|"
    r"a (?:mettre|ecrire|mentionner|placer|dire|citer)|(?:dans|in) (?:la|ta|votre|the|your) (?:prochaine |"
    r"next )?(?:lettre|letter|message|mail|e-mail|note))\b[^:]{0,60}:\s"
)
# A request that is made of one who is about to write
_REQUEST = re.compile(
    r"\A\W*(?:it|elle|cela|ca) (?:must|has to|should|doit) (?:say|mention|contain|state|dire|mentionner|"
    r"contenir)\b|"
    r"\A\W*(?:ajoute[zr]?|notez|add|note) (?:que?\b|qu'|that\b)|"
    r"\A\W*(?:merci de|veuillez|priere de|il faudra|kindly|please) (?:bien vouloir )?(?:preciser|ecrire|"
    r"mentionner|citer|indiquer|reveler|annoncer|rappeler|state|mention|disclose|reveal|include|quote)\b|"
    r"\b(?:when|before|if) you write(?: to me)?\b[^,:]{0,20}[,:] (?:please )?(?:say|write|mention|tell|add|"
    r"include|quote|state)\b|\bquand (?:tu|vous) m'ecri\w+[^,:]{0,20}[,:] (?:dis|dites|ecris|ecrivez|"
    r"cite[zr]?|"
    r"mentionne[zr]?|ajoute[zr]?|indique[zr]?)\b"
)
_BARE_ORDER = re.compile(
    r"(?:\A|,\s*(?:et|and|puis|then)\s+)\W*(?:put at|en tete|dis|dites|ecris|mentionne[zr]?|"
    r"revele[zr]?|parle|raconte|explique|reconnais|avoue|"
    r"say|write|mention|reveal|talk about|explain|admit|acknowledge)(?:-lui|-leur)?,? "
    r"(?!moi\b|me\b|to me\b|yes\b|no\b|hello\b|hi\b|goodbye\b|farewell\b|cheese\b|adieu|au revoir|bonjour|"
    r"oui\b|non\b|it\b|merci|thanks)\S"
)
_SUBJECT_IS = re.compile(
    r"\b(?:l'objet(?! de c)|le destinataire|the subject|the recipient|the greeting)\b[^.]{0,40}"
    r"(?:doit|must|should|is|est|s'appelle|reads?|shall)\b|\bn'ecris pas a moi|don't write to me|"
    r"\b(?:la|ta|votre|the|your|our) (?:prochaine |next )?(?:lettre|letter)\b[^.:]{0,40}\b(?:contien\w+|"
    r"commencera|doit|devra|must|shall|should|will (?:say|begin|start|contain))\b"
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
    if _BARE_ORDER.search(sentence) or _SUBJECT_IS.search(sentence) or _REQUEST.search(sentence):
        return True
    if _TO_A_MACHINE.search(sentence) or _TO_A_WRITER.search(sentence) or _DICTATION.search(sentence):
        return True
    return _THING.search(sentence) is not None and _ORDER.search(sentence) is not None
