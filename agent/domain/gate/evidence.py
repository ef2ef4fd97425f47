"""Numbers, dates and names: each must stand in what the sentence rests on."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

from agent.domain.draft import Finding
from agent.domain.gate.creator_speech import says
from agent.domain.gate.dates import Mention, ago, is_last, last_periods, mentions, relatives, weekdays
from agent.domain.gate.numbers import Numeral, amounts, counting, lowered, numerals, values_in
from agent.domain.gate.plain import Plain, bare, blanked
from agent.domain.gate.reading import Line, Reading, Rule, Slot, block, offer_texts, stems, warn
from agent.domain.gate.vocabulary import COMMON_NAMES, UNITS

# A word with a capital inside a sentence: after what ends no sentence and opens no quotation
_NAME = re.compile(
    r"(?<=[\w,;)'])([ \-/]|(?<=[ "
    r"][ldnscjLDNSCJ])')([A-Z\u00c0-\u00d6\u00d8-\u00de][\w\u00c0-\u024f]*(?:-[\w]+)*)"
)
# Our own letter before this one, with the date that goes with it
_OUR_LETTER = re.compile(
    r"\b(?:my|our|ma|mon|notre)\b[^.?!]{0,30}\b(?:letter|note|message|e-?mail|lettre|mot|"
    r"courrier)\b[^.?!]{0,24}"
    r"|\b(?:i|we) wrote\b[^.?!]{0,30}|\b(?:vous|t') ?(?:ecrivais|ecrivions|ai ecrit|avais "
    r"ecrit)\b[^.?!]{0,30}"
)
_TOKEN = re.compile(r"[^\W\d_]+")
# Three words, two lines: how long the quoted words are, which everybody sees
_OF_TEXT = re.compile(
    r"[ -](?:small |short |little |petit\w* |court\w* )?(?:words?|verbs?|lines?|sentences?|"
    r"mots?|verbes?|phrases?|lignes?|languages?|langues?|gestes?|temps)\b"
)
# Who posts of a third year has three years: what is counted up to is counted
_NTH = {
    word: Decimal(number)
    for number, words in enumerate(
        (
            "second deuxieme seconde", "third troisieme", "fourth quatrieme", "fifth cinquieme",
            "sixth sixieme", "seventh septieme", "eighth huitieme", "ninth neuvieme", "tenth dixieme",
        ),
        2,
    )
    for word in words.split()
}  # fmt: skip
_ORDINAL = re.compile(r"\b(?:" + "|".join(_NTH) + r")\b")
_PAIR = re.compile(r"(?:deux|two) (?:oreilles|mains|pieds|yeux|jambes|bras|ears|hands|feet|eyes|legs|arms)\b")
_COUNTED = frozenset(map(Decimal, (2, 3)))  # what a reader counts without counting
_PARTS = re.compile(r"[,;/]|[.!?](?=\s)|\s(?:et|and|ou|or)\s")
_SMALL = frozenset(map(Decimal, (1, 2)))  # one word, two minutes: no claim by themselves
_TITLE_SHARE = 0.6  # of a subject's words with a capital: then capitals name nobody


def invented_numbers(reading: Reading) -> Iterator[Finding]:
    """Block numbers that are neither in the line's receipts nor in the brand's facts and the offer."""
    for line in reading.own_lines_with(counting(reading.case.letter.language), digits=True):
        dated = [(mention.start, mention.end) for mention in mentions(line.own)]
        priced = [(amount.start, amount.end) for amount in amounts(line.own)]
        text = blanked(line.own, dated + priced)
        counted = numerals(text, reading.case.letter.language)
        if not counted:
            continue
        claims = line.about_creator or says(line) is not None
        # what the brand's facts count, the creator need not have done
        held = (
            _our_numbers(reading)
            if not claims or any(not r.about_creator for r in line.receipts)
            else frozenset[Decimal]()
        )
        shown = _values(line.quotes) | held
        shown |= _pictures(line.proofs)
        whole = _values((*line.proofs, *line.facts))
        for numeral in counted:
            if numeral.values & shown or (not claims and numeral.values & _SMALL):
                continue
            if _counts_what_all_see(reading, line, text, numeral):
                continue
            if not claims and text[numeral.start].isalpha():
                continue  # a spelled number in a sentence of ours is a way of speaking
            span = line.plain.span(numeral.start, numeral.end)
            if numeral.values & whole:
                yield warn(
                    "receipts.number_unshown",
                    span,
                    "The post says this number outside the quote: lengthen the quote.",
                )
            else:
                yield block(
                    "receipts.number",
                    span,
                    "No receipt of this sentence holds this number: take it out or quote it.",
                )


def invented_dates(reading: Reading) -> Iterator[Finding]:
    """Block dates that are no receipt's, no fact's and not the offer's deadline."""
    names = bare(
        f"{reading.case.creator.name or ''} {reading.case.brand.name} {reading.case.brand.sender.name}"
    ).split()
    for line in reading.lines:
        found = mentions(line.own)
        if not found:
            continue
        days, named = _days(reading, line), _named_dates(reading, line)
        for mention in found:
            if reading.case.touch > 1 and _is_of_our_letter(line, mention):
                continue
            if not line.about_creator and mention.day is None and mention.fits(_now(reading, mention)):
                continue  # « le mien aussi, en octobre »: this month, and nobody else's
            if mention.day is None and bare(line.own[mention.start : mention.end]) in names:
                continue  # June is a name, too
            if any(mention.fits(day) for day in days) or any(mention.within(other) for other in named):
                continue
            yield block(
                "receipts.date",
                line.plain.span(mention.start, mention.end),
                "No receipt of this sentence has this date: take the post's own date, or say none.",
            )


def wrong_weekdays(reading: Reading) -> Iterator[Finding]:
    """Block weekdays and words such as yesterday, about the creator, that do not fit the post's date."""
    for line in reading.lines:
        if not line.about_creator and says(line) is None:
            continue
        named = (line.told(_weekdays), line.told(_relatives), line.told(_last_periods))
        if not any(named):
            continue
        days = _days(reading, line)
        texts = " ".join(
            map(bare, (*line.proofs, *reading.fact_texts, *offer_texts(reading.case.campaign.offer)))
        )
        for found, weekday in named[0]:
            if found[1] not in texts and all(day.weekday() != weekday for day in days):
                yield _mistimed(line, found)
        for found, least, most in named[1]:
            if found[0] not in texts and not ago(days, reading.case.today, least=least, most=most):
                yield _mistimed(line, found)
        for found, months in named[2]:
            if found[0] not in texts and not any(is_last(day, reading.case.today, months) for day in days):
                yield _mistimed(line, found)


def unknown_names(reading: Reading) -> Iterator[Finding]:
    """Block names that neither the creator's quoted texts nor the brand's records hold."""
    named = [(line, line.told(_names)) for line in reading.lines]
    known = _known_words(reading) if any(names for _, names in named) else frozenset[str]()
    for line, names in named:
        if line.slot is Slot.SUBJECT and _is_title(line.own):
            continue
        for name, start, end in names:
            if any(bare(part) not in known for part in _TOKEN.findall(name)) and bare(name) not in known:
                yield block(
                    "receipts.name",
                    line.plain.span(start, end),
                    "Neither the quoted posts nor the brand's records hold this name: take it out.",
                )


RULES: tuple[Rule, ...] = (invented_numbers, invented_dates, wrong_weekdays, unknown_names)


def _names(line: Line) -> Iterator[tuple[str, int, int]]:
    if line.own[1:] == line.own[1:].lower():
        return  # no name without a capital
    yield from ((m[2], m.start(2), m.end(2)) for m in _NAME.finditer(line.own))


def _weekdays(line: Line) -> Iterator[tuple[re.Match[str], int]]:
    return weekdays(line.own)


def _relatives(line: Line) -> Iterator[tuple[re.Match[str], int, int]]:
    return relatives(line.own)


def _last_periods(line: Line) -> Iterator[tuple[re.Match[str], int]]:
    return last_periods(line.own)


def _counts_what_all_see(reading: Reading, line: Line, text: str, numeral: Numeral) -> bool:
    low = lowered(text)
    return (
        low[: numeral.start].endswith("entre ")  # between two trains, as one says
        or _PAIR.match(low, numeral.start) is not None
        or _OF_TEXT.match(low, numeral.end) is not None
        or _counts_what_is_listed(line, text, numeral)
        or _is_as_published(reading, text, numeral)
    )


def _is_as_published(reading: Reading, text: str, numeral: Numeral) -> bool:
    """Return whether a quoted post counts the same things with this number: `those 9 hours`."""
    unit = _unit(text, numeral)
    return bool(unit) and any(
        told.values & numeral.values and _unit(plain, told) == unit
        for plain in (Plain(proof).text for proof in reading.proofs)
        for told in numerals(plain, reading.case.language)
    )


def _unit(text: str, numeral: Numeral) -> str:
    after = _TOKEN.match(lowered(text)[numeral.end :].lstrip(" -"))
    return after[0].removesuffix("s") if after is not None else ""


def _counts_what_is_listed(line: Line, text: str, numeral: Numeral) -> bool:
    # « trois métiers », where the post names three: what it says a number of itself is no list
    if not numeral.values <= _COUNTED or not text[numeral.start].isalpha():
        return False
    after = lowered(text)[numeral.end :].split()[:1]
    word = after[0].strip(" .,;:!?") if after else ""
    if word in UNITS or stems(word) & stems(" ".join(line.proofs)):
        return False
    return any(len(_PARTS.split(quote)) >= max(numeral.values) for quote in line.quotes)


def _now(reading: Reading, mention: Mention) -> date:
    return reading.case.today if mention.year is None else date.min


def _is_of_our_letter(line: Line, mention: Mention) -> bool:
    found = _OUR_LETTER.finditer(lowered(line.own))
    return any(m.start() <= mention.start and mention.end <= m.end() for m in found)


def _mistimed(line: Line, found: re.Match[str]) -> Finding:
    return block(
        "receipts.date", line.span(found), "The post is not from that day: say its own date, or none."
    )


def _values(texts: Iterable[str]) -> frozenset[Decimal]:
    return frozenset(
        value
        for text in texts
        for value in (*values_in(text), *map(_NTH.get, _ORDINAL.findall(bare(text))))
        if value is not None
    )


@lru_cache(maxsize=32)  # of brands and campaigns, the same for each of their letters
def _values_of(texts: tuple[str, ...]) -> frozenset[Decimal]:
    return _values(texts)


def _pictures(texts: Iterable[str]) -> frozenset[Decimal]:
    """Return how many pictures the texts show, in all and of each kind: anybody can count them."""
    signs = (text for text in texts if not text.isascii())
    counts = (Counter(char for char in text if unicodedata.category(char) == "So") for text in signs)
    return frozenset(Decimal(n) for count in counts for n in (*count.values(), count.total()) if n)


def _our_numbers(reading: Reading) -> frozenset[Decimal]:
    brand, offer = reading.case.brand, reading.case.campaign.offer
    money = (offer.gift.value if offer.gift else None, offer.cash)
    amount = frozenset(m.amount.normalize() for m in money if m is not None)
    months = frozenset({Decimal(offer.rights.months)} if offer.rights else ())
    texts = (*reading.fact_texts, *offer_texts(offer), brand.name, brand.sender.name)
    return _values_of(texts) | amount | months


def _days(reading: Reading, line: Line) -> tuple[date, ...]:
    # a sentence about the creator answers with its own posts; one of ours may look back at any quoted one
    days = line.days if line.about_creator else reading.subject.days
    deadline = reading.case.campaign.offer.deadline
    return (*days, deadline) if deadline is not None else days


def _named_dates(reading: Reading, line: Line) -> tuple[Mention, ...]:
    proofs = line.proofs if line.about_creator else reading.proofs
    texts = (*proofs, *reading.fact_texts, *offer_texts(reading.case.campaign.offer))
    return tuple(mention for text in texts for mention in mentions(Plain(text).text))


def _known_words(reading: Reading) -> frozenset[str]:
    case = reading.case
    brand, campaign = case.brand, case.campaign
    ours = (
        brand.name,
        brand.sender.name,
        brand.postal_address,
        *reading.fact_texts,
        *reading.told_values,
        *offer_texts(campaign.offer),
        campaign.objective,
        campaign.category or "",
    )
    theirs = (case.creator.name or "", case.creator.handle, case.creator.platform, *reading.proofs)
    return _names_of(ours) | _words_of(theirs)


@lru_cache(maxsize=32)  # of brands and campaigns, the same for each of their letters
def _names_of(texts: tuple[str, ...]) -> frozenset[str]:
    return _words_of(texts) | COMMON_NAMES


def _words_of(texts: tuple[str, ...]) -> frozenset[str]:
    tokens = frozenset(token for text in texts for token in _TOKEN.findall(bare(text)))
    return tokens | frozenset(token.removesuffix("s") for token in tokens)


def _is_title(text: str) -> bool:
    words = [word for word in _TOKEN.findall(text) if len(word) > 3]  # noqa: PLR2004 - small words stay small in titles
    return len(words) > 1 and sum(word[0].isupper() for word in words) >= _TITLE_SHARE * len(words)
