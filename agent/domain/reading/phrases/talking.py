"""How people answer for somebody, bargain and ask."""

from agent.domain.reading.phrases.words import any_of

MANAGER = any_of(
    r"\b(?:my|our|her|his|their) (?:\w+ )?(?:manager|management|agent|agency|agencies|talent agency"
    r"|assistant|rep|representative|publicist|team)\b(?=[^.!?\n]{0,90}(?:handle|deal|manage|take care"
    r"|contact|reach|cc|copied|email|e-mail|write|speak|talk|@|look after|respon|in charge|will"
    r"|details|get in touch|adding|loop))",
    r"\b(?:contact|email|e-mail|write (?:to )?|reach(?: out to)?|speak (?:to|with)|talk (?:to|with)"
    r"|cc(?:'?ing|'d|ed)?|copying|looping in|adding|ask|via|through"
    r"|forward\w* (?:this )?to) my (?:\w+ )?(?:manager|management|agent|agency|assistant|rep\b|team)",
    r"\b(?:handled|managed|represented|looked after) by\b|\bi(?:'m| am) (?:\w+ ){0,3}(?:manager|agent"
    r"|assistant|representative|rep) (?:of|for)\b|\bi(?:'m| am) \w+'s (?:\w+ )?(?:manager|agent"
    r"|assistant)\b|\b(?:i|we) (?:represent|manage|look after) \w+|\bon behalf of\b"
    r"|\bon \w+'s behalf\b",
    r"\b(?:mon|ma|notre|son|sa) (?:\w+ )?(?:manager\w*|manageu\w*|agent\w*|agence|impresario"
    r"|assistante?|equipe)\b(?=[^.!?\n]{0,90}(?:gere|occup|contact|ecri|adress|vo[iy]|copie|charge|@"
    r"|mail|joindre|joign|passe|repon|relation|redirig|transm|revien|mets|va |prend))",
    r"\b(?:contact\w*|voi[rs]|voye[zr]|ecri\w*|adresse[zr]?\w*|parle[zr]"
    r"|passe[zr]) (?:\w+ ){0,3}(?:avec |a |par |directement )?(?:mon|ma) (?:manager\w*|manageu\w*"
    r"|agent\w*|agence|assistante?)",
    r"\b(?:c'est|en copie|je (?:vous )?mets?|je transmets a) (?:en copie |en contact avec "
    r"|en relation avec )?(?:mon|ma) (?:manager\w*|manageu\w*|agent\w*|agence|assistante?)"
    r"|\bje (?:suis|m'appelle \w+,? je suis) (?:l'agente?|la manageu?re?\w*|le manager|la manager"
    r"|l'assistante?|l'agence)\b|\bje (?:represente|manage|m'occupe (?:de|des)(?: \w+){0,3} (?:collab"
    r"|partenariat|relation|demande))\w*|\bje gere les (?:\w+ )?(?:collab|partenariat|demande)\w*"
    r"|\bau nom de \w+|\brepresentee? par\b",
    r"\b[a-z]+(?:'s|s') (?:\w+ )?(?:manager|agent|assistant|publicist|talent manager|mum and manager"
    r"|husband|wife|team)\b(?=[^.!?\n]{0,20}(?:here|speaking|,|\.|and|replying))"
    r"|\b(?:the )?(?:manager|agent|assistant|publicist) (?:of|for) [a-z]+\b",
    r"\b(?:i|we) (?:\w+ )?(?:handle|manage|run|look after|take care of|oversee|deal with) (?:\w+'s?|all"
    r"|the|her|his|their)\b[^.!?\n]{0,40}"
    r"\b(?:deals?|partnerships?|collab\w*|inquir\w*|enquir\w*|inbox|e-?mails?|bookings?|campaigns?"
    r"|account|business|brand\w*|sponsor\w*)\b",
    r"\b(?:i'?m|i am|she'?s|he'?s|they'?re|we'?re|now|is) (?:\w+ )?(?:repped|represented|managed|signed"
    r"|looked after) (?:by|with|to|at)\b|\brepped by\b"
    r"|\b(?:manager|management|agent|agency|agence|manageuse|mgmt)\s*[:=]\s*\S+@|\bspeak to my people\b"
    r"|\bmy (?:agency|management|agent|manager)\b[^.!?\n]{0,60}@",
    r"\bje (?:gere|manage|represente|coordonne|m'occupe|suis en charge)\b(?: (?:de|des|les|du|la|le"
    r"|l'ensemble des|tous les|toutes les|d'))*"
    r" (?:\w+ )?(?:partenaria\w*|collab\w*|communication|comm?\b|carriere|affaires|reseaux|demandes"
    r"|relations|contenus|image|compte|campagnes|projets"
    r"|business|sollicitations|mails)\b"
    r"|\b(?:je suis|c'est|ici) (?:\w+ ?, ?)?(?:le |la |l')?(?:manag\w+|agente?|assistante?"
    r"|attachee? de presse|compagnon|mari) (?:de |d')"
    r"|\b(?:manag\w+|agente?|assistante?) de [a-z]+\b",
    r"\b(?:voi[rst]|voye[zr]|parle[zr]?|adresse[zr]?|contact\w*|passe[zr]?|ecri\w*"
    r"|demande[zr]?)[^.!?\n]{0,30}\b(?:mon|ma|notre) (?:manag\w+|agente?|agence|assistante?|equipe"
    r"|attachee?)\b"
    r"|\b(?:agence|agent|manag\w+)\b[^.!?\n]{0,60}\S+@\S+",
    r"\b(?:je suis|c'est|i'?m|i am) (?:sa|son|leur|her|his|their) (?:\w+ )?(?:manag\w+|agente?|agence"
    r"|assistante?|agent|assistant|rep|publicist)\b",
)

NEGOTIATES = any_of(
    r"\b(?:my|our|your|a|the|flat|usual|standard|day) (?:\w+ )?(?:rates?|fees?|budget|prices?|pricing"
    r"|quote|rate ?card)\b|\b(?:rates?|fees?) (?:start|begin|are|is|for)\b|\brate ?card\b"
    r"|\bmedia ?kit\b",
    r"\b(?:paid|unpaid|pay|pays|paying|payment|compensat\w*|remunerat\w*|monetary|usage rights"
    r"|exclusivity|commission)\b(?! attention| the price| partnership label| off)",
    r"\b(?:at least|minimum(?: de)?|au moins|i need) \d{2,}\b(?! ?(?:days|jours|posts|stories"
    r"|followers|abonnes))|\bi (?:usually |normally |typically |generally )?(?:charge|ask for"
    r"|get)\b(?=[^.!?\n]{0,25}(?:\d|\$|€|£|\bper\b|\bfor\b))|\bwhat(?:'s| is) (?:your|the) budget\b"
    r"|\bhow much\b|\bfor free\b|\bwork for free\b|\b(?:is|are) there (?:a|any) (?:budget|fee|pay\w*"
    r"|compensation)\b|\bin exchange for \d",
    r"(?:\$|€|£) ?\d|\b\d+ ?(?:\$|€|£|euros?\b|eur\b|dollars?\b|usd\b|balles\b|ht\b|k\b(?= (?:the|le"
    r"|per|par|pour)))",
    r"\b(?:mes|mon|vos|votre|nos|notre|tes|ton|quel|quels|un|des|le|la|les|de|en"
    r"|avec) (?:\w+ )?(?:tarifs?|budget|remuneration|cachet|forfait|devis|facturation|retribution"
    r"|prix (?:pour|par|de (?:mes|ma|la prestation)))\b|\btarifs?\b|\bgrille tarifaire\b|\bkit media\b"
    r"|\bremuner\w*\b",
    r"\b(?:c'est|ce serait|est-ce|seulement|partenariat|collab\w*|uniquement|contenu) (?:que c'est "
    r"|une? )?(?:\w+ )?(?:paye\w*|remuner\w*|retribu\w*)\b|\bje (?:demande|facture|prends"
    r"|fais payer)\b(?=[^.!?\n]{0,25}(?:\d|€))|\bcombien\b(?! de (?:temps|jours|semaines|stories|posts"
    r"|reels|personnes|fois))(?=[^.!?\n]{0,40}(?:pay|propos|budget"
    r"|rapport|gagn|post|reel|story|collab|toucher|€|vous|tu))|\bcommission\b|\bgratuitement\b"
    r"|\bdroits d'(?:image|utilisation|exploitation)\b(?=[^\n]{0,60}(?:\d|trop|suppl|en plus|factur|limit"
    r"|ne |pas))",
    r"\b(?:go|come|bump|raise|stretch|push|meet) (?:it )?(?:up )?(?:to|at) (?:[$€£] ?)?\d|\bcan you (?:do"
    r"|go|make it|offer|pay|match|up it|add|throw in)\b"
    r"|\bcould you (?:do|go|make it|offer|pay|match|add|throw in|increase|raise|stretch)\b|\bmeet (?:me )?"
    r"(?:in the middle|halfway)\b"
    r"|\b(?:bit|too|little|very|really|super|pretty) (?:low|short|little|cheap|tight|much to ask"
    r"|many deliverables|many posts)\b|\bcounter ?-?(?:offer|proposal)\b",
    r"\b(?:only|but only) if\b|\b(?:otherwise|except for|apart from) (?:that|the)?\b|\bunless (?:there'?s"
    r"|you)\b|\bon (?:the |one )?condition\b|\bas long as\b"
    r"|\bprovided (?:that|you)\b|\bmax(?:imum)?\b(?=[^\n]{0,40}(?:otherwise|rights|usage|posts?|months?))"
    r"|\binstead of (?:\d|a|two|three|one)\b|\b(?:one|two|a) \w+,? not (?:\d|two|three|four)\b"
    r"|\byes to [^.!?\n]{2,40} no to\b|\b(?:usage|exclusivity|whitelisting|rights)\b(?=[^.!?\n]{0,50}"
    r"(?:too|extra|fee|not|no\b|only|less|shorter|max))",
    r"\b(?:si|seulement si|que si|sauf si) (?:vous|tu|on|c'est) (?:(?:pouvez|peux|peut|me) )?(?:mont\w*"
    r"|augment\w*|ajout\w*|pay\w*|pass\w* a|descend\w*|rallong\w*|remuner\w*|propos\w*|me pay\w*"
    r"|paye\w*)\b"
    r"|\b(?:vous|tu) (?:pouvez|pourriez|peux|pourrais) (?:\w+ )?(?:faire|monter|aller jusqu|passer|mettre"
    r"|proposer|rajouter|ajouter|augmenter) (?:(?:a|en|un|jusqu'a|plus|le|la|les|de)\b ?)*\d"
    r"|\bfaire un (?:effort|geste)\b|\brallonge[rz]?\b|\bcontre[- ]?(?:proposition|offre)\b|\bje (?:peux"
    r"|pourrais) (?:vous |te )?proposer\b",
    r"\b(?:trop|vraiment|un peu|assez|tres|bien) (?:peu|bas|basse|faible|long|longue|juste|leger|legere"
    r"|court|courte|cher|contraignant)\b"
    r"|\b(?:mais|par contre|sauf|a condition|sous reserve|en revanche)(?: \w+){0,3}? (?:pas (?:deux|trois"
    r"|quatre|\d)|que \d|que (?:deux|une|un)|seulement \w+|de \d)\b"
    r"|\ba (?:ce|cette) (?:prix|tarif)[- ]?(?:la)?\b|\bplutot (?:\d|une?|deux) (?:\w+ )?que\b"
    r"|\bau lieu de (?:\d|deux|trois|une?)\b|\bcombien (?:vous|tu) (?:pay|propos|donn|mett)\w*",
    r"\b(?:what|how) about (?:[$€£] ?)?\d{2,}\b|\b(?:say|make it|disons|mettons|et si on disait|allez) "
    r"(?:[$€£] ?)?\d{2,}\b|\bwiggle room\b|\b(?:less|lower|more|below|under) than (?:i|my|what i) "
    r"(?:usually|normally|typically|usual)\b"
    r"|\b(?:need|want|expect|ask(?:ing)? for) (?:something|more|extra|a bit more|a little more|a fee)\b"
    r"|\bi can do (?:one|a|the|1|2|two|\w+) [^.!?\n]{0,30}\bbut not\b|\bfor that (?:amount|price|money"
    r"|budget)\b"
    r"|\b(?:flexible|negotiable|negotiate|nego\w*|marge de (?:manoeuvre|negociation))\b",
    r"\b(?:ajouter|rajouter|mettre|envoyer|avoir|offrir|add|throw in|include|send|get) (?:\w+ ){0,2}?(?:un"
    r"|une|a|an)? ?(?:deuxieme|second|2e|2eme|autre|another|extra|supplementaire|more)\b(?=[^.!?\n]{0,40}"
    r"(?:produit|product|code|colis|piece|item|one|lot))"
    r"|\b\d+ ?(?:balles|euros?|eur|e|€|\$) (?:\w+ ){0,3}?(?:je (?:fais|peux)|i (?:can|could|do))\b"
    r"|\bje fais une? \w+,? pas (?:un|une|le|la|de)\b|\breste a voir le\b",
    r"\b(?:payee?s?|paid|remuneree?s?|argent|money|cash)\b[^.!?\n]{0,30}\b(?:plutot que|rather than"
    r"|instead of|au lieu)\b"
    r"|\b(?:is|are|c'est|sounds) (?:way |a bit |un peu )?(?:too (?:much|many)"
    r"|trop)\b[^.!?\n]{0,30}\b(?:could|can|peux|pourrais"
    r"|ferais)\b",
    r"\b(?:do|make|accept|fais|ferai|faire|accepte) (?:\w+ ){0,3}(?:for|at|pour|contre"
    r"|a) (?:[$€£] ?)?\d{2,4}\b"
    r"(?! ?(?:days|jours|posts|h|heures|stories|followers|abonnes|personnes|people|ans))",
    r"\b(?:won'?t|doesn'?t|does not|wouldn'?t) (?:\w+ )?cover\b|(?:^|[.!,;] ?)(?:[$€£] ?)?\d{2,4} ?"
    r"(?:[$€£]|euros?|eur)? ?\?",
    r"\b(?:on peut|pouvons|peut-on|happy to|open to|we can|let'?s) (?:en )?(?:discuter|negocier|discuss"
    r"|negotiate)\b",
)

INTERROGATIVE = any_of(
    r"\b(?:what|when|where|who|which|how|why|could|can|would|will|do|does|did|is|are|any|may|should"
    r"|have|has)\b",
    r"\b(?:quoi|quel\w*|quand|ou|qui|comment|combien|pourquoi|est-ce|es-ce|esk|pouvez|pourriez|peux"
    r"|peut|auriez|avez|as|y a|faut|dois|doit|serait|sera|sont|est|c'est|sagit|livre\w*|lesquel\w*"
    r"|laquelle|possible|c koi|koi|kel)\b|-(?:vous|tu|il|elle|on|ce)\b",
)

RHETORICAL = any_of(
    r"^[^\w\n]*(?:(?:why not|pourquoi pas)\W*$|how are you|how's it going|comment allez[- ]vous|comment "
    r"(?:ca va"
    r"|vas[- ]tu)|ca va|vous allez bien|tu vas bien|what'?s not to love|et vous|and you)\b"
)

ASKS = any_of(
    r"^[^\w\n]*(?:what|which|who|when|where|how|quel\w*|comment|combien|quand|qui) (?!about that|a |que "
    r"|ever)\w+",
    r"\b(?:could|can|would) you (?:please |pls )?(?:tell|send|share|explain|clarify|give|let me know)"
    r"|\bi(?:'d| would) (?:like|love) to know\b|\bi was wondering\b|\bplease (?:tell|send|share)\b"
    r"|\b(?:tell|send) me more\b|\bmore (?:info\w*|details)\b|\blet me know (?:what|how|when|if|which"
    r"|more)\b",
    r"\b(?:pouvez|pourriez|peux|pourrais)[- ](?:vous|tu)? ?(?:m'|me )|\bje (?:voudrais|voulais"
    r"|souhaite(?:rais)?|veux|aimerais) (?:bien )?(?:savoir|en savoir|plus d|avoir)|\ben savoir plus\b"
    r"|\bplus d'(?:info\w*|details)\b|\bdites[- ]m'?(?:en|oi)\b|\bdis[- ]m'en\b|\b(?:est-ce|esk"
    r"|es-ce) qu|\bc'est quoi\b|\bc koi\b|\bprecis(?:er|ions)\b",
    r"^[^\w\n]*(?:(?:hi|hello|hey|hiya|quick q\w*|just wondering|bonjour|salut|slt|bjr"
    r"|coucou)\b[^\n,:;!.]{0,15}[,:;!.]?\s*)?(?:are|is|do|does|did|can|could|would|will|have|has|should)"
    r" (?:you|it|this|there|i|we|the|they|your|that|u|anyone|these)\b",
    r"\b(?:j'aimerais|je voudrais|j'aurais (?:aime|voulu)|je me demandais?|dites[- ]moi|dis[- ]moi"
    r"|je souhaiterais|curieu(?:x|se) de) (?:\w+ ){0,2}?(?:savoir|connaitre|comprendre|si|comment|ce que"
    r"|quel\w*|ou|quand)\b|\bavant (?:de (?:vous |te )?(?:repondre|donner (?:ma|une) reponse|me decider|"
    r"dire oui|decider"
    r"|m'engager|valider|signer)|d'accepter|que (?:je|j') ?(?:vous |te )?(?:dise oui|accepte|reponde|"
    r"signe))\b"
    r"|\bbefore (?:i )?(?:say(?:ing)? yes|agree(?:ing)?|accept(?:ing)?|commit(?:ting)?|sign(?:ing)?)\b",
    r"(?:^|[,.!\n] ?)(?:y a|ya|il y a|faut|ca|c|c'est|vous|tu|on|jdois|je dois) [^.!?\n]{0,60}\bou (?:j"
    r"|je|c'est|pas|juste|bien|on|il|faut|ca|vous|non)\w*\b",
    r"\b(?:what|how|when|where|which|who|whether) (?:exactly )?(?:would|do|does|is|are|should|will|can) "
    r"(?:i|you|it|the|we|your|that|they)\b|\bany (?:idea|chance|info\w*) (?:\w+ )?(?:what|how|when|if|on"
    r"|about)\b"
    r"|\b(?:curious|wondering|not sure) (?:about|what|how|if|whether|when|which)\b",
    r"\b(?:je peux|je pourrais|jpeux|puis-je|on peut|can i|could i|may i|am i) [^.!?\n]{2,70}(?:\bou (?:c"
    r"|c'est|pas|non|bien|il|ca|alors)\b|\bor (?:is|do|not|no)\b|\?|$)",
    r"\bc'est (?:\w+ )?(?:quel\w*|quand|ou|combien|comment|pour qui)\b|\b(?:pour|a|de|sur|dans) quel"
    r"(?:le)?s? \w+",
)
