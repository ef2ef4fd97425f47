"""A no by its parts: a decision against it, what does not fit, what nobody needs, indifference."""

from agent.domain.reading.phrases.words import any_of

SAYS_NO = any_of(
    r"\b(?:decid\w*|decision|chos\w*|choos\w*|choisi\w*|opt(?:e|ed|ons)|prefer\w*|elect\w*"
    r"|resolu\w*)\b[^.!?\n]{0,40}"
    r"\b(?:not to|against|declin\w*|refus\w*|(?:to|going to) pass|skip|(?:de )?ne (?:pas|plus)|laisser tomber"
    r"|(?:different|another) (?:direction|brand|path|route|partner|way)|elsewhere|ailleurs|autre (?:marque"
    r"|partenaire"
    r"|direction|voie|piste))\b",
    # what is offered does not fit, whoever it is that it does not fit
    r"\b(?:colle|correspond|coincide|matche|cadre|rentre|resonne|accroche|parle|inspire|ressemble)\w*"
    r" (?:vraiment |du tout |trop |tellement )?(?:pas|plus|guere)\b(?! (?:que|quand|le lien|la page))",
    r"\b(?:does|do|is|are|would|wo|did|was)(?:n'?t| not)(?: (?:really|quite|exactly|at all|a|an|the|be))*"
    r" (?:fit|match|suit|align|mesh|gel|resonate|vibe|speak to me)\w*\b",
    r"\b(?:it|this|that)(?:'s| is| would| wo| does)?(?:n'?t| not)?(?: \w+)? not work for (?:me|us)\b"
    r"|\b(?:it|this|that) (?:does|would|wo)n'?t (?:really )?work for (?:me|us|my)\b",
    r"\bnot (?:quite |really |exactly |something )?for (?:us|me|my (?:page|channel|audience|account|feed"
    r"|followers)"
    r"|our (?:\w+))\b(?! (?:to|alone|only|yet))|\bnot (?:our|my) (?:thing|style|world|area|field|lane|kind"
    r"|type|market)\b",
    r"\bpas (?:vraiment |trop |du tout )?(?:pour (?:moi|nous|mon (?:compte|public|audience)|ma communaute)"
    r"|notre"
    r" (?:truc|style|univers)|mon (?:secteur|monde|rayon|affaire)|ma (?:thematique|cible"
    r"|niche))\b(?! (?:que|de))",
    r"\b(?:nous|on|je|j'|i|we|to|must|vous) (?:vous |have to |poliment |kindly )*(?:declin\w*|refus\w*)\b"
    r"|\b(?:a|is|it's) (?:skip|pass|miss|no-?go|nope|hard pass)\b|\bwon'?t be "
    r"(?!check|read|answer|monitor|work|look|repl|travel)\w+ing\b"
    r"|\b(?:does|did)n'?t (?:\w+ )?feel\b|\bsans (?:moi|nous)\b(?! (?:que|faire|le ))|\bne fer\w+ pas affaire"
    r"|\b(?:laiss\w*|cede|leav\w*|give) (?:\w+ ){0,3}(?:place|a d'autres?|aux autres|to (?:others|someone"
    r"|somebody))\b"
    r"|\bn(?:e |')(?:\w+ ){0,3}(?:sera|est|serait) pas possible\b|\bne me (?:reconnais|retrouve"
    r"|vois) (?:pas|plus)\b",
    r"\b(?:thank (?:you|u)|thanks|merci|allez|au),? (?:next|suivante?)\s*(?:$|[.!])",
    # taken for a fool
    r"\bfoutage de gueule\b|\bvous (?:foutez|moquez|payez ma tete|rigolez|plaisantez)\b|\b(?:ridicul"
    r"|insult|laughabl"
    r"|pathetic|scandaleu|honteu|indecent|arnaque|escroc)\w*\b|\b(?:a|une|de la) (?:joke|blague|scam"
    r"|mascarade)\b",
    # nobody needs it
    r"\bno need\b(?! (?:to|for you to))|\bnot needed\b|\bdon'?t (?:need|want) (?:it|this|that|any|one|your"
    r"|anything|free)\b"
    r"|\b(?:merci,?|non,?) ca ira\b|\bca ira,? merci\b|^[^\w\n]*(?:non )?pas besoin\s*(?:$|[.!,]|merci)"
    r"|\bn'en ai (?:pas|aucun) besoin\b"
    r"|\bj'en veux pas\b|\bn'en veux pas\b|(?<!je )(?<!vais )\bgarde[zr]?[- ](?:le|la|les|vos|votre|ton|ta"
    r"|tes)\b(?! (?:au"
    r"|en|moi|sous))"
    r"|(?<!i )(?<!i'll )(?<!will )(?<!you )(?<!to )\bkeep (?:your|it to) (?:\w+)\b(?! (?:posted|eyes))",
    r"^[^\w\n]*(?:i'?m|we'?re|im) (?:all )?(?:good|set|ok|okay|fine)(?: (?:here|thanks?|thank you|thx|ty"
    r"|though|tho))*"
    r"\s*(?:$|[.!,])(?![^\n]{0,40}\b(?:with|to|let'?s|send|go)\b)|\ball (?:good|set)\b[^\w\n]*(?:here"
    r"|thanks?|thank you"
    r"|thx)\b[^\n]{0,12}$",
    # indifference, and a flat never
    r"\b(?:no|zero|aucune?|absolutely no|little|guere d'?) ?(?:interest|interet|desire|envie|intention"
    r"|appetite)\b"
    r"|\bcouldn'?t care less\b|\bdon'?t care\b|\bm'en (?:fiche|fous|fout|tape|moque|balance|contrefiche)\b"
    r"|\b(?:certainement|surement|surtout|absolument|franchement|evidemment) pas\b(?! (?:contre|un souci))"
    r"|\ben aucun cas\b|\bnever (?:ever|in a million|gonna happen|going to happen)\b|\b(?:not|ain'?t"
    r"|isn'?t) happening\b"
    r"|\bno deal\b|\bnothing doing\b|\bpas (?:de|d') (?:envie|interet)\b|\bpas envie\b(?! de (?:vous|te) )",
    r"\b(?:count|leave) (?:me|us) out\b|\bnot (?:up|down|game|on board|in the market|a fan)\b(?= (?:for"
    r"|with|of)|\s*$|[.!,])"
    r"|\b(?:big|firm|definite|polite|gentle|sadly|clear) no\b|\bnegative\s*(?:$|[.!,])|\b(?:ce sera"
    r"|c'est) (?:un )?refus\b"
    r"|\b(?:doi[st]|devon[st]?|vai[st]|allons|vais devoir|regrett\w+"
    r"|regret) (?:de )?(?:devoir )?(?:vous )?(?:decliner"
    r"|refuser|dire non)\b|\bvous (?:avez|aurez) (?:un|mon) (?:non|refus)\b",
    r"\b(?:cherche[zr]?|trouve[zr]?|voye[zr]|demande[zr]|ask|find|try"
    r"|pick) (?:plutot )?(?:quelqu'un d'autre|une? autre"
    r"|ailleurs|someone else|somebody else|another creator)\b",
)

ASKS_LEAVE = any_of(  # what they may or must do is a question, whatever its verb
    r"(?:^|(?<=[.!?\n,;:])) ?(?:(?:and|et|but|mais|if so|du coup|sinon)\b,? ?)?(?:puis-je|est-ce que"
    r"|je peux|je pourrai[st]?"
    r"|on peut|peut-on|dois-je|faut-il|can i|could i|may i|do i|would i|should i|am i|will i|can we"
    r"|why did|why do|does it|is it"
    r"|is there|y a-t-il|pourquoi)\b[^.!?\n]*\?"
)

THEIR_HABITS = any_of(  # what they ask about our ways is no order
    r"\b(?:do you|does it|est-ce que vous|(?:supprime|garde|efface|conserve)z-vous)\b[^.!?\n]*\?"
)

SHORT = 25
"""Words up to which a few of them decide."""
REMOVES = any_of(  # said at all in a short answer that says nothing else: somebody wants to be left alone
    r"\b(?:barr(?:e[zr]?|er)|biff|ratur|ray(?:e|er|ez)|radi(?:e|er|ez)|desinscri|desabon|unsub|effac|eras"
    r"|scrub|purg|expung"
    r"|object|oppos|cess(?:e|er|ez)|cease|desist|blocklist|blacklist)\w*\b",
    r"\b(?:stop|quit|block|remove|delete|forget|enleve[zr]?|retire[zr]?|vire[zr]?|supprime[zr]?"
    r"|oublie[zr]?|bloque[zr]?)\b",
)
ABOUT_ME = any_of(
    r"\b(?:nom|name|adresse|address|carnet|listes?|lists?|contacts?|e-?mails?|mails?|messages?|courriers?"
    r"|donnees|data|details"
    r"|coordonnees|numero|number|marketing|prospection|inbox|boite|fichiers?|files?|me|moi|nous|us)\b"
)
DENIAL = any_of(
    r"\b(?:pas|plus|jamais|aucun\w*|ni|not|never|no|none|neither|nor|hardly|nothing|rien)\b|n't\b"
)
BETWEEN_US = any_of(
    r"\b(?:i|me|my|mine|we|us|our|you|your|thanks?|je|moi|me|mon|ma|mes|nous|notre|nos|vous|votre|vos|tu"
    r"|te|ton|tes|merci)\b"
    r"|\b[jmt]'"
)
