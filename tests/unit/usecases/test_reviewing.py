"""Decisions: exactly the text that was read, once, by one person."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from agent.adapters.clock import FixedClock
from agent.domain.brand import Fact
from agent.domain.creator import Address
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.draft import DraftStatus, RejectionReason
from agent.domain.errors import NotApprovable, NotFound, StaleReview
from agent.domain.ids import DraftId, OutreachId
from agent.domain.mime import read_body
from agent.ports import Ports, Transaction
from agent.usecases.outbox import outbox
from agent.usecases.reviewing import (
    approve,
    edit,
    next_after,
    pace_of,
    queue,
    reject,
    review,
    tried,
    withdraw,
)
from tests.builders import NOW, a_brand, an_offer
from tests.unit.usecases.world import CAMPAIGN, READER, a_neighbour, a_world, approved, the_campaign, written


def test_what_is_approved_is_byte_for_byte_what_was_shown() -> None:
    ports = a_world()
    draft = written(ports)
    shown = review(ports, draft.id)
    assert shown.outgoing is not None
    delivery = approve(ports, draft.id, seal=str(shown.seal), by=READER)
    assert isinstance(delivery, Delivery)
    assert read_body(delivery.raw).rstrip("\n") == shown.outgoing.body.rstrip("\n")
    assert delivery.envelope_to == shown.outgoing.to.email
    assert shown.outgoing.body.rstrip("\n").endswith(shown.footer)


def test_the_footer_and_the_letter_are_all_there_is() -> None:
    ports = a_world()
    shown = review(ports, written(ports).id)
    assert shown.outgoing is not None
    assert shown.outgoing.body.startswith(shown.draft.letter.text)


def test_every_receipt_is_shown_with_the_whole_text_it_points_to() -> None:
    ports = a_world()
    shown = review(ports, written(ports).id)
    assert shown.evidence
    for each in shown.evidence:
        assert each.receipt.quote in each.text


def _move_address(tx: Transaction) -> None:
    creator = a_neighbour("lison.sans.flacon")
    address = replace(creator.address or Address(email=""), email="else@creator.example")
    tx.creators.save(replace(creator, address=address))


def _drop_post(tx: Transaction) -> None:
    tx.creators.save(replace(a_neighbour("lison.sans.flacon"), posts=()))


def _reword_facts(tx: Transaction) -> None:
    facts = tuple(Fact(id=fact.id, text=f"{fact.text} Vraiment.") for fact in a_brand().facts)
    tx.brands.save(a_brand(facts=facts))


def _sweeten_offer(tx: Transaction) -> None:
    tx.brands.save_campaign(the_campaign(offer=an_offer(rights=None, affiliate=None, deliverables=())))


def _change_sender(tx: Transaction) -> None:
    tx.brands.save(a_brand(sender=replace(a_brand().sender, email="else@savon-du-sud.example")))


def _move_house(tx: Transaction) -> None:
    tx.brands.save(a_brand(postal_address="1 rue d’ailleurs, 04300 Forcalquier, France"))


@pytest.mark.parametrize(
    "change", [_move_address, _drop_post, _reword_facts, _sweeten_offer, _change_sender, _move_house]
)
def test_whatever_changes_after_reading_makes_the_approval_stale(change: Any) -> None:
    ports = a_world()
    draft = written(ports)
    shown = review(ports, draft.id)
    with ports.store.write() as tx:
        change(tx)
    with pytest.raises(StaleReview, match="not the text you read"):
        approve(ports, draft.id, seal=str(shown.seal), by=READER)
    assert outbox(ports) == ()
    assert review(ports, draft.id).draft.status is DraftStatus.PENDING


def test_an_invented_seal_approves_nothing() -> None:
    ports = a_world()
    draft = written(ports)
    with pytest.raises(StaleReview):
        approve(ports, draft.id, seal="0" * 64, by=READER)
    assert outbox(ports) == ()


def test_a_letter_is_approved_once() -> None:
    ports = a_world()
    delivery = approved(ports)
    with pytest.raises(NotApprovable, match="approved"):
        approve(ports, delivery.draft_id, seal=str(delivery.seal), by="Zoé")
    assert len(outbox(ports)) == 1


def test_without_an_address_nothing_can_be_approved() -> None:
    ports = a_world()
    with ports.store.write() as tx:
        tx.creators.save(replace(a_neighbour("lison.sans.flacon"), address=None))
    shown = review(ports, written(ports).id)
    assert shown.seal is None
    assert "no e-mail address" in shown.problem
    with pytest.raises(NotApprovable):
        approve(ports, shown.draft.id, seal="x", by=READER)


def test_an_edit_goes_through_the_gate_again() -> None:
    ports = a_world()
    draft = written(ports)
    text = draft.letter.text.replace("\n\n", "\n\nVoir https://evil.example/cadeau pour 500 €. ", 1)
    shown = edit(ports, draft.id, subject=draft.letter.subject, text=text, by=READER)
    assert shown.draft.status is DraftStatus.BLOCKED
    with pytest.raises(NotApprovable, match="blocked"):
        approve(ports, draft.id, seal=str(shown.seal), by=READER)
    mended = edit(ports, draft.id, subject=draft.letter.subject, text=draft.letter.text, by=READER)
    assert mended.draft.status is DraftStatus.PENDING
    assert mended.draft.first_letter == draft.letter


def test_an_edit_is_set_in_type_like_any_letter() -> None:
    ports = a_world()
    draft = written(ports)
    text = draft.letter.text.replace("\n\n", "\n\nC'est dit ! ", 1)
    shown = edit(ports, draft.id, subject="C'est pour vous ?", text=text, by=READER)
    assert shown.draft.letter.subject == "C’est pour vous\u202f?"
    assert "C’est dit\u202f! " in shown.draft.letter.text


def test_an_edit_voids_the_seal_that_was_read() -> None:
    ports = a_world()
    draft = written(ports)
    before = review(ports, draft.id)
    after = edit(ports, draft.id, subject="un autre objet", text=draft.letter.text, by=READER)
    assert after.seal != before.seal
    with pytest.raises(StaleReview):
        approve(ports, draft.id, seal=str(before.seal), by=READER)


def test_a_rejected_letter_stays_rejected_with_its_reason() -> None:
    ports = a_world()
    draft = written(ports)
    reject(ports, draft.id, reason=RejectionReason.TASTE, note=" trop long ", by=READER)
    with ports.store.read() as tx:
        rejection = tx.drafts.rejection(draft.id)
    assert rejection is not None
    assert (rejection.reason, rejection.note, rejection.by) == (RejectionReason.TASTE, "trop long", READER)
    with pytest.raises(NotApprovable):
        reject(ports, draft.id, reason=RejectionReason.OTHER, by="Zoé")


def test_an_approval_can_be_taken_back_until_the_letter_leaves() -> None:
    ports = a_world()
    delivery = approved(ports)
    withdraw(ports, delivery.draft_id, by=READER)
    assert review(ports, delivery.draft_id).draft.status is DraftStatus.PENDING
    assert [each.state for each in outbox(ports)] == [DeliveryState.CANCELLED]
    again = review(ports, delivery.draft_id)
    assert approve(ports, again.draft.id, seal=str(again.seal), by=READER).id != delivery.id


@pytest.mark.parametrize("state", [DeliveryState.HANDSHAKE, DeliveryState.DATA, DeliveryState.SENT])
def test_a_stale_tab_cannot_take_back_what_is_leaving(state: DeliveryState) -> None:
    ports = a_world()
    delivery = approved(ports)
    _put(ports, delivery.id, state)
    with pytest.raises(NotApprovable):
        withdraw(ports, delivery.draft_id, by=READER)
    assert [each.state for each in outbox(ports)] == [state]


def _put(ports: Ports, delivery_id: str, state: DeliveryState) -> None:
    with ports.store.write() as tx:
        (delivery,) = (each for each in tx.deliveries.list() if each.id == delivery_id)
        assert tx.deliveries.move(replace(delivery, state=state), expected=DeliveryState.QUEUED, owner=None)


def test_the_queue_pages_through_everything_once() -> None:
    handles = [f"voisine.{number}" for number in range(7)]
    ports = a_world(*handles)
    drafts = [written(ports, handle).id for handle in handles]
    seen: list[str] = []
    after = None
    while True:
        page = queue(ports, after=after, limit=3)
        assert page.total == 7
        seen += [item.draft.id for item in page.items]
        after = page.after
        if after is None:
            break
    assert sorted(seen) == sorted(drafts)


def test_the_next_letter_is_another_one_until_none_is_left() -> None:
    ports = a_world("une", "deux")
    first, second = written(ports, "une"), written(ports, "deux")
    assert next_after(ports, first.id, by=READER) == second.id
    assert next_after(ports, second.id, by=READER) == first.id
    reject(ports, first.id, reason=RejectionReason.OTHER, by=READER)
    assert next_after(ports, second.id, by=READER) is None


def test_an_unknown_letter_is_named() -> None:
    with pytest.raises(NotFound, match="d-nowhere"):
        review(a_world(), DraftId("d-nowhere"))


def test_every_decision_names_its_person_and_the_text() -> None:
    ports = a_world()
    draft = written(ports)
    first = draft.letter.digest
    changed = edit(
        ports, draft.id, subject=draft.letter.subject, text=f"{draft.letter.text} ", by="Ana"
    ).draft
    approve(ports, draft.id, seal=str(review(ports, draft.id).seal), by="Bea")
    withdraw(ports, draft.id, by="Cem")
    reject(ports, draft.id, reason=RejectionReason.OTHER, note="too late", by="Dan")
    with ports.store.read() as tx:
        told = {entry.who: entry for entry in tx.journal.of(draft.id)}
    second = changed.letter.digest
    assert told["Ana"].why == f"text {first} became {second}"
    assert told["Bea"].why.endswith(f", text {second}")
    assert (told["Cem"].what, told["Cem"].why) == (
        "back to review",
        f"text {second}: Cem took the approval back",
    )
    assert told["Dan"].why == f"text {second}: too late"


def test_words_that_are_only_tried_change_nothing_and_nobody_is_compared_with_them() -> None:
    ports = a_world("lison.sans.flacon", "solene.au.jardin")
    draft = written(ports)
    before = ports.recall.others(CAMPAIGN, OutreachId("o-solene.au.jardin"))
    shown = tried(ports, draft.id, subject="autre", text="Bonjour,\n\nAutre chose.\n\nCamille", by=READER)
    assert shown.draft.letter.subject == "autre"
    assert shown.draft.status is DraftStatus.BLOCKED
    assert shown.before == draft.letter
    assert review(ports, draft.id).draft == draft
    assert ports.recall.others(CAMPAIGN, OutreachId("o-solene.au.jardin")) == before


def test_each_decision_tells_how_long_its_reader_takes() -> None:
    clock = FixedClock(NOW)
    ports = replace(a_world("lison.sans.flacon", "solene.au.jardin"), clock=clock)
    first, second = written(ports), written(ports, "solene.au.jardin")
    approve(ports, first.id, seal=str(review(ports, first.id).seal), by=READER)
    clock.move_to(NOW + timedelta(seconds=42))
    reject(ports, second.id, reason=RejectionReason.TASTE, by=READER)
    with ports.store.read() as tx:
        pace = tx.paces.get(READER)
        assert pace is not None
        assert (round(pace.seconds), pace.gaps) == (42, 1)
        assert pace_of(tx, READER) is None
