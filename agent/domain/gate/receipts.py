"""Receipts: every sentence about the creator or the brand rests on something that is really there."""

import re
from collections.abc import Iterator

from agent.domain.creator import BIO
from agent.domain.draft import Finding
from agent.domain.gate.creator_speech import flatters, says
from agent.domain.gate.ordinary import ORDINARY
from agent.domain.gate.plain import bare
from agent.domain.gate.reading import Line, Reading, Rule, Slot, block, is_quoted_from, stems, warn
from agent.domain.gate.sought import Sought
from agent.domain.gate.vocabulary import BRAND_CLAIMS, CLAIMS_OF_WORTH, OTHER_PEOPLE, SOURCE_WORDS
from agent.domain.letter import Receipt, ReceiptKind
from agent.domain.text import folded

OFFER_TERMS = frozenset(
    {"gift", "cash", "affiliate", "deliverables", "rights", "deadline", "disclosure", "obligation"}
)
"""What a receipt of kind `offer` may point to."""
_MAY_BE_ABSENT = frozenset({"deliverables", "disclosure", "obligation"})  # that nothing is due is a term, too
_STEM = 5  # letters, as in `stems`
_KNOWN = {language: frozenset(word[:_STEM] for word in words) for language, words in ORDINARY.items()}
_LEAST_QUOTE = 4  # letters; less is in every text
_LONG_BRIDGE = 24  # words; a longer sentence of the opening says more than a bridge between two others

_OTHERS = Sought(rf"\b{OTHER_PEOPLE}\b")
_BRAND = Sought(rf"\b{BRAND_CLAIMS}\b")
_WORTH = Sought(rf"\b{CLAIMS_OF_WORTH}\b")
# Words by which a sentence leans on its neighbours or speaks for us
LEANING = Sought(
    r"\b(?:i|i'm|i'd|we|we'd|our|my|me|us|that|this|it|it's|you|your|je|j'ai|nous|notre|"
    r"nos|notres?|ours|too|aussi|mon|ma|c'est|cela|ce|cette|ca|voila|voici|vous|tu|votre|vos|on)(?!\w)|\b[jm]'|"
    r"\b(?:miens?|miennes?|mine)\b"
)


# What is said of nobody in particular, in the opening, is no claim about what we sell
_OURS = re.compile(r"\b(?:our|ours|we|us|notre|nos|nous)\b")
_ANYBODY = re.compile(r"\b(?:you|your|vous|votre|vos|on)\b")


def unknown_sources(reading: Reading) -> Iterator[Finding]:
    """Block receipts that point to nothing."""
    for receipt in reading.case.letter.receipts:
        if not _exists(reading, receipt):
            yield block(
                "receipts.unknown",
                receipt.quote or receipt.ref,
                f"Nothing on file is called {receipt.kind.value} “{receipt.ref}”: point to a post, the "
                f"bio, a fact or a term of "
                "the offer that exists, or delete the sentence.",
            )


def altered_quotes(reading: Reading) -> Iterator[Finding]:
    """Block receipts whose quote is not in the text that they point to, letter for letter."""
    for receipt in reading.case.letter.receipts:
        source = _source(reading, receipt)
        if source is None:
            continue
        quote = folded(receipt.quote)
        if not quote and receipt.kind is ReceiptKind.FACT:
            continue
        if quote not in folded(source) or len(quote) < _LEAST_QUOTE:
            yield block(
                "receipts.quote",
                receipt.quote,
                f"These words are not in {receipt.kind.value} “{receipt.ref}”: quote it exactly, a "
                f"word or more.",
            )


def wrong_dates(reading: Reading) -> Iterator[Finding]:
    """Block receipts that carry another date than their post."""
    for receipt in reading.case.letter.receipts:
        if not receipt.about_creator or receipt.published_on is None:
            continue
        post = reading.case.creator.post(receipt.ref)
        if receipt.ref == BIO or post is None or post.published_on != receipt.published_on:
            yield block(
                "receipts.published_on",
                receipt.quote,
                "The receipt's date is not the date of the post: take it from the post, or claim none.",
            )


def stale_evidence(reading: Reading) -> Iterator[Finding]:
    """Block receipts that point to a post older than the campaign writes about."""
    most = reading.case.campaign.cadence.evidence_for
    oldest = reading.case.today - most
    for receipt in reading.case.letter.receipts:
        post = reading.case.creator.post(receipt.ref) if receipt.about_creator else None
        if post is None or post.published_on is None or post.published_on >= oldest:
            continue
        yield block(
            "receipts.stale",
            receipt.quote,
            f"This post is from {post.published_on:%Y-%m-%d}, and the campaign writes about posts of the "
            f"last {most.days} days: rest the sentence on a newer one, or raise evidence_days in the brand "
            "file.",
        )


def misquotes(reading: Reading) -> Iterator[Finding]:
    """Block words in quotation marks that neither the line's receipts nor the brand's facts hold."""
    for line in reading.lines:
        for quoted in line.unproved:
            yield block(
                "receipts.misquoted",
                line.plain.span(quoted.start, quoted.end),
                "The quoted words are in none of this sentence's receipts: copy them from the post, "
                "or drop the marks.",
            )
        proved = (quoted for quoted in line.plain.quoted if quoted not in line.unproved)
        for quoted in proved:
            if is_quoted_from(quoted.words, line.proofs) and not is_quoted_from(quoted.words, line.quotes):
                yield warn(
                    "receipts.quote_too_short",
                    line.plain.span(quoted.start, quoted.end),
                    "The post says this, but not in the passage that the receipt shows: lengthen the "
                    "receipt's quote.",
                )


def unsupported(reading: Reading) -> Iterator[Finding]:
    """Block what is said about the creator without a receipt, or with one that has nothing to do with it."""
    for line in reading.lines:
        if line.slot is Slot.SUBJECT and line.is_grounded:
            continue
        praise = line.asked(flatters)
        if praise is not None and not line.is_grounded:
            yield block(
                "receipts.flattery",
                line.span(praise),
                "This is true of anybody: name one thing that the creator really posted, or leave it out.",
            )
            continue
        said = says(line)
        if said is None:
            news = line.own_stems - _KNOWN.get(reading.case.letter.language, frozenset())
            if line.slot is Slot.SENTENCE and news and _is_ungrounded(reading, line):
                yield _unrelated(reading, line)
            continue
        if not line.about_creator and _is_told_by_a_fact(line):
            continue
        if not line.about_creator:
            yield block(
                "receipts.unsupported",
                line.plain.shown if line.slot is Slot.SENTENCE else line.span(said),
                "This speaks about the creator without a receipt: add the post and the exact words, "
                "or delete it.",
            )
        elif _is_ungrounded(reading, line):
            yield _unrelated(reading, line)


def unproved_brand_claims(reading: Reading) -> Iterator[Finding]:
    """Block what is said about the brand without a fact or the offer behind it."""
    for line in reading.lines:
        worth = line.first(_WORTH)
        if (
            worth is not None
            and (line.paragraph != 0 or _OURS.search(line.low_own) is not None)
            and worth[0] not in f"{reading.offer_words} {bare(' '.join(line.proofs))} {_stands_for(reading)}"
        ):
            yield block(
                "receipts.brand_claim",
                line.span(worth),
                "No fact of the brand says this: add the fact to the brand with its source, or delete it.",
            )
        found = line.first(_BRAND)
        resting = {receipt.kind for receipt in line.receipts}
        # a subject rests on all of the letter, and need not name its fact
        tells = line.facts and not line.about_creator and line.slot is not Slot.SUBJECT
        if tells and not line.own_stems & stems(" ".join(line.facts)):
            yield block(
                "receipts.unrelated",
                line.plain.shown,
                "The fact has no word in common with this sentence: say what the fact says, or delete it.",
            )
        if found is None or resting & {ReceiptKind.FACT, ReceiptKind.OFFER}:
            continue
        if not _repeats_brand(reading, line):
            yield block(
                "receipts.brand_claim",
                line.span(found),
                "This speaks about the brand without a receipt: point to one of its facts, or delete it.",
            )


def other_people(reading: Reading) -> Iterator[Finding]:
    """Block lines that speak of another creator."""
    for line, found in reading.own(_OTHERS):
        yield block(
            "receipts.other_person",
            line.span(found),
            "A letter speaks to one person about that person: take the others out.",
        )


def no_detail(reading: Reading) -> Iterator[Finding]:
    """Block a first letter in which nothing comes from the creator's own words."""
    if reading.case.touch == 1 and not any(line.about_creator for line in reading.sentences):
        yield block(
            "receipts.none",
            "",
            "Nothing in this letter rests on the creator's own words: it could have been sent to anybody.",
        )


def bare_opening(reading: Reading) -> Iterator[Finding]:
    """Warn of sentences in the opening that rest on nothing and do not merely join two others."""
    for line in reading.sentences:
        if line.paragraph != 0 or line.receipts:
            continue
        if len(line.own.split()) > _LONG_BRIDGE or line.first(LEANING) is None:
            yield warn(
                "receipts.bare",
                line.plain.shown,
                "The opening speaks about the creator, and this sentence rests on nothing: read it twice.",
            )


RULES: tuple[Rule, ...] = (
    unknown_sources,
    altered_quotes,
    wrong_dates,
    stale_evidence,
    misquotes,
    unsupported,
    unproved_brand_claims,
    other_people,
    no_detail,
    bare_opening,
)


def _exists(reading: Reading, receipt: Receipt) -> bool:
    if receipt.kind is ReceiptKind.NOTICE:
        return bool(reading.case.legal_lines)
    if receipt.kind is not ReceiptKind.OFFER:
        return _source(reading, receipt) is not None
    term = receipt.ref.removeprefix("offer.")
    offer = reading.case.campaign.offer
    return term in _MAY_BE_ABSENT or (term in OFFER_TERMS and getattr(offer, term) is not None)


def _source(reading: Reading, receipt: Receipt) -> str | None:
    match receipt.kind:
        case ReceiptKind.POST:
            return reading.case.creator.evidence_text(receipt.ref) if receipt.ref != BIO else None
        case ReceiptKind.REPLY:
            answered = reading.case.answered
            is_theirs = answered is not None and answered.reply.id == receipt.ref
            return reading.case.creator.evidence_text(receipt.ref) if is_theirs else None
        case ReceiptKind.BIO:
            return reading.case.creator.evidence_text(BIO) if receipt.ref == BIO else None
        case ReceiptKind.FACT:
            fact = reading.case.brand.fact(receipt.ref)
            return fact.text if fact is not None else None
        case ReceiptKind.OFFER | ReceiptKind.NOTICE:
            return None


def _is_told_by_a_fact(line: Line) -> bool:
    # « so you only buy the wooden parts once »: the fact speaks to anybody
    told = line.own_stems
    facts = (fact for fact in line.facts if _ANYBODY.search(bare(fact)))
    return any(len(told & stems(fact)) * 2 >= len(told) for fact in facts)


def _is_ungrounded(reading: Reading, line: Line) -> bool:
    if not line.quotes or line.is_grounded:
        return False
    return not (_only_points(reading, line) or names_a_value(reading, line))


def _only_points(reading: Reading, line: Line) -> bool:
    # « À propos de votre présentation » claims nothing: it says where the letter begins
    brand = reading.case.brand
    ours = f"{SOURCE_WORDS} {brand.name} {brand.sender.name}"
    return line.slot is Slot.SUBJECT and not line.own_stems - stems(ours)


def names_a_value(reading: Reading, line: Line) -> bool:
    """Return whether a line leads from a post to what the brand stands for: it needs no word of the post."""
    # « cela rejoint ce que nous essayons de faire : les plantes d’ici »: from a post to what we stand for
    return any(bare(value.name) in line.low_own for value in reading.case.brand.values)


def _unrelated(reading: Reading, line: Line) -> Finding:
    spoken = reading.case.creator.language
    advice = "The receipt has no word in common with this sentence: say what the post says, or quote it."
    # a creator who posts in another language than the letter's is paraphrased, and a person compares
    tell = warn if spoken is not None and spoken != reading.case.letter.language else block
    return tell("receipts.unrelated", line.plain.shown, advice)


def _stands_for(reading: Reading) -> str:
    return bare(" ".join(reading.told_values))


def _repeats_brand(reading: Reading, line: Line) -> bool:
    known = stems(" ".join((*reading.fact_texts, *(value.text for value in reading.case.brand.values))))
    said = line.own_stems
    return bool(said) and len(said & known) * 2 >= len(said)
