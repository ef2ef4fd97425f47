"""What the desk listens on."""

import asyncio
import socket

import pytest

from agent.cli.desk import listening
from agent.domain.errors import Unavailable


async def _accepted(listener: socket.socket) -> int:
    """Return whether asyncio sends what it has at once (TCP_NODELAY) on a connection of this listener."""
    taken: asyncio.Queue[int] = asyncio.Queue()

    async def take(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = writer.get_extra_info("socket")
        taken.put_nowait(line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async with await asyncio.start_server(take, sock=listener):
        _, writer = await asyncio.open_connection(*listener.getsockname())
        delay = await taken.get()
        writer.close()
        return delay


def test_a_page_leaves_without_waiting_for_an_acknowledgement() -> None:
    with listening("127.0.0.1", 0) as listener:
        assert asyncio.run(_accepted(listener))


def test_a_port_in_use_is_told() -> None:
    with listening("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(Unavailable, match=f"Port {port} of 127.0.0.1 cannot be used"):
            listening("127.0.0.1", port)
