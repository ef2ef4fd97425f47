"""Shape: length, one question, nothing left over, nothing said twice, no reproach."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from agent.domain.channel import Channel
from agent.domain.draft import Finding
from agent.domain.gate.direct import ANSWER_MESSAGE, FIRST_MESSAGE, NEXT_MESSAGE
from agent.domain.gate.numbers import lowered
from agent.domain.gate.plain import bare, plain_of
from agent.domain.gate.reading import Line, Reading, Rule, Slot, block, is_quoted_from, warn
from agent.domain.gate.sought import Sought
from agent.domain.gate.vocabulary import (
    ANSWERS,
    ASSISTANT_TALK,
    GUILT,
    IN_ANSWERS,
    ORDERS,
    ORDERS_ABOUT_ANSWERS,
)
from agent.domain.mime import has_control
from agent.domain.text import runs, words

FIRST_TOUCH = (50, 80, 200, 260)
"""Words: too short below the first, good between the second and the third, too long above the last."""
FOLLOW_UP = (15, 30, 90, 130)
ANSWER = (12, 25, 150, 220)
"""An answer says what was asked, and the terms where somebody said yes."""
LONGEST_SUBJECT = 120
_REPEATED = 0.6  # share of a letter's three-word runs that stood in an earlier one
_RUN = 3
_QUOTE_WORDS = 3  # a shorter quotation may come back
_ASKS = 2

# What a template or a program leaves behind
_PLACEHOLDER = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{[^{}\n]{0,40}\}|\$\{?[A-Za-z_]\w*\}?|%\(\w{1,30}\)[sd]|"
    r"(?<!\d)%[sd]\b|\[(?!\s?\.\.\.\s?\])[^\[\]\n]{1,60}\]|<[\w ]{1,40}>"
    r"|(?<!\w)[xX]{3,}(?!\w)|(?i:lorem ipsum|\bundefined\b|\bnan\b|\bnull\b|\bTBD\b|"
    r"\bTODO\b|\bFIXME\b|\ba completer\b|\bvotre nom ici\b|\byour name here\b|"
    r"\binsert \w+ here\b|\bplaceholder\b)|_{4,}|\b(?:first|last|creator|brand)_?[nN]ame\b"
)
# A letter without any of these holds no placeholder (capitals apart)
_OF_PLACEHOLDER = re.compile(
    r"\{|\}|\$[{a-z_]|%[(sd}]|\[|<|xxx|lorem|undefined|nan|null|tbd|todo|fixme|a completer|votre nom|"
    r"your name|insert|placeholder|____|tname|t_name|rname|r_name|dname|d_name|none|\u0130"
)
_NONE = re.compile(r"(?<=[\w,:$€] )None\b(?! of\b)|\A\W*None\W*\Z")  # Python's, not the English word
_EMPTY_NAME = re.compile(
    r"\b(?:dear|hi|hello|hey|bonjour|salut|coucou|cher|chere)\s+[,!.:]|\b(?:dear|cher|"
    r"chere)\s*[,!]|\s,\s*\Z|,\s*,"
)
_QUESTION = re.compile(r"\?+")
_GUILT = Sought(rf"\b{GUILT}\b")
_ASSISTANT = Sought(rf"(?<!\w){ASSISTANT_TALK}")
_MACHINE = re.compile(
    r"model|\bai\b|\bia\b|prompt|instruction|consigne|jailbreak|inst\b|im_|you are now|developer|"
    r"intelligence|assist"
)
_ORDER = re.compile(
    rf"\A\W*{ORDERS}\s+(?:an?|the|all|any|your|my|this|these|une?|les?|la|tes|vos|ces|ce|previous)\b"
)
# A sentence that goes on in the next line, as a header would
_BROKEN = re.compile(r"[^\s.!?:;,…»”\")]\s*[\r\n\x0b\x0c\x85\u2028\u2029]+\s*\S")
# Signs of code, paths and shells, and words longer than any
_NOISE = re.compile(
    r"[\\|=]|\$\(|(?<!\.)\.\./|(?<!\w)--?[a-z]{3,}|[#@!$%^&*]{4,}|\w\.\w+\(|(?:[.-]{1,6} ){3,}|"
    r";\s?[A-Z]{3,}\b|\S{60,}"
)
_ANYTHING = re.compile(r"\S.*")
_READABLE = frozenset({"Ll", "Lu", "Lt", "Lo", "Lm", "So"})
_YOUR_ANSWER = re.compile(
    rf"\A\W*(?:{ORDERS}|{ORDERS_ABOUT_ANSWERS})\b.{{0,80}}\b{ANSWERS}\b|\A\W*{IN_ANSWERS}"
)
_OF_ORDER = Sought(rf"\b(?:{ORDERS}|{ORDERS_ABOUT_ANSWERS}|{IN_ANSWERS})")
_CLAUSES = re.compile(r"[,;:]\s+")
_ALNUM = re.compile(r"\w")


def length(reading: Reading) -> Iterator[Finding]:
    """Block letters far too short or long, warn of those somewhat so."""
    count = words(reading.case.letter.text)
    bounds = (FIRST_MESSAGE, NEXT_MESSAGE) if reading.case.channel is Channel.DM else (FIRST_TOUCH, FOLLOW_UP)
    shortest, short, long, longest = bounds[0 if reading.case.touch == 1 else 1]
    if reading.case.answered is not None:
        shortest, short, long, longest = ANSWER_MESSAGE if reading.case.channel is Channel.DM else ANSWER
    advice = f"The letter has {count} words; between {short} and {long} are read."
    if not shortest <= count <= longest:
        yield block("shape.length", "", advice)
    elif not short <= count <= long:
        yield warn("shape.length", "", advice)


def slots(reading: Reading) -> Iterator[Finding]:
    """Block empty slots, long subjects and line breaks where a header or one line stands."""
    letter = reading.case.letter
    has_subject = reading.case.channel is Channel.EMAIL
    for name, value in (
        *((("subject", letter.subject),) if has_subject else ()),
        ("greeting", letter.greeting),
        ("closing", letter.closing),
    ):
        if not _ALNUM.search(reading_plain(value)):
            yield block("shape.empty", value, f"The {name} is empty: write it.")
    if not letter.sentences:
        yield block("shape.empty", "", "The letter has no text between greeting and closing: write it.")
    if len(letter.subject) > LONGEST_SUBJECT:
        yield block(
            "shape.subject_long",
            letter.subject,
            f"The subject is longer than {LONGEST_SUBJECT} characters: shorten it.",
        )
    for sentence in letter.sentences:
        if (broken := _BROKEN.search(sentence.text)) is not None:
            yield block(
                "shape.line_break",
                broken[0],
                "A line ends in the middle of a sentence: write the sentence on one line.",
            )
    brand, creator = reading.case.brand, reading.case.creator
    address = creator.address.email if creator.address is not None else ""
    for value in (
        letter.subject,
        letter.greeting,
        brand.sender.name,
        brand.sender.email,
        brand.name,
        creator.name or "",
        address,
    ):
        if has_control(value):
            yield block(
                "shape.line_break",
                value,
                "A line break or control character stands in a header: take it out.",
            )


def leftovers(reading: Reading) -> Iterator[Finding]:
    """Block placeholders and empty variables."""
    whole = "\n".join(line.low for line in reading.lines)
    for line in reading.lines if _OF_PLACEHOLDER.search(whole) else ():
        for pattern in (_PLACEHOLDER, _NONE):
            for found in pattern.finditer(line.plain.text):
                yield block(
                    "shape.placeholder",
                    line.span(found),
                    "Something was never filled in here: fill it in or delete it.",
                )
    if (nameless := _EMPTY_NAME.search(lowered(reading.greeting.own))) is not None:
        yield block(
            "shape.placeholder",
            reading.greeting.span(nameless),
            "The greeting lacks its name: write it or greet without one.",
        )


def machine_talk(reading: Reading) -> Iterator[Finding]:
    """Block what a model says about itself, and orders to write something, ours or quoted."""
    talk = reading.written_by_line(_ASSISTANT)
    ordering = reading.written_by_line(_OF_ORDER)
    for number in sorted({*talk, *ordering}):
        line = reading.lines[number]
        for found in talk.get(number, ()):
            if not line.own[found.start() : found.end()].strip() and not _MACHINE.search(found[0]):
                continue  # « voici la recette », “I was told not to”: a person says it, too
            yield block(
                "shape.assistant", line.span(found), "This is a model talking, not the brand: delete it."
            )
        if line.slot in {Slot.SUBJECT, Slot.SENTENCE} and line.asked(_orders):
            yield block(
                "shape.order",
                line.plain.shown,
                "This is an order to write something, not a sentence to a person: delete it.",
            )
        for quoted in line.plain.quoted:
            if _is_order(lowered(quoted.words).strip()):
                yield block(
                    "shape.order",
                    line.plain.span(quoted.start, quoted.end),
                    "The quoted words order a text to be written: quote others.",
                )


def noise(reading: Reading) -> Iterator[Finding]:
    """Block lines that are no language: commands, paths, signs without letters, endless words."""
    for line in (reading.subject, *reading.sentences):
        found = line.asked(_noise)
        if found is not None:
            yield block("shape.noise", line.span(found), "This is no sentence: delete it.")


def one_ask(reading: Reading) -> Iterator[Finding]:
    """Block three questions and more, warn of two, and of a first letter without one."""
    asks = sum(len(_QUESTION.findall(line.own)) for line in reading.lines if line is not reading.subject)
    if asks > _ASKS:
        yield block(
            "shape.asks", "", f"The letter asks {asks} questions: keep the one that is easiest to answer."
        )
    elif asks == _ASKS:
        yield warn("shape.asks", "", "The letter asks two questions: one is easier to answer.")
    elif asks == 0 and reading.case.touch == 1:
        yield warn(
            "shape.no_ask", "", "The letter asks nothing: end with one question that a word can answer."
        )


def banned_words(reading: Reading) -> Iterator[Finding]:
    """Block the brand's banned words; in the creator's own words they are only told."""
    banned = tuple(word for word in map(bare, reading.case.brand.voice.banned) if word)
    if not banned:
        return
    for line, found in reading.written(_banned(banned)):
        quoted = not line.own[found.start() : found.end()].strip()
        tell = warn if quoted else block
        yield tell("shape.banned_word", line.span(found), "The brand never uses this word: choose another.")


def said_before(reading: Reading) -> Iterator[Finding]:
    """Block a quotation or a letter that the creator has had from us before."""
    if not reading.case.earlier:
        return
    for line in reading.lines:
        proved = (quoted for quoted in line.plain.quoted if quoted not in line.unproved)
        for quoted in proved:
            if (
                words(quoted.words) >= _QUOTE_WORDS
                and is_quoted_from(quoted.words, reading.case.earlier)
                and line.proofs
            ):
                span = line.plain.span(quoted.start, quoted.end)
                yield block(
                    "shape.quoted_twice", span, "We quoted this in an earlier letter: find another detail."
                )
    own = runs(bare(" ".join(sentence.text for sentence in reading.case.letter.sentences)), _RUN)
    before = frozenset(run for body in reading.case.earlier for run in runs(bare(body), _RUN))
    if own and len(own & before) >= _REPEATED * len(own):
        yield block(
            "shape.repeated",
            "",
            "Most of this stood in an earlier letter: add one new thing, or do not write.",
        )


def guilt(reading: Reading) -> Iterator[Finding]:
    """Block phrases that reproach somebody for not having answered."""
    for line, found in reading.own(_GUILT):
        yield block(
            "shape.guilt",
            line.span(found),
            "This reproaches: nobody owes us an answer; bring something new instead.",
        )


def exact_body(reading: Reading) -> Iterator[Finding]:
    """Block a body that is not this letter with its footer and nothing else."""
    case = reading.case
    if _is_letter_and_footer(case.body, case.letter.text, case.footer):
        return
    rest = _squeezed(case.body)
    # each once: the footer of a later direct message is one legal line and nothing else
    for part in dict.fromkeys((case.letter.text, case.footer, *case.legal_lines)):
        if not part.strip():
            continue
        before, found, after = rest.partition(_squeezed(part))
        if not found and part in {case.letter.text, case.footer}:
            yield block(
                "shape.body",
                "",
                "The text that would leave is not this letter with its footer: render it again.",
            )
            return
        rest = f"{before} {after}" if found else rest
    if _ALNUM.search(rest):
        yield block(
            "shape.body",
            rest.strip()[:200],
            "The text that would leave says more than letter and footer: render it again.",
        )


RULES: tuple[Rule, ...] = (
    length,
    slots,
    leftovers,
    machine_talk,
    noise,
    one_ask,
    banned_words,
    said_before,
    guilt,
    exact_body,
)


@lru_cache(maxsize=32)  # of brands, the same for each of their letters
def _banned(words: tuple[str, ...]) -> Sought:
    either = "|".join(re.escape(word).replace(r"\ ", r"\s*") for word in words)
    return Sought(rf"(?<!\w)(?:{either})(?:e?s|x)?(?!\w)")


def reading_plain(value: str) -> str:
    """Return what of a slot can be seen."""
    return plain_of(value).text


def _noise(line: Line) -> re.Match[str] | None:
    text = line.own if line.plain.quoted else line.plain.text
    found = _NOISE.search(text)
    if found is None and line.slot is Slot.SENTENCE and not _is_readable(line.plain.text):
        return _ANYTHING.search(text)
    return found


def _orders(line: Line) -> bool:
    return any(map(_is_order, _CLAUSES.split(line.low)))


def _is_order(low: str) -> bool:
    return (_ORDER.search(low) or _YOUR_ANSWER.search(low)) is not None


def _is_readable(text: str) -> bool:
    # a line of nothing but emoji is a smile, not noise
    return any(unicodedata.category(char) in _READABLE for char in text)


def _is_letter_and_footer(body: str, text: str, footer: str) -> bool:
    # as nearly every body is rendered; whatever else is looked at closely
    body, end = body.rstrip(), footer.rstrip()
    between = body[len(text) : len(body) - len(end)]
    return text != footer and body == f"{text}{between}{end}" and not between.strip()


def _squeezed(text: str) -> str:
    return " ".join(text.split())
