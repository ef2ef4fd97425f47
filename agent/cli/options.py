"""Options that every command takes, and what they lead to."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from agent.ports import Clock, Ports
    from agent.settings import Settings

Home = Annotated[
    Path | None,
    typer.Option("--home", help="Where data lives (else NANOREACH_HOME).", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")]
By = Annotated[
    str | None, typer.Option("--by", help="Who decides (default: the system user).", show_default=False)
]
WriterName = Annotated[
    str, typer.Option("--writer", help="auto, openai or offline; auto takes the model where one is set up.")
]


def settings_of(home: Path | None) -> "Settings":
    """Return the settings, with the home of the command line."""
    from agent.settings import Settings

    return Settings.load(home=home)


def ports_of(home: Path | None, *, clock: "Clock | None" = None, with_ray: bool = False) -> "Ports":
    """Return the ports for the settings; with Ray, an index is built by it."""
    from agent.bootstrap import build

    return build(settings_of(home), clock=clock, with_ray=with_ray)


def decider(by: str | None) -> str:
    """Return the name under which a decision is recorded."""
    import getpass

    return by or getpass.getuser()


def moment(text: str) -> datetime:
    """Return the instant that an ISO 8601 date or time names, UTC where it names no zone.

    Raises BadInput for anything else.
    """
    from agent.domain.errors import BadInput

    try:
        parsed = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"“{text}” is no time; write for example 2026-11-28T09:00 or 2026-11-28.") from error
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
