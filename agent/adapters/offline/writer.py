"""The offline writer: a decent letter from one passage, one fact and the phrases in `prompts/letters`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from agent.adapters.offline import answering
from agent.adapters.offline.choosing import Evidence, Grounds, grounds, product_fact
from agent.adapters.offline.quoting import Rules, has_any
from agent.domain.brand import Fact
from agent.domain.creator import BIO
from agent.domain.draft import Finding, Origin, Usage
from agent.domain.errors import BadInput
from agent.domain.letter import Paragraph, Receipt, ReceiptKind, Sentence, Words
from agent.domain.text import words
from agent.ports import Assignment, Written
from agent.usecases.composing import (
    LANGUAGES,
    assemble,
    chosen,
    date_words,
    draw,
    market_tags,
    register,
    typeset,
    unbanned,
)
from prompts import Form, Phrases

FIRST_LENGTH = (90, 195)
FOLLOW_UP_LENGTH = (34, 88)
"""Words of a letter without its footer; the gate's bounds with a margin."""
_SHORT_QUOTE = 42
_VIDEO = frozenset({"youtube", "tiktok"})
_TRIES = 8
_SECOND = 2


class OfflineWriter:
    """Composes letters from files, the same for the same seed. Knows French and English."""

    name = "offline"

    def write(
        self,
        assignment: Assignment,
        *,
        rejected: Words | None = None,
        findings: Sequence[Finding] = (),  # noqa: ARG002 - the port's; another try makes other choices anyway
    ) -> Written:
        """Return words for the assignment; a second try makes other choices.

        Raises BadInput where nothing can be said truthfully: no passage to quote, no fact to tell.
        """
        _refuse_what_cannot_be(assignment)
        rules = Rules.of(assignment.texts.prompt("letters/quoting", assignment.language))
        if assignment.answering is not None:
            return _answered(assignment, rules)
        found = grounds(assignment, rules, rejected=rejected)
        name = "letters/first_touch" if assignment.touch == 1 else "letters/follow_up"
        phrases = assignment.texts.phrases(name, assignment.language)
        shift = _TRIES if rejected is not None else 0
        made = (
            _Letter(replace(assignment, attempt=shift + attempt), phrases, rules, found).words()
            for attempt in range(_TRIES)
        )
        return Written(
            words=_of_good_length(made, assignment),
            origin=Origin(writer=self.name, model=self.name, prompt=phrases.reference),
            usage=Usage(),
        )


@dataclass(frozen=True)
class _Letter:
    """One letter in the making."""

    assignment: Assignment
    phrases: Phrases
    rules: Rules
    grounds: Grounds

    def words(self) -> Words:
        """Return what the letter says."""
        return self.first() if self.assignment.touch == 1 else self.follow_up()

    def first(self) -> Words:
        """Return the words of a first letter: what they said, why it matters, who we are, one question."""
        if not self.grounds.evidence:
            raise BadInput(_nothing_to_quote(self.assignment))
        if not self.grounds.facts:
            raise BadInput(
                f"Brand {self.assignment.brand.name} has no facts that a letter may tell; "
                "add some under `facts:` in its brand file."
            )
        main, fact = self.grounds.evidence[0], self.grounds.facts[0]
        tags, values = self._tags(main, fact), self._values(main, fact)
        opening_form = self._form("opening", tags)
        opening = self._sentences(opening_form, values, main, fact)
        tags |= opening_form.says
        made = Words(
            subject=self._text("subject", tags, values),
            opening=(*opening, *self._sentences(self._form("reason", tags), values, main, fact)),
            bridge=self._sentences(self._form("bridge", tags), values, main, fact),
            ask=self._ask(tags, values),
        )
        return self._lengthened(made, tags, values)

    def follow_up(self) -> Words:
        """Return the words of a later letter: one new thing, the question again, no reproach."""
        evidence, facts = self.grounds.evidence, self.grounds.facts
        if not evidence and not facts:
            raise BadInput(
                f"There is nothing new to tell {self.assignment.creator.person}: all that can be quoted and "
                "all facts are in earlier letters; close this outreach or add a fact to the brand."
            )
        main, fact = (evidence[0] if evidence else None), (facts[0] if facts else None)
        if fact is not None and self.assignment.touch > _SECOND:
            # the second letter brings their words; a third quotation would feel like being watched
            main = None
        tags, values = self._tags(main, fact), self._values(main, fact)
        opening = self._sentences(self._form("opening" if main else "bare", tags), values, main, fact)
        bridge = self._sentences(self._form("bridge", tags), values, main, fact) if fact else ()
        subject = self._text("subject", tags, values)
        return Words(subject=subject, opening=opening, bridge=bridge, ask=self._ask(tags, values))

    # --- what a form may know ---------------------------------------------------------------------

    def _tags(self, main: Evidence | None, fact: Fact | None) -> set[str]:
        assignment = self.assignment
        tags = market_tags(assignment)
        if assignment.creator.platform in _VIDEO:
            tags.add("video")
        if assignment.creator.platform == "blog":
            tags.add("blog")
        if assignment.campaign.offer.gift:
            tags.add("gift")
        if assignment.touch >= assignment.campaign.cadence.touches:
            tags.add("last")
        if main is not None:
            tags.update(self._evidence_tags(main))
        if fact is not None:
            tags |= _fact_tags(self._fact(fact), self._inline(fact), self.rules)
            tags |= {"akin"} if self.grounds.are_akin else set()
            tags |= {"names_brand"} if assignment.brand.name.casefold() in fact.text.casefold() else set()
        return tags

    def _evidence_tags(self, main: Evidence) -> set[str]:
        tags = {"bio"} if main.ref == BIO else set()
        tags |= {"dated"} if main.published_on else set()
        tags |= {"valued"} if self._value(main) else set()
        return tags | ({"short"} if len(main.passage.text) <= _SHORT_QUOTE else set())

    def _values(self, main: Evidence | None, fact: Fact | None) -> dict[str, object]:
        assignment = self.assignment
        values: dict[str, object] = {"brand": assignment.brand.name, "sender": assignment.brand.sender.name}
        if assignment.thread:
            values["last_date"] = self._date(assignment.thread[-1].sent_at.date())
        if main is not None:
            values |= {"quote": main.passage.text, "value": self._value(main)}
            values["date"] = self._date(main.published_on) if main.published_on else ""
            tags = self._tags(main, None)
            for slot in ("place", "noun"):
                form = self.phrases.forms(slot, tags, register=register(assignment))[0]
                values[slot] = self.phrases.render(form.sentences(register(assignment))[0], values)
        if fact is not None:
            values |= {"fact": self._fact(fact), "fact_inline": self._inline(fact)}
        return values

    def _date(self, day: date) -> str:
        assignment = self.assignment
        return date_words(
            day, assignment.language, today=assignment.today, country=assignment.creator.country
        )

    def _value(self, main: Evidence) -> str:
        """Return the value's name as it stands after a colon, empty for none of this brand's."""
        # a value that says "you" would read as if it spoke about the reader
        if not self.grounds.share_value or has_any(main.value, self.rules.reader):
            return ""
        return self._small(main.value) or main.value

    def _fact(self, fact: Fact) -> str:
        text = typeset(fact.text.strip(), self.assignment.language)
        return text if text.endswith((".", "!", "…")) else f"{text}."

    def _inline(self, fact: Fact) -> str:
        """Return the fact as it continues a sentence; empty where its first word must stay as it is."""
        return self._small(self._fact(fact))

    def _small(self, text: str) -> str:
        start = _first_word(text)
        return text[0].lower() + text[1:] if start in self.rules.small_words else ""

    # --- forms to sentences -----------------------------------------------------------------------

    def _form(self, section: str, tags: set[str]) -> Form:
        """Return one of the forms that fit; one that says nothing where none does."""
        forms = self.phrases.forms(section, tags, register=register(self.assignment))
        return chosen(unbanned(forms, self.assignment), self.assignment, section) if forms else Form(texts={})

    def _text(self, section: str, tags: set[str], values: Mapping[str, object]) -> str:
        form = self._form(section, tags)
        return " ".join(
            self.phrases.render(part, values) for part in form.sentences(register(self.assignment))
        )

    def _ask(self, tags: set[str], values: Mapping[str, object]) -> Sentence:
        return Sentence(text=f"{self._text('ask', tags, values)} {self._text('easy', tags, values)}")

    def _sentences(
        self, form: Form, values: Mapping[str, object], main: Evidence | None, fact: Fact | None
    ) -> Paragraph:
        return tuple(
            Sentence(text=self.phrases.render(part, values), receipts=_receipts(part, main, fact))
            for part in form.sentences(register(self.assignment))
        )

    def _lengthened(self, made: Words, tags: set[str], values: dict[str, object]) -> Words:
        """Return the words with what the gift is made of, or a second passage, where the letter is short."""
        assignment = self.assignment
        gift = assignment.campaign.offer.gift
        product = product_fact(self.grounds.facts[1:], gift.name, self.rules) if gift else None
        is_short = words(assemble(made, assignment).text) < FIRST_LENGTH[0]
        if product and (is_short or draw(assignment, "product") % 2):
            values |= {"second": self._fact(product), "second_inline": self._inline(product)}
            more = tags | ({"second_inline"} if self._inline(product) else set())
            more |= {"second_colon"} if ":" in product.text else set()
            added = self._sentences(self._form("product", more), values, None, product)
            made = replace(made, bridge=(*made.bridge, *added))
        others = [one for one in self.grounds.evidence[1:] if one.value]
        if others and words(assemble(made, assignment).text) < FIRST_LENGTH[0]:
            other = others[0]
            values |= {"quote2": other.passage.text}
            values["date2"] = self._date(other.published_on) if other.published_on else ""
            more = tags | ({"dated2"} if other.published_on else set())
            added = self._sentences(self._form("echo", more), values, other, None)
            made = replace(made, opening=(made.opening[0], *added, *made.opening[1:]))
        return made


def _answered(assignment: Assignment, rules: Rules) -> Written:
    phrases = assignment.texts.phrases(answering.NAME, assignment.language)
    return Written(
        words=answering.answer(assignment, phrases, rules),
        origin=Origin(writer=OfflineWriter.name, model=OfflineWriter.name, prompt=phrases.reference),
        usage=Usage(),
    )


def _of_good_length(made: Iterable[Words], assignment: Assignment) -> Words:
    """Return the first words whose letter is neither too short nor too long, else the nearest."""
    least, most = FIRST_LENGTH if assignment.touch == 1 else FOLLOW_UP_LENGTH
    off: list[tuple[int, int, Words]] = []
    for turn, one in enumerate(made):
        length = words(assemble(one, assignment).text)
        if least <= length <= most:
            return one
        off.append((max(least - length, length - most), turn, one))
    return min(off, key=lambda each: each[:2])[2]


def _fact_tags(text: str, inline: str, rules: Rules) -> set[str]:
    tags = {"inline"} if inline else set()
    tags |= {"we"} if _first_word(text) in rules.we else set()
    return tags | ({"colon"} if ":" in text else set())


def _first_word(text: str) -> str:
    return re.split(r"[^\w]", text, maxsplit=1)[0].casefold()


def _receipts(template: str, main: Evidence | None, fact: Fact | None) -> tuple[Receipt, ...]:
    """Return the proofs for a form: it rests on what its slots are filled from."""
    slots = set(re.findall(r"{{\s*(\w+)", template))
    receipts: list[Receipt] = []
    if main is not None and slots & {"quote", "quote2", "date", "date2", "place", "noun", "value"}:
        receipts.append(main.receipt)
    if fact is not None and slots & {"fact", "fact_inline", "second", "second_inline", "value"}:
        receipts.append(Receipt(kind=ReceiptKind.FACT, ref=fact.id, quote=fact.text))
    return tuple(receipts)


def _refuse_what_cannot_be(assignment: Assignment) -> None:
    if assignment.language not in LANGUAGES:
        raise BadInput(
            f"The offline writer has no phrases in language “{assignment.language}”; it knows "
            f"{' and '.join(LANGUAGES)}."
        )
    if assignment.brand.language != assignment.language:
        raise BadInput(
            f"The facts of brand {assignment.brand.name} are in language “{assignment.brand.language}”, and "
            f"the offline writer cannot translate them into “{assignment.language}”; add a brand file in it."
        )
    if assignment.touch > 1 and not assignment.thread:
        raise BadInput(f"Letter {assignment.touch} to {assignment.creator.person} follows no earlier letter.")


def _nothing_to_quote(assignment: Assignment) -> str:
    return (
        f"Nothing that {assignment.creator.person} published can be quoted safely in a letter: only "
        "hashtags, advertising, or texts with links and instructions; write by hand, or leave them out."
    )
