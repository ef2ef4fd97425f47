"""How lists of words become patterns over bare text."""

import re
from collections.abc import Iterable

_CLASS = re.compile(r"(\[[^\]]*\])")


def words(*lists: str) -> re.Pattern[str]:
    """Return a pattern for whole words: alternatives between bars, a space for any white space.

    Words are bare (lower case, no accents). A hyphen makes it another word (`pique-nique`, `wine-coloured`).
    """
    return re.compile(rf"(?<![\w-])(?:{alternatives(lists)})(?!\w|-\w)")


def near(one: str, other: str, *, within: int = 40) -> re.Pattern[str]:
    """Return a pattern for two lists of words in either order, at most `within` characters apart."""
    first, second = alternatives([one]), alternatives([other])
    between = rf"(?!\w).{{0,{within}}}?(?<![\w-])"
    return re.compile(
        rf"(?<![\w-])(?:(?:{first}){between}(?:{second})|(?:{second}){between}(?:{first}))(?!\w)"
    )


def alternatives(lists: Iterable[str]) -> str:
    """Return the lists as one pattern: spaces match any white space, ` ?` also none, `oeu` the ligature."""
    joined = "|".join(lists).replace("oeu", "(?:oe|œ)u")
    parts = _CLASS.split(joined)
    return "".join(part if part.startswith("[") else _spaced(part) for part in parts)


def _spaced(part: str) -> str:
    return part.replace(" ?", r"\s*").replace(" ", r"\s+")


def listed(text: str) -> frozenset[str]:
    """Return the words of a text, which are separated by white space."""
    return frozenset(text.split())
