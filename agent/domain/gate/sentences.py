"""Sentences: each is whole, in words of the letter's language, and ours where no quotation marks say else."""

import re
from collections.abc import Iterator
from functools import lru_cache

from agent.domain.draft import Finding
from agent.domain.gate.numbers import lowered
from agent.domain.gate.ordinary import ORDINARY
from agent.domain.gate.plain import bare
from agent.domain.gate.reading import Line, Reading, Rule, block, warn
from agent.domain.gate.vocabulary import COMMON_STEMS, FUNCTION_WORDS

_STEM = 5  # letters, as in `stems`
_FORM = 4  # letters by which a subject's word is found in the letter: « crois », « croira »
_TOKEN = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+")
_ENDED = re.compile(r"[.!?:»\"”'’)\]]\W*\Z|[^\w\s'\"(),;:«»“”‘’.!?/&+-]\s*\Z")
_BEGUN = re.compile(r"\A\s*(?:[\w\"'«“‘„(¿¡$€£#…]|\.\.\.|[-–—•·]\s|[^\x00-\x7f])")
_LEAST_ECHO = 4  # words in a row that nobody shares with a post by chance
_ADVERBS = frozenset({"then", "than", "just", "only", "also", "here", "very", "donc", "alors", "ici", "puis"})
_KNOWN = {
    language: frozenset(word[:_STEM] for word in words) | COMMON_STEMS for language, words in ORDINARY.items()
}

# what a subject may say of any letter: it claims nothing
_OF_ANY_LETTER = frozenset({
    "about", "bonjour", "brand", "cadeau", "caption", "captions", "collab", "collaboration",
    "court", "courte", "deux", "envoi", "few", "for", "from", "gift", "hello", "idea", "ideas",
    "idee", "idees", "invitation", "legende", "legendes", "letter", "lettre", "ligne", "lignes",
    "line", "lines", "little", "marque", "merci", "mot", "mots", "note", "offer", "one", "our",
    "partenariat", "partnership", "petit", "petite", "petites", "petits", "photo", "photos", "post",
    "posts", "present", "proposal", "proposition", "publication", "publications", "quelques",
    "question", "questions", "quick", "reel", "reels", "short", "small", "stories", "story",
    "thank", "thanks", "two", "video", "videos", "word", "words", "your",
})  # fmt: skip


def fragments(reading: Reading) -> Iterator[Finding]:
    """Block what is no whole sentence: no beginning, no end, no word of the language."""
    for line in reading.sentences:
        advice = line.asked(_not_whole, reading.case.language)
        if advice:
            yield block("shape.fragment", line.plain.shown, advice)


def _not_whole(line: Line, language: str) -> str:
    """Return what to do with a line that is no whole sentence; nothing for one that is."""
    text = line.plain.text
    if not _TOKEN.search(text):
        return "Not a word stands here: delete it, or put it behind a sentence."
    if not _BEGUN.match(text) or not _ENDED.search(text):
        return "This is no whole sentence: begin it with a word, end it with a full stop, or delete it."
    if not line.is_grounded and not _speaks(text, language):
        return "No ordinary word of the language stands here: make a sentence of it, or delete it."
    return ""


def echoes(reading: Reading) -> Iterator[Finding]:
    """Block sentences that are the creator's own, said by us: quotation marks make them theirs again."""
    evidence = _evidence(reading)
    for line in reading.sentences:
        said = line.asked(_said)
        if said is None:
            continue  # all of it is quoted
        is_long = said.count(" ") + 1 >= _LEAST_ECHO
        if any(said == text or (is_long and f" {said} " in f" {text} ") for text in evidence):
            yield block(
                "receipts.echo",
                line.plain.shown,
                "These are the creator's words without quotation marks, as if we said them: quote them, or "
                "say what you make of them.",
            )


def loose_subject(reading: Reading) -> Iterator[Finding]:
    """Block subjects that have no word in common with the letter and say something: of what, nobody knows."""
    line = reading.subject
    if not line.plain.text.strip():
        return
    said = {word for word in _WORD.findall(bare(line.plain.text)) if _weighs(word, reading.case.language)}
    if said <= _OF_ANY_LETTER:
        return
    case = reading.case
    known = (
        *reading.proofs,
        *(sentence.plain.text for sentence in reading.sentences),
        *reading.fact_texts,
        case.brand.name,
        case.creator.name or "",
        case.brand.sender.name,
    )
    forms = {word[:_FORM] for word in said}
    if all(forms.isdisjoint(_forms(text)) for text in known):
        tell = warn if case.subject_by_person else block
        yield tell(
            "shape.loose_subject",
            line.plain.shown,
            "The subject has no word in common with the letter: take one from the post or from the gift.",
        )


RULES: tuple[Rule, ...] = (fragments, echoes, loose_subject)


def _said(line: Line) -> str | None:
    return _run_of(line.plain.text) if _WORD.search(line.own) else None


@lru_cache(maxsize=512)
def _forms(text: str) -> frozenset[str]:
    return frozenset(word[:_FORM] for word in _WORD.findall(bare(text)))


def _speaks(text: str, language: str) -> bool:
    tokens = _TOKEN.findall(lowered(text))
    small = FUNCTION_WORDS.get(language, frozenset())
    known = _KNOWN.get(language, COMMON_STEMS)
    return any(token in small or (len(token) > 1 and token[:_STEM] in known) for token in tokens)


def _weighs(word: str, language: str) -> bool:
    return (
        (len(word) > 1 or word.isdigit())
        and word not in FUNCTION_WORDS.get(language, frozenset())
        and word not in _ADVERBS
    )


def _evidence(reading: Reading) -> tuple[str, ...]:
    creator = reading.case.creator
    return tuple(_run_of(text) for text in (creator.bio, *(post.text for post in creator.posts)) if text)


@lru_cache(maxsize=512)
def _run_of(text: str) -> str:
    return " ".join(_WORD.findall(bare(text)))
