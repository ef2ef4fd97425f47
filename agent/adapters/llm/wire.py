"""Carries requests to an endpoint and answers back, over connections that are kept.

langchain says what is asked, the SDK where and with which headers, and the SDK tells what a failure is. What
both build between that and the socket, request by request, costs more processor time than the rest of the
call; here are one socket and the standard library's HTTP in its place. Where the way leads through a proxy,
or to another address, the SDK goes it itself.
"""

import json
import select
import threading
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.request import getproxies, proxy_bypass

_KEPT = 5.0
"""Seconds after which an idle connection is not used again, as with httpx: somebody may have cut it off."""
_OK = 200
_ELSEWHERE = range(300, 400)


class Wire:
    """Posts JSON through an SDK's client. Safe for threads; `close` ends what it opened itself."""

    def __init__(self, client: Any, *, timeout: float) -> None:  # noqa: ANN401 - openai.OpenAI, not imported yet
        """Take the SDK's client, and the seconds for connecting and for each wait for an answer."""
        self._client = client
        self._timeout = timeout
        self._url = client.base_url
        self._is_direct = _is_direct(self._url)
        told = {**client.auth_headers, **client.default_headers}
        # the SDK marks headers that are left out by something that is no text
        self._headers = {name: value for name, value in told.items() if isinstance(value, str)}
        self._context = self._trusted() if self._url.scheme == "https" else None
        self._idle: list[tuple[HTTPConnection, float]] = []
        self._is_closed = False
        self._lock = threading.Lock()

    def post(self, path: str, body: Mapping[str, object]) -> bytes:
        """Return the answer to a body posted to a path under the endpoint; raises openai.OpenAIError."""
        if self._is_direct:
            sent = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
            status, headers, answer = self._exchanged(path, sent)
            if status == _OK and "Content-Encoding" not in headers:
                return answer
            if status not in _ELSEWHERE:
                return self._read(status, headers, answer)
        by_sdk: bytes = self._client.post(path, body=body, cast_to=bytes)
        return by_sdk

    def close(self) -> None:
        """End the connections: those that wait for a request now, the others when they have their answer."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for connection, _ in idle:
            connection.close()

    # --- one request ------------------------------------------------------------------------------

    def _exchanged(self, path: str, sent: bytes) -> tuple[int, HTTPMessage, bytes]:
        import openai

        connection = self._taken()
        try:
            connection.request("POST", self._url.path.rstrip("/") + path, sent, self._headers)
            response = connection.getresponse()
            answer = response.read()
        except TimeoutError as error:
            connection.close()
            raise openai.APITimeoutError(request=self._request()) from error
        except (OSError, HTTPException) as error:
            connection.close()
            raise openai.APIConnectionError(request=self._request()) from error
        self._put_back(connection, response)
        return response.status, response.headers, answer

    def _read(self, status: int, headers: HTTPMessage, answer: bytes) -> bytes:
        """Return a packed answer's text; raise what the SDK says of a failure."""
        import httpx2

        response = httpx2.Response(
            status, headers=list(headers.items()), content=answer, request=self._request()
        )
        if status == _OK:
            return response.content
        # every SDK error has its own class by status, and this is where they are told apart
        failed: Exception = self._client._make_status_error_from_response(response)  # noqa: SLF001 - as said
        raise failed

    def _request(self) -> Any:  # noqa: ANN401 - what the SDK's errors carry; without headers, so without the key
        import httpx2

        return httpx2.Request("POST", self._url)

    # --- connections ------------------------------------------------------------------------------

    def _taken(self) -> HTTPConnection:
        """Return the connection that was used last, where it is open still; else a new one."""
        while True:
            with self._lock:
                connection, used_at = self._idle.pop() if self._idle else (None, 0.0)
            if connection is None:
                return self._opened()
            if time.monotonic() - used_at < _KEPT and not _was_ended(connection):
                return connection
            connection.close()

    def _opened(self) -> HTTPConnection:
        host, port = self._url.host, self._url.port
        if self._context is None:
            return HTTPConnection(host, port, timeout=self._timeout)
        return HTTPSConnection(host, port, timeout=self._timeout, context=self._context)

    def _put_back(self, connection: HTTPConnection, response: HTTPResponse) -> None:
        with self._lock:
            is_kept = not (response.will_close or self._is_closed)
            if is_kept:
                self._idle.append((connection, time.monotonic()))
        if not is_kept:
            connection.close()

    def _trusted(self) -> Any:  # noqa: ANN401 - ssl.SSLContext
        """Return whom httpx would trust: its own list, or the one that SSL_CERT_FILE names."""
        import httpx2

        return httpx2.create_ssl_context()


def _is_direct(url: Any) -> bool:  # noqa: ANN401 - httpx2.URL
    """Return whether a socket leads to an endpoint: no proxy, and nothing in its URL but host and path."""
    proxies = getproxies()
    through_proxy = (url.scheme in proxies or "all" in proxies) and not proxy_bypass(url.host)
    return url.scheme in {"http", "https"} and not url.userinfo and not url.query and not through_proxy


def _was_ended(connection: HTTPConnection) -> bool:
    """Return whether the other side closed a connection, or says something that nobody asked for."""
    if connection.sock is None:
        return True
    poll = select.poll()
    poll.register(connection.sock, select.POLLIN)
    return bool(poll.poll(0))
