"""What holds for every test: no network, no developer's settings, no download, no telemetry."""

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.postgres import binaries, throwaway

ROOT = Path(__file__).parents[1]
DNS = 53  # a resolver on loopback carries the question out of the machine
DEV_DATA = "NANOREACH_DEV_DATA"
KEPT = {DEV_DATA, "NANOREACH_SCREENSHOTS"}

# Set before any library is imported, since most read these once.
for _name in [name for name in os.environ if name.startswith(("NANOREACH_", "OPENAI_", "LANGSMITH_"))]:
    if _name not in KEPT and not _name.startswith("NANOREACH_TEST_"):
        del os.environ[_name]  # a developer's own key or database never meets a test
os.environ |= {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "LANGSMITH_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
}

# a busy machine is slow, and a slow example is no failure
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> Iterator[None]:
    """Fail the test that reaches, or asks the way, beyond this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for method in ("connect", "connect_ex", "sendto", "sendmsg"):
            patch.setattr(socket.socket, method, _guard_socket(getattr(socket.socket, method)))
        for lookup in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
            patch.setattr(socket, lookup, _guard_lookup(getattr(socket, lookup)))
        yield


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The development data: too large, or not ours, to stand in the repository."""
    folder = Path(os.environ.get(DEV_DATA, ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no development data in {folder}; {DEV_DATA} names the folder that has it")
    return folder


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A migrated database, of the server that NANOREACH_TEST_POSTGRES_URL names or of our own cluster."""
    from agent.adapters.database import migrate

    named = os.environ.get("NANOREACH_TEST_POSTGRES_URL")
    if named:
        migrate(named)
        yield named
        return
    if binaries() is None:
        pytest.skip("no PostgreSQL on this machine; install Debian's package postgresql")
    with throwaway(durable=False) as url:
        migrate(url)
        yield url


def _guard_socket(call: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, *args: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            for address in (arg for arg in args if isinstance(arg, tuple)):
                host, port, *_ = address
                if not _is_loopback(host) or port == DNS:
                    self.close()  # callers close it for an OSError only
                    _fail(f"{host}:{port}")
        return call(self, *args)

    return guarded


def _guard_lookup(call: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(host: str | bytes | None, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host or "localhost"
        # this machine's own name: smtplib and aiosmtpd ask for it
        if not (_is_address(name) or _is_loopback(name) or name == socket.gethostname()):
            _fail(name)
        return call(host, *args, **kwargs)

    return guarded


def _fail(where: str) -> None:
    # pytest's own failure is no Exception: the code under test can't take it for a server that is down
    pytest.fail(
        f"A test reached for {where}. Tests stay on this machine: serve it on loopback, or use a fake."
    )


def _is_loopback(host: str) -> bool:
    if _is_address(host):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost" or host.endswith(".localhost")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
