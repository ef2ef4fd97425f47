"""Briefs on the desk and behind their link: read, change, approve, answer."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from agent.domain.brief import AgreementStatus, AnswerKind, BriefVersion
from agent.domain.ids import OutreachId
from agent.domain.outreach import OutreachStatus
from agent.domain.people import Role
from agent.usecases.briefing import BriefReview, approve_brief, change_terms, open_brief, review_brief
from agent.web.briefform import TypedTerms, fields_of, lines_of
from agent.web.throttle import PER_ACCOUNT, PER_ADDRESS, WINDOW
from tests.builders import a_brand, a_campaign, a_creator, an_offer, an_outreach, some_terms
from tests.unit.web.world import CAMPAIGN, PUBLIC, World, a_world, post

OUTREACH = OutreachId("o-1")
DESK = "/briefs/o-1"
HOSTILE = "<script>alert(1)</script>"


def briefed_world(*, opened: bool = True, approved: bool = False, **creator: Any) -> World:
    """Return a world with one creator who said yes."""
    world = a_world(letters=0)
    offer = an_offer(cash=None, affiliate=None, deliverables=("une vidéo",))
    world.put(
        a_brand(),
        a_campaign(CAMPAIGN, offer=offer),
        a_creator(**creator),
        an_outreach(campaign_id=CAMPAIGN, status=OutreachStatus.AGREED),
    )
    if opened or approved:
        open_brief(world.ports, OUTREACH, by="camille")
    if approved:
        approve(world)
    return world


def approve(world: World) -> None:
    approve_brief(world.ports, OUTREACH, seal=reviewed(world).seal, by="camille")


def reviewed(world: World) -> BriefReview:
    return review_brief(world.ports, OUTREACH)


def change(world: World, **terms: Any) -> BriefVersion:
    version = reviewed(world).version
    changed = replace(version.terms, **terms)
    return change_terms(world.ports, OUTREACH, changed, instead_of=version.digest, by="camille")


def link(world: World) -> str:
    url = world.ports.links.brief(OUTREACH)
    assert url is not None
    return url.removeprefix(PUBLIC)


def form(world: World, **fields: str) -> dict[str, str]:
    version = reviewed(world).version
    return {**fields_of(version.terms), "instead_of": version.digest, **fields}


# --- the desk -------------------------------------------------------------------------------------


def test_whoever_said_yes_is_listed_and_briefed_with_one_press() -> None:
    world = briefed_world(opened=False)
    client = world.person(Role.MANAGER)
    html = client.get("/briefs").text
    assert "Lison" in html
    assert "No brief yet" in html
    assert post(client, f"{DESK}/opening", via="/briefs").headers["location"] == DESK
    assert "Collaboration commerciale" in client.get(DESK).text
    assert "version 1" in client.get("/briefs").text


def test_an_empty_list_tells_the_next_step() -> None:
    html = a_world().person(Role.VIEWER).get("/briefs").text
    assert "nanoreach mail fetch" in html


def test_the_page_shows_every_word_that_the_pdf_holds() -> None:
    world = briefed_world()
    html = world.person(Role.VIEWER).get(DESK, headers={"Accept-Language": "fr"}).text
    letter = reviewed(world).letter
    for section in letter.sections:
        for text in (section.title, section.lead, *section.emphasis, *section.items, section.remark):
            assert text in html
        for row in section.rows:
            assert row.label in html
            assert row.text in html
    assert reviewed(world).seal in html


def test_approving_takes_the_seal_that_was_shown_and_shows_the_link() -> None:
    world = briefed_world()
    client = world.person(Role.MANAGER)
    seal = reviewed(world).seal
    assert f'value="{seal}"' in client.get(DESK).text
    assert PUBLIC not in client.get(DESK).text
    assert post(client, f"{DESK}/approval", via=DESK, seal=seal).status_code == 303
    html = client.get(DESK).text
    assert f"{PUBLIC}{link(world)}" in html
    assert "Approve this brief" not in html


def test_a_stale_seal_approves_nothing() -> None:
    world = briefed_world()
    client, seal = world.person(Role.MANAGER), reviewed(world).seal
    change(world, note="Un mot.")
    answer = post(client, f"{DESK}/approval", via=DESK, seal=seal)
    assert answer.status_code == 409
    assert reviewed(world).approval is None


def test_what_blocks_is_shown_and_leaves_no_button() -> None:
    world = briefed_world()
    change(world, disclosure=("#ad",))
    client = world.person(Role.MANAGER)
    html = client.get(DESK).text
    assert "brief.disclosure.not_enough" in html
    assert "Approve this brief" not in html
    assert post(client, f"{DESK}/approval", via=DESK, seal=reviewed(world).seal).status_code == 409


def test_readers_decide_nothing(reader: Role) -> None:
    world = briefed_world()
    client = world.person(reader)
    html = client.get(DESK).text
    assert "/approval" not in html
    assert "/edit" not in html
    assert client.get(f"{DESK}/edit").status_code == 403
    for action in ("opening", "edit", "approval", "agreement"):
        assert post(client, f"{DESK}/{action}", via=DESK, seal=reviewed(world).seal).status_code == 403
    assert reviewed(world).approval is None


def test_the_pdf_is_the_one_that_was_approved() -> None:
    world = briefed_world(approved=True)
    answer = world.person(Role.VIEWER).get(f"{DESK}/letter.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert 'filename="brief-o-1-v1.pdf"' in answer.headers["content-disposition"]
    assert answer.content == reviewed(world).pdf


def test_terms_are_changed_in_a_form_and_become_the_next_version() -> None:
    world = briefed_world()
    client = world.person(Role.MANAGER)
    assert 'value="un coffret de quatre savons"' in client.get(f"{DESK}/edit").text
    fields = form(world, cash="1 200,50", cash_currency="eur", deliverable_1="story", deliverable_1_count="3")
    assert post(client, f"{DESK}/edit", via=f"{DESK}/edit", **fields).status_code == 303
    version = reviewed(world).version
    assert version.number == 2
    assert (str(version.terms.cash and version.terms.cash.amount), version.by) == (
        "1200.50",
        "manager@savon-du-sud.example",
    )
    assert [(each.what, each.count) for each in version.terms.deliverables] == [("vidéo", 1), ("story", 3)]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"gift_value": "beaucoup"}, "Write an amount"),
        ({"cash": "-5"}, "Write an amount"),
        ({"cash": "5.001"}, "Write an amount"),
        ({"cash": "NaN"}, "Write an amount"),
        ({"cash": "5", "cash_currency": "euros"}, "three letters"),
        ({"deliverable_0_due": "demain"}, "Choose a day"),
        ({"deliverable_0_count": "0"}, "whole number"),
        ({"rights_until": ""}, "all three"),
        ({"contact_email": " "}, "This is needed"),
        ({"audience_country": "France"}, "two letters"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_typed_is_lost(fields: dict[str, str], said: str) -> None:
    world = briefed_world()
    client = world.person(Role.MANAGER)
    answer = post(client, f"{DESK}/edit", via=f"{DESK}/edit", **form(world, note="Un long mot.", **fields))
    assert answer.status_code == 422
    assert said in answer.text
    assert "Un long mot." in answer.text
    assert reviewed(world).version.number == 1


def test_a_form_that_somebody_overtook_keeps_what_was_typed() -> None:
    world = briefed_world()
    client, fields = world.person(Role.MANAGER), form(world, note="Mon mot.")
    change(world, note="Le mot d’une autre.")
    answer = post(client, f"{DESK}/edit", via=f"{DESK}/edit", **fields)
    assert answer.status_code == 409
    assert "Mon mot." in answer.text
    assert reviewed(world).version.terms.note == "Le mot d’une autre."


def test_fields_and_terms_are_the_same_thing() -> None:
    for terms in (some_terms(), some_terms(gift=None, rights=None, deliverables=())):
        assert TypedTerms(fields_of(terms)).terms() == terms
    assert len(lines_of(fields_of(some_terms()))) == 3


def test_an_agreement_is_moved_by_a_person() -> None:
    world = briefed_world(approved=True)
    client = world.person(Role.MANAGER)
    assert post(client, f"{DESK}/agreement", via=DESK, status="checked").status_code == 409
    assert post(client, f"{DESK}/agreement", via=DESK, status="nonsense").status_code == 400
    assert post(client, f"{DESK}/agreement", via=DESK, status="delivered").status_code == 303
    assert reviewed(world).agreement.status is AgreementStatus.DELIVERED


def test_the_desk_speaks_french_about_briefs() -> None:
    world = briefed_world()
    client = world.person(Role.MANAGER)
    french = {"Accept-Language": "fr"}
    assert "Valider ce brief" in client.get(DESK, headers=french).text
    assert "Ce que le créateur publie" in client.get(f"{DESK}/edit", headers=french).text


def test_an_unknown_brief_is_not_found() -> None:
    client = briefed_world().person(Role.MANAGER)
    for path in ("/briefs/o-9", "/briefs/o-9/edit", "/briefs/o-9/letter.pdf"):
        assert client.get(path).status_code == 404
    for action in ("opening", "edit", "approval", "agreement"):
        assert post(client, f"/briefs/o-9/{action}", seal="x", status="withdrawn").status_code == 404


# --- behind the link ------------------------------------------------------------------------------


def test_the_link_needs_no_log_in_and_speaks_the_creators_language() -> None:
    world = briefed_world(approved=True)
    answer = world.client().get(link(world), headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    assert "J’accepte" in answer.text
    assert "Collaboration commerciale" in answer.text
    assert "set-cookie" not in answer.headers
    assert "noindex" in answer.text
    assert world.client().get(f"{link(world)}/letter.pdf").content == reviewed(world).pdf


def test_a_guest_sees_nothing_of_the_desk() -> None:
    world = briefed_world(approved=True)
    html = world.person(Role.MANAGER).get(link(world)).text
    assert "Camille Aubert" in html  # she signs the letter
    assert "/logout" not in html
    assert "brief.date" not in html
    assert reviewed(world).seal not in html


def test_answers_are_stored_and_shown_to_both_sides() -> None:
    world = briefed_world(approved=True)
    client = world.client()
    said = client.post(f"{link(world)}/answer", data={"kind": "proposes", "text": f"150 € ? {HOSTILE}"})
    assert said.headers["location"] == f"{link(world)}#said"
    client.post(f"{link(world)}/answer", data={"kind": "accepts"})
    kinds = [answer.kind for answer in reviewed(world).answers]
    assert sorted(kinds) == [AnswerKind.ACCEPTS, AnswerKind.PROPOSES]
    guest, desk = client.get(link(world)).text, world.person(Role.VIEWER).get(DESK).text
    assert "Ce brief est accepté" in guest
    assert "J’accepte" not in guest
    for html in (guest, desk):
        assert "150 € ?" in html
        assert HOSTILE not in html


def test_following_the_link_or_reloading_changes_nothing() -> None:
    world = briefed_world(approved=True)
    client = world.client()
    for _ in range(3):
        client.get(link(world))
        assert client.get(f"{link(world)}/answer").headers["location"] == link(world)
    assert reviewed(world).answers == ()


def test_an_answer_that_cannot_be_kept_says_why_and_keeps_the_words() -> None:
    world = briefed_world(approved=True)
    client = world.client()
    empty = client.post(f"{link(world)}/answer", data={"kind": "asks", "text": "  "})
    long = client.post(f"{link(world)}/answer", data={"kind": "asks", "text": "mot " * 1200})
    odd = client.post(f"{link(world)}/answer", data={"kind": "orders", "text": "Un mot."})
    assert [answer.status_code for answer in (empty, long, odd)] == [400, 400, 400]
    assert "Il manque un mot" in empty.text
    assert "mot mot mot" in long.text
    assert "Un mot." in odd.text
    assert reviewed(world).answers == ()


def test_a_brief_that_is_revised_says_so_and_names_whom_to_ask() -> None:
    world = briefed_world(approved=True)
    change(world, note="Un mot.")
    html = world.client().get(link(world)).text
    assert "en cours de révision" in html
    assert "camille@savon-du-sud.example" in html
    assert "Collaboration commerciale" not in html
    assert world.client().get(f"{link(world)}/letter.pdf").headers["content-type"].startswith("text/html")


def test_a_link_that_is_not_ours_opens_nothing() -> None:
    world = briefed_world()
    for path in ("/brief/x", link(world), f"{link(world)}x", f"{link(world)}/letter.pdf"):
        assert world.client().get(path).status_code == 404
    assert world.client().post("/brief/x/answer", data={"kind": "accepts"}).status_code == 404


def test_guessing_links_is_slowed_down() -> None:
    world = briefed_world(approved=True)
    client = world.client()
    answers = [client.get(f"/brief/guess-{number}").status_code for number in range(PER_ACCOUNT + 1)]
    assert answers == [404] * PER_ACCOUNT + [429]
    assert client.get(link(world)).status_code == 429
    world.clock.move_to(world.clock.now() + WINDOW + timedelta(seconds=1))
    assert client.get(link(world)).status_code == 200


def test_answering_without_end_is_slowed_down_and_keeps_the_words() -> None:
    world = briefed_world(approved=True)
    client = world.client()

    def ask(number: int) -> Any:
        return client.post(f"{link(world)}/answer", data={"kind": "asks", "text": f"Question {number} ?"})

    codes = [ask(number).status_code for number in range(PER_ACCOUNT)]
    assert codes == [303] * PER_ACCOUNT
    last = ask(99)
    assert last.status_code == 429
    assert "Question 99" in last.text
    assert len(reviewed(world).answers) == PER_ACCOUNT < PER_ADDRESS


def test_answering_slows_nobodys_log_in() -> None:
    world = briefed_world(approved=True)
    client = world.client()
    for number in range(PER_ADDRESS):
        client.get(f"/brief/guess-{number}")
    assert isinstance(world.person(Role.MANAGER), TestClient)
