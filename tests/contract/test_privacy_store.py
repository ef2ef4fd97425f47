"""What every store promises about taking a person out: memory, SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agent.domain.creator import Address
from agent.domain.ids import CreatorId, DraftId, InboundId, OutreachId
from agent.ports import ERASED, FORGOTTEN, Erasure, Suppression, Traces, Transaction
from tests.builders import (
    NOW,
    a_brand,
    a_brief,
    a_brief_answer,
    a_brief_approval,
    a_campaign,
    a_creator,
    a_delivery,
    a_draft,
    a_handover,
    a_kept_answer,
    a_post,
    a_rejection,
    a_reply,
    an_agreement,
    an_approval,
    an_entry,
    an_inbound,
    an_outreach,
)
from tests.contract.conftest import AnyStore

ADDRESS = "lison.sans.flacon@creator.example"
OTHER = a_creator("solene", address=Address(email="solene@creator.example"))
THEIRS = Traces(
    creators=frozenset({a_creator().id}),
    mails=frozenset({InboundId("i-3")}),
    subjects=frozenset({f"creator {a_creator().id}", "o-1", "d-1", "v-1", "r-1"}),
    words=frozenset({ADDRESS}),
    fingerprints=frozenset({"f1"}),
)


@pytest.fixture
def store(empty_store: AnyStore) -> AnyStore:
    return empty_store


def with_two_people(tx: Transaction) -> None:
    """Store two creators with outreach; one with everything that a letter and an answer leave."""
    tx.brands.save(a_brand())
    tx.brands.save_campaign(a_campaign())
    tx.creators.save(a_creator())
    tx.creators.save(OTHER)
    tx.outreach.save(an_outreach())
    tx.outreach.save(an_outreach("o-2", creator_id=OTHER.id))
    for number, outreach_id in ((1, OutreachId("o-1")), (2, OutreachId("o-2")), (3, None)):
        tx.drafts.save(a_draft(f"d-{number}", outreach_id=outreach_id or OutreachId("o-2"), touch=number))
        tx.inbox.add(an_inbound(f"i-{number}"))
        inbound = InboundId(f"i-{number}")
        tx.inbox.file(a_reply(f"r-{number}", inbound_id=inbound, outreach_id=outreach_id))
    tx.drafts.approve(an_approval())
    tx.drafts.reject(a_rejection())
    tx.deliveries.add(a_delivery())
    tx.answers.keep(a_kept_answer())
    tx.answers.keep(a_kept_answer("k-2", outreach_id=OutreachId("o-2")))
    for number in (1, 2):
        brief = a_brief(f"b-{number}", outreach_id=OutreachId(f"o-{number}"))
        tx.briefs.save_agreement(an_agreement(outreach_id=brief.outreach_id))
        tx.briefs.add(brief)
        tx.briefs.approve(a_brief_approval(brief_id=brief.id))
        tx.briefs.answer(a_brief_answer(f"n-{number}", brief_id=brief.id))
    tx.handovers.add(a_handover())


# --- looking --------------------------------------------------------------------------------------


def test_approvals_are_found_by_their_drafts_oldest_first(store: AnyStore) -> None:
    with store.write() as tx:
        with_two_people(tx)
        second = an_approval("a-2", at=NOW - timedelta(hours=1))
        tx.drafts.approve(second)
        tx.drafts.approve(an_approval("a-3", draft_id=DraftId("d-2")))
    with store.read() as tx:
        assert tx.privacy.approvals([DraftId("d-1")]) == (second, an_approval())
        assert tx.privacy.approvals([]) == ()


def test_every_raw_mail_is_read_once_by_id(store: AnyStore) -> None:
    mails = [an_inbound(f"i-{number:03}") for number in range(120)]
    with store.write() as tx:
        for mail in reversed(mails):
            tx.inbox.add(mail)
    with store.read() as tx:
        assert list(tx.privacy.mails()) == mails


def test_a_suppression_says_since_when_and_why(store: AnyStore) -> None:
    with store.write() as tx:
        tx.suppressions.add("f1", reason="opted out", at=NOW)
    with store.read() as tx:
        assert tx.privacy.suppression("f1") == Suppression(reason="opted out", at=NOW)
        assert tx.privacy.suppression("f2") is None


def test_of_many_hashes_those_on_the_list_are_told(store: AnyStore) -> None:
    many = [f"f{number}" for number in range(1_200)]
    with store.write() as tx:
        for name in (many[0], many[-1]):
            tx.suppressions.add(name, reason="opted out", at=NOW)
    with store.read() as tx:
        assert tx.privacy.suppressed(many) == {many[0], many[-1]}
        assert tx.privacy.suppressed([]) == frozenset()


def test_an_answer_about_somebody_else_that_names_a_person_is_counted(store: AnyStore) -> None:
    with store.write() as tx:
        with_two_people(tx)
        tx.answers.keep(a_kept_answer("k-3", outreach_id=OutreachId("o-2"), content="Merci à @Mina.Coud !"))
    with store.read() as tx:
        assert tx.privacy.mentions(["@mina.coud"]) == {"answers": 1}


def test_rows_that_name_somebody_are_counted_by_table_whatever_the_case(store: AnyStore) -> None:
    gossip = a_post("gossip", "Merci à @Lison.Sans.Flacon pour la recette")
    with store.write() as tx:
        tx.creators.save(replace(OTHER, posts=(gossip, a_post("other", "Rien."))))
    with store.read() as tx:
        assert tx.privacy.mentions(["@lison.sans.flacon", ADDRESS]) == {"posts": 1}
        assert tx.privacy.mentions(["@lison_sans%flacon"]) == {}  # no character stands for others
        assert tx.privacy.mentions([]) == {}


# --- erasing --------------------------------------------------------------------------------------


def test_erasing_takes_what_is_the_persons_and_says_how_much(store: AnyStore) -> None:
    with store.write() as tx:
        with_two_people(tx)
        assert tx.privacy.erase(THEIRS) == {
            "creators": 1, "posts": 2, "outreach": 1, "drafts": 1, "approvals": 1, "rejections": 1,
            "deliveries": 1, "handovers": 1, "answers": 1, "agreements": 1, "briefs": 1, "brief_approvals": 1,
            "brief_answers": 1, "replies": 2, "mails": 2, "journal": 0, "notes": 0,
        }  # fmt: skip
    with store.read() as tx:
        assert tx.creators.get(a_creator().id) is None
        assert tx.deliveries.list() == ()
        assert tx.handovers.list() == ()
        assert [reply.id for reply in tx.inbox.replies()] == ["r-2"]
        assert [mail.id for mail in tx.privacy.mails()] == ["i-2"]
        assert tx.outreach.get(OutreachId("o-2")) is not None
        assert (tx.answers.get("k-1"), tx.answers.get("k-2") is None) == (None, False)


def test_erasing_again_finds_nothing(store: AnyStore) -> None:
    with store.write() as tx:
        with_two_people(tx)
        tx.journal.add(an_entry(why=f"550 {ADDRESS} unknown"))
        tx.suppressions.add("f1", reason=f"550 {ADDRESS} unknown", at=NOW)
        tx.privacy.erase(THEIRS)
        assert set(tx.privacy.erase(THEIRS).values()) == {0}


def test_an_erased_mail_that_nobody_has_read_is_not_read_later_and_not_stored_again(store: AnyStore) -> None:
    with store.write() as tx:
        tx.inbox.add(an_inbound("i-3"))
        assert tx.privacy.erase(THEIRS)["mails"] == 1
        assert tx.inbox.unread() == ()
        assert not tx.inbox.add(an_inbound("i-3"))


def test_the_journal_keeps_what_was_done_and_forgets_to_whom(store: AnyStore) -> None:
    with store.write() as tx:
        with_two_people(tx)
        tx.journal.add(an_entry(subject="v-1", what="failed", why="550 Lison left"))
        tx.journal.add(an_entry(subject="o-2", what="stopped", why=f"550 {ADDRESS.upper()} unknown"))
        tx.journal.add(an_entry(subject="f1", what="suppressed", why="550 Lison left"))
        tx.journal.add(an_entry(subject=f"account:{ADDRESS}", what="seen"))
        tx.journal.add(an_entry(subject="d-2", why="too long"))
        assert tx.privacy.erase(THEIRS)["journal"] == 4
    with store.read() as tx:
        blanked = tx.journal.of(ERASED)
        assert [(entry.what, entry.why) for entry in blanked] == [("failed", ""), ("seen", "")]
        assert {entry.who for entry in blanked} == {an_entry().who}
        assert [entry.why for entry in tx.journal.of("o-2")] == [""]  # about another, who is still named
        assert [entry.why for entry in tx.journal.of("f1")] == [""]
        assert [entry.why for entry in tx.journal.of("d-2")] == ["too long"]


def test_notes_about_others_lose_what_names_the_person(store: AnyStore) -> None:
    with store.write() as tx:
        with_two_people(tx)
        named = f"the address is gone: 550 <{ADDRESS}>"
        outreach = tx.outreach.get(OutreachId("o-2"))
        assert outreach is not None
        tx.outreach.save(replace(outreach, reason=named))
        tx.drafts.save(a_draft("d-2", outreach_id=OutreachId("o-2"), touch=2, note=named))
        tx.suppressions.add("f1", reason=named, at=NOW)
        tx.suppressions.add("f2", reason=named, at=NOW)
        tx.suppressions.add("f3", reason="opted out", at=NOW)
        assert tx.privacy.erase(THEIRS)["notes"] == 4
    with store.read() as tx:
        other, draft = tx.outreach.get(OutreachId("o-2")), tx.drafts.get(DraftId("d-2"))
        assert other is not None
        assert draft is not None
        assert other.reason == draft.note == ERASED
        reasons = {name: tx.privacy.suppression(name) for name in ("f1", "f2", "f3")}
        assert reasons["f1"] == Suppression(reason=FORGOTTEN, at=NOW)  # since when, and no more
        assert reasons["f2"] == Suppression(reason=ERASED, at=NOW)
        assert reasons["f3"] == Suppression(reason="opted out", at=NOW)


# --- what is not finished -------------------------------------------------------------------------


def test_a_forgetting_stays_unfinished_until_it_is_finished(store: AnyStore) -> None:
    first = Erasure(id="e-1", creators=(CreatorId(2**62),), message_ids=("<m@x.example>",), begun_at=NOW)
    second = Erasure(id="e-2", creators=(), message_ids=(), begun_at=NOW - timedelta(minutes=1))
    with store.write() as tx:
        tx.privacy.save(first)
        tx.privacy.save(second)
        assert tx.privacy.unfinished() == (second, first)
        tx.privacy.save(replace(first, creators=(), message_ids=()))
        tx.privacy.finish("e-2")
        tx.privacy.finish("e-2")
    with store.read() as tx:
        assert tx.privacy.unfinished() == (replace(first, creators=(), message_ids=()),)


def test_compacting_changes_no_row(store: AnyStore) -> None:
    with store.write() as tx:
        with_two_people(tx)
    store.compact()
    with store.read() as tx:
        assert list(tx.creators.stream()) == sorted([a_creator(), OTHER], key=lambda creator: creator.id)
        assert tx.deliveries.list() == (a_delivery(),)
