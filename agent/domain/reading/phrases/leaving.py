"""How people say that they want no more mail, and what only looks like it."""

import re

from agent.domain.reading.phrases.words import ECRIRE, MAILS, WRITE, any_of

MASKS = any_of(
    r"\bnon[- ]?stop\b",
    r"\b(?:can'?t|cannot|can not|couldn'?t|won'?t|don'?t|didn'?t|doesn'?t|never"
    rf"|hardly)(?: \w+)? stop(?:ped|s|ping)?\b(?! (?:the |your |these )?{WRITE})",
    r"\b(?:bus|one|pit|full|train|truck|next) ?-?stop\b|\bstop(?:ped|ping)? (?:by|over|motion"
    r"|scrolling)\b|\bnon stop\b",
    r"\bn?'?arretes? (?:pas|plus|jamais)\b",
    r"\bwhy not\b|\bpourquoi pas\b|\bpq pas\b|\bpk pas\b",
    r"(?:\bno,? )?\bno (?:problem\w*|probs?|pb|worries|worry|issues?|rush|doubt|hard feelings|strings|biggie"
    r"|brainer|idea)\b",
    r"(?:\bnon,? )?\b(?:pas?|pa) (?:de |d')?(?:soucis?|problemes?|pb|pbs|blem|quoi|mal|cher|faux|bete"
    r"|refus)\b"
    r"|\baucun (?:souci|probleme|pb)\b",
    r"\bsans (?:soucis?|problemes?|hesiter)\b|\bc'est pas de refus\b",
    r"\b(?:don'?t|do not|never|can'?t|won'?t|pas|jamais|plus) (?:work|travaille\w*|post"
    r"|bosse) (?:for free|gratuitement|gratis)\b",
    r"\bnot only\b|\bnon seulement\b|\bnot bad\b|\bif not\b|\bor not\b|\bou (?:non|pas)\b|\bsay no more\b",
    r"\b(?:can'?t|cannot|can not) wait\b|\b(?:can'?t|couldn'?t|cannot|wouldn'?t|won'?t|never|not) (?:say"
    r"|refuse"
    r"|possibly say) no\b",
    r"\b(?:couldn'?t|can'?t) (?:be happier|agree more|thank)\b|\bdi(?:s|t|re|rai|rais) pas non\b"
    r"|\bdire non\b|\bnot saying no\b",
    r"\bn?'?hesite[zs]? pas\b|\bdon'?t hesitate\b|\bno need to\b|\bdo not hesitate\b",
    r"\b(?:people|followers|subscribers|they|fans|some|many|who)(?: \w+){0,2} unsubscribe\w*|\b(?:se"
    r"|des) desabonn(?:ent|ements?)\b",
    r"\b(?:i'?ll|i will|je) (?:pass|passe) (?:it|this|ca|cela|le message|your|votre|ton|along|on to"
    r"|through|by|par|au|a la|te voir|vous voir)\b[^.!?\n]*",
    # a rule with its exception: “I don't usually do this but let's go”
    r"\b(?:do ?n[o']?t|dont|never|rarely|ne|je|j)\b[^.!?\n]{0,40}\b(?:usually|normally|generally|often"
    r"|typically"
    r"|d'habitude|normalement|habituellement|souvent|rarement|en general)\b[^.!?\n]{0,80}\b(?:but|mais)\b"
    r"(?=[^\n]{0,120}\b(?:let'?s|love|in\b|yes|count me|happy|sure|oui|partante?|ravie?s?|tente\w*|ok"
    r"|d'accord"
    r"|envoyez|grave|carrement))",
    # unpaid is what they refuse, and they name a price or ask for one
    r"\b(?:do ?n[o']?t|dont|never|no longer|ne|n'|can'?t|plus|pas)\b[^.!?\n]{0,40}\b(?:(?:for "
    r"|in exchange for )?"
    r"(?:free )?products?(?: only| alone)?|gift(?:ed|ing)|exposure|for free|gratis|gratuitement|unpaid"
    r"|sans remuneration"
    r"|en echange de produits?|contre (?:un |des )?produits?|seul produit)\b[^.!?\n]*[.!?,;\n]"
    r"(?=[^\n]{0,160}(?:[$€£]|\d{2,}|\brates?\b|\bfees?\b|tarifs?|budget|\bpay|\bpaid|remuner))",
    r"\b(?:don'?t need|no need for|pas besoin d[e']) ?(?:any |more |me )*(?:convinc\w*|persua\w*|time"
    r"|convaincre)\b",
    r"\b(?:link|page|site|url|lien|attachment|button|code)s? (?:\w+ )?(?:do|does|did)n'?t (?:work|open"
    r"|load)(?: for me)?\b",
    r"\bje me permets de (?:re\w+|vous re\w+) vers (?:vous|toi)\b",
    r"\bsay less\b|\bno cap\b|\bnot gonna lie\b|\bnot kidding\b|\bje (?:ne )?vais pas (?:te |vous )?mentir\b"
    r"|\bpas (?:encore|toujours) (?:lu|vu|recu|eu)\b",
    r"\b(?:peux|saurais?|pourrais?|pouvais|peut|va|vais) (?:pas|plus) (?:te |vous |lui )?(?:dire non"
    r"|refuser|resister|passer a cote)\b",
    r"\b(?:do ?n[o']?t|dont|never|won'?t|not|ne|n'|n) ?(?:vous |te |m'|me )?(?:forget|oubli\w+)(?: pas)?\b",
    # terms are refused, talking is not
    r"\b(?:ne|n'|pas|not|n't|don'?t)\b[^.!?\n]{0,40}\b(?:mais|but) (?:on|nous|je|we|i'?m|i"
    r"|let'?s)\b[^.!?\n]{0,20}"
    r"\b(?:discuter|negocier|talk|discuss|negotiate|ouverte?|open to)\b",
)

FOOTERS = any_of(
    r"^.{0,80}\b(?:to|pour) (?:unsubscribe|opt[- ]?out|(?:vous |te |se )(?:desinscrire|desabonner)"
    r"|ne plus recevoir).{0,80}(?:click|cliqu|\bhere\b|\bici\b|visit|reply|repond|lien|link|http|:).*$",
    r"^.{0,120}\b(?:you (?:can|may)|vous pouvez|tu peux)\b.{0,40}(?:unsubscribe|opt[- ]?out|desinscri"
    r"|desabonn).*$",
    r"^.{0,20}\b(?:if you|si vous|si tu)\b.{0,60}(?:no longer|don'?t want|do not want|would like to"
    r"|ne souhaite|ne veu|plus recevoir).{0,80}(?:click|cliqu|unsubscribe|reply|repond|ecri|opt|desins"
    r"|desab|http).*$",
    r"^.*\b(?:unsubscribe|se desinscrire|se desabonner|desinscription|desabonnement) ?(?:here|ici|link"
    r"|from this (?:list|email|newsletter)\b|\||-|<http|:? ?http|\[http|\(http|• ).*$",
    r"^.*(?:\||•|·) ?(?:unsubscribe|se desinscrire|se desabonner|desinscription).*$",
    r"^.*\b(?:reply|respond|answer|repond\w*|repons\w*|envoy\w*|write|ecriv\w*"
    r"|text)\b(?: \w+){0,4} [\"']? ?(?:stop|unsubscribe|no thanks|non merci)\b[\"']?.*$",
)

BULK_HINTS = any_of(
    r"view (?:it |this email )?in (?:your )?browser",
    r"voir (?:la version )?en ligne",
    r"all rights reserved|tous droits reserves",
    r"you(?:'re| are) receiving this|vous recevez ce",
    r"privacy policy",
    r"manage (?:your )?preferences|gerer (?:vos|mes) preferences",
    r"was sent to|a ete envoye a",
    r"©|\(c\) 20",
    r"mailing (?:list|address)",
    r"add us to your address book",
)

STOP_WORDS = frozenset(
    {"stop", "stopp", "stoop", "stopper", "arret", "arrets", "arretez", "arrete", "cessez", "basta",
     "unsubscribe", "unsuscribe", "unsubcribe", "unsubscribed", "unsub", "remove", "optout",
     "desinscription", "desinscrire", "desinscrivez", "desinscris",
     "desabonnement", "desabonner", "desabonnez", "desabonne", "enough", "assez", "finito", "suffit"}
)  # fmt: skip

STOP_FILLERS = frozenset(
    {"please", "pls", "plz", "svp", "stp", "s'il", "sil", "vous", "te", "plait", "merci", "thanks", "thank",
     "you", "thx", "hi", "hello", "bonjour", "bonsoir", "salut", "hey", "now", "immediately", "maintenant",
     "immediatement", "cordialement", "bien", "regards", "best", "kind", "mail", "mails", "email", "emails",
     "e-mail", "pub", "pubs", "sms", "this", "that", "ca", "cela", "me", "moi", "dear", "madame", "monsieur"}
)  # fmt: skip

STOP_SIGNS = re.compile("[\U0001f6d1\u26d4]")

# a verb of leaving within a few words of what one is on
_ON_A_LIST = (
    r"(?:lists?|databases?|records|contacts?|mailings?|crm|listes?|fichiers?|bases?|donnees|coordonnees"
    r"|(?:my|mon|cette|this) (?:\w+ )?(?:address|adresse|details))"
)

OPTED_OUT = any_of(
    rf"\b(?:stop|quit|cease|desist)\b(?:[ ,]+\w+){{0,4}}?[ ,]+{WRITE}",
    r"\b(?:do ?n[o']?t|dont|never|not)(?: (?!sure|only"
    rf"|hesitate)\w+){{0,2}} {WRITE}(?: out)?(?: to)? (?:me|us)\b"
    r"(?! (?:\w+ )?(?:before|until|till|yet|on (?:insta|tiktok|whatsapp)|by phone|via insta))",
    r"\b(?:remove|delete|erase|take|get|drop)\b(?: (?:me|us|my|off|out|from|your|the|this|all|of"
    rf"|\w*mail\w*)){{1,6}} {_ON_A_LIST}\b",
    r"\b(?:retir|enlev|supprim|effac|ray[eo]|radi[eo]|desinscri|desabonn)\w*(?: (?!colis"
    rf"|produit)[\w'-]+){{0,5}}? {_ON_A_LIST}\b",
    r"\bunsu?bs?cribe (?:me|us|my|this|please|from)\b|\bunsu?bs?cribed?\b(?=[^.!?\n]{0,30}(?:please"
    r"|pls|now|immediately|from your|from (?:this|the|all)|stp|svp))",
    r"\b(?:please|pls|plz|kindly|want to|wish to|like to|how (?:do|can) (?:i|we)|how to|need to|just"
    r"|let me|me) unsu?bs?cribe\b",
    r"\bopt(?:ing)?[- ]?(?:me |us )?out\b",
    r"\b(?:take|get|remove|delete|drop|strike|scrub|pull|keep) (?:me|us|my (?:e-?mail|address|name"
    r"|data|details|info\w*|contact\w*)|this address|her|him) (?:off|out|from)\b",
    r"\bremove (?:me|us|my (?:e-?mail|address|name|data|details|info\w*|contact\w*)|this (?:e-?mail"
    r"|address))\b|\bremoved from (?:your|this|the|all)\b",
    r"\b(?:delete|erase|forget) (?:all )?(?:my|our) (?:personal )?(?:data|details|e-?mail|address"
    r"|info\w*|contact\w*)\b|\bright to (?:be forgotten|erasure|object)\b",
    rf"\b(?:stop|quit|cease)(?: (?:please|pls|all|it|ever|with|the|your|these|those|sending|me))* {WRITE}",
    r"\b(?:you to|said|told you|tell you|j'?ai dit|je dis|vous ai dit) stop\b|\bstop (?:it|this|that"
    r"|now|please|pls|plz|sending|asking|with (?:the|your|these)|already)\b"
    r"|\bplease,? (?:just )?stop\b|\bjust stop\b",
    r"\b(?:do ?n[o']?t|dont|never|no longer|not|don't you dare)(?: ever| want you to| want to be"
    rf"| wish to be| like to be| be)? {WRITE}(?: to)? (?:me|us|this|here|my|again|any ?more|ever"
    r"|ed any|in (?:the )?future)\b(?! (?:\w+ )?(?:before|until|till|on (?:insta|tiktok|whatsapp"
    r"|my phone)|by phone|via insta))",
    r"\b(?:do ?n[o']?t|dont|never)(?: ever)? contact(?: me| us)?(?: again| any ?more| further)?\s*(?:$"
    r"|[.!,])",
    r"\bany ?more of (?:your|these|those)\b|\b(?:erase|delete|forget) everything\b|\bunsubscrib\b",
    r"\b(?:do ?n[o']?t|dont|no longer|not)(?: want| wish| like)?(?: to)?(?: be| get| receive"
    r"| hear)(?: \w+){0,3} (?:contacted|e-?mailed|e-?mails?|messages?|newsletters?|from you|mails?"
    r"|spam)\b(?! (?:before|until|yet))",
    r"\bno more (?:\w+ )?(?:e-?mails?|messages?|mails?|contact|follow[- ]?ups?|spam|of th(?:is|ese)"
    r"|newsletters?)\b",
    r"\bleave me (?:the \w+ )?alone\b|\blose my (?:e-?mail|address|number|contact)\b|\bget lost\b"
    r"|\bf\w*ck off\b|\bgo away\b|\bpiss off\b",
    r"\b(?:this|that|it)(?:'s| is) spam\b|\b(?:report|mark|flag)\w* (?:\w+ ){0,4}(?:as )?spam\b"
    r"|\bspammer\w*\b|\bstop ?spam\w*|\bnever (?:signed up|subscribed|opted in)\b",
    r"\bdes?in?scri\w*[- ](?:moi|nous)\b|\b(?:me|m'|nous)[- ]?(?:de?s?in?scri\w*|desabonn\w*)\b"
    r"|\bdesabonn\w*[- ](?:moi|nous)\b",
    r"\b(?:demand\w*|souhait\w*|veux|voudrais|exig\w*|procede\w*)(?: \w+){0,4} (?:desinscri\w*"
    r"|desabonn\w*)\b|\bmerci de (?:me |nous )?(?:desinscri|desabonn)\w*|\bma des(?:inscription"
    r"|abonnement)\b|\bmon desabonnement\b",
    rf"\b(?:ne |n')?(?:m'|me |m |nous )(?:plus )?{ECRIRE} (?:plus|pl[ul]s|jamais|surtout pas)\b",
    r"\bne (?:m'|me |nous )(?:ecri\w*|contact\w*|recontact\w*|sollicit\w*|relanc\w*"
    r"|deranger?z?) pas\b(?! (?:\w+ ){0,2}(?:avant|d'ici|sur insta|par tel|par whatsapp))",
    rf"\bne plus (?:jamais )?(?:m'|me |nous |etre |etre plus |recevoir |envoyer )?(?:{ECRIRE}"
    rf"|{MAILS}|de vos|vos|vous|de tels?)",
    rf"\bn?e?'?(?:veu\w*|souhait\w*|desire?\w*|voudr\w*) (?:plus|pas) (?:recevoir|etre (?:{ECRIRE}"
    rf"|demarche)|que (?:vous|tu) m|d?'?entendre parler|de (?:vos |tes )?{MAILS}|aucun)",
    rf"\bplus (?:jamais )?(?:de |d'|aucun |vos |tes )(?:vos |tes )?{MAILS}\b|\bplus (?:m'|me )(?:{ECRIRE})",
    r"\b(?:retire[zr]?|retirer|enleve[zr]?|enlever|supprime[zr]?|supprimer|raye[zr]|rayer|radie[zr]"
    r"|sor(?:s|t|te)[zr]?|sortez|vire[zr]?|efface[zr]?|ote[zr]?)"
    r"[- ](?:moi\b|nous\b|mon (?:adresse|e-?mail|mail|nom|contact|compte)|mes (?:donnees|coordonnees"
    r"|infos?\w*)|ma (?:fiche|adresse)|cette adresse|de (?:votre|vos|ta|tes|la) (?:liste|base|fichier"
    r"|mailing)\w*)",
    r"\b(?:me|m'|nous) ?(?:retirer|enlever|supprimer|rayer|sortir|oter|effacer) (?:de|d'|des)\b"
    r"|\bdroit (?:d'opposition|a l'oubli|d'effacement)\b|\bje m'oppose\b",
    r"\b(?:fiche[zs]?|foute[zs]?|fou(?:s|t)|laisse[zs]?|lache[zs]?)[- ](?:moi|nous) (?:la paix"
    r"|tranquilles?|en paix|un peu|maintenant|les baskets)|\blaisse[zs]?[- ]moi tranquil\w*"
    r"|\bfous[- ]moi la paix\b",
    r"\b(?:arret\w*|cess\w*|stopp?\w*) (?:(?:tout de suite|immediatement|svp|stp|un peu"
    r"|maintenant) )?(?:de |d')?(?:(?:m'|me |nous |vos |tes |les |ces |cet |cette |avec |toute? "
    rf"|tous )){{0,3}}(?:{ECRIRE}|{MAILS}|demarchage|harcelement|prospection|ca\b)",
    rf"\bstop (?:aux? |les? |la |vos |tes |a vos |avec |toute |a la )?(?:{MAILS}|demarchage"
    r"|prospection|svp|stp|merci|ca|contact|spam|harcelement)\b",
    r"\bc'est (?:du|un) spam\b|\bsignal\w* (?:\w+ ){0,4}spam\b|\bspam(?:me|mer|mez)\b"
    r"|\bpas (?:autorise|donne)(?: \w+){0,3} (?:mon|mes) (?:adresse|mail|coordonnees|email)",
    r"\b(?:do ?n[o']?t|dont|never|not|no|no need (?:to|for)|stop|without)(?: (?:ever|a|any|more|further"
    r"|your|with|the|to))*"
    r" (?:follow(?:ing)?[- ]?(?:ups?|me)|chas(?:e|ing)|nudg(?:e|ing)|pursue)\b(?! (?:\w+ )?(?:before"
    r"|until|till|yet))",
    r"\bno (?:further|more|additional) (?:\w+ )?(?:e-?mails?|messages?|mails?|contact|communications?"
    r"|correspondence"
    r"|outreach|pitches|offers|reminders)\b|\bcease (?:all|any|contact|communication)\b",
    r"\b(?:delet|eras|remov|forget|scrub|wip|purg)\w*(?: (?:all|any|of|the|from|everything|whatever))* "
    r"(?:my|our|me|us)\b"
    r"(?! (?:\w+ )?(?:post|stor|comment|draft|old|last|account|photo|video|reel))",
    r"\b(?:do ?n[o']?t|dont|never|no longer|not|rather not)(?: (?:want|wish|care|need|like))?(?: to)?"
    r"(?: ever)?(?: be)?"
    r" (?:hear(?:ing)?(?: \w+){0,2} from|(?:contacted|e-?mailed|approached|solicited|messaged|bothered"
    r"|pitched)\b)",
    r"\b(?:do ?n[o']?t|dont|never)(?: \w+){0,2} (?:send|write|mail|e-?mail|message|contact|text)(?: (?:me"
    r"|us|to me|out))*"
    r" (?:any(?:thing|more)?|else|again|ever|these|those|this|stuff|such)\b",
    r"\b(?:want|like|ask|wish|need|request)\w*(?: \w+){0,2} (?:to be )?(?:removed|taken off|deleted"
    r"|unsubscribed|off your)\b"
    r"|\bi want (?:out|off)\b|\boff (?:of )?your (?:\w+ )?list\b",
    r"\b(?:i'?m |i am |will be |i'?ll (?:be )?|going to |gonna |have |consider yourself )(?:be )?(?:block"
    r"(?:ed|ing)?|report(?:ed|ing)?)"
    r"(?: (?:you|this|u))?\b(?! (?:back|on|to you))|\bblacklist (?:me|this|my)\b|\bno (?:cold (?:e-?mails?"
    r"|outreach|pitches)"
    r"|solicit\w+|unsolicited)\b|\bunsolicited (?:\w+ )?(?:e-?mails?|messages?|offers?)\b",
    r"\b(?:do ?n[o']?t|did ?n[o']?t|never|not|dont|didnt)(?: \w+){0,2} (?:consent\w*|agree\w* to "
    r"(?:receive|be contacted|this)"
    r"|give you (?:permission|my|consent)|gave you (?:permission|my|consent)|use my (?:e-?mail|address"
    r"|data|details))\b",
    r"\b(?:gdpr|rgpd|cnil|ccpa|can-spam)\b(?=[^\n]{0,120}(?:delet|eras|remov|complain|request|right"
    r"|supprim|effac|plainte"
    r"|droit|oppos|signal|demand))|(?:delet|eras|remov|complain|request|right|supprim|effac|plainte|droit"
    r"|oppos|signal|"
    r"conformement)[^\n]{0,120}\b(?:gdpr|rgpd|cnil|ccpa|can-spam)\b",
    r"\b(?:fed up|sick|tired) (?:of|with) (?:(?:all|getting|receiving|your|you|these|those|the|this)\b ?)+"
    r"(?:\w*mails?|messag\w*|spam|e-?mail\w*|pitches|people|offers)?",
    r"\b(?:inutile|pas (?:la peine|besoin|necessaire|utile)|plus (?:la peine|besoin)|evite[zr]?"
    r"|abstene[zr][- ]vous|interdi\w+"
    r"|prie\w* de ne (?:pas|plus)|arret\w*|cess\w*|fini\w*)(?: (?:de|d'|a l'avenir|svp|stp|merci|surtout))*"
    rf" (?:d'|de )?(?:m'|me |nous )?(?:re)?(?:{ECRIRE}|relanc\w*|rappel\w*|insist\w*|repondre a nouveau"
    r"|demarch\w*)"
    r"(?! (?:\w+ ){0,3}(?:avant|d'ici))",
    rf"\b(?:ne |n')?(?:plus|pas|jamais) (?:a |d'|de )?(?:etre )?(?:me |m'|nous )?(?:re)?(?:{ECRIRE}"
    "|sollicitee?s?"
    r"|demarche\w*|relance\w*) (?:(?:a|dans) l'avenir|desormais|dorenavant|par la suite|svp|stp|merci)\b",
    r"\b(?:souhait\w*|veu\w*|voul\w*|voudr\w*|aimerai\w*|prefer\w*|merci de|prie de|demande de|tiens a"
    "|envie)"
    "(?: d'| de| que vous| que tu)* (?:ne )?(?:pas|plus)(?: jamais)? (?:a )?(?:etre )?(?:me |m'|nous )?"
    rf"(?:re)?(?:{ECRIRE}"
    r"|sollicit\w*|demarch\w*|relanc\w*)(?! (?:\w+ ){0,3}(?:avant|d'ici))",
    r"\b(?:rien|plus rien)(?: \w+){0,2} (?:recevoir|envoye[rz]|m'envoye[rz])|\b(?:recevoir|envoye[rz]"
    r"|envoie[sz]?|envoi[sz]?)"
    r"(?:[- ]moi)? (?:plus|pas|jamais) rien\b|\bplus rien recevoir\b|\bm'envoye[rz]? (?:plus|jamais) "
    r"(?:rien|de|d')",
    rf"\bplus (?:jamais )?(?:aucun\w*|un seul|d'autres?) (?:{MAILS}|contact|sollicitation)\b|\b(?:aucun"
    r"|plus de|fin du|cess\w* tout) contact\b",
    r"\b(?:oublie[zs]?|efface[zs]?|supprime[zs]?|vire[zs]?|jete[zs]?|bloque[zs]?|degage[zs]?|enleve[zs]?"
    r"|retire[zs]?)[- ]"
    r"(?:moi|nous|mon (?:mail|e-?mail|adresse|nom|numero|contact)|mes (?:donnees|infos?\w*|coordonnees)"
    r"|tout ce qui me concerne"
    r"|toutes? (?:mes|les) (?:donnees|infos?\w*))\b(?! (?:de |d')?(?:te|vous) )",
    r"\b(?:oubli|effac|supprim|retir|enlev|ot|ray|desinscri|desabonn)\w*(?: (?:moi|me|nous|mon|ma|mes"
    r"|toutes?|svp|stp|merci|les))*"
    r" (?:donnees|coordonnees|adresse|e-?mail|mail|infos|informations|numero)\b(?! (?:du|de la) (?:colis"
    r"|produit|livraison))",
    r"\b(?:refus\w*|n'accepte (?:pas|plus)|oppos\w*)(?: \w+){0,2} (?:d'etre|toute|a toute|recevoir"
    r"|a recevoir|tout) (?:\w+ )?"
    r"(?:contact\w*|sollicit\w*|demarch\w*|prospection|mail\w*|message\w*|de vos)",
    r"\b(?:marre|ras[- ]le[- ]bol|assez|gonfle\w*|saoul\w*|soul\w*|lasse\w*) (?:de |d')(?:(?:vos|tes|ces"
    r"|recevoir|ce|me|tous|toutes"
    r"|faire)\b ?)+|\bvous (?:me|m') ?(?:saoul\w*|gonfl\w*|deranger?z?|harcel\w*|fatigu\w*)|\btu (?:me"
    r"|m') ?(?:saoul\w*|soul\w*"
    r"|gonfl\w*|harcel\w*|derang\w*)|\bca suffit\b|\bfoute[zs]? (?:moi |nous )?le camp\b|\bdegage[zr]?\b"
    r"|\bbarre[zs]?[- ](?:toi|vous)\b"
    r"|\blache[zs]?[- ]l'affaire\b|\bva te faire\b|\balle[zr] vous faire\b",
    r"\bje (?:vous|te) (?:bloque|signale|raye)\b|\b(?:vous|te|t') (?:etes|es|serez|seras) (?:bloque"
    r"|signale)\w*\b|\bporte\w* plainte\b"
    r"|\b(?:jamais|pas) (?:donne\w*|autoris\w*|consenti\w*|accord\w*|demande\w* a recevoir|inscrite?)"
    r"(?: \w+){0,3}"
    r" (?:accord|consentement|autorisation|adresse|mail|e-?mail|liste|newsletter|permission|coordonnees"
    r"|a (?:recevoir|etre)|ce (?:genre|type))",
    r"\b(?:n'utilise[zr]?|ne (?:garde[zr]?|conserve[zr]?|utilise[zr]?|stocke[zr]?)) (?:plus|pas) (?:mon"
    r"|mes|ma|cette)\b"
    r"|\b(?:pas|ni|aucun\w*|stop) (?:de |au |a la )?(?:demarchage|prospection)\b",
    r"\b(?:mail|e-?mail|adresse|coordonnees|donnees|numero|contact)s?\b[^\n]{0,80}\b(?:efface|supprime"
    r"|retire|enleve|vire|oublie|jete)[zsr]*[- ](?:le|la|les)\b"
    r"|\b(?:email|address|details|data|number|info)\b[^\n]{0,80}\b(?:delete|erase|remove|forget|lose) "
    r"(?:it|them)\b",
    r"\b(?:me|m'|nous) ?(?:re)?(?:contact|ecri|sollicit|relanc|envoy|derang|spam|importun)\w* (?:pas"
    r"|jamais|plus)\s*(?:$|[.!,]|svp|stp|merci|du tout|jamais)",
    r"\b(?:be|being|me|us|inbox) (?:left )?(?:alone|in peace)\b|\bleave my (?:inbox|e-?mail|dms)\b|\byou"
    r"(?:'re| are)? (?:\w+ )?spamming\b|\b(?:and|just|now|to) stop\s*(?:$|[.!])|\bc'est bon,? stop\b",
    r"\b(?:private|personal|privee?|perso\w*)\b[^.!?\n]{0,60}\b(?:do ?n[o']?t|not for|stop|ne (?:pas"
    r"|plus)|n'est pas|pas (?:faite?|pour))\b[^.!?\n]{0,30}\b(?:use|utilis\w*|pub\w*|market\w*"
    r"|commercial\w*|demarch\w*|mail\w*|write|ecri\w*)",
    r"\b(?:pouvez[- ]vous|peux[- ]tu|pourriez[- ]vous|faut|merci d'|priere d'|vous demande d'"
    r"|te demande d'|demande d')\s?(?:arreter|cesser|stopper)\b(?! (?:de |d'|la |le |les |l')?(?:fum"
    r"|collab|vend|partenaria))",
    r"\bupdate your records\b|\bhow many times\b[^.!?\n]{0,40}\b(?:stop|no|tell you|say)\b",
    r"\bm'envo\w+ (?:plus |pas |jamais )?(?:rien|aucun\w*)\b(?! (?:\w+ )?(?:avant|encore|pour l))",
    r"\blache[zs]?[- ](?:moi|nous)\b(?! (?:la |les |un|des|ton|votre))",
)

# the same wishes by their parts, near each other: to take out and what is mine, a denial and writing to me
TAKES_OUT = any_of(
    r"\b(?:remov|delet|eras|unsubscrib|wip|purg|scrub|exclud)\w*|\b(?:forget|strike|gone|off|out of)\b|\b"
    r"(?:take|taken|get|keep|strip|leave|kept|pull) (?:me|us|my|our|this)\b[^,]{0,30}\b(?:off|out)\b",
    r"\b(?:retir|supprim|effac|enlev|radi[eo]|desinscri|desabonn|purg|biff|ratur)\w*|\b(?:oter?|ote[zr]"
    r"|(?:raye|barre)[zr]?"
    r"|oublie[zrs]?|vire[zr]?|exclu[rst]e?|sort(?:ir|ez|s)|sors)\b|\b(?:plus|pas) (?:figurer|apparaitre"
    r"|etre|faire partie)\b",
)
MINE = any_of(
    r"\b(?:me|us|my (?:e-?mail|address|name|data|details|info\w*|contact\w*|number)|our (?:e-?mail|address"
    r"|name|data|details|info\w*|contact\w*)|this (?:e-?mail|address|inbox|account)"
    r"|(?:your|the|any|all|this|whatever) (?:\w+ )?(?:lists?|databases?|records?|systems?|contacts"
    r"|mailings?|crm|files?))\b",
    r"\b(?:moi|nous|mon (?:adresse|nom|e-?mail|mail|contact|numero)|mes (?:donnees|coordonnees|infos?"
    r"|informations|contacts?)|ma (?:fiche|adresse)|cette (?:adresse|boite)|ce (?:mail|contact)"
    r"|(?:vos|votre|tes|ta|ton|la|les|ces|toutes? (?:vos|tes|les)) (?:\w+ )?(?:listes?|fichiers?|bases?"
    r"|mailings?|crm|carnets?|repertoires?|registres?|contacts|envois|diffusions?))\b",
)
ABOUT_WORK = any_of(  # what is taken out of a post, or off a plan, is no wish to leave
    r"\b(?:posts?|stor(?:y|ies)|photos?|pictures?|videos?|reels?|comments?|tags?|logos?|drafts?|watermark"
    r"|caption|clause|line|sentence|paragraph|parcel|makeup|stains?|rights)\b",
    r"\b(?:publications?|images?|commentaires?|brouillons?|legende|phrase|paragraphe|colis|maquillage"
    r"|taches?|droits|articles?|ligne|premier mail|ancien\w*|old)\b",
)
DENIES = any_of(
    r"\b(?:no|not|never|stop|quit|cease|desist|discontinue|refrain|avoid|halt|nobody|none|nothing|without"
    r"|dont|didnt|rather you did(?:n'?t| not)|enough)\b|n't\b",
    r"\b(?:ne|pas|jamais|aucun\w*|arret\w*|cess\w*|evit\w*|inutile|rien|sans|fini\w*|stop|abst\w*"
    r"|interdi\w*)\b|\bn'|\bplus (?:jamais|aucun|a |me|m'|nous|recevoir|etre|d'etre|avoir|entendre)",
)
REACHES_ME = any_of(
    r"\b(?:contact|e-?mail|mail|messag|writ|text|bother|approach|solicit|spam|pitch|reach out|reaching out"
    r"|get in touch|getting in touch|send|sending|hear from|market|disturb|annoy|prospect)\w*"
    r"(?: (?:to|with|anything|any|stuff|more|these|this|those|pitches|offers|e-?mails?|messages?"
    r"|mails?))* (?:me|us|my (?:way|inbox|e-?mail|address)"
    r"|this (?:address|inbox|e-?mail)|here|again|any ?more|any longer|going forward|in (?:the )?future"
    r"|ever)\b"
    r"|\breceiv\w*(?: (?:any|further|more|other|your|such|these|those|of))*"
    r" (?:correspondence|communications?|messages?|e-?mails?|mailings?|offers|newsletters?|pitches)\b"
    r"|\b(?:hear from|e-?mails? from|messages? from) (?:you|your|brands?|companies|this)\b",
    r"\b(?:m'|me |nous |m )(?:re)?(?:ecri|contact|envo[iy]|sollicit|relanc|spam|derang|demarch|rappel"
    r"|harcel|importun|embet|ennuy|adresser (?:de|vos|d'))\w*"
    r"|\b(?:see|read|find|get|have) (?:your|another|any|more|one more) (?:\w+ )?(?:name|mail|e-?mail"
    r"|message|pitch|stuff"
    r"|crap|junk|offer)\w*\b|\b(?:recoive?s?|recevrai|avoir) (?:plus|rien"
    r"|aucun\w*)\b[^.!?\n]{0,20}\b(?:vous|vos|votre)\b"
    r"|\b(?:recevoir|etre (?:re)?(?:contact|sollicit|demarch|derang|relanc|importun)\w*|entendre parler"
    r"|avoir de (?:vos )?nouvelles)\b",
)
STOPS = any_of(
    r"\b(?:stop|quit|cease|desist|discontinue|halt|refrain|enough|no (?:more|further)|done with|sick of"
    r"|tired of|not for|isn'?t for)\b|\bmake this (?:your|the) last\b",
    r"\b(?:arrete\w*|cesse\w*|stoppe\w*|mettre fin a|mettez fin a|assez|aucune?|plus aucune?|halte|marre)\b",
)
MESSAGES = any_of(
    r"\b(?:e-?mail|message|communication|correspondence|pitch|outreach|marketing|solicitation|newsletter"
    r"|spam|mailing)\w*\b",
    r"\b(?:e-?mail|mail|message|envoi|sollicitation|relance|demarche|communication|correspondance"
    r"|courriel|prospection|pub|publicite)s?\b",
)
UNLESS = any_of(
    r"\b(?:before|until|till?|yet|unless|don'?t have|no longer have|if you|how (?:often|do)|when will|on "
    r"(?:insta\w*|tiktok|whatsapp|my phone)|by phone|via|instead|without (?:a|any|pay\w*|budget)|"
    r"(?<!rather you )(?:did|have|has|had|was|were|could|can|is|are)(?:n'?t| not)"
    r"|(?:i|we) (?:\w+ )?(?:write|contact|e-?mail|message|send|text)|hesitate|mind|problem|worr\w+|only"
    r"|sure|usually|often|forget|never (?:got|received|saw|heard)|sorry|get a lot|get so many)\b|\?",
    r"\b(?:avant|d'ici|tant que|sauf|si vous|quand|par (?:tel\w*|whatsapp|insta\w*|mp|dm)|sur (?:insta\w*"
    r"|tiktok|whatsapp)|plutot|plus tard|sans (?:remun\w*|pay\w*|budget)|(?:n'ai|n'avez|n'a|n'as|ai|avez"
    r"|as) (?:pas|jamais|rien|toujours pas|encore)"
    r"|hesit\w+|soucis?|problemes?|seulement|souvent|encore|toujours|j'ai|je (?:vous|t'|te) (?:ecri\w*"
    r"|contact\w*|envo\w*)|oubli\w*|tous les jours|qu'on|desolee?|recois)\b",
)
