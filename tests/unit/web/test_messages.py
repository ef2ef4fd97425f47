"""Direct messages on the desk: read, approved, taken in hand, copied once, answered."""

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from starlette.testclient import TestClient

from agent.domain.channel import Channel
from agent.domain.handover import TAKE_OVER_AFTER, Handover, HandoverState
from agent.domain.outreach import OutreachStatus
from agent.domain.people import Role
from agent.domain.replies import ReplyKind
from tests.unit.web.world import CAMPAIGN, World, a_world, post


@pytest.fixture
def world() -> World:
    return a_message_world()


def a_message_world() -> World:
    """Return a desk whose only letter is a direct message that waits for a decision."""
    world = a_world(letters=1)
    draft, creator = world.draft("d-1"), world.creator("d-1")
    with world.ports.store.read() as tx:
        campaign = tx.brands.campaign(CAMPAIGN)
    assert campaign is not None
    world.put(
        replace(campaign, channels=(Channel.DM,)),
        replace(creator, address=None, url=f"https://instagram.example/{creator.handle}"),
        replace(draft, channel=Channel.DM, letter=replace(draft.letter, subject="")),
    )
    return world


def approved(world: World, client: TestClient) -> str:
    """Approve the message; return the address of its page."""
    answer = post(client, "/drafts/d-1/approval", via="/drafts/d-1", seal=world.seal("d-1"))
    assert answer.status_code == 303, answer.text
    return f"/messages/{only(world).id}"


def only(world: World) -> Handover:
    with world.ports.store.read() as tx:
        (found,) = tx.handovers.list()
    return found


def status(world: World) -> OutreachStatus:
    with world.ports.store.read() as tx:
        outreach = tx.outreach.get(only(world).outreach_id)
    assert outreach is not None
    return outreach.status


def text_box(html: str) -> str:
    """Return what the box to copy from holds, as a browser reads it."""
    inside = html.partition("readonly")[2].partition(">")[2].partition("</textarea>")[0]
    return unescape(inside.removeprefix("\n"))


def test_a_message_shows_its_way_and_no_mail_header(world: World) -> None:
    html = world.person(Role.MANAGER).get("/drafts/d-1").text
    assert "to be copied by hand" in html
    assert "Direct message" in html
    assert "<dt>Subject</dt>" not in html
    assert "camille@" not in html
    assert 'name="subject"' not in world.person(Role.MANAGER).get("/drafts/d-1/edit").text


def test_what_is_copied_is_to_the_character_what_was_approved(world: World) -> None:
    client = world.person(Role.MANAGER)
    page = approved(world, client)
    assert "To copy <b>1</b>" in client.get("/").text
    assert only(world).text not in unescape(client.get(page).text)  # nobody has it in hand yet
    assert post(client, f"{page}/claim", via=page).status_code == 303
    assert text_box(client.get(page).text) == only(world).text
    assert world.deliveries() == ()


def test_copied_and_sent_is_noted_once_with_name_and_time(world: World) -> None:
    client = world.person(Role.MANAGER)
    page = approved(world, client)
    post(client, f"{page}/claim", via=page)
    for _ in range(2):
        assert post(client, f"{page}/sent", via="/messages").status_code == 303
    sent = only(world)
    assert (sent.state, sent.by) == (HandoverState.SENT, "manager@savon-du-sud.example")
    assert sent.sent_at == world.clock.now()
    assert status(world) is OutreachStatus.CONTACTED
    assert "copied and sent by Camille Aubert" in client.get(page).text


def test_somebody_else_sees_a_name_and_a_time_and_no_text(world: World) -> None:
    first, second = world.person(Role.MANAGER), world.person(Role.OPERATOR)
    page = approved(world, first)
    post(first, f"{page}/claim", via=page)
    html = second.get(page).text
    assert "Camille Aubert is copying this since" in html
    assert "11:30" in html  # Paris
    assert "readonly" not in html
    assert "Nothing went; I take it over" not in html
    refused = post(second, f"{page}/claim", via=page, taking_over="yes")
    assert (refused.status_code, "ask them first" in refused.text) == (400, True)
    world.clock.move_to(world.clock.now() + TAKE_OVER_AFTER)
    assert "Nothing went; I take it over" in second.get(page).text
    assert post(second, f"{page}/claim", via=page).status_code == 400
    assert post(second, f"{page}/claim", via=page, taking_over="yes").status_code == 303
    assert only(world).by == "operator@savon-du-sud.example"


def test_whoever_may_only_read_copies_nothing(world: World) -> None:
    page = approved(world, world.person(Role.MANAGER))
    reader = world.person(Role.VIEWER)
    assert "a manager or an operator decides" in reader.get(page).text
    assert post(reader, f"{page}/claim", via="/messages").status_code == 403
    assert only(world).state is HandoverState.WAITING


def test_an_objection_meanwhile_takes_the_text_away_and_asks_what_is_true(world: World) -> None:
    client = world.person(Role.MANAGER)
    page = approved(world, client)
    post(client, f"{page}/claim", via=page)
    with world.ports.store.write() as tx:
        print_ = world.ports.fingerprints.of(only(world).person)
        tx.suppressions.add(print_, reason="objected", at=world.clock.now())
    html = client.get(page).text
    assert "Do not send this" in html
    assert "readonly" not in html
    assert post(client, f"{page}/return", via=page).status_code == 303
    refused = post(client, f"{page}/claim", via=page)
    assert (refused.status_code, "asked not to be written to" in refused.text) == (409, True)
    assert only(world).state is HandoverState.CANCELLED


def test_a_failure_closes_the_conversation_and_keeps_its_reason(world: World) -> None:
    client = world.person(Role.MANAGER)
    page = approved(world, client)
    post(client, f"{page}/claim", via=page)
    assert post(client, f"{page}/failure", via=page, reason=" ").status_code == 400
    assert post(client, f"{page}/failure", via=page, reason="closed to strangers").status_code == 303
    assert "closed to strangers" in client.get("/messages").text
    assert status(world) is OutreachStatus.CLOSED


def test_an_approval_is_taken_back_from_the_notice(world: World) -> None:
    client = world.person(Role.MANAGER)
    approved(world, client)
    assert "waits to be copied" in client.get("/").text
    assert post(client, "/drafts/d-1/withdrawal", via="/drafts/d-1").status_code == 303
    assert only(world).state is HandoverState.CANCELLED


def test_an_answer_is_proposed_kept_and_filed_when_a_person_says_so(world: World) -> None:
    client = world.person(Role.MANAGER)
    page = approved(world, client)
    post(client, f"{page}/claim", via=page)
    post(client, f"{page}/sent", via=page)
    words = "Merci de ne plus m’écrire."
    proposed = post(client, f"{page}/answer", via=page, text=words)
    assert proposed.status_code == 200
    assert words in unescape(proposed.text)
    assert '<option value="opted_out" selected>' in proposed.text
    assert status(world) is OutreachStatus.CONTACTED  # nothing is filed yet
    filed = post(client, f"{page}/answer", via=page, text=words, kind=ReplyKind.OPTED_OUT.value)
    assert filed.status_code == 303
    assert status(world) is OutreachStatus.STOPPED
    assert world.is_suppressed(only(world).person)
    assert words in unescape(client.get("/replies").text)


def test_what_was_typed_survives_a_refusal(world: World) -> None:
    client = world.person(Role.MANAGER)
    page = approved(world, client)
    post(client, f"{page}/claim", via=page)
    post(client, f"{page}/sent", via=page)
    for kind, status_code in (("", 400), ("bounce", 400)):
        refused = post(client, f"{page}/answer", via=page, text="" if not kind else " ", kind=kind)
        assert refused.status_code == status_code
    post(client, f"{page}/answer", via=page, text="Oui !", kind="interested")
    again = post(client, f"{page}/answer", via=page, text="Oui !", kind="interested")
    assert again.status_code == 400
    assert "Oui !" in again.text.partition("<textarea")[2]


def test_the_list_tells_where_messages_come_from_when_there_are_none() -> None:
    html = a_world(letters=1).person(Role.MANAGER).get("/messages").text
    assert "channels: [email, dm]" in html


def test_a_reloaded_form_leads_back_to_the_message(world: World) -> None:
    client = world.person(Role.MANAGER)
    page = approved(world, client)
    for verb in ("claim", "sent", "failure", "return", "answer"):
        answer = client.get(f"{page}/{verb}")
        assert (answer.status_code, answer.headers["location"]) == (303, page)
    world.clock.move_to(world.clock.now() + timedelta(minutes=1))
    assert client.get("/messages/h-none").status_code == 404
