"""The desk drafts answers: a button at each question and each yes, and the message beside the draft."""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from agent.adapters.offline import OfflineWriter
from agent.domain.people import Role
from agent.domain.replies import ReplyKind
from agent.ports import Ports
from agent.usecases.drafting_answers import draft_answer
from tests.fakes import make_ports
from tests.unit.usecases.talking import QUESTION, hears, replies, wrote_back
from tests.unit.usecases.world import a_world
from tests.unit.web.world import a_desk_on, post


@pytest.fixture
def ports() -> Ports:
    made = make_ports(writers={"offline": OfflineWriter()})
    told, _ = wrote_back(QUESTION, ports=a_world(ports=made))
    return told


def visitor(ports: Ports, role: Role) -> TestClient:
    return a_desk_on(ports).person(role)


def test_a_question_is_answered_from_the_desk_without_javascript(ports: Ports) -> None:
    client = visitor(ports, Role.MANAGER)
    page = client.get("/replies").text
    reply = replies(ports)[0]
    assert f'action="/replies/{reply.id}/draft"' in page
    done = post(client, f"/replies/{reply.id}/draft", via="/replies")
    assert done.status_code == 303
    draft = client.get(done.headers["location"]).text
    assert QUESTION in draft
    assert "What this answers" in draft
    assert "nothing leaves before you approve it" in draft
    again = client.get("/replies").text
    assert f'action="/replies/{reply.id}/draft"' not in again
    assert done.headers["location"] in again


def test_what_cannot_be_answered_is_told_on_the_list(ports: Ports) -> None:
    client = visitor(ports, Role.MANAGER)
    draft_answer(ports, replies(ports)[0].id)
    done = post(client, f"/replies/{replies(ports)[0].id}/draft", via="/replies")
    assert done.status_code == 400
    assert "an answer waits for a decision already" in done.text


def test_a_viewer_reads_answers_and_drafts_none(ports: Ports) -> None:
    client = visitor(ports, Role.VIEWER)
    page = client.get("/replies").text
    assert "/draft" not in page.split("<main", 1)[1]
    reply = replies(ports)[0]
    assert post(client, f"/replies/{reply.id}/draft", via="/replies").status_code == 403


def test_a_reloaded_form_leads_to_the_list(ports: Ports) -> None:
    client = visitor(ports, Role.MANAGER)
    assert client.get("/replies/r-1/draft").headers["location"] == "/replies"


def test_a_withdrawn_answer_says_why(ports: Ports) -> None:
    draft = draft_answer(ports, replies(ports)[0].id)
    with ports.store.read() as tx:
        (delivery,) = tx.deliveries.list()
    hears(replace(ports), delivery, "Encore une question : quand partirait-il ?")
    page = visitor(ports, Role.MANAGER).get(f"/drafts/{draft.id}").text
    assert "they wrote again" in page


def test_the_answer_of_a_manager_is_put_where_a_person_says_it_belongs(ports: Ports) -> None:
    with ports.store.write() as tx:
        (known,) = tx.inbox.replies()
        assert known.outreach_id is not None
        outreach = tx.outreach.get(known.outreach_id)
        assert outreach is not None
        creator = tx.creators.get(outreach.creator_id)
        assert creator is not None
        tx.inbox.file(replace(known, outreach_id=None, text=f"I answer for {creator.handle}."))
    client = visitor(ports, Role.MANAGER)
    where = f"/replies/{known.id}/conversation"
    assert f'action="{where}"' in client.get("/replies").text
    assert f'action="{where}"' not in visitor(ports, Role.VIEWER).get("/replies").text
    done = post(client, where, via="/replies", outreach_id=known.outreach_id)
    assert done.status_code == 303
    assert replies(ports)[0].outreach_id == known.outreach_id
    assert f'action="{where}"' not in client.get("/replies").text


def test_a_reading_is_corrected_by_who_may_decide(ports: Ports) -> None:
    (known,) = replies(ports)
    where = f"/replies/{known.id}/kind"
    viewer = visitor(ports, Role.VIEWER)
    assert f'action="{where}"' not in viewer.get("/replies").text
    assert post(viewer, where, via="/replies", kind="declined").status_code == 403
    manager = visitor(ports, Role.MANAGER)
    assert post(manager, where, via="/replies", kind="bounce").status_code == 400
    assert replies(ports) == (known,)
    assert post(manager, where, via="/replies", kind="declined").status_code == 303
    assert replies(ports)[0].kind is ReplyKind.DECLINED
    assert manager.get(where).headers["location"] == "/replies"
