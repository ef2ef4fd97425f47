"""Whom a data-subject request is about, and everything that is on file about that person."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from agent.domain.brief import BriefVersion
from agent.domain.creator import Creator
from agent.domain.delivery import Delivery
from agent.domain.draft import Draft
from agent.domain.errors import BadInput
from agent.domain.handover import Handover
from agent.domain.ids import CreatorId, InboundId, creator_id, normal_handle, normal_platform
from agent.domain.outreach import Outreach
from agent.domain.replies import Reply, ReplyKind
from agent.ports import Fingerprints, KeptAnswer, Ports, Traces, Transaction
from agent.usecases.privacy_mails import names_any

# who speaks in these is a server, a program or somebody else
_NOT_THEMSELVES = frozenset({ReplyKind.BOUNCE, ReplyKind.COMPLAINT, ReplyKind.AUTO, ReplyKind.MANAGER})


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The name under which somebody asks: `platform:handle` or an address, in one spelling."""

    name: str
    creator: CreatorId | None = None

    @property
    def address(self) -> str | None:
        """The address, where the person is named by one."""
        return self.name if self.creator is None else None


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """A person's rows. `addresses` are case-folded: all that are known to be theirs."""

    asked: Asked
    creators: tuple[Creator, ...]
    outreach: tuple[Outreach, ...]
    drafts: tuple[Draft, ...]
    deliveries: tuple[Delivery, ...]
    handovers: tuple[Handover, ...]
    replies: tuple[Reply, ...]
    answers: tuple[KeptAnswer, ...]
    briefs: tuple[BriefVersion, ...]
    addresses: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        """Every name of the person, in the spelling that marks are made of: profiles and addresses."""
        profiles = (creator.person.casefold() for creator in self.creators)
        return frozenset({self.asked.name, *profiles, *self.addresses})


@dataclass(frozen=True, kw_only=True)
class Mails:
    """Raw mails that concern the person and nobody else, and how many of others' name the person."""

    theirs: frozenset[InboundId]
    of_others: int


def asked_for(text: str) -> Asked:
    """Return whom a name on the command line means; raises BadInput where it is no profile and no address."""
    head, colon, tail = text.strip().partition(":")
    if colon and "@" not in head:
        platform, handle = normal_platform(head), normal_handle(tail)
        if platform and handle:
            return Asked(name=f"{platform}:{handle.casefold()}", creator=creator_id(platform, handle))
    elif "@" in text.strip()[1:-1]:
        return Asked(name=text.strip().casefold())
    raise BadInput(
        f"“{text}” names nobody. Write platform:handle, for example instagram:lea, or an e-mail address."
    )


def erased_mark(fingerprints: Fingerprints, name: str) -> str:
    """Return the keyed hash that says: whoever has this profile or address asked to be forgotten.

    No address holds a NUL, so that this is never the hash under which an address is suppressed.
    """
    return fingerprints.of(f"erased\0{name}")


def erased_among(ports: Ports, tx: Transaction, names: Collection[str]) -> frozenset[str]:
    """Return those of many profiles and addresses that belong to people who were forgotten."""
    marks = {erased_mark(ports.fingerprints, name): name for name in names}
    return frozenset(marks[mark] for mark in tx.privacy.suppressed(marks))


def dossier_of(tx: Transaction, asked: Asked) -> Dossier:
    """Return the rows of a person: of one profile, or of every profile with the address."""
    if asked.creator is None:
        creators = tx.creators.with_email(asked.name)
    else:
        known = tx.creators.get(asked.creator)
        creators = (known,) if known is not None else ()
    outreach = tx.outreach.of_creators(creator.id for creator in creators)
    deliveries = tuple(found for each in outreach for found in tx.deliveries.of_outreach(each.id))
    replies = tuple(found for each in outreach for found in tx.inbox.replies(outreach_id=each.id))
    return Dossier(
        asked=asked,
        creators=creators,
        outreach=outreach,
        drafts=tuple(found for each in outreach for found in tx.drafts.of_outreach(each.id)),
        deliveries=deliveries,
        handovers=tuple(found for each in outreach for found in tx.handovers.of_outreach(each.id)),
        replies=replies,
        answers=tuple(found for each in outreach for found in tx.answers.of_outreach(each.id)),
        briefs=tuple(found for each in outreach for found in tx.briefs.versions(each.id)),
        addresses=_addresses(tx, asked, creators, deliveries, replies),
    )


def mails_about(tx: Transaction, dossier: Dossier) -> Mails:
    """Return the raw mails about a person, read through to the last encoded word.

    A mail in another creator's conversation is that creator's, whoever is named in it.
    """
    filed = {reply.inbound_id: reply for reply in tx.inbox.replies()}
    conversations = {each.id for each in dossier.outreach}
    theirs: set[InboundId] = set()
    of_others = 0
    for mail in tx.privacy.mails():
        reply = filed.get(mail.id)
        outreach_id = reply.outreach_id if reply is not None else None
        if outreach_id in conversations or (outreach_id is None and names_any(mail.raw, dossier.addresses)):
            theirs.add(mail.id)
        elif outreach_id is not None:
            of_others += names_any(mail.raw, dossier.addresses)
    return Mails(theirs=frozenset(theirs), of_others=of_others)


def traces_of(ports: Ports, tx: Transaction, dossier: Dossier, mails: Mails) -> Traces:
    """Return all by which rows know the person."""
    unmatched = [reply for reply in tx.inbox.replies() if reply.inbound_id in mails.theirs]
    return Traces(
        creators=frozenset(creator.id for creator in dossier.creators),
        mails=mails.theirs,
        subjects=_subjects(dossier, unmatched),
        words=dossier.addresses,
        fingerprints=frozenset(ports.fingerprints.of(name) for name in dossier.names),
    )


def _subjects(dossier: Dossier, unmatched: Iterable[Reply]) -> frozenset[str]:
    return frozenset(
        {
            *(f"creator {creator.id}" for creator in dossier.creators),
            *(each.id for each in dossier.outreach),
            *(each.id for each in dossier.drafts),
            *(each.id for each in dossier.deliveries),
            *(each.id for each in dossier.handovers),
            *(each.id for each in dossier.replies),
            *(each.id for each in dossier.briefs),
            *(each.id for each in unmatched),
        }
    )


def _addresses(
    tx: Transaction,
    asked: Asked,
    creators: tuple[Creator, ...],
    deliveries: tuple[Delivery, ...],
    replies: tuple[Reply, ...],
) -> frozenset[str]:
    surely = {creator.address.email for creator in creators if creator.address is not None}
    surely |= {delivery.envelope_to for delivery in deliveries}
    answered = {
        reply.from_address
        for reply in replies
        # an answer to a direct message comes from a profile, which is no address
        if reply.kind not in _NOT_THEMSELVES and "@" in reply.from_address
    }
    surely |= {address for address in answered if not _is_of_others(tx, address, creators)}
    if asked.address is not None:
        surely.add(asked.address)
    return frozenset(address.casefold() for address in surely if address) - _ours(tx, deliveries)


def _is_of_others(tx: Transaction, address: str, creators: tuple[Creator, ...]) -> bool:
    ours = {creator.id for creator in creators}
    return any(other.id not in ours for other in tx.creators.with_email(address))


def _ours(tx: Transaction, deliveries: tuple[Delivery, ...]) -> frozenset[str]:
    # a copy of our own letter may be filed as an answer: our mailbox names nobody
    senders = {sender.email for brand in tx.brands.all() for sender in brand.senders}
    used = {name for each in deliveries for name in (each.mailbox, each.envelope_from)}
    return frozenset(address.casefold() for address in senders | used)
