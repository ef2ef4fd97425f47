"""A small world in which letters are written, approved, sent and answered."""

from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from agent.adapters.offline import OfflineWriter
from agent.domain.brand import Campaign, Pacing, Window
from agent.domain.creator import Creator
from agent.domain.delivery import Delivery
from agent.domain.draft import Draft
from agent.domain.ids import CampaignId, OutreachId
from agent.domain.letter import Receipt, ReceiptKind, Sentence, Words
from agent.domain.outreach import Outreach
from agent.ports import Ports
from agent.usecases.drafting import draft_letter
from agent.usecases.reviewing import approve, review
from agent.usecases.sending import send_due
from agent.usecases.sending_report import SendReport
from tests.builders import NOW, a_brand, a_campaign, a_creator, a_fit, a_post, an_offer, an_outreach
from tests.fakes import RecordingMailer, make_ports

READER = "Camille"
QUOTE = "quatre pochettes à savon dans un vieux rideau de lin de ma tante"
CAMPAIGN = CampaignId("second-evening")

GOOD_WORDS = Words(
    subject="vos pochettes en lin du 2 juin",
    opening=(
        Sentence(
            text=f"Le 2 juin, vous racontiez avoir cousu « {QUOTE} ».",
            receipts=(
                Receipt(kind=ReceiptKind.POST, ref="lison-0602", quote=QUOTE, published_on=date(2026, 6, 2)),
            ),
        ),
    ),
    bridge=(
        Sentence(
            text="Nous sommes trois à fabriquer nos savons, dans un ancien moulin.",
            receipts=(
                Receipt(
                    kind=ReceiptKind.FACT,
                    ref="atelier",
                    quote="Nous sommes trois à fabriquer nos savons, dans un ancien moulin.",
                ),
            ),
        ),
        Sentence(
            text="Chaque pain sèche six semaines.",
            receipts=(Receipt(kind=ReceiptKind.FACT, ref="cure", quote="Chaque pain sèche six semaines."),),
        ),
    ),
    ask=Sentence(text="Cela vous ferait-il plaisir de l’essayer chez vous ?"),
)


def a_world(*handles: str, ports: Ports | None = None) -> Ports:
    """Return ports whose store knows the brand and shortlisted creators with these handles."""
    made = ports or make_ports(writers={"offline": OfflineWriter()})
    with made.store.write() as tx:
        tx.brands.save(a_brand())
        tx.brands.save_campaign(the_campaign())
        for handle in handles or ("lison.sans.flacon",):
            creator = a_neighbour(handle)
            tx.creators.save(creator)
            tx.outreach.save(outreach_to(creator))
    return made


def a_quick_world(*handles: str, ports: Ports | None = None) -> Ports:
    """Return a world whose mailbox writes without gaps, at any hour."""
    world = a_world(*handles, ports=ports)
    pacing = Pacing(per_day=1_000, gap=timedelta(0), window=Window(always=True))
    with world.store.write() as tx:
        tx.brands.save(a_brand(sender=replace(a_brand().sender, pacing=pacing)))
    return world


def the_campaign(**fields: Any) -> Campaign:
    """Return the campaign of this world: a gift, and nothing asked for it."""
    gift = an_offer(cash=None, affiliate=None, rights=None, deadline=None, deliverables=())
    return a_campaign(**({"offer": gift} | fields))


def a_neighbour(handle: str) -> Creator:
    """Return a creator who has a few things to say."""
    posts = (
        a_post(),
        a_post(
            "lison-0324",
            "Deux ans que je n’ai pas acheté un seul flacon de gel douche, et ça ne me manque pas.",
            published_on=date(2026, 3, 24),
        ),
        a_post(
            "lison-0914",
            "Le savon au lait d’ânesse du marché fond trop vite : coupé en quatre, il sèche mieux.",
            published_on=date(2026, 9, 14),
        ),
    )
    return a_creator(handle, posts=posts)


def outreach_to(creator: Creator) -> Outreach:
    """Return the shortlisted outreach to a creator, with a reason per post."""
    reasons = tuple(
        replace(a_fit().reasons[0], ref=post.key, quote=post.text, published_on=post.published_on)
        for post in creator.posts
    )
    return an_outreach(
        f"o-{creator.handle}",
        creator_id=creator.id,
        fit=a_fit(creator_id=creator.id, reasons=reasons),
        campaign_id=CAMPAIGN,
    )


def written(ports: Ports, handle: str = "lison.sans.flacon") -> Draft:
    """Return the next letter to a creator, drafted offline and waiting for a decision."""
    draft = draft_letter(ports, OutreachId(f"o-{handle}"), writer=ports.writers["offline"])
    assert draft is not None
    return draft


def approved(ports: Ports, handle: str = "lison.sans.flacon") -> Delivery:
    """Return the delivery of a letter that was written and approved."""
    draft = written(ports, handle)
    shown = review(ports, draft.id)
    assert shown.draft.status.value == "pending", shown.draft.findings
    delivery = approve(ports, draft.id, seal=str(shown.seal), by=READER)
    assert isinstance(delivery, Delivery)
    return delivery


def sent(ports: Ports, handle: str = "lison.sans.flacon") -> tuple[Delivery, SendReport]:
    """Return a delivery that left, and the run that sent it."""
    delivery = approved(ports, handle)
    return delivery, send_due(ports)


def accepted(ports: Ports) -> list[bytes]:
    """Return what the recording mailer was handed, in order."""
    assert isinstance(ports.mailer, RecordingMailer)
    return [letter.raw for letter in ports.mailer.accepted]


def an_answer(
    delivery: Delivery,
    text: str,
    *,
    sender: str | None = None,
    in_reply_to: bool = True,
    subject: str = "Re: votre lettre",
    headers: dict[str, str] | None = None,
) -> bytes:
    """Return a raw mail that answers a letter."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender or delivery.envelope_to
    mail["To"] = delivery.mailbox
    mail["Subject"] = subject
    mail["Date"] = NOW
    mail["Message-ID"] = f"<answer.{abs(hash((text, sender)))}@creator.example>"
    if in_reply_to:
        mail["In-Reply-To"] = delivery.message_id
    for name, value in (headers or {}).items():
        mail[name] = value
    mail.set_content(text)
    return mail.as_bytes()
