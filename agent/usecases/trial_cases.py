"""Whom a text is tried on: the creators of a campaign's shortlist who are written to in its language."""

from dataclasses import dataclass
from datetime import datetime

from agent.domain.draft import DraftStatus
from agent.domain.errors import BadInput
from agent.domain.ids import CampaignId
from agent.ports import Assignment, Earlier, Transaction
from agent.usecases.gating import letter_language
from agent.usecases.lookup import Context, the_context
from agent.usecases.making import assignment_for
from agent.usecases.thread import earlier_letters
from prompts import Prompt

_FOLLOW_UPS = frozenset({"letters/follow_up", "model/follow_up"})
_OF_USE = frozenset({DraftStatus.BLOCKED, DraftStatus.PENDING, DraftStatus.APPROVED})


@dataclass(frozen=True)
class Case:
    """What is to be written to one creator."""

    context: Context
    assignment: Assignment


def cases_for(
    tx: Transaction, campaign_id: CampaignId, prompt: Prompt, *, limit: int, at: datetime
) -> tuple[list[Case], dict[str, int]]:
    """Return whom a text is tried on, best fit first, and by reason how many others are left out."""
    cases: list[Case] = []
    left_out: dict[str, int] = {}
    for outreach in tx.outreach.of_campaign(campaign_id):
        context = the_context(tx, outreach.id)
        why, assignment = _assignment(tx, context, prompt, at=at)
        if assignment is not None and len(cases) < limit:
            cases.append(Case(context, assignment))
        else:
            why = why or f"beyond --limit {limit}"
            left_out[why] = left_out.get(why, 0) + 1
    return cases, left_out


def _assignment(
    tx: Transaction, context: Context, prompt: Prompt, *, at: datetime
) -> tuple[str, Assignment | None]:
    language = letter_language(context)
    if language != prompt.language:
        return f"written to in {language}", None
    is_follow_up = prompt.name in _FOLLOW_UPS
    thread = _thread(tx, context, at=at) if is_follow_up else ()
    if is_follow_up and not thread:
        return "without a first letter", None
    try:
        return "", assignment_for(tx, context, touch=len(thread) + 1, thread=thread, at=at)
    except BadInput:
        return "to whom the campaign has no way to write", None


def _thread(tx: Transaction, context: Context, *, at: datetime) -> tuple[Earlier, ...]:
    """Return the letters that left; where none has left yet, the first draft, as if it had."""
    outreach, cadence = context.outreach, context.campaign.cadence
    sent = earlier_letters(tx, outreach.id, before_touch=outreach.touches_sent + 1)
    if sent:
        return sent[: cadence.touches - 1]  # one more letter may follow
    drafts = [
        each for each in tx.drafts.of_outreach(outreach.id) if each.status in _OF_USE and each.touch == 1
    ]
    return tuple(
        Earlier(
            touch=1,
            sent_at=at - cadence.wait[0] if cadence.wait else at,
            subject=draft.letter.subject,
            body=draft.letter.text,
            channel=draft.channel,
        )
        for draft in drafts[-1:]
    )
