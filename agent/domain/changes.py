"""What changed between two versions of a text, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

_EMPTY_LINE = "\n\n"
_TOKEN = re.compile(r"\s+|\S+")


class ChangeKind(StrEnum):
    """Whether words stand in both versions, only in the earlier one, or only in the later one."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, kw_only=True)
class Change:
    """A run of words of one kind."""

    kind: ChangeKind
    text: str


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Return both versions in one row, as runs of words.

    What is the same and what is new, one after the other, is the later version, letter for letter; what is
    the same and what is gone is the earlier one. Where both differ, what is gone comes first.
    """
    return tuple(_runs(_TOKEN.findall(before), _TOKEN.findall(after)))


def around(runs: Sequence[Change]) -> tuple[Change, ...]:
    """Return the runs with the paragraphs in which nothing changed left out, an ellipsis for each gap.

    Paragraphs are what an empty line divides. Without any change nothing is left.
    """
    if all(run.kind is ChangeKind.SAME for run in runs):
        return ()
    last = len(runs) - 1
    return tuple(
        replace(run, text=_cut(run.text, is_first=place == 0, is_last=place == last))
        if run.kind is ChangeKind.SAME
        else run
        for place, run in enumerate(runs)
    )


def _cut(text: str, *, is_first: bool, is_last: bool) -> str:
    paragraphs = text.split(_EMPTY_LINE)
    before = [] if is_first else paragraphs[:1]
    after = [] if is_last else paragraphs[-1:]
    if len(paragraphs) <= len(before) + len(after):
        return text
    return _EMPTY_LINE.join((*before, "…", *after))


def _runs(old: list[str], new: list[str]) -> Iterator[Change]:
    blocks = (
        ("".join(old[a:b]), "".join(new[c:d]), _is_kept(kind, old[a:b]))
        for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    )
    for is_kept, group in groupby(blocks, key=lambda block: block[2]):
        pairs = list(group)
        gone, come = "".join(pair[0] for pair in pairs), "".join(pair[1] for pair in pairs)
        if is_kept:
            yield Change(kind=ChangeKind.SAME, text=gone)
            continue
        yield from (Change(kind=ChangeKind.GONE, text=gone),) if gone else ()
        yield from (Change(kind=ChangeKind.NEW, text=come),) if come else ()


def _is_kept(kind: str, tokens: list[str]) -> bool:
    # a lone space between two changed words would cut one change into two
    return kind == "equal" and tokens != [" "]
