"""Text records from the DNS; the only module that imports dns."""

from typing import TYPE_CHECKING

from agent.domain.errors import Unavailable

if TYPE_CHECKING:
    from dns.resolver import Resolver

_PATIENCE = 5.0
"""Seconds for one question, all servers and tries included."""


class DnsTexts:
    """Asks the machine's resolver, or the one that it is given."""

    def __init__(self, resolver: "Resolver | None" = None, *, patience: float = _PATIENCE) -> None:
        self._resolver = resolver
        self._patience = patience

    def __call__(self, name: str) -> tuple[str, ...]:
        """Return a name's texts, none where it has none; raise Unavailable where nobody answers."""
        from dns.exception import DNSException
        from dns.resolver import NXDOMAIN, NoAnswer, Resolver

        resolver = self._resolver or Resolver()
        try:
            answer = resolver.resolve(name, "TXT", lifetime=self._patience)
        except (NXDOMAIN, NoAnswer):
            return ()
        except DNSException as error:
            raise Unavailable(f"the DNS does not answer about {name}; try again") from error
        return tuple(b"".join(record.strings).decode("utf-8", "replace") for record in answer)
