"""`nanoreach demo`: the whole road on sample data, in a home that is thrown away."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import Json
from agent.cli.output import emit_json, remark, say

if TYPE_CHECKING:
    from agent.ports import Ports
    from agent.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    serve: Annotated[bool, typer.Option("--serve", help="Open the desk on the demo's letters.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The desk's port.")] = 8000,
    as_json: Json = False,
) -> None:
    """Show the whole road on sample brands and creators; no key, no network, nothing leaves this machine."""
    from agent.adapters.clock import FixedClock, SystemClock
    from agent.adapters.mail_folder import MailFolder
    from agent.bootstrap import build
    from agent.cli.demo_story import Stage, play, print_summary
    from agent.cli.rehearsing import room_of

    began = perf_counter()
    settings = _settings(Path(tempfile.mkdtemp(prefix="nanoreach-demo-")))
    clock = FixedClock(SystemClock().now())
    inbox = settings.home / "inbox"
    inbox.mkdir()
    ports = replace(build(settings, clock=clock), mail_reader=MailFolder(inbox))
    tell: Callable[[str], None] = remark if as_json else say
    tell(f"A home for this demo: {settings.home}")
    summary = play(Stage(ports=ports, clock=clock, inbox=inbox, room=room_of(settings), tell=tell))
    seconds = round(perf_counter() - began, 1)
    if as_json:
        emit_json({**_fields(summary), "home": settings.home, "seconds": seconds})
    else:
        print_summary(summary, home=settings.home, seconds=seconds)
    if serve:
        _serve(replace(ports, clock=SystemClock()), settings, port)
    else:
        tell("Read the letters on the desk: nanoreach demo --serve")


def _fields(summary: object) -> dict[str, object]:
    return dict(vars(summary))


def _settings(home: Path) -> "Settings":
    # a demo must reach nobody, whatever this machine is configured for
    from agent.settings import Settings

    defaults = {name: field.get_default() for name, field in Settings.model_fields.items() if name != "home"}
    return Settings.model_construct(home=home, **defaults)


def _serve(ports: "Ports", settings: "Settings", port: int) -> None:
    from agent.cli.desk import demo_entry, run_desk

    run_desk(ports, settings, host="127.0.0.1", port=port, entry=demo_entry(ports))
