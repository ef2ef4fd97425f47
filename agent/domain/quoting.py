"""Short exact quotes out of longer texts."""

import re

from agent.domain.text import folded, words

_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_WORD = re.compile(r"\w{4,}")
LONGEST = 220
"""Characters: about two lines on the desk."""
_TELLING = 6


def best_quote(text: str, *, about: str) -> str:
    """Return the sentence of `text` that shares most words with `about`; the longest one in a tie.

    The quote is an exact part of the text, at most `LONGEST` characters, cut at a word where it must be. A
    sentence of few words says too little alone, so a longer one is preferred to it.
    """
    topic = _stems(about)
    sentences = [_bare(match.group()) for match in _SENTENCE.finditer(text)]
    spoken = [sentence for sentence in sentences if words(sentence) > 0] or [text.strip()]
    telling = [sentence for sentence in spoken if words(sentence) >= _TELLING] or spoken
    best = max(telling, key=lambda sentence: (len(topic & _stems(sentence)), min(len(sentence), LONGEST)))
    return _cut(best)


def _bare(sentence: str) -> str:
    # a sentence inside somebody's speech begins with the mark that closes the one before it
    return sentence.strip().lstrip("»”\"')]-–—•*,;: ").strip()


def _stems(text: str) -> frozenset[str]:
    # the first five letters tell words apart well enough, and join their forms
    return frozenset(word[:5] for word in _WORD.findall(folded(text).casefold()))


def _cut(sentence: str) -> str:
    if len(sentence) <= LONGEST:
        return sentence
    head = sentence[:LONGEST]
    return head.rpartition(" ")[0] or head
