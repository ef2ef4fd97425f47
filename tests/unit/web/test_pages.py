"""What the pages show and what their forms do."""

import re
from dataclasses import replace
from datetime import timedelta
from html import escape
from html.parser import HTMLParser
from typing import Any

import pytest
from starlette.testclient import TestClient

from agent.domain.delivery import DeliveryState
from agent.domain.draft import DraftStatus, RejectionReason
from agent.domain.ids import DraftId, OutreachId
from agent.domain.letter import Sentence
from agent.domain.mailbox import Mailbox
from agent.domain.outreach import OutreachStatus
from agent.domain.pace import Pace
from agent.domain.people import Role
from agent.domain.restored import Mark
from agent.usecases import reviewing
from tests.builders import NOW, a_brand, a_campaign, a_creator, an_outreach
from tests.unit.web.world import CAMPAIGN, HOST, World, a_world, add_letter, block, post

PAGES = ("/", "/drafts/d-1", "/drafts/d-1/edit", "/outbox", "/replies", "/patterns", "/nothing")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'{{ 7*7 }}[x](javascript:alert(1))"


class Reader(HTMLParser):
    """Collects what could run, and what leads elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[dict[str, str | None]] = []
        self.inline: list[str] = []
        self.links: list[dict[str, str | None]] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.inline += [name for name in given if name.startswith("on") or name in {"style", "hx-on"}]
        if tag in {"style", "iframe", "object", "base"}:
            self.inline.append(tag)
        if tag == "script":
            self.scripts.append(given)
            self._in_script = True
        if tag in {"a", "img", "link", "form"}:
            self.links.append(given)

    def handle_data(self, data: str) -> None:
        if self._in_script and data.strip():
            self.inline.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_script = self._in_script and tag != "script"


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_page_holds_inline_script_or_style(world: World, path: str, language: str) -> None:
    block(world, "d-1", "C’est, à peu de chose près,")
    page = read(world.person(Role.MANAGER).get(path, headers={"Accept-Language": language}).text)
    assert page.inline == []
    assert all((script["src"] or "").startswith("/static/") for script in page.scripts)


def test_hostile_words_of_a_creator_stay_words(world: World) -> None:
    creator = world.creator("d-1")
    posts = tuple(replace(each, text=HOSTILE, url="javascript:alert(1)") for each in creator.posts)
    bent: dict[str, Any] = {"name": HOSTILE, "bio": HOSTILE, "handle": HOSTILE, "url": "javascript:alert(1)"}
    world.put(replace(creator, posts=posts, **bent))
    draft = world.draft("d-1")
    letter = replace(draft.letter, subject=HOSTILE, greeting=HOSTILE, paragraphs=((Sentence(text=HOSTILE),),))
    world.put(replace(draft, letter=letter, note=HOSTILE))
    world.answer(1, text=HOSTILE, subject=HOSTILE, from_address=HOSTILE)
    block(world, "d-1", HOSTILE)
    client = world.person(Role.MANAGER)
    for path in ("/", "/drafts/d-1", "/drafts/d-1/edit", "/replies"):
        html = client.get(path).text
        page = read(html)
        assert "alert(1)" in html, path
        assert page.inline == [], path
        assert len(page.scripts) == 2, path
        assert "49" not in re.sub(r'value="[^"]*"|v=\w+|[0-9a-f]{12,}', "", html), path
        assert not [link for link in page.links if "javascript" in (link.get("href") or "")], path


def test_links_to_strangers_carry_nothing_along(world: World) -> None:
    page = read(world.person(Role.MANAGER).get("/drafts/d-1").text)
    outside = [link for link in page.links if (link.get("href") or "").startswith("http")]
    assert outside
    assert {link["rel"] for link in outside} == {"noopener noreferrer nofollow"}


def test_the_letter_shows_exactly_what_leaves(world: World) -> None:
    html = world.person(Role.MANAGER).get("/drafts/d-1").text
    outgoing = reviewing.review(world.ports, DraftId("d-1")).outgoing
    assert outgoing is not None
    for part in (outgoing.to.email, outgoing.sender.email, outgoing.subject, "from the bio"):
        assert part in html
    body = html.partition('<div class="letter__body"')[2].partition(">")[2].partition("</div>")[0]
    shown = re.sub(r"<[^>]+>", "", body).replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")
    assert shown == outgoing.body
    assert f'name="seal" value="{world.seal("d-1")}"' in html


def test_an_approval_leads_to_the_next_letter_with_a_way_back(world: World) -> None:
    client = world.person(Role.MANAGER)
    answer = post(client, "/drafts/d-1/approval", seal=world.seal("d-1"))
    assert answer.headers["location"] == "/drafts/d-2?came_from=d-1"
    html = client.get("/drafts/d-2?came_from=d-1").text
    assert "Approved: the letter to Lison is in the outbox." in html
    assert 'action="/drafts/d-1/withdrawal"' in html
    assert "in the outbox" not in client.get("/drafts/d-2").text
    answer = post(client, "/drafts/d-1/withdrawal")
    assert answer.headers["location"] == "/drafts/d-1"
    assert world.draft("d-1").status is DraftStatus.PENDING


def test_after_the_last_letter_the_queue_says_what_comes_next(world: World) -> None:
    client = world.person(Role.MANAGER)
    for name in ("d-1", "d-2", "d-3"):
        answer = post(client, f"/drafts/{name}/rejection", reason="taste", note="trop long")
    assert answer.headers["location"] == "/"
    html = client.get("/").text
    assert "Rejected: the letter to Baptiste will not leave." in html
    assert "nanoreach draft savon-printemps" in html
    rejection = world.rejection("d-1")
    assert rejection is not None
    assert rejection.note == "trop long"


def test_a_stale_seal_approves_nothing_and_shows_the_letter_as_it_is(world: World) -> None:
    client = world.person(Role.MANAGER)
    seal = world.seal("d-1")
    draft = world.draft("d-1")
    world.put(replace(draft, letter=replace(draft.letter, subject="un objet plus récent")))
    answer = post(client, "/drafts/d-1/approval", seal=seal)
    assert answer.status_code == 409
    assert "The letter changed after you read it" in answer.text
    assert "un objet plus récent" in answer.text
    assert world.seal("d-1") in answer.text
    assert world.deliveries() == ()
    assert world.draft("d-1").status is DraftStatus.PENDING


def test_a_sent_letter_cannot_be_taken_back_by_a_stale_tab(world: World) -> None:
    client = world.person(Role.MANAGER)
    post(client, "/drafts/d-1/approval", seal=world.seal("d-1"))
    (delivery,) = world.deliveries()
    world.put(replace(delivery, state=DeliveryState.SENT, sent_at=world.clock.now()))
    for path, fields in (("withdrawal", {}), ("rejection", {"reason": "taste"}), ("edit", {"text": "x"})):
        answer = post(client, f"/drafts/d-1/{path}", **fields)
        assert answer.status_code == 409, path
    assert world.draft("d-1").status is DraftStatus.APPROVED
    assert [each.state for each in world.deliveries()] == [DeliveryState.SENT]


def test_a_rejection_without_a_known_reason_keeps_the_note(world: World) -> None:
    answer = post(world.person(Role.MANAGER), "/drafts/d-1/rejection", reason="because", note="ma remarque")
    assert answer.status_code == 400
    assert 'value="ma remarque"' in answer.text
    assert world.draft("d-1").status is DraftStatus.PENDING


def test_an_edit_that_cannot_be_kept_keeps_what_was_typed(world: World) -> None:
    world.put(replace(world.draft("d-1"), status=DraftStatus.REJECTED))
    answer = post(world.person(Role.MANAGER), "/drafts/d-1/edit", subject="mon objet", text="mon <b> texte")
    assert answer.status_code == 409
    assert 'value="mon objet"' in answer.text
    assert "mon &lt;b&gt; texte" in answer.text


def test_an_edit_is_kept_with_the_first_text(world: World) -> None:
    client = world.person(Role.MANAGER)
    text = world.draft("d-1").letter.text.replace("\n", "\r\n").replace("C’est,", "Voilà,")
    answer = post(client, "/drafts/d-1/edit", subject="un autre objet", text=text)
    assert answer.status_code == 303
    edited = world.draft("d-1")
    assert edited.letter.subject == "un autre objet"
    assert "Voilà," in edited.letter.text
    assert "\r" not in edited.letter.text
    assert edited.first_letter is not None
    assert "Edited by manager@savon-du-sud.example" in client.get("/drafts/d-1").text


def test_a_reloaded_decision_leads_to_the_letter(world: World) -> None:
    client = world.person(Role.MANAGER)
    for path in ("approval", "rejection", "withdrawal"):
        assert client.get(f"/drafts/d-1/{path}").headers["location"] == "/drafts/d-1"


def test_a_letter_held_back_offers_no_approval(world: World) -> None:
    block(world, "d-1", "C’est, à peu de chose près,")
    html = world.person(Role.MANAGER).get("/drafts/d-1").text
    assert "/approval" not in html
    assert "The gate holds this letter back" in html
    assert "sentence--unproven" in html


def test_a_letter_to_somebody_who_is_left_alone_says_until_when_and_offers_no_approval(world: World) -> None:
    seal = world.seal("d-1")
    with world.ports.store.read() as tx:
        this = tx.outreach.with_ids([world.draft("d-1").outreach_id])[world.draft("d-1").outreach_id]
    world.put(a_campaign("autumn-soap"))
    earlier = an_outreach("o-earlier", creator_id=this.creator_id, campaign_id="autumn-soap", touches_sent=1)
    world.put(replace(earlier, status=OutreachStatus.CONTACTED, updated_at=NOW - timedelta(days=20)))
    client = world.person(Role.MANAGER)
    html = client.get("/drafts/d-1").text
    assert "/drafts/d-1/approval" not in html
    assert "Nobody writes to this person now" in html
    assert "A conversation for autumn-soap ended without an answer" in html
    french = client.get("/drafts/d-1", headers={"Accept-Language": "fr"}).text
    assert "On n’écrit pas à cette personne en ce moment" in french
    assert "Aucune campagne ne lui écrit avant le" in french
    reader = world.person(Role.MANAGER, headers={"Accept-Language": "fr"})
    refused = post(reader, "/drafts/d-1/approval", seal=seal)
    assert refused.status_code == 409
    assert "pas de courrier avant le 2026-12-" in refused.text
    assert world.deliveries() == ()


def test_a_letter_that_nobody_knows_is_told_in_a_sentence(world: World) -> None:
    answer = world.person(Role.MANAGER).get("/drafts/none")
    assert answer.status_code == 404
    assert "There is no draft named “none”" in answer.text


def test_the_queue_says_how_long_reading_takes_and_on_what_ground(world: World) -> None:
    html = world.person(Role.MANAGER).get("/").text
    assert "3 letters to read" in html
    assert "about 2 minutes, at 30 seconds a letter" in html


def test_a_letter_says_where_it_stands_and_what_is_left() -> None:
    world = a_world(letters=6)
    client = world.person(Role.MANAGER)
    assert "3 of 6 · about 2 minutes left" in client.get("/drafts/d-3").text
    post(client, "/drafts/d-2/rejection", reason="other")
    assert "2 of 5 · about 2 minutes left" in client.get("/drafts/d-3").text
    assert "1 of 1 ·" in client.get("/drafts/d-2?status=rejected").text
    french = world.person(Role.MANAGER, headers={"Accept-Language": "fr"})
    assert "2 sur 5 · encore 2 minutes environ" in french.get("/drafts/d-3").text


def test_a_letter_that_is_decided_or_fits_no_filter_has_no_place(world: World) -> None:
    client = world.person(Role.MANAGER)
    post(client, "/drafts/d-2/rejection", reason="other")
    for path in ("/drafts/d-2", "/drafts/d-3?language=en"):
        where = client.get(path).text.split("draft__where")[1].split("draft__kind")[0]
        assert " of " not in where.replace("Back to the filtered letters", "")


def test_who_reads_a_letter_is_told_to_others_and_passed_over() -> None:
    world = a_world(letters=3)
    world.put(replace(world.account(Role.OPERATOR), name="Zoé <b>Martin"))
    client, other = world.person(Role.MANAGER), world.person(Role.OPERATOR)
    other.get("/drafts/d-2")
    assert "Zoé &lt;b&gt;Martin is reading it" in client.get("/").text
    assert "is reading it" not in other.get("/").text
    assert "Zoé &lt;b&gt;Martin is reading this letter" in client.get("/drafts/d-2").text
    decided = post(client, "/drafts/d-1/rejection", reason="other")
    assert decided.headers["location"].startswith("/drafts/d-3")
    assert post(client, "/drafts/d-2/rejection", reason="other").status_code == 303
    assert "Zoé" not in client.get("/drafts/d-2").text
    french = world.person(Role.MANAGER, headers={"Accept-Language": "fr"})
    other.get("/drafts/d-3")
    assert "lit cette lettre en ce moment" in french.get("/drafts/d-3").text


def test_whoever_only_looks_opens_nothing(world: World) -> None:
    world.person(Role.VIEWER).get("/drafts/d-1")
    assert "is reading" not in world.person(Role.MANAGER).get("/drafts/d-1").text


def test_letters_are_given_to_one_person_to_all_in_turn_and_back() -> None:
    world = a_world(letters=5)
    manager, operator = world.account(Role.MANAGER), world.account(Role.OPERATOR)
    world.put(replace(operator, name="Zoé <b>Martin"))
    client, other = world.person(Role.MANAGER), world.person(Role.OPERATOR)
    assert "Give 5 letters" in client.get("/").text
    given = post(client, "/assignment", via="/", to="evenly")
    assert "5 letters were assigned" in client.get(given.headers["location"]).text
    assert (shown(client, "/?whose=mine"), shown(other, "/?whose=mine")) == (
        ["d-1", "d-3", "d-5"],
        ["d-2", "d-4"],
    )
    assert "for Zoé &lt;b&gt;Martin" in client.get("/").text
    post(client, "/assignment?whose=mine", via="/", to=operator.email)
    assert shown(client, "/?whose=mine") == []
    assert len(shown(client, "/?whose=somebody")) == 5
    assert post(client, "/assignment", via="/", to="nobody").status_code == 303
    assert len(shown(client, "/?whose=nobody")) == 5
    world.put(replace(operator, role=Role.VIEWER))
    refused = post(client, "/assignment", via="/", to=operator.email)
    assert refused.status_code == 400
    assert len(shown(client, "/?whose=nobody")) == 5
    assert post(client, "/assignment?status=rejected", via="/", to=manager.email).status_code == 400


def test_mine_leads_from_letter_to_letter_of_mine() -> None:
    world = a_world(letters=4)
    world.account(Role.OPERATOR)
    client = world.person(Role.MANAGER)
    post(client, "/assignment", via="/", to="evenly")
    decided = post(client, "/drafts/d-1/rejection?whose=mine", via="/", reason="other")
    assert decided.headers["location"].startswith("/drafts/d-3?")
    assert "whose=mine" in decided.headers["location"]


def test_the_queue_pages_forward_by_key_and_back_to_the_start() -> None:
    world = a_world(letters=5, page_size=2)
    client = world.person(Role.MANAGER)
    path, seen = "/", []
    while path:
        html = client.get(path).text
        seen += re.findall(r'class="row__link" href="/drafts/(d-\d)["?]', html)
        found = re.search(r'href="([^"]+)" rel="next"', html)
        path = found.group(1).replace("&amp;", "&") if found else ""
    assert seen == ["d-1", "d-2", "d-3", "d-4", "d-5"]
    assert 'href="/" rel="first"' in html


def turned(client: TestClient, path: str, rel: str) -> str:
    """Return the address that a page of the queue gives for the next one or the one before."""
    found = re.search(rf'href="([^"]+)" rel="{rel}"', client.get(path).text)
    assert found, path
    return found.group(1).replace("&amp;", "&")


def shown(client: TestClient, path: str) -> list[str]:
    """Return the letters that a page of the queue lists."""
    return re.findall(r'class="row__link" href="/drafts/(d-\d+)["?]', client.get(path).text)


def test_decisions_made_meanwhile_neither_skip_nor_repeat_a_letter() -> None:
    world = a_world(letters=7, page_size=2)
    client = world.person(Role.MANAGER)
    second = turned(client, "/", "next")
    for draft_id in ("d-1", "d-2"):
        reviewing.reject(world.ports, DraftId(draft_id), reason=RejectionReason.TASTE, by="x@y.example")
    assert shown(client, second) == ["d-3", "d-4"]
    third = turned(client, second, "next")
    reviewing.reject(world.ports, DraftId("d-4"), reason=RejectionReason.TASTE, by="x@y.example")
    add_letter(world, 8)
    assert shown(client, third) == ["d-5", "d-6"]
    assert shown(client, turned(client, third, "next")) == ["d-7", "d-8"]
    assert shown(client, turned(client, third, "prev")) == ["d-3"]


def test_a_page_before_which_all_was_decided_leads_to_the_start() -> None:
    world = a_world(letters=4, page_size=2)
    client = world.person(Role.MANAGER)
    back = turned(client, turned(client, "/", "next"), "prev")
    for draft_id in ("d-1", "d-2"):
        reviewing.reject(world.ports, DraftId(draft_id), reason=RejectionReason.TASTE, by="x@y.example")
    assert client.get(back).headers["location"] == "/"


def test_filters_stay_while_pages_turn() -> None:
    world = a_world(letters=5, page_size=2)
    block(world, "d-2", "C’est")
    client = world.person(Role.MANAGER)
    path = "/?risk=without&kind=first&language=fr"
    assert shown(client, path) == ["d-1", "d-3"]
    following = turned(client, path, "next")
    assert shown(client, following) == ["d-4", "d-5"]
    assert shown(client, turned(client, following, "prev")) == ["d-1", "d-3"]
    assert shown(client, "/?kind=answer") == []
    assert shown(client, "/?days=30") == []
    assert shown(client, "/?kind=made-up&days=x&language=xx&risk=x") == ["d-1", "d-2"]


@pytest.fixture
def filtered() -> tuple[World, TestClient, str]:
    """Five letters, two held back; the address of what the second page without those begins with."""
    world = a_world(letters=5, page_size=2)
    for draft_id in ("d-2", "d-4"):
        block(world, draft_id, "C’est")
    client = world.person(Role.MANAGER)
    second = turned(client, "/?risk=without&kind=first", "next")
    (opened,) = re.findall(r'class="row__link" href="([^"]+)"', client.get(second).text)
    return world, client, opened.replace("&amp;", "&")


def test_a_letter_knows_from_which_page_of_which_filters_it_was_opened(
    filtered: tuple[World, TestClient, str],
) -> None:
    _, client, opened = filtered
    html = client.get(opened).text
    assert opened.startswith("/drafts/d-5?")
    (back,) = re.findall(r'href="([^"]+)" data-key="u"', html)
    assert "Back to the filtered letters" in html
    assert shown(client, back.replace("&amp;", "&")) == ["d-5"]


@pytest.mark.parametrize("act", ["approval", "rejection"])
def test_after_a_decision_the_next_letter_is_one_that_fits_the_filters(
    filtered: tuple[World, TestClient, str], act: str
) -> None:
    world, client, opened = filtered
    path, _, query = opened.partition("?")
    order = {"d-5": "d-1", "d-1": "d-3"}
    for draft_id, following in order.items():
        path = f"/drafts/{draft_id}"
        given = {"seal": world.seal(draft_id)} if act == "approval" else {"reason": "taste"}
        answer = post(client, f"{path}/{act}?{query}", via=f"{path}?{query}", **given)
        assert answer.headers["location"] == f"/drafts/{following}?came_from={draft_id}&{query}"
        assert f'href="{path}?{escape(query)}"' in client.get(answer.headers["location"]).text
    answer = post(client, f"/drafts/d-3/rejection?{query}", via="/drafts/d-3", reason="taste")
    assert answer.headers["location"] == "/?kind=first&risk=without"
    assert "No letter fits these filters" in client.get(answer.headers["location"]).text
    assert {world.draft(draft_id).status for draft_id in ("d-2", "d-4")} == {DraftStatus.BLOCKED}


def test_edited_and_taken_back_letters_keep_the_filters(filtered: tuple[World, TestClient, str]) -> None:
    world, client, opened = filtered
    path, _, query = opened.partition("?")
    editor = client.get(f"{path}/edit?{query}").text
    assert f'action="{path}/edit?{escape(query)}"' in editor
    assert f'href="{escape(opened)}"' in editor
    approved = post(client, f"{path}/approval?{query}", via=path, seal=world.seal("d-5"))
    onward = client.get(approved.headers["location"]).text
    assert f'action="{path}/withdrawal?{escape(query)}"' in onward
    assert post(client, f"{path}/withdrawal?{query}", via=path).headers["location"] == opened
    letter = world.draft("d-5").letter
    edited = post(client, f"{path}/edit?{query}", via=path, subject=letter.subject, text=letter.text)
    assert edited.headers["location"] == opened
    assert client.get(f"{path}/approval?{query}").headers["location"] == opened


def test_letters_in_one_state_are_read_one_after_the_other() -> None:
    world = a_world(letters=4)
    client = world.person(Role.VIEWER)
    for draft_id in ("d-1", "d-3"):
        reviewing.reject(world.ports, DraftId(draft_id), reason=RejectionReason.TASTE, by="x@y.example")
    html = client.get("/drafts/d-1?status=rejected").text
    assert 'href="/drafts/d-3?came_from=d-1&amp;status=rejected"' in html


def test_a_long_queue_is_counted_to_a_thousand() -> None:
    world = a_world(letters=3)
    draft = world.draft("d-1")
    with world.ports.store.write() as tx:
        tx.drafts.add(replace(draft, id=DraftId(f"d-{n}")) for n in range(10, 1010))
    client = world.person(Role.MANAGER)
    html = client.get("/").text
    assert "More than 1,000 letters to read" in html
    assert "1,000+" in html
    assert "more than 1,000 to read" in client.get("/drafts/d-1").text


@pytest.mark.parametrize("after", ["x", "2026-10-01", "2026-10-01T00:00:00_d", "_", "%00"])
def test_a_bent_page_key_is_told(world: World, after: str) -> None:
    assert world.person(Role.MANAGER).get(f"/?after={after}").status_code == 400


def test_the_queue_filters_by_state_and_campaign(world: World) -> None:
    block(world, "d-2", "C’est")
    client = world.person(Role.MANAGER)
    assert shown(client, "/?status=blocked") == ["d-2"]
    assert "No letter fits these filters" in client.get("/?campaign=other").text
    assert client.get("/?status=made-up").status_code == 200


def test_an_empty_queue_tells_the_next_command() -> None:
    world = a_world(letters=0)
    client = world.person(Role.MANAGER)
    assert "nanoreach import brand" in client.get("/").text
    world.put(a_brand(), a_campaign(CAMPAIGN))
    assert "nanoreach import creators" in client.get("/").text
    world.put(a_creator())
    assert f"nanoreach draft {CAMPAIGN}" in client.get("/").text


def test_the_outbox_asks_a_person_about_what_nobody_knows(world: World) -> None:
    client = world.person(Role.MANAGER)
    post(client, "/drafts/d-1/approval", seal=world.seal("d-1"))
    (delivery,) = world.deliveries()
    world.put(replace(delivery, state=DeliveryState.UNCERTAIN, reason="the line went dead"))
    html = client.get("/outbox").text
    assert "the line went dead" in html
    assert "1 uncertain" in html
    path = f"/outbox/{delivery.id}/resolution"
    assert post(client, path, verdict="perhaps").status_code == 400
    assert post(client, path, verdict="resend").headers["location"] == "/outbox"
    assert [each.state for each in world.deliveries()] == [DeliveryState.QUEUED]
    assert post(client, path, verdict="sent").status_code == 400


def test_the_outbox_looks_for_what_nobody_knows_and_says_where(world: World) -> None:
    client = world.person(Role.MANAGER)
    post(client, "/drafts/d-1/approval", seal=world.seal("d-1"))
    (delivery,) = world.deliveries()
    world.put(replace(delivery, state=DeliveryState.UNCERTAIN, reason="the line went dead"))
    assert post(client, "/outbox/search").headers["location"] == "/outbox"
    html = client.get("/outbox").text
    assert "Nothing was found" in html
    assert "the line went dead Looked for: no mail that came in names it" in html
    assert [each.state for each in world.deliveries()] == [DeliveryState.UNCERTAIN]


def test_the_outbox_shows_who_goes_next_before_who_waits_longer(world: World) -> None:
    client = world.person(Role.MANAGER)
    for draft in ("d-1", "d-2"):
        post(client, f"/drafts/{draft}/approval", seal=world.seal(draft))
    first, second = world.deliveries()
    world.put(replace(first, due_at=second.due_at + timedelta(days=1), reason="waits longer"))
    world.put(replace(second, reason="goes next"))
    html = client.get("/outbox").text
    assert html.index("goes next") < html.index("waits longer")


def test_the_outbox_says_that_sending_is_frozen(world: World) -> None:
    client = world.person(Role.VIEWER)
    assert "Sending is frozen" not in client.get("/outbox").text
    world.ports.marks.keep(Mark(number=10_000, at=NOW))
    html = client.get("/outbox").text
    assert "Sending is frozen" in html
    assert "nanoreach outbox resume" in html


def test_a_paused_mailbox_is_told_above_the_outbox_and_a_person_lets_it_write_again(world: World) -> None:
    mailbox = Mailbox(address="anna@brand.example").paused(at=NOW, reason="550 5.7.1 policy")
    with world.ports.store.write() as tx:
        tx.mailboxes.save(mailbox)
    path = "/outbox/mailboxes/anna%40brand.example/resumption"
    assert path not in world.person(Role.VIEWER).get("/outbox").text
    client = world.person(Role.MANAGER)
    html = client.get("/outbox").text
    assert "Nothing leaves from anna@brand.example" in html
    assert "550 5.7.1 policy" in html
    assert path in html
    assert post(client, path).headers["location"] == "/outbox"
    after = client.get("/outbox").text
    assert "The mailbox may write again." in after
    assert "Nothing leaves from" not in after
    assert post(client, path).status_code == 400


def test_the_outbox_filters_by_state(world: World) -> None:
    manager, client = world.person(Role.MANAGER), world.person(Role.VIEWER)
    for name in ("d-1", "d-2"):
        post(manager, f"/drafts/{name}/approval", seal=world.seal(name))
    world.put(replace(world.deliveries()[0], state=DeliveryState.SENT, sent_at=world.clock.now()))
    assert client.get("/outbox").text.count("delivery__head") == 2
    assert client.get("/outbox?state=sent").text.count("delivery__head") == 1
    assert client.get("/outbox?state=made-up").text.count("delivery__head") == 2


def test_answers_come_newest_first_with_their_kind(world: World) -> None:
    world.answer(1, text="première")
    world.answer(2, text="seconde", received_at=NOW + timedelta(days=1), outreach_id=None)
    html = world.person(Role.VIEWER).get("/replies").text
    assert html.index("seconde") < html.index("première")
    assert "Interested" in html
    assert "a person decides whose it is" in html


def test_a_finding_is_read_in_the_language_of_the_page(world: World) -> None:
    reader = world.person(Role.VIEWER)
    assert (
        "This guesses at the creator&#39;s life: say only what a post says." in reader.get("/patterns").text
    )
    french = reader.get("/patterns", headers={"accept-language": "fr"}).text
    assert "Cela suppose quelque chose de la vie de cette personne" in french
    assert '<span lang="en">The sentence of the error, as it stands.</span>' in french


def test_every_component_stands_on_the_patterns_page(world: World) -> None:
    html = world.person(Role.VIEWER).get("/patterns").text
    names = re.findall(r'class="patterns__name">([a-z]+)<', html)
    assert len(names) == len(set(names)) >= 15


def test_health_needs_nobody_and_tells_no_detail(world: World) -> None:
    answer = world.client().get("/health")
    assert answer.json() == {"status": "ok"}
    assert "set-cookie" not in answer.headers


def test_the_language_follows_the_browser_until_somebody_chooses(world: World) -> None:
    client = world.person(Role.MANAGER)
    assert "3 lettres à lire" in client.get("/", headers={"Accept-Language": "fr"}).text
    assert post(client, "/language", language="fr", path="/outbox").headers["location"] == "/outbox"
    assert "3 lettres à lire" in client.get("/").text
    assert "set-cookie" not in post(client, "/language", language="xx", path="//evil.example").headers


def test_times_stand_in_the_readers_zone(world: World) -> None:
    html = world.person(Role.MANAGER).get("/drafts/d-1").text
    assert '<time datetime="2026-10-04T09:31:00+00:00"' in html
    assert "4 Oct 2026, 11:31" in html


def test_assets_are_kept_for_ever_under_an_address_of_their_content(world: World) -> None:
    client = world.client()
    page = read(client.get("/login").text)
    found = [
        address
        for item in (*page.scripts, *page.links)
        if (address := item.get("src") or item.get("href") or "").startswith("/static/")
    ]
    assert len(found) == 4
    for address in found:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    for path in ("/static/none.js", "/static/../app.py", "/static/%2e%2e/app.py"):
        assert client.get(path).status_code == 404


# --- the link in the letters ----------------------------------------------------------------------


def unsubscribe(world: World, outreach: str = "o-1") -> str:
    link = world.ports.links.unsubscribe(OutreachId(outreach))
    assert link is not None
    return link.removeprefix("https://desk.example")


def address_of(world: World) -> str:
    address = world.creator("d-1").address
    assert address is not None
    return address.email


def test_looking_at_the_link_changes_nothing(world: World) -> None:
    answer = world.client().get(unsubscribe(world))
    assert answer.status_code == 200
    assert "ne plus recevoir nos lettres" in answer.text
    assert "Lison" not in answer.text
    assert "set-cookie" not in answer.headers
    assert not world.is_suppressed(address_of(world))


def test_one_post_without_cookie_stops_everything_and_twice_is_once(world: World) -> None:
    path = unsubscribe(world)
    for _ in range(2):
        answer = world.client().post(
            path, data={"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://mail.example"}
        )
        assert answer.status_code == 200
        assert "Nous ne vous écrirons plus" in answer.text
    assert world.is_suppressed(address_of(world))


def test_a_link_that_is_not_ours_is_told_kindly(world: World) -> None:
    for answer in (world.client().get("/unsubscribe/made-up"), world.client().post("/unsubscribe/made-up")):
        assert answer.status_code == 404
        assert "We do not know this link" in answer.text


def test_the_link_works_under_the_public_name(world: World) -> None:
    answer = world.client().post(unsubscribe(world), headers={"Host": "desk.example"})
    assert answer.status_code == 200


def test_an_objection_page_shows_nothing_of_the_desk_to_a_colleague(world: World) -> None:
    html = world.person(Role.MANAGER).get(unsubscribe(world)).text
    assert "Outbox" not in html
    assert HOST not in html


def test_many_letters_are_a_page(world: World) -> None:
    for number in range(4, 64):
        add_letter(world, number)
    html = world.person(Role.MANAGER).get("/").text
    assert html.count('class="row__link"') == world.config.page_size
    assert len(html) < 100_000


def test_the_minutes_are_those_of_whoever_reads() -> None:
    world = a_world(letters=3)
    manager, operator = world.person(Role.MANAGER), world.person(Role.OPERATOR)
    with world.ports.store.write() as tx:
        tx.paces.save(Pace(who=world.account(Role.MANAGER).email, seconds=100, gaps=12, last_at=NOW))
        tx.paces.save(Pace(who=world.account(Role.OPERATOR).email, seconds=1, gaps=2, last_at=NOW))
    assert "about 5 minutes at your pace, 100 seconds a letter" in manager.get("/").text
    assert "about 5 minutes left" in manager.get("/drafts/d-1").text
    assert "about 2 minutes, at 30 seconds a letter" in operator.get("/").text
