"""`nanoreach draft`."""

from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import Home, Json, WriterName, ports_of
from agent.cli.output import emit_json, plain, progress, remark, say

if TYPE_CHECKING:
    from agent.usecases.drafting import DraftReport
    from agent.usecases.spending import CampaignSpent

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
    answers: Annotated[
        bool, typer.Option("--answers", help="Answer the creators who asked something or said yes instead.")
    ] = False,
    concurrency: Annotated[int, typer.Option(min=1, max=256, help="Calls to the model at a time.")] = 8,
    writer: WriterName = "auto",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Write a letter for each shortlisted creator who has none; the gate decides what a person may see."""
    from agent.domain.ids import CampaignId
    from agent.usecases.drafting import draft_campaign
    from agent.usecases.drafting_answers import draft_answers
    from agent.usecases.spending import spent_by

    name = CampaignId(campaign)
    with closing(ports_of(home)) as ports, progress("Writing", unit="letters") as tell:
        if answers:
            report = draft_answers(ports, name, writer_name=writer, limit=limit, progress=tell)
        else:
            report = draft_campaign(
                ports,
                name,
                writer_name=writer,
                limit=limit,
                concurrency=concurrency,
                progress=tell,
            )
        spent = spent_by(ports, name)
    if as_json:
        shown = {"written": report.written, "per_second": round(report.per_second, 2)}
        emit_json(plain(report) | shown | {"campaign_models": plain(spent)})
    else:
        _show(report, spent)
    for person in report.kept_back:
        remark(f"not written now: {person.person}: {person.reason}")
    for failure in report.failed:
        remark(f"not written: {failure.person}: {failure.reason}")
    if report.left:
        remark(f"{report.left} were not tried any more. {report.stopped}")
        remark("Run nanoreach draft again to go on; what is written stays, and no answer is bought twice.")
    if report.failed or report.left:
        raise typer.Exit(PARTLY if report.written else FAILED)
    if not report.written:
        remark(
            "Nothing to answer: no question and no yes waits for a letter."
            if answers
            else "Nothing to write: every shortlisted creator has a letter, or nobody is shortlisted yet."
        )
        raise typer.Exit(NOTHING_TO_DO)


def _show(report: "DraftReport", spent: "CampaignSpent") -> None:
    say(
        f"{report.pending} letters wait for approval, {report.blocked} are blocked by the gate "
        f"(writer: {report.writer}; {report.per_second:.1f} a second)."
    )
    usage = report.usage
    if not report.calls and not usage.tokens:
        return
    cached = f", {usage.cached_tokens} of them from the provider's cache" if usage.cached_tokens else ""
    again = f", {report.retries} of them second tries" if report.retries else ""
    say(
        f"{usage.input_tokens} tokens read{cached}, {usage.output_tokens} written, cost {usage.cost}; "
        f"{report.calls} calls{again}."
    )
    if report.bought_before:
        say(f"{report.bought_before} letters were made of answers that an earlier run had paid for.")
    say(_spent(spent))


def _spent(told: "CampaignSpent") -> str:
    """Return what models cost the campaign in all, beside its bounds."""
    usage, budget = told.spent.usage, told.budget
    cost = f"{usage.cost}" + (f" of {budget.cost}" if budget.cost is not None else "")
    tokens = f"{usage.tokens}" + (f" of {budget.tokens}" if budget.tokens is not None else "")
    return f"The campaign in all: cost {cost}, {tokens} tokens."
