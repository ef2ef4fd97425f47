"""Letters that are given to somebody to read."""

from collections.abc import Sequence

from agent.domain.draft import WAITING
from agent.domain.errors import BadInput
from agent.domain.people import MAY_DECIDE, Account, Entry
from agent.ports import DraftFilter, Ports, Transaction

AT_ONCE = 1000
"""So many letters are given away at once, the oldest first: as many as the queue counts."""


def reviewers(ports: Ports) -> tuple[Account, ...]:
    """Return who decides about letters, by name."""
    with ports.store.read() as tx:
        return _reviewers(tx)


def assign(ports: Ports, *, only: DraftFilter, to: Sequence[str], by: str) -> int:
    """Give the waiting letters that a filter lets through to these people in turn; return how many.

    To nobody: they are anybody's again. Raises BadInput where one of these people does not decide.
    """
    at = ports.clock.now()
    with ports.store.write() as tx:
        known = {account.email for account in _reviewers(tx)}
        for who in to:
            if who not in known:
                raise BadInput(f"{who} does not decide about letters, so nothing was assigned.")
        letters = [line.id for line in tx.drafts.lines(statuses=WAITING, only=only, limit=AT_ONCE)]
        readers: list[str | None] = [*to] or [None]
        for turn, whose in enumerate(readers):
            theirs = letters[turn :: len(readers)]
            tx.drafts.assign(theirs, to=whose)
            why = f"letters: {len(theirs)}"
            tx.journal.add(Entry(at=at, who=by, what="assigned", subject=whose or "nobody", why=why))
    return len(letters)


def give_back(tx: Transaction, who: str) -> None:
    """Give what somebody has to read back to anybody."""
    while theirs := tx.drafts.lines(statuses=WAITING, only=DraftFilter(assigned_to=who), limit=AT_ONCE):
        tx.drafts.assign((line.id for line in theirs), to=None)


def _reviewers(tx: Transaction) -> tuple[Account, ...]:
    deciding = (account for account in tx.accounts.all() if account.role in MAY_DECIDE)
    return tuple(sorted(deciding, key=lambda account: (account.name.casefold(), account.email)))
