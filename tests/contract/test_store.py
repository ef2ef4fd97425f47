"""What every store promises, asked of each one: memory, SQLite and PostgreSQL."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.adapters.database import open_store
from agent.adapters.memory import MemoryStore
from agent.domain.brand import AddressForm, ModelBudget, Money
from agent.domain.channel import Channel
from agent.domain.creator import Address
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.draft import Draft, DraftKind, DraftStatus, Usage
from agent.domain.errors import BadInput, Unavailable
from agent.domain.handover import Handover, HandoverState
from agent.domain.ids import (
    ApprovalId,
    BrandId,
    CampaignId,
    CreatorId,
    DeliveryId,
    DraftId,
    HandoverId,
    InboundId,
    OutreachId,
    ReplyId,
)
from agent.domain.mailbox import Mailbox, Trouble
from agent.domain.opened import Opened
from agent.domain.outreach import OutreachStatus
from agent.domain.pace import Pace
from agent.domain.people import Role
from agent.domain.replies import ReplyKind
from agent.ports import Ceiling, DraftFilter, DraftKey, DraftLine, MailboxLoad, Spent, Transaction
from tests.builders import (
    NOW,
    a_brand,
    a_campaign,
    a_creator,
    a_delivery,
    a_draft,
    a_finding,
    a_fit,
    a_handover,
    a_kept_answer,
    a_kept_text,
    a_letter,
    a_post,
    a_publication,
    a_rejection,
    a_reply,
    an_account,
    an_approval,
    an_entry,
    an_inbound,
    an_offer,
    an_outreach,
)
from tests.contract.conftest import AnyStore

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.fixture
def store(empty_store: AnyStore) -> AnyStore:
    return empty_store


class Undo(Exception):
    """Ends a transaction that a test does not want to keep."""


@contextmanager
def undone(store: AnyStore) -> Iterator[Transaction]:
    """Open a transaction that ends with an exception."""
    with suppress(Undo), store.write() as tx:
        yield tx
        raise Undo


def with_outreach(tx: Transaction) -> None:
    """Store brand, campaign, creator and outreach as the builders make them."""
    tx.brands.save(a_brand())
    tx.brands.save_campaign(a_campaign())
    tx.creators.save(a_creator())
    tx.outreach.save(an_outreach())


def with_draft(tx: Transaction) -> None:
    """Store an outreach with a draft and its approval."""
    with_outreach(tx)
    tx.drafts.save(a_draft())
    tx.drafts.approve(an_approval())


def with_deliveries(tx: Transaction, *deliveries: Delivery) -> None:
    """Store deliveries of the builders' draft."""
    with_draft(tx)
    for delivery in deliveries:
        tx.deliveries.add(delivery)


def nth(number: int, **fields: object) -> Delivery:
    """Return a delivery of its own touch."""
    return a_delivery(f"v-{number}", touch=number, **fields)


# --- transactions ---------------------------------------------------------------------------------


def test_what_is_written_is_there_afterwards(store: AnyStore) -> None:
    with store.write() as tx:
        tx.creators.save(a_creator())
    with store.read() as tx:
        assert tx.creators.get(a_creator().id) == a_creator()


def test_an_exception_leaves_nothing_behind(store: AnyStore) -> None:
    with undone(store) as tx:
        with_draft(tx)
        tx.journal.add(an_entry())
    with store.read() as tx:
        assert tx.creators.count() == 0
        assert tx.brands.all() == ()
        assert tx.drafts.get(DraftId("d-1")) is None
        assert tx.journal.of("d-1") == ()


def test_a_refused_row_leaves_the_transaction_usable(store: AnyStore) -> None:
    with store.write() as tx:
        tx.brands.save(a_brand())
        with pytest.raises(BadInput):
            tx.brands.save_campaign(a_campaign(brand_id=BrandId("nobody")))
        tx.brands.save_campaign(a_campaign())
    with store.read() as tx:
        assert [campaign.brand_id for campaign in tx.brands.campaigns()] == ["savon-du-sud"]


@pytest.mark.parametrize("form", [*AddressForm, None])
def test_a_brand_keeps_its_form_of_address_and_that_it_has_none(
    store: AnyStore, form: AddressForm | None
) -> None:
    brand = a_brand(address_form=form)
    with store.write() as tx:
        tx.brands.save(brand)
    with store.read() as tx:
        assert tx.brands.get(brand.id) == brand


def test_a_writer_sees_its_own_writing(store: AnyStore) -> None:
    with store.write() as tx:
        with_draft(tx)
        assert tx.drafts.get(DraftId("d-1")) == a_draft()
        tx.drafts.save(a_draft(note="read again"))
        assert tx.drafts.get(DraftId("d-1")) == a_draft(note="read again")


def test_a_view_shows_one_moment(store: AnyStore) -> None:
    with store.write() as tx:
        tx.brands.save(a_brand())
    with store.read() as view:
        with store.write() as tx:
            tx.brands.save(a_brand("second"))
            with store.read() as meanwhile:
                assert len(meanwhile.brands.all()) == 1
        assert len(view.brands.all()) == 1
        with store.read() as later:
            assert len(later.brands.all()) == 2
        assert len(view.brands.all()) == 1


def test_writing_in_a_view_is_a_mistake_in_the_program(store: AnyStore) -> None:
    with pytest.raises(RuntimeError, match="view"), store.read() as tx:
        tx.brands.save(a_brand())
    with store.write() as tx:
        assert tx.brands.all() == ()
        tx.brands.save(a_brand())


def test_a_second_writer_does_not_wait_for_ever(tmp_path: Path, sqlite_template: Path) -> None:
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'store.db')}"
    soon = timedelta(milliseconds=50)
    for store in (MemoryStore(busy_timeout=soon), open_store(url, busy_timeout=soon)):
        with store.write() as tx:
            with pytest.raises(Unavailable, match="busy"), store.write():
                pass
            tx.brands.save(a_brand())
        with store.write() as tx:
            assert tx.brands.all() == (a_brand(),)
        store.close()


# --- creators -------------------------------------------------------------------------------------


def test_a_creator_comes_back_as_it_was(store: AnyStore) -> None:
    bare = a_creator(
        "Nobody", url=None, name=None, language=None, country=None, followers=None, bio="", bio_original="",
        address=None, business_contact=None, posts=(),
    )  # fmt: skip
    without_source = a_creator("Émilie", address=Address(email="E@x.example"), business_contact=False)
    with store.write() as tx:
        for creator in (a_creator(), bare, without_source):
            tx.creators.save(creator)
        assert [tx.creators.get(c.id) for c in (a_creator(), bare, without_source)] == [
            a_creator(), bare, without_source,
        ]  # fmt: skip
        assert tx.creators.get(CreatorId(1)) is None
        assert tx.creators.count() == 3


def test_saving_again_replaces_creator_and_posts(store: AnyStore) -> None:
    first, second, third, fourth = (a_post(key, f"Texte {key}") for key in "abcd")
    with store.write() as tx:
        tx.creators.save(a_creator(posts=(first, second, third)))
        changed = a_creator(
            name="Lison M.", posts=(fourth, replace(second, likes=1), replace(first, text="neu"))
        )
        tx.creators.save(changed)
        assert tx.creators.get(changed.id) == changed
        assert tx.creators.count() == 1


def test_posts_keep_the_order_of_import(store: AnyStore) -> None:
    posts = tuple(a_post(key) for key in ("z", "a", "m"))
    with store.write() as tx:
        tx.creators.save(a_creator(posts=posts))
        tx.creators.save(a_creator(posts=posts[::-1]))
        found = tx.creators.get(a_creator().id)
        assert found is not None
        assert found.posts == posts[::-1]


def test_two_creators_may_have_posts_of_the_same_key(store: AnyStore) -> None:
    one, other = a_creator("one", posts=(a_post("1", "un"),)), a_creator("two", posts=(a_post("1", "deux"),))
    with store.write() as tx:
        tx.creators.save(one)
        tx.creators.save(other)
        assert [tx.creators.get(one.id), tx.creators.get(other.id)] == [one, other]


def test_two_posts_of_one_creator_need_two_keys(store: AnyStore) -> None:
    with store.write() as tx, pytest.raises(BadInput, match="two posts"):
        tx.creators.save(a_creator(posts=(a_post("a"), a_post("a", "other"))))


@pytest.mark.parametrize(
    "person", ["instagram:Lison", "INSTAGRAM: @lison ", "instagram:LISON", "lison", "@Lison"]
)
def test_a_creator_is_found_by_name_whatever_its_case(store: AnyStore, person: str) -> None:
    with store.write() as tx:
        tx.creators.save(a_creator("Lison"))
        found = tx.creators.find(person)
        assert found is not None
        assert found.handle == "Lison"


def test_a_handle_on_two_platforms_needs_its_platform(store: AnyStore) -> None:
    with store.write() as tx:
        tx.creators.save(a_creator("lison"))
        tx.creators.save(a_creator("Lison", platform="tiktok"))
        assert tx.creators.find("lison") is None
        assert tx.creators.find("tiktok:lison") == a_creator("Lison", platform="tiktok")
        assert tx.creators.find("youtube:lison") is None
        assert tx.creators.find("nobody") is None


def test_several_creators_come_with_their_own_posts(store: AnyStore) -> None:
    first, second = a_creator("Mina.Coud"), a_creator("other", posts=(a_post("z"), a_post("a")))
    with store.write() as tx:
        tx.creators.save(first)
        tx.creators.save(second)
        found = tx.creators.with_ids([second.id, CreatorId(4), first.id, first.id])
        assert found == {first.id: first, second.id: second}
        assert tx.creators.with_ids([]) == {}


def test_creators_are_found_by_address_whatever_its_case(store: AnyStore) -> None:
    shared = Address(email="Agence@Pro.example")
    one, other = a_creator("one", address=shared), a_creator("two", address=replace(shared))
    with store.write() as tx:
        for creator in (one, other, a_creator("three"), a_creator("four", address=None)):
            tx.creators.save(creator)
        assert tx.creators.with_email("agence@PRO.example") == tuple(sorted((one, other), key=lambda c: c.id))
        assert tx.creators.with_email("nobody@pro.example") == ()


def test_every_creator_is_streamed_once_by_id(store: AnyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent.adapters.database.creators.BATCH", 3)
    monkeypatch.setattr("agent.adapters.database.creators.NARROW_BATCH", 3)
    creators = sorted((a_creator(f"h{number}") for number in range(10)), key=lambda creator: creator.id)
    with store.write() as tx:
        for creator in creators:
            tx.creators.save(creator)
    with store.read() as tx:
        assert list(tx.creators.stream()) == creators
        assert [row.id for row in tx.creators.columns()] == [creator.id for creator in creators]
        assert list(tx.creators.versions()) == [(creator.id, creator.updated_at) for creator in creators]
        first = next(tx.creators.columns())
        assert (first.platform, first.language, first.country, first.followers) == (
            "instagram", "fr", "FR", 4200,
        )  # fmt: skip


def test_an_empty_store_streams_nothing(store: AnyStore) -> None:
    with store.read() as tx:
        assert list(tx.creators.stream()) == []
        assert list(tx.creators.columns()) == []


def test_the_largest_number_is_a_creator_too(store: AnyStore) -> None:
    largest = a_creator(id=CreatorId(2**63 - 1))
    with store.write() as tx:
        tx.creators.save(largest)
        assert list(tx.creators.stream()) == [largest]


def test_erasing_a_creator_takes_all_that_depends_on_it(store: AnyStore) -> None:
    other = a_creator("other")
    with store.write() as tx:
        with_deliveries(tx, a_delivery())
        tx.drafts.reject(a_rejection())
        tx.creators.save(other)
        tx.outreach.save(an_outreach("o-2", creator_id=other.id))
        tx.drafts.save(a_draft("d-2", outreach_id=OutreachId("o-2")))
        for number, outreach_id in (("1", OutreachId("o-1")), ("2", OutreachId("o-2"))):
            tx.inbox.add(an_inbound(f"i-{number}"))
            tx.inbox.file(
                a_reply(f"r-{number}", inbound_id=InboundId(f"i-{number}"), outreach_id=outreach_id)
            )
        tx.creators.delete(a_creator().id)
    with store.read() as tx:
        assert list(tx.creators.stream()) == [other]
        assert tx.outreach.get(OutreachId("o-1")) is None
        assert tx.drafts.get(DraftId("d-1")) is None
        assert tx.drafts.approval(ApprovalId("a-1")) is None
        assert tx.drafts.rejection(DraftId("d-1")) is None
        assert tx.deliveries.list() == ()
        assert tx.inbox.mail(InboundId("i-1")) is None
        assert [reply.id for reply in tx.inbox.replies()] == ["r-2"]
        assert tx.inbox.mail(InboundId("i-2")) == an_inbound("i-2")
        assert tx.drafts.get(DraftId("d-2")) is not None


def test_the_mail_of_an_erased_creator_is_not_read_in_again(store: AnyStore) -> None:
    with store.write() as tx:
        with_outreach(tx)
        tx.inbox.add(an_inbound())
        tx.inbox.file(a_reply())
        tx.creators.delete(a_creator().id)
        assert tx.inbox.last_uid("camille@savon-du-sud.example", "INBOX", 7) == 1
        assert not tx.inbox.add(an_inbound())
        assert tx.inbox.unread() == ()


def test_erasing_an_unknown_creator_changes_nothing(store: AnyStore) -> None:
    with store.write() as tx:
        with_outreach(tx)
        tx.creators.delete(CreatorId(1))
        assert tx.creators.count() == 1


# --- brands ---------------------------------------------------------------------------------------


def test_brands_and_campaigns_come_back_as_they_were(store: AnyStore) -> None:
    plain = a_brand("a-plain-one", website=None, privacy_url=None, programme=None, facts=())
    rivals = a_brand("rivals", competitors=("Sézane", "Yves Rocher"))
    open_to_all = a_campaign(
        "all", category=None, languages=(), countries=(), followers=(None, None), per_day=3
    )
    with store.write() as tx:
        for brand in (a_brand(), plain, rivals):
            tx.brands.save(brand)
        for campaign in (a_campaign(), open_to_all):
            tx.brands.save_campaign(campaign)
    with store.read() as tx:
        assert tx.brands.all() == (plain, rivals, a_brand())
        assert tx.brands.get(BrandId("savon-du-sud")) == a_brand()
        assert tx.brands.get(BrandId("nobody")) is None
        assert tx.brands.campaigns() == (open_to_all, a_campaign())
        assert tx.brands.campaign(CampaignId("all")) == open_to_all
        assert tx.brands.campaign(CampaignId("nothing")) is None


def test_saving_a_brand_or_a_campaign_again_replaces_it(store: AnyStore) -> None:
    with store.write() as tx:
        with_outreach(tx)
        tx.brands.save(a_brand(name="Savon du Nord"))
        tx.brands.save_campaign(a_campaign(objective="Autre chose"))
        assert [brand.name for brand in tx.brands.all()] == ["Savon du Nord"]
        assert [campaign.objective for campaign in tx.brands.campaigns()] == ["Autre chose"]


def test_money_keeps_every_digit(store: AnyStore) -> None:
    exact = Money(amount=Decimal("0.10000000000000000001"), currency="USD")
    with store.write() as tx:
        tx.brands.save(a_brand())
        tx.brands.save_campaign(a_campaign(offer=an_offer(cash=exact)))
        found = tx.brands.campaign(CampaignId("second-evening"))
        assert found is not None
        assert found.offer.cash == exact
        assert str(found.offer.cash.amount) == "0.10000000000000000001"


# --- outreach -------------------------------------------------------------------------------------


def with_creators(tx: Transaction, *handles: str) -> list[CreatorId]:
    """Store a brand, a campaign and creators; return their ids."""
    tx.brands.save(a_brand())
    tx.brands.save_campaign(a_campaign())
    creators = [a_creator(handle) for handle in handles]
    for creator in creators:
        tx.creators.save(creator)
    return [creator.id for creator in creators]


def test_an_outreach_comes_back_as_it_was(store: AnyStore) -> None:
    with store.write() as tx:
        with_outreach(tx)
        assert tx.outreach.get(OutreachId("o-1")) == an_outreach()
        waiting = replace(
            an_outreach(),
            status=OutreachStatus.CONTACTED,
            touches_sent=1,
            next_touch_at=NOW + DAY,
            reason=".",
        )
        tx.outreach.save(waiting)
        assert tx.outreach.get(OutreachId("o-1")) == waiting
        assert tx.outreach.get(OutreachId("o-2")) is None


def test_one_creator_is_once_in_a_campaign(store: AnyStore) -> None:
    with store.write() as tx:
        with_outreach(tx)
        with pytest.raises(BadInput, match="o-2"):
            tx.outreach.save(an_outreach("o-2"))
        tx.brands.save_campaign(a_campaign("another"))
        tx.outreach.save(an_outreach("o-2", campaign_id=CampaignId("another")))


def test_a_campaign_lists_the_best_fit_first_and_ties_by_id(store: AnyStore) -> None:
    with store.write() as tx:
        ids = with_creators(tx, "a", "b", "c")
        for name, creator, score in zip(("o-c", "o-b", "o-a"), ids, (0.5, 0.9, 0.5), strict=True):
            fit = a_fit(creator_id=creator, score=score)
            tx.outreach.save(an_outreach(name, creator_id=creator, fit=fit))
        found = tx.outreach.of_campaign(CampaignId("second-evening"))
        assert [outreach.id for outreach in found] == ["o-b", "o-a", "o-c"]
        assert tx.outreach.of_campaign(CampaignId("another")) == ()


def test_the_senders_of_a_brand_and_of_an_outreach_come_back_as_they_were(store: AnyStore) -> None:
    zoe = replace(a_brand().sender, name="Zoé", email="zoe@savon-du-sud.example")
    with store.write() as tx:
        with_outreach(tx)
        tx.brands.save(a_brand(other_senders=(zoe,)))
        tx.outreach.save(an_outreach(sender=zoe.email))
        tx.outreach.step(an_outreach(sender="").advance(OutreachStatus.CONTACTED, at=NOW))
    with store.read() as tx:
        assert tx.brands.get(a_brand().id) == a_brand(other_senders=(zoe,))
        (outreach,) = tx.outreach.of_campaign(an_outreach().campaign_id)
    assert (outreach.sender, outreach.status) == (zoe.email, OutreachStatus.CONTACTED)


def test_outreach_to_creators_comes_oldest_first(store: AnyStore) -> None:
    with store.write() as tx:
        ids = with_creators(tx, "a", "b", "c")
        for number, creator in enumerate(ids):
            tx.outreach.save(an_outreach(f"o-{number}", creator_id=creator, created_at=NOW - number * MINUTE))
        assert [o.id for o in tx.outreach.of_creators(iter(ids[:2]))] == ["o-1", "o-0"]
        assert [o.id for o in tx.outreach.of_creators([*ids, *map(CreatorId, range(1_500))])] == [
            "o-2", "o-1", "o-0",
        ]  # fmt: skip
        assert tx.outreach.of_creators([]) == ()


def test_an_outreach_knows_how_many_of_its_campaign_are_older(store: AnyStore) -> None:
    with store.write() as tx:
        ids = with_creators(tx, "a", "b", "c")
        for number, creator in enumerate(ids):
            at = NOW - (number // 2) * MINUTE  # the first two at the same moment
            tx.outreach.save(an_outreach(f"o-{number}", creator_id=creator, created_at=at))
        places = {
            row.id: tx.outreach.place(row) for row in tx.outreach.of_campaign(CampaignId("second-evening"))
        }
        assert places == {"o-2": 0, "o-0": 1, "o-1": 2}
        assert tx.outreach.places(CampaignId("second-evening")) == places
        assert tx.outreach.places(CampaignId("another")) == {}


def test_several_outreach_rows_come_at_once(store: AnyStore) -> None:
    with store.write() as tx:
        rows = [
            an_outreach(f"o-{number}", creator_id=creator)
            for number, creator in enumerate(with_creators(tx, "a", "b"))
        ]
        for row in rows:
            tx.outreach.save(row)
        asked = [OutreachId(name) for name in ("o-1", "o-none", "o-0", "o-1")]
        assert tx.outreach.with_ids(asked) == {row.id: row for row in rows}
        assert tx.outreach.with_ids([]) == {}


def test_a_campaign_knows_which_next_letters_nobody_has_drafted(store: AnyStore) -> None:
    campaign, shortlisted = CampaignId("second-evening"), OutreachStatus.SHORTLISTED
    drafted = (DraftStatus.PENDING, DraftStatus.APPROVED)
    with store.write() as tx:
        scores = {"o-pending": 0.9, "o-rejected": 0.5, "o-none": 0.5, "o-best": 0.8, "o-gone": 0.7}
        for (name, score), creator in zip(scores.items(), with_creators(tx, *scores), strict=True):
            status = OutreachStatus.STOPPED if name == "o-gone" else shortlisted
            fit = a_fit(creator_id=creator, score=score)
            tx.outreach.save(an_outreach(name, creator_id=creator, fit=fit, status=status))
        pending = DraftStatus.PENDING
        tx.drafts.save(a_draft("d-1", outreach_id=OutreachId("o-pending"), status=pending))
        tx.drafts.save(a_draft("d-2", outreach_id=OutreachId("o-best"), status=pending, touch=2))
        rejected = DraftStatus.REJECTED
        tx.drafts.save(a_draft("d-3", outreach_id=OutreachId("o-rejected"), status=rejected))
        found = tx.outreach.undrafted(campaign, status=shortlisted, drafted=drafted)
        assert found == ("o-best", "o-none", "o-rejected")
        assert tx.outreach.undrafted(campaign, status=shortlisted, drafted=drafted, limit=1) == found[:1]
        touches = tx.drafts.touches(
            [OutreachId(name) for name in (*scores, "o-unknown")], statuses=(*drafted, rejected)
        )
        assert touches == {("o-pending", 1), ("o-best", 2), ("o-rejected", 1)}
        assert tx.drafts.touches([], statuses=drafted) == frozenset()


def test_due_outreach_comes_earliest_first_and_not_before_its_time(store: AnyStore) -> None:
    whens = {"o-late": NOW - DAY, "o-now": NOW, "o-later": NOW + MINUTE, "o-never": None, "o-b": NOW - DAY}
    with store.write() as tx:
        ids = with_creators(tx, *whens)
        for (name, when), creator in zip(whens.items(), ids, strict=True):
            tx.outreach.save(an_outreach(name, creator_id=creator, next_touch_at=when))
        assert [o.id for o in tx.outreach.due(now=NOW, limit=10)] == ["o-b", "o-late", "o-now"]
        assert [o.id for o in tx.outreach.due(now=NOW, limit=2)] == ["o-b", "o-late"]
        assert tx.outreach.due(now=NOW - 2 * DAY, limit=10) == ()


def test_due_rows_are_taken_once_until_a_moment_and_rescheduled_together(store: AnyStore) -> None:
    with store.write() as tx:
        with_outreach(tx)
        for number in range(4):
            tx.creators.save(a_creator(f"c{number}"))
            due = NOW - number * MINUTE if number else NOW + MINUTE
            tx.outreach.save(
                an_outreach(
                    f"o-t{number}",
                    creator_id=a_creator(f"c{number}").id,
                    fit=a_fit(creator_id=a_creator(f"c{number}").id),
                    status=OutreachStatus.CONTACTED,
                    next_touch_at=due,
                )
            )
    with store.write() as tx:
        first = tx.outreach.take_due(now=NOW, until=NOW + DAY, limit=2)
        assert list(first.items()) == [("o-t3", OutreachStatus.CONTACTED), ("o-t2", OutreachStatus.CONTACTED)]
    with store.write() as tx:
        assert list(tx.outreach.take_due(now=NOW, until=NOW + DAY, limit=10)) == ["o-t1"]
        assert tx.outreach.take_due(now=NOW, until=NOW + DAY, limit=10) == {}
        tx.outreach.reschedule([OutreachId("o-t3"), OutreachId("nobody")], to=None)
        tx.outreach.reschedule([OutreachId("o-t2")], to=NOW)
        assert [row.id for row in tx.outreach.due(now=NOW + DAY, limit=9)] == ["o-t2", "o-t0", "o-t1"]


def test_who_answered_is_known_apart_from_machines_that_did(store: AnyStore) -> None:
    with store.write() as tx:
        with_outreach(tx)
        tx.inbox.add(an_inbound("i-1"))
        tx.inbox.file(a_reply(kind=ReplyKind.AUTO, inbound_id=InboundId("i-1")))
        asked = [an_outreach().id, OutreachId("nobody")]
        assert tx.inbox.answered(asked, but={ReplyKind.AUTO}) == frozenset()
        assert tx.inbox.answered(asked, but={ReplyKind.BOUNCE}) == {an_outreach().id}
        assert tx.inbox.answered([], but=()) == frozenset()


# --- drafts ---------------------------------------------------------------------------------------


def test_a_draft_comes_back_as_it_was(store: AnyStore) -> None:
    edited = a_draft(
        letter=a_letter(subject="Autre", paragraphs=()),
        first_letter=a_letter(),
        usage=Usage(input_tokens=900, output_tokens=210, cost=Decimal("0.0012340")),
        findings=(a_finding(), a_finding(span="")),
        edited_by="camille@savon-du-sud.example",
        note="relu",
        status=DraftStatus.PENDING,
    )
    with store.write() as tx:
        with_outreach(tx)
        tx.drafts.save(a_draft())
        assert tx.drafts.get(DraftId("d-1")) == a_draft()
        tx.drafts.save(edited)
        assert tx.drafts.get(DraftId("d-1")) == edited
        assert tx.drafts.get(DraftId("d-2")) is None


def test_new_drafts_are_added_all_or_none(store: AnyStore) -> None:
    homeless = a_draft("d-3", outreach_id=OutreachId("o-none"))
    with store.write() as tx:
        with_outreach(tx)
        tx.drafts.add([a_draft("d-1"), a_draft("d-2", touch=2)])
        tx.drafts.add([])
    with store.read() as tx:
        assert tx.drafts.of_outreach(OutreachId("o-1")) == (a_draft("d-1"), a_draft("d-2", touch=2))
    for refused in (homeless, a_draft("d-1")):
        with pytest.raises(BadInput, match="stored"), store.write() as tx:
            tx.drafts.add([a_draft("d-4"), refused])
        with store.read() as tx:
            assert tx.drafts.get(DraftId("d-4")) is None


def test_moments_come_back_aware_in_utc_to_the_microsecond(store: AnyStore) -> None:
    paris = datetime(2026, 3, 29, 3, 0, 0, 123456, tzinfo=timezone(2 * timedelta(hours=1)))
    with store.write() as tx:
        with_outreach(tx)
        tx.drafts.save(a_draft(created_at=paris))
        found = tx.drafts.get(DraftId("d-1"))
        assert found is not None
        assert found.created_at == paris == datetime(2026, 3, 29, 1, 0, 0, 123456, tzinfo=UTC)
        assert found.created_at.utcoffset() is not None


def test_settling_wins_only_over_the_expected_status(store: AnyStore) -> None:
    approved = a_draft(status=DraftStatus.APPROVED)
    with store.write() as tx:
        with_outreach(tx)
        tx.drafts.save(a_draft(status=DraftStatus.PENDING))
        assert tx.drafts.settle(approved, expected=DraftStatus.PENDING)
        assert not tx.drafts.settle(a_draft(note="late"), expected=DraftStatus.PENDING)
        assert tx.drafts.get(DraftId("d-1")) == approved
        assert not tx.drafts.settle(a_draft("d-2"), expected=DraftStatus.PENDING)
        assert tx.drafts.get(DraftId("d-2")) is None


def test_drafts_are_counted_by_status_and_campaign(store: AnyStore) -> None:
    with store.write() as tx:
        with_outreach(tx)
        tx.brands.save_campaign(a_campaign("another"))
        tx.outreach.save(an_outreach("o-2", campaign_id=CampaignId("another")))
        for number, (outreach, status) in enumerate(
            [("o-1", DraftStatus.PENDING), ("o-1", DraftStatus.BLOCKED), ("o-2", DraftStatus.PENDING)]
        ):
            tx.drafts.save(a_draft(f"d-{number}", outreach_id=OutreachId(outreach), status=status))
        pending, blocked = DraftStatus.PENDING, DraftStatus.BLOCKED
        assert tx.drafts.count(statuses=[pending]) == 2
        assert tx.drafts.count(statuses=iter((pending, blocked))) == 3
        assert tx.drafts.count(statuses=[pending], only=DraftFilter(campaign=CampaignId("another"))) == 1
        assert tx.drafts.count(statuses=[]) == 0
        page = tx.drafts.page(
            statuses=[pending, blocked], only=DraftFilter(campaign=CampaignId("second-evening"))
        )
        assert [draft.id for draft in page] == ["d-0", "d-1"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    minutes=st.lists(st.integers(0, 3), max_size=12),
    statuses=st.lists(st.sampled_from(DraftStatus), min_size=12, max_size=12),
    limit=st.integers(1, 5),
)
def test_pages_follow_each_other_without_gap_or_repetition(
    store: AnyStore, minutes: list[int], statuses: list[DraftStatus], limit: int
) -> None:
    wanted = {DraftStatus.PENDING, DraftStatus.BLOCKED, DraftStatus.WRITTEN}
    drafts = [
        a_draft(f"d-{number}", created_at=NOW + minute * MINUTE, status=status)
        for number, (minute, status) in enumerate(zip(minutes, statuses, strict=False))
    ]
    seen: list[Draft] = []
    with undone(store) as tx:
        with_outreach(tx)
        for draft in drafts:
            tx.drafts.save(draft)
        after: tuple[datetime, DraftId] | None = None
        while page := tx.drafts.page(statuses=wanted, after=after, limit=limit):
            assert len(page) <= limit
            seen.extend(page)
            after = (page[-1].created_at, page[-1].id)
        back: list[Draft] = []
        before: DraftKey = (NOW + timedelta(days=1), DraftId(""))
        while page := tx.drafts.page(statuses=wanted, before=before, limit=limit):
            assert len(page) <= limit
            back = [*page, *back]
            before = (page[0].created_at, page[0].id)
    expected = sorted((d for d in drafts if d.status in wanted), key=lambda d: (d.created_at, d.id))
    assert seen == expected
    assert back == expected


FILTERS = {
    DraftFilter(): {"d-1", "d-2", "d-3", "d-4"},
    DraftFilter(language="en"): {"d-2"},
    DraftFilter(kind=DraftKind.FIRST): {"d-1", "d-2"},
    DraftFilter(kind=DraftKind.FOLLOW_UP): {"d-3"},
    DraftFilter(kind=DraftKind.ANSWER): {"d-4"},
    DraftFilter(has_findings=True): {"d-3"},
    DraftFilter(has_findings=False): {"d-1", "d-2", "d-4"},
    DraftFilter(until=NOW - MINUTE): {"d-1"},
    DraftFilter(campaign=CampaignId("second-evening")): {"d-1", "d-2", "d-3", "d-4"},
    DraftFilter(campaign=CampaignId("another")): set(),
    DraftFilter(kind=DraftKind.FIRST, language="fr", has_findings=False, until=NOW): {"d-1"},
}


@pytest.mark.parametrize("only", FILTERS, ids=repr)
def test_drafts_are_found_by_what_they_are(store: AnyStore, only: DraftFilter) -> None:
    french, english = a_letter(language="fr"), a_letter(language="en")
    with store.write() as tx:
        with_outreach(tx)
        tx.drafts.add([a_draft("d-1", created_at=NOW - MINUTE, letter=french)])
        tx.drafts.save(a_draft("d-2", letter=english))
        tx.drafts.save(a_draft("d-3", touch=2, letter=french))
        tx.drafts.save(a_draft("d-4", answers=ReplyId("r-1"), letter=french))
        gated = a_draft("d-3", touch=2, letter=french, findings=(a_finding(),))
        assert tx.drafts.settle(gated, expected=DraftStatus.WRITTEN)
    written = [DraftStatus.WRITTEN]
    with store.read() as tx:
        assert {draft.id for draft in tx.drafts.page(statuses=written, only=only)} == FILTERS[only]
        assert tx.drafts.count(statuses=written, only=only) == len(FILTERS[only])


def test_a_line_tells_what_its_draft_does(store: AnyStore) -> None:
    english = a_letter(language="en", subject="the notebook")
    untitled = a_letter(subject="")
    drafts = (
        a_draft(
            "d-1", created_at=NOW - MINUTE, letter=english, findings=(a_finding(), a_finding(code="x.y"))
        ),
        a_draft("d-2", touch=3, letter=untitled, channel=Channel.DM, status=DraftStatus.PENDING),
        a_draft("d-3", answers=ReplyId("r-1"), status=DraftStatus.BLOCKED),
    )
    with store.write() as tx:
        with_outreach(tx)
        tx.drafts.add(drafts)
    statuses = tuple(DraftStatus)
    with store.read() as tx:
        lines = tx.drafts.lines(statuses=statuses)
        assert tx.drafts.lines(statuses=statuses, after=lines[0].key, limit=1) == (lines[1],)
        assert tx.drafts.lines(statuses=statuses, before=lines[2].key, limit=1) == (lines[1],)
    creator, campaign = a_creator(), an_outreach().campaign_id
    assert lines == tuple(
        DraftLine(
            id=draft.id,
            title=draft.letter.title,
            language=draft.letter.language,
            kind=draft.kind,
            touch=draft.touch,
            channel=draft.channel,
            status=draft.status,
            findings=len(draft.findings),
            campaign=campaign,
            name=creator.name,
            handle=creator.handle,
            created_at=draft.created_at,
        )
        for draft in drafts
    )
    assert [line.title for line in lines[:2]] == ["the notebook", untitled.sentences[0].text]


def test_drafts_are_counted_no_further_than_asked(store: AnyStore) -> None:
    both = [DraftStatus.PENDING, DraftStatus.BLOCKED]
    with store.write() as tx:
        with_outreach(tx)
        for number in range(6):
            tx.drafts.save(a_draft(f"d-{number}", status=both[number % 2]))
        assert tx.drafts.count(statuses=both, at_most=4) == 4
        assert tx.drafts.count(statuses=both, at_most=7) == 6


def test_drafts_before_a_key_are_counted(store: AnyStore) -> None:
    both = [DraftStatus.PENDING, DraftStatus.BLOCKED]
    with store.write() as tx:
        with_outreach(tx)
        for number in range(4):
            at = NOW + number // 2 * MINUTE
            tx.drafts.save(a_draft(f"d-{number}", status=both[number % 2], created_at=at))
        key = (NOW + MINUTE, DraftId("d-3"))
        assert tx.drafts.count(statuses=both, before=key) == 3
        assert tx.drafts.count(statuses=both, before=key, at_most=2) == 2
        assert tx.drafts.count(statuses=[DraftStatus.BLOCKED], before=key) == 1
        assert tx.drafts.count(statuses=both, only=DraftFilter(language="xx"), before=key) == 0


def test_a_letter_is_open_to_one_person_until_it_ran_out_or_is_gone(store: AnyStore) -> None:
    first, second = (
        Opened.at(NOW + minutes * MINUTE, DraftId(draft_id), who=f"{draft_id}@savon.example")
        for minutes, draft_id in ((0, "d-1"), (1, "d-2"))
    )
    with store.write() as tx:
        with_outreach(tx)
        tx.drafts.add([a_draft("d-1"), a_draft("d-2")])
        tx.opened.save(replace(second, who="camille@savon.example"))
        tx.opened.save(second)
        tx.opened.save(first)
        assert tx.opened.held(NOW) == (first, second)
        assert tx.opened.held(first.until) == (second,)
        tx.opened.forget(until=first.until)
        assert tx.opened.get(first.draft_id) is None
        assert tx.opened.get(second.draft_id) == second
        with pytest.raises(BadInput):
            tx.opened.save(replace(first, draft_id=DraftId("none")))
        tx.creators.delete(a_creator().id)
        assert tx.opened.get(second.draft_id) is None


def test_drafts_are_given_to_somebody_and_found_by_that(store: AnyStore) -> None:
    camille, zoe = "camille@savon.example", "zoe@savon.example"
    written = [DraftStatus.WRITTEN]
    with store.write() as tx:
        with_outreach(tx)
        tx.drafts.add([a_draft("d-1"), a_draft("d-2"), a_draft("d-3")])
        tx.drafts.assign([DraftId("d-1"), DraftId("d-2")], to=camille)
        tx.drafts.assign([DraftId("d-2")], to=zoe)
        tx.drafts.save(a_draft("d-1", note="saved again"))
        assert tx.drafts.settle(a_draft("d-2", note="settled"), expected=DraftStatus.WRITTEN)
        assert (tx.drafts.assignee(DraftId("d-1")), tx.drafts.assignee(DraftId("d-3"))) == (camille, None)
        found = {
            name: {line.id for line in tx.drafts.lines(statuses=written, only=only)}
            for name, only in {
                "camille's": DraftFilter(assigned_to=camille),
                "nobody's": DraftFilter(is_assigned=False),
                "somebody's": DraftFilter(is_assigned=True),
                "both": DraftFilter(assigned_to=zoe, is_assigned=False),
            }.items()
        }
        assert found["camille's"] == {"d-1"}
        assert found["nobody's"] == {"d-3"}
        assert found["somebody's"] == {"d-1", "d-2"}
        assert found["both"] == set()
        assert tx.drafts.count(statuses=written, only=DraftFilter(is_assigned=True)) == 2
        assert [line.assigned_to for line in tx.drafts.lines(statuses=written)] == [camille, zoe, None]
        tx.drafts.assign([DraftId("d-1")], to=None)
        assert tx.drafts.assignee(DraftId("d-1")) is None


def test_creators_are_named_without_their_posts(store: AnyStore) -> None:
    creator = a_creator(posts=(a_post("1"),))
    with store.write() as tx:
        tx.creators.save(creator)
        found = tx.creators.without_posts([creator.id, CreatorId(12345)])
    assert found == {creator.id: replace(creator, posts=())}


@pytest.mark.parametrize("others", [0, 600])
def test_creators_come_with_the_posts_that_are_asked_for(store: AnyStore, others: int) -> None:
    first, second, third = (a_post(key) for key in ("1", "2", "3"))
    creator = a_creator(posts=(third, first, second))
    with store.write() as tx:
        tx.creators.save(creator)
        asked = {"1", "3", *(f"of another creator {number}" for number in range(others))}
        found = tx.creators.with_ids([creator.id, CreatorId(12345)], posts=asked)
        none = tx.creators.with_ids([creator.id], posts=())
    assert found == {creator.id: replace(creator, posts=(third, first))}
    assert none == {creator.id: replace(creator, posts=())}


def test_an_outreach_lists_its_drafts_oldest_first(store: AnyStore) -> None:
    with store.write() as tx:
        with_outreach(tx)
        tx.drafts.save(a_draft("d-1", touch=2, created_at=NOW))
        tx.drafts.save(a_draft("d-2", created_at=NOW - MINUTE))
        assert [draft.id for draft in tx.drafts.of_outreach(OutreachId("o-1"))] == ["d-2", "d-1"]
        assert tx.drafts.of_outreach(OutreachId("o-2")) == ()


def test_a_draft_needs_its_outreach(store: AnyStore) -> None:
    with store.write() as tx, pytest.raises(BadInput, match="d-1"):
        tx.drafts.save(a_draft())


def test_approvals_and_rejections_are_kept_once(store: AnyStore) -> None:
    with store.write() as tx:
        with_draft(tx)
        tx.drafts.reject(a_rejection())
        assert tx.drafts.approval(ApprovalId("a-1")) == an_approval()
        assert tx.drafts.approval(ApprovalId("a-2")) is None
        assert tx.drafts.rejection(DraftId("d-1")) == a_rejection()
        assert tx.drafts.rejection(DraftId("d-2")) is None
        with pytest.raises(BadInput):
            tx.drafts.approve(an_approval(by="somebody else"))
        with pytest.raises(BadInput):
            tx.drafts.reject(a_rejection(note="again"))
        with pytest.raises(BadInput):
            tx.drafts.approve(an_approval("a-2", draft_id=DraftId("d-2")))


# --- deliveries -----------------------------------------------------------------------------------


def test_a_delivery_comes_back_as_it_was(store: AnyStore) -> None:
    raw = bytes(range(256)) * 3
    with store.write() as tx:
        with_deliveries(tx, a_delivery(raw=raw))
        assert tx.deliveries.get(DeliveryId("v-1")) == a_delivery(raw=raw)
        assert tx.deliveries.get(DeliveryId("v-2")) is None


def test_a_second_live_delivery_of_the_same_letter_is_refused(store: AnyStore) -> None:
    with store.write() as tx:
        with_deliveries(tx, a_delivery())
        with pytest.raises(BadInput, match="outbox already"):
            tx.deliveries.add(a_delivery("v-2"))
        tx.deliveries.add(a_delivery("v-3", touch=2))
        assert [delivery.id for delivery in tx.deliveries.list()] == ["v-1", "v-3"]


@pytest.mark.parametrize("state", sorted(set(DeliveryState) - {DeliveryState.CANCELLED}))
def test_only_a_cancelled_delivery_makes_room(store: AnyStore, state: DeliveryState) -> None:
    with store.write() as tx:
        with_deliveries(tx, a_delivery(state=state), nth(2, state=DeliveryState.CANCELLED))
        with pytest.raises(BadInput):
            tx.deliveries.add(a_delivery("v-3"))
        tx.deliveries.add(a_delivery("v-4", touch=2))


def test_a_delivery_needs_outreach_draft_and_approval(store: AnyStore) -> None:
    with store.write() as tx:
        with_draft(tx)
        for missing in (
            {"outreach_id": OutreachId("o-9")},
            {"draft_id": DraftId("d-9")},
            {"approval_id": ApprovalId("a-9")},
        ):
            with pytest.raises(BadInput):
                tx.deliveries.add(a_delivery(**missing))


def test_a_delivery_moves_only_from_the_expected_state_and_owner(store: AnyStore) -> None:
    queued = a_delivery()
    claimed = queued.claimed(owner="w-1", lease=MINUTE, at=NOW)
    fenced = claimed.fenced(lease=MINUTE, at=NOW)
    with store.write() as tx:
        with_deliveries(tx, queued)
        assert not tx.deliveries.move(claimed, expected=DeliveryState.QUEUED, owner="w-2")
        assert tx.deliveries.move(claimed, expected=DeliveryState.QUEUED, owner=None)
        assert not tx.deliveries.move(claimed, expected=DeliveryState.QUEUED, owner=None)
        assert not tx.deliveries.move(fenced, expected=DeliveryState.HANDSHAKE, owner="w-2")
        assert not tx.deliveries.move(fenced, expected=DeliveryState.HANDSHAKE, owner=None)
        assert tx.deliveries.get(queued.id) == claimed
        assert tx.deliveries.move(fenced, expected=DeliveryState.HANDSHAKE, owner="w-1")
        assert tx.deliveries.get(queued.id) == fenced
        assert not tx.deliveries.move(nth(2), expected=DeliveryState.QUEUED, owner=None)


def test_the_delivery_that_has_been_due_longest_comes_next(store: AnyStore) -> None:
    with store.write() as tx:
        with_deliveries(
            tx,
            nth(1, due_at=NOW),
            nth(2, due_at=NOW - DAY),
            nth(3, due_at=NOW - DAY),
            nth(4, due_at=NOW - 2 * DAY, state=DeliveryState.HANDSHAKE, owner="w-1", lease_until=NOW),
            nth(5, due_at=NOW + MINUTE),
        )
        assert [delivery.id for delivery in tx.deliveries.due(now=NOW, limit=9)] == ["v-2", "v-3", "v-1"]
        assert [delivery.id for delivery in tx.deliveries.due(now=NOW, limit=2)] == ["v-2", "v-3"]


def test_an_answer_is_due_before_letters_that_have_waited_longer(store: AnyStore) -> None:
    with store.write() as tx:
        with_draft(tx)
        tx.deliveries.add(a_delivery("v-1", touch=1, due_at=NOW - timedelta(hours=2)))
        tx.deliveries.add(a_delivery("v-2", touch=2, due_at=NOW, answers=ReplyId("r-1")))
        due = tx.deliveries.due(now=NOW, limit=2)
        (first,) = tx.deliveries.due(now=NOW, limit=1)
    assert [(each.id, each.answers) for each in due] == [("v-2", "r-1"), ("v-1", None)]
    assert first == due[0]


def test_a_reply_has_one_open_answer_at_the_most(store: AnyStore) -> None:
    open_answer = a_draft("d-1", answers=ReplyId("r-1"), status=DraftStatus.PENDING)
    with store.write() as tx:
        with_outreach(tx)
        tx.drafts.save(open_answer)
        tx.drafts.save(a_draft("d-2", answers=ReplyId("r-2"), status=DraftStatus.PENDING))
        assert tx.drafts.get(open_answer.id) == open_answer
    with pytest.raises(BadInput, match="open answer"), store.write() as tx:
        tx.drafts.save(a_draft("d-3", answers=ReplyId("r-1"), status=DraftStatus.BLOCKED))
    with store.write() as tx:
        tx.drafts.save(replace(open_answer, status=DraftStatus.REJECTED))
        tx.drafts.save(a_draft("d-3", answers=ReplyId("r-1"), status=DraftStatus.WRITTEN))


def test_a_campaign_keeps_whether_answers_are_drafted(store: AnyStore) -> None:
    with store.write() as tx:
        tx.brands.save(a_brand())
        tx.brands.save_campaign(a_campaign(draft_answers=True))
    with store.read() as tx:
        (found,) = tx.brands.campaigns()
    assert found.draft_answers


def test_a_campaign_keeps_what_models_may_cost_it(store: AnyStore) -> None:
    budget = ModelBudget(cost=Decimal("12.50"), tokens=2_000_000)
    with store.write() as tx:
        tx.brands.save(a_brand())
        tx.brands.save_campaign(a_campaign(models=budget))
        tx.brands.save_campaign(a_campaign("without"))
    with store.read() as tx:
        found = {campaign.id: campaign.models for campaign in tx.brands.campaigns()}
    assert found.pop(CampaignId("without")) == ModelBudget()
    assert list(found.values()) == [budget]


def test_only_leases_that_have_ended_are_expired(store: AnyStore) -> None:
    claimed, data = DeliveryState.HANDSHAKE, DeliveryState.DATA
    with store.write() as tx:
        with_deliveries(
            tx,
            nth(1, state=claimed, owner="w-1", lease_until=NOW),
            nth(2, state=data, owner="w-1", lease_until=NOW - MINUTE),
            nth(3, state=data, owner="w-1", lease_until=NOW + MINUTE),
            nth(4),
        )
        assert [delivery.id for delivery in tx.deliveries.expired(now=NOW)] == ["v-2", "v-1"]
        assert tx.deliveries.expired(now=NOW - DAY) == ()


def test_deliveries_are_listed_by_creation_and_state(store: AnyStore) -> None:
    with store.write() as tx:
        with_deliveries(
            tx,
            nth(1, created_at=NOW, state=DeliveryState.FAILED),
            nth(2, created_at=NOW - DAY),
            nth(3, created_at=NOW - MINUTE, state=DeliveryState.UNCERTAIN),
        )
        assert [delivery.id for delivery in tx.deliveries.list()] == ["v-2", "v-3", "v-1"]
        found = tx.deliveries.list(states=iter((DeliveryState.FAILED, DeliveryState.UNCERTAIN)))
        assert [delivery.id for delivery in found] == ["v-3", "v-1"]
        assert tx.deliveries.list(states=()) == ()


def test_an_outreach_lists_its_deliveries_by_touch(store: AnyStore) -> None:
    with store.write() as tx:
        with_deliveries(
            tx,
            nth(2, created_at=NOW - DAY),
            a_delivery("v-b", state=DeliveryState.CANCELLED, created_at=NOW),
            a_delivery("v-a", created_at=NOW + MINUTE),
        )
        found = tx.deliveries.of_outreach(OutreachId("o-1"))
        assert [delivery.id for delivery in found] == ["v-b", "v-a", "v-2"]
        assert tx.deliveries.of_outreach(OutreachId("o-2")) == ()


def test_deliveries_are_found_by_message_id(store: AnyStore) -> None:
    with store.write() as tx:
        with_deliveries(tx, nth(1), nth(2), nth(3))
        wanted = ("<v-3@savon-du-sud.example>", "<v-1@savon-du-sud.example>", "<nobody@x.example>")
        assert [delivery.id for delivery in tx.deliveries.with_message_id(iter(wanted))] == ["v-1", "v-3"]
        assert tx.deliveries.with_message_id(()) == ()


def test_a_mailbox_is_charged_with_all_that_left_or_may_have_left(store: AnyStore) -> None:
    mailbox = "camille@savon-du-sud.example"
    midnight = NOW.replace(hour=0, minute=0)
    uncertain, sent, data = DeliveryState.UNCERTAIN, DeliveryState.SENT, DeliveryState.DATA
    with store.write() as tx:
        with_deliveries(
            tx,
            nth(1, state=sent, due_at=midnight - DAY, sent_at=midnight),
            nth(2, state=sent, due_at=midnight - DAY, sent_at=midnight - MINUTE),
            nth(3, state=data, due_at=midnight - DAY, tried_at=NOW - MINUTE, owner="w", lease_until=NOW),
            nth(4, state=uncertain, due_at=midnight - DAY, tried_at=midnight + MINUTE),
            nth(5, state=uncertain, due_at=midnight - DAY, tried_at=midnight - MINUTE),
            nth(6, due_at=NOW),
            nth(7, state=DeliveryState.HANDSHAKE, due_at=NOW, owner="w", lease_until=NOW),
            nth(8, state=DeliveryState.FAILED, due_at=NOW, tried_at=NOW),
            nth(9, state=sent, sent_at=NOW, mailbox="other@savon-du-sud.example"),
        )
        assert tx.deliveries.load(mailbox, since=midnight) == MailboxLoad(
            sent=3, last_sent_at=NOW - MINUTE, first_sent_at=midnight - MINUTE
        )
        assert tx.deliveries.load(mailbox, since=NOW).sent == 0
        outreach = tx.outreach.get(nth(1).outreach_id)
        assert outreach is not None
        assert tx.deliveries.left_for(outreach.campaign_id, since=midnight) == 4  # whatever the mailbox
        assert tx.deliveries.left_for(outreach.campaign_id, since=NOW + MINUTE) == 0
        assert tx.deliveries.left_for(CampaignId("another"), since=midnight) == 0


def test_the_last_letter_counts_even_from_before_midnight(store: AnyStore) -> None:
    with store.write() as tx:
        with_deliveries(tx, nth(1, state=DeliveryState.SENT, sent_at=NOW - DAY))
        load = tx.deliveries.load("camille@savon-du-sud.example", since=NOW)
        assert load == MailboxLoad(sent=0, last_sent_at=NOW - DAY, first_sent_at=NOW - DAY)
        never = MailboxLoad(sent=0, last_sent_at=None, first_sent_at=None)
        assert tx.deliveries.load("nobody@x.example", since=NOW) == never


def test_an_uncertain_letter_is_charged_to_the_moment_of_its_try(store: AnyStore) -> None:
    queued = a_delivery(due_at=NOW - DAY)
    claimed = queued.claimed(owner="w-1", lease=MINUTE, at=NOW)
    fenced = claimed.fenced(lease=MINUTE, at=NOW)
    uncertain = fenced.settled(DeliveryState.UNCERTAIN, at=NOW + MINUTE)
    with store.write() as tx:
        with_deliveries(tx, queued)
        assert tx.deliveries.move(claimed, expected=DeliveryState.QUEUED, owner=None)
        assert tx.deliveries.move(fenced, expected=DeliveryState.HANDSHAKE, owner="w-1")
        assert tx.deliveries.move(uncertain, expected=DeliveryState.DATA, owner="w-1")
        load = tx.deliveries.load(queued.mailbox, since=NOW)
        assert load == MailboxLoad(sent=1, last_sent_at=NOW, first_sent_at=NOW)


# --- mailboxes of ours ----------------------------------------------------------------------------


def test_a_paused_mailbox_comes_back_whatever_the_case_and_is_listed_until_it_is_lifted(
    store: AnyStore,
) -> None:
    paused = Mailbox(address="Anna@Brand.example").paused(at=NOW, reason="550 5.7.1 policy")
    with store.write() as tx:
        tx.mailboxes.save(paused)
        tx.mailboxes.save(Mailbox(address="zoe@brand.example", lifted_at=NOW, lifted_by="anna"))
    with store.write() as tx:
        found = tx.mailboxes.get("ANNA@brand.example")
        assert found == replace(paused, address="anna@brand.example")
        assert tx.mailboxes.paused() == (found,)
        tx.mailboxes.save(found.lifted(at=NOW + MINUTE, by="camille"))
        assert tx.mailboxes.paused() == ()
        assert tx.mailboxes.get("nobody@brand.example") is None


def test_troubles_are_counted_by_mailbox_and_kind_since_a_moment(store: AnyStore) -> None:
    with store.write() as tx:
        tx.mailboxes.note("anna@brand.example", Trouble.BOUNCE, at=NOW - DAY)
        tx.mailboxes.note("Anna@brand.example", Trouble.BOUNCE, at=NOW)
        tx.mailboxes.note("anna@brand.example", Trouble.COMPLAINT, at=NOW)
        tx.mailboxes.note("zoe@brand.example", Trouble.BOUNCE, at=NOW)
    with store.read() as tx:
        met = tx.mailboxes.troubles("anna@brand.example", since=NOW - MINUTE)
        assert (met[Trouble.BOUNCE], met[Trouble.COMPLAINT]) == (1, 1)
        assert tx.mailboxes.troubles("anna@brand.example", since=NOW - 2 * DAY)[Trouble.BOUNCE] == 2


# --- messages that people copy --------------------------------------------------------------------


def with_handovers(tx: Transaction, *handovers: Handover) -> None:
    """Store handovers with all that they need."""
    with_draft(tx)
    for handover in handovers:
        tx.handovers.add(handover)


def test_a_handover_comes_back_as_it_was(store: AnyStore) -> None:
    copied = a_handover(
        "h-2",
        touch=2,
        text="Ligne\n\nautre\u202f! 🧼",
        profile_url=None,
        state=HandoverState.SENT,
        by="camille@savon-du-sud.example",
        claimed_at=NOW,
        sent_at=NOW + MINUTE,
        reason="ok",
    )
    with store.write() as tx:
        with_handovers(tx, a_handover(), copied)
        assert tx.handovers.get(HandoverId("h-1")) == a_handover()
        assert tx.handovers.get(HandoverId("h-2")) == copied
        assert tx.handovers.get(HandoverId("h-3")) is None


def test_a_message_waits_once_for_each_touch_unless_it_was_cancelled(store: AnyStore) -> None:
    with store.write() as tx:
        with_handovers(tx, a_handover(state=HandoverState.CANCELLED), a_handover("h-2"))
        with pytest.raises(BadInput, match="already"):
            tx.handovers.add(a_handover("h-3"))
        tx.handovers.add(a_handover("h-4", touch=2))
        assert [each.id for each in tx.handovers.of_outreach(OutreachId("o-1"))] == ["h-1", "h-2", "h-4"]
        assert tx.handovers.of_outreach(OutreachId("o-2")) == ()


def test_a_handover_needs_outreach_draft_and_approval(store: AnyStore) -> None:
    with store.write() as tx:
        with_draft(tx)
        for missing in (
            {"outreach_id": OutreachId("o-9")},
            {"draft_id": DraftId("d-9")},
            {"approval_id": ApprovalId("a-9")},
        ):
            with pytest.raises(BadInput):
                tx.handovers.add(a_handover(**missing))


def test_a_handover_moves_only_from_the_expected_state_and_person(store: AnyStore) -> None:
    mine = a_handover().claimed(by="Camille", at=NOW)
    with store.write() as tx:
        with_handovers(tx, a_handover())
        assert tx.handovers.move(mine, expected=HandoverState.WAITING, by=None)
        theirs = a_handover().claimed(by="Zoé", at=NOW)
        assert not tx.handovers.move(theirs, expected=HandoverState.WAITING, by=None)
        assert not tx.handovers.move(theirs, expected=HandoverState.COPYING, by="Zoé")
        sent = mine.settled(HandoverState.SENT, at=NOW)
        assert tx.handovers.move(sent, expected=HandoverState.COPYING, by="Camille")
        assert not tx.handovers.move(sent, expected=HandoverState.COPYING, by="Camille")
        assert tx.handovers.get(HandoverId("h-1")) == sent


def test_handovers_are_listed_and_counted_by_state_oldest_first(store: AnyStore) -> None:
    late = a_handover("h-2", touch=2, created_at=NOW - MINUTE)
    sent = a_handover("h-3", touch=3, state=HandoverState.SENT)
    with store.write() as tx:
        with_handovers(tx, a_handover(), late, sent)
        assert [each.id for each in tx.handovers.list()] == ["h-2", "h-1", "h-3"]
        assert [each.id for each in tx.handovers.list(states=iter([HandoverState.SENT]))] == ["h-3"]
        assert tx.handovers.list(states=[]) == ()
        assert tx.handovers.count(states=[HandoverState.WAITING]) == 2
        assert tx.handovers.count(states=[]) == 0


def test_a_campaign_is_charged_with_messages_that_went_or_may_have_gone(store: AnyStore) -> None:
    before = a_handover(
        "h-2", touch=2, state=HandoverState.SENT, claimed_at=NOW - DAY, sent_at=NOW - DAY, by="Camille"
    )
    held = a_handover("h-3", touch=3).claimed(by="Camille", at=NOW)
    sent = a_handover("h-4", touch=4).claimed(by="Zoé", at=NOW).settled(HandoverState.SENT, at=NOW + MINUTE)
    failed = a_handover("h-5", touch=5).claimed(by="Zoé", at=NOW).settled(HandoverState.FAILED, at=NOW)
    with store.write() as tx:
        with_handovers(tx, a_handover(), before, held, sent, failed)
        campaign = CampaignId("second-evening")
        assert tx.handovers.gone_for(campaign, since=NOW) == 2
        assert tx.handovers.gone_for(campaign, since=NOW + MINUTE) == 1
        assert tx.handovers.gone_for(campaign, since=NOW - DAY) == 3
        assert tx.handovers.gone_for(CampaignId("another"), since=NOW - DAY) == 0


def test_a_campaign_keeps_its_channels_and_a_draft_its_own(store: AnyStore) -> None:
    both = a_campaign(channels=(Channel.DM, Channel.EMAIL))
    message = a_draft(channel=Channel.DM)
    with store.write() as tx:
        with_outreach(tx)
        tx.brands.save_campaign(both)
        tx.drafts.save(message)
        assert tx.brands.campaign(CampaignId("second-evening")) == both
        assert tx.drafts.get(DraftId("d-1")) == message


# --- inbox ----------------------------------------------------------------------------------------


def test_the_same_mail_twice_changes_nothing(store: AnyStore) -> None:
    first = an_inbound("i-1")
    with store.write() as tx:
        assert tx.inbox.add(first)
        assert not tx.inbox.add(an_inbound("i-2", uid=1, raw=b"another text at the same place"))
        assert not tx.inbox.add(an_inbound("i-3", raw=first.raw, folder="Archive"))
        assert tx.inbox.unread() == (first,)
        assert tx.inbox.mail(InboundId("i-1")) == first
        assert tx.inbox.mail(InboundId("i-2")) is None


def test_another_account_may_hold_the_same_mail(store: AnyStore) -> None:
    with store.write() as tx:
        assert tx.inbox.add(an_inbound("i-1"))
        assert tx.inbox.add(an_inbound("i-2", uid=1, raw=an_inbound("i-1").raw, account="second"))
        assert len(tx.inbox.unread()) == 2


def test_a_copy_of_a_known_mail_counts_for_how_far_its_folder_was_read(store: AnyStore) -> None:
    account = an_inbound().account
    with store.write() as tx:
        assert tx.inbox.add(an_inbound("i-1", uid=1))
        assert tx.inbox.add(an_inbound("i-2", uid=2))
        for uid in (8, 5):
            assert not tx.inbox.add(an_inbound(f"i-{uid}", uid=uid, raw=an_inbound("i-1").raw))
        assert not tx.inbox.add(an_inbound("i-3", folder="Archive", uid=3, raw=an_inbound("i-1").raw))
    with store.write() as tx:
        assert tx.inbox.last_uid(account, "INBOX", 7) == 8
        assert tx.inbox.last_uid(account, "Archive", 7) == 3
        assert tx.inbox.last_uid(account, "INBOX", 8) == 0
        assert tx.inbox.add(an_inbound("i-9", uid=9))
        assert tx.inbox.last_uid(account, "INBOX", 7) == 9


def test_a_folder_remembers_its_highest_uid(store: AnyStore) -> None:
    with store.write() as tx:
        for uid in (5, 2_000_000_000_000, 9):
            tx.inbox.add(an_inbound(f"i-{uid}", uid=uid))
        account = "camille@savon-du-sud.example"
        assert tx.inbox.last_uid(account, "INBOX", 7) == 2_000_000_000_000
        assert tx.inbox.last_uid(account, "INBOX", 8) == 0
        assert tx.inbox.last_uid(account, "Archive", 7) == 0
        assert tx.inbox.last_uid("second", "INBOX", 7) == 0


def test_unread_mail_comes_oldest_first_until_it_is_filed(store: AnyStore) -> None:
    with store.write() as tx:
        tx.inbox.add(an_inbound("i-1", received_at=NOW))
        tx.inbox.add(an_inbound("i-10", received_at=NOW - DAY))
        tx.inbox.add(an_inbound("i-9", received_at=NOW - DAY))
        assert [mail.id for mail in tx.inbox.unread()] == ["i-9", "i-10", "i-1"]
        tx.inbox.file(a_reply(inbound_id=InboundId("i-10"), outreach_id=None))
        assert [mail.id for mail in tx.inbox.unread()] == ["i-9", "i-1"]


def test_filing_again_replaces_what_was_made_of_a_mail(store: AnyStore) -> None:
    later = a_reply("r-2", kind=ReplyKind.OUT_OF_OFFICE, until=date(2026, 11, 2), outreach_id=None)
    with store.write() as tx:
        with_outreach(tx)
        tx.inbox.add(an_inbound())
        tx.inbox.file(a_reply())
        assert tx.inbox.replies() == (a_reply(),)
        tx.inbox.file(later)
        assert tx.inbox.replies() == (later,)
        tx.inbox.file(replace(later, kind=ReplyKind.NOT_NOW))
        assert [reply.kind for reply in tx.inbox.replies()] == [ReplyKind.NOT_NOW]


def test_a_reply_needs_its_mail_and_its_outreach(store: AnyStore) -> None:
    with store.write() as tx:
        with_outreach(tx)
        tx.inbox.add(an_inbound())
        tx.inbox.file(a_reply())
        with pytest.raises(BadInput):
            tx.inbox.file(a_reply("r-2", inbound_id=InboundId("i-2")))
        with pytest.raises(BadInput):
            tx.inbox.file(a_reply("r-2", outreach_id=OutreachId("o-2")))
        assert tx.inbox.replies() == (a_reply(),)


def test_replies_come_oldest_first_for_one_outreach_or_all(store: AnyStore) -> None:
    with store.write() as tx:
        with_outreach(tx)
        for number, outreach_id in ((1, OutreachId("o-1")), (2, None), (3, OutreachId("o-1"))):
            tx.inbox.add(an_inbound(f"i-{number}"))
            reply = a_reply(
                f"r-{number}",
                inbound_id=InboundId(f"i-{number}"),
                outreach_id=outreach_id,
                received_at=NOW - number * MINUTE,
            )
            tx.inbox.file(reply)
        assert [reply.id for reply in tx.inbox.replies()] == ["r-3", "r-2", "r-1"]
        assert [reply.id for reply in tx.inbox.replies(outreach_id=OutreachId("o-1"))] == ["r-3", "r-1"]


# --- suppressions, journal, accounts, leases ------------------------------------------------------


def test_a_suppression_is_for_ever_and_once(store: AnyStore) -> None:
    with store.write() as tx:
        assert not tx.suppressions.has("f1")
        tx.suppressions.add("f1", reason="opted out", at=NOW)
        tx.suppressions.add("f1", reason="complaint", at=NOW + DAY)
        assert tx.suppressions.has("f1")
        assert not tx.suppressions.has("f2")


def test_a_suppression_outlives_the_person(store: AnyStore) -> None:
    with store.write() as tx:
        with_outreach(tx)
        tx.suppressions.add("f1", reason="erased", at=NOW)
        tx.creators.delete(a_creator().id)
        assert tx.suppressions.has("f1")


def test_the_journal_tells_about_one_thing_oldest_first(store: AnyStore) -> None:
    entries = [
        an_entry(what="edited"),
        an_entry(what="read", at=NOW - MINUTE),
        an_entry(what="approved", why="it is good"),
        an_entry(what="edited"),
    ]
    with store.write() as tx:
        for entry in entries:
            tx.journal.add(entry)
        tx.journal.add(an_entry(subject="d-2"))
    with store.write() as tx:
        tx.journal.add(an_entry(what="sent"))
    with store.read() as tx:
        assert [entry.what for entry in tx.journal.of("d-1")] == [
            "read", "edited", "approved", "edited", "sent",
        ]  # fmt: skip
        assert tx.journal.of("d-1")[2] == entries[2]
        assert tx.journal.of("d-3") == ()


def test_every_row_of_the_journal_has_a_place_by_which_it_is_known(store: AnyStore) -> None:
    with store.write() as tx:
        before = tx.journal.newest()
        tx.journal.add(an_entry())
        first = tx.journal.newest()
        tx.journal.add(an_entry(at=NOW + MINUTE))
        second = tx.journal.newest()
    assert first is not None
    assert second is not None
    assert before is None or before.number < first.number
    with store.read() as tx:
        assert first.number < second.number
        assert tx.journal.newest() == second
        assert (tx.journal.moment(first.number), tx.journal.moment(second.number)) == (NOW, NOW + MINUTE)
        assert tx.journal.moment(second.number + 1) is None


@pytest.mark.parametrize("state", DeliveryState)
def test_whether_any_letter_left_is_known(store: AnyStore, state: DeliveryState) -> None:
    left = {DeliveryState.SENT, DeliveryState.DATA, DeliveryState.UNCERTAIN}
    with store.write() as tx:
        assert not tx.deliveries.any_left()
        with_deliveries(tx, a_delivery(state=state))
        assert tx.deliveries.any_left() is (state in left)


def test_a_pace_is_kept_for_each_person(store: AnyStore) -> None:
    pace = Pace(who="Camille@Savon-du-Sud.example", seconds=21.5, gaps=12, last_at=NOW)
    with store.write() as tx:
        assert tx.paces.get(pace.who) is None
        tx.paces.save(pace)
    with store.write() as tx:
        assert tx.paces.get("camille@savon-du-sud.EXAMPLE") == pace
        assert tx.paces.get("anna@savon-du-sud.example") is None
        tx.paces.save(replace(pace, seconds=20.0, gaps=13))
    with store.read() as tx:
        assert tx.paces.get(pace.who) == replace(pace, seconds=20.0, gaps=13)


def test_an_account_is_found_whatever_the_case_of_its_address(store: AnyStore) -> None:
    with store.write() as tx:
        assert tx.accounts.count() == 0
        assert tx.accounts.get("camille@savon-du-sud.example") is None
        tx.accounts.save(an_account("Camille@Savon-du-Sud.example"))
        assert tx.accounts.get("camille@SAVON-du-sud.example") == an_account("Camille@Savon-du-Sud.example")
        tx.accounts.save(an_account(role=Role.VIEWER))
        assert tx.accounts.get("camille@savon-du-sud.example") == an_account(role=Role.VIEWER)
        assert tx.accounts.count() == 1


def test_accounts_are_listed_by_address_and_taken_away(store: AnyStore) -> None:
    with store.write() as tx:
        tx.accounts.save(an_account("zoe@savon-du-sud.example"))
        tx.accounts.save(an_account("Anna@savon-du-sud.example"))
        tx.accounts.remove("nobody@savon-du-sud.example")
    with store.write() as tx:
        assert [each.email for each in tx.accounts.all()] == [
            "Anna@savon-du-sud.example",
            "zoe@savon-du-sud.example",
        ]
        tx.accounts.remove("ANNA@savon-du-sud.example")
        assert tx.accounts.get("anna@savon-du-sud.example") is None
    with store.read() as tx:
        assert [each.email for each in tx.accounts.all()] == ["zoe@savon-du-sud.example"]


def test_a_role_has_one_owner_at_a_time(store: AnyStore) -> None:
    with store.write() as tx:
        assert tx.leases.take("send", owner="w-1", until=NOW + MINUTE, now=NOW)
        assert not tx.leases.take("send", owner="w-2", until=NOW + DAY, now=NOW)
        assert tx.leases.take("read", owner="w-2", until=NOW + MINUTE, now=NOW)


def test_an_owner_renews_its_lease(store: AnyStore) -> None:
    with store.write() as tx:
        assert tx.leases.take("send", owner="w-1", until=NOW + MINUTE, now=NOW)
        assert tx.leases.take("send", owner="w-1", until=NOW + 2 * MINUTE, now=NOW)
        assert not tx.leases.take("send", owner="w-2", until=NOW + DAY, now=NOW + MINUTE)


def test_a_lease_that_has_ended_is_anybodys(store: AnyStore) -> None:
    with store.write() as tx:
        assert tx.leases.take("send", owner="w-1", until=NOW + MINUTE, now=NOW)
        assert tx.leases.take("send", owner="w-2", until=NOW + DAY, now=NOW + MINUTE)
        assert not tx.leases.take("send", owner="w-1", until=NOW + DAY, now=NOW + MINUTE)


def test_only_the_owner_gives_a_role_back(store: AnyStore) -> None:
    with store.write() as tx:
        tx.leases.release("send", owner="w-1")
        assert tx.leases.take("send", owner="w-1", until=NOW + MINUTE, now=NOW)
        tx.leases.release("send", owner="w-2")
        assert not tx.leases.take("send", owner="w-2", until=NOW + DAY, now=NOW)
        tx.leases.release("send", owner="w-1")
        assert tx.leases.take("send", owner="w-2", until=NOW + DAY, now=NOW)


# --- texts ----------------------------------------------------------------------------------------


def test_a_version_of_a_text_stands_for_one_text_for_ever(store: AnyStore) -> None:
    with store.write() as tx:
        tx.texts.keep(a_kept_text())
        tx.texts.keep(a_kept_text(kept_at=NOW + DAY))
        with pytest.raises(BadInput, match="another text already"):
            tx.texts.keep(a_kept_text(source="another"))
    with store.read() as tx:
        assert tx.texts.version("letters/frame", "fr", "aaaaaaaaaaaa") == a_kept_text()
        assert tx.texts.version("letters/frame", "en", "aaaaaaaaaaaa") is None
        assert tx.texts.version("letters/frame", "fr", "bbbbbbbbbbbb") is None


def test_versions_come_oldest_first(store: AnyStore) -> None:
    later, earlier = a_kept_text("b" * 12, kept_at=NOW + DAY), a_kept_text("c" * 12)
    with store.write() as tx:
        for text in (later, earlier, a_kept_text(name="letters/offer")):
            tx.texts.keep(text)
        assert tx.texts.versions("letters/frame", "fr") == (earlier, later)


def test_publications_are_kept_in_their_order(store: AnyStore) -> None:
    campaign_id = a_campaign().id
    made = (
        a_publication(),
        a_publication(campaign_id=campaign_id, at=NOW - DAY),
        a_publication(version=None, reason="too loud"),
    )
    with store.write() as tx:
        tx.brands.save(a_brand())
        tx.brands.save_campaign(a_campaign())
        tx.brands.save(a_brand("other"))
        tx.texts.keep(a_kept_text())
        for each in made:
            tx.texts.publish(each)
        elsewhere = a_publication(brand_id=BrandId("other"))
        tx.texts.publish(elsewhere)
    with store.read() as tx:
        assert tx.texts.publications(a_brand().id) == made
        assert tx.texts.publications() == (*made, elsewhere)


@pytest.mark.parametrize(
    "wrong",
    [{"brand_id": BrandId("none")}, {"campaign_id": CampaignId("none")}, {"version": "f" * 12}],
)
def test_what_is_not_stored_is_not_published(store: AnyStore, wrong: dict[str, Any]) -> None:
    with store.write() as tx:
        tx.brands.save(a_brand())
        tx.texts.keep(a_kept_text())
        with pytest.raises(BadInput, match="cannot be published"):
            tx.texts.publish(a_publication(**wrong))
        assert tx.texts.publications() == ()


# --- what models cost -----------------------------------------------------------------------------

CALL = Usage(input_tokens=1_000, output_tokens=200, cost=Decimal("0.0123456789"), cached_tokens=600)
UNBOUNDED = Ceiling()


def test_an_answer_is_kept_until_it_is_discarded(store: AnyStore) -> None:
    second = a_kept_answer("k-2", at=NOW - MINUTE)
    with store.write() as tx:
        with_outreach(tx)
        tx.answers.keep(a_kept_answer())
        tx.answers.keep(second)
    with store.write() as tx:
        assert tx.answers.get("k-1") == a_kept_answer()
        assert tx.answers.of_outreach(OutreachId("o-1")) == (second, a_kept_answer())
        assert tx.answers.discard(OutreachId("o-2")) == 0
        assert tx.answers.discard(OutreachId("o-1")) == 2
    with store.read() as tx:
        assert tx.answers.get("k-1") is None


def test_answers_of_several_are_kept_and_discarded_at_once(store: AnyStore) -> None:
    first, second = OutreachId("o-1"), OutreachId("o-2")
    again = a_kept_answer("k-1", content="{}")
    other = a_kept_answer("k-2", outreach_id=second, at=NOW - MINUTE)
    with store.write() as tx:
        with_outreach(tx)
        tx.outreach.save(an_outreach(second, creator_id=with_creators(tx, "b")[0]))
        tx.answers.keep(a_kept_answer())
        tx.answers.keep(again, other)
        tx.answers.keep()
        assert tx.answers.of_outreach(first, second) == (other, again)
        assert tx.answers.of_outreach() == ()
        assert tx.answers.discard(first, second) == 2
        assert tx.answers.discard() == 0


def test_an_answer_for_nobody_is_refused(store: AnyStore) -> None:
    with store.write() as tx:
        with_outreach(tx)
        nobodys = a_kept_answer("k-2", outreach_id=OutreachId("o-none"))
        with pytest.raises(BadInput, match="not stored"):
            tx.answers.keep(a_kept_answer(), nobodys)
        assert tx.answers.get("k-1") is None


def test_an_answer_goes_with_its_creator(store: AnyStore) -> None:
    with store.write() as tx:
        with_outreach(tx)
        tx.answers.keep(a_kept_answer())
        tx.creators.delete(a_creator().id)
        assert tx.answers.get("k-1") is None


def test_what_calls_cost_adds_up_to_the_last_digit(store: AnyStore) -> None:
    exact = replace(CALL, cost=Decimal("0.012345678"))
    with store.write() as tx:
        for _ in range(3):
            tx.spending.correct("day 1", taken=Usage(), used=exact)
        tx.spending.correct("day 2", taken=Usage(), used=exact)
        tx.spending.correct("day 4", taken=exact, used=exact + exact, calls=2)
    with store.read() as tx:
        assert tx.spending.of("day 1") == Spent(calls=3, usage=exact + exact + exact)
        assert tx.spending.of("day 3") == Spent()
        assert tx.spending.of("day 4") == Spent(calls=2, usage=exact)


def test_nothing_is_taken_beyond_a_ceiling(store: AnyStore) -> None:
    money, tokens = Ceiling(cost=Decimal("0.03")), Ceiling(tokens=3_000)
    with store.write() as tx:
        assert [tx.spending.take("money", CALL, ceiling=money) for _ in range(3)] == [True, True, False]
        assert [tx.spending.take("tokens", CALL, ceiling=tokens) for _ in range(3)] == [True, True, False]
        assert all(tx.spending.take("any", CALL, ceiling=UNBOUNDED) for _ in range(5))
        assert tx.spending.of("tokens").usage.tokens == 2_400


def test_what_a_call_did_not_use_is_free_again(store: AnyStore) -> None:
    ceiling, used = Ceiling(tokens=2_000), Usage(input_tokens=500, output_tokens=50)
    with store.write() as tx:
        assert tx.spending.take("day 1", CALL, ceiling=ceiling)
        assert not tx.spending.take("day 1", CALL, ceiling=ceiling)
        tx.spending.correct("day 1", taken=CALL, used=used)
        assert tx.spending.of("day 1") == Spent(calls=1, usage=used)
        assert tx.spending.take("day 1", CALL, ceiling=ceiling)
