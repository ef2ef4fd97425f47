"""Letters of which nobody knows, looked for in a real mailbox's sent folder and in what came in."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from agent.adapters.eml_folder import EmlFolder
from agent.adapters.imap import ImapReader, ImapSent, ImapServer, parse_imap_url
from agent.adapters.offline import OfflineWriter
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.outreach import OutreachStatus
from agent.ports import Attempt, Outcome, Ports
from agent.usecases.finding import find_uncertain
from agent.usecases.outbox import outbox
from agent.usecases.reading import fetch_mail
from agent.usecases.sending import send_due
from tests.fakes import ListMailbox, RecordingMailer, make_ports
from tests.integration.mail_servers import PASSWORD, USER, Dovecot, dovecot_server
from tests.unit.usecases.world import a_world, an_answer, approved

LISON, MANON = "lison.sans.flacon", "manon.zero"


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot_server() as running:
        yield running


@pytest.fixture
def dovecot(server: Dovecot) -> Iterator[Dovecot]:
    yield server
    with server.session() as imap:
        _, (count, *_) = imap.select("INBOX")
        if count != b"0":
            imap.store("1:*", "+FLAGS", r"(\Deleted)")
        imap.expunge()
        for folder in ("Sent", '"INBOX.Sent Items"'):
            imap.delete(folder)  # answers NO where there is none


def account(server: Dovecot) -> ImapServer:
    url = f"imap://{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@127.0.0.1:{server.port}/INBOX"
    return parse_imap_url(url)


def unsure(server: Dovecot, *handles: str) -> tuple[Ports, list[Delivery]]:
    """Return a world whose letters to these creators are uncertain, with its mailbox."""
    mailer = RecordingMailer(script=[Attempt(outcome=Outcome.UNKNOWN, detail="the line went dead")])
    ports = replace(
        make_ports(writers={"offline": OfflineWriter()}),
        mailer=mailer,
        mail_reader=ImapReader(account(server)),
        sent_mail=ImapSent(account(server)),
    )
    world = a_world(*handles, ports=ports)
    letters = [approved(world, handle) for handle in handles]
    send_due(world)
    assert {each.state for each in outbox(world)} == {DeliveryState.UNCERTAIN}
    return world, letters


def test_a_letter_with_a_copy_in_the_sent_folder_went_and_another_one_stays_uncertain(
    dovecot: Dovecot,
) -> None:
    ports, (there, missing) = unsure(dovecot, LISON, MANON)
    with dovecot.session() as imap:
        imap.create("Sent")
        imap.append("Sent", "", "", there.raw)
    report = find_uncertain(ports)
    assert [line.id for line in report.found] == [there.id]
    assert "the folder “Sent” of anna@brand.example" in report.found[0].reason
    assert [line.id for line in report.missing] == [missing.id]
    assert "no copy is in the folder “Sent”" in report.missing[0].reason
    assert states(ports) == {there.id: DeliveryState.SENT, missing.id: DeliveryState.UNCERTAIN}
    assert status(ports, there) is OutreachStatus.CONTACTED
    again = find_uncertain(ports)
    assert [line.reason for line in again.missing] == [line.reason for line in report.missing]
    with dovecot.session() as imap:
        imap.select("Sent", readonly=True)
        _, (flags, *_) = imap.fetch("1", "(FLAGS)")
    assert isinstance(flags, bytes)
    assert b"Seen" not in flags


def test_a_longer_message_id_is_no_evidence(dovecot: Dovecot) -> None:
    ports, (letter,) = unsure(dovecot, LISON)
    with dovecot.session() as imap:
        imap.create("Sent")
        imap.append("Sent", "", "", f"Message-ID: <x{letter.message_id}.other>\r\n\r\nx\r\n".encode())
    assert find_uncertain(ports).found == []
    assert states(ports) == {letter.id: DeliveryState.UNCERTAIN}


def test_a_folder_that_is_named_so_will_do_and_none_is_said(dovecot: Dovecot) -> None:
    ports, (letter,) = unsure(dovecot, LISON)
    (line,) = find_uncertain(ports).missing
    assert "no sent folder is known" in line.reason
    with dovecot.session() as imap:
        imap.create('"INBOX.Sent Items"')
        imap.append('"INBOX.Sent Items"', "", "", letter.raw)
    assert [line.id for line in find_uncertain(ports).found] == [letter.id]


def test_a_mail_that_was_filed_before_the_line_went_dead_is_evidence(dovecot: Dovecot) -> None:
    ports, (letter,) = unsure(dovecot, LISON)
    with ports.store.write() as tx:
        on_its_way = replace(letter, state=DeliveryState.DATA, owner=ports.worker)
        kept = tx.deliveries.get(letter.id)
        assert kept is not None
        assert tx.deliveries.move(on_its_way, expected=DeliveryState.UNCERTAIN, owner=None)
    dovecot.append(an_answer(letter, "Bonjour, combien de temps dure le pain de savon ?"))
    assert fetch_mail(ports).new == 1
    with ports.store.write() as tx:
        assert tx.deliveries.move(kept, expected=DeliveryState.DATA, owner=ports.worker)
    (line,) = find_uncertain(ports).found
    assert "names it" in line.reason
    assert states(ports) == {letter.id: DeliveryState.SENT}


def test_a_mailbox_that_cannot_be_read_settles_nothing_and_is_told(dovecot: Dovecot) -> None:
    ports, (letter,) = unsure(dovecot, LISON)
    wrong = replace(account(dovecot), password="wr0ng-and-private")
    report = find_uncertain(replace(ports, sent_mail=ImapSent(wrong)))
    assert "NANOREACH_IMAP_URL" in report.problem
    assert "wr0ng-and-private" not in report.problem
    assert "could not be read" in report.missing[0].reason
    assert states(ports) == {letter.id: DeliveryState.UNCERTAIN}


def test_a_file_of_the_letter_is_evidence(tmp_path: Path) -> None:
    ports = a_world(LISON, ports=make_ports(writers={"offline": OfflineWriter()}))
    letter = approved(ports)
    folder = EmlFolder(tmp_path)
    assert folder.search([letter.message_id]).found == {}
    send_due(replace(ports, mailer=folder))
    with ports.store.read() as tx:
        sent = tx.deliveries.get(letter.id)
    assert sent is not None
    lost = replace(ports, sent_mail=folder, mail_reader=ListMailbox())
    assert list(folder.search([letter.message_id, "<nobody@x>"]).found) == [letter.message_id]
    assert find_uncertain(lost).found == []


def states(ports: Ports) -> dict[str, DeliveryState]:
    return {each.id: each.state for each in outbox(ports)}


def status(ports: Ports, delivery: Delivery) -> OutreachStatus:
    with ports.store.read() as tx:
        outreach = tx.outreach.get(delivery.outreach_id)
    assert outreach is not None
    return outreach.status
