"""Answers: filed once, honoured at once, and nobody is written to after a no."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.adapters.database import migrate, open_store
from agent.adapters.memory import MemoryStore
from agent.adapters.names import RandomIds
from agent.adapters.offline import OfflineWriter
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.draft import DraftStatus
from agent.domain.errors import BadInput, Unavailable
from agent.domain.ids import OutreachId
from agent.domain.inbound import shown_text
from agent.domain.outreach import OutreachStatus
from agent.domain.replies import ReplyKind
from agent.ports import Attempt, Outcome, Ports
from agent.usecases.following import FollowUpReport, propose_follow_ups, take_due
from agent.usecases.objecting import known_token, object_by_token
from agent.usecases.outbox import outbox
from agent.usecases.reading import FetchReport, fetch_mail, understand
from agent.usecases.reviewing import queue
from agent.usecases.sending import send_due
from agent.usecases.ticking import tick
from tests.builders import NOW, an_inbound
from tests.fakes import ListMailbox, RecordingMailer, ScriptedWriter, later, make_ports
from tests.unit.usecases.world import (
    GOOD_WORDS,
    a_quick_world,
    a_world,
    accepted,
    an_answer,
    approved,
    sent,
    written,
)

SIX_DAYS = NOW + timedelta(days=6)


def with_mail(ports: Ports, *messages: bytes, broken: str = "") -> Ports:
    return replace(ports, mail_reader=ListMailbox(messages=list(messages), broken=broken))


def status(ports: Ports, delivery: Delivery) -> OutreachStatus:
    with ports.store.read() as tx:
        outreach = tx.outreach.get(delivery.outreach_id)
    assert outreach is not None
    return outreach.status


def kinds(ports: Ports) -> list[ReplyKind]:
    with ports.store.read() as tx:
        return [reply.kind for reply in tx.inbox.replies()]


def test_silence_brings_a_follow_up_before_a_person_and_sends_nothing() -> None:
    ports = a_world()
    delivery, _ = sent(ports)
    report = tick(later(ports, SIX_DAYS))
    assert len(report.follow_ups.proposed) == 1
    assert report.sent.sent == []
    (item,) = queue(ports).items
    assert item.draft.touch == 2
    assert item.draft.letter.subject == f"Re: {_first_subject(ports, delivery)}"
    assert len(accepted(ports)) == 1


def _first_subject(ports: Ports, delivery: Delivery) -> str:
    with ports.store.read() as tx:
        draft = tx.drafts.get(delivery.draft_id)
    assert draft is not None
    return draft.letter.subject


def test_a_follow_up_is_proposed_once() -> None:
    ports = a_world()
    sent(ports)
    first = propose_follow_ups(later(ports, SIX_DAYS))
    second = propose_follow_ups(later(ports, SIX_DAYS))
    assert (len(first.proposed), len(second.proposed)) == (1, 0)


def test_nothing_is_proposed_before_it_is_due() -> None:
    ports = a_world()
    sent(ports)
    assert propose_follow_ups(later(ports, NOW + timedelta(days=4, hours=23))).proposed == []


def test_an_approved_follow_up_answers_the_first_letter() -> None:
    ports = a_world()
    first, _ = sent(ports)
    after = later(ports, SIX_DAYS)
    second = approved(after)
    assert f"In-Reply-To: {first.message_id}".encode() in second.raw


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Oui, avec grand plaisir !", ReplyKind.INTERESTED, OutreachStatus.IN_CONVERSATION),
        ("Non merci, ce n’est pas pour moi.", ReplyKind.DECLINED, OutreachStatus.DECLINED),
        ("STOP", ReplyKind.OPTED_OUT, OutreachStatus.STOPPED),
    ],
)
def test_an_answer_stops_the_follow_up(text: str, kind: ReplyKind, expected: OutreachStatus) -> None:
    ports = a_world()
    delivery, _ = sent(ports)
    with_answer = with_mail(ports, an_answer(delivery, text))
    fetch_mail(with_answer)
    assert kinds(ports) == [kind]
    assert status(ports, delivery) is expected
    assert propose_follow_ups(later(ports, SIX_DAYS)).proposed == []


def test_our_own_words_are_not_taken_for_theirs_where_nothing_marks_them() -> None:
    ports = a_world()
    delivery, _ = sent(ports)
    fetch_mail(with_mail(ports, an_answer(delivery, f"Merci.\n\n{shown_text(delivery.raw)}")))
    assert kinds(ports) == [ReplyKind.OTHER]
    with ports.store.read() as tx:
        (reply,) = tx.inbox.replies()
    assert reply.text.startswith("Merci.")
    assert "STOP" not in reply.text


def test_the_answer_is_read_before_anything_is_sent() -> None:
    ports = a_world()
    first, _ = sent(ports)
    six_days_later = later(ports, SIX_DAYS)
    follow_up = approved(six_days_later)
    answered = with_mail(six_days_later, an_answer(first, "Non merci."))
    report = tick(answered)
    assert report.sent.sent == []
    assert len(accepted(ports)) == 1
    assert [d.state for d in outbox(ports) if d.id == follow_up.id] == [DeliveryState.CANCELLED]


def test_a_pending_follow_up_disappears_with_a_reason_once_they_answered() -> None:
    ports = a_world()
    delivery, _ = sent(ports)
    propose_follow_ups(later(ports, SIX_DAYS))
    fetch_mail(with_mail(ports, an_answer(delivery, "Oui !")))
    assert queue(ports).total == 0
    (aside,) = queue(ports, statuses=frozenset({DraftStatus.SUPERSEDED})).items
    assert aside.draft.note == "an answer came in"


def test_the_same_mail_twice_changes_nothing() -> None:
    ports = a_world()
    delivery, _ = sent(ports)
    raw = an_answer(delivery, "Oui !")
    mailbox = with_mail(ports, raw)
    first, second = fetch_mail(mailbox), fetch_mail(mailbox)
    moved = fetch_mail(with_mail(ports, b"From: x@y.example\r\n\r\nautre\r\n", raw))
    assert (first.new, second.new, moved.new) == (1, 0, 0)
    assert len(kinds(ports)) == 1


def test_mail_read_before_the_connection_broke_is_kept() -> None:
    ports = a_world()
    delivery, _ = sent(ports)
    report = fetch_mail(with_mail(ports, an_answer(delivery, "Oui !"), broken="The server hung up."))
    assert (report.new, report.problem) == (1, "The server hung up.")
    assert status(ports, delivery) is OutreachStatus.IN_CONVERSATION


def test_a_stop_suppresses_the_person_for_every_campaign() -> None:
    ports = a_world("une", "deux")
    delivery, _ = sent(ports, "une")
    fetch_mail(with_mail(ports, an_answer(delivery, "Ne m’écrivez plus.")))
    with ports.store.read() as tx:
        assert tx.suppressions.has(ports.fingerprints.of("une@creator.example"))
        assert not tx.suppressions.has(ports.fingerprints.of("deux@creator.example"))


def test_a_stop_is_honoured_from_anyone() -> None:
    ports = a_world()
    delivery, _ = sent(ports)
    raw = an_answer(delivery, "STOP", sender="agent@agency.example")
    fetch_mail(with_mail(ports, raw))
    assert status(ports, delivery) is OutreachStatus.STOPPED
    with ports.store.read() as tx:
        assert tx.suppressions.has(ports.fingerprints.of("agent@agency.example"))


def test_an_answer_to_a_letter_of_which_nobody_knew_shows_that_it_went() -> None:
    ports = a_world()
    delivery = approved(ports)
    assert isinstance(ports.mailer, RecordingMailer)
    ports.mailer.script = [Attempt(outcome=Outcome.UNKNOWN, detail="dropped")]
    send_due(ports)
    fetch_mail(with_mail(ports, an_answer(delivery, "Oui, avec plaisir !")))
    assert [each.state for each in outbox(ports)] == [DeliveryState.SENT]
    assert status(ports, delivery) is OutreachStatus.IN_CONVERSATION


def test_a_no_after_the_conversation_was_closed_is_still_a_no() -> None:
    ports = a_world()
    delivery, _ = sent(ports)
    with ports.store.write() as tx:
        outreach = tx.outreach.get(delivery.outreach_id)
        assert outreach is not None
        tx.outreach.save(outreach.advance(OutreachStatus.CLOSED, at=NOW))
    report = fetch_mail(with_mail(ports, an_answer(delivery, "Non merci.")))
    assert report.problem == ""
    assert status(ports, delivery) is OutreachStatus.DECLINED


def test_half_a_character_in_a_mail_stops_nothing() -> None:
    ports = a_world()
    delivery, _ = sent(ports)
    hostile = (
        b"From: x@y.example\r\nSubject: =?utf-7?q?+2AA-?=\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=utf-7\r\n\r\n+2AA- \x00 bonjour\r\n"
    )
    report = fetch_mail(with_mail(ports, hostile, an_answer(delivery, "STOP")))
    assert (report.new, report.problem) == (2, "")
    assert status(ports, delivery) is OutreachStatus.STOPPED


def test_a_mail_that_cannot_be_filed_holds_back_letters_to_who_could_have_written_it() -> None:
    class Unwritable(MemoryStore):
        broken = False

        def write(self) -> Any:
            if self.broken:
                raise Unavailable("The disk is full.")
            return super().write()

    store = Unwritable()
    ports = a_world(ports=make_ports(store=store, writers={"offline": OfflineWriter()}))
    delivery, _ = sent(ports)
    mailbox = with_mail(ports, an_answer(delivery, "Oui !"))
    with store.write() as tx:
        tx.inbox.add(an_inbound(raw=an_answer(delivery, "Oui !")))
    store.broken = True
    report = FetchReport()
    understand(mailbox, report)
    assert "cannot be filed: The disk is full." in report.problem
    store.broken = False
    fetch_mail(mailbox)
    assert status(ports, delivery) is OutreachStatus.IN_CONVERSATION


def test_an_answer_without_a_thread_is_known_by_its_sender() -> None:
    ports = a_world()
    delivery, _ = sent(ports)
    fetch_mail(with_mail(ports, an_answer(delivery, "Oui, volontiers !", in_reply_to=False)))
    assert status(ports, delivery) is OutreachStatus.IN_CONVERSATION


def test_a_strangers_mail_belongs_to_nobody_and_changes_nothing() -> None:
    ports = a_world()
    delivery, _ = sent(ports)
    raw = an_answer(delivery, "Bonjour, achetez ma crypto", sender="spam@x.example", in_reply_to=False)
    report = fetch_mail(with_mail(ports, raw))
    assert report.unmatched == 1
    assert status(ports, delivery) is OutreachStatus.CONTACTED


def test_an_absence_moves_the_follow_up_to_their_return() -> None:
    ports = a_world()
    delivery, _ = sent(ports)
    raw = an_answer(
        delivery,
        "Je suis absente jusqu’au 20 octobre 2026 inclus.",
        subject="Réponse automatique : absente",
        headers={"Auto-Submitted": "auto-replied"},
    )
    fetch_mail(with_mail(ports, raw))
    assert kinds(ports) == [ReplyKind.OUT_OF_OFFICE]
    assert status(ports, delivery) is OutreachStatus.CONTACTED
    assert propose_follow_ups(later(ports, SIX_DAYS)).proposed == []
    assert len(propose_follow_ups(later(ports, NOW + timedelta(days=17))).proposed) == 1


def test_an_absence_takes_a_proposed_follow_up_back_until_their_return() -> None:
    ports = a_world()
    delivery, _ = sent(ports)
    propose_follow_ups(later(ports, SIX_DAYS))
    raw = an_answer(
        delivery,
        "Absente jusqu’au 20 octobre 2026 inclus.",
        subject="Absence du bureau",
        headers={"Auto-Submitted": "auto-replied"},
    )
    fetch_mail(with_mail(later(ports, SIX_DAYS), raw))
    assert queue(ports).total == 0
    assert len(propose_follow_ups(later(ports, NOW + timedelta(days=17))).proposed) == 1


def test_when_the_writer_is_down_the_follow_up_stays_due() -> None:
    ports = a_world()
    sent(ports)
    down = replace(
        later(ports, SIX_DAYS), writers={"offline": ScriptedWriter([Unavailable("The model is down.")])}
    )
    report = propose_follow_ups(down)
    assert list(report.waiting.values()) == ["The model is down."]
    assert len(propose_follow_ups(later(ports, SIX_DAYS)).proposed) == 1


def test_what_cannot_be_written_now_waits_behind_the_others() -> None:
    ports = a_quick_world("une", "deux")
    for handle in ("une", "deux"):
        sent(ports, handle)
    due = later(ports, SIX_DAYS)
    one_down = ScriptedWriter([Unavailable("The model is down."), *[BadInput("no")] * 9])
    first = propose_follow_ups(replace(due, writers={"offline": one_down}))
    (waiting,) = first.waiting
    assert len(first.dropped) == 1
    with ports.store.read() as tx:
        (left,) = tx.outreach.due(now=SIX_DAYS, limit=9)
    assert (left.id, left.next_touch_at) == (waiting, SIX_DAYS)


def test_a_run_that_dies_leaves_its_follow_ups_due_again() -> None:
    ports = a_world()
    sent(ports)
    assert take_due(later(ports, SIX_DAYS), FollowUpReport()) is not None
    assert propose_follow_ups(later(ports, SIX_DAYS + timedelta(minutes=14))).proposed == []
    assert len(propose_follow_ups(later(ports, SIX_DAYS + timedelta(minutes=15))).proposed) == 1


def test_runs_at_the_same_moment_propose_each_follow_up_once(tmp_path: Path) -> None:
    handles = [f"nom{number}" for number in range(12)]
    migrate(f"sqlite:///{tmp_path / 'store.db'}")
    stores = [open_store(f"sqlite:///{tmp_path / 'store.db'}") for _ in range(4)]
    ports = a_quick_world(*handles, ports=make_ports(store=stores[0], writers={"offline": OfflineWriter()}))
    for handle in handles:
        sent(ports, handle)
    workers = [
        replace(later(ports, SIX_DAYS, worker=f"w-{number}"), store=store, ids=RandomIds())
        for number, store in enumerate(stores)
    ]
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(propose_follow_ups, workers))
    assert sum(len(report.proposed) + len(report.blocked) for report in reports) == len(handles)
    with ports.store.read() as tx:
        for handle in handles:
            touches = [draft.touch for draft in tx.drafts.of_outreach(OutreachId(f"o-{handle}"))]
            assert touches.count(2) == 1
    for store in stores:
        store.close()


def test_the_link_in_a_letter_stops_everything_and_can_be_pressed_twice() -> None:
    ports = a_world(ports=make_ports(writers={"offline": OfflineWriter()}, public_url="https://desk.example"))
    delivery, _ = sent(ports)
    link = ports.links.unsubscribe(delivery.outreach_id)
    assert link is not None
    token = link.rpartition("/")[2]
    assert known_token(ports, token)
    assert object_by_token(ports, token)
    assert object_by_token(ports, token)
    assert status(ports, delivery) is OutreachStatus.STOPPED
    assert propose_follow_ups(later(ports, SIX_DAYS)).proposed == []


@pytest.mark.parametrize("token", ["", "x", "Im8tbGlzb24i.AAAA", "../../etc"])
def test_a_made_up_link_does_nothing(token: str) -> None:
    ports = a_world()
    assert not known_token(ports, token)
    assert not object_by_token(ports, token)


def test_a_permanent_bounce_ends_it_and_a_delay_does_not() -> None:
    for action, code, expected in (
        ("failed", "5.1.1", OutreachStatus.STOPPED),
        ("delayed", "4.4.1", OutreachStatus.CONTACTED),
    ):
        ports = a_world()
        delivery, _ = sent(ports)
        fetch_mail(with_mail(ports, a_bounce(delivery, action=action, code=code)))
        assert kinds(ports) == [ReplyKind.BOUNCE]
        assert status(ports, delivery) is expected


def test_a_forged_bounce_for_somebody_else_suppresses_nobody() -> None:
    ports = a_world("une", "deux")
    delivery, _ = sent(ports, "une")
    forged = a_bounce(delivery, action="failed", code="5.1.1").replace(b"une@creator", b"deux@creator")
    fetch_mail(with_mail(ports, forged))
    with ports.store.read() as tx:
        assert not tx.suppressions.has(ports.fingerprints.of("deux@creator.example"))


def a_bounce(delivery: Delivery, *, action: str, code: str) -> bytes:
    lines = f"""From: MAILER-DAEMON@mx.example
To: {delivery.mailbox}
Subject: Delivery Status Notification
Auto-Submitted: auto-replied
Message-ID: <bounce@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {delivery.envelope_to}
Action: {action}
Status: {code}
Diagnostic-Code: smtp; {code} no such user

--b
Content-Type: text/rfc822-headers

Message-ID: {delivery.message_id}
To: {delivery.envelope_to}

--b--
"""
    return lines.replace("\n", "\r\n").encode()


def test_a_blocked_repair_is_put_before_a_person_and_not_sent_round_again() -> None:
    bad = replace(GOOD_WORDS, subject="Cadeau : https://evil.example")
    writer = ScriptedWriter([bad])
    ports = a_world(ports=make_ports(writers={"offline": writer}))
    draft = written(ports)
    assert draft.status is DraftStatus.BLOCKED
    assert len(writer.asked) == 2
    assert writer.asked[1][1] == bad
    assert {finding.severity.value for finding in writer.asked[1][2]} == {"block"}
    assert draft.usage.input_tokens == 200


def test_a_second_try_that_is_good_waits_for_approval() -> None:
    bad = replace(GOOD_WORDS, subject="voir https://evil.example")
    ports = a_world(ports=make_ports(writers={"offline": ScriptedWriter([bad, GOOD_WORDS])}))
    draft = written(ports)
    assert draft.status is DraftStatus.PENDING, draft.findings
