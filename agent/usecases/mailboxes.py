"""Mailboxes of ours: what counts against one, when it stops, and who lets it write again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from agent.domain.brand import Pacing
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.eligibility import waits_for_its_mailbox
from agent.domain.errors import BadInput
from agent.domain.mailbox import Health, Mailbox, Trouble, why_pause
from agent.domain.pacing import cap_of, day_start
from agent.domain.people import Entry
from agent.ports import Ports, Transaction
from agent.usecases.taken import keeping

_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")
"""A server's refusal may name whom we wrote to; that is no business of a mailbox's record."""
_LOOKED_AT = 50


@dataclass(frozen=True, kw_only=True)
class MailboxDay:
    """A mailbox today: letters that left and may leave (from midnight UTC), those that wait, who is next.

    `allowed` is None where no brand writes from it any more. `next_at` is when the first of those that wait
    is looked at whose person may be written to; it leaves then if nothing else holds it.
    """

    mailbox: Mailbox
    sent: int
    allowed: int | None
    waiting: int
    next_to: str = ""
    next_at: datetime | None = None


def mailboxes_today(ports: Ports) -> tuple[MailboxDay, ...]:
    """Return every mailbox that a brand writes from, that is paused, or that has letters waiting."""
    at = ports.clock.now()
    with ports.store.read() as tx:
        senders = [sender for brand in tx.brands.all() for sender in brand.senders]
        queued = tx.deliveries.list(states=(DeliveryState.QUEUED,))
        paused = [each.address for each in tx.mailboxes.paused()]
        written = [*paused, *(each.mailbox for each in queued), *(each.email for each in senders)]
        spelt = {address.casefold(): address for address in written}
        return tuple(
            _today(
                ports,
                tx,
                address,
                [each.pacing for each in senders if each.email.casefold() == key],
                [each for each in queued if each.mailbox.casefold() == key],
                at=at,
            )
            for key, address in sorted(spelt.items())
        )


def _today(
    ports: Ports,
    tx: Transaction,
    address: str,
    pacings: list[Pacing],
    waiting: list[Delivery],
    *,
    at: datetime,
) -> MailboxDay:
    load = tx.deliveries.load(address, since=day_start(at))
    day = (day_start(at) - day_start(load.first_sent_at or at)).days
    # the order in which the outbox takes them
    in_order = sorted(waiting, key=lambda each: (each.answers is None, each.due_at, each.id))
    first = _first_free(ports, tx, in_order, at=at)
    return MailboxDay(
        mailbox=tx.mailboxes.get(address) or Mailbox(address=address),
        sent=load.sent,
        allowed=max((cap_of(pacing, day=day) for pacing in pacings), default=None),
        waiting=len(waiting),
        next_to=first.envelope_to if first is not None else "",
        next_at=first.due_at if first is not None else None,
    )


def _first_free(
    ports: Ports, tx: Transaction, waiting: Sequence[Delivery], *, at: datetime
) -> Delivery | None:
    """Return the first letter whose person may be written to when it is due; the others are called off."""
    for start in range(0, len(waiting), _LOOKED_AT):
        some = waiting[start : start + _LOOKED_AT]
        kept = keeping(ports, tx, [each.outreach_id for each in some], at=at)
        free = (each for each in some if each.answers is not None or each.outreach_id not in kept)
        first = next(free, None)
        if first is not None:
            return first
    return None


def stop_mailbox(ports: Ports, tx: Transaction, address: str, *, at: datetime, why: str) -> None:
    """Let nothing leave from a mailbox until a person says so; one that is stopped keeps its first reason."""
    mailbox = tx.mailboxes.get(address) or Mailbox(address=address)
    if mailbox.is_paused:
        return
    reason = _ADDRESS.sub("…", why)
    tx.mailboxes.save(mailbox.paused(at=at, reason=reason))
    tx.journal.add(Entry(at=at, who=ports.worker, what="mailbox paused", subject=address, why=reason))


def count_trouble(ports: Ports, tx: Transaction, address: str, trouble: Trouble, *, at: datetime) -> None:
    """Count a trouble against a mailbox, and stop it where there were too many."""
    tx.mailboxes.note(address, trouble, at=at)
    reason = why_pause(health_of(tx, address, now=at))
    if reason:
        stop_mailbox(ports, tx, address, at=at, why=reason)


def health_of(tx: Transaction, address: str, *, now: datetime) -> Health:
    """Return what a mailbox sent and met lately, or since a person let it write again."""
    since = (tx.mailboxes.get(address) or Mailbox(address=address)).counted_since(now)
    troubles = tx.mailboxes.troubles(address, since=since)
    return Health(
        sent=tx.deliveries.load(address, since=since).sent,
        bounced=troubles[Trouble.BOUNCE],
        complained=troubles[Trouble.COMPLAINT],
    )


def why_stopped(tx: Transaction, address: str) -> str:
    """Return why nothing may leave from a mailbox, empty where it may write."""
    mailbox = tx.mailboxes.get(address)
    return mailbox.reason if mailbox is not None and mailbox.is_paused else ""


def paused_mailboxes(ports: Ports) -> tuple[Mailbox, ...]:
    """Return the mailboxes from which nothing leaves, by address."""
    with ports.store.read() as tx:
        return tx.mailboxes.paused()


def resume_mailbox(ports: Ports, address: str, *, by: str) -> Mailbox:
    """Let a mailbox write again, its letters first of all; what counted against it until now counts no more.

    Raises BadInput where it is not paused.
    """
    at = ports.clock.now()
    with ports.store.write() as tx:
        mailbox = tx.mailboxes.get(address)
        if mailbox is None or not mailbox.is_paused:
            known = ", ".join(each.address for each in tx.mailboxes.paused()) or "none is"
            raise BadInput(f"The mailbox “{address}” is not paused; paused: {known}.")
        lifted = mailbox.lifted(at=at, by=by)
        tx.mailboxes.save(lifted)
        for delivery in tx.deliveries.list(states=(DeliveryState.QUEUED,)):
            if delivery.mailbox.casefold() == lifted.address.casefold() and waits_for_its_mailbox(delivery):
                woken = delivery.postponed(until=at, reason="", attempted=True)
                tx.deliveries.step(woken, expected=DeliveryState.QUEUED, owner=None)
        tx.journal.add(
            Entry(at=at, who=by, what="mailbox resumed", subject=mailbox.address, why=mailbox.reason)
        )
    return lifted
