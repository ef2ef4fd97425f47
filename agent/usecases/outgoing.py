"""What would leave for a draft, down to the byte, from the store as it is now."""

from hashlib import sha256

from agent.domain.channel import Channel, direct_messages_on
from agent.domain.draft import Draft
from agent.domain.errors import NotApprovable
from agent.domain.letter import Receipt, ReceiptKind
from agent.domain.seal import Correspondent, Outgoing
from agent.ports import Ports, Transaction
from agent.usecases import composing, dm
from agent.usecases.lookup import Context, the_context
from agent.usecases.thread import sent_letters


def outgoing_for(ports: Ports, tx: Transaction, draft: Draft) -> Outgoing:
    """Return the exact message for a draft; raises NotApprovable where there is nobody to send it to."""
    context = the_context(tx, draft.outreach_id)
    return _message(context, draft) if draft.channel is Channel.DM else _mail(ports, tx, context, draft)


def _mail(ports: Ports, tx: Transaction, context: Context, draft: Draft) -> Outgoing:
    address = context.creator.address
    if address is None:
        raise NotApprovable(
            f"{context.creator.person} has no e-mail address, so nothing can be sent. Import the address "
            "with its source, or write by hand."
        )
    unsubscribe = ports.links.unsubscribe(draft.outreach_id)
    sent = sent_letters(tx, draft.outreach_id, before_touch=draft.touch)
    return Outgoing(
        to=Correspondent(name=context.creator.name or "", email=address.email),
        sender=Correspondent(name=composing.signature(context.brand), email=context.brand.sender.email),
        reply_to=context.brand.sender.email,
        subject=draft.letter.subject,
        body=body_of(draft, footer_for(context, draft, unsubscribe)),
        language=draft.letter.language,
        unsubscribe_url=unsubscribe,
        in_reply_to=sent[0].message_id if sent else None,
        references=tuple(delivery.message_id for delivery in sent),
        offer=composing.offer_terms(context.campaign.offer),
        evidence=tuple(_evidence_mark(context, receipt) for receipt in draft.letter.receipts),
        prompt=draft.origin.prompt,
        model=draft.origin.model,
    )


def _message(context: Context, draft: Draft) -> Outgoing:
    creator = context.creator
    if direct_messages_on(creator.platform) is None:
        raise NotApprovable(
            f"No direct messages are known on {creator.platform}, so nothing can be copied for "
            f"{creator.person}. Import a business address with its source instead."
        )
    return Outgoing(
        channel=Channel.DM,
        person=creator.person,
        profile_url=creator.url,
        to=Correspondent(name=creator.name or "", email=""),
        sender=Correspondent(name=composing.signature(context.brand), email=context.brand.sender.email),
        reply_to="",
        subject="",
        body=body_of(draft, footer_for(context, draft, None)),
        language=draft.letter.language,
        offer=composing.offer_terms(context.campaign.offer),
        evidence=tuple(_evidence_mark(context, receipt) for receipt in draft.letter.receipts),
        prompt=draft.origin.prompt,
        model=draft.origin.model,
    )


def legal_lines_for(context: Context, draft: Draft, unsubscribe_url: str | None) -> tuple[str, ...]:
    """Return the legal lines that this draft's text must carry."""
    if draft.channel is Channel.DM:
        return dm.legal_lines(
            context.brand, context.creator, language=draft.letter.language, touch=draft.touch
        )
    return composing.legal_lines(
        context.brand,
        context.campaign,
        context.creator,
        language=draft.letter.language,
        touch=draft.touch,
        unsubscribe_url=unsubscribe_url,
    )


def footer_for(context: Context, draft: Draft, unsubscribe_url: str | None) -> str:
    """Return the legal lines as they follow this draft's text."""
    return footer_of(draft, legal_lines_for(context, draft, unsubscribe_url))


def footer_of(draft: Draft, lines: tuple[str, ...]) -> str:
    """Return these legal lines as they follow this draft's text."""
    return "\n\n".join(lines) if draft.channel is Channel.DM else "\n".join((composing.RULE, *lines))


def body_of(draft: Draft, footer: str) -> str:
    """Return the whole text that leaves for a draft."""
    return (dm.body if draft.channel is Channel.DM else composing.body)(draft.letter, footer)


def evidence_text(context: Context, receipt: Receipt) -> str | None:
    """Return the whole text that a receipt points to as it stands now; None where it is gone."""
    match receipt.kind:
        case ReceiptKind.POST | ReceiptKind.BIO:
            return context.creator.evidence_text(receipt.ref)
        case ReceiptKind.FACT:
            fact = context.brand.fact(receipt.ref)
            return fact.text if fact is not None else None
        case ReceiptKind.OFFER:
            return composing.offer_terms(context.campaign.offer)


def _evidence_mark(context: Context, receipt: Receipt) -> str:
    # the text's hash: a post deleted or a fact reworded after the approval must void the seal
    text = evidence_text(context, receipt)
    mark = "gone" if text is None else sha256(text.encode()).hexdigest()[:16]
    return f"{receipt.kind.value}:{receipt.ref}:{mark}"
