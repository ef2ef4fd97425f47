"""The creator's side: what the link shows, and what becomes of an answer."""

import pytest

from agent.domain.brief import AgreementStatus, AnswerKind
from agent.domain.errors import BadInput, NotApprovable
from agent.domain.outreach import OutreachStatus
from agent.ports import Ports
from agent.usecases.briefing import move_agreement, open_brief, review_brief
from agent.usecases.briefing_answers import LONGEST, MOST, BriefPage, answer_brief, brief_page
from tests.builders import NOW
from tests.fakes import make_ports
from tests.unit.briefs.agreed import OUTREACH, READER, agreed_world, approved, changed


def token_of(ports: Ports) -> str:
    link = ports.links.brief(OUTREACH)
    assert link is not None
    return link.rpartition("/")[2]


def shown(ports: Ports) -> BriefPage:
    page = brief_page(ports, token_of(ports))
    assert page is not None
    return page


def test_the_link_shows_exactly_what_was_approved() -> None:
    ports = agreed_world()
    approval = approved(ports)
    page = shown(ports)
    assert (page.letter, page.pdf) == (approval.letter, approval.pdf)
    assert page.is_open
    assert not page.accepted


def test_a_link_that_is_not_ours_or_for_unsubscribing_opens_nothing() -> None:
    ports = agreed_world()
    approved(ports)
    unsubscribe = ports.links.unsubscribe(OUTREACH)
    assert unsubscribe is not None
    for token in ("", "x", token_of(ports) + "x", unsubscribe.rpartition("/")[2]):
        assert brief_page(ports, token) is None
        assert answer_brief(ports, token, kind=AnswerKind.ACCEPTS, text="") is None
    assert ports.links.outreach_of(token_of(ports)) is None


def test_without_a_public_address_there_is_no_link() -> None:
    assert make_ports().links.brief(OUTREACH) is None


def test_before_an_approval_nothing_is_shown() -> None:
    ports = agreed_world()
    assert brief_page(ports, token_of(ports)) is None
    open_brief(ports, OUTREACH, by=READER)
    assert brief_page(ports, token_of(ports)) is None


def test_a_brief_that_is_being_changed_shows_no_old_terms_and_takes_no_answer() -> None:
    ports = agreed_world()
    approved(ports)
    changed(ports, note="Un mot de plus.")
    page = shown(ports)
    assert (page.letter, page.pdf, page.is_open) == (None, None, False)
    with pytest.raises(NotApprovable):
        answer_brief(ports, token_of(ports), kind=AnswerKind.ACCEPTS, text="")


def test_what_was_withdrawn_or_refused_is_gone() -> None:
    withdrawn, declined = agreed_world(), agreed_world()
    for ports in (withdrawn, declined):
        approved(ports)
    move_agreement(withdrawn, OUTREACH, AgreementStatus.WITHDRAWN, by=READER)
    with declined.store.write() as tx:
        outreach = tx.outreach.get(OUTREACH)
        assert outreach is not None
        tx.outreach.save(outreach.advance(OutreachStatus.STOPPED, at=NOW))
    assert brief_page(withdrawn, token_of(withdrawn)) is None
    assert brief_page(declined, token_of(declined)) is None


def test_accepting_is_stored_once_and_journaled() -> None:
    ports = agreed_world()
    approved(ports)
    for _ in range(2):
        page = answer_brief(ports, token_of(ports), kind=AnswerKind.ACCEPTS, text="Avec plaisir !")
        assert page is not None
        assert page.accepted
        assert len(page.answers) == 1
    page = shown(ports)
    with ports.store.read() as tx:
        (entry,) = (e for e in tx.journal.of(page.version.id) if e.what == "brief answered")
    assert (entry.who, entry.why) == ("creator", "accepts version 1")


def test_an_acceptance_holds_for_the_version_that_was_read() -> None:
    ports = agreed_world()
    approved(ports)
    answer_brief(ports, token_of(ports), kind=AnswerKind.ACCEPTS, text="")
    changed(ports, note="Un mot de plus.")
    approved(ports)
    assert not shown(ports).accepted
    assert len(shown(ports).answers) == 1


def test_a_proposal_is_kept_in_the_creators_words_and_changes_no_term() -> None:
    ports = agreed_world()
    approved(ports)
    before = review_brief(ports, OUTREACH)
    answer_brief(ports, token_of(ports), kind=AnswerKind.PROPOSES, text="  Plutôt 150 €\u202e ?\r\n")
    after = review_brief(ports, OUTREACH)
    assert (after.version, after.agreement) == (before.version, before.agreement)
    assert [(each.kind, each.text) for each in after.answers] == [(AnswerKind.PROPOSES, "Plutôt 150 € ?")]


def test_an_answer_without_words_or_without_end_is_refused() -> None:
    ports = agreed_world()
    approved(ports)
    for text in ("", "  \n", "\u202e", "x" * (LONGEST + 1)):
        with pytest.raises(BadInput):
            answer_brief(ports, token_of(ports), kind=AnswerKind.ASKS, text=text)
    for number in range(MOST):
        answer_brief(ports, token_of(ports), kind=AnswerKind.ASKS, text=f"Question {number} ?")
    with pytest.raises(BadInput, match="too many"):
        answer_brief(ports, token_of(ports), kind=AnswerKind.ASKS, text="Encore une ?")
