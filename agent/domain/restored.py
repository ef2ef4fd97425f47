"""Whether the store is the one that letters left from, or an older copy of it."""

from dataclasses import dataclass
from datetime import datetime

RESUME = "nanoreach outbox resume"


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A row of the journal: its number and when it was written, which no other row shares."""

    number: int
    at: datetime


def why_frozen(kept: Mark | None, *, doubt: str, found: datetime | None, must_be_known: bool) -> str:
    """Return why nothing may leave, in one sentence; nothing where it may.

    `kept` is the newest row that this home has seen and `doubt` what speaks against that record itself;
    `found` is when the row of that number was written, None where there is none. `must_be_known` says that
    letters left from this store, so that a home without a record has not seen them leave.
    """
    if doubt:
        return f"{doubt} {_ADVICE}"
    if kept is None:
        lost = "Letters have left from this database, but this home has no record of them."
        return f"{lost} {_ADVICE}" if must_be_known else ""
    if found == kept.at:
        return ""
    return (
        "The database does not hold the newest thing that this home did with it, on "
        f"{kept.at:%d %b at %H:%M} UTC: it was restored from a backup, or it is another one. {_ADVICE}"
    )


_ADVICE = (
    "Letters that wait in it may have left already, so sending is frozen. Compare the outbox with the "
    f"mailbox's Sent folder, take back the approval of what went, then run `{RESUME}`."
)
