"""Words that several meanings are built from; one pattern out of many."""

import re


def any_of(*patterns: str) -> re.Pattern[str]:
    """Return one pattern that finds what any of these finds; `^` and `$` are ends of lines."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.MULTILINE)


WRITE = (
    r"(?:e-?mail|mail|messag|writ|contact|send|spam|bother|text|dm|pester|harass|reach|approach|solicit)\w*"
)

ECRIRE = (
    r"(?:ecri\w*|contact\w*|recontact\w*|envo[iy]\w*|sollicit\w*|relanc\w*|spam\w*|deranger?z?|harcel\w*"
    r"|emmerd\w*)"
)

MAILS = (
    r"(?:e-?mails?|mails?|messages?|courriels?|courriers?|pubs?|publicites?|newsletters?|infos?|offres?"
    r"|sollicitations?)"
)

COLLAB = (
    r"(?:collab\w*|partenaria\w*|partnership\w*|sponso\w*|brand deals?|ads?\b|advertis\w*|promo\w*"
    r"|placements?|pubs?\b"
    r"|publicites?|gift\w*|gifting|ugc|produits offerts|paid posts?|product placement\w*|colab\w*)"
)

NOT = r"(?:pas|pa|plus|jamais)"
