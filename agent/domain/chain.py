"""The journal as a chain: each row carries a hash of itself and of the row before it.

What a row says of somebody (`subject`, `why`) stands in its hash as a salted digest. A forgetting takes the
text and its salt: the digest then tells nothing about the person, and the chain still holds.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Self

from agent.domain.errors import BadInput
from agent.domain.people import Entry

SALT_BYTES = 16
"""Random bytes of each salt: enough that nobody guesses a text by trying its digest."""
FORGETTING = "forgetting"
"""What a row says that was written with the blanking of a person's rows, in the same transaction."""

_ERASED = "erased"  # what stands in a row in place of a forgotten person
_KEPT = re.compile(r"(\d{1,18}):([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Link:
    """What ties a row to the one before it; SHA-256 digests, a salt is None where its text was blanked."""

    subject_salt: bytes | None = field(repr=False)
    subject_digest: bytes
    why_salt: bytes | None = field(repr=False)
    why_digest: bytes
    before: bytes
    own: bytes


@dataclass(frozen=True, kw_only=True)
class Head:
    """A row and its hash in hexadecimal: whoever wrote it down can tell later whether it still stands."""

    number: int
    own: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return what `NUMBER:HASH` says; raises BadInput."""
        found = _KEPT.fullmatch(text.strip().lower())
        if found is None:
            raise BadInput(
                f"“{text}” is no place in the journal; write it as `nanoreach audit verify` prints it: "
                "NUMBER:HASH with 64 hexadecimal digits."
            )
        return cls(number=int(found[1]), own=found[2])

    def __str__(self) -> str:
        return f"{self.number}:{self.own}"


@dataclass(frozen=True, kw_only=True)
class Chained:
    """A row with its number and its link, None where it has none."""

    number: int
    entry: Entry
    link: Link | None


@dataclass(frozen=True, kw_only=True)
class Witness:
    """What somebody outside the journal knows of one of its rows; an empty hash or no time is not known."""

    number: int
    whence: str
    own: str = ""
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with which row."""

    number: int
    what: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What came of reading the whole journal; `blanked` rows lost whom they were about to a forgetting."""

    rows: int
    blanked: int
    head: Head | None
    faults: tuple[Fault, ...]


def linked(entry: Entry, *, number: int, before: bytes, salts: tuple[bytes, bytes]) -> Link:
    """Return the link of a new row; `before` is the hash of the row before it, empty for the first one."""
    subject_salt, why_salt = salts
    subject_digest, why_digest = _digest(subject_salt, entry.subject), _digest(why_salt, entry.why)
    return Link(
        subject_salt=subject_salt,
        subject_digest=subject_digest,
        why_salt=why_salt,
        why_digest=why_digest,
        before=before,
        own=_hash(number, entry, subject_digest, why_digest, before),
    )


def blanked(link: Link, *, subject: bool) -> Link:
    """Return the link of a row whose reason was blanked and, where `subject`, whom it was about."""
    return replace(link, subject_salt=None if subject else link.subject_salt, why_salt=None)


def examine(rows: Iterable[Chained], witnesses: Iterable[Witness] = ()) -> Verdict:
    """Read rows in the order of their numbers and return every fault, each with its row."""
    faults: list[Fault] = []
    asked: dict[int, list[Witness]] = {}
    for witness in witnesses:
        asked.setdefault(witness.number, []).append(witness)
    unexplained: list[int] = []
    count = blanked = 0
    previous: Chained | None = None
    for row in rows:
        count += 1
        faults += (Fault(number=row.number, what=what) for what in _wrong(row, previous))
        faults += (
            Fault(number=row.number, what=_CONTRADICTED.format(whence=witness.whence))
            for witness in asked.pop(row.number, ())
            if _contradicts(row, witness)
        )
        if row.link is not None and None in {row.link.subject_salt, row.link.why_salt}:
            blanked += 1
            unexplained.append(row.number)
        if row.entry.what == FORGETTING:
            unexplained.clear()
        previous = row
    faults += (Fault(number=number, what=_UNEXPLAINED) for number in unexplained)
    faults += (
        Fault(number=each.number, what=_CUT.format(whence=each.whence))
        for known in asked.values()
        for each in known
    )
    own = previous.link.own if previous is not None and previous.link is not None else None
    head = Head(number=previous.number, own=own.hex()) if previous is not None and own is not None else None
    return Verdict(
        rows=count, blanked=blanked, head=head, faults=tuple(sorted(faults, key=lambda each: each.number))
    )


_NO_LINK = "has no hash that can be read: it was written past the journal"
_OTHER_SUBJECT = "names another thing or person than it was written with"
_OTHER_WHY = "gives another reason than it was written with"
_OTHER_ROW = "is not as it was written: its number, time, who, what or hash was changed"
_MISSING = "follows a row that is not there: {rows}"
_OTHER_BEFORE = "does not follow the row before it: one of the two was put there or taken from elsewhere"
_UNEXPLAINED = "was blanked, and no forgetting came after it"
_CONTRADICTED = "is another row than {whence}"
_CUT = "is missing, though {whence} knows it: the journal's end was cut off"


def _wrong(row: Chained, previous: Chained | None) -> list[str]:
    link, entry = row.link, row.entry
    if link is None:
        return [_NO_LINK]
    wrong = []
    if not _holds(link.subject_salt, link.subject_digest, entry.subject, blank=_ERASED):
        wrong.append(_OTHER_SUBJECT)
    if not _holds(link.why_salt, link.why_digest, entry.why, blank=""):
        wrong.append(_OTHER_WHY)
    if link.own != _own(row, link):
        wrong.append(_OTHER_ROW)
    if link.before not in _hashes(previous):
        wrong.append(_place(row, previous))
    return wrong


def _holds(salt: bytes | None, digest: bytes, text: str, *, blank: str) -> bool:
    return text == blank if salt is None else digest == _digest(salt, text)


def _hashes(row: Chained | None) -> set[bytes]:
    """Return what a row may be followed by; where its hash was changed, that is its own fault alone."""
    if row is None:
        return {b""}
    return {row.link.own, _own(row, row.link)} if row.link is not None else {b""}


def _place(row: Chained, previous: Chained | None) -> str:
    first = previous.number + 1 if previous is not None else 1
    last = row.number - 1
    if first > last:
        return _OTHER_BEFORE
    return _MISSING.format(rows=f"row {last} is missing" if first == last else f"rows {first} to {last}")


def _contradicts(row: Chained, witness: Witness) -> bool:
    own = row.link.own.hex() if row.link is not None else ""
    return witness.own not in {"", own} or witness.at not in {None, row.entry.at}


def _digest(salt: bytes, text: str) -> bytes:
    # half a character is the store's to refuse, in words
    return sha256(salt + text.encode(errors="surrogatepass")).digest()


def _own(row: Chained, link: Link) -> bytes:
    return _hash(row.number, row.entry, link.subject_digest, link.why_digest, link.before)


def _hash(number: int, entry: Entry, *digests: bytes) -> bytes:
    # as JSON, so that no text can pass for the end of one field and the beginning of the next
    told = (number, entry.at.astimezone(UTC).isoformat(), entry.who, entry.what)
    return sha256(json.dumps((*told, *(digest.hex() for digest in digests))).encode()).digest()
