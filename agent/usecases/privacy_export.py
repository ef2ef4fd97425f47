"""Everything that is held about a person, for the person (GDPR art. 15 and 20)."""

from base64 import b64encode
from dataclasses import dataclass, replace
from datetime import datetime

from agent.domain.brand import Brand
from agent.domain.brief import Agreement, BriefAnswer, BriefApproval, BriefVersion
from agent.domain.creator import Creator
from agent.domain.delivery import Delivery
from agent.domain.draft import Approval, Draft, Rejection
from agent.domain.errors import NotFound
from agent.domain.handover import Handover
from agent.domain.outreach import Outreach
from agent.domain.people import Entry
from agent.domain.replies import Reply
from agent.ports import KeptAnswer, Ports, Transaction
from agent.usecases.privacy import (
    Dossier,
    Mails,
    asked_for,
    dossier_of,
    erased_among,
    erased_mark,
    mails_about,
    traces_of,
)

_OWN_WRITER = "offline"
_DERIVED = (
    "Vectors of the bio and the posts above. Rankings, niches and signals are computed from these texts when "
    "somebody looks."
)
_KEPT = (
    "Until you object or ask to be forgotten; otherwise the measure is three years from your last contact "
    "with us (CNIL, prospection commerciale)."
)
_DECISIONS = (
    "Creators are ordered by how near their own words are to a brand's. A person decides about each letter; "
    "nothing is decided by a machine alone (GDPR art. 22)."
)
_RIGHTS = (
    "You may have this corrected (GDPR art. 16), erased (art. 17) or restricted (art. 18), object at any "
    "time without a reason (art. 21(2)), and complain to a supervisory authority, in France to the CNIL "
    "(art. 77)."
)
US = "us"
"""Who decided: the names of staff belong to the staff (CJEU, 22 June 2023, C-579/21, Pankki S)."""


@dataclass(frozen=True, kw_only=True)
class Controller:
    """Who answers for the data."""

    name: str
    postal_address: str
    privacy_url: str | None


@dataclass(frozen=True, kw_only=True)
class Information:
    """What the law asks to be told with the data (GDPR art. 15(1)), as far as the store knows it."""

    controllers: tuple[Controller, ...]
    purposes: tuple[str, ...]
    sources: tuple[str, ...]
    recipients: tuple[str, ...]
    kept: str
    decisions: str
    rights: str


@dataclass(frozen=True, kw_only=True)
class Message:
    """A whole message as it left or came; `encoding` is `utf-8`, or `base64` where it is no UTF-8."""

    encoding: str
    content: str


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A letter in the outbox."""

    id: str
    touch: int
    message_id: str
    sender: str
    recipient: str
    state: str
    reason: str
    created_at: datetime
    sent_at: datetime | None
    message: Message


@dataclass(frozen=True, kw_only=True)
class SentByHand:
    """A direct message as it was approved for copying, and whether and when it went."""

    id: str
    touch: int
    recipient: str
    state: str
    reason: str
    created_at: datetime
    sent_at: datetime | None
    text: str


@dataclass(frozen=True, kw_only=True)
class Received:
    """A mail as the mailbox held it."""

    id: str
    account: str
    received_at: datetime
    message: Message


@dataclass(frozen=True, kw_only=True)
class NotWrittenTo:
    """An address or a profile that is suppressed, and since when and why."""

    address: str
    since: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class Briefed:
    """A brief letter that was approved: its words, and the PDF in base64."""

    brief_id: str
    at: datetime
    text: str
    pdf: str


@dataclass(frozen=True, kw_only=True)
class Export:
    """One document with all that is held. `derived` says what is computed and has no readable form."""

    person: str
    made_at: datetime
    information: Information
    creators: tuple[Creator, ...]
    outreach: tuple[Outreach, ...]
    drafts: tuple[Draft, ...]
    answers: tuple[KeptAnswer, ...]
    approvals: tuple[Approval, ...]
    rejections: tuple[Rejection, ...]
    deliveries: tuple[Sent, ...]
    messages: tuple[SentByHand, ...]
    agreements: tuple[Agreement, ...]
    briefs: tuple[BriefVersion, ...]
    approved_briefs: tuple[Briefed, ...]
    brief_answers: tuple[BriefAnswer, ...]
    replies: tuple[Reply, ...]
    mails: tuple[Received, ...]
    journal: tuple[Entry, ...]
    suppressions: tuple[NotWrittenTo, ...]
    forgotten_at: datetime | None
    derived: str


def export(ports: Ports, person: str) -> Export:
    """Return everything that is held about a person: a profile, or all profiles with an address.

    Raises BadInput for a name that is neither, NotFound where nothing is held.
    """
    asked = asked_for(person)
    with ports.store.read() as tx:
        dossier = dossier_of(tx, asked)
        mails = mails_about(tx, dossier)
        suppressions = _suppressions(ports, tx, dossier)
        forgotten = bool(erased_among(ports, tx, [asked.name]))
        if not (dossier.creators or mails.theirs or suppressions or forgotten):
            raise NotFound("person", asked.name, hint="Nothing about them is on file.")
        agreements = (tx.briefs.agreement(each.id) for each in dossier.outreach)
        approvals = (tx.briefs.approval(brief.id) for brief in dossier.briefs)
        mark = tx.privacy.suppression(erased_mark(ports.fingerprints, asked.name))
        draft_ids = tuple(draft.id for draft in dossier.drafts)
        rejections = (tx.drafts.rejection(draft_id) for draft_id in draft_ids)
        return Export(
            person=asked.name,
            made_at=ports.clock.now(),
            information=_information(tx, dossier),
            creators=dossier.creators,
            outreach=dossier.outreach,
            drafts=tuple(replace(draft, edited_by=draft.edited_by and US) for draft in dossier.drafts),
            answers=dossier.answers,
            approvals=tuple(replace(each, by=US) for each in tx.privacy.approvals(draft_ids)),
            rejections=tuple(replace(each, by=US) for each in rejections if each is not None),
            deliveries=tuple(map(_sent, dossier.deliveries)),
            messages=tuple(map(_by_hand, dossier.handovers)),
            agreements=tuple(each for each in agreements if each is not None),
            briefs=tuple(replace(brief, by=US) for brief in dossier.briefs),
            approved_briefs=tuple(_briefed(each) for each in approvals if each is not None),
            brief_answers=tx.briefs.answers(brief.id for brief in dossier.briefs),
            replies=_replies(tx, dossier, mails),
            mails=_received(tx, mails),
            journal=_journal(ports, tx, dossier, mails),
            suppressions=suppressions,
            forgotten_at=mark.at if mark is not None else None,
            derived=_DERIVED,
        )


def _information(tx: Transaction, dossier: Dossier) -> Information:
    campaigns = {each.campaign_id: tx.brands.campaign(each.campaign_id) for each in dossier.outreach}
    known = [campaign for campaign in campaigns.values() if campaign is not None]
    brands = [brand for brand in map(tx.brands.get, {c.brand_id: None for c in known}) if brand is not None]
    return Information(
        # without an outreach it is kept for every brand of this store
        controllers=tuple(map(_controller, brands or tx.brands.all())),
        purposes=tuple(f"{campaign.id}: {campaign.objective}" for campaign in known),
        sources=tuple(dict.fromkeys(filter(None, map(_source, dossier.creators)))),
        recipients=_recipients(dossier),
        kept=_KEPT,
        decisions=_DECISIONS,
        rights=_RIGHTS,
    )


def _recipients(dossier: Dossier) -> tuple[str, ...]:
    models = {draft.origin.model for draft in dossier.drafts if draft.origin.writer != _OWN_WRITER}
    models |= {answer.model for answer in dossier.answers}
    return (
        *sorted({f"the mail provider of {delivery.mailbox}" for delivery in dossier.deliveries}),
        *sorted({f"the platform {each.person.partition(':')[0]}" for each in dossier.handovers}),
        *(f"the operator of the language model {model}, for the drafts below" for model in sorted(models)),
    )


def _controller(brand: Brand) -> Controller:
    return Controller(name=brand.name, postal_address=brand.postal_address, privacy_url=brand.privacy_url)


def _source(creator: Creator) -> str:
    found = creator.address.provenance if creator.address is not None else None
    if found is None:
        return f"{creator.person}: the source of the data was not recorded" if creator.posts else ""
    parts = (found.kind, found.url, f"found on {found.found_on}" if found.found_on else None)
    return f"{creator.person}: {', '.join(part for part in parts if part)}"


def _sent(delivery: Delivery) -> Sent:
    return Sent(
        id=delivery.id,
        touch=delivery.touch,
        message_id=delivery.message_id,
        sender=delivery.envelope_from,
        recipient=delivery.envelope_to,
        state=delivery.state.value,
        reason=delivery.reason,
        created_at=delivery.created_at,
        sent_at=delivery.sent_at,
        message=_message(delivery.raw),
    )


def _briefed(approval: BriefApproval) -> Briefed:
    return Briefed(
        brief_id=approval.brief_id,
        at=approval.at,
        text=approval.letter.text,
        pdf=b64encode(approval.pdf).decode("ascii"),
    )


def _by_hand(handover: Handover) -> SentByHand:
    return SentByHand(
        id=handover.id,
        touch=handover.touch,
        recipient=handover.person,
        state=handover.state.value,
        reason=handover.reason,
        created_at=handover.created_at,
        sent_at=handover.sent_at,
        text=handover.text,
    )


def _message(raw: bytes) -> Message:
    try:
        return Message(encoding="utf-8", content=raw.decode("utf-8"))
    except UnicodeDecodeError:
        return Message(encoding="base64", content=b64encode(raw).decode("ascii"))


def _replies(tx: Transaction, dossier: Dossier, mails: Mails) -> tuple[Reply, ...]:
    known = {reply.id for reply in dossier.replies}
    others = (reply for reply in tx.inbox.replies() if reply.inbound_id in mails.theirs)
    return (*dossier.replies, *(reply for reply in others if reply.id not in known))


def _received(tx: Transaction, mails: Mails) -> tuple[Received, ...]:
    found = (tx.inbox.mail(mail_id) for mail_id in sorted(mails.theirs))
    return tuple(
        Received(id=mail.id, account=mail.account, received_at=mail.received_at, message=_message(mail.raw))
        for mail in found
        if mail is not None
    )


def _journal(ports: Ports, tx: Transaction, dossier: Dossier, mails: Mails) -> tuple[Entry, ...]:
    traces = traces_of(ports, tx, dossier, mails)
    subjects = sorted(traces.subjects | traces.fingerprints)
    entries = (replace(entry, who=US) for subject in subjects for entry in tx.journal.of(subject))
    return tuple(sorted(entries, key=lambda entry: entry.at))


def _suppressions(ports: Ports, tx: Transaction, dossier: Dossier) -> tuple[NotWrittenTo, ...]:
    found = ((each, tx.privacy.suppression(ports.fingerprints.of(each))) for each in sorted(dossier.names))
    return tuple(
        NotWrittenTo(address=address, since=row.at, reason=row.reason)
        for address, row in found
        if row is not None
    )
