"""A desk on a free port of this machine, and Debian's Chromium in front of it."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Request, sync_playwright

from agent.domain.people import Role
from agent.usecases.accounts import create_login_link
from tests.unit.web.world import World

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 10_000

Scheme = Literal["light", "dark"]


@dataclass(frozen=True, kw_only=True)
class LiveDesk:
    """A desk that answers on this machine."""

    world: World
    url: str

    def login_link(self, role: Role = Role.MANAGER) -> str:
        """Return a link that logs somebody with this role in."""
        email, key = self.world.account(role).email, self.world.config.secret_key
        return create_login_link(self.world.ports, key=key, base_url=self.url, email=email)


@dataclass(kw_only=True)
class Visitor:
    """A page, with everything that it asked for and complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def log_in(self, desk: LiveDesk, role: Role = Role.MANAGER) -> None:
        """Open the desk through a link that works once."""
        self.page.goto(desk.login_link(role))
        self.page.get_by_role("button", name="Open the desk").or_(
            self.page.get_by_role("button", name="Ouvrir le bureau")
        ).click()
        self.page.wait_for_url(f"{desk.url}/")

    def strangers(self, desk: LiveDesk) -> list[str]:
        """Return the requests that went anywhere else."""
        return [url for url in self.requests if not url.startswith((desk.url, "data:"))]


@pytest.fixture(scope="module")  # its event loop would be in the way of other tests
def chromium() -> Iterator[Browser]:
    """One browser for a module's tests."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no Chromium at {CHROMIUM}; `make system` installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def live_desk() -> Iterator[Callable[[World], LiveDesk]]:
    """Serve a world's desk until the test ends."""
    with contextmanager(serving)() as serve:
        yield serve


def serving() -> Iterator[Callable[[World], LiveDesk]]:
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def serve(world: World) -> LiveDesk:
        listener = socket.create_server(("127.0.0.1", 0))
        settings = uvicorn.Config(world.app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
        server = uvicorn.Server(settings)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        running.append((server, thread))
        return LiveDesk(world=world, url=f"http://127.0.0.1:{listener.getsockname()[1]}")

    yield serve
    for server, thread in running:
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture
def browser_page(chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """Open pages in contexts of their own; `width`, `scheme`, `javascript` and others per page."""
    contexts = []

    def open_page(
        *,
        width: int = 1280,
        height: int = 900,
        scheme: Scheme = "light",
        javascript: bool = True,
        locale: str = "en-GB",
        **options: Any,
    ) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=javascript,
            locale=locale,
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        visitor = Visitor(page=context.new_page())
        visitor.page.on("request", lambda request: visitor.requests.append(_address(request)))
        visitor.page.on("console", lambda message: _hear(visitor, message.type, message.text))
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        return visitor

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def screenshot(tmp_path: Path) -> Callable[..., Path]:
    """Save what a page looks like, in NANOREACH_SCREENSHOTS or the test's own folder."""
    folder = Path(os.environ.get("NANOREACH_SCREENSHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)

    def save(page: Page, name: str, **options: Any) -> Path:
        path = folder / f"{name}.png"
        page.screenshot(path=path, **options)
        return path

    return save


def _address(request: Request) -> str:
    return request.url


def _hear(visitor: Visitor, kind: str, text: str) -> None:
    if kind in {"error", "warning"}:
        visitor.complaints.append(f"{kind}: {text}")
