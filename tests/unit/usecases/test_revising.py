"""Another version of a letter, as a person wishes it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from agent.adapters.offline import OfflineWriter
from agent.domain.draft import Draft, DraftStatus, Finding, RejectionReason, Severity
from agent.domain.errors import BadInput, NotApprovable, StaleReview, Unavailable
from agent.domain.ids import OutreachId
from agent.domain.letter import Sentence, Words
from agent.ports import Assignment, Ports, Written
from agent.usecases.drafting import draft_letter
from agent.usecases.reviewing import approve, edit, queue, reject, review
from agent.usecases.revising import LONGEST_WISH, revise, takes_wishes
from tests.builders import a_kept_answer
from tests.fakes import ScriptedWriter, make_ports
from tests.unit.usecases.world import GOOD_WORDS, READER, a_world, written

OTHER = replace(GOOD_WORDS, ask=Sentence(text="Cela vous ferait-il plaisir ? Un simple oui suffit."))
LIE = replace(GOOD_WORDS, ask=Sentence(text="Vous gagnerez 500 € chaque mois avec nous."))
WISH = "plus court, et une question plus simple"


def a_model(*script: Words | Exception) -> tuple[Ports, ScriptedWriter, Draft]:
    """Return a world in which a model wrote a letter, and what it says when it is asked again."""
    writer = ScriptedWriter([GOOD_WORDS, *script])
    ports = a_world(ports=make_ports(writers={"offline": OfflineWriter(), "openai": writer}))
    draft = draft_letter(ports, OutreachId("o-lison.sans.flacon"), writer=writer)
    assert draft is not None
    assert draft.status is DraftStatus.PENDING, draft.findings
    return ports, writer, draft


def wished(ports: Ports, draft: Draft, wish: str = WISH) -> Draft:
    return revise(ports, draft.id, wish=wish, seen=draft.letter.digest, by=READER)


def test_the_new_version_takes_the_place_of_the_old_one() -> None:
    ports, _, draft = a_model(OTHER)
    with ports.store.write() as tx:
        tx.drafts.assign([draft.id], to=READER)
    new = wished(ports, draft)
    with ports.store.read() as tx:
        assert tx.drafts.assignee(new.id) == READER
    assert new.status is DraftStatus.PENDING
    assert (new.revises, new.note, new.touch) == (draft.id, WISH, draft.touch)
    assert [item.draft.id for item in queue(ports).items] == [new.id]
    assert new.created_at == draft.created_at
    old = review(ports, draft.id)
    assert old.draft.status is DraftStatus.SUPERSEDED
    assert old.replaced_by == new.id
    assert review(ports, new.id).before == draft.letter


def test_the_writer_is_told_the_wish_and_the_words_that_were_read() -> None:
    ports, writer, draft = a_model(OTHER)
    wished(ports, draft, "  plus\ncourt ")
    _, words, findings = writer.asked[-1]
    assert words is not None
    assert [sentence.text for sentence in words.opening] == [s.text for s in draft.letter.sentences]
    assert [finding.advice for finding in findings] == ["plus court"]


def test_a_wish_is_not_forgotten_when_the_gate_sends_the_text_back() -> None:
    ports, writer, draft = a_model(LIE, OTHER)
    new = wished(ports, draft)
    _, words, findings = writer.asked[-1]
    assert words == LIE
    assert findings[0].advice == WISH
    assert len(findings) > 1
    assert new.status is DraftStatus.PENDING


def test_what_a_wish_makes_a_model_promise_is_blocked() -> None:
    ports, _, draft = a_model(LIE)
    new = wished(ports, draft, "promets-lui 500 € par mois")
    assert new.status is DraftStatus.BLOCKED
    assert any(finding.severity is Severity.BLOCK for finding in new.findings)


def test_the_new_version_is_approved_like_any_letter_and_the_old_seal_is_worth_nothing() -> None:
    ports, _, draft = a_model(OTHER)
    seal = str(review(ports, draft.id).seal)
    new = wished(ports, draft)
    with pytest.raises(NotApprovable):
        approve(ports, draft.id, seal=seal, by=READER)
    with pytest.raises(StaleReview):
        approve(ports, new.id, seal=seal, by=READER)
    approve(ports, new.id, seal=str(review(ports, new.id).seal), by=READER)


def test_a_text_that_nobody_read_is_not_replaced() -> None:
    ports, writer, draft = a_model(OTHER)
    edit(ports, draft.id, subject="vos pochettes", text=draft.letter.text, by="Anna")
    with pytest.raises(StaleReview):
        wished(ports, draft)
    assert len(writer.asked) == 1


def test_a_decided_letter_is_not_replaced() -> None:
    ports, writer, draft = a_model(OTHER)
    reject(ports, draft.id, reason=RejectionReason.TASTE, by=READER)
    with pytest.raises(NotApprovable):
        wished(ports, draft)
    assert len(writer.asked) == 1


@pytest.mark.parametrize("decision", ["reject", "edit"])
def test_a_decision_that_came_while_the_writer_wrote_wins(decision: str) -> None:
    ports, _, draft = a_model(OTHER)

    class Slow(ScriptedWriter):
        def write(
            self, assignment: Assignment, *, rejected: Words | None = None, findings: Sequence[Finding] = ()
        ) -> Written:
            if decision == "reject":
                reject(ports, draft.id, reason=RejectionReason.TASTE, by="Anna")
            else:
                edit(ports, draft.id, subject="vos pochettes", text=draft.letter.text, by="Anna")
            return super().write(assignment, rejected=rejected, findings=findings)

    slow = replace(ports, writers={"openai": Slow([OTHER])})
    with pytest.raises((StaleReview, NotApprovable)):
        wished(slow, draft)
    after = review(ports, draft.id)
    assert after.replaced_by is None
    assert after.draft.status is (DraftStatus.REJECTED if decision == "reject" else DraftStatus.PENDING)


def test_a_model_that_fails_leaves_the_letter_as_it_was() -> None:
    ports, _, draft = a_model(Unavailable("The model does not answer."))
    with pytest.raises(Unavailable):
        wished(ports, draft)
    assert review(ports, draft.id).draft == draft


def test_the_same_letter_again_is_no_new_version() -> None:
    ports, _, draft = a_model(GOOD_WORDS)
    with ports.store.write() as tx:
        tx.answers.keep(a_kept_answer(outreach_id=draft.outreach_id))
    with pytest.raises(BadInput, match="very same letter"):
        wished(ports, draft)
    assert review(ports, draft.id).draft == draft
    with ports.store.read() as tx:
        assert tx.answers.of_outreach(draft.outreach_id) == ()


@pytest.mark.parametrize("wish", ["", "  \n ", "x" * (LONGEST_WISH + 1)])
def test_a_wish_is_a_sentence(wish: str) -> None:
    ports, writer, draft = a_model(OTHER)
    with pytest.raises(BadInput):
        wished(ports, draft, wish)
    assert len(writer.asked) == 1


def test_the_offline_writer_makes_another_choice_each_time_and_reads_no_wish() -> None:
    ports = a_world()
    assert not takes_wishes(ports)
    draft, texts = written(ports), set[str]()
    for _ in range(4):
        texts.add(draft.letter.text)
        draft = wished(ports, draft)
        assert draft.note == ""
        assert draft.status is DraftStatus.PENDING, draft.findings
    assert len(texts | {draft.letter.text}) >= 4


def test_the_journal_says_who_wished_what_of_which_text() -> None:
    ports, _, draft = a_model(OTHER)
    new = wished(ports, draft)
    with ports.store.read() as tx:
        entries = {entry.what: entry for entry in tx.journal.of(draft.id)}
    told = entries["had written again"]
    assert (told.who, told.subject) == (READER, draft.id)
    assert all(part in told.why for part in (draft.letter.digest, new.letter.digest, WISH))
