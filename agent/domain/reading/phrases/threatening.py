"""How people who have had enough say so: threats, blocking, insults, last warnings."""

from agent.domain.reading.phrases.words import any_of

_LEGAL = (
    r"\b(?:lawyers?|attorney|solicitors?|legal (?:action|team|counsel|proceedings|steps)|take (?:this|it"
    r"|you) to court"
    r"|authorities|ftc|ico|data protection (?:authority|officer)|avocate?s?|huissier|mise en demeure"
    r"|poursuites?"
    r"|tribunal|justice|dgccrf|bloctel|signal[- ]?spam)\b"
)
_OR_ELSE = (
    r"\b(?:if|unless|again|one more|another (?:mail|message|e-?mail)|next (?:mail|message|e-?mail|time)"
    r"|hear(?:ing)? from"
    r"|sue|report\w*|complain\w*|si vous|si tu|sinon|prochaine? (?:mail|message|fois)|encore un|recidiv\w*"
    r"|signal\w*"
    r"|plainte|reserve le droit)\b"
)

HAS_ENOUGH = any_of(
    rf"{_LEGAL}[^\n]{{0,90}}{_OR_ELSE}",
    rf"{_OR_ELSE}[^\n]{{0,90}}{_LEGAL}",
    r"\bsue (?:you|your)\b|\btake legal action\b|\bformal (?:notice|complaint)\b",
    r"\b(?:saisi\w*|alert\w*|previen\w*|informe\w*|contacte\w*|signal\w*|plainte)\b[^.!?\n]{0,30}\bcnil\b"
    r"|\bcnil\b[^.!?\n]{0,30}\b(?:saisi\w*|alert\w*|signal\w*|plainte|dossier|reclamation)\b",
    r"^[^\w\n]*(?:bloquee?s?|blocked|reported|signalee?s?|blacklistee?d?s?)\b",
    r"\b(?:bloque\w*|blocked|signale\w*|reported|marked|flagged)(?: \w+){0,3} (?:et|and|as|comme"
    r"|en) (?:\w+ )?(?:spams?|junk"
    r"|indesirables?|signale\w*|reported|bloque\w*|blocked|abuse)\b",
    r"\b(?:finir\w*|ira|iront|mets|mettre|classe|adding|putting|sending|going) (?:\w+ ){0,3}(?:en|aux?|les"
    r"|mes|to|in|into)"
    r" (?:my |the |les |mes )?(?:spams?|junk|trash|indesirables?|corbeille|poubelle|block ?list)\b",
    r"\b(?:cut it out|knock it off|give it a rest|enough already|pack it in|that'?s enough|ca suffit"
    r"|c'est assez)\b"
    r"|\b(?:pas|plus|aucun\w*|ni|stop) (?:de |aux? |a la )?sollicitations?\b",
    r"\bta gueule\b|\bfermez[- ]la\b|\bcasse[zs]?[- ](?:toi|vous)\b|\bcass\w+ les (?:pieds|couilles"
    r"|bonbons)\b"
    r"|\bfai(?:s|tes|t)(?:es)? chier\b|\b(?:bugger|sod|buzz|back|eff|naff) off\b(?! (?:to|with|from))"
    r"|\bshut up\b|\bget (?:a life|bent|stuffed)\b|\bscrew you\b|\bfuck (?:you|u|this|that)\b"
    r"|\b(?:du balai|ouste)\b",
    r"\b(?:you(?:'ve| have|'re| are)|vous (?:etes|avez ete)|t'es|tu es) (?:\w+ )?(?:blocked|bloque\w*"
    r"|blacklist\w*|banned"
    r"|bannie?s?)\b",
    # asked before, and asked again
    r"\b(?:i(?:'ve| have)?|j'ai) (?:already |deja |bien )?(?:asked|told you|told|said|dit|demande|repondu"
    r"|signale)"
    r"(?: (?:you|this|it|no|non|stop|that|de))* (?:twice|already|before|\w+ times|repeatedly|deja|\w+ fois)\b"
    r"|\bwhat part of (?:no|stop|my)\b|\bqu'est-ce que vous (?:ne )?comprenez pas\b"
    r"|\bcommence a (?:bien faire|faire beaucoup)\b"
    r"|\b(?:can|could|would) (?:you|u|y'all) (?:guys |please |people |all |just )?not\s*[?.!]",
    r"\b(?:this is|c'est|ca fait|voila|deja) (?:the|your|le|la|votre|ton)? ?(?:third|fourth|fifth|sixth"
    r"|3rd|4th|5th|3e|4e|5e"
    r"|3eme|4eme|5eme|troisieme|quatrieme|cinquieme|trois|quatre|cinq|dix) (?:e-?mail|mail|message|relance"
    r"|time|fois)s?\b",
    # a formal wish, whatever it is called
    r"\b(?:consider|treat|take|consider\w*|prenez|tenez|voyez) (?:this|ceci|cela|ce (?:mail"
    r"|message)) (?:as |comme |for |pour )?"
    r"(?:my |a |an |ma |mon |une? )?(?:\w+ )?(?:objection|opposition|opt[- ]?out|demande|request|notice"
    r"|unsubscri\w+"
    r"|withdrawal|retrait|desinscription)",
    r"\b(?:objection|opposition|object|m'oppose|oppose) (?:to|a|au|aux) (?:\w+ ){0,3}(?:marketing"
    r"|prospection|mail\w*|e-?mail\w*"
    r"|contact\w*|demarch\w*|processing|traitement|use|utilisation|message\w*)\b",
    r"\b(?:prie|demande|priere|merci|veuillez|please|kindly|ask you|request you)(?: (?:de|d'|bien|vouloir"
    r"|to|just|you))*"
    r" (?:cesser|cessez|arreter|arretez|stopper|cease|desist|stop)(?: (?:cela|ca|it|this|that"
    r"|immediatement|immediately"
    r"|now|and desist|tout de suite))*\s*(?:$|[.!])",
    r"\b(?:aucun\w*|no) droit (?:de|d') ?(?:m'|me )\w+|\b(?:no right|not allowed"
    r"|not entitled) to (?:contact|e-?mail|write"
    r"|message|use|have|keep|store)\b|\b(?:do not|don'?t|never) use (?:it|this|my)\b(?! (?:yet|until))",
    r"\b(?:plus|pas|jamais)(?: \w+){0,2} de (?:votre|ta) part\b|\b(?:aucun\w*|ni) (?:demarchage"
    r"|prospection|publicites?"
    r"|sollicitations?)\b",
    r"\b(?:arrete[zs]?|stoppe[zr]?|on arrete|cessez) (?:la|ca|tout|maintenant|tout de suite)\s*(?:$|[.!,]"
    r"|svp|stp|merci)",
    r"\b(?:don'?t|do not|never) (?:send|write|mail|e-?mail) (?:\w+ ){0,3}(?:here|to this (?:address|inbox"
    r"|e-?mail))\b",
    r"\b(?:last|derniere|dernier|final) (?:time|fois|avertissement|warning)(?: que)? (?:je|i|j')\b"
    r"|\b(?:final|dernier"
    r"|last) (?:warning|avertissement)\b",
    r"\b(?:n'insiste[zr]?|ne (?:revene[zr]|reviens|repasse[zr]?|persiste[zr]?|perde[zr]) )(?: ?(?:pas"
    r"|plus)\b)(?! (?:sur"
    r"|dessus|avant))|\b(?:de|d') ?(?:ne (?:pas|plus) )?(?:insister|revenir vers|revenir a la charge)\b",
    r"\bdon'?t (?:bother|insist|persist|try again|come back)(?: (?:again|replying|responding|writing"
    r"|following up|ever))*"
    r"\s*(?:$|[.!,])",
    r"\b(?:clog|flood|blow|fill|spam|pollut|inond|pollu|satur|encombr|bombard|harcel)\w*(?: up)?"
    r" (?:my|ma|mon|mes|me|moi) (?:(?:mail|messag)?(?:inbox|box|boite|messagerie|e-?mails?|dms?)\b|with|de"
    r"|avec)",
    r"\b(?:retrait|radiation|suppression|effacement|removal|deletion"
    r"|erasure)\b[^.!?\n]{0,32}\b(?:mes (?:donnees"
    r"|coordonnees|infos?\w*)|mon (?:adresse|e-?mail|mail|nom|contact)|my (?:data|details|e-?mail|address"
    r"|name|info\w*)"
    r"|(?:vos|votre) (?:listes?|fichiers?|bases?)|your (?:lists?|database|records|files))\b",
)

ABOUT_TERMS = any_of(  # a lawyer who reads a contract is no threat
    r"\b(?:contract|contrat|agreement|clauses?|terms|conditions|review|relir\w*|relise?|relit)\b"
)
