"""Whether a mention is meant: said of oneself or praised, and neither denied, doubted nor complained about.

A wrong "they contradict you" costs a good creator, a missed one costs a look: every doubt counts as a denial,
wherever in the sentence it stands.
"""

import re
from enum import IntEnum

from agent.domain.vetting.lines import Line

_BEFORE, _AFTER = 45, 40

# Praise that is made of negations
_NO_DENIAL = re.compile(
    r"can'?t (?:live without|get enough|stop|wait|resist|do without)|could(?:n't| not) (?:resist|"
    r"live without)|never (?:say no|gets? old|enough)|not only|not just|nothing (?:beats|like|better)|"
    r"no (?:doubt|better)|why not|no worries|no problem|do not (?:miss|hesitate)|don't (?:miss|hesitate|"
    r"forget|worry)|(?:peux|pouvais|pourrais) (?:pas|plus) (?:m'en|me) passer|pas pu (?:resister|"
    r"m'empecher)|pas (?:seulement|que|cher|mal|resiste)|rien de (?:mieux|tel)|rien ne vaut|jamais sans|"
    r"sans (?:hesiter|hesitation|doute|oublier|moderation)|n'(?:hesite|oublie)[zs]? pas|ne (?:ratez|"
    r"loupez) pas|pas de (?:souci|panique)|plus de \d|without giving up|ask me anything"
)
_DENIAL = re.compile(
    # no, not any more, something else instead
    r"\b(?:no|not|never|without|nor|neither|nothing|zero|don'?t|doesn'?t|didn'?t|won'?t|isn'?t|aren'?t|"
    r"wasn'?t|can'?t|cannot|stop\w*|quit\w*|avoid\w*|instead|rather than|ditch\w*|reject\w*|replac\w+|"
    r"alternatives?|sick of|tired of|fed up|g[ai]ve up|giving up|used to|free (?:of|from)|former|"
    r"recover\w+|less|fewer|cut(?:ting)? (?:down|out)|swap\w*|break up|broke up|goodbye|bye|skip\w*|"
    r"removed|retire[sr]?|years ago|il y a|wants?|veut|combien|protest\w*|manifest\w*|accros?|"
    r"miss(?:ed|ing)?|memor(?:y|ies)|turned into|upcycl\w+|"
    r"pas|jamais|sans|non|ni|aucune?s?|ne|rien|halte|arret\w*|evit\w+|au lieu|plutot que|remplac\w+|"
    r"renonc\w+|finie?s?|marre|moins de|plus de|plus d|adieu|cess\w+|sevr\w+|diminu\w+|anciens?|"
    r"anciennement|ex|se passer|me passer|facon|souvenirs?|autrefois|"
    # blame
    r"boycott\w*|boycot\w+|against|contre|refus\w+|hate[sd]?|detest\w+|hais|denonc\w+|critici\w+|"
    r"critiqu\w+|problem\w*|truth|verite|dark side|dupes?|myth\w*|mythes?|harm\w*|worst|pires?|"
    r"danger\w*|risks?|risques?|scandal\w*|expos(?:e|ed|ing)|ban|banned|bans|interdi\w+|regret\w*|"
    r"mistakes?|erreurs?|derives?|ravages?|fleau|arnaqu\w*|scams?|toxi\w+|ruin\w*|destroy\w*|"
    r"pollu\w+|kills?|tue|sucks?|gross|disgust\w*|degout\w*|shame\w*|honte|exploit\w*|victim\w*|"
    r"addiction\w*|(?:lost|perdu) (?:everything|tout)|copie[sdr]?|copies|copied|steals?|stole|vole[srnt]*|"
    r"worr(?:y|ied|ies)|inquiet\w*|alert\w*|"
    # reporting, teaching, law
    r"why i|pourquoi|enquet\w+|investigat\w+|reportage|document\w+|films?|movies?|news|study|studies|"
    r"etudes?|laws?|lois?|tax\w*|petition\w*|milit\w+|activis\w+|debate?s?|debats?|explain\w*|expliqu\w+|"
    r"parler|talk(?:ing)? (?:to|about)|asked|asks?|asking|demande\w*|question\w*|whether|prevention|"
    r"awareness|sensibilis\w+|told me|m'a dit|insee|prix d\w*|prices?)\b|\bn'|\banti-?"
)
_OTHERS = re.compile(
    r"\b(?:my|mon|ma|mes|our|notre|nos) (?:\w+ )?(?:husband|wife|boyfriend|girlfriend|dad|father|mom|mum|"
    r"mother|brother|sister|son|daughter|teens?|kids?|friends?|boss|neighbou?rs?|uncle|aunt|grand\w+|"
    r"mari|femme|copain|copine|pere|papa|mere|maman|frere|soeur|fils|fille|ado|enfants?|amie?s?|"
    r"voisine?s?|oncle|tante|collegues?|chefs?|patron|doctor|medecin)(?:'s| (?!et moi|and i\b)\w+)"
)
_LIKED = re.compile(
    r"\b(?:lov(?:e|ed|es|ing)|favou?rites?|favs?|faves?|best|delicious|yum\w*|tasty|amazing|perfect|"
    r"gorgeous|enjoy\w*|obsess\w+|addicted|unboxing|try|tried|treat|thanks|craving\w*|dream|"
    r"ador\w+|aim(?:e|ons|es|ait|ais)|prefer\w+|favori\w*|meilleure?s?|delice|delicieu\w+|regal\w*|miam|"
    r"gourmand\w*|craqu\w+|fan|merci|reve|parfait\w*|inoubliable|"
    r"recipes?|recettes?|code|discount|book now)\b|\bl'ador|[😍🤤❤♥😋🥩🍖🍗🥓🍷🍺🍻🥂🍾🔥💖💕]"
)
_DONE = re.compile(
    r"\b(?:i|we) (?:\w+ly |just |finally )?(?:am|are|had|have|ate|eat|got|get|bought|buy|ordered|order|"
    r"drank|drink|did|do|lost|lose|smoke|smoked|wear|wore|made|make|cook|cooked|went|flew|booked|hunt|"
    r"hunted|visited|use|used)\b|\b(?:i'm|i've|we're|we've|got myself)\b|\bj'ai (?:\w+ment |enfin |"
    r"deja )?(?:fait|mange|bu|goute|pris|recu|commande|achete|perdu|teste|craque|porte|cuisine|adore|fume|"
    r"visite|essaye)|\bje (?:bois|mange|prends|fume|vape|fais|porte|commande|suis|chasse|cuisine|passe)\b|"
    r"\b(?:on a|nous avons|on s'est|on va|on est|nous sommes) \w+|\bm'(?:a|ont) offert"
)
_MINE = re.compile(
    r"\b(?:my|our|mon|ma|mes|notre|nos)\s+(?:[\w'-]+\s+){0,3}$|"
    r"\bwith (?:the|my) (?:girls|guys|boys|family|dad|crew)\b"
)


def is_denied(line: Line, start: int, end: int) -> bool:
    """Return whether the sentence around the places denies, criticises, gives up, reports or asks."""
    if line.bare.rstrip().endswith("?"):
        return True
    around = f"{line.bare[:start]} … {line.bare[end:]}"
    return _DENIAL.search(_NO_DENIAL.sub(" ", around)) is not None


class Voice(IntEnum):
    """How surely an author speaks of their own doing or liking."""

    NONE = 0
    MINE = 1
    MEANT = 2


def voice_of(line: Line, start: int, end: int) -> Voice:
    """Return how surely what stands between the places is the author's own; a bio always speaks of it."""
    if line.is_bio:
        return Voice.MEANT
    if _OTHERS.search(line.bare[:start]):
        return Voice.NONE
    before, after = line.bare[max(0, start - _BEFORE) : start], line.bare[end : end + _AFTER]
    if _LIKED.search(f"{before} | {after}") or _NO_DENIAL.search(before) or _DONE.search(before):
        return Voice.MEANT
    return Voice.MINE if _MINE.search(before) or _MINE.search(after) else Voice.NONE
