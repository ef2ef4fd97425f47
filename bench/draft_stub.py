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
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
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


class Model:
    """What all connections of the other process share."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.seen = Seen()
        self.chance = random.Random(plan.seed)
        self._busy = time.process_time()

    def told(self) -> Mapping[str, object]:
        """Return what was seen since the last time this was asked."""
        seen, self.seen = self.seen, Seen()
        seen.busy, self._busy = time.process_time() - self._busy, time.process_time()
        return vars(seen)


class Connection(asyncio.Protocol):
    """Answers the requests of one connection, one after the other; no more work than that takes."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._received = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where answers go."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, _error: Exception | None) -> None:
        """Forget it: the client is done, or dead."""
        self._transport = None

    def data_received(self, data: bytes) -> None:
        """Begin with a request as soon as all of it is there."""
        self._received += data
        head, end, rest = self._received.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        size = int(length[1]) if length else 0
        if not end or len(rest) < size:
            return
        self._received = rest[size:]
        if head.startswith(b"GET /seen"):
            self._send(200, self._model.told())
        else:
            self._begin(bytes(rest[:size]))

    def _begin(self, body: bytes) -> None:
        seen, plan, now = self._model.seen, self._model.plan, time.monotonic()
        seen.first, seen.last = seen.first or now, now
        draw = self._model.chance.random()
        seen.most = max(seen.most, seen.in_flight + 1)
        if draw < plan.busy:
            seen.statuses[429] += 1
            wait = self._model.chance.choice(("0.05", "0.2"))
            self._send(429, _error("rate_limit"), f"Retry-After: {wait}\r\n")
        elif draw < plan.busy + plan.broken:
            seen.statuses[500] += 1
            self._send(500, _error("server_error"))
        else:
            seen.in_flight += 1
            told = json.loads(body)["messages"][-1]["content"]
            seen.questions[question(told)] += (
                1  # when it is asked: whoever asked may be dead when it is answered
            )
            asyncio.get_running_loop().call_later(plan.latency, self._answer, seen, told)

    def _answer(self, begun: Seen, told: str) -> None:
        begun.in_flight -= 1
        seen = self._model.seen
        seen.statuses[200] += 1
        seen.tokens += sum(_TOKENS)
        self._send(200, completion(told))

    def _send(self, status: int, body: Mapping[str, object], headers: str = "") -> None:
        if self._transport is None:
            return
        raw = json.dumps(body).encode()
        length = f"Content-Length: {len(raw)}\r\n"
        head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{length}{headers}\r\n"
        self._transport.write(head.encode() + raw)


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
    model = Model(plan)
    server = await asyncio.get_running_loop().create_server(lambda: Connection(model), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(_serve(Plan(**json.loads(sys.argv[1]))))
