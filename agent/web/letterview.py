"""A letter as it is read on the desk: the exact text, cut where sentences, proof and findings meet.

Whatever is marked, the pieces put together are the text: nothing is added, dropped or moved.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from agent.domain.changes import Change, around, changes
from agent.domain.draft import Finding, Severity
from agent.domain.letter import Letter, Receipt
from agent.domain.text import hidden
from agent.usecases.reviewing import Review

_PROOF = "receipts"
"""The family of findings about sentences that nothing supports."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Text under the same findings; `code` names the hidden character that it is, if it is one."""

    text: str
    severity: Severity | None
    findings: tuple[int, ...]
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A sentence (`number` from 1) with the numbers of its evidence, or the text between two (None)."""

    number: int | None
    notes: tuple[int, ...]
    pieces: tuple[Piece, ...]
    is_unproven: bool

    @property
    def text(self) -> str:
        """The text as it stands in the letter."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, kw_only=True)
class NumberedFinding:
    """A finding with the number under which the letter marks it."""

    number: int
    finding: Finding

    @property
    def is_about_proof(self) -> bool:
        """Whether it says that something has no proof."""
        return self.finding.code.partition(".")[0] == _PROOF


@dataclass(frozen=True, kw_only=True)
class LetterView:
    """Everything about the text that the page shows.

    `used_in` tells which sentences rest on a note, `changes` what is different from the text that it was made
    from; empty where there is none.
    """

    subject: tuple[Stretch, ...]
    body: tuple[Stretch, ...]
    footer: tuple[Stretch, ...]
    findings: tuple[NumberedFinding, ...]
    used_in: Mapping[int, tuple[int, ...]]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Span:
    start: int
    end: int


def letter_view(review: Review) -> LetterView:
    """Return what is shown of a review's letter: the outgoing text, or the draft's where none can leave."""
    letter = review.draft.letter
    body = review.outgoing.body if review.outgoing is not None else f"{letter.text}\n\n{review.footer}"
    subject = review.outgoing.subject if review.outgoing is not None else letter.subject
    words, footer = _split(body, review.footer)
    findings = numbered(review.draft.findings)
    stretches = marked(words, letter, _numbers(review), findings)
    return LetterView(
        subject=plain(subject, findings),
        body=stretches,
        footer=plain(footer, findings),
        findings=findings,
        used_in=_used_in(stretches),
        changes=changed(review.before, letter),
    )


def numbered(findings: Iterable[Finding]) -> tuple[NumberedFinding, ...]:
    """Return findings in the order in which they matter: what lacks proof, what blocks, the rest."""

    def weight(finding: Finding) -> tuple[bool, bool]:
        return finding.code.partition(".")[0] != _PROOF, finding.severity is not Severity.BLOCK

    ordered = sorted(findings, key=weight)
    return tuple(NumberedFinding(number=n, finding=finding) for n, finding in enumerate(ordered, start=1))


def marked(
    text: str, letter: Letter, numbers: Mapping[Receipt, int], findings: Sequence[NumberedFinding]
) -> tuple[Stretch, ...]:
    """Return a text cut into the letter's sentences, as far as they stand in it, and what lies between."""
    cutter = _Cutter(text, findings)
    stretches: list[Stretch] = []
    end = 0
    for sentence in letter.sentences:
        start = text.find(sentence.text, end) if sentence.text else -1
        if start < 0:
            continue
        stretches.extend(cutter.between(end, start))
        end = start + len(sentence.text)
        notes = tuple(sorted({numbers[r] for r in sentence.receipts if r in numbers}))
        count = sum(1 for each in stretches if each.number is not None) + 1
        stretches.append(cutter.stretch(start, end, number=count, notes=notes))
    return (*stretches, *cutter.between(end, len(text)))


def plain(text: str, findings: Sequence[NumberedFinding]) -> tuple[Stretch, ...]:
    """Return a text that has no sentences of the letter, with findings marked."""
    return _Cutter(text, findings).between(0, len(text))


class _Cutter:
    """Cuts one text wherever a finding or a hidden character begins or ends."""

    def __init__(self, text: str, findings: Sequence[NumberedFinding]) -> None:
        self._text = text
        self._found = [(each, span) for each in findings for span in _occurrences(text, each.finding.span)]
        self._hidden = frozenset(hidden(text))
        edges = (edge for _, span in self._found for edge in (span.start, span.end))
        # most letters hide nothing
        holes = [i for i, char in enumerate(text) if _code(char) in self._hidden] if self._hidden else []
        self._edges = sorted({*edges, *holes, *(hole + 1 for hole in holes)})

    def between(self, start: int, end: int) -> tuple[Stretch, ...]:
        """Return the text between two sentences, if there is any."""
        return (self.stretch(start, end, number=None, notes=()),) if start < end else ()

    def stretch(self, start: int, end: int, *, number: int | None, notes: tuple[int, ...]) -> Stretch:
        """Return one stretch with its pieces."""
        inner = (edge for edge in self._edges if start < edge < end)
        pieces = tuple(self._piece(a, b) for a, b in pairwise((start, *inner, end)))
        over = self._over(start, end)
        unproven = number is not None and any(found.is_about_proof for found in over)
        return Stretch(number=number, notes=notes, pieces=pieces, is_unproven=unproven)

    def _piece(self, start: int, end: int) -> Piece:
        text = self._text[start:end]
        over = self._over(start, end)
        severities = {found.finding.severity for found in over}
        worst = Severity.BLOCK if Severity.BLOCK in severities else next(iter(severities), None)
        code = _code(text) if len(text) == 1 and _code(text) in self._hidden else ""
        return Piece(text=text, severity=worst, findings=tuple(f.number for f in over), code=code)

    def _over(self, start: int, end: int) -> list[NumberedFinding]:
        return [found for found, span in self._found if span.start < end and start < span.end]


def changed(before: Letter | None, letter: Letter) -> tuple[Change, ...]:
    """Return what is different from the text before, in its paragraphs; nothing where there is none."""
    if before is None or before.digest == letter.digest:
        return ()
    if before.subject == letter.subject:
        return around(changes(before.text, letter.text))
    return around(changes(f"{before.subject}\n\n{before.text}", f"{letter.subject}\n\n{letter.text}"))


def _split(body: str, footer: str) -> tuple[str, str]:
    start = body.rfind(footer) if footer else -1
    return (body[:start], body[start:]) if start >= 0 else (body, "")


def _numbers(review: Review) -> dict[Receipt, int]:
    return {evidence.receipt: evidence.number for evidence in review.evidence}


def _used_in(stretches: Iterable[Stretch]) -> dict[int, tuple[int, ...]]:
    pairs = sorted((note, s.number) for s in stretches if s.number is not None for note in s.notes)
    return {
        note: tuple(number for _, number in group) for note, group in groupby(pairs, key=lambda pair: pair[0])
    }


def _occurrences(text: str, span: str) -> Iterable[_Span]:
    start = text.find(span) if span else -1
    while start >= 0:
        yield _Span(start=start, end=start + len(span))
        start = text.find(span, start + len(span))


def _code(char: str) -> str:
    return f"U+{ord(char):04X}"
