"""What every store counts in the same way: memory, SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agent.domain.delivery import DeliveryState
from agent.domain.draft import DraftStatus
from agent.domain.ids import CampaignId, DeliveryId, DraftId, OutreachId, ReplyId
from agent.domain.outreach import OutreachStatus
from agent.domain.replies import ReplyKind
from agent.ports import Transaction
from tests.builders import (
    NOW,
    a_brand,
    a_campaign,
    a_creator,
    a_delivery,
    a_draft,
    a_reply,
    an_approval,
    an_inbound,
    an_outreach,
)
from tests.contract.conftest import AnyStore

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
HERE, THERE = CampaignId("savon-printemps"), CampaignId("elsewhere")
QUESTION, NOTHING = ReplyKind.QUESTION, ReplyKind.AUTO
STANDS = (DraftStatus.PENDING, DraftStatus.APPROVED)


@pytest.fixture
def store(empty_store: AnyStore) -> AnyStore:
    """Return a store with two campaigns, three people in the one and one of them in the other."""
    with empty_store.write() as tx:
        tx.brands.save(a_brand())
        for name in (HERE, THERE):
            tx.brands.save_campaign(a_campaign(name))
        for number in (1, 2, 3):
            tx.creators.save(a_creator(f"creator-{number}"))
            _outreach(tx, number, HERE)
        _outreach(tx, 4, THERE, creator=1)
    return empty_store


def _outreach(tx: Transaction, number: int, campaign: CampaignId, *, creator: int = 0) -> None:
    creator_id = a_creator(f"creator-{creator or number}").id
    tx.outreach.save(an_outreach(f"o-{number}", creator_id=creator_id, campaign_id=campaign))


def _change(tx: Transaction, number: int, **fields: object) -> None:
    row = tx.outreach.get(OutreachId(f"o-{number}"))
    assert row is not None
    tx.outreach.save(replace(row, **fields))  # type: ignore[arg-type]  # fields of different types


def _reply(tx: Transaction, number: int, outreach: int, kind: ReplyKind, *, minute: int = 0) -> None:
    mail = an_inbound(f"i-{number}")
    tx.inbox.add(mail)
    tx.inbox.file(
        a_reply(
            f"r-{number}",
            inbound_id=mail.id,
            outreach_id=OutreachId(f"o-{outreach}"),
            kind=kind,
            received_at=NOW + minute * MINUTE,
        )
    )


def test_an_empty_store_counts_nothing(empty_store: AnyStore) -> None:
    with empty_store.read() as tx:
        assert dict(tx.tallies.outreach()) == {}
        assert dict(tx.tallies.first_letters(STANDS)) == {}
        assert dict(tx.tallies.decided()) == {}
        assert dict(tx.tallies.answered(but=())) == {}
        assert tx.tallies.unanswered([QUESTION], states=OutreachStatus, drafted=STANDS) == 0
        assert tx.tallies.leaving([NOW, NOW + DAY]) == (0, 0)
        assert tx.tallies.following([NOW, NOW + DAY]) == (0, 0)


def test_outreach_is_counted_by_campaign_state_and_whether_a_letter_left(store: AnyStore) -> None:
    with store.write() as tx:
        _change(tx, 1, status=OutreachStatus.CONTACTED, touches_sent=1)
        _change(tx, 2, status=OutreachStatus.CONTACTED, touches_sent=2)
    with store.read() as tx:
        assert dict(tx.tallies.outreach()) == {
            (HERE, OutreachStatus.CONTACTED, True): 2,
            (HERE, OutreachStatus.SHORTLISTED, False): 1,
            (THERE, OutreachStatus.SHORTLISTED, False): 1,
        }


def test_first_letters_are_counted_and_no_others(store: AnyStore) -> None:
    with store.write() as tx:
        for number, status in (
            (1, DraftStatus.APPROVED),
            (2, DraftStatus.PENDING),
            (3, DraftStatus.REJECTED),
        ):
            tx.drafts.save(a_draft(f"d-{number}", outreach_id=OutreachId(f"o-{number}"), status=status))
        tx.drafts.save(a_draft("d-5", outreach_id=OutreachId("o-1"), touch=2, status=DraftStatus.PENDING))
        _reply(tx, 1, 1, QUESTION)
        answer = a_draft("d-6", outreach_id=OutreachId("o-1"), touch=1, status=DraftStatus.PENDING)
        tx.drafts.save(replace(answer, answers=ReplyId("r-1")))
    with store.read() as tx:
        assert dict(tx.tallies.first_letters(STANDS)) == {
            (HERE, DraftStatus.APPROVED): 1,
            (HERE, DraftStatus.PENDING): 1,
        }
        assert dict(tx.tallies.decided()) == {HERE: 2}


def test_whoever_wrote_twice_is_one_person(store: AnyStore) -> None:
    with store.write() as tx:
        _reply(tx, 1, 1, QUESTION)
        _reply(tx, 2, 1, ReplyKind.INTERESTED, minute=1)
        _reply(tx, 3, 2, NOTHING)
        _reply(tx, 4, 4, ReplyKind.DECLINED)
    with store.read() as tx:
        assert dict(tx.tallies.answered(but=[NOTHING])) == {HERE: 1, THERE: 1}
        assert dict(tx.tallies.answered(but=[])) == {HERE: 2, THERE: 1}


def test_a_conversation_waits_for_us_when_the_newest_word_is_theirs(store: AnyStore) -> None:
    with store.write() as tx:
        for number in (1, 2, 3, 4):
            _change(tx, number, status=OutreachStatus.IN_CONVERSATION, touches_sent=1)
        _reply(tx, 1, 1, QUESTION)
        _reply(tx, 2, 2, QUESTION)
        _reply(tx, 3, 2, NOTHING, minute=1)  # the newest is no question
        _reply(tx, 4, 3, QUESTION)
        _reply(tx, 5, 4, QUESTION)
        _change(tx, 4, status=OutreachStatus.DECLINED)

    def waiting() -> int:
        with store.read() as tx:
            return tx.tallies.unanswered([QUESTION], states=[OutreachStatus.IN_CONVERSATION], drafted=STANDS)

    assert waiting() == 2
    answer = replace(a_draft("d-1", outreach_id=OutreachId("o-1"), touch=2), answers=ReplyId("r-1"))
    for status, left in ((DraftStatus.REJECTED, 2), (DraftStatus.PENDING, 1), (DraftStatus.APPROVED, 1)):
        with store.write() as tx:
            tx.drafts.save(replace(answer, status=status))
        assert waiting() == left


def test_replies_are_counted_from_a_moment_on(store: AnyStore) -> None:
    with store.write() as tx:
        for number, minute in ((1, 0), (2, 5), (3, 10)):
            _reply(tx, number, number, ReplyKind.BOUNCE, minute=minute)
    with store.read() as tx:
        assert tx.tallies.replies_since(NOW + 5 * MINUTE, [ReplyKind.BOUNCE]) == 2
        assert tx.tallies.replies_since(NOW, [QUESTION]) == 0


def test_what_leaves_and_what_follows_is_counted_day_by_day(store: AnyStore) -> None:
    with store.write() as tx:
        for number, days in ((1, -3), (2, 0), (3, 1)):
            _change(tx, number, next_touch_at=NOW + days * DAY)
            tx.drafts.save(
                a_draft(f"d-{number}", outreach_id=OutreachId(f"o-{number}"), status=DraftStatus.APPROVED)
            )
            approval = an_approval(f"a-{number}", draft_id=DraftId(f"d-{number}"))
            tx.drafts.approve(approval)
            tx.deliveries.add(
                a_delivery(
                    f"v-{number}",
                    outreach_id=OutreachId(f"o-{number}"),
                    draft_id=DraftId(f"d-{number}"),
                    approval_id=approval.id,
                    message_id=f"<v-{number}@savon-du-sud.example>",
                    due_at=NOW + days * DAY,
                )
            )
        gone = tx.deliveries.get(DeliveryId("v-2"))
        assert gone is not None
        cancelled = gone.settled(DeliveryState.CANCELLED, at=NOW, reason="taken back")
        assert tx.deliveries.move(cancelled, expected=DeliveryState.QUEUED, owner=None)
    moments = [NOW + MINUTE, NOW + DAY, NOW + 2 * DAY]
    with store.read() as tx:
        assert tx.tallies.following(moments) == (2, 0, 1)
        assert tx.tallies.leaving(moments) == (1, 0, 1)
