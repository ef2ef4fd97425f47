"""Families of values, and what contradicts them: data, French and English, bare (lower case, no accents).

A family applies where a brand's value takes its stance. What contradicts it must be said of oneself or with
praise unless the words leave no doubt; see `contradictions` for how they are read.
"""

import re
from dataclasses import dataclass

from agent.domain.fit import Level
from agent.domain.vetting.lexicon import SAFETY
from agent.domain.vetting.patterns import near, words

NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Words that contradict. With `plain` a mention that is not denied counts, else it must be meant.

    `wide` words span what stands between two names, where a denial may stand as well.
    """

    words: re.Pattern[str]
    level: Level = Level.CONCERN
    plain: bool = False
    wide: bool = False


@dataclass(frozen=True, kw_only=True)
class Family:
    """A stance of brands, what contradicts it, and what in the sentence or in the bio makes it harmless."""

    kind: str
    stance: re.Pattern[str]
    rules: tuple[Rule, ...]
    spared: re.Pattern[str] = NOTHING
    spared_by_bio: re.Pattern[str] = NOTHING


_ULTRA = (
    r"shein|sheinofficial|temu|romwe|boohoo|pretty ?little ?thing|fashion ?nova|zaful|aliexpress|missguided|"
    r"primark|forever ?21|emmiol|cupshe|halara|light ?in ?the ?box"
)
_BUYING = (
    r"hauls?|try[- ]?ons?|unboxing|codes?|discount|\d+ ?% off|ambassad\w+|partners?|partnership|partenaires?|"
    r"partenariat|collab\w*|orders?|ordered|commandes?|finds?|trouvailles?|favou?rites?|favs?|love|loving|"
    r"adore|obsessed|promo|gifted|offerte?s?|sponsor\w*|merci|thanks|thank you"
)
_WEARING = r"wearing|je porte|outfits?|tenues?|dress|robes?|from|chez"
_CHAINS = (
    r"zara|h ?& ?m|asos|amazon|bershka|pull ?& ?bear|stradivarius|action|mango|target|walmart|tk ?maxx|"
    r"kiabi|shopping"
)
_SECOND_LIFE = words(
    r"thrift\w*|vintage|vinted|fripe\w*|friperies?|seconde main|second[- ]?hand|emmaus|charity shops?|"
    r"library|books?|livres?|lectures?|bibliotheque|grocer\w+|courses|biocoop|marche|fabrics?|tissus?|yarn|"
    r"laine|plantes?|plants?|depop|pre-?loved|upcycl\w+|vide-greniers?|brocantes?|goodwill|food|seeds?|"
    r"graines?|ethi\w+"
)
_ULTRA_BOUGHT = Rule(words=near(_ULTRA, _BUYING), plain=True, wide=True)
_ULTRA_WORN = Rule(words=near(_ULTRA, _WEARING), level=Level.LOOK, wide=True)
_ULTRA_TAGGED = Rule(
    words=re.compile(r"#(?:haul|tryon)?(?:shein|temu)(?:haul|finds?|style|outfit|ootd)?\b"), plain=True
)
_HAULS = (
    Rule(words=near(r"hauls?", _CHAINS, within=25), plain=True, wide=True),
    Rule(
        words=words(
            r"(?:huge|massive|mega|giant|gros|enorme) hauls?|try[- ]?on hauls?|(?:fashion|clothing|shopping|"
            r"new in) hauls?"
        ),
        level=Level.LOOK,
        plain=True,
    ),
)
_PETS = r"dogs?|cats?|puppy|puppies|kittens?|pets?|chiens?|chats?|chiots?|croquettes?|treats?"
_MEAT = (
    r"steaks?|rib ?eyes?|ribeye steaks?|t-?bones?|entrecotes?|cotes? de boeuf|bavettes?|tartare de boeuf|"
    r"filet mignon|foie gras|spare ?ribs|brisket|bacon|roast (?:beef|chicken|lamb|pork)|pulled pork|"
    r"beef (?:burgers?|stew|jerky|bourguignon)|boeuf bourguignon|rotis? de (?:boeuf|porc|veau)|"
    r"magrets?(?: de canard)?|gigots?(?: d'agneau)?|charcuterie|saucissons?|viande rouge|meat ?lovers?|"
    r"fried chicken|poulet roti|carnivore diet"
)
_PLANTS = (
    r"vegan\w*|vegetal\w*|vegetari\w*|vegetali\w*|veggies?|plant[- ]based|soja|soy|tofu|seitan|tempeh|"
    r"simili\w*|faux|fake|fausses?|mock|beyond|impossible|meatless|choux?[- ]fleurs?|cauliflower|"
    r"champignons?|portobello|mushrooms?|lentil\w*|jackfruit|carrots?|carottes?|aubergines?|eggplants?|"
    r"coconut|francis|kevin"
)
_FUR = r"real fur|vraie fourrure|mink coats?|fur coats?|manteaux? (?:de|en) (?:vison|fourrure|renard)"
_DRINKS = (
    r"wine (?:tasting|lover|night|enthusiast|bar|time)s?|wine ?o'?clock|food ?& ?wine|wine|wines|"
    r"glass(?:es)? of (?:wine|red|rose|champagne|prosecco)|verres? de (?:vin|rouge|blanc|rose|champagne)|"
    r"vins? (?:rouge|blanc|rose|nature|naturel)s?|degustations? de vins?|craft beers?|beers?|bieres?|"
    r"whiske?y|vodka|tequila|champagne|prosecco|spritz|mojitos?|gin (?:tonic|lover|&)s?|"
    r"rhums?(?: arranges?)?|mixolog\w+|cocktail (?:recipes?|bar|hour|night|maison)s?|(?:recettes?|"
    r"bar) (?:de |a )?cocktails?|happy hour|brewer(?:y|ies)"
)
_NO_DRINK = (
    r"sans alcool|0 ?%|0[.,]0|alcohol[- ]?free|non[- ]?alcoholic|no[- ]?alcohol|mocktails?|virgin|"
    r"zero[- ]proof|sober\w*|dry january|kombucha|root beers?|ginger beers?|butterbeer|sauces?|vinai?g\w+|"
    r"batter(?:ed)?|marinade\w*|braised|risotto|colou?rs?|couleurs?|coloured|gold|beige|shades?|teinte|"
    r"burgundy|glasses|corks?|bouchons?|bottle holder|hair|cheveux|ardennes?|yeast|levure|moules?|au vin|"
    r"vignes?|vignobles?|caps?|capsules?"
)

FAMILIES: tuple[Family, ...] = (
    Family(
        kind="vegan",
        stance=words(
            r"vegan\w*|vegane?s?|vegetali\w+|plant[- ]based|100 ?% vegetal\w*|animal[- ]free|"
            r"sans (?:aucun )?(?:produit|ingredient)s? (?:d'origine )?animale?s?|no animal (?:product|"
            r"ingredient)s?"
        ),
        rules=(Rule(words=words(_MEAT)), Rule(words=words(_FUR))),
        spared=words(_PLANTS, _PETS),
        spared_by_bio=words(r"vegan\w*|vegetal\w*|vegetari\w*|vegetali\w*|veggie|plant[- ]based"),
    ),
    Family(
        kind="animals",
        stance=words(
            r"cruelty[- ]free|sans cruaute|(?:non|jamais|never|not) teste\w*(?: sur| on)?(?: les|"
            r" des)? anim\w+|bien-etre animal|animal welfare|cause animale|vegan\w*|vegetali\w+"
        ),
        rules=(
            Rule(
                words=words(
                    _FUR,
                    r"trophy hunt\w*|(?:deer|duck|elk|boar|big game) hunt\w*|hunting season|chasse a courre|"
                    r"(?:ouverture|saison|permis|partie) de (?:la )?chasse|je chasse|corridas?|tauromachie|"
                    r"bull ?fight\w*|foie gras|(?:elephant|camel) rid(?:e|es|ing)|balade a dos d'elephant|"
                    r"swim(?:ming)? with (?:the )?dolphins|nage[rz]? avec (?:les|des) dauphins|seaworld|"
                    r"marineland|tiger selfies?",
                )
            ),
        ),
        spared=words(_PLANTS),
    ),
    Family(
        kind="slow_fashion",
        stance=words(
            r"slow[- ]?fashion|mode (?:ethique|responsable|eco[- ]?responsable|durable|lente|circulaire)|"
            r"(?:ethical|sustainable|circular|conscious|slow) (?:fashion|clothing|clothes|wardrobe)|"
            r"fast[- ]?fashion|seconde main|second[- ]?hand|pre-?loved|thrift\w*|fripe\w*|upcycl\w+|"
            r"surconsomm\w+|overconsum\w+|(?:acheter|achetez|consommer|buy|buying|own) (?:moins|less|fewer)|"
            r"moins,? mais mieux|less,? but better|(?:vetements?|habits) (?:qui durent|durables)|"
            r"clothes (?:made to|that) last|garde-robe (?:capsule|minimaliste)|capsule wardrobe|minimalis\w+"
        ),
        rules=(_ULTRA_BOUGHT, _ULTRA_TAGGED, _ULTRA_WORN, *_HAULS),
        spared=_SECOND_LIFE,
    ),
    Family(
        kind="zero_waste",
        stance=words(
            r"zero[- ]?dechets?|zero[- ]?waste|(?:sans|no|without) (?:flacon|plastique|emballage|plastic|"
            r"packaging)s?|plastic[- ]?free|package[- ]free|refill\w*|(?:en )?vrac|low[- ]?waste|"
            r"reutilis\w+|reusabl\w+|jetables?|single[- ]use|rien (?:a jeter|ne se perd)|ni (?:flacon|"
            r"plastique|emballage)s?"
        ),
        rules=(
            _ULTRA_BOUGHT,
            _ULTRA_TAGGED,
            Rule(
                words=words(
                    r"(?:lingettes|vaisselle|gobelets|assiettes|rasoirs?|couverts|pailles|"
                    r"verres) (?:\w+ )?jetables?|disposable (?:plates?|cups?|wipes|razors?|cutlery|straws|"
                    r"tableware)|paper plates|plastic (?:cups|cutlery|straws)|gobelets? en plastique|"
                    r"nespresso (?:capsules?|pods?)|capsules? nespresso|k-?cups|"
                    r"bouteilles? d'eau en plastique|plastic water bottles?"
                ),
                level=Level.LOOK,
            ),
        ),
        spared=words(
            r"recycl\w+|upcycl\w+|compost\w*|diy|reutilis\w+|reus\w+|detourn\w+|refus\w+|litter|ramass\w+|plage|beach|"
            r"shore|ocean"
        ),
    ),
    Family(
        kind="low_carbon",
        stance=words(
            r"sans avion|flight[- ]free|no[- ]fly|slow[- ]?travel|voyag\w+ (?:lent\w*|autrement|"
            r"bas[- ]carbone|en train)|low[- ]carbon|bas[- ]carbone|train travel|by train|climat|climate|"
            r"empreinte carbone|carbon footprint|decarbon\w+|carbon[- ]neutral|neutre en carbone"
        ),
        rules=(
            Rule(words=words(r"jets? prives?|private jets?")),
            Rule(
                words=words(
                    r"(?:first|business)[- ]class (?:flights?|seats?|travel)|\d{2,} (?:flights|"
                    r"vols) (?:this|cette|en|in)|(?:week-?end|aller-retour|48 ?h|24 ?h) (?:a|in|"
                    r"to) (?:dubai|new york|bali|miami)|frequent flyer|cruise ship|croisiere (?:msc|costa)|"
                    r"super ?cars?|lamborghini|helicopter (?:ride|tour)s?|tour en helicoptere"
                ),
                level=Level.LOOK,
            ),
        ),
    ),
    Family(
        kind="alcohol_free",
        stance=words(
            r"(?:sans|zero|0 ?%) (?:d')?alcool|alcohol[- ]?free|non[- ]?alcoholic|sober (?:living|life|"
            r"curious|bars?)|sobriety|no[- ]?low|mocktails?|dry january|zero[- ]proof"
        ),
        rules=(Rule(words=words(_DRINKS)),),
        spared=words(_NO_DRINK),
        spared_by_bio=words(r"sans alcool|alcohol[- ]?free|sober\w*|sobriety|mocktails?"),
    ),
    Family(
        kind="natural_beauty",
        stance=words(
            r"sans filtres?|no[- ]filters?|unfiltered|sans retouches?|unretouched|non retouche\w*|"
            r"beaute naturelle|natural beauty|(?:vraie|real) (?:peau|skin)|peau (?:vraie|reelle|nue|telle)|"
            r"skin[- ]?positiv\w*|no[- ]makeup|bien dans (?:sa|ta|votre) peau|age(?:ing)? (?:naturally|"
            r"gracefully)|vieillir (?:naturellement|bien)|(?:skin|faces?) as (?:it|they) (?:is|are)"
        ),
        rules=(
            Rule(
                words=words(
                    r"botox|(?:lip|cheek|chin|dermal|jawline|under[- ]eye) fillers?|fillers|"
                    r"injections? (?:de botox|d'acide|dans les levres|aux levres|levres)|levres (?:refaites|"
                    r"injectees)|medecine esthetique|chirurgie esthetique|plastic surgery|cosmetic surgery|"
                    r"nose ?job|rhinoplast\w+|boob ?job|breast (?:augmentation|implants)|"
                    r"augmentation mammaire|bbl|liposucc?\w+|face ?lift|lifting du visage|face ?tune|"
                    r"face ?app|beauty filters?|(?:dental )?veneers"
                )
            ),
        ),
        spared=words(
            r"hair botox|botox capillaire|effet botox|botox[- ]like|alternatives?|natur\w+|bottle fillers?|"
            r"hair|cheveux|capillaire\w*|regrets?|dissolv\w+"
        ),
    ),
    Family(
        kind="body_neutral",
        stance=words(
            r"body[- ]?(?:neutral\w*|positiv\w*|accept\w*)|all bodies|every ?body|tous les corps|"
            r"toutes les morphologies|corps tels? qu\w*|anti[- ]?diet|self[- ]?acceptance|"
            r"acceptation de soi|sans (?:regime|culpabil\w+)|intuitive eating|alimentation intuitive|"
            r"no diet\w*|size[- ]inclusive|bien dans (?:son|leur|votre) corps"
        ),
        rules=(
            Rule(
                words=words(
                    r"(?:lose|losing|lost|shed|drop) (?:the |some )?(?:weight|belly fat|fat|\d+ ?(?:kg|"
                    r"kilos?|lbs?|pounds))|weight[- ]?loss|fat[- ]?loss|perdre (?:du poids|\d+ ?(?:kg|"
                    r"kilos)|du ventre|du gras)|perdu \d+ ?(?:kg|kilos)|pertes? de poids|calorie (?:deficit|"
                    r"counting)|deficit calorique|(?:regime|diete) (?:keto|cetogene|hyperproteine|dukan|"
                    r"minceur)|keto|detox (?:tea|diet|cleanse)s?|cure detox|the minceur|(?:summer|bikini|"
                    r"beach) ?body|ventre plat|flat (?:tummy|belly|stomach)|jeune intermittent|"
                    r"intermittent fasting|slimming (?:tea|drink)s?|bruleurs? de graisses?|fat ?burn\w*|"
                    r"waist ?train\w+"
                )
            ),
            Rule(
                words=words(r"guilt[- ]free|low[- ]?carb|cheat ?days?|what i eat in a day"), level=Level.LOOK
            ),
        ),
        spared=words(
            r"diet culture|culture des? regimes?|eating disorders?|tca|troubles? alimentaires?|anorexi\w*|"
            r"boulimi\w*|bulimi\w*|mythes?|every body|any body|tous les corps",
            _PETS,
        ),
    ),
    Family(
        kind="inclusive",
        stance=words(
            r"inclusi\w+|inclusives?|diversit\w+|anti[- ]?racis\w+|bienveillan\w+|kindness|toleran\w+|"
            r"lgbt\w*|queer|equality|egalite|pour (?:tous|toutes)|for every(?:one|body)"
        ),
        rules=(Rule(words=SAFETY["hate"], plain=True),),
        spared=words(
            r"called|calls?|trait(?:e|es|er|ee?s?)|insult\w*|stop|racis\w+|homophob\w+|antisemit\w+|slurs?|"
            r"mots?|words?|victim\w*|harcel\w+|bull(?:y|ied|ying)|denonc\w+|temoign\w+|shout\w*|yell\w*|"
            r"said|dit"
        ),
    ),
    Family(
        kind="family",
        stance=words(
            r"family[- ]friendly|for (?:the whole )?famil(?:y|ies)|pour (?:les|toute la|la) familles?|"
            r"en famille|enfants?|kids?|child(?:ren)?|bebes?|bab(?:y|ies)|tout public|maternit\w+|parents?"
        ),
        rules=(
            Rule(words=SAFETY["adult"], plain=True),
            Rule(words=SAFETY["drugs"]),
            Rule(words=SAFETY["gambling"]),
            Rule(words=SAFETY["nicotine"]),
            Rule(words=SAFETY["money"], level=Level.LOOK),
        ),
        spared=words(
            r"food ?porn|prevention|awareness|sensibilis\w+|addiction\w*|recover\w+|documentaire|arnaque\w*|"
            r"scams?|transform\w+|recycl\w+|histoire|history|etudes?"
        ),
    ),
    Family(
        kind="local_craft",
        stance=words(
            r"made in (?:france|britain|italy|the us|the usa|usa|america)|fabrique\w* en france|"
            r"fabrication francaise|artisan\w*|hand-?made|hand-?crafted|faite?s?[- ](?:a la )?main|"
            r"circuits? courts?|local makers?|petits producteurs|savoir-faire"
        ),
        rules=(
            Rule(words=near(_ULTRA, _BUYING), level=Level.LOOK, plain=True, wide=True),
            Rule(words=words(r"drop ?shipping"), level=Level.LOOK),
        ),
        spared=_SECOND_LIFE,
    ),
)
