"""The part of the store that a rehearsal plays with, copied into a store of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent.domain.brand import Brand, Campaign
from agent.domain.delivery import UNDECIDED, DeliveryState
from agent.domain.draft import DraftStatus
from agent.domain.ids import ApprovalId, BrandId, CampaignId, OutreachId
from agent.domain.outreach import Outreach, OutreachStatus
from agent.domain.replies import InboundMail
from agent.ports import Ports, Store, Transaction
from agent.usecases.lookup import the_campaign

_RECENT = timedelta(days=2)
_OPEN_DRAFTS = frozenset({DraftStatus.PENDING, DraftStatus.APPROVED})
COPIED = "not written to, as in the store"


@dataclass(frozen=True, kw_only=True)
class Copied:
    """What was copied: the campaign, its outreach, and how many rows of others bear on it.

    `neighbours` write from the same mailbox and have something to do; `elsewhere` are outreach rows of the
    same people in other campaigns.
    """

    campaign: Campaign
    brand: Brand
    ours: tuple[Outreach, ...]
    neighbours: int
    elsewhere: int


def copy_campaign(ports: Ports, campaign_id: CampaignId, into: Store, *, at: datetime) -> Copied:
    """Copy a campaign with people, letters and answers, and what else its mailbox and people are busy with.

    Raises NotFound for an unknown campaign.
    """
    with ports.store.read() as tx:
        campaign, brand = the_campaign(tx, campaign_id)
        ours = tx.outreach.of_campaign(campaign_id)
        neighbours = [
            outreach
            for other in _campaigns_of_mailboxes(tx, brand)
            if other.id != campaign_id
            for outreach in tx.outreach.of_campaign(other.id)
            if _is_busy(tx, outreach, since=at - _RECENT)
        ]
        elsewhere = list(_same_people(tx, ours))
        with into.write() as copy:
            _copy_rows(ports, tx, copy, {each.id: each for each in (*ours, *neighbours, *elsewhere)}.values())
            _copy_campaign(tx, copy, campaign_id)
            _copy_texts(tx, copy)
    return Copied(
        campaign=campaign, brand=brand, ours=ours, neighbours=len(neighbours), elsewhere=len(elsewhere)
    )


def _campaigns_of_mailboxes(tx: Transaction, brand: Brand) -> Iterable[Campaign]:
    ours = _addresses(brand)
    sharing: set[BrandId] = {each.id for each in tx.brands.all() if ours & _addresses(each)}
    return (each for each in tx.brands.campaigns() if each.brand_id in sharing)


def _addresses(brand: Brand) -> frozenset[str]:
    return frozenset(sender.email.casefold() for sender in brand.senders)


def _is_busy(tx: Transaction, outreach: Outreach, *, since: datetime) -> bool:
    if outreach.next_touch_at is not None:
        return True
    if outreach.status not in {OutreachStatus.SHORTLISTED, OutreachStatus.CONTACTED}:
        return False
    return any(draft.status in _OPEN_DRAFTS for draft in tx.drafts.of_outreach(outreach.id)) or any(
        delivery.state in UNDECIDED or (delivery.sent_at is not None and delivery.sent_at >= since)
        for delivery in tx.deliveries.of_outreach(outreach.id)
    )


def _same_people(tx: Transaction, ours: Iterable[Outreach]) -> Iterable[Outreach]:
    known: set[OutreachId] = {outreach.id for outreach in ours}
    for outreach in ours:
        creator = tx.creators.get(outreach.creator_id)
        address = creator.address if creator is not None else None
        profiles = tx.creators.with_email(address.email) if address is not None else ()
        for other in tx.outreach.of_creators({outreach.creator_id, *(each.id for each in profiles)}):
            if other.id not in known:
                known.add(other.id)
                yield other


def _copy_rows(ports: Ports, tx: Transaction, copy: Transaction, rows: Iterable[Outreach]) -> None:
    for outreach in rows:
        creator = tx.creators.get(outreach.creator_id)
        if creator is None:
            continue
        _copy_campaign(tx, copy, outreach.campaign_id)
        copy.creators.save(creator)
        copy.outreach.save(outreach)
        addresses = {creator.address.email} if creator.address is not None else set()
        addresses |= _copy_letters(tx, copy, outreach.id)
        _copy_replies(tx, copy, outreach.id)
        for email in sorted(addresses):
            fingerprint = ports.fingerprints.of(email)
            if tx.suppressions.has(fingerprint):
                copy.suppressions.add(fingerprint, reason=COPIED, at=outreach.created_at)


def _copy_campaign(tx: Transaction, copy: Transaction, campaign_id: CampaignId) -> None:
    if copy.brands.campaign(campaign_id) is None:
        campaign, brand = the_campaign(tx, campaign_id)
        copy.brands.save(brand)
        copy.brands.save_campaign(campaign)


def _copy_texts(tx: Transaction, copy: Transaction) -> None:
    campaigns = {None, *(campaign.id for campaign in copy.brands.campaigns())}
    for brand in copy.brands.all():
        for publication in tx.texts.publications(brand.id):
            if publication.campaign_id not in campaigns:
                continue
            if publication.version is not None:
                kept = tx.texts.version(publication.name, publication.language, publication.version)
                if kept is not None:
                    copy.texts.keep(kept)
            copy.texts.publish(publication)


def _copy_letters(tx: Transaction, copy: Transaction, outreach_id: OutreachId) -> set[str]:
    for draft in tx.drafts.of_outreach(outreach_id):
        copy.drafts.save(draft)
        rejection = tx.drafts.rejection(draft.id)
        if rejection is not None:
            copy.drafts.reject(rejection)
    for handover in tx.handovers.of_outreach(outreach_id):
        _copy_approval(tx, copy, handover.approval_id)
        copy.handovers.add(handover)
    written_to: set[str] = set()
    for delivery in tx.deliveries.of_outreach(outreach_id):
        _copy_approval(tx, copy, delivery.approval_id)
        copy.deliveries.add(delivery)
        if delivery.state is not DeliveryState.CANCELLED:
            written_to.add(delivery.envelope_to)
    return written_to


def _copy_approval(tx: Transaction, copy: Transaction, approval_id: ApprovalId) -> None:
    approval = tx.drafts.approval(approval_id)
    if approval is not None and copy.drafts.approval(approval_id) is None:
        copy.drafts.approve(approval)


def _copy_replies(tx: Transaction, copy: Transaction, outreach_id: OutreachId) -> None:
    for reply in tx.inbox.replies(outreach_id=outreach_id):
        mail = tx.inbox.mail(reply.inbound_id)
        if mail is None:
            mail = InboundMail(
                id=reply.inbound_id,
                account=f"erased {reply.inbound_id}",
                folder="",
                uidvalidity=0,
                uid=0,
                digest=reply.inbound_id,
                raw=b"",
                received_at=reply.received_at,
            )
        if copy.inbox.mail(mail.id) is None:
            copy.inbox.add(mail)
        copy.inbox.file(reply)
