"""How people say later, that they are away, and how programs answer for them."""

from agent.domain.reading.phrases.words import NOT, any_of

LATER = any_of(
    r"\b(?:revisit|circle back|check back|reach back out|try (?:me )?again|hit me up|ask me again"
    r"|get back to me|contact me again|write (?:to )?me again)\b(?=[^.!?\n]{0,40}\b(?:in|after|next"
    r"|later|then|once|when|from|around)\b)",
    r"\b(?:recontacte[zr]?|recontactez|reecri[st]?|reecrivez|recrivez|relance[zr]?|revene[zr]"
    r"|reviens)[- ]?(?:vers )?moi\b|\b(?:on |en )reparle(?:ra|rons)?\b",
    r"\b(?:talk|chat|speak|ask(?: me)?|ping(?: me)?|try(?: me)?|reach(?:ing)?(?: back)? out(?: again)?"
    r"|hit me up|circle back|get back(?: to me)?|come back"
    r"|follow up|message(?: me)?|e-?mail me|write(?: to)?(?: me)?|contact me|reconnect|touch base|revisit"
    r"|check in|let'?s (?:see|talk|do it|plan))(?: again)?"
    r" (?:(?:again|then|please|maybe|perhaps|about it|sometime|something|later|back|for)\b ?)*"
    r"(?:in (?:a )?(?:(?:\w+ )?months?|few|couple|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|q[1-4]|early|mid"
    r"|late|the (?:new year|spring|summer|fall|autumn|winter))|after|next (?:month|year|season|spring"
    r"|summer|fall|winter|quarter)|mid\b|around|once|when i"
    r"|later|closer to)",
    r"(?<!\bje )(?<!\bj')\b(?:repense[zr]?|resolliciter?z?|recontact\w*|rappele[zr]|re ?tente[zr]?"
    r"|reparl\w*|revoi[rst]|redemande[zr]?|reproposer?z?|refaites|refais"
    r"|faites|fais|repass\w*|reven\w*|revien\w*|relanc\w*|reecri\w*|recri\w*|se (?:recapte|reparle"
    r"|rappelle|recontacte))"
    r"(?:[- ](?:moi|nous|vers moi|vers nous|signe|moi signe|ca|en|le|la|a moi))*"
    r" (?:(?:plutot|donc|svp|stp|peut-etre|vers|des|plus|a partir)\b ?)*(?:en |dans |apres|mi|debut|fin"
    r"|la rentree|a la rentree|au |le mois|l'annee|cet|plus tard|vers"
    r"|quand|d'ici|courant|l'ete|l'automne|le printemps)",
    r"\bon (?:en |se )?(?:reparle|revoit ca|recapte|reprend|verra(?: ca)?|remet ca) (?:\w+ )?(?:apres|en"
    r"|a|dans|au|plus|l|le mois|mi|debut|fin|quand)\b",
    r"\b(?:til|till|until|jusqu'?(?:a|au|en)?)\b[^!?\n]{0,30}[.!,;]?[^.!?\n]{0,12}\b(?:after that"
    r"|afterwards|then|apres (?:ca|oui|ok|volontiers|je|avec plaisir|pourquoi pas|go)|ensuite)\b",
    r"\b(?:maybe|perhaps|peut-etre) (?:(?:again|plutot)\b ?)*(?:in (?:the |a )?\w+|after|next|apres"
    r"|a la rentree|en \w+"
    r"|l'ete|le mois|l'annee|cet|au printemps|dans)\b",
    r"\b(?:check back|retente[zr]?|retry|remind me|try again|rappelle[zr]?[- ]moi"
    r"|refai\w*[- ]moi signe)\b(?=[^.!?\n]{0,40}\b(?:in|this|next|after|en|a|au|dans|apres|mi|debut|fin"
    r"|the)\b)",
    r"\b(?:ecri(?:s|vez)|contacte[zr]?|envoye[zr]|appele[zr]|demande[zr])[- ]moi (?:(?:plutot|vers|plus"
    r"|tard|de|nouveau|ca)\b ?)*"
    r"(?:en|dans|apres|mi|debut|fin|au|a la|a partir)\b",
)

NOT_NOW = any_of(
    r"\b(?:do ?n[o']?t|dont|not) (?:contact|e-?mail|write|message)(?: to)?(?: me| us)? (?:before|until"
    r"|till)\b",
    r"\b(?:contact\w*|ecri\w*|relanc\w*) pas avant\b",
    r"\bnot (?:right )?now\b|\bnot (?:just )?(?:yet|at the moment|at this (?:time|moment|point)|today"
    r"|this (?:month|week|season|quarter|year)|currently|before)\b|\b(?:right now|at the moment"
    r"|currently|this month|these days)(?: \w+){0,3} (?:isn'?t|not|too|super|swamped|busy|slammed"
    r"|full\w*)\b",
    r"\b(?:too|so|super|really|very|crazy|quite|pretty|a bit) (?:busy|swamped|slammed|booked"
    r"|overwhelmed)\b|\b(?:fully )?booked (?:up|until|till|through|out|for|solid)\b|\bswamped\b"
    r"|\bslammed\b|\bfully booked\b|\bon (?:a )?(?:break|hiatus|pause)\b|\btaking (?:a|some) (?:break"
    r"|time off)\b|\b(?:bad|wrong|(?:not|isn'?t) (?:really )?(?:a |the )?(?:good|great|right"
    r"|best)) tim(?:e|ing)\b",
    r"\b(?:maybe|perhaps) (?:later|another time|some ?other time|next time|down the (?:road|line))\b"
    r"|\b(?:another|some other) time\b|\blater (?:this|in the) (?:year|month|season)\b"
    r"|\bin a few (?:weeks|months)\b|\bmaybe (?:in|next|after)\b|\b(?:can'?t|cannot"
    r"|won'?t)(?: \w+){0,6} (?:right now|at the moment|before|until)\b",
    rf"\b{NOT} (?:maintenant|en ce moment|pour (?:le moment|l'instant)|tout de suite|actuellement"
    r"|cette (?:annee|semaine|saison)|ce mois|avant|dans l'immediat|pr (?:le moment|l'instant)"
    r"|aujourd'hui|encore|dispo\w*|le (?:bon )?(?:moment|temps)|la (?:tete|bonne periode)"
    r"|une bonne periode)\b",
    r"\b(?:deborde\w*|submerge\w*|sous l'eau|surbooke\w*|charrette|trop (?:de travail|occupe\w*"
    r"|charge\w*|de boulot)|en pause|pause (?:sur|dans|de)|plein(?:e)? jusqu|(?:planning|agenda"
    r"|calendrier)(?: \w+){0,4} (?:complet|plein|charge|rempli|blinde|full)|blinde\w* jusqu"
    r"|pas une minute|prise jusqu|booke\w* jusqu)",
    r"\bplus tard\b|\bune autre fois\b|\bune prochaine fois\b|\bprochainement peut-?etre\b"
    r"|\bpeut-?etre (?:plus tard|en|apres|l'annee|le mois|a la|au)\b|\bdans quelques (?:semaines"
    r"|mois)\b",
    r"\b(?:mais|plutot|donc|alors|voir) (?:\w+ ){0,2}?(?:le mois prochain|l'annee prochaine"
    r"|la saison prochaine|l'an prochain|a la rentree)\b"
    r"|\b(?:la|en ce moment|actuellement|pour l'instant|ces temps[- ]ci) (?:\w+ )?(?:c'est|je suis|j'ai"
    r"|jsuis|suis) (?:\w+ ){0,3}?(?:mort|chaud|complique"
    r"|tendu|la course|full|overbook\w*|debord\w*|k-?o|plein\w*|trop (?:de|pris\w*)|partiels|examens?"
    r"|deja (?:pris\w*|trop))\b",
    r"\b(?:planning|agenda|calendrier|emploi du temps|mois|semaines?|calendar|schedule|plate|month|diary"
    r"|books?)(?:'s| is| are| est| sont)?"
    r"(?: (?:deja|already|super|trop|a bit|un peu|quite|completely|currently|totally|tellement|so"
    r"|really)){0,2}"
    r" (?:complete?s?|pleine?s?|chargee?s?|remplis?|blindee?s?|full|packed|booked|crazy|maxed"
    r"|surchargee?s?|jam-?packed)\b",
    r"\b(?:taking|need|on|having) (?:(?:a|an|some|my|little|short|long|bit of|social|media|digital)\b ?)*"
    r"(?:break|hiatus|time off|detox|sabbatical|step back)\b"
    r"|\bno[- ](?:buy|collab|spend)(?:/no-\w+)? (?:month|year|period)\b|\b(?:once|after|when) i(?:'m| am"
    r"|'ve| have)? (?:done|back|finished|settled|recovered|over)\b"
    r"|\b(?:can'?t|cannot|unable to)\b[^.!?\n]{0,40}\b(?:this (?:month|week|season|quarter|year)"
    r"|at the moment|right now|atm|rn)\b",
    r"\bpas (?:avant|tt de suite|trop le temps|le temps|trop dispo\w*|trop (?:la )?(?:possible|moyen)"
    r"|d'ici) (?:\w+ ){0,3}?(?:en ce moment|la|maintenant|cette|ce|le|la)?\b"
    r"|\b(?:une? )?(?:pause|break) (?:des|de|avec|sur|dans|sans)\b|\bquand (?:j'aurai|je serai|ce sera"
    r"|tout sera|ca sera)\b|\ben pause\b"
    r"|\bpas (?:dispo\w*|trop dispo\w*|libre)\b",
    r"\b(?:malade|hospitalisee?|sick|ill|unwell|in hospital|in the hospital|grieving|en deuil|burn ?-?out"
    r"|convalescen\w*)\b"
    r"|\b(?:je reviendrai|je reviens|i'?ll (?:get|come|circle|be) back|je vous (?:redis|recontacte"
    r"|redirai|fais signe)|je te redis) (?:\w+ ){0,4}?(?:quand|when|once|apres|after|des que|as soon as"
    r"|plus tard|later|in|en|dans|mi|next)\b",
    r"\b(?:no|zero|out of|short on) (?:capacity|bandwidth|room|time|availability|slots?|headspace)\b"
    r"|\bfor a (?:while|bit|few (?:weeks|months))\b|\bpour un (?:moment|petit moment|bout de temps"
    r"|temps)\b"
    r"|\b(?:exams?|finals|partiels|examens|concours|bac|soutenance|these)\b(?=[^.!?\n]{0,30}\b(?:til|till"
    r"|until|jusqu|en ce moment|right now|this|ce|la|bient\w+)\b)"
    r"|\btrop tard\b|\btoo late\b",
)

OUT_OF_OFFICE = any_of(
    r"\bout[- ]of[- ](?:the[- ])?office\b|\booo\b|\b(?:i am|i'm|we are|currently|will be"
    r"|be) (?:currently |now |still )?(?:away|on (?:annual |paid |sick |parental |maternity "
    r"|paternity )?(?:leave|holidays?|vacation|pto)|travell?ing|off work|out (?:until|from|till"
    r"|of town|this|all|with))\b",
    r"\b(?:away from (?:my|the) (?:desk|office|mail|e-?mail|computer|inbox)|on (?:annual|maternity"
    r"|paternity|parental|sick) leave|limited access to (?:my )?e-?mail|back in the office"
    r"|office is closed|we are closed|i will be back|i'll be back|return to the office)\b",
    r"\b(?:je suis|nous sommes|serai|sommes|actuellement|suis|serons) (?:actuellement |en ce moment "
    r"|momentanement )?(?:absente?s?|en (?:conges?|vacances|rtt|arret|deplacement)|indisponibles?"
    r"|hors (?:du )?bureau|fermes?)\b|\babsente?s? (?:aujourd'hui|demain|ce|actuellement|pendant|pour|\d"
    r"|une?|deux|trois|du|jusqu|pour|de mon|cette|toute|et|le)\b"
    r"|\ben conges?\b|\bconges? (?:maternite|annuels|paternite|parental|maladie)\b",
    r"\b(?:serai|suis|serons) (?:de retour|a nouveau (?:disponible|joignable))|\bde retour (?:demain|mi"
    r"|debut|fin|apres|dans|le|lundi"
    r"|mardi|mercredi|jeudi|vendredi|en|au|a partir|des|la)\b|\bbureaux? (?:sont |est )?fermes?\b"
    r"|\bacces limite a mes? (?:e-?mails?|messagerie)|\ben vacances jusqu|\bje reprends? (?:le travail"
    r"|le)\b",
    r"\b(?:i'?m|i am|we'?re|we are|will be|i'?ll be) off (?:on|for|until|till|til|from|this|today|work"
    r"|grid|the grid)\b|\boff on (?:my|our|a) \w+ (?:until|till|til|from)\b"
    r"|\b(?:not|n'?t) (?:be )?(?:checking|reading|answering|monitoring|looking at|on) (?:(?:my|any"
    r"|e-?mails?|the)\b ?)*(?:e-?mails?|messages?|inbox|mails?|phone|dms)\b",
    r"\b(?:ne |n')?(?:lis|lirai|consulte\w*|releve\w*|reponds|repondrai|regarde\w*|lirons|consulterons"
    r"|aurai|j'ai) (?:pas|plus|peu|pas acces a) (?:a |aux? |mes |les |d'acces a )?(?:e-?mails?|mails?"
    r"|messages?|messagerie|demandes)\b",
    r"\b(?:offline|off[- ]?grid|unplugged|unreachable|hors ligne|deconnectee?|injoignable|off) (?:until"
    r"|till|til|jusqu|from|du|le"
    r"|this week|cette semaine|for the)\b|\bback online (?:on|in|from|after|mon|tue|wed|thu|fri)",
    r"\ben deplacement (?:jusqu|du|cette|toute)|\b(?:repond\w*|reviens|reviendrai)(?: \w+){0,3} (?:des"
    r"|a) mon retour\b",
)

AUTO = any_of(
    r"\b(?:this is an (?:automat\w+|auto)|automatic(?:ally)? (?:reply|response|generated)|auto-?reply"
    r"|ceci est (?:un|une) (?:message|reponse) automatique|message automatique|reponse automatique"
    r"|ne pas repondre a ce (?:message|mail)|do not reply to this (?:e-?mail|message)"
    r"|we have received your (?:message|e-?mail|request)|nous avons bien recu votre (?:message|demande"
    r"|mail|e-?mail)|votre (?:message|demande) a bien ete (?:recue?|prise?)|ticket (?:number|#"
    r"|has been)|accuse de reception)\b",
)
