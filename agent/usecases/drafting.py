"""Drafts for a campaign's shortlist, and for follow-ups that became due."""

from time import perf_counter

from agent.domain.draft import Draft
from agent.domain.errors import BadInput, NanoreachError
from agent.domain.ids import CampaignId, OutreachId
from agent.domain.outreach import OutreachStatus
from agent.ports import Ports, Progress, Writer
from agent.usecases import making
from agent.usecases.drafting_report import DraftReport, Undrafted
from agent.usecases.drafting_run import Run
from agent.usecases.lookup import the_campaign
from agent.usecases.making import LIVE, OFFLINE

__all__ = ["DraftReport", "Undrafted", "choose_writer", "draft_campaign", "draft_letter"]


def choose_writer(ports: Ports, name: str) -> Writer:
    """Return the writer of that name; `auto` is the model where one is set up, else the offline writer."""
    if name == "auto":
        return ports.writers.get("openai") or ports.writers[OFFLINE]
    if name in ports.writers:
        return ports.writers[name]
    if name == "openai":
        raise BadInput(
            "No model is configured: set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own, or "
            "write with --writer offline."
        )
    raise BadInput(f"There is no writer named “{name}”; known: auto, {', '.join(ports.writers)}.")


def draft_campaign(
    ports: Ports,
    campaign_id: CampaignId,
    *,
    writer_name: str = "auto",
    limit: int | None = None,
    concurrency: int = 4,
    progress: Progress,
) -> DraftReport:
    """Write first letters for shortlisted creators who have none; each is stored soon after it is gated.

    One bad row never blocks another; after several failures of the writer in a row the rest is left.
    """
    writer = choose_writer(ports, writer_name)
    with ports.store.read() as tx:
        the_campaign(tx, campaign_id)
        waiting = tx.outreach.undrafted(
            campaign_id, status=OutreachStatus.SHORTLISTED, drafted=LIVE, limit=limit
        )
    report = DraftReport(writer=writer.name)
    run = Run(ports, writer, report, at_once=1 if writer.name == OFFLINE else max(1, concurrency))
    began = perf_counter()
    run.write(waiting, progress=progress)
    report.seconds = round(perf_counter() - began, 3)
    return report


def draft_letter(ports: Ports, outreach_id: OutreachId, *, writer: Writer) -> Draft | None:
    """Write, gate and store the next letter of an outreach; None where it is not wanted any more.

    The writer is asked without holding the store. A blocked text of a model goes back to it once.
    """
    with ports.store.read() as tx:
        records = making.read(tx, (outreach_id,))[outreach_id]
    if isinstance(records, NanoreachError):
        raise records
    finished = making.write(ports, records, writer=writer)
    with ports.store.write() as tx:
        (made,) = making.store(ports, tx, (finished,))
    return made.draft
