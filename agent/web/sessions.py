"""Sessions: a signed cookie that says who is there, and form tokens that belong to it."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from threading import Lock

from itsdangerous import BadSignature, URLSafeSerializer

from agent.domain.people import Account
from agent.ports import Clock
from agent.web.config import DeskConfig

SESSION_COOKIE = "nanoreach"


@dataclass(frozen=True, kw_only=True)
class Session:
    """Who holds a cookie: `email` is empty for a visitor who has not logged in.

    `stamp` follows from the password, so that a new password ends every session of before.
    """

    id: str
    email: str
    stamp: str
    opened_at: datetime
    until: datetime


class Sessions:
    """Makes and reads sessions; ends those of visitors, which this process remembers until they expire."""

    def __init__(self, config: DeskConfig, clock: Clock) -> None:
        self._clock = clock
        self._key = config.secret_key
        self._lifetime: timedelta = config.session_lifetime
        self._serializer = URLSafeSerializer(
            config.secret_key, salt="nanoreach session", signer_kwargs={"digest_method": sha256}
        )
        self._ended: dict[str, datetime] = {}
        self._lock = Lock()

    def open(self, account: Account | None = None) -> Session:
        """Return a fresh session, for an account or for a visitor."""
        now = self._clock.now()
        return Session(
            id=secrets.token_urlsafe(24),
            email=account.email if account else "",
            stamp=stamp_of(account) if account else "",
            opened_at=now,
            until=now + self._lifetime,
        )

    def write(self, session: Session) -> str:
        """Return the cookie's value."""
        return str(
            self._serializer.dumps(
                [
                    session.id,
                    session.email,
                    session.stamp,
                    session.opened_at.timestamp(),
                    session.until.timestamp(),
                ]
            )
        )

    def read(self, value: str | None) -> Session | None:
        """Return the session of a cookie; None where it is missing, bent, over or ended."""
        try:
            name, email, stamp, *times = self._serializer.loads(value or "")
            opened_at, until = (datetime.fromtimestamp(each, UTC) for each in times)
        except (BadSignature, ValueError):
            return None
        session = Session(id=name, email=email, stamp=stamp, opened_at=opened_at, until=until)
        return session if session.until > self._clock.now() and session.id not in self._ended else None

    def end(self, session: Session) -> None:
        """Make the session of a visitor worthless: it holds nothing, but its form token was seen."""
        now = self._clock.now()
        with self._lock:
            self._ended = {name: until for name, until in self._ended.items() if until > now}
            self._ended[session.id] = session.until

    def form_token(self, session: Session) -> str:
        """Return the token that every form of this session carries."""
        return hmac.new(self._key, f"form {session.id}".encode(), sha256).hexdigest()

    def is_token(self, session: Session, token: str) -> bool:
        """Return whether a form came from a page of this session."""
        return hmac.compare_digest(self.form_token(session).encode(), token.encode())


def stamp_of(account: Account) -> str:
    """Return what ties a session to the password under which it was opened."""
    return sha256(account.password_hash.encode()).hexdigest()[:16]
