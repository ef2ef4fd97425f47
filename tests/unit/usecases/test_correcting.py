"""A person corrects what was read: a no that was none is taken back, one that was overheard is honoured."""

import pytest

from agent.domain.delivery import Delivery
from agent.domain.errors import BadInput
from agent.domain.outreach import OutreachStatus
from agent.domain.replies import Reply, ReplyKind
from agent.ports import Ports
from agent.usecases.answering import kind_named
from agent.usecases.correcting import correct, may_correct
from agent.usecases.reading import fetch_mail
from tests.unit.usecases.test_answers import status, with_mail
from tests.unit.usecases.world import READER, a_quick_world, an_answer, sent

NO = "Non merci, sans façon."
QUESTION = "Quelle est la taille du coffret ?"
LEAVE_ME = "Ne m'écrivez plus jamais."


def told(*texts: str) -> tuple[Ports, Delivery, tuple[Reply, ...]]:
    """Return the world after somebody wrote these mails, the letter that went, and what is on file."""
    world = a_quick_world("zelie.coud")
    letter, _ = sent(world, "zelie.coud")
    ports = with_mail(world, *(an_answer(letter, text) for text in texts))
    fetch_mail(ports)
    return ports, letter, on_file(ports)


def on_file(ports: Ports) -> tuple[Reply, ...]:
    with ports.store.read() as tx:
        return tx.inbox.replies()


def test_a_no_that_was_none_is_taken_back_and_the_conversation_goes_on() -> None:
    ports, letter, (reply,) = told(NO)
    assert (reply.kind, status(ports, letter)) == (ReplyKind.DECLINED, OutreachStatus.DECLINED)
    corrected = correct(ports, reply.id, ReplyKind.INTERESTED, by=READER)
    assert on_file(ports) == (corrected,)
    assert status(ports, letter) is OutreachStatus.IN_CONVERSATION
    with ports.store.read() as tx:
        entry = tx.journal.of(reply.id)[-1]
    assert (entry.what, entry.who) == ("answer corrected", READER)
    assert entry.why == "declined was read, interested is meant"


@pytest.mark.parametrize(
    ("kind", "after"),
    [(ReplyKind.DECLINED, OutreachStatus.DECLINED), (ReplyKind.OPTED_OUT, OutreachStatus.STOPPED)],
)
def test_a_no_that_nobody_heard_is_honoured(kind: ReplyKind, after: OutreachStatus) -> None:
    ports, letter, (reply,) = told(QUESTION)
    assert reply.kind is ReplyKind.QUESTION
    correct(ports, reply.id, kind, by=READER)
    assert status(ports, letter) is after
    with ports.store.read() as tx:
        fingerprint = ports.fingerprints.of(letter.envelope_to)
        assert tx.suppressions.has(fingerprint) is (kind is ReplyKind.OPTED_OUT)


def test_a_no_may_be_found_to_be_more_than_that() -> None:
    ports, letter, (reply,) = told(NO)
    correct(ports, reply.id, ReplyKind.OPTED_OUT, by=READER)
    assert on_file(ports)[0].kind is ReplyKind.OPTED_OUT
    with ports.store.read() as tx:
        assert tx.suppressions.has(ports.fingerprints.of(letter.envelope_to))


def test_a_wish_to_be_left_alone_is_not_argued_with() -> None:
    ports, letter, (reply,) = told(LEAVE_ME)
    assert not may_correct(reply)
    with pytest.raises(BadInput, match="cannot become"):
        correct(ports, reply.id, ReplyKind.INTERESTED, by=READER)
    assert (on_file(ports), status(ports, letter)) == ((reply,), OutreachStatus.STOPPED)


def test_only_the_newest_answer_says_how_a_conversation_stands() -> None:
    ports, letter, (first, _) = told(QUESTION, NO)
    with pytest.raises(BadInput, match="wrote again"):
        correct(ports, first.id, ReplyKind.INTERESTED, by=READER)
    assert status(ports, letter) is OutreachStatus.DECLINED


@pytest.mark.parametrize("kind", [ReplyKind.BOUNCE, ReplyKind.OUT_OF_OFFICE, ReplyKind.QUESTION])
def test_nobody_says_what_a_server_says_or_what_was_read_anyway(kind: ReplyKind) -> None:
    ports, _, (reply,) = told(QUESTION)
    with pytest.raises(BadInput, match="cannot become"):
        correct(ports, reply.id, kind, by=READER)


def test_a_kind_has_a_name_that_is_known() -> None:
    assert kind_named("declined") is ReplyKind.DECLINED
    with pytest.raises(BadInput, match="is not what a person answers"):
        kind_named("bounce")
