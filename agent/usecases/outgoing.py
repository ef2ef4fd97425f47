"""What would leave for a draft, down to the byte, from the store as it is now."""

from hashlib import sha256

from agent.domain.brand import Brand
from agent.domain.draft import Draft
from agent.domain.errors import NotApprovable
from agent.domain.letter import Receipt, ReceiptKind
from agent.domain.seal import Correspondent, Outgoing
from agent.ports import Ports, Transaction
from agent.usecases import composing
from agent.usecases.lookup import Context, the_context
from agent.usecases.thread import sent_letters


def outgoing_for(ports: Ports, tx: Transaction, draft: Draft) -> Outgoing:
    """Return the exact message for a draft; raises NotApprovable where there is nobody to send it to."""
    context = the_context(tx, draft.outreach_id)
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
        sender=Correspondent(name=signature(context.brand), email=context.brand.sender.email),
        reply_to=context.brand.sender.email,
        subject=draft.letter.subject,
        body=composing.body(draft.letter, footer_for(context, draft, unsubscribe)),
        language=draft.letter.language,
        unsubscribe_url=unsubscribe,
        in_reply_to=sent[0].message_id if sent else None,
        references=tuple(delivery.message_id for delivery in sent),
        offer=composing.offer_terms(context.campaign.offer),
        evidence=tuple(_evidence_mark(context, receipt) for receipt in draft.letter.receipts),
        prompt=draft.origin.prompt,
        model=draft.origin.model,
    )


def footer_for(context: Context, draft: Draft, unsubscribe_url: str | None) -> str:
    """Return the legal lines that follow this draft's text."""
    return composing.footer(
        context.brand,
        context.campaign,
        context.creator,
        language=draft.letter.language,
        touch=draft.touch,
        unsubscribe_url=unsubscribe_url,
    )


def signature(brand: Brand) -> str:
    """Return the name that stands in From: the person's, with the brand's where it is not part of it."""
    name = brand.sender.name
    return name if brand.name.casefold() in name.casefold() else f"{name}, {brand.name}"


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
