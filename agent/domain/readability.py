"""How easily a text reads: Flesch's formula for English, Kandel and Moles' for French.

Both give about 100 for what a child reads and about 0 for what only a specialist does. They compare two ways
of writing the same letter; about one letter alone they say little, since they see neither sense nor order.
Syllables are counted by rules of spelling, which err in some words, on both sides alike.
"""

import re

_SENTENCES = re.compile(r"[.!?…]+(?=[\s»”\")]|$)|\n+")
_WORDS = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_PARTS = re.compile(r"[’'-]")
_ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
_ENGLISH_HIATUS = re.compile(
    r"i[aou]|(?<![gq])ua|eo|(?<=cr)ea|ea$|(?<=fl)ue|oe(?=[mt])|(?<=b)ei|(?<=qu)ie|ying"
)
# -tion, -cial and their like are one syllable; so are people and their like
_ENGLISH_ONE = re.compile(r"[tscg]i(?:on|al|an|ous|ent)|eople|eor|yeo")
_ENGLISH_MUTE = re.compile(r"(?:[^laeiouy]|[aeiouy]l)e$|[^aeioutdy]ed$|[^aeiouszxyghc]es$")
_ENGLISH_ALONE = frozenset("aio")
_FRENCH_VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöùûüÿœæ]+")
_FRENCH_HIATUS = re.compile(
    r"é(?=[aâiouyèéê])|[ïëü]|[aou](?=[éè])|(?<=[bcdfgptv][lr])i(?=[oaéè]|e(?!s?$))|(?<=[aou])y(?=[aeéèiou])"
)
_FRENCH_MUTE = re.compile(r"(?<=[^aeiouyàâäéèêëîïôöùûüÿœæ])es?$")
_FRENCH_SILENT_U = re.compile(r"(?<=g)u(?=[eiéèêy])|(?<=q)u")
_FRENCH_ALONE = frozenset("aàyô")


def reading_ease(text: str, language: str) -> float | None:
    """Return the reading ease of a text; None in a language without a formula, or where it has no words.

    English: Flesch, "A new readability yardstick", Journal of Applied Psychology 32 (1948), 221-233.
    French: Kandel and Moles, « Application de l’indice de Flesch à la langue française », Cahiers d’études de
    radio-télévision 19 (1958), 253-274.
    """
    words = _WORDS.findall(text.casefold())
    if not words or language not in {"en", "fr"}:
        return None
    sentences = max(1, sum(1 for part in _SENTENCES.split(text) if _WORDS.search(part)))
    per_sentence = len(words) / sentences
    per_word = sum(syllables(word, language) for word in words) / len(words)
    if language == "fr":
        return 207 - 1.015 * per_sentence - 73.6 * per_word
    return 206.835 - 1.015 * per_sentence - 84.6 * per_word


def syllables(word: str, language: str) -> int:
    """Return how many syllables a word has, by its spelling; at least one."""
    lower = word.casefold()
    return max(1, _french(lower) if language == "fr" else _english(lower))


def _english(word: str) -> int:
    parts = (part for part in _PARTS.split(word) if len(part) > 1 or part in _ENGLISH_ALONE)
    return sum(max(1, _english_part(part)) for part in parts)


def _english_part(part: str) -> int:
    count = len(_ENGLISH_VOWELS.findall(part)) + len(_ENGLISH_HIATUS.findall(_ENGLISH_ONE.sub("", part)))
    return count - bool(_ENGLISH_MUTE.search(part))


def _french(word: str) -> int:
    # an elided word is spoken with the next one: l’atelier, qu’il
    parts = (part for part in _PARTS.split(word) if part != "qu" and (len(part) > 1 or part in _FRENCH_ALONE))
    return sum(max(1, _french_part(part)) for part in parts)


def _french_part(part: str) -> int:
    spoken = _FRENCH_SILENT_U.sub("", part)
    count = len(_FRENCH_VOWELS.findall(spoken)) + len(_FRENCH_HIATUS.findall(spoken))
    return count - bool(_FRENCH_MUTE.search(spoken))
