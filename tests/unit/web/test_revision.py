"""The desk has a letter written again, and shows what changed."""

from dataclasses import replace

from starlette.testclient import TestClient

from agent.adapters.offline import OfflineWriter
from agent.domain.draft import Draft, RejectionReason
from agent.domain.errors import Unavailable
from agent.domain.ids import OutreachId
from agent.domain.letter import Sentence, Words
from agent.domain.people import Role
from agent.ports import Ports, Writer
from agent.usecases.drafting import choose_writer, draft_letter
from agent.usecases.reviewing import queue, reject
from tests.fakes import ScriptedWriter, make_ports
from tests.unit.usecases.world import GOOD_WORDS, a_world
from tests.unit.web.world import a_desk_on, post

WISH = "plus simple <b>et</b> plus court"
OTHER = replace(GOOD_WORDS, ask=Sentence(text="Cela vous ferait-il plaisir ? Un simple oui suffit."))


def a_desk(*script: Words | Exception) -> tuple[Ports, Draft, TestClient]:
    """Return a desk with a letter to read; without a script nobody but the offline writer writes."""
    ports = a_world(ports=make_ports(writers=writers(*script)))
    draft = draft_letter(ports, OutreachId("o-lison.sans.flacon"), writer=choose_writer(ports, "auto"))
    assert draft is not None
    return ports, draft, a_desk_on(ports).person(Role.MANAGER)


def writers(*script: Words | Exception) -> dict[str, Writer]:
    """Return the offline writer, and a model that writes a good letter first and then the script."""
    model: dict[str, Writer] = {"openai": ScriptedWriter([GOOD_WORDS, *script])} if script else {}
    return {"offline": OfflineWriter(), **model}


def test_a_wish_leads_to_the_new_version_with_what_changed() -> None:
    ports, draft, client = a_desk(OTHER)
    page = client.get(f"/drafts/{draft.id}").text
    assert 'name="wish"' in page
    done = post(client, f"/drafts/{draft.id}/revision", seen=draft.letter.digest, wish=WISH)
    assert done.status_code == 303
    (waiting,) = queue(ports).items
    assert done.headers["location"] == f"/drafts/{waiting.draft.id}"
    shown = client.get(done.headers["location"]).text
    assert "<del> de l’essayer chez vous</del>" in shown
    assert "Un simple oui suffit." in shown.partition("<ins>")[2].partition("</ins>")[0]
    assert "plus simple &lt;b&gt;et&lt;/b&gt; plus court" in shown
    assert f'href="/drafts/{draft.id}"' in shown
    before = client.get(f"/drafts/{draft.id}").text
    assert "Another version was asked for" in before
    assert f'href="/drafts/{waiting.draft.id}"' in before


def test_a_wish_that_could_not_be_met_is_still_there() -> None:
    _, draft, client = a_desk(Unavailable("The model does not answer."))
    done = post(client, f"/drafts/{draft.id}/revision", seen=draft.letter.digest, wish=WISH)
    assert done.status_code == 503
    assert "The model does not answer." in done.text
    assert 'value="plus simple &lt;b&gt;et&lt;/b&gt; plus court"' in done.text


def test_a_text_that_changed_since_is_not_written_again() -> None:
    _, draft, client = a_desk(OTHER)
    done = post(client, f"/drafts/{draft.id}/revision", seen="something else", wish=WISH)
    assert done.status_code == 409
    assert "This is not the text you read" in done.text


def test_without_a_model_another_version_takes_one_press() -> None:
    ports, draft, client = a_desk()
    page = client.get(f"/drafts/{draft.id}").text
    assert "Another version" in page
    assert 'name="wish"' not in page
    done = post(client, f"/drafts/{draft.id}/revision", seen=draft.letter.digest)
    assert done.status_code == 303
    assert queue(ports).items[0].draft.letter.text != draft.letter.text


def test_an_edited_letter_shows_what_a_person_changed() -> None:
    _, draft, client = a_desk(OTHER)
    text = draft.letter.text.replace("Chaque pain", "Chacun")
    done = post(client, f"/drafts/{draft.id}/edit", subject=draft.letter.subject, text=text)
    shown = client.get(done.headers["location"]).text
    assert "What a person changed" in shown
    assert "<del>Chaque pain</del><ins>Chacun</ins>" in shown


def test_words_that_are_typed_are_checked_and_not_kept() -> None:
    ports, draft, client = a_desk(OTHER)
    lie = draft.letter.text.replace("Chaque pain sèche six semaines.", "Vous gagnerez 500 € par mois.")
    shown = post(client, f"/drafts/{draft.id}/check", subject=draft.letter.subject, text=lie)
    assert shown.status_code == 200
    assert "would hold this letter back" in shown.text
    assert "<ins>Vous gagnerez 500" in shown.text
    assert "Vous gagnerez 500 € par mois." in shown.text.partition("<textarea")[2].partition("</textarea>")[0]
    (waiting,) = queue(ports).items
    assert waiting.draft == draft


def test_words_that_would_pass_are_said_to_pass() -> None:
    _, draft, client = a_desk(OTHER)
    same = post(client, f"/drafts/{draft.id}/check", subject=draft.letter.subject, text=draft.letter.text)
    assert "The gate has nothing to say about these words." in same.text
    assert "What a person changed" not in same.text


def test_words_for_a_decided_letter_are_told_so_and_kept_on_the_page() -> None:
    ports, draft, client = a_desk(OTHER)
    reject(ports, draft.id, reason=RejectionReason.TASTE, by="Anna")
    shown = post(client, f"/drafts/{draft.id}/check", subject="autre", text="autre texte")
    assert shown.status_code == 409
    assert "cannot be edited any more" in shown.text
    assert "autre texte" in shown.text
