"""Which mailbox writes to whom: chosen before a letter is written, kept, and changed only by a person."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from agent.domain.brand import Brand, Sender
from agent.domain.draft import WAITING, DraftStatus
from agent.domain.errors import BadInput, NotFound
from agent.domain.ids import BrandId, OutreachId
from agent.domain.outreach import OPEN, Outreach, OutreachStatus
from agent.domain.pacing import cap_of, day_start
from agent.domain.people import Entry
from agent.domain.senders import Load, most_room
from agent.domain.taken import Past
from agent.ports import Ports, Transaction
from agent.usecases.lookup import the_campaign
from agent.usecases.mailboxes import why_stopped
from agent.usecases.quieting import hush
from agent.usecases.taken import people_of

_UNDECIDED = WAITING | {DraftStatus.APPROVED}


class Choosing:
    """Chooses a brand's sender for one creator after the other; whom it chose counts for the next."""

    def __init__(self, tx: Transaction, brand: Brand, *, at: datetime) -> None:
        self._brand = brand
        self._of_others = {each.id: each.sender.email for each in tx.brands.all()}
        self._brand_of = {each.id: each.brand_id for each in tx.brands.campaigns()}
        self._loads = self._looked_up(tx, at=at) if brand.other_senders else ()

    def for_person(self, history: Iterable[Past]) -> str:
        """Return the address that writes to a person with this history; empty where the brand has but one."""
        if not self._loads:
            return ""
        first = min(
            (past for past in history if past.left_at is not None),
            key=lambda past: past.left_at or past.outreach.created_at,
            default=None,
        )
        wrote = self._address_of(first.outreach).casefold() if first is not None else ""
        known = next((load for load in self._loads if load.sender.email.casefold() == wrote), None)
        chosen = known or most_room(self._loads)
        more = replace(chosen, taken=chosen.taken + 1)
        self._loads = tuple(more if load is chosen else load for load in self._loads)
        return chosen.sender.email

    def _looked_up(self, tx: Transaction, *, at: datetime) -> tuple[Load, ...]:
        unwritten = Counter(
            self._address_of(row).casefold() for row in tx.outreach.in_states((OutreachStatus.SHORTLISTED,))
        )
        return tuple(_load(tx, each, unwritten[each.email.casefold()], at=at) for each in self._brand.senders)

    def _address_of(self, row: Outreach) -> str:
        brand: BrandId | None = self._brand_of.get(row.campaign_id)
        return row.sender or (self._of_others.get(brand, "") if brand is not None else "")


def _load(tx: Transaction, sender: Sender, unwritten: int, *, at: datetime) -> Load:
    load = tx.deliveries.load(sender.email, since=day_start(at))
    day = (day_start(at) - day_start(load.first_sent_at or at)).days
    return Load(
        sender=sender,
        per_day=cap_of(sender.pacing, day=day),
        taken=load.sent + unwritten,
        is_paused=bool(why_stopped(tx, sender.email)),
    )


def assign_sender(ports: Ports, person: str, address: str, *, by: str) -> tuple[OutreachId, ...]:
    """Let another sender write to a person from now on, as a person says; return the conversations it is in.

    What was not sent yet is set aside, because it is signed by somebody else; a follow-up is due again at
    once. Raises NotFound for an unknown person, BadInput where no brand that is in conversation with them
    has such a sender, or it writes to them already.
    """
    at = ports.clock.now()
    with ports.store.write() as tx:
        creator = tx.creators.find(person)
        if creator is None:
            raise NotFound("creator", person)
        rows = [past.outreach for past in people_of(ports, tx, (creator.id,)).history(creator.id)]
        open_rows = [row for row in rows if row.status in OPEN]
        wanted = [(row, sender) for row in open_rows if (sender := _sender_of(tx, row, address)) is not None]
        if not wanted:
            raise BadInput(_no_such_sender(tx, open_rows, person, address))
        moved = [(row, sender) for row, sender in wanted if not _writes_already(tx, row, sender)]
        if not moved:
            raise BadInput(f"{address} writes to {person} already; nothing was changed.")
        for row, sender in moved:
            _move(ports, tx, row, sender, by=by, at=at)
    return tuple(row.id for row, _ in moved)


def _sender_of(tx: Transaction, row: Outreach, address: str) -> Sender | None:
    _, brand = the_campaign(tx, row.campaign_id)
    return next((each for each in brand.senders if each.email.casefold() == address.casefold()), None)


def _writes_already(tx: Transaction, row: Outreach, sender: Sender) -> bool:
    _, brand = the_campaign(tx, row.campaign_id)
    return brand.written_by(row.sender).sender.email == sender.email


def _no_such_sender(tx: Transaction, rows: Sequence[Outreach], person: str, address: str) -> str:
    if not rows:
        return f"Nobody is in conversation with {person}, so no mailbox writes to them."
    brands = (the_campaign(tx, row.campaign_id)[1] for row in rows)
    known = ", ".join(dict.fromkeys(sender.email for brand in brands for sender in brand.senders))
    return f"“{address}” is no sender of a brand that writes to {person}; there are: {known}."


def _move(ports: Ports, tx: Transaction, row: Outreach, sender: Sender, *, by: str, at: datetime) -> None:
    follow_up = any(
        draft.touch > 1 and draft.answers is None and draft.status in _UNDECIDED
        for draft in tx.drafts.of_outreach(row.id)
    )
    hush(ports, tx, row.id, at=at, why=f"{sender.email} writes to them from now on")
    again = follow_up and row.status is OutreachStatus.CONTACTED
    moved = replace(row, sender=sender.email)
    tx.outreach.save(moved.proposed_next(at, at=at) if again else moved)
    tx.journal.add(Entry(at=at, who=by, what="sender assigned", subject=row.id, why=sender.email))
