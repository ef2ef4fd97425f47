"""Law: may this person be written to, are the lines there, and may the campaign exist.

The tables are data with their sources; they are defaults and screens, not legal advice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from agent.domain.channel import Channel
from agent.domain.draft import Finding
from agent.domain.gate.plain import bare
from agent.domain.gate.reading import Reading, Rule, block, offer_texts, warn
from agent.domain.gate.vocabulary import alternatives


class Gate(StrEnum):
    """Whether creators of a country may be written to."""

    ON = "on"
    OFF = "off"
    ASK = "ask"


@dataclass(frozen=True, kw_only=True)
class CountryRule:
    """What holds for a country (ISO 3166-1 alpha-2), and where that is written."""

    country: str
    gate: Gate
    source: str


COUNTRIES: tuple[CountryRule, ...] = (
    CountryRule(
        country="FR",
        gate=Gate.ON,
        source="CPCE L. 34-5: professional address, about the profession, with a way to object",
    ),
    CountryRule(
        country="US", gate=Gate.ON, source="15 USC 7704 (CAN-SPAM): truthful headers, postal address, opt-out"
    ),
    CountryRule(
        country="GB",
        gate=Gate.OFF,
        source="PECR 2003, reg. 22: sole traders count as individuals, consent first",
    ),
    CountryRule(country="DE", gate=Gate.OFF, source="UWG § 7: prior express consent"),
    CountryRule(country="IT", gate=Gate.OFF, source="Codice della privacy, art. 130: prior consent"),
    CountryRule(
        country="PL", gate=Gate.OFF, source="Prawo komunikacji elektronicznej, art. 398: prior consent"
    ),
    CountryRule(
        country="BE",
        gate=Gate.ASK,
        source="Code de droit économique, art. XII.13; arrêté royal of 4 April 2003",
    ),
    CountryRule(
        country="CA",
        gate=Gate.ASK,
        source="S.C. 2010, c. 23 (CASL), s. 10(9): conspicuously published address, relevant to the role",
    ),
    CountryRule(country="CH", gate=Gate.ASK, source="LCD / UWG art. 3 al. 1 let. o"),
    CountryRule(country="LU", gate=Gate.ASK, source="Loi du 30 mai 2005, art. 11"),
    CountryRule(country="AT", gate=Gate.ASK, source="TKG 2021, § 174"),
)
_BY_COUNTRY = {rule.country: rule for rule in COUNTRIES} | {
    "UK": next(r for r in COUNTRIES if r.country == "GB")
}


@dataclass(frozen=True, kw_only=True)
class CategoryRule:
    """A kind of product that creators may not, or not freely, promote in France, and its bare words."""

    name: str
    article: str
    words: str
    forbidden: bool = True


CATEGORIES: tuple[CategoryRule, ...] = (
    CategoryRule(
        name="cosmetic surgery and procedures",
        article="loi 2023-451, art. 4, I",
        words="cosmetic[- ]surgery|plastic surgery|chirurgie|aesthetic medicine|medecine esthetique|"
        "chirurgie[- ]esthetique|esthetique medicale|botox|toxine "
        "botulique|lip fillers?|dermal fillers?|fillers|acide hyaluronique inject\\w*|"
        "injections?|rhinoplast\\w+|liposuc\\w+|lifting|bbl|breast "
        "implants?|implants? mammaires?|cosmetic procedures?|actes? esthetiques?|greffes? "
        "(?:de cheveux|capillaires?)|hair transplants?|facettes dentaires",
    ),
    CategoryRule(
        name="therapeutic abstention",
        article="loi 2023-451, art. 4, II",
        words="instead of (?:medicine|medication|chemotherapy|treatment|doctors?)|sans medicaments?|"
        "remplace (?:les medicaments|un traitement|la chimio\\w*)|"
        "alternative a(?: la)? (?:chimio\\w*|vaccination|medecine)|jeune therapeutique|guerir "
        "sans|stop your medication|abstention therapeutique|cure cancer",
    ),
    CategoryRule(
        name="nicotine",
        article="loi 2023-451, art. 4, III; code de la santé publique, art. L. 3513-4",
        words="nicotine|puffs|puff bars?|vap(?:e|es|ing|er|oteuses?|oteur|otage)|e-?cig\\w*|"
        "e-?liquide?s?|cigarettes? electroniques?|snus|nicotine "
        "pouch\\w*|(?:pouches|sachets) (?:de |a la )?nicotine|cbd a vapoter|chicha|shisha|hookah",
    ),
    CategoryRule(
        name="tobacco",
        article="code de la santé publique, art. L. 3512-4",
        words="tobacco|tabacs?|cigarettes?|cigars?|cigares?|cigarillos?",
    ),
    CategoryRule(
        name="non-domestic animals",
        article="loi 2023-451, art. 4, IV",
        words="wild animals?|exotic (?:pets?|animals?)|animaux (?:sauvages|exotiques|non "
        "domestiques)|nac\\b|lion cubs?|lionceaux|tiger cubs?|monkeys? as pets?|"
        "serval|singes? de compagnie",
    ),
    CategoryRule(
        name="financial products",
        article="loi 2023-451, art. 4, V",
        words="crypto\\w*|bitcoins?|nfts?|forex|cfds?|trading|binary options?|options binaires|"
        "copy[- ]trading|token sale|ico|actifs numeriques|contrats financiers|"
        "leverage|effet de levier",
    ),
    CategoryRule(
        name="sports tips",
        article="loi 2023-451, art. 4, VI",
        words="pronos?|pronostics?(?: sportifs?)?|pronostiqueurs?|sports? tips(?:ters?)?|tipsters?|"
        "betting tips|conseils de paris|picks vip",
    ),
    CategoryRule(
        name="gambling",
        article="loi 2023-451, art. 4, VII",
        words="gambling|casinos?|betting|bookmakers?|sportsbook|poker|roulette en ligne|slot "
        "machines?|machines a sous|paris (?:sportifs?|hippiques?|en ligne)|"
        "jeux? d'argent|jeux? de hasard|loterie|lottery|i-?gaming",
    ),
    CategoryRule(
        name="alcohol",
        article="code de la santé publique, art. L. 3323-2 (loi Évin)",
        words="alcohol|alcohols|alcohol(?:ic)? (?:drinks?|beverages?)|alcools?|spiritueux|spirits|"
        "wines?|vins?|vins? (?:rouges?|blancs?|nature)|champagnes?|beers?|"
        "bieres?|whisk(?:e?y|ies)|vodkas?|gins?|rhums?|rums?|tequila|liqueurs?|cocktails "
        "alcoolises|aperitifs? alcoolises?|brewery|brasserie artisanale",
    ),
    CategoryRule(
        name="counterfeits",
        article="code de la propriété intellectuelle, art. L. 716-9",
        words="counterfeit\\w*|replica (?:bags?|watches|sneakers)|dupes? de marque|contrefacons?|"
        "faux sacs?|fake (?:bags?|watches|designer)",
    ),
    CategoryRule(
        name="food and drink",
        article="code de la santé publique, art. L. 2133-1: the health message goes with it",
        words="food|snacks?|soft drinks?|sodas?|confectionery|alimentaire|alimentation|boissons? "
        "sucrees?|confiseries?|biscuits?|candy|candies",
        forbidden=False,
    ),
    CategoryRule(
        name="training paid from a CPF account",
        article="loi 2023-451, art. 4; code du travail, art. L. 6323-8-1",
        words="cpf|compte personnel de formation",
        forbidden=False,
    ),
)
_SCREENS = tuple((rule, re.compile(rf"(?<![\w-]){alternatives(rule.words)}(?![\w-])")) for rule in CATEGORIES)
# « sans alcool », alcohol-free, wine vinegar: what is named is not what is sold
_NOT_SOLD = re.compile(
    r"(?:\b(?:sans|without|no|non|zero|anti|quit\w*|arret\w*|arreter de|instead of|plutot "
    r"que(?: de)?)[ -](?:d[eu]?'? ?|l[ae]?'? ?|any )?)\Z"
)
_FREE_OF = re.compile(r"(?:[ -]free\b|[ -]vinegar| inject\w+ mould\w*| glasses\b|[ -]?pastr)")


def lines(reading: Reading) -> Iterator[Finding]:
    """Block a body that lacks a line which the law asks for, exactly as it is on file."""
    case = reading.case
    if not case.legal_lines:
        yield warn(
            "law.no_lines", "", "No legal lines were given for this letter: it may not leave without them."
        )
    for line in case.legal_lines:
        if not line.strip() or line not in case.body:
            yield block(
                "law.line_missing",
                line,
                "The body lacks this line, which the law asks for: put it back exactly.",
            )


def sender(reading: Reading) -> Iterator[Finding]:
    """Block brands without a postal address (15 USC 7704(a)(5))."""
    if not reading.case.brand.postal_address.strip():
        yield block(
            "law.no_postal_address",
            "",
            "The brand has no postal address on file: add it; no letter leaves without one.",
        )


def address(reading: Reading) -> Iterator[Finding]:
    """Block addresses that are missing, private, or come from nowhere (CNIL, SAN-2024-020; CPCE L. 34-5)."""
    creator = reading.case.creator
    if reading.case.channel is Channel.DM:
        return  # a direct message goes to a profile: `direct.message_person` says whether it may
    if creator.address is None or not creator.address.email.strip():
        yield block(
            "law.no_address",
            "",
            "There is no address for this creator: find the one that they publish for business.",
        )
        return
    origin = creator.address.provenance
    if origin is None or not origin.kind.strip():
        email = creator.address.email
        yield block(
            "law.no_provenance",
            email,
            "Nobody noted where this address was found: note the page and the day.",
        )
    if creator.business_contact is False:
        yield block(
            "law.private_mailbox",
            creator.address.email,
            "This address is not published for business: do not write to it.",
        )
    elif creator.business_contact is None:
        yield warn(
            "law.unconfirmed_mailbox",
            creator.address.email,
            "Nobody has confirmed yet that this address is published for business: look and note it.",
        )


def country(reading: Reading) -> Iterator[Finding]:
    """Block countries where a ground must be recorded first, warn where one is not sure."""
    code = (reading.case.creator.country or "").upper()
    rule = _BY_COUNTRY.get(code)
    if rule is None:
        named = f"no rule for “{code}” is on file" if code else "the creator's country is not known"
        yield warn(
            "law.country_unknown", "", f"Whether one may write is not settled, {named}: let a person decide."
        )
    elif rule.gate is Gate.OFF:
        yield block(
            "law.country",
            code,
            f"Letters to {rule.country} are off until a ground is recorded ({rule.source}).",
        )
    elif rule.gate is Gate.ASK:
        yield warn(
            "law.country_ask", code, f"Check the ground for writing to {rule.country} ({rule.source})."
        )


def category(reading: Reading) -> Iterator[Finding]:
    """Block campaigns for what creators may not promote in France, euphemisms included; elsewhere tell."""
    case = reading.case
    campaign = case.campaign
    texts = (campaign.category or "", campaign.objective, *offer_texts(campaign.offer))
    french = case.creator.country in {"FR", None} or "FR" in campaign.countries or case.language == "fr"
    for rule, found in _screened(texts):
        tell = block if rule.forbidden and french else warn
        code = "law.category" if rule.forbidden else "law.category_restricted"
        yield tell(
            code,
            found,
            f"The campaign touches {rule.name} ({rule.article}): a lawyer decides, not a letter.",
        )


RULES: tuple[Rule, ...] = (lines, sender, address, country, category)


@lru_cache(maxsize=32)  # a campaign is the same for each of its letters
def _screened(texts: tuple[str, ...]) -> tuple[tuple[CategoryRule, str], ...]:
    """Return the kinds of product that the texts of a campaign touch, with the first word that says so."""
    bared = tuple(bare(text.replace("_", " ")) for text in texts)
    sold = ((rule, (_sold(pattern, text) for text in bared)) for rule, pattern in _SCREENS)
    firsts = ((rule, next((words for words in found if words is not None), None)) for rule, found in sold)
    return tuple((rule, words) for rule, words in firsts if words is not None)


def _sold(pattern: re.Pattern[str], text: str) -> str | None:
    for found in pattern.finditer(text):
        denied = _NOT_SOLD.search(text[max(0, found.start() - 24) : found.start()]) or _FREE_OF.match(
            text, found.end()
        )
        if denied is None:
            return found[0]
    return None
