"""`nanoreach serve`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import Home, ports_of, settings_of
from agent.cli.output import remark, say
from agent.cli.shortlisting import habits_of

if TYPE_CHECKING:
    from socket import socket

    from agent.ports import Ports
    from agent.settings import Settings
    from agent.web.config import DeskConfig

Entry = Callable[[str, bytes], str]
"""Makes the address to open, from the desk's own address and its key."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve")(serve)


def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 8000,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    home: Home = None,
) -> None:
    """Open the desk. The first time it prints a link that makes the first account."""
    settings = settings_of(home)
    ports = ports_of(home)
    run_desk(ports, settings, host=host, port=port, entry=_setup_entry(ports))


def run_desk(
    ports: "Ports", settings: "Settings", *, host: str, port: int, entry: Entry | None = None
) -> None:
    """Serve the desk until it is stopped; `entry` makes the address to open from the desk's own."""
    import uvicorn

    from agent.bootstrap import secret_key
    from agent.web.app import create_app

    key = secret_key(settings)
    with listening(host, port) as listener:
        base = f"http://{host}:{listener.getsockname()[1]}"
        say(entry(base, key) if entry is not None else base)
        server = uvicorn.Server(
            uvicorn.Config(
                create_app(ports, _config(settings, key)), log_level="warning", server_header=False
            )
        )
        server.run(sockets=[listener])


def listening(host: str, port: int) -> "socket":
    """Return a socket that takes connections; raises Unavailable where the port cannot be used."""
    import socket

    from agent.domain.errors import Unavailable

    # named TCP, else asyncio leaves Nagle's algorithm on, and every page waits 40 ms for an acknowledgement
    listener = socket.socket(proto=socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise Unavailable(
            f"Port {port} of {host} cannot be used: {error.strerror}. Choose another with --port."
        ) from error
    listener.listen()  # who opens the link at once waits instead of being refused
    return listener


def demo_entry(ports: "Ports") -> Entry:
    """Return what makes a link that logs in to a demo's desk without a password, once."""
    import secrets

    from agent.domain.people import Role
    from agent.usecases.accounts import create_login_link
    from agent.usecases.accounts import register as register_account

    email = "you@demo.example"
    register_account(ports, email=email, name="You", role=Role.MANAGER, password=secrets.token_urlsafe(32))
    return lambda base, key: create_login_link(ports, key=key, base_url=base, email=email)


def _setup_entry(ports: "Ports") -> Entry:
    from agent.usecases.accounts import create_setup_link

    def entry(base: str, key: bytes) -> str:
        link = create_setup_link(ports, key=key, base_url=base)
        if link is None:
            return base
        remark("Nobody can log in yet. Open this link once to make the first account:")
        return link

    return entry


def _config(settings: "Settings", key: bytes) -> "DeskConfig":
    from zoneinfo import ZoneInfo

    from agent.web.config import DeskConfig

    return DeskConfig(
        secret_key=key,
        allowed_hosts=settings.allowed_hosts,
        public_url=settings.public_url,
        secure_cookies=bool(settings.public_url and settings.public_url.startswith("https://")),
        zone=ZoneInfo(settings.zone),
        habits=habits_of(settings),
    )
