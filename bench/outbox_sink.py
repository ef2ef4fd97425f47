"""A mail server in a process of its own, which writes down what it accepts before it says so.

As quick as a server in Python can be: it keeps nothing of a letter but its Message-ID and its recipient. Run
as `python -m bench.outbox_sink LOG DELAY DURABLE`; it prints its port once it listens.
"""

import asyncio
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_ID = re.compile(rb"^Message-ID:[ \t]*(?:\r\n[ \t]+)?(<[^>\r\n]+>)", re.IGNORECASE | re.MULTILINE)
_A_LINE = 60
_END = b"\r\n.\r\n"


class Accepted:
    """What a sink has accepted, read from its log."""

    def __init__(self, log: Path, port: int) -> None:
        self._log = log
        self.port = port

    @property
    def counts(self) -> Counter[str]:
        """How often each Message-ID was accepted."""
        lines = self._log.read_text(encoding="utf-8").splitlines() if self._log.exists() else []
        return Counter(line.partition("\t")[0] for line in lines)

    @property
    def bytes(self) -> int:
        """How long the log is."""
        return self._log.stat().st_size if self._log.exists() else 0

    def wait_for_more(self, letters: int, *, alive: Callable[[], bool], at_most: float) -> None:
        """Return once so many more letters were accepted, nobody is alive who sends, or time is up (s)."""
        deadline, known = time.monotonic() + at_most, self.bytes
        one = len(self._log.read_bytes().partition(b"\n")[0]) if known else _A_LINE
        while self.bytes - known < letters * one and alive() and time.monotonic() < deadline:
            time.sleep(0.002)

    @property
    def people(self) -> Counter[str]:
        """How often something was accepted for each recipient."""
        lines = self._log.read_text(encoding="utf-8").splitlines() if self._log.exists() else []
        return Counter(line.partition("\t")[2] for line in lines)


@contextmanager
def sink(log: Path, *, delay: float = 0.0, durable: bool = True) -> Iterator[Accepted]:
    """Run a sink on loopback; `delay` are seconds from acceptance to its 250, `durable` an fsync before."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.outbox_sink", str(log), str(delay), str(int(durable))],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield Accepted(log, int(process.stdout.readline()))
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


class _Dialogue(asyncio.Protocol):
    def __init__(self, log: int, *, delay: float, durable: bool) -> None:
        self._log, self._delay, self._durable = log, delay, durable
        self._buffer = b""
        self._recipient = ""
        self._in_text = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._say(b"220 sink ready")

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while self._take():
            pass

    def _take(self) -> bool:
        end = _END if self._in_text else b"\r\n"
        head, found, rest = self._buffer.partition(end)
        if not found:
            return False
        self._buffer = rest
        if self._in_text:
            self._in_text = False
            self._accept(head)
        else:
            self._answer(head)
        return True

    def _answer(self, line: bytes) -> None:
        verb = line[:4].upper()
        if verb == b"EHLO":
            self._say(b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 33554432")
        elif verb == b"RCPT":
            self._recipient = line.partition(b"<")[2].partition(b">")[0].decode()
            self._say(b"250 OK")
        elif verb == b"DATA":
            self._in_text = True
            self._say(b"354 go on")
        elif verb == b"QUIT":
            self._say(b"221 bye")
            self._transport.close()
        else:
            self._say(b"250 OK")

    def _accept(self, text: bytes) -> None:
        found = _ID.search(text)
        os.write(self._log, f"{found[1].decode() if found else '?'}\t{self._recipient}\n".encode())
        if self._durable:
            os.fsync(self._log)
        if self._delay:
            asyncio.get_running_loop().call_later(self._delay, self._say, b"250 accepted")
        else:
            self._say(b"250 accepted")

    def _say(self, words: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(words + b"\r\n")


async def _serve(log: Path, *, delay: float, durable: bool) -> None:
    descriptor = os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    server = await asyncio.get_running_loop().create_server(
        lambda: _Dialogue(descriptor, delay=delay, durable=durable), "127.0.0.1", 0
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), delay=float(sys.argv[2]), durable=sys.argv[3] == "1"))
