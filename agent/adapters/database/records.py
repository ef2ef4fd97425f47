"""Suppressions, the journal, accounts and leases, in SQL."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, or_, update
from sqlalchemy import select as columns
from sqlmodel import col, select

from agent.adapters.database.statements import add, changed, fetch, put
from agent.adapters.database.tables import AccountRow, EntryRow, LeaseRow, Row, SuppressionRow
from agent.adapters.database.work import Work
from agent.domain.errors import BadInput
from agent.domain.people import Account, Entry, Role
from agent.domain.restored import Mark

_JOURNAL = Row.metadata.tables["journal"]
_ADD_ENTRY = insert(_JOURNAL)
_NEWEST = columns(_JOURNAL.c.number, _JOURNAL.c.at).order_by(_JOURNAL.c.number.desc()).limit(1)
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

    def add(self, *entries: Entry) -> None:
        """Append rows."""
        rows = [_values_of(entry) for entry in entries]
        if rows:
            self._work.connection().execute(_ADD_ENTRY, rows)

    def note(self, entry: Entry) -> Mark:
        """Append a row and return its place."""
        key = self._work.connection().execute(_ADD_ENTRY, _values_of(entry)).inserted_primary_key
        assert key is not None  # noqa: S101 - an INSERT of one row has its key
        return Mark(number=key[0], at=entry.at)

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
        return tuple(
            Entry(at=row.at, who=row.who, what=row.what, subject=row.subject, why=row.why) for row in rows
        )


def _values_of(entry: Entry) -> dict[str, Any]:
    return {
        "at": entry.at,
        "who": entry.who,
        "what": entry.what,
        "subject": entry.subject,
        "why": entry.why,
    }


class SqlAccounts:
    """People who may log in."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, email: str) -> Account | None:
        """Return an account, whatever the case of the address."""
        row = fetch(self._work, AccountRow, email.casefold())
        if row is None:
            return None
        return Account(
            email=row.email,
            name=row.name,
            role=Role(row.role),
            password_hash=row.password_hash,
            created_at=row.created_at,
        )

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

    def count(self) -> int:
        """Return how many accounts there are."""
        return self._work.orm.exec(select(func.count()).select_from(AccountRow)).one()


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
