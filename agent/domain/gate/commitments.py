"""Commitments: a letter promises what the offer holds, and nothing else."""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from agent.domain.brand import Money
from agent.domain.draft import Finding
from agent.domain.gate.creator_speech import says
from agent.domain.gate.dates import mentions
from agent.domain.gate.numbers import (
    Amount,
    amounts,
    counting,
    lowered,
    money_in,
    names_money,
    numerals,
    values_in,
)
from agent.domain.gate.plain import bare
from agent.domain.gate.reading import Line, Reading, Rule, Slot, block, offer_texts, stems, warn
from agent.domain.gate.reported import gives, is_report
from agent.domain.gate.sought import Sought
from agent.domain.gate.vocabulary import (
    ADDITIONS,
    BENEFITS,
    COMMISSIONS,
    CONTRACTS,
    DEADLINE_LEADS,
    DEADLINE_TIMES,
    DEADLINES,
    DISCLOSURE_WAIVED,
    DISCOUNTS,
    EXCLUSIVE,
    FAVORS,
    FOREVER,
    FREEBIES,
    GIVING,
    NEGATIONS,
    NEUTRAL_GIFTS,
    PAYMENT,
    PRESENTS,
    PROMISES,
    RIGHTS,
    WITHIN,
)

# We, or the brand in the third person: what it gives is not the creator's
_BRAND = Sought(r"\b(?:the brand|la marque|we|our|us|nous|notre|nos)\b")
_NEGATED = re.compile(
    rf"(?<!\w){NEGATIONS}(?:[ ']+[\w'-]+){{0,3}}[ ']*\Z"
)  # a negation at most three words before
_PERCENT = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|percent\b|per cent\b|pour cent\b|pourcents?\b)"
)
_SPELLED_PERCENT = re.compile(r"\b([a-z]+(?:[ -][a-z]+){0,2})[ ](?:percent|per cent|pour cent|pourcents?)\b")
_DIGIT = re.compile(r"\d")
_CODE = re.compile(r"(?<![\w@#])(?=[A-Z]*\d)[A-Z]{3,}\d{1,4}(?!\w)")
_MONTHS = re.compile(r"\b(\d{1,3}|[a-z]+(?:-[a-z]+)?)[ -](?:(months?|mois)|(?:years?|ans?|annees?))\b")
_RIGHTS = Sought(rf"\b{RIGHTS}")
_FOREVER = re.compile(rf"\b{FOREVER}\b")
_BY = Sought(rf"\b{DEADLINE_LEADS}\s+{DEADLINE_TIMES}\b")
_WITHIN = Sought(
    rf"\b{WITHIN}\s+(?:les\s+|the\s+next\s+)?(?:\d+|[a-z]+(?:-[a-z]+)?)\s?(?:hours?|days?|"
    rf"weeks?|heures?|h|jours?|semaines?)\b"
)
_LEAD = re.compile(rf"\b{DEADLINE_LEADS}\s+(?:le\s+|the\s+)?\Z")
_DEADLINE = Sought(rf"\b{DEADLINES}(?!\w)")
_WAIVED = Sought(rf"\b{DISCLOSURE_WAIVED}\b")

# A share of a hundred in a subject is the post's, unless it is somebody's
_GIVEN = re.compile(
    r"\b(?:off|for you|to you|yours|discount|commission|share|rate|pour (?:vous|toi)|a (?:vous|toi)|"
    r"remise|reduction|commission|part|rabais|code)\b"
)
# What we say we give, with up to four words of it
_GIVING = Sought(
    rf"\b{GIVING}\s+(?:also |aussi |egalement )?(?:an?|some|two|three|four|five|our|une?|"
    rf"des|notre|nos|deux|trois|quatre|cinq|\d{{1,3}})\s+"
    r"((?:[a-z'-]+\s){0,3}[a-z'-]+)"
)
_ADDED = re.compile(rf"\b{ADDITIONS}\b")
_TELLS = 3  # words in common by which a sentence tells a fact

(
    _DISCOUNTS,
    _PAYMENT,
    _COMMISSIONS,
    _BENEFITS,
    _PRESENTS,
    _FREEBIES,
    _EXCLUSIVE,
    _PROMISES,
    _CONTRACTS,
    _FAVORS,
) = (
    Sought(rf"(?<![\w-]){phrases}(?![\w-])")
    for phrases in (
        DISCOUNTS,
        PAYMENT,
        COMMISSIONS,
        BENEFITS,
        PRESENTS,
        FREEBIES,
        EXCLUSIVE,
        PROMISES,
        CONTRACTS,
        FAVORS,
    )
)

Spoken = Iterator[tuple[Line, str]]


def unknown_amounts(reading: Reading) -> Iterator[Finding]:
    """Block money that is neither the offer's nor in a fact of the brand."""
    offer = reading.case.campaign.offer
    named = (*reading.fact_texts, *offer_texts(offer))
    allowed = tuple(Money(amount=m.amount.normalize(), currency=m.currency) for m in _monies(reading))
    allowed += _money_in(named)
    for line, text in _spoken(reading):
        for amount in amounts(text):
            if _is_reported(line, amounts(" ".join(line.quotes)), amount.values):
                yield warn(
                    "commitments.quoted_amount",
                    line.plain.span(amount.start, amount.end),
                    "The creator's words speak of money: make sure that nobody reads them as our offer.",
                )
            elif not amount.is_one_of(allowed):
                yield block(
                    "commitments.amount",
                    line.plain.span(amount.start, amount.end),
                    "The offer holds no such amount: correct it, or change the offer first.",
                )
    for line in reading.lines:
        quoted = blanked_out(line) if names_money(line.plain.text) else ""
        for amount in amounts(quoted):
            yield warn(
                "commitments.quoted_amount",
                line.plain.span(amount.start, amount.end),
                "The creator's words speak of money: make sure that nobody reads them as our offer.",
            )


def percentages(reading: Reading) -> Iterator[Finding]:
    """Block percentages that neither the affiliate terms nor a fact hold."""
    known = frozenset(
        value
        for text in (*reading.fact_texts, *offer_texts(reading.case.campaign.offer))
        for value in values_in(text)
    )
    for line, text in _spoken(reading):
        low = lowered(text)
        if "%" not in low and "cent" not in low:
            continue
        for found in _PERCENT.finditer(low):
            value = Decimal(found[1].replace(",", ".")).normalize()
            reported = is_report(line) or (line.slot is Slot.SUBJECT and not _GIVEN.search(low))
            if value not in known and not (reported and value in values_in(" ".join(line.quotes))):
                yield block(
                    "commitments.percentage",
                    line.span(found),
                    "The offer holds no such percentage: take it out.",
                )
        for found in _SPELLED_PERCENT.finditer(low):
            values = values_in(found[1])
            if values and not values & known:
                yield block(
                    "commitments.percentage",
                    line.span(found),
                    "The offer holds no such percentage: take it out.",
                )


def discounts(reading: Reading) -> Iterator[Finding]:
    """Block discounts, vouchers and codes that the offer does not hold."""
    affiliate = reading.case.campaign.offer.affiliate
    code = affiliate.code if affiliate is not None else None
    for line, text in _spoken(reading):
        for found in _codes(text):
            if found[0] != code and not _is_held(reading, line, bare(found[0])):
                yield block(
                    "commitments.code", line.span(found), "This code is not the offer's: take it out."
                )
    advice = "The offer holds no discount: take it out; a code is no reason to write to anybody."
    yield from _phrases(reading, "commitments.discount", _DISCOUNTS, advice, granted=affiliate is not None)


def payments(reading: Reading) -> Iterator[Finding]:
    """Block talk of payment where the offer holds no money."""
    offer = reading.case.campaign.offer
    advice = "The offer holds no payment: take it out, or put the amount into the offer first."
    paid, shared = offer.cash is not None, offer.affiliate is not None
    yield from _phrases(reading, "commitments.payment", _PAYMENT, advice, granted=paid)
    yield from _phrases(reading, "commitments.payment", _COMMISSIONS, advice, granted=shared)


def gifts(reading: Reading) -> Iterator[Finding]:
    """Block gifts and benefits that the offer does not hold, and more of them than it holds."""
    gift = reading.case.campaign.offer.gift
    advice = "The offer holds no such gift: name the gift as the offer does, or take it out."
    yield from _phrases(reading, "commitments.gift", _BENEFITS, advice)
    yield from _phrases(reading, "commitments.gift", _PRESENTS, advice, granted=gift is not None)
    yield from _phrases(
        reading, "commitments.gift", _FREEBIES, advice, granted=lambda line: _names_gift(reading, line)
    )
    yield from _more_gifts(reading)
    if gift is None:
        return
    held, known = stems(gift.name), values_in(gift.name) | {Decimal(1)}
    counted = reading.spoken_by_line(counting(reading.case.letter.language))
    for number, (line, text) in enumerate(_spoken(reading)):
        if line.about_creator or not (number in counted or _DIGIT.search(text)):
            continue
        for numeral in numerals(text, reading.case.letter.language):
            after = text[numeral.end : numeral.end + 40].split()[:2]
            if not numeral.values & known and stems(" ".join(after)) & held:
                yield block(
                    "commitments.quantity",
                    line.plain.span(numeral.start, numeral.end),
                    "The offer holds one gift, not several.",
                )


def deadlines(reading: Reading) -> Iterator[Finding]:
    """Block deadlines and hurry, except the offer's own date."""
    deadline = reading.case.campaign.offer.deadline
    advice = "The offer holds no such deadline: take it out; nobody is pressed in a letter of ours."
    pressing = reading.spoken_by_line(_DEADLINE, _BY, _WITHIN)
    for number, (line, text) in enumerate(_spoken(reading)):
        dates = mentions(text)
        own = deadline is not None and any(
            mention.day is not None and mention.fits(deadline) for mention in dates
        )
        for found in () if own else pressing.get(number, ()):
            if not _negated(found.string, found.start()) and not _is_held(reading, line, found[0]):
                yield block("commitments.deadline", line.span(found), advice)
        low = lowered(text) if dates else ""
        for mention in dates:
            due = deadline is None or not mention.fits(deadline)
            if (
                due
                and not line.about_creator
                and _LEAD.search(low, max(0, mention.start - 24), mention.start)
            ):
                yield block("commitments.deadline", line.plain.span(mention.start, mention.end), advice)


def ties(reading: Reading) -> Iterator[Finding]:
    """Block exclusivity, guarantees, favours and contracts that the offer does not hold."""
    yield from _phrases(
        reading, "commitments.exclusivity", _EXCLUSIVE, "The offer asks for no exclusivity: take it out."
    )
    yield from _phrases(
        reading,
        "commitments.promise",
        _PROMISES,
        "A letter guarantees and promises nothing: say what the offer says.",
    )
    yield from _phrases(
        reading,
        "commitments.favor",
        _FAVORS,
        "The offer holds nothing of the kind: take it out, or put it into the offer first.",
    )
    yield from _phrases(
        reading,
        "commitments.contract",
        _CONTRACTS,
        "The offer holds no contract: take it out; terms come with the brief.",
    )


def rights(reading: Reading) -> Iterator[Finding]:
    """Block rights to use the creator's work other than the offer's."""
    held = reading.case.campaign.offer.rights
    months = Decimal(held.months) if held is not None else None
    for number, (found, *_) in reading.spoken_by_line(_RIGHTS).items():
        line, low = reading.lines[number], found.string
        if _negated(low, found.start()):
            continue
        asked = {value * (1 if m[2] else 12) for m in _MONTHS.finditer(low) for value in values_in(m[1])}
        if months is None or _FOREVER.search(low) or (asked and months not in asked):
            yield block(
                "commitments.rights",
                line.span(found),
                "The offer holds no such rights: say the offer's months, or nothing.",
            )


def hidden_advertising(reading: Reading) -> Iterator[Finding]:
    """Block any suggestion that a gift need not be disclosed (loi 2023-451, art. 5; 16 CFR 255)."""
    for line, found in reading.own(_WAIVED):
        yield block(
            "commitments.disclosure",
            line.span(found),
            "A gift is always disclosed: ask for the mention, never against it.",
        )


RULES: tuple[Rule, ...] = (
    unknown_amounts,
    percentages,
    discounts,
    payments,
    gifts,
    deadlines,
    ties,
    rights,
    hidden_advertising,
)


def blanked_out(line: Line) -> str:
    """Return only what the line quotes as the creator's, the rest blank; nothing where we give."""
    if not is_report(line):
        return ""
    return "".join(char if own == " " else " " for char, own in zip(line.plain.text, line.own, strict=True))


@lru_cache(maxsize=32)  # of brands and campaigns, the same for each of their letters
def _money_in(texts: tuple[str, ...]) -> tuple[Money, ...]:
    return tuple(money for text in texts for money in money_in(text))


@lru_cache(maxsize=512)  # as lines stand in letter after letter
def _codes(text: str) -> tuple[re.Match[str], ...]:
    return tuple(_CODE.finditer(text))


def _spoken(reading: Reading) -> Spoken:
    return zip(reading.lines, reading.spoken_texts, strict=True)


def _is_reported(line: Line, told: Iterable[Amount], values: frozenset[Decimal]) -> bool:
    # a price that the creator tells of, in a sentence that says so
    return is_report(line) and any(values & amount.values for amount in told)


def _more_gifts(reading: Reading) -> Iterator[Finding]:
    offer = reading.case.campaign.offer
    held = stems(" ".join((*offer_texts(offer), *reading.fact_texts))) | NEUTRAL_GIFTS
    for line, found in reading.spoken(_GIVING):
        named = set(found[1].split())
        short = offer_texts(offer) and named & set(bare(" ".join(offer_texts(offer))).split())
        if stems(found[1]) & held or named & NEUTRAL_GIFTS or short:
            continue
        tell = block if _ADDED.search(found.string) else warn
        yield tell(
            "commitments.gift",
            line.span(found),
            "The offer holds no such gift: name what it holds, no more.",
        )


def _phrases(
    reading: Reading,
    code: str,
    phrases: Sought,
    advice: str,
    *,
    granted: bool | Callable[[Line], bool] = False,
) -> Iterator[Finding]:
    if granted is True:
        return
    for line, found in reading.spoken(phrases):
        if granted and granted(line):
            continue
        words = " ".join(found[0].split())
        if _negated(found.string, found.start()) or _is_held(reading, line, words) or _is_theirs(line, words):
            continue
        yield block(code, line.span(found), advice)


def _is_held(reading: Reading, line: Line, words: str) -> bool:
    # in the offer's own words, or in a fact that this very sentence tells
    spoken = re.compile(rf"(?<!\w){re.escape(words.strip())}(?!\w)")
    told = line.stems
    facts = (f for f in reading.fact_texts if f in line.facts or len(stems(f) & told) >= _TELLS)
    return any(spoken.search(bare(text)) for text in (*offer_texts(reading.case.campaign.offer), *facts))


def _negated(low: str, start: int) -> bool:
    return _NEGATED.search(low[max(0, start - 40) : start]) is not None


def _is_theirs(line: Line, words: str) -> bool:
    # « votre voyage à Lisbonne » under a receipt that speaks of it
    return (
        (says(line) is not None or (line.slot is Slot.SUBJECT and line.is_grounded))
        and not gives(line)
        and line.first(_BRAND) is None
        and words in bare(" ".join(line.quotes))
    )


def _names_gift(reading: Reading, line: Line) -> bool:
    gift = reading.case.campaign.offer.gift
    if gift is None:
        return False
    names = re.findall(r"[^\W\d_]{3,}", bare(gift.name))
    return any(re.search(rf"\b{re.escape(name[:5])}", bare(line.plain.text)) for name in names)


def _monies(reading: Reading) -> tuple[Money, ...]:
    offer = reading.case.campaign.offer
    gift = offer.gift.value if offer.gift is not None else None
    return tuple(money for money in (gift, offer.cash) if money is not None)
