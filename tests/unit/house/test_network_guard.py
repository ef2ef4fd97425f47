"""The guard in tests/conftest.py: a test can't leave this machine, and notices when it tries."""

import asyncio
import os
import smtplib
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

OUTSIDE = "192.0.2.1"  # RFC 5737: documentation only, never routed
OUTSIDE_6 = "2001:db8::1"  # RFC 3849: the same for IPv6

refused = pytest.raises(pytest.fail.Exception, match="Tests stay on this machine")


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: socket.create_connection((OUTSIDE, 443), timeout=1),
        lambda: socket.create_connection(("example.org", 443), timeout=1),
        lambda: socket.getaddrinfo("example.org", 25),
        lambda: socket.getaddrinfo(b"example.org", 25),
        lambda: socket.gethostbyname("example.org"),
        lambda: socket.gethostbyname_ex("example.org"),
        lambda: socket.gethostbyaddr("example.org"),
        lambda: smtplib.SMTP("mail.example.org", 25, timeout=1),
    ],
)
def test_reaching_outside_fails_the_test(attempt: Callable[[], object]) -> None:
    with refused:
        attempt()


@pytest.mark.parametrize("host", [OUTSIDE, "0.0.0.0", "10.0.0.1"])
def test_no_address_but_loopback_is_connected_to(host: str) -> None:
    with socket.socket() as sock, refused:
        sock.connect((host, 80))
    with socket.socket() as sock, refused:
        sock.connect_ex((host, 80))


def test_ipv6_is_guarded_too() -> None:
    with socket.socket(socket.AF_INET6) as sock, refused:
        sock.connect((OUTSIDE_6, 80, 0, 0))


def test_datagrams_stay_at_home() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock:
        with refused:
            sock.sendto(b"?", (OUTSIDE, 9))
        with refused:
            sock.sendto(b"?", 0, (OUTSIDE, 9))
        with refused:
            sock.sendmsg([b"?"], [], 0, (OUTSIDE, 9))


def test_no_question_goes_to_a_resolver_on_loopback() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock, refused:
        sock.sendto(b"?", ("127.0.0.53", 53))


def test_asyncio_goes_through_the_guard() -> None:
    with refused:
        asyncio.run(_open(OUTSIDE))


def test_the_failure_is_not_swallowed_by_code_that_expects_a_network_error() -> None:
    assert not issubclass(pytest.fail.Exception, Exception)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.2"])
def test_loopback_is_open(host: str) -> None:
    with socket.create_server((host, 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_unix_sockets_are_open(tmp_path: Path) -> None:
    path = str(tmp_path / "socket")
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(path)
        server.listen()
        client.connect(path)
        assert client.getpeername() == path


def test_this_machine_may_know_its_own_name() -> None:
    assert socket.getfqdn()


def test_no_hub_no_tracing_and_no_key_of_the_developer() -> None:
    assert os.environ["HF_HUB_OFFLINE"] == os.environ["TRANSFORMERS_OFFLINE"] == "1"
    assert os.environ["LANGSMITH_TRACING"] == "false"
    assert "OPENAI_API_KEY" not in os.environ


async def _open(host: str) -> None:
    await asyncio.open_connection(host, 80)
