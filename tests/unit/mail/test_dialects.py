"""Notices as servers word them: who failed, and whose fault it is."""

from pathlib import Path

import pytest

from agent.domain.inbound import parse
from agent.domain.reading import read
from agent.domain.replies import ReplyKind
from tests.unit.mail.test_reading import TODAY

PREFACE = "To: anna@brand.example\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"


def _dialects() -> list[tuple[str, str, str, str]]:
    """Return (name, address, blame, mail) of each notice; a line of ##### begins one."""
    found = []
    for file in sorted(Path(__file__).parent.glob("dialects*.txt")):
        for block in file.read_text(encoding="utf-8").split("##### ")[1:]:
            head, _, mail = block.partition("\n")
            name, address, blame = (cell.strip() for cell in head.split(" | "))
            found.append((name, address, blame, PREFACE + mail))
    return found


DIALECTS = _dialects()


@pytest.mark.parametrize(
    ("address", "blame", "mail"), [row[1:] for row in DIALECTS], ids=[row[0] for row in DIALECTS]
)
def test_a_notice_is_understood_in_every_dialect(address: str, blame: str, mail: str) -> None:
    found = parse(mail.encode())
    assert [(failed.address, failed.blame.value) for failed in found.failed] == [(address, blame)]
    assert read(found, today=TODAY).kind is ReplyKind.BOUNCE


NO_BOUNCES = {
    "a challenge": (
        "From: lea@creator.example\nSubject: Re: Une idée\n\nThis account is protected by an "
        "anti-spam filter. Please click on the following link to have your address added "
        "and to ensure delivery of your email."
    ),
    "a challenge in French": (
        "From: lea@creator.example\nSubject: Re: Une idée\n\nPour que votre message me soit remis, "
        "merci de cliquer ici et de recopier les lettres. Mailinblack protège ma boîte."
    ),
}


@pytest.mark.parametrize("mail", NO_BOUNCES.values(), ids=NO_BOUNCES.keys())
def test_a_program_that_asks_for_proof_is_automatic_and_no_bounce(mail: str) -> None:
    found = parse((PREFACE + mail).encode())
    assert found.failed == ()
    assert read(found, today=TODAY).kind is ReplyKind.AUTO


def test_a_report_that_names_nobody_is_a_bounce_all_the_same() -> None:
    mail = (
        "From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example>\nTo: anna@brand.example\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="gone"\n'
        "Subject: Returned mail: see transcript for details\n\n<<< No Message Collected >>>\n"
    )
    found = parse(mail.encode())
    assert found.failed == ()
    assert read(found, today=TODAY).kind is ReplyKind.BOUNCE


def test_the_junk_button_of_outlook_com_is_a_complaint() -> None:
    mail = (
        "From: staff@hotmail.com\nTo: anna@brand.example\n"
        "Subject: complaint about message from 198.51.100.4\n"
        'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n'
        "Content-Type: message/rfc822\n\n"
        "X-HmXmrOriginalRecipient: lea@hotmail.example\nMessage-ID: <1@brand.example>\n"
        "From: anna@brand.example\n"
        "Subject: An idea\n\nHello Lea\n--b--\n"
    )
    found = parse(mail.encode())
    assert read(found, today=TODAY).kind is ReplyKind.COMPLAINT
    assert found.original_message_id == "<1@brand.example>"
