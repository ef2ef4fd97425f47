"""Text written by strangers: normal forms, and what hides in it."""

import re
import unicodedata
from hashlib import blake2b

# Categories that no reader sees: controls, format characters (bidi, zero width, tags), unassigned, private
_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
_KEPT = frozenset("\n\t")
# Joiners are hidden alone but part of a visible emoji or of scripts that need them
_JOINERS = frozenset("\u200d\u200c\ufe0f")
_KEPT_OUT = re.compile(r"[\n\t\u00a0\u202f]")  # no printing characters to Python, and hidden from nobody
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"\w+")
_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-"})


def normal(text: str) -> str:
    """Return the text in NFKC without hidden characters: fancy letters become plain ones."""
    return visible(unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\r", "\n")))


def visible(text: str) -> str:
    """Return the text without control, bidi, tag, zero-width, private and unassigned characters."""
    if _KEPT_OUT.sub("", text).isprintable():  # no character that prints is hidden
        return text
    return "".join(char for index, char in enumerate(text) if not _is_hidden(text, index, char))


def hidden(text: str) -> tuple[str, ...]:
    """Return the hidden characters of the text, each once, as code points (`U+202E`), in order."""
    if _KEPT_OUT.sub("", text).isprintable():
        return ()
    found = (char for index, char in enumerate(text) if _is_hidden(text, index, char))
    return tuple(dict.fromkeys(f"U+{ord(char):04X}" for char in found))


def folded(text: str) -> str:
    """Return the form in which quotes are compared: normal, one kind of quote mark and of space."""
    return _SPACES.sub(" ", normal(text).translate(_FOLD)).strip()


def text_key(text: str) -> str:
    """Return a stable key for a text whose source gave it none: 16 hexadecimal digits."""
    return blake2b(normal(text).encode(), digest_size=8).hexdigest()


def words(text: str) -> int:
    """Return how many words the text has, counted at white space."""
    return sum(1 for word in text.split() if word.isalnum() or any(char.isalnum() for char in word))


def runs(text: str, length: int) -> frozenset[tuple[str, ...]]:
    """Return the words in a row, so many at a time, without case and marks; a shorter text is one run."""
    tokens = tuple(_WORD.findall(text.casefold()))
    starts = range(max(1, len(tokens) - length + 1)) if tokens else ()
    return frozenset(tokens[at : at + length] for at in starts)


def _is_hidden(text: str, index: int, char: str) -> bool:
    if char in _KEPT or unicodedata.category(char) not in _HIDDEN:
        return False
    if char in _JOINERS:
        return not _joins(text, index)
    return True


def _joins(text: str, index: int) -> bool:
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return _is_symbol(before) and _is_symbol(after)


def _is_symbol(char: str) -> bool:
    return bool(char) and (unicodedata.category(char) in {"So", "Sk", "Mn"} or char == "\ufe0f")
