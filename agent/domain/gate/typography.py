"""Typography: what the reader's own press would set otherwise. It is told, and blocks nothing."""

from collections.abc import Iterator

from agent.domain.draft import Finding
from agent.domain.gate.reading import Line, Reading, Rule, warn
from agent.domain.gate.typesetting import Slip, quotations_of, slips

_AROUND = 24  # characters of context in a span, at most, on each side
_ADVICE = {
    ("apostrophe", "fr"): "French sets a typographic apostrophe (’), not a straight one.",
    ("quotes", "fr"): "French quotes between « and ».",
    (
        "spacing",
        "fr",
    ): "French sets a no-break space before a colon and inside « », a narrow one before ; ! ?.",
    ("spacing", "CA"): "Quebec French sets no space before ; ! ?, one before a colon and inside « ».",
    ("spacing", "en"): "English sets no space before a mark, and one after it.",
    ("comma", "fr"): "A comma stands close to its word, with a space after it.",
    ("money", "fr"): "French writes the amount first, then a space and the sign: 35 €.",
    ("money", "en"): "English writes the sign first: $28.",
    ("time", "fr"): "French writes a time with spaces: 18 h 30.",
    ("date", "fr"): "French writes 1er octobre, 2e, and months with a small letter.",
    ("accent", "fr"): "French capitals keep their accents: À, É, Ê, Ç.",
}


def typography(reading: Reading) -> Iterator[Finding]:
    """Warn once of each kind of slip, with its first place and how often it occurs."""
    case = reading.case
    if case.is_in_another_language:
        return
    language, country = case.letter.language, case.creator.country
    seen: dict[str, list[str]] = {}
    for line in reading.lines:
        shown = line.plain.shown
        for slip in line.told(_slips, language, country):
            seen.setdefault(slip.rule, []).append(_around(shown, slip))
    for rule, places in seen.items():
        own = _ADVICE.get((rule, country or "")) if language == "fr" else None
        advice = own or _ADVICE[rule, language]
        if len(places) > 1:
            advice = f"{advice} It occurs {len(places)} times."
        yield warn(f"typography.{rule}", places[0], advice)


RULES: tuple[Rule, ...] = (typography,)


def _slips(line: Line, language: str, country: str | None) -> Iterator[Slip]:
    return slips(line.plain.shown, language, country, keep=_creator_words(line))


def _creator_words(line: Line) -> tuple[str, ...]:
    return quotations_of(line.plain) if line.about_creator else ()


def _around(shown: str, slip: Slip) -> str:
    """Return the slip with the words that it stands between, so that it can be found."""
    before = shown[: slip.start].rfind(" ", 0, max(0, slip.start - 1)) + 1
    after = shown.find(" ", slip.end + 1)
    end = after if after >= 0 else len(shown)
    return shown[max(before, slip.start - _AROUND) : min(end, slip.end + _AROUND)].strip()
