"""Suppressions, the journal, accounts and leases, in SQL."""

from collections.abc import Iterator
from datetime import UTC, datetime
from secrets import token_bytes
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, or_, update
from sqlalchemy import select as columns
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from agent.adapters.database.ready import Ready, read_one
from agent.adapters.database.statements import add, changed, fetch, put
from agent.adapters.database.tables import AccountRow, EntryRow, LeaseRow, PaceRow, Row, SuppressionRow
from agent.adapters.database.work import Work
from agent.domain.chain import SALT_BYTES, Chained, Link, linked
from agent.domain.errors import BadInput
from agent.domain.pace import Pace
from agent.domain.people import Account, Entry, Role
from agent.domain.restored import Mark

_JOURNAL = Row.metadata.tables["journal"]
_ADD_ENTRY = insert(_JOURNAL)
_ADD_ONE = Ready(_ADD_ENTRY, tuple(_JOURNAL.c.keys()))
_NEWEST = columns(_JOURNAL.c.number, _JOURNAL.c.at).order_by(_JOURNAL.c.number.desc()).limit(1)
_HEAD = (
    "SELECT number, own FROM journal ORDER BY number DESC LIMIT 1"  # for each letter: as the driver takes it
)
_NUMBERS = (
    columns(_JOURNAL.c.number)
    .where(_JOURNAL.c.number > bindparam("after"))
    .order_by(_JOURNAL.c.number)
    .limit(1000)
)
_SPAN = (
    columns(_JOURNAL)
    .where(_JOURNAL.c.number.between(bindparam("first"), bindparam("last")))
    .order_by(_JOURNAL.c.number)
)
_UNREADABLE = Entry(at=datetime.min.replace(tzinfo=UTC), who="", what="", subject="")
_MOMENT = columns(_JOURNAL.c.at).where(_JOURNAL.c.number == bindparam("number"))


class SqlSuppressions:
    """Keyed hashes of addresses that are never written to again."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, fingerprint: str, *, reason: str, at: datetime) -> None:
        """Remember an address; a second time changes nothing."""
        if not self.has(fingerprint):
            row = SuppressionRow(fingerprint=fingerprint, reason=reason, at=at)
            add(self._work, row, otherwise="This address was suppressed at the same moment.")

    def has(self, fingerprint: str) -> bool:
        """Return whether this address must not be written to."""
        return fetch(self._work, SuppressionRow, fingerprint) is not None


class SqlJournal:
    """Who did what to which thing, when and why; rows are only ever added."""

    def __init__(self, work: Work) -> None:
        self._work = work
        # of this transaction, which alone may write until it ends
        self._head: tuple[int, bytes] | None = None

    def add(self, *entries: Entry) -> None:
        """Append rows."""
        rows = self._linked(entries)
        if rows:
            if len(rows) == 1:
                _ADD_ONE.run(self._work, rows[0])
            else:
                self._work.connection().execute(_ADD_ENTRY, rows)
            self._head = rows[-1]["number"], rows[-1]["own"]

    def note(self, entry: Entry) -> Mark:
        """Append a row and return its place."""
        self.add(entry)
        number, _ = self._newest()
        return Mark(number=number, at=entry.at)

    def newest(self) -> Mark | None:
        """Return the place of the newest row."""
        row = self._work.connection().execute(_NEWEST).first()
        return Mark(number=row.number, at=row.at) if row is not None else None

    def moment(self, number: int) -> datetime | None:
        """Return when the row of a number was written; None where there is none."""
        at: datetime | None = self._work.connection().execute(_MOMENT, {"number": number}).scalar()
        return at

    def of(self, subject: str) -> tuple[Entry, ...]:
        """Return the rows about one thing, oldest first."""
        query = select(EntryRow).where(col(EntryRow.subject) == subject)
        rows = self._work.orm.exec(query.order_by(col(EntryRow.at), col(EntryRow.number)))
        return tuple(_entry_of(row) for row in rows)

    def chain(self) -> Iterator[Chained]:
        """Give every row with its link, by number."""
        after = -(2**63)
        while numbers := self._work.connection().execute(_NUMBERS, {"after": after}).scalars().all():
            span = {"first": numbers[0], "last": numbers[-1]}
            try:
                yield from self._span(span)
            except (TypeError, ValueError, OperationalError):  # SQLite keeps anything in any column
                for number in numbers:
                    yield self._alone(number)
            after = numbers[-1]

    def _span(self, span: dict[str, int]) -> list[Chained]:
        rows = self._work.connection().execute(_SPAN, span).all()
        return [Chained(number=row.number, entry=_entry_of(row), link=_link_of(row)) for row in rows]

    def _alone(self, number: int) -> Chained:
        try:
            return self._span({"first": number, "last": number})[0]
        except (TypeError, ValueError, OperationalError):
            return Chained(number=number, entry=_UNREADABLE, link=None)

    def _linked(self, entries: tuple[Entry, ...]) -> list[dict[str, Any]]:
        if not entries:
            return []
        number, before = self._newest()
        rows = []
        for entry in entries:
            number += 1
            salt = token_bytes(2 * SALT_BYTES)
            salts = (salt[:SALT_BYTES], salt[SALT_BYTES:])
            link = linked(entry, number=number, before=before, salts=salts)
            rows.append({"number": number, **vars(entry), **vars(link)})
            before = link.own
        return rows

    def _newest(self) -> tuple[int, bytes]:
        if self._head is None:
            row = read_one(self._work, _HEAD)
            self._head = (row[0], row[1] or b"") if row is not None else (0, b"")
        return self._head


def _entry_of(row: Any) -> Entry:  # noqa: ANN401 - of the mapper or of a statement
    return Entry(at=row.at, who=row.who, what=row.what, subject=row.subject, why=row.why)


def _link_of(row: Any) -> Link | None:  # noqa: ANN401 - rows of a statement have no type of their own
    told = (row.subject_digest, row.why_digest, row.before, row.own)
    if None in told:
        return None
    return Link(
        subject_salt=row.subject_salt,
        subject_digest=row.subject_digest,
        why_salt=row.why_salt,
        why_digest=row.why_digest,
        before=row.before,
        own=row.own,
    )


def _account_of(row: Any) -> Account:  # noqa: ANN401 - of the mapper or of a statement
    return Account(
        email=row.email,
        name=row.name,
        role=Role(row.role),
        password_hash=row.password_hash,
        created_at=row.created_at,
    )


class SqlAccounts:
    """People who may log in."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, email: str) -> Account | None:
        """Return an account, whatever the case of the address."""
        row = fetch(self._work, AccountRow, email.casefold())
        return _account_of(row) if row is not None else None

    def save(self, account: Account) -> None:
        """Insert or replace an account."""
        row = AccountRow(
            email_key=account.email.casefold(),
            email=account.email,
            name=account.name,
            role=account.role.value,
            password_hash=account.password_hash,
            created_at=account.created_at,
        )
        put(self._work, row, otherwise=f"The account {account.email} cannot be stored.")

    def remove(self, email: str) -> None:
        """Take an account away, whatever the case of the address; nothing happens where there is none."""
        changed(self._work, delete(AccountRow).where(col(AccountRow.email_key) == email.casefold()))

    def all(self) -> tuple[Account, ...]:
        """Return every account by its address, case aside."""
        rows = self._work.orm.exec(select(AccountRow)).all()
        # sorted here: databases disagree about the order of letters
        return tuple(_account_of(row) for row in sorted(rows, key=lambda row: row.email_key))

    def count(self) -> int:
        """Return how many accounts there are."""
        return self._work.orm.exec(select(func.count()).select_from(AccountRow)).one()


class SqlPaces:
    """How long people take over a letter."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, who: str) -> Pace | None:
        """Return somebody's pace, whatever the case of the address."""
        row = fetch(self._work, PaceRow, who.casefold())
        if row is None:
            return None
        return Pace(who=row.who, seconds=row.seconds, gaps=row.gaps, last_at=row.last_at)

    def save(self, pace: Pace) -> None:
        """Insert or replace somebody's pace."""
        row = PaceRow(
            who_key=pace.who.casefold(),
            who=pace.who,
            seconds=pace.seconds,
            gaps=pace.gaps,
            last_at=pace.last_at,
        )
        put(self._work, row, otherwise=f"The pace of {pace.who} cannot be stored.")


class SqlLeases:
    """Roles that one process holds at a time."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def take(self, role: str, *, owner: str, until: datetime, now: datetime) -> bool:
        """Take or renew a role; return False while another owner's lease runs."""
        free = or_(col(LeaseRow.owner) == owner, col(LeaseRow.until) <= now)
        statement = update(LeaseRow).where(col(LeaseRow.role) == role, free)
        if changed(self._work, statement.values(owner=owner, until=until)) == 1:
            return True
        if fetch(self._work, LeaseRow, role) is not None:
            return False
        try:
            add(self._work, LeaseRow(role=role, owner=owner, until=until), otherwise="Taken meanwhile.")
        except BadInput:  # another process was faster
            return False
        return True

    def release(self, role: str, *, owner: str) -> None:
        """Give a role back; nothing happens where another owner holds it."""
        held = (col(LeaseRow.role) == role, col(LeaseRow.owner) == owner)
        changed(self._work, delete(LeaseRow).where(*held))
