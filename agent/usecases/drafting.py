"""Drafts for a campaign's shortlist, and for follow-ups that became due."""

from collections.abc import Sequence
from time import perf_counter

from agent.domain.draft import Draft
from agent.domain.errors import BadInput, NanoreachError
from agent.domain.ids import CampaignId, OutreachId
from agent.domain.outreach import OutreachStatus
from agent.domain.taken import in_words
from agent.ports import Ports, Progress, Transaction, Writer
from agent.usecases import making
from agent.usecases.drafting_report import DraftReport, Undrafted
from agent.usecases.drafting_run import Run
from agent.usecases.lookup import the_campaign
from agent.usecases.making import LIVE, OFFLINE
from agent.usecases.taken import keeping

__all__ = ["DraftReport", "Undrafted", "choose_writer", "draft_campaign", "draft_letter"]

_LOOKED_AT = 200
"""Outreach rows of which it is asked at a time whether anything keeps their people from a letter."""


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
        undrafted = tx.outreach.undrafted(campaign_id, status=OutreachStatus.SHORTLISTED, drafted=LIVE)
        waiting, kept_back = _free(ports, tx, undrafted, limit=limit)
    report = DraftReport(writer=writer.name, kept_back=kept_back)
    run = Run(ports, writer, report, at_once=1 if writer.name == OFFLINE else max(1, concurrency))
    began = perf_counter()
    run.write(waiting, progress=progress)
    report.seconds = round(perf_counter() - began, 3)
    return report


def _free(
    ports: Ports, tx: Transaction, undrafted: Sequence[OutreachId], *, limit: int | None
) -> tuple[tuple[OutreachId, ...], list[Undrafted]]:
    """Return the first of these whose people may be written to, and of those that were passed over why."""
    at, free, kept_back = ports.clock.now(), list[OutreachId](), list[Undrafted]()
    for start in range(0, len(undrafted), _LOOKED_AT):
        if limit is not None and len(free) >= limit:
            break
        some = undrafted[start : start + _LOOKED_AT]
        kept = keeping(ports, tx, some, at=at)
        free.extend(name for name in some if name not in kept)
        rows = tx.outreach.with_ids(kept)
        creators = tx.creators.with_ids(row.creator_id for row in rows.values())
        kept_back.extend(
            Undrafted(person=creators[rows[name].creator_id].person, reason=in_words(reason))
            for name, reason in kept.items()
        )
    return tuple(free[:limit]), kept_back


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
