"""Messages in files, read by the same rules as those from a mailbox."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from agent.domain.errors import BadInput
from agent.domain.inbound import parse
from agent.domain.reading import read
from agent.domain.replies import Blame, ReplyKind


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """A recipient of whom a bounce speaks; `permanent` only where nobody can be reached there again."""

    address: str
    permanent: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class FileReading:
    """What one file says."""

    file: str
    kind: ReplyKind
    text: str
    recipients: tuple[Recipient, ...]
    until: date | None


def read_messages(path: Path) -> tuple[FileReading, ...]:
    """Return what each message of a file or folder (read to its depths, by name) says.

    Raises BadInput where the path cannot be read.
    """
    try:
        files = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
        return tuple(_reading(file) for file in files)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error


def _reading(file: Path) -> FileReading:
    mail = parse(file.read_bytes())
    # dates in a message are relative to the day it was written
    written = mail.sent_on or datetime.fromtimestamp(file.stat().st_mtime, UTC).date()
    reading = read(mail, today=written)
    return FileReading(
        file=str(file),
        kind=reading.kind,
        text=mail.text,
        recipients=tuple(
            Recipient(address=f.address, permanent=f.blame is Blame.PERMANENT, reason=f.reason)
            for f in mail.failed
        ),
        until=reading.until,
    )
