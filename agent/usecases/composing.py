"""Puts letters together: what a writer found, what the brand offers, and what the law asks for.

A writer's words never carry greeting, offer, links, closing or footer; these come from here, from the
brand's records and the texts in `prompts/`.
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import TypeVar

from babel.dates import format_date
from babel.numbers import format_currency

import prompts
from agent.domain.brand import Affiliate, Brand, Campaign, Gift, Money, Offer
from agent.domain.creator import Creator
from agent.domain.errors import BadInput
from agent.domain.gate import typesetting
from agent.domain.gate.custom import letter_form
from agent.domain.gate.typesetting import quotations
from agent.domain.letter import Letter, Paragraph, Receipt, ReceiptKind, Sentence, Words
from agent.ports import Assignment
from prompts import Phrases

LANGUAGES = ("en", "fr")
"""The languages that letters, offers and legal lines exist in."""
DISCLOSURES: Mapping[str, str] = {"fr": "Collaboration commerciale", "en": "ad"}
"""The words with which a creator would mark a post, as the offer's sentences quote them."""
RULE = "—"
"""The line between a letter and its footer."""

_THIN = "\u202f"
_T = TypeVar("_T")
_SYMBOLS = 13  # a prime, and about as many as a slot has forms
_SLOTS: Mapping[str, int] = {
    slot: place
    for place, slot in enumerate(
        (
            "subject",
            "opening",
            "reason",
            "bridge",
            "ask",
            "easy",
            "closing",
            "product",
            "gift",
            "disclosure",
            "rights",
            "echo",
            "reminder",
        )
    )
}
_MOST_PARTS = 3  # Mary Ann Lee; Marion et Paul
_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lo", "Lm", "Mn"})
AMERICAS = frozenset({"US", "CA"})
"""Where commercial messages carry a postal address by law."""
_LOCALES = {"fr": ("FR", "BE", "CA", "CH", "LU"), "en": ("US", "GB", "IE", "AU", "NZ", "CA")}
_DAY_FIRST = frozenset({"GB", "IE", "AU", "NZ"})
_PERCENT = re.compile(r"\s*%")
_MARKS = re.compile(r"(?<=\S)[ \u00a0\u202f](?=[;:!?»€%])")
_OPENING_MARK = re.compile(r"«[ \u00a0\u202f]?")


def assemble(words: Words, assignment: Assignment) -> Letter:
    """Return the letter: greeting, the writer's paragraphs, the offer, the one ask, closing.

    From the second touch on, the offer is one short reminder beside the ask.
    """
    language = known_language(assignment.language)
    offer = offer_sentences(assignment)
    rest: tuple[Paragraph, ...] = (offer, (words.ask,)) if assignment.touch == 1 else ((*offer, words.ask),)
    paragraphs = (words.opening, words.bridge, *rest)
    made = Letter(
        language=language,
        subject=words.subject,
        greeting=greeting(assignment.creator, language=language, texts=assignment.texts),
        paragraphs=tuple(paragraph for paragraph in paragraphs if paragraph),
        closing=closing(assignment),
    )
    return set_in_type(made, assignment.creator)


def set_in_type(letter: Letter, creator: Creator) -> Letter:
    """Return the letter as a printer where the creator lives would set it, their own words left alone."""
    language, country = letter.language, creator.country
    quoted = quotations(letter.subject) if any(r.about_creator for r in letter.receipts) else ()
    return replace(
        letter,
        subject=typesetting.typeset(letter.subject, language, country, keep=quoted),
        greeting=typesetting.typeset(letter.greeting, language, country),
        paragraphs=tuple(
            tuple(_sentence_set(sentence, language, country) for sentence in paragraph)
            for paragraph in letter.paragraphs
        ),
        closing=typesetting.typeset(letter.closing, language, country),
    )


def greeting(creator: Creator, *, language: str, texts: prompts.Texts = prompts.FILES) -> str:
    """Return the salutation: with the first name where the name looks like a person's, else without any."""
    frame = texts.phrases("letters/frame", known_language(language))
    name = first_name(creator.name, frame)
    form = frame.forms("greeting", {"named"} if name else frozenset())[0]
    return frame.render(form.sentences("")[0], {"name": name})


def first_name(name: str | None, frame: Phrases) -> str:
    """Return how a name is called in a greeting: `Léa`, `Marion et Paul`; empty where it is no person's."""
    parts = (name or "").split()
    pairs = frame.words("pair")
    if len(parts) == _MOST_PARTS and parts[1] in pairs:
        return " ".join(parts) if _is_name(parts[0], frame) and _is_name(parts[2], frame) else ""
    if not parts or len(parts) > _MOST_PARTS or not all(_is_name(part, frame) for part in parts):
        return ""
    return parts[0]


def offer_sentences(assignment: Assignment) -> Paragraph:
    """Return the offer as sentences with OFFER receipts; nothing where nothing is offered.

    Receipts name the terms: gift, cash, affiliate, deliverables, disclosure, rights. A deadline is never
    in a letter: it belongs to the brief.
    """
    offer = assignment.campaign.offer
    terms = [("gift", offer.gift), ("cash", offer.cash), ("affiliate", offer.affiliate)]
    held = {name for name, term in terms if term is not None}
    if not held:
        return ()
    due = bool(offer.deliverables) or offer.gift is None
    tags = (
        held | {"due" if due else "free"} | market_tags(assignment) | ({"more"} if len(held) > 1 else set())
    )
    phrases = assignment.texts.phrases("letters/offer", known_language(assignment.language))
    sections = ["reminder"]
    if assignment.touch == 1:
        sections = [name for name, _ in terms if name in held]
        sections += ["deliverables"] * bool(offer.deliverables) + ["disclosure"]
        sections += ["rights"] * (offer.rights is not None)
    values = offer_values(offer, assignment, phrases)
    made: list[Sentence] = []
    for section in sections:
        forms = phrases.forms(section, tags, register=register(assignment))
        form = chosen(unbanned(forms, assignment), assignment, section)
        ref = section if section != "reminder" else next(name for name, _ in terms if name in held)
        receipts = (Receipt(kind=ReceiptKind.OFFER, ref=ref),)
        made.extend(
            Sentence(text=phrases.render(text, values), receipts=receipts)
            for text in form.sentences(register(assignment))
        )
    return tuple(made)


@lru_cache(maxsize=64)  # the same for all letters of a campaign
def offer_terms(offer: Offer) -> str:
    """Return the offer's terms as one line of JSON that is the same for the same terms, for the seal."""
    terms = {
        "gift": offer.gift
        and {"name": offer.gift.name, "value": offer.gift.value and _plain(offer.gift.value)},
        "cash": offer.cash and _plain(offer.cash),
        "affiliate": offer.affiliate and {"rate": offer.affiliate.rate, "code": offer.affiliate.code},
        "deliverables": list(offer.deliverables),
        "rights": offer.rights and {"months": offer.rights.months},
        "deadline": offer.deadline and offer.deadline.isoformat(),
    }
    return json.dumps(terms, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def legal_lines(
    brand: Brand,
    campaign: Campaign,
    creator: Creator,
    *,
    language: str,
    touch: int,
    unsubscribe_url: str | None,
    assisted: bool = False,
) -> tuple[str, ...]:
    """Return the exact lines that a letter of this touch must carry, in order.

    The first letter carries the notice of GDPR art. 14; every letter the way to object and, for
    15 USC 7704, the postal address. `assisted` adds a line about the help of software.
    """
    phrases = prompts.phrases("legal/footer", known_language(language))
    origin = creator.address.provenance if creator.address else None
    tags = {
        *(["first"] if touch == 1 else []),
        *(["cash"] if campaign.offer.cash else []),
        *(["address", origin.kind] if origin else []),
        *(["link"] if unsubscribe_url else []),
        *(["assisted"] if assisted else []),
        *(["americas"] if creator.country in AMERICAS else []),
    }
    form = letter_form(brand, creator).value if language == "fr" else ""
    found = (
        date_words(origin.found_on, language, country=creator.country) if origin and origin.found_on else ""
    )
    values: dict[str, object] = {
        "brand": brand.name,
        "postal_address": brand.postal_address,
        "privacy_url": brand.privacy_url,
        "source": line(phrases, "source", tags, form, {}),
        "source_url": origin.url if origin else None,
        "found": found,
        "unsubscribe_url": unsubscribe_url,
    }
    sections = ("why", "origin", "kept", "rights", "objection", "assisted", "postal")
    lines = (line(phrases, section, tags, form, values) for section in sections)
    return tuple(line for line in lines if line)


def footer(
    brand: Brand,
    campaign: Campaign,
    creator: Creator,
    *,
    language: str,
    touch: int,
    unsubscribe_url: str | None,
    assisted: bool = False,
) -> str:
    """Return what follows the signature: a rule, then the legal lines, one a line."""
    lines = legal_lines(
        brand,
        campaign,
        creator,
        language=language,
        touch=touch,
        unsubscribe_url=unsubscribe_url,
        assisted=assisted,
    )
    return "\n".join((RULE, *lines))


def body(letter: Letter, footer: str) -> str:
    """Return the whole text that leaves: the letter, an empty line, the footer."""
    return f"{letter.text}\n\n{footer}\n"


def signature(brand: Brand) -> str:
    """Return who writes, on one line: the person's name, with the brand's where it is not part of it."""
    name = brand.sender.name
    return name if brand.name.casefold() in name.casefold() else f"{name}, {brand.name}"


# --- choosing among forms -------------------------------------------------------------------------


def register(assignment: Assignment) -> str:
    """Return the register in which forms are read: `tu` or `vous` in French, empty elsewhere."""
    if assignment.language != "fr":
        return ""
    return letter_form(assignment.brand, assignment.creator).value


def market_tags(assignment: Assignment) -> set[str]:
    """Return the conditions that come from where the creator lives; unknown counts as the brand's market."""
    programme = assignment.brand.programme
    country = assignment.creator.country or (programme.market if programme else None)
    return {"us"} if country in {"US", None} else {"uk"} if country == "GB" else set()


def chosen(options: Sequence[_T], assignment: Assignment, slot: str) -> _T:
    """Return one of the options: the same for the same seed, creator, touch and slot."""
    return options[draw(assignment, slot) % len(options)]


def draw(assignment: Assignment, slot: str) -> int:
    """Return a number that stays the same for the same assignment and slot.

    Where turns are counted, the numbers of a letter's slots are the symbols of a Reed-Solomon code word (Reed
    and Solomon 1960) for its turn: among 13³ letters of a campaign no two agree in more than two slots, other
    than by there being fewer forms than symbols.
    """
    symbol = _SLOTS.get(slot)
    if assignment.turn is None or symbol is None:
        return _hashed(assignment.seed, assignment.creator.id, assignment.touch, assignment.attempt, slot)
    turn = assignment.turn
    coefficients = (turn % _SYMBOLS, turn // _SYMBOLS % _SYMBOLS, turn // _SYMBOLS**2 % _SYMBOLS)
    constant, linear, square = coefficients
    value = (constant + linear * symbol + square * symbol * symbol) % _SYMBOLS
    # another order of the forms for each campaign and slot
    return value + _hashed(assignment.campaign.id, assignment.touch, assignment.attempt, slot)


def _hashed(*parts: object) -> int:
    key = "/".join(map(str, parts))
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big")


def unbanned(forms: Sequence[prompts.Form], assignment: Assignment) -> Sequence[prompts.Form]:
    """Return the forms without the brand's banned words; all where none is left, for the gate to see."""
    banned = [word.casefold() for word in assignment.brand.voice.banned]
    form_of_address = register(assignment)
    kept = [form for form in forms if not any(word in form.folded(form_of_address) for word in banned)]
    return kept or forms


# --- money, dates, typography ---------------------------------------------------------------------


@lru_cache(maxsize=1024)
def money_words(money: Money, language: str, *, country: str | None = None) -> str:
    """Return an amount as a letter there writes it: `9 €` with a narrow no-break space, `$28`, `48 CHF`."""
    digits = "#,##0" if money.amount == money.amount.to_integral_value() else "#,##0.00"
    pattern = f"{digits} ¤" if language == "fr" else f"¤{digits}"
    made = format_currency(
        money.amount, money.currency, pattern, locale=_locale(language, country), currency_digits=False
    )
    return re.sub("[ \u00a0]", _THIN, made)


@lru_cache(maxsize=4096)
def date_words(day: date, language: str, *, today: date | None = None, country: str | None = None) -> str:
    """Return a day as a letter writes it: `1er octobre`, `October 1`; with its year unless it is today's."""
    locale = _locale(language, country)
    pattern = "d MMMM" if language == "fr" or country in _DAY_FIRST else "MMMM d"
    if today is None or day.year != today.year:
        pattern += " y" if pattern.startswith("d") else ", y"
    made = format_date(day, pattern, locale=locale)
    return f"1er{made[1:]}" if language == "fr" and day.day == 1 else made


def typeset(text: str, language: str) -> str:
    """Return a record's text with French apostrophes and no-break spaces; its words and signs stay."""
    if language != "fr":
        return text
    text = _OPENING_MARK.sub(f"«{_THIN}", text.replace("'", "’"))
    return _MARKS.sub(_THIN, text)


@dataclass(frozen=True)
class GiftWords:
    """A gift as a noun phrase with its determiner: `notre savon`, `our mending kit`, `deux savons`."""

    text: str

    @classmethod
    def of(cls, gift: Gift, phrases: Phrases, language: str) -> "GiftWords":
        """Return the noun phrase; a gift that already has a determiner or a number keeps it."""
        name = typeset(gift.name.strip(), language)
        first = re.split(r"[\s’']", name, maxsplit=1)[0].casefold()
        if first in phrases.words("determined") or first[:1].isdigit():
            return cls(name)
        if language != "fr":
            return cls(f"our {name}")
        plural = first.endswith(("s", "x")) and first not in phrases.words("invariable")
        return cls(f"{'nos' if plural else 'notre'} {name}")


# --- parts ----------------------------------------------------------------------------------------


def known_language(language: str) -> str:
    """Return a language in which there are letters; raises BadInput for another."""
    if language not in LANGUAGES:
        raise BadInput(
            f"There are no letters in language “{language}”; choose {' or '.join(LANGUAGES)} "
            "for this campaign."
        )
    return language


def _is_name(part: str, frame: Phrases) -> bool:
    core = re.sub(r"[-’']", "", part).removesuffix(".")
    said = {core.casefold(), *(piece.casefold() for piece in re.split(r"[-’']", part))}
    return (
        len(core) > 1
        and all(unicodedata.category(char) in _LETTERS for char in core)
        and part[0].isupper()
        and (not core.isupper() or len(core) == 2)  # noqa: PLR2004 - initials such as JP are called so
        and said.isdisjoint(frame.words("not_names"))
    )


def closing(assignment: Assignment) -> str:
    """Return the signature, one line or two."""
    frame = assignment.texts.phrases("letters/frame", assignment.language)
    form = chosen(frame.forms("closing", {register(assignment)}), assignment, "closing")
    values = {"sender": assignment.brand.sender.name, "brand": assignment.brand.name}
    return "\n".join(frame.render(line, values) for line in form.sentences(""))


def offer_values(offer: Offer, assignment: Assignment, phrases: Phrases) -> dict[str, object]:
    """Return what the slots of sentences about an offer hold; `phrases` lists the determiners of gifts."""
    language, country = assignment.language, assignment.creator.country
    gift, affiliate = offer.gift, offer.affiliate or Affiliate(rate="")
    return {
        "gift": GiftWords.of(gift, phrases, language).text if gift else "",
        "value": money_words(gift.value, language, country=country) if gift and gift.value else "",
        "cash": money_words(offer.cash, language, country=country) if offer.cash else "",
        "rate": _PERCENT.sub(f"{_THIN}%", affiliate.rate) if language == "fr" else affiliate.rate,
        "code": affiliate.code or "",
        "deliverables": listed(offer.deliverables, language),
        "months": offer.rights.months if offer.rights else 0,
    }


def listed(items: Sequence[str], language: str) -> str:
    """Return items as one phrase: `une vidéo, deux stories et un article`."""
    joint = " et " if language == "fr" else " and "
    made = [typeset(item, language) for item in items]
    return joint.join([", ".join(made[:-1]), made[-1]] if len(made) > 1 else made)


def _plain(money: Money) -> list[str]:
    return [format(money.amount.normalize(), "f"), money.currency]


def line(
    phrases: Phrases, section: str, tags: AbstractSet[str], form: str, values: Mapping[str, object]
) -> str:
    """Return a section's line: its first form that fits, filled; empty where none does."""
    forms = phrases.forms(section, tags, register=form)
    return " ".join(phrases.render(text, values) for text in forms[0].sentences(form)) if forms else ""


def _sentence_set(sentence: Sentence, language: str, country: str | None) -> Sentence:
    theirs = any(receipt.about_creator for receipt in sentence.receipts)
    keep = quotations(sentence.text) if theirs else ()
    return replace(sentence, text=typesetting.typeset(sentence.text, language, country, keep=keep))


def _locale(language: str, country: str | None = None) -> str:
    known = _LOCALES.get(language, ())
    return f"{language}_{country}" if country in known else "fr_FR" if language == "fr" else "en_US"
