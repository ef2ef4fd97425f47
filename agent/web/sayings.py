"""Sentences that the program stores or raises in English, in the reader's language.

A finding, a reason or an error is written once, in English, with what it is about filled in. The desk knows
each such sentence by its fixed words: `sentences.fr.po` beside the other translations holds them with `{}`
for what differs.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

from babel.messages.pofile import read_po

from agent.web import translations

_SLOT = "{}"
_QUOTED = "“{}”"
_KEPT = 2000


class Sayings:
    """Sentences with slots, and what they are in one language."""

    def __init__(self, pairs: Mapping[str, str]) -> None:
        self._plain = {known: said for known, said in pairs.items() if _SLOT not in known}
        slotted = [known for known in pairs if _SLOT in known]
        # the one with the most fixed words fits best where several do
        slotted.sort(key=lambda known: -len(known.replace(_SLOT, "")))
        self._slotted = [(_pattern(known), _is_quoted(known), pairs[known]) for known in slotted]
        self._told = lru_cache(_KEPT)(self._looked_up)

    def told(self, text: str) -> str | None:
        """Return the sentence in the language; None where it is not one of ours.

        What stands between quotation marks is somebody's own words and stays as it is; another slot may hold
        a sentence of ours again, or a word such as the name of a state.
        """
        return self._told(text)

    def _looked_up(self, text: str) -> str | None:
        if (plain := self._plain.get(text)) is not None:
            return plain
        for pattern, quoted, said in self._slotted:
            if (found := pattern.fullmatch(text)) is not None:
                filled = zip(found.groups(), quoted, strict=True)
                return said.format(*(value if own else self.told(value) or value for value, own in filled))
        return None


def sayings(language: str) -> Sayings:
    """Return the sentences of a language; none for English, which is as they were written."""
    source = files(translations).joinpath(f"sentences.{language}.po")
    if not source.is_file():
        return Sayings({})
    catalog = read_po(BytesIO(source.read_bytes()), locale=language, abort_invalid=True)
    return Sayings({str(each.id): str(each.string) for each in catalog if each.id})


def _pattern(known: str) -> re.Pattern[str]:
    return re.compile("(.*?)".join(re.escape(part) for part in known.split(_SLOT)), re.DOTALL)


def _is_quoted(known: str) -> tuple[bool, ...]:
    """Return for each slot whether quotation marks stand around it."""
    return tuple(
        known[found.start() - 1 : found.end() + 1] == _QUOTED for found in re.finditer(r"\{\}", known)
    )
