"""Tells languages apart with lingua: ours and their neighbours, and says nothing rather than guess."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import LanguageDetector

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt")
"""What is told apart: more languages cost memory and turn short captions into guesses."""

_LEAST_LETTERS = 18  # below, a name or a loan word decides
_LEAST_WORDS = 4
# Between the likeliest language and the next; less is mixed or unclear. Of 1,471 bios and posts of the
# development data 1,397 were told, 17 not as labelled; lingua's low-accuracy mode, 180 MB smaller, missed 87.
_MARGIN = 0.2
# What has no language, or somebody else's: links, addresses, handles, hashtags
_UNSAID = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w.-]+|[@#][\w.]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TOKEN = re.compile(r"[^\W\d_]+")
# A long text in which every fifth word is a small one of one language only, and hardly any of another: of
# 2,280 such letters, captions and mixtures of both the n-grams told every one the same
_PLAIN_WORDS = 60
_PLAIN_SHARE = 0.2
_PLAIN_OTHERS = 0.01


class Lingua:
    """Languages by small words where they are plain, else by n-grams.

    The models load at the first question that needs them, in a second or two, and stay (180 MB).
    """

    def detect(self, text: str) -> str | None:
        """Return ISO 639-1, or None where the text is too short or too mixed to say."""
        lines = tuple(map(_line, text.split("\n")))
        words = [word for line in lines for word in line.words]
        if len(words) < _LEAST_WORDS or sum(map(len, words)) < _LEAST_LETTERS:
            return None
        return _plain(lines) or self.weighed(words)

    def weighed(self, words: Sequence[str]) -> str | None:
        """Return what the n-grams of a text say."""
        first, second, *_ = self._detector.compute_language_confidence_values(" ".join(words))
        if first.value - second.value < _MARGIN:
            return None
        return first.language.iso_code_639_1.name.lower()

    @cached_property
    def _detector(self) -> "LanguageDetector":
        from lingua import IsoCode639_1, LanguageDetectorBuilder

        codes = [getattr(IsoCode639_1, code.upper()) for code in LANGUAGES]
        return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()


@dataclass(frozen=True, kw_only=True)
class _Line:
    """A line's words, and how many small words it has that only one of the languages has, by language."""

    words: tuple[str, ...]
    small: Mapping[str, int]


@lru_cache(maxsize=1024)  # letters of a campaign share most of their lines
def _line(text: str) -> _Line:
    words = tuple(_WORD.findall(_UNSAID.sub(" ", text)))
    return _Line(words=words, small=_counted(words))


def plainly(words: Sequence[str]) -> str | None:
    """Return the language of a long text that its small words leave no doubt of; None for any other."""
    return _plain((_Line(words=tuple(words), small=_counted(words)),))


def _plain(lines: Sequence[_Line]) -> str | None:
    length = sum(len(line.words) for line in lines)
    if length < _PLAIN_WORDS:
        return None
    counts = {language: sum(line.small[language] for line in lines) for language in _telling()}
    likeliest = max(counts, key=counts.__getitem__)
    others = sum(counts.values()) - counts[likeliest]
    is_plain = counts[likeliest] >= _PLAIN_SHARE * length and others <= _PLAIN_OTHERS * length
    return likeliest if is_plain else None


def _counted(words: Sequence[str]) -> Mapping[str, int]:
    from agent.domain.gate.numbers import lowered

    tokens = _TOKEN.findall(lowered(" ".join(words)))
    return {language: sum(map(small.__contains__, tokens)) for language, small in _telling().items()}


@cache
def _telling() -> Mapping[str, frozenset[str]]:
    """Return the small words that only one of the languages has."""
    from agent.domain.gate.vocabulary import FUNCTION_WORDS

    words = {
        # a single letter is a word of many languages, or elided
        name: {word for word in small if word.isalpha() and len(word) > 1}
        for name, small in FUNCTION_WORDS.items()
    }
    return {
        name: frozenset(small.difference(*(others for other, others in words.items() if other != name)))
        for name, small in words.items()
    }
