"""Paid and gifted posts, and whether their text says so.

France, loi 2023-451 of 9 June 2023, art. 5, as amended by ordonnance 2024-978: « Publicité » or
« Collaboration commerciale », or an equivalent mention, clear and legible; gifts in exchange count (art. 1).
US, 16 CFR 255.5: a material connection, a free product too, is disclosed clearly and within the endorsement;
the FTC's "Disclosures 101 for Social Media Influencers" calls "sp", "spon", "collab", "thanks" and
"ambassador" alone too vague. Only texts are read here: a platform's own label ("paid partnership with …") is
not part of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from agent.domain.creator import Creator, Post
from agent.domain.fit import Level, Quotation
from agent.domain.vetting.lines import Line, distinct, lines_of, lines_of_post
from agent.domain.vetting.patterns import words
from agent.domain.vetting.signal import Kind, Signal

_SHARE = 0.5
_LEAST_POSTS = 4
_EVIDENCE = 5


class Mention(StrEnum):
    """How a text that looks paid says that it is."""

    CLEAR = "clear"
    VAGUE = "vague"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Sponsored:
    """A post whose text shows a collaboration: how it is mentioned, and the words that show it."""

    post: Post
    mention: Mention
    evidence: Quotation


_CLEAR_FR = words(
    r"publicite|#publicite|#pub|collab(?:oration)?s? commerciales?|#collab(?:oration)?commerciale|"
    r"communication commerciale|partenariats? (?:remunere|commercial|sponsorise|publicitaire)s?|"
    r"#partenariatremunere|(?:video|post|article|contenu|publication|billet) (?:est )?sponsorisee?|"
    r"(?:est )?sponsorisee? par|#sponsorise"
)
_CLEAR_EN = words(
    r"paid (?:ad|partnership|promotion|collaboration)|#paid(?:ad|partnership)|sponsored (?:by|post|video|"
    r"content)|(?:is|was) sponsored"
)
_TAGS_EN = re.compile(
    r"#(?:ad|ads|advert|advertisement|sponsored)\b|\[ad\]|\(ad\)|^ad\s?[:|]|\badvertisement\b"
)
_VAGUE = words(
    r"#sp|#spon|#collab|#collaboration|#partner|#partenariat|#ambassador|#ambassadrice|#ambassadeur|#gifted|"
    r"gifted by|kindly gifted|\(gifted\)|#gift|pr package|#prpackage|#produitoffert|produits? offerts? par|"
    r"(?:m'a|m'ont|nous a|nous ont) (?:offert|gentiment offert|envoye)|(?:in )?(?:partnership|"
    r"collaboration) with|(?:en )?(?:partenariat|collaboration) avec|#affiliate|affiliate links?|"
    r"liens? affilies?|liens? d'affiliation|thanks to @|merci a @"
)
_CODE = words(r"codes? promo\w*|promo ?codes?|(?:discount|coupon) codes?|codes? (?:de )?reduction")
# a code in capitals, in a sentence about a price: `with code LISON10`, and not `le code HTML`
_PRICE = words(
    r"\d+ ?%|-\d+ ?%|\d+ ?(?:€|euros?|\$)|off|discount|reductions?|remises?|promo\w*|checkout|panier|order|"
    r"commande|offerte?s?|free|gratuite?s?|utilise[rz]?|use|avec (?:le|mon)|with (?:my|the)?"
)
_CODE_WRITTEN = re.compile(
    r"\b[Cc]ode\s*:?\s*[“\"«']?\s?(?=[A-Z0-9]*[A-Z])[A-Z0-9]{4,}\b|\bCODE\s*:?\s*[“\"«']\s?[A-Z0-9]{4,}\b"
)
_SPARED = words(
    r"not (?:an? )?(?:ad|sponsored|paid|advertisement)|(?:isn't|wasn't) (?:an ad|sponsored|paid)|"
    r"non[- ]sponsorisee?s?|pas (?:du tout )?(?:sponsorisee?|une? (?:pub|publicite|collaboration|"
    r"partenariat))|ni sponsorisee?|sans (?:partenariat|pub|publicite)|unsponsored|#notsponsored|#notanad|"
    r"#nonsponsorise"
)
_INQUIRY = words(
    r"dms?|e-?mails?|mails?|contact\w*|inquir\w+|enquir\w+|business|pro|professionnel\w*|open (?:for|to)|"
    r"pour toutes?|booking|demandes?"
)
_ENDS_VAGUE = re.compile(r"(?:partnership|collaboration|partenariat|affili\w+)")
_BIO = words(
    r"ambassad(?:or|rice|eur|ors|eurs)(?: for| de| chez)?|sponsored by|sponsorisee? par|codes? promo\w*|"
    r"promo codes?|discount codes?|use code"
)
_OWN_STUDIES = words(
    r"to code|code (?:review|life|camp)|dress code|qr code|coding|code de la route|source code"
)


def sponsored_posts(creator: Creator) -> tuple[Sponsored, ...]:
    """Return the posts whose text shows that they were paid for or given something for."""
    found = (_sponsored(post, in_french=_in_french(creator)) for post in creator.posts)
    return tuple(each for each in found if each is not None)


def sponsorship(creator: Creator) -> Iterator[Signal]:
    """Tell how many posts look paid, whether their text says so, and what the bio tells of it."""
    posts = sum(1 for post in creator.posts if post.is_quotable)
    found = sponsored_posts(creator)
    if posts:
        is_much = posts >= _LEAST_POSTS and len(found) > _SHARE * posts
        yield Signal(
            kind=Kind.SPONSORED,
            level=Level.LOOK if is_much else Level.FINE,
            key="sponsored.share",
            figures={"sponsored": len(found), "posts": posts},
            evidence=_evidence(found),
        )
    if found:
        yield _disclosure(creator, found)
    yield from _bio(creator)


def _disclosure(creator: Creator, found: tuple[Sponsored, ...]) -> Signal:
    unclear = tuple(each for each in found if each.mention is not Mention.CLEAR)
    figures = {"sponsored": len(found), "unclear": len(unclear)}
    if not unclear:
        return _said(Level.FINE, "disclosure.clear", found, figures)
    # never more than a look: the platform's label may say what the text does not
    return _said(Level.LOOK, "disclosure.fr" if _in_french(creator) else "disclosure.us", unclear, figures)


def _said(level: Level, key: str, found: tuple[Sponsored, ...], figures: dict[str, int]) -> Signal:
    return Signal(kind=Kind.DISCLOSURE, level=level, key=key, figures=figures, evidence=_evidence(found))


def _evidence(found: tuple[Sponsored, ...]) -> tuple[Quotation, ...]:
    return distinct(each.evidence for each in found)[:_EVIDENCE]


def _bio(creator: Creator) -> Iterator[Signal]:
    evidence = [
        line.quotation(*match.span())
        for line in lines_of(creator)
        if line.is_bio
        and not _OWN_STUDIES.search(line.bare)
        and (match := _CODE_WRITTEN.search(line.text) or _BIO.search(line.bare)) is not None
    ]
    if evidence:
        yield Signal(
            kind=Kind.SPONSORED,
            level=Level.FINE,
            key="sponsored.bio",
            evidence=distinct(evidence)[:_EVIDENCE],
        )


def _sponsored(post: Post, *, in_french: bool) -> Sponsored | None:
    lines = lines_of_post(post)
    # "not sponsored" anywhere settles the whole post
    if any(_SPARED.search(line.bare) for line in lines):
        return None
    # an English abbreviation tells a French reader too little
    clear = (_CLEAR_FR, _CLEAR_EN) if in_french else (_CLEAR_FR, _CLEAR_EN, _TAGS_EN)
    steps = (
        (Mention.CLEAR, clear),
        (Mention.VAGUE, (_TAGS_EN, _VAGUE)),
        (Mention.NONE, (_CODE, _CODE_WRITTEN)),
    )
    for mention, patterns in steps:
        evidence = next(_shown(lines, patterns), None)
        if evidence is not None:
            return Sponsored(post=post, mention=mention, evidence=evidence)
    return None


def _shown(lines: tuple[Line, ...], patterns: tuple[re.Pattern[str], ...]) -> Iterator[Quotation]:
    for line in lines:
        for pattern in patterns:
            found = _code(line) if pattern is _CODE_WRITTEN else pattern.search(line.bare)
            if found is not None and not _is_invitation(line, found[0]):
                yield line.quotation(*found.span())


def _code(line: Line) -> re.Match[str] | None:
    return _CODE_WRITTEN.search(line.text) if _PRICE.search(line.bare) else None


def _is_invitation(line: Line, words_found: str) -> bool:
    """Return whether the words only invite collaborations: `partenariat : écrivez-moi`."""
    return bool(_ENDS_VAGUE.search(words_found) and _INQUIRY.search(line.bare))


def _in_french(creator: Creator) -> bool:
    # the stricter of the two where the account is of France or speaks French
    return creator.country == "FR" or creator.language == "fr"
