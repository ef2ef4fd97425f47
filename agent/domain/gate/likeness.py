"""Likeness: a letter that another person of the campaign got, too, and lines of the writer's own orders."""

from collections.abc import Iterator
from functools import lru_cache
from zlib import crc32

from agent.domain.draft import Finding
from agent.domain.gate.plain import bare
from agent.domain.gate.reading import Line, Reading, Rule, block, warn
from agent.domain.letter import Letter
from agent.domain.text import runs

Sketch = frozenset[int]
"""The three-word runs of what a letter says to one person, as checksums: small, and not to be read back."""

_RUN = 3
_LEAST_RUNS = 10  # a shorter opening is like many
_ALIKE = 0.6  # share of a letter's runs that stand in one other letter
_COPY = 0.75  # share from which one is a copy: of 999 honest letters of one writer none has more than .67
_ORDER_RUN = 6  # words in a row that nobody shares with an order by chance


def sketch(letter: Letter) -> Sketch:
    """Return what of a letter should be in no other: its first paragraph, quotations included."""
    if not letter.paragraphs:
        return frozenset()
    return _sums(" ".join(sentence.text for sentence in letter.paragraphs[0]), _RUN)


def order_runs(text: str) -> Sketch:
    """Return the six-word runs of a text that no letter may repeat."""
    return _sums(text, _ORDER_RUN)


def near_copies(reading: Reading) -> Iterator[Finding]:
    """Block what another person of the campaign was told already; warn of what comes near it.

    Where a person chose the words, the same is only warned about. So is a follow-up, of which the last says
    no more than that it is the last, and an answer, which says what was asked.
    """
    others = reading.case.neighbours
    own = sketch(reading.case.letter) if others else frozenset()
    if len(own) < _LEAST_RUNS:
        return
    # the creator's own words are theirs, even where two people published the same
    ours = _sums(" ".join(line.own for line in reading.sentences if line.paragraph == 0), _RUN)
    most = max(len(ours & other) for other in others) / len(own)
    opening = " ".join(sentence.text for sentence in reading.case.letter.paragraphs[0])
    if most >= _ALIKE:
        share = f"{most:.0%}"
        case = reading.case
        spared = case.opening_by_person or case.answered is not None or case.touch > 1
        tell = warn if spared or most < _COPY else block
        yield tell(
            "shape.near_copy",
            opening,
            f"Of this opening {share} stands in another letter of the campaign: tell what is theirs alone.",
        )


def repeated_orders(reading: Reading) -> Iterator[Finding]:
    """Block lines that repeat what the writer was told to do."""
    told = reading.case.writer_orders
    for line in reading.lines if told else ():
        if not told.isdisjoint(line.asked(_order_runs)):
            yield block(
                "shape.writer_orders",
                line.plain.shown,
                "This is what the writer was told, not what a person is told: delete it.",
            )


RULES: tuple[Rule, ...] = (near_copies, repeated_orders)


def _order_runs(line: Line) -> Sketch:
    return order_runs(line.own)


@lru_cache(maxsize=64)  # an opening is looked at by its rule, and remembered
def _sums(text: str, length: int) -> Sketch:
    return frozenset(crc32(" ".join(run).encode()) for run in runs(bare(text), length))
