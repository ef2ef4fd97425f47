"""Direct messages: exactly what was approved, copied by one person, once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from agent.adapters.clock import FixedClock
from agent.adapters.database import migrate, open_store
from agent.adapters.names import SignedLinks
from agent.adapters.offline import OfflineWriter
from agent.domain.brand import Cadence, Pacing, Window
from agent.domain.channel import Channel
from agent.domain.delivery import Delivery
from agent.domain.draft import DraftStatus
from agent.domain.errors import BadInput, NotApprovable, NotFound, StaleReview
from agent.domain.handover import TAKE_OVER_AFTER, Handover, HandoverState
from agent.domain.ids import CampaignId, DraftId, HandoverId, OutreachId
from agent.domain.outreach import Outreach, OutreachStatus
from agent.domain.replies import ReplyKind
from agent.ports import Ports, Transaction
from agent.usecases.answering import proposed_kind, take_down_answer
from agent.usecases.following import propose_follow_ups
from agent.usecases.handing import errand, errands, mark_failed, mark_sent, put_back, take
from agent.usecases.objecting import object_by_token
from agent.usecases.outbox import outbox
from agent.usecases.privacy import erased_among
from agent.usecases.privacy_export import export
from agent.usecases.privacy_forget import forget
from agent.usecases.reviewing import approve, review, withdraw
from agent.usecases.sending import send_due
from tests.builders import NOW, a_brand, a_campaign
from tests.fakes import KEY, make_ports
from tests.unit.usecases.world import READER, a_neighbour, accepted, outreach_to, the_campaign, written

LISON = "lison.sans.flacon"


def a_dm_world(*handles: str, ports: Ports | None = None) -> Ports:
    """Return ports that know creators without address, in a campaign that writes by either way."""
    made = ports or make_ports(writers={"offline": OfflineWriter()})
    with made.store.write() as tx:
        tx.brands.save(a_brand())
        tx.brands.save_campaign(the_campaign(channels=(Channel.EMAIL, Channel.DM)))
        for handle in handles or (LISON,):
            creator = replace(a_neighbour(handle), address=None)
            tx.creators.save(creator)
            tx.outreach.save(outreach_to(creator))
    return made


def to_copy(ports: Ports, handle: str = LISON) -> Handover:
    """Return the message to a creator, written offline and approved."""
    draft = written(ports, handle)
    shown = review(ports, draft.id)
    assert shown.draft.status is DraftStatus.PENDING, shown.draft.findings
    released = approve(ports, draft.id, seal=str(shown.seal), by=READER)
    assert isinstance(released, Handover)
    return released


def outreach_of(ports: Ports, handle: str = LISON) -> Outreach:
    with ports.store.read() as tx:
        found = tx.outreach.get(OutreachId(f"o-{handle}"))
    assert found is not None
    return found


def stored(ports: Ports, handover: Handover) -> Handover:
    with ports.store.read() as tx:
        found = tx.handovers.get(handover.id)
    assert found is not None
    return found


def draft_status(ports: Ports, draft_id: DraftId) -> DraftStatus:
    return review(ports, draft_id).draft.status


# --- approving ------------------------------------------------------------------------------------


def test_an_approved_message_waits_for_a_hand_and_never_enters_the_outbox() -> None:
    ports = a_dm_world()
    shown = review(ports, written(ports).id)
    assert shown.outgoing is not None
    released = approve(ports, shown.draft.id, seal=str(shown.seal), by=READER)
    assert isinstance(released, Handover)
    assert released.text == shown.outgoing.body
    assert released.person == "instagram:lison.sans.flacon"
    assert outbox(ports) == ()
    assert send_due(ports).sent == []
    assert accepted(ports) == []


def test_a_creator_with_a_sourced_address_gets_an_email_all_the_same() -> None:
    ports = a_dm_world()
    with ports.store.write() as tx:
        tx.creators.save(a_neighbour(LISON))
    shown = review(ports, written(ports).id)
    assert isinstance(approve(ports, shown.draft.id, seal=str(shown.seal), by=READER), Delivery)


def test_a_campaign_writes_no_direct_messages_unless_it_says_so() -> None:
    ports = a_dm_world()
    with ports.store.write() as tx:
        tx.brands.save_campaign(the_campaign())
    draft = written(ports)
    assert draft.channel is Channel.EMAIL
    assert "law.no_address" in {finding.code for finding in draft.findings}


def test_a_campaign_of_messages_only_says_whom_it_cannot_reach() -> None:
    ports = a_dm_world()
    with ports.store.write() as tx:
        tx.brands.save_campaign(the_campaign(channels=(Channel.DM,)))
        tx.creators.save(replace(a_neighbour(LISON), platform="blog", business_contact=False))
    with pytest.raises(BadInput, match=r"blog:lison\.sans\.flacon can be sent no direct message"):
        written(ports)


def _rename(tx: Transaction) -> None:
    tx.creators.save(replace(a_neighbour(LISON), address=None, handle="lison.autrement"))


def _move_page(tx: Transaction) -> None:
    tx.creators.save(replace(a_neighbour(LISON), address=None, url="https://instagram.example/else"))


@pytest.mark.parametrize("change", [_rename, _move_page])
def test_the_seal_covers_whose_inbox_it_is(change: Callable[[Transaction], None]) -> None:
    ports = a_dm_world()
    shown = review(ports, written(ports).id)
    with ports.store.write() as tx:
        change(tx)
    with pytest.raises(StaleReview):
        approve(ports, shown.draft.id, seal=str(shown.seal), by=READER)


def test_an_approval_is_taken_back_until_somebody_copies() -> None:
    ports = a_dm_world()
    message = to_copy(ports)
    withdraw(ports, message.draft_id, by=READER)
    assert stored(ports, message).state is HandoverState.CANCELLED
    shown = review(ports, message.draft_id)
    again = approve(ports, shown.draft.id, seal=str(shown.seal), by=READER)
    assert isinstance(again, Handover)
    take(ports, again.id, by=READER)
    with pytest.raises(NotApprovable, match="copies it"):
        withdraw(ports, again.draft_id, by=READER)


# --- copying --------------------------------------------------------------------------------------


def test_copied_and_sent_moves_the_outreach_as_an_email_does() -> None:
    ports = a_dm_world()
    message = to_copy(ports)
    assert take(ports, message.id, by=READER).handover.text == message.text
    marked = mark_sent(ports, message.id, by=READER)
    assert (marked.handover.state, marked.handover.by, marked.handover.sent_at) == (
        HandoverState.SENT, READER, NOW,
    )  # fmt: skip
    outreach = outreach_of(ports)
    assert outreach.status is OutreachStatus.CONTACTED
    assert outreach.touches_sent == 1
    assert outreach.next_touch_at == NOW + Cadence().wait[0]


def test_pressing_twice_counts_once() -> None:
    ports = a_dm_world()
    message = to_copy(ports)
    take(ports, message.id, by=READER)
    first = mark_sent(ports, message.id, by=READER)
    _forward(ports, timedelta(minutes=3))
    assert mark_sent(ports, message.id, by=READER) == first
    with ports.store.read() as tx:
        assert [entry.what for entry in tx.journal.of(message.id)] == ["copying", "sent by hand"]


def test_two_people_do_not_copy_the_same_message() -> None:
    ports = a_dm_world()
    message = to_copy(ports)
    take(ports, message.id, by="Camille")
    with pytest.raises(BadInput, match="Camille is copying this since 09:30"):
        take(ports, message.id, by="Zoé")
    for act in (mark_sent, put_back):
        with pytest.raises(BadInput, match="only they say"):
            act(ports, message.id, by="Zoé")
    mark_sent(ports, message.id, by="Camille")
    for by in ("Camille", "Zoé"):
        with pytest.raises(NotApprovable, match="sent"):
            take(ports, message.id, by=by)


def test_whoever_takes_over_says_that_nothing_went() -> None:
    ports = a_dm_world()
    message = to_copy(ports)
    take(ports, message.id, by="Camille")
    _forward(ports, TAKE_OVER_AFTER)
    with pytest.raises(BadInput, match="take it over"):
        take(ports, message.id, by="Zoé")
    take(ports, message.id, by="Zoé", taking_over=True)
    with pytest.raises(BadInput, match="Zoé is copying"):
        mark_sent(ports, message.id, by="Camille")


def test_a_message_put_back_waits_for_anybody() -> None:
    ports = a_dm_world()
    message = to_copy(ports)
    take(ports, message.id, by="Camille")
    put_back(ports, message.id, by="Camille")
    assert take(ports, message.id, by="Zoé").holder == "Zoé"


def test_what_cannot_be_sent_closes_the_conversation_with_the_reason() -> None:
    ports = a_dm_world()
    message = to_copy(ports)
    with pytest.raises(BadInput, match="why"):
        mark_failed(ports, message.id, by=READER, reason="  ")
    mark_failed(ports, message.id, by=READER, reason="messages from strangers are off")
    assert stored(ports, message).state is HandoverState.FAILED
    outreach = outreach_of(ports)
    assert outreach.status is OutreachStatus.CLOSED
    assert "messages from strangers are off" in outreach.reason


def test_a_message_nobody_knows_is_not_found() -> None:
    with pytest.raises(NotFound, match="nanoreach dm list"):
        take(a_dm_world(), HandoverId("h-9"), by=READER)


# --- what may not be copied -----------------------------------------------------------------------


def _object(ports: Ports) -> None:
    with ports.store.write() as tx:
        tx.suppressions.add(ports.fingerprints.of("instagram:lison.sans.flacon"), reason="no", at=NOW)


def _decline(ports: Ports) -> None:
    outreach = outreach_of(ports)
    with ports.store.write() as tx:
        tx.outreach.save(outreach.advance(OutreachStatus.DECLINED, at=NOW))


def _erase(ports: Ports) -> None:
    with ports.store.write() as tx:
        tx.creators.delete(a_neighbour(LISON).id)


def _rename_after(ports: Ports) -> None:
    with ports.store.write() as tx:
        tx.creators.save(replace(a_neighbour(LISON), address=None, name="Marie"))


@pytest.mark.parametrize(
    ("happening", "why"), [(_object, "asked not to be written to"), (_decline, "declined")]
)
def test_what_happened_since_the_approval_keeps_the_text_from_being_copied(
    happening: Callable[[Ports], None], why: str
) -> None:
    ports = a_dm_world()
    message = to_copy(ports)
    happening(ports)
    assert why in errand(ports, message.id).obstacle
    with pytest.raises(NotApprovable, match=why):
        take(ports, message.id, by=READER)
    assert stored(ports, message).state is HandoverState.CANCELLED
    assert draft_status(ports, message.draft_id) is DraftStatus.SUPERSEDED


def test_an_erased_persons_message_is_gone() -> None:
    ports = a_dm_world()
    message = to_copy(ports)
    _erase(ports)
    with pytest.raises(NotFound):
        take(ports, message.id, by=READER)
    assert errands(ports) == ()


def test_what_is_not_what_was_approved_goes_back_to_review() -> None:
    ports = a_dm_world()
    message = to_copy(ports)
    _rename_after(ports)
    with pytest.raises(NotApprovable, match="not what was approved"):
        take(ports, message.id, by=READER)
    assert draft_status(ports, message.draft_id) is DraftStatus.PENDING


def test_what_went_is_noted_even_where_an_objection_came_meanwhile() -> None:
    ports = a_dm_world()
    message = to_copy(ports)
    take(ports, message.id, by=READER)
    _object(ports)
    assert "asked not to be written to" in errand(ports, message.id).obstacle
    marked = mark_sent(ports, message.id, by=READER)
    assert "asked not to be written to" in marked.although
    assert stored(ports, message).state is HandoverState.SENT


def test_a_message_that_nobody_took_is_not_marked_against_an_objection() -> None:
    ports = a_dm_world()
    message = to_copy(ports)
    _object(ports)
    with pytest.raises(NotApprovable):
        mark_sent(ports, message.id, by=READER)
    assert stored(ports, message).state is HandoverState.WAITING


def test_the_campaigns_daily_quota_counts_messages_and_emails_together() -> None:
    ports = a_dm_world(LISON, "solene")
    with ports.store.write() as tx:
        campaign = the_campaign(channels=(Channel.EMAIL, Channel.DM), per_day=1)
        tx.brands.save_campaign(campaign)
        tx.creators.save(a_neighbour("solene"))
    message = to_copy(ports)
    shown = review(ports, written(ports, "solene").id)
    approve(ports, shown.draft.id, seal=str(shown.seal), by=READER)
    take(ports, message.id, by=READER)
    report = send_due(ports)
    assert [line.reason for line in report.held] == ["the campaign has written its 1 letters of today"]
    assert not mark_sent(ports, message.id, by=READER).although  # its own place in the quota is its own


def test_quiet_hours_are_the_recipients() -> None:
    ports = a_dm_world()
    message = to_copy(ports)
    evening = Pacing(window=Window(days=frozenset({1}), start=NOW.time().replace(hour=20)))
    closed = replace(evening, window=replace(evening.window, end=NOW.time().replace(hour=22)))
    with ports.store.write() as tx:
        tx.brands.save(a_brand(sender=replace(a_brand().sender, pacing=closed)))
    held = errand(ports, message.id)
    assert held.until is not None
    assert not held.is_final
    with pytest.raises(NotApprovable, match="from 06"):
        take(ports, message.id, by=READER)
    assert stored(ports, message).state is HandoverState.WAITING


def test_nobody_else_of_ours_writes_while_a_message_is_being_copied() -> None:
    ports = a_dm_world()
    message = to_copy(ports)
    with ports.store.write() as tx:
        tx.brands.save_campaign(a_campaign("other", offer=the_campaign().offer, channels=(Channel.DM,)))
        creator = replace(a_neighbour(LISON), address=None)
        tx.outreach.save(
            replace(outreach_to(creator), id=OutreachId("o-other"), campaign_id=CampaignId("other"))
        )
    second = to_copy(ports, "other")
    assert errand(ports, second.id).obstacle == ""
    take(ports, message.id, by=READER)
    assert errand(ports, second.id).obstacle.startswith("already in conversation for second-evening")


def test_of_many_who_press_at_the_same_moment_one_has_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    migrate(url)
    store = open_store(url)
    try:
        ports = a_dm_world(ports=make_ports(store=store, writers={"offline": OfflineWriter()}))
        message = to_copy(ports)

        def press(name: str) -> str:
            try:
                return take(ports, message.id, by=name).holder
            except BadInput:
                return ""

        names = [f"reader {number}" for number in range(8)]
        with ThreadPoolExecutor(max_workers=8) as threads:
            winners = [name for name in threads.map(press, names) if name]
        assert len(winners) == 1
        assert stored(ports, message).by == winners[0]
    finally:
        store.close()


# --- afterwards -----------------------------------------------------------------------------------


def test_a_follow_up_goes_the_same_way_and_quotes_nothing_twice() -> None:
    ports = a_dm_world()
    message = to_copy(ports)
    mark_sent(ports, message.id, by=READER)
    _forward(ports, Cadence().wait[0])
    with ports.store.write() as tx:
        # an address that turns up later does not split the conversation
        tx.creators.save(a_neighbour(LISON))
    report = propose_follow_ups(ports, writer_name="offline")
    assert len(report.proposed) == 1, report
    shown = review(ports, DraftId(report.proposed[0]))
    assert shown.draft.channel is Channel.DM
    assert shown.draft.letter.subject == ""
    assert [earlier.body for earlier in shown.thread] == [message.text]
    assert shown.outgoing is not None
    assert "RGPD" not in shown.outgoing.body  # the notice goes with the first message, the way out with all
    assert shown.outgoing.body.endswith("Dites-moi non, et je ne vous écrirai plus.")


def _answered(ports: Ports, text: str, kind: ReplyKind) -> Handover:
    message = to_copy(ports)
    mark_sent(ports, message.id, by=READER)
    take_down_answer(ports, message.id, text=text, kind=kind, by=READER)
    return message


def test_an_answer_by_hand_is_kept_and_moves_the_conversation() -> None:
    ports = a_dm_world()
    message = _answered(ports, "Oui, avec plaisir !", ReplyKind.INTERESTED)
    assert outreach_of(ports).status is OutreachStatus.IN_CONVERSATION
    assert outreach_of(ports).next_touch_at is None
    (reply,) = errand(ports, message.id).replies
    assert (reply.text, reply.from_address) == ("Oui, avec plaisir !", "instagram:lison.sans.flacon")


def test_an_objection_by_hand_holds_everywhere_and_for_ever() -> None:
    ports = a_dm_world()
    with ports.store.write() as tx:
        tx.creators.save(a_neighbour(LISON))  # with an address, which must be silent too
        tx.brands.save_campaign(the_campaign(channels=(Channel.DM,)))
        tx.brands.save_campaign(a_campaign("other", channels=(Channel.DM,)))
        tx.outreach.save(
            replace(
                outreach_to(a_neighbour(LISON)), id=OutreachId("o-other"), campaign_id=CampaignId("other")
            )
        )
    _answered(ports, "Ne m’écrivez plus.", ReplyKind.OPTED_OUT)
    assert outreach_of(ports).status is OutreachStatus.STOPPED
    assert outreach_of(ports, "other").status is OutreachStatus.STOPPED
    with ports.store.read() as tx:
        for name in ("instagram:lison.sans.flacon", "lison.sans.flacon@creator.example"):
            assert tx.suppressions.has(ports.fingerprints.of(name))


def test_the_same_answer_is_filed_once() -> None:
    ports = a_dm_world()
    message = _answered(ports, "Pourquoi pas ?", ReplyKind.QUESTION)
    with pytest.raises(BadInput, match="on file already"):
        take_down_answer(ports, message.id, text="Pourquoi pas ?\n", kind=ReplyKind.QUESTION, by=READER)


def test_two_people_may_answer_with_the_same_word() -> None:
    ports = a_dm_world(LISON, "solene")
    for handle in (LISON, "solene"):
        message = to_copy(ports, handle)
        mark_sent(ports, message.id, by=READER)
        take_down_answer(ports, message.id, text="Oui", kind=ReplyKind.INTERESTED, by=READER)
    assert outreach_of(ports, "solene").status is OutreachStatus.IN_CONVERSATION


@pytest.mark.parametrize(
    ("text", "kind", "why"),
    [(" ", ReplyKind.INTERESTED, "Paste"), ("Oui", ReplyKind.BOUNCE, "not what a person answers")],
)
def test_what_is_no_answer_is_refused(text: str, kind: ReplyKind, why: str) -> None:
    ports = a_dm_world()
    message = to_copy(ports)
    mark_sent(ports, message.id, by=READER)
    with pytest.raises(BadInput, match=why):
        take_down_answer(ports, message.id, text=text, kind=kind, by=READER)


def test_nobody_answers_what_never_went() -> None:
    ports = a_dm_world()
    message = to_copy(ports)
    with pytest.raises(BadInput, match="nobody can have answered"):
        take_down_answer(ports, message.id, text="Oui", kind=ReplyKind.INTERESTED, by=READER)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Merci de ne plus m'écrire.", ReplyKind.OPTED_OUT),
        ("Non merci, pas pour moi.", ReplyKind.DECLINED),
        ("🌿", ReplyKind.OTHER),
    ],
)
def test_plain_rules_propose_what_an_answer_means(text: str, kind: ReplyKind) -> None:
    assert proposed_kind(a_dm_world(), text) is kind


# --- the person's rights --------------------------------------------------------------------------


def test_an_export_holds_the_message_and_names_no_staff() -> None:
    ports = a_dm_world()
    message = _answered(ports, "Ne m’écrivez plus.", ReplyKind.OPTED_OUT)
    made = export(ports, "instagram:lison.sans.flacon")
    (sent,) = made.messages
    assert (sent.text, sent.recipient, sent.state) == (message.text, message.person, "sent")
    assert "the platform instagram" in made.information.recipients
    assert {row.address for row in made.suppressions} == {"instagram:lison.sans.flacon"}
    assert READER not in {entry.who for entry in made.journal}
    assert [reply.text for reply in made.replies] == ["Ne m’écrivez plus."]


def test_forgetting_takes_message_and_answer_and_keeps_the_silence() -> None:
    ports = a_dm_world()
    _answered(ports, "Oui, avec plaisir !", ReplyKind.INTERESTED)
    report = forget(ports, "instagram:lison.sans.flacon", by=READER)
    (rows,) = (place.removed for place in report.places if place.name == "store")
    assert (rows["handovers"], rows["replies"], rows["mails"]) == (1, 1, 1)
    with ports.store.read() as tx:
        assert tx.handovers.list() == ()
        assert tx.inbox.replies() == ()
        assert list(tx.privacy.mails()) == []
        assert erased_among(ports, tx, ["instagram:lison.sans.flacon"])


def test_an_objection_by_email_silences_the_profile_too() -> None:
    ports = a_dm_world()
    with ports.store.write() as tx:
        tx.creators.save(a_neighbour(LISON))
    shown = review(ports, written(ports).id)
    approve(ports, shown.draft.id, seal=str(shown.seal), by=READER)
    send_due(ports)
    linked = SignedLinks(public_url="https://desk.example", key=KEY).unsubscribe(OutreachId(f"o-{LISON}"))
    assert linked is not None
    assert object_by_token(ports, linked.rpartition("/")[2])
    with ports.store.read() as tx:
        assert tx.suppressions.has(ports.fingerprints.of("instagram:lison.sans.flacon"))


def _forward(ports: Ports, by: timedelta) -> None:
    assert isinstance(ports.clock, FixedClock)
    ports.clock.move_to(ports.clock.now() + by)
