"""Whose a refusal is, by its code and words: an address is given up only where it is surely gone."""

from pathlib import Path

import pytest

from agent.domain.inbound import parse
from agent.domain.reading.blame import blame_of, enhanced_status
from agent.domain.replies import Blame

REFUSALS = [
    tuple(line.split(" | ", 1))
    for line in (Path(__file__).parent / "refusals.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("expected", "words"), REFUSALS, ids=[words for _, words in REFUSALS])
def test_only_an_address_that_is_gone_is_given_up(expected: str, words: str) -> None:
    found = blame_of(enhanced_status(words), words)
    assert (found is Blame.PERMANENT) == (expected == "permanent")


def _report(original: str, final: str) -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example\nTo: anna@brand.example\n"
        "Subject: Undelivered Mail Returned to Sender\n"
        'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nIt failed.\n--b\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mx.example\n\nOriginal-Recipient: rfc822; {original}\n"
        f"Final-Recipient: rfc822; {final}\nAction: failed\nStatus: 5.0.0\n"
        "Diagnostic-Code: X-Postfix; unknown user\n\n--b--\n"
    ).encode()


def test_an_address_that_the_server_made_up_of_a_bare_name_is_not_given_up() -> None:
    assert [each.blame for each in parse(_report("lea", "lea@mx.example")).failed] == [Blame.TEMPORARY]
    whole = parse(_report("lea@mx.example", "lea@mx.example")).failed
    assert [each.blame for each in whole] == [Blame.PERMANENT]


@pytest.mark.parametrize(
    ("words", "blame"), [("", Blame.TEMPORARY), ("550 5.1.1 ", Blame.PERMANENT)], ids=["no code", "a code"]
)
def test_a_program_that_answers_without_a_servers_code_is_not_believed(words: str, blame: Blame) -> None:
    mail = (
        "From: <>\nTo: anna@brand.example\nIn-Reply-To: <1@brand.example>\nAuto-Submitted: auto-replied\n\n"
        f"You sent mail to lea@creator.example. {words}That is not a valid user here.\n"
    )
    assert [each.blame for each in parse(mail.encode()).failed] == [blame]
