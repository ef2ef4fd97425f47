"""Chooses what a letter rests on: a passage of the creator's and a fact of the brand that answers it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from agent.adapters.offline.quoting import (
    Passage,
    Rules,
    has_any,
    is_delicate,
    is_paid,
    is_suspicious,
    passages,
    stems,
)
from agent.domain.brand import Brand, Fact
from agent.domain.creator import BIO
from agent.domain.letter import Receipt, ReceiptKind, Words
from agent.domain.text import folded
from agent.ports import Assignment
from agent.usecases.composing import draw, register

_YEAR = 365.0
_TELLING = 0.5  # a word that three facts share says nothing about any of them
_GOOD_LENGTH = range(5, 12)
_QUOTED = re.compile(r"«\s*(.+?)\s*»|\"(.+?)\"|“(.+?)”")


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A passage with its place: the post's key or `bio`, its date, and the value it speaks for."""

    ref: str
    passage: Passage
    published_on: date | None
    value: str
    weight: float

    @property
    def receipt(self) -> Receipt:
        """The proof for a sentence that quotes it."""
        kind = ReceiptKind.BIO if self.ref == BIO else ReceiptKind.POST
        return Receipt(kind=kind, ref=self.ref, quote=self.passage.text, published_on=self.published_on)


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """What a letter rests on: evidence, best first, and facts, the one that answers it first.

    `are_akin` says whether the first of both speak of the same thing, `share_value` whether both speak of
    the value that the evidence was found for.
    """

    evidence: tuple[Evidence, ...]
    facts: tuple[Fact, ...]
    are_akin: bool = False
    share_value: bool = False


def grounds(assignment: Assignment, rules: Rules, *, rejected: Words | None = None) -> Grounds:
    """Return passages not yet quoted and facts not yet told in this thread, those that go together first."""
    told = tuple(folded(earlier.body) for earlier in assignment.thread)
    facts = [fact for fact in _sayable(assignment, rules) if not _is_told(fact, told)]
    found = [one for one in _evidence(assignment, rules) if not _is_quoted(assignment, one, told)]
    if rejected is not None:
        refused = {receipt.quote for sentence in rejected.opening for receipt in sentence.receipts}
        found = [one for one in found if one.passage.text not in refused] or found
    if not found or not facts:
        return Grounds(evidence=tuple(found), facts=tuple(facts))
    rarity = _rarity(assignment.brand, rules)
    paired = sorted(
        (
            (one.weight + 2.0 * akin, akin, draw(assignment, fact.id), one, fact)
            for one in found
            for fact in facts
            for akin in [_kinship(one, fact, rarity, rules)]
        ),
        key=lambda pair: pair[:3],
        reverse=True,
    )
    _, akin, _, first, fact = paired[0]
    best: dict[str, Evidence] = {}
    for *_, one, _ in paired:
        if one.ref != first.ref:
            best.setdefault(one.ref, one)
    others = sorted(
        (other for other in facts if other != fact),
        key=lambda other: draw(assignment, other.id),
        reverse=True,
    )
    return Grounds(
        evidence=(first, *best.values()),
        facts=(fact, *others),
        are_akin=akin >= 1,
        share_value=_shares_value(assignment, first, fact, rarity, rules),
    )


def product_fact(facts: Iterable[Fact], gift: str, rules: Rules) -> Fact | None:
    """Return the fact that says most about the gift, where one shares at least two words with it."""
    about = stems(gift, rules)
    scored = [(len(about & stems(fact.text, rules)), fact) for fact in facts]
    best = max(scored, key=lambda pair: pair[0], default=(0, None))
    return best[1] if best[0] > 1 else None


def _evidence(assignment: Assignment, rules: Rules) -> Iterator[Evidence]:
    creator = assignment.creator
    reasons = {reason.ref: reason for reason in reversed(assignment.reasons)}
    refs = list(dict.fromkeys((*reasons, *(post.key for post in creator.posts), BIO)))
    for ref in refs:
        text = creator.evidence_text(ref)
        post = creator.post(ref)
        original = post.original if post is not None else creator.bio_original
        if not text or is_suspicious(original or text, text, rules):
            continue
        if is_paid(text, rules) or is_delicate(text, rules):
            continue
        on = post.published_on if post is not None else None
        known = None if on is not None and on > assignment.today else on
        reason = reasons.get(ref)
        for passage in passages(text, rules):
            if not has_any(passage.text, (word.casefold() for word in assignment.brand.voice.banned)):
                yield Evidence(
                    ref=ref,
                    passage=passage,
                    published_on=known,
                    value=reason.value if reason else "",
                    weight=_weight(assignment, ref, passage, known),
                )


def _weight(assignment: Assignment, ref: str, passage: Passage, on: date | None) -> float:
    reason = next((reason for reason in assignment.reasons if reason.ref == ref), None)
    weight = 3.0 + reason.score if reason else 0.0
    if reason and _overlap(passage.text, reason.quote):
        weight += 1.0
    weight += passage.whole + (0.5 if passage.leads else -1.0) - 1.5 * passage.weak
    weight += 0.5 * (len(passage.text.split()) in _GOOD_LENGTH)
    weight += 0.5 * any(char.isdigit() for char in passage.text)
    if ref == BIO:
        weight -= 1.0
    return weight - ((assignment.today - on).days / _YEAR if on else 0.5)


def _sayable(assignment: Assignment, rules: Rules) -> Iterator[Fact]:
    """Yield facts that fit the letter's register: none that says tu in a letter that says vous."""
    wrong = rules.second_person - (_register_words(assignment) if assignment.language == "fr" else set())
    for fact in assignment.brand.facts:
        if assignment.language != "fr" or not has_any(fact.text, wrong):
            yield fact


def _register_words(assignment: Assignment) -> frozenset[str]:
    vous = frozenset({"vous", "votre", "vos"})
    return vous if register(assignment) == "vous" else frozenset({"tu", "te", "t", "toi", "ton", "ta", "tes"})


def _shares_value(
    assignment: Assignment, one: Evidence, fact: Fact, rarity: Mapping[str, float], rules: Rules
) -> bool:
    """Return whether passage and fact, and not only the post, speak of the value that led to the post."""
    reason = next((reason for reason in assignment.reasons if reason.ref == one.ref), None)
    value = next((v for v in assignment.brand.values if reason and v.name == reason.value), None)
    if value is None or reason is None or not _overlap(one.passage.text, reason.quote):
        return False
    generic = {stem for stem, worth in rarity.items() if worth < _TELLING}
    name, text = stems(value.name, rules) - generic, stems(value.text, rules) - generic
    said, told = stems(one.passage.text, rules), stems(fact.text, rules)
    return bool(said & name or len(said & text) > 1) and bool(told & (name | text))


def _overlap(one: str, other: str) -> bool:
    one, other = folded(one), folded(other)
    return one in other or other in one


def _rarity(brand: Brand, rules: Rules) -> Mapping[str, float]:
    """Return what a shared word is worth: a word of every fact says nothing, a word of one says all."""
    counts = Counter(stem for fact in brand.facts for stem in stems(fact.text, rules))
    return {stem: 1 / count for stem, count in counts.items()}


def _kinship(one: Evidence, fact: Fact, rarity: Mapping[str, float], rules: Rules) -> float:
    shared = stems(one.passage.text, rules) & stems(fact.text, rules)
    return min(2.0, sum(rarity[stem] for stem in shared))


def _is_told(fact: Fact, told: Sequence[str]) -> bool:
    text = folded(fact.text).rstrip(".")[1:]  # a letter may have written its first letter small
    return any(text in earlier for earlier in told)


def _is_quoted(assignment: Assignment, one: Evidence, told: Sequence[str]) -> bool:
    """Return whether an earlier letter quotes this passage or the text that it comes from."""
    source = folded(assignment.creator.evidence_text(one.ref) or "").casefold()
    quoted = {
        folded(part).strip(" .,").casefold()
        for earlier in assignment.thread
        for parts in _QUOTED.findall(earlier.body)
        for part in parts
        if part.strip()
    }
    return any(quote in source for quote in quoted) or any(
        folded(one.passage.text) in earlier for earlier in told
    )
