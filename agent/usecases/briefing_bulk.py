"""The briefs of a whole campaign as PDF files: shown while they are made, and resumed after a kill."""

from dataclasses import dataclass

from agent.domain.brief import AgreementStatus
from agent.domain.errors import NanoreachError
from agent.domain.ids import CampaignId
from agent.domain.outreach import FINAL_NO
from agent.ports import BriefFolder, Ports, Progress
from agent.usecases.briefing import BriefItem, agreed, open_brief, review_brief
from agent.usecases.lookup import the_campaign


@dataclass(frozen=True, kw_only=True)
class NotWritten:
    """Somebody whose brief could not be made, and why."""

    person: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class BriefsReport:
    """What a run did: files written now, files that were there, and how many of all are approved."""

    written: tuple[str, ...]
    there: int
    approved: int
    blocked: int
    failed: tuple[NotWritten, ...]


def write_briefs(
    ports: Ports, campaign_id: CampaignId, folder: BriefFolder, *, by: str, progress: Progress
) -> BriefsReport:
    """Write the newest brief of everybody in the campaign who said yes; each version once.

    A file's name holds the version and whether it is approved, so that a run that was killed goes on where
    it stopped and a changed brief gets a file of its own. Raises NotFound for an unknown campaign.
    """
    with ports.store.read() as tx:
        the_campaign(tx, campaign_id)
    items = [item for item in agreed(ports, campaign_id=campaign_id) if _stands(item)]
    progress(0, len(items))
    written: list[str] = []
    failed: list[NotWritten] = []
    there = approved = blocked = 0
    for done, item in enumerate(items, start=1):
        try:
            name = _name(item, ports, by=by)
            if folder.has(name):
                there += 1
            else:
                review = review_brief(ports, item.context.outreach.id)
                blocked += review.is_blocked and review.approval is None
                folder.put(name, review.pdf)
                written.append(name)
            approved += item.is_approved
        except NanoreachError as error:
            failed.append(NotWritten(person=item.context.creator.person, reason=str(error)))
        progress(done, len(items))
    return BriefsReport(
        written=tuple(written), there=there, approved=approved, blocked=blocked, failed=tuple(failed)
    )


def _stands(item: BriefItem) -> bool:
    is_withdrawn = item.agreement is not None and item.agreement.status is AgreementStatus.WITHDRAWN
    return item.context.outreach.status not in FINAL_NO and not is_withdrawn


def _name(item: BriefItem, ports: Ports, *, by: str) -> str:
    version = item.version or open_brief(ports, item.context.outreach.id, by=by)
    creator = item.context.creator
    handle = "".join(char if char.isalnum() or char in "._-" else "_" for char in creator.handle).strip(".")
    draft = "" if item.is_approved else "-draft"
    platform = "".join(char for char in creator.platform if char.isalnum())
    return f"{platform}-{handle[:60]}-{version.outreach_id}-v{version.number}-{version.digest[:8]}{draft}.pdf"
