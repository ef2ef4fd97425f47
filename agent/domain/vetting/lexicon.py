"""Words about content, French and English, bare (lower case, no accents): data, corrected with a test each.

They name what a text is about. None of them says anything about who wrote it.
"""

import re

from agent.domain.vetting.patterns import words

_ADULT = (
    r"only ?fans?|fansly|my (?:of|onlyfans) link|of link in bio|mym\.fans|mym ?fans|mon mym|nsfw|"
    r"18\+ (?:only|content|page)|(?:spicy|uncensored|exclusive adult) (?:content|page|pics?|photos?)|"
    r"cam ?girls?|sex ?tapes?|(?:contenus?|photos?) (?:hot|coquine?s?|pour adultes)|hentai|"
    r"escorts?(?: girl)?s?|sugar (?:baby|daddy)|#porn|porn ?stars?|pornhub"
)
_GAMBLING = (
    r"online casinos?|casinos? en ligne|casino (?:bonus|code)|paris sportifs?|pronos?|pronostics? (?:foot|"
    r"sportifs?|du jour)|sports? bett?(?:ing|or)s?|betting tips?|free bets?|bet ?builder|gambl(?:e|ing|er)|"
    r"slot machines?|machines? a sous|poker (?:night|player|stars|en ligne|online)|winamax|betclic|unibet|"
    r"parions ?sport|zebet|bet ?365|draft ?kings|fan ?duel|prize ?picks|stake\.com|roobet|1xbet|bookmakers?"
)
_NICOTINE = (
    r"vap(?:e|es|ing|er|ers)|vapot\w+|e-?liquides?|e-?juices?|e-?cig\w*|puffs? (?:jetables?|bars?|gout|9k|"
    r"\d+k?)|puff ?bars?|elf ?bars?|snus|nicotine (?:pouch|salt)\w*|cigars?|cigares?|chichas?|hookahs?|"
    r"shishas?"
)
_DRUGS = (
    r"smok(?:e|ing) (?:weed|pot)|stoners?|stoner ?life|cannabis|thc|edibles|420 ?friendly|cocaine|mdma|"
    r"ecstasy pills?|lsd|ketamine|magic mushrooms?|shrooms|psilocybin\w*|beuh|fumer? (?:un joint|de la weed|"
    r"du shit|de l'herbe)|weed (?:lover|life|shop|dealer|strain)s?|marijuana|dispensar(?:y|ies)"
)
_MONEY = (
    r"forex|trading signals?|signaux de trading|crypto (?:trad\w+|signals?|gems?|airdrops?|investor|"
    r"investing|currency)|cryptos?|cryptocurrenc(?:y|ies)|crypto-?monnaies?|bitcoins?|btc|meme ?coins?|"
    r"nfts?|copy ?trading|binance|(?:earn|make) (?:money|\$ ?\d+\w*) (?:online|from home|a day|daily)|"
    r"devenir riche|get rich|argent facile|revenus? passifs?|passive income"
)
_VIOLENCE = (
    r"kys|kill (?:yourself|him|her|them all)|i'?ll (?:kill|shoot|stab) (?:you|him|her|them)|beat (?:him|her|"
    r"them|you) up|gore (?:content|video)s?|je vais (?:te|le|la|les) (?:tuer|buter|frapper|fumer)|"
    r"va (?:crever|mourir)|street fights?|bagarres? de rue"
)
_PROFANITY = (
    r"f+u+c+k+(?:s|ed|er|ers|ing|in)?|mother ?fuck\w*|bull ?shit|shit(?:ty|s|show)?|bitch(?:es|y)?|"
    r"assholes?|dickheads?|cunts?|putain|merdes?|connards?|connasses?|encule[sr]?|nique[rz]? (?:ta|sa|la|"
    r"les)|ta gueule|fils de putes?|salopes?|batards?"
)
_HATE = (
    r"sales? (?:arabes?|juifs?|juives?|pede|pd|gouines?)|(?:retourne|rentre)[zs]? dans (?:ton|leur|"
    r"votre) pays|go back to (?:your|their) (?:own )?countr(?:y|ies)|(?:kill|gas|"
    r"hate) (?:all )?(?:the )?(?:jews|muslims|gays|blacks|immigrants|arabs)|(?:mort aux|"
    r"a mort les) (?:juifs|arabes|noirs|pedes|musulmans)|faggots?|white power|bougnoules?|youpins?|"
    r"tarlouzes?"
)
SAFETY: dict[str, re.Pattern[str]] = {
    "adult": words(_ADULT),
    "hate": words(_HATE),
    "violence": words(_VIOLENCE),
    "drugs": words(_DRUGS),
    "gambling": words(_GAMBLING),
    "nicotine": words(_NICOTINE),
    "money": words(_MONEY),
    "profanity": words(_PROFANITY),
}
"""Categories of brand safety, the gravest first; their names are the ends of the sentences' keys."""

SAFETY_SPARED: dict[str, re.Pattern[str]] = {
    "adult": words(r"food ?porn|sensibilis\w+|prevention|awareness|stop"),
    "hate": words(
        r"called|calls?|calling|trait(?:e|es|er|ee?s?)|insult\w*|stop|racis\w+|homophob\w+|antisemit\w+|"
        r"slurs?|mots?|words?|victim\w*|harcel\w+|bull(?:y|ied|ying)|denonc\w+|temoign\w+|hate speech|"
        r"shout\w*|yell\w*|cri(?:e|ent|ait)|said|dit"
    ),
    "violence": words(r"films?|movies?|novels?|romans?|series?|games?|jeux?|kill it|self[- ]defen[cs]e"),
    "drugs": words(
        r"prevention|addiction\w*|recover\w+|awareness|sensibilis\w+|documentary|documentaire|etudes?"
    ),
    "gambling": words(r"addiction\w*|prevention|documentaire|film|movie|arnaque\w*"),
    "nicotine": words(r"arret\w+|quit\w*|stop\w*|prevention|recycl\w+|transform\w+|dangers?"),
    "money": words(
        r"arnaque\w*|scams?|histoire|history|documentaire|comment ca marche|bulle|png|clip ?art|mockups?|"
        r"wallpapers?"
    ),
    "profanity": words(r"moule a merde|shit ?tzu|merde alors"),
}
"""What in the same sentence makes the words harmless: prevention, fiction, reporting."""

SENSITIVE: dict[str, re.Pattern[str]] = {
    "politics": words(
        r"presidential elections?|elections? (?:presidentielle|legislative|municipale|europeenne)s?|"
        r"presidentielles?|legislatives|municipales|macron|donald trump|trump|joe biden|biden|le pen|"
        r"melenchon|zemmour|republicans?|democrats?|vote for|votez pour|brexit|maga|gilets jaunes|"
        r"extreme droite|extreme gauche|far[- ]right|far[- ]left|palestin\w+|gaza|israel\w*|right[- ]wing|"
        r"left[- ]wing|assemblee nationale|politiciens?|politicians?"
    ),
    "religion": words(
        r"jesus|jesus christ|bible|the bible|gospel|evangile|church|allah|islam|islamique|coran|quran|"
        r"ramadan|torah|shabbat|bouddhis\w+|buddhis\w+|hindouis\w+|hinduism|god is|god bless|praise god|"
        r"psalms?|prieres?|prayers?|eid mubarak|careme|lent season"
    ),
}
"""Subjects of posts that are sensitive and not bad. The bio is not read for them: it speaks of its author."""
