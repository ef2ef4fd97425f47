"""Signs: a letter is made of words, in our own sentences and between quotation marks."""

import re
from collections.abc import Iterator

from agent.domain.draft import Finding
from agent.domain.gate.reading import Line, Reading, Rule, Slot, block

_EMOJI = (
    "\U0001f000-\U0001faff\u2600-\u27bf\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u231a\u231b\u2328\u23cf"
    "\u23e9-\u23f3\u23f8-\u23fa\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u20e3\ufe0f\u200d\u3030\u2934\u2935"
)
_PICTURE = re.compile(f"[{_EMOJI}]")
_MODIFIERS = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f\u200d\u20e3]")
_MOST_PICTURES = 3  # in one sentence of ours; more is no sentence
# What may stand beside letters and digits in a sentence of ours; typographic forms are plain ones here
_PUNCTUATION = "'\"‘’“”«»‹›„.,;:!?¿¡…()\\-–—‐‑/&%+#@°€$£¥·•×⁄§©®→←↑↓↔"
_NEVER_OURS = re.compile(rf"[^\w\s{_PUNCTUATION}{_EMOJI}]|_")
# Creators draw with more signs than we do
_NEVER_QUOTED = re.compile(rf"[^\w\s{_PUNCTUATION}{_EMOJI}{{}}\[\]<>|\\^~*=`´¨☆★♡♥♪∞≈≠±≤≥‿∀←-⇿ツ▪▫●○◦■□]")
_INSIDE_A_WORD = re.compile(rf"[^\W\d_][×→←°§©®€$£¥{_EMOJI}]+[^\W\d_]")
# Code as it is anywhere, between quotation marks too
_CODE = re.compile(
    r"\w\((?![^\W\d_]{1,3}\))|\$\(|\.\./|(?<!\S)--[a-z]{3,}|\b0x[0-9a-fA-F]{2,}|\w#\w|={2,}|=['\"]|"
    r"(?<![0-9])%[0-9A-Fa-f]{2}|(?<!\w)(?!PS|NB)[A-Z]{1,2}:(?!\S)|\w\$(?![\w\s])|\w\$\Z|['\"];|</?[a-zA-Z!]|&#?\w{2,8};|\bhttp-equiv\b|"
    r"\b(?:DROP|ALTER|TRUNCATE) TABLE\b|\bUNION (?:ALL )?SELECT\b|\bSELECT\b.{1,60}\bFROM\b|"
    r"\bINSERT INTO\b|\bEXEC \w+|\{\{|\{%|\b(?:eval|exec|alert)\(|\brm -rf?\b|\A\W*(?:sudo|chmod) "
)
# A text without any of these holds no code of either kind
_OF_CODE = re.compile(
    r"[(#=%:$;<&{]|\.\./|--|0x|http-equiv|TABLE|SELECT|INSERT INTO|EXEC |rm -r|sudo |chmod "
)
_OF_OUR_CODE = re.compile(r"[%$#/'\"]|\d[eE]|(?<!\S)-")
_BACKTICK = re.compile("`")  # an apostrophe in the plain form
# Code that only our own sentences are held to: percent, dollar and number signs stand with their number
_OUR_CODE = re.compile(
    r"%(?=[\w*@(])|(?<![\d\s])%|(?<!\d)(?<!\d\s)\$(?!\s?\d)|\w#|#(?!\w)|\d[eE][+-]?\d|(?<![\w/])/\w|"
    r"(?<!\S)-[.,;:!?]|(?<!\S)['\"]{2,}(?!\S)"
)


def odd_signs(reading: Reading) -> Iterator[Finding]:
    """Block signs that stand for no word: drawings, symbols in a row, one in the place of a letter."""
    for line in (reading.subject, *reading.sentences):
        yield from line.told(_odd_signs_of)


def code(reading: Reading) -> Iterator[Finding]:
    """Block code, commands, queries and paths, ours or quoted."""
    for line in (reading.subject, *reading.sentences):
        yield from line.told(_code_of)


RULES: tuple[Rule, ...] = (odd_signs, code)


def _odd_signs_of(line: Line) -> Iterator[Finding]:
    own = line.own
    for found in (_NEVER_OURS.search(own), _INSIDE_A_WORD.search(own)):
        if found is not None:
            yield block(
                "shape.signs",
                line.span(found),
                "This sign belongs to no sentence: write the word that it stands for, or delete it.",
            )
    pictures = _PICTURE.findall(_MODIFIERS.sub("", own))
    if len(pictures) > _MOST_PICTURES:
        yield block(
            "shape.signs",
            "".join(pictures),
            f"More than {_MOST_PICTURES} pictures stand in one sentence: keep one, or none.",
        )
    quoted = _NEVER_QUOTED.search(line.plain.text)
    if quoted is not None and not own[quoted.start() : quoted.end()].strip():
        yield block(
            "shape.signs",
            line.span(quoted),
            "The quoted words hold a sign that nobody reads aloud: quote the words beside it.",
        )


def _code_of(line: Line) -> Iterator[Finding]:
    for hint, pattern, text in ((_OF_CODE, _CODE, line.plain.text), (_OF_OUR_CODE, _OUR_CODE, line.own)):
        found = pattern.search(text) if hint.search(text) else None
        found = found or _BACKTICK.search(line.plain.shown)
        if found is not None:
            yield block("shape.code", line.span(found), _advice(line, found))
            return


def _advice(line: Line, found: re.Match[str]) -> str:
    if line.slot is Slot.SENTENCE and not line.own[found.start() : found.end()].strip():
        return "The quoted words are made for a machine: quote others, or tell them in words of your own."
    return "This is made for a machine, not for a reader: delete it, or say it in words."
