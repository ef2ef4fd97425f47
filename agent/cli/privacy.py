"""`nanoreach privacy export` and `privacy forget`."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import By, Home, Json, decider, ports_of
from agent.cli.output import emit_json, plain, remark, say

if TYPE_CHECKING:
    from agent.usecases.privacy_forget import ForgetReport

PARTLY = 3
NOTHING_TO_DO = 4
Person = Annotated[
    str, typer.Argument(help="platform:handle, or an e-mail address for everybody who has it.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        help="What a person may ask for: their data, and to be forgotten.", no_args_is_help=True
    )
    group.command("export")(export)
    group.command("forget")(forget)
    app.add_typer(group, name="privacy")


def export(person: Person, home: Home = None, as_json: Json = False) -> None:
    """Print everything that is held about a person as one JSON document; --json puts it on one line."""
    from agent.usecases.privacy_export import export as gather

    found = gather(ports_of(home), person)
    if as_json:
        emit_json(found)
    else:
        say(json.dumps(plain(found), ensure_ascii=False, indent=2))


def forget(person: Person, by: By = None, home: Home = None, as_json: Json = False) -> None:
    """Erase a person for good: store, letters, index, and what deleted rows leave in files.

    There is no way back. Exit code 3: something of others, or not made by nanoreach, still names the person.
    """
    from agent.usecases.privacy_forget import forget as erase

    report = erase(ports_of(home), person, by=decider(by))
    if as_json:
        emit_json(report)
    else:
        _show(report)
    for sentence in report.left:
        remark(f"left: {sentence}")
    if report.left:
        raise typer.Exit(PARTLY)
    if report.before and not report.removed:
        raise typer.Exit(NOTHING_TO_DO)


def _show(report: "ForgetReport") -> None:
    if report.before:
        say(f"{report.person} had been forgotten before. Looked again at:")
    else:
        say(f"{report.person} is forgotten. Looked at:")
    for place in report.places:
        say(f"  {place.name} ({place.where}){_counted(place.removed)}")
    say("Kept, because the law asks for it:")
    for kept in report.kept:
        say(f"  {kept.what} ({kept.source})")
    say("Not looked at: backups, the mailbox with its Sent folder, files outside the home (docs/privacy.md).")


def _counted(removed: Mapping[str, int]) -> str:
    if not removed:
        return ""
    counts = (f"{noun} {count}" for noun, count in removed.items() if count)
    return f": {', '.join(counts) or 'nothing of theirs'}"
