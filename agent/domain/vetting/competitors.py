"""Competitors that a creator names: whole words, whatever their accents; ordinary words with @ or # only."""

import re
from collections.abc import Iterable, Iterator

from agent.domain.creator import Creator
from agent.domain.fit import Level, Quotation
from agent.domain.vetting.lines import Line, bared, distinct, lines_of
from agent.domain.vetting.signal import Kind, Signal
from agent.domain.vetting.sponsorship import sponsored_posts

_SHORT = 4
"""Letters up to which a name of one word is found with @ or # only: `Gap`, `Lush`, `Oh!`."""
_EVIDENCE = 3
_BIO_PARTNER = re.compile(
    r"\b(?:ambassad\w+|sponsor\w*|partner\w*|partenaire\w*|collab\w*|code|athlete|team)\b"
)
_SEPARATORS = re.compile(r"[\s._'&-]+")


def competitors(names: Iterable[str], creator: Creator) -> Iterator[Signal]:
    """Tell which competitors the creator names.

    A partner is one named in a post that looks paid, or in the bio beside a word for partnership.
    """
    paid = {each.post.key for each in sponsored_posts(creator)}
    said = lines_of(creator)
    for name in names:
        found = [(line, place) for line in said if (place := _place(name, line)) is not None]
        partner = [each for each in found if _is_partner(each[0], paid)]
        if found:
            yield Signal(
                kind=Kind.COMPETITOR,
                level=Level.CONCERN if partner else Level.LOOK,
                key="competitor.partner" if partner else "competitor.named",
                figures={"name": name},
                evidence=_quoted(partner or found),
            )


def _is_partner(line: Line, paid: set[str]) -> bool:
    return line.ref in paid or (line.is_bio and _BIO_PARTNER.search(line.bare) is not None)


def _quoted(found: list[tuple[Line, tuple[int, int]]]) -> tuple[Quotation, ...]:
    return distinct(line.quotation(*place) for line, place in found)[:_EVIDENCE]


def _place(name: str, line: Line) -> tuple[int, int] | None:
    parts = [part for part in _SEPARATORS.split(bared(name)) if part]
    if not parts:
        return None
    tag = re.search(rf"[@#]{r'[._-]?'.join(map(re.escape, parts))}{_tail(parts)}", line.bare)
    if tag is not None:
        return tag.span()
    said = re.search(rf"(?<![\w@#-]){_BETWEEN.join(map(re.escape, parts))}(?:'s)?(?!\w)", line.bare)
    if said is None or (len(parts) == 1 and not _is_name(line, *said.span())):
        return None
    return said.span()


_BETWEEN = r"[\s._'&-]{1,3}"


def _tail(parts: list[str]) -> str:
    # @sezane.officiel is Sézane; @gapyear is not Gap
    return r"[\w.]*" if len("".join(parts)) > _SHORT else r"(?![\w])"


def _is_name(line: Line, start: int, end: int) -> bool:
    """Return whether one word stands there as a name: long enough, with a capital, within a sentence."""
    written = line.text[start:end]
    if end - start <= _SHORT or not written[:1].isupper():
        return False
    # the first word of a sentence, and every word of a shouted one, has a capital anyway
    begins = not any(char.isalnum() for char in line.text[:start])
    return not begins and not (written.isupper() and line.text.isupper())
