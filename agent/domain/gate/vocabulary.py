"""The gate's words: verbs, phrases and names, French and English, bare (lower case, no accents) unless said.

They are data. A rule that misses a phrase is corrected here, with the letter that showed it as a test.
"""

import re
from functools import cache

_CLASS = re.compile(r"(\[[^\]]*\])")  # a class of characters in a pattern


def alternatives(phrases: str) -> str:
    """Return a pattern that matches one of the phrases between bars; their spaces match any white space."""
    parts = _CLASS.split(phrases)
    return "(?:" + "".join(p if p.startswith("[") else p.replace(" ", r"\s+") for p in parts) + ")"


def listed(words: str) -> frozenset[str]:
    """Return the words of a list, which are separated by white space."""
    return frozenset(words.split())


def phrases(text: str) -> frozenset[str]:
    """Return the phrases between the bars of a text."""
    return frozenset(text.split("|"))


# --- what a letter may always say -----------------------------------------------------------------

OWN_QUOTES = phrases(
    "yes|no|no thanks|no thank you|not now|maybe|maybe later|stop|not for me|ad|advertisement|"
    "paid partnership|sponsored|gifted|oui|non|non merci|pas maintenant|pas pour moi|plus tard|"
    "peut-etre|publicite|collaboration commerciale|partenariat remunere|images retouchees|images "
    "virtuelles"
)
"""Words that we quote as ours: the answers that we suggest, and the mentions that the law asks for."""

COMMON_STEMS = frozenset(
    word[:5]
    for word in listed(
        "about after again also been before being both could does doing each even ever every from "
        "gave give going have here into just know like made make many might more most much only "
        "other over post posts posted really said same should show showed shows some still such take "
        "than that their them then there these they thing things this those through time today very "
        "want well were what when where which while will with without would write writing wrote year "
        "years your yours love loved read seen saw story stories video videos reel photo caption "
        "page content account profile ainsi alors apres aussi autre autres avait avant avec avez "
        "avoir avons bien cela celle celui ceux chaque chez comme dans depuis deux dire disiez dont "
        "donc elle elles encore entre envie est etait ete etes etre fait faire fois ici jamais juste "
        "leur leurs mais meme moins nous notre nos parce parler pendant petit petite peut plus post "
        "posts pour pourquoi publication quand quel quelle quelque raconte racontiez racontez rien "
        "sans sera serait ses sont sous souvent sur surtout tous tout toute toutes tres trop une "
        "vers vient voici voila votre vos vous vraiment ecrire ecriviez ecrivez adore aime aimons "
        "lire compte contenu univers profil story video photo legende montrez montriez"
    )
)

COMMON_NAMES = phrases(
    "i|i'm|i'd|i'll|i've|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|"
    "february|march|april|may|june|july|august|september|october|november|december|english|"
    "french|american|british|canadian|english-speaking|france|instagram|insta|tiktok|youtube|"
    "reel|reels|pinterest|facebook|twitch|snapchat|substack|christmas|easter|thanksgiving|noel|halloween|"
    "fourth|hanukkah|diwali|ramadan|eid|passover|toussaint|pentecote|ascension|epiphanie|"
    "paques|ok|ps|diy|dm|us|usa|uk|eu|ue|tv|pdf|faq|yes|no|oui|non|stop|ad|mr|mrs|ms|dr|m|mme|"
    "mlle|madame|monsieur|english|francais|francaise|francaises|etats-unis|europe|internet|"
    "bonjour|hi|hello|hey|dear|cher|chere|llc|inc|sarl|sas|rgpd|gdpr|publicite|collaboration"
)
"""Words with a capital that name nobody."""

UNITS = listed(
    "second seconds minute minutes hour hours day days night nights week weeks month months year years times "
    "pound pounds pint pints mile miles inch inches foot feet yard yards gram grams kilo kilos dollars bucks "
    "cents kids children sons daughters twins cats dogs seconde secondes heure heures jour jours nuit nuits "
    "semaine semaines mois an ans annee annees fois kilometre kilometres metre metres gramme grammes litre "
    "litres euros enfants fils filles jumeaux chats chiens pour followers subscribers readers "
    "abonnes abonnees"
)
"""What a number is a measure of, or a claim about somebody's life: never a count of what was listed."""

# --- speaking about the creator, English -----------------------------------------------------------

YOUR_OWN = listed(
    "address answer reply replies response call choice time door doorstep mail mailbox inbox "
    "opinion thoughts terms pace way words name yes no size home house place permission okay ok "
    "say decision convenience interest consideration mailing shipping postal preferred "
    "preference preferences feedback honest hands own email e-mail email's message phone part "
    "side point question questions rules turn drawer sink bathroom kitchen table shelf bag "
    "pocket plans schedule week weekend day liking taste tastes comfort attention help patience "
    "end mind mood judgment wishes request behalf disposal"
)
"""What follows `your` in an offer or a question without saying anything about the reader."""

YOU_MAY = listed(
    "can can't cannot could couldn't may might will will' won't would wouldn't 'll 'd should "
    "shouldn't want wish like prefer need decide choose feel think say ever do don't get agree "
    "accept try owe keep ask answer reply'd pay'd change and or but too directly one some a an "
    "the to for in on with by if as at from again personally here because about so who our this "
    "that more any first either both all how what when where something anything nothing let "
    "rather find hear see received receive got know please be once out up of not never only "
    "yourself before after without until unless us cover tell right away soon then now today "
    "tomorrow today's no yes is it i we"
)
"""What follows `you` where no claim is made: modals, offers, and words after which `you` was an object."""

YOU_OBJECT = alternatives(
    "send|sends|sending|sent|give|gives|gave|giving|brings|leaves|saves|offer|offering|ship|shipping|mail|"
    "mailing|show|showing|tell|"
    "telling|ask|asking|write|writing|for|to|with|from|of|about|at|than|like|between|thank|"
    "thanking|invite|inviting|reach|reaching|bother|help|let|cost|costs|owe|owes|suit|suits|make|"
    "makes|lend|get|getting|bring|hand|wish|contact|contacting|cause|give|leave|save|teach|want|"
    "wanted|bothering|as|pay|paying|promise|guarantee|mailed|shipped|via|by|near|around|trouble|"
    "and|or"
)
"""Words after which `you` is the object of what we do."""

YOU_ARE_FREE = alternatives(
    "free|welcome|interested|curious|up for|open to|happy|not|under no|never|the judge|able|"
    "going to|in|all set|ready|sure|comfortable|tempted|keen|game|no longer|the one who decides|"
    "the only judge|okay with|ok with|willing|done|busy|away"
)
YOU_HAVE_NO = alternatives(
    "no|nothing|any|a question|questions|time|the time|to|room|not|never|a minute|the last word"
)

# --- speaking about the creator, French ------------------------------------------------------------

VOTRE_PROPRE = listed(
    "adresse adresses reponse reponses avis accord choix gout gouts guise rythme boite courrier "
    "temps porte disposition place cote part nom nez oui non retour retours question questions "
    "aise lavabo fil maison mot mots conditions maniere facon decision refus interet attention "
    "aide patience convenance disponibilite disponibilites envie envies idee ideal bon droit "
    "droits donnees tour cas mail e-mail email message telephone demande souhait souhaits "
    "preference preferences sac tiroir table etagere agenda week-end semaine journee "
    "consentement permission initiative gre liberte regard domicile"
)
VOUS_MAY = listed(
    "pouvez voulez souhaitez preferez desirez decidez choisissez devez dites faites recevez "
    "gardez restez n' ne voila voici plait convient interesse tente dit va ira irait ferait fera "
    "serait sera soyez ayez puissiez repondez essayez decouvrez refusez acceptez trouvez changez "
    "hesitez laisse demande propose envoyer offrir ecrire dire faire parler raconter montrer "
    "demander proposer joindre contacter repondre et ou mais a de en pour par sur dans avec sans "
    "si que qui ou. aussi deux seul seule meme memes-memes tient plairait"
)
TU_MAY = listed(
    "peux veux dois souhaites preferes decides choisis gardes restes dis fais recois n' ne "
    "voudrais aimerais pourrais serais aurais prefererais et ou mais essaies reponds refuses "
    "acceptes trouves changes hesites en veuille"
)
CONDITIONAL = listed(
    "voudriez aimeriez pourriez seriez auriez souhaiteriez prefereriez devriez feriez diriez "
    "prendriez accepteriez iriez choisiriez garderiez donneriez essaieriez essayeriez trouveriez "
    "viendriez verriez recevriez sauriez repondriez"
)
PRESENT_REZ = listed(
    "montrez preparez adorez tirez entrez ouvrez offrez couvrez explorez inspirez partagerez "
    "separez reparez restaurez curez admirez filtrez livrez tournez parez collaborez elaborez "
    "decorez colorez savourez celebrez cirez"
)
AVOIR_FREE = alternatives(
    "envie|rien|besoin|le temps|une question|des questions|le choix|carte blanche|raison de|le "
    "droit|droit|pas|une minute|le dernier mot|toute liberte|la moindre|un moment|d'autres"
)
ETRE_FREE = alternatives(
    "libre|libres|interesse|interessee|d'accord|partant|partante|tente|tentee|curieux|curieuse|"
    "pas|seul juge|seule juge|disponible|en droit|bien sur|toujours libre|maitre|maitresse|le "
    "seul|la seule|dispo"
)

# --- praise that is true of anybody ----------------------------------------------------------------

GENERIC_THINGS = alternatives(
    "univers|contenu|contenus|compte|profil|feed|page|travail|communaute|style|esthetique|"
    "energie|talent|passion|creativite|creations|publications|photos|videos|authenticite|"
    "sensibilite|content|work|vibe|vibes|aesthetic|profile|account|grid|posts|community|energy|"
    "creativity|photography|stories|storytelling|channel|platform|presence|personality|"
    "authenticity"
)
PRAISE = alternatives(
    "adore|adorons|aime|aimons|fan|fans|genial|geniale|geniaux|incroyable|incroyables|magnifique|"
    "magnifiques|superbe|superbes|inspirant|inspirante|inspirants|inspirantes|inspire|inspirent|"
    "inspiree|touche|touchee|conquis|conquise|seduit|seduite|sublime|sublimes|formidable|top|"
    "canon|coup de coeur|love|loved|loving|adore|enjoy|enjoyed|admire|amazing|awesome|beautiful|"
    "gorgeous|stunning|incredible|inspiring|inspired|fantastic|great|brilliant|obsessed|"
    "impressed|impressive|blown away|unique|wonderful|lovely|perfect|cool"
)
FLATTERY = alternatives(
    "big fan|huge fan|biggest fan|long-?time fan|grande? fan|fan absolue?|so inspiring|you're "
    "(?:so )?(?:amazing|awesome|inspiring|talented)|you are (?:so )?(?:amazing|awesome|inspiring|"
    "talented)|obsessed with you|coup de coeur pour (?:vous|toi)|tu es (?:incroyable|geniale?|"
    "inspirante?|au top)|vous etes (?:incroyable|geniale?|inspirante?)|keep up the (?:great|good|"
    "amazing) work|continue[zs]? comme ca|what (?:a|an) (?:amazing|beautiful|great|lovely) "
    "(?:account|page|feed|profile)|been following you|follow(?:ing)? you for (?:a while|ages|"
    "years|months)|je vous suis depuis|je te suis depuis|nous vous suivons"
)

# --- other people ----------------------------------------------------------------------------------

OTHER_PEOPLE = alternatives(
    "another (?:creator|influencer|blogger)|other (?:creators|influencers|bloggers)|(?:one|some|"
    "many|several) of (?:our|the) (?:other )?(?:creators|influencers)|fellow creators?|une? "
    "autre (?:creatrice|createur|influenceuse|influenceur)|d'autres (?:creatrices|createurs|"
    "influenceuses|influenceurs)|(?:comme|contrairement a) d'autres comptes|(?:his|her|their) "
    "(?:e-?mail|address|phone|followers|audience|rate|fee)|(?:ses|leurs) (?:abonnees|lectrices|"
    "followers)|son (?:e-?mail|adresse|telephone|"
    "audience|tarif)|ses (?:abonnes|tarifs|coordonnees)|"
    "the (?:last|previous|other) (?:creator|influencer|blogger)|(?:people|creators|others|everyone|"
    "everybody) "
    "(?:that |whom? )?(?:we|i)(?:'ve| have)? (?:also )?(?:asked|wrote to|written to|contacted|write to)|"
    "l[ae] (?:derniere?|precedente?|autre) (?:creatrice|createur|influenceuse|influenceur)|"
    "(?:gens|personnes|creatrices|createurs) (?:a qui|auxquel\\w+) (?:nous|j'|on) ?\\w*ecri\\w+|"
    "(?:wrote|written|said|sent) the same(?: thing| note| letter)? to|"
    "(?:ecrit|dit|envoye) la meme (?:chose|lettre) a|(?:on|of) our list|(?:sur|de) notre liste|"
    "(?:two|three|four|most|half|\\d+) (?:out )?of (?:\\w+ )?(?:people|creators|them)\\b[^.]{0,20} said "
    "(?:yes|no)|"
    "(?:deux|trois|quatre|\\d+) (?:personnes|createurs|creatrices) sur \\w+ (?:nous )?ont (?:\\w+ )?dit|"
    "(?:the )?others (?:have )?(?:already )?(?:answered|replied|said yes)|"
    "les autres (?:nous )?ont (?:deja |toutes |tous )?(?:repondu|dit|accepte)"
)

# --- commitments -----------------------------------------------------------------------------------

NEGATIONS = alternatives(
    "no|not|never|nothing|without|don't|doesn't|won't|isn't|aren't|nor|neither|zero|rien|pas|"
    "sans|aucun|aucune|jamais|ni|nul|nulle|non"
)
PAYMENT = alternatives(
    "we(?:'ll| will| can| would|'d)? pay|i(?:'ll| will| can| would|'d)? pay|pay(?:ing)? you|"
    "paid (?:partnership|collaboration|collab|post|campaign|gig|opportunity)|payments?|"
    r"salary|(?:your|a|the) fees?|compensat\w+|remunerat\w+|reimburs\w+|wire (?:you|transfer)|"
    r"bank transfer|paypal|venmo|cash|bonus(?:es)?|bitcoins?|crypto\w*|money(?! is on)|nous (?:vous |te "
    ")?(?:paierons|payons|paierions|reglerons|verserons|versons|remunerons|remunererons)|je "
    "(?:vous |te )?(?:paie|paierai|paye|payerai|reglerai|verserai|verse)|on (?:vous |te "
    ")?(?:paie|paye|paiera|verse|versera)|(?:vous|te) (?:payer|remunerer|regler|verser|"
    r"indemniser)|remunerat\w+|remuneree?s?|paiements?|virements?|cachets?|salaires?|"
    r"honoraires|rembours\w+|defray\w+|dedommag\w+|somme d'argent|de l'argent|primes?"
)
COMMISSIONS = alternatives(r"commission\w*")
"""Shares of sales: allowed where the offer has affiliate terms."""
DISCOUNTS = alternatives(
    r"discounts?|promo(?:tional)? codes?|codes? promo\w*|coupons?|vouchers?|reductions?|remises?|"
    "rabais|bons? d'achat|bons? de reduction|cartes? cadeaux?|gift cards?|store credits?|"
    r"avoirs?(?= de \d)|cashback|half price|moitie prix|ristournes?|affiliate|affiliation|"
    r"affilie\w*|percentage of|pourcentage (?:sur|de)"
)
BENEFITS = alternatives(
    "trips?|voyages?|iphones?|ipads?|phones?|smartphones?|laptops?|voitures?|holidays? "
    "(?:in|to)|vacances|sejours?|hotels?|tickets?|billets? (?:d'avion|de train|gratuits?|"
    "offerts?|pour)|lifetime|subscriptions?|abonnements?|"
    r"year's supply|months? of supply|prizes?|concours|giveaways?|sweepstakes|tirage|ambassad\w+|"
    "jobs?|emplois?(?! du temps)|stage remunere|internships?|bijoux|jewelry|watch(?= worth)|montres?(?= d)|"
    "free shipping|livraison offerte|livraison gratuite|frais de port offerts|free for life|"
    "gratuit a vie|early access|vip|permanent contract|cdi|cdd|shares in|equity|lottery|loterie|"
    "whole (?:range|collection)|entire (?:range|collection)|toute (?:la|notre) (?:gamme|"
    "collection)|box mensuelle|monthly box"
)
PRESENTS = alternatives("freebies?|offerte?s?|cadeaux?|gifts?|gifted|complimentary|free of charge|gratis")
"""Words for any gift: allowed where the offer holds one."""
FREEBIES = alternatives(
    "gratuit|gratuite|gratuits|gratuites|gratuitement|"
    r"free (?!to\b|of\b|from\b|time\b|will\b|rein\b|and\b|or\b|hand\b|evening|afternoon|morning|"
    r"weekend|spirit|sunday)\w+"
)
"""Words for a named gift: allowed where the sentence names the offer's."""
DEADLINES = alternatives(
    "last chance|offer ends|ends (?:today|tonight|tomorrow|soon)|expires?|today only|hurry(?: "
    "up)?|limited[- ]time|limited offer|while (?:supplies|stocks?) lasts?|asap|as soon as "
    r"possible|act (?:now|fast)|before it's too late|only (?:a few|\w+) (?:left|spots|places)|"
    "deadline|derniere chance|depechez-vous|depeche-toi|plus que quelques|temps limite|duree "
    "limitee|offre limitee|offre valable|dans la limite des stocks|au plus vite|le plus vite "
    r"possible|sans tarder|expire\w*|date limite|avant qu'il ne soit trop tard|places limitees|"
    "aujourd'hui seulement|urgent"
)
DEADLINE_LEADS = alternatives(
    "by|before|until|till|no later than|avant|d'ici|d'ici a|jusqu'au|jusqu'a|au plus tard|pour le"
)
DEADLINE_TIMES = alternatives(
    "(?:next |this |le |ce |la |cette |the end of (?:the |this )?|la fin (?:de |du )(?:la |"
    "l')?)?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|lundi|mardi|mercredi|"
    "jeudi|vendredi|samedi|dimanche|tomorrow|tonight|demain|ce soir|week|month|semaine|mois)"
)
WITHIN = alternatives("within|in the next|under|sous|dans les|d'ici")
EXCLUSIVE = alternatives(
    r"exclusiv\w+|only brand you|not work with (?:any )?(?:other|another)|work with (?:any "
    ")?competitors?|competitors?|concurrents?|concurrence|non-?compete|seule marque (?:avec|que)"
)
PROMISES = alternatives(
    r"guarantee\w*|garanti\w*|"
    r"we promise (?!not\b|never\b|that we (?:won't|will not|will never)\b|no\b)|"
    r"i promise (?!not\b|never\b|i won't\b|that i (?:won't|will not|will never)\b|no\b|"
    r"(?:that )?this (?:one|letter|note)\b)|"
    "i swear|nous (?:vous |te )?promettons(?! de ne)|"
    "je (?:vous |te )?promets(?! de ne| que (?:celui|celle|cette lettre|ce mot))|je (?:vous "
    "|te )?jure|we commit to|commit ourselves|nous nous engageons|je m'engage|legally binding|"
    "binding|money back|satisfait ou rembourse"
)
CONTRACTS = alternatives(
    r"contracts?|contrats?|contractual\w*|contractuel\w*|retainer|long[- ]term (?:deal|"
    "partnership)|partenariat (?:longue duree|a long terme)"
)
FAVORS = alternatives(
    r"(?:we'll|we will|we'd|we would|we can|we could) (?:also |gladly |even )?"
    r"(?:feature|publish|mention|name|credit|share|match|double|split|refund|reimburse|tag|promote|boost|"
    r"advertise|put your name)\b(?! (?:that|this|it) with)|"
    r"(?:a |an )?(?:second|third|further|extra|another|new) (?:parcel|package|box|kit|gift|one) "
    r"(?:for|every|each|next|on top|as well)|there(?:'ll| will) be (?:a |an )?(?:second|third|another|more)|"
    r"(?:get|receive|have|send you|sending you) (?:\w+ ){0,4}(?:every|each) "
    r"(?:week|month|quarter|season|year)|"
    r"(?:share|split|cut) of (?:the |our )?(?:profits?|sales|revenue|proceeds)|"
    r"(?:the|our) (?:profits|proceeds)|royalt\w+|"
    r"nous (?:vous |te |en |y )?(?:partager|publier|citer|mentionner|doubler|rembourser|afficher|nommer|"
    r"crediter)\w*ons|nous (?:vous |te )mettr(?:i)?ons (?:en avant|a l'honneur|a la une)|"
    r"(?:votre|ton) nom (?:figurer\w*|apparaitr\w*|sera\w*|serait) (?:sur|dans|en)|"
    r"(?:recevr\w+|aur\w+|enverr\w+|envoyons|recev\w+) (?:\w+ ){0,4}(?:chaque|tous les|toutes les) "
    r"(?:semaines?|mois|trimestres?|saisons?|ans?|annees?)|"
    r"(?:un |une )?(?:second|seconde|deuxieme|autre) (?:colis|paquet|coffret|kit|cadeau) "
    r"(?:pour|suivra|arriver\w+)|"
    r"(?:les|nos|des) benefices (?:avec|seront|pour)|part des (?:benefices|ventes)|royalties"
)
"""What a brand would do for somebody besides: fame, more parcels, a part of what it earns."""
RIGHTS = alternatives(
    "usage rights|rights (?:to|over|on)|droits? (?:d'utilisation|d'usage|a l'image|"
    r"d'exploitation|sur)|whitelist\w*|(?:re)?use your|repost|reutiliser|utilis\w+ vos|utilis\w+ "
    r"tes|exploiter vos|exploiter tes|repartager|republier|run (?:it|them|your \w+) as ads?|"
    "licen[cs]e (?:to|your)"
)
FOREVER = alternatives(
    r"(?:no|without(?: any)?) (?:time )?limit\w*|sans (?:aucune )?limit\w+|indefini\w*|indefinitely|"
    r"perpetual\w*|in perpetuity|forever|for ever|for life|a vie|illimite\w*|unlimited|perpetuite|"
    r"pour toujours|irrevocabl\w*"
)
DISCLOSURE_WAIVED = alternatives(
    "no need to (?:disclose|mention|label)|without (?:disclosing|labell?ing|mentioning (?:us|it|that))|"
    "don't (?:disclose|mention that|label)|not (?:disclose|label)|no (?:ad|disclosure) label|"
    "(?:don't|do not|needn't|won't|never) (?:need to |have to )?(?:say|mention|tag|disclose|label|indicate)"
    "[^.]{0,30} (?:ad|gift|gifted|sponsored|paid|partnership|sponsorship)|"
    "(?:pas|plus) (?:besoin|necessaire|obligatoire|utile|oblige\\w*) (?:de |d')[^.]{0,20}"
    "(?:mentionner|preciser|signaler|indiquer|declarer)|"
    "(?:not|isn't|never) (?:necessary|required|needed|obliged) to (?:disclose|mention|label|declare|say)|"
    "pas besoin de (?:mentionner|preciser|signaler)|inutile de (?:mentionner|preciser|signaler)|"
    "sans (?:mention|mentionner|preciser que|le signaler)(?! commerciale)|"
    "(?:pas|sans|inutile|rien) (?:a |de |d'|besoin de |besoin d'|avoir a )?(?:indiquer|mentionner|preciser|"
    "signaler|dire)[^.]{0,40} (?:publicite|cadeau|offert|partenariat|collaboration|envoi|sponsorise)|"
    "(?:pas|sans|inutile|rien) (?:a |de |d'|besoin de |besoin d'|avoir a )?(?:indiquer|mentionner|preciser|"
    "signaler|dire)[^.]{0,40} d'une (?:publicite|collaboration)"
)
GIVES = alternatives(
    "we(?:'ll| will| can| would|'d)?(?: like to| love to)? (?:offer|pay|give|send|ship|transfer|"
    "guarantee|promise)|i(?:'ll| will| can| would|'d)?(?: like to| love to)? (?:offer|pay|give|"
    "send|ship|transfer|guarantee|promise)|nous (?:vous |t'|te )?(?:offrons|donnons|payons|"
    "paierons|proposons|versons|verserons|promettons|garantissons)|je (?:vous |t'|te )?(?:offre|"
    "donne|paie|paierai|propose|verse|verserai|promets|garantis)|on (?:vous |t'|te )?(?:offre|"
    "donne|paie|paiera|propose|verse|versera)|our (?:offer|gift|budget)|notre (?:offre|cadeau|"
    "budget)"
)
"""Words in which we give: what such a sentence quotes counts as said by us."""

# --- addresses -------------------------------------------------------------------------------------

TLDS = tuple(
    sorted(
        phrases(
            "com|net|org|fr|io|co|uk|de|be|ch|eu|ca|es|it|pt|nl|ie|at|lu|pl|se|no|dk|fi|us|au|nz|in|cn|"
            "jp|kr|br|mx|ar|ru|su|ua|tr|gr|cz|hu|ro|bg|hr|sk|si|lt|lv|ee|ma|tn|dz|sn|ci|re|gp|mq|nc|pf|"
            "bzh|paris|corsica|alsace|shop|store|app|dev|me|info|biz|xyz|online|site|website|club|top|"
            "click|link|live|tv|cc|ws|gg|ly|to|so|ai|sh|la|li|gl|page|web|blog|cloud|art|beauty|fashion|"
            "green|bio|eco|studio|agency|media|social|email|mail|pro|name|mobi|tel|travel|vip|win|bid|"
            "loan|work|life|world|today|space|fun|icu|buzz|tk|ml|ga|cf|gq|zip|mov|country|download|"
            "science|review|stream|racing|party|trade|date|faith|men|cam|monster|rest|cyou|bar|sbs|cfd|"
            "quest|support|help|example|test|invalid|localhost|onion|edu|gov|mil|int|asia|cat|jobs|"
            "museum|africa|london|nyc|berlin|brussels|swiss|quebec"
        )
    )
)
"""Endings of domain names that mail programs turn into links, and those reserved for examples."""

STRONG_TLDS = "com|net|org|fr|io|eu|co\\.uk|biz|xyz|info|example|ru|app|dev|onion|ly|shop"
"""Endings that no sentence begins or ends with, taken even with space around the dot."""

SPELLED_TLDS = "com|net|org|fr|io|eu|uk|example|biz|xyz|ru"
"""Endings that are believed after a spelled-out dot."""

CHANNELS = alternatives(
    "dm (?:me|us)|message (?:me|us) on|(?:contacte[zr]?|rejoins|rejoignez|retrouve[zr]?|"
    "suive?[sz])-(?:moi|nous) sur|"
    "(?:on|sur) insta(?:gram)? ?(?::|at)|"
    "whatsapp|telegram|wechat|viber|skype|on signal|sur signal|discord|messenger|snapchat (?:me|"
    "us)|text me|texte-moi|call me|call us|appelle[zs]?[- ](?:moi|nous)|sms|link in (?:my|our|"
    "the) bio|lien (?:en|dans (?:ma|la|notre)) bio|(?:click|tap) (?:here|below|on)|follow (?:this|the) "
    "link|clique[zr]? (?:ici|sur)|qr[- ]?code|scan (?:this|the)|google forms?|typeform|"
    r"calendly|zoom (?:link|call)|google meet|drop ?box|wetransfer|bit\.?ly|linktr\.?ee|reply to "
    "(?:this )?(?:other )?address|write to (?:me|us) at|ecri(?:vez|s)[- ](?:moi|nous) a l'adresse"
)
DIGIT_WORDS = (
    "zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|un|deux|trois|"
    "quatre|cinq|sept|huit|neuf|dix|onze|douze|treize|"
    "quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|quatre-vingts?|cent|et"
)

# --- shape -----------------------------------------------------------------------------------------

GUILT = alternatives(
    "just circling back|circling back|just bumping|bumping this|just following up|just checking "
    "in|haven't (?:replied|heard|answered|responded)|have not (?:replied|heard|answered|"
    "responded)|didn't (?:reply|answer|respond|hear)|did not (?:reply|answer|respond)|never "
    "(?:replied|answered|heard back)|still waiting|no (?:reply|answer|response) from you|did you "
    "(?:get|see|receive|miss) my (?:last |previous )?(?:e-?mail|message|letter|note)|touching "
    "base|per my last (?:e-?mail|message)|as per my|in case you missed|top of your inbox|"
    "friendly reminder|gentle reminder|you (?:must|should) have seen|disappointed|let (?:me|us) "
    "down|me permets de (?:vous|te) relancer|nous permettons de (?:vous|te) relancer|(?:vous|te) "
    "relancer|je (?:vous|te) relance|petite? (?:relance|rappel|piqure de rappel)|"
    "(?:suis|reste|restee?|sommes|restons) sans (?:nouvelles?|reponse|retour)|(?:vous ne "
    "m'avez|tu ne m'as|vous "
    "n'avez|tu n'as) (?:pas|jamais) (?:encore )?repondu|(?:pas|jamais|toujours pas) (?:eu|recu) "
    "de (?:vos nouvelles|tes nouvelles|reponse|retour)|j'attends (?:toujours|encore)|avez-vous "
    "(?:bien )?(?:recu|vu|lu) mon|as-tu (?:bien )?(?:recu|vu|lu) mon|sauf erreur de ma part|"
    "remonter (?:ce|mon) (?:message|mail)|decue? de (?:ne pas|votre|ton)|dommage que (?:vous|tu)"
)
ASSISTANT_TALK = alternatives(
    "(?:my|mes) (?:guidelines|consignes|directives|orders are)|message systeme|system message|"
    "i was (?:told (?:not )?to|set up|configured|instructed|programmed)|j'ai ete (?:configuree?|programmee?)|"
    "on m'a (?:dit|demande|ordonne) de|mots interdits|banned words|les identifiants|the ids of|"
    "as an ai|as a language model|language model|i'm an ai|i am an ai|i cannot (?:assist|help|"
    r"comply|fulfil\w*)|i can't (?:assist|comply|"
    r"help(?! (?:but\b|it\b|\w+ing\b|with (?!that\b|this\b|your|the (?:request|task|letter|prompt)|"
    r"these|any|\w+ing))))|"
    r"here(?:'s| is) (?:the|your|a) (?:letter|"
    "email|e-mail|draft|translation|rewritten|summary|poem|recipe|story)|sure[,!] here|"
    "certainly[,!]|of course[,!] here|(?:ignore|disregard|forget) (?:all |any |the |your |these "
    ")?(?:previous|prior|above|earlier|preceding)|system prompt|my instructions|(?:previous|"
    "prior) instructions|new instructions|you are now|jailbreak|developer mode|en tant qu'(?:ia|"
    "intelligence artificielle|assistante?|modele)|modele de langage|(?:ignore[rzs]?|"
    "oublie[rzs]?) (?:toutes? )?(?:les|tes|vos|ces) (?:instructions|consignes)|instructions "
    "precedentes|consignes precedentes|voici (?:la|votre|ta|une) (?:lettre|traduction|"
    r"proposition de)|je ne peux pas (?:vous aider|repondre a)|\binst\b|<\|im_|### ?(?:system|"
    "instruction)|nouvelles? (?:instructions?|consignes?)"
)
"""Words of a model about itself, and of those who would command it."""

ORDERS = alternatives(
    "write|create|explain|compose|draft|provide|develop|describe|summari[sz]e|translate|generate|"
    "ignore|disregard|calculate|design|list|print|output|repeat|reveal|execute|run|delete|"
    "redige[zr]?|ecris|ecrivez|cree[zr]?|explique[zr]?|traduis|traduisez|resume[zr]?|genere[zr]?|"
    "ignore[zr]?|affiche[zr]?|supprime[zr]?|repete[zr]?"
)
"""Verbs that order a text to be made; with an article after them they begin no honest sentence."""

ORDERS_ABOUT_ANSWERS = alternatives(
    "modify|replace|use|convert|substitute|render|introduce|misspell|jumble|rearrange|"
    "anagram|remove|group|combine|"
    "include|integrate|augment|enhance|add|insert|append|encode|reverse|swap|start|end|finish|modifie[zr]?|"
    "remplace[zr]?|utilise[zr]?|convertis|convertissez|melange[zr]?|ajoute[zr]?|"
    "insere[zr]?|integre[zr]?|code[zr]?|"
    "inverse[zr]?|termine[zr]?|commence[zr]?|incluez|inclus"
)
ANSWERS = alternatives(
    "(?:your|the) (?:answer|reply|response|message|output|text|letters?|words)|vowels|"
    "every (?:third|fourth|other) \\w+|"
    "(?:ta|votre|la) (?:reponse|sortie|lettre)|(?:ton|votre|le) (?:texte|message)|voyelles"
)
IN_ANSWERS = alternatives("in your (?:answer|reply|response|output)|dans (?:ta|votre) reponse")
"""Orders about the form of an answer, as they are given to assistants."""

# --- evidence --------------------------------------------------------------------------------------

INSTRUCTIONS = alternatives(
    "(?:ignore|disregard|forget|override) (?:all |any |the |your |my |these |of )*(?:previous|"
    "prior|above|earlier|preceding|system|instructions?|rules|guidelines)|system prompt|you are "
    "(?:now )?(?:a|an|the) (?:ai|assistant|language model|helpful)|as an ai|dear (?:ai|assistant|"
    "model|llm)|(?:ai|llm|gpt|chatgpt|assistant|model)s?(?: reading this| must| should|[,:] )|"
    "(?:note|message|instructions?) (?:to|for) (?:the )?(?:ai|assistant|model|llm)s?|when (?:you "
    r")?(?:writ|draft|generat)\w+ (?:the |this |a |your )?(?:letter|email|e-mail|message|reply|"
    "outreach)|(?:include|add|insert|append) (?:this |the |a |my )?(?:link|url|address|sentence|"
    "following)|new instructions?|(?:ignore[rzs]?|oublie[rzs]?) (?:toutes? )?(?:les|tes|vos|ces) "
    "(?:instructions?|consignes?|regles)|(?:instructions?|consignes?) (?:precedentes?|systeme|"
    "pour l'ia)|(?:ajoute[rzs]?|insere[rzs]?|inclu[stez]+) (?:ce|le|un|mon|cette|la) (?:lien|"
    "adresse|phrase|url)|tu es (?:maintenant )?(?:une? )?(?:ia|assistante?)|a l'attention (?:de "
    r"l'ia|des ia|du modele)|<\|im_|\[/?inst\]|### ?(?:system|instruction)"
)

# --- languages and register ------------------------------------------------------------------------

FUNCTION_WORDS = {
    "fr": listed(
        "le la les un une des du de et est sont que qui dans pour avec sur pas ne vous nous je il "
        "elle on ce cette ces mon ma mes votre vos notre nos son sa ses leur au aux en par plus ou "
        "mais tout tres bien si meme cela ca tu te ton ta tes toi j' c' l' d' n' qu' s' m' t'"
    ),
    "en": listed(
        "the a an and is are was were of to in for with that this it you your we our i my he she "
        "they his her their on at by from but or not be have has had will would can could do does "
        "did if so as about there what which who how when it's i'm don't"
    ),
    "de": listed(
        "der die das und ist sind nicht ein eine einen mit fur auf dem den des zu von ich wir sie "
        "ihr ihre unser wie aber oder auch noch bei wenn dass haben hat wird werden uber zum zur"
    ),
    "es": listed(
        "el los las una y es son que en por para con no su sus nos usted tu mi se lo como mas pero "
        "muy este esta al del ha hemos gracias hola esto porque cuando"
    ),
    "it": listed(
        "il lo gli una e sono che in per con non di del della dei delle nel nella si come piu ma "
        "anche questo questa le mi ti ci ho abbiamo grazie ciao perche quando vostro tuo"
    ),
    "pt": listed(
        "o os as um uma e sao que em por para com nao do da dos das no na se como mais mas muito "
        "este esta voce obrigado obrigada ola isto porque quando seu sua nosso nossa"
    ),
    "nl": listed(
        "de het een en is zijn niet van voor met op dat die wij jij je jouw onze ons ik hij maar ook "
        "nog bij als heeft hebben wordt naar om te dit deze"
    ),
}
"""Small words by which a language shows, for one sentence at a time."""


@cache
def foreign_words(language: str) -> tuple[frozenset[str], ...]:
    """Return the small words of each other language that this one, which must be known, does not have."""
    own = FUNCTION_WORDS[language]
    return tuple(small - own for name, small in FUNCTION_WORDS.items() if name != language)


NOT_EZ_VERBS = listed("chez nez assez rez riez suez rodez fez merguez raz-de")
"""French words that end like a verb of vous and are none."""
TU_IMPERATIVES = alternatives(
    "dis-(?:moi|nous|le)|ecris-(?:moi|nous)|reponds-(?:moi|nous)|fais-(?:moi|nous)|n'hesite "
    "pas|n'oublie pas|envoie-(?:moi|nous)|essaie-l[ea]|garde-l[ea]|"
    "laisse-(?:moi|nous|l[ea])|raconte-(?:moi|nous)|montre-(?:moi|nous)|donne-(?:moi|nous)|"
    "laisse tomber|aere-l[ea]|viens me"
)
TU_ORDERS = alternatives(
    "abonne|aere|ajoute|arrete|choisis|clique|commente|decouvre|devine|dis|ecris|enregistre|envoie|essaie|"
    "essaye|"
    "fais|imagine|jette|laisse|lis|mets|oublie|pense|prends|prevois|profite|raconte|"
    "regarde|reponds|reviens|sache|sois|tague|telecharge|viens|vois"
)
"""Orders to a friend, at the beginning of a sentence, without those that are nouns as well (note, passe)."""

# --- what a law screens ----------------------------------------------------------------------------

HARMLESS_MIX = frozenset("μΩΩπ")
"""Greek letters that are signs of measure inside Latin words."""

# --- speaking about the brand ----------------------------------------------------------------------

BRAND_CLAIMS = alternatives(
    "we (?:make|sell|sew|knit|bake|brew|craft|build|design|grow|roast|produce|source|use only|"
    "dye|weave|press|donate|plant|have been|were founded|started (?:in|with|as|the|our|a)|"
    "won|employ|work with)|we're "
    "(?:a|an|the|based|certified|made|proud)|we are (?:a|an|the|based|certified|three|two|four|"
    "five)|our (?:company|products?|brand|founder|family|customers?|team|workshop|shop|factory|"
    "range|sales) (?:is|are|was|were|has|have|makes?|comes?|won)|nous (?:fabriquons|vendons|"
    "cousons|tricotons|produisons|cultivons|torrefions|tissons|teignons|brassons|sommes (?:une?|"
    "des|la|le|les|bases|situes|certifies|trois|deux|quatre|cinq)|existons|employons|reversons|"
    "plantons|avons (?:cree|fonde|gagne|remporte|lance))|nos (?:produits|clients|clientes|savons|"
    "tissus|creations|ateliers?|ventes) (?:sont|viennent|ont)|notre (?:marque|entreprise|maison|"
    "atelier|equipe|gamme|boutique|fondatrice|fondateur) (?:est|a|compte|fabrique|existe)"
)
"""Beginnings of statements of fact about the brand."""

CLAIMS_OF_WORTH = alternatives(
    r"award-winning|number one|no\. ?1|world's (?:best|first|leading)|market leader|clinically "
    r"(?:proven|tested)|dermatologist[- ]\w+|cures?|heals|doctor-recommended|certified organic|"
    "cruelty[- ]free|carbon[- ]neutral|climate[- ]neutral|biodegradable|chemical[- ]free|"
    r"primee?s? au|numero un|n° ?1|leader du|cliniquement (?:prouve|teste)\w*|dermatologiquement "
    r"\w+|guerit|guerissent|soigne(?:nt)? (?:l'|les? |la )?\w+|soulage(?:nt)?|hypoallergenique\w*|"
    r"anti-?(?:age|rides|aging|wrinkle)|eczema|psoriasis|acne|dermatite|rosacea|couperose|hypoallergenic|"
    r"(?:treats?|relieves?) (?:your |the )?(?:skin|pain|rash\w*|redness|itch\w*|anxiety|stress)|"
    r"weight loss|perdre du poids|detox\w*|"
    r"certifiee?s? (?:bio|ecocert)|neutre en carbone|sans produits? "
    "chimiques?|better than|cheaper than|moins chers? que|meilleure?s? que|unlike (?:other|most) "
    "brands"
)
"""Claims about what we sell that only a fact of the brand may carry."""

# --- terms of an offer -----------------------------------------------------------------------------

OFFER_NOUNS = listed(
    "images image photos photo pictures picture posts post work publication publications "
    "contenu contenus content travail"
)
"""What an offer's sentence may call the creator's without saying anything about it."""
OFFER_VERBS = listed("bring earn make publish apportez apportes touchez touches publiez publies choisissez")

# What a subject may say when it only points at where a letter begins
SOURCE_WORDS = (
    "présentation bio profil publication publications billet vidéo légende article post "
    "page mots quelques ligne "
    "lignes lus lecture après avoir dit dites suite propos détail chose retour pour vous message signé "
    "profile video caption words line lines read reading something said say says after "
    "about your you what note"
)

ADDITIONS = alternatives(
    "also|as well|too|on top|in addition|extra|throw in|aussi|egalement|en plus|en prime|avec"
)
"""Words that promise one thing more than the offer."""
GIVING = alternatives(
    "(?:we|i)(?:'ll|'d| will| would| can| could)?(?: also)?(?: like to| love to)?(?: "
    "also)? (?:send|ship|mail|give|add|"
    "include|throw in|offer)(?: you)?|you(?:'ll|'d| will| would)(?: also)? (?:get|receive)|"
    "(?:je|nous|on) (?:vous |t'|te )?(?:envoie|envoyons|offre|offrons|donne|donnons|"
    "ajoute|ajouterons|glisse|glisserons|joins|"
    "joindrons|enverrai|enverrons)|(?:vous|tu) (?:recevrez|recevras|aurez|auras|recevriez|recevrais)"
)
NEUTRAL_GIFTS = listed(
    "one it word words line note message letter parcel box package kit call hand look "
    "moment idea details detail try chance answer "
    "address label time mot lettre message carton colis paquet boite adresse reponse "
    "moment idee temps exemplaire un une en choix copy "
    "sample echantillon photo photos picture pictures hint thought break good-luck lift sense reason mention"
)
"""What may be sent or given without being a gift."""
