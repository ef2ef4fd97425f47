"""Letters to be judged by themselves, as JSONL: each line holds a draft, its creator, brand and campaign."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from agent.adapters.sources import rows
from agent.adapters.sources.brand import parse_brand
from agent.adapters.sources.files import read_text
from agent.adapters.sources.values import BadValue
from agent.domain.channel import Channel
from agent.domain.errors import BadInput
from agent.domain.letter import Letter, Receipt, ReceiptKind, Sentence
from agent.domain.records import BrandFile, CaseRow, Problem

_RULE = "\n\u2014\n"  # where the footer of a letter begins
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[\"“«A-ZÀ-Ý0-9])|(?<=[.!?…][»”\"])\s+(?=[A-ZÀ-Ý])")
_KINDS = {kind.value: kind for kind in ReceiptKind}
_TOP = ("sender", "other_senders", "values", "voice", "facts", "programme")  # beside `brand` in a brand file


def read_cases(path: Path) -> Iterator[CaseRow | Problem]:
    """Yield each line's letter, or what is wrong with the line; empty lines are passed over.

    Raises BadInput, before the first line, where the file cannot be read.
    """
    content = read_text(path)
    return (
        _case(path, number, line) for number, line in enumerate(content.split("\n"), start=1) if line.strip()
    )


def _case(path: Path, number: int, line: str) -> CaseRow | Problem:
    try:
        given = _object(json.loads(line), "line")
        creator, _ = rows.creator_of(_object(given.get("creator"), "creator"))
        brand = _brand(given)
        draft = given.get("draft")
        told = {"body": draft} if isinstance(draft, str) else _object(draft, "draft")
        return CaseRow(
            line=number,
            letter=_letter(told, creator.language or brand.brand.language),
            touch=_touch(told.get("touch", 1)),
            channel=_channel(told.get("channel", Channel.EMAIL.value)),
            creator=creator,
            brand=brand.brand,
            campaign=brand.campaigns[0],
        )
    except (json.JSONDecodeError, RecursionError):
        sentence = "not JSON: write one object with draft, creator, brand and campaign on each line"
    except (BadValue, BadInput) as reason:
        sentence = str(reason)
    return Problem(file=str(path), line=number, sentence=sentence)


def _object(value: object, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadValue(f"{name} is no object: each line holds draft, creator, brand and campaign")
    return value


def _brand(given: Mapping[str, Any]) -> BrandFile:
    """Return brand and campaign; `brand` is a whole brand file, or its inner part with the rest."""
    brand = _object(given.get("brand"), "brand")
    if not isinstance(brand.get("brand"), dict):
        inner = {name: value for name, value in brand.items() if name not in _TOP}
        brand = {"brand": inner, **{name: brand[name] for name in _TOP if name in brand}}
    campaign = _object(given.get("campaign"), "campaign")
    tree = {**brand, "campaigns": [campaign]}
    try:
        return _parsed(json.dumps(tree, sort_keys=True))
    except BadInput as reason:
        raise BadInput(str(reason).replace("brand line 1: ", "")) from None  # all of it stands on one line


@lru_cache(maxsize=16)  # a file mostly has one brand
def _parsed(content: str) -> BrandFile:
    return parse_brand(content, name="brand")


def _letter(told: Mapping[str, Any], language: str) -> Letter:
    """Return the letter: slot by slot where `letter` holds it, else from its body, sentence by sentence."""
    if isinstance(told.get("letter"), dict):
        return _slots(told["letter"], language)
    body = told.get("body", told.get("text"))
    if not isinstance(body, str) or not body.strip():
        raise BadValue("draft.body is missing: the letter's text, with or without its footer")
    proofs = tuple(_receipts(told.get("receipts") or ()))
    empty = Letter(
        language=str(told.get("language") or language), subject="", greeting="", paragraphs=(), closing=""
    )
    whole = empty.edited(subject=str(told.get("subject") or ""), text=body.partition(_RULE)[0])
    paragraphs = (" ".join(sentence.text for sentence in paragraph) for paragraph in whole.paragraphs)
    return replace(whole, paragraphs=tuple(tuple(_sentences(paragraph, proofs)) for paragraph in paragraphs))


def _slots(given: Mapping[str, Any], language: str) -> Letter:
    paragraphs = given.get("paragraphs")
    if not isinstance(paragraphs, list) or not all(isinstance(each, list) for each in paragraphs):
        raise BadValue("draft.letter.paragraphs is no list of paragraphs, each a list of sentences")
    return Letter(
        language=str(given.get("language") or language),
        subject=str(given.get("subject") or ""),
        greeting=str(given.get("greeting") or ""),
        paragraphs=tuple(tuple(map(_sentence, paragraph)) for paragraph in paragraphs),
        closing=str(given.get("closing") or ""),
    )


def _sentence(given: object) -> Sentence:
    told = _object(given, "draft.letter.paragraphs[][]")
    return Sentence(text=str(told.get("text") or ""), receipts=tuple(_receipts(told.get("receipts") or ())))


def _sentences(paragraph: str, proofs: Sequence[Receipt]) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph, each with the receipts whose quote it holds."""
    for text in _SENTENCE_END.split(paragraph):
        if text.strip():
            held = tuple(proof for proof in proofs if proof.quote and _has(text, proof.quote))
            yield Sentence(text=text.strip(), receipts=held)


def _has(text: str, quote: str) -> bool:
    # a fact that goes on inside a sentence begins small
    return quote in text or quote[1:].rstrip(".") in text


def _receipts(given: object) -> Iterator[Receipt]:
    if not isinstance(given, list | tuple):
        raise BadValue("draft.receipts is no list")
    for each in given:
        receipt = _object(each, "draft.receipts[]")
        ref = str(receipt.get("ref") or receipt.get("post_id") or "")
        kind = str(receipt.get("kind") or ("bio" if ref == "bio" else "post"))
        if kind not in _KINDS:
            raise BadValue(f"draft.receipts[].kind is none of {', '.join(_KINDS)}")
        yield Receipt(
            kind=_KINDS[kind],
            ref=ref,
            quote=str(receipt.get("quote") or ""),
            published_on=_day(receipt.get("published_on") or receipt.get("date")),
        )


def _day(value: object) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise BadValue("draft.receipts[].published_on is no day such as 2026-09-12") from None


def _touch(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise BadValue("draft.touch is no number from 1 on")
    return value


def _channel(value: object) -> Channel:
    try:
        return Channel(str(value))
    except ValueError:
        raise BadValue(f"draft.channel is none of {', '.join(Channel)}") from None
