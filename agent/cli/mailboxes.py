"""`nanoreach mailbox`: the mailboxes that letters leave from, and letting one write again."""

from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import By, Home, Json, decider, ports_of
from agent.cli.output import emit_json, remark, say, show, table

if TYPE_CHECKING:
    from agent.domain.mailbox import Mailbox
    from agent.usecases.mailboxes import MailboxDay


def register(app: typer.Typer) -> None:
    """Add the commands."""
    mailbox = typer.Typer(help="The mailboxes that letters leave from.", no_args_is_help=True)
    mailbox.command("list")(today)
    mailbox.command("resume")(resume)
    mailbox.command("assign")(assign)
    app.add_typer(mailbox, name="mailbox")


def today(home: Home = None, as_json: Json = False) -> None:
    """List the mailboxes that letters leave from: today's letters, who is next, and why one is paused."""
    from agent.usecases.mailboxes import mailboxes_today

    found = mailboxes_today(ports_of(home))
    if as_json:
        emit_json([_today(each) for each in found])
        return
    if not found:
        remark("No mailbox yet: a brand names its own (nanoreach import brand FILE).")
        return
    rows = table("mailbox", "today", "waiting", "next (UTC)", "paused")
    for each in found:
        rows.add_row(
            each.mailbox.address,
            str(each.sent) if each.allowed is None else f"{each.sent} of {each.allowed}",
            str(each.waiting),
            f"{each.next_at:%Y-%m-%d %H:%M} {each.next_to}" if each.next_at else "",
            f"since {each.mailbox.paused_at:%Y-%m-%d %H:%M}: {each.mailbox.reason}"
            if each.mailbox.paused_at
            else "",
        )
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


def assign(
    person: Annotated[str, typer.Argument(help="The creator: platform:handle.")],
    address: Annotated[str, typer.Argument(help="The mailbox that writes to them from now on.")],
    by: By = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Let another of a brand's mailboxes write to somebody; what has not left is set aside."""
    from agent.usecases.senders import assign_sender

    moved = assign_sender(ports_of(home), person, address, by=decider(by))
    if as_json:
        emit_json({"person": person, "mailbox": address, "conversations": moved})
    else:
        say(f"{address} writes to {person} from now on ({', '.join(moved)}). Draft again what was set aside.")


def _today(day: "MailboxDay") -> dict[str, str | int | None]:
    return {
        **_plain(day.mailbox),
        "sent_today": day.sent,
        "allowed_today": day.allowed,
        "waiting": day.waiting,
        "next_to": day.next_to or None,
        "next_at": day.next_at.isoformat() if day.next_at else None,
    }


def _plain(mailbox: "Mailbox") -> dict[str, str | None]:
    return {
        "mailbox": mailbox.address,
        "paused_at": mailbox.paused_at.isoformat() if mailbox.paused_at else None,
        "reason": mailbox.reason,
        "lifted_at": mailbox.lifted_at.isoformat() if mailbox.lifted_at else None,
        "lifted_by": mailbox.lifted_by or None,
    }
