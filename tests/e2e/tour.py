"""Every page of the desk once, with something on it: what the tests of the whole look at."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from http import HTTPStatus

from playwright.sync_api import Page

from agent.domain.brief import AnswerKind
from agent.domain.channel import Channel
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.draft import DraftStatus, RejectionReason
from agent.domain.ids import DraftId, OutreachId
from agent.domain.mailbox import Mailbox
from agent.domain.outreach import OutreachStatus
from agent.domain.people import Role
from agent.domain.replies import ReplyKind
from agent.usecases import reviewing
from agent.usecases.accounts import create_login_link, create_setup_link
from agent.usecases.briefing import approve_brief, open_brief, review_brief
from agent.usecases.briefing_answers import answer_brief
from agent.usecases.indexing import build_index
from tests.builders import NOW, a_brand, a_campaign, an_offer
from tests.e2e.test_matching import a_crowded_world
from tests.fakes import quiet
from tests.unit.web.whole import routes
from tests.unit.web.world import CAMPAIGN, KEY, PUBLIC, World, a_gift_only, a_world, add_letter, block

READER = "manager@savon-du-sud.example"
UNPROVEN = "C’est, à peu de chose près, ce que nous cherchons à faire ici."
BRIEFED, TO_BRIEF, OPENED = OutreachId("o-6"), OutreachId("o-7"), OutreachId("o-8")


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A page under its route; `act` is what somebody does there before it is looked at."""

    name: str
    path: str
    role: Role | None = Role.MANAGER
    act: Callable[[Page], None] | None = None


def a_full_world() -> World:
    """Return a desk on which every kind of thing waits, went and failed."""
    world = a_crowded_world()
    _letters(world)
    _outbox(world)
    _messages(world)
    _answers(world)
    _briefs(world)
    build_index(world.ports, progress=quiet)
    world.account(Role.MANAGER)
    return world


def _letters(world: World) -> None:
    for number in range(2, 11):
        add_letter(world, number)
    block(world, "d-2", UNPROVEN)
    reason = RejectionReason.TASTE
    reviewing.reject(world.ports, DraftId("d-3"), reason=reason, note="Trop de questions.", by=READER)


def _outbox(world: World) -> None:
    states = {
        "d-4": (DeliveryState.UNCERTAIN, "The line went dead."),
        "d-5": (DeliveryState.FAILED, "550 5.1.1 no such mailbox"),
        "d-10": (DeliveryState.SENT, ""),
    }
    for draft_id, (state, reason) in states.items():
        made = approved(world, draft_id)
        assert isinstance(made, Delivery)
        sent_at = NOW if state is DeliveryState.SENT else None
        world.put(replace(made, state=state, reason=reason, attempts=1, sent_at=sent_at))
    with world.ports.store.write() as tx:
        paused = Mailbox(address="camille@savon-du-sud.example").paused(at=NOW, reason="550 5.7.1 policy")
        tx.mailboxes.save(paused)


def approved(world: World, draft_id: str) -> object:
    """Approve a letter as it stands; return what waits to leave."""
    return reviewing.approve(world.ports, DraftId(draft_id), seal=world.seal(draft_id), by=READER)


def _messages(world: World) -> None:
    world.put(a_campaign("to-copy", offer=a_gift_only(), channels=(Channel.DM,)))
    for number in (22, 23):
        draft = add_letter(world, number)
        creator = world.creator(str(draft.id))
        with world.ports.store.read() as tx:
            outreach = tx.outreach.get(draft.outreach_id)
        assert outreach is not None
        world.put(
            replace(creator, address=None, url=f"https://instagram.example/{creator.handle}"),
            replace(outreach, campaign_id=a_campaign("to-copy").id),
            replace(draft, channel=Channel.DM, letter=replace(draft.letter, subject="")),
        )
    approved(world, "d-22")


def _answers(world: World) -> None:
    question = "Bonjour, faut-il publier quelque chose en échange ?"
    world.answer(1, outreach_id=OutreachId("o-4"), kind=ReplyKind.QUESTION, text=question)
    world.answer(2, outreach_id=OutreachId("o-10"), kind=ReplyKind.INTERESTED)
    world.answer(
        3,
        outreach_id=None,
        kind=ReplyKind.OTHER,
        from_address="paul@agency.example",
        subject="Votre message",
        text="Bonjour, je gère les partenariats de Solène : ce sera non merci.",
    )


def _briefs(world: World) -> None:
    offer = an_offer(cash=None, affiliate=None, deliverables=("une vidéo",))
    world.put(a_campaign("to-brief", offer=offer))
    for outreach_id in (BRIEFED, TO_BRIEF, OPENED):
        with world.ports.store.read() as tx:
            outreach = tx.outreach.get(outreach_id)
        assert outreach is not None
        world.put(
            replace(outreach, status=OutreachStatus.AGREED, campaign_id=a_campaign("to-brief").id),
            replace(world.draft(f"d-{outreach_id[2:]}"), status=DraftStatus.SUPERSEDED),
        )
    open_brief(world.ports, OPENED, by="camille")
    open_brief(world.ports, BRIEFED, by="camille")
    seal = review_brief(world.ports, BRIEFED).seal
    approve_brief(world.ports, BRIEFED, seal=seal, by="camille")
    answer_brief(world.ports, _brief_token(world), kind=AnswerKind.ASKS, text="Puis-je publier plus tard ?")


def _brief_token(world: World) -> str:
    return str(world.ports.links.brief(BRIEFED)).rpartition("/")[2]


def stops(world: World) -> Iterator[Stop]:
    """Return every page of a full world; raises KeyError for a part of an address that nobody has filled in.

    The pages come from the routes: one without anything to fill in is found by itself. What is not a page
    (files, ways back from a reloaded form) answers with something else than a page, and is left out.
    """
    client = world.person(Role.MANAGER)
    known, parts = _addresses(world), _parts(world)
    for route in sorted({path for method, path in routes(world.app.routes) if method == "GET"} - FILES):
        for number, path in enumerate(known.get(route) or (PART.sub(lambda part: parts[part[1]], route),)):
            answer = client.get(path)
            if answer.is_redirect or not answer.headers["content-type"].startswith("text/html"):
                continue
            assert number or answer.status_code == HTTPStatus.OK or route in NEVER_FOUND, path
            stranger = route.startswith(STRANGERS)
            yield Stop(name=_name(route, number), path=path, role=None if stranger else Role.MANAGER)
    yield from _moments()


PART = re.compile(r"\{(\w+)\}")
FILES = frozenset({"/static/{name}", "/health"})
NEVER_FOUND = frozenset({"/setup/{token}"})  # there is an account already
STRANGERS = ("/unsubscribe", "/brief/", "/login", "/enter", "/setup")


def _name(route: str, number: int) -> str:
    words = [word.strip("{}") for word in route.split("/") if word]
    return "-".join((*(words or ["queue"]), *([str(number)] if number else [])))


def _parts(world: World) -> dict[str, str]:
    with world.ports.store.read() as tx:
        handover = str(next(iter(tx.handovers.list())).id)
    return {
        "brand_id": a_brand().id,
        "draft_id": "d-1",
        "outreach_id": BRIEFED,
        "campaign_id": CAMPAIGN,
        "handover_id": handover,
        "reply_id": "r-1",
    }


def _addresses(world: World) -> dict[str, tuple[str, ...]]:
    """Return the addresses of routes that look different from case to case, or lie behind a link."""
    enter = create_login_link(world.ports, key=KEY, base_url="", email=READER)
    objection = str(world.ports.links.unsubscribe(BRIEFED)).removeprefix(PUBLIC)
    token, matching = _brief_token(world), f"/matching/{CAMPAIGN}"
    return {
        "/drafts/{draft_id}": tuple(f"/drafts/d-{number}" for number in (1, 2, 3, 4, 6, 10, 22, 23)),
        "/drafts/{draft_id}/edit": ("/drafts/d-1/edit", "/drafts/d-2/edit"),
        "/briefs/{outreach_id}": (f"/briefs/{BRIEFED}", f"/briefs/{OPENED}"),
        "/brief/{token}": (f"/brief/{token}", "/brief/made-up"),
        "/brief/{token}/answer": (f"/brief/{token}/answer",),
        "/brief/{token}/letter.pdf": (f"/brief/{token}/letter.pdf",),
        "/unsubscribe/{token}": (objection, "/unsubscribe/made-up"),
        "/enter/{token}": (enter, "/enter/made-up"),
        "/setup/{token}": ("/setup/made-up",),
        "/matching/{campaign_id}": (
            matching,
            f"{matching}?rules=other&language=fr&country=BE",
            f"{matching}?rules=other&language=fr&followers_min=50000",
            f"{matching}?who=solene.au.jardin.16",
            f"{matching}?who=lison.sans.flacon.42",
            f"{matching}?who=solene",
        ),
    }


def _moments() -> Iterator[Stop]:
    """Pages that only come after somebody did something."""
    letter = "/drafts/d-1"
    yield Stop(name="not-found", path="/drafts/none")
    yield Stop(name="queue-filtered", path="/?status=rejected&risk=with")
    yield Stop(name="outbox-filtered", path="/outbox?state=cancelled")
    yield Stop(name="letter-seen-by-a-viewer", path=letter, role=Role.VIEWER)
    yield Stop(name="letter-rejecting", path=letter, act=_clicks("[data-key=r]"))
    yield Stop(name="letter-keys", path=letter, act=_clicks("[data-key='?']"))
    yield Stop(name="letter-proof", path=f"{letter}#e1")
    yield Stop(name="login-wrong", path="/login", role=None, act=_logs_in_wrong)
    yield Stop(name="edit-refused", path="/drafts/d-10/edit", act=_keeps_what_has_left)
    yield Stop(name="brief-terms-refused", path=f"/briefs/{OPENED}/edit", act=_promises_nonsense)


def _clicks(selector: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        found = page.locator(selector).first
        if found.is_visible():  # a telephone has no keys to be told about
            found.click()

    return act


def _logs_in_wrong(page: Page) -> None:
    page.locator("[name=email]").fill("nobody@savon-du-sud.example")
    page.locator("[name=password]").fill("a wrong one")
    page.locator("main .button--accent").click()
    page.locator("[role=alert]").wait_for()


def _keeps_what_has_left(page: Page) -> None:
    page.locator("main .button--accent").click()
    page.locator("[role=alert]").wait_for()


def _promises_nonsense(page: Page) -> None:
    page.locator("[name=gift_value]").fill("beaucoup")
    page.locator("main .button--accent").click()
    page.locator("[role=alert]").first.wait_for()


def an_empty_world() -> World:
    """Return a desk before anything was imported."""
    world = a_world(letters=0)
    world.account(Role.MANAGER)
    return world


EMPTY = ("/", "/outbox", "/messages", "/replies", "/briefs", "/matching")
"""Pages that tell the next step where there is nothing yet."""


def setup_path(world: World) -> str:
    """Return where the first account of a world without accounts is made."""
    return str(create_setup_link(world.ports, key=KEY, base_url=""))
