"""An answer from an address nobody knows: the likely conversation is suggested, and a person says so."""

from dataclasses import replace

import pytest

from agent.domain.delivery import Delivery
from agent.domain.errors import BadInput
from agent.domain.outreach import OutreachStatus
from agent.domain.replies import Reply, ReplyKind
from agent.ports import Ports
from agent.usecases.belonging import Because, belongs, suggestions
from agent.usecases.reading import fetch_mail
from tests.unit.usecases.test_answers import status, with_mail
from tests.unit.usecases.world import a_quick_world, an_answer, sent

AGENT = "paul@agency.example"
NO = "Bonjour, je gère les partenariats de Zélie Roche : ce sera non merci."


def told(text: str, *, sender: str = AGENT, name: str = "Zélie Roche") -> tuple[Ports, Delivery, Reply]:
    """Return the world after a stranger wrote, the letter that went, and what is on file."""
    world = a_quick_world("zelie.coud", "autre.main")
    letters = {handle: sent(world, handle)[0] for handle in ("zelie.coud", "autre.main")}
    with world.store.write() as tx:
        (creator,) = tx.creators.with_email(letters["zelie.coud"].envelope_to)
        tx.creators.save(replace(creator, name=name))
    mail = an_answer(letters["zelie.coud"], text, sender=sender, in_reply_to=False, subject="Votre message")
    ports = with_mail(world, mail)
    fetch_mail(ports)
    with ports.store.read() as tx:
        (reply,) = tx.inbox.replies()
    assert reply.outreach_id is None
    return ports, letters["zelie.coud"], reply


@pytest.mark.parametrize(
    ("text", "sender", "because"),
    [
        (NO, AGENT, Because.NAMED),
        ("Zélie me fait suivre votre message, ce sera non.", AGENT, Because.FIRST_NAME),
        ("Merci, mais ce sera non.", "paul@creator.example", None),  # both creators have an address there
        ("Merci, mais ce sera non.", AGENT, None),
    ],
)
def test_the_only_conversation_that_fits_is_suggested(
    text: str, sender: str, because: Because | None
) -> None:
    ports, letter, reply = told(text, sender=sender)
    with ports.store.read() as tx:
        found = suggestions(tx, [reply])
    assert [each.because for each in found.values()] == ([because] if because else [])
    assert [each.outreach.id for each in found.values()] == ([letter.outreach_id] if because else [])


def test_a_no_counts_once_a_person_says_whose_it_is() -> None:
    ports, letter, reply = told(NO)
    assert status(ports, letter) is OutreachStatus.CONTACTED
    filed = belongs(ports, reply.id, letter.outreach_id, by="anna@brand.example")
    assert filed.kind is ReplyKind.DECLINED
    assert status(ports, letter) is OutreachStatus.DECLINED
    with ports.store.read() as tx:
        assert tx.inbox.replies(outreach_id=letter.outreach_id) == (filed,)
        assert suggestions(tx, tx.inbox.replies()) == {}


def test_an_answer_that_belongs_somewhere_stays_there() -> None:
    ports, letter, reply = told(NO)
    belongs(ports, reply.id, letter.outreach_id, by="anna@brand.example")
    with pytest.raises(BadInput, match="waits for somebody"):
        belongs(ports, reply.id, letter.outreach_id, by="anna@brand.example")
