"""Renders terms as a brief letter: headings and sentences from `prompts/brief`, the rest from records."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar

from agent.domain.brief import BriefLetter, BriefVersion, Disclosure, Format, Row, Section, Terms
from agent.domain.gate.custom import letter_form
from agent.usecases.composing import date_words, first_name, money_words, typeset
from agent.usecases.lookup import Context
from prompts import Phrases, PromptError, Texts

TEXTS = "brief/letter"
_T = TypeVar("_T")


class _Words:
    """The phrases of one letter in its language and register, with the date forms of its country."""

    def __init__(self, context: Context, language: str, texts: Texts) -> None:
        self.phrases: Phrases = texts.phrases(TEXTS, language)
        self.language = language
        self.country = context.creator.country
        self._register = letter_form(context.brand, context.creator).value if language == "fr" else ""

    def say(self, section: str, *tags: str, **values: object) -> str:
        forms = self.phrases.forms(section, set(tags), register=self._register)
        if not forms:
            raise PromptError(f"{self.phrases.reference} has nothing to say under {section}.")
        said = (self.phrases.render(text, values) for text in forms[0].sentences(self._register))
        return " ".join(said)

    def day(self, day: date) -> str:
        return date_words(day, self.language, country=self.country)

    def span(self, start: date, end: date) -> str:
        return self.say("span", start=self.day(start), end=self.day(end))


def brief_letter(
    version: BriefVersion, context: Context, disclosure: Disclosure, texts: Texts
) -> BriefLetter:
    """Return the letter of a version: the same for the same records, texts and rules."""
    words = _Words(context, version.language, texts)
    terms, brand = version.terms, context.brand
    name = context.creator.name or f"@{context.creator.handle}"
    called = first_name(context.creator.name, texts.phrases("letters/frame", version.language))
    reference = {"reference": version.outreach_id, "version": version.number, "brand": brand.name}
    parts = (
        _receive(terms, words),
        _deliver(terms, words),
        _messages(terms, words),
        _must_nots(terms, words),
        _disclosure(terms, disclosure, context, words),
        _rights(terms, words),
        _exclusivity(terms, words),
        _steps(terms, words),
        _contract(terms, words),
        _contact(terms, words),
    )
    letter = BriefLetter(
        language=version.language,
        region=region_of(context),
        title=words.say("title"),
        brand=brand.name,
        sender_lines=(brand.name, *_address_lines(brand.name, brand.postal_address)),
        recipient=words.say("recipient", creator=name),
        dated=words.say("dated", due=words.day(version.frozen_at.date())),
        greeting=words.say("greeting", creator=called) if called else words.say("greeting_nameless"),
        opening=tuple(
            text
            for text in (
                words.say("opening"),
                terms.note,
                f"{words.say('objective_lead')} {terms.objective}" if terms.objective else "",
            )
            if text
        ),
        sections=tuple(part for part in parts if part is not None),
        closing=(words.say("closing"),),
        signature=tuple(dict.fromkeys((brand.sender.name, brand.name))),
        footer=words.say("footer", **reference),
        page_of=words.say("page_of"),
    )
    return _typeset(letter, version.language)


def region_of(context: Context) -> str:
    """Return the country whose paper and forms the letter takes: the creator's, else the brand's market."""
    programme = context.brand.programme
    return context.creator.country or (programme.market if programme else None) or "FR"


def texts_reference(texts: Texts, language: str) -> str:
    """Return the texts' name with their content hash, for the seal."""
    return texts.phrases(TEXTS, language).reference


def _receive(terms: Terms, words: _Words) -> Section:
    rows: list[Row] = []
    if terms.gift is not None:
        value = (
            money_words(terms.gift.value, words.language, country=words.country) if terms.gift.value else ""
        )
        text = words.say("gift", gift=terms.gift.name, value=value)
        rows.append(Row(label=words.say("gift_label"), text=text))
    if terms.cash is not None:
        text = words.say("cash", cash=money_words(terms.cash, words.language, country=words.country))
        rows.append(Row(label=words.say("cash_label"), text=text))
    if terms.affiliate is not None:
        text = words.say(
            "affiliate", rate=_percent(terms.affiliate.rate, words.language), code=terms.affiliate.code or ""
        )
        rows.append(Row(label=words.say("affiliate_label"), text=text))
    lead = "" if rows else words.say("nothing")
    return Section(key="receive", title=words.say("receive"), lead=lead, rows=tuple(rows))


def _percent(rate: str, language: str) -> str:
    # typography keeps the sign from its number where there is a space; here there may be none
    return rate.replace("%", " %").replace("  %", " %") if language == "fr" else rate


def _deliver(terms: Terms, words: _Words) -> Section:
    if not terms.deliverables:
        return Section(key="deliver", title=words.say("deliver"), lead=words.say("no_deliverable"))
    rows = tuple(
        Row(
            label=words.say("deliverable_due", due=words.day(each.due_on))
            if each.due_on
            else words.say("deliverable_undated"),
            text=words.say(
                "deliverable", count=each.count, what=each.what, form=_form(each.what, each.format, words)
            ),
        )
        for each in terms.deliverables
    )
    return Section(key="deliver", title=words.say("deliver", "due"), rows=rows)


def _form(what: str, form: Format, words: _Words) -> str:
    if form is Format.OTHER:
        return ""
    is_said = any(name in what.casefold() for name in words.phrases.words(f"words_{form.value}"))
    return "" if is_said else words.say(f"form_{form.value}")


def _messages(terms: Terms, words: _Words) -> Section | None:
    if not terms.key_messages:
        return None
    lead = words.say("messages_lead")
    return Section(key="messages", title=words.say("messages"), lead=lead, items=terms.key_messages)


def _must_nots(terms: Terms, words: _Words) -> Section | None:
    if not terms.must_nots:
        return None
    return Section(key="must_nots", title=words.say("must_nots"), items=terms.must_nots)


def _disclosure(terms: Terms, disclosure: Disclosure, context: Context, words: _Words) -> Section | None:
    if not terms.disclosure:
        return None
    joint = " ; " if words.language == "fr" else "; "
    sources = joint.join(dict.fromkeys(rule.source for rule in disclosure.rules))
    return Section(
        key="disclosure",
        title=words.say("disclosure"),
        lead=words.say("disclosure_lead"),
        emphasis=terms.disclosure,
        items=disclosure.duties(terms, platform=context.creator.platform, language=words.language),
        remark=words.say("disclosure_source", reference=sources) if sources else "",
    )


def _rights(terms: Terms, words: _Words) -> Section:
    title = words.say("rights")
    if terms.rights is None:
        return Section(key="rights", title=title, lead=words.say("no_rights"))
    span = words.span(terms.rights.starts_on, terms.rights.ends_on)
    rows = (
        Row(label=words.say("rights_scope"), text=terms.rights.scope),
        Row(label=words.say("rights_span"), text=span),
    )
    return Section(key="rights", title=title, rows=rows, remark=words.say("rights_remark"))


def _exclusivity(terms: Terms, words: _Words) -> Section | None:
    if terms.exclusivity is None:
        return None
    span = words.span(terms.exclusivity.starts_on, terms.exclusivity.ends_on)
    rows = (
        Row(label=words.say("exclusivity_field"), text=terms.exclusivity.field),
        Row(label=words.say("rights_span"), text=span),
    )
    return Section(key="exclusivity", title=words.say("exclusivity"), rows=rows)


def _steps(terms: Terms, words: _Words) -> Section | None:
    if not terms.approval_steps:
        return None
    title, steps = words.say("steps"), terms.approval_steps
    if len(steps) == 1:
        return Section(key="steps", title=title, lead=steps[0])
    return Section(key="steps", title=title, items=steps)


def _contract(terms: Terms, words: _Words) -> Section | None:
    if not terms.contract.strip():
        return None
    lead = words.say("contract_lead", reference=terms.contract.strip())
    return Section(key="contract", title=words.say("contract"), lead=lead)


def _contact(terms: Terms, words: _Words) -> Section:
    lead = words.say("contact_lead", sender=terms.contact.name)
    rows = (Row(label=terms.contact.name, text=terms.contact.email),)
    return Section(key="contact", title=words.say("contact"), lead=lead, rows=rows)


def _address_lines(name: str, address: str) -> Iterator[str]:
    lines = [part.strip() for part in address.replace("\n", ",").split(",")]
    return (line for line in lines if line and line.casefold() != name.casefold())


def _typeset(value: _T, language: str) -> _T:
    """Return the value with the typography of its language in every text."""
    set_: Any = value
    match value:
        case str():
            set_ = typeset(value, language)
        case tuple():
            set_ = tuple(_typeset(item, language) for item in value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            set_ = replace(
                value, **{f.name: _typeset(getattr(value, f.name), language) for f in fields(value)}
            )
    result: _T = set_
    return result
