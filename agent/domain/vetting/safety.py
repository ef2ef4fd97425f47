"""Brand safety: what posts are about, by plain words.

Content is flagged, never a person. GDPR art. 9(1) forbids to process what reveals somebody's political
opinions, beliefs, health or sex life: so no trait is inferred or stored, politics and religion are looked for
in posts and not in the bio (where they would describe the author), and are always of the level `fine`: they
must rank and exclude nobody.
"""

from collections.abc import Iterator

from agent.domain.creator import Creator
from agent.domain.fit import Level, Quotation
from agent.domain.vetting.lexicon import SAFETY, SAFETY_SPARED, SENSITIVE
from agent.domain.vetting.lines import Line, distinct, lines_of
from agent.domain.vetting.polarity import is_denied
from agent.domain.vetting.signal import Kind, Signal

_EVIDENCE = 3
_COARSE = 3
_GRAVE = frozenset({"adult", "hate"})


def safety(creator: Creator) -> Iterator[Signal]:
    """Tell each category that is found with its quotes; one line where there is none."""
    said = lines_of(creator)
    found = {category: _found(category, said) for category in SAFETY}
    for category, evidence in found.items():
        if evidence:
            yield Signal(
                kind=Kind.SAFETY,
                level=_level(category, evidence),
                key=f"safety.{category}",
                figures={"n": len(evidence)},
                evidence=evidence[:_EVIDENCE],
            )
    if not any(found.values()):
        texts = len({line.ref for line in said})
        yield Signal(kind=Kind.SAFETY, level=Level.FINE, key="safety.none", figures={"texts": texts})


def sensitive(creator: Creator) -> Iterator[Signal]:
    """Tell which subjects of posts are sensitive: for a person to know, at the level `fine` only."""
    said = lines_of(creator, bio=False)
    for subject, pattern in SENSITIVE.items():
        evidence = distinct(
            line.quotation(*match.span()) for line in said if (match := pattern.search(line.bare)) is not None
        )
        if evidence:
            yield Signal(
                kind=Kind.SENSITIVE,
                level=Level.FINE,
                key=f"sensitive.{subject}",
                figures={"n": len(evidence)},
                evidence=evidence[:_EVIDENCE],
            )


def _found(category: str, said: tuple[Line, ...]) -> tuple[Quotation, ...]:
    spared = SAFETY_SPARED[category]
    return distinct(
        line.quotation(*match.span())
        for line in said
        if (match := SAFETY[category].search(line.bare)) is not None
        and not spared.search(line.bare)
        and (category == "profanity" or not is_denied(line, *match.span()))
    )


def _level(category: str, evidence: tuple[Quotation, ...]) -> Level:
    if category in _GRAVE:
        return Level.CONCERN
    # a curse in a caption is a manner of speaking; a habit of it is for the brand to decide
    if category == "profanity" and len(evidence) < _COARSE:
        return Level.FINE
    return Level.LOOK
