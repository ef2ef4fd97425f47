"""Bytes of a file that somebody named, and the text that they mean."""

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import charset_normalizer

from agent.domain.errors import BadInput

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ARCHIVES = {b"PK\x03\x04": "a spreadsheet or an archive", b"\xd0\xcf\x11\xe0": "an old Excel workbook"}
_WESTERN = ("cp1252", "mac_roman", "cp850")  # Windows, Excel's “CSV (Macintosh)”, “CSV (MS-DOS)”
_COMMON = frozenset("àâäáãåæçéèêëíîïñóòôöøœúùûüß’")
_WRITTEN = _COMMON | {char.upper() for char in _COMMON} | frozenset("ìõýÿ‘“”«»–—…€£°²º©®™¡¿·•§´ \n\t")
_SAMPLE = 200_000


def read_bytes(path: Path) -> bytes:
    """Return the content of a file; raises BadInput where there is none to read."""
    with readable(path):
        content = path.read_bytes()
    if not content.strip():
        raise BadInput(f"{path.name} is empty; nothing was imported.")
    for mark, kind in _ARCHIVES.items():
        if content.startswith(mark):
            raise BadInput(f"{path.name} is {kind}; save the sheet as “CSV UTF-8” and import that file.")
    return content


def read_text(path: Path) -> str:
    """Return the text of a file, in whatever encoding; raises BadInput where none fits."""
    content = read_bytes(path)
    encoding = encoding_of(content)
    try:
        text = content.decode(encoding) if encoding else None
    except UnicodeDecodeError:
        text = None
    if text is None or _is_binary(text):
        raise BadInput(f"{path.name} is no text in any known encoding; save it as UTF-8 and try again.")
    return text


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn what the system says about a file into one sentence."""
    try:
        yield
    except FileNotFoundError as error:
        raise BadInput(f"There is no file {path}; check the name and the folder.") from error
    except IsADirectoryError as error:
        raise BadInput(f"{path} is a folder; name the files in it.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(f"{path} cannot be read: {reason}.") from error


def encoding_of(content: bytes) -> str | None:
    """Return the encoding of a text: its mark, then UTF-8, then Western bytes, then a guess, then None."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    wide = _wide(content[:_SAMPLE])
    if wide is not None:
        return wide
    if _decoded(content, "utf-8") is not None:
        return "utf-8"
    return _western(content[:_SAMPLE]) or _guessed(content)


def _wide(sample: bytes) -> str | None:
    # UTF-16 without its mark is valid UTF-8 full of zero bytes
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 4 < len(sample):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _western(sample: bytes) -> str | None:
    # charset-normalizer takes short French texts for Polish or Greek; what people write decides better
    best, best_score = None, -1
    for encoding in _WESTERN:
        text = _decoded(sample, encoding)
        strange = [char for char in text or "" if not char.isascii()]
        if text is None or not _is_western(text, strange):
            continue
        score = sum(char in _COMMON for char in strange)
        if score > best_score:
            best, best_score = encoding, score
    return best


def _is_western(text: str, strange: list[str]) -> bool:
    letters = sum(char.isalpha() for char in text)
    accented = sum(char.isalpha() for char in strange)
    # a third: more than French or German ever have, less than Cyrillic or Greek read as Western
    return set(strange) <= _WRITTEN and accented * 3 <= letters


def _guessed(content: bytes) -> str | None:
    guess = charset_normalizer.from_bytes(content[:_SAMPLE]).best()
    if guess is not None and _decoded(content, guess.encoding) is not None:
        return guess.encoding
    return "cp1252" if _decoded(content, "cp1252") is not None else None


def _is_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    controls = sum(char < " " and char not in "\t\n\r\f\v\0\x1b" for char in sample)
    return controls * 100 > len(sample)


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
