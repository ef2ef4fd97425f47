"""What would leave for a draft, down to the byte, from the store as it is now."""

from hashlib import sha256

from agent.domain.answering import seal_mark
from agent.domain.channel import Channel, direct_messages_on
from agent.domain.draft import Draft
from agent.domain.errors import NotApprovable
from agent.domain.letter import Receipt, ReceiptKind
from agent.domain.seal import Correspondent, Outgoing
from agent.ports import Ports, Transaction
from agent.usecases import composing, dm
from agent.usecases.lookup import Context, the_context_of
from agent.usecases.thread import references_to, sent_letters


def outgoing_for(ports: Ports, tx: Transaction, draft: Draft, *, known: Context | None = None) -> Outgoing:
    """Return the exact message for a draft; raises NotApprovable where there is nobody to send it to.

    `known` is the draft's outreach with all who take part, where this transaction has read it already.
    """
    context = the_context_of(tx, draft, known=known)
    if draft.answers is not None and context.answered is None:
        raise NotApprovable(
            f"The message that letter {draft.id} answers is not on file any more, so there is nothing to "
            "answer. Reject the letter."
        )
    return _message(context, draft) if draft.channel is Channel.DM else _mail(ports, tx, context, draft)


def _mail(ports: Ports, tx: Transaction, context: Context, draft: Draft) -> Outgoing:
    address = context.creator.address
    if address is None:
        raise NotApprovable(
            f"{context.creator.person} has no e-mail address, so nothing can be sent. Import the address "
            "with its source, or write by hand."
        )
    unsubscribe = ports.links.unsubscribe(draft.outreach_id)
    ours = tuple(d.message_id for d in sent_letters(tx, draft.outreach_id, before_touch=draft.touch))
    theirs = references_to(tx, context.answered) if context.answered is not None else ()
    return Outgoing(
        to=Correspondent(name=context.creator.name or "", email=address.email),
        sender=Correspondent(name=composing.signature(context.brand), email=context.brand.sender.email),
        reply_to=context.brand.sender.email,
        subject=draft.letter.subject,
        body=body_of(draft, footer_for(context, draft, unsubscribe)),
        language=draft.letter.language,
        unsubscribe_url=unsubscribe,
        in_reply_to=theirs[-1] if theirs else next(iter(ours), None),
        references=theirs or ours,
        offer=composing.offer_terms(context.campaign.offer),
        evidence=tuple(_evidence_mark(context, receipt) for receipt in draft.letter.receipts),
        prompt=draft.origin.prompt,
        model=draft.origin.model,
        answers=_answered_mark(context),
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
        answers=_answered_mark(context),
    )


def legal_lines_for(context: Context, draft: Draft, unsubscribe_url: str | None) -> tuple[str, ...]:
    """Return the legal lines that this draft's text must carry.

    An answer that points to the notice carries the whole of it again, as the first letter did.
    """
    told = any(receipt.kind is ReceiptKind.NOTICE for receipt in draft.letter.receipts)
    touch = 1 if told else draft.touch
    if draft.channel is Channel.DM:
        return dm.legal_lines(context.brand, context.creator, language=draft.letter.language, touch=touch)
    return composing.legal_lines(
        context.brand,
        context.campaign,
        context.creator,
        language=draft.letter.language,
        touch=touch,
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
        case ReceiptKind.POST | ReceiptKind.BIO | ReceiptKind.REPLY:
            return context.creator.evidence_text(receipt.ref)
        case ReceiptKind.FACT:
            fact = context.brand.fact(receipt.ref)
            return fact.text if fact is not None else None
        case ReceiptKind.OFFER:
            return composing.offer_terms(context.campaign.offer)
        case ReceiptKind.NOTICE:
            return _origin_of_address(context)


def _origin_of_address(context: Context) -> str:
    origin = context.creator.address.provenance if context.creator.address is not None else None
    return f"{origin.kind} {origin.url} {origin.found_on}" if origin is not None else context.creator.person


def _answered_mark(context: Context) -> str:
    return seal_mark(context.answered) if context.answered is not None else ""


def _evidence_mark(context: Context, receipt: Receipt) -> str:
    # the text's hash: a post deleted or a fact reworded after the approval must void the seal
    text = evidence_text(context, receipt)
    mark = "gone" if text is None else sha256(text.encode()).hexdigest()[:16]
    return f"{receipt.kind.value}:{receipt.ref}:{mark}"
