"""Letters: typed slots, where every sentence says what it rests on."""

import json
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Self


class ReceiptKind(StrEnum):
    """What a sentence rests on."""

    POST = "post"
    BIO = "bio"
    FACT = "fact"
    OFFER = "offer"
    REPLY = "reply"
    NOTICE = "notice"


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The proof behind a sentence.

    `ref` is the post's key, `bio`, the fact's id, the offer's term, the reply that is answered, or `notice`:
    the legal lines below the letter. `quote` is exact text of it (empty for an offer's term and the notice);
    `published_on` is the post's date where it has one.
    """

    kind: ReceiptKind
    ref: str
    quote: str = ""
    published_on: date | None = None

    @property
    def about_creator(self) -> bool:
        """Whether it points to the creator's own words."""
        return self.kind in {ReceiptKind.POST, ReceiptKind.BIO, ReceiptKind.REPLY}


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence and its receipts; one without any says nothing about creator, brand or offer."""

    text: str
    receipts: tuple[Receipt, ...] = ()


Paragraph = tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a writer contributes: it never writes greeting, offer, links, closing or footer.

    `opening` speaks about the creator, `bridge` about the brand, `ask` is the one question. `open` are
    questions of the creator's, as they stand in the message answered, that no record of the brand answers.
    """

    subject: str
    opening: Paragraph
    bridge: Paragraph
    ask: Sentence
    open: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter before its footer. `language` is ISO 639-1; `closing` is the signature, one line or two."""

    language: str
    subject: str
    greeting: str
    paragraphs: tuple[Paragraph, ...]
    closing: str

    @cached_property
    def text(self) -> str:
        """The letter as it is read: greeting, paragraphs and closing, an empty line between them."""
        return "\n\n".join((self.greeting, *(_joined(p) for p in self.paragraphs), self.closing))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over subject and text, in hexadecimal: by it the journal names the text of a decision."""
        return sha256(json.dumps([self.subject, self.text]).encode()).hexdigest()

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of the paragraphs, in order."""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph)

    @property
    def title(self) -> str:
        """What a list shows of it: its subject, or its first sentence where it has none."""
        return self.subject or next((sentence.text for sentence in self.sentences), "")

    @cached_property
    def receipts(self) -> tuple[Receipt, ...]:
        """Every receipt, each once, in order of appearance."""
        return tuple(dict.fromkeys(r for sentence in self.sentences for r in sentence.receipts))

    def edited(self, *, subject: str, text: str) -> Self:
        """Return the letter with a person's words.

        The first block becomes the greeting and the last the closing, when there are at least three. A
        paragraph that a person left alone keeps its sentences; in others each sentence of before that
        still stands keeps its receipts, and new text keeps those receipts whose quote it still holds.
        """
        blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n") if block.strip()]
        greeting, closing = "", ""
        if len(blocks) > 2:  # noqa: PLR2004 - greeting, something to say, closing
            greeting, *blocks, closing = blocks
        known = {_joined(paragraph): paragraph for paragraph in self.paragraphs}
        paragraphs = tuple(known.get(block) or self._reread(block) for block in blocks)
        return replace(
            self, subject=subject.strip(), greeting=greeting, paragraphs=paragraphs, closing=closing
        )

    def _reread(self, block: str) -> Paragraph:
        kept: list[Sentence] = []
        rest = block
        for sentence in self.sentences:
            if not sentence.text or sentence.text not in rest:
                continue
            before, _, after = rest.partition(sentence.text)
            kept.extend(self._new(before))
            kept.append(sentence)
            rest = after
        kept.extend(self._new(rest))
        return tuple(kept)

    def _new(self, text: str) -> Paragraph:
        if not text.strip():
            return ()
        held = tuple(r for r in self.receipts if r.quote and r.quote in text)
        return (Sentence(text=text.strip(), receipts=held),)


def reply_subject(first: str) -> str:
    """Return the subject of a letter that follows one with the subject `first`."""
    return first if first.startswith("Re: ") else f"Re: {first}"


def _joined(paragraph: Paragraph) -> str:
    return " ".join(sentence.text for sentence in paragraph)
