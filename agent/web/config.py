"""What the desk needs to know besides the ports."""

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from agent.usecases.wishes import HABITS, Habits

SHORTEST_KEY = 32


@dataclass(frozen=True, kw_only=True)
class DeskConfig:
    """How one desk is served.

    `allowed_hosts` are the names under which it answers; the host of `public_url` is always one of them.
    `zone` is the reader's. `seconds_per_letter` turns a number of letters into minutes for whoever has
    no known pace yet. `habits` are how the house counts when it chooses a shortlist.
    """

    secret_key: bytes = field(repr=False)
    allowed_hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    public_url: str | None = None
    secure_cookies: bool = False
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    session_lifetime: timedelta = timedelta(hours=12)
    seconds_per_letter: int = 30
    page_size: int = 50
    habits: Habits = HABITS

    def __post_init__(self) -> None:
        if len(self.secret_key) < SHORTEST_KEY:
            raise ValueError(f"secret_key needs at least {SHORTEST_KEY} bytes")

    def cookie(self, name: str) -> str:
        """Return what a cookie is called: __Host- ties it to this host over TLS (RFC 6265bis, 4.1.3.2)."""
        return f"__Host-{name}" if self.secure_cookies else name

    @property
    def hosts(self) -> tuple[str, ...]:
        """Every host name under which the desk answers, in lower case, without port."""
        public = urlsplit(self.public_url).hostname if self.public_url else None
        names = (*self.allowed_hosts, *((public,) if public else ()))
        return tuple(dict.fromkeys(name.lower() for name in names))
