"""Whether a line reports the creator's words, or says them as ours."""

import re

from agent.domain.gate.creator_speech import says
from agent.domain.gate.line import Line, Slot
from agent.domain.gate.vocabulary import GIVES

_GIVES = re.compile(rf"\b{GIVES}\b")
# Words that say whose words follow
_ATTRIBUTED = re.compile(
    r"\b(?:your (?:own )?words|you (?:said|wrote|posted)|(?:vos|tes) (?:propres )?mots|"
    r"(?:votre|ta) phrase|de (?:vous|toi))\b"
)


def is_report(line: Line) -> bool:
    """Return whether the line plainly reports what the creator said, and gives nothing."""
    if not line.proofs:
        return False
    attributed = line.is_dated or _ATTRIBUTED.search(line.low_own) is not None or says(line) is not None
    attributed = attributed or (line.slot is Slot.SUBJECT and line.is_grounded)
    return attributed and not gives(line)


def gives(line: Line) -> bool:
    """Return whether the line says that we give something."""
    return _GIVES.search(line.low_own) is not None


def spoken(line: Line) -> str:
    """Return what of a line counts as ours: quoted words, too, unless it plainly reports them."""
    quotes = line.own != line.plain.text
    return line.own if quotes and is_report(line) else line.plain.text
