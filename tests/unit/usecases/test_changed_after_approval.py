"""Whatever is changed after the approval, in whatever record: the letter does not leave, and says why."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest

from agent.domain.brand import Brand, Campaign, Offer
from agent.domain.creator import Creator
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.draft import Approval, DraftStatus
from agent.domain.errors import NotReleased
from agent.domain.ids import ApprovalId, DeliveryId, DraftId, OutreachId, ReplyId, Seal
from agent.domain.letter import Letter, Receipt, ReceiptKind, Sentence
from agent.domain.seal import ApprovedLetter
from agent.ports import Ports, Transaction
from agent.usecases.sending import send_due
from tests.builders import NOW, a_brand, a_post, an_address, an_approval, an_offer, euros
from tests.unit.usecases.world import CAMPAIGN, a_world, accepted, approved, the_campaign

OTHER = "autre"
Change = Callable[[Transaction, Delivery], None]


def refused(ports: Ports, change: Change) -> str:
    """Return why a letter did not leave, whose world was changed after it was approved."""
    delivery = approved(ports)
    with ports.store.write() as tx:
        change(tx, delivery)
    report = send_due(ports)
    assert accepted(ports) == []
    assert report.sent == []
    return " ".join(line.reason for line in report.cancelled)


# --- the row in the outbox ------------------------------------------------------------------------

FORGED: dict[str, Any] = {
    "outreach_id": OutreachId("o-deux"),
    "touch": 2,
    "draft_id": DraftId("d-of-another"),
    "approval_id": ApprovalId("a-of-another"),
    "seal": Seal("0" * 64),
    "message_id": "<other@savon-du-sud.example>",
    "mailbox": "other@savon-du-sud.example",
    "envelope_from": "other@savon-du-sud.example",
    "envelope_to": "other@creator.example",
    "raw": b"Subject: casino\r\n\r\nGagnez !\r\n",
    "digest": "0" * 64,
    "answers": ReplyId("r-1"),
    "created_at": NOW - timedelta(days=1),
}
# when and by whom a letter is sent is no part of what was approved
OF_THE_WAY = {"state", "due_at", "owner", "lease_until", "attempts", "reason", "tried_at", "sent_at"}
KEY = {"id"}
# without it the bytes are composed again, and held against the row
SPARES_COMPOSING = {"proof"}


def test_every_field_of_a_delivery_is_forged_or_known_to_change_on_its_way() -> None:
    names = {field.name for field in fields(Delivery)}
    assert names == FORGED.keys() | OF_THE_WAY | KEY | SPARES_COMPOSING


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_row_of_the_outbox_is_not_sent_and_says_why(name: str) -> None:
    ports = a_world("lison.sans.flacon", "deux")

    def forge(tx: Transaction, delivery: Delivery) -> None:
        value = FORGED[name]
        if name == "draft_id":
            draft = tx.drafts.get(delivery.draft_id)
            assert draft is not None
            tx.drafts.save(replace(draft, id=value, touch=2, status=DraftStatus.APPROVED))
        if name == "approval_id":
            tx.drafts.approve(an_approval(value, draft_id=delivery.draft_id, seal=delivery.seal))
        forged = replace(delivery, **{name: value})
        assert tx.deliveries.move(forged, expected=DeliveryState.QUEUED, owner=None)

    if name == "approval_id":
        # an approval of the same draft under the same seal is one: a person gave it
        approved_twice = approved(ports)
        with ports.store.write() as tx:
            forge(tx, approved_twice)
        assert len(send_due(ports).sent) == 1
        return
    assert refused(ports, forge)


def test_bytes_that_were_forged_together_with_their_digest_are_recognised() -> None:
    def forge(tx: Transaction, delivery: Delivery) -> None:
        raw = delivery.raw.replace(b"savon", b"casino")
        forged = replace(delivery, raw=raw, digest=sha256(raw).hexdigest())
        assert tx.deliveries.move(forged, expected=DeliveryState.QUEUED, owner=None)

    assert "text" in refused(a_world(), forge)


@pytest.mark.parametrize("proof", ["", "0" * 64, "é"])
def test_a_row_without_its_proof_leaves_only_as_the_bytes_that_would_be_composed_now(proof: str) -> None:
    ports = a_world()
    delivery = approved(ports)
    with ports.store.write() as tx:
        unproven = replace(delivery, proof=proof)
        assert tx.deliveries.move(unproven, expected=DeliveryState.QUEUED, owner=None)
    assert len(send_due(ports).sent) == 1
    assert accepted(ports) == [delivery.raw]


@pytest.mark.parametrize("is_proven", [True, False])
def test_bytes_of_an_older_version_leave_as_approved_where_they_are_proven(*, is_proven: bool) -> None:
    ports = a_world()
    delivery = approved(ports)
    raw = b"X-Mailer: an older version\r\n" + delivery.raw
    older = replace(delivery, raw=raw, digest=sha256(raw).hexdigest())
    if is_proven:
        older = replace(older, proof=ports.fingerprints.proof(older.bound))
    with ports.store.write() as tx:
        assert tx.deliveries.move(older, expected=DeliveryState.QUEUED, owner=None)
    report = send_due(ports)
    assert accepted(ports) == ([raw] if is_proven else [])
    assert len(report.sent) == int(is_proven)


def test_the_proof_of_one_row_is_none_of_another() -> None:
    ports = a_world("lison.sans.flacon", "deux")
    other = approved(ports, "deux")

    def forge(tx: Transaction, delivery: Delivery) -> None:
        forged = replace(delivery, raw=other.raw, digest=other.digest, proof=other.proof)
        assert tx.deliveries.move(forged, expected=DeliveryState.QUEUED, owner=None)

    delivery = approved(ports)
    with ports.store.write() as tx:
        forge(tx, delivery)
    report = send_due(ports)
    assert accepted(ports) == [other.raw]
    assert "text" in report.cancelled[0].reason


@pytest.mark.parametrize("name", FORGED)
def test_every_forged_field_loses_the_proof(name: str) -> None:
    ports = a_world()
    delivery = approved(ports)
    assert delivery.proof == ports.fingerprints.proof(delivery.bound)
    forged = replace(delivery, **{name: FORGED[name]})
    assert ports.fingerprints.proof(forged.bound) != delivery.proof


def test_another_recipient_under_the_same_seal_is_recognised() -> None:
    def forge(tx: Transaction, delivery: Delivery) -> None:
        forged = replace(delivery, envelope_to="other@creator.example")
        assert tx.deliveries.move(forged, expected=DeliveryState.QUEUED, owner=None)

    assert "The recipient" in refused(a_world(), forge)


# --- the approval ---------------------------------------------------------------------------------


@pytest.mark.parametrize("other", [{"id": ApprovalId("another")}, {"seal": Seal("0" * 64)}])
def test_an_approval_of_something_else_releases_nothing(other: dict[str, Any]) -> None:
    ports = a_world()
    delivery = approved(ports)
    approval = an_approval(delivery.approval_id, draft_id=delivery.draft_id, seal=delivery.seal)
    ApprovedLetter(delivery, approval)
    with pytest.raises(NotReleased):
        ApprovedLetter(delivery, replace(approval, **other))


def test_every_field_of_an_approval_is_bound_or_tells_who_and_when() -> None:
    assert {field.name for field in fields(Approval)} == {"id", "seal", "draft_id", "by", "at"}


# --- the letter -----------------------------------------------------------------------------------

LETTERS: dict[str, Callable[[Letter], Letter]] = {
    "language": lambda letter: replace(letter, language="en"),
    "subject": lambda letter: replace(letter, subject=OTHER),
    "greeting": lambda letter: replace(letter, greeting=OTHER),
    "paragraphs": lambda letter: replace(letter, paragraphs=((Sentence(text=OTHER),),)),
    "closing": lambda letter: replace(letter, closing=OTHER),
}


def test_every_field_of_a_letter_is_changed_below() -> None:
    assert {field.name for field in fields(Letter)} == LETTERS.keys()


@pytest.mark.parametrize("name", LETTERS)
def test_a_changed_letter_is_not_sent(name: str) -> None:
    def change(tx: Transaction, delivery: Delivery) -> None:
        draft = tx.drafts.get(delivery.draft_id)
        assert draft is not None
        tx.drafts.save(replace(draft, letter=LETTERS[name](draft.letter)))

    assert "not what was approved" in refused(a_world(), change)


@pytest.mark.parametrize("status", [each for each in DraftStatus if each is not DraftStatus.APPROVED])
def test_a_draft_that_is_not_approved_any_more_is_not_sent(status: DraftStatus) -> None:
    def change(tx: Transaction, delivery: Delivery) -> None:
        draft = tx.drafts.get(delivery.draft_id)
        assert draft is not None
        tx.drafts.save(replace(draft, status=status))

    assert status.value in refused(a_world(), change)


# --- what the letter rests on ---------------------------------------------------------------------


def _with_offer(**changes: Any) -> Change:
    def change(tx: Transaction, _: Delivery) -> None:
        tx.brands.save_campaign(the_campaign(offer=replace(the_campaign().offer, **changes)))

    return change


_FULL = an_offer()
OFFERS: dict[str, Any] = {
    "gift": None,
    "cash": _FULL.cash or euros("10.00"),
    "affiliate": _FULL.affiliate,
    "deliverables": _FULL.deliverables,
    "rights": _FULL.rights,
    "deadline": _FULL.deadline or date(2026, 12, 1),
}


def test_every_field_of_an_offer_is_changed_below() -> None:
    assert {field.name for field in fields(Offer)} == OFFERS.keys()


@pytest.mark.parametrize("name", OFFERS)
def test_a_changed_offer_is_not_sent(name: str) -> None:
    assert OFFERS[name] != getattr(the_campaign().offer, name)
    assert "not what was approved" in refused(a_world(), _with_offer(**{name: OFFERS[name]}))


def _of_creator(change: Callable[[Creator], Creator]) -> Change:
    def apply(tx: Transaction, _: Delivery) -> None:
        creator = tx.creators.find("instagram:lison.sans.flacon")
        assert creator is not None
        tx.creators.save(change(creator))

    return apply


def _of_brand(**changes: Any) -> Change:
    return lambda tx, _: tx.brands.save(a_brand(**changes))


def _quoted(creator: Creator) -> str:
    return creator.posts[0].key


EVIDENCE: dict[str, Change] = {
    "every post deleted": _of_creator(lambda creator: replace(creator, posts=())),
    "every post edited": _of_creator(
        lambda creator: replace(
            creator, posts=tuple(a_post(post.key, f"{post.text} !") for post in creator.posts)
        )
    ),
    "the address moved": _of_creator(
        lambda creator: replace(creator, address=an_address("elsewhere@creator.example"))
    ),
    "the address gone": _of_creator(lambda creator: replace(creator, address=None)),
    "the name changed": _of_creator(lambda creator: replace(creator, name="Une autre")),
    "every fact withdrawn": _of_brand(facts=()),
    "every fact reworded": _of_brand(
        facts=tuple(replace(fact, text=f"{fact.text} !") for fact in a_brand().facts)
    ),
    "the sender's name": _of_brand(sender=replace(a_brand().sender, name="Une autre")),
    "the sender's address": _of_brand(sender=replace(a_brand().sender, email="autre@savon-du-sud.example")),
    "the postal address": _of_brand(postal_address="1 rue d’ailleurs, 75001 Paris, France"),
    "the privacy page": _of_brand(privacy_url="https://savon-du-sud.example/autre"),
}


@pytest.mark.parametrize("name", EVIDENCE)
def test_a_letter_whose_ground_was_taken_away_is_not_sent(name: str) -> None:
    assert refused(a_world(), EVIDENCE[name])


@pytest.mark.parametrize("kind", ReceiptKind)
def test_every_kind_of_evidence_is_under_the_seal(kind: ReceiptKind) -> None:
    ports = a_world()

    def change(tx: Transaction, delivery: Delivery) -> None:
        draft = tx.drafts.get(delivery.draft_id)
        assert draft is not None
        added = Sentence(text="", receipts=(Receipt(kind=kind, ref="elsewhere", quote=""),))
        letter = replace(draft.letter, paragraphs=(*draft.letter.paragraphs, (added,)))
        tx.drafts.save(replace(draft, letter=letter))

    assert refused(ports, change)


def test_a_campaign_of_another_brand_is_not_sent_under_the_first_ones_name() -> None:
    def change(tx: Transaction, _: Delivery) -> None:
        other: Brand = a_brand("autre-marque", name="Autre marque")
        tx.brands.save(other)
        campaign: Campaign = the_campaign(brand_id=other.id)
        assert campaign.id == CAMPAIGN
        tx.brands.save_campaign(campaign)

    assert refused(a_world(), change)


def test_a_delivery_that_nobody_approved_is_not_sent() -> None:
    ports = a_world()

    def change(tx: Transaction, delivery: Delivery) -> None:
        cancelled = replace(delivery, state=DeliveryState.CANCELLED)
        assert tx.deliveries.move(cancelled, expected=DeliveryState.QUEUED, owner=None)
        forged = replace(
            delivery, id=DeliveryId("forged"), message_id="<forged@savon-du-sud.example>", seal=Seal("1" * 64)
        )
        tx.deliveries.add(forged)

    assert refused(ports, change)
