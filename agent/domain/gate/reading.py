"""A letter taken apart once, so that every rule looks at the same lines in the same forms."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from agent.domain.brand import Offer
from agent.domain.draft import Finding, Severity
from agent.domain.gate.case import Case
from agent.domain.gate.line import Line, Slot, roots, stems
from agent.domain.gate.numbers import lowered
from agent.domain.gate.plain import Plain, Quoted, bare, blanked, plain_of
from agent.domain.gate.reported import spoken
from agent.domain.gate.sought import Page, Sought
from agent.domain.gate.vocabulary import OWN_QUOTES
from agent.domain.letter import Receipt, ReceiptKind, Sentence
from agent.domain.text import folded

_GAP = re.compile(r"\s*(?:\[\s*(?:\.\.\.)\s*\]|\(\s*\.\.\.\s*\)|\.\.\.)\s*")  # left out inside a quotation
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"\w")
_EDGE = " .,;:!?-…\"'«»“”"
__all__ = [
    "Line",
    "Reading",
    "Rule",
    "Slot",
    "bare_quote",
    "block",
    "is_quoted_from",
    "offer_texts",
    "roots",
    "stems",
    "warn",
]

Rule = Callable[["Reading"], Iterable[Finding]]


@dataclass(frozen=True)
class Reading:
    """A case with its letter taken apart."""

    case: Case
    subject: Line = field(init=False)
    greeting: Line = field(init=False)
    closing: Line = field(init=False)
    sentences: tuple[Line, ...] = field(init=False)

    def __post_init__(self) -> None:
        letter = self.case.letter
        every = letter.receipts
        put = object.__setattr__
        put(self, "subject", self._line(Slot.SUBJECT, self.case.new_subject, receipts=every))
        put(self, "greeting", self._line(Slot.GREETING, letter.greeting))
        put(self, "closing", self._line(Slot.CLOSING, letter.closing))
        lines = tuple(
            line
            for number, paragraph in enumerate(letter.paragraphs)
            for sentence in paragraph
            for line in self._lines(sentence, number)
        )
        put(self, "sentences", lines)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line in the order of reading."""
        return (self.subject, self.greeting, *self.sentences, self.closing)

    def own(self, sought: Sought) -> Iterator[tuple[Line, re.Match[str]]]:
        """Yield what is found in the lines' own words, in lower case without accents."""
        return ((self.lines[number], found) for number, found in self._own.find(sought))

    def written(self, sought: Sought) -> Iterator[tuple[Line, re.Match[str]]]:
        """Yield what is found in the whole lines, quoted words too, in lower case without accents."""
        return ((self.lines[number], found) for number, found in self._written.find(sought))

    def spoken(self, sought: Sought) -> Iterator[tuple[Line, re.Match[str]]]:
        """Yield what is found in what counts as ours, in lower case without accents (see `spoken_texts`)."""
        return ((self.lines[number], found) for number, found in self._spoken.find(sought))

    def spoken_by_line(self, *every: Sought) -> Mapping[int, list[re.Match[str]]]:
        """Return what patterns find in what counts as ours, by the number of the line, pattern by pattern."""
        return self._spoken.by_line(*every)

    def own_by_line(self, *every: Sought) -> Mapping[int, list[re.Match[str]]]:
        """Return what patterns find in the lines' own words, as `spoken_by_line` does."""
        return self._own.by_line(*every)

    def written_by_line(self, *every: Sought) -> Mapping[int, list[re.Match[str]]]:
        """Return what patterns find in the whole lines, as `spoken_by_line` does."""
        return self._written.by_line(*every)

    def own_lines_with(self, sought: Sought, *, digits: bool = False) -> Iterator[Line]:
        """Yield the lines whose own words hold a pattern, or a digit where that is asked for, too."""
        numbers = {number for number, _ in self._own.find(sought)}
        return (
            line
            for number, line in enumerate(self.lines)
            if number in numbers or (digits and _DIGIT.search(line.own))
        )

    def page_without(self, names: Iterable[str]) -> Page:
        """Return the lines' own words, in lower case without accents, with names as spaces."""
        return self._own.without(tuple(lowered(name) for name in names))

    def whole(self, sought: Sought) -> Iterator[tuple[Plain, re.Match[str]]]:
        """Yield what is found in the subject and the whole letter, in lower case without accents."""
        return ((self.texts[number], found) for number, found in self.whole_page.find(sought))

    @cached_property
    def whole_page(self) -> Page:
        """The subject and the whole letter in lower case without accents, for what is split over lines."""
        return Page((self.subject.low, lowered(self.text.text)))

    @cached_property
    def spoken_texts(self) -> tuple[str, ...]:
        """What of each line counts as ours: quoted words, too, unless it plainly reports them."""
        return tuple(spoken(line) for line in self.lines)

    @cached_property
    def text(self) -> Plain:
        """The whole letter below its subject."""
        return Plain(self.case.letter.text)

    @cached_property
    def texts(self) -> tuple[Plain, Plain]:
        """The subject and the whole letter, for what may be split over sentences."""
        return (self.subject.plain, self.text)

    @cached_property
    def offer_words(self) -> str:
        """What the offer and the brand's facts say, bare, for looking up what a letter may promise."""
        return bare(" \n ".join((*offer_texts(self.case.campaign.offer), *self.fact_texts)))

    @cached_property
    def fact_texts(self) -> tuple[str, ...]:
        """The texts of the brand's facts."""
        return tuple(fact.text for fact in self.case.brand.facts)

    @cached_property
    def told_values(self) -> tuple[str, ...]:
        """The names and texts of what the brand stands for."""
        return tuple(f"{value.name} {value.text}" for value in self.case.brand.values)

    @cached_property
    def proofs(self) -> tuple[str, ...]:
        """Every text of the creator that some receipt of the letter points to, folded."""
        return tuple(dict.fromkeys(proof for line in self.sentences for proof in line.proofs))

    @cached_property
    def _written(self) -> Page:
        return Page(tuple(line.low for line in self.lines))

    @cached_property
    def _own(self) -> Page:
        return Page(tuple(line.low_own for line in self.lines))

    @cached_property
    def _spoken(self) -> Page:
        pairs = zip(self.lines, self.spoken_texts, strict=True)
        return Page(tuple(line.low if text == line.plain.text else line.low_own for line, text in pairs))

    def _lines(self, sentence: Sentence, paragraph: int) -> Iterable[Line]:
        # a person's edit may leave a paragraph in one Sentence: each of its sentences answers for itself
        for piece in _sentences(sentence.text):
            yield self._line(Slot.SENTENCE, piece, receipts=sentence.receipts, paragraph=paragraph)

    def _line(
        self, slot: Slot, shown: str, *, receipts: tuple[Receipt, ...] = (), paragraph: int = -1
    ) -> Line:
        plain = plain_of(shown)
        proofs, quotes = self._creator_proofs(receipts)
        facts = tuple(filter(None, (self._fact_text(receipt) for receipt in receipts)))
        unproved = tuple(q for q in plain.quoted if not self._is_proved(q.words, (*proofs, *facts)))
        return _line(
            slot=slot,
            shown=shown,
            paragraph=paragraph,
            receipts=receipts,
            proofs=proofs,
            quotes=quotes,
            days=self._days(receipts),
            facts=facts,
            unproved=unproved,
        )

    def _creator_proofs(self, receipts: tuple[Receipt, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        proofs: dict[str, None] = {}
        quotes: dict[str, None] = {}
        for receipt in receipts:
            whole = self._evidence(receipt.ref) if receipt.about_creator else None
            if whole is None:
                continue
            quote = folded(receipt.quote)
            proofs[whole] = None
            if quote and quote in whole:
                quotes[quote] = None
        return tuple(proofs), tuple(quotes)

    def _evidence(self, ref: str) -> str | None:
        """Return what a receipt points to, folded; each text is folded once."""
        if ref not in self._folded:
            evidence = self.case.creator.evidence_text(ref)
            self._folded[ref] = folded(evidence) if evidence is not None else None
        return self._folded[ref]

    @cached_property
    def _folded(self) -> dict[str, str | None]:
        return {}

    def _days(self, receipts: tuple[Receipt, ...]) -> tuple[date, ...]:
        posts = (self.case.creator.post(receipt.ref) for receipt in receipts if receipt.about_creator)
        return tuple(
            post.published_on for post in posts if post is not None and post.published_on is not None
        )

    def _fact_text(self, receipt: Receipt) -> str | None:
        fact = self.case.brand.fact(receipt.ref) if receipt.kind is ReceiptKind.FACT else None
        return fact.text if fact is not None else None

    def _is_proved(self, words: str, sources: tuple[str, ...]) -> bool:
        if bare(words).strip(_EDGE) in OWN_QUOTES:
            return True
        return is_quoted_from(words, (*sources, *self._ours))

    @cached_property
    def _ours(self) -> tuple[str, ...]:
        case = self.case
        return (*self.fact_texts, case.brand.name, *offer_texts(case.campaign.offer), *case.legal_lines)


@lru_cache(maxsize=1024)  # the same lines stand in letter after letter
def _sentences(shown: str) -> tuple[str, ...]:
    return plain_of(shown).sentences()


@lru_cache(maxsize=1024)  # as above; what is known of a line is kept with it
def _line(  # noqa: PLR0913 - all that a line is made of
    *,
    slot: Slot,
    shown: str,
    paragraph: int,
    receipts: tuple[Receipt, ...],
    proofs: tuple[str, ...],
    quotes: tuple[str, ...],
    days: tuple[date, ...],
    facts: tuple[str, ...],
    unproved: tuple[Quoted, ...],
) -> Line:
    plain = plain_of(shown)
    proved = ((q.start, q.end) for q in plain.quoted if q not in unproved)
    return Line(
        slot=slot,
        plain=plain,
        paragraph=paragraph,
        receipts=receipts,
        proofs=proofs,
        quotes=quotes,
        days=days,
        facts=facts,
        own=blanked(plain.text, proved),
        unproved=unproved,
    )


def is_quoted_from(words: str, sources: Iterable[str]) -> bool:
    """Return whether one source holds the words, or their parts in order where some were left out."""
    parts = [bare_quote(part) for part in _GAP.split(words)]
    parts = [part for part in parts if part]
    return bool(parts) and any(_holds(bare_quote(source), parts) for source in sources)


@lru_cache(maxsize=1024)
def bare_quote(text: str) -> str:
    """Return the form in which quotations are compared: folded, lower case, without marks at its ends."""
    # inside a quotation a post's double marks become single ones
    return folded(Plain(text).text).replace("«", '"').replace('"', "'").casefold().strip(_EDGE)


def offer_texts(offer: Offer) -> tuple[str, ...]:
    """Return the words of an offer: gift, affiliate terms and deliverables."""
    gift = (offer.gift.name,) if offer.gift is not None else ()
    affiliate = (offer.affiliate.rate, offer.affiliate.code or "") if offer.affiliate is not None else ()
    return tuple(filter(None, (*gift, *affiliate, *offer.deliverables)))


def block(code: str, span: str, advice: str) -> Finding:
    """Return a finding that stops the draft."""
    return Finding(code=code, severity=Severity.BLOCK, span=span, advice=advice)


def warn(code: str, span: str, advice: str) -> Finding:
    """Return a finding that only tells."""
    return Finding(code=code, severity=Severity.WARN, span=span, advice=advice)


def _holds(source: str, parts: list[str]) -> bool:
    position = 0
    for part in parts:
        start = _find_words(source, part, position)
        if start < 0:
            return False
        position = start + len(part)
    return True


def _find_words(source: str, part: str, position: int) -> int:
    """Return where the part stands between word boundaries, or -1."""
    start = source.find(part, position)
    while start >= 0 and (
        _LETTER.match(source, start + len(part)) or (start > 0 and _LETTER.match(source, start - 1))
    ):
        start = source.find(part, start + 1)
    return start
