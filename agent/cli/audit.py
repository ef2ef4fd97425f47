"""`nanoreach audit`: who did what, and whether the journal still says it as it was written."""

from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import Home, Json, moment, ports_of
from agent.cli.output import emit_json, remark, say, show, table

if TYPE_CHECKING:
    from agent.domain.chain import Chained

FAILED = 1
NOTHING_TO_DO = 4
_SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        help="The journal: who did what, and whether anybody changed it.", no_args_is_help=True
    )
    group.command("verify")(verify)
    group.command("list")(list_rows)
    group.command("show")(show_row)
    app.add_typer(group, name="audit")


def verify(
    kept: Annotated[
        list[str] | None,
        typer.Option(help="NUMBER:HASH that an earlier run printed; may be repeated.", show_default=False),
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Check every row of the journal; name each that was changed, taken out, moved or put in."""
    from agent.domain.chain import Head
    from agent.usecases.auditing import verify as check

    verdict = check(ports_of(home), kept=tuple(Head.parse(each) for each in kept or ()))
    if as_json:
        emit_json(
            {
                "intact": not verdict.faults,
                "rows": verdict.rows,
                "blanked": verdict.blanked,
                "head": str(verdict.head) if verdict.head else None,
                "faults": verdict.faults,
            }
        )
    if verdict.faults:
        for fault in verdict.faults[:_SHOWN]:
            remark(f"Row {fault.number} {fault.what}.")
        if len(verdict.faults) > _SHOWN:
            remark(f"… and {len(verdict.faults) - _SHOWN} more; --json lists them all.")
        remark("The journal was changed from outside. Compare it with a backup of before that row.")
        raise typer.Exit(FAILED)
    if as_json:
        return
    blanked = f", {verdict.blanked} of them blanked for forgotten people" if verdict.blanked else ""
    say(f"{verdict.rows} rows{blanked}: as they were written.")
    if verdict.head is not None:
        say(f"Keep this outside of this machine, and give it back with --kept: {verdict.head}")


def list_rows(
    who: Annotated[str | None, typer.Option(help="Who did it.", show_default=False)] = None,
    what: Annotated[
        str | None, typer.Option(help="What was done: approved, edited, rejected …", show_default=False)
    ] = None,
    about: Annotated[
        str | None, typer.Option(help="The letter, delivery … it is about.", show_default=False)
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="From this time on (ISO 8601; UTC without zone).", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="The newest so many.")] = 100,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """List rows of the journal, oldest first."""
    from agent.usecases.auditing import Wanted, entries

    wanted = Wanted(who=who, what=what, about=about, since=moment(since) if since else None)
    found = entries(ports_of(home), wanted, limit=limit)
    if as_json:
        emit_json([_plain(row) for row in found])
    elif found:
        rows = table("Row", "At (UTC)", "Who", "What", "About", "Why")
        for row in found:
            entry = row.entry
            at = f"{entry.at:%Y-%m-%d %H:%M:%S}"
            rows.add_row(str(row.number), at, entry.who, entry.what, entry.subject, entry.why)
        show(rows)
    if not found:
        remark("No such row.")
        raise typer.Exit(NOTHING_TO_DO)


def show_row(
    number: Annotated[int, typer.Argument(help="The row's number.")],
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Show one row of the journal with its hashes."""
    from agent.usecases.auditing import entry

    told = _plain(entry(ports_of(home), number))
    if as_json:
        emit_json(told)
        return
    for name, value in told.items():
        say(f"{name:<8} {value}")


def _plain(row: "Chained") -> dict[str, object]:
    entry, link = row.entry, row.link
    return {
        "number": row.number,
        "at": entry.at.isoformat(),
        "who": entry.who,
        "what": entry.what,
        "about": entry.subject,
        "why": entry.why,
        "before": link.before.hex() if link else None,
        "own": link.own.hex() if link else None,
    }
