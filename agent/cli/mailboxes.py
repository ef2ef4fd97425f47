"""`nanoreach mailbox`: mailboxes of ours that stopped, and letting them write again."""

from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import By, Home, Json, decider, ports_of
from agent.cli.output import emit_json, remark, say, show, table

if TYPE_CHECKING:
    from agent.domain.mailbox import Mailbox


def register(app: typer.Typer) -> None:
    """Add the commands."""
    mailbox = typer.Typer(help="Mailboxes of ours that were stopped.", no_args_is_help=True)
    mailbox.command("list")(paused)
    mailbox.command("resume")(resume)
    app.add_typer(mailbox, name="mailbox")


def paused(home: Home = None, as_json: Json = False) -> None:
    """List the mailboxes from which nothing leaves, with the reason."""
    from agent.usecases.mailboxes import paused_mailboxes

    found = paused_mailboxes(ports_of(home))
    if as_json:
        emit_json([_plain(mailbox) for mailbox in found])
        return
    if not found:
        remark("No mailbox is paused.")
        return
    rows = table("mailbox", "since (UTC)", "why")
    for each in found:
        rows.add_row(each.address, f"{each.paused_at:%Y-%m-%d %H:%M}", each.reason)
    show(rows)


def resume(
    address: Annotated[str, typer.Argument(help="The mailbox's address.")],
    by: By = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Let a mailbox write again; what counted against it until now counts no more."""
    from agent.usecases.mailboxes import resume_mailbox

    lifted = resume_mailbox(ports_of(home), address, by=decider(by))
    if as_json:
        emit_json(_plain(lifted))
    else:
        say(f"{lifted.address} may write again.")


def _plain(mailbox: "Mailbox") -> dict[str, str | None]:
    return {
        "mailbox": mailbox.address,
        "paused_at": mailbox.paused_at.isoformat() if mailbox.paused_at else None,
        "reason": mailbox.reason,
        "lifted_at": mailbox.lifted_at.isoformat() if mailbox.lifted_at else None,
        "lifted_by": mailbox.lifted_by or None,
    }
