"""`nanoreach brief` and `nanoreach briefs`: the letter that follows a yes."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import By, Home, Json, decider, ports_of
from agent.cli.output import emit_json, progress, remark, say

if TYPE_CHECKING:
    from agent.usecases.briefing import BriefReview

FAILED = 1
PARTLY = 3
NOTHING_TO_DO = 4


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("brief")(brief)
    app.command("briefs")(briefs)


def brief(
    outreach: Annotated[str, typer.Argument(help="The outreach whose creator said yes.")],
    pdf: Annotated[Path | None, typer.Option(help="Write the PDF to this file.", show_default=False)] = None,
    approve: Annotated[
        str | None,
        typer.Option(metavar="SEAL", help="Approve exactly the brief with this seal.", show_default=False),
    ] = None,
    agreed: Annotated[
        bool, typer.Option("--agreed", help="Note first that the creator said yes in their own words.")
    ] = False,
    by: By = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Show the brief letter, made from the offer where there is none yet; nothing is sent by itself."""
    from agent.domain.ids import OutreachId
    from agent.usecases.briefing import approve_brief, note_yes, open_brief, review_brief

    ports, outreach_id = ports_of(home), OutreachId(outreach)
    if agreed:
        note_yes(ports, outreach_id, by=decider(by))
    open_brief(ports, outreach_id, by=decider(by))
    if approve is not None:
        approve_brief(ports, outreach_id, seal=approve, by=decider(by))
    review = review_brief(ports, outreach_id)
    if pdf is not None:
        from agent.adapters.pdf_folder import PdfFolder

        PdfFolder(pdf.parent).put(pdf.name, review.pdf)
    if as_json:
        emit_json(_plain(review, pdf))
        return
    _print(review, pdf)


def briefs(
    campaign: Annotated[str, typer.Argument(help="The campaign's id.")],
    out: Annotated[Path, typer.Option(help="The folder for the PDF files.")],
    by: By = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Write the brief of everybody in a campaign who said yes as PDF; run it again to go on after a stop."""
    from agent.adapters.pdf_folder import PdfFolder
    from agent.domain.ids import CampaignId
    from agent.usecases.briefing_bulk import write_briefs

    with progress("Setting", unit="briefs") as tell:
        report = write_briefs(
            ports_of(home), CampaignId(campaign), PdfFolder(out), by=decider(by), progress=tell
        )
    if as_json:
        emit_json(report)
    else:
        say(
            f"{len(report.written)} briefs written to {out}, {report.there} were there; "
            f"{report.approved} are approved, {report.blocked} of the new ones are blocked by a finding."
        )
    for failure in report.failed:
        remark(f"not written: {failure.person}: {failure.reason}")
    if report.failed:
        raise typer.Exit(PARTLY if report.written or report.there else FAILED)
    if not report.written:
        remark(
            "Nothing to write: every brief is there."
            if report.there
            else "Nothing to write: nobody in this campaign has said yes."
        )
        raise typer.Exit(NOTHING_TO_DO)


def _plain(review: "BriefReview", pdf: Path | None) -> dict[str, object]:
    version = review.version
    return {
        "outreach": version.outreach_id,
        "creator": review.context.creator.person,
        "version": version.number,
        "digest": version.digest,
        "seal": review.seal,
        "agreement": review.agreement.status,
        "approved": review.approval is not None,
        "language": version.language,
        "terms": version.terms,
        "text": review.letter.text,
        "findings": review.findings,
        "answers": review.answers,
        "link": review.link if review.approval is not None else None,
        "pdf": pdf,
    }


def _print(review: "BriefReview", pdf: Path | None) -> None:
    version = review.version
    state = "approved" if review.approval is not None else "not approved"
    say(review.letter.text)
    say(f"Brief     {version.outreach_id}, version {version.number} ({state}, {version.digest[:12]})")
    if pdf is not None:
        say(f"PDF       {pdf}")
    for finding in review.findings:
        say(f"  {finding.severity.value} {finding.code}: {finding.advice}")
    for answer in review.answers:
        say(f"  {review.context.creator.person} {answer.kind.value} ({answer.at:%Y-%m-%d}): {answer.text}")
    if review.approval is not None:
        say(f"Link      {review.link or 'none: NANOREACH_PUBLIC_URL is not set; hand over the PDF'}")
    elif not review.is_blocked:
        say(f"nanoreach brief {version.outreach_id} --approve {review.seal}")
