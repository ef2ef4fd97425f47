"""How people say no, and a no that is only one for now."""

from agent.domain.reading.phrases.words import COLLAB, NOT, any_of

DECLINED = any_of(
    r"\b(?:not|isn'?t|wasn'?t|aren'?t|never) (?:\w+ )?(?:interest\w*|intrested|keen)\b|\bno interest\b"
    r"|\b(?:don'?t|do not|dont|doesn'?t) (?:really )?(?:interest|want|wish)\b|\buninterested\b",
    r"\bno,? (?:thank|thx|thanks|ty|thanx|tks)\w*\b|\bnope\b|\bnah\b|\bno way\b|\bhard (?:no|pass)\b"
    r"|\b(?:it'?s|that'?s|is) a no\b|\bi(?:'m| am) (?:saying no|out\b(?! of))|\ba no (?:from|for) me\b",
    r"\b(?:i'?ll|i will|i'?m going to|i'?m gonna|gonna|have to|going to|i'?d rather|i must|need to"
    r"|will) (?:have to )?(?:pass|decline|skip|say no|turn (?:this|it) down)\b|\bpass on (?:this|it"
    r"|that|the)\b|\bi (?:pass|decline)\b|\bmust decline\b|\bpassing on\b|\bwill pass\b",
    r"\b(?:respectfully|politely|kindly|regretfully|graciously) (?:decline|pass)\w*|\bturn (?:this|it"
    r"|your \w+) down\b|\brather not\b|\bthanks,? but no\b|\bno can do\b",
    r"\b(?:don'?t|do not|dont|never|no longer|not|can'?t|cannot|won'?t|stopped"
    r"|quit)(?: \w+){0,2} (?:do|doing|accept\w*|tak\w+|work\w*|take part|participat\w*|partner\w*"
    rf"|collab\w*|post\w*|promot\w*|endors\w*|commit)\b(?=[^.!?\n]{{0,40}}(?:{COLLAB}|brands?|it\b"
    r"|this|part|companies|free|products?|offers?|with you|$))",
    r"\b(?:won'?t|will not|not|don'?t|can'?t) (?:be )?(?:able to|going to) (?:accept|work|participate"
    r"|take part|do|collaborate|join|help|commit|be able)|\bunable to (?:accept|participate|take"
    r"|collaborate|join)",
    r"\b(?:not|isn'?t|doesn'?t|don'?t|wouldn'?t be|not really)(?: \w+){0,3} (?:for me|my thing"
    r"|my style|a (?:good |great |right )?(?:fit|match)|fit\b|align\w*|the right (?:fit|time|brand)"
    r"|suit\w*|something i)\b|\bnot going to work\b|\bwon'?t work for me\b",
    r"\bnot looking (?:for|to)\b|\bnot (?:taking|accepting|doing|open to|available for)(?: on)?(?: any"
    r"| new| more)?\b|\bi (?:have to|must|will) (?:refuse|say no)\b|\bi refuse\b|\bcount me out\b"
    r"|\bi'?m (?:good|ok|fine),? (?:thanks|thank you|thx|ty)\b|\bi already (?:work|collab\w*"
    r"|partner) with\b|\bso i can'?t\b",
    r"\b(?:but|unfortunately|sadly|sorry,?)(?: \w+)? (?:i |we )?(?:can'?t|cannot|can not|won'?t"
    r"|couldn'?t)\s*(?:$|[.!,]|accept|do|take|join|participate|at all|make it work|say yes)",
    r"^[^\w\n]*(?:(?:hm+|euh|bah|ben|well|um+|ah|oh|sorry|desolee?)\W+)?(?:no|non|nn|nop|nan|niet"
    r"|nein)\b(?=\W*(?:$|[.!,:;-]|merci|thanks?|sorry|desole|dsl|je|i "
    r"|c'est|mais merci|vraiment|ca|ce|pas|really|absolutely|definitely|not|et ))",
    r"\b(?:mais|but|donc|so) (?:non|no)\s*(?:$|[.!,\n])|\bnot my vibe\b|\b(?:can'?t"
    r"|cannot) help (?:you )?with\b",
    r"[.!,\n] ?(?:so |donc |alors |but |mais )?(?:no|non)\s*(?:$|[.!])",
    r"\bnon,? (?:merci|mrc|mci|desole\w*|dsl|sans facon|vraiment)\b|\bnn merci\b|\bmerci,? (?:mais"
    r"|ms) (?:non|nn|no)\b|\b(?:ce sera|c'est|ca sera|sera|reponse est|dis) non\b|\bsans facon\b",
    rf"\b{NOT} (?:du tout |vraiment |trop |tellement |plus |tres )?(?:interes\w*|interres\w*|tente\w*"
    r"|partante?s?|chaude?s?|convaincue?s?)\b(?! que| de savoir)",
    rf"\b(?:m'|me |nous |m )interes\w* {NOT}\b|\b(?:ca|cela|ce) (?:ne |n')?(?:me |m')?(?:dit|parle"
    rf"|tente|interesse|correspond|convient|branche) (?:vraiment |trop )?{NOT}\b",
    r"\bje (?:vais |dois |devoir |prefere |me permets de |suis (?:oblige"
    r"|contrainte?)\w* de )*(?:decline\w*|refuse\w*|passe(?:rai|r)?\b(?! (?:par|au|a|la|le|mes"
    r"|mon (?!tour)|un|une|des|du|en|sur|commande|te|vous|vos|votre|ton|cette semaine)))"
    r"|\bpasse mon tour\b|\bje prefere (?:ne )?pas\b|\bprefere m'abstenir\b|\bpas pour moi\b"
    r"|\bpas (?:trop |vraiment |du tout |tellement )?mon (?:truc|style|univers|delire)\b"
    r"|\bcollabore pas\b|\bdeja (?:engagee?|sous contrat)\b(?=[^.!?\n]{0,40}(?:marque|concurrent"
    r"|exclusi))",
    r"\b(?:ne |n')?(?:souhait\w*|desir\w*|veu\w*|donner\w*|voul\w*) (?:pas"
    r"|plus) (?:\w+ ){0,2}(?:collab\w*|donner|faire|suite|travailler|participer|m'engager|accepter"
    r"|de collab|de partenariat|poursuivre|recevoir de produit|ca|cette|votre|etre associee?)"
    r"|\bpas (?:donner )?suite\b|\bne (?:souhaite|veux) pas\b",
    r"\bne (?:pourrai\w*|peu\w*|puis|vais|saurai\w*) (?:malheureusement |helas )?(?:pas"
    r"|plus) (?:\w+ ){0,2}(?:accept\w*|particip\w*|collab\w*|donner|repondre favorablement|y|honorer"
    r"|m'engager|travailler|pouvoir)|\bpas pouvoir (?:accepter|participer|collaborer|donner|travailler"
    r"|repondre)",
    r"\b(?:ne |n')?(?:fais|fait|fesons|faisons|prends|accepte|acceptons|realise) (?:pas|plus|jamais"
    rf"|aucun)(?: de| d'| aucun| les)? ?(?:\w+ )?(?:{COLLAB})|\barrete (?:les|la|le"
    rf"|mes) (?:{COLLAB})|\b{NOT} de (?:{COLLAB})(?: \w+){{0,4}}$|\b(?:{COLLAB}) (?:ne "
    rf"|n')?(?:m'interess\w*|c'est) {NOT}\b",
    r"\bne correspond\w* (?:pas|plus|ni)\b|\bpas en accord\b|\bcontraire a mes\b"
    r"|\bpas (?:dans )?mes valeurs\b|\bmais (?:je )?(?:ne )?(?:peux|pourrai|vais) pas\s*(?:$|[.!,])"
    r"|\bmalheureusement (?:non|pas)\b|\bpas possible pour moi\b|\bca ne (?:va"
    r"|sera) pas (?:etre )?(?:possible|le faire)\b|\bca va pas le faire\b",
    "[\U0001f645\U0001f44e\u274c]",
    r"\bprefere\w* (?:ne (?:pas|plus)|rester|reste[rz]?|garder|continuer|me concentrer|m'en tenir|laisser "
    r"(?:passer|tomber)|eviter"
    r"|m'abstenir|en rester la|passer (?:mon|a cote)|decliner|refuser|dire non)\b",
    r"\b(?:sera|se fera|serait|fera|faire|faites|fais|fait) (?:donc )?sans (?:moi|nous)\b|\bsans (?:moi"
    r"|nous)\s*(?:$|[.!,])"
    r"|\bpasse (?:mon|son) (?:chemin|tour)\b|\b(?:laisse|vais laisser) (?:passer|tomber)\b"
    r"|\btres peu pour (?:moi|nous)\b"
    r"|\bm'abst(?:iens|iendrai|enir)\b|\b(?:au|le) regret de\b|\bpar la negative\b|\breponse "
    r"(?:est )?negative\b",
    r"\b(?:ne )?(?:peu[xt]|pourrai\w*|pouvons|vais|saurais?|pe(?:ut|ux)) (?:(?:donc|malheureusement|helas"
    r"|vraiment|du coup|hlas|clairement"
    r"|simplement) )*(?:pas|plus)(?: (?:donc|malheureusement|helas|vraiment|me permettre d['e]?))*"
    r" (?:accept\w*|particip\w*|collabor\w*|donner (?:une )?suite|y (?:donner|participer|repondre)|honorer"
    r"|m'engager|faire de (?:partenariat|collab|pub)\w*"
    r"|prendre (?:de|d')|dire oui)",
    r"\b(?:j|je |on |nous )?(?:n'|ne )?(?:fai[st]|faisons|prends|prend|accept\w*|realis\w*|travaill\w*"
    r"|boss\w*|collab\w*|bosse|veu[xt]|cherch\w*)"
    " (?:(?:plus|pas|jamais|pa) (?:du tout |vraiment |trop )?(?:de |d'|avec |en |dans |la |les |pour )*"
    rf"(?:{COLLAB}|marques?|cosmeto|produits? offerts?|cadeaux)"
    r"|(?:avec |de |pour )?aucun\w*)",
    r"\b(?:de |d')?(?:ne )?(?:plus|pas|jamais) (?:faire|prendre|accepter|avoir)(?: de| d'| la| les"
    rf"| aucune?)? (?:{COLLAB})"
    rf"|\b(?:arret\w*|stopp\w*|fini\w*)(?: \w+){{0,2}} (?:{COLLAB}|insta\w*|tiktok|reseaux?|youtube"
    "|le blog|la creation|l'influence|mon compte"
    r"|ma chaine)\b|\b(?:ferme|quitte|supprime)\w* (?:mon|mes|le|les|insta\w*) (?:compte|chaine|blog"
    r"|reseaux?|insta\w*|tiktok)",
    r"\b(?:quit|stopped|gave up|given up|retired(?: from)?|done (?:with)?|left|finished (?:with)?|out of"
    r"|closing|closed|deleting|deleted)"
    r" (?:(?:all|doing|being|an?|my|the|with|of)\b ?)*(?:influenc\w*|insta\w*|tiktok|youtube|blog\w*"
    r"|content|social(?: media)?|creating|posting"
    r"|sponsor\w*|collab\w*|brand\w*|account|page|channel|partnerships?|ads?)\b(?!\?)",
    r"\b(?:keep|keeping|stay|staying|remain|remaining|leave|run|running|kept) (?:(?:my|the|it|this|our"
    r"|that|all|completely|totally|purely|fully|100%"
    r"|channel|page|account|blog|feed|content|platform|space|profile|things)\b ?)*(?:ad|sponsor|brand"
    r"|commercial|promo|spon)[- ]?(?:free|less)"
    r"|\b(?:stay|staying|remain|remaining|keep\w* (?:it|things|my \w+)) (?:independent|unsponsored"
    r"|organic|non-?commercial|personal|neutral)\b",
    r"\bnot (?:really |exactly |quite )?(?:my (?:cup of tea|jam|scene|bag|kind of|vibe|aesthetic|niche)"
    r"|up my (?:alley|street)|on[- ]brand"
    r"|something i)\b|\bsit(?:ting)? this (?:one )?out\b|\bgive (?:it|this(?: one)?) a miss\b|\bnot "
    r"(?:a )?chance\b"
    r"|\b(?:absolutely|definitely|certainly|obviously|of course|hell|heck|thanks but|sadly) no(?:t"
    r"|pe)?\b\s*(?:$|[.!,])"
    r"|\bin your dreams\b|\bout of the question\b|\bover my dead body\b|\b(?:lol|haha|lmao|um+|uh|yeah) "
    r"(?:no|nah|nope)\b(?! (?:worries|problem|prob))"
    r"|(?:^|[.!,\n]) ?pass[.!]?\s*$",
    r"\b(?:not|never|don'?t|isn'?t|wouldn'?t)(?: \w+){0,2} (?:comfortable|at ease|believe in|support"
    r"|agree with|see myself|see it working|see this working)\b"
    r"|\bagainst my (?:values|principles|beliefs|policy|contract)\b|\bi boycott\b|\bje boycotte\b|\b"
    r"(?:won'?t|not) be (?:moving|going) (?:forward|ahead)\b"
    r"|\bnot (?:moving|going) (?:forward|ahead)\b|\b(?:decided|chosen|opted|choosing|elected|prefer"
    r"|rather) (?:against|not (?:to )?|no)\b"
    r"|\b(?:won'?t|will not) (?:be )?(?:proceed\w*|pursu\w*|continu\w*|participat\w*|partak\w*|taking "
    r"(?:this|part))\b",
    r"\b(?:exclusive|exclusivity|under contract|signed|locked in|committed|already (?:an? )?(?:ambassador"
    r"|partner\w*|work\w*))"
    r"(?: \w+){0,3} (?:with|for) (?:an?other|a (?:different|competing|similar)|your compet|someone|other"
    r"|a compet)",
    r"\b(?:deja|actuellement) (?:ambassad\w+|egerie|partenaire|engage\w*|sous contrat|en contrat"
    r"|en partenariat)\b"
    r"(?=[^.!?\n]{0,60}(?:marque|concurr|exclu|autre|enseigne))|\bexclusivite avec\b",
    r"\b(?:hors de question|meme pas en reve|jamais de la vie|c'est mort|niet|pas question|impossible "
    r"(?:pour moi|de mon cote))\b"
    r"|\b(?:m'|me |m )(?:interesse|parle|inspire|tente|emballe|convainc|convient|correspond|chauffe"
    r"|branche|plait|motive|dit) (?:moyen"
    r"|pas|po|pa|plus|guere|rien|moyennement|pas du tout|bof)\b|\bpas (?:trop |vraiment |du tout )?(?:ma "
    r"(?:tasse de the|came|tasse|vibe)|mon kiff?"
    r"|ma ligne|mon domaine|mon creneau|envie|a l'aise|possible|fan)\b(?! (?:de (?:vous|te) (?:embeter"
    r"|deranger)|en ce moment|avant|tout de suite))",
    r"\b(?:nous ne donner\w+|je ne donner\w+|on ne donner\w+|ne sommes pas|n'est pas) (?:pas|une suite"
    r"|pas suite|interes\w+|favorable)\b"
    r"|\bsuite (?:favorable|positive) (?:a votre|n')|\bdefavorable\w*\b|\bne (?:va|vais|vont|compte"
    r"|comptons|prevo\w+) pas (?:le faire|donner|accepter|participer"
    r"|poursuivre|etre possible)\b",
    # a bare no that ends a clause, wherever it stands
    r"(?<!\bor )(?<!\bou )(?<!\bsay )(?<!\bsaid )(?<!\bsaying )(?<!\bdire )(?<!\bdis )(?<!\bpas )(?<!\bque )"
    r"(?:(?<=[\s,;.!])|^)(?:no|non|nope|nah|nan|niet)\b(?= *(?:$|[.!,;:)]|lol|mdr|ptdr|haha|xd|hein|quoi"
    r"|la\b|alors|thx|ty\b"
    r"|merci|thank|sorry|desole|dsl|vraiment|really"
    r"|[\U0001f300-\U0001faff]))(?![^.!\n]{0,3}\?)",
    r"\b(?:not|isn'?t|aren'?t|never) (?:allowed|permitted|able|supposed|in a position|authori[sz]ed|free"
    r"|eligible|going) to\b|\bpas (?:le droit|autorisee?|en mesure|cense\w*)\b"
    r"|\b(?:ne |n')?(?:mets?|met|mettons|publie|poste|fais|montre|parle)\w* (?:pas|jamais|plus|aucun\w*) "
    r"(?:de |d'|aux? |les )?(?:marques?|produits?|pubs?|publicites?|partenaires?)\b",
    r"\b(?:hate|hates|despise|loathe|can'?t stand|deteste\w*|hai[st]?|ne supporte)\b[^.!?\n]{0,30}\b"
    r"(?:ads?|sponsor\w*|brands?|pubs?|publicites?|marques?|placements?|promo\w*)\b"
    r"|\b(?:reserve|dedie|consacre)\w* (?:a |aux? )\w+",
    r"\b(?:ne |n')?(?:travaille|collabore|bosse|fais|accepte|prends)\w* qu'(?:avec|aux?|en|entre)\b(?! "
    r"(?:du|de la|le)\b)"
    r"|\b(?:only|exclusively) (?:work|collab\w*|partner) with\b|\bnot feeling (?:it|this)\b"
    r"|\b(?:gone|going|went|taking) (?:in )?(?:a|another) (?:different )?(?:direction|way)\b",
)

SOFT_NO = any_of(
    r"\b(?:not|pas|pa) (?:really |vraiment |trop )?(?:interest\w*|interes\w*|available|dispo\w*"
    r"|looking|taking|accepting|open)(?: \w+){0,5} (?:right now|at the moment|at this (?:time|point"
    r"|stage)|for now|currently|this (?:month|season|quarter|year)|today|pour le moment|pour l'instant"
    r"|en ce moment|actuellement|pr le moment|cette annee|ce mois-ci)\b",
    r"\b(?:can'?t|cannot|won'?t be able to|not able to|ne peux pas|ne pourrai pas|peux pas"
    r"|pourrai pas)(?: \w+){0,6} (?:right now|at the moment|for now|before|until|this (?:month|week"
    r"|season)|pour le moment|pour l'instant|en ce moment|avant|tout de suite|maintenant)\b",
    r"\b(?:la|ce mois(?:[- ]ci)?|en ce moment|pour l'instant|actuellement)(?: \w+){0,2} c'est (?:mort|non"
    r"|impossible|pas possible)\b",
    r"\b(?:no|not|zero|out of|short on|don'?t have(?: the)?|do not have(?: the)?|haven'?t got(?: the)?) "
    r"(?:\w+ ){0,4}?(?:capacity|bandwidth|room|time|space|energy|slots?|availability"
    r"|work|collabs?|projects?|partnerships?)(?: \w+){0,4} (?:this|for a (?:while|bit)|right now"
    r"|at the moment|now|atm|currently|until|till|til|before|these days|today)\b[^.!?\n]{0,12}",
    r"\b(?:pas|plus|aucun\w*) (?:\w+ ){0,5}?(?:ce mois(?:[- ]ci)?|cette (?:semaine|annee|saison)|pour "
    r"(?:un moment|le moment|l'instant)|en ce moment|avant|d'ici|ces temps)\b[^.!?\n]{0,12}",
    r"\b(?:not|n'?t|no)\b[^.!?\n]{0,40}\b(?:for a (?:while|bit|few)|this (?:month|week|season|quarter"
    r"|spring|semester|term)|right now|at the moment|atm|until|till|til|just yet)\b[^.!?\n]{0,12}",
)

INVITES_AGAIN = any_of(
    r"\b(?:get back|reach (?:back )?out|contact me|write (?:to )?me|email me|check (?:back|in)"
    r"|circle back|try (?:me )?again|ping me|ask me|come back|hit me up|message me|follow up|reconnect"
    r"|revisit|touch base|talk)\b[^.!?\n]{0,40}\b(?:in|after|next|later|again|from|around|once|when"
    r"|closer|then|early|mid|end|mid-\w+)\b",
    r"\b(?:maybe|perhaps|possibly) (?:in|next|later|after|around|this|towards?|from)\b|\b(?:next"
    r"|another) (?:month|year|week|season|time)\b[^.!?\n]{0,20}\b(?:maybe|perhaps|please)?",
    r"\b(?:re ?contact\w*|recris|reecri\w*|revene[zr]|reviens vers|relance[zr]?[- ]?moi"
    r"|repren\w* contact|rappele[zr]|reparl\w*|en reparle|redemande|on se recapte|refaire? signe"
    r"|refaites? signe|revoi[rt])",
    r"\b(?:peut-?etre|plutot|voir) (?:en|au|a la|apres|plus tard|dans|le mois|l'annee|la semaine|mi"
    r"|debut|fin)\b",
    r"\b(?:mais|plutot|par contre) (?:\w+ )?(?:le mois|l'annee|la saison|l'an|la rentree|en \w+|apres"
    r"|dans)\b",
    r"\b(?:check|circle|come|get|reach|try|ask|write|contact|ping|message)\w*(?: (?:me|us|back|out|again"
    r"|in))+ (?:in|this|next|after|later|around|once|when|come|by|closer|towards?)\b"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|spring"
    r"|summer|fall|autumn|winter|next month|after that)"
    r" (?:could|might|would|should|may|will|is|works?|looks?|i)\b",
    r"\b(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|printemps"
    r"|ete|automne|hiver|rentree|mois prochain)"
    r" (?:pourquoi pas|peut-?etre|ca|ce serait|plutot|oui|ok|pourrait|sera|pk pas|si|possible"
    r"|envisageable)\b|\bretente[zr]?\b|\bapres (?:oui|ok|pourquoi pas|volontiers)\b",
)

# what people wish to somebody they send away; a no only where nothing in the answer goes on
PARTING = any_of(
    r"\b(?:best of luck|good luck|all the best|wish(?:ing)? you (?:\w+ ){0,3}(?:luck|success|best)"
    r"|hope you find|better luck)\b"
    r"(?! (?:for me|to me))",
    r"\bbonne (?:continuation|chance|recherche)\b|\bbon courage\b|\b(?:espere|souhaite) que vous "
    r"(?:trouv\w+|arriverez)\b"
    r"|\bplein de (?:reussite|succes)\b|\bbon vent\b",
)

# an unspoken no: thanks with a but, a denial about oneself; only where the answer says nothing else
COLD = any_of(
    r"\b(?:thank\w*|thx|appreciat\w*|flatter\w*|sweet|kind|cute|nice|lovely|honou?red|love|like"
    r"|interesting|great|sorry)\b[^.!?\n]{0,90}"
    r"\b(?:but|however|though|unfortunately|sadly)\b",
    r"\b(?:merci|gentil\w*|mignon\w*|touche\w*|flatte\w*|adore|aime|apprecie\w*|sympa\w*|interessant\w*"
    r"|chouette|super|cool|desole\w*|dsl)\b[^.!?\n]{0,90}"
    r"\b(?:mais|cependant|toutefois|malheureusement|helas|par contre|sauf que)\b",
    r"\b(?:unfortunately|sadly|regrettably|malheureusement|helas|i'm afraid|je crains)\b",
    r"\b(?:i|we|my|our|me)\b[^.!?\n]{0,40}\b(?:do ?n[o']?t|dont|never|can'?t|cannot|won'?t|not|isn'?t"
    r"|aren'?t|wouldn'?t|no longer)\b",
    r"\b(?:je|j|on|nous|mon|ma|mes|notre|nos|moi)\b[^.!?\n]{0,50}\b(?:pas|plus (?:de|d'|du|rien)|jamais"
    r"|aucun\w*|ni)\b",
)
# denials that say nothing about the offer: a wrong person, a mail that never came, what was not understood
BESIDE = any_of(
    r"\b(?:pas encore|not yet|haven'?t (?:yet |even )?\w+|mauvaise? (?:mail|e-?mail|adresse|personne"
    r"|numero|boite)"
    r"|(?:my e-?mail|mon (?:mail|e-?mail|adresse)) (?:is|est|c'est)|je reviens vers (?:vous|toi)"
    r"|get back to you|let me think|reflechis"
    r"|lis (?:ca )?(?:ce soir|demain|plus tard))\b",
    r"\b(?:wrong (?:person|address|e-?mail|account|number)|not (?:the )?(?:right )?(?:person|[a-z]+,? "
    r"(?:i'm|my name))|my name (?:isn'?t|is not)|i'?m not [a-z]+\s*(?:$|[.!,])"
    r"|(?:don'?t|didn'?t|couldn'?t|can'?t|cannot|haven'?t|not) (?:\w+ )?(?:understand|get|received?|see"
    r"|find|open|read|know|sure|remember|think|mind|load|work|download)\w*)\b",
    r"\b(?:trompe\w*|erreur|mauvaise? (?:personne|adresse)|pas la bonne (?:personne|adresse)"
    r"|ne suis pas [a-z]+\s*(?:$|[.!,])|m'appelle pas"
    r"|(?:pas|rien|pas tout|pas encore|toujours pas|jamais) (?:\w+ )?(?:compris|recu|vu|lu|trouve\w*"
    r"|ouvrir|ouvert|sure?|sais|eu|bien|comprendre|entendu|repondu|decid\w*|de piece))\b"
    r"|\b(?:comprends|vois|sais|trouve|retrouve|arrive|connais|ouvre|s'ouvre|marche|fonctionne) pas\b",
)
