"""`nanoreach init` and `doctor`."""

from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import Home, Json, settings_of
from agent.cli.output import emit_json, remark, say

if TYPE_CHECKING:
    from agent.cli.doctor import Check
    from agent.settings import Settings

FAILED = 1


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("init")(init)
    app.command("doctor")(doctor)


def init(home: Home = None, as_json: Json = False) -> None:
    """Make the home and bring the database up to date; safe to repeat."""
    from agent.bootstrap import migrate, prepare_home

    settings = settings_of(home)
    prepare_home(settings)
    revision = migrate(settings)
    if as_json:
        emit_json({"home": settings.home, "revision": revision})
    else:
        say(f"{settings.home} is ready (schema {revision}).")
        say("Next: nanoreach import brand BRAND.yaml, then nanoreach import creators FILE")


def doctor(
    part: Annotated[
        str,
        typer.Argument(
            help="mail: whether letters arrive well (server, SPF, DKIM, DMARC).", metavar="[mail]"
        ),
    ] = "",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Look at configuration, names, model, database and mailbox, and say in plain sentences what is wrong."""
    checks = _examined(part, settings_of(home))
    if as_json:
        emit_json(checks)
    else:
        for check in checks:
            say(f"{'ok  ' if check.is_well else 'FAIL'}  {check.name}: {check.sentence}")
    unwell = [check for check in checks if not check.is_well]
    if unwell:
        remark(f"nanoreach: {len(unwell)} of {len(checks)} checks need attention.")
        raise typer.Exit(FAILED)


def _examined(part: str, settings: "Settings") -> "tuple[Check, ...]":
    match part:
        case "":
            from agent.cli.doctor import examine

            return examine(settings)
        case "mail":
            from agent.adapters.dns_texts import DnsTexts
            from agent.cli.doctor_mail import examine_mail

            return examine_mail(settings, DnsTexts())
        case _:
            from agent.domain.errors import BadInput

            raise BadInput(
                f"“{part}” is nothing to look at; write nanoreach doctor, or nanoreach doctor mail."
            )
