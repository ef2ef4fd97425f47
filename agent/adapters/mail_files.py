"""Messages in files, read by the same rules as those from a mailbox."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from agent.domain.errors import BadInput
from agent.domain.inbound import parse
from agent.domain.reading import read
from agent.domain.replies import Blame, ReplyKind, Sense


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


def read_messages(
    paths: Iterable[Path], problems: list[str], *, sense: Sense | None = None
) -> Iterator[FileReading]:
    """Yield what each message of files and folders (read to their depths, by name) says, to rules and sense.

    A file that cannot be read costs no other: a sentence about it is added to `problems`. Raises BadInput
    where nothing stands under a path.
    """
    for path in paths:
        if not path.exists():
            raise BadInput(f"{path} cannot be read: No such file or directory.")
        for file in _files(path, problems):
            try:
                yield _reading(file, sense)
            except OSError as error:
                problems.append(f"{file} cannot be read: {error.strerror}.")


def _files(path: Path, problems: list[str]) -> list[Path]:
    if not path.is_dir():
        return [path]
    try:
        return sorted(each for each in path.rglob("*") if each.is_file())
    except OSError as error:
        problems.append(f"{path} cannot be read: {error.strerror}.")
        return []


def _reading(file: Path, sense: Sense | None) -> FileReading:
    mail = parse(file.read_bytes())
    # dates in a message are relative to the day it was written
    written = mail.sent_on or datetime.fromtimestamp(file.stat().st_mtime, UTC).date()
    reading = read(mail, today=written, sense=sense)
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
