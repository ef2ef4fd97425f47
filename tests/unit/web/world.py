"""A small world to open a desk on: one brand, a few letters, and the people who read them."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from fastapi import FastAPI
from starlette.testclient import TestClient

from agent.adapters.clock import FixedClock
from agent.domain.brand import Brand, Campaign, Offer
from agent.domain.creator import Creator
from agent.domain.delivery import Delivery
from agent.domain.draft import Draft, DraftStatus, Origin, Rejection, Severity
from agent.domain.fit import Reason
from agent.domain.ids import CampaignId, DraftId, OutreachId
from agent.domain.letter import Letter, Receipt, ReceiptKind, Sentence
from agent.domain.outreach import Outreach
from agent.domain.people import Account, Role
from agent.ports import Ports, Store, Transaction
from agent.usecases import reviewing
from agent.usecases.accounts import register
from agent.web.app import create_app
from agent.web.config import DeskConfig
from tests.builders import (
    NOW,
    a_brand,
    a_campaign,
    a_creator,
    a_draft,
    a_finding,
    a_fit,
    a_post,
    a_reply,
    an_inbound,
    an_offer,
    an_outreach,
)
from tests.fakes import PlainPasswords, make_ports

KEY = b"a key that nobody but these tests knows"
HOST = "http://127.0.0.1"
PASSWORD = "a short sentence to remember"
PUBLIC = "https://desk.example"
CAMPAIGN = CampaignId("savon-printemps")


class CountedPasswords(PlainPasswords):
    """Counts how often it was asked to work."""

    def __init__(self) -> None:
        self.work = 0

    def hash(self, password: str) -> str:
        self.work += 1
        return super().hash(password)

    def matches(self, password: str, hashed: str) -> bool:
        self.work += 1
        return super().matches(password, hashed)


Thing = Brand | Campaign | Creator | Outreach | Draft | Delivery | Account


@dataclass(frozen=True, kw_only=True)
class World:
    """Ports with their parts within reach, and the desk on them."""

    clock: FixedClock
    passwords: CountedPasswords
    ports: Ports
    config: DeskConfig
    app: FastAPI

    def client(self, **options: Any) -> TestClient:
        """Return a browser without cookies."""
        return TestClient(self.app, base_url=HOST, follow_redirects=False, **options)

    def person(self, role: Role, **options: Any) -> TestClient:
        """Return a browser in which somebody with this role is logged in."""
        client = self.client(**options)
        answer = post(client, "/login", via="/login", email=self.account(role).email, password=PASSWORD)
        assert answer.status_code == 303, answer.text
        return client

    def account(self, role: Role) -> Account:
        """Return the account of somebody with this role."""
        email = f"{role.value}@savon-du-sud.example"
        with self.ports.store.read() as tx:
            known = tx.accounts.get(email)
        return known or register(self.ports, email=email, name="Camille Aubert", role=role, password=PASSWORD)

    def seal(self, draft_id: str) -> str:
        """Return the seal of what would leave now."""
        seal = reviewing.review(self.ports, DraftId(draft_id)).seal
        assert seal is not None
        return seal

    def draft(self, draft_id: str) -> Draft:
        """Return a draft as it is stored."""
        with self.ports.store.read() as tx:
            draft = tx.drafts.get(DraftId(draft_id))
        assert draft is not None
        return draft

    def rejection(self, draft_id: str) -> Rejection | None:
        """Return the rejection of a draft."""
        with self.ports.store.read() as tx:
            return tx.drafts.rejection(DraftId(draft_id))

    def deliveries(self) -> tuple[Delivery, ...]:
        """Return the whole outbox."""
        with self.ports.store.read() as tx:
            return tx.deliveries.list()

    def is_suppressed(self, email: str) -> bool:
        """Return whether an address is never written to again."""
        with self.ports.store.read() as tx:
            return tx.suppressions.has(self.ports.fingerprints.of(email))

    def put(self, *things: Thing) -> None:
        """Store things as they are."""
        with self.ports.store.write() as tx:
            for thing in things:
                _put(tx, thing)

    def answer(self, number: int, **fields: Any) -> None:
        """Store an answer with its mail."""
        mail = an_inbound(f"i-{number}")
        with self.ports.store.write() as tx:
            tx.inbox.add(mail)
            tx.inbox.file(a_reply(f"r-{number}", inbound_id=mail.id, **fields))

    def creator(self, draft_id: str) -> Creator:
        """Return to whom a draft is written."""
        return reviewing.review(self.ports, DraftId(draft_id)).creator


def _put(tx: Transaction, thing: Thing) -> None:
    match thing:
        case Brand():
            tx.brands.save(thing)
        case Campaign():
            tx.brands.save_campaign(thing)
        case Creator():
            tx.creators.save(thing)
        case Outreach():
            tx.outreach.save(thing)
        case Draft():
            tx.drafts.save(thing)
        case Account():
            tx.accounts.save(thing)
        case Delivery():
            known = tx.deliveries.get(thing.id)
            if known is None:
                tx.deliveries.add(thing)
            else:
                tx.deliveries.move(thing, expected=known.state, owner=known.owner)


def a_world(*, letters: int = 3, store: Store | None = None, **config: Any) -> World:
    """Return a world with that many letters to read, `d-1` the oldest."""
    clock, passwords = FixedClock(NOW), CountedPasswords()
    given: dict[str, Any] = {"secret_key": KEY, "public_url": PUBLIC, "zone": ZoneInfo("Europe/Paris")}
    desk_config = DeskConfig(**(given | config))
    ports = replace(make_ports(public_url=PUBLIC, store=store), clock=clock, passwords=passwords)
    app = create_app(ports, desk_config)
    world = World(clock=clock, passwords=passwords, ports=ports, config=desk_config, app=app)
    if letters:
        world.put(a_brand(), a_campaign(CAMPAIGN, offer=a_gift_only()))
    for number in range(1, letters + 1):
        add_letter(world, number)
    return world


def a_desk_on(ports: Ports) -> World:
    """Return the desk on a store that holds something already."""
    config, passwords = DeskConfig(secret_key=KEY), CountedPasswords()
    desk = replace(ports, passwords=passwords)
    assert isinstance(ports.clock, FixedClock)
    return World(
        clock=ports.clock, passwords=passwords, ports=desk, config=config, app=create_app(desk, config)
    )


def a_gift_only() -> Offer:
    """Return what most first letters offer."""
    return replace(an_offer(), cash=None, affiliate=None, deliverables=(), deadline=None)


class Person(NamedTuple):
    """A creator, one post, and what a letter makes of it."""

    handle: str
    name: str
    post: str
    quote: str
    opening: str
    subject: str


PEOPLE = (
    Person(
        handle="lison.sans.flacon",
        name="Lison",
        post="Deux ans sans flacon aujourd’hui. La poubelle de la salle de bain, je ne la vide plus "
        "qu’une fois par trimestre, et le plus souvent c’est du carton. #zerodechet",
        quote="je ne la vide plus qu’une fois par trimestre",
        opening="Le 24 mars, vous disiez de votre poubelle\u202f: «\u202fje ne la vide plus "
        "qu’une fois par trimestre\u202f».",
        subject="votre poubelle trimestrielle",
    ),
    Person(
        handle="solene.au.jardin",
        name="Solène",
        post="Taillé le romarin ce matin, il m’a rendu un plein panier. La moitié sèche au grenier.",
        quote="Taillé le romarin ce matin, il m’a rendu un plein panier.",
        opening="Le 24 mars, vous écriviez\u202f: «\u202fTaillé le romarin ce matin, il m’a rendu un plein "
        "panier.\u202f»",
        subject="votre panier de romarin",
    ),
    Person(
        handle="les.pains.de.baptiste",
        name="Baptiste",
        post="Soixante savons au grenier, six semaines à ne pas y toucher. C’est long, c’est le métier.",
        quote="six semaines à ne pas y toucher",
        opening="Le 24 mars, vous écriviez\u202f: «\u202fsix semaines à ne pas y toucher\u202f».",
        subject="vos soixante savons",
    ),
)


def add_letter(world: World, number: int, **fields: Any) -> Draft:
    """Store a creator with an outreach and a letter that waits for a decision."""
    person = PEOPLE[(number - 1) % len(PEOPLE)]
    handle = person.handle if number <= len(PEOPLE) else f"{person.handle}.{number}"
    creator = a_creator(
        handle,
        name=person.name,
        posts=(
            a_post(
                "p1",
                person.post,
                published_on=date(2026, 3, 24),
                url=f"https://instagram.example/{handle}/p1",
            ),
            a_post("p2", "Dimanche, j’ai pesé tout ce que contient notre salle de bain : 1,4 kg.", likes=210),
        ),
    )
    reasons = (
        Reason(
            value="Rien à jeter", ref="p1", quote=person.quote, score=0.74, published_on=date(2026, 3, 24)
        ),
        Reason(
            value="Le temps de la cure", ref="bio", quote="Plus un seul flacon sous la douche", score=0.61
        ),
    )
    outreach = an_outreach(
        f"o-{number}",
        creator_id=creator.id,
        fit=a_fit(creator_id=creator.id, reasons=reasons),
        campaign_id=CAMPAIGN,
    )
    letter = _letter(creator, person)
    at = NOW - timedelta(days=2) + timedelta(minutes=number)
    given: dict[str, Any] = {
        "outreach_id": OutreachId(f"o-{number}"),
        "letter": letter,
        "status": DraftStatus.PENDING,
        "origin": Origin(writer="offline", model="templates", prompt="first-letter@4be1c0de"),
        "created_at": at,
        "updated_at": at,
    }
    draft = a_draft(f"d-{number}", **(given | fields))
    world.put(creator, outreach, draft)
    return draft


def block(world: World, draft_id: str, span: str, code: str = "receipts.unsupported") -> None:
    """Let the gate hold a letter back for one span."""
    finding = a_finding(
        code=code,
        severity=Severity.BLOCK,
        span=span,
        advice="This guesses at the creator's life: say only what a post says.",
    )
    draft = world.draft(draft_id)
    world.put(replace(draft, status=DraftStatus.BLOCKED, findings=(finding,)))


def _letter(creator: Creator, person: Person) -> Letter:
    post = Receipt(kind=ReceiptKind.POST, ref="p1", quote=person.quote, published_on=date(2026, 3, 24))
    atelier = Receipt(kind=ReceiptKind.FACT, ref="atelier", quote="Nous sommes trois à fabriquer nos savons")
    cure = Receipt(kind=ReceiptKind.FACT, ref="cure", quote="Chaque pain sèche six semaines.")
    gift = Receipt(kind=ReceiptKind.OFFER, ref="gift")
    return Letter(
        language="fr",
        subject=person.subject,
        greeting=f"Bonjour {creator.name},",
        paragraphs=(
            (
                Sentence(text=person.opening, receipts=(post,)),
                Sentence(text="C’est, à peu de chose près, ce que nous cherchons à faire ici."),
            ),
            (
                Sentence(
                    text="Nous sommes trois à fabriquer nos savons, dans un ancien moulin.",
                    receipts=(atelier,),
                ),
                Sentence(text="Chaque pain sèche six semaines.", receipts=(cure,)),
            ),
            (
                Sentence(
                    text="Nous aimerions vous envoyer un coffret de quatre savons (valeur 38,50\u202f€), "
                    "à essayer, sans contrepartie.",
                    receipts=(gift,),
                ),
            ),
            (Sentence(text="Cela vous ferait-il plaisir\u202f? Un simple oui suffit."),),
        ),
        closing="Camille, Savon du Sud",
    )


def token_of(client: TestClient, path: str) -> str:
    """Return the form token of a page."""
    html = client.get(path).text
    return html.partition('name="token" value="')[2].partition('"')[0]


def post(client: TestClient, url: str, /, *, via: str = "/", **fields: str) -> Any:
    """Send a form as a browser does that has read the page `via`."""
    headers = {"Origin": HOST, "Sec-Fetch-Site": "same-origin"}
    return client.post(url, data={"token": token_of(client, via), **fields}, headers=headers)
