"""Domain objects with sensible values, for tests that name only what they are about.

Each builder takes the fields of its class as keywords; what a test leaves out is filled in so that the
objects of a fresh call belong together: `an_outreach()` is for `a_creator()` in `a_campaign()` of
`a_brand()`, `a_draft()` is for `an_outreach()`, and so on.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from agent.domain.brand import (
    Affiliate,
    Brand,
    Cadence,
    Campaign,
    Fact,
    Gift,
    Money,
    Offer,
    Pacing,
    Programme,
    Rights,
    Sender,
    Value,
    Voice,
    Window,
)
from agent.domain.brief import (
    Agreement,
    AgreementStatus,
    AnswerKind,
    BriefAnswer,
    BriefApproval,
    BriefLetter,
    BriefVersion,
    Contact,
    Deliverable,
    Row,
    Section,
    Terms,
    UsageRights,
    content_hash,
)
from agent.domain.creator import Address, Creator, Post, Provenance
from agent.domain.delivery import Delivery
from agent.domain.draft import (
    Approval,
    Draft,
    Finding,
    Origin,
    Rejection,
    RejectionReason,
    Severity,
    Usage,
)
from agent.domain.fit import Fit, Reason
from agent.domain.handover import Handover
from agent.domain.ids import (
    ApprovalId,
    BrandId,
    BriefId,
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
from agent.domain.people import Account, Entry, Role
from agent.domain.published import KeptText, Publication
from agent.domain.replies import InboundMail, Reply, ReplyKind
from agent.ports import KeptAnswer

NOW = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
"""A Tuesday at half past eleven in Paris: inside everybody's window."""

POST_TEXT = "J’ai cousu quatre pochettes à savon dans un vieux rideau de lin de ma tante."


def a_post(key: str = "lison-0602", text: str = POST_TEXT, **fields: Any) -> Post:
    """Return a dated post whose original is its text."""
    given: dict[str, Any] = {"original": text, "published_on": date(2026, 6, 2), "likes": 342}
    return Post(key=key, text=text, **(given | fields))


def a_creator(handle: str = "lison.sans.flacon", **fields: Any) -> Creator:
    """Return a French nano creator with an address, its source and two posts."""
    platform = fields.pop("platform", "instagram")
    given: dict[str, Any] = {
        "id": creator_id(platform, handle),
        "url": f"https://{platform}.example/{handle}",
        "name": "Lison",
        "language": "fr",
        "country": "FR",
        "followers": 4200,
        "bio_original": "Plus un seul flacon sous la douche · Drôme",
        "bio": "Plus un seul flacon sous la douche · Drôme",
        "address": an_address(f"{handle}@creator.example"),
        "business_contact": True,
        "posts": (a_post(), a_post("lison-0324", "Deux ans sans flacon aujourd’hui.")),
        "updated_at": NOW,
    }
    return Creator(platform=platform, handle=handle, **(given | fields))


def an_address(email: str = "bonjour@sans-flacon.example", **fields: Any) -> Address:
    """Return an address that was found in a bio."""
    provenance = Provenance(
        kind="bio", url="https://instagram.example/lison.sans.flacon", found_on=date(2026, 10, 1)
    )
    return replace(Address(email=email, provenance=provenance), **fields)


def a_brand(brand_id: str = "savon-du-sud", **fields: Any) -> Brand:
    """Return a French soap maker with two values, two facts and no waiting between letters."""
    given: dict[str, Any] = {
        "name": "Savon du Sud",
        "language": "fr",
        "postal_address": "Savon du Sud, 14 traverse du Vieux-Moulin, 04300 Forcalquier, France",
        "website": "https://savon-du-sud.example",
        "privacy_url": "https://savon-du-sud.example/confidentialite",
        "sender": Sender(
            name="Camille Aubert",
            email="camille@savon-du-sud.example",
            pacing=Pacing(gap=timedelta(0), window=Window(always=True)),
        ),
        "values": (
            Value(name="Rien à jeter", text="Une salle de bain sans flacon ni film plastique."),
            Value(name="Le temps de la cure", text="Nous aimons les gestes lents.", weight=0.5),
        ),
        "voice": Voice(do=("Écrire en phrases courtes.",), banned=("miracle", "pépite")),
        "facts": (
            Fact(id="atelier", text="Nous sommes trois à fabriquer nos savons, dans un ancien moulin."),
            Fact(id="cure", text="Chaque pain sèche six semaines.", source="Cahier de fabrication, 2026"),
        ),
        "programme": Programme(name="Salle de bain", market="FR", year=2026, budget=euros("2500.00")),
    }
    return Brand(id=BrandId(brand_id), **(given | fields))


def euros(amount: str) -> Money:
    """Return an amount in euros, exactly as written."""
    return Money(amount=Decimal(amount), currency="EUR")


def an_offer(**fields: Any) -> Offer:
    """Return an offer that uses every term."""
    given: dict[str, Any] = {
        "gift": Gift(name="un coffret de quatre savons", value=euros("38.50")),
        "cash": euros("120.00"),
        "affiliate": Affiliate(rate="10%", code="LISON10"),
        "deliverables": ("un post",),
        "rights": Rights(months=6),
        "deadline": date(2026, 11, 30),
    }
    return Offer(**(given | fields))


def a_campaign(campaign_id: str = "second-evening", **fields: Any) -> Campaign:
    """Return a campaign of `a_brand()` for French nano creators, with its offer."""
    given: dict[str, Any] = {
        "brand_id": BrandId("savon-du-sud"),
        "objective": "Faire essayer le savon au romarin à qui a déjà renoncé aux flacons.",
        "category": "beauty",
        "languages": ("fr",),
        "countries": ("FR",),
        "followers": (500, 10_000),
        "offer": an_offer(),
        "cadence": Cadence(),
    }
    return Campaign(id=CampaignId(campaign_id), **(given | fields))


def a_fit(**fields: Any) -> Fit:
    """Return the fit of `a_creator()` with one reason."""
    reason = Reason(
        value="Rien à jeter", ref="lison-0602", quote=POST_TEXT, score=0.61, published_on=date(2026, 6, 2)
    )
    given: dict[str, Any] = {
        "creator_id": a_creator().id,
        "score": 1.25,
        "similarity": 0.58,
        "reasons": (reason,),
    }
    return Fit(**(given | fields))


def an_outreach(outreach_id: str = "o-1", **fields: Any) -> Outreach:
    """Return a shortlisted outreach to `a_creator()`; a given `creator_id` holds for its fit too."""
    creator = fields.get("creator_id", a_creator().id)
    given: dict[str, Any] = {
        "campaign_id": CampaignId("second-evening"),
        "creator_id": creator,
        "fit": a_fit(creator_id=creator),
        "created_at": NOW,
        "updated_at": NOW,
    }
    return Outreach(id=OutreachId(outreach_id), **(given | fields))


def a_letter(**fields: Any) -> Letter:
    """Return a French letter whose sentences carry a receipt of each kind but the bio's."""
    quoted = Receipt(kind=ReceiptKind.POST, ref="lison-0602", quote=POST_TEXT, published_on=date(2026, 6, 2))
    fact = Receipt(kind=ReceiptKind.FACT, ref="cure", quote="Chaque pain sèche six semaines.")
    offer = Receipt(kind=ReceiptKind.OFFER, ref="gift")
    given: dict[str, Any] = {
        "language": "fr",
        "subject": "Vos pochettes à savon",
        "greeting": "Bonjour Lison,",
        "paragraphs": (
            (Sentence(text=f"En juin, vous écriviez : « {POST_TEXT} »", receipts=(quoted,)),),
            (
                Sentence(text="Chaque pain sèche six semaines.", receipts=(fact,)),
                Sentence(text="Nous vous enverrions un coffret de quatre savons.", receipts=(offer,)),
            ),
            (Sentence(text="Cela vous ferait-il plaisir ?"),),
        ),
        "closing": "Camille Aubert\nSavon du Sud",
    }
    return Letter(**(given | fields))


def a_finding(**fields: Any) -> Finding:
    """Return a finding that only warns."""
    given: dict[str, Any] = {
        "code": "style.long_sentence",
        "severity": Severity.WARN,
        "span": "Chaque pain sèche six semaines.",
        "advice": "Cut the sentence in two.",
    }
    return Finding(**(given | fields))


def a_draft(draft_id: str = "d-1", **fields: Any) -> Draft:
    """Return a written first letter of `an_outreach()`."""
    given: dict[str, Any] = {
        "outreach_id": OutreachId("o-1"),
        "touch": 1,
        "letter": a_letter(),
        "origin": Origin(writer="offline", model="offline-1", prompt="letter@4be1c0de"),
        "created_at": NOW,
        "updated_at": NOW,
    }
    return Draft(id=DraftId(draft_id), **(given | fields))


def an_approval(approval_id: str = "a-1", **fields: Any) -> Approval:
    """Return an approval of `a_draft()` under the seal that `a_delivery()` carries."""
    given: dict[str, Any] = {
        "draft_id": DraftId("d-1"),
        "seal": Seal("5ea1" * 16),
        "by": "camille@savon-du-sud.example",
        "at": NOW,
    }
    return Approval(id=ApprovalId(approval_id), **(given | fields))


def a_rejection(draft_id: str = "d-1", **fields: Any) -> Rejection:
    """Return a rejection for reasons of taste."""
    given: dict[str, Any] = {
        "reason": RejectionReason.TASTE,
        "note": "Trop long.",
        "by": "camille@savon-du-sud.example",
        "at": NOW,
    }
    return Rejection(draft_id=DraftId(draft_id), **(given | fields))


def a_delivery(delivery_id: str = "v-1", **fields: Any) -> Delivery:
    """Return a queued delivery of `a_draft()` as approved by `an_approval()`, due now."""
    raw: bytes = fields.pop("raw", b"Subject: Vos pochettes\r\n\r\nBonjour Lison,\r\n")
    given: dict[str, Any] = {
        "outreach_id": OutreachId("o-1"),
        "touch": 1,
        "draft_id": DraftId("d-1"),
        "approval_id": ApprovalId("a-1"),
        "seal": Seal("5ea1" * 16),
        "message_id": f"<{delivery_id}@savon-du-sud.example>",
        "mailbox": "camille@savon-du-sud.example",
        "envelope_from": "camille@savon-du-sud.example",
        "envelope_to": "lison.sans.flacon@creator.example",
        "digest": sha256(raw).hexdigest(),
        "due_at": NOW,
        "created_at": NOW,
    }
    return Delivery(id=DeliveryId(delivery_id), raw=raw, **(given | fields))


def a_handover(handover_id: str = "h-1", **fields: Any) -> Handover:
    """Return a direct message of `a_draft()` as approved by `an_approval()`, that nobody has taken yet."""
    given: dict[str, Any] = {
        "outreach_id": OutreachId("o-1"),
        "touch": 1,
        "draft_id": DraftId("d-1"),
        "approval_id": ApprovalId("a-1"),
        "seal": Seal("5ea1" * 16),
        "person": "instagram:lison.sans.flacon",
        "profile_url": "https://instagram.example/lison.sans.flacon",
        "text": "Bonjour Lison,\n\nCela vous ferait-il plaisir\u202f?",
        "created_at": NOW,
    }
    return Handover(id=HandoverId(handover_id), **(given | fields))


def an_inbound(inbound_id: str = "i-1", **fields: Any) -> InboundMail:
    """Return a raw mail; its UID and its content follow from its id unless they are given."""
    raw: bytes = fields.pop("raw", f"Subject: Re: {inbound_id}\r\n\r\nOui !\r\n".encode())
    given: dict[str, Any] = {
        "account": "camille@savon-du-sud.example",
        "folder": "INBOX",
        "uidvalidity": 7,
        "uid": int(inbound_id.rpartition("-")[2]),
        "digest": sha256(raw).hexdigest(),
        "received_at": NOW,
    }
    return InboundMail(id=InboundId(inbound_id), raw=raw, **(given | fields))


def a_reply(reply_id: str = "r-1", **fields: Any) -> Reply:
    """Return an interested answer to `an_outreach()`, made of `an_inbound()`."""
    given: dict[str, Any] = {
        "inbound_id": InboundId("i-1"),
        "outreach_id": OutreachId("o-1"),
        "kind": ReplyKind.INTERESTED,
        "until": None,
        "from_address": "lison.sans.flacon@creator.example",
        "subject": "Re: Vos pochettes à savon",
        "text": "Oui, avec plaisir !",
        "received_at": NOW,
    }
    return Reply(id=ReplyId(reply_id), **(given | fields))


def an_account(email: str = "camille@savon-du-sud.example", **fields: Any) -> Account:
    """Return a manager's account."""
    given: dict[str, Any] = {
        "name": "Camille Aubert",
        "role": Role.MANAGER,
        "password_hash": "$argon2id$made-up",
        "created_at": NOW,
    }
    return Account(email=email, **(given | fields))


def a_kept_answer(key: str = "k-1", **fields: Any) -> KeptAnswer:
    """Return a model's answer for `an_outreach()` that no draft has been made of."""
    given: dict[str, Any] = {
        "outreach_id": OutreachId("o-1"),
        "model": "gpt-x",
        "content": '{"subject": "vos pochettes en lin du 2 juin"}',
        "usage": Usage(input_tokens=900, output_tokens=210, cost=Decimal("0.0012340"), cached_tokens=512),
        "at": NOW,
    }
    return KeptAnswer(key=key, **(given | fields))


def an_entry(**fields: Any) -> Entry:
    """Return a row of the journal about `a_draft()`."""
    given: dict[str, Any] = {
        "at": NOW,
        "who": "camille@savon-du-sud.example",
        "what": "approved",
        "subject": "d-1",
        "why": "",
    }
    return Entry(**(given | fields))


def a_kept_text(version: str = "a" * 12, **fields: Any) -> KeptText:
    """Return a version of the greeting's text."""
    given: dict[str, Any] = {"name": "letters/frame", "language": "fr", "source": "texte", "kept_at": NOW}
    return KeptText(version=version, **(given | fields))


def a_publication(**fields: Any) -> Publication:
    """Return a publication of `a_kept_text()` for `a_brand()`."""
    given: dict[str, Any] = {
        "brand_id": a_brand().id,
        "campaign_id": None,
        "name": "letters/frame",
        "language": "fr",
        "version": "a" * 12,
        "by": "Camille",
        "at": NOW,
        "reason": "shorter",
    }
    return Publication(**(given | fields))


def an_agreement(**fields: Any) -> Agreement:
    """Return the agreement of `an_outreach()`, accepted."""
    given: dict[str, Any] = {
        "outreach_id": OutreachId("o-1"),
        "status": AgreementStatus.ACCEPTED,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return Agreement(**(given | fields))


def some_terms(**fields: Any) -> Terms:
    """Return terms with a gift, one deliverable, dated rights and the usual French words."""
    given: dict[str, Any] = {
        "objective": "Faire essayer le savon au romarin.",
        "contact": Contact(name="Camille Aubert", email="camille@savon-du-sud.example"),
        "gift": Gift(name="un savon", value=euros("9.00")),
        "deliverables": (Deliverable(what="post", due_on=date(2026, 11, 30)),),
        "rights": UsageRights(scope="reposts", starts_on=date(2026, 11, 30), ends_on=date(2027, 5, 29)),
        "disclosure": ("Collaboration commerciale",),
    }
    return Terms(**(given | fields))


def a_brief(brief_id: str = "b-1", **fields: Any) -> BriefVersion:
    """Return the first version of the brief of `an_outreach()`; its digest is that of its terms."""
    terms: Terms = fields.pop("terms", some_terms())
    given: dict[str, Any] = {
        "outreach_id": OutreachId("o-1"),
        "number": 1,
        "language": "fr",
        "digest": content_hash(terms),
        "by": "camille@savon-du-sud.example",
        "frozen_at": NOW,
    }
    return BriefVersion(id=BriefId(brief_id), terms=terms, **(given | fields))


def a_brief_letter(**fields: Any) -> BriefLetter:
    """Return a short brief letter with one section of each make."""
    given: dict[str, Any] = {
        "language": "fr",
        "region": "FR",
        "title": "Notre collaboration",
        "brand": "Savon du Sud",
        "sender_lines": ("Savon du Sud", "Forcalquier"),
        "recipient": "À l’attention de Lison",
        "dated": "Le 6 octobre 2026",
        "greeting": "Bonjour Lison,",
        "opening": ("Merci !",),
        "sections": (
            Section(key="receive", title="Cadeau", rows=(Row(label="Cadeau", text="un savon"),)),
            Section(
                key="disclosure",
                title="Mention",
                lead="Chaque publication porte :",
                emphasis=("Collaboration commerciale",),
                items=("en toutes lettres",),
                remark="Textes : loi n° 2023-451.",
            ),
        ),
        "closing": ("À bientôt.",),
        "signature": ("Camille Aubert", "Savon du Sud"),
        "footer": "Savon du Sud · brief n° o-1",
        "page_of": "page {page} sur {pages}",
    }
    return BriefLetter(**(given | fields))


def a_brief_approval(**fields: Any) -> BriefApproval:
    """Return an approval of `a_brief()` with a few bytes for a PDF."""
    pdf: bytes = fields.pop("pdf", b"%PDF-1.7 made up")
    given: dict[str, Any] = {
        "brief_id": BriefId("b-1"),
        "seal": Seal("5ea1" * 16),
        "letter": a_brief_letter(),
        "pdf_digest": sha256(pdf).hexdigest(),
        "by": "camille@savon-du-sud.example",
        "at": NOW,
    }
    return BriefApproval(pdf=pdf, **(given | fields))


def a_brief_answer(answer_id: str = "n-1", **fields: Any) -> BriefAnswer:
    """Return a question about `a_brief()`."""
    given: dict[str, Any] = {
        "brief_id": BriefId("b-1"),
        "kind": AnswerKind.ASKS,
        "text": "Puis-je publier le 2 décembre ?",
        "at": NOW,
    }
    return BriefAnswer(id=answer_id, **(given | fields))
