"""What stands before every route: headers that keep the browser strict, and where a form came from."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # not no-referrer: it would make browsers send `Origin: null` with our own forms (Fetch, 3.2)
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}

OVER_TLS = {"Strict-Transport-Security": "max-age=31536000"}
"""A year, for this host alone: what else stands under its domain is not ours to decide (RFC 6797, 6.1)."""


def strict_headers(*, over_tls: bool) -> Mapping[str, str]:
    """Return the headers of every response; over TLS the browser is told to come back no other way."""
    return HEADERS | OVER_TLS if over_tls else HEADERS


class StrictHeaders:
    """Adds the security headers to every response; one that sets its own keeps it."""

    def __init__(self, app: ASGIApp, *, over_tls: bool) -> None:
        self._app = app
        self._headers = strict_headers(over_tls=over_tls)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_strict(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_strict)


def is_from_here(headers: Headers, *, public_url: str | None) -> bool:
    """Return whether a request came from a page of ours, as far as the browser tells.

    Browsers send Sec-Fetch-Site or Origin with every form; a program sends neither and is stopped by the
    form token.
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    return urlsplit(origin).netloc.lower() in _own_hosts(headers, public_url)


def _own_hosts(headers: Headers, public_url: str | None) -> set[str]:
    own = {headers.get("host", "").lower()}
    return own | ({urlsplit(public_url).netloc.lower()} if public_url else set())
