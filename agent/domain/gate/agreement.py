"""French words that agree with a person, and the turns in which they speak of the reader or of oneself."""

import re

_PAIRS = (
    "certain certaine|content contente|prêt prête|ravi ravie|seul seule|sûr sûre|partant partante|"
    "fier fière|venu venue|parti partie|devenu devenue|né née|conquis conquise|séduit séduite|"
    "surpris surprise|tenu tenue|connu connue|reconnu reconnue|présent présente|convaincu convaincue|"
    "bienvenu bienvenue|patient patiente|exigeant exigeante|attentif attentive|curieux curieuse|"
    "heureux heureuse|soigneux soigneuse|généreux généreuse|nombreux nombreuse|premier première|"
    "dernier dernière|débutant débutante|gourmand gourmande|bon bonne|meilleur meilleure|"
    "bienveillant bienveillante|absent absente|occupé occupée|amoureux amoureuse|doux douce|"
    "créatif créative|sportif sportive|actif active|inscrit inscrite|mis mise|assis assise|"
    "chanceux chanceuse|minutieux minutieuse|impatient impatiente|satisfait satisfaite|lu lue|vu vue|"
    "suivi suivie|découvert découverte|rencontré rencontrée"
)
_NOUNS = (
    "créateur créatrice|passionné passionnée|amateur amatrice|artisan artisane|couturier couturière|"
    "lecteur lectrice|ami amie|abonné abonnée|client cliente|blogueur blogueuse|"
    "influenceur influenceuse|tricoteur tricoteuse|boulanger boulangère|cuisinier cuisinière|"
    "jardinier jardinière|brodeur brodeuse|voyageur voyageuse|marcheur marcheuse|cycliste cycliste|"
    "randonneur randonneuse|entrepreneur entrepreneuse|connaisseur connaisseuse|expert experte|"
    "ambassadeur ambassadrice|débutant débutante|voisin voisine|savonnier savonnière|potier potière|"
    "luthier luthière|apiculteur apicultrice|auteur autrice"
)
_TABLE = [tuple(pair.split()) for pair in f"{_PAIRS}|{_NOUNS}".split("|")]
MASCULINE = frozenset(pair[0] for pair in _TABLE if pair[0] != pair[1])
FEMININE = frozenset(pair[1] for pair in _TABLE if pair[0] != pair[1])
_NOUN = (
    "(?:"
    + "|".join(word for pair in _NOUNS.split("|") for word in sorted(pair.split(), reverse=True))
    + ")s?"
)
_GENDERED = (
    "(?:" + "|".join(sorted(MASCULINE | FEMININE, key=len, reverse=True)) + r"|[a-zà-ÿ]{2,}(?:é|ée))s?"
)
_ADVERBS = (
    r"(?:\s(?:pas|plus|jamais|bien|très|si|aussi|toujours|déjà|vraiment|peut-être|sans doute|assez|plutôt|"
    r"tout|toute|un peu|trop|encore|donc|également|particulièrement|été))*"
)
_ARE = (
    r"(?:\b(?:tu|t'|vous)\s?(?:ne\s|n')?(?:es|sois|serais|seras|étais|fus|restes|deviens|sembles|parais|"
    r"[eê]tes|soyez|seriez|serez|étiez|restez|devenez|semblez|paraissez)|\btu te (?:sens|dis)|"
    r"\bvous vous (?:sentez|dites)|\btu t'(?:es|étais)|\bvous vous (?:[eê]tes|étiez|seriez)|"
    r"\b(?:es|serais|seras|étais|sois)-tu|\b(?:[eê]tes|seriez|serez|étiez)-vous|\bsoyez|\bsois|"
    r"\b(?:tu as|vous avez) été|"
    r"\b(?:tu (?:peux|dois|pourras|pourrais)|vous (?:pouvez|devez|pourrez|pourriez)) être|"
    r"\b(?:tu as|vous avez) l'air)"
)
SAYS_OF_READER = (
    re.compile(rf"{_ARE}{_ADVERBS}\s(?:l[ea] |une? )?({_GENDERED})\b"),
    re.compile(rf"{_ARE}{_ADVERBS}\s(?:une? |l[ea] |des )?({_NOUN})\b"),
    re.compile(
        rf"\b(?:comme|en tant que|en)\s(?:une? )?({_NOUN})(?=, (?:tu|vous)\b| que (?:tu es|vous êtes))"
    ),
    re.compile(
        rf"\b(?:une?|des|les|l[ea]|d'autres)\s(?:\w+ )?({_NOUN})(?: \w+)? "
        r"(?:comme (?:toi|vous)|que (?:tu|vous)\b)"
    ),
    re.compile(rf"\ben tant que ({_NOUN})\b"),
    # « Passionnée de reprise, vous … »
    re.compile(
        rf"\A\W*({_GENDERED}|{_NOUN})\s(?:d'|(?:de|par|à|en|du|des|depuis|chez)\b)[^,.;:]{{0,60}},\s(?:tu|vous|t')"
    ),
    # « je vous ai découverte », « nous t'avons suivie »
    re.compile(
        r"\b(?:vous |te |t')(?:ai|a|avons|ont|avait|avais|avions) (?:bien |aussitôt |enfin )?"
        r"(découverte?|suivie?|trouvée?|rencontrée?|choisie?|repérée?|contactée?|remarquée?|invitée?|croisée?|"
        r"écoutée?|sollicitée?)\b"
    ),
    re.compile(
        r"\b(?:vous |t'|te )(?:savoir|sentir|voir|imaginer) ([a-zà-ÿ]{3,}(?:é|ée)|contente?|ravie?|prête?)\b"
    ),
)
GREETED = re.compile(r"\A\W*(chères?|chers?|madame|monsieur|mademoiselle|belle|beau)\b")
INCLUSIVE = re.compile(
    r"\b\w{2,}(?:[·•∙⋅]\w{1,6})+|\b\w{3,}\((?:e|es|ne|le|rice|trice|ère|euse|ive|ve|se)\)s?|"
    r"\b\w{3,}\.(?:e|es|rice|trice|euse|ère|ne|ve|ses?)(?:\.?s)?\b(?!\.\w)"
)
# How somebody speaks of themselves
SELF_F = re.compile(
    r"\b(?:jeune |future )?maman (?:de|d'|solo|x\d|poule|à)|\bmère de|\bje suis (?:une )?(?:vraie )?(?:\w+ )?"
    r"(?:née|ravie|contente|prête|fière|heureuse|passionnée|fatiguée|tombée|partie|allée|maman|fille)\b"
)
SELF_M = re.compile(
    r"\b(?:jeune |futur )?papa (?:de|d'|solo|x\d|poule|à)|\bpère de|\bje suis (?:un )?(?:vrai )?(?:\w+ )?"
    r"(?:né|ravi|content|prêt|fier|heureux|passionné|fatigué|tombé|parti|allé|papa|garçon)\b"
)
BIO_NOUN = re.compile(rf"(?:\A|[|·•,;/\n–—-]\s*)(?:une? )?({_NOUN}|passionnée?|curieu(?:x|se))\b")
FEMININE_END = re.compile(
    r"(?:ée|ue|ie|te|ive|euse|trice|ère|de|le|ine|ane|rte|ise)s?\Z|(?:\bné|seul|sûr)e\Z"
)
