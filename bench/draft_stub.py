"""A model on loopback, in a process of its own: it waits, counts, fails as told, quotes what it is shown.

Run as `python -m bench.draft_stub` with the plan as JSON on the command line; prints its port, then serves
until its stdin ends.
"""

import asyncio
import json
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.request import urlopen

_REF = re.compile(r"^ref\s?: (\S+?)(?:, (?:published on|publié le) ([^\n]+))?$", re.MULTILINE)
_TOKENS = (1100, 240)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How the model behaves: seconds per answer, and the parts of requests that get 429 and 500."""

    latency: float = 0.2
    busy: float = 0.0
    broken: float = 0.0
    seed: int = 7


@dataclass
class Seen:
    """What the model saw: requests by status, the most in flight at once, and answers by question.

    `busy` is the seconds of its own processor time.
    """

    statuses: Counter[int] = field(default_factory=Counter)
    questions: Counter[str] = field(default_factory=Counter)
    tokens: int = 0
    first: float = 0.0
    last: float = 0.0
    in_flight: int = 0
    most: int = 0
    busy: float = 0.0


@dataclass(frozen=True)
class Stub:
    """A running model, from outside."""

    url: str

    def seen(self) -> dict[str, Any]:
        """Return what it saw since the last time this was asked."""
        with urlopen(self.url.removesuffix("/v1") + "/seen", timeout=30) as answer:
            seen: dict[str, Any] = json.load(answer)
            return seen


@contextmanager
def stub(plan: Plan) -> Iterator[Stub]:
    """Serve until the end of the block, in another process: its work is not the client's."""
    command = [sys.executable, "-m", "bench.draft_stub", json.dumps(asdict(plan))]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield Stub(f"http://127.0.0.1:{process.stdout.readline().strip()}/v1")
    finally:
        process.communicate(timeout=30)


class Server:
    """The other process."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._seen = Seen()
        self._busy = time.process_time()
        self._chance = random.Random(plan.seed)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
                body = await reader.readexactly(int(length[1])) if length else b""
                if head.startswith("GET /seen"):
                    seen, self._seen = self._seen, Seen()
                    seen.busy, self._busy = time.process_time() - self._busy, time.process_time()
                    await self._send(writer, 200, vars(seen))
                else:
                    await self._answer(writer, body)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            return  # the client is done, or dead, or we are
        finally:
            writer.close()

    async def _answer(self, writer: asyncio.StreamWriter, body: bytes) -> None:
        seen, now = self._seen, time.monotonic()
        seen.first, seen.last = seen.first or now, now
        seen.in_flight += 1
        seen.most = max(seen.most, seen.in_flight)
        draw = self._chance.random()
        try:
            if draw < self._plan.busy:
                seen.statuses[429] += 1
                wait = self._chance.choice(("0.05", "0.2"))
                await self._send(writer, 429, _error("rate_limit"), f"Retry-After: {wait}\r\n")
                return
            if draw < self._plan.busy + self._plan.broken:
                seen.statuses[500] += 1
                await self._send(writer, 500, _error("server_error"))
                return
            await asyncio.sleep(self._plan.latency)
            told = json.loads(body)["messages"][-1]["content"]
            seen.statuses[200] += 1
            seen.questions[question(told)] += 1
            seen.tokens += sum(_TOKENS)
            await self._send(writer, 200, completion(told))
        finally:
            seen.in_flight -= 1

    async def _send(
        self, writer: asyncio.StreamWriter, status: int, body: Mapping[str, object], headers: str = ""
    ) -> None:
        raw = json.dumps(body).encode()
        length = f"Content-Length: {len(raw)}\r\n"
        head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{length}{headers}\r\n"
        writer.write(head.encode() + raw)
        await writer.drain()


def question(told: str) -> str:
    """Return what tells one question from another: the first text shown, and whether it is a second try."""
    found = _REF.search(told)
    again = "Correct exactly" in told or "Corrige exactement" in told
    return f"{found[1] if found else '?'}{' again' if again else ''}"


def completion(told: str) -> dict[str, Any]:
    """Return a letter that quotes the first text it was shown, with its proof."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "stub",
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": json.dumps(_letter(told), ensure_ascii=False)},
            }
        ],
        "usage": {
            "prompt_tokens": _TOKENS[0],
            "completion_tokens": _TOKENS[1],
            "total_tokens": sum(_TOKENS),
            "prompt_tokens_details": {"cached_tokens": 768},
        },
    }


def _letter(told: str) -> dict[str, Any]:
    found = _REF.search(told)
    assert found is not None, "a prompt without a text of the creator"
    text = told[found.end() :].strip().split("\n\n")[0]
    quote = " ".join(text.split()[:9]).rstrip(".,;:!?")
    day = f"On {found[2]}, you wrote" if found[2] else "You wrote"
    return {
        "subject": f"Your lines about {' '.join(text.split()[2:5]).rstrip('.,')}",
        "opening": [
            {
                "text": f"{day}: “{quote}”. That is why I am writing.",
                "receipts": [{"ref": found[1], "quote": quote}],
            }
        ],
        "bridge": [
            {
                "text": "At Second Evening we pack every kit by hand in a former upholstery shop.",
                "facts": ["shop"],
            }
        ],
        "ask": "Would you like to try one at home? A one-word answer is plenty, and no is fine too.",
    }


def _error(kind: str) -> dict[str, Any]:
    return {"error": {"message": "not now", "type": kind, "param": None, "code": kind}}


async def _serve(plan: Plan) -> None:
    server = await asyncio.start_server(Server(plan).handle, "127.0.0.1", 0, limit=2**22)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(_serve(Plan(**json.loads(sys.argv[1]))))
