"""What is in a rehearsal's store when a run has ended."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from agent.domain.delivery import DeliveryState
from agent.domain.draft import Draft
from agent.domain.handover import HandoverState
from agent.domain.outreach import Outreach, OutreachStatus
from agent.domain.replies import ReplyKind
from agent.ports import Store, Transaction
from agent.usecases.rehearsing_copy import Copied
from agent.usecases.rehearsing_world import World

_SAID = {
    "interested": frozenset({ReplyKind.INTERESTED, ReplyKind.NEGOTIATES}),
    "managers": frozenset({ReplyKind.MANAGER}),
    "questions": frozenset({ReplyKind.QUESTION, ReplyKind.OTHER, ReplyKind.NOT_NOW}),
    "declined": frozenset({ReplyKind.DECLINED}),
}
"""Where somebody who said several things is counted: the first of these that holds."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A run's end: where each creator of the campaign is counted, and mails that were not read as meant."""

    funnel: Mapping[str, int]
    misread: Mapping[str, int]
    drafts: int
    characters: int


def see(store: Store, copied: Copied, world: World) -> Seen:
    """Count how a run ended. Of `written_to`, each is in exactly one of the places below it."""
    with store.read() as tx:
        rows = [row for each in copied.ours if (row := tx.outreach.get(each.id)) is not None]
        drafts = [draft for row in rows for draft in tx.drafts.of_outreach(row.id)]
        return Seen(
            funnel=_funnel(tx, rows),
            misread=_misread(tx, world),
            drafts=len(drafts),
            characters=sum(_characters(draft) for draft in drafts),
        )


def _funnel(tx: Transaction, rows: list[Outreach]) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for row in rows:
        letters = sum(d.state is DeliveryState.SENT for d in tx.deliveries.of_outreach(row.id))
        letters += sum(h.state is HandoverState.SENT for h in tx.handovers.of_outreach(row.id))
        counts["letters"] += letters
        if letters:
            counts["written_to"] += 1
            place = _place(tx, row)
            counts[place] += 1
            counts["answered"] += place in _SAID
    places = ("answered", *_SAID, "asked_to_stop", "bounced", "silent")
    return {
        "shortlisted": len(rows),
        **{name: counts[name] for name in ("written_to", "letters", *places)},
    }


def _place(tx: Transaction, row: Outreach) -> str:
    kinds = {reply.kind for reply in tx.inbox.replies(outreach_id=row.id)}
    if row.status is OutreachStatus.STOPPED:
        return "bounced" if ReplyKind.BOUNCE in kinds else "asked_to_stop"
    return next((name for name, meant in _SAID.items() if kinds & meant), "silent")


def _misread(tx: Transaction, world: World) -> Mapping[str, int]:
    misread: Counter[str] = Counter()
    for reply in tx.inbox.replies():
        mail = tx.inbox.mail(reply.inbound_id)
        meant = world.expected.get(mail.digest) if mail is not None else None
        if meant is not None and meant is not reply.kind:
            misread[f"“{meant.value}” read as “{reply.kind.value}”"] += 1
    return misread


def _characters(draft: Draft) -> int:
    # a model's answer holds the letter and, beside it, the quotes that prove its sentences
    quotes = sum(len(receipt.quote) for receipt in draft.letter.receipts)
    return len(draft.letter.subject) + len(draft.letter.text) + quotes
