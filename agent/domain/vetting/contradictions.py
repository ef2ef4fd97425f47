"""What a creator says against a brand's values: found by rules, quoted exactly, and rather missed than wrong.

A cosine is near for praise and for blame alike, so meaning alone cannot tell them apart. Here a stance of
the brand has to be named in the value, the creator's sentence has to be meant (see `polarity`), and a context
that makes it harmless (a vegan steak, a second-hand haul) ends the matter.
"""

import re
from collections.abc import Iterable, Iterator

from agent.domain.brand import Brand, Value
from agent.domain.creator import Creator
from agent.domain.fit import Against, Level
from agent.domain.vetting.families import FAMILIES, Family, Rule
from agent.domain.vetting.lines import Line, bared, lines_of, lines_of_text
from agent.domain.vetting.nevers import Never, nevers_of
from agent.domain.vetting.patterns import words
from agent.domain.vetting.polarity import Voice, is_denied, voice_of

_EACH = 3
"""Quotes for each kind and value: more of the same say nothing more."""
_NOT = words(r"not|isn't|aren't|n'est pas|ne sont pas|pas|never|don't have to be|ni")
_REACH = 18


def against(brand: Brand, creator: Creator) -> tuple[Against, ...]:
    """Return what the creator's bio and posts hold against the brand, the gravest first.

    For each kind and value at most three quotes. Words that the brand's letters avoid (`voice.banned`) are
    told at the level `fine`: they are a matter of style, and no creator signed our style guide.
    """
    said = lines_of(creator)
    found = (
        *(each for value in brand.values for each in _of_value(value, creator, said)),
        *_banned(brand, said),
    )
    order = (Level.CONCERN, Level.LOOK, Level.FINE)
    return tuple(sorted(found, key=lambda each: order.index(each.level)))


def stances(value: Value) -> tuple[Family, ...]:
    """Return the families whose stance a value takes; a stance that is denied is none."""
    lines = lines_of_text(f"{value.name}. {value.text}")
    return tuple(family for family in FAMILIES if any(_stands(family, line) for line in lines))


def _stands(family: Family, line: Line) -> bool:
    return any(
        not _NOT.search(line.bare[max(0, found.start() - _REACH) : found.start()])
        for found in family.stance.finditer(line.bare)
    )


def _of_value(value: Value, creator: Creator, said: tuple[Line, ...]) -> Iterator[Against]:
    bio = bared(creator.bio)
    for family in stances(value):
        if not family.spared_by_bio.search(bio):
            yield from _first(_hits(family, value, said))
    for never in nevers_of(value):
        yield from _first(_broken(never, value, said))


def _hits(family: Family, value: Value, said: tuple[Line, ...]) -> Iterator[Against]:
    for rule in family.rules:
        for line in said:
            found = None if family.spared.search(line.bare) else _meant(rule, line)
            if found is not None:
                place, level = found
                yield _against(line, place, kind=family.kind, value=value.name, level=level)


def _meant(rule: Rule, line: Line) -> tuple[tuple[int, int], Level] | None:
    """Return where the rule's words stand in a sentence that means them, and how grave that is.

    Something of one's own that is neither praised nor done asks for a look at the most.
    """
    for found in rule.words.finditer(line.bare):
        start, end = found.span()
        voice = Voice.MEANT if rule.plain else voice_of(line, start, end)
        if voice is not Voice.NONE and not is_denied(line, start, start if rule.wide else end):
            return (start, end), rule.level if voice is Voice.MEANT else Level.LOOK
    return None


def _broken(never: Never, value: Value, said: tuple[Line, ...]) -> Iterator[Against]:
    for line in said:
        place = never.place(line.bare)
        if place is not None and voice_of(line, *place) and not is_denied(line, *place):
            yield _against(line, place, kind="never", value=value.name, level=Level.LOOK)


def _banned(brand: Brand, said: tuple[Line, ...]) -> Iterator[Against]:
    for word in brand.voice.banned:
        pattern = _exactly(word)
        found = ((line, match) for line in said if (match := pattern.search(line.bare)) is not None)
        first = next(found, None)
        if first is not None:
            yield _against(first[0], first[1].span(), kind="banned", value="", level=Level.FINE)


def _exactly(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(bared(word.strip()))}(?!\w)")


def _against(line: Line, place: tuple[int, int], *, kind: str, value: str, level: Level) -> Against:
    quotation = line.quotation(*place)
    return Against(
        kind=kind,
        value=value,
        level=level,
        ref=quotation.ref,
        quote=quotation.quote,
        published_on=quotation.published_on,
    )


def _first(found: Iterable[Against]) -> tuple[Against, ...]:
    seen: dict[str, Against] = {}
    for each in found:
        seen.setdefault(each.quote, each)
    return tuple(seen.values())[:_EACH]
