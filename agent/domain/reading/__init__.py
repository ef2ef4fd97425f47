"""What an answer means, by plain rules in French and English, before any model is asked.

Where two intents meet a no wins, and a wish to be left alone wins over everything.
"""

import re
from collections.abc import Iterator
from datetime import date

from agent.domain.reading import phrases
from agent.domain.reading.dates import available_from
from agent.domain.reading.language import plain
from agent.domain.reading.sense import second_thought
from agent.domain.reading.spelling import written_out
from agent.domain.replies import ParsedMail, Reading, ReplyKind, Sense

_MAX_READ = 20_000
"""Characters of an answer that are looked at; nobody says no further down."""
_PREFIX = re.compile(r"^\s*((re|tr|fw|fwd|aw|rép|rep|sv|antw)\s*(\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_FRAGMENT = re.compile(r"[.!?;,:\n()…-]+")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_FEW_WORDS = 3
"""Up to so many, a question without a word that asks may be anything: “ok ?”."""
_A_FEW_WORDS = 32
"""Characters."""
_BREAK = re.compile(r"[,;:…]|\b(?:but|mais|and|et)\b")
_ABSENT = re.compile(r"\b(absen[ct]\w*|conges?|vacances|vacation|holidays?|away|indisponible)\b")
_IF_AWAY = re.compile(r"\b(?:if|when|si|quand)\b[^.!?\n]*\?")
_SPELLED_OUT = re.compile(r"\bs[ .-]t[ .-]o[ .-]p\b")


def read(mail: ParsedMail, *, today: date, sense: Sense | None = None) -> Reading:
    """Return what a mail says.

    `today` is the day it is read; the dates in a mail that names its own day are counted from that day.
    With a sense, what a human wrote is heard a second time (`second_thought`).
    """
    if mail.is_complaint:
        return Reading(kind=ReplyKind.COMPLAINT)
    if mail.failed or mail.is_bounce:
        return Reading(kind=ReplyKind.BOUNCE)
    day = mail.sent_on if mail.sent_on is not None and mail.sent_on <= today else today
    text = written_out(plain(mail.text[:_MAX_READ]))
    said = _unmistakable(text)
    subject = written_out(plain(_PREFIX.sub("", mail.subject)))
    if mail.is_only_quoted and not _only_stop(subject):
        return _automatic(mail, text, subject, day) if mail.is_automatic else Reading(kind=ReplyKind.OTHER)
    if _wants_out(said, subject, automatic=mail.is_automatic):
        return Reading(kind=ReplyKind.OPTED_OUT)
    if mail.is_automatic:
        return _automatic(mail, text, subject, day)
    kind = _human(said, text)
    if kind is ReplyKind.OTHER:
        kind = _leaning(said)
    by_rules = kind
    if sense is not None and said.strip():
        kind = second_thought(kind, sense(phrases.FOOTERS.sub("", text)))
    return Reading(kind=kind, until=_until(kind, mail, day), is_sensed=kind is not by_rules)


def _unmistakable(text: str) -> str:
    """Return the text without what only looks like a no: footers, “no problem”, « pourquoi pas »."""
    return phrases.MASKS.sub(" … ", phrases.THEIR_HABITS.sub(" … ", phrases.FOOTERS.sub("", text)))


def _wants_out(said: str, subject: str, *, automatic: bool) -> bool:
    if phrases.OPTED_OUT.search(said) or _only_stop(subject):
        return True
    if automatic or len(phrases.BULK_HINTS.findall(said)) > 1:
        return False  # a lone “Unsubscribe” below a newsletter is a link
    if any(_asks_to_leave(sentence) for sentence in _SENTENCE.findall(said)):
        return True
    if phrases.HAS_ENOUGH.search(said) and not phrases.ABOUT_TERMS.search(said):
        return True
    if phrases.STOP_SIGNS.search(said) or _SPELLED_OUT.search(said):
        return True
    return any(_only_stop(fragment) for fragment in _FRAGMENT.split(said))


def _asks_to_leave(sentence: str) -> bool:
    """Return whether a sentence has the parts of such a wish, whatever its words."""
    if phrases.ABOUT_WORK.search(sentence):
        return False
    if _near(phrases.TAKES_OUT, phrases.MINE, sentence) or _near(phrases.STOPS, phrases.MESSAGES, sentence):
        return not phrases.UNLESS.search(sentence)
    return _near(phrases.DENIES, phrases.REACHES_ME, sentence) and not phrases.UNLESS.search(sentence)


def _near(first: re.Pattern[str], then: re.Pattern[str], sentence: str) -> bool:
    """Return whether one follows the other within a few words, without a “but” or a comma between."""
    starts = [found.end() for found in first.finditer(sentence)]
    if not starts:
        return False
    for found in then.finditer(sentence):
        between = [sentence[end : found.start()] for end in starts if end <= found.end()]
        if any(len(gap) <= _A_FEW_WORDS and not _BREAK.search(gap) for gap in between):
            return True
    return False


def _only_stop(fragment: str) -> bool:
    words = [word for word in _WORD.findall(fragment) if word not in phrases.STOP_FILLERS]
    return bool(words) and all(word in phrases.STOP_WORDS for word in words)


def _automatic(mail: ParsedMail, text: str, subject: str, day: date) -> Reading:
    if phrases.OUT_OF_OFFICE.search(f"{subject}\n{text}") or _ABSENT.search(subject):
        return Reading(kind=ReplyKind.OUT_OF_OFFICE, until=_until(ReplyKind.OUT_OF_OFFICE, mail, day))
    return Reading(kind=ReplyKind.AUTO)


def _until(kind: ReplyKind, mail: ParsedMail, day: date) -> date | None:
    if kind not in {ReplyKind.OUT_OF_OFFICE, ReplyKind.NOT_NOW}:
        return None
    found = available_from(mail.text[:_MAX_READ], today=day)
    if found is None and kind is ReplyKind.OUT_OF_OFFICE:
        found = available_from(mail.subject, today=day)
    return found


def _human(said: str, text: str) -> ReplyKind:
    """Return the first meaning that holds, the most careful one first."""
    no = _declines(said)
    yes = bool(phrases.YES.search(said))
    if yes and not no and _has_parts_of_no(phrases.ASKS_LEAVE.sub(" … ", said)):
        return ReplyKind.OTHER  # a yes beside what may be a no: a person reads it, and nothing goes on
    ladder = (
        (not no and bool(phrases.LATER.search(said)), ReplyKind.NOT_NOW),
        (
            not no and not yes and bool(phrases.OUT_OF_OFFICE.search(_IF_AWAY.sub(" … ", said))),
            ReplyKind.OUT_OF_OFFICE,
        ),
        (no, ReplyKind.DECLINED),
        (bool(phrases.NOT_NOW.search(said) or phrases.SOFT_NO.search(said)), ReplyKind.NOT_NOW),
        (not yes and bool(phrases.AUTO.search(said)), ReplyKind.AUTO),
        (bool(phrases.MANAGER.search(text)), ReplyKind.MANAGER),
        (bool(phrases.NEGOTIATES.search(text)), ReplyKind.NEGOTIATES),
    )
    return next((kind for holds, kind in ladder if holds), None) or _yes_or_question(text, said)


def _declines(said: str) -> bool:
    """Return whether there is a no that is not only one for now with an invitation to ask again."""
    greeted = phrases.ASKS_LEAVE.sub(" … ", phrases.GREETING.sub("", said, count=1))
    softened = phrases.SOFT_NO.sub(" … ", greeted) if phrases.INVITES_AGAIN.search(greeted) else greeted
    return any(phrases.DECLINED.search(part) for part in (softened, *_lines(softened))) or (
        _has_parts_of_no(softened) and not phrases.YES.search(softened)
    )


def _has_parts_of_no(text: str) -> bool:
    return any(phrases.SAYS_NO.search(part) for part in _SENTENCE.findall(text) if "?" not in part)


def _lines(text: str) -> Iterator[str]:
    yield from (line for line in text.split("\n") if line.strip())


def _yes_or_question(text: str, said: str) -> ReplyKind:
    """Return what is left once every spoken no is taken out; between a hint of a no and nothing, the no."""
    text = phrases.GREETING.sub("", text, count=1)
    asks = _asks(text)
    if phrases.YES.search(phrases.WHAT_IF.sub(" … ", text)):
        return ReplyKind.INTERESTED
    if asks:
        return ReplyKind.QUESTION
    if _is_cold(said):
        return ReplyKind.DECLINED
    return ReplyKind.INTERESTED if phrases.WARM.search(text) else ReplyKind.OTHER


def _leaning(said: str) -> ReplyKind:
    """Return what a short answer leans to that no rule knew: a word of leaving or a denial decides.

    It holds no yes and asks nothing; a person who is not written to again loses less than one who is.
    """
    if len(said.split()) > phrases.SHORT or phrases.BESIDE.search(said) or phrases.YES.search(said):
        return ReplyKind.OTHER
    for sentence in _SENTENCE.findall(said):
        if phrases.UNLESS.search(sentence) or phrases.ABOUT_WORK.search(sentence):
            continue
        if phrases.REMOVES.search(sentence) and phrases.ABOUT_ME.search(sentence):
            return ReplyKind.OPTED_OUT
    denied = any(
        phrases.DENIAL.search(sentence) and phrases.BETWEEN_US.search(sentence)
        for sentence in _SENTENCE.findall(said)
    )
    return ReplyKind.DECLINED if denied else ReplyKind.OTHER


def _is_cold(said: str) -> bool:
    if phrases.PARTING.search(said):
        return True
    return bool(phrases.COLD.search(said)) and not phrases.BESIDE.search(said)


def _asks(text: str) -> bool:
    if phrases.ASKS.search(text):
        return True
    for question in re.findall(r"[^.!?\n]*\?", text):
        if phrases.RHETORICAL.search(question):
            continue
        if phrases.INTERROGATIVE.search(question) or len(question.split()) > _FEW_WORDS:
            return True
    return False
