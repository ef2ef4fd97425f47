"""First terms of a brief: what the campaign offers, made definite for one creator."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

import prompts
from agent.domain.brand import Offer
from agent.domain.brief import Contact, Deliverable, Disclosure, Format, Terms, UsageRights, disclosure_for
from agent.domain.gate.custom import letter_form
from agent.ports import Ports
from agent.usecases.briefing_letter import TEXTS
from agent.usecases.composing import LANGUAGES
from agent.usecases.gating import letter_language
from agent.usecases.lookup import Context
from prompts import Phrases, Texts

_COUNTED = re.compile(r"(?P<number>\d{1,2}|[^\W\d]+)\s+(?:[x×]\s+)?(?P<what>\S.*)", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")
_STEPS = ("default_step_reply", "default_step_show", "default_step_check")


def first_terms(ports: Ports, context: Context, texts: Texts, *, on: date) -> Terms:
    """Return the campaign's offer as terms of a brief; a person changes what differs for this creator."""
    offer, brand = context.campaign.offer, context.brand
    phrases = texts.phrases(TEXTS, brief_language(context))
    register = letter_form(brand, context.creator).value if brief_language(context) == "fr" else ""
    terms = Terms(
        objective=context.campaign.objective,
        contact=Contact(name=brand.sender.name, email=brand.sender.email),
        gift=offer.gift,
        cash=offer.cash,
        affiliate=offer.affiliate,
        deliverables=tuple(_deliverable(text, offer.deadline) for text in offer.deliverables),
        rights=_rights(offer, phrases, brand.name, on=on),
        must_nots=_said(phrases, ("default_must_not",), register),
        approval_steps=_said(phrases, _STEPS if offer.deliverables else _STEPS[:1], register),
    )
    usual = disclosure_of(ports, context, terms, on=on).usual_words
    return Terms(**{**vars(terms), "disclosure": usual})


def brief_language(context: Context) -> str:
    """Return the language of a brief: the creator's where letters exist in it, else English."""
    language = letter_language(context)
    return language if language in LANGUAGES else "en"


def countries_of(context: Context, terms: Terms) -> tuple[str, ...]:
    """Return where the creator lives and where the audience is, the brand's market where neither is known."""
    programme = context.brand.programme
    known = [country for country in (context.creator.country, terms.audience_country) if country]
    market = [programme.market] if programme and programme.market and not context.creator.country else []
    return tuple(dict.fromkeys((*known, *market)))


def disclosure_of(ports: Ports, context: Context, terms: Terms, *, on: date) -> Disclosure:
    """Return how this creator marks a publication: by every country concerned, strictest first."""
    countries = countries_of(context, terms)
    return disclosure_for(ports.briefing.law.disclosures, countries=countries, benefits=terms.benefits, on=on)


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _rights(offer: Offer, phrases: Phrases, brand: str, *, on: date) -> UsageRights | None:
    if offer.rights is None:
        return None
    start = max(offer.deadline or on, on)
    end = months_later(start, offer.rights.months) - timedelta(days=1)
    scope = phrases.forms("rights_default", frozenset())[0].sentences("")[0]
    return UsageRights(scope=phrases.render(scope, {"brand": brand}), starts_on=start, ends_on=end)


def _said(phrases: Phrases, sections: Iterable[str], register: str) -> tuple[str, ...]:
    forms = (phrases.forms(section, frozenset(), register=register)[0] for section in sections)
    return tuple(" ".join(form.sentences(register)) for form in forms)


def _deliverable(text: str, due_on: date | None) -> Deliverable:
    count, what = _count(text)
    return Deliverable(what=what, format=_format(what), count=count, due_on=due_on)


def _count(text: str) -> tuple[int, str]:
    found = _COUNTED.fullmatch(text.strip())
    if found is None:
        return 1, text.strip()
    number = found["number"].casefold()
    known = int(number) if number.isdigit() else _numbers().get(number)
    return (known, found["what"]) if known else (1, text.strip())


def _format(what: str) -> Format:
    said = {word.casefold() for word in _WORD.findall(what)}
    for form in (Format.VIDEO, Format.STORY, Format.LIVE, Format.AUDIO, Format.ARTICLE, Format.PHOTO):
        for language in LANGUAGES:
            if said & set(prompts.phrases(TEXTS, language).words(f"words_{form.value}")):
                return form
    return Format.OTHER


def _numbers() -> dict[str, int]:
    pairs = (
        pair.partition("=")
        for language in LANGUAGES
        for pair in prompts.phrases(TEXTS, language).words("numbers")
    )
    return {word: int(number) for word, _, number in pairs}
