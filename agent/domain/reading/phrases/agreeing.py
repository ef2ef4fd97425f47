"""How people say yes, or warmly nothing."""

from agent.domain.reading.phrases.words import any_of

YES = any_of(
    r"^[^\w\n]*(?:(?:hi|hello|hey|bonjour|bonsoir|salut|coucou|hello)\b[^.!,\n]{0,25}[.!,\n]*\s*)?(?:oh "
    r"|ah |well |mais |omg )?(?:yes|yess+|yep|yeah|yup|yas+|sure|absolutely|definitely|alright|of course"
    r"|certainly|gladly|oui|ouiii*|wi|absolument|ouais|carrement|grave|evidemment|bien sur|volontiers"
    r"|avec (?:grand |un grand )?plaisir|d'accord|ok|okay|deal|go|banco|top|super|parfait|let's go"
    r"|with pleasure)\b(?! (?:i (?:got|received|saw|read)|noted?\b|c'est note|j'ai (?:bien )?(?:recu|vu"
    r"|lu)|but|mais"
    r"|merci pour))",
    r"\b(?:i'?m|i am|we'?re|count me|sign me) (?:so |very |totally |definitely |really |absolutely "
    r"|super )*(?:in|up|down|interested|keen|game|on board)\b|\bi(?:'d| would|'ll"
    r"| will) (?:absolutely |really |totally |be )?(?:love|like|happy|be happy|be glad|be delighted"
    r"|be thrilled|be honou?red|be down|glad|delighted|thrilled|honou?red|accept|take it"
    r"|be interested)\b|\blet'?s (?:do|go|make|collab|work)\b|\bhappy to (?:\w+ )?(?:collab|work|join"
    r"|try|help|be|take|do|partner|accept|chat|talk|hear)\w*|\bsounds (?:like a plan|good to me|perfect)\b"
    r"|\binterested in (?:working|collab|this|your|learning|the|partner)",
    r"(?:^|[.!,;\n]) ?(?:donc |alors |bon |but |so |mais )?(?:oui+|yes)\b(?! (?:i (?:got|received|saw"
    r"|read)|j'ai (?:bien )?(?:recu|vu|lu)|but|mais|merci pour|noted?\b|c'est note|(?:bien )?recu))",
    r"\bcount me in\b|\bi want in\b|\bi accept\b|\bsign me up\b|\bwould love\b|\bi'?m all (?:in|for it)\b"
    r"|\bwhere do i sign\b|\bsend it over\b|\byes please\b|\bhell yes\b|\bdeal\b[.! ]*$"
    r"|\bwith pleasure\b|\bworks for me\b|\bavec joie\b|\bferai[ts]? (?:\w+ )?plaisir\b|\binterested!"
    r"|\bvery interested\b|\bdefinitely interested\b",
    r"\bavec (?:grand |un grand |un immense |le plus grand )?plaisir\b|\bvolontiers\b|\b(?:je suis"
    r"|suis|chui|serais?|jsuis|chuis) (?:\w+ )?(?:partante?|interes\w+|chaude?|ravie?|ok|d'accord"
    r"|dispo\w*|tentee?|preneuse|preneur|partente|motivee?)\b|\b(?:ca|cela|votre \w+|ta \w+|ton \w+"
    r"|la \w+) (?:m'|me |m )(?:interess?e\w*|tente\w*|plait|plairait|botte\w*|parle)\b(?! (?:pas|pa"
    r"|plus))",
    r"\b(?:ok|d'accord|partante?|bon|go|nickel|parfait|c'est (?:ok|bon)) pour (?:moi|une? collab"
    r"|tester|la collab|cette|le partenariat|un)\b|\bca marche\b|\bje (?:dis oui|valide|prends|fonce"
    r"|signe|veux bien|serais? ravie?|suis des votres|accepte)\b|\bcarrement\b|\bpreneuse\b"
    r"|\bbien sur que oui\b|\bj'(?:accepte|adorerais)\b|\bc'est (?:un )?(?:grand )?oui\b|\bon y va\b"
    r"|\bm'?interess?e? (?:beaucoup|grave|bcp|bien|enormement|fortement|!)|\btres interes\w+"
    r"|\binteresse[e]?(?: !|!| \W|$)|\bpas de refus\b|\bdis pas non\b",
    r"(?:^[^\w\n]*|[.!,;:\n(] ?|\b(?:bon|bah|alors|wsh|wesh|franchement|eh ben|allez|aller|mais|et|so|well"
    r"|then"
    r"|honestly|ok|totally|super|trop|grave) )"
    r"(?:oui+|ouais+|ui+|partante?s?|banco|vendu|adjuge|valide|go|grave|chaude?|yes+|yeah|yep|sure|sold"
    r"|bet|say less|deal|let'?s g+o+|lfg|hell yeah|absolutely|100 ?%)"
    r"\b(?! (?:mais|but|pas|merci pour|i (?:got|received|saw|read)|(?:bien )?recu|no\b|non\b|not\b"
    r"|pour rien))(?!'| de )",
    r"\b(?:ok|oki|c'est (?:ok|bon|good|valide)|ca (?:me )?(?:va|convient|roule|botte|branche)|nickel"
    r"|parfait|top)"
    r" (?:de mon cote|pour nous|avec (?:ca|plaisir)|!|on (?:fait|part|y va)|je (?:prends|signe|suis))",
    r"\b(?:je|j'|on|jvais|je vais) ?(?:tente(?:r|rai)?|essaie(?:rai)?|teste(?:r|rai)?)(?: (?:le coup"
    r"|l'experience|l'aventure|volontiers|avec|votre|vos|ca|bien))\b"
    r"|\b(?:j'attends|hate de recevoir|impatiente? de (?:recevoir|tester|decouvrir)|en attente d[ue]) ?"
    r"(?:le |mon |votre |la )?(?:colis|produits?|paquet|suite|tester)?\b"
    r"|\bvous m'avez (?:eue?|convaincue?|vendu)\b|\btu m'as (?:eue?|convaincue?)\b|\b(?:je |on )signe "
    r"(?:ou|tout de suite)\b|\bc'est parti\b|\bon (?:fait|se lance|lance) (?:ca"
    r"|comme ca)?\b",
    r"\b(?:serai[st]?|suis|sommes|serions) (?:tres |trop |super |vraiment |sincerement |absolument )?"
    r"(?:heureu(?:x|se)s?|ravie?s?|enchantee?s?|honoree?s?|contente?s?|enthousiastes?|emballee?s?"
    r"|partante?s?)"
    r"(?! (?:de (?:votre (?:message|mail)|vous lire|t'entendre|lire|savoir)|mais|que vous ayez))\b"
    r"|\bce serait (?:un honneur|un plaisir|genial|top|avec plaisir|super)\b",
    r"\benvoye[zr](?:[- ]moi)?(?: (?:tout|le colis|les (?:infos|produits|details)|ca|un colis|la suite"
    r"|un mail))*\s*(?:$|[.!])|\b(?:mon adresse|my address|ship (?:it )?to|send (?:it )?to)(?: (?:postale"
    r"|de livraison"
    r"|is|est|c'est))* ?:? ?\d",
    r"\b(?:compte[zr]?|compter|count) (?:sur|on) (?:moi|nous|me|us)\b|\b(?:up|down|game|in) for \w+ing\b"
    r"|\b(?:tell me|so|ok|okay|great)?,? ?what(?:'s| is) next\b|\blet'?s make (?:it|this)\b|\bj'en suis\b"
    r"|\bje marche\b"
    r"|\bthe answer is yes\b|\bmille fois oui\b|\bje suis (?:carrement |trop )?dedans\b",
    r"\bon (?:tente|essaie|teste)\b ?(?:$|[!.,])",
    r"\byou (?:convinced me|had me at|got me|sold me)\b|\bsend (?:it|them|me) (?:over|the (?:deets|details"
    r"|stuff|box|link)|whenever|my way)\b|\b(?:when|where|how) (?:can|do) (?:we|i) (?:start|begin|sign"
    r"|get started)\b"
    r"|\bup for (?:it|this|that)\b|\b(?:give (?:it|this) a (?:try|go|shot))\b|\bi(?:'d| would| will|'ll) "
    r"(?:be )?(?:honou?red|thrilled|stoked|psyched|so down|game|happy|delighted)\b|\btake my money\b"
    r"|\bmade my day[^\n]{0,40}\b(?:in|for it|yes)\b",
)

WARM = any_of(
    r"\bsounds (?:\w+ )?(?:interesting|great|good|fun|amazing|awesome|lovely|cool|exciting|nice)\b"
    r"|\b(?:love|like|adore|obsessed with) (?:the|this|your|that) (?:\w+ )?(?:idea|brand|product\w*"
    r"|project|concept|values|mission)\b|\bwhy not\b|\b(?:can't|cannot) wait\b|\bwouldn'?t say no\b"
    r"|\b(?:can'?t|couldn'?t|never) say no\b|\bexcited\b|\bkeen\b|\bopen to\b|\bcurious\b|\binterested\b",
    r"\bpourquoi pas\b|\bpq pas\b|\bpk pas\b|\bj'(?:aime|adore) (?:beaucoup |bien |trop )?(?:l'idee"
    r"|votre|vos|la|le|ton|ta|tes|les|ce)\b|\b(?:idee|proposition|projet"
    r"|offre) (?:\w+ ){0,2}(?:interessante?|seduisante?|top|geniale?|sympa|super)\b|\btrop (?:bien"
    r"|cool|chouette|contente?|stylee?)\b|\bj'ai hate\b|\b(?:ca a l'air|ca semble"
    r"|c'est) (?:\w+ )?(?:top|super|genial|cool|sympa|chouette|interessant)\b|\bpas contre\b"
    r"|\binteres\w+\b|\bdis pas non\b|\bpas de refus\b",
    r"\b(?:love|adore|like) (?:this|it|ca)\b|\blet'?s (?:talk|chat|discuss|hop on)\b|\b(?:on en"
    r"|parlons)[- ](?:parle|en|discute)\b",
    "[\U0001f44d\U0001f64c\U0001f60d\U0001f929\u2705\U0001f970\U0001f525\U0001f64b\u2764]",
)

GREETING = any_of(
    r"^[^\w\n]*(?:(?:re ?: ?)?(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|bonjour|bonsoir|salut"
    r"|coucou|chere?|madame|monsieur)\b(?: (?:there|all|[a-z'-]{2,15}|madame|monsieur|the \w+ team"
    r"|l'equipe)){0,4})\s*(?:[,.!]+|\n|$)"
)

WHAT_IF = any_of(r"\b(?:et|mais|and|but|what) (?:si|s'|if)\b[^.!?\n]*\?")
