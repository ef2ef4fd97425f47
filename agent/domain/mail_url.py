"""What the addresses of mail servers have in common."""

from urllib.parse import SplitResult, urlsplit

from agent.domain.errors import BadInput

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Hosts on this machine: the only ones to which a password may go unencrypted."""


def split_mail_url(url: str, *, setting: str) -> tuple[SplitResult, int | None]:
    """Return a URL's parts and its port; raises BadInput naming the setting and none of its secrets."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        # the library's sentence may quote a piece of the password
        raise BadInput(
            f"{setting} cannot be read as a URL; characters such as / [ ] # ? : @ in user or password are "
            "written with % (RFC 3986)."
        ) from None
    return parts, port
