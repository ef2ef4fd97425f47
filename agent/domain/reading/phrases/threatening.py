"""How people who have had enough say so: threats, blocking, insults, last warnings."""

from agent.domain.reading.phrases.words import any_of

_LEGAL = (
    r"\b(?:(?:my|our) (?:lawyers?|attorney|solicitors?)|legal (?:action|team|counsel|proceedings|steps)"
    r"|take (?:this|it|you) to court|the authorities|the ftc|the ico|data protection (?:authority|officer)"
    r"|(?:mon|notre|nos) avocate?s?|huissier|mise en demeure|des poursuites|tribunal|en justice|dgccrf"
    r"|bloctel|signal[- ]?spam)\b"
)
_OR_ELSE = (
    r"\b(?:if|unless|again|one more|another (?:mail|message|e-?mail)|next (?:mail|message|e-?mail|time)"
    r"|hear(?:ing)? from|sue|report\w*|complain\w*|si vous|si tu|sinon|prochaine? (?:mail|message|fois)"
    r"|encore un|recidiv\w*|signal\w*|plainte|reserve le droit)\b"
)

HAS_ENOUGH = any_of(
    rf"{_LEGAL}[^\n]{{0,90}}{_OR_ELSE}",
    rf"{_OR_ELSE}[^\n]{{0,90}}{_LEGAL}",
    r"\bsue (?:you|your)\b|\btake legal action\b|\bformal (?:notice|complaint)\b",
    r"\b(?:saisi\w*|alert\w*|previen\w*|informe\w*|contacte\w*|signal\w*|plainte)\b[^.!?\n]{0,30}\bcnil\b"
    r"|\bcnil\b[^.!?\n]{0,30}\b(?:saisi\w*|alert\w*|signal\w*|plainte|dossier|reclamation)\b",
    r"^[^\w\n]*(?:bloquee?s?|blocked|reported|signalee?s?|blacklistee?d?s?)\b(?! (?:dans|a|au|chez|sur|en"
    r"|par|jusqu|by|on|at|until|off|for))",
    r"\b(?:bloque\w*|blocked|signale\w*|reported|marked|flagged)(?: \w+){0,3} (?:et|and|as|comme"
    r"|en) (?:\w+ )?(?:spams?|junk|indesirables?|signale\w*|reported|bloque\w*|blocked|abuse)\b",
    r"\b(?:finira|finiront|ira|iront|je (?:vous |te |les )?(?:mets|classe)|vais (?:vous |les )?mettre"
    r"|(?:i'?m|i am|i'll|i will) (?:add|put|send|mark|mov)\w*) (?:\w+ ){0,3}(?:en|aux?|les|mes|to|in"
    r"|into) (?:my |the |les |mes )?(?:spams?|junk|trash|indesirables?|corbeille|poubelle|block ?list)\b",
    r"\b(?:cut it out|knock it off|give it a rest|enough already|pack it in)\b|\b(?:pas|plus|aucun\w*|ni"
    r"|stop) (?:de |aux? |a la )?sollicitations?\b",
    r"\bta gueule\b|\bfermez[- ]la\b|\bcasse[zs]?[- ](?:toi|vous)\b|\bcass\w+ les (?:pieds|couilles"
    r"|bonbons)\b|\bfai(?:s|tes|t)(?:es)? chier\b|\b(?:bugger|sod|buzz|back|eff|naff) off\b(?! (?:to|with"
    r"|from))|\bshut up\b|\bget (?:a life|bent|stuffed)\b|\bscrew you\b|\bfuck (?:you|u|this|that)\b"
    r"|\b(?:du balai|ouste)\b",
    r"\b(?:you(?:'ve| have|'re| are)|vous (?:etes|avez ete)|t'es|tu es) (?:\w+ )?(?:blocked|bloque\w*"
    r"|blacklist\w*|banned|bannie?s?)\b",
    # asked before, and asked again
    r"\b(?:i(?:'ve| have)?|j'ai) (?:already |deja |bien )?(?:asked|told you|said (?:no|stop)|dit (?:non"
    r"|stop)|demande)(?: (?:you|this|it|no|non|stop|that|de))* (?:twice|already|before|\w+ times"
    r"|repeatedly|deja|\w+ fois)\b|\bwhat part of (?:no|stop|my)\b"
    r"|\bqu'est-ce que vous (?:ne )?comprenez pas\b|\bcommence a (?:bien faire|faire beaucoup)\b|\b(?:can"
    r"|could|would) (?:you|u|y'all) (?:guys |please |people |all |just )?not\s*[?.!]",
    r"\b(?:this is|c'est|ca fait|voila|deja) (?:the|your|le|la|votre|ton)? ?(?:third|fourth|fifth|sixth"
    r"|3rd|4th|5th|3e|4e|5e|3eme|4eme|5eme|troisieme|quatrieme|cinquieme|trois|quatre|cinq|dix) (?:e-?mail"
    r"|mail|message|relance)s?\b",
    # a formal wish, whatever it is called
    r"\b(?:consider|treat|take|consider\w*|prenez|tenez|voyez) (?:this|ceci|cela|ce (?:mail"
    r"|message)) (?:as |comme |for |pour )?(?:my |a |an |ma |mon |une? )?(?:\w+ )?(?:objection|opposition"
    r"|opt[- ]?out|(?:demande|request|notice)(?= (?:d'opposition|de (?:retrait|suppression|desinscription)"
    r"|to (?:stop|remove|unsubscribe|be removed|delete)))|unsubscri\w+|withdrawal|retrait|desinscription)",
    r"(?<!no )(?<!aucune )(?<!pas d\')\b(?:objection|opposition|object|m'oppose|oppose) (?:to|a|au"
    r"|aux) (?:\w+ ){0,3}(?:marketing|prospection|mail\w*|e-?mail\w*|contact\w*|demarch\w*|processing"
    r"|traitement|use|utilisation|message\w*)\b",
    r"\b(?:prie|demande|priere|merci|veuillez|please|kindly|ask you|request you)(?: (?:de|d'|bien|vouloir"
    r"|to|just|you))* (?:cesser|cessez|arreter|arretez|stopper|cease|desist|stop)(?: (?:cela|ca|it|this"
    r"|that|immediatement|immediately|now|and desist|tout de suite))*\s*(?:$|[.!])",
    r"\b(?:aucun\w*|no) droit (?:de|d') ?(?:m'|me )\w+|\byou(?:'re| are| have)? (?:no right|not allowed"
    r"|not entitled) to (?:contact|e-?mail|write|message|use|have|keep|store)\b|\b(?:do not|don'?t"
    r"|never) use (?:(?:it|this|my \w+) again|my (?:e-?mail|mail|address|data|details|number"
    r"|name))\b(?! (?:yet|until))",
    r"\b(?:plus|jamais) (?:rien |de (?:mails?|messages?|courriers?|pubs?) )?de (?:votre|ta) part\b"
    r"|\b(?:aucun\w*|ni) (?:demarchage|prospection|publicites?|sollicitations?)\b",
    r"\b(?:arrete[zs]?|stoppe[zr]?|on arrete|cessez) (?:la|ca|tout|maintenant|tout de suite)\s*(?:$|[.!,]"
    r"|svp|stp|merci)",
    r"\b(?:don'?t|do not|never) (?:send|write|mail|e-?mail) (?:\w+ ){0,3}(?:here|to this (?:address|inbox"
    r"|e-?mail))\b",
    r"\b(?:c'est|this is|pour|for) (?:the |la |ma |my )?(?:last|derniere) (?:time|fois)(?: que)? (?:je"
    r"|i) ?(?:vous|te|le|ask|tell|say|'m|am|will|demande|dis|repete)\b|\b(?:final|dernier|last) (?:warning"
    r"|avertissement)\b",
    r"\b(?:n'insiste[zr]?|ne (?:revene[zr]|reviens|repasse[zr]?|persiste[zr]?|perde[zr]) )(?: ?(?:pas"
    r"|plus)\b)(?! (?:sur|dessus|avant))|\bne (?:pas|plus) (?:insister|revenir vers|revenir a la charge)\b"
    r"|\binutile d'insister\b",
    r"\bdon'?t (?:bother|insist|persist|try again|come back)(?: (?:again|replying|responding|writing"
    r"|following up|ever))*\s*(?:$|[.!,])",
    r"\b(?:clog|flood|blow|spam|pollut|inond|pollue|bombard|harcel)\w*(?: up)? (?:my|ma|mon|mes) (?:inbox"
    r"|mailbox|boite|messagerie|e-?mails?|dms?)\b",
    r"\b(?:retrait|radiation|suppression|effacement|removal|deletion"
    r"|erasure)\b[^.!?\n]{0,32}\b(?:mes (?:donnees|coordonnees|infos?\w*)|mon (?:adresse|e-?mail|mail|nom"
    r"|contact)|my (?:data|details|e-?mail|address|name|info\w*)|(?:vos|votre) (?:listes?|fichiers?"
    r"|bases?)|your (?:lists?|database|records|files))\b",
)

ABOUT_TERMS = any_of(  # a lawyer who reads a contract is no threat
    r"\b(?:contract|contrat|agreement|clauses?|terms|conditions|review|relir\w*|relise?|relit)\b"
)
