"""What people say in French and English, as patterns over plain text (small letters, no accents).

One list per meaning; `masks` are turns of phrase that only look like one of them.
"""

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.MULTILINE)


_WRITE = (
    r"(?:e-?mail|mail|messag|writ|contact|send|spam|bother|text|dm|pester|harass|reach|approach|solicit)\w*"
)
_ECRIRE = (
    r"(?:ecri\w*|contact\w*|recontact\w*|envo[iy]\w*|sollicit\w*|relanc\w*|spam\w*|deranger?z?|harcel\w*"
    r"|emmerd\w*)"
)
_MAILS = (
    r"(?:e-?mails?|mails?|messages?|courriels?|courriers?|pubs?|publicites?|newsletters?|infos?|offres?"
    r"|sollicitations?)"
)
_COLLAB = (
    r"(?:collab\w*|partenaria\w*|partnership\w*|sponso\w*|brand deals?|ads?\b|advertis\w*|promo\w*"
    r"|placements?|pubs?\b"
    r"|publicites?|gift\w*|gifting|ugc|produits offerts|paid posts?|product placement\w*|colab\w*)"
)
_NOT = r"(?:pas|pa|plus|jamais)"

MASKS = _any(
    r"\bnon[- ]?stop\b",
    r"\b(?:can'?t|cannot|can not|couldn'?t|won'?t|don'?t|didn'?t|doesn'?t|never"
    rf"|hardly)(?: \w+)? stop(?:ped|s|ping)?\b(?! (?:the |your |these )?{_WRITE})",
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
    r"\b(?:can'?t|cannot|can not) wait\b|\b(?:can'?t|couldn'?t|cannot|wouldn'?t|won'?t) (?:say|refuse"
    r"|possibly say) no\b",
    r"\b(?:couldn'?t|can'?t) (?:be happier|agree more|thank)\b|\bdi(?:s|t|re|rai|rais) pas non\b"
    r"|\bdire non\b|\bnot saying no\b",
    r"\bn?'?hesite[zs]? pas\b|\bdon'?t hesitate\b|\bno need to\b|\bdo not hesitate\b",
    r"\b(?:people|followers|subscribers|they|fans|some|many|who)(?: \w+){0,2} unsubscribe\w*|\b(?:se"
    r"|des) desabonn(?:ent|ements?)\b",
    r"\b(?:i'?ll|i will|je) (?:pass|passe) (?:it|this|ca|cela|le message|your|votre|ton|along|on to"
    r"|through|by|par|au|a la|te voir|vous voir)\b[^.!?\n]*",
)

FOOTERS = _any(
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
BULK_HINTS = _any(
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
     "desabonnement", "desabonner", "desabonnez", "desabonne"}
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
OPTED_OUT = _any(
    rf"\b(?:stop|quit|cease|desist)\b(?:[ ,]+\w+){{0,4}}?[ ,]+{_WRITE}",
    r"\b(?:do ?n[o']?t|dont|never|not)(?: (?!sure|only"
    rf"|hesitate)\w+){{0,2}} {_WRITE}(?: out)?(?: to)? (?:me|us)\b"
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
    rf"\b(?:stop|quit|cease)(?: (?:please|pls|all|it|ever|with|the|your|these|those|sending|me))* {_WRITE}",
    r"\b(?:you to|said|told you|tell you|j'?ai dit|je dis|vous ai dit) stop\b|\bstop (?:it|this|that"
    r"|now|please|pls|plz|sending|asking|with (?:the|your|these)|already)\b"
    r"|\bplease,? (?:just )?stop\b|\bjust stop\b",
    r"\b(?:do ?n[o']?t|dont|never|no longer|not|don't you dare)(?: ever| want you to| want to be"
    rf"| wish to be| like to be| be)? {_WRITE}(?: to)? (?:me|us|this|here|my|again|any ?more|ever"
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
    rf"\b(?:ne |n')?(?:m'|me |m |nous )(?:plus )?{_ECRIRE} (?:plus|pl[ul]s|jamais|surtout pas)\b",
    r"\bne (?:m'|me |nous )(?:ecri\w*|contact\w*|recontact\w*|sollicit\w*|relanc\w*"
    r"|deranger?z?) pas\b(?! (?:\w+ ){0,2}(?:avant|d'ici|sur insta|par tel|par whatsapp))",
    rf"\bne plus (?:jamais )?(?:m'|me |nous |etre |etre plus |recevoir |envoyer )?(?:{_ECRIRE}"
    rf"|{_MAILS}|de vos|vos|vous|de tels?)",
    rf"\bn?e?'?(?:veu\w*|souhait\w*|desire?\w*|voudr\w*) (?:plus|pas) (?:recevoir|etre (?:{_ECRIRE}"
    rf"|demarche)|que (?:vous|tu) m|d?'?entendre parler|de (?:vos |tes )?{_MAILS}|aucun)",
    rf"\bplus (?:jamais )?(?:de |d'|aucun |vos |tes )(?:vos |tes )?{_MAILS}\b|\bplus (?:m'|me )(?:{_ECRIRE})",
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
    rf"|tous )){{0,3}}(?:{_ECRIRE}|{_MAILS}|demarchage|harcelement|prospection|ca\b)",
    rf"\bstop (?:aux? |les? |la |vos |tes |a vos |avec |toute |a la )?(?:{_MAILS}|demarchage"
    r"|prospection|svp|stp|merci|ca|contact|spam|harcelement)\b",
    r"\bc'est (?:du|un) spam\b|\bsignal\w* (?:\w+ ){0,4}spam\b|\bspam(?:me|mer|mez)\b"
    r"|\bpas (?:autorise|donne)(?: \w+){0,3} (?:mon|mes) (?:adresse|mail|coordonnees|email)",
)

DECLINED = _any(
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
    rf"|collab\w*|post\w*|promot\w*|endors\w*|commit)\b(?=[^.!?\n]{{0,40}}(?:{_COLLAB}|brands?|it\b"
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
    r"^\W*(?:(?:hm+|euh|bah|ben|well|um+|ah|oh|sorry|desolee?)\W+)?(?:no|non|nn|nop|nan|niet"
    r"|nein)\b(?=\W*(?:$|[.!,:;-]|merci|thanks?|sorry|desole|dsl|je|i "
    r"|c'est|mais merci|vraiment|ca|ce|pas|really|absolutely|definitely|not|et ))",
    r"\b(?:mais|but|donc|so) (?:non|no)\s*(?:$|[.!,\n])|\bnot my vibe\b|\b(?:can'?t"
    r"|cannot) help (?:you )?with\b",
    r"[.!,\n] ?(?:so |donc |alors |but |mais )?(?:no|non)\s*(?:$|[.!])",
    r"\bnon,? (?:merci|mrc|mci|desole\w*|dsl|sans facon|vraiment)\b|\bnn merci\b|\bmerci,? (?:mais"
    r"|ms) (?:non|nn|no)\b|\b(?:ce sera|c'est|ca sera|sera|reponse est|dis) non\b|\bsans facon\b",
    rf"\b{_NOT} (?:du tout |vraiment |trop |tellement |plus |tres )?(?:interes\w*|interres\w*|tente\w*"
    r"|partante?s?|chaude?s?|convaincue?s?)\b(?! que| de savoir)",
    rf"\b(?:m'|me |nous |m )interes\w* {_NOT}\b|\b(?:ca|cela|ce) (?:ne |n')?(?:me |m')?(?:dit|parle"
    rf"|tente|interesse|correspond|convient|branche) (?:vraiment |trop )?{_NOT}\b",
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
    rf"|aucun)(?: de| d'| aucun| les)? ?(?:\w+ )?(?:{_COLLAB})|\barrete (?:les|la|le"
    rf"|mes) (?:{_COLLAB})|\b{_NOT} de (?:{_COLLAB})(?: \w+){{0,4}}$|\b(?:{_COLLAB}) (?:ne "
    rf"|n')?(?:m'interess\w*|c'est) {_NOT}\b",
    r"\bne correspond\w* (?:pas|plus|ni)\b|\bpas en accord\b|\bcontraire a mes\b"
    r"|\bpas (?:dans )?mes valeurs\b|\bmais (?:je )?(?:ne )?(?:peux|pourrai|vais) pas\s*(?:$|[.!,])"
    r"|\bmalheureusement (?:non|pas)\b|\bpas possible pour moi\b|\bca ne (?:va"
    r"|sera) pas (?:etre )?(?:possible|le faire)\b|\bca va pas le faire\b",
    "[\U0001f645\U0001f44e\u274c]",
)
SOFT_NO = _any(
    r"\b(?:not|pas|pa) (?:really |vraiment |trop )?(?:interest\w*|interes\w*|available|dispo\w*"
    r"|looking|taking|accepting|open)(?: \w+){0,5} (?:right now|at the moment|at this (?:time|point"
    r"|stage)|for now|currently|this (?:month|season|quarter|year)|today|pour le moment|pour l'instant"
    r"|en ce moment|actuellement|pr le moment|cette annee|ce mois-ci)\b",
    r"\b(?:can'?t|cannot|won'?t be able to|not able to|ne peux pas|ne pourrai pas|peux pas"
    r"|pourrai pas)(?: \w+){0,6} (?:right now|at the moment|for now|before|until|this (?:month|week"
    r"|season)|pour le moment|pour l'instant|en ce moment|avant|tout de suite|maintenant)\b",
)
INVITES_AGAIN = _any(
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
)
LATER = _any(
    r"\b(?:revisit|circle back|check back|reach back out|try (?:me )?again|hit me up|ask me again"
    r"|get back to me|contact me again|write (?:to )?me again)\b(?=[^.!?\n]{0,40}\b(?:in|after|next"
    r"|later|then|once|when|from|around)\b)",
    r"\b(?:recontacte[zr]?|recontactez|reecri[st]?|reecrivez|recrivez|relance[zr]?|revene[zr]"
    r"|reviens)[- ]?(?:vers )?moi\b|\b(?:on |en )reparle(?:ra|rons)?\b",
)
NOT_NOW = _any(
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
    rf"\b{_NOT} (?:maintenant|en ce moment|pour (?:le moment|l'instant)|tout de suite|actuellement"
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
)
OUT_OF_OFFICE = _any(
    r"\bout[- ]of[- ](?:the[- ])?office\b|\booo\b|\b(?:i am|i'm|we are|currently|will be"
    r"|be) (?:currently |now |still )?(?:away|on (?:annual |paid |sick |parental |maternity "
    r"|paternity )?(?:leave|holidays?|vacation|pto)|travell?ing|off work|out (?:until|from|till"
    r"|of town|this|all|with))\b",
    r"\b(?:away from (?:my|the) (?:desk|office|mail|e-?mail|computer|inbox)|on (?:annual|maternity"
    r"|paternity|parental|sick) leave|limited access to (?:my )?e-?mail|back in the office"
    r"|office is closed|we are closed|i will be back|i'll be back|return to the office)\b",
    r"\b(?:je suis|nous sommes|serai|sommes|actuellement|suis|serons) (?:actuellement |en ce moment "
    r"|momentanement )?(?:absente?s?|en (?:conges?|vacances|rtt|arret|deplacement)|indisponibles?"
    r"|hors (?:du )?bureau|fermes?)\b|\babsente?s? (?:du|jusqu|pour|de mon|cette|toute|et|le)\b"
    r"|\ben conges?\b|\bconges? (?:maternite|annuels|paternite|parental|maladie)\b",
    r"\b(?:serai|suis|serons) (?:de retour|a nouveau (?:disponible|joignable))|\bde retour (?:le|lundi"
    r"|mardi|mercredi|jeudi|vendredi|en|au|a partir|des|la)\b|\bbureaux? (?:sont |est )?fermes?\b"
    r"|\bacces limite a mes? (?:e-?mails?|messagerie)|\ben vacances jusqu|\bje reprends? (?:le travail"
    r"|le)\b",
)
AUTO = _any(
    r"\b(?:this is an (?:automat\w+|auto)|automatic(?:ally)? (?:reply|response|generated)|auto-?reply"
    r"|ceci est (?:un|une) (?:message|reponse) automatique|message automatique|reponse automatique"
    r"|ne pas repondre a ce (?:message|mail)|do not reply to this (?:e-?mail|message)"
    r"|we have received your (?:message|e-?mail|request)|nous avons bien recu votre (?:message|demande"
    r"|mail|e-?mail)|votre (?:message|demande) a bien ete (?:recue?|prise?)|ticket (?:number|#"
    r"|has been)|accuse de reception)\b",
)
MANAGER = _any(
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
)
NEGOTIATES = _any(
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
    r"|fais payer)\b(?=[^.!?\n]{0,25}(?:\d|€))|\bcombien\b(?=[^.!?\n]{0,40}(?:pay|propos|budget"
    r"|rapport|gagn|post|reel|story|collab|toucher|€|vous|tu))|\bcommission\b|\bgratuitement\b"
    r"|\bdroits d'(?:image|utilisation|exploitation)\b",
)
INTERROGATIVE = _any(
    r"\b(?:what|when|where|who|which|how|why|could|can|would|will|do|does|did|is|are|any|may|should"
    r"|have|has)\b",
    r"\b(?:quoi|quel\w*|quand|ou|qui|comment|combien|pourquoi|est-ce|es-ce|esk|pouvez|pourriez|peux"
    r"|peut|auriez|avez|as|y a|faut|dois|doit|serait|sera|sont|est|c'est|sagit|livre\w*|lesquel\w*"
    r"|laquelle|possible|c koi|koi|kel)\b|-(?:vous|tu|il|elle|on|ce)\b",
)
RHETORICAL = _any(
    r"^\W*(?:(?:why not|pourquoi pas)\W*$|how are you|how's it going|comment allez[- ]vous|comment (?:ca va"
    r"|vas[- ]tu)|ca va|vous allez bien|tu vas bien|what'?s not to love|et vous|and you)\b"
)
ASKS = _any(
    r"^\W*(?:what|which|who|when|where|how|quel\w*|comment|combien|quand|qui) (?!about that|a |que |ever)\w+",
    r"\b(?:could|can|would) you (?:please |pls )?(?:tell|send|share|explain|clarify|give|let me know)"
    r"|\bi(?:'d| would) (?:like|love) to know\b|\bi was wondering\b|\bplease (?:tell|send|share)\b"
    r"|\b(?:tell|send) me more\b|\bmore (?:info\w*|details)\b|\blet me know (?:what|how|when|if|which"
    r"|more)\b",
    r"\b(?:pouvez|pourriez|peux|pourrais)[- ](?:vous|tu)? ?(?:m'|me )|\bje (?:voudrais|voulais"
    r"|souhaite(?:rais)?|veux|aimerais) (?:bien )?(?:savoir|en savoir|plus d|avoir)|\ben savoir plus\b"
    r"|\bplus d'(?:info\w*|details)\b|\bdites[- ]m'?(?:en|oi)\b|\bdis[- ]m'en\b|\b(?:est-ce|esk"
    r"|es-ce) qu|\bc'est quoi\b|\bc koi\b|\bprecis(?:er|ions)\b",
)
YES = _any(
    r"^\W*(?:(?:hi|hello|hey|bonjour|bonsoir|salut|coucou|hello)\b[^.!,\n]{0,25}[.!,\n]*\s*)?(?:oh "
    r"|ah |well |mais |omg )?(?:yes|yess+|yep|yeah|yup|yas+|sure|absolutely|definitely|of course"
    r"|certainly|gladly|oui|ouiii*|wi|ouais|carrement|grave|evidemment|bien sur|volontiers"
    r"|avec (?:grand |un grand )?plaisir|d'accord|ok|okay|deal|go|banco|top|super|parfait|let's go"
    r"|with pleasure)\b(?! (?:i (?:got|received|saw|read)|j'ai (?:bien )?(?:recu|vu|lu)|but|mais"
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
    r"\bcount me in\b|\bi accept\b|\bsign me up\b|\bwould love\b|\bi'?m all (?:in|for it)\b"
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
)
WARM = _any(
    r"\bsounds (?:\w+ )?(?:interesting|great|good|fun|amazing|awesome|lovely|cool|exciting|nice)\b"
    r"|\b(?:love|like|adore|obsessed with) (?:the|this|your|that) (?:\w+ )?(?:idea|brand|product\w*"
    r"|project|concept|values|mission)\b|\bwhy not\b|\b(?:can't|cannot) wait\b|\bwouldn'?t say no\b"
    r"|\b(?:can'?t|couldn'?t) say no\b|\bexcited\b|\bkeen\b|\bopen to\b|\bcurious\b|\binterested\b",
    r"\bpourquoi pas\b|\bpq pas\b|\bpk pas\b|\bj'(?:aime|adore) (?:beaucoup |bien |trop )?(?:l'idee"
    r"|votre|vos|la|le|ton|ta|tes|les|ce)\b|\b(?:idee|proposition|projet"
    r"|offre) (?:\w+ ){0,2}(?:interessante?|seduisante?|top|geniale?|sympa|super)\b|\btrop (?:bien"
    r"|cool|chouette|contente?|stylee?)\b|\bj'ai hate\b|\b(?:ca a l'air|ca semble"
    r"|c'est) (?:\w+ )?(?:top|super|genial|cool|sympa|chouette|interessant)\b|\bpas contre\b"
    r"|\binteres\w+\b|\bdis pas non\b|\bpas de refus\b",
    "[\U0001f44d\U0001f64c\U0001f60d\U0001f929\u2705\U0001f970\U0001f525\U0001f64b\u2764]",
)
GREETING = _any(
    r"^\W*(?:(?:re ?: ?)?(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|bonjour|bonsoir|salut"
    r"|coucou|chere?|madame|monsieur)\b(?: (?:there|all|[a-z'-]{2,15}|madame|monsieur|the \w+ team"
    r"|l'equipe)){0,4})\s*(?:[,.!]+|\n|$)"
)
