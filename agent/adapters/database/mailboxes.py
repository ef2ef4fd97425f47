"""Mailboxes of ours that were stopped, and what counts against each, in SQL."""

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import Row as Record
from sqlalchemy import func, insert
from sqlmodel import col, select

from agent.adapters.database.statements import fetch, put
from agent.adapters.database.tables import MailboxRow, TroubleRow
from agent.adapters.database.work import Work
from agent.domain.mailbox import Mailbox, Trouble


class SqlMailboxes:
    """Mailboxes that were stopped, and what counts against each."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, address: str) -> Mailbox | None:
        """Return a mailbox that was stopped at least once."""
        row = fetch(self._work, MailboxRow, address.casefold())
        return _mailbox_of(row) if row is not None else None

    def save(self, mailbox: Mailbox) -> None:
        """Insert or replace a mailbox."""
        row = MailboxRow(
            address=mailbox.address.casefold(),
            paused_at=mailbox.paused_at,
            reason=mailbox.reason,
            lifted_at=mailbox.lifted_at,
            lifted_by=mailbox.lifted_by,
        )
        put(self._work, row, otherwise=f"The mailbox {mailbox.address} was stored at the same moment.")

    def paused(self) -> tuple[Mailbox, ...]:
        """Return the mailboxes from which nothing may leave, by address."""
        query = select(MailboxRow).where(col(MailboxRow.paused_at).is_not(None))
        return tuple(map(_mailbox_of, self._work.orm.exec(query.order_by(col(MailboxRow.address)))))

    def note(self, address: str, trouble: Trouble, *, at: datetime) -> None:
        """Count a trouble against a mailbox."""
        row = {"mailbox": address.casefold(), "trouble": trouble.value, "at": at}
        self._work.orm.execute(insert(TroubleRow).values(row))

    def troubles(self, address: str, *, since: datetime) -> Counter[Trouble]:
        """Return how many troubles a mailbox met since a moment."""
        recent = (col(TroubleRow.mailbox) == address.casefold(), col(TroubleRow.at) >= since)
        query = select(TroubleRow.trouble, func.count()).where(*recent).group_by(col(TroubleRow.trouble))
        return Counter({Trouble(name): count for name, count in self._work.orm.exec(query)})


def _mailbox_of(row: MailboxRow | Record[Any]) -> Mailbox:
    return Mailbox(
        address=row.address,
        paused_at=row.paused_at,
        reason=row.reason,
        lifted_at=row.lifted_at,
        lifted_by=row.lifted_by,
    )
