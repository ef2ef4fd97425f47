"""Requests to a model's endpoint: over few connections, and wherever the SDK would have gone."""

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import openai
import pytest

from agent.adapters.llm.wire import Wire
from tests.stub_llm import Reply

ANSWER = Reply(body=b'{"choices": []}')
KEY = "sk-a-key-of-our-own"


@dataclass
class Endpoint:
    """An endpoint that keeps connections: its address, and for each request its connection, path and key."""

    url: str = ""
    seen: list[tuple[Any, str, str]] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)

    @property
    def connections(self) -> int:
        """How many connections were opened."""
        return len({connection for connection, _, _ in self.seen})


@contextmanager
def an_endpoint(*replies: Reply) -> Iterator[Endpoint]:
    """Give these answers in turn, the last for ever; one with a delay ends its connection without a word."""
    endpoint, left = Endpoint(), list(replies)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            endpoint.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            endpoint.seen.append((self.client_address, self.path, self.headers["Authorization"]))
            reply = left.pop(0) if len(left) > 1 else left[0]
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)
            self.close_connection = bool(reply.delay)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    endpoint.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@contextmanager
def a_wire(url: str) -> Iterator[Wire]:
    with openai.OpenAI(api_key=KEY, base_url=url, max_retries=0) as client:
        wire = Wire(client, timeout=20.0)
        try:
            yield wire
        finally:
            wire.close()


def test_one_connection_carries_one_request_after_the_other() -> None:
    with an_endpoint(ANSWER) as endpoint, a_wire(endpoint.url) as wire:
        answers = {wire.post("/chat/completions", {"text": "é «»"}) for _ in range(3)}
    assert answers == {ANSWER.body}
    assert endpoint.connections == 1
    assert endpoint.bodies == [{"text": "é «»"}] * 3
    assert {seen[1:] for seen in endpoint.seen} == {("/v1/chat/completions", f"Bearer {KEY}")}


def test_a_connection_that_the_endpoint_ended_meanwhile_is_not_used_again() -> None:
    ended = Reply(body=ANSWER.body, delay=1)
    with an_endpoint(ended, ANSWER) as endpoint, a_wire(endpoint.url) as wire:
        wire.post("/chat/completions", {})
        threading.Event().wait(0.1)
        assert wire.post("/chat/completions", {}) == ANSWER.body
    assert endpoint.connections == 2


def test_nothing_stays_open_when_an_answer_comes_after_the_end() -> None:
    with an_endpoint(ANSWER) as endpoint, a_wire(endpoint.url) as wire:
        wire.close()
        answers = {wire.post("/chat/completions", {}) for _ in range(2)}
    assert answers == {ANSWER.body}
    assert endpoint.connections == 2  # none was kept


def test_a_failure_leaves_its_connection_usable() -> None:
    with an_endpoint(Reply(status=429, body=b"{}"), ANSWER) as endpoint, a_wire(endpoint.url) as wire:
        with pytest.raises(openai.RateLimitError):
            wire.post("/chat/completions", {})
        assert wire.post("/chat/completions", {}) == ANSWER.body
    assert endpoint.connections == 1


def test_a_packed_answer_is_unpacked() -> None:
    packed = Reply(body=gzip.compress(ANSWER.body), headers={"Content-Encoding": "gzip"})
    with an_endpoint(packed) as endpoint, a_wire(endpoint.url) as wire:
        assert wire.post("/chat/completions", {}) == ANSWER.body


def test_an_endpoint_that_moved_is_followed() -> None:
    with an_endpoint(ANSWER) as new:
        moved = Reply(status=307, headers={"Location": f"{new.url}/elsewhere"})
        with an_endpoint(moved) as old, a_wire(old.url) as wire:
            assert wire.post("/chat/completions", {}) == ANSWER.body
    assert [path for _, path, _ in new.seen] == ["/v1/elsewhere"]


@pytest.mark.parametrize("name", ["HTTP_PROXY", "ALL_PROXY"])
def test_a_proxy_that_the_environment_names_is_gone_through(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in ("http_proxy", "all_proxy", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(each, raising=False)
    with an_endpoint(ANSWER) as proxy:
        monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))
        with a_wire("http://model.example/v1") as wire:
            assert wire.post("/chat/completions", {}) == ANSWER.body
    assert [path for _, path, _ in proxy.seen] == ["http://model.example/v1/chat/completions"]


def test_an_endpoint_that_says_nothing_sensible_is_no_connection() -> None:
    with an_endpoint(Reply(status=99)) as endpoint, a_wire(endpoint.url) as wire:
        with pytest.raises(openai.APIConnectionError) as caught:
            wire.post("/chat/completions", {})
        assert KEY not in repr(caught.value.request.headers)
