"""`nanoreach mail fetch` and `mail read`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import Home, Json, ports_of
from agent.cli.output import emit_json, remark, say

if TYPE_CHECKING:
    from agent.adapters.mail_files import FileReading

FAILED = 1
PARTLY = 3
NOTHING_TO_DO = 4


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Answers and bounces.", no_args_is_help=True)
    group.command("fetch")(fetch)
    group.command("read")(read_files)
    app.add_typer(group, name="mail")


def fetch(home: Home = None, as_json: Json = False) -> None:
    """Read the mailbox: file answers and bounces, honour every no."""
    from agent.domain.errors import BadInput
    from agent.usecases.reading import fetch_mail

    ports = ports_of(home)
    if not ports.readers:
        raise BadInput(
            "No mailbox is configured. Set NANOREACH_IMAP_URL, for example imaps://user@host/INBOX."
        )
    report = fetch_mail(ports)
    if as_json:
        emit_json(report)
    else:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(report.kinds.items()))
        say(f"{report.new} new mails ({kinds or 'nothing to file'}); {report.unmatched} from nobody known.")
        if report.labelled:
            say(f"{report.labelled} that no rule knew were calmed by a model.")
    if report.label_problem:
        remark(f"nanoreach: {report.label_problem}")
    if report.problem:
        remark(f"nanoreach: {report.problem}")
        raise typer.Exit(FAILED)
    if not report.new and not report.kinds:
        raise typer.Exit(NOTHING_TO_DO)


def read_files(
    paths: Annotated[list[Path], typer.Argument(help="Messages, or folders of them.", metavar="PATH…")],
    home: Home = None,  # noqa: ARG001 - every command takes it; this one opens no home
    as_json: Json = False,
) -> None:
    """Read messages without touching the store, and say what they are."""
    from agent.adapters.mail_files import read_messages
    from agent.adapters.sense import learned_sense

    problems: list[str] = []
    readings = list(read_messages(paths, problems, sense=learned_sense))
    if as_json:
        emit_json(readings)
    else:
        _say_readings(readings)
    for problem in problems:
        remark(f"nanoreach: {problem}")
    if problems:
        raise typer.Exit(PARTLY if readings else FAILED)
    if not readings:
        remark("nanoreach: There is no message in it.")
        raise typer.Exit(NOTHING_TO_DO)


def _say_readings(readings: "list[FileReading]") -> None:
    for reading in readings:
        until = f", back on {reading.until}" if reading.until else ""
        say(f"{reading.file}: {reading.kind.value}{until}")
        for recipient in reading.recipients:
            say(f"  {recipient.address}: {'permanent' if recipient.permanent else 'not permanent'}")
