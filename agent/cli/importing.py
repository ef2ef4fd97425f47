"""`nanoreach import creators` and `import brand`."""

from pathlib import Path
from typing import Annotated

import typer

from agent.cli.options import Home, Json, ports_of
from agent.cli.output import emit_json, progress, remark, say

PARTLY = 3
NOTHING_TO_DO = 4


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Bring creators and brands in.", no_args_is_help=True)
    group.command("creators")(creators)
    group.command("brand")(brand)
    app.add_typer(group, name="import")


def creators(
    paths: Annotated[list[Path], typer.Argument(help="JSONL or CSV files; posts may be in a second CSV.")],
    mapping: Annotated[
        Path | None, typer.Option("--map", help="YAML that names others' columns.", show_default=False)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and report; change nothing.")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Import creators; merges on platform and handle, and changes only what changed."""
    from agent.adapters.sources import read_creators
    from agent.usecases.importing import import_creators

    rows = read_creators(paths, mapping=mapping)
    with progress("Importing", unit="rows") as tell:
        report = import_creators(ports_of(home), rows, dry_run=dry_run, progress=tell)
    if as_json:
        emit_json(report)
    else:
        verb = "would be " if dry_run else ""
        say(
            f"{report.added} {verb}added, {report.updated} {verb}updated, {report.unchanged} unchanged, "
            f"{report.merged} merged within the files, {len(report.skipped)} skipped."
        )
    for note in report.notes:
        remark(f"note: {note}")
    for problem in report.skipped:
        remark(f"skipped: {problem.file} line {problem.line}: {problem.sentence}")
    if report.skipped:
        raise typer.Exit(PARTLY)
    if not report.added and not report.updated:
        raise typer.Exit(NOTHING_TO_DO)


def brand(
    path: Annotated[Path, typer.Argument(help="The brand's YAML file.")],
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Import a brand: values, voice, facts, offer and campaigns."""
    from agent.adapters.sources import read_brand
    from agent.usecases.importing import import_brand

    report = import_brand(ports_of(home), read_brand(path))
    if as_json:
        emit_json(report)
    else:
        say(f"{report.brand}: {report.change.value}; campaigns: {', '.join(report.campaigns) or 'none'}.")
    if report.change.value == "unchanged":
        raise typer.Exit(NOTHING_TO_DO)
