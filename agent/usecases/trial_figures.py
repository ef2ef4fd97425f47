"""The figures of a set of letters: what the gate says, length, reading ease, likeness, and what they cost."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from agent.domain.draft import Finding, Usage
from agent.domain.likeness import likeness
from agent.domain.readability import reading_ease
from agent.domain.text import words


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Letters written, blocked and failed; findings by code; medians; and sums of what was consumed.

    `words` counts a letter without its footer; `reading_ease` is Flesch's, or Kandel and Moles' in French;
    `likeness` is the mean share of three-word runs that two letters have in common, `likest` the largest.
    """

    letters: int
    blocked: int
    failed: int
    findings: Mapping[str, int]
    words: float | None
    shortest: int | None
    longest: int | None
    reading_ease: float | None
    likeness: float | None
    likest: float | None
    input_tokens: int
    output_tokens: int
    cost: Decimal


def figures_of(
    texts: Sequence[str],
    language: str,
    *,
    findings: Sequence[Finding],
    blocked: int,
    failed: int,
    usage: Sequence[Usage],
) -> Figures:
    """Return the figures of a set of letters."""
    lengths = [words(text) for text in texts]
    eases = [ease for text in texts if (ease := reading_ease(_prose(text), language)) is not None]
    alike = likeness([_prose(text) for text in texts])
    return Figures(
        letters=len(texts),
        blocked=blocked,
        failed=failed,
        findings=dict(sorted(Counter(finding.code for finding in findings).items())),
        words=median(lengths) if lengths else None,
        shortest=min(lengths, default=None),
        longest=max(lengths, default=None),
        reading_ease=round(median(eases), 1) if eases else None,
        likeness=round(alike.mean, 3) if alike else None,
        likest=round(alike.most, 3) if alike else None,
        input_tokens=sum(each.input_tokens for each in usage),
        output_tokens=sum(each.output_tokens for each in usage),
        cost=sum((each.cost for each in usage), Decimal(0)),
    )


def _prose(text: str) -> str:
    """Return a letter without its greeting and closing, which are the same in all of them."""
    blocks = text.split("\n\n")
    return "\n\n".join(blocks[1:-1]) or text
