"""`nanoreach draft`."""

from typing import Annotated

import typer

from agent.cli.options import Home, Json, WriterName, ports_of
from agent.cli.output import emit_json, progress, remark, say

PARTLY = 3
FAILED = 1
NOTHING_TO_DO = 4


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("draft")(draft)


def draft(
    campaign: Annotated[str, typer.Argument(help="The campaign's id.")],
    limit: Annotated[
        int | None, typer.Option(min=1, help="Write at most so many.", show_default=False)
    ] = None,
    concurrency: Annotated[int, typer.Option(min=1, max=64, help="Calls to the model at a time.")] = 4,
    writer: WriterName = "auto",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Write a letter for each shortlisted creator who has none; the gate decides what a person may see."""
    from agent.domain.ids import CampaignId
    from agent.usecases.drafting import draft_campaign

    with progress("Writing", unit="letters") as tell:
        report = draft_campaign(
            ports_of(home),
            CampaignId(campaign),
            writer_name=writer,
            limit=limit,
            concurrency=concurrency,
            progress=tell,
        )
    if as_json:
        emit_json(report)
    else:
        say(
            f"{report.pending} letters wait for approval, {report.blocked} are blocked by the gate "
            f"(writer: {report.writer}; {report.usage.input_tokens} + {report.usage.output_tokens} tokens, "
            f"cost {report.usage.cost})."
        )
    for failure in report.failed:
        remark(f"not written: {failure.person}: {failure.reason}")
    if report.left:
        remark(f"{report.left} were not tried after repeated failures; run nanoreach draft again to go on.")
    written = report.pending + report.blocked
    if report.failed or report.left:
        raise typer.Exit(PARTLY if written else FAILED)
    if not written:
        remark("Nothing to write: every shortlisted creator has a letter, or nobody is shortlisted yet.")
        raise typer.Exit(NOTHING_TO_DO)
