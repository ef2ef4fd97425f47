"""A chat-completions endpoint on loopback that answers what a test tells it to."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

GOOD: Mapping[str, Any] = {
    "subject": "Votre publication du 2 juin",
    "opening": [
        {
            "text": "Le 2 juin, vous écriviez : « J’ai cousu quatre pochettes à savon ».",
            "receipts": [{"ref": "lison-0602", "quote": "J’ai cousu quatre pochettes à savon"}],
        }
    ],
    "bridge": [{"text": "Chez nous, le savon sèche six semaines.", "facts": ["cure"]}],
    "ask": "Cela vous ferait-il plaisir ? Un oui ou un non me suffit.",
}


@dataclass(frozen=True)
class Reply:
    """One scripted answer: a status, a body and headers, after a delay in seconds."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0


@dataclass
class StubModel:
    """The endpoint: its URL, and the requests it got."""

    url: str
    requests: list[dict[str, Any]] = field(default_factory=list)
    authorizations: list[str] = field(default_factory=list)


def completion(content: str | None, *, finish: str = "stop", **message: Any) -> Reply:
    """Return an answer with this content, as OpenAI words it."""
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "stub",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {"role": "assistant", "content": content, **message},
            }
        ],
        "usage": {"prompt_tokens": 1200, "completion_tokens": 300, "total_tokens": 1500},
    }
    return Reply(body=json.dumps(body).encode())


def good(**changes: Any) -> Reply:
    """Return a letter as asked for, with fields changed."""
    return completion(json.dumps(dict(GOOD) | changes, ensure_ascii=False))


def failing(status: int, *, code: str | None = None, message: str = "no", **headers: str) -> Reply:
    """Return an error as OpenAI words it."""
    error = {"error": {"message": message, "type": "error", "param": None, "code": code}}
    return Reply(status=status, body=json.dumps(error).encode(), headers=headers)


def slow(seconds: float) -> Reply:
    """Return a letter that comes late."""
    return Reply(body=good().body, delay=seconds)


@contextmanager
def stub_model(answer: Reply | Callable[[dict[str, Any]], Reply]) -> Iterator[StubModel]:
    """Serve one answer, or one made from each request, until the end of the block."""
    stub = StubModel(url="")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            stub.requests.append(request)
            stub.authorizations.append(self.headers.get("Authorization", ""))
            reply = answer(request) if callable(answer) else answer
            stopped.wait(reply.delay)
            try:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the client did not wait

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
            pass

    stopped = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    stub.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield stub
    finally:
        stopped.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
