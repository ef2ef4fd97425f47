"""Invented people and one letter, for the page that shows every component once."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from agent.domain.brand import Brand, Campaign, Gift, Money, Offer, Rights, Sender, Value
from agent.domain.channel import direct_messages_on
from agent.domain.creator import Address, Creator, Post, Provenance
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.draft import Draft, DraftStatus, Finding, Origin, Severity
from agent.domain.fit import Fit, Reason
from agent.domain.handover import Handover, HandoverState
from agent.domain.ids import (
    ApprovalId,
    BrandId,
    CampaignId,
    DeliveryId,
    DraftId,
    HandoverId,
    InboundId,
    OutreachId,
    ReplyId,
    Seal,
    creator_id,
)
from agent.domain.letter import Letter, Receipt, ReceiptKind, Sentence
from agent.domain.outreach import Outreach
from agent.domain.replies import Reply, ReplyKind
from agent.domain.seal import Correspondent, Outgoing, seal_of
from agent.ports import DraftLine, Earlier
from agent.usecases.handing import Errand
from agent.usecases.reviewing import Evidence, Review

_AT = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
_WHO = creator_id("instagram", "priya.mends")
_POST = (
    "Left cuff of my uncle’s jacket, done. Four tries and one very long phone call. He says it is the best "
    "cuff he has ever had."
)
_QUOTE = "Four tries and one very long phone call."
_FACT = "The first evening is the easy one, so our kit begins with a sock."
_FOOTER = (
    "Second Evening LLC, 2140 SE Tansy Street, Portland, OR 97214, USA\n"
    "Your address stands in your public bio. To hear no more from us: https://desk.example/unsubscribe/…"
)


def sample_review() -> Review:
    """Return a first letter with one receipt of each kind and two findings."""
    draft, evidence = _draft(), _evidence()
    outgoing = Outgoing(
        to=Correspondent(name="Priya", email="priya@mends.example"),
        sender=Correspondent(name="Tom Whitaker, Second Evening", email="tom@second-evening.example"),
        reply_to="tom@second-evening.example",
        subject=draft.letter.subject,
        body=f"{draft.letter.text}\n\n{_FOOTER}",
        language="en",
        offer="gift: darning kit (28 USD)",
    )
    return Review(
        draft=draft,
        outreach=_outreach(),
        creator=_creator(),
        brand=_brand(),
        campaign=_campaign(),
        outgoing=outgoing,
        seal=seal_of(outgoing),
        problem="",
        footer=_FOOTER,
        evidence=evidence,
        thread=(
            Earlier(
                touch=1,
                sent_at=datetime(2026, 9, 28, 9, tzinfo=UTC),
                subject="your jacket cuff from October",
                body="Hi Priya,\n\nThe letter that she had before.\n\nTom, Second Evening",
            ),
        ),
        replies=(sample_reply(ReplyKind.OUT_OF_OFFICE),),
    )


def sample_revised() -> Review:
    """Return the same letter as a version that was asked for."""
    review = sample_review()
    letter = review.draft.letter
    longer = (*letter.paragraphs[:-1], (*letter.paragraphs[-1], Sentence(text="Or is it, rather, a no?")))
    return replace(
        review,
        draft=replace(review.draft, revises=DraftId("before"), note="one question is enough"),
        before=replace(letter, subject=f"{letter.subject}, again", paragraphs=longer),
    )


def sample_line() -> DraftLine:
    """Return one line of the queue."""
    return DraftLine.of(_draft(), _creator(), _campaign().id)


def sample_delivery(state: DeliveryState) -> Delivery:
    """Return a delivery in a state."""
    return Delivery(
        id=DeliveryId(f"o-{state.value}"),
        outreach_id=OutreachId("sample"),
        touch=1,
        draft_id=DraftId("sample"),
        approval_id=ApprovalId("sample"),
        seal=Seal("5e" * 32),
        message_id="<sample@second-evening.example>",
        mailbox="tom@second-evening.example",
        envelope_from="tom@second-evening.example",
        envelope_to="priya@mends.example",
        raw=b"",
        digest="",
        state=state,
        due_at=_AT,
        attempts=1,
        reason="the connection ended after the text was handed over" if state is _UNSURE else "",
        created_at=_AT,
        sent_at=_AT if state is DeliveryState.SENT else None,
    )


_UNSURE = DeliveryState.UNCERTAIN


def sample_errand() -> Errand:
    """Return a message that somebody else is copying."""
    return Errand(
        handover=Handover(
            id=HandoverId("sample"),
            outreach_id=OutreachId("sample"),
            touch=1,
            draft_id=DraftId("sample"),
            approval_id=ApprovalId("sample"),
            seal=Seal(""),
            person="instagram:priya.mends",
            profile_url="https://instagram.example/priya.mends",
            text="Hi Priya,\n\nShall I pack one up for you?\n\nTom, Second Evening\n\nSay no and I won’t "
            "write again.",
            state=HandoverState.COPYING,
            by="tom@second-evening.example",
            claimed_at=_AT,
            created_at=_AT,
        ),
        outreach=_outreach(),
        creator=_creator(),
        campaign=_campaign(),
        brand=_brand(),
        platform=direct_messages_on("instagram"),
        language="en",
        holder="Tom Whitaker",
        obstacle="",
        until=None,
        is_final=False,
        whole_notice="Why you got this: Second Evening would like to make you an offer.",
        replies=(),
    )


def sample_reply(kind: ReplyKind) -> Reply:
    """Return an answer of a kind."""
    return Reply(
        id=ReplyId("sample"),
        inbound_id=InboundId("sample"),
        outreach_id=OutreachId("sample"),
        kind=kind,
        until=date(2026, 10, 12) if kind is ReplyKind.OUT_OF_OFFICE else None,
        from_address="priya@mends.example",
        subject="Re: your jacket cuff from October",
        text="Yes please! Does it come in wool colors?",
        received_at=_AT,
    )


def _creator() -> Creator:
    return Creator(
        id=_WHO,
        platform="instagram",
        handle="priya.mends",
        url="https://instagram.example/priya.mends",
        name="Priya",
        language="en",
        country="US",
        followers=3100,
        address=Address(
            email="priya@mends.example", provenance=Provenance(kind="bio", found_on=date(2026, 10, 1))
        ),
        business_contact=True,
        posts=(
            Post(key="p1", original=_POST, text=_POST, published_on=date(2026, 10, 4), likes=140, comments=9),
        ),
        updated_at=_AT,
    )


def _brand() -> Brand:
    return Brand(
        id=BrandId("sample"),
        name="Second Evening",
        language="en",
        postal_address="2140 SE Tansy Street, Portland, OR 97214, USA",
        sender=Sender(name="Tom Whitaker", email="tom@second-evening.example"),
        values=(Value(name="The second evening", text="The stubbornness of starting over."),),
    )


def _campaign() -> Campaign:
    return Campaign(
        id=CampaignId("sample"),
        brand_id=BrandId("sample"),
        objective="Have the darning kit tried by people who mend.",
        offer=Offer(
            gift=Gift(name="darning kit", value=Money(amount=Decimal(28), currency="USD")),
            rights=Rights(months=6),
        ),
    )


def _outreach() -> Outreach:
    reason = Reason(
        value="The second evening", ref="p1", quote=_QUOTE, score=0.74, published_on=date(2026, 10, 4)
    )
    return Outreach(
        id=OutreachId("sample"),
        campaign_id=CampaignId("sample"),
        creator_id=_WHO,
        fit=Fit(creator_id=_WHO, score=1.3, similarity=0.61, reasons=(reason,)),
        created_at=_AT,
        updated_at=_AT,
    )


def _receipts() -> tuple[Receipt, Receipt, Receipt]:
    return (
        Receipt(kind=ReceiptKind.POST, ref="p1", quote=_QUOTE, published_on=date(2026, 10, 4)),
        Receipt(kind=ReceiptKind.FACT, ref="sock", quote=_FACT),
        Receipt(kind=ReceiptKind.OFFER, ref="gift"),
    )


def _draft() -> Draft:
    post, fact, offer = _receipts()
    letter = Letter(
        language="en",
        subject="your jacket cuff from October",
        greeting="Hi Priya,",
        paragraphs=(
            (
                Sentence(text=f"You wrote on October 4: “{_QUOTE}”", receipts=(post,)),
                Sentence(text="Your cats must have helped."),
            ),
            (
                Sentence(text=_FACT, receipts=(fact,)),
                Sentence(text="One of them ($28 value) could be on its way to you.", receipts=(offer,)),
            ),
            (Sentence(text="Shall I pack one up for you?"),),
        ),
        closing="Tom, Second Evening",
    )
    return Draft(
        id=DraftId("sample"),
        outreach_id=OutreachId("sample"),
        touch=2,
        letter=letter,
        origin=Origin(writer="offline", model="templates", prompt="first-letter@4be1c0de"),
        findings=_findings(),
        status=DraftStatus.BLOCKED,
        created_at=_AT,
        updated_at=_AT,
    )


def _findings() -> tuple[Finding, ...]:
    return (
        Finding(
            code="shape.length",
            severity=Severity.WARN,
            span="",
            advice="The letter has 52 words; between 60 and 140 are read.",
        ),
        Finding(
            code="receipts.unsupported",
            severity=Severity.BLOCK,
            span="Your cats must have helped.",
            advice="This guesses at the creator's life: say only what a post says.",
        ),
    )


def _evidence() -> tuple[Evidence, ...]:
    post, fact, offer = _receipts()
    return (
        Evidence(number=1, receipt=post, text=_POST, url="https://instagram.example/priya.mends/p/1"),
        Evidence(number=2, receipt=fact, text=_FACT, url=None),
        Evidence(number=3, receipt=offer, text="gift: darning kit (28 USD)", url=None),
    )
