"""Sessions that were ended before their time, in the journal: every process knows, after a restart too."""

from datetime import datetime
from hashlib import sha256

from agent.domain.errors import NotFound
from agent.domain.people import Entry
from agent.ports import Ports, Transaction

_LEFT = "logged out"
_ALL_ENDED = "sessions ended"


def end_session(ports: Ports, session_id: str, *, by: str) -> None:
    """Make one session worthless wherever its cookie was copied to; a second time changes nothing."""
    at = ports.clock.now()
    subject = _session(session_id)
    with ports.store.write() as tx:
        if not tx.journal.of(subject):
            tx.journal.add(Entry(at=at, who=by, what=_LEFT, subject=subject))


def end_sessions_of(ports: Ports, email: str, *, by: str, why: str = "") -> None:
    """Make every session of an account worthless that was opened until now; raises NotFound."""
    at = ports.clock.now()
    with ports.store.write() as tx:
        account = tx.accounts.get(email)
        if account is None:
            raise NotFound("account", email)
        note_sessions_ended(tx, account.email, by=by, at=at, why=why)


def note_sessions_ended(tx: Transaction, email: str, *, by: str, at: datetime, why: str) -> None:
    """Make every session of an account worthless, as part of another change."""
    tx.journal.add(Entry(at=at, who=by, what=_ALL_ENDED, subject=_all_of(email), why=why))


def has_ended(tx: Transaction, session_id: str, *, email: str, opened_at: datetime) -> bool:
    """Return whether a session was ended by itself or with all the others of its account."""
    if tx.journal.of(_session(session_id)):
        return True
    return any(entry.at >= opened_at for entry in tx.journal.of(_all_of(email)))


def _session(session_id: str) -> str:
    # the id is half of a cookie: the journal holds what follows from it
    return f"session:{sha256(session_id.encode()).hexdigest()[:32]}"


def _all_of(email: str) -> str:
    return f"sessions:{email.casefold()}"
