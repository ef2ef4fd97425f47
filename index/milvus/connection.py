"""A connection to Milvus: which addresses are taken, how the client is loaded, what its failures mean."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from index.errors import ServerUnavailable

_SECONDS_TO_CONNECT = 10.0
_LITE = ".db"
_NO_SUCH_COLLECTION = 100
_REFUSED = ("unauthenticated", "auth check failure", "permission denied", "permissiondenied")
_REFUSING = {"UNAUTHENTICATED", "PERMISSION_DENIED"}
_NO_LITE = "milvus-lite is required"
_QUIET = "PYTHON_DOTENV_DISABLED"


class Connection:
    """The client for one address; connects when first asked for. A path that ends in .db is Milvus Lite."""

    def __init__(self, uri: str, *, token: str | None = None) -> None:
        """Take http://host:port or https://host:port, perhaps with /database behind it, or a *.db path.

        Raises ServerUnavailable for an address that is none of these, that holds a password, or that would
        carry the token across a network in clear.
        """
        self._uri = _checked(uri, has_token=token is not None)
        self._token = token or ""

    @property
    def where(self) -> str:
        """Name the server in a sentence; no secret is in it."""
        return f"Milvus Lite in {self._uri}" if self._uri.endswith(_LITE) else f"Milvus at {self._uri}"

    @cached_property
    def client(self) -> Any:  # noqa: ANN401 - pymilvus ships no types
        """Connect and return the client; ask for it inside `failures_named`."""
        from pymilvus import MilvusClient

        return MilvusClient(uri=self._uri, token=self._token, timeout=_SECONDS_TO_CONNECT)

    def close(self) -> None:
        """Let go of the connection, and of the files of Milvus Lite; the next call connects again."""
        client = self.__dict__.pop("client", None)
        if client is None:
            return
        client.close()
        if self._uri.endswith(_LITE):
            from milvus_lite.server_manager import server_manager_instance

            server_manager_instance.release_server(self._uri)

    @contextmanager
    def failures_named(self) -> Iterator[None]:
        """Turn failures of client and network into ServerUnavailable; no sentence repeats the token."""
        failure, broken = _failures()
        try:
            yield
        except failure as reason:
            raise ServerUnavailable(self._sentence(reason)) from reason
        except broken as reason:
            kind = type(reason).__name__
            raise ServerUnavailable(f"{self.where} broke off ({kind}); try again.") from reason

    def _sentence(self, reason: Any) -> str:  # noqa: ANN401 - pymilvus ships no types
        said = " ".join(str(reason.message).split())
        lower = said.lower()
        if _is_refused(reason) or any(word in lower for word in _REFUSED):
            return f"{self.where} refuses the token, or its user may not do this; check the token's file."
        if _NO_LITE in said:
            return f"{self.where} needs the package milvus-lite; install it with: pip install milvus-lite"
        if "local milvus" in said:
            return (
                f"{self.where} cannot be opened: its folder has to exist, one process at a time may have it "
                "open, and files of milvus-lite before 3.0 are not read."
            )
        if "connect" in lower or "unavailable" in lower:
            return f"{self.where} does not answer; check that it runs and that the address is right."
        if reason.code == _NO_SUCH_COLLECTION:
            return f"{self.where} has replaced the index that was being read; try again."
        return f"{self.where} refused: {said[:300]}"


def _is_refused(reason: BaseException) -> bool:
    """Return whether the network's own answer, which the client wraps, was a refusal."""
    seen: list[BaseException] = []
    while reason not in seen:  # the client raises errors from themselves
        code = getattr(reason, "code", None)
        if callable(code) and getattr(code(), "name", "") in _REFUSING:
            return True
        seen.append(reason)
        reason = reason.__cause__ or reason.__context__ or reason
    return False


def _checked(uri: str, *, has_token: bool) -> str:
    if "@" in uri:
        raise ServerUnavailable("The address of Milvus must not hold a password; put the token into a file.")
    if uri.endswith(_LITE) and "://" not in uri:
        return str(Path(uri).absolute())
    parts = urlsplit(uri)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ServerUnavailable(
            f"{uri} is no address of Milvus; write http://host:19530, https://host:port or a path that ends "
            "in .db."
        )
    if has_token and parts.scheme == "http" and not _is_this_machine(parts.hostname):
        raise ServerUnavailable(
            f"{uri} would carry the token in clear; use https://, or a tunnel to localhost."
        )
    return uri


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@cache
def _failures() -> tuple[type[Exception], type[Exception]]:
    """Load the client so that it changes nothing else: it would read .env files and log what it is sent."""
    before = os.environ.get(_QUIET)
    os.environ[_QUIET] = "1"
    try:
        from grpc import RpcError
        from pymilvus.exceptions import MilvusException
    except ImportError as reason:
        raise ServerUnavailable(
            "Searching in Milvus needs the package pymilvus; install it with: pip install 'nanoreach[milvus]'"
        ) from reason
    finally:
        if before is None:
            del os.environ[_QUIET]
        else:
            os.environ[_QUIET] = before
    for name in ("pymilvus", "milvus_lite"):
        # each failure is raised as well, and said once
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return MilvusException, RpcError
