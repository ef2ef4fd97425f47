"""Whether a line reports the creator's words, or says them as ours."""

from agent.domain.gate.creator_speech import says
from agent.domain.gate.line import Line, Slot
from agent.domain.gate.sought import Sought
from agent.domain.gate.vocabulary import GIVES

_GIVES = Sought(rf"\b{GIVES}\b")
# Words that say whose words follow
_ATTRIBUTED = Sought(
    r"\b(?:your (?:own )?words|you (?:said|wrote|posted)|(?:vos|tes) (?:propres )?mots|"
    r"(?:votre|ta) phrase|de (?:vous|toi))\b"
)


def is_report(line: Line) -> bool:
    """Return whether the line plainly reports what the creator said, and gives nothing."""
    return bool(line.proofs) and line.asked(_reports)


def _reports(line: Line) -> bool:
    attributed = line.is_dated or line.first(_ATTRIBUTED) is not None or says(line) is not None
    attributed = attributed or (line.slot is Slot.SUBJECT and line.is_grounded)
    return attributed and not gives(line)


def gives(line: Line) -> bool:
    """Return whether the line says that we give something."""
    return line.first(_GIVES) is not None


def spoken(line: Line) -> str:
    """Return what of a line counts as ours: quoted words, too, unless it plainly reports them."""
    quotes = line.own != line.plain.text
    return line.own if quotes and is_report(line) else line.plain.text
