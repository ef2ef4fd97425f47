"""Mailboxes of ours that were stopped, and what counts against each, in memory."""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from agent.adapters.memory.tables import Tables
from agent.domain.mailbox import Mailbox, Trouble


class MemoryMailboxes:
    """Mailboxes that were stopped, and what counts against each."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, address: str) -> Mailbox | None:
        """Return a mailbox that was stopped at least once."""
        return self._tables.mailboxes.get(address.casefold())

    def save(self, mailbox: Mailbox) -> None:
        """Insert or replace a mailbox."""
        address = mailbox.address.casefold()
        self._tables.mailboxes[address] = replace(mailbox, address=address)

    def paused(self) -> tuple[Mailbox, ...]:
        """Return the mailboxes from which nothing may leave, by address."""
        mailboxes = sorted(self._tables.mailboxes.values(), key=lambda mailbox: mailbox.address)
        return tuple(mailbox for mailbox in mailboxes if mailbox.is_paused)

    def note(self, address: str, trouble: Trouble, *, at: datetime) -> None:
        """Count a trouble against a mailbox."""
        self._tables.troubles[len(self._tables.troubles)] = (address.casefold(), trouble, at)

    def troubles(self, address: str, *, since: datetime) -> Counter[Trouble]:
        """Return how many troubles a mailbox met since a moment."""
        met = self._tables.troubles.values()
        return Counter(trouble for of, trouble, at in met if of == address.casefold() and at >= since)
