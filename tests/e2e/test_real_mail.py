"""A letter through a real mail server and its answer back: Postfix takes it, Dovecot keeps it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from urllib.parse import quote

import pytest

from agent.adapters.clock import FixedClock
from agent.bootstrap import build
from agent.domain.ids import OutreachId
from agent.domain.outreach import OutreachStatus
from agent.domain.replies import ReplyKind
from agent.ports import Ports
from agent.settings import Settings
from agent.usecases.following import FollowUpReport, propose_follow_ups
from agent.usecases.reading import fetch_mail
from agent.usecases.sending import send_due
from tests.builders import a_brand
from tests.integration.mail_servers import PASSWORD, USER, Dovecot, dovecot_server
from tests.integration.postfix import Postfix, postfix_server
from tests.unit.usecases.world import a_world, an_answer, approved

OURS = a_brand().sender.email
ANSWERS, GONE = "lison.sans.flacon", "moved.away"


@dataclass(frozen=True, kw_only=True)
class Mail:
    """Our home, the server between, and the two mailboxes at its ends."""

    ports: Ports
    postfix: Postfix
    ours: Dovecot
    theirs: Dovecot


@pytest.fixture
def mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mail]:
    with dovecot_server() as ours, dovecot_server() as theirs:
        boxes = {OURS: ours, f"{ANSWERS}@creator.example": theirs}
        with postfix_server(boxes, accounts=ours) as postfix:
            account = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@127.0.0.1"
            monkeypatch.setenv("NANOREACH_SMTP_URL", f"smtp://{account}:{postfix.submission}")
            monkeypatch.setenv("NANOREACH_IMAP_URL", f"imap://{account}:{ours.port}/INBOX")
            ports = build(Settings.load(home=tmp_path / "home"))
            yield Mail(ports=a_world(ANSWERS, GONE, ports=ports), postfix=postfix, ours=ours, theirs=theirs)
            ports.mailer.close()


def test_a_letter_and_its_answer_pass_a_real_server_and_stop_the_follow_up(mail: Mail) -> None:
    delivery = approved(mail.ports, ANSWERS)
    report = send_due(mail.ports)
    assert [line.id for line in report.sent] == [delivery.id], report
    arrived = the_mail_in(mail.theirs, mail.postfix)
    sealed, got = (message_from_bytes(raw, policy=SMTP) for raw in (delivery.raw, arrived))
    assert (got["Subject"], got["From"], got["Message-ID"]) == (
        sealed["Subject"],
        sealed["From"],
        delivery.message_id,
    )
    assert arrived.endswith(delivery.raw.partition(b"\r\n\r\n")[2])

    answer = an_answer(delivery, "Bonjour, oui, avec plaisir ! Je suis très intéressée.")
    mail.postfix.deliver(delivery.envelope_to, OURS, answer)
    the_mail_in(mail.ours, mail.postfix)
    assert fetch_mail(mail.ports).kinds == {ReplyKind.INTERESTED.value: 1}
    assert status_of(mail.ports, ANSWERS) is OutreachStatus.IN_CONVERSATION
    assert follow_ups(mail.ports) == FollowUpReport()


def test_the_bounce_of_a_real_server_is_read_as_permanent_and_suppresses(mail: Mail) -> None:
    delivery = approved(mail.ports, GONE)
    assert [line.id for line in send_due(mail.ports).sent] == [delivery.id]
    notice = the_mail_in(mail.ours, mail.postfix)
    assert b"report-type=delivery-status" in notice
    assert fetch_mail(mail.ports).kinds == {ReplyKind.BOUNCE.value: 1}
    with mail.ports.store.read() as tx:
        assert tx.suppressions.has(mail.ports.fingerprints.of(delivery.envelope_to))
        (reply,) = tx.inbox.replies()
    assert reply.outreach_id == delivery.outreach_id
    assert follow_ups(mail.ports).proposed == []


def follow_ups(ports: Ports) -> FollowUpReport:
    """Propose what is due long after."""
    much_later = replace(ports, clock=FixedClock(ports.clock.now() + timedelta(days=8)))
    return propose_follow_ups(much_later, writer_name="offline")


def status_of(ports: Ports, handle: str) -> OutreachStatus:
    with ports.store.read() as tx:
        outreach = tx.outreach.get(OutreachId(f"o-{handle}"))
    assert outreach is not None
    return outreach.status


def the_mail_in(mailbox: Dovecot, server: Postfix) -> bytes:
    """Wait until one mail has arrived, and return its bytes."""
    return _waited(lambda: _first(mailbox), server)


def _first(mailbox: Dovecot) -> bytes | None:
    with mailbox.session() as imap:
        imap.select("INBOX", readonly=True)
        _, answer = imap.fetch("1:*", "(BODY.PEEK[])")
    pair = answer[0] if answer else None
    return pair[1] if isinstance(pair, tuple) else None


def _waited(look: Callable[[], bytes | None], server: Postfix) -> bytes:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        found = look()
        if found is not None:
            return found
        time.sleep(0.1)
    pytest.fail(f"No mail arrived: {server.log()}")
