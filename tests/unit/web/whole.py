"""A desk with one of everything that its addresses name, and a right form for every address that changes."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Route

from agent.adapters.memory import MemoryStore
from agent.adapters.offline import OfflineWriter
from agent.domain.channel import Channel
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.handover import Handover
from agent.domain.ids import DraftId, OutreachId
from agent.domain.mailbox import Mailbox
from agent.domain.outreach import OutreachStatus
from agent.domain.people import Role
from agent.domain.replies import ReplyKind
from agent.ports import Store
from agent.usecases.accounts import create_login_link
from agent.usecases.briefing import BriefReview, approve_brief, open_brief, review_brief
from agent.usecases.handing import mark_sent, take
from agent.usecases.indexing import build_index
from agent.usecases.reviewing import approve
from agent.usecases.setting_up import brand_setup, campaign_setup
from agent.web.app import create_app
from agent.web.briefform import fields_of
from agent.web.setupform import fields_of as fields_of_setup
from tests.builders import NOW, a_brand, a_campaign, a_creator, an_offer, an_outreach
from tests.fakes import ScriptedWriter, quiet
from tests.unit.usecases.world import GOOD_WORDS
from tests.unit.web.world import CAMPAIGN, HOST, KEY, PASSWORD, World, a_world, add_letter

TALKING, UNBRIEFED, BRIEFED, APPROVED = "o-10", "o-21", "o-22", "o-23"
"""Outreaches beside those of the letters: in conversation, and three who said yes."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """What a person sends: ids of its address, where they are not the usual ones, and its fields.

    `keeps` says that it changes no row: a session, a cookie.
    """

    ids: Mapping[str, str] = field(default_factory=dict)
    fields: Callable[[World], dict[str, str]] = lambda _: {}
    keeps: bool = False


def brand_fields(world: World, **changed: str) -> dict[str, str]:
    """Return the brand's form as it is shown, with some fields typed over."""
    setup = brand_setup(world.ports, a_brand().id)
    return {**fields_of_setup(world.ports.brand_files.tree(setup.file)), "mark": setup.mark, **changed}


def campaign_fields(world: World, **changed: str) -> dict[str, str]:
    """Return the campaign's form as it is shown, with some fields typed over."""
    setup = campaign_setup(world.ports, CAMPAIGN)
    return {**fields_of_setup(world.ports.brand_files.tree(setup.file)), "mark": setup.mark, **changed}


def _same(**fields: str) -> Callable[[World], dict[str, str]]:
    return lambda _: fields


FORMS: Mapping[str, Form] = {
    "/drafts/{draft_id}/edit": Form(fields=_same(subject="autre", text="autre")),
    "/drafts/{draft_id}/check": Form(fields=_same(subject="autre", text="autre"), keeps=True),
    "/drafts/{draft_id}/approval": Form(fields=lambda world: {"seal": world.seal("d-1")}),
    "/drafts/{draft_id}/rejection": Form(fields=_same(reason="taste")),
    "/drafts/{draft_id}/revision": Form(
        fields=lambda world: {"seen": world.draft("d-1").letter.digest, "wish": "plus court"}
    ),
    "/drafts/{draft_id}/withdrawal": Form(ids={"draft_id": "approved draft"}),
    "/drafts/{draft_id}/opening": Form(keeps=True),  # nobody has the letter open
    "/assignment": Form(fields=_same(to="manager@savon-du-sud.example")),
    "/outbox/search": Form(),
    "/outbox/{delivery_id}/resolution": Form(fields=_same(verdict="sent")),
    "/outbox/mailboxes/{address}/resumption": Form(),
    "/messages/{handover_id}/claim": Form(),
    "/messages/{handover_id}/sent": Form(ids={"handover_id": "message in hand"}),
    "/messages/{handover_id}/failure": Form(
        ids={"handover_id": "message in hand"}, fields=_same(reason="no")
    ),
    "/messages/{handover_id}/return": Form(ids={"handover_id": "message in hand"}),
    "/messages/{handover_id}/answer": Form(
        ids={"handover_id": "copied message"}, fields=_same(text="Oui, avec plaisir !", kind="interested")
    ),
    "/matching/{campaign_id}/shortlist": Form(fields=_same(limit="5")),
    "/replies/{reply_id}/conversation": Form(
        ids={"reply_id": "lost reply"}, fields=_same(outreach_id=TALKING)
    ),
    "/replies/{reply_id}/draft": Form(),
    "/replies/{reply_id}/kind": Form(fields=_same(kind="declined")),
    "/briefs/{outreach_id}/opening": Form(ids={"outreach_id": "yes without brief"}),
    "/briefs/{outreach_id}/edit": Form(fields=lambda world: _terms(world, note="Sans urgence.")),
    "/briefs/{outreach_id}/approval": Form(fields=lambda world: {"seal": _brief(world).seal}),
    "/briefs/{outreach_id}/agreement": Form(
        ids={"outreach_id": "approved brief"}, fields=_same(status="withdrawn")
    ),
    "/account/password": Form(fields=_same(current=PASSWORD, password="another sentence, longer")),
    "/account/sessions": Form(),
    "/logout": Form(),
    "/campaigns/{campaign_id}/edit": Form(
        fields=lambda world: campaign_fields(world, **{"campaigns[0].quotas.per_day": "7"})
    ),
    "/brands/new": Form(fields=lambda world: brand_fields(world, mark="", **{"brand.name": "Autre marque"})),
    "/brands/{brand_id}": Form(fields=lambda world: brand_fields(world, **{"sender.pacing.per_day": "7"})),
    "/brands/{brand_id}/campaigns": Form(
        fields=_same(**{"campaigns[0].id": "autre", "campaigns[0].objective": "Faire essayer."})
    ),
    "/language": Form(fields=_same(language="fr", path="/"), keeps=True),
    "/login": Form(fields=_same(email="manager@savon-du-sud.example", password=PASSWORD), keeps=True),
    "/setup/{token}": Form(ids={"token": "set-up link"}, keeps=True),
    "/enter/{token}": Form(ids={"token": "log-in link"}),
    "/unsubscribe/{token}": Form(ids={"token": "letter's link"}),
    "/brief/{token}/answer": Form(
        ids={"token": "brief's link"}, fields=_same(kind="asks", text="Et après ?")
    ),
}
"""A form for each address that changes something; `test_roles` sees to it that none is missing."""


@dataclass(frozen=True, kw_only=True)
class Whole:
    """The desk, and what stands for each id in its addresses."""

    world: World
    names: Mapping[str, str]
    rows: MemoryStore | None

    def rewound(self) -> Self:
        """Put every row back as it was, and return the same desk: templates are not compiled again."""
        desk = self.world.app.state.desk
        for throttle in (desk.throttle, desk.answering):
            throttle._failures.clear()
        store = self.world.ports.store
        assert isinstance(store, MemoryStore)
        assert self.rows is not None
        store._state = self.rows._state
        return self

    def address(self, path: str) -> str:
        """Return an address under this route, with ids of things that are there."""
        ids = FORMS[path].ids if path in FORMS else {}
        return re.sub(r"{(\w+)}", lambda match: self.names[ids.get(match[1], match[1])], path)

    def fields(self, path: str) -> dict[str, str]:
        """Return what a right form says, but the token."""
        return FORMS[path].fields(self.world)

    def mark(self) -> object:
        """Return what tells later whether anything was written since."""
        with self.world.ports.store.write() as tx:
            return tx.changes.mark()

    def is_untouched(self, mark: object) -> bool:
        """Return whether nothing was written since."""
        with self.world.ports.store.read() as tx:
            return tx.changes.none_since(mark)


def a_whole(store: Store | None = None) -> Whole:
    """Return a desk with letters, messages, answers and briefs in every state that a form needs."""
    world = a_world(letters=2, store=store)
    ports = replace(world.ports, writers={"offline": OfflineWriter(), "openai": ScriptedWriter([GOOD_WORDS])})
    world = replace(world, ports=ports, app=create_app(ports, world.config))
    accounts = {role: world.account(role).email for role in Role}
    by = accounts[Role.MANAGER]
    add_letter(world, 4)
    for draft_id in ("d-2", "d-4"):
        approve(ports, DraftId(draft_id), seal=world.seal(draft_id), by=by)
    _, uncertain = world.deliveries()
    world.put(replace(uncertain, state=DeliveryState.UNCERTAIN, reason="the line went dead"))
    messages = _messages(world, by=by)
    _answers(world, by=by)
    _briefs(world, by=by)
    world.put(a_creator("noe.a.repondre", name="Noé"))
    build_index(ports, progress=quiet)
    with ports.store.write() as tx:
        tx.mailboxes.save(Mailbox(address="anna@brand.example").paused(at=NOW, reason="550 5.7.1 policy"))
    names = _names(world, uncertain=uncertain.id, by=by) | messages
    rows = ports.store.forked() if isinstance(ports.store, MemoryStore) else None
    return Whole(world=world, names=names, rows=rows)


def _messages(world: World, *, by: str) -> dict[str, str]:
    with world.ports.store.read() as tx:
        campaign = tx.brands.campaign(CAMPAIGN)
    assert campaign is not None
    world.put(replace(campaign, channels=(Channel.EMAIL, Channel.DM)))
    found = []
    for number in (5, 7, 8):
        draft = add_letter(world, number, channel=Channel.DM)
        draft_id = draft.id
        creator = world.creator(draft_id)
        world.put(
            replace(creator, address=None, url=f"https://instagram.example/{creator.handle}"),
            replace(draft, letter=replace(draft.letter, subject="")),
        )
        approved = approve(world.ports, draft_id, seal=world.seal(draft_id), by=by)
        assert isinstance(approved, Handover)
        found.append(approved.id)
    waiting, in_hand, copied = found
    take(world.ports, in_hand, by=by)
    take(world.ports, copied, by=by)
    mark_sent(world.ports, copied, by=by)
    return {"handover_id": waiting, "message in hand": in_hand, "copied message": copied}


def _answers(world: World, *, by: str) -> None:
    letter = add_letter(world, 10)
    delivery = approve(world.ports, letter.id, seal=world.seal(letter.id), by=by)
    assert isinstance(delivery, Delivery)
    with world.ports.store.read() as tx:
        outreach = tx.outreach.get(OutreachId(TALKING))
    assert outreach is not None
    world.put(
        replace(delivery, state=DeliveryState.SENT, sent_at=NOW),
        replace(outreach, status=OutreachStatus.IN_CONVERSATION, touches_sent=1),
    )
    world.answer(1, outreach_id=None, from_address="agence@ailleurs.example")
    world.answer(2, outreach_id=TALKING, kind=ReplyKind.QUESTION, text="Faut-il publier quelque chose ?")


def _briefs(world: World, *, by: str) -> None:
    offer = an_offer(cash=None, affiliate=None, deliverables=("une vidéo",))
    world.put(a_campaign("briefs", offer=offer))
    for outreach_id in (UNBRIEFED, BRIEFED, APPROVED):
        creator = a_creator(f"oui.{outreach_id}")
        yes = an_outreach(
            outreach_id, creator_id=creator.id, campaign_id="briefs", status=OutreachStatus.AGREED
        )
        world.put(creator, yes)
    for outreach_id in (BRIEFED, APPROVED):
        open_brief(world.ports, OutreachId(outreach_id), by=by)
    approve_brief(world.ports, OutreachId(APPROVED), seal=_brief(world, APPROVED).seal, by=by)


def _names(world: World, *, uncertain: str, by: str) -> dict[str, str]:
    links = world.ports.links
    entry = create_login_link(world.ports, key=KEY, base_url=HOST, email=by)
    return {
        "draft_id": "d-1",
        "approved draft": "d-2",
        "delivery_id": uncertain,
        "address": "anna@brand.example",
        "campaign_id": CAMPAIGN,
        "brand_id": a_brand().id,
        "reply_id": "r-2",
        "lost reply": "r-1",
        "outreach_id": BRIEFED,
        "yes without brief": UNBRIEFED,
        "approved brief": APPROVED,
        "name": "desk.css",
        "set-up link": "ended",
        "log-in link": _last(entry),
        "letter's link": _last(links.unsubscribe(OutreachId("o-1"))),
        "brief's link": _last(links.brief(OutreachId(APPROVED))),
        "token": _last(links.brief(OutreachId(APPROVED))),
    }


def _last(link: str | None) -> str:
    assert link is not None
    return link.rpartition("/")[2]


def _brief(world: World, outreach_id: str = BRIEFED) -> BriefReview:
    return review_brief(world.ports, OutreachId(outreach_id))


def _terms(world: World, **changed: str) -> dict[str, str]:
    version = _brief(world).version
    return {**fields_of(version.terms), "instead_of": version.digest, **changed}


def routes(found: Iterable[BaseRoute]) -> Iterable[tuple[str, str]]:
    """Yield method and path of every route, those of nested routers too."""
    for route in found:
        if isinstance(route, APIRoute | Route):
            yield from ((method, route.path) for method in sorted(route.methods or ()))
        else:
            nested: Any = getattr(route, "original_router", None) or getattr(route, "router", None)
            yield from routes(nested.routes if nested is not None else ())
